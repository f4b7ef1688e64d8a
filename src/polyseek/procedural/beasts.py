"""Beasts and poultry: bears, lions, chickens and ducks. They look towards +z."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, fur
from polyseek.procedural.curves import Point, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import lighter, material, paint
from polyseek.procedural.sculpting import add_four_legs, any_hand
from polyseek.procedural.silhouettes import side_view
from polyseek.procedural.solids import cone, ellipsoid

BILL = material("bill", "#e09a3a", roughness=0.5)


def bear(draw: Draw) -> Assembly:
    coat = fur(
        draw,
        ("brown", "#7a5236"),
        ("black", "#3d383a"),
        ("white", "#e9e6dd"),
        ("grizzly", "#96703f"),
        ("dark brown", "#553a2b"),
    )
    hand, pose = any_hand(draw), draw.pick("walking", "walking", "sitting", "rearing")
    bear = Assembly({"style": hand.style, "colour": coat.name, "pose": pose})
    bear.proportions = draw.stretch(0.08, "x", "y", "z")
    pale, size = lighter(coat, 0.3), draw.between(1.0, 1.3)
    if pose == "walking":
        leg = draw.between(0.34, 0.5)
        back = leg + 0.26
        shape = [
            (-0.7, back, 0.26, 0.27),
            (-0.35, back, 0.36, 0.37),
            (0.1, back - 0.01, 0.35, 0.36),
            (0.4, back + 0.06, 0.35, 0.36),
            (0.66, back + 0.06, 0.24, 0.26),
        ]
        hand.put(bear, "body", hand.body(shape), coat)
        spots = [(-0.22, -0.48), (0.22, -0.48), (-0.22, 0.4), (0.22, 0.4)]
        add_four_legs(hand, bear, coat, coat, spots, leg + 0.14, 0.12, stride=draw.pick(0, 0.1), hoofed=False)
        hand.put(bear, "tail", hand.ball(0.07, 0.07, 0.07), coat, [(0, back + 0.1, -0.72)])
        hy, hz = back + draw.between(0.05, 0.26), 0.86
        hand.put(bear, "neck", hand.limb([(0, back + 0.06, 0.45), (0, hy, hz)], [0.26, 0.19]), coat)
    else:
        sat = pose == "sitting"
        base = 0.05 if sat else 0.45
        shape = [
            (-base - 0.95, 0, 0.25, 0.23),
            (-base - 0.6, 0, 0.33, 0.3),
            (-base - 0.25, 0, 0.37, 0.34),
            (-base, 0, 0.3, 0.28),
        ]
        hand.put(bear, "body", hand.body(shape).turned("x", 90), coat)
        hand.put(bear, "belly", hand.ball(0.24, 0.33, 0.15), pale, [(0, base + 0.45, 0.22)])
        foot: list[Point] = (
            [(0.2, 0.16, 0.05), (0.27, 0.13, 0.5)] if sat else [(0.2, 0.55, 0), (0.22, 0.08, 0.02)]
        )
        hand.pair(bear, "leg", hand.limb(foot, [0.16, 0.13]), coat)
        hand.pair(
            bear,
            "paw",
            hand.ball(0.13, 0.14 if sat else 0.08, 0.09 if sat else 0.18).moved(
                foot[1][0], 0.14 if sat else 0.08, foot[1][2] + 0.08
            ),
            pale,
        )
        reach: Point = (0.38, base + 0.4, 0.3) if draw.chance(0.5) else (0.46, base + 1.0, 0.32)
        hand.pair(
            bear,
            "arm",
            hand.limb([(0.27, base + 0.82, 0.02), (0.4, base + 0.66, 0.14), reach], [0.13, 0.11, 0.1]),
            coat,
        )
        hy, hz = base + 1.12, 0.08
    half = (0.22 * size, 0.2 * size, 0.2 * size)
    hand.put(bear, "head", hand.ball(*half), coat, [(0, hy, hz)])
    hand.put(
        bear,
        "muzzle",
        hand.ball(0.1 * size, 0.08 * size, 0.13 * size),
        pale,
        [(0, hy - 0.05 * size, hz + 0.19 * size)],
    )
    hand.put(
        bear,
        "nose",
        hand.ball(0.04 * size, 0.03 * size, 0.025 * size),
        EYE,
        [(0, hy - 0.015 * size, hz + 0.31 * size)],
    )
    hand.pair(
        bear,
        "ear",
        hand.ball(0.07 * size, 0.07 * size, 0.04 * size).moved(0.16 * size, hy + 0.18 * size, hz - 0.02),
        coat,
    )
    hand.pair(
        bear,
        "inner ear",
        hand.ball(0.04 * size, 0.042 * size, 0.02 * size).moved(0.16 * size, hy + 0.18 * size, hz + 0.02),
        pale,
    )
    hand.eyes(bear, draw, (0, hy, hz), half, 0.024 * size, azimuth_deg=28, elevation_deg=20)
    return bear


def lion(draw: Draw) -> Assembly:
    coat = fur(draw, ("golden", "#cf9b4f"), ("tan", "#d8b073"), ("sandy", "#c08b4c"), ("white", "#e8dfcb"))
    hair = fur(draw, ("brown", "#7c4a26"), ("dark brown", "#4f3324"), ("orange", "#b56a2c"))
    hand, pose = any_hand(draw), draw.pick("standing", "standing", "sitting")
    lion = Assembly({"style": hand.style, "colour": coat.name, "mane": f"{hair.name} mane", "pose": pose})
    lion.proportions = draw.stretch(0.08, "x", "y", "z")
    size, pale = draw.between(1.0, 1.45), lighter(coat, 0.35)
    leg = draw.between(0.4, 0.58) / size**0.6
    back = leg + 0.18
    if pose == "standing":
        shape = [
            (-0.72, back + 0.03, 0.17, 0.19),
            (-0.4, back, 0.21, 0.22),
            (0, back, 0.2, 0.22),
            (0.45, back + 0.02, 0.24, 0.27),
        ]
        hand.put(lion, "body", hand.body(shape), coat)
        spots = [(-0.13, -0.55), (0.13, -0.55), (-0.14, 0.34), (0.14, 0.34)]
        add_four_legs(
            hand, lion, coat, coat, spots, leg + 0.08, 0.075, stride=draw.pick(0, 0.1), hoofed=False
        )
        hy, hz, rump = back + 0.3, 0.66, (0.0, back + 0.08, -0.7)
    else:
        hand.put(
            lion,
            "body",
            hand.limb([(0, 0.2, -0.4), (0, 0.42, -0.15), (0, 0.78, 0.18)], [0.24, 0.24, 0.2]),
            coat,
        )
        hand.pair(lion, "haunch", hand.ball(0.12, 0.2, 0.22).moved(0.19, 0.2, -0.28), coat)
        add_four_legs(
            hand,
            lion,
            coat,
            coat,
            [(-0.11, 0.2), (0.11, 0.2), (-0.22, -0.06), (0.22, -0.06)],
            0.5,
            0.07,
            hoofed=False,
        )
        hy, hz, rump = 1.02, 0.3, (0.0, 0.12, -0.58)
    disc = hand.ball(0.31 * size, 0.33 * size, 0.17 * size)
    hand.put(lion, "mane", disc, hair, [(0, hy, hz - 0.02)])
    hand.put(
        lion, "chest mane", hand.ball(0.2 * size, 0.26 * size, 0.2), hair, [(0, hy - 0.22 * size, hz - 0.1)]
    )
    if not hand.blocky and draw.chance(0.6):
        lion.attributes["tufted"] = True
        lock = cone(0.085 * size, 0.17 * size, sides=6)
        for k in range(12):
            petal = lock.scaled(1, 1, 0.7).moved(y=0.25 * size).turned("z", 30 * k).moved(0, hy, hz - 0.01)
            hand.put(lion, "lock", petal, lighter(hair, -0.15 * (k % 2)))
    half = (0.19 * size, 0.19 * size, 0.18 * size)
    hz += 0.1 * size
    hand.put(lion, "head", hand.ball(*half), coat, [(0, hy, hz)])
    hand.put(
        lion,
        "muzzle",
        hand.ball(0.1 * size, 0.075 * size, 0.1 * size),
        pale,
        [(0, hy - 0.06 * size, hz + 0.15 * size)],
    )
    hand.put(
        lion,
        "chin",
        hand.ball(0.055 * size, 0.045 * size, 0.06 * size),
        pale,
        [(0, hy - 0.13 * size, hz + 0.13 * size)],
    )
    hand.put(
        lion,
        "nose",
        hand.ball(0.04 * size, 0.028 * size, 0.02 * size),
        fur(draw, ("nose", "#5d3a33")),
        [(0, hy - 0.02 * size, hz + 0.245 * size)],
    )
    hand.pair(
        lion,
        "ear",
        hand.ball(0.065 * size, 0.065 * size, 0.03 * size).moved(0.16 * size, hy + 0.19 * size, hz - 0.03),
        coat,
    )
    hand.eyes(lion, draw, (0, hy, hz), half, 0.024 * size, azimuth_deg=30, elevation_deg=20)
    x, y, z = rump
    curve: list[Point] = [
        (x, y, z),
        (0.04, y - 0.05, z - 0.22),
        (0.08, y + 0.12, z - 0.4),
        (0.08, y + 0.34, z - 0.42),
    ]
    hand.put(lion, "tail", hand.limb(curve, [0.04, 0.03, 0.028]), coat)
    hand.put(lion, "tail tuft", hand.ball(0.06, 0.1, 0.06), hair, [(0.08, y + 0.38, z - 0.42)])
    return lion


def chicken(draw: Draw) -> Assembly:
    plumage = fur(
        draw,
        ("white", "#ece7db"),
        ("brown", "#a4673a"),
        ("red", "#9c4a2c"),
        ("black", "#3b3839"),
        ("yellow", "#e6c566"),
    )
    red, hand = material("red", "#c63a34"), any_hand(draw)
    style = draw.pick("hen", "rooster", "chick", "hen")
    chicken = Assembly({"style": style, "colour": plumage.name})
    chicken.proportions = draw.stretch(0.1, "x", "y", "z")
    fat = draw.between(0.11, 0.15)
    leg = {"hen": 0.1, "rooster": 0.15, "chick": 0.05}[style]
    y = leg + fat * 0.85
    hand.put(
        chicken,
        "body",
        hand.ball(fat, fat * 0.95, fat * 1.3).turned("x", 0 if hand.blocky else -14),
        plumage,
        [(0, y, 0)],
    )
    hy, hz = y + (fat * 0.9 if style == "chick" else fat * 1.5), fat * 1.0
    hand.put(
        chicken,
        "neck",
        hand.limb([(0, y + fat * 0.2, fat * 0.7), (0, hy, hz)], [fat * 0.72, fat * 0.45]),
        plumage,
    )
    head = fat * (0.72 if style == "chick" else 0.5)
    hand.put(chicken, "head", hand.ball(head, head, head), plumage, [(0, hy, hz)])
    beak = cone(head * 0.42, head * 0.9, sides=4).turned("x", 90)
    chicken.add("beak", beak, BILL, [(0, hy - head * 0.1, hz + head * 0.8)])
    hand.eyes(chicken, draw, (0, hy, hz), (head, head, head), head * 0.17, azimuth_deg=52)
    if style != "chick":
        grow = 1.5 if style == "rooster" else 1.0
        for dz, tall in ((0.55, 0.5), (0.1, 0.7), (-0.35, 0.55)):
            crest = hand.ball(head * 0.16, head * tall * grow * 0.7, head * 0.32)
            hand.put(chicken, "comb", crest, red, [(0, hy + head * (0.85 + 0.2 * grow), hz + dz * head)])
        hand.pair(
            chicken,
            "wattle",
            hand.ball(head * 0.16, head * 0.38 * grow, head * 0.18).moved(
                head * 0.2, hy - head * 0.85, hz + head * 0.75
            ),
            red,
        )
    wing = (
        hand.ball(fat * 0.2, fat * 0.55, fat * 0.85)
        .turned("x", -12)
        .moved(fat * 0.98, y + fat * 0.08, -fat * 0.12)
    )
    hand.pair(chicken, "wing", wing, lighter(plumage, -0.15))
    tail = (
        fur(draw, ("green", "#2f5a4e"), ("black", "#35333a"))
        if style == "rooster"
        else lighter(plumage, -0.2)
    )
    for k in range(5 if style == "rooster" else 3):
        turn, long = (
            (k - (2 if style == "rooster" else 1)) * 16,
            fat * (2.0 if style == "rooster" else 1.0 if style == "hen" else 0.5),
        )
        plume: list[Point] = [
            (0, y + fat * 0.3, -fat),
            (0, y + fat * 0.6 + long * 0.6, -fat - long * 0.35),
            (0, y + fat * 0.4 + long * (0.35 if style == "rooster" else 0.75), -fat - long * 0.8),
        ]
        hand.put(
            chicken,
            "tail feather",
            hand.limb(plume, [fat * 0.25, fat * 0.24, fat * 0.06]).turned("y", turn),
            tail,
        )
    for side in (-1, 1):
        x = side * fat * 0.42
        chicken.add("leg", tube([(x, leg + fat * 0.15, 0), (x, 0.006, 0)], 0.009, sides=6), BILL)
        for turn in (-32, 0, 32, 180):
            toe = tube([(0, 0.006, 0), (0, 0.005, 0.055 if turn != 180 else 0.03)], [0.008, 0.005], sides=5)
            chicken.add("toe", toe.turned("y", turn), BILL, [(x, 0, 0)])
    return chicken


def duck(draw: Draw) -> Assembly:
    plumage = fur(
        draw, ("yellow", "#e8c443"), ("white", "#eeeae0"), ("brown", "#8a6a48"), ("yellow", "#f0cf58")
    )
    hand, style = any_hand(draw), draw.pick("rubber duck", "mallard", "standing")
    duck = Assembly({"style": style, "colour": plumage.name})
    duck.proportions = draw.stretch(0.1, "x", "y", "z")
    leg = 0.08 if style != "rubber duck" and draw.chance(0.75) else 0.0
    y, w = leg + 0.085, draw.between(0.09, 0.115)
    top = fur(draw, ("green", "#2f6b4a")) if style == "mallard" else plumage
    back = fur(draw, ("grey", "#8f8a83"), ("brown", "#7b5d43")) if style == "mallard" else plumage
    shape = [
        (-0.2, y + 0.06, 0.03, 0.02),
        (-0.13, y + 0.015, w * 0.75, 0.07),
        (0, y, w, 0.085),
        (0.09, y + 0.005, w * 0.9, 0.08),
        (0.145, y + 0.02, w * 0.55, 0.055),
    ]
    hand.put(duck, "body", hand.body(shape), back)
    hy, hz = y + draw.between(0.14, 0.19), 0.11
    head = 0.075 if style == "rubber duck" else 0.055
    hand.put(duck, "neck", hand.limb([(0, y + 0.03, 0.09), (0, hy, hz)], [0.06, head * 0.72]), top)
    if style == "mallard":
        hand.put(
            duck,
            "neck ring",
            hand.ball(head * 0.86, 0.012, head * 0.86),
            paint("white"),
            [(0, y + 0.085, 0.1)],
        )
        hand.put(
            duck,
            "breast",
            hand.ball(w * 0.72, 0.06, 0.05),
            fur(draw, ("chestnut", "#6d4330")),
            [(0, y + 0.015, 0.11)],
        )
    hand.put(duck, "head", hand.ball(head, head, head), top, [(0, hy, hz)])
    bill: list[Point] = [
        (0, hy - head * 0.2, hz + head * 0.7),
        (0, hy - head * 0.3, hz + head * 1.35),
        (0, hy - head * 0.26, hz + head * 1.85),
    ]
    rings = hand.ball(head * 0.5, head * 0.17, head * 0.75)
    hand.put(duck, "upper bill", rings, BILL, [(0, bill[1][1] + head * 0.08, bill[1][2] - head * 0.05)])
    hand.put(
        duck,
        "lower bill",
        hand.ball(head * 0.42, head * 0.12, head * 0.58),
        lighter(BILL, -0.12),
        [(0, bill[1][1] - head * 0.14, bill[1][2] - head * 0.1)],
    )
    hand.eyes(duck, draw, (0, hy, hz), (head, head, head), head * 0.17, azimuth_deg=46, elevation_deg=22)
    wing = hand.ball(0.02, 0.05, 0.105).turned("x", 14).moved(w * 0.98, y + 0.025, -0.025)
    hand.pair(duck, "wing", wing, lighter(back, -0.12))
    tip = [(-0.16, y + 0.03), (-0.16, y + 0.075), (-0.26, y + 0.13), (-0.24, y + 0.08)]
    duck.add("tail", side_view(tip, 0.08), back)
    if leg:
        for x in (-0.045, 0.045):
            duck.add("leg", tube([(x, leg + 0.03, 0), (x, 0.006, 0)], 0.009, sides=6), BILL)
            duck.add("webbed foot", ellipsoid(0.034, 0.007, 0.042, sides=7), BILL, [(x, 0.006, 0.022)])
    return duck
