"""Fruit and vegetables."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, sweep, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import leaf_blade
from polyseek.procedural.palette import leaf, lighter, material, paint, wood
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    Solid,
    ellipsoid,
    extrusion,
    lathe,
    sphere,
    torus,
)  # fmt: skip


def apple(draw: Draw) -> Assembly:
    skin = draw.pick(
        paint("red"), paint("green"), paint("yellow"), material("dark red", "#96303a", roughness=0.4)
    )
    bitten = draw.chance(0.25)
    apple = Assembly({"colour": skin.name, "bitten": bitten})
    r, tall = draw.between(0.036, 0.044), draw.between(0.9, 1.05)
    profile = [
        (0, 0.14),
        (0.25, 0.03),
        (0.45, 0.0),
        (0.75, 0.25),
        (0.98, 0.85),
        (0.98, 1.3),
        (0.7, 1.72),
        (0.38, 1.8),
        (0.12, 1.66),
        (0, 1.55),
    ]
    curve = spline([(x * r, y * r * tall, 0) for x, y in profile], 26)
    body = lathe(
        [
            (0, float(curve[0][1])),
            *[(max(float(x), 0.0003), float(y)) for x, y, _ in curve[1:-1]],
            (0, float(curve[-1][1])),
        ],
        sides=28,
    )
    apple.add("flesh", body, skin)
    if bitten:
        apple.add(
            "bite",
            ellipsoid(r * 0.4, r * 0.42, r * 0.42, sides=14),
            paint("cream"),
            [(r * 0.72, r * tall, 0.0)],
        )
    apple.add(
        "stem",
        tube(
            spline([(0, r * 1.5 * tall, 0), (0.002, r * 1.75 * tall, 0), (0.007, r * 2.1 * tall, 0)], 7),
            0.0017,
            sides=7,
        ),
        wood("walnut"),
    )
    if draw.chance(0.7):
        apple.add(
            "leaf",
            leaf_blade(0.032, 0.017, droop=0.2).turned("y", draw.between(0, 360)),
            leaf("green"),
            [(0.002, r * 1.78 * tall, 0)],
        )
    return apple


def pear(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("green", "#a3b552"), ("yellow", "#dcc25a"), ("russet", "#b07f46")), roughness=0.6
    )
    pear = Assembly({"colour": skin.name})
    pear.proportions = draw.stretch(0.1, "xz", "y")
    r, slim = draw.between(0.034, 0.04), draw.between(0.4, 0.52)
    knots = [
        (0.02, 0.06),
        (0.5, 0.0),
        (0.95, 0.5),
        (1.0, 0.95),
        (0.75, 1.6),
        (slim, 2.2),
        (slim * 0.85, 2.6),
        (0.15, 2.8),
        (0.0, 2.72),
    ]
    curve = spline([(x * r, y * r, 0) for x, y in knots], 26)
    pear.add(
        "flesh",
        lathe(
            [(0, 0.06 * r), *[(max(float(x), 0.0003), float(y)) for x, y, _ in curve[1:-1]], (0, 2.72 * r)],
            sides=28,
        ),
        skin,
    )
    pear.add(
        "stem",
        tube(spline([(0, 2.65 * r, 0), (0.002, 3.0 * r, 0), (0.008, 3.3 * r, 0)], 7), 0.0018, sides=7),
        wood("walnut"),
    )
    pear.add(
        "leaf",
        leaf_blade(0.034, 0.018, droop=0.2).turned("y", draw.between(0, 360)),
        leaf("green"),
        [(0.002, 2.95 * r, 0)],
    )
    return pear


def banana(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("yellow", "#e6c544"), ("ripe yellow", "#d8b13b"), ("green", "#a9b84e")), roughness=0.6
    )
    count = draw.pick(1, 3, 4)
    banana = Assembly({"colour": skin.name, "style": "bunch" if count > 1 else "single", "count": count})
    banana.proportions = draw.stretch(0.08, "x", "y", "z")
    long = draw.between(0.15, 0.19)
    path = spline(
        [(0, 0, 0), (long * 0.3, -long * 0.22, 0), (long * 0.68, -long * 0.2, 0), (long, long * 0.08, 0)], 18
    )
    t = np.linspace(0, 1, 18)
    radius = long * 0.095 * np.sin(np.pi * np.clip(0.1 + 0.86 * t, 0, 1)) ** 0.45
    section = regular(5, 1.0)
    section = np.concatenate(
        [
            np.stack([a, 0.5 * (a + b) * 1.08], 0)
            for a, b in zip(section, np.roll(section, -1, 0), strict=True)
        ]
    )
    body = sweep(path, section[None] * radius[:, None, None])
    stem = tube([(0.004, -0.003, 0), (-long * 0.09, long * 0.05, 0)], [long * 0.042, long * 0.028], sides=8)
    tip = sphere(long * 0.03, sides=10).moved(*path[-1])
    for i in range(count):
        turn = (i - (count - 1) / 2) * 24
        for label, solid, paint_ in (
            ("skin", body, skin),
            ("stem", stem, lighter(skin, -0.2)),
            ("tip", tip, material("tip", "#54422e")),
        ):
            banana.add(label, solid.turned("x", turn * 0.55).turned("y", turn), paint_)
    return banana


def carrot(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("orange", "#df7f3a"), ("purple", "#7d4a73"), ("yellow", "#dfb64c")), roughness=0.8
    )
    carrot = Assembly({"colour": skin.name})
    carrot.proportions = draw.stretch(0.1, "xz", "y")
    r, long = draw.between(0.014, 0.021), draw.between(0.13, 0.2)
    outline = [
        (0, 0),
        (r * 0.18, long * 0.04),
        (r * 0.55, long * 0.4),
        (r * 0.9, long * 0.8),
        (r, long * 0.93),
        (r * 0.6, long),
        (0, long),
    ]
    carrot.add("root", lathe(outline, sides=20), skin)
    for i in range(5):
        y = long * (0.3 + 0.14 * i)
        carrot.add(
            "crease",
            torus(r * (0.28 + 0.68 * y / long), 0.0009, sides=20, around=6),
            lighter(skin, -0.2),
            [(0, y, 0)],
        )
    for i in range(draw.whole(5, 8)):
        tall = draw.between(0.05, 0.09)
        stalk = tube(
            spline([(0, 0, 0), (0.006, tall * 0.5, 0), (0.022, tall, 0)], 7),
            [0.002, 0.003, 0.006],
            sides=8,
            flatten=0.5,
        )
        carrot.add(
            "leaf", stalk.turned("y", 51 * i), lighter(leaf("green"), 0.12 * (i % 2)), [(0, long * 0.98, 0)]
        )
    return carrot


def pumpkin(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("orange", "#d97f34"), ("orange", "#e0913f"), ("green", "#6c8650"), ("white", "#e5dcc5")),
        roughness=0.7,
    )
    carved = draw.chance(0.45)
    pumpkin = Assembly({"colour": skin.name, "style": "carved" if carved else "plain"})
    if carved:
        pumpkin.attributes["occasion"] = "halloween"
    r, squash, ribs = draw.between(0.12, 0.19), draw.between(0.68, 0.9), draw.whole(8, 11)
    ball = sphere(1.0, sides=ribs * 6)
    angle = np.arctan2(ball.vertices[:, 2], ball.vertices[:, 0])
    lobes = 0.9 + 0.1 * np.abs(np.cos(ribs * angle / 2)) ** 0.6
    dent = 1 - 0.3 * np.exp(-((1 - np.abs(ball.vertices[:, 1])) ** 2) / 0.02)
    body = Solid(ball.vertices * np.column_stack([lobes * r, dent * squash * r, lobes * r]), ball.faces)
    pumpkin.add("flesh", body, skin, [(0, squash * r, 0)])
    stalk = spline(
        [(0, squash * r * 1.62, 0), (0.003, squash * r * 2.0, 0), (r * 0.18, squash * r * 2.2, 0)], 8
    )
    pumpkin.add("stalk", tube(stalk, [r * 0.12, r * 0.07, r * 0.08], sides=7), leaf("olive"))
    if carved:
        glow = material("candle light", "#f6c04a", glow=0.9)
        z, y = r * 0.9, squash * r
        eye = np.array([(-0.17, -0.1), (0.17, -0.1), (0.0, 0.2)]) * r
        for side in (-1, 1):
            pumpkin.add(
                "eye", extrusion(eye, r * 0.2).moved(side * r * 0.33, y + r * 0.22, z - r * 0.08), glow
            )
        pumpkin.add("nose", extrusion(eye * 0.55, r * 0.2), glow, [(0, y + r * 0.02, z)])
        grin = (
            np.array(
                [
                    (-0.5, -0.02),
                    (-0.28, -0.13),
                    (-0.2, -0.05),
                    (-0.05, -0.1),
                    (0.05, -0.1),
                    (0.2, -0.05),
                    (0.28, -0.13),
                    (0.5, -0.02),
                    (0.3, -0.32),
                    (0.12, -0.36),
                    (0.06, -0.26),
                    (-0.06, -0.26),
                    (-0.12, -0.36),
                    (-0.3, -0.32),
                ]
            )
            * r
        )
        pumpkin.add("mouth", extrusion(grin, r * 0.24), glow, [(0, y - r * 0.05, z - r * 0.08)])
    return pumpkin
