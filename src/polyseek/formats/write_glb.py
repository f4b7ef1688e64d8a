"""Asset -> GLB (glTF 2.0, Khronos specification 2.0.1). The same Asset gives the same bytes."""

from __future__ import annotations

import io
import json
import struct
from typing import Any

import numpy as np

from polyseek.assets import Asset, Material, Mesh, Part, Texture, in_one_frame

FLOAT, UINT, ARRAY, ELEMENTS = 5126, 5125, 34962, 34963
WRAPS = {"repeat": 10497, "clamp": 33071, "mirror": 33648}


def write_glb(asset: Asset) -> bytes:
    """The Asset as one GLB, +Y up in metres (brought there first where it is not, as in_one_frame does).

    Reading it gives the same meshes, materials, textures and placements to the bit. Parts become
    nodes below nodes for the names of their path; those with one mesh share it. Textures are PNG.
    """
    writer = _Writer()
    asset = in_one_frame(asset)
    document = writer.document
    document["materials"] = [writer.material(each) for each in asset.materials]
    writer.textures(asset.textures)
    # glTF allows no empty accessor: a mesh without vertices has no place in the file.
    kept = [index for index, mesh in enumerate(asset.meshes) if len(mesh.vertices)]
    place = {index: number for number, index in enumerate(kept)}
    document["meshes"] = [writer.mesh(asset.meshes[index]) for index in kept]
    roots = writer.nodes([part for part in asset.parts if part.mesh in place], place)
    document["scenes"] = [{"name": asset.name, "nodes": roots} if roots else {"name": asset.name}]
    if asset.origin.licence:
        document["asset"]["copyright"] = asset.origin.licence
    return writer.glb()


class _Writer:
    """The JSON and the binary chunk, grown together."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = {"asset": {"version": "2.0", "generator": "polyseek"}, "scene": 0}
        self.views: list[dict[str, int]] = []
        self.accessors: list[dict[str, Any]] = []
        self.extensions: set[str] = set()
        self.body = bytearray()

    def view(self, data: bytes, target: int | None = None) -> int:
        """The index of a new buffer view, aligned to 4 bytes."""
        self.body += b"\0" * (-len(self.body) % 4)
        view = {"buffer": 0, "byteOffset": len(self.body), "byteLength": len(data)}
        self.views.append(view | ({"target": target} if target else {}))
        self.body += data
        return len(self.views) - 1

    def accessor(self, rows: np.ndarray, kind: str, *, bounds: bool = False) -> int:
        is_index = rows.dtype.kind in "iu"
        rows = np.ascontiguousarray(rows, "<u4" if is_index else "<f4")
        accessor: dict[str, Any] = {
            "bufferView": self.view(rows.tobytes(), ELEMENTS if is_index else ARRAY),
            "componentType": UINT if is_index else FLOAT,
            "count": rows.size if kind == "SCALAR" else len(rows),
            "type": kind,
        }
        if bounds:
            accessor |= {"min": rows.min(0).tolist(), "max": rows.max(0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def mesh(self, mesh: Mesh) -> dict[str, Any]:
        attributes = {"POSITION": self.accessor(mesh.vertices, "VEC3", bounds=True)}
        if mesh.normals is not None:
            attributes["NORMAL"] = self.accessor(mesh.normals, "VEC3")
        if mesh.uv is not None:
            attributes["TEXCOORD_0"] = self.accessor(mesh.uv, "VEC2")
        if mesh.colours is not None:
            attributes["COLOR_0"] = self.accessor(mesh.colours, "VEC4")
        primitive: dict[str, Any] = {"attributes": attributes, "mode": 4 if len(mesh.faces) else 0}
        if len(mesh.faces):
            primitive["indices"] = self.accessor(mesh.faces, "SCALAR")
        if mesh.material is not None:
            primitive["material"] = mesh.material
        return {"name": mesh.name, "primitives": [primitive]}

    def nodes(self, parts: list[Part], place: dict[int, int]) -> list[int]:
        """The node tree of the parts' paths; the placements stand at its leaves. Returns the roots."""
        nodes: list[dict[str, Any]] = []
        roots: list[int] = []
        above: dict[tuple[str, ...], int] = {}

        def add(node: dict[str, Any], path: tuple[str, ...]) -> int:
            nodes.append(node)
            index = len(nodes) - 1
            if path:
                nodes[group(path)].setdefault("children", []).append(index)
            else:
                roots.append(index)
            return index

        def group(path: tuple[str, ...]) -> int:
            if path not in above:
                above[path] = add({"name": path[-1]}, path[:-1])
            return above[path]

        for part in parts:
            node: dict[str, Any] = {"name": part.name or str(len(nodes)), "mesh": place[part.mesh]}
            matrix = np.asarray(part.matrix, np.float64)
            if not np.array_equal(matrix, np.eye(4)):
                node["matrix"] = matrix.T.ravel().tolist()
            add(node, part.path[:-1])
        self.document["nodes"] = nodes
        return roots

    def material(self, material: Material) -> dict[str, Any]:
        pbr: dict[str, Any] = {
            "baseColorFactor": list(material.base_colour),
            "metallicFactor": material.metallic,
            "roughnessFactor": material.roughness,
        }
        if material.base_texture is not None:
            pbr["baseColorTexture"] = {"index": material.base_texture}
        written: dict[str, Any] = {
            "name": material.name,
            "pbrMetallicRoughness": pbr,
            "emissiveFactor": list(material.emissive),
            "alphaMode": material.alpha_mode.upper(),
            "doubleSided": material.double_sided,
        }
        if material.emissive_texture is not None:
            written["emissiveTexture"] = {"index": material.emissive_texture}
        if material.alpha_mode == "mask":
            written["alphaCutoff"] = material.alpha_cutoff
        if material.unlit:
            written["extensions"] = {"KHR_materials_unlit": {}}
            self.extensions.add("KHR_materials_unlit")
        return written

    def textures(self, textures: tuple[Texture, ...]) -> None:
        if not textures:
            return
        from PIL import Image

        images: list[dict[str, Any]] = []
        samplers: list[dict[str, int]] = []
        written: list[dict[str, int]] = []
        for index, texture in enumerate(textures):
            stream = io.BytesIO()
            Image.fromarray(np.ascontiguousarray(texture.pixels)).save(stream, "PNG")
            images.append(
                {"name": texture.name, "bufferView": self.view(stream.getvalue()), "mimeType": "image/png"}
            )
            sampler = {"wrapS": WRAPS[texture.wrap_u], "wrapT": WRAPS[texture.wrap_v]}
            if sampler not in samplers:
                samplers.append(sampler)
            written.append({"source": index, "sampler": samplers.index(sampler)})
        self.document |= {"images": images, "samplers": samplers, "textures": written}

    def glb(self) -> bytes:
        self.document |= {
            "bufferViews": self.views,
            "accessors": self.accessors,
            "buffers": [{"byteLength": len(self.body)}] if self.body else [],
            "extensionsUsed": sorted(self.extensions),
        }
        # glTF forbids empty arrays.
        stated = {key: value for key, value in self.document.items() if value != []}
        text = json.dumps(stated, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
        text += b" " * (-len(text) % 4)
        chunks = struct.pack("<I4s", len(text), b"JSON") + text
        if self.body:
            body = bytes(self.body) + b"\0" * (-len(self.body) % 4)
            chunks += struct.pack("<I4s", len(body), b"BIN\0") + body
        return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
