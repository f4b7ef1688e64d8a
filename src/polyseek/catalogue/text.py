"""Full text: our own tokens in FTS5 for matching, and the library's words as trigrams for parts and typos.

Columns and their weights in BM25 (Robertson & Walker 1994, as FTS5 computes it, k1 = 1.2, b = 0.75):
name 8, folders 2, tags 4. Tags also hold what a record's main colours are called, as tokens that no name gives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from polyseek.catalogue.place import folders_of
from polyseek.catalogue.record import Record
from polyseek.words import TOKENS_VERSION, edit_distance, forgiven_edits, index_tokens, plain_words
from polyseek.words.colours import colour_tokens
from polyseek.words.stems import stem

_WEIGHTS = "bm25(8.0, 2.0, 4.0)"
_CANDIDATES = 300  # words with common trigrams that are looked at letter by letter


def write_words(connection: sqlite3.Connection, key: int, record: Record) -> None:
    """Replace what full text knows of one record."""
    texts = _texts(record)
    connection.execute("DELETE FROM words WHERE rowid = ?", (key,))
    name, folders, tags = ([token for text in column for token in _tokens(text)] for column in texts)
    tags += colour_tokens(record.colours)
    connection.execute(
        "INSERT INTO words (rowid, name, folders, tags) VALUES (?, ?, ?, ?)",
        (key, " ".join(name), " ".join(folders), " ".join(tags)),
    )
    _learn(connection, {word for column in texts for text in column for word in _words(text)})


# Folders and tags repeat from record to record.
@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(index_tokens(text))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(plain_words(text))


def _texts(record: Record) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """The texts of the columns name, folders, tags."""
    folders = folders_of(record.path, record.root)
    said = {token for text in (record.name, *folders) for token in _tokens(text)}
    others = [word for word in record.words if word not in said]
    return (record.name,), (*folders, *others), _tags_of(record)


def _tags_of(record: Record) -> tuple[str, ...]:
    """A suggestion is no fact: it is found once the person has accepted it."""
    return tuple(tag.tag for tag in record.tags if tag.by != "suggested")


def _learn(connection: sqlite3.Connection, words: Iterable[str]) -> None:
    """Remember how words are spelled. Words that no record has any more stay; asking leaves them out."""
    for word in sorted(words):
        cursor = connection.execute("INSERT OR IGNORE INTO spellings (word) VALUES (?)", (word,))
        if cursor.rowcount:
            # The marks of beginning and end make trigrams of first and last letters their own.
            connection.execute(
                "INSERT INTO trigrams (rowid, word) VALUES (?, ?)", (cursor.lastrowid, f"^{word}$")
            )


def forget_words(connection: sqlite3.Connection, keys: Sequence[int]) -> None:
    connection.executemany("DELETE FROM words WHERE rowid = ?", [(key,) for key in keys])


def outdated(connection: sqlite3.Connection) -> bool:
    """Were the tokens made by other rules than today's?"""
    return connection.execute("SELECT words_version FROM derived").fetchone()[0] != TOKENS_VERSION


def rebuild(connection: sqlite3.Connection, records: Iterable[tuple[int, Record]]) -> None:
    """Make full text anew from the records."""
    for table in ("words", "trigrams", "spellings"):
        connection.execute(f"DELETE FROM {table}")
    for key, record in records:
        write_words(connection, key, record)
    connection.execute("UPDATE derived SET words_version = ?", (TOKENS_VERSION,))


def match(
    connection: sqlite3.Connection, query: Sequence[Sequence[str]], limit: int
) -> list[tuple[int, float]]:
    """(key, score) of records that hold a token of every group; higher scores first, ties by key."""
    groups = [" OR ".join(_quoted(token) for token in group) for group in query if group]
    if not groups:
        return []
    rows = connection.execute(
        f"SELECT rowid, -rank FROM words WHERE words MATCH ? AND rank MATCH '{_WEIGHTS}' ORDER BY rank LIMIT ?",
        (" AND ".join(f"({group})" for group in groups), limit),
    ).fetchall()
    return sorted(((int(key), float(score)) for key, score in rows), key=lambda row: (-row[1], row[0]))


def matched_columns(
    connection: sqlite3.Connection, query: Sequence[Sequence[str]], keys: Sequence[int]
) -> dict[int, list[str]]:
    """Of each of these records: for each group, the column (name, tags, folders) that holds it, "" for none."""
    wanted = ", ".join("?" * len(keys))
    rows = connection.execute(f"SELECT rowid, name, tags, folders FROM words WHERE rowid IN ({wanted})", keys)
    found: dict[int, list[str]] = {key: [""] * len(query) for key in keys}
    for key, *texts in rows:
        columns = {
            column: set(text.split()) for column, text in zip(("name", "tags", "folders"), texts, strict=True)
        }
        found[key] = [
            next((column for column, tokens in columns.items() if not tokens.isdisjoint(group)), "")
            for group in query
        ]
    return found


def similar(connection: sqlite3.Connection, token: str, limit: int) -> list[str]:
    """Words of the library like `token`: few slips away, or with it inside; nearest first."""
    if len(token) < 3 or not token.isalpha():
        return []
    marked = f"^{token}$"
    pieces = [marked[i : i + 3] for i in range(len(marked) - 2)]
    candidates = {row[0][1:-1] for row in _spelled(connection, " OR ".join(map(_quoted, pieces)))}
    if len(token) > 3:
        candidates |= {row[0][1:-1] for row in _spelled(connection, _quoted(token))}
    # Swapped inside, a word of four letters has no trigram in common with itself.
    candidates |= {token[:i] + token[i + 1] + token[i] + token[i + 2 :] for i in range(len(token) - 1)}
    edits = forgiven_edits(token)
    ranked: list[tuple[int, int, str]] = []
    for word in candidates - {token}:
        slips = min(edit_distance(a, b, edits) for a in {token, stem(token)} for b in {word, stem(word)})
        if slips <= edits:
            ranked.append((slips, abs(len(word) - len(token)), word))
        elif len(token) > 3 and token in word:
            ranked.append((edits + 1, len(word) - len(token), word))
    known = (word for _, _, word in sorted(ranked) if _is_held(connection, word))
    return list(islice(known, limit))


def _spelled(connection: sqlite3.Connection, query: str) -> list[tuple[str]]:
    return connection.execute(
        "SELECT word FROM trigrams WHERE trigrams MATCH ? ORDER BY rank LIMIT ?", (query, _CANDIDATES)
    ).fetchall()


def _is_held(connection: sqlite3.Connection, word: str) -> bool:
    return connection.execute("SELECT 1 FROM word_counts WHERE term = ?", (word,)).fetchone() is not None


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
