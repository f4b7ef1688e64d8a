"""Edit distance against a plain recursive definition."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from polyseek.words import edit_distance, forgiven_edits

WORDS = st.text(alphabet="abc", max_size=7)


def by_definition(a: str, b: str) -> int:
    @cache
    def distance(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        options = [
            distance(i - 1, j) + 1,
            distance(i, j - 1) + 1,
            distance(i - 1, j - 1) + (a[i - 1] != b[j - 1]),
        ]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            options.append(distance(i - 2, j - 2) + 1)
        return min(options)

    return distance(len(a), len(b))


@given(WORDS, WORDS, st.integers(0, 8))
def test_edit_distance_agrees_with_its_definition_up_to_the_limit(a: str, b: str, limit: int):
    assert edit_distance(a, b, limit) == min(by_definition(a, b), limit + 1)


def test_longer_words_are_forgiven_more():
    assert [forgiven_edits(word) for word in ("vas", "vase", "hydrant", "chandelier")] == [0, 1, 1, 2]
