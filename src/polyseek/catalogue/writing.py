"""One batch of an indexing run: what is written of files, in one transaction."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from polyseek.catalogue.contract import Entry, Stamp, Vectors
from polyseek.catalogue.place import folders_of, renamed
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.records import (
    LIVE,
    chunked,
    marks,
    read_records,
    write_file,
    write_record,
)
from polyseek.catalogue.text import write_words
from polyseek.catalogue.thumbnails import write_pictures
from polyseek.catalogue.vectors import space_of, write_vectors
from polyseek.words import tags_of, words_of


class SqliteBatch:
    """A Batch. Vectors are gathered and written block by block in `flush`, at the end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._vectors: dict[str, dict[int, np.ndarray]] = defaultdict(dict)

    def put(self, stamp: Stamp, entries: Sequence[Entry]) -> None:
        """Write or replace the models of one file. Records that it no longer holds become missing."""
        write_file(self._connection, stamp)
        kept = [self._write(stamp, entry) for entry in entries]
        self._connection.execute(
            f"UPDATE records SET status = 'missing' WHERE file = ? AND key NOT IN ({marks(kept)}) AND {LIVE}",
            (stamp.path, *kept),
        )

    def _write(self, stamp: Stamp, entry: Entry) -> int:
        for digest in entry.vectors:
            space_of(self._connection, digest)
        key = write_record(self._connection, entry.record, stamp.path)
        # Read back: an earlier record's tags by a person belong to the words too.
        write_words(self._connection, key, read_records(self._connection, [key])[key])
        write_pictures(self._connection, key, entry.pictures)
        for digest, vector in entry.vectors.items():
            self._vectors[digest][key] = np.asarray(vector, np.float32)
        return key

    def fail(self, stamp: Stamp) -> None:
        write_file(self._connection, stamp)
        self.mark([stamp.path], "missing")

    def embed(self, stamp: Stamp, vectors: Mapping[str, Vectors]) -> int:
        rows = self._connection.execute(
            "SELECT records.path, key FROM records JOIN files ON files.path = records.file"
            f" WHERE file = ? AND files.digest = ? AND files.reading = ? AND {LIVE}",
            (stamp.path, stamp.digest, stamp.reading),
        ).fetchall()
        taken = [(key, vectors[path]) for path, key in rows if path in vectors]
        for key, of_record in taken:
            for digest, vector in of_record.items():
                space_of(self._connection, digest)
                self._vectors[digest][key] = np.asarray(vector, np.float32)
        return len(taken)

    def move(self, old_path: str, stamp: Stamp) -> None:
        """Records of `old_path` go to `stamp.path`; the same path only brings the stamp up to date."""
        write_file(self._connection, stamp)
        if old_path == stamp.path:
            return
        rows = self._connection.execute(
            f"SELECT key FROM records WHERE file = ? AND {LIVE}", (old_path,)
        ).fetchall()
        moved = read_records(self._connection, [row[0] for row in rows])
        for key, record in moved.items():
            after = _moved(record, old_path, stamp)
            write_record(self._connection, after, stamp.path)
            write_words(self._connection, key, read_records(self._connection, [key])[key])
        # Removed records stay with their old file's row, which then stays too, out of sight.
        self._connection.execute("UPDATE files SET removed = 0 WHERE path = ?", (old_path,))
        self._connection.execute(
            "DELETE FROM files WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM records WHERE file = ?1)",
            (old_path,),
        )

    def mark(self, paths: Iterable[str], status: str) -> int:
        changed = 0
        for some in chunked(list(paths)):
            cursor = self._connection.execute(
                f"UPDATE records SET status = ? WHERE file IN ({marks(some)}) AND status <> ? AND {LIVE}",
                (status, *some, status),
            )
            changed += cursor.rowcount
        return changed

    def flush(self) -> None:
        for digest, vectors in self._vectors.items():
            write_vectors(self._connection, digest, vectors)
        self._vectors.clear()


def _moved(record: Record, old_path: str, stamp: Stamp) -> Record:
    """The record after its file moved: what came from name and folders follows, the rest stays."""
    path = stamp.path + record.path[len(old_path) :]
    name = renamed(record.name, (record.path, record.root), (path, stamp.root))
    before, after = folders_of(record.path, record.root), folders_of(path, stamp.root)
    stale = set(tags_of(record.name, before))
    others = [tag for tag in record.tags if tag.by == "file" and tag.tag not in stale]
    own = [Tag(tag) for tag in tags_of(name, after)]
    return replace(
        record,
        path=path,
        root=stamp.root,
        name=name,
        words=tuple(dict.fromkeys((*words_of(name, after), *_others(record.words, record.name, before)))),
        tags=(*own, *others),
        status="present",
    )


def _others(words: Sequence[str], name: str, folders: Sequence[str]) -> list[str]:
    known = set(words_of(name, folders))
    return [word for word in words if word not in known]
