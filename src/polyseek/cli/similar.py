"""`polyseek similar`: more like this."""

from __future__ import annotations

from typing import Annotated

import typer

from polyseek.cli.search import By, Count, Paths, Where, tell
from polyseek.cli.session import Session

EXAMPLE = "polyseek similar k3f9 -k 20"


def run(
    session: Session,
    id: Annotated[
        str, typer.Argument(metavar="ID", help="A model of the library; a unique beginning will do.")
    ],
    k: Count = 10,
    where: Where = None,
    encoder: By = None,
    paths: Paths = False,
) -> int:
    """More like this: the models nearest to one of the library in shape and looks, itself left out."""
    with session.open_library() as library:
        hits = library.similar(id.removeprefix("id:"), k=k, where=where, encoder=encoder)
    return tell(session, hits, paths=paths)
