"""What one file may cost. Every limit has a name, and the error that it raises says the name."""

from __future__ import annotations

from dataclasses import dataclass

from polyseek.errors import LimitExceeded


@dataclass(frozen=True)
class Limits:
    """Bounds for reading one file. `seconds` and `memory_mb` are enforced from outside, by the sandbox."""

    seconds: float = 60.0
    step_seconds: float = 120.0
    memory_mb: int = 4096
    file_mb: int = 4096
    triangles: int = 30_000_000
    points: int = 30_000_000
    texture_side: int = 1024
    texture_pixels: int = 100_000_000
    archive_member_mb: int = 2048
    archive_ratio: int = 1000
    nodes: int = 1_000_000
    depth: int = 512

    def check(self, limit: str, amount: float, what: str) -> None:
        """Raise LimitExceeded, naming the limit, when `amount` is over it.

        >>> Limits().check("triangles", 12, "triangles")
        """
        bound = getattr(self, limit)
        if amount > bound:
            raise LimitExceeded(
                f"{amount:,.0f} {what} is more than the limit {limit} = {bound:,}",
                hint=f"raise limits.{limit} in the library's settings, or decimate the model",
            )
