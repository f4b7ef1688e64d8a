"""What the files beside a model say of it: its licence, its info.json, the project it was exported from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

LICENCE_NAMES = ("license", "licence", "copying", "unlicense")
INFO_NAME = "info.json"
READ_BYTES = 20_000

# Projects that models are exported from: tagged on the model that has the same name.
PROJECTS = {
    ".blend": "blender",
    ".step": "step",
    ".stp": "step",
    ".f3d": "fusion",
    ".skp": "sketchup",
    ".max": "3ds max",
}

# SPDX identifiers by how a licence's text gives itself away; the first that fits counts.
SPDX = (
    (r"\bCC0\b|creative commons zero|CC0-1\.0|publicdomain/zero", "CC0-1.0"),
    (r"\bCC[- ]BY[- ]NC[- ]SA\b|attribution-noncommercial-sharealike", "CC-BY-NC-SA"),
    (r"\bCC[- ]BY[- ]NC[- ]ND\b|attribution-noncommercial-noderiv", "CC-BY-NC-ND"),
    (r"\bCC[- ]BY[- ]NC\b|attribution-noncommercial", "CC-BY-NC"),
    (r"\bCC[- ]BY[- ]SA\b|attribution-share ?alike", "CC-BY-SA"),
    (r"\bCC[- ]BY[- ]ND\b|attribution-noderiv", "CC-BY-ND"),
    (r"\bCC[- ]BY\b|creative commons attribution|licenses/by/", "CC-BY"),
    (r"apache license,?\s+version 2|Apache-2\.0", "Apache-2.0"),
    (r"\bMIT licen[cs]e\b|permission is hereby granted, free of charge|^MIT$", "MIT"),
    (r"unlicense\b", "Unlicense"),
    (r"gnu affero general public", "AGPL-3.0"),
    (r"gnu lesser general public", "LGPL-3.0"),
    (r"gnu general public", "GPL-3.0"),
    (r"mozilla public license", "MPL-2.0"),
    (r"redistribution and use in source and binary forms", "BSD-3-Clause"),
)  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """`name`: what info.json calls the model. `tags`: its category, its maker, the project beside it."""

    licence: str | None = None
    name: str | None = None
    tags: tuple[str, ...] = ()


def sidecars_of(names: Iterable[str]) -> list[str]:
    """Of the file names of a folder, those that say something of the models in it."""
    return [name for name in names if name.lower() == INFO_NAME or name.lower().startswith(LICENCE_NAMES)]


def look_around(path: Path, root: Path, folders: dict[str, Surroundings] | None = None) -> Surroundings:
    """What stands beside a model, and in the folders above it up to `root`.

    The nearest licence counts. `folders` keeps what was read of each folder, for the next model.
    """
    known = folders if folders is not None else {}
    here = _folder(path.parent, root, known)
    projects = [
        tag
        for suffix, tag in PROJECTS.items()
        if path.suffix.lower() != suffix and path.with_suffix(suffix).is_file()
    ]
    return Surroundings(here.licence, here.name, (*here.tags, *(f"{project} source" for project in projects)))


def _folder(folder: Path, root: Path, known: dict[str, Surroundings]) -> Surroundings:
    key = str(folder)
    if key not in known:
        known[key] = _read_folder(folder, root, known)
    return known[key]


def _read_folder(folder: Path, root: Path, known: dict[str, Surroundings]) -> Surroundings:
    try:
        names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    except OSError:
        names = []
    info = next((_info(folder / name) for name in names if name.lower() == INFO_NAME), {})
    licences = [name for name in sidecars_of(names) if name.lower() != INFO_NAME]
    licence = _text(info, "license") or _text(info, "licence")
    licence = licence_of(licence) if licence else None
    for name in sorted(licences, key=len):
        licence = licence or licence_of(_read(folder / name))
    if licence is None and folder != root and folder.is_relative_to(root):
        licence = _folder(folder.parent, root, known).licence
    tags = [text for key in ("category", "creator", "author") if (text := _text(info, key))]
    return Surroundings(licence, _text(info, "name"), tuple(tag.lower() for tag in tags))


def licence_of(text: str) -> str | None:
    """The SPDX identifier that a licence's text names, else its first line (80 letters); None for an empty text.

    A version is added where the text gives one ("CC-BY-4.0"), from the first line that fits.
    """
    for pattern, name in SPDX:
        found = re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
        if found is None:
            continue
        if name.startswith("CC-BY"):
            version = re.search(r"\b([1-4]\.[05])\b", text[found.start() : found.start() + 200])
            return f"{name}-{version.group(1)}" if version else name
        return name
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first[:80] or None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(READ_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""


def _info(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_read(path))
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _text(info: dict[str, Any], key: str) -> str | None:
    value = info.get(key)
    return value.strip()[:200] or None if isinstance(value, str) else None
