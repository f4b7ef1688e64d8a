"""A judged library: JSON by the names that other programs rely on, and a page that stands alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser

import numpy as np
import pytest

from polyseek.catalogue.record import Record
from polyseek.encoders.shelf import load
from polyseek.errors import UsageError
from polyseek.evaluation.metrics import METRICS
from polyseek.evaluation.report import evaluate_library

NAMES = ["chairs/a", "chairs/b", "lamps <i>/c", "lamps <i>/d"]


class SmallLibrary:
    """Four models, two of a kind, one gone missing; vectors that tell the kinds apart."""

    def records(self) -> Iterator[Record]:
        for name in NAMES:
            yield Record(
                id=name, path=f"/m/{name}.glb", root="/m", name=name, format="glb", bytes=1, digest=name
            )
        yield Record(
            id="gone",
            path="/m/chairs/e.glb",
            root="/m",
            name="e",
            format="glb",
            bytes=1,
            digest="",
            status="missing",
        )

    def vectors(self, encoder: str) -> tuple[list[str], np.ndarray]:
        angles = np.deg2rad([90.0, 91.0, 0.0, 1.0])
        return [NAMES[i] for i in (2, 3, 0, 1)], np.column_stack([np.cos(angles), np.sin(angles)]).astype(
            np.float32
        )


def test_json_holds_every_metric_by_encoder_with_what_made_it():
    evaluation = evaluate_library(SmallLibrary(), "folder", ["geo18", "d2"])

    given = json.loads(json.dumps(evaluation.as_json()))

    assert set(given["encoders"]) == set(given["intervals"]) == {"geo18", "d2"}
    assert set(given["encoders"]["d2"]) == set(METRICS)
    assert given["encoders"]["d2"]["map"] == 1.0
    assert given["intervals"]["d2"]["map"] == [1.0, 1.0]
    assert given["labelled"] == given["records"] == 4
    assert given["made_by"]["encoders"]["geo18"] == load("geo18").space.digest
    assert {"label": "chairs", "neighbour": "chairs", "queries": 2} in given["confusion"]["geo18"]


def test_the_page_names_nothing_outside_itself_and_escapes_labels():
    page = evaluate_library(SmallLibrary(), "folder", ["d2"]).as_html()

    class Page(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.opened: list[str] = []
            self.attributes: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.opened.append(tag)
            self.attributes.update(name for name, _ in attrs)

    parsed = Page()
    parsed.feed(page)

    assert parsed.opened.count("svg") == 1
    assert "polyline" in parsed.opened
    assert not parsed.attributes & {"src", "href"}
    assert "http" not in page
    assert "lamps &lt;i&gt;" in page
    assert "i" not in parsed.opened


def test_a_library_without_labels_is_wrong_use():
    with pytest.raises(UsageError, match="no model has a label"):
        evaluate_library(SmallLibrary(), "category", ["d2"])
