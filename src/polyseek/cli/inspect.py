"""`polyseek inspect`: what a reading of model files finds, without a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from polyseek.cli.index import Unit, Up
from polyseek.cli.session import Session, lines_of
from polyseek.cli.terminal import length, styled

if TYPE_CHECKING:
    from polyseek.formats.inspect import Inspection

EXAMPLE = "polyseek inspect chair.glb scan.ply --json"


def run(
    session: Session,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Model files; - reads paths from stdin.")
    ],
    up: Up = "auto",
    unit: Unit = None,
) -> int:
    """What a reading of model files finds: geometry, size, axes, materials, warnings, or why it failed.

    Each file is read in a process of its own with limits on time and memory.
    """
    from polyseek.cli.isolated import inspect_file
    from polyseek.formats.sandbox import Sandbox

    failed = 0
    with Sandbox(session.jobs or 1) as sandbox:
        for path in lines_of(files):
            found = inspect_file(sandbox, path, up, unit)
            failed += found.loads == "no"
            if session.json:
                session.give(found.as_json())
            else:
                _show(session, found)
    return 1 if failed else 0


def _show(session: Session, found: Inspection) -> None:
    session.say(styled(found.path, "bold"))
    if found.loads == "no":
        session.say(f"  {styled('cannot be read', 'red')}: {found.error}")
        return
    looks = [
        name
        for name, holds in (
            ("textured", found.has_texture),
            ("vertex colours", found.has_vertex_colour),
            ("normals", found.has_normals),
            ("animated", found.animated),
            *((need, True) for need in found.needs),
        )
        if holds
    ]
    kind = "points only" if found.loads == "points" else f"{found.triangles:,} triangles"
    size = " × ".join(length(side) for side in found.size_metres)
    session.say(
        f"  {kind} in {found.parts:,} parts, {size}, up {found.up}"
        + (f" ({', '.join(looks)})" if looks else "")
    )
    for warning in found.warnings:
        session.say(f"  {styled('note', 'yellow')} {warning}")
