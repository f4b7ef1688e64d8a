"""Reptiles, frogs and dragons. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import fur
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import lighter, material, paint
from polyseek.procedural.sculpting import Hand, add_four_legs, any_hand
from polyseek.procedural.silhouettes import side_view
from polyseek.procedural.solids import cone, ellipsoid, extrusion, merged

SKINS = (("green", "#6a9a4a"), ("dark green", "#4a7348"), ("brown", "#8f6c48"), ("orange", "#c9813f"), ("blue", "#4f86a8"), ("purple", "#7d629c"))  # fmt: skip


def frog(draw: Draw) -> Assembly:
    skin = fur(
        draw,
        ("green", "#6da544"),
        ("light green", "#97c253"),
        ("dark green", "#4b7d46"),
        ("brown", "#8a7046"),
        ("blue", "#3f7fb8"),
        ("red", "#c2473a"),
    )
    hand, pale = any_hand(draw), lighter(skin, 0.5)
    frog = Assembly({"style": hand.style, "colour": skin.name})
    frog.proportions = draw.stretch(0.12, "x", "y", "z")
    sit = draw.between(0.0, 0.03)
    hand.put(
        frog,
        "body",
        hand.ball(0.052, 0.038 + sit * 0.3, 0.06).turned("x", 0 if hand.blocky else -18),
        skin,
        [(0, 0.045 + sit * 0.4, -0.008)],
    )
    hand.put(frog, "belly", hand.ball(0.044, 0.032, 0.048), pale, [(0, 0.037 + sit * 0.3, 0.008)])
    half, hy, hz = (0.05, 0.03, 0.036), 0.072 + sit * 0.7, 0.036
    hand.put(frog, "head", hand.ball(*half), skin, [(0, hy, hz)])
    hand.put(frog, "jaw", hand.ball(0.046, 0.018, 0.035), pale, [(0, hy - 0.016, hz + 0.002)])
    big = draw.between(0.012, 0.02)
    hand.pair(frog, "eye bump", hand.ball(big, big, big).moved(0.028, hy + 0.026, hz), skin)
    hand.eyes(
        frog,
        draw,
        (0, hy + 0.03, hz - 0.01),
        (0.034, 0.02, 0.02 + big),
        big * 0.55,
        azimuth_deg=50,
        elevation_deg=5,
    )
    if draw.chance(0.7):
        grin = spline(
            [(-0.04, hy - 0.004, hz + 0.022), (0, hy - 0.01, hz + 0.038), (0.04, hy - 0.004, hz + 0.022)], 9
        )
        frog.add("mouth", tube(grin, 0.0018, sides=5), lighter(skin, -0.55))
    thigh: list[Point] = [
        (0.03, 0.035, -0.045),
        (0.075, 0.055, 0.0),
        (0.07, 0.02, -0.045),
        (0.072, 0.006, -0.03),
    ]
    hand.pair(frog, "hind leg", hand.limb(thigh, [0.02, 0.02, 0.013, 0.009]), skin)
    hand.pair(frog, "hind foot", hand.ball(0.022, 0.005, 0.034).moved(0.078, 0.005, -0.006), skin)
    arm: list[Point] = [(0.036, 0.05, 0.03), (0.052, 0.03, 0.042), (0.046, 0.006, 0.056)]
    hand.pair(frog, "front leg", hand.limb(arm, [0.013, 0.01, 0.009]), skin)
    hand.pair(frog, "front foot", hand.ball(0.017, 0.005, 0.019).moved(0.048, 0.005, 0.066), skin)
    if draw.chance(0.45):
        frog.attributes["spotted"] = True
        for x, z in ((-0.02, -0.035), (0.018, -0.02), (-0.006, -0.01), (0.026, -0.042)):
            hand.put(
                frog,
                "spot",
                hand.ball(0.009, 0.006, 0.009),
                lighter(skin, -0.4),
                [(x, 0.078 + sit * 0.6 + z * 0.3, z)],
            )
    return frog


def snake(draw: Draw) -> Assembly:
    skin = fur(draw, *SKINS, ("yellow", "#d8b548"), ("red", "#b8443a"), ("black", "#3a393d"))
    pose, crease = draw.pick("slithering", "coiled", "cobra"), draw.pick(0.0, 60.0, 60.0)
    snake = Assembly({"style": pose, "colour": skin.name})
    snake.proportions = draw.stretch(0.12, "x", "y", "z")
    hand = Hand("smooth", 14, 60.0) if crease else Hand("faceted", 8, 0.0)
    r, t = draw.between(0.028, 0.042), np.linspace(0, 1, 44)
    if pose == "slithering":
        waves = draw.between(1.4, 2.6)
        path = np.column_stack(
            [
                0.15 * (0.35 + 0.65 * np.sin(np.pi * t)) * np.sin(2 * np.pi * waves * t),
                np.full(44, r),
                1.1 * t - 0.55,
            ]
        )
        rise = np.clip((t - 0.86) / 0.14, 0, 1)
        path[:, 1] += draw.pick(0.0, 0.12) * rise**2
    else:
        turns = draw.between(2.0, 2.8)
        share = np.clip(t / 0.78, 0, 1)
        far, angle = 0.2 - 0.1 * share, 2 * np.pi * turns * (share - 1) + np.pi
        path = np.column_stack([far * np.cos(angle), r + 2 * r * turns * 0.75 * share, far * np.sin(angle)])
        up = np.clip((t - 0.78) / 0.22, 0, 1)[:, None]
        height = path[:, 1].max() + (0.36 if pose == "cobra" else 0.16)
        neck = spline(
            [
                (-0.1, float(path[34, 1]), 0.0),
                (-0.06, float(path[34, 1]) + 0.06, -0.1),
                (0, height - 0.08, -0.02),
                (0, height, 0.1),
            ],
            44,
        )
        where = neck[np.round(up[:, 0] * 43).astype(int)]
        path = np.where(up > 0, where, path)
    radii = r * np.interp(t, [0, 0.25, 0.7, 0.93, 1], [0.12, 0.8, 1, 0.75, 0.8])
    snake.add("body", tube(path, radii, sides=hand.sides - 2), skin, crease_deg=crease)
    x, y, z = (float(v) for v in path[-1])
    half = (r * 1.25, r * 0.85, r * 1.8)
    hand.put(snake, "head", hand.ball(*half), skin, [(x, y, z + r)])
    hand.eyes(snake, draw, (x, y, z + r), half, r * 0.24, azimuth_deg=48, elevation_deg=36)
    for side in (-1, 1):
        fork: list[Point] = [
            (x, y - r * 0.3, z + r * 2.6),
            (x, y - r * 0.3, z + r * 3.6),
            (x + side * r * 0.4, y - r * 0.1, z + r * 4.2),
        ]
        snake.add("tongue", tube(fork, [r * 0.1, r * 0.08], sides=5), paint("red"))
    if pose == "cobra":
        hood = ellipsoid(r * 3.0, 0.13, r * 0.5, sides=16).turned("x", 12)
        snake.add("hood", hood, skin, [(x, y - 0.1, z - 0.07)], crease_deg=crease)
    if draw.chance(0.6):
        snake.attributes["banded"] = True
        for i in range(5, 40, 5):
            snake.add(
                "band",
                tube(path[i : i + 2], radii[i] * 1.06, sides=hand.sides - 2),
                lighter(skin, draw.pick(-0.45, 0.45)),
            )
    return snake


def dinosaur(draw: Draw) -> Assembly:
    skin, hand = fur(draw, *SKINS, ("grey", "#868a84")), any_hand(draw)
    kind = draw.pick("tyrannosaurus", "long-necked", "stegosaurus", "triceratops")
    dinosaur = Assembly({"style": kind, "colour": skin.name})
    dinosaur.proportions = draw.stretch(0.1, "x", "y", "z")
    mark = lighter(skin, draw.pick(-0.35, 0.35))
    if kind == "tyrannosaurus":
        _tyrannosaurus(dinosaur, hand, draw, skin, mark)
        return dinosaur
    leg, low = {"long-necked": 1.1, "stegosaurus": 0.8, "triceratops": 0.75}[kind], kind != "long-necked"
    back = leg + 0.45
    shape = [
        (-1.2, back - 0.05, 0.35, 0.35),
        (-0.6, back + 0.05, 0.58, 0.62),
        (0.2, back, 0.58, 0.6),
        (0.95, back - 0.1, 0.35, 0.36),
    ]
    hand.put(dinosaur, "body", hand.body(shape), skin)
    spots = [(-0.36, -0.75), (0.36, -0.75), (-0.34, 0.55), (0.34, 0.55)]
    add_four_legs(hand, dinosaur, skin, mark, spots, leg + 0.2, 0.17, stride=draw.pick(0, 0.15))
    long = {"long-necked": 1.9, "stegosaurus": 1.3, "triceratops": 0.9}[kind]
    tail: list[Point] = [
        (0, back, -1.0),
        (0, back - 0.15, -1.2 - long * 0.4),
        (0, back - (0.5 if low else 0.2), -1.2 - long),
    ]
    hand.put(dinosaur, "tail", hand.limb(tail, [0.36, 0.2, 0.04]), skin)
    if kind == "long-necked":
        up = draw.between(1.0, 1.9)
        neck: list[Point] = [
            (0, back, 0.75),
            (0, back + up * 0.55, 1.35),
            (0, back + up, 1.6),
            (0, back + up + 0.12, 1.85),
        ]
        hand.put(dinosaur, "neck", hand.limb(neck, [0.34, 0.2, 0.15, 0.15]), skin)
        middle, half = (0.0, back + up + 0.12, 1.98), (0.17, 0.16, 0.28)
    else:
        middle = (0.0, back - (0.35 if kind == "stegosaurus" else 0.0), 1.35)
        half = (0.17, 0.16, 0.32) if kind == "stegosaurus" else (0.3, 0.3, 0.42)
        hand.put(dinosaur, "neck", hand.limb([(0, back - 0.1, 0.75), middle], [0.34, half[1] * 0.9]), skin)
    hand.put(dinosaur, "head", hand.ball(*half), skin, [middle])
    hand.eyes(dinosaur, draw, middle, half, 0.045, azimuth_deg=55, elevation_deg=28)
    _, y, z = middle
    if kind == "stegosaurus":
        plate = np.array([(0, -0.2), (0.17, 0.06), (0, 0.42), (-0.17, 0.06)])
        for i, share in enumerate(np.linspace(0, 1, 9)):
            pz, grow = 1.0 - 2.9 * share, 0.5 + 0.75 * np.sin(np.pi * share)
            top = float(
                np.interp(
                    pz,
                    [-2.2, -1.3, -0.6, 0.2, 1.0],
                    [back - 0.28, back + 0.22, back + 0.62, back + 0.56, back + 0.2],
                )
            )
            shield = extrusion(plate * grow, 0.07).turned("y", 90).turned("z", 14 * (-1) ** i)
            dinosaur.add("plate", shield, mark, [(-0.08 * (-1) ** i, top, float(pz))])
        for dz in (0.0, 0.22):
            spike = (
                cone(0.05, 0.4, sides=6).turned("z", -55).turned("y", 20).moved(0.04, back - 0.4, -2.35 + dz)
            )
            hand.pair(dinosaur, "tail spike", spike, paint("cream"))
    if kind == "triceratops":
        frill = hand.ball(0.55, 0.5, 0.09).turned("x", -28)
        hand.put(dinosaur, "frill", frill, mark, [(0, y + 0.28, z - 0.2)])
        horn = cone(0.075, 0.6, sides=8).turned("x", 55).moved(0.17, y + 0.22, z + 0.08)
        hand.pair(dinosaur, "brow horn", horn, paint("cream"))
        dinosaur.add(
            "nose horn", cone(0.07, 0.24, sides=8).turned("x", 25), paint("cream"), [(0, y + 0.14, z + 0.32)]
        )
        dinosaur.add("beak", cone(0.17, 0.26, sides=8).turned("x", 105), mark, [(0, y - 0.06, z + 0.3)])
    return dinosaur


def _jaws(model: Assembly, hand: Hand, draw: Draw, skin: Material, at: Point, size: float) -> None:
    """A big head with its mouth a little open, teeth in it and eyes; `at` is the middle of its back half."""
    x, y, z = at
    skull = (0.2 * size, 0.19 * size, 0.28 * size)
    hand.put(model, "head", hand.ball(*skull), skin, [at])
    hand.put(model, "snout", hand.ball(0.16 * size, 0.11 * size, 0.3 * size), skin, [(x, y, z + 0.3 * size)])
    gape = draw.between(4, 24)
    jaw = hand.ball(0.14 * size, 0.05 * size, 0.32 * size).moved(z=0.3 * size).turned("x", gape)
    hand.put(model, "lower jaw", jaw, lighter(skin, 0.2), [(x, y - 0.1 * size, z)])
    tooth = cone(0.02 * size, 0.08 * size, sides=4).scaled(1, -1, 1)
    for side in (-1, 1):
        row = [
            (x + side * 0.12 * size * (1 - k * 0.5), y - 0.06 * size, z + (0.28 + 0.26 * k) * size)
            for k in (0.0, 0.35, 0.7, 1.0)
        ]
        model.add("tooth", tooth, paint("white"), row)
    hand.eyes(model, draw, at, skull, 0.035 * size, azimuth_deg=55, elevation_deg=30)


def _tyrannosaurus(model: Assembly, hand: Hand, draw: Draw, skin: Material, mark: Material) -> None:
    """On two legs, big-headed, its arms small."""
    hip, size = 1.35, draw.between(1.5, 2.2)
    path: list[Point] = [
        (0, hip + 0.25, -2.1),
        (0, hip + 0.05, -1.1),
        (0, hip, -0.1),
        (0, hip + 0.28, 0.6),
        (0, hip + 0.75, 0.95),
    ]
    hand.put(model, "body", hand.limb(path, [0.03, 0.22, 0.5, 0.44, 0.3]), skin)
    hand.put(
        model,
        "belly",
        hand.limb([(0, hip - 0.12, -0.2), (0, hip, 0.3), (0, hip + 0.4, 0.72)], [0.34, 0.4, 0.26]),
        lighter(skin, 0.4),
    )
    leg: list[Point] = [
        (0.34, hip, -0.15),
        (0.38, hip * 0.6, 0.12),
        (0.36, hip * 0.3, -0.18),
        (0.36, 0.06, -0.02),
    ]
    hand.pair(model, "leg", hand.limb(leg, [0.32, 0.24, 0.12, 0.1]), skin)
    hand.pair(model, "foot", hand.ball(0.16, 0.08, 0.3).moved(0.36, 0.08, 0.12), skin)
    claw = cone(0.04, 0.13, sides=5).turned("x", 90)
    model.both("claw", claw.moved(0.28, 0.06, 0.37), paint("cream"))
    model.both("claw", claw.moved(0.44, 0.06, 0.37), paint("cream"))
    arm: list[Point] = [(0.3, hip + 0.25, 0.72), (0.36, hip + 0.02, 0.92), (0.32, hip + 0.06, 1.1)]
    hand.pair(model, "arm", hand.limb(arm, [0.1, 0.07, 0.05]), skin)
    _jaws(model, hand, draw, skin, (0, hip + 0.95, 1.1), size)
    if draw.chance(0.5):
        for k in range(7):
            z = 0.6 - 0.36 * k
            top = float(
                np.interp(z, [-2.1, -1.1, -0.1, 0.6], [hip + 0.26, hip + 0.24, hip + 0.44, hip + 0.66])
            )
            model.add("spine", cone(0.09, 0.2, sides=4), mark, [(0, top - 0.02, z)])


def dragon(draw: Draw) -> Assembly:
    skin = fur(draw, ("red", "#b23f36"), ("green", "#4f8a4c"), ("purple", "#74529a"), ("blue", "#436fa3"),
               ("black", "#3b3a42"), ("orange", "#cc7a38"))  # fmt: skip
    hand, cute = any_hand(draw), draw.chance(0.35)
    belly = material(*draw.pick(("cream", "#e5d3a2"), ("yellow", "#e0bb5a"), ("light", "#d5c6b8")))
    dragon = Assembly({"style": "cute" if cute else hand.style, "colour": skin.name})
    dragon.proportions = draw.stretch(0.1, "x", "y", "z")
    upright = cute or draw.chance(0.3)
    size, dark = 1.7 if cute else 1.15, lighter(skin, -0.35)
    if upright:
        trunk: list[Point] = [(0, 0.3, -0.15), (0, 0.6, -0.05), (0, 1.1, 0.05)]
        hand.put(dragon, "body", hand.limb(trunk, [0.34, 0.4, 0.24]), skin)
        hand.put(dragon, "belly", hand.ball(0.24, 0.4, 0.18), belly, [(0, 0.62, 0.2)])
        hand.pair(dragon, "leg", hand.limb([(0.24, 0.35, 0), (0.3, 0.08, 0.12)], [0.2, 0.13]), skin)
        hand.pair(dragon, "foot", hand.ball(0.14, 0.08, 0.22).moved(0.3, 0.08, 0.2), skin)
        hand.pair(
            dragon,
            "arm",
            hand.limb([(0.22, 0.95, 0.08), (0.34, 0.75, 0.25), (0.28, 0.72, 0.4)], [0.1, 0.08, 0.06]),
            skin,
        )
        head, root, rump = (0.0, 1.35, 0.18), (0.14, 1.0, -0.12), (0.0, 0.3, -0.3)
    else:
        back = 0.9
        shape = [
            (-0.85, back, 0.2, 0.2),
            (-0.4, back, 0.34, 0.36),
            (0.2, back, 0.36, 0.38),
            (0.7, back + 0.08, 0.22, 0.24),
        ]
        hand.put(dragon, "body", hand.body(shape), skin)
        hand.put(
            dragon, "belly", hand.body([(z, y - 0.12, w * 0.8, h * 0.75) for z, y, w, h in shape]), belly
        )
        add_four_legs(
            hand,
            dragon,
            skin,
            dark,
            [(-0.26, -0.45), (0.26, -0.45), (-0.26, 0.42), (0.26, 0.42)],
            back,
            0.11,
            hoofed=False,
        )
        neck: list[Point] = [
            (0, back + 0.08, 0.5),
            (0, back + 0.45, 0.85),
            (0, back + 0.85, 0.9),
            (0, back + 0.98, 1.1),
        ]
        hand.put(dragon, "neck", hand.limb(neck, [0.25, 0.18, 0.14, 0.14]), skin)
        head, root, rump = (0.0, back + 1.0, 1.12), (0.2, back + 0.25, 0.15), (0.0, back, -0.65)
    _jaws(dragon, hand, draw, skin, head, size)
    _, y, z = head
    horn: list[Point] = [
        (0.1 * size, y + 0.13 * size, z - 0.1),
        (0.14 * size, y + 0.3 * size, z - 0.22),
        (0.15 * size, y + 0.38 * size, z - 0.42),
    ]
    hand.pair(dragon, "horn", hand.limb(horn, [0.05 * size, 0.035 * size, 0.008]), paint("cream"))
    _, ty, tz = rump
    tail: list[Point] = [
        rump,
        (0.0, ty - 0.12, tz - 0.5),
        (0.12, max(0.12, ty - 0.5), tz - 0.95),
        (0.0, max(0.2, ty - 0.3), tz - 1.4),
    ]
    hand.put(dragon, "tail", hand.limb(tail, [0.22, 0.15, 0.09, 0.03]), skin)
    tip = [(tz - 1.32, tail[-1][1] - 0.14), (tz - 1.7, tail[-1][1] + 0.03), (tz - 1.32, tail[-1][1] + 0.2)]
    dragon.add("tail spade", side_view(tip, 0.05), dark)
    _wings(dragon, draw, skin, lighter(belly, -0.1), root, 0.75 if cute else draw.between(1.2, 1.7))
    return dragon


def _wings(model: Assembly, draw: Draw, skin: Material, web: Material, root: Point, span: float) -> None:
    """Bat wings: a scalloped web behind three fingers, lifted and swept back."""
    outline = (
        np.array(
            [
                (0, 0),
                (0.35, 0.45),
                (1.0, 0.3),
                (0.8, 0.02),
                (0.78, -0.35),
                (0.52, -0.2),
                (0.4, -0.55),
                (0.22, -0.32),
                (0.0, -0.35),
            ]
        )
        * span
    )
    lift, sweep = draw.between(15, 60), draw.between(0, 25)
    x, y, z = root
    sheet = extrusion(outline, 0.02).turned("x", 90).turned("y", sweep).turned("z", lift).moved(x, y, z)
    model.both("wing", sheet, web)
    wrist = (0.35 * span, 0.0, 0.45 * span)
    bones = [tube([(0, 0, 0), wrist], [0.06, 0.05], sides=6)]
    bones += [
        tube([wrist, (a * span, 0.0, b * span)], [0.045, 0.015], sides=6)
        for a, b in ((1.0, 0.3), (0.78, -0.35), (0.4, -0.55))
    ]
    model.both("wing bone", merged(*bones).turned("y", sweep).turned("z", lift).moved(x, y, z), skin)
