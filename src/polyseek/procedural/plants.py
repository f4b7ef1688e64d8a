"""Plants: trees, flowers and what grows in pots."""

from __future__ import annotations

import math

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, sweep, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob, leaf_blade
from polyseek.procedural.palette import LEAVES, any_paint, leaf, lighter, material, paint, wood
from polyseek.procedural.solids import Solid, cone, cylinder, ellipsoid, lathe, sphere, torus


def _leaves(draw: Draw) -> Material:
    season = draw.pick("summer", "summer", "summer", "autumn")
    if season == "summer":
        return leaf(draw.pick(*LEAVES))
    return material("autumn", draw.pick("#d08a3e", "#c45d3a", "#d8b04a"), roughness=0.9)


def tree(draw: Draw) -> Assembly:
    crown, bark = _leaves(draw), wood(draw.pick("oak", "walnut", "ebony"))
    style = draw.pick("round", "tall", "spreading")
    tree = Assembly({"style": style, "season": "autumn" if crown.name == "autumn" else "summer"})
    h = draw.between(3.5, 6.0)
    trunk = h * {"round": 0.45, "tall": 0.3, "spreading": 0.45}[style]
    thick = h * 0.035
    bend = draw.between(-0.2, 0.2)
    tree.add(
        "trunk",
        tube(
            spline([(0, 0, 0), (bend * 0.4, trunk * 0.5, 0), (bend, trunk * 1.35, 0)], 8),
            [thick * 1.6, thick, thick * 0.6],
        ),
        bark,
    )
    for _ in range(draw.whole(2, 4)):
        turn = draw.between(0, 360)
        branch = tube(
            [(bend * 0.5, trunk * 0.75, 0), (bend + h * 0.13, trunk * 1.15, 0)],
            [thick * 0.6, thick * 0.3],
            sides=8,
        )
        tree.add("branch", branch.turned("y", turn), bark)
    wide = {"round": 0.27, "tall": 0.17, "spreading": 0.27}[style] * h
    shades = (crown, lighter(crown, 0.12), lighter(crown, -0.1))
    top = trunk + (h - trunk) * 0.5
    count = draw.whole(5, 8)
    for i in range(count):
        turn, t = 2.4 * i, (i + 0.5) / count
        if style == "tall":
            place = (
                bend + wide * 0.25 * math.cos(turn),
                trunk + (h - trunk) * t * 0.85,
                wide * 0.25 * math.sin(turn),
            )
            size = wide * (1.15 - 0.6 * t)
        elif style == "spreading":
            place = (
                bend + wide * 0.85 * math.cos(turn),
                top - 0.1 * h + 0.12 * h * draw.between(0, 1),
                wide * 0.85 * math.sin(turn),
            )
            size = wide * draw.between(0.5, 0.75)
        else:
            place = (
                bend + wide * 0.5 * math.cos(turn),
                top + wide * 0.7 * (t - 0.4),
                wide * 0.5 * math.sin(turn),
            )
            size = wide * draw.between(0.6, 0.8)
        tree.add("foliage", blob(draw, size), shades[i % 3], [place], crease_deg=60)
    return tree


def conifer(draw: Draw) -> Assembly:
    needles, snowy = leaf(draw.pick("dark green", "green", "olive")), draw.chance(0.3)
    festive = not snowy and draw.chance(0.25)
    conifer = Assembly({"style": "snowy" if snowy else "christmas" if festive else "plain"})
    h, tiers = draw.between(2.5, 5.5), draw.whole(3, 6)
    r = h * draw.between(0.2, 0.3)
    conifer.add("trunk", cylinder(h * 0.035, h * 0.25, sides=12), wood("walnut"))
    for i in range(tiers):
        t = i / tiers
        wide, tall = r * (1 - 0.75 * t), h * 0.85 / tiers * 1.7
        y = h * 0.15 + h * 0.85 * t * 0.9
        tier = lathe([(0, tall * 0.1), (wide, 0), (wide * 0.45, tall * 0.42), (0, tall)], sides=18)
        conifer.add("tier", tier, lighter(needles, 0.1 * (i % 2)), [(0, y, 0)])
        if snowy:
            cap = lathe(
                [(wide * 0.6, tall * 0.3), (wide * 0.47, tall * 0.44), (0, tall * 1.04), (0, tall * 0.3)],
                sides=18,
            )
            conifer.add("snow", cap, paint("white"), [(0, y, 0)])
        if festive:
            for k in range(6):
                turn = 2 * math.pi * k / 6 + i
                ball = any_paint(draw, "green", "black", "brown")
                conifer.add(
                    "bauble",
                    sphere(h * 0.02, sides=12),
                    ball,
                    [(wide * 0.96 * math.cos(turn), y + 0.01, wide * 0.96 * math.sin(turn))],
                )
    if festive:
        conifer.add(
            "star", sphere(h * 0.035, sides=8), material("gold", "#e8c14f", glow=0.3), [(0, h * 1.02, 0)]
        )
    return conifer


