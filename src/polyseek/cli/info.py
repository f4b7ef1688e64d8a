"""`polyseek info`: size, formats, encoders and health of the library."""

from __future__ import annotations

from polyseek.cli.session import Session
from polyseek.cli.terminal import size, styled

EXAMPLE = "polyseek info --json"


def run(session: Session) -> int:
    """Size, formats, encoders and health of the library. Exit status 1 when it is not healthy."""
    with session.open_library() as library:
        info = library.info().as_json()
    if session.json:
        session.give(info)
        return 0 if info["healthy"] else 1
    formats = ", ".join(f"{name} {number:,}" for name, number in info["formats"].items()) or "none yet"
    rows = [
        ("library", f"{info['library']} ({size(info['bytes'])}, schema {info['schema']})"),
        ("records", f"{info['records']:,}: {info['present']:,} present, {info['missing']:,} missing"),
        ("formats", formats),
        *[
            (
                "encoder",
                f"{each['id']}: {each['vectors']:,} vectors of {each['dimensions']} (space {each['space']})",
            )
            for each in info["encoders"]
        ],
        ("health", styled("healthy", "green") if info["healthy"] else styled("not healthy", "red")),
        *[("problem", problem) for problem in info["problems"]],
    ]
    session.say("\n".join(f"{styled(f'{name:<8}', 'dim')} {value}" for name, value in rows))
    return 0 if info["healthy"] else 1
