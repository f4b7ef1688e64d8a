"""Every encoder on the shelf keeps the contract: unit float32 rows, the same bytes, and what its card claims."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.encoders.contract import Encoder, unit_rows
from polyseek.encoders.shelf import DEFAULT, ENCODERS, TRAINED, load
from polyseek.errors import UsageError
from polyseek.procedural import make
from polyseek.representations.contract import represent

MADE = (("chair", 1), ("table", 2), ("mug", 3), ("bottle", 4))


def asset_of(vertices: np.ndarray, faces: np.ndarray) -> Asset:
    mesh = Mesh(np.asarray(vertices, np.float32), np.asarray(faces, np.int32).reshape(-1, 3))
    return Asset("made", (mesh,), (Part(0, np.eye(4)),), Origin("made", up="y"))


def moved(asset: Asset, matrix: np.ndarray) -> Asset:
    return replace(asset, parts=tuple(replace(part, matrix=matrix @ part.matrix) for part in asset.parts))


def turn(degrees: float, axis: tuple[float, float, float]) -> np.ndarray:
    """Rotation about a unit axis (Rodrigues)."""
    x, y, z = np.array(axis) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.deg2rad(degrees)
    matrix = np.eye(4)
    matrix[:3, :3] += np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return matrix


def shift(x: float, y: float, z: float) -> np.ndarray:
    matrix = np.eye(4)
    matrix[:3, 3] = x, y, z
    return matrix


CHANGES = {
    "translation": [shift(3, -2, 0.5), shift(-100, 40, 7)],
    "scale": [np.diag([s, s, s, 1.0]) for s in (0.001, 0.3, 39.37)],
    "yaw": [turn(degrees, (0, 1, 0)) for degrees in (11, 45, 90, 200)],
    "rotation": [turn(90, (1, 0, 0)), turn(37, (1, 2, 3))],
}

ODD = {
    "one triangle": asset_of(np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]]), np.array([[0, 1, 2]])),
    "flat square": asset_of(
        np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]]), np.array([[0, 2, 1], [0, 3, 2]])
    ),
    "wall on edge": asset_of(
        np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]), np.array([[0, 1, 2], [0, 2, 3]])
    ),
    "no area": asset_of(np.array([[0, 0, 0], [1, 1, 1], [2, 2, 2]]), np.array([[0, 1, 2]])),
    "all in one place": asset_of(np.ones((3, 3)), np.array([[0, 1, 2]])),
    "one point": asset_of(np.array([[1, 2, 3]]), np.zeros((0, 3))),
    "cloud": asset_of(np.random.default_rng(0).normal(size=(500, 3)), np.zeros((0, 3))),
    "a micrometre": asset_of(
        np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]) * 1e-6,
        np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]]),
    ),
    "a thousand kilometres": asset_of(
        np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]) * 1e6,
        np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]]),
    ),
    "needle": asset_of(np.array([[0, 0, 0], [0, 1, 0], [0, 1, 1e-6]]), np.array([[0, 1, 2]])),
}


@pytest.fixture(scope="module", params=[*ENCODERS, *TRAINED])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load(request.param)


@pytest.fixture(scope="module")
def models() -> list[Asset]:
    return [make(category, seed) for category, seed in MADE]


def encode(encoder: Encoder, *assets: Asset, seed: int = 0) -> np.ndarray:
    return encoder.encode([represent(asset, encoder.wants, seed) for asset in assets])


def test_card_and_space_agree_and_say_something(encoder: Encoder):
    card, space = encoder.card, encoder.space

    assert card.id == space.name
    assert card.dimensions == space.dimensions
    assert len(space.digest) == 16
    assert load(card.id).space == space
    assert all(
        (card.title, card.paper, card.takes, card.licence, card.good_at, card.weak_at, card.trained_on)
    )
    assert set(card.invariant_to) <= set(CHANGES)


def test_rows_are_unit_float32_of_the_stated_width(encoder: Encoder, models: list[Asset]):
    rows = encode(encoder, *models)

    assert rows.dtype == np.float32
    assert rows.shape == (len(models), encoder.card.dimensions)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(models)), abs=1e-6)
    assert encoder.encode([]).shape == (0, encoder.card.dimensions)


def test_the_same_model_gives_the_same_bytes_alone_or_in_any_batch(encoder: Encoder, models: list[Asset]):
    together = encode(encoder, *models)
    reversed_batch = encode(encoder, *models[::-1])[::-1]
    alone = np.concatenate([encode(load(encoder.card.id), model) for model in models])

    assert together.tobytes() == reversed_batch.tobytes() == alone.tobytes()


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_card_claims_to_ignore_is_ignored(encoder: Encoder, models: list[Asset], change: str):
    before = encode(encoder, *models)
    distances = [
        1 - np.einsum("ij,ij->i", before, encode(encoder, *(moved(model, matrix) for model in models)))
        for matrix in CHANGES[change]
    ]

    # These models stand plainly, so that who stands models up finds them as they were; of all models it is not claimed.
    stood = change == "rotation" and getattr(encoder.wants.get("views"), "upright", None) is not None
    if change in encoder.card.invariant_to or stood:
        assert np.max(distances) <= encoder.card.drift
    else:
        # A claim that is not made must be one that would not hold.
        assert np.max(distances) > max(encoder.card.drift, 0.005)


def test_drift_is_small_beside_the_distance_between_kinds(encoder: Encoder, models: list[Asset]):
    rows = encode(encoder, *models)
    apart = 1 - rows @ rows.T

    assert encoder.card.drift < np.median(apart[np.triu_indices(len(models), 1)])


@pytest.mark.parametrize("name", ODD)
def test_odd_models_have_finite_vectors(encoder: Encoder, name: str):
    row = encode(encoder, ODD[name])

    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-6)


def test_another_sampling_of_points_moves_a_vector_little(encoder: Encoder, models: list[Asset]):
    first, second = encode(encoder, *models, seed=0), encode(encoder, *models, seed=1)

    assert np.einsum("ij,ij->i", first, second).min() > 0.95


def test_the_shelf_names_what_it_has():
    assert DEFAULT in ENCODERS
    with pytest.raises(UsageError, match="no encoder 'pointnet'") as caught:
        load("pointnet")
    assert all(id in caught.value.hint for id in ENCODERS)


def test_spaces_of_different_encoders_differ():
    ids = (*ENCODERS, *TRAINED)
    digests = {load(id).space.digest for id in ids}

    assert len(digests) == len(ids)


def test_a_row_of_zeros_stays_and_others_become_unit():
    rows = unit_rows(np.array([[0.0, 0.0], [3.0, 4.0]]))

    assert rows[0].tolist() == [0, 0]
    assert rows[1] == pytest.approx([0.6, 0.8])