def palm(draw: Draw) -> Assembly:
    green, bark = leaf(draw.pick("green", "light green", "olive")), wood(draw.pick("oak", "walnut"))
    nuts = draw.chance(0.5)
    palm = Assembly({"style": "coconut" if nuts else "plain"})
    h, lean = draw.between(3.5, 5.5), draw.between(0.1, 1.0)
    path = spline([(0, 0, 0), (lean * 0.2, h * 0.4, 0), (lean, h, 0)], 12)
    palm.add("trunk", tube(path, [0.2, 0.13, 0.11, 0.13]), bark)
    for x, y, z in path[1:-1]:
        palm.add(
            "trunk ring",
            torus(0.135, 0.025, sides=12, around=6),
            lighter(bark, -0.15),
            [(float(x), float(y), float(z))],
        )
    count = draw.whole(7, 10)
    for i in range(count):
        frond = leaf_blade(draw.between(1.5, 2.0), 0.5, droop=draw.between(0.3, 0.7), fold=0.35)
        palm.add(
            "frond",
            frond.turned("y", 360 * i / count + draw.between(-12, 12)),
            lighter(green, 0.12 * (i % 2)),
            [(lean, h, 0)],
        )
    if nuts:
        palm.add(
            "coconut",
            sphere(0.13, sides=14),
            wood("walnut"),
            [(lean + 0.16 * math.cos(a), h - 0.1, 0.16 * math.sin(a)) for a in (0, 2.1, 4.2)],
        )
    return palm


def cactus(draw: Draw) -> Assembly:
    green = leaf(draw.pick("green", "dark green", "olive"))
    style = draw.pick("saguaro", "saguaro", "barrel")
    cactus = Assembly({"style": style})
    potted = draw.chance(0.5)
    if potted:
        cactus.attributes["potted"] = True

    def ribbed(path: np.ndarray, radius: float) -> Solid:
        angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        section = (
            np.column_stack([np.cos(angles), np.sin(angles)])
            * np.where(np.arange(24) % 2, 0.86, 1.0)[:, None]
        )
        scale = radius * np.sqrt(np.clip(1 - np.linspace(-0.35, 1, len(path)).clip(0.55, None) ** 8, 0.02, 1))
        return sweep(path, section[None] * scale[:, None, None])

    base = 0.0
    if potted:
        clay, base = material("clay", "#b9694a", roughness=0.9), 0.26
        cactus.add(
            "pot",
            lathe(
                [
                    (0, 0),
                    (0.15, 0),
                    (0.2, 0.24),
                    (0.23, 0.24),
                    (0.23, 0.32),
                    (0.19, 0.32),
                    (0.19, 0.28),
                    (0, 0.28),
                ],
                sides=28,
            ),
            clay,
        )
    if style == "barrel":
        r = 0.17 if potted else 0.3
        ball = sphere(1.0, sides=28)
        angle = np.arctan2(ball.vertices[:, 2], ball.vertices[:, 0])
        ribs = 1 + 0.06 * np.cos(14 * angle)
        cactus.add(
            "stem",
            Solid(ball.vertices * [r, r * 0.9, r] * ribs[:, None] ** [1, 0, 1], ball.faces),
            green,
            [(0, base + r * 0.85, 0)],
        )
        cactus.add(
            "flower",
            blob(draw, r * 0.3),
            paint(draw.pick("pink", "yellow", "red")),
            [(0, base + r * 1.75, 0)],
        )
        return cactus
    h, r = (0.7, 0.1) if potted else (draw.between(1.6, 2.4), 0.19)
    cactus.add("stem", ribbed(spline([(0, base, 0), (0, base + h * 0.5, 0), (0, base + h, 0)], 14), r), green)
    for i in range(draw.whole(1, 3)):
        y, reach = base + h * draw.between(0.3, 0.5), r * 2.3
        arm = spline(
            [
                (0, y, 0),
                (reach * 0.8, y + 0.02, 0),
                (reach, y + r * 1.2, 0),
                (reach, y + h * draw.between(0.25, 0.4), 0),
            ],
            16,
        )
        cactus.add(
            "arm", ribbed(arm, r * 0.68).turned("y", 180 * i + draw.between(-25, 25)), lighter(green, 0.08)
        )
    if draw.chance(0.5):
        cactus.add(
            "flower", blob(draw, r * 0.45), paint(draw.pick("pink", "yellow", "red")), [(0, base + h, 0)]
        )
    return cactus


