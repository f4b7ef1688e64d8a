"""Labels and variant groups from folders, tags and CSV files."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyseek.catalogue.record import Record, Tag
from polyseek.errors import UsageError
from polyseek.evaluation.labels import labels_of, variant_group


def record(path: str, *tags: Tag, digest: str = "") -> Record:
    return Record(
        id=path,
        path=f"/models/{path}",
        root="/models",
        name=path,
        format="glb",
        bytes=1,
        digest=digest,
        tags=tags,
    )


def test_a_folder_names_what_it_holds_and_the_root_names_nothing():
    records = [record("chairs/a.glb"), record("pack.zip!/lamps/b.glb"), record("c.glb")]

    found = {label.id: label.label for label in labels_of("folder", records)}

    assert found == {"chairs/a.glb": "chairs", "pack.zip!/lamps/b.glb": "lamps"}


def test_a_category_is_the_first_tag_that_the_file_gave():
    records = [record("a.glb", Tag("mine", by="person"), Tag("chair"), Tag("red")), record("b.glb")]

    assert [(label.id, label.label) for label in labels_of("category", records)] == [("a.glb", "chair")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a/Banner_thin_red.glb", "a/banner-thin-Blue.02.glb", True),
        ("a/Crate1.glb", "a/Crate_2.obj", True),
        ("a/Crate1.glb", "b/Crate1.glb", False),
        ("a/banner_thin.glb", "a/banner_wide.glb", False),
        ("a/001.glb", "a/002.glb", False),
        ("a/red.glb", "a/blue.glb", False),
    ],
)
def test_variants_differ_by_colour_and_number_only(one: str, other: str, same: bool):
    assert (variant_group(one) == variant_group(other)) is same


def test_byte_identical_copies_are_one_group_wherever_they_lie():
    records = [
        record("a/chair.glb", digest="d1"),
        record("b/seat.glb", digest="d1"),
        record("b/seat 2.glb", digest="d2"),
        record("c/stool.glb", digest="d3"),
    ]

    groups = [label.group for label in labels_of("folder", records)]

    assert groups[0] == groups[1] == groups[2] != groups[3]


def test_a_csv_names_paths_relative_to_itself_to_the_root_or_absolute(tmp_path: Path):
    labels = tmp_path / "labels.csv"
    beside = Record(
        id="n",
        path=str(tmp_path.resolve() / "x" / "n.glb"),
        root="/elsewhere",
        name="n",
        format="glb",
        bytes=1,
        digest="",
    )
    labels.write_text(
        "path,label,group\nx/n.glb,chair,g1\nchairs/a.glb,chair,\n/models/b.glb,lamp,g2\n", encoding="utf-8"
    )

    found = labels_of(str(labels), [beside, record("chairs/a.glb"), record("b.glb"), record("unnamed.glb")])

    assert [(label.id, label.label) for label in found] == [
        ("n", "chair"),
        ("chairs/a.glb", "chair"),
        ("b.glb", "lamp"),
    ]
    assert [label.group for label in found] == ["g1", variant_group("/models/chairs/a.glb"), "g2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("file,label\na,b\n", "no column path"),
        ("path,label\nnowhere.glb,chair\n", "none of the labelled paths"),
        ("", "only nothing"),
    ],
)
def test_a_useless_csv_is_wrong_use_that_names_the_file(tmp_path: Path, content: str, message: str):
    labels = tmp_path / "labels.csv"
    labels.write_text(content, encoding="utf-8")

    with pytest.raises(UsageError, match=message) as caught:
        labels_of(str(labels), [record("a.glb")])

    assert caught.value.path == str(labels)


def test_labels_that_are_no_file_say_what_is_possible(tmp_path: Path):
    with pytest.raises(UsageError, match="folder, category"):
        labels_of(str(tmp_path / "none.csv"), [record("a.glb")])
