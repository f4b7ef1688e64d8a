"""`polyseek convert`: write any model as GLB."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.index import Unit, Up
from polyseek.cli.session import Session, write_bytes
from polyseek.errors import UsageError

EXAMPLE = "polyseek convert scan.ply scan.glb --up z"


def run(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="IN", help="A model of any kind that is read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT.glb", help="The GLB to write; - for stdout.")],
    up: Up = "auto",
    unit: Unit = None,
) -> int:
    """Write any model as GLB: +Y up, in metres, with materials, textures and colours."""
    from polyseek.cli.isolated import glb_of
    from polyseek.formats.sandbox import Sandbox

    if str(target) != "-" and target.suffix.lower() != ".glb":
        raise UsageError("only .glb is written", path=str(target), hint="name the target OUT.glb")
    with Sandbox(1) as sandbox:
        data = sandbox.run(glb_of, str(file), up, unit, name=str(file))
    write_bytes(target, data)
    if session.json and str(target) != "-":
        session.give({"path": str(target.absolute()), "bytes": len(data)})
    return 0
