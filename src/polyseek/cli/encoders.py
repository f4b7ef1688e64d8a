"""`polyseek encoders`: what each is good for, and its figures."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from polyseek.cli.session import Session
from polyseek.cli.terminal import table
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.encoders.contract import Encoder

EXAMPLE = "polyseek encoders --json"


def run(session: Session) -> int:
    """The encoders that this installation has: what each takes, is good for, and its measured figures."""
    from polyseek.encoders.shelf import every, load

    encoders: list[Encoder] = []
    for id in every():
        try:
            encoders.append(load(id))
        except UsageError as error:  # one that was added, and spoilt since
            session.note(f"{id} cannot be used: {error}")
    if session.json:
        for encoder in encoders:
            session.give(
                {**asdict(encoder.card), "figures": dict(encoder.card.figures), "space": encoder.space.digest}
            )
        return 0
    rows = [
        (card.id, str(card.dimensions), card.takes, card.good_at, card.weak_at)
        for card in (encoder.card for encoder in encoders)
    ]
    session.say(table(("encoder", "dimensions", "takes", "good at", "weak at"), rows, right=(1,)))
    return 0
