"""Bugs: butterflies, bees and spiders. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, fur
from polyseek.procedural.curves import Point, spline
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, material, paint
from polyseek.procedural.sculpting import any_hand
from polyseek.procedural.solids import Solid, cone, ellipsoid, extrusion, torus


def _wing(outline: list[tuple[float, float]], thick: float, *, steps: int) -> Solid:
    """A flat wing lying in the plane y = 0, points (x, z); `steps` corners between two points round it off."""
    points = np.array(outline)
    if steps > 1:
        corners = [(float(x), 0.0, float(z)) for x, z in [*outline, outline[0]]]
        points = spline(corners, steps * len(outline) + 1)[:-1, [0, 2]]
    return extrusion(points * [1, -1], thick).turned("x", -90)


def butterfly(draw: Draw) -> Assembly:
    wing, spot = any_paint(draw, "black", "brown"), any_paint(draw, "black", "navy")
    hand, lift = any_hand(draw), draw.between(5, 62)
    style = draw.pick("rounded", "pointed", "swallowtail")
    butterfly = Assembly({"style": style, "colour": wing.name})
    butterfly.proportions = draw.stretch(0.1, "x", "z")
    dark = material(*draw.pick(("black", "#302c30"), ("brown", "#5a4233")))
    steps = 1 if hand.style != "smooth" else 5
    fore = {
        "rounded": [
            (0.002, 0.012),
            (0.02, 0.034),
            (0.048, 0.042),
            (0.056, 0.024),
            (0.04, 0.004),
            (0.004, 0.0),
        ],
        "pointed": [
            (0.002, 0.012),
            (0.03, 0.03),
            (0.064, 0.044),
            (0.055, 0.02),
            (0.036, 0.002),
            (0.004, 0.0),
        ],
        "swallowtail": [
            (0.002, 0.012),
            (0.028, 0.036),
            (0.055, 0.046),
            (0.052, 0.022),
            (0.036, 0.0),
            (0.004, 0.0),
        ],
    }[style]
    hind = [(0.003, 0.002), (0.034, 0.001), (0.042, -0.014), (0.03, -0.034), (0.013, -0.034), (0.003, -0.008)]
    if style == "swallowtail":
        hind = [
            (0.003, 0.002),
            (0.034, 0.001),
            (0.042, -0.016),
            (0.031, -0.03),
            (0.033, -0.052),
            (0.026, -0.052),
            (0.018, -0.034),
            (0.003, -0.008),
        ]
    edged = draw.chance(0.6)
    for label, outline in (("fore wing", fore), ("hind wing", hind)):
        middle = np.mean(outline, axis=0)
        inner = [(float(a), float(b)) for a, b in (np.array(outline) - middle) * 0.76 + middle * 0.95]
        butterfly.both(label, _wing(outline, 0.0012, steps=steps).turned("z", lift), dark if edged else wing)
        if edged:
            butterfly.both(f"{label} field", _wing(inner, 0.0018, steps=steps).turned("z", lift), wing)
        dot = ellipsoid(0.006, 0.0014, 0.007, sides=10).moved(float(middle[0]) * 1.25, 0, float(middle[1]))
        butterfly.both(f"{label} spot", dot.turned("z", lift), spot)
    r = 0.0042
    hand.put(
        butterfly,
        "body",
        hand.body(
            [(-0.03, 0, r * 0.5, r * 0.5), (-0.008, 0, r * 0.8, r * 0.8), (0.004, 0, r, r), (0.014, 0, r, r)]
        ),
        dark,
    )
    hand.put(butterfly, "head", hand.ball(0.0046, 0.0046, 0.0046), dark, [(0, 0.001, 0.017)])
    feeler: list[Point] = [(0.001, 0.004, 0.018), (0.006, 0.012, 0.028), (0.012, 0.014, 0.036)]
    hand.pair(butterfly, "antenna", hand.limb(feeler, [0.0007, 0.0006]), dark)
    hand.pair(butterfly, "antenna tip", hand.ball(0.0014, 0.0014, 0.0014).moved(0.012, 0.014, 0.036), dark)
    return butterfly


def bee(draw: Draw) -> Assembly:
    yellow = fur(draw, ("yellow", "#e8bd42"), ("yellow", "#e2a93c"), ("orange", "#d99338"))
    hand, dark = any_hand(draw), material("black", "#322d2c", roughness=0.8)
    style = draw.pick("round", "slender", "cartoon")
    bee = Assembly({"style": style, "colour": yellow.name})
    bee.proportions = draw.stretch(0.1, "x", "y", "z")
    r, half = {"round": (0.011, 0.013), "slender": (0.007, 0.016), "cartoon": (0.013, 0.015)}[style]
    hand.put(bee, "body", hand.ball(r, r, half), yellow)
    for share in (-0.62, -0.15, 0.35)[: draw.whole(2, 3)]:
        wide = r * (1 if hand.blocky else float(np.sqrt(1 - share**2)))
        if hand.blocky:
            hand.put(bee, "stripe", hand.ball(r * 1.04, r * 1.04, half * 0.16), dark, [(0, 0, half * share)])
        else:
            ring = torus(wide * 0.88, r * 0.19, sides=18, around=6).turned("x", 90).scaled(1, 1, 1.1)
            bee.add("stripe", ring, dark, [(0, 0, half * share)])
    head = r * (0.9 if style == "cartoon" else 0.68)
    hz = half + head * 0.55
    hand.put(
        bee,
        "head",
        hand.ball(head, head, head * 0.9),
        yellow if style == "cartoon" else dark,
        [(0, r * 0.1, hz)],
    )
    hand.eyes(bee, draw, (0, r * 0.1, hz), (head, head, head * 0.9), head * 0.24, azimuth_deg=38)
    bee.add("sting", cone(r * 0.2, r * 0.7, sides=8).turned("x", -90), dark, [(0, 0, -half * 0.95)])
    glassy = material("wing", "#d6e7ee", opacity=draw.pick(0.6, 1.0), roughness=0.2)
    pairs, spread = draw.pick(1, 2), draw.between(10, 45)
    for i in range(pairs):
        scale = 1 - 0.3 * i
        leaf = ellipsoid(0.016 * scale, 0.0008, 0.0075 * scale, sides=14).moved(0.0155 * scale)
        leaf = leaf.turned("y", 18 + 28 * i).turned("z", spread).moved(r * 0.2, r * 0.85, half * 0.25)
        bee.both("wing", leaf, glassy)
    for z in (-0.2, 0.15, 0.5):
        leg: list[Point] = [
            (r * 0.4, -r * 0.7, half * z),
            (r * 0.9, -r * 1.15, half * z),
            (r * 0.8, -r * 1.7, half * z * 1.3),
        ]
        hand.pair(bee, "leg", hand.limb(leg, [r * 0.09, r * 0.07]), dark)
    feeler: list[Point] = [
        (head * 0.3, head * 0.8, hz),
        (head * 0.5, head * 1.7, hz + head * 0.4),
        (head * 0.7, head * 1.9, hz + head * 0.9),
    ]
    hand.pair(bee, "antenna", hand.limb(feeler, [r * 0.07, r * 0.06]), dark)
    hand.pair(bee, "antenna tip", hand.ball(r * 0.13, r * 0.13, r * 0.13).moved(*feeler[-1]), dark)
    return bee


def spider(draw: Draw) -> Assembly:
    skin = fur(
        draw,
        ("black", "#35323a"),
        ("brown", "#6a4a38"),
        ("grey", "#6d6c74"),
        ("purple", "#5d4a78"),
        ("red", "#8d3a35"),
    )
    mark, hand = draw.pick(paint("red"), paint("orange"), paint("white"), paint("yellow")), any_hand(draw)
    spider = Assembly({"style": hand.style, "colour": skin.name})
    spider.proportions = draw.stretch(0.1, "x", "y", "z")
    fat, y = draw.between(0.022, 0.04), draw.between(0.03, 0.045)
    rear = (fat, fat * 0.88, fat * 1.2)
    back = -0.016 - fat * 1.0
    hand.put(spider, "abdomen", hand.ball(*rear), skin, [(0, y + fat * 0.3, back)])
    front = (0.02, 0.016, 0.022)
    hand.put(spider, "head", hand.ball(*front), lighter(skin, -0.15), [(0, y, 0.008)])
    high, reach = draw.between(0.03, 0.06), draw.between(0.065, 0.11)
    thick = draw.between(0.003, 0.0055)
    for angle in (28, 68, 108, 148):
        a = np.radians(angle)
        steps = [(0.012, y), (reach * 0.5, y + high), (reach * 0.8, y * 0.75), (reach * 1.05, 0.0)]
        leg: list[Point] = [(float(d * np.sin(a)), h, float(d * np.cos(a)) + 0.006) for d, h in steps]
        hand.pair(spider, "leg", hand.limb(leg, [thick * 1.3, thick, thick * 0.8, thick * 0.4]), skin)
    for i, (az, el) in enumerate(((15, 22), (42, 26), (24, 52), (10, -8))[: draw.whole(1, 4)]):
        x, ey, z = hand.spot(front, az, el)
        size = 0.0042 if i == 0 else 0.0026
        spider.both("eye", ellipsoid(size, size, size, sides=8).moved(float(x), y + float(ey), 0.008 + float(z)),
                    EYE if skin.name not in ("black", "purple") else mark)  # fmt: skip
    fang: list[Point] = [(0.007, y - 0.006, 0.026), (0.008, y - 0.014, 0.034), (0.005, y - 0.022, 0.034)]
    hand.pair(spider, "fang", hand.limb(fang, [0.004, 0.003, 0.001]), lighter(skin, -0.4))
    pattern = draw.pick("plain", "spotted", "striped")
    spider.attributes["pattern"] = pattern
    if pattern == "spotted":
        for az, el in ((180, 62), (180, 20), (140, 40), (220, 40)):
            x, ey, z = hand.spot(rear, az, el)
            hand.put(
                spider,
                "spot",
                hand.ball(0.006, 0.005, 0.006),
                mark,
                [(float(x), y + fat * 0.3 + float(ey), back + float(z))],
            )
    if pattern == "striped":
        for share in (-0.5, 0.0, 0.45):
            wide = fat * (1 if hand.blocky else float(np.sqrt(1 - share**2))) * 1.03
            hand.put(
                spider,
                "stripe",
                hand.ball(wide, wide * 0.88, fat * 0.1),
                mark,
                [(0, y + fat * 0.3, back + fat * 1.2 * share)],
            )
    return spider
