"""Read any file: find its format, call its reader, check what came out."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float32

from polyseek.assets import Asset, Mesh
from polyseek.errors import EmptyModel, FileError, MalformedFile, UnsupportedFormat
from polyseek.formats.contract import Read
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.formats.table import FORMATS, UNREADABLE, format_of


def read_asset(source: Source, limits: Limits | None = None) -> Asset:
    """The Asset of one file, in the file's own axes and units (`frame` None), checked.

    Raises a FileError that names the file: UnsupportedFormat, MalformedFile, EmptyModel,
    LimitExceeded, OutsideReference, FileNotFound; MissingExtra where a reader needs a package.
    """
    limits = limits or Limits()
    try:
        limits.check("file_mb", source.size() / 1e6, "MB")
        asset = _reader(source)(source, limits)
        asset = finite(replace(asset, name=asset.name or source.stem))
        check(asset, limits)
    except FileError as error:
        raise error.at(source.name) from error
    return asset


def _reader(source: Source) -> Read:
    found = format_of(source.name, source.read(64))
    if found is None:
        for kind in UNREADABLE:
            if source.suffix in kind.suffixes:
                raise UnsupportedFormat(f"a {kind.title} is not read by polyseek", hint=kind.instead)
        known = ", ".join(suffix for kind in FORMATS for suffix in kind.suffixes)
        raise UnsupportedFormat(
            f"{source.suffix or 'a file without suffix'} is not a known model format",
            hint=f"polyseek reads {known}",
        )
    module, function = found.reader.split(":")
    return getattr(importlib.import_module(module), function)


def finite(asset: Asset) -> Asset:
    """The Asset without values that are no finite numbers, each kind of repair told in a warning.

    Points that have none are left out; corners of triangles move to the middle of their mesh, so
    that indices and counts hold. Normals, colours and texture coordinates of the wrong number are
    left out, bad values among them become +Z, white and 0.
    """
    moved = dropped = 0
    meshes: list[Mesh] = []
    for mesh in asset.meshes:
        if not np.isfinite(mesh.vertices).all():
            good = np.logical_and.reduce(np.isfinite(mesh.vertices), axis=1)
            bad = len(good) - int(good.sum())
            if len(mesh.faces):
                moved += bad
                mesh = replace(mesh, vertices=_moved_inside(mesh.vertices, good))
            else:
                dropped += bad
                mesh = _rows(mesh, good)
        meshes.append(_finite_attributes(mesh))
    if all(new is old for new, old in zip(meshes, asset.meshes, strict=True)):
        return asset
    told = (
        (moved, "positions are not finite numbers and were moved to the middle of their mesh"),
        (dropped, "points without finite coordinates left out"),
    )
    warnings = tuple(f"{count:,} {what}" for count, what in told if count)
    origin = replace(asset.origin, warnings=(*asset.origin.warnings, *warnings))
    return replace(asset, meshes=tuple(meshes), origin=origin)


def _moved_inside(
    vertices: Float32[np.ndarray, "v 3"], good: Bool[np.ndarray, " v"]
) -> Float32[np.ndarray, "v 3"]:
    known = vertices[good]
    middle = known.mean(0, dtype=np.float64).astype(np.float32) if len(known) else np.zeros(3, np.float32)
    return np.where(good[:, None], vertices, middle)


def _rows(mesh: Mesh, kept: Bool[np.ndarray, " v"]) -> Mesh:
    def of(values: Any) -> Any:
        return values[kept] if values is not None and len(values) == len(kept) else None

    return replace(
        mesh,
        vertices=mesh.vertices[kept],
        normals=of(mesh.normals),
        uv=of(mesh.uv),
        colours=of(mesh.colours),
    )


def _finite_attributes(mesh: Mesh) -> Mesh:
    for name, value in (("normals", (0.0, 0.0, 1.0)), ("uv", (0.0, 0.0)), ("colours", (1.0, 1.0, 1.0, 1.0))):
        values = getattr(mesh, name)
        if values is None:
            continue
        if len(values) != len(mesh.vertices):
            mesh = replace(mesh, **{name: None})
        elif not np.isfinite(values).all():
            good = np.isfinite(values).all(1, keepdims=True)
            mesh = replace(mesh, **{name: np.where(good, values, np.array(value, np.float32))})
    return mesh


def check(asset: Asset, limits: Limits) -> None:
    """Refuse what no later room could use: no geometry, indices out of range, placements that are not numbers."""
    if asset.vertices == 0 or not asset.parts:
        raise EmptyModel("there is nothing in it: no triangles and no points")
    limits.check("triangles", asset.triangles, "triangles")
    if asset.triangles == 0:
        limits.check("points", asset.vertices, "points")
    for index, mesh in enumerate(asset.meshes):
        label = mesh.name or f"mesh {index}"
        if len(mesh.faces):
            low, high = int(mesh.faces.min()), int(mesh.faces.max())
            if low < 0 or high >= len(mesh.vertices):
                wrong = low if low < 0 else high
                raise MalformedFile(
                    f"{label}: a face uses vertex {wrong}, but there are only {len(mesh.vertices)} vertices",
                    hint="repair or export the model again",
                )
    for part in asset.parts:
        if not np.isfinite(part.matrix).all():
            raise MalformedFile(f"the placement of {part.name or 'a part'} is not finite")
