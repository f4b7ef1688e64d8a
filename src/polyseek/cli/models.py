"""`polyseek models`: encoders that a person brings."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.session import Session
from polyseek.cli.terminal import size, table
from polyseek.errors import PolyseekError, UsageError

if TYPE_CHECKING:
    from polyseek.encoders.towers.adding import Added

EXAMPLE = "polyseek models add clip-vit-base-patch32 --name clip    polyseek models list"


FEW = 0.1  # of the made models; one that was trained finds most, chance one in 32


class Action(StrEnum):
    """What `polyseek models` does."""

    ADD = "add"
    LIST = "list"
    REMOVE = "remove"


def run(
    session: Session,
    action: Annotated[Action, typer.Argument(metavar="add|list|remove")],
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="SOURCE",
            help="A folder, a card (.toml), hf:OWNER/NAME, open_clip:ARCH:PRETRAINED; to remove: a name.",
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it.")] = "",
    views: Annotated[int, typer.Option("--views", min=1, max=64, help="Pictures of each model.")] = 8,
    precision: Annotated[
        str,
        typer.Option("--precision", metavar="KIND", help="Of several weights: fp16, quantized, int8, q4."),
    ] = "",
    join: Annotated[
        str, typer.Option("--join", metavar="NAME", help="It reads words only, for this added encoder.")
    ] = "",
) -> int:
    """Bring encoders of your own, such as CLIP or SigLIP as ONNX: docs/towers.md says which files.

    An added encoder is used by a library that names it in `encoders` of its library.toml. Only hf: and open_clip:
    use the network.
    """
    from polyseek.encoders.towers import adding, shelf

    if action is Action.LIST:
        return _list(session)
    if source is None:
        raise UsageError(
            f"{action} what?", hint=f"polyseek models {action} " + ("SOURCE" if action == "add" else "NAME")
        )
    if action is Action.REMOVE:
        freed = shelf.remove(source)
        session.give({"removed": source, "bytes": freed}) if session.json else session.say(
            f"{source} removed, {size(freed)} freed; a library that uses it does without, until polyseek encoders drop {source}"
        )
        return 0
    added = adding.add(source, adding.Wish(name, views, precision, join), session.note)
    if session.json:
        session.give(added.as_json())
        return 0
    session.say(f"{added.id} added: {_said(added)}, {size(added.bytes)} in {added.folder}")
    if added.first.get("words", 1.0) < FEW:
        session.note(
            "its words find hardly any: are networks, preprocessing and tokenizer those of one model?"
        )
    session.say(f"to use it: polyseek encoders use {added.id}, then polyseek index")
    return 0


def _list(session: Session) -> int:
    """All that were added; one that cannot be used says why, and the others are shown all the same."""
    from polyseek.encoders.towers.adding import about
    from polyseek.encoders.towers.shelf import added, home

    rows: list[tuple[str, str, str, str, str]] = []
    failed = False
    for id in added():
        try:
            each = about(id)
        except PolyseekError as error:
            failed = True
            if session.json:
                session.give({"id": id, "error": error.as_json()})
            rows.append((id, "", "", f"cannot be used: {error.message}", error.path or str(home() / id)))
            continue
        if session.json:
            session.give(each.as_json())
        rows.append((id, str(each.dimensions), size(each.bytes), _said(each), str(each.folder)))
    if not rows:
        session.note("no encoder was added yet: polyseek models add SOURCE")
    elif not session.json:
        session.say(table(("encoder", "dimensions", "size", "reads", "folder"), rows, right=(1, 2)))
    return 1 if failed else 0


def _said(added: Added) -> str:
    """What it reads, and how many made models it finds by that."""
    kinds = [kind for kind in ("words", "pictures") if getattr(added, kind)]
    found = [
        f"{kind} ({added.first[kind]:.0%} of made models first)" if kind in added.first else kind
        for kind in kinds
    ]
    return ", ".join(["models", *found])
