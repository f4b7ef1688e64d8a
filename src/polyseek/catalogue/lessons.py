"""Lessons: what a person's own tags have taught, kept by Space, so that vectors of another never meet them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np

from polyseek.catalogue.lesson import Lesson
from polyseek.catalogue.vectors import space_of
from polyseek.encoders.contract import CosineScale
from polyseek.errors import SpaceMismatch

_ROW = np.dtype("<f4")
_SELECT = "SELECT tag, examples, vector, at_nothing, at_right, cut_off, sure, frozen, taught FROM lessons WHERE space = ?"


def write_lessons(connection: sqlite3.Connection, digest: str, lessons: Sequence[Lesson]) -> None:
    """Add or replace the lessons of tags. Raises SpaceMismatch where a vector is none of the Space."""
    space = space_of(connection, digest)
    for lesson in lessons:
        if lesson.vector.shape != (space.dimensions,):
            raise SpaceMismatch(
                f"a lesson of shape {lesson.vector.shape} is none of {space.name}, which has ({space.dimensions},)",
                hint="run polyseek teach --all again",
            )
        scale = lesson.scale
        connection.execute(
            "INSERT OR REPLACE INTO lessons VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                digest, lesson.tag, lesson.examples, np.ascontiguousarray(lesson.vector, _ROW).tobytes(),
                scale.nothing, scale.right, scale.cut_off, lesson.sure, lesson.frozen, lesson.taught,
            ),
        )  # fmt: skip


def read_lessons(connection: sqlite3.Connection, digest: str, tag: str | None = None) -> list[Lesson]:
    """The lessons of a Space, by tag; only that of `tag` where one is named."""
    query, values = (_SELECT, [digest]) if tag is None else (f"{_SELECT} AND tag = ?", [digest, tag])
    return [_lesson(row) for row in connection.execute(f"{query} ORDER BY tag", values)]


def forget_lessons(connection: sqlite3.Connection, tags: Sequence[str]) -> int:
    """Forget what was learned of these tags, of all where there are none, in every Space; how many tags."""
    held = {row[0] for row in connection.execute("SELECT DISTINCT tag FROM lessons")}
    gone = sorted(held & set(tags) if tags else held)
    connection.executemany("DELETE FROM lessons WHERE tag = ?", [(tag,) for tag in gone])
    return len(gone)


def _lesson(row: tuple[str, int, bytes, float, float, float, float, float, float]) -> Lesson:
    tag, examples, vector, nothing, right, cut_off, sure, frozen, taught = row
    place = np.frombuffer(vector, _ROW).astype(np.float32)
    return Lesson(tag, examples, place, CosineScale(nothing, right, cut_off), sure, frozen, taught)
