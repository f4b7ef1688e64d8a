"""`polyseek search`: find models by words, by example models, by pictures, or by all at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session, lines_of
from polyseek.cli.terminal import duration, styled, table
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.search.hit import Hits
    from polyseek.search.query import Query

EXAMPLE = "polyseek search 'wooden chair -broken' --where 'triangles < 5000'    polyseek search ./a.glb"

Count = Annotated[int, typer.Option("-k", "--count", min=1, max=10_000, help="How many hits.")]
Where = Annotated[
    str | None,
    typer.Option("--where", metavar="EXPR", help="Only these, as 'has_texture and longest < 0.5'."),
]
By = Annotated[
    str | None,
    typer.Option("--encoder", metavar="NAME", help="Compare by this encoder of the library alone."),
]
Paths = Annotated[bool, typer.Option("--paths", help="Only the paths, one a line.")]


def run(
    session: Session,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY...",
            help="Words, a model file, a picture, id:...; several parts combine. - reads from stdin.",
        ),
    ] = None,
    like: Annotated[
        list[str] | None, typer.Option("--like", metavar="FILE|ID", help="Like this model or picture.")
    ] = None,
    unlike: Annotated[
        list[str] | None, typer.Option("--unlike", metavar="FILE|ID", help="Not like this model or picture.")
    ] = None,
    image: Annotated[
        list[str] | None,
        typer.Option(
            "--image", metavar="FILE", help="A picture of it; again for another view of the same thing."
        ),
    ] = None,
    k: Count = 10,
    where: Where = None,
    mode: Annotated[str, typer.Option("--mode", help="auto, words, meaning or hybrid.")] = "auto",
    encoder: By = None,
    paths: Paths = False,
) -> int:
    """Find models by words, by example models, by pictures, or by all of them at once.

    A query has a small syntax of its own: `chair -wood` leaves wood out, `2:chair metal` weighs
    chair double, `id:k3f9` is a model of the library, `./a.glb` a model file, `photo.png` a picture.
    Words are looked for in names, folders and tags; `--mode meaning` looks for models that look like what
    the words mean, `--mode hybrid` does both. Pictures, and what stands beside them, go by looks.
    """
    composed = compose(lines_of(query or []), like or [], unlike or [], image or [])
    with session.open_library() as library:
        hits = library.search(composed, k=k, where=where, mode=mode, encoder=encoder)
    return tell(session, hits, paths=paths)


def compose(parts: list[str], like: list[str], unlike: list[str], image: list[str]) -> Query:
    """One Query of the command line's parts: files as models and pictures, the rest as text of the query syntax."""
    from polyseek.search.parse import parse_query
    from polyseek.search.query import Query

    query, words = Query(), list[str]()
    for part in parts:
        if Path(part).is_file():
            query += Query.like(part)
        else:
            words.append(part)
    if words:
        query = parse_query(" ".join(words)) + query
    for model in like:
        query += Query.like(_model(model))
    for model in unlike:
        query -= Query.like(_model(model))
    query += Query.image(*image)
    if not query.terms:
        raise UsageError("what should be searched for?", hint="give words, a model file, a picture or id:...")
    return query


def _model(text: str) -> str:
    """A path as it is, an id as `id:...`; what ends like a file is one, also where there is none."""
    from polyseek.formats.table import format_of
    from polyseek.search.query import is_picture

    file = Path(text).is_file() or is_picture(text) or format_of(text) is not None
    return text if text.startswith("id:") or file else f"id:{text}"


def tell(session: Session, hits: Hits, *, paths: bool) -> int:
    """Print the hits; 0, or 1 when nothing matches."""
    if session.json:
        session.give(hits.as_json())
    elif paths:
        for hit in hits if hits.good_match else ():
            session.say(hit.path)
    else:
        _show(session, hits)
    return 0 if len(hits) and hits.good_match else 1


def _show(session: Session, hits: Hits) -> None:
    if not hits.good_match:
        nearest = ", ".join(hit.name for hit in hits[:3])
        session.say(f"No good match for “{hits.query}”." + (f" The nearest: {nearest}." if nearest else ""))
        return
    rows = [
        (str(hit.rank), f"{hit.score:.2f}", hit.id, hit.name, f"{hit.record.triangles:,}", hit.why, hit.path)
        for hit in hits
    ]
    session.say(table(("#", "score", "id", "name", "triangles", "why", "path"), rows, right=(0, 1, 4)))
    session.note(styled(f"{len(hits)} hits in {duration(hits.seconds)}", "dim"))
