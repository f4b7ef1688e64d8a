"""`polyseek teach`: learn the person's own tags from the models that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from polyseek.cli.session import Session
from polyseek.cli.terminal import count, table
from polyseek.errors import UsageError

if TYPE_CHECKING:
    from polyseek.catalogue.lesson import Lesson

EXAMPLE = "polyseek teach spooky 'top shelf'    polyseek teach --all"


def run(
    session: Session,
    tags: Annotated[
        list[str] | None, typer.Argument(metavar="TAG...", help="Tags that you gave to models.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All tags that you gave to enough models.")] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget what these tags, or --all, have taught.")
    ] = False,
    encoder: Annotated[
        str | None, typer.Option("--encoder", metavar="ID", help="One that reads words.")
    ] = None,
) -> int:
    """Learn your own tags from the models that have them; without any, tell what was learned.

    What a tag has taught stands for its words in `search --mode meaning`, `tag --suggest` and `classify`,
    where examples that were kept away are found better with it: both figures are told. Teach again when
    you have tagged more. The exit status is 1 when nothing helps.
    """
    if tags and all_:
        raise UsageError("--all and tags exclude each other", hint="give one of them")
    with session.open_library() as library:
        if forget:
            if not tags and not all_:
                raise UsageError("which tags should be forgotten?", hint="name them, or give --all")
            gone = library.unteach(tags or ())
            if session.json:
                session.give({"forgotten": gone})
            else:
                session.say(f"{count(gone, 'tag')} forgotten")
            return 0
        learn = tags or all_
        lessons = library.teach(tags, encoder=encoder) if learn else library.lessons(encoder=encoder)
    return _tell(session, lessons)


def _tell(session: Session, lessons: list[Lesson]) -> int:
    for lesson in lessons if session.json else ():
        session.give(lesson_json(lesson))
    if not session.json:
        rows = [
            (
                lesson.tag,
                f"{lesson.examples:,}",
                f"{lesson.frozen:.3f}",
                f"{lesson.taught:.3f}",
                "yes" if lesson.helps else "no: its words alone find more",
            )
            for lesson in lessons
        ]
        if rows:
            session.say(table(("tag", "models", "by words", "taught", "used"), rows, right=(1, 2, 3)))
        else:
            session.say("Nothing has been learned. Tag four different models or more, then teach that tag.")
    return 0 if any(lesson.helps for lesson in lessons) else 1


def lesson_json(lesson: Lesson) -> dict[str, Any]:
    """`frozen`, `taught`: mean average precision without and with the lesson, by cross-validation."""
    return {
        "tag": lesson.tag,
        "examples": lesson.examples,
        "frozen": lesson.frozen,
        "taught": lesson.taught,
        "used": lesson.helps,
    }
