"""File and folder names -> the words and tags of a record: `Banner_thin_red` -> banner, thin, red."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyseek.words.chunks import folded_chunks, unspaced

# What programs and habits put into names, and says nothing of the thing: left out of tags, kept for search.
NOISE = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "sm",
        "sk",
        "skm",
        "mi",
        "mat",
        "geo",
        "geom",
        "geometry",
        "grp",
        "mesh",
        "meshes",
        "model",
        "models",
        "obj",
        "fbx",
        "gltf",
        "glb",
        "stl",
        "ply",
        "off",
        "dae",
        "usd",
        "usdz",
        "step",
        "stp",
        "file",
        "files",
        "folder",
        "format",
        "formats",
        "export",
        "exported",
        "exports",
        "asset",
        "assets",
        "untitled",
        "unnamed",
        "default",
        "object",
        "scene",
        "final",
        "copy",
        "new",
        "old",
        "backup",
        "wip",
        "tmp",
        "temp",
        "test",
        "lod",
        "source",
        "sources",
        "src",
        "dl",
        "download",
        "downloads",
        "texture",
        "textures",
        "material",
        "materials",
        "binary",
        "ascii",
        "embedded",
        "draco",
        "version",
        "ver",
        "rev",
    ]
)

_VERSION = re.compile(r"(v|ver|rev|lod|copy)\d+")


def words_of(name: str, folders: Sequence[str] = ()) -> tuple[str, ...]:
    """Words of a file's name (without suffix), then of its folders; folded, numbers kept, each once."""
    return tuple(dict.fromkeys(word for text in (name, *folders) for word in folded_chunks(text)))


def tags_of(name: str, folders: Sequence[str] = ()) -> tuple[str, ...]:
    """The words that say something: without numbers, single Latin letters, version marks and NOISE."""
    return tuple(word for word in words_of(name, folders) if _says_something(word))


def _says_something(word: str) -> bool:
    if word in NOISE or word.isdigit() or _VERSION.fullmatch(word):
        return False
    return len(word) > 1 or unspaced(word)
