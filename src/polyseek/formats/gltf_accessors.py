"""A glTF document and its bytes: GLB chunks, buffers, buffer views, accessors (glTF 2.0, 3.6 and 4)."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any, cast
from urllib.parse import unquote_to_bytes

import numpy as np
from jaxtyping import Float32

from polyseek.errors import MalformedFile, UnsupportedFormat
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source

JSON_CHUNK, BINARY_CHUNK = 0x4E4F534A, 0x004E4942
TYPES = {
    5120: np.dtype("i1"),
    5121: np.dtype("u1"),
    5122: np.dtype("<i2"),
    5123: np.dtype("<u2"),
    5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}
MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")


class Document:
    """The JSON of a glTF file, with what it refers to read on demand.

    `warnings`, `needs`: what was met while reading, in order, each once.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.warnings: dict[str, None] = {}
        self.needs: dict[str, None] = {}
        data = source.read()
        self.is_binary = data[:4] == b"glTF"
        text, self.chunk = _chunks(data) if self.is_binary else (data, None)
        self.json = _parse(text)
        self._buffers: dict[int, memoryview] = {}
        self._views: dict[int, memoryview] = {}

    def warn(self, sentence: str) -> None:
        self.warnings[sentence] = None

    def need(self, feature: str) -> None:
        self.needs[feature] = None

    def items(self, kind: str) -> list[dict[str, Any]]:
        """All of one top-level array ("meshes", "nodes", ...), empty where there is none."""
        return listing(self.json, kind)

    def item(self, kind: str, index: Any) -> dict[str, Any]:
        """One of a top-level array. Raises MalformedFile where `index` is not an index into it."""
        items = self.items(kind)
        # bool is an int in Python; in JSON it is no index.
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(items):
            raise MalformedFile(
                f"{kind} has {len(items)} entries, and {index!r:.40} is used as an index into it"
            )
        return items[index]

    def view(self, index: Any) -> memoryview:
        """The bytes of a buffer view, decompressed where it is compressed."""
        if isinstance(index, int) and index in self._views:
            return self._views[index]
        view = self.item("bufferViews", index)
        extensions = view.get("extensions") or {}
        compressed = next((extensions[name] for name in MESHOPT if name in extensions), None)
        found = self._slice(view) if compressed is None else self._decompressed(view, compressed)
        self._views[index] = found
        return found

    def rows(self, index: Any) -> np.ndarray:
        """The rows of an accessor as stored: (count, width) of its component type, not yet normalised."""
        accessor = self.item("accessors", index)
        kind = TYPES.get(accessor["componentType"])
        width = WIDTHS.get(accessor["type"])
        if kind is None or width is None:
            raise MalformedFile(f"accessor {index} has an unknown type")
        count = whole(accessor, "count")
        # Rows are corners or vertices: as many as the limits allow triangles to have.
        self.limits.check("triangles", count / 3, f"triangles' worth of rows in accessor {index}")
        if "bufferView" in accessor:
            view = self.item("bufferViews", accessor["bufferView"])
            stride = whole(view, "byteStride")
            rows = _strided(
                self.view(accessor["bufferView"]),
                kind,
                count,
                width,
                whole(accessor, "byteOffset"),
                stride,
                index,
            )
        else:
            rows = np.zeros((count, width), kind)
        return self._with_sparse(rows, accessor["sparse"], index) if "sparse" in accessor else rows

    def floats(self, index: Any) -> Float32[np.ndarray, "n width"]:
        """The rows of an accessor as numbers: normalised integers divided by their largest value (3.6.2.2)."""
        rows = self.rows(index)
        if rows.dtype.kind == "f":
            return rows.astype(np.float32, copy=False)
        numbers = rows.astype(np.float32)
        if not self.items("accessors")[index].get("normalized"):
            return numbers
        numbers /= np.float32(np.iinfo(rows.dtype).max)
        return np.maximum(numbers, np.float32(-1)) if rows.dtype.kind == "i" else numbers

    def _with_sparse(self, rows: np.ndarray, sparse: dict[str, Any], index: Any) -> np.ndarray:
        self.need("sparse")
        count = whole(sparse, "count")
        places, values = sparse["indices"], sparse["values"]
        kind = TYPES.get(places["componentType"])
        if kind is None or kind.kind != "u" or count > len(rows):
            raise MalformedFile(f"the sparse part of accessor {index} is not well formed")
        at = _strided(self.view(places["bufferView"]), kind, count, 1, whole(places, "byteOffset"), 0, index)[
            :, 0
        ]
        if count and int(at.max()) >= len(rows):
            raise MalformedFile(
                f"the sparse part of accessor {index} changes row {int(at.max())} of {len(rows)}"
            )
        rows = rows.copy()
        start = whole(values, "byteOffset")
        rows[at] = _strided(
            self.view(values["bufferView"]), rows.dtype, count, rows.shape[1], start, 0, index
        )
        return rows

    def _slice(self, view: dict[str, Any]) -> memoryview:
        data = self.buffer(view["buffer"])
        start, length = whole(view, "byteOffset"), whole(view, "byteLength")
        if start + length > len(data):
            raise MalformedFile(
                f"a buffer view ends at byte {start + length} of a buffer of {len(data)}; the file is cut short",
                hint="export or download the model again, with its .bin file",
            )
        return data[start : start + length]

    def _decompressed(self, view: dict[str, Any], compressed: dict[str, Any]) -> memoryview:
        from polyseek.formats.meshopt import decode_meshopt

        self.need("meshopt")
        count, stride = whole(compressed, "count"), whole(compressed, "byteStride")
        self.limits.check("triangles", count / 3, "triangles' worth of rows in a compressed view")
        mode, kind = compressed.get("mode", ""), compressed.get("filter", "NONE")
        data = decode_meshopt(bytes(self._slice(compressed)), count, stride, mode, kind)
        return memoryview(data)

    def buffer(self, index: Any) -> memoryview:
        """All bytes of a buffer: the GLB's chunk, a data URI, or a file beside the model."""
        if isinstance(index, int) and index in self._buffers:
            return self._buffers[index]
        buffer = self.item("buffers", index)
        uri = buffer.get("uri")
        if uri is not None:
            data = memoryview(self.bytes_of(uri))
        elif index == 0 and self.chunk is not None:
            data = self.chunk
        else:
            raise MalformedFile(f"buffer {index} names no file and the GLB holds no bytes for it")
        self._buffers[index] = data
        return data

    def bytes_of(self, uri: Any) -> bytes:
        """What a URI names: a data URI's bytes, or a file beside the model (within the source's root)."""
        if not isinstance(uri, str):
            raise MalformedFile(f"{uri!r:.40} is not a URI")
        if uri[:5].lower() != "data:":
            side = self.source.resolve(uri)
            self.limits.check("file_mb", side.size() / 1e6, "MB")
            return side.read()
        head, comma, body = uri.partition(",")
        if not comma:
            raise MalformedFile("a data URI has no data")
        return base64.b64decode(body) if head.lower().endswith(";base64") else unquote_to_bytes(body)


