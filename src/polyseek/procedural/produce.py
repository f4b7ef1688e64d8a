"""Produce: watermelons, strawberries, pineapples, grapes, tomatoes and corn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creases import CREASE_DEG
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import lighter, material
from polyseek.procedural.polygons import sector
from polyseek.procedural.solids import (
    Solid,
    cone,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    merged,
    sphere,
)  # fmt: skip

LEAF = material("leaf", "#5c9a48", roughness=0.8)
STALK = material("stalk", "#7c8a45", roughness=0.9)
SEED = material("seed", "#33271f", roughness=0.6)


def _crease(draw: Draw) -> float:
    """Faceted now and then, as low-poly artists leave it."""
    return draw.pick(0.0, CREASE_DEG + 20, CREASE_DEG + 20)


def _blade(length: float, width: float, rise: float, curl: float) -> Solid:
    """A pointed leaf from the origin towards +z: up by `rise`, its tip bent down by `curl`, all in lengths."""
    path = spline([(0, 0, 0), (0, length * rise, length * 0.5), (0, length * (rise - curl), length)], 7)
    wide = width / 2 * np.array([0.45, 0.85, 1, 0.95, 0.75, 0.42, 0.03])
    flat = np.array([(-1, 0), (0, 0.1), (1, 0), (0, -0.1)], float)
    rings = np.zeros((7, 4, 3))
    rings[:, :, :2] = flat[None] * wide[:, None, None]
    return loft(rings + path[:, None])


def watermelon(draw: Draw) -> Assembly:
    rind = material(*draw.pick(("green", "#4c8a44"), ("dark green", "#2f6438"), ("light green", "#8cb75c")))
    flesh = material(*draw.pick(("red", "#d9534f"), ("red", "#e06560"), ("yellow", "#ecc75a")))
    style = draw.pick("whole", "half", "slice", "wedge")
    melon = Assembly({"style": style, "colour": rind.name})
    melon.proportions = draw.stretch(0.08, "x", "yz")
    pale, crease, r = material("pale rind", "#e3ebc4"), _crease(draw), 0.12
    if style == "whole":
        _whole_melon(melon, draw, rind, r, crease)
        return melon
    if style == "half":
        outer = [(0.0, -r), *((r * np.cos(t), r * np.sin(t)) for t in np.linspace(-1.45, 0, 9)), (0.0, 0.0)]
        melon.add("rind", lathe(outer, sides=28), rind, crease_deg=CREASE_DEG)
        melon.add("pale rind", cylinder(r * 0.97, 0.002, sides=28), pale)
        melon.add("flesh", cylinder(r * 0.9, 0.005, sides=28), flesh)
        places = [
            (r * s * np.cos(a), 0.005, r * s * np.sin(a)) for s in (0.4, 0.65) for a in np.arange(0, 6.2, 0.7)
        ]
        melon.add("seed", ellipsoid(0.0035, 0.003, 0.006, sides=6), SEED, places)
        return melon
    depth, half = (0.022, 90.0) if style == "slice" else (draw.between(0.05, 0.08), draw.between(35, 55))
    if style == "wedge" and draw.chance(0.5):
        depth = 0.025
    for label, stuff, size, extra in (
        ("rind", rind, 1.0, 0.0), ("pale rind", pale, 0.93, 0.002), ("flesh", flesh, 0.87, 0.004),
    ):  # fmt: skip
        arc = sector(r * size, -90 - half, -90 + half, steps=14)
        outline = arc if half > 89 else np.concatenate([arc, [[0.0, 0.0]]])
        melon.add(label, extrusion(outline, depth + extra), stuff)
    seeds = ellipsoid(0.0035, 0.006, depth / 2 + 0.004, sides=6)
    spread = np.radians(np.linspace(-half * 0.75, half * 0.75, draw.whole(4, 7)) - 90)
    share = [0.65 if i % 2 else 0.45 for i in range(len(spread))]
    melon.add(
        "seed",
        seeds,
        SEED,
        [(r * s * np.cos(a), r * s * np.sin(a), 0) for a, s in zip(spread, share, strict=True)],
    )
    return melon


def _whole_melon(melon: Assembly, draw: Draw, rind: Material, r: float, crease: float) -> None:
    """Round or long, with wavy dark stripes from end to end."""
    long = draw.pick(1.0, 1.0, 1.25, 1.45)
    melon.add("rind", ellipsoid(r * long, r, r, sides=24), rind, crease_deg=crease)
    count, dark = draw.whole(7, 11), lighter(rind, -0.45)
    t = np.linspace(0.12, np.pi - 0.12, 16)
    for i in range(count):
        turn = 2 * np.pi * i / count + 0.16 * np.sin(5 * t + i)
        ring = np.sin(t)
        path = np.column_stack([long * np.cos(t), ring * np.cos(turn), ring * np.sin(turn)]) * r * 0.97
        melon.add("stripe", tube(path, [0.004, 0.011, 0.004], sides=6), dark)
    if draw.chance(0.6):
        melon.add("stalk", tube(spline([(r * long - 0.003, 0, 0), (r * long + 0.015, 0.01, 0), (r * long + 0.02, 0.028, 0)], 6),
                                [0.006, 0.004], sides=6), STALK)  # fmt: skip


def strawberry(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("red", "#d0393d"), ("red", "#c42f3a"), ("red", "#e0525a"), ("pink", "#e58a92"))
    )
    style = draw.pick("heart-shaped", "conical", "round")
    berry = Assembly({"style": style, "colour": skin.name})
    berry.proportions = draw.stretch(0.1, "xz", "y")
    profile = {
        "heart-shaped": [
            (0, 0),
            (0.35, 0.06),
            (0.66, 0.3),
            (0.9, 0.62),
            (1, 0.9),
            (0.92, 1.1),
            (0.6, 1.24),
            (0, 1.2),
        ],
        "conical": [
            (0, 0),
            (0.22, 0.05),
            (0.5, 0.45),
            (0.78, 0.95),
            (0.88, 1.25),
            (0.75, 1.42),
            (0.4, 1.5),
            (0, 1.5),
        ],
        "round": [(0, 0), (0.5, 0.08), (0.85, 0.4), (1, 0.8), (0.9, 1.15), (0.6, 1.35), (0, 1.38)],
    }[style]
    r, crease = 0.016, _crease(draw)
    sides = 10 if crease == 0 else 20
    points = np.array(profile) * r
    berry.add("fruit", lathe([(float(a), float(b)) for a, b in points], sides=sides), skin, crease_deg=crease)
    if draw.chance(0.85):
        places: list[Point] = []
        for row, share in enumerate(np.linspace(0.18, 0.85, 5)):
            y = share * points[-1, 1]
            wide = float(np.interp(y, points[:-1, 1], points[:-1, 0])) * (0.96 if crease == 0 else 0.995)
            count = max(4, round(9 * wide / r))
            angles = 2 * np.pi * (np.arange(count) + 0.5 * (row % 2)) / count
            places += [(float(wide * np.cos(a)), float(y), float(wide * np.sin(a))) for a in angles]
        berry.add("seed", ellipsoid(0.0008, 0.0012, 0.0008, sides=6), material("seed", "#ecd07a"), places)
    top = float(points[-1, 1])
    leaf = _blade(r * draw.between(0.8, 1.15), r * 0.5, 0.12, draw.between(0.0, 0.35)).moved(y=top)
    berry.spin("leaf", leaf, LEAF, draw.whole(5, 8))
    berry.add("stalk", tube(spline([(0, top, 0), (0, top + 0.006, 0.001), (0.003, top + 0.012, 0.002)], 6),
                            [0.0016, 0.001], sides=6), LEAF)  # fmt: skip
    return berry


def pineapple(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("yellow", "#dba83e"), ("orange", "#cf8a38"), ("brown", "#a8763a"), ("green", "#9b9a48"))
    )
    style = draw.pick("knobbly", "latticed", "plain")
    fruit = Assembly({"style": style, "colour": skin.name})
    fruit.proportions = draw.stretch(0.1, "xz", "y")
    r, h = 0.062, draw.between(0.075, 0.095)
    fruit.add(
        "fruit",
        ellipsoid(r, h, r, sides=18),
        skin,
        [(0, h, 0)],
        crease_deg=0 if style == "plain" else CREASE_DEG + 20,
    )
    rows, around = 9, 11
    shares = np.linspace(-0.82, 0.82, rows)
    if style == "knobbly":
        places = [
            (
                float(r * np.sqrt(1 - s * s) * np.cos(a)),
                float(h + h * s),
                float(r * np.sqrt(1 - s * s) * np.sin(a)),
            )
            for i, s in enumerate(shares)
            for a in 2 * np.pi * (np.arange(around) + 0.5 * (i % 2)) / around
        ]
        fruit.add("knob", ellipsoid(0.012, 0.009, 0.012, sides=6), lighter(skin, -0.12), places)
    elif style == "latticed":
        t = np.linspace(-0.95, 0.95, 14)
        for i in range(8):
            for way in (-1, 1):
                a = 2 * np.pi * i / 8 + way * 2.0 * t
                ring = r * 0.995 * np.sqrt(1 - t * t)
                path = np.column_stack([ring * np.cos(a), h + h * 0.995 * t, ring * np.sin(a)])
                fruit.add("groove", tube(path, 0.0022, sides=4), lighter(skin, -0.4))
    levels, green = draw.whole(3, 4), material(*draw.pick(("green", "#4f8a46"), ("teal", "#4a8a6a")))
    for level in range(levels):
        steep = 20 + 55 * (level + 0.4) / levels
        blade = _blade(0.1 - 0.008 * level, 0.026, 0.0, draw.between(0.1, 0.3)).turned("x", -steep)
        fruit.spin(
            "crown leaf",
            blade.moved(y=2 * h - 0.008 + 0.006 * level),
            lighter(green, 0.06 * level),
            8 - level,
            start=22.0 * level,
        )
    return fruit


def grapes(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("purple", "#6b4390"), ("green", "#a3bd5c"), ("red", "#8e3350"), ("blue", "#43457f")),
        roughness=0.35,
    )
    bunch = Assembly({"style": "bunch", "colour": skin.name})
    bunch.proportions = draw.stretch(0.12, "xz", "y")
    r, rows = 0.0105, draw.whole(5, 8)
    crease, sides = _crease(draw), draw.pick(8, 10, 12)
    places: list[Point] = [(0, 0, 0)]
    for row in range(1, rows):
        wide = r * 0.95 * min(row, 2.6 + 0.15 * row) * (0.75 if row == rows - 1 else 1.0)
        count = max(3, round(2 * np.pi * wide / (1.9 * r)))
        for a in 2 * np.pi * np.arange(count) / count + 0.6 * row:
            jitter = draw.between(-0.25, 0.25) * r
            places.append((float(wide * np.cos(a)), row * r * 1.5 + jitter, float(wide * np.sin(a))))
    bunch.add("grape", sphere(r, sides=sides), skin, places, crease_deg=crease)
    top = rows * r * 1.5
    bunch.add("filling", cone(r * 2.2, top, sides=8).scaled(1, -1, 1).moved(y=top), lighter(skin, -0.3))
    stem = spline([(0, top - 0.01, 0), (0.002, top + 0.012, 0), (0.01, top + 0.03, 0)], 7)
    bunch.add("stem", tube(stem, [0.0028, 0.0024, 0.0032], sides=6), material("stem", "#7d6440"))
    leafy = draw.chance(0.65)
    bunch.attributes["leafy"] = leafy
    if leafy:
        angles = np.radians(np.linspace(-160, 160, 21))
        reach = 0.03 * (0.72 + 0.28 * np.cos(np.linspace(0, 10 * np.pi, 21)))
        outline = np.column_stack([reach * np.sin(angles), reach * np.cos(angles)])
        leaf = extrusion(outline, 0.002).turned("x", 65).turned("z", 18).moved(-0.024, top + 0.006, 0.008)
        bunch.add("leaf", leaf, LEAF)
    return bunch


def tomato(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(
            ("red", "#cf3f33"),
            ("red", "#d9503c"),
            ("orange", "#dd7b37"),
            ("yellow", "#e2b540"),
            ("green", "#86a24d"),
        ),
        roughness=0.3,
    )
    style = draw.pick("round", "beefsteak", "plum", "slice")
    tomato = Assembly({"style": style, "colour": skin.name})
    tomato.proportions = draw.stretch(0.08, "xz", "y")
    r = 0.036
    if style == "slice":
        tomato.add("skin", cylinder(r, 0.009, sides=24), skin)
        tomato.add("flesh", cylinder(r * 0.9, 0.0096, sides=24).moved(y=-0.0003), lighter(skin, 0.25))
        cell = ellipsoid(r * 0.2, 0.0055, r * 0.3, sides=10).moved(0, 0.0048, r * 0.55)
        tomato.spin("seed pocket", cell, material("jelly", "#e3a24a", roughness=0.3), draw.whole(4, 6))
        return tomato
    crease = _crease(draw)
    ball = sphere(1.0, sides=12 if crease == 0 else 24)
    turn = np.arctan2(ball.vertices[:, 2], ball.vertices[:, 0])
    lobes = (0.05 if style == "beefsteak" else 0.012) * np.cos(draw.whole(5, 7) * turn)
    dent = (
        0.22
        * np.exp(-((ball.vertices[:, 0] ** 2 + ball.vertices[:, 2] ** 2) / 0.12))
        * (ball.vertices[:, 1] > 0)
    )
    high = {"round": 0.88, "beefsteak": 0.72, "plum": 1.3}[style]
    around = np.hypot(ball.vertices[:, 0], ball.vertices[:, 2])
    shaped = ball.vertices * (1 + lobes * around)[:, None]
    shaped[:, 1] = (shaped[:, 1] - dent) * high
    tomato.add("fruit", Solid(shaped * r, ball.faces), skin, crease_deg=crease)
    top = 0.8 * high * r
    sepal = _blade(r * draw.between(0.55, 0.8), r * 0.24, 0.22, draw.between(0.05, 0.3)).moved(y=top)
    tomato.spin("sepal", sepal, LEAF, draw.whole(5, 6))
    tomato.add("stalk", tube([(0, top, 0), (0.002, top + 0.012, 0.001)], [0.003, 0.0022], sides=6), LEAF)
    return tomato


def corn(draw: Draw) -> Assembly:
    kernel = material(
        *draw.pick(("yellow", "#e6bd48"), ("yellow", "#edcb62"), ("cream", "#eadcae"), ("orange", "#d99a3c")),
        roughness=0.45,
    )
    style = draw.pick("in husk", "bare cob", "peeled")
    corn = Assembly({"style": style, "colour": kernel.name})
    corn.proportions = draw.stretch(0.1, "xz", "y")
    h, r = draw.between(0.17, 0.2), 0.025
    profile = [(0.0, 0.0), (r * 0.85, 0.0), (r, h * 0.25), (r * 0.95, h * 0.6), (r * 0.6, h * 0.88), (0.0, h)]
    corn.add("cob", lathe(profile, sides=16), lighter(kernel, -0.1), crease_deg=_crease(draw))
    if draw.chance(0.75):
        heights, radii = np.array([p[1] for p in profile[1:]]), np.array([p[0] for p in profile[1:]])
        places = [
            (float(w * np.cos(a)), float(y), float(w * np.sin(a)))
            for i, y in enumerate(np.linspace(0.01, h * 0.94, 18))
            for w in [float(np.interp(y, heights, radii))]
            for a in 2 * np.pi * (np.arange(12) + 0.5 * (i % 2)) / 12
        ]
        corn.add("kernel", ellipsoid(0.0062, 0.0052, 0.0062, sides=6), kernel, places)
    husk = material(*draw.pick(("green", "#7fa84e"), ("light green", "#a3bd66"), ("tan", "#cdb87c")))
    if style != "bare cob":
        count, out = draw.whole(3, 5), 0.028 if style == "in husk" else 0.075
        spread = [
            (0, 0.0, 0.012),
            (0, h * 0.3, 0.03),
            (0, h * 0.58, out),
            (0, h * (0.86 if style == "in husk" else 0.5), out * 1.15),
        ]
        path = (
            spread
            if style == "in husk"
            else [spread[0], (0, h * 0.22, 0.036), (0, h * 0.36, 0.06), (0, h * 0.3, 0.1)]
        )
        corn.spin("husk", _husk(path), husk, count, start=30)
    corn.add("stalk", cylinder(0.01, 0.02, top=0.013, sides=8), husk, [(0, -0.018, 0)])
    if style == "in husk" and draw.chance(0.5):
        wisps = [
            tube(
                spline([(0, h - 0.01, 0), (0.006 * i, h + 0.012, 0.004), (0.014 * i, h + 0.02, 0.01)], 5),
                0.0012,
                sides=4,
            )
            for i in (-1, 0, 1)
        ]
        corn.add("silk", merged(*wisps), material("silk", "#c9a465"))
    return corn


def _husk(path: Sequence[Point]) -> Solid:
    """One husk leaf: a cupped blade along a path in the plane x = 0."""
    line = spline(path, 9)
    wide = np.array([0.012, 0.022, 0.027, 0.028, 0.026, 0.022, 0.016, 0.009, 0.001])
    cup = np.array(
        [(-1, -0.4), (-0.5, 0.0), (0, 0.12), (0.5, 0.0), (1, -0.4), (0.5, -0.08), (0, 0.02), (-0.5, -0.08)]
    )
    along = np.gradient(line, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.cross(along, [1.0, 0.0, 0.0]) * -1
    rings = line[:, None] + wide[:, None, None] * (
        cup[None, :, :1] * np.array([1.0, 0.0, 0.0]) + cup[None, :, 1:] * out[:, None]
    )
    return loft(rings)
