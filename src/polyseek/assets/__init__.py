"""What a model is, in one frame: +Y up, right-handed, metres. The house's noun; numpy only."""

from polyseek.assets.asset import Asset, Material, Mesh, Origin, Part, Texture
from polyseek.assets.frame import Frame, in_one_frame
from polyseek.assets.geometry import Geometry, bounds, flatten

__all__ = [
    "Asset",
    "Frame",
    "Geometry",
    "Material",
    "Mesh",
    "Origin",
    "Part",
    "Texture",
    "bounds",
    "flatten",
    "in_one_frame",
]
