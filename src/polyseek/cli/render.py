"""`polyseek render`: draw a model as PNG, one view or a turntable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.index import Unit, Up
from polyseek.cli.session import Session, write_bytes
from polyseek.errors import UsageError

EXAMPLE = "polyseek render chair.glb chair.png --view front --side 512    polyseek render chair.glb turn.png --turntable 12"


def run(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A model of any kind that is read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT.png", help="The PNG to write; - for stdout.")],
    view: Annotated[
        str,
        typer.Option(
            "--view",
            help="three_quarter, front, back, left, right, top, bottom, iso, or yaw,pitch in degrees.",
        ),
    ] = "three_quarter",
    turns: Annotated[
        int, typer.Option("--turntable", min=0, max=360, metavar="N", help="N pictures around the model.")
    ] = 0,
    side: Annotated[int, typer.Option("--side", min=16, max=4096, help="Pixels of a side.")] = 512,
    plane: Annotated[str, typer.Option("--plane", help="colour, depth, normal or silhouette.")] = "colour",
    orthographic: Annotated[bool, typer.Option("--orthographic", help="Without perspective.")] = False,
    up: Up = "auto",
    unit: Unit = None,
) -> int:
    """Draw a model as PNG with a transparent background; no screen and no GPU are needed.

    A turntable of N pictures is written as OUT_00.png, OUT_01.png, and so on.
    """
    from polyseek.cli.isolated import pictures_of
    from polyseek.formats.sandbox import Sandbox

    if str(target) != "-" and target.suffix.lower() != ".png":
        raise UsageError("only .png is written", path=str(target), hint="name the target OUT.png")
    if turns and str(target) == "-":
        raise UsageError("a turntable is many files", hint="name the target OUT.png")
    with Sandbox(1) as sandbox:
        pictures = sandbox.run(
            pictures_of, str(file), view, turns, side, plane, orthographic, up, unit, name=str(file)
        )
    width = len(str(len(pictures) - 1))
    for number, picture in enumerate(pictures):
        named = target.with_stem(f"{target.stem}_{number:0{max(2, width)}d}") if turns else target
        write_bytes(named, picture)
        if session.json and str(named) != "-":
            session.give({"path": str(named.absolute()), "bytes": len(picture)})
    return 0
