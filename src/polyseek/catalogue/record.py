"""Record: one indexed model, with the fields that Python, JSON, HTTP and the page share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Status = Literal["present", "missing"]
TagBy = Literal["file", "person", "suggested"]


@dataclass(frozen=True)
class Tag:
    tag: str
    by: TagBy = "file"


@dataclass(frozen=True)
class Record:
    """One indexed model.

    `id`: short, survives moving and renaming the file. `path`: absolute, `.../pack.zip!/chairs/a.glb`
    inside an archive, `...#node/path` for a node of a split scene. `root`: the indexed folder.
    `digest`: of the file and the side files it names. `size_metres`: x, y, z of the bounding box, +Y
    up. `measures`: the 18 numbers by name, each None where the mesh gives it no meaning. `colours`:
    dominant colours as "#rrggbb", most first. `parent`: id of the scene that this node was split from.
    """

    id: str
    path: str
    root: str
    name: str
    format: str
    bytes: int
    digest: str
    status: Status = "present"
    added: str = ""  # ISO 8601, UTC
    words: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    size_metres: tuple[float, float, float] = (0.0, 0.0, 0.0)
    up: str = "y"
    up_by: str = "format"
    up_confidence: float = 1.0
    unit_by: str = "format"
    triangles: int = 0
    vertices: int = 0
    parts: int = 0
    has_texture: bool = False
    has_vertex_colour: bool = False
    has_normals: bool = False
    animated: bool = False
    watertight: bool = False
    colours: tuple[str, ...] = ()
    measures: Mapping[str, float | None] = field(default_factory=dict[str, "float | None"])
    licence: str | None = None
    warnings: tuple[str, ...] = ()
    parent: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values under the public names."""
        # Not asdict, which copies every value: lists hold hundreds of records.
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        tags = tuple({"tag": tag.tag, "by": tag.by} for tag in self.tags)
        return {**values, "tags": tags, "measures": dict(self.measures)}
