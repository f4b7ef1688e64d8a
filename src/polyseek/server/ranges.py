"""How many records fall into each range of polygons and of size, for the page's filters."""

from __future__ import annotations

from polyseek.library import Library
from polyseek.search.hit import Hits

# Field of `where` -> inner borders; triangles, and metres of the longest side.
BORDERS: dict[str, tuple[float, ...]] = {
    "triangles": (1_000, 10_000, 100_000),
    "longest": (0.1, 1.0, 10.0),
}


def facets_json(
    library: Library, where: str | None = None, *, among: Hits | None = None
) -> dict[str, dict[str, int]]:
    """The facets of the records that match, or of all that a search ranked; ranges too."""
    return {**library.facets(where, among=among), **range_counts(library, where, among=among)}


def range_counts(
    library: Library, where: str | None = None, *, among: Hits | None = None
) -> dict[str, dict[str, int]]:
    """Field -> "from..to" -> number of records with from <= value < to; an open end is left empty.

    Ranges that hold nothing are left out. Raises QueryError.
    """
    found: dict[str, dict[str, int]] = {}
    for field, counts in library.counts_below(BORDERS, where, among=among).items():
        # Ascending: a range is the difference of two.
        below = [0, *counts]
        ends = ["", *(f"{border:g}" for border in BORDERS[field]), ""]
        found[field] = {
            f"{ends[i]}..{ends[i + 1]}": below[i + 1] - below[i]
            for i in range(len(counts))
            if below[i + 1] > below[i]
        }
    return found
