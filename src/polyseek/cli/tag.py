"""`polyseek tag`: add or take away tags, have some suggested, accept or reject them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session, lines_of, read_text
from polyseek.cli.terminal import count, table
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.library import Library
    from polyseek.naming.suggesting import Suggested

EXAMPLE = (
    "polyseek tag k3f9 b2x7 --add favourite --remove draft    polyseek tag --suggest --where 'tag is null'"
)

ALL = "*"
_SHOWN = 20  # models whose suggestions are listed for people


def run(
    session: Session,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help="Models; - reads ids from stdin.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="EXPR", help="All models that this holds for.")
    ] = None,
    add: Annotated[list[str] | None, typer.Option("--add", "-a", metavar="TAG", help="Add this tag.")] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", "-r", metavar="TAG", help="Take it away.")
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Suggest tags by looks, for all models where none are named.")
    ] = False,
    vocabulary: Annotated[
        str | None,
        typer.Option("--vocabulary", metavar="FILE", help="Suggest only tags of this text file, one a line."),
    ] = None,
    own: Annotated[bool, typer.Option("--own", help="Suggest only tags that you have used.")] = False,
    language: Annotated[
        str, typer.Option("--language", metavar="LANGUAGE", help="Of suggestions: en, zh, es, fr, de or ja.")
    ] = "en",
    most: Annotated[int, typer.Option("--most", min=1, max=20, help="Suggestions for one model.")] = 3,
    encoder: Annotated[
        str | None, typer.Option("--encoder", metavar="ID", help="Suggest by this one, which reads words.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show suggestions, keep none.")] = False,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", metavar="TAG", help="Make this suggested tag yours; '*' for all."),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option("--reject", metavar="TAG", help="Never suggest this tag for them again; '*' for all."),
    ] = None,
) -> int:
    """Add or take away tags of models, or have them suggested; `polyseek undo` takes each back in one step.

    Suggested tags are marked as such and no search finds them until they are accepted. Models whose
    suggestions wait: --where 'suggested is not null'.
    """
    if suggest and (add or remove or accept or reject):
        raise UsageError("--suggest goes alone", hint="look at the suggestions first, then use --accept")
    if not suggest and not (add or remove or accept or reject):
        raise UsageError("no tag to add or remove", hint="use --add TAG, --remove TAG or --suggest")
    with session.open_library() as library:
        named = [id.removeprefix("id:") for id in lines_of(ids or [])]
        if suggest:
            words = _vocabulary(library, vocabulary, own=own)
            found = library.suggest(
                named or None,
                where=where,
                vocabulary=words,
                language=language,
                most=most,
                encoder=encoder,
                keep=not dry_run,
            )
            return _tell(session, found, kept=not dry_run)
        if where:
            named += [record.id for record in library.records(where)]
        if not named:
            raise UsageError("no model to tag", hint="give ids, or --where EXPR")
        changed = library.tag(named, add=tuple(add or ()), remove=tuple(remove or ())) if add or remove else 0
        if accept:
            changed = max(changed, library.accept(named, _names(accept)))
        if reject:
            changed = max(changed, library.reject(named, _names(reject)))
    if session.json:
        session.give({"changed": changed})
    else:
        session.say(f"{count(changed, 'model')} changed")
    return 0


def _names(tags: Sequence[str]) -> tuple[str, ...]:
    return () if ALL in tags else tuple(tags)


def _vocabulary(library: Library, file: str | None, *, own: bool) -> list[str] | None:
    """The tags to choose from; None: the lexicon's. Raises UsageError where there are none."""
    from polyseek.search.zero_shot import labels_of

    if file is None and not own:
        return None
    found = library.own_tags() if own else []
    found += labels_of(read_text(file)) if file is not None else []
    if not found:
        what = "the vocabulary's file is empty" if file is not None else "you have not used any tag yet"
        raise UsageError(what, path=file, hint="write one tag a line, or add some with --add")
    return found


def _tell(session: Session, found: Suggested, *, kept: bool) -> int:
    if session.json:
        session.give(found.as_json())
        return 0
    rows = [
        (id, ", ".join(f"{each.tag} {each.probability:.0%}" for each in tags), found.paths[id])
        for id, tags in found.proposals.items()
    ]
    if rows:
        session.say(table(("id", "suggested", "path"), rows[:_SHOWN]))
    if len(rows) > _SHOWN:
        session.say(f"… and {count(len(rows) - _SHOWN, 'more model')}")
    session.note(
        f"{count(len(rows), 'model')} of {found.looked_at:,} with suggestions"
        + (" (polyseek undo takes them back)" if kept and rows else "")
    )
    return 0
