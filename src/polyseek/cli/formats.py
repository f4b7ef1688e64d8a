"""`polyseek formats`: the kinds of files that are read."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from polyseek.cli.session import Session
from polyseek.cli.terminal import table

EXAMPLE = "polyseek formats"
# What an extra brings, by the module that its reader imports.
MODULE_OF_EXTRA = {"step": "cascadio", "usd": "pxr", "ktx": "opengl_basisu"}


def run(session: Session) -> int:
    """The kinds of files that are read, and what to do about those that are not."""
    from polyseek.formats.table import FORMATS, UNREADABLE

    rows: list[dict[str, Any]] = [
        {
            "id": kind.id,
            "title": kind.title,
            "suffixes": list(kind.suffixes),
            "reads": kind.extra is None or find_spec(MODULE_OF_EXTRA[kind.extra]) is not None,
            "needs": None if kind.extra is None else f"pip install 'polyseek[{kind.extra}]'",
        }
        for kind in FORMATS
    ]
    if session.json:
        for row in rows:
            session.give(row)
        for kind in UNREADABLE:
            session.give(
                {
                    "title": kind.title,
                    "suffixes": list(kind.suffixes),
                    "reads": False,
                    "instead": kind.instead,
                }
            )
        return 0
    session.say(
        table(
            ("format", "suffixes", ""),
            [(row["title"], " ".join(row["suffixes"]), "" if row["reads"] else row["needs"]) for row in rows],
        )
    )
    session.say("\nNot read, but known:")
    session.say(
        table(
            ("kind", "suffixes", "instead"), [(k.title, " ".join(k.suffixes), k.instead) for k in UNREADABLE]
        )
    )
    return 0
