"""The tables of a library's file, as ordered steps. A file's `user_version` says how many it has had.

A step that was released is never edited: the next change is a further step, so that every older
library opens. Derived tables (full text) may be dropped and built again by a step.
"""

from __future__ import annotations

import sqlite3

from polyseek.errors import LibraryDamaged, LibraryNewer

APPLICATION_ID = 0x706F6C79  # "poly", at byte 68 of the file, tells `file` and us whose it is

RECORDS = """
CREATE TABLE changes (generation INTEGER NOT NULL);
INSERT INTO changes VALUES (0);

CREATE TABLE history (
  entry INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,
  before TEXT NOT NULL
);

CREATE TABLE files (
  path TEXT PRIMARY KEY, root TEXT NOT NULL, bytes INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
  digest TEXT NOT NULL, side_files TEXT NOT NULL, reading TEXT NOT NULL,
  failure_kind TEXT, failure_reason TEXT, removed INTEGER
);

CREATE TABLE records (
  key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL REFERENCES files (path) DEFERRABLE INITIALLY DEFERRED,
  path TEXT NOT NULL, root TEXT NOT NULL, name TEXT NOT NULL, format TEXT NOT NULL,
  bytes INTEGER NOT NULL, digest TEXT NOT NULL, status TEXT NOT NULL, added TEXT NOT NULL,
  size_x REAL NOT NULL, size_y REAL NOT NULL, size_z REAL NOT NULL, longest REAL NOT NULL,
  up TEXT NOT NULL, up_by TEXT NOT NULL, up_confidence REAL NOT NULL, unit_by TEXT NOT NULL,
  triangles INTEGER NOT NULL, vertices INTEGER NOT NULL, parts INTEGER NOT NULL,
  has_texture INTEGER NOT NULL, has_vertex_colour INTEGER NOT NULL, has_normals INTEGER NOT NULL,
  animated INTEGER NOT NULL, watertight INTEGER NOT NULL,
  licence TEXT, warning_count INTEGER NOT NULL, parent TEXT, removed INTEGER
);
CREATE INDEX records_file ON records (file);
CREATE INDEX records_path ON records (path);
CREATE INDEX records_digest ON records (digest);
CREATE INDEX records_triangles ON records (triangles);
CREATE INDEX records_longest ON records (longest);
CREATE INDEX records_removed ON records (removed) WHERE removed IS NOT NULL;
CREATE INDEX records_facets ON records
  (format, root, licence, status, has_texture, animated, watertight, removed);

-- What is shown but seldom filtered, aside, so that a filter reads narrow rows. JSON lists.
CREATE TABLE details (
  key INTEGER PRIMARY KEY REFERENCES records (key) ON DELETE CASCADE,
  words TEXT NOT NULL, colours TEXT NOT NULL, warnings TEXT NOT NULL
);

-- No row: nothing was measured. Columns without a type keep whole numbers whole.
CREATE TABLE measures (
  key INTEGER PRIMARY KEY REFERENCES records (key) ON DELETE CASCADE,
  area, body_count, bounds_min_x, bounds_min_y, bounds_min_z, bounds_max_x, bounds_max_y, bounds_max_z,
  center_of_mass_x, center_of_mass_y, center_of_mass_z, centroid_x, centroid_y, centroid_z,
  euler_number, mass, scale, volume
);

CREATE TABLE tags (
  key INTEGER NOT NULL REFERENCES records (key) ON DELETE CASCADE,
  tag TEXT NOT NULL, by TEXT NOT NULL, hidden INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key, tag)
) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag, key, hidden);

CREATE TABLE pictures (
  key INTEGER NOT NULL REFERENCES records (key) ON DELETE CASCADE,
  name TEXT NOT NULL, webp BLOB NOT NULL,
  PRIMARY KEY (key, name)
);

CREATE TABLE spaces (
  digest TEXT PRIMARY KEY, name TEXT NOT NULL, dimensions INTEGER NOT NULL, metric TEXT NOT NULL,
  encoder TEXT NOT NULL
);

CREATE TABLE blocks (
  number INTEGER PRIMARY KEY, space TEXT NOT NULL REFERENCES spaces (digest) ON DELETE CASCADE,
  keys BLOB NOT NULL, vectors BLOB NOT NULL
);
CREATE INDEX blocks_space ON blocks (space, number);
"""

# The tokens are ours, folded and split already. "ascii" takes everything beyond ASCII for letters;
# "unicode61" knows Unicode 6.1 only, and would cut a token at a newer letter.
FULL_TEXT = """
CREATE VIRTUAL TABLE words USING fts5 (name, folders, tags, detail = column, tokenize = "ascii");
CREATE VIRTUAL TABLE word_counts USING fts5vocab (words, row);
CREATE TABLE spellings (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE trigrams USING fts5 (word, tokenize = "trigram");
CREATE TABLE derived (words_version INTEGER NOT NULL);
INSERT INTO derived VALUES (0);
"""

