"""The files of an added encoder: what lies beside a network, and how it is known that none has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from polyseek.errors import UsageError

_CHUNK = 1 << 20


def stamp(path: Path) -> str:
    """ "BYTES DIGEST" of a file: its length and 32 hexadecimal digits of BLAKE2b."""
    state = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            state.update(chunk)
    return f"{path.stat().st_size} {state.hexdigest()}"


def stamp_of(folder: Path, name: str, known: Mapping[str, str]) -> str:
    """The stamp of a file: the one on the card where the length still fits, so that gigabytes are not read to search.

    Raises UsageError where the file is not there, or has another length.
    """
    path = folder / name
    if not path.is_file():
        raise UsageError(
            "there is no such file", path=str(path), hint="place it there, or add the encoder again"
        )
    held = known.get(name)
    if held is None:
        return stamp(path)
    if held.split(" ")[0] != str(path.stat().st_size):
        raise UsageError(
            "the file is not the one that was added",
            path=str(path),
            hint="run polyseek models remove and add again",
        )
    return held


def with_weights(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """The names, and after each .onnx those of the files beside it that hold its weights, as exporters call them."""
    found: list[str] = []
    for name in names:
        found.append(name)
        path = folder / name
        if path.suffix == ".onnx" and path.parent.is_dir():
            beside = sorted(
                each.name for each in path.parent.iterdir() if is_weights_of(path.name, each.name)
            )
            found += [(Path(name).parent / each).as_posix() for each in beside]
    return tuple(dict.fromkeys(found))


def is_weights_of(model: str, other: str) -> bool:
    """Is `other` a file of weights of the .onnx file `model`: model.onnx_data, model.onnx.data, model.data, ..._1?"""
    stem = model.removesuffix(".onnx")
    return other.startswith((f"{model}_data", f"{model}.data")) or other == f"{stem}.data"
