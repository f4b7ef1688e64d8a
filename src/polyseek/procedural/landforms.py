"""Clouds, mountains and hills, a few metres across."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.outdoors import FLAT, SMOOTH, chunk
from polyseek.procedural.palette import leaf, lighter, material, paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    Solid,
    cone,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    merged,
)  # fmt: skip


def cloud(draw: Draw) -> Assembly:
    style = draw.pick("puffy", "flat-bottomed", "low-poly", "storm", "cartoon")
    hue = draw.pick(
        ("white", "#f3f3f1"), ("white", "#e8edf1"), ("light blue", "#d3e2ee"), ("pink", "#f2d9de")
    )
    if style == "storm":
        hue = draw.pick(("grey", "#7d838c"), ("dark grey", "#5a6069"))
    skin = material(*hue, roughness=1)
    cloud = Assembly({"style": style, "colour": hue[0]})
    cloud.proportions = draw.stretch(0.2, "x", "y", "z")
    flat, facets = style in ("flat-bottomed", "cartoon"), style == "low-poly" or draw.chance(0.25)
    count = draw.whole(4, 7)
    for i in range(count):
        t = 2 * i / (count - 1) - 1
        r = (0.75 - 0.3 * abs(t)) * draw.between(0.8, 1.15)
        place = (
            (0.25 * count) * t,
            draw.between(-0.08, 0.12) if not flat else 0.0,
            draw.between(-0.25, 0.25),
        )
        ball = (
            chunk(draw, r, sides=draw.pick(8, 10), rough=0.08)
            if facets
            else ellipsoid(r, r * 0.9, r, sides=18)
        )
        if flat:
            ball = Solid(np.maximum(ball.vertices, [-9, -r * 0.12, -9]), ball.faces)
            place = (place[0], r * 0.12, place[2])
        cloud.add(
            "puff",
            ball,
            lighter(skin, draw.between(-0.05, 0.03)),
            [place],
            crease_deg=FLAT if facets else SMOOTH,
        )
    if draw.chance(0.5):
        for _ in range(2):
            r = draw.between(0.35, 0.5)
            cloud.add(
                "puff",
                ellipsoid(r, r, r, sides=14),
                skin,
                [(draw.between(-0.5, 0.5), 0.45, draw.between(-0.2, 0.2))],
            )
    if style == "storm":
        extra = draw.pick("lightning", "rain", "none")
        if extra == "lightning":
            cloud.attributes["lightning"] = True
            bolt = np.array(
                [(0.1, 0), (-0.25, -0.7), (-0.02, -0.65), (-0.2, -1.3), (0.3, -0.5), (0.08, -0.52), (0.35, 0)]
            )
            cloud.add(
                "lightning", extrusion(bolt, 0.1), material("lightning", "#ffd84f", glow=0.6), [(0, -0.3, 0)]
            )
        elif extra == "rain":
            cloud.attributes["rainy"] = True
            drop = lathe([(0, -0.1), (0.05, -0.06), (0.045, 0.0), (0, 0.14)], sides=8)
            cloud.add(
                "rain drop",
                drop,
                paint("blue"),
                [
                    (x, -0.85 - 0.25 * (i % 3), 0.1 * (i % 2))
                    for i, x in enumerate(np.linspace(-1, 1, 7).tolist())
                ],
            )
    return cloud


def _peak(draw: Draw, radius: float, height: float, around: int, rings: int, jag: float) -> np.ndarray:
    """Rings of a faceted peak, (rings + 1, around, 3): narrower upwards, each vertex shaken, flat at the foot."""
    turns = np.linspace(0, 2 * np.pi, around, endpoint=False)
    ridge = 1 + 0.16 * np.sin(turns * 2 + draw.between(0, 6)) + 0.1 * np.sin(turns * 3 + draw.between(0, 6))
    made: list[np.ndarray] = []
    for t in np.linspace(0, 1, rings + 1):
        reach = radius * ((1 - t) ** 1.15) * ridge * (1 + draw.rng.uniform(-jag, jag, around))
        shake = draw.rng.uniform(-jag, jag, around) * height / rings * 0.7 if 0 < t < 1 else np.zeros(around)
        made.append(np.column_stack([reach * np.cos(turns), height * t + shake, reach * np.sin(turns)]))
    return np.array(made)


def _snow(draw: Draw, rings: np.ndarray, line: float) -> Solid:
    """The part of a peak above the share `line` of its rings, its edge ragged, a little proud of the rock."""
    last = len(rings) - 1
    edge = np.clip(line * last + draw.rng.uniform(-0.35, 0.35, rings.shape[1]), 0.2, last - 0.15)
    levels = [edge] + [np.maximum(edge, k) for k in range(int(edge.min()) + 1, last + 1)]
    caps: list[np.ndarray] = []
    for level in levels:
        low = np.minimum(level.astype(int), last - 1)
        share = (level - low)[:, None]
        columns = np.arange(rings.shape[1])
        caps.append((1 - share) * rings[low, columns] + share * rings[low + 1, columns])
    raised = np.array(caps) * [1.05, 1.0, 1.05]
    raised[..., 1] += 0.012 * rings[-1, 0, 1]
    return loft(raised)


def mountain(draw: Draw) -> Assembly:
    rock = material(
        *draw.pick(
            ("grey", "#85878a"),
            ("brown", "#8a715c"),
            ("slate", "#636b75"),
            ("red", "#a5694c"),
            ("green", "#6c9156"),
        ),
        roughness=1,
    )
    style = draw.pick("peak", "range", "range", "volcano", "mesa")
    mountain = Assembly({"style": style, "colour": rock.name})
    mountain.proportions = draw.stretch(0.2, "x", "y", "z")
    around, rings = draw.pick(7, 9, 12, 16), draw.pick(3, 4, 6)
    if style == "volcano":
        r, h = draw.between(5, 6.5), draw.between(4, 5.5)
        cut = [
            (0, 0),
            (r, 0),
            (r * 0.62, h * 0.35),
            (r * 0.33, h * 0.8),
            (r * 0.25, h),
            (r * 0.19, h),
            (r * 0.12, h * 0.86),
            (0, h * 0.86),
        ]
        cone_ = lathe(cut, sides=around * 2)
        mountain.add("slope", cone_, rock, crease_deg=FLAT)
        lava = material("lava", "#f0662e", glow=0.6)
        mountain.add("lava", cylinder(r * 0.17, h * 0.05, sides=16), lava, [(0, h * 0.86, 0)])
        for k in range(draw.whole(2, 4)):
            flow = tube(
                [(r * 0.2, h * 1.0, 0), (r * 0.36, h * 0.78, 0), (r * 0.62, h * 0.36, 0)],
                [0.3, 0.36, 0.2],
                sides=6,
            )
            mountain.add("lava flow", flow.turned("y", 100 * k + draw.between(0, 40)), lava)
        if draw.chance(0.4):
            smoke = material("smoke", "#6d6c6e", roughness=1)
            mountain.add(
                "smoke",
                chunk(draw, r * 0.22),
                smoke,
                [(0, h * 1.22, 0), (r * 0.14, h * 1.5, 0)],
                crease_deg=FLAT,
            )
        return mountain
    if style == "mesa":
        r, h = draw.between(4, 5.5), draw.between(2.6, 3.8)
        walls = regular(around, 1.0) * draw.rng.uniform(0.85, 1.1, (around, 1))
        for i, (low, high, wide) in enumerate(((0, 0.3, 1.15), (0.28, 0.62, 0.92), (0.6, 1.0, 0.85))):
            layer = loft(
                np.stack(
                    [
                        np.column_stack([walls[:, 0] * r * w, np.full(around, h * y), walls[:, 1] * r * w])
                        for y, w in ((low, wide), (high, wide * 0.9))
                    ]
                )
            )
            mountain.add("layer", layer, lighter(rock, (-0.1, 0.12, 0.0)[i]), crease_deg=FLAT)
        return mountain
    places = (
        [(0.0, 0.0, 1.0)]
        if style == "peak"
        else [(0, 0, 1.0), (-3.6, 0.6, 0.7), (3.3, -0.4, 0.8), (1.0, 2.4, 0.5)][: draw.whole(3, 4)]
    )
    r, h = draw.between(3.6, 4.6), draw.between(4.5, 7)
    snowy, wooded = draw.chance(0.7), draw.chance(0.35)
    for x, z, size in places:
        shape = _peak(draw, r * size, h * size, around, rings, 0.12)
        mountain.add("peak", loft(shape), rock, [(x, 0, z)], crease_deg=FLAT)
        if snowy:
            cap = _snow(draw, shape, draw.between(0.5, 0.66))
            mountain.add("snow", cap, paint("white"), [(x, 0, z)], crease_deg=FLAT)
    mountain.attributes["snowy"] = snowy
    if wooded:
        mountain.attributes["wooded"] = True
        tree = merged(cylinder(0.06, 0.3, sides=5), cone(0.28, 0.75, sides=6).moved(0, 0.2))
        for k in range(10):
            angle = 2 * math.pi * k / 10 + draw.between(-0.2, 0.2)
            mountain.add(
                "tree",
                tree,
                leaf("dark green"),
                [(r * 1.12 * math.cos(angle), 0, r * 1.12 * math.sin(angle))],
                crease_deg=FLAT,
            )
    return mountain


def hill(draw: Draw) -> Assembly:
    skin = draw.pick(
        leaf("green"), leaf("light green"), leaf("olive"), material("sand", "#d8bd85", roughness=1)
    )
    hill = Assembly({"colour": skin.name})
    hill.proportions = draw.stretch(0.2, "x", "y", "z")
    for i in range(draw.whole(1, 3)):
        r = draw.between(3.5, 5) * (1 if i == 0 else 0.6)
        ball = chunk(draw, 1.0, sides=draw.pick(10, 14), rough=0.05)
        mound = Solid(np.maximum(ball.vertices, [-9, 0, -9]) * [r, r * 0.5, r * 0.9], ball.faces)
        hill.add(
            "hill",
            mound,
            skin,
            [(i * 3.4, 0, (-1) ** i * 0.8 * i)],
            crease_deg=FLAT,
        )
    if draw.chance(0.5):
        hill.attributes["wooded"] = True
        tree = merged(cylinder(0.09, 0.4, sides=5), cone(0.4, 1.1, sides=6).moved(0, 0.3))
        for k in range(draw.whole(2, 6)):
            angle = 2.4 * k + draw.between(-0.3, 0.3)
            place = (1.3 * math.cos(angle), 1.55, 1.2 * math.sin(angle))
            hill.add("tree", tree, leaf("dark green"), [place], crease_deg=FLAT)
    return hill
