"""Which encoders a library uses: changes to its settings, and what they will take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polyseek.catalogue.contract import Catalogue
from polyseek.errors import UsageError
from polyseek.formats.sandbox import Sandbox
from polyseek.indexing.reader import embed_models, warm
from polyseek.indexing.reembed import embeddable, lacks
from polyseek.indexing.settings import Settings, change_setting
from polyseek.indexing.stages import encoder
from polyseek.indexing.work import Options, Recipe

SAMPLE = 8


def use(path: Path, settings: Settings, ids: Sequence[str], *, default: bool = False) -> Settings:
    """Write encoders into a library's settings file, behind those it has; `default`: the first of `ids` compares models.

    Comments and other values stay. Raises UsageError for an encoder that is not there, LibraryError.
    """
    for id in ids:
        encoder(id)
    every = tuple(dict.fromkeys((*settings.encoders, *ids)))
    chosen = ids[0] if default else settings.default_encoder
    if every != settings.encoders:
        change_setting(path, "encoders", every)
    if chosen != settings.default_encoder:
        change_setting(path, "default_encoder", chosen)
    return replace(settings, encoders=every, default_encoder=chosen)


def drop(path: Path, settings: Settings, ids: Sequence[str]) -> Settings:
    """Take encoders out of a library's settings file. Raises UsageError for the default one and for one that it does not use."""
    for id in ids:
        if id not in settings.encoders:
            raise UsageError(
                f"this library does not use the encoder {id!r}",
                hint=f"it uses {', '.join(settings.encoders)}",
            )
        if id == settings.default_encoder:
            raise UsageError(
                f"{id} is the encoder that this library compares models with",
                hint="let another one do that first: polyseek encoders use ID --default",
            )
    left = tuple(id for id in settings.encoders if id not in ids)
    change_setting(path, "encoders", left)
    return replace(settings, encoders=left)


def lacking(catalogue: Catalogue, settings: Settings) -> dict[str, int]:
    """Encoder id -> number of present models that have no vector of it, for each encoder of the library."""
    wanted = embeddable(settings, {id: encoder(id).space for id in settings.encoders})
    return {
        id: sum(catalogue.lacking(wanted[id].digest).values()) if id in wanted else 0
        for id in settings.encoders
    }


def is_incomplete(catalogue: Catalogue, settings: Settings) -> bool:
    """Whether re-embedding has something to do: vectors to make, or those of dropped encoders to let go."""
    own = {encoder(id).space.digest for id in settings.encoders}
    if any(not each.filled or each.digest not in own for each in catalogue.held()):
        return True
    return any(lacking(catalogue, settings).values())


def seconds(catalogue: Catalogue, settings: Settings, jobs: int) -> float:
    """How long re-embedding will take, about: from the time that some of the files take now, which is a few seconds.

    0 where nothing is lacking.
    """
    wanted = embeddable(settings, {id: encoder(id).space for id in settings.encoders})
    todo = list(lacks(catalogue, catalogue.stamps(), wanted).values())
    if not todo:
        return 0.0
    some = todo[:: -(-len(todo) // SAMPLE)]
    recipe = replace(Recipe.of(settings, Options()), vectors_only=True)
    with Sandbox(1, settings.limits, partial(warm, recipe)) as sandbox:
        sandbox.run(_ready, name="")  # the worker has started
        start = time.perf_counter()
        tasks = ((each.job.path, (each.job, replace(recipe, encoders=each.encoders))) for each in some)
        for _ in sandbox.stream(embed_models, tasks):
            pass
        took = time.perf_counter() - start
    return took / len(some) * len(todo) / min(jobs, len(todo))


def _ready() -> None:
    pass
