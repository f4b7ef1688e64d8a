"""Many model files -> their vectors in one Space, in worker processes, without a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from polyseek.encoders.contract import Encoder
from polyseek.formats.sandbox import Outcome, Sandbox
from polyseek.indexing.reader import vectors_of, warm
from polyseek.indexing.settings import Settings
from polyseek.indexing.work import Options, Recipe

_STAGES = ("load", "represent", "encode")


def embed_files(
    paths: Sequence[str], encoder: Encoder, settings: Settings, *, jobs: int = 1, roots: Sequence[str] = ()
) -> Iterator[Outcome]:
    """An Outcome for each path, in their order: its vector (d,) float32, or the FileError that took its place.

    `roots`: folders of a library; a model in one of them may name files anywhere in it, others only
    beside or below themselves.
    """
    recipe = replace(
        Recipe.of(settings, Options()),
        encoders=(encoder.card.id,),
        stages=tuple(settings.stages[name] for name in _STAGES),
    )
    wanted = [str(Path(path).expanduser().absolute()) for path in paths]
    tasks = ((path, (path, _root_of(path, roots), recipe)) for path in dict.fromkeys(wanted))
    done: dict[str, Outcome] = {}
    given = 0
    with Sandbox(min(jobs, len(set(wanted))), settings.limits, partial(warm, recipe)) as sandbox:
        for outcome in sandbox.stream(vectors_of, tasks):
            if outcome.error is None:
                outcome = Outcome(outcome.name, outcome.value[encoder.space.digest])
            done[outcome.name] = outcome
            while given < len(wanted) and wanted[given] in done:
                yield done[wanted[given]]
                given += 1


def _root_of(path: str, roots: Sequence[str]) -> str | None:
    return max((root for root in roots if Path(path).is_relative_to(root)), key=len, default=None)
