"""Turntables: the thumbnails' view first, then all around in equal steps."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails
from polyseek.representations.turntable import COLUMNS, STEPS, turntable
from polyseek.representations.warm import tiny_model


def pictures(sheet: bytes, side: int) -> list[np.ndarray]:
    pixels = np.asarray(Image.open(io.BytesIO(sheet)).convert("RGBA")).astype(int)
    assert pixels.shape == (STEPS // COLUMNS * side, COLUMNS * side, 4)
    return [
        pixels[side * (step // COLUMNS) :, side * (step % COLUMNS) :][:side, :side] for step in range(STEPS)
    ]


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """But for what WebP loses."""
    shown = [picture[..., :3] * picture[..., 3:] / 255 for picture in (one, other)]
    return float(np.abs(shown[0] - shown[1]).mean()) < 4


def test_the_first_step_is_the_front_thumbnail_and_the_one_opposite_the_back():
    side = 64
    thumbs = {
        name: np.asarray(Image.open(io.BytesIO(data)).convert("RGBA")).astype(int)
        for name, data in thumbnails(tiny_model(), ThumbnailOptions(side=side)).items()
    }

    steps = pictures(turntable(tiny_model(), side), side)

    assert alike(thumbs["front"], steps[0])
    assert alike(thumbs["back"], steps[STEPS // 2])
    assert not alike(thumbs["front"], steps[STEPS // 2])


def test_a_prism_with_twelve_like_sides_looks_the_same_at_every_step():
    side = 64
    angles = np.arange(STEPS) * 2 * np.pi / STEPS
    ring = np.stack([np.cos(angles), np.zeros(STEPS), np.sin(angles)], 1)
    corners = np.concatenate([ring, ring + np.array([0, 1, 0]), [[0, 0, 0], [0, 1, 0]]]).astype(np.float32)
    faces: list[tuple[int, int, int]] = []
    for i in range(STEPS):
        j = (i + 1) % STEPS
        faces += [
            (i, i + STEPS, j),
            (j, i + STEPS, j + STEPS),
            (i, j, 2 * STEPS),
            (i + STEPS, 2 * STEPS + 1, j + STEPS),
        ]
    prism = Asset("prism", (Mesh(corners, np.array(faces, np.int32)),), (Part(0, np.eye(4)),), Origin("obj"))

    steps = pictures(turntable(prism, side), side)

    for step in steps[1:]:
        # The light stays where it is in the world, so only the outline is the same.
        assert np.abs(step[..., 3] - steps[0][..., 3]).mean() < 2
