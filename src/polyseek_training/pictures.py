"""Pictures as people have them, made from drawn planes: another light, a background, a place in the frame, or a sketch."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float32, Int64, UInt8

from polyseek.encoders.picture_planes import FILL

SKETCHED = 0.2
PLAIN, GROUNDS = 0, 4
_DEPTH_STEP = 14.0
_NORMAL_STEP = 0.35

Planes = UInt8[np.ndarray, "b 7 s s"]


def as_pictures(planes: Planes, random: np.random.Generator) -> UInt8[np.ndarray, "b 3 s s"]:
    """One picture of each packed view (`polyseek.encoders.view_planes`), each changed in its own way.

    On plain grounds and paper the thing fills the frame, as `picture_planes.square` makes it.
    """
    count = len(planes)
    one = (count, 1, 1, 1)
    kind = random.integers(0, GROUNDS, one)
    sketched = random.random(one) < SKETCHED
    placed = in_frame(planes, random, (sketched | (kind == PLAIN)).ravel())
    thing = relit(placed, random)
    thing = np.where(random.random(one) < 0.12, thing.mean(1, keepdims=True), thing)
    picture = np.where(placed[:, 3:4] > 0, thing, backgrounds(planes, random, kind))
    gain, offset = random.uniform(0.75, 1.25, (count, 3, 1, 1)), random.normal(0, 8, one)
    picture = picture * gain.astype(np.float32) + offset.astype(np.float32)
    picture = np.where(sketched, sketches(placed, random), picture)
    picture = np.where(random.random(one) < 0.3, blurred(picture), picture)
    noise = random.standard_normal(picture.shape, np.float32) * random.uniform(0, 6, one)
    return np.clip(picture + noise.astype(np.float32), 0, 255).astype(np.uint8)


def relit(planes: Planes, random: np.random.Generator) -> Float32[np.ndarray, "b 3 s s"]:
    """Colours 0..255 under a lamp from anywhere on the viewer's side beside the drawing's own light (Lambert)."""
    count = len(planes)
    towards = random.normal(size=(count, 3)).astype(np.float32)
    towards[:, 2] = np.abs(towards[:, 2])
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    normals = (planes[:, 4:].astype(np.float32) - 128) / 127
    facing = np.clip(np.einsum("bchw,bc->bhw", normals, towards), 0, 1)[:, None]
    ambient = random.uniform(0.45, 1.0, (count, 1, 1, 1)).astype(np.float32)
    return planes[:, :3] * (ambient + (1.25 - ambient) * facing)


def backgrounds(
    planes: Planes, random: np.random.Generator, kind: Int64[np.ndarray, "b 1 1 1"]
) -> Float32[np.ndarray, "b 3 s s"]:
    """By kind: PLAIN, shaded, blotched, or full of another thing of the batch; a third of them white or grey."""
    count, side = len(planes), planes.shape[-1]
    light = random.uniform(120, 255, (count, 1, 1, 1))
    plain = np.where(random.random((count, 1, 1, 1)) < 0.35, light, random.uniform(0, 255, (count, 3, 1, 1)))
    plain = plain.astype(np.float32)
    ramp = np.linspace(-1, 1, side, dtype=np.float32)
    tilt = random.normal(0, 35, (count, 3, 2, 1, 1)).astype(np.float32)
    shaded = plain + tilt[:, :, 0] * ramp[:, None] + tilt[:, :, 1] * ramp
    coarse = (
        random.normal(0, 45, (count, 3, 8, 8)).astype(np.float32).repeat(side // 8, 2).repeat(side // 8, 3)
    )
    blotched = blurred(blurred(shaded + coarse))
    other = planes[random.permutation(count), :3]
    crowded = np.where(other > 0, other, shaded)
    return np.choose(kind, [np.broadcast_to(plain, shaded.shape), shaded, blotched, crowded]).astype(
        np.float32
    )


def in_frame(
    planes: Planes, random: np.random.Generator, fitted: Bool[np.ndarray, " b"]
) -> UInt8[np.ndarray, "b 7 s s"]:
    """The thing anywhere in the frame, small or with a part cut off; where `fitted`, in its middle and filling it."""
    count, side = len(planes), planes.shape[-1]
    seen = planes[:, 3] > 0
    share = np.where(fitted, FILL, random.uniform(0.45, 1.1, count))
    spans = [_span(np.asarray(seen.any(axis))) for axis in (2, 1)]
    length = np.maximum(spans[0][1] - spans[0][0], spans[1][1] - spans[1][0]).clip(1)
    step = length / (share * side)
    free = np.where(fitted, 0.0, side * np.abs(1 - share) / 2)
    taken, inside = [], []
    for first, last in spans:
        offset = random.uniform(-1, 1, count) * free
        middle = (first + last) / 2
        place = (np.arange(side) + 0.5 - side / 2 - offset[:, None]) * step[:, None] + middle[:, None]
        index = np.floor(place).astype(np.int64)
        taken.append(index.clip(0, side - 1))
        inside.append((index >= 0) & (index < side))
    (rows, columns), (down, across) = taken, inside
    found = planes[np.arange(count)[:, None, None], :, rows[:, :, None], columns[:, None, :]]
    within = (down[:, :, None] & across[:, None, :])[:, None]
    return np.where(within, found.transpose(0, 3, 1, 2), 0).astype(np.uint8)


def _span(used: Bool[np.ndarray, "b s"]) -> tuple[Int64[np.ndarray, " b"], Int64[np.ndarray, " b"]]:
    """The first place in use and the one behind the last; all of it where none is."""
    return used.argmax(1), used.shape[1] - used[:, ::-1].argmax(1)


def sketches(planes: Planes, random: np.random.Generator) -> Float32[np.ndarray, "b 3 s s"]:
    """Dark lines on paper where depth or normal leap (`edges`), some thicker, some with gaps."""
    count = len(planes)
    lines = edges(planes)[:, None]
    thick = lines | np.roll(lines, 1, 2) | np.roll(lines, 1, 3)
    lines = np.where(random.random((count, 1, 1, 1)) < 0.5, thick, lines)
    lines &= random.random(lines.shape, np.float32) > random.uniform(0, 0.15, (count, 1, 1, 1))
    paper = random.uniform(215, 255, (count, 1, 1, 1))
    ink = random.uniform(0, 90, (count, 1, 1, 1))
    drawn = np.where(lines, ink, paper).astype(np.float32)
    return np.broadcast_to(drawn, (count, 3, *drawn.shape[2:]))


def edges(planes: Planes) -> Bool[np.ndarray, "b s s"]:
    """Where the outline passes, or depth or direction change from one pixel to the next."""
    depth = planes[:, 3].astype(np.float32)
    normals = (planes[:, 4:].astype(np.float32) - 128) / 127
    found = np.zeros(depth.shape, bool)
    for axis in (1, 2):
        before = np.roll(depth, 1, axis)
        leap = np.abs(depth - before) > _DEPTH_STEP
        turn = 1 - (normals * np.roll(normals, 1, axis + 1)).sum(1) > _NORMAL_STEP
        found |= leap | (turn & (depth > 0) & (before > 0))
    return found


def blurred(pictures: np.ndarray) -> Float32[np.ndarray, "b c s s"]:
    """The mean of each 3 x 3 neighbourhood, borders repeated."""
    wide = np.pad(pictures.astype(np.float32), ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    rows = wide[:, :, :-2] + wide[:, :, 1:-1] + wide[:, :, 2:]
    return (rows[..., :-2] + rows[..., 1:-1] + rows[..., 2:]) / 9
