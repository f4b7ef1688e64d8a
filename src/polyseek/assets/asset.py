"""Asset: meshes, where they are placed, what they are made of, and what their file said of itself.

A reader returns an Asset in its file's own axes and units, with `frame` None;
`polyseek.assets.frame.in_one_frame` turns it +Y up and scales it to metres. A mesh that is placed
many times (instancing) is stored once: a Part is one placement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
from jaxtyping import Float, Float32, Int32, UInt8

if TYPE_CHECKING:
    from polyseek.assets.frame import Frame

Wrap = Literal["repeat", "clamp", "mirror"]
AlphaMode = Literal["opaque", "mask", "blend"]


@dataclass(frozen=True, eq=False)
class Texture:
    """An image: sRGB with straight alpha, row 0 at the top."""

    pixels: UInt8[np.ndarray, "height width 4"]
    name: str = ""
    wrap_u: Wrap = "repeat"
    wrap_v: Wrap = "repeat"


@dataclass(frozen=True)
class Material:
    """What a surface looks like. Colours are linear light, 0 to 1; textures are indices into Asset.textures.

    A texture's colour is multiplied by its factor (glTF 2.0, 3.9.2). A texture that the file names
    but that could not be read is None here; `Origin.has_texture` still tells that it is named.
    """

    name: str = ""
    base_colour: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    base_texture: int | None = None
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    emissive_texture: int | None = None
    metallic: float = 0.0
    roughness: float = 1.0
    alpha_mode: AlphaMode = "opaque"
    alpha_cutoff: float = 0.5
    double_sided: bool = False
    unlit: bool = False


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles with one material, or points when `faces` has no rows.

    `uv`: texture coordinates with (0, 0) at the image's top left (glTF's convention), the
    material's texture transform already applied. `colours`: linear RGBA, multiplied with the
    material's. `normals`: unit length, or None where the file stores none. `material`: an index
    into Asset.materials; None is polyseek's warm grey.
    """

    vertices: Float32[np.ndarray, "v 3"]
    faces: Int32[np.ndarray, "f 3"]
    normals: Float32[np.ndarray, "v 3"] | None = None
    uv: Float32[np.ndarray, "v 2"] | None = None
    colours: Float32[np.ndarray, "v 4"] | None = None
    material: int | None = None
    name: str = ""


@dataclass(frozen=True, eq=False)
class Part:
    """One placement of a mesh. `matrix` acts on column vectors: world = matrix @ (x, y, z, 1).

    `path`: the names of the nodes above it, outermost first, its own node last; unnamed nodes are
    named by their index, so that `path` tells nodes apart.
    """

    mesh: int
    matrix: Float[np.ndarray, "4 4"]
    path: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass(frozen=True)
class Origin:
    """What the file said of itself, before anything was interpreted.

    `up`: x, y, z, -x, -y, -z, or unknown. `unit_metres`: metres per file unit, None where the file
    does not say. `has_texture`: a material in use names an image, at hand or not. `needs`: features
    beyond the plain format (draco, meshopt, skin, ...). `warnings`: one plain sentence each.
    `side_files`: the references that were read, as the file spells them.
    """

    format: str
    up: str = "unknown"
    unit_metres: float | None = None
    has_texture: bool = False
    has_vertex_colour: bool = False
    has_normals: bool = False
    animated: bool = False
    needs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    licence: str | None = None
    side_files: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Asset:
    """A 3D model. `name`: of the file, without suffix. `frame`: None while in the file's own axes and units."""

    name: str
    meshes: tuple[Mesh, ...]
    parts: tuple[Part, ...]
    origin: Origin
    materials: tuple[Material, ...] = ()
    textures: tuple[Texture, ...] = field(default=(), repr=False)
    frame: Frame | None = None

    @property
    def triangles(self) -> int:
        """Number of triangles, each placement counted."""
        return sum(len(self.meshes[part.mesh].faces) for part in self.parts)

    @property
    def vertices(self) -> int:
        """Number of stored vertices, each placement counted."""
        return sum(len(self.meshes[part.mesh].vertices) for part in self.parts)

    @property
    def is_points(self) -> bool:
        """Has points and not one triangle."""
        return self.triangles == 0 and self.vertices > 0
