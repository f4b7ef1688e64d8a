"""A library's models themselves: as an Asset, as one GLB, as pictures from all around."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from polyseek.errors import LibraryBusy

if TYPE_CHECKING:
    from polyseek.assets import Asset
    from polyseek.catalogue.contract import Catalogue
    from polyseek.formats.sandbox import Sandbox
    from polyseek.indexing.settings import Settings

TURNTABLE = "turntable"  # the name of its picture in the catalogue


def load(path: str | Path, *, up: str = "auto", unit: str | None = None) -> Asset:
    """The model of a file, or of a member of an archive (`pack.zip!/a.glb`), +Y up and in metres.

    Read in this process, for files that you trust. Raises a FileError that says why it cannot be read.
    """
    from polyseek.assets import in_one_frame
    from polyseek.formats.reading import read_asset
    from polyseek.indexing.sources import open_source

    return in_one_frame(read_asset(open_source(str(path))), up=up, unit=unit)


def glb(catalogue: Catalogue, readers: Sandbox, settings: Settings, id: str) -> bytes:
    """The model of a record as one GLB, +Y up, in metres, read by `readers`. Raises UnknownId, FileError."""
    from polyseek.indexing.export import glb_of

    record = catalogue.record(id)
    return readers.run(glb_of, record, settings.limits, name=record.path)


def turntable(catalogue: Catalogue, readers: Callable[[], Sandbox], settings: Settings, id: str) -> bytes:
    """The model of a record from all around as WebP; drawn by `readers` when first asked for, and kept.

    Raises UnknownId, FileError.
    """
    from polyseek.indexing.export import turntable_of

    record = catalogue.record(id)
    known = catalogue.picture(record.id, TURNTABLE)
    if known is not None:
        return known
    made = readers().run(turntable_of, record, settings.limits, settings.thumbnail_side, name=record.path)
    # Who writes now may write: it is drawn again the next time.
    with suppress(LibraryBusy):
        catalogue.keep_picture(record, TURNTABLE, made)
    return made
