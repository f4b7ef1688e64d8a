"""The person's shelf: a folder with a folder for each encoder that was added, its card and its files.

It is `polyseek/towers` of the person's data, or what POLYSEEK_TOWERS names. A folder whose name begins with a dot
is an addition that was not finished.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from polyseek.encoders.towers.card import FILE_NAME, read_card
from polyseek.encoders.towers.encoder import TowerEncoder
from polyseek.errors import UsageError

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def home() -> Path:
    """The folder of the shelf; it need not be there yet."""
    named = os.environ.get("POLYSEEK_TOWERS")
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("polyseek", appauthor=False)) / "towers"


def added() -> tuple[str, ...]:
    """Ids of the encoders on the shelf, by name."""
    folder = home()
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(each.name for each in folder.iterdir() if is_id(each.name) and (each / FILE_NAME).is_file())
    )


def is_id(name: str) -> bool:
    """May an encoder be called so: small letters, digits, dots, hyphens, underscores; 64 at most?"""
    return _ID.fullmatch(name) is not None


def open_tower(id: str) -> TowerEncoder:
    """The added encoder called `id`. Raises UsageError where there is none, or its card cannot be used."""
    folder = home() / id
    _check(id)
    return TowerEncoder(read_card(folder / FILE_NAME), folder, open_tower)


def _check(id: str) -> None:
    if not is_id(id) or not (home() / id / FILE_NAME).is_file():
        there = ", ".join(added()) or "none"
        raise UsageError(
            f"there is no added encoder {id!r}", hint=f"added are: {there}; polyseek models add adds one"
        )


def joining(id: str) -> tuple[str, ...]:
    """The added encoders whose words are in the Space of the encoder `id`; one whose card cannot be read is none."""
    found: list[str] = []
    for other in added():
        with suppress(UsageError):
            if read_card(home() / other / FILE_NAME).joins == id:
                found.append(other)
    return tuple(found)


def remove(id: str) -> int:
    """Take an added encoder off the shelf, its files too; how many bytes. Raises UsageError where there is none.

    One that cannot be used any more can be removed, too.
    """
    _check(id)
    folder = home() / id
    others = joining(id)
    if others:
        raise UsageError(
            f"{id} cannot be removed: {', '.join(others)} joins its Space", hint=f"remove {others[0]} first"
        )
    size = size_of(folder)
    # Renamed first: an encoder is there as a whole or not at all.
    gone = folder.with_name(f".removed-{id}-{os.getpid()}")
    folder.rename(gone)
    shutil.rmtree(gone)
    return size


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
