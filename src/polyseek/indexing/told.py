"""What a person said of how files are to be read; the library remembers it with each file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polyseek.assets.frame import UNITS
from polyseek.errors import UsageError

AXES = ("x", "y", "z", "-x", "-y", "-z")


@dataclass(frozen=True)
class Told:
    """`up`: an axis or "auto", `unit`: a name of UNITS or "auto", `split`: "nodes" or "none". None: as before."""

    up: str | None = None
    unit: str | None = None
    split: str | None = None

    def check(self) -> None:
        """Raises UsageError for a value that is not known."""
        for name, value, known in (
            ("up axis", self.up, ("auto", *AXES)),
            ("unit", self.unit, ("auto", *UNITS)),
            ("split", self.split, ("none", "nodes")),
        ):
            if value is not None and value not in known:
                raise UsageError(f"unknown {name} {value!r}", hint=f"use one of {', '.join(known)}")

    def over(self, before: Told) -> Told:
        """This, where it says something, else what was said before."""
        return Told(self.up or before.up, self.unit or before.unit, self.split or before.split)

    def __str__(self) -> str:
        """A short text that `told_in` finds again; what is left to the file is not told."""
        parts = (("up", self.up, "auto"), ("unit", self.unit, "auto"), ("split", self.split, "none"))
        return (
            "("
            + " ".join(f"{name}={value}" for name, value, default in parts if value not in (None, default))
            + ")"
        )


def told_in(reading: str) -> Told:
    """What was told of a file, from the `reading` of its stamp."""
    found = re.search(r"\((.*?)\)", reading)
    pairs = dict(part.split("=", 1) for part in found[1].split()) if found else {}
    return Told(pairs.get("up"), pairs.get("unit"), pairs.get("split"))
