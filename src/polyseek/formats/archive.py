"""A ZIP archive that holds one model: the model. An archive of many is a folder, for indexing."""

from __future__ import annotations

import io
from dataclasses import replace

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, UnsupportedFormat
from polyseek.formats.limits import Limits
from polyseek.formats.source import (
    ArchiveSource,
    MemorySource,
    Source,
    members,
    opened_archive,
    read_member,
    stays_inside,
)


def read(source: Source, limits: Limits) -> Asset:
    """The one model inside, with the files it names. Origin.format is the model's.

    Raises EmptyModel where there is no model inside, UnsupportedFormat where there are several or
    where the archive is itself a member of an archive; else as source.opened_archive and the
    model's reader do.
    """
    if isinstance(source, ArchiveSource):
        raise UnsupportedFormat("an archive inside an archive is not opened", hint="unpack the outer one")
    path = source.local_path()
    found = members(path if path is not None else io.BytesIO(source.read()), limits)
    if not found:
        raise EmptyModel("the archive holds no model")
    if len(found) > 1:
        raise UnsupportedFormat(
            f"the archive holds {len(found)} models", hint=f"index it, or name one: {source.name}!/{found[0]}"
        )
    inside = (
        ArchiveSource(path, found[0], limits) if path is not None else _unpacked(source, found[0], limits)
    )
    return _read_inside(inside, source, limits)


def _unpacked(source: Source, member: str, limits: Limits) -> MemorySource:
    """The member of an archive that is not on disk, with all other members beside it."""
    with opened_archive(io.BytesIO(source.read()), source.name) as file:
        names = [info.filename for info in file.infolist() if not info.is_dir()]
        limits.check("archive_member_mb", sum(info.file_size for info in file.infolist()) / 1e6, "MB")
        files = {name: read_member(file, name, limits) for name in names if stays_inside(name)}
    return MemorySource(member, files[member], files)


def _read_inside(inside: Source, source: Source, limits: Limits) -> Asset:
    from polyseek.formats.reading import read_asset

    asset = read_asset(inside, limits)
    source.opened.extend(inside.opened)
    return replace(asset, name=asset.name or inside.stem)
