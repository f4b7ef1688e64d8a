"""Paint: what the drawing kernels know of surfaces, as plain arrays; apart from them, because numba is slow to import."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float32, Int32, Int64, UInt8


class Paint(NamedTuple):
    """What the kernels know of surfaces. Rows of `surfaces`, one a mesh:

    0-3 base colour, 4-6 emission, 7 metallic, 8 roughness, 9 alpha (0 opaque, 1 mask, 2 blend),
    10 cutoff, 11 unlit, 12 texture or -1, 13 emission's texture or -1, 14 vertex colours, 15 one-sided.
    `linear`: linear light of each 8-bit sRGB value.
    """

    faces: Int32[np.ndarray, "f 3"]
    face_surface: Int32[np.ndarray, " f"]
    surfaces: Float32[np.ndarray, "s 16"]
    normals: Float32[np.ndarray, "n 3"]
    face_normals: Int32[np.ndarray, "f 3"]
    uv: Float32[np.ndarray, "v 2"]
    colours: Float32[np.ndarray, "v 4"]
    texels: UInt8[np.ndarray, "t 4"]
    levels: Int64[np.ndarray, "k 3"]
    textures: Int64[np.ndarray, "m 4"]
    linear: Float32[np.ndarray, " 256"]