# Readers keep columns of the records in memory and ask for what has changed since: `changed` is the
# generation that the writing transaction will bring. `folds`: which records are variants of one thing;
# derived, `folded` says up to which generation.
BROWSING = """
ALTER TABLE records ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX records_changed ON records (changed);
CREATE INDEX records_name ON records (name, removed);
CREATE INDEX records_added ON records (added, removed);

CREATE TRIGGER records_written AFTER INSERT ON records
WHEN new.changed <> (SELECT generation + 1 FROM changes) BEGIN
  UPDATE records SET changed = (SELECT generation + 1 FROM changes) WHERE key = new.key;
END;
CREATE TRIGGER records_edited AFTER UPDATE ON records
WHEN new.changed <> (SELECT generation + 1 FROM changes) BEGIN
  UPDATE records SET changed = (SELECT generation + 1 FROM changes) WHERE key = new.key;
END;
CREATE TRIGGER tags_given AFTER INSERT ON tags
WHEN (SELECT changed FROM records WHERE key = new.key) <> (SELECT generation + 1 FROM changes) BEGIN
  UPDATE records SET changed = (SELECT generation + 1 FROM changes) WHERE key = new.key;
END;
CREATE TRIGGER tags_edited AFTER UPDATE ON tags
WHEN (SELECT changed FROM records WHERE key = new.key) <> (SELECT generation + 1 FROM changes) BEGIN
  UPDATE records SET changed = (SELECT generation + 1 FROM changes) WHERE key = new.key;
END;
CREATE TRIGGER tags_taken AFTER DELETE ON tags
WHEN (SELECT changed FROM records WHERE key = old.key) <> (SELECT generation + 1 FROM changes) BEGIN
  UPDATE records SET changed = (SELECT generation + 1 FROM changes) WHERE key = old.key;
END;

CREATE TABLE folds (
  key INTEGER PRIMARY KEY REFERENCES records (key) ON DELETE CASCADE,
  stem TEXT NOT NULL, leader INTEGER NOT NULL
);
CREATE INDEX folds_stem ON folds (stem) WHERE leader = key;
CREATE INDEX folds_leader ON folds (leader, key) WHERE leader <> key;
ALTER TABLE derived ADD COLUMN folded INTEGER NOT NULL DEFAULT -1;
"""

# By which rules the folds were made: others make them anew.
FOLD_RULES = """
ALTER TABLE derived ADD COLUMN fold_rules INTEGER NOT NULL DEFAULT 0;
"""

# 0: an indexing run has yet to bring this Space the vectors of the models that were there before it.
FILLED = """
ALTER TABLE spaces ADD COLUMN filled INTEGER NOT NULL DEFAULT 1;
"""

# What a person's tags have taught, by Space.
LESSONS = """
CREATE TABLE lessons (
  space TEXT NOT NULL REFERENCES spaces (digest) ON DELETE CASCADE, tag TEXT NOT NULL,
  examples INTEGER NOT NULL, vector BLOB NOT NULL, at_nothing REAL NOT NULL, at_right REAL NOT NULL,
  cut_off REAL NOT NULL, sure REAL NOT NULL, frozen REAL NOT NULL, taught REAL NOT NULL,
  PRIMARY KEY (space, tag)
);
"""

MIGRATIONS: tuple[str, ...] = (RECORDS, FULL_TEXT, BROWSING, FOLD_RULES, FILLED, LESSONS)
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """`user_version` of an open file. Raises LibraryDamaged for a file of another program, LibraryNewer."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (owner == 0 and empty):
        raise LibraryDamaged(
            "this SQLite file was not made by polyseek", hint="choose another folder with --library"
        )
    if version > VERSION:
        raise LibraryNewer(
            f"the library has schema {version}, this polyseek knows up to {VERSION}",
            hint="update polyseek: pip install --upgrade polyseek",
        )
    return version


def migrate(connection: sqlite3.Connection) -> int:
    """Bring a file to this version's schema, each step in a transaction; how many steps were taken.

    Only the first process to get the write lock takes a step; another finds it taken.
    """
    taken = 0
    while version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = version_of(connection)
            if version < VERSION:
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                for statement in _statements(MIGRATIONS[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
                taken += 1
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return taken


def _statements(script: str) -> list[str]:
    # Not executescript: it commits first, and a step must be all or nothing.
    lines = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    found: list[str] = []
    statement = ""
    for part in lines.split(";"):
        statement += f"{part};"
        # A trigger goes on past the ends of the statements in it.
        if sqlite3.complete_statement(statement):
            found.append(statement.strip())
            statement = ""
    return [each for each in [*found, statement.strip()] if each.strip("; \n")]
