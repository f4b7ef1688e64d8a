"""What a library tells of itself: size, formats, encoders, health."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polyseek.indexing.settings import ENCODERS, Settings

if TYPE_CHECKING:
    from polyseek.catalogue.contract import Catalogue
    from polyseek.encoders.contract import Encoder


@dataclass(frozen=True)
class Info:
    """Size, encoders and health.

    `encoders`: of each Space its encoder's id, its digest, dimensions, number of vectors, what the encoder
    `reads` besides models ("words", "pictures"), whether the library's settings name it (`used`), whether it
    is `absent` from this machine all the same, and how many present models are `lacking` a vector that the
    next run makes. `unused`: encoders that new libraries have and this one has not.
    """

    library: str
    schema: int
    records: int
    present: int
    missing: int
    encoders: tuple[dict[str, Any], ...]
    unused: tuple[str, ...]
    formats: dict[str, int]
    bytes: int
    healthy: bool
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The fields as plain JSON values."""
        lists = {name: list(getattr(self, name)) for name in ("encoders", "unused", "problems")}
        return {**asdict(self), **lists}


def info_of(folder: Path, catalogue: Catalogue, settings: Settings, readers: Sequence[Encoder]) -> Info:
    """The Info of the library in a folder. `readers`: encoders that read words or pictures."""
    from polyseek.catalogue.condition import Compare
    from polyseek.catalogue.schema import VERSION

    problems = tuple(catalogue.problems())
    records = catalogue.count()
    missing = catalogue.count(Compare("status", "=", "missing"))
    return Info(
        library=str(folder),
        schema=VERSION,  # a file of an earlier one was migrated when it was opened
        records=records,
        present=records - missing,
        missing=missing,
        encoders=tuple(_encoders(catalogue, settings, readers)),
        unused=tuple(id for id in ENCODERS if id not in (settings.named or settings.encoders)),
        formats=catalogue.values_of("format"),
        bytes=sum(file.stat().st_size for file in folder.iterdir() if file.is_file()),
        healthy=not problems,
        problems=problems,
    )


def _encoders(
    catalogue: Catalogue, settings: Settings, readers: Sequence[Encoder]
) -> Iterator[dict[str, Any]]:
    """What `info` tells of each Space: those that are held, and those that are yet to be."""
    from polyseek.indexing.choosing import lacking
    from polyseek.indexing.stages import encoder
    from polyseek.search.tower import tower_of

    reads = {tower.space: tower.reads for tower in map(tower_of, readers)}
    lacks = lacking(catalogue, settings)
    own = {encoder(id).space.digest: (encoder(id).space, id) for id in settings.encoders}
    held = {space.digest: (space, id, number) for space, id, number in catalogue.spaces()}
    awaited = {digest: (*each, 0) for digest, each in own.items() if digest not in held}
    for digest, (space, id, number) in (held | awaited).items():
        yield {
            "id": id,
            "space": digest,
            "dimensions": space.dimensions,
            "vectors": number,
            "reads": reads.get(digest, []),
            "used": digest in own or id in settings.absent,
            "absent": id in settings.absent,
            "lacking": lacks[id] if digest in own else 0,
        }
