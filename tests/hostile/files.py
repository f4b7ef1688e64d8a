"""Files that lie, loop, explode or reach outside, over all formats, as bytes built here.

Each is small on disk. None may crash or hang a reading, take memory past the limit, or become a
record that is not sound: it is refused with a reason, or what can be used of it is.
"""

from __future__ import annotations

from hostile.containers import archive_files, fbx_files, other_files
from hostile.documents import dae_files, threemf_files
from hostile.file import HostileFile
from hostile.gltf import gltf_files
from hostile.meshes import cloud_files, obj_files, off_files, ply_files, stl_files


def all_files() -> list[HostileFile]:
    """Every hostile file, names unique."""
    kinds = (gltf_files, obj_files, ply_files, stl_files, off_files, cloud_files, dae_files, threemf_files,
             fbx_files, archive_files, other_files)  # fmt: skip
    return [file for kind in kinds for file in kind()]
