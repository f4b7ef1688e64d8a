"""Life in the sea: crabs, octopuses, sharks and whales. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import fur
from polyseek.procedural.curves import Point
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, paint
from polyseek.procedural.sculpting import Hand, any_hand
from polyseek.procedural.silhouettes import side_view
from polyseek.procedural.solids import Solid, cone, ellipsoid, extrusion


def crab(draw: Draw) -> Assembly:
    shell = fur(
        draw,
        ("red", "#c9473a"),
        ("orange", "#d9763f"),
        ("red", "#d9604c"),
        ("blue", "#5a86a8"),
        ("brown", "#9a6a4c"),
    )
    hand, pale = any_hand(draw), lighter(shell, 0.3)
    crab = Assembly({"style": hand.style, "colour": shell.name})
    crab.proportions = draw.stretch(0.12, "x", "y", "z")
    half, y = (0.1, draw.between(0.045, 0.07), 0.08), draw.between(0.06, 0.085)
    hand.put(crab, "shell", hand.ball(*half), shell, [(0, y, 0)])
    hand.put(
        crab,
        "belly",
        hand.ball(half[0] * 0.85, half[1] * 0.6, half[2] * 0.85),
        pale,
        [(0, y - half[1] * 0.5, 0.006)],
    )
    for i in range(draw.pick(3, 4)):
        z, out = 0.04 - 0.035 * i, 0.075 - 0.006 * i
        path: list[Point] = [
            (0.07, y - 0.01, z),
            (0.07 + out, y + 0.04, z * 1.5),
            (0.1 + out * 1.35, 0.0, z * 2.0),
        ]
        hand.pair(crab, "leg", hand.limb(path, [0.019, 0.016, 0.006]), shell)
    big = draw.between(0.9, 1.5)
    raised = draw.between(0.0, 0.09)
    arm: list[Point] = [
        (0.075, y, 0.045),
        (0.15, y + 0.01 + raised * 0.4, 0.085),
        (0.13, y + 0.02 + raised, 0.135),
    ]
    hand.pair(crab, "arm", hand.limb(arm, [0.018, 0.016, 0.016]), shell)
    claw = hand.ball(0.03 * big, 0.024 * big, 0.034 * big).moved(0.128, y + 0.02 + raised, 0.15)
    hand.pair(crab, "claw", claw, shell)
    for side, label in ((-1, "pincer"), (1, "thumb")):
        x, tip = 0.128 + side * 0.016 * big, 0.155 + 0.072 * big
        jaw: list[Point] = [
            (x, y + 0.02 + raised, 0.16),
            (x + side * 0.012 * big, y + 0.02 + raised, tip - 0.03 * big),
            (0.128 + side * 0.005, y + 0.02 + raised, tip),
        ]
        hand.pair(crab, label, hand.limb(jaw, [0.015 * big, 0.012 * big, 0.003]), pale)
    stalk = draw.between(0.02, 0.045)
    hand.pair(
        crab,
        "eye stalk",
        hand.limb([(0.03, y + 0.02, 0.05), (0.034, y + half[1] * 0.7 + stalk, 0.06)], [0.007, 0.006]),
        shell,
    )
    hand.eyes(
        crab,
        draw,
        (0, y + half[1] * 0.7 + stalk, 0.0),
        (0.034, 0.02, 0.06),
        0.011,
        azimuth_deg=32,
        elevation_deg=8,
    )
    return crab


def octopus(draw: Draw) -> Assembly:
    skin = fur(
        draw,
        ("purple", "#8a62a8"),
        ("pink", "#d98a9c"),
        ("red", "#bf5148"),
        ("orange", "#d98149"),
        ("blue", "#5b84b5"),
        ("teal", "#4f9c98"),
    )
    hand = any_hand(draw)
    octopus = Assembly({"style": hand.style, "colour": skin.name})
    octopus.proportions = draw.stretch(0.1, "x", "y", "z")
    tall = draw.between(0.85, 1.35)
    half, y = (0.11, 0.12 * tall, 0.11), 0.1 + 0.1 * tall
    hand.put(octopus, "head", hand.ball(*half), skin, [(0, y, 0)])
    hand.put(octopus, "skirt", hand.ball(0.1, 0.05, 0.1), skin, [(0, 0.075, 0)])
    curl, reach = draw.between(-0.02, 0.1), draw.between(0.22, 0.36)
    for k in range(8):
        a = np.pi * (2 * k + 1) / 8
        steps = [
            (0.06, 0.09),
            (reach * 0.45, 0.075),
            (reach * 0.75, 0.014),
            (reach, 0.014 + max(curl, 0.0)),
            (reach * 0.88, 0.03 + max(curl, 0) * 1.5),
        ]
        twist = draw.between(-0.35, 0.35)
        path: list[Point] = [
            (float(d * np.sin(a + twist * d / reach)), h, float(d * np.cos(a + twist * d / reach)))
            for d, h in steps
        ]
        hand.put(octopus, "tentacle", hand.limb(path, [0.036, 0.03, 0.022, 0.014, 0.006]), skin)
        if draw.chance(0.8):
            cups = [path[1], path[2], path[3]]
            hand.put(
                octopus,
                "sucker",
                ellipsoid(0.009, 0.006, 0.009, sides=6),
                lighter(skin, 0.45),
                [(p[0] * 1.05, p[1] - 0.014 + 0.028 * (i == 2), p[2] * 1.05) for i, p in enumerate(cups)],
            )
    hand.eyes(octopus, draw, (0, y, 0), half, 0.02, azimuth_deg=28, elevation_deg=draw.between(-18, 12))
    if draw.chance(0.5):
        spots = [
            tuple(np.array([0, y, 0]) + hand.spot(half, a, e))
            for a, e in ((150, 40), (90, 55), (200, 20), (-80, 30), (-130, 55))
        ]
        hand.put(
            octopus,
            "spot",
            hand.ball(0.02, 0.014, 0.02),
            lighter(skin, -0.25),
            [(float(a), float(b), float(c)) for a, b, c in spots],
        )
    if draw.chance(0.4):
        hand.put(
            octopus,
            "mouth",
            hand.ball(0.016, 0.012, 0.01),
            lighter(skin, -0.6),
            [(0, y - half[1] * 0.5, half[2] * 0.86)],
        )
    return octopus


def _fin(outline: list[tuple[float, float]], thick: float) -> Solid:
    """An upright fin, points (z, y), `thick` at its root and thin at its tip."""
    return side_view(outline, thick, tuck=0.8)


def shark(draw: Draw) -> Assembly:
    skin = fur(draw, ("grey", "#76818c"), ("blue", "#5a7896"), ("dark grey", "#555d66"), ("teal", "#4f7d86"))
    style, hand = draw.pick("great white", "hammerhead", "cartoon"), any_hand(draw)
    shark = Assembly({"style": style, "colour": skin.name})
    shark.proportions = draw.stretch(0.1, "x", "y", "z")
    fat = 1.55 if style == "cartoon" else draw.between(0.9, 1.1)
    w, h = 0.27 * fat, 0.3 * fat
    shape = [
        (-1.5, 0.02, 0.04, 0.06),
        (-0.9, 0, w * 0.5, h * 0.5),
        (-0.1, 0, w, h),
        (0.6, 0, w * 0.92, h * 0.9),
        (1.25, 0.02, w * 0.35, h * 0.32),
    ]
    body = Hand("faceted", 8, 0.0) if hand.blocky else hand
    body.put(shark, "body", body.body(shape), skin)
    belly = [(z, y - hh * 0.28, ww * 0.86, hh * 0.8) for z, y, ww, hh in shape[1:]]
    body.put(shark, "belly", body.body(belly), paint("white"))
    top, front = h * 0.85, w * 0.6
    shark.add(
        "dorsal fin",
        _fin([(0.3, top), (-0.35, top), (-0.28, top + 0.12), (-0.3, top + 0.42), (-0.18, top + 0.38)], 0.07),
        skin,
    )
    shark.add(
        "tail fin",
        _fin(
            [
                (-1.3, 0.0),
                (-1.5, -0.02),
                (-1.72, -0.36),
                (-1.82, -0.36),
                (-1.64, 0.08),
                (-1.95, 0.62),
                (-1.82, 0.62),
                (-1.42, 0.13),
            ],
            0.06,
        ),
        skin,
    )
    side = np.array([(front, 0.55), (front, 0.15), (front + 0.5, -0.1), (front + 0.54, -0.02)])
    flipper = extrusion(side, 0.05).turned("x", 90).scaled(1, 1, 1).turned("z", -22).moved(y=-h * 0.25)
    shark.both("pectoral fin", flipper, skin)
    small = (
        extrusion(np.array([(0.06, -0.6), (0.06, -0.85), (0.28, -0.95)]), 0.035)
        .turned("x", 90)
        .turned("z", -20)
    )
    shark.both("pelvic fin", small.moved(y=-h * 0.35), skin)
    if style == "hammerhead":
        body.put(shark, "hammer", body.ball(0.62, 0.09, 0.15), skin, [(0, 0.02, 1.22)])
        body.eyes(shark, draw, (0, 0.02, 1.22), (0.62, 0.09, 0.15), 0.045, azimuth_deg=86, elevation_deg=0)
    else:
        body.eyes(
            shark,
            draw,
            (0, 0.05, 0.72),
            (w * 0.86, h * 0.85, 0.45),
            0.05 * fat**0.5,
            azimuth_deg=58,
            elevation_deg=14,
        )
    gill = body.ball(0.012, 0.1 * fat, 0.014)
    for i in range(3):
        body.pair(
            shark, "gill", gill.turned("x", 12).moved(w * 0.96, 0.0, 0.34 - 0.09 * i), lighter(skin, -0.5)
        )
    if draw.chance(0.7):
        jaw = Hand("faceted", 8, 0.0).ball(w * 0.62, 0.05, 0.25)
        shark.add("mouth", jaw, fur(draw, ("mouth", "#8e3f42")), [(0, -h * 0.52, 0.85)])
        for k in np.linspace(-0.8, 0.8, 9):
            shark.add(
                "tooth",
                cone(0.022, 0.06, sides=4),
                paint("white"),
                [(float(w * 0.66 * k), -h * 0.55, float(0.85 + 0.27 * np.sqrt(1 - k * k)))],
            )
    return shark


def whale(draw: Draw) -> Assembly:
    skin = fur(
        draw,
        ("blue", "#4f7ba6"),
        ("navy", "#3d5a80"),
        ("grey", "#76828e"),
        ("light blue", "#7fb0cf"),
        ("black", "#34383e"),
    )
    style, hand = draw.pick("toy", "blue whale", "sperm whale", "orca"), any_hand(draw)
    hand = Hand("faceted", 8, 0.0) if hand.blocky else hand
    if style == "orca":
        skin = fur(draw, ("black", "#2f3238"))
    whale = Assembly({"style": style, "colour": skin.name})
    whale.proportions = draw.stretch(0.1, "x", "y", "z")
    shape = {
        "toy": [(-1.7, 0.45, 0.1, 0.08), (-1.0, 0.1, 0.45, 0.4), (0, 0, 0.95, 0.8), (0.75, 0, 0.95, 0.8), (1.2, 0, 0.65, 0.55)],
        "blue whale": [(-2.9, 0.15, 0.1, 0.08), (-1.6, 0.02, 0.35, 0.34), (0, 0, 0.62, 0.6), (1.5, 0, 0.6, 0.5), (2.5, -0.02, 0.35, 0.25)],
        "sperm whale": [(-2.5, 0.1, 0.1, 0.08), (-1.3, 0, 0.36, 0.38), (0.2, 0, 0.6, 0.62), (1.5, 0.04, 0.58, 0.66), (2.2, 0.06, 0.5, 0.62)],
        "orca": [(-2.0, 0.08, 0.08, 0.08), (-1.0, 0, 0.36, 0.38), (0.1, 0, 0.52, 0.55), (1.0, 0, 0.48, 0.48), (1.6, -0.02, 0.25, 0.22)],
    }[style]  # fmt: skip
    hand.put(whale, "body", hand.body(shape), skin)
    w, h = shape[2][2], shape[2][3]
    under = [(z, y - hh * 0.22, ww * 0.9, hh * 0.84) for z, y, ww, hh in shape[1:]]
    hand.put(
        whale, "belly", hand.body(under), paint("white") if style != "sperm whale" else lighter(skin, 0.2)
    )
    z, y = shape[0][0] + 0.1, shape[0][1]
    fluke = np.array([(0.0, 0.25), (0.25, 0.15), (0.75, -0.3), (0.72, -0.42), (0.3, -0.3), (0.0, -0.2)]) * (
        0.95 if style != "toy" else 0.85
    )
    whale.both(
        "fluke", extrusion(fluke, 0.09).turned("x", 90).turned("z", draw.between(0, 22)).moved(0, y, z), skin
    )
    flipper = (
        hand.ball(0.42, 0.06, 0.18)
        .turned("y", 25)
        .turned("z", -28)
        .moved(w * 1.12, -h * 0.45, shape[3][0] * 0.6)
    )
    hand.pair(whale, "flipper", flipper, skin)
    zf, hf = shape[3][0], shape[3][3]
    hand.eyes(whale, draw, (0, 0, zf), (shape[3][2], hf, 0.5 * hf), 0.055, azimuth_deg=68, elevation_deg=-8)
    if style == "orca":
        whale.add(
            "dorsal fin",
            _fin([(0.3, h * 0.9), (-0.3, h * 0.9), (-0.3, h + 0.65), (-0.15, h + 0.6)], 0.09),
            skin,
        )
        patch = hand.ball(0.06, 0.1, 0.2).moved(shape[3][2] * 0.86, hf * 0.42, zf + 0.1)
        hand.pair(whale, "eye patch", patch, paint("white"))
    elif style == "blue whale":
        whale.add("dorsal fin", _fin([(-1.2, 0.35), (-1.6, 0.3), (-1.6, 0.58)], 0.08), skin)
    if draw.chance(0.65 if style == "toy" else 0.25):
        whale.attributes["spouting"] = True
        water = any_paint(draw) if draw.chance(0.1) else fur(draw, ("water", "#a9d5e6"))
        for a in (0, 120, 240):
            arm: list[Point] = [
                (0, hf * 0.85, zf - 0.2),
                (0, hf + 0.5, zf - 0.2),
                (0, hf + 0.75, zf + 0.05),
                (0, hf + 0.55, zf + 0.2),
            ]
            jet = hand.limb(arm, [0.05, 0.06, 0.09, 0.03]).moved(z=0.2 - zf).turned("y", a).moved(z=zf - 0.2)
            hand.put(whale, "spout", jet, water)
    return whale
