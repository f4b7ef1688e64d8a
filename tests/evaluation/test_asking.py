"""A judged search: what is asked is counted by hand, and files beside the list are asked as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from polyseek.catalogue.record import Record
from polyseek.errors import UsageError
from polyseek.evaluation.asking import Question, ask_library, read_questions
from polyseek.search.hit import Hit, Hits
from polyseek.search.query import Query

NAMES = ["chairs/a", "chairs/b", "lamps/c", "lamps/d"]


def record(name: str) -> Record:
    return Record(id=name, path=f"/m/{name}.glb", root="/m", name=name, format="glb", bytes=1, digest=name)


class Answering:
    """Four models, and a search that answers by a table: words -> ids, best first; what is not in it is no good match."""

    def __init__(self, table: dict[str, Sequence[str]]) -> None:
        self._table = table
        self.modes: set[str] = set()

    def records(self) -> Iterator[Record]:
        return map(record, NAMES)

    def search(self, query: str | Path | Query, *, k: int = 10, mode: str = "auto") -> Hits:
        self.modes.add(mode)
        assert isinstance(query, Query)
        words = query.terms[0].value
        ids = self._table.get(words, NAMES)
        hits = tuple(
            Hit(place, id, 0.5, id, f"/m/{id}.glb", "", record(id)) for place, id in enumerate(ids, 1)
        )
        return Hits(words, hits, words in self._table, 0.0)


def asked(words: str, label: str, language: str = "") -> Question:
    return Question(Query.words(words), label, language)


def test_recall_and_reciprocal_ranks_are_those_counted_by_hand():
    library = Answering(
        {"chair": ["chairs/a"], "seat": ["lamps/c", "lamps/d", "chairs/b"], "lamp": ["chairs/a"]}
    )

    found = ask_library(
        library,
        "folder",
        [asked("chair", "chairs"), asked("seat", "chairs"), asked("lamp", "lamps")],
        mode="hybrid",
    )

    values = found.answerable["all"].values
    assert values["R@1"] == pytest.approx(1 / 3)
    assert values["R@5"] == values["R@10"] == pytest.approx(2 / 3)
    assert values["MRR"] == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert found.answerable["all"].queries == 3
    assert found.unanswerable is None
    assert library.modes == {"hybrid"}


def test_languages_are_told_apart_and_questions_without_an_answer_are_counted_alone():
    library = Answering({"chair": ["chairs/a"], "椅子": ["lamps/c"], "dragon": NAMES})
    questions = [
        asked("chair", "chairs", "en"),
        asked("椅子", "chairs", "zh"),
        asked("dragon", "dragons", "en"),
        asked("unicorn", "unicorns", "en"),
    ]

    found = ask_library(library, "folder", questions)

    assert set(found.answerable) == {"all", "en", "zh"}
    assert [found.answerable[name].values["R@1"] for name in ("all", "en", "zh")] == [0.5, 1.0, 0.0]
    assert found.unanswerable is not None
    assert found.unanswerable.queries == 2
    # The dragon was given hits as if they were good, the unicorn was not.
    assert found.unanswerable.values["good_match"] == 0.5
    assert found.as_json()["unanswerable"]["good_match"] == 0.5


def test_questions_of_labels_that_no_model_has_are_an_error():
    with pytest.raises(UsageError, match="no model has the label"):
        ask_library(Answering({}), "folder", [asked("dragon", "dragons")])


def test_a_query_that_is_a_file_beside_the_list_is_asked_as_that_file(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "mine.png")
    listed = tmp_path / "queries.csv"
    listed.write_text(
        "query,label,language\nmine.png,chairs,photo\nchair -wood,chairs,en\nfloor lamp,lamps,\n"
    )

    photo, words, text = read_questions(listed)

    assert photo.query == Query.image(tmp_path / "mine.png")
    assert photo.language == "photo"
    assert words.query == Query.words("chair") - Query.words("wood")
    assert text.language == ""


@pytest.mark.parametrize("text", ["words,label\nchair,chairs\n", "query,label\n,chairs\n", ""])
def test_a_list_without_its_columns_or_without_questions_says_so(tmp_path, text):
    listed = tmp_path / "queries.csv"
    listed.write_text(text)

    with pytest.raises(UsageError, match="quer"):
        read_questions(listed)
