"""usd-core, imported where it is used."""

from __future__ import annotations

from typing import Any

from polyseek.errors import need


def pxr(module: str) -> Any:
    """One of its modules ("Usd", "UsdGeom", ...). Raises MissingExtra without the extra `usd`.

    Any: the package's own annotations leave most of its classes out.
    """
    return need(f"pxr.{module}", extra="usd")
