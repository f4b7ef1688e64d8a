"""Which encoders a library uses: changes to its settings, and what they will take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polyseek.catalogue.contract import Catalogue
from polyseek.encoders.shelf import DEFAULT
from polyseek.errors import UsageError
from polyseek.formats.sandbox import Sandbox
from polyseek.indexing.reader import embed_models, warm
from polyseek.indexing.reembed import embeddable, lacks
from polyseek.indexing.settings import (
    Settings,
    as_in_file,
    change_settings,
    first_choice,
    of_this_machine,
)
from polyseek.indexing.stages import encoder
from polyseek.indexing.work import Options, Recipe

SAMPLE = 8


def use(path: Path, settings: Settings, ids: Sequence[str], *, default: bool = False) -> Settings:
    """Write encoders into a library's settings file, behind those it has; `default`: the first of `ids` compares models.

    Comments and other values stay. Raises UsageError for an encoder that is not there, LibraryError.
    """
    for id in ids:
        encoder(id)
    before = as_in_file(settings)
    every = tuple(dict.fromkeys((*before.encoders, *ids)))
    return _written(path, before, every, ids[0] if default else before.default_encoder)


def drop(path: Path, settings: Settings, ids: Sequence[str]) -> Settings:
    """Take encoders out of a library's settings file, also ones that this machine has not.

    Raises UsageError for the default one, unless it is absent, and for one that the file does not name.
    """
    before = as_in_file(settings)
    for id in ids:
        if id not in before.encoders:
            raise UsageError(
                f"this library does not use the encoder {id!r}",
                hint=f"it uses {', '.join(before.encoders)}",
            )
        if id == before.default_encoder and id not in settings.absent:
            raise UsageError(
                f"{id} is the encoder that this library compares models with",
                hint="let another one do that first: polyseek encoders use ID --default",
            )
    left = tuple(id for id in before.encoders if id not in ids)
    if before.default_encoder in left:
        return _written(path, before, left, before.default_encoder)
    here = [id for id in left if id in settings.encoders]
    default = first_choice(here or [DEFAULT])
    return _written(path, before, tuple(dict.fromkeys((*left, default))), default)


def _written(path: Path, before: Settings, encoders: tuple[str, ...], default: str) -> Settings:
    """Write what is new; the settings from then on. `before`: as the file has them."""
    after = replace(before, encoders=encoders, default_encoder=default)
    keys = ("encoders", "default_encoder")
    changed = {key: getattr(after, key) for key in keys if getattr(after, key) != getattr(before, key)}
    if changed:
        change_settings(path, changed)
    return of_this_machine(after)


def lacking(catalogue: Catalogue, settings: Settings) -> dict[str, int]:
    """Encoder id -> number of present models that have no vector of it, for each encoder of the library."""
    wanted = embeddable(settings, {id: encoder(id).space for id in settings.encoders})
    return {
        id: sum(catalogue.lacking(wanted[id].digest).values()) if id in wanted else 0
        for id in settings.encoders
    }


def is_incomplete(catalogue: Catalogue, settings: Settings) -> bool:
    """Whether re-embedding has something to do: vectors to make, or those of dropped encoders to let go.

    None are let go while an encoder of the settings is absent.
    """
    own = {encoder(id).space.digest for id in settings.encoders}
    for each in catalogue.held():
        if (each.digest in own and not each.filled) or (each.digest not in own and not settings.absent):
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
