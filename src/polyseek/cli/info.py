"""`polyseek info`: size, formats, encoders and health of the library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
                f"{each['id']}: {each['vectors']:,} vectors of {each['dimensions']} (space {each['space']})"
                + _state(each),
            )
            for each in info["encoders"]
        ],
        *[("advice", advice) for advice in advice_of(info)],
        ("health", styled("healthy", "green") if info["healthy"] else styled("not healthy", "red")),
        *[("problem", problem) for problem in info["problems"]],
    ]
    session.say("\n".join(f"{styled(f'{name:<8}', 'dim')} {value}" for name, value in rows))
    return 0 if info["healthy"] else 1


def _state(encoder: Mapping[str, Any]) -> str:
    if not encoder["used"]:
        return ", no longer used"
    if encoder["absent"]:
        return ", not on this machine"
    return f", {encoder['lacking']:,} lacking" if encoder["lacking"] else ""


def advice_of(info: Mapping[str, Any]) -> list[str]:
    """What to do about vectors that are lacking, and about encoders that came after the library was made."""
    lacking = max((each["lacking"] for each in info["encoders"]), default=0)
    awaited = [each["id"] for each in info["encoders"] if each["lacking"]]
    found: list[str] = []
    if awaited:
        models = "1 model has" if lacking == 1 else f"{lacking:,} models have"
        found.append(
            f"{models} no vector of {' and '.join(awaited)} yet: `polyseek index` makes what is lacking"
        )
    if info["unused"]:
        newer = " ".join(info["unused"])
        found.append(f"new libraries use {newer.replace(' ', ', ')} too: polyseek encoders use {newer}")
    return found
