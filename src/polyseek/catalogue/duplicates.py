"""Files of the same bytes: groups of present files with one digest, the largest waste first.

Equal digests are equal bytes (BLAKE2b of 16 bytes); a copy inside an archive counts as a file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from polyseek.catalogue.copies import Copy, Duplicate, Duplicates
from polyseek.catalogue.records import LIVE, chunked, marks

# Side files are left out of the sizes: several models may share one.
_GROUPS = (
    "SELECT digest, min(bytes) AS bytes, count(DISTINCT file) AS files,"
    " (count(DISTINCT file) - 1) * min(bytes) AS waste FROM records"
    f" WHERE {LIVE} AND status = 'present' GROUP BY digest HAVING files > 1"
)


def duplicates(
    connection: sqlite3.Connection, limit: int | None, after: tuple[int, str] | None
) -> Duplicates:
    """Groups by descending waste, then by digest. `after`: (waste, digest) behind which the page begins."""
    number, waste = connection.execute(
        f"SELECT count(*), coalesce(sum(waste), 0) FROM ({_GROUPS})"
    ).fetchone()
    # Nothing comes before an endless waste.
    before, digest = after or (2**63 - 1, "")
    rows = connection.execute(
        f"SELECT digest, bytes FROM ({_GROUPS}) WHERE waste < ?1 OR (waste = ?1 AND digest > ?2)"
        " ORDER BY waste DESC, digest LIMIT ?3",
        (before, digest, -1 if limit is None else limit),
    ).fetchall()
    copies = _copies(connection, [digest for digest, _ in rows])
    groups = tuple(Duplicate(digest, size, tuple(copies[digest])) for digest, size in rows)
    return Duplicates(groups, int(number), int(waste))


def _copies(connection: sqlite3.Connection, digests: Sequence[str]) -> dict[str, list[Copy]]:
    """The files of each digest, first added first."""
    found: dict[str, dict[str, Copy]] = {digest: {} for digest in digests}
    for some in chunked(digests):
        for digest, file, added, id in connection.execute(
            f"SELECT digest, file, added, id FROM records WHERE digest IN ({marks(some)})"
            f" AND {LIVE} AND status = 'present' ORDER BY added, file, key",
            some,
        ):
            known = found[digest].get(file)
            ids = (*known.ids, id) if known else (id,)
            found[digest][file] = Copy(file, known.added if known else added, ids)
    return {digest: list(files.values()) for digest, files in found.items()}
