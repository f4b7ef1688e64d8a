"""Lessons in a library's file: by Space, through backup and repair."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.catalogue.lesson import Lesson
from polyseek.catalogue.repair import repair
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import CosineScale, Space
from polyseek.errors import SpaceMismatch

OTHER = Space("other", 3, "cd" * 8)


def lesson(tag: str, size: int = 6, taught: float = 0.5) -> Lesson:
    vector = np.arange(1, size + 1, dtype=np.float32)
    return Lesson(tag, 7, vector, CosineScale(0.1, 0.6, 0.3), 0.4, 0.2, taught)


def test_a_lesson_comes_back_as_it_was_kept(catalogue, space):
    catalogue.teach(space.digest, [lesson("oak"), lesson("elm", taught=0.4)])

    elm, oak = catalogue.lessons(space.digest)
    (alone,) = catalogue.lessons(space.digest, "oak")

    assert (elm.tag, oak.tag, alone.tag) == ("elm", "oak", "oak")
    assert (elm.helps, oak.helps) == (False, True)
    assert (oak.vector == lesson("oak").vector).all()
    assert (oak.scale, oak.sure, oak.frozen, oak.taught) == (CosineScale(0.1, 0.6, 0.3), 0.4, 0.2, 0.5)


def test_lessons_of_one_space_are_none_of_another(catalogue, space):
    catalogue.add_space(OTHER, "other")
    catalogue.teach(space.digest, [lesson("oak")])

    assert catalogue.lessons(OTHER.digest) == []
    with pytest.raises(SpaceMismatch):
        catalogue.teach(OTHER.digest, [lesson("oak")])
    with pytest.raises(SpaceMismatch):
        catalogue.teach("ee" * 8, [lesson("oak")])


def test_a_tag_is_learned_anew_and_forgotten_in_every_space(catalogue, space):
    catalogue.add_space(OTHER, "other")
    catalogue.teach(space.digest, [lesson("oak"), lesson("elm")])
    catalogue.teach(space.digest, [lesson("oak", taught=0.9)])
    catalogue.teach(OTHER.digest, [lesson("oak", 3)])

    assert catalogue.lessons(space.digest, "oak")[0].taught == 0.9
    assert catalogue.forget_lessons(["  OAK "]) == 1
    assert catalogue.lessons(OTHER.digest) == []
    assert [each.tag for each in catalogue.lessons(space.digest)] == ["elm"]
    assert catalogue.forget_lessons() == 1
    assert catalogue.forget_lessons() == 0


def test_backup_and_repair_keep_lessons(catalogue, space, put, tmp_path):
    put("a.glb")
    catalogue.teach(space.digest, [lesson("oak")])
    (tmp_path / "copy").mkdir()
    catalogue.backup(str(tmp_path / "copy" / "library.db"))

    repair(tmp_path / "copy")

    with SqliteCatalogue.open(tmp_path / "copy") as copy:
        assert [each.tag for each in copy.lessons(space.digest)] == ["oak"]
        assert copy.problems() == []
