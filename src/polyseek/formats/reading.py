"""Read any file: find its format, call its reader, check what came out."""

from __future__ import annotations

import importlib
from dataclasses import replace

import numpy as np

from polyseek.assets import Asset
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
        asset = replace(asset, name=asset.name or source.stem)
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


def check(asset: Asset, limits: Limits) -> None:
    """Refuse what no later room could use: no geometry, indices out of range, positions that are not numbers."""
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
        if not np.isfinite(mesh.vertices).all():
            bad = int((~np.isfinite(mesh.vertices).all(1)).sum())
            raise MalformedFile(
                f"{label}: {bad} positions are not finite numbers", hint="repair or export the model again"
            )
    for part in asset.parts:
        if not np.isfinite(part.matrix).all():
            raise MalformedFile(f"the placement of {part.name or 'a part'} is not finite")
