"""Where a library is, how its folder is opened or made, and how a damaged one is saved."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from polyseek.errors import EncoderAbsent, LibraryError
from polyseek.indexing.settings import FILE_NAME, Settings, as_toml, read_settings

if TYPE_CHECKING:
    from polyseek.catalogue.contract import Catalogue


@dataclass(frozen=True)
class RepairReport:
    """`saved`, `lost`: records. `backup`: where the damaged file is kept."""

    saved: int
    lost: int
    backup: Path


def folder_of(path: str | Path | None) -> Path:
    """The absolute folder of a library; None: of POLYSEEK_LIBRARY, else the person's own."""
    if path is None:
        path = os.environ.get("POLYSEEK_LIBRARY")
    if path:
        return Path(path).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("polyseek", appauthor=False)) / "library"


def opened(folder: Path, *, create: bool) -> tuple[Settings, Catalogue]:
    """Settings and catalogue of the library in a folder; with `create` it is made where there is none.

    A file of an earlier version is migrated. Warns of encoders that this machine has not. Raises LibraryError where there is none, LibraryDamaged,
    LibraryNewer, LibraryBusy.
    """
    from polyseek.catalogue.sqlite import SqliteCatalogue

    settings = read_settings(folder / FILE_NAME)
    warn_of_absent(settings, stacklevel=4)
    try:
        catalogue = SqliteCatalogue.open(folder, create=create, history_days=settings.history_days)
        if create and not (folder / FILE_NAME).exists():
            (folder / FILE_NAME).write_text(as_toml(settings), encoding="utf-8")
    except OSError as error:
        raise LibraryError(
            f"the library's folder cannot be used ({error.strerror or error})",
            path=str(folder),
            hint="choose another one with --library",
        ) from error
    return settings, catalogue


def warn_of_absent(settings: Settings, *, stacklevel: int) -> None:
    """One EncoderAbsent, where this machine has not all encoders that a library names; it says what to do.

    `stacklevel`: as of warnings.warn; it is shown where the person's code called.
    """
    absent = settings.absent
    if not absent:
        return
    names = " ".join(absent)
    one = len(absent) == 1
    said = f"this library uses the encoder{'' if one else 's'} {names.replace(' ', ', ')}, which "
    said += f"{'is' if one else 'are'} not on this machine: searches do without"
    if settings.named_default in absent:
        said += f", and {settings.default_encoder} compares models"
    hint = (
        f"polyseek models add SOURCE --name {absent[0]} brings it back, polyseek encoders drop {names} takes "
    )
    warnings.warn(f"{said} ({hint}{'it' if one else 'them'} out)", EncoderAbsent, stacklevel=stacklevel)


def repaired(folder: Path) -> RepairReport:
    """Save what can be read of a damaged library; the damaged file is kept beside it."""
    from polyseek.catalogue.repair import repair

    done = repair(folder)
    return RepairReport(done.saved, done.lost, done.backup)
