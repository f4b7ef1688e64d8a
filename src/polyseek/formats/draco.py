"""KHR_draco_mesh_compression: a Draco stream -> faces and attributes (glTF extension of 2018; DracoPy)."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Int32

from polyseek.errors import MalformedFile


def decode_draco(
    data: bytes, attributes: dict[str, int]
) -> tuple[Int32[np.ndarray, "f 3"], dict[str, np.ndarray]]:
    """(faces, rows by attribute name). `attributes`: name -> the stream's unique id, as the extension states.

    Rows are (v, width) of the stored component type, not yet normalised. Raises MalformedFile.
    """
    import DracoPy

    try:
        mesh: Any = DracoPy.decode(data)
        faces = np.asarray(getattr(mesh, "faces", np.zeros((0, 3))), np.int64).reshape(-1, 3)
        stored = {each["unique_id"]: np.asarray(each["data"]) for each in mesh.attributes}
    except Exception as error:  # DracoPy's own exceptions descend from Exception alone
        raise MalformedFile(f"the Draco stream cannot be decoded ({error})") from error
    missing = [name for name, key in attributes.items() if key not in stored]
    if missing:
        raise MalformedFile(f"the Draco stream does not hold {', '.join(missing)}")
    rows = {name: stored[key] for name, key in attributes.items()}
    return faces.astype(np.int32), {name: values.reshape(len(values), -1) for name, values in rows.items()}
