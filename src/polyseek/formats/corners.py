"""Polygon corners with an index for each attribute (COLLADA, FBX) -> a Mesh with one index."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Float32, Int, Int64

from polyseek.assets import Mesh

Layer = tuple[Float[np.ndarray, "_ _"], Int64[np.ndarray, " c"]]


@dataclass(frozen=True, eq=False)
class Corners:
    """Layers are (values, index of every corner). `uv`: (0, 0) at the image's top left; `colours`: linear RGBA."""

    positions: Layer
    normals: Layer | None = None
    uv: Layer | None = None
    colours: Layer | None = None

    def mesh(self, triangles: Int[np.ndarray, "t 3"], material: int | None = None, name: str = "") -> Mesh:
        """The triangles (rows of corner numbers); corners equal in all indices become one vertex."""
        used = triangles.ravel()
        present = [
            layer for layer in (self.positions, self.normals, self.uv, self.colours) if layer is not None
        ]
        vertex_of, first = _welded(np.stack([layer[1][used] for layer in present], 1))
        corner = used[first]

        def taken(layer: Layer | None) -> Float32[np.ndarray, "v k"] | None:
            return None if layer is None else layer[0][layer[1][corner]].astype(np.float32)

        normals = taken(self.normals)
        return Mesh(
            self.positions[0][self.positions[1][corner]].astype(np.float32),
            vertex_of.reshape(-1, 3),
            None if normals is None else unit_length(normals),
            taken(self.uv),
            taken(self.colours),
            material,
            name,
        )


def unit_length(normals: Float32[np.ndarray, "v 3"]) -> Float32[np.ndarray, "v 3"]:
    """Each normal divided by its length; a normal of no length stays zero."""
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return (normals / np.where(length > 0, length, 1)).astype(np.float32)


def _welded(indices: Int64[np.ndarray, "c k"]) -> tuple[np.ndarray, np.ndarray]:
    """(vertex of each corner, a corner of each vertex)."""
    from polyseek.formats.polygon_kernels import weld_rows

    rows = np.ascontiguousarray(indices.astype(np.uint32))
    slots = np.full(1 << max(4, (2 * len(rows)).bit_length()), -1, np.int32)
    vertex_of, first = np.empty(len(rows), np.int32), np.empty(len(rows), np.int64)
    count = weld_rows(rows, slots, vertex_of, first)
    return vertex_of, first[:count]
