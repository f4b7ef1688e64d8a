"""What a worker process does for indexing: one Job in, one Reading out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from polyseek.assets import Asset, Frame, Material, Mesh, Origin, Part, Texture
from polyseek.catalogue.contract import Entry, Stamp, Vectors
from polyseek.catalogue.record import Record
from polyseek.errors import FileError, MissingExtra, PolyseekError
from polyseek.formats.source import MemorySource, Source
from polyseek.indexing.sources import SideFile, TracedSource, digest_of, open_source
from polyseek.indexing.stages import resolved
from polyseek.indexing.work import Item, Job, Reading, Recipe, Stage, Work


def read_models(job: Job, recipe: Recipe) -> Reading:
    """Everything that is written of one file. A failure that the reader explains is a stamp, not an error.

    Where `job.before` is given and the bytes are still the same, `entries` is None.
    """
    source = TracedSource(open_source(job.path, job.root, recipe.limits))
    try:
        before = job.before
        if before is not None and before.failure is None and _digest_now(source, before) == before.digest:
            present = [path for path, size, _ in before.side_files if size >= 0]
            source.trace.found.update({path: open_source(path) for path in present})
            source.trace.absent.update(path for path, size, _ in before.side_files if size < 0)
            if not any(map(_is_there, source.trace.absent)):
                return Reading(_stamp(job, source, before.digest), None)
        items = run_stages(Work(job, recipe.told(job.told), source))
        digest = digest_of(source, source.trace.side_files())
    except (FileError, MissingExtra) as error:
        return Reading(failed_stamp(job, error, source.trace.side_files()))
    entries = [Entry(replace(item.record, digest=digest), item.vectors, item.pictures) for item in items]
    return Reading(_stamp(job, source, digest), tuple(entries))


def embed_models(job: Job, recipe: Recipe) -> dict[str, Vectors] | None:
    """The vectors of each model of a file by the record's path; None: the bytes are not those of `job.before`.

    Raises FileError, MissingExtra.
    """
    assert job.before is not None
    source = open_source(job.path, job.root, recipe.limits)
    if digest_of(source, job.before.side_files) != job.before.digest:
        return None
    return {item.record.path: item.vectors for item in run_stages(Work(job, recipe.told(job.told), source))}


def run_stages(work: Work) -> list[Item]:
    """The models of one file, after every stage of the recipe."""
    items: list[Item] = []
    for place in work.recipe.stages:
        stage: Stage = resolved(place)
        items = stage(items, work)
    return items


def failed_stamp(job: Job, error: PolyseekError, side_files: tuple[SideFile, ...] = ()) -> Stamp:
    """What is remembered of a file that could not be read, so that it is not tried again in vain."""
    reason = ": ".join(text for text in (error.message, error.hint) if text)
    return Stamp(
        job.path, job.root, job.bytes, job.mtime_ns, "", side_files, job.failing, (error.kind, reason)
    )


def vectors_of(path: str, root: str | None, recipe: Recipe) -> dict[str, Float32[np.ndarray, " d"]]:
    """Space digest -> vector of a file. `root`: the folder that its references may not leave; None: its own."""
    return _vectors(path, open_source(path, root, recipe.limits), recipe)


def vectors_of_upload(
    name: str, data: bytes, siblings: Mapping[str, bytes], recipe: Recipe
) -> dict[str, Float32[np.ndarray, " d"]]:
    """Space digest -> vector of a file's bytes; `siblings`: its side files by relative name."""
    return _vectors(name, MemorySource(name, data, siblings), recipe)


def _vectors(path: str, source: Source, recipe: Recipe) -> dict[str, Float32[np.ndarray, " d"]]:
    job = Job(path, str(Path(path).parent), 0, 0, "", "")
    return dict(run_stages(Work(job, replace(recipe, split=None), source))[0].vectors)


def warm(recipe: Recipe) -> None:
    """Load every module and compile every kernel that this recipe needs, by running a small model through it."""
    work = Work(Job("", "", 0, 0, "", ""), recipe, MemorySource("", b""))
    items = [Item(Record("", "", "", "", "", 0, ""), small_model())]
    for place in recipe.stages[recipe.stages.index(recipe.load) + 1 :]:
        stage: Stage = resolved(place)
        items = stage(items, work)


def small_model() -> Asset:
    """A tetrahedron with everything a model may have: normals, texture, vertex colours, a see-through material."""
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.int32)
    plain = Mesh(corners, faces, material=0)
    rich = Mesh(
        corners,
        faces,
        normals=np.full((4, 3), 3**-0.5, np.float32),
        uv=corners[:, :2].copy(),
        colours=np.ones((4, 4), np.float32),
        material=1,
    )
    textures = (Texture(np.full((4, 4, 4), 128, np.uint8)),)
    materials = (Material(), Material(base_texture=0, alpha_mode="blend"))
    parts = (Part(0, np.eye(4), ("plain",)), Part(1, np.eye(4), ("rich",)))
    frame = Frame("y", "format", 1.0, 1.0, "format")
    return Asset("small", (plain, rich), parts, Origin("glb"), materials, textures, frame)


def _digest_now(source: Source, before: Stamp) -> str | None:
    try:
        return digest_of(source, before.side_files)
    except PolyseekError:
        return None  # a side file is gone: read again


def _is_there(path: str) -> bool:
    return Path(path).exists()


def _stamp(job: Job, source: TracedSource, digest: str) -> Stamp:
    side_files: Sequence[SideFile] = source.trace.side_files()
    return Stamp(job.path, job.root, job.bytes, job.mtime_ns, digest, tuple(side_files), job.reading)
