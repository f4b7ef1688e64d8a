"""The stages between scan and record: each maps the models of one file, in a worker process.

A stage is `(list[Item], Work) -> list[Item]`: load makes one model of a file, split makes several
of one, the others add to each. They are named in a library's settings and may be replaced there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from polyseek.assets import bounds, in_one_frame
from polyseek.assets.split import split_nodes
from polyseek.catalogue.contract import Batch, Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.encoders.contract import Encoder
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.indexing.sources import INSIDE, split_member
from polyseek.indexing.surroundings import Surroundings, look_around
from polyseek.indexing.work import Item, Work
from polyseek.representations.contract import maker, options_digest
from polyseek.words import tags_of, words_of

# File names that name no thing: the folder does.
NAMELESS = frozenset({"model", "scene", "mesh", "object", "untitled", "asset", "source", "index"})


@lru_cache(maxsize=16)
def encoder(id: str) -> Encoder:
    """The encoder called `id`, loaded once a process."""
    from polyseek.encoders.shelf import load as load_encoder

    return load_encoder(id)


def load(items: list[Item], work: Work) -> list[Item]:
    """The file's model in the one frame, with what the file, its name and its folders say of it."""
    job, recipe = work.job, work.recipe
    asset = in_one_frame(read_asset(work.source, recipe.limits), up=recipe.up, unit=recipe.unit)
    frame, origin = asset.frame, asset.origin
    assert frame is not None
    file, member = split_member(job.path)
    around = look_around(Path(file), Path(job.root)) if member is None else _around_archive(file, job.root)
    name, folders = name_of(job.path, job.root, around)
    record = Record(
        id="",
        path=job.path,
        root=job.root,
        name=name,
        format=origin.format,
        bytes=job.bytes,
        digest="",
        words=words_of(name, folders),
        tags=file_tags(name, folders, around),
        up=frame.up,
        up_by=frame.up_by,
        up_confidence=frame.up_confidence,
        unit_by=frame.unit_by,
        animated=origin.animated,
        licence=origin.licence or around.licence,
        warnings=origin.warnings,
    )
    return [*items, Item(record, asset)]


def split(items: list[Item], work: Work) -> list[Item]:
    """With `--split nodes`: after each scene the objects in it, as records of their own (`path#Node`)."""
    if work.recipe.split != "nodes":
        return items
    found: list[Item] = []
    for item in items:
        found.append(item)
        for path, asset in split_nodes(item.asset):
            name, folders = path[-1], item.record.words
            record = replace(
                item.record,
                path=f"{item.record.path}#{'/'.join(path)}",
                name=name,
                words=words_of(name, folders),
                tags=file_tags(name, (), Surroundings(tags=tuple(tag.tag for tag in item.record.tags))),
                parent=item.record.path,  # the scene's id takes its place when the record is written
            )
            found.append(Item(record, asset))
    return found


def represent(items: list[Item], work: Work) -> list[Item]:
    """What the encoders want of each model, and what its record shows: measures, size, colours, counts."""
    wants = [(name, options) for id in work.recipe.encoders for name, options in encoder(id).wants.items()]
    return [_represent(item, wants, work) for item in items]


def _represent(item: Item, wants: Sequence[tuple[str, Any]], work: Work) -> Item:
    from polyseek.representations.colours import dominant_colours
    from polyseek.representations.measures import MeasureOptions
    from polyseek.representations.points import PointsOptions

    made: dict[tuple[str, str], Any] = dict(item.representations)

    def make(name: str, options: Any) -> Any:
        key = (name, options_digest(options))
        if key not in made:
            made[key] = maker(name)(item.asset, options, 0)
        return made[key]

    for name, options in wants:
        make(name, options)
    if work.recipe.vectors_only:
        return replace(item, representations=made)
    measures = make("measures", MeasureOptions())
    points = make("points", PointsOptions(count=work.recipe.colour_points))
    low, high = bounds(item.asset)
    width, height, depth = (float(side) for side in high - low)
    origin = item.asset.origin
    record = replace(
        item.record,
        size_metres=(width, height, depth),
        triangles=item.asset.triangles,
        vertices=item.asset.vertices,
        parts=len(item.asset.parts),
        has_texture=origin.has_texture,
        has_vertex_colour=origin.has_vertex_colour,
        has_normals=origin.has_normals,
        watertight=measures.watertight,
        measures=measures.as_dict(),
        colours=dominant_colours(points),
    )
    return replace(item, record=record, representations=made)


def encode(items: list[Item], work: Work) -> list[Item]:
    """A vector of each encoder for each model."""
    found = items
    for id in work.recipe.encoders:
        wanted = encoder(id)
        keys = {name: (name, options_digest(options)) for name, options in wanted.wants.items()}
        batch = [{name: item.representations[key] for name, key in keys.items()} for item in found]
        rows = wanted.encode(batch)
        found = [
            replace(item, vectors={**item.vectors, wanted.space.digest: row})
            for item, row in zip(found, rows, strict=True)
        ]
    return found


def picture(items: list[Item], work: Work) -> list[Item]:
    """Each model's thumbnails."""
    from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails

    if work.recipe.vectors_only:
        return items
    options = ThumbnailOptions(side=work.recipe.thumbnail_side)
    return [replace(item, pictures=thumbnails(item.asset, options)) for item in items]


def record(batch: Batch, stamp: Stamp, entries: Sequence[Entry]) -> None:
    """Write the models of one file, or remember why it could not be read. In the parent process."""
    if stamp.failure is not None:
        batch.fail(stamp)
    else:
        batch.put(stamp, entries)


def name_of(path: str, root: str, around: Surroundings) -> tuple[str, tuple[str, ...]]:
    """(name, names of the folders from the root to the file, archives without suffix).

    A file called model.gltf is named by its info.json, else by its folder.
    """
    place = Path(path.replace(INSIDE, "/"))
    base = Path(root).parent
    steps = place.relative_to(base).parts if place.is_relative_to(base) else place.parts[-1:]
    folders = tuple(step.removesuffix(".zip") for step in steps[:-1])
    stem = place.stem
    if stem.lower() in NAMELESS:
        return around.name or (folders[-1] if folders else stem), folders
    return stem, folders


def file_tags(name: str, folders: Sequence[str], around: Surroundings) -> tuple[Tag, ...]:
    """Tags from name, folders and info.json, each once."""
    return tuple(Tag(tag) for tag in dict.fromkeys((*tags_of(name, folders), *around.tags)))


def _around_archive(archive: str, root: str) -> Surroundings:
    around = look_around(Path(archive), Path(root))
    return replace(around, name=None, tags=())


def resolved(place: str) -> Any:
    """The function at "module:function". Raises PolyseekError where there is none."""
    import importlib

    module, name = place.split(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise PolyseekError(
            f"the stage {place!r} cannot be found ({error})", hint="mend [pipeline.stages] in the settings"
        ) from error
