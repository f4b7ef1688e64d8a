"""`polyseek encoders`: what each is good for, and which of them the library uses."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session
from polyseek.cli.terminal import count, duration, table
from polyseek.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from polyseek.library import Library

EXAMPLE = "polyseek encoders    polyseek encoders use words2"


class Action(StrEnum):
    """What `polyseek encoders` changes in the library."""

    USE = "use"
    DROP = "drop"


def run(
    session: Session,
    action: Annotated[
        Action | None, typer.Argument(metavar="[use|drop]", help="Nothing: list all encoders.")
    ] = None,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Which ones the library is to use, or to drop."),
    ] = None,
    default: Annotated[
        bool, typer.Option("--default", help="With use: the first one compares models from now on.")
    ] = False,
) -> int:
    """The encoders that there are: what each takes, is good for, its measured figures; and which the library uses.

    `use` and `drop` change that in its library.toml. Then `polyseek index` makes the vectors that are lacking, and
    nothing else again; until it is done, the library is searched by the vectors that it has.
    """
    if action is None:
        return _list(session)
    if not ids:
        raise UsageError(
            f"{action} what?", hint=f"polyseek encoders {action} ID; polyseek encoders lists them"
        )
    if default and action is Action.DROP:
        raise UsageError("--default goes with use", hint="polyseek encoders use ID --default")
    with session.open_library() as library:
        if action is Action.USE:
            library.use_encoders(ids, default=default)
        else:
            library.drop_encoders(ids)
        _tell(session, library)
    return 0


def _list(session: Session) -> int:
    from polyseek.encoders.shelf import every, load

    used = _used(session)
    encoders = [load(id) for id in every()]
    if session.json:
        for encoder in encoders:
            said = {"figures": dict(encoder.card.figures), "space": encoder.space.digest}
            session.give({**asdict(encoder.card), **said, "library": used.get(encoder.card.id, "")})
        return 0
    rows = [
        (card.id, used.get(card.id, ""), str(card.dimensions), card.takes, card.good_at, card.weak_at)
        for card in (encoder.card for encoder in encoders)
    ]
    heads = ("encoder", "library", "dimensions", "takes", "good at", "weak at")
    session.say(table(heads, rows, right=(2,)))
    return 0


def _used(session: Session) -> dict[str, str]:
    """Encoder id -> "default" or "used", of those that the library uses; none where there is no library."""
    try:
        with session.open_library() as library:
            settings = library.settings
    except LibraryError:
        return {}
    return {id: "default" if id == settings.default_encoder else "used" for id in settings.encoders}


def _tell(session: Session, library: Library) -> None:
    """What the library uses now, and what that will take."""
    settings = library.settings
    lacking = {id: number for id, number in library.lacking().items() if number}
    seconds = library.reembedding_seconds(jobs=session.jobs)
    if session.json:
        session.give(
            {
                "encoders": list(settings.encoders),
                "default_encoder": settings.default_encoder,
                "lacking": lacking,
                "seconds": round(seconds, 1),
            }
        )
        return
    said = [f"{id} (default)" if id == settings.default_encoder else id for id in settings.encoders]
    session.say(f"the library uses {', '.join(said)}")
    for id, number in lacking.items():
        session.say(f"{count(number, 'model')} {'has' if number == 1 else 'have'} no vector of {id} yet")
    if lacking:
        session.say(
            f"`polyseek index` makes them, in about {duration(seconds)} on this machine; searches go on meanwhile"
        )