def flower(draw: Draw) -> Assembly:
    style = draw.pick("daisy", "tulip", "sunflower")
    bloom = {
        "daisy": paint(draw.pick("white", "pink", "yellow", "purple")),
        "tulip": paint(draw.pick("red", "pink", "yellow", "purple", "orange")),
        "sunflower": paint("yellow"),
    }[style]
    flower = Assembly({"style": style, "colour": bloom.name})
    green, h = leaf(draw.pick("green", "light green")), draw.between(0.35, 0.55)
    flower.add("stem", tube(spline([(0, 0, 0), (0.015, h * 0.5, 0), (0, h, 0)], 8), 0.006, sides=8), green)
    for i in range(2):
        flower.add(
            "leaf",
            leaf_blade(h * 0.45, 0.07, droop=0.1).turned("y", 180 * i + draw.between(-30, 30)),
            green,
            [(0, h * 0.15 * (i + 1), 0)],
        )
    if style == "tulip":
        for i in range(6):
            petal = ellipsoid(0.03, 0.05, 0.012, sides=12).turned("x", 10).moved(0, 0.045, 0.022)
            flower.add("petal", petal.turned("y", 60 * i), lighter(bloom, 0.1 * (i % 2)), [(0, h - 0.005, 0)])
        return flower
    size = 0.13 if style == "sunflower" else draw.between(0.07, 0.1)
    petals, tilt = (18 if style == "sunflower" else draw.whole(8, 13)), draw.between(25, 50)
    heart = material("heart", "#5f4330" if style == "sunflower" else "#e2b23f", roughness=0.9)
    disc = size * (0.45 if style == "sunflower" else 0.3)
    petal = ellipsoid(size * 0.36, 0.004, size * math.pi / petals * 0.85, sides=12).moved(disc + size * 0.3)
    for i in range(petals):
        flower.add(
            "petal",
            petal.turned("z", 8).turned("y", 360 * i / petals).turned("x", tilt),
            lighter(bloom, 0.12 * (i % 2)),
            [(0, h, 0)],
        )
    flower.add("heart", ellipsoid(disc, disc * 0.35, disc, sides=18).turned("x", tilt), heart, [(0, h, 0)])
    return flower


def mushroom(draw: Draw) -> Assembly:
    cap = paint(draw.pick("red", "brown", "orange", "purple"))
    spotted = cap.name == "red" or draw.chance(0.3)
    mushroom = Assembly({"style": "spotted" if spotted else "plain", "colour": cap.name})
    count = draw.pick(1, 1, 2, 3)
    for i in range(count):
        scale = 1.0 if i == 0 else draw.between(0.45, 0.65)
        x, z = (0.0, 0.0) if i == 0 else (0.095 * math.cos(2.4 * i), 0.095 * math.sin(2.4 * i))
        h, r = 0.11 * scale * draw.between(0.8, 1.2), 0.075 * scale * draw.between(0.85, 1.15)
        tall = r * draw.between(0.55, 1.0)
        mushroom.add(
            "stem",
            lathe(
                [
                    (0.022 * scale, 0),
                    (0.026 * scale, 0.01),
                    (0.016 * scale, h * 0.6),
                    (0.018 * scale, h * 1.05),
                ],
                sides=20,
            ),
            paint("cream"),
            [(x, 0, z)],
        )
        arch = [(r * math.cos(t), tall * math.sin(t)) for t in np.linspace(0, 1.45, 9)]
        mushroom.add(
            "cap", lathe([(0, h * 0.06), (r * 0.93, -0.004), *arch, (0, tall)], sides=28), cap, [(x, h, z)]
        )
        if spotted:
            for k in range(9):
                t, turn = (0.55, 1.05, 0.3)[k % 3] + draw.between(-0.1, 0.1), 2.4 * k
                dot = (
                    sphere(r * draw.between(0.1, 0.16), sides=10)
                    .scaled(1, 0.5, 1)
                    .turned("z", math.degrees(t) - 90)
                )
                place = (r * math.cos(t), tall * math.sin(t))
                mushroom.add(
                    "spot", dot.moved(*place).turned("y", math.degrees(turn)), paint("white"), [(x, h, z)]
                )
    return mushroom


