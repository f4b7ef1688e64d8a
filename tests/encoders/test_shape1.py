"""shape1: blocks against their fixed means, weighed and joined."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.shape1 import CUT_OFF, WEIGHTS, WIDTHS, Shape1, join, statistics


def rows(count: int) -> list[dict[str, np.ndarray]]:
    rng = np.random.default_rng(0)
    return [{name: rng.random(width) for name, width in WIDTHS.items()} for _ in range(count)]


def parts(vector: np.ndarray) -> dict[str, np.ndarray]:
    return dict(zip(WIDTHS, np.split(vector, np.cumsum(list(WIDTHS.values()))[:-1]), strict=True))


def test_each_block_has_the_length_of_its_weight():
    made = rows(20)

    joined = parts(join(made[0], statistics(made)))

    for name in ("light field", "facing", "tilts"):
        assert np.linalg.norm(joined[name]) == pytest.approx(np.sqrt(WEIGHTS[name]))
        assert joined[name] @ (made[0][name] - np.mean([row[name] for row in made], axis=0)) > 0


def test_proportions_are_standardised_over_the_models_that_have_them():
    made = rows(50)
    for row in made[:10]:
        row["proportions"][3] = np.nan
    fixed = statistics(made)

    spread = np.sqrt(WIDTHS["proportions"] / WEIGHTS["proportions"])
    joined = spread * np.array([parts(join(row, fixed))["proportions"] for row in made])

    assert joined[10:].mean(0)[3] == pytest.approx(0, abs=1e-5)
    assert joined[:, 0].std() == pytest.approx(1, abs=1e-5)
    assert (joined[:10, 3] == 0).all()


def test_a_block_that_is_missing_is_nothing_and_a_wild_proportion_is_cut_off():
    made = rows(20)
    fixed = statistics(made)
    odd = {**made[0], "tilts": np.zeros(WIDTHS["tilts"]), "proportions": np.full(WIDTHS["proportions"], 1e9)}

    joined = parts(join(odd, fixed))

    assert not joined["tilts"].any()
    assert joined["proportions"] == pytest.approx(np.full(10, CUT_OFF * np.sqrt(WEIGHTS["proportions"] / 10)))


def test_the_shipped_statistics_fit_the_blocks():
    fixed = Shape1().fixed

    assert fixed.shape == (sum(WIDTHS.values()) + WIDTHS["proportions"],)
    assert np.isfinite(fixed).all()
    assert (fixed[-WIDTHS["proportions"] :] > 0).all()
