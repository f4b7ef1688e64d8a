"""Stored normals -> unit normals."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Int32


def unit_normals(
    normals: Float32[np.ndarray, "v 3"], vertices: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f 3"]
) -> Float32[np.ndarray, "v 3"]:
    """The normals at unit length; one that is zero or no number becomes that of the faces around it, else +Z."""
    lengths = np.sqrt(np.einsum("ij,ij->i", normals, normals, dtype=np.float64))
    good = np.isfinite(lengths) & (lengths > 1e-12)
    if good.all():
        return (normals / lengths[:, None]).astype(np.float32)
    unit = np.zeros(normals.shape, np.float64)
    unit[good] = normals[good] / lengths[good, None]
    if len(faces):
        # Only faces that touch a bad normal matter.
        touching = faces[~good[faces].all(1)]
        with np.errstate(invalid="ignore", over="ignore"):
            a, b, c = vertices[touching].astype(np.float64).transpose(1, 0, 2)
            flat = np.nan_to_num(np.cross(b - a, c - a))
        around = np.zeros_like(unit)
        for corner in range(3):
            np.add.at(around, touching[:, corner], flat)
        unit[~good] = around[~good]
    lengths = np.linalg.norm(unit, axis=1)
    unit[lengths == 0] = (0.0, 0.0, 1.0)
    lengths[lengths == 0] = 1.0
    return (unit / lengths[:, None]).astype(np.float32)