def potted_plant(draw: Draw) -> Assembly:
    pot, green = any_paint(draw), leaf(draw.pick(*LEAVES))
    style = draw.pick("fern", "succulent", "bush", "snake-plant")
    plant = Assembly({"style": style, "colour": pot.name})
    r, h = draw.between(0.09, 0.14), draw.between(0.14, 0.22)
    plant.add(
        "pot",
        lathe([(0, 0), (r * 0.7, 0), (r, h), (r * 0.9, h), (r * 0.88, h * 0.9), (0, h * 0.9)], sides=28),
        pot,
    )
    plant.add(
        "soil",
        cylinder(r * 0.89, 0.01, sides=28),
        material("soil", "#4d3b2f", roughness=1),
        [(0, h * 0.88, 0)],
    )
    if style == "bush":
        for i in range(6):
            turn = 2.4 * i
            plant.add(
                "foliage",
                blob(draw, r * 0.75),
                lighter(green, 0.1 * (i % 3 - 1)),
                [(r * 0.5 * math.cos(turn), h + r * (0.5 + 0.22 * i), r * 0.5 * math.sin(turn))],
            )
    elif style == "succulent":
        for ring, (count, size, tilt) in enumerate(((9, 1.0, 12), (7, 0.85, 38), (5, 0.65, 62))):
            petal = (
                ellipsoid(r * 0.5 * size, r * 0.13, r * 0.24 * size, sides=12)
                .moved(r * 0.5 * size)
                .turned("z", tilt)
            )
            for i in range(count):
                plant.add(
                    "leaf",
                    petal.turned("y", 360 * i / count + 20 * ring),
                    lighter(green, 0.12 * ring),
                    [(0, h * 0.95 + 0.01 * ring, 0)],
                )
    else:
        count = draw.whole(7, 11)
        for i in range(count):
            if style == "snake-plant":
                tall = draw.between(0.3, 0.55)
                blade = tube(
                    spline([(0, 0, 0), (0.01, tall * 0.6, 0), (0.03, tall, 0)], 8),
                    [0.014, 0.026, 0.02, 0.002],
                    sides=8,
                    flatten=0.25,
                )
                turn = 360 * i / count
                plant.add(
                    "leaf",
                    blade.moved(r * 0.4).turned("y", turn),
                    lighter(green, 0.2 * (i % 2)),
                    [(0, h * 0.85, 0)],
                )
            else:
                blade = leaf_blade(draw.between(0.25, 0.4), 0.07, droop=draw.between(0.1, 0.6))
                plant.add(
                    "leaf",
                    blade.turned("y", 360 * i / count),
                    lighter(green, 0.12 * (i % 3 - 1)),
                    [(0, h * 0.88, 0)],
                )
    return plant


def log(draw: Draw) -> Assembly:
    bark, heart = wood(draw.pick("walnut", "oak", "ebony")), wood("pine")
    stump = draw.chance(0.5)
    log = Assembly({"style": "stump" if stump else "fallen", "material": "wooden"})
    r, long = draw.between(0.2, 0.32), draw.between(0.3, 0.5) if stump else draw.between(1.0, 1.6)
    angles = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    lumps = 1 + 0.07 * np.sin(3 * angles + draw.between(0, 6)) + 0.04 * np.sin(7 * angles)
    section = np.column_stack([np.cos(angles), np.sin(angles)]) * lumps[:, None]
    heights = np.linspace(0, long, 6)
    flare = r * (1 + (0.5 * np.exp(-heights * 12) if stump else 0 * heights))
    path = np.column_stack([np.zeros(6), heights, np.zeros(6)])
    lay = 0 if stump else 90

    def turned(solid: Solid) -> Solid:
        return solid.turned("z", lay)

    log.add("bark", turned(sweep(path, section[None] * flare[:, None, None])), bark)
    caps = (long,) if stump else (0.0, long)
    for y in caps:
        for ring, share in enumerate((0.88, 0.6, 0.3)):
            log.add(
                "cut",
                turned(
                    cylinder(r * share, 0.008 + 0.004 * ring, sides=24).moved(0, y - 0.004 - 0.002 * ring)
                ),
                heart if ring % 2 == 0 else lighter(heart, -0.2),
            )
    if stump:
        for i in range(4):
            root = tube(
                [(r * 0.8, 0.1, 0), (r * 1.3, 0.03, 0), (r * 1.7, 0.01, 0)], [0.07, 0.05, 0.02], sides=8
            )
            log.add("root", root.turned("y", 90 * i + draw.between(-20, 20)), bark)
    else:
        stub = cone(r * 0.3, r * 1.6, sides=12).moved(0, r * 0.6)
        log.add("branch stub", stub.turned("x", draw.between(-40, 40)).moved(-long * 0.6), bark)
        log.add(
            "moss",
            ellipsoid(long * 0.16, r * 0.1, r * 0.4, sides=14),
            leaf("light green"),
            [(-long * 0.3, r * 1.0, 0)],
        )
    return log