def listing(owner: dict[str, Any], key: str) -> list[Any]:
    """An array property, empty where there is none. Raises MalformedFile where it is something else."""
    found = owner.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise MalformedFile(f"{key} is not an array")
    return cast("list[Any]", found)


def whole(owner: dict[str, Any], key: str) -> int:
    """A property that counts bytes or rows, 0 where it is absent. Raises MalformedFile below 0 and for no integer."""
    value = owner.get(key, 0)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedFile(f"{key} is {value!r:.40}; a whole number from 0 is expected")
    return value


def _strided(
    data: memoryview, kind: np.dtype[Any], count: int, width: int, start: int, stride: int, index: Any
) -> np.ndarray:
    size = kind.itemsize * width
    step = stride or size
    if count and start + (count - 1) * step + size > len(data):
        raise MalformedFile(
            f"accessor {index} states {count} rows, more than its buffer view holds",
            hint="export or download the model again",
        )
    if count == 0:
        return np.zeros((0, width), kind)
    return np.ndarray((count, width), kind, data, start, (step, kind.itemsize))


def _chunks(data: bytes) -> tuple[bytes, memoryview | None]:
    """(JSON, binary chunk) of a GLB (4.4)."""
    if len(data) < 20:
        raise MalformedFile("the GLB is cut short")
    version = struct.unpack_from("<I", data, 4)[0]
    if version != 2:
        raise UnsupportedFormat(
            f"this is glTF {version}.0; polyseek reads glTF 2.0", hint="export it as glTF 2.0"
        )
    text: bytes | None = None
    body: memoryview | None = None
    start = 12
    while start + 8 <= len(data):
        length, kind = struct.unpack_from("<II", data, start)
        start += 8
        if text is None:
            if kind != JSON_CHUNK or start + length > len(data):
                raise MalformedFile("the GLB does not begin with a whole JSON chunk")
            text = data[start : start + length]
        elif kind == BINARY_CHUNK and body is None:
            body = memoryview(data)[start : start + length]
        start += length  # the length includes its padding; some writers leave that out altogether
    if text is None:
        raise MalformedFile("the GLB holds no JSON")
    return text, body


def _parse(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedFile(f"the glTF's JSON cannot be read ({error})") from error
    if not isinstance(found, dict):
        raise MalformedFile("the glTF's JSON is not an object")
    document = cast("dict[str, Any]", found)
    version = str((document.get("asset") or {}).get("version", ""))
    if not version.startswith("2"):
        raise UnsupportedFormat(
            f"this is glTF {version or 'without a version'}; polyseek reads glTF 2.0",
            hint="export it as glTF 2.0",
        )
    return document
