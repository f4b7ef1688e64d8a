"""Treasures: what a game gives its finders."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    STONES,
    any_metal,
    any_paint,
    any_wood,
    lighter,
    material,
    metal,
    paint,
    stone,
)  # fmt: skip
from polyseek.procedural.polygons import star
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip


def key(draw: Draw) -> Assembly:
    body = any_metal(draw)
    style = draw.pick("ring", "trefoil", "heart")
    key = Assembly({"style": style, "material": body.name})
    long, r = draw.between(0.07, 0.1), 0.005
    key.add("shaft", cylinder(r, long, sides=14), body)
    key.add(
        "collar",
        torus(r * 1.25, r * 0.45, sides=16, around=8),
        body,
        [(0, long * 0.93, 0), (0, long * 0.84, 0)],
    )
    ring = torus(0.016, 0.0042, sides=26, around=8).turned("x", 90)
    if style == "ring":
        key.add("bow", ring.scaled(1.25, 1.0, 1), body, [(0, long + 0.016, 0)])
    elif style == "trefoil":
        key.add(
            "bow",
            ring.scaled(0.75),
            body,
            [(-0.014, long + 0.01, 0), (0.014, long + 0.01, 0), (0, long + 0.029, 0)],
        )
    else:
        heart = [
            (0, long, 0),
            (-0.022, long + 0.02, 0),
            (-0.012, long + 0.037, 0),
            (0, long + 0.026, 0),
            (0.012, long + 0.037, 0),
            (0.022, long + 0.02, 0),
            (0, long, 0),
        ]
        key.add("bow", tube(spline(heart, 32), 0.004, sides=8), body)
    teeth = draw.whole(2, 4)
    for i in range(teeth):
        key.add(
            "tooth",
            box(draw.between(0.01, 0.02), 0.0055, 0.004).moved(0.009),
            body,
            [(0, 0.004 + 0.009 * i, 0)],
        )
    key.add("bit", box(0.009, 0.009 * teeth, 0.0038), body, [(0.006, 0.003, 0)])
    return key


def potion(draw: Draw) -> Assembly:
    tint = draw.pick(
        ("red", "#c23a4b"),
        ("blue", "#3f78c4"),
        ("green", "#58a552"),
        ("purple", "#8657b5"),
        ("yellow", "#e2b93e"),
        ("pink", "#dc7ba6"),
    )
    style = draw.pick("round", "flask", "square")
    potion = Assembly({"colour": tint[0], "style": style, "material": "glass"})
    r, neck = draw.between(0.05, 0.065), draw.between(0.016, 0.02)
    if style == "round":
        h = 2 * r
        wall = [(0, 0), (r * 0.5, 0)] + [
            (r * math.sin(t), r - r * math.cos(t)) for t in np.linspace(0.6, 2.75, 12)
        ]
    elif style == "flask":
        h = r * 2.1
        wall = [(0, 0), (r * 0.95, 0), (r * 1.08, r * 0.1), (r * 1.05, r * 0.25), (neck * 1.3, h * 0.95)]
    else:
        h = r * 2.0
        wall = [(0, 0), (r, 0), (r * 1.05, r * 0.1), (r * 1.05, h * 0.82), (neck * 1.4, h)]
    sides = 4 if style == "square" else 30
    outer = [
        *wall,
        (neck, h + 0.01),
        (neck, h + 0.045),
        (neck * 1.35, h + 0.05),
        (neck * 1.35, h + 0.058),
        (0, h + 0.058),
    ]
    shell = lathe(outer, sides=sides)
    potion.add("bottle", shell.turned("y", 45), material("glass", "#d5e6ea", roughness=0.05, opacity=0.4))
    level = draw.between(0.55, 0.85)
    inside = [(x * 0.92, y * 0.92 + r * 0.05) for x, y in wall if y <= h * level]
    edge = float(np.interp(h * level, [y for _, y in wall], [x for x, _ in wall])) * 0.92
    potion.add(
        "liquid",
        lathe([*inside, (edge, h * level)], sides=sides).turned("y", 45),
        material(tint[0], tint[1], roughness=0.2, glow=0.15),
    )
    potion.add(
        "cork",
        cylinder(neck * 0.85, 0.03, top=neck, sides=18),
        material("cork", "#c39a63", roughness=1),
        [(0, h + 0.042, 0)],
    )
    if draw.chance(0.6):
        potion.add(
            "twine",
            torus(neck * 1.08, 0.003, sides=20, around=6),
            paint("cream"),
            [(0, h + 0.014, 0), (0, h + 0.019, 0)],
        )
        tag = rounded_box(r * 0.8, r * 0.55, 0.003, 0.001).turned("z", -12)
        potion.add(
            "tag", tag, paint("cream"), [(r * 0.1, h * 0.35, r * (0.8 if style == "square" else 1.04))]
        )
    return potion


def crown(draw: Draw) -> Assembly:
    gold, jewel = (
        metal(draw.pick("gold", "silver", "brass")),
        any_paint(draw, "white", "black", "brown", "cream", "grey"),
    )
    lined = draw.chance(0.5)
    crown = Assembly({"material": gold.name, "colour": jewel.name, "lined": lined})
    r, h, points = 0.1, draw.between(0.06, 0.09), draw.pick(5, 6, 8)
    steps = points * 4
    angles = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    rise = h * np.array([1.0, 0.62, 0.45, 0.62])[np.arange(steps) % 4]

    def ring(radius: float, y: np.ndarray | float, flare: float) -> np.ndarray:
        wide = radius * (1 + flare * np.broadcast_to(y, steps) / h)
        return np.column_stack([wide * np.cos(angles), np.broadcast_to(y, steps), wide * np.sin(angles)])

    rings = [ring(r, 0.0, 0.15), ring(r, rise, 0.15), ring(r * 0.95, rise, 0.15), ring(r * 0.95, 0.0, 0.15)]
    crown.add("band", loft(np.stack(rings), loop=True), gold)
    crown.add("rim", torus(r * 0.985, 0.008, sides=36, around=8), gold, [(0, 0.006, 0)])
    crown.spin("point", sphere(0.011, sides=12).moved(r * 1.12, h + 0.006), gold, points)
    crown.spin("jewel", ellipsoid(0.006, 0.013, 0.01, sides=10).moved(r * 1.04, h * 0.33), jewel, points)
    if lined:
        cap = lathe([(r * 0.93, 0.01), (r * 0.96, h * 0.5), (r * 0.6, h * 0.85), (0, h * 0.8)], sides=30)
        crown.add("lining", cap, paint(draw.pick("red", "purple", "navy")))
    return crown


def gem(draw: Draw) -> Assembly:
    tint = draw.pick(
        ("ruby", "#c4364a"),
        ("emerald", "#3d9a63"),
        ("sapphire", "#3b6cc0"),
        ("amethyst", "#8c5bb8"),
        ("topaz", "#e0a83a"),
        ("diamond", "#cfe6ee"),
    )
    style = draw.pick("brilliant", "crystal", "emerald-cut")
    gem = Assembly({"style": style, "stone": tint[0]})
    skin = material(tint[0], tint[1], roughness=0.08)
    r = draw.between(0.03, 0.06)
    if style == "brilliant":
        gem.add(
            "gem",
            lathe(
                [(0, 0), (r, r * 0.85), (r, r * 0.92), (r * 0.55, r * 1.25), (0, r * 1.25)],
                sides=draw.pick(8, 10),
            ),
            skin,
            crease_deg=5,
        )
    elif style == "emerald-cut":
        outer = (
            np.array(
                [
                    (1, 0.55),
                    (0.75, 0.8),
                    (-0.75, 0.8),
                    (-1, 0.55),
                    (-1, -0.55),
                    (-0.75, -0.8),
                    (0.75, -0.8),
                    (1, -0.55),
                ]
            )
            * r
        )
        levels = [(0.25, 0.0), (0.75, r * 0.5), (1.0, r * 0.8), (0.85, r * 1.0), (0.62, r * 1.1)]
        gem.add(
            "gem",
            loft(
                np.stack(
                    [np.column_stack([outer[:, 0] * s, np.full(8, y), outer[:, 1] * s]) for s, y in levels]
                )
            ),
            skin,
            crease_deg=5,
        )
    else:
        for i in range(draw.whole(4, 7)):
            long, wide = r * draw.between(1.6, 3.2), r * draw.between(0.35, 0.55)
            point = lathe([(wide * 0.8, 0), (wide, long * 0.75), (0, long)], sides=6)
            lean = 0.0 if i == 0 else draw.between(15, 40)
            gem.add(
                "crystal",
                point.turned("z", lean).turned("y", 360 * i / 6 + draw.between(-20, 20)),
                lighter(skin, 0.15 * (i % 3)),
                crease_deg=5,
            )
        gem.add("matrix", ellipsoid(r * 1.1, r * 0.4, r * 1.1, sides=10), stone("slate"))
    return gem


def coin(draw: Draw) -> Assembly:
    body = metal(draw.pick("gold", "silver", "copper", "brass"))
    count = draw.pick(1, 6, 12)
    coin = Assembly({"material": body.name, "style": "single" if count == 1 else "stack"})
    coin.proportions = draw.stretch(0.2, "xyz")
    r, thick = 0.03, 0.006
    disc = lathe(
        [
            (0, 0.0008),
            (r * 0.86, 0.0008),
            (r * 0.86, 0),
            (r, 0),
            (r, thick),
            (r * 0.86, thick),
            (r * 0.86, thick - 0.0008),
            (0, thick - 0.0008),
        ],
        sides=36,
    )
    emblem = extrusion(star(5, r * 0.6, r * 0.26), 0.0016)
    if count == 1:
        coin.add("coin", disc.turned("x", 90).moved(0, r, 0), body)
        coin.add("emblem", emblem.moved(0, r, thick - 0.0004), lighter(body, 0.3))
        return coin
    height = 0
    for i in range(count):
        if i == count // 2 + 1:
            height = 0
        x = 0.0 if i <= count // 2 else 0.055
        coin.add(
            "coin",
            disc,
            lighter(body, (0.0, 0.12)[i % 2]),
            [(x + draw.between(-0.004, 0.004), thick * height, draw.between(-0.004, 0.004))],
        )
        height += 1
    coin.add(
        "emblem", emblem.turned("x", -90), lighter(body, 0.3), [(0, thick * (count // 2 + 1) - 0.0004, 0)]
    )
    coin.add("coin", disc.turned("x", 62).moved(-0.045, r * 0.9, 0.03), lighter(body, 0.2))
    return coin


def torch(draw: Draw) -> Assembly:
    wood, iron = any_wood(draw), metal(draw.pick("iron", "brass", "copper"))
    lit = draw.chance(0.7)
    torch = Assembly({"style": "burning" if lit else "unlit", "wood": wood.name})
    h = draw.between(0.35, 0.5)
    torch.add("shaft", cylinder(0.016, h, top=0.024, sides=12), wood)
    torch.add(
        "cup",
        lathe(
            [
                (0.02, h - 0.05),
                (0.035, h),
                (0.05, h + 0.06),
                (0.042, h + 0.06),
                (0.03, h + 0.01),
                (0, h + 0.01),
            ],
            sides=14,
        ),
        iron,
    )
    torch.add("ring", torus(0.036, 0.007, sides=18, around=8), iron, [(0, h - 0.005, 0), (0, h - 0.06, 0)])
    torch.add("pitch", ellipsoid(0.036, 0.04, 0.036, sides=14), paint("black"), [(0, h + 0.045, 0)])
    if lit:
        for wide, tall, hue, y in ((0.055, 0.2, "#e2762d", 0.02), (0.036, 0.14, "#f3b23c", 0.06)):
            flame = lathe(
                [
                    (0, 0),
                    (wide * 0.75, tall * 0.12),
                    (wide, tall * 0.3),
                    (wide * 0.5, tall * 0.65),
                    (0, tall),
                ],
                sides=14,
            )
            bent = flame.vertices.copy()
            bent[:, 0] += 0.02 * np.sin(bent[:, 1] / tall * 4)
            torch.add(
                "flame",
                Solid(bent, flame.faces),
                material("flame", hue, glow=0.9),
                [(0, h + y, 0)],
                crease_deg=70,
            )
    return torch


def rock(draw: Draw) -> Assembly:
    skin = stone(draw.pick(*STONES))
    count = draw.pick(1, 1, 3)
    mossy = draw.chance(0.3)
    rock = Assembly({"style": "cluster" if count > 1 else "boulder", "material": skin.name, "mossy": mossy})
    for i in range(count):
        size = draw.between(0.3, 0.6) if i == 0 else draw.between(0.15, 0.28)
        ball = sphere(1.0, sides=16)
        points = ball.vertices
        for _ in range(9):
            # Each cut pushes what lies beyond a random plane back onto it: facets, as broken stone has.
            normal = draw.rng.normal(size=3)
            normal /= np.linalg.norm(normal)
            beyond = np.clip(points @ normal - draw.between(0.55, 0.85), 0, None)
            points = points - beyond[:, None] * normal
        stretch = np.array([draw.between(0.8, 1.3), draw.between(0.6, 0.9), draw.between(0.8, 1.2)]) * size
        solid = (
            Solid(points * stretch, ball.faces)
            .stood()
            .turned("y", draw.between(0, 360))
            .moved(0, -0.06 * size)
        )
        x, z = (0.0, 0.0) if i == 0 else (0.55 * math.cos(2.4 * i), 0.55 * math.sin(2.4 * i))
        rock.add(
            "rock",
            solid.turned("y", draw.between(0, 360)),
            lighter(skin, 0.1 * i),
            [(x, 0, z)],
            crease_deg=20,
        )
        if mossy and i == 0:
            # The rock's own upper side, raised a little: moss lies on it and ends where it steepens.
            low = np.quantile(solid.vertices[:, 1], 0.62)
            cap = solid.vertices * [1.03, 1.0, 1.03]
            cap[:, 1] = np.where(cap[:, 1] > low, cap[:, 1] + 0.03 * size, low - 0.05 * size)
            rock.add("moss", Solid(cap, solid.faces), material("moss", "#6f8f4f", roughness=1), [(x, 0, z)])
    return rock
