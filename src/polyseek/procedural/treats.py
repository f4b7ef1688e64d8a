"""Treats: cookies, cupcakes, lollipops and croissants."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creases import CREASE_DEG
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, material, paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    Solid,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    rounded_box,
    sphere,
)  # fmt: skip

CHOCOLATE = material("chocolate", "#513325", roughness=0.5)


def cookie(draw: Draw) -> Assembly:
    dough = material(
        *draw.pick(
            ("golden", "#cb9552"), ("brown", "#a86f3e"), ("chocolate", "#5d3b2a"), ("cream", "#e0bd82")
        ),
        roughness=0.9,
    )
    style = draw.pick("chocolate chip", "chocolate chip", "chocolate chip", "sandwich", "gingerbread", "iced")
    cookie = Assembly({"style": style, "colour": dough.name})
    cookie.proportions = draw.stretch(0.1, "xz", "y")
    crease = draw.pick(0.0, CREASE_DEG)
    if style == "gingerbread":
        return _gingerbread(cookie, draw, material("gingerbread", "#a86a3a", roughness=0.9))
    if style == "sandwich":
        dark = draw.pick(CHOCOLATE, dough)
        wafer = lathe(
            [(0, 0), (0.024, 0), (0.025, 0.002), (0.025, 0.006), (0.0235, 0.008), (0, 0.008)], sides=24
        )
        cookie.add("wafer", wafer, dark, [(0, 0, 0), (0, 0.0135, 0)])
        cookie.add(
            "cream",
            cylinder(0.0225, 0.006, sides=24),
            draw.pick(paint("white"), paint("pink")),
            [(0, 0.0078, 0)],
        )
        cookie.spin(
            "ridge", ellipsoid(0.0013, 0.001, 0.003, sides=6).moved(0, 0.0215, 0.019), lighter(dark, -0.2), 16
        )
        return cookie
    r = draw.between(0.032, 0.042)
    disc = lathe(
        [(0, 0), (r * 0.93, 0), (r, 0.004), (r * 0.9, 0.009), (r * 0.5, 0.0115), (0, 0.012)],
        sides=draw.pick(11, 26),
    )
    angle = np.arctan2(disc.vertices[:, 2], disc.vertices[:, 0])
    wobble = 1 + 0.03 * np.sin(3 * angle + draw.between(0, 6)) + 0.02 * np.sin(7 * angle)
    bitten = draw.chance(0.3)
    shape = disc.vertices * np.column_stack([wobble, np.ones_like(wobble), wobble])
    if bitten:
        cookie.attributes["bitten"] = True
        gap = shape[:, [0, 2]] - [r * 0.95, 0.0]
        far = np.maximum(np.linalg.norm(gap, axis=1), 1e-6)
        shape[:, [0, 2]] += gap / far[:, None] * np.maximum(0, r * 0.5 - far)[:, None] * [1.0, 0.0]
        shape[:, 0] = np.minimum(shape[:, 0], r * 0.95)
    cookie.add("dough", Solid(shape, disc.faces), dough, crease_deg=crease)
    if style == "iced":
        cookie.add(
            "icing",
            lathe([(0, 0.0095), (r * 0.8, 0.0095), (r * 0.78, 0.0128), (0, 0.0138)], sides=24),
            any_paint(draw, "black", "brown"),
        )
    chip = paint("white") if dough.name == "chocolate" else CHOCOLATE
    stuff = [any_paint(draw, "black", "grey", "brown") for _ in range(3)] if style == "iced" else [chip]
    for i in range(draw.whole(7, 14)):
        a, far = draw.between(0, 6.28), r * 0.82 * draw.between(0.05, 1) ** 0.5
        if bitten and far * np.cos(a) > 0.4 * r:
            continue
        y = 0.0125 - 0.004 * (far / r) ** 2
        cookie.add(
            "chip",
            ellipsoid(0.0034, 0.0026, 0.0034, sides=7),
            stuff[i % len(stuff)],
            [(float(far * np.cos(a)), y, float(far * np.sin(a)))],
        )
    return cookie


def _gingerbread(model: Assembly, draw: Draw, dough: Material) -> Assembly:
    """A flat little man with icing, standing."""
    model.add("head", cylinder(0.02, 0.01, sides=20).turned("x", 90), dough, [(0, 0.102, -0.005)])
    model.add("body", rounded_box(0.034, 0.05, 0.01, 0.0049), dough, [(0, 0.04, 0)])
    arm = tube([(0, 0.072, 0), (0.042, 0.076, 0)], [0.0105, 0.012], sides=12, flatten=0.48)
    leg = tube([(0.006, 0.05, 0), (0.02, 0.008, 0)], [0.013, 0.0125], sides=12, flatten=0.42)
    model.both("arm", arm, dough)
    model.both("leg", leg, dough)
    icing = paint("white")
    model.both("eye", ellipsoid(0.0025, 0.0025, 0.0015, sides=8).moved(0.007, 0.107, 0.005), icing)
    smile = [(-0.009, 0.098, 0.0055), (0, 0.0925, 0.0055), (0.009, 0.098, 0.0055)]
    model.add("mouth", tube(spline(smile, 9), 0.0012, sides=5), icing)
    button = ellipsoid(0.003, 0.003, 0.002, sides=8)
    model.add(
        "button",
        button,
        any_paint(draw, "brown", "black", "grey"),
        [(0, 0.078, 0.005), (0, 0.066, 0.005), (0, 0.054, 0.005)],
    )
    return model


def cupcake(draw: Draw) -> Assembly:
    cream = material(
        *draw.pick(
            ("pink", "#e7a3b4"),
            ("white", "#eee9e0"),
            ("chocolate", "#6a4430"),
            ("mint", "#a6d6bd"),
            ("blue", "#8eb7d8"),
            ("purple", "#a68cc4"),
        ),
        roughness=0.6,
    )
    style = draw.pick("swirled", "domed", "tiered")
    cake = Assembly({"style": style, "colour": cream.name})
    cake.proportions = draw.stretch(0.1, "xz", "y")
    low, high, h, n = 0.024, 0.035, 0.036, draw.whole(14, 20)
    case = any_paint(draw, "black")
    wave = np.tile([1.0, 0.92], n)
    ring = regular(2 * n, 1.0) * wave[:, None]
    rings = np.stack(
        [
            np.column_stack([ring[:, 0] * w, np.full(2 * n, y), ring[:, 1] * w])
            for w, y in ((low, 0.0), (high, h))
        ]
    )
    cake.add("paper case", loft(rings), case)
    cake.add(
        "cake",
        ellipsoid(high * 0.97, 0.012, high * 0.97, sides=20),
        material("sponge", "#c88f50"),
        [(0, h, 0)],
    )
    top = h + 0.045
    if style == "swirled":
        turns = np.linspace(0, 2 * np.pi * 3.2, 64)
        share = np.linspace(0, 1, 64)
        path = np.column_stack(
            [
                0.024 * (1 - share) * np.cos(turns),
                h + 0.01 + 0.034 * share,
                0.024 * (1 - share) * np.sin(turns),
            ]
        )
        cake.add("cream", tube(path, [0.0115, 0.01, 0.0085, 0.002], sides=8), cream)
        cake.add(
            "cream heart",
            lathe([(0, h), (0.026, h + 0.002), (0.012, h + 0.03), (0, h + 0.04)], sides=14),
            cream,
        )
    elif style == "domed":
        cake.add(
            "cream",
            ellipsoid(high * 1.08, 0.032, high * 1.08, sides=draw.pick(10, 22)),
            cream,
            [(0, h + 0.005, 0)],
            crease_deg=draw.pick(0.0, 60.0),
        )
        top = h + 0.038
    else:
        for i, wide in enumerate((0.036, 0.027, 0.017)):
            cake.add("cream", ellipsoid(wide, 0.0105, wide, sides=16), cream, [(0, h + 0.008 + 0.014 * i, 0)])
        top = h + 0.046
    topping = draw.pick("cherry", "candle", "sprinkles", "none")
    cake.attributes["topping"] = topping
    if topping == "cherry":
        cake.add(
            "cherry",
            sphere(0.009, sides=14),
            material("cherry", "#c02f3a", roughness=0.25),
            [(0, top + 0.004, 0)],
        )
        cake.add(
            "cherry stalk",
            tube(
                spline([(0, top + 0.012, 0), (0.004, top + 0.024, 0), (0.012, top + 0.032, 0)], 6),
                0.001,
                sides=5,
            ),
            material("stalk", "#6d7a3c"),
        )
    if topping == "candle":
        cake.add(
            "candle",
            cylinder(0.003, 0.035, sides=8),
            any_paint(draw, "black", "brown"),
            [(0, top - 0.006, 0)],
        )
        cake.add(
            "flame",
            lathe([(0, 0), (0.0032, 0.004), (0, 0.013)], sides=8),
            material("flame", "#f0b045", glow=0.8),
            [(0, top + 0.03, 0)],
        )
    if topping == "sprinkles":
        for i in range(24):
            a, s = draw.between(0, 6.28), 0.2 + 0.75 * (i + 0.5) / 24
            place = (
                0.03 * s * np.cos(a),
                h + 0.008 + (top - h - 0.006) * (1 - s * s) ** 0.6,
                0.03 * s * np.sin(a),
            )
            cake.add(
                "sprinkle",
                rounded_box(0.0018, 0.0018, 0.006, 0.0008, steps=1).turned("y", 57 * a),
                any_paint(draw, "black", "brown", "grey"),
                [place],
            )
    return cake


def lollipop(draw: Draw) -> Assembly:
    first, second = (
        any_paint(draw, "black", "grey", "brown"),
        draw.pick(paint("white"), paint("yellow"), paint("pink")),
    )
    style = draw.pick("swirl", "swirl", "ball", "flat disc", "heart")
    pop = Assembly({"style": style, "colour": first.name})
    pop.proportions = draw.stretch(0.12, "xz", "y")
    length, r = draw.between(0.1, 0.14), draw.between(0.028, 0.04)
    stick = draw.pick(paint("white"), material("wood", "#cfa871"))
    pop.add("stick", cylinder(0.0028, length, sides=8), stick)
    y = length + r * 0.85
    if style == "ball":
        r *= 0.6
        pop.add(
            "candy",
            sphere(r, sides=draw.pick(10, 20)),
            first,
            [(0, length + r * 0.7, 0)],
            crease_deg=draw.pick(0.0, 60.0),
        )
        pop.add(
            "seam",
            lathe(
                [
                    (r * 0.96, -0.002),
                    (r * 1.05, -0.002),
                    (r * 1.05, 0.002),
                    (r * 0.96, 0.002),
                    (r * 0.96, -0.002),
                ],
                sides=20,
            ),
            lighter(first, 0.3),
            [(0, length + r * 0.7, 0)],
        )
        return pop
    if style == "heart":
        t = np.linspace(0, 2 * np.pi, 29)[:-1]
        heart = (
            np.column_stack(
                [16 * np.sin(t) ** 3, 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)]
            )
            * r
            / 15
        )
        pop.add("candy", extrusion(heart, 0.012), first, [(0, y, 0)])
        pop.add("inner heart", extrusion(heart * 0.6, 0.015), second, [(0, y, 0)])
        return pop
    disc = lathe(
        [(0, -0.006), (r * 0.92, -0.006), (r, -0.003), (r, 0.003), (r * 0.92, 0.006), (0, 0.006)], sides=30
    )
    pop.add("candy", disc.turned("x", 90), first, [(0, y, 0)])
    if style == "swirl":
        t = np.linspace(0.6, 2 * np.pi * draw.pick(2, 3, 3), 60)
        far = r * 0.93 * t / t[-1]
        for z in (-0.0058, 0.0058):
            path = np.column_stack([far * np.cos(t), y + far * np.sin(t), np.full(60, z)])
            pop.add("swirl", tube(path, [0.0015, r * 0.07, r * 0.07], sides=5), second)
    else:
        for k in range(6):
            wedge = ellipsoid(r * 0.11, r * 0.36, 0.0075, sides=10).moved(y=r * 0.5).turned("z", 60 * k + 15)
            pop.add("stripe", wedge, second, [(0, y, 0)])
    if draw.chance(0.3):
        bow = ellipsoid(0.011, 0.006, 0.004, sides=10).turned("z", 20).moved(0.011, length - 0.006, 0.002)
        pop.both("bow", bow, any_paint(draw))
    return pop


def croissant(draw: Draw) -> Assembly:
    crust = material(
        *draw.pick(
            ("golden", "#c98a44"), ("brown", "#ad6c33"), ("light", "#dba964"), ("chocolate", "#7a4c2c")
        ),
        roughness=0.7,
    )
    bend = draw.pick(0.25, 0.6, 1.0)
    style = {0.25: "straight", 0.6: "curved", 1.0: "crescent"}[bend]
    roll = Assembly({"style": style, "colour": crust.name})
    roll.proportions = draw.stretch(0.1, "x", "y", "z")
    segments, fat = draw.pick(5, 7, 7, 9), draw.between(0.03, 0.04)
    crease = draw.pick(0.0, CREASE_DEG + 5)
    sides = 8 if crease == 0 else 14
    span = np.linspace(-1, 1, segments + 1)
    for k in range(segments):
        a, b = span[k], span[k + 1]
        wide = fat * (1 - 0.8 * abs((a + b) / 2) ** 1.5)
        taper = 0.72 if a + b > 0.01 else 1.0
        other = 0.72 if a + b < -0.01 else 1.0
        reach = 0.014 * (1 - abs(a + b) / 2)
        path = [_on_crescent(s, bend) for s in np.linspace(a - reach, b + reach, 5)]
        radii = wide * np.array([0.78 * other, other, 1.06, taper, 0.78 * taper])
        shade = lighter(crust, 0.1) if k % 2 else crust
        roll.add("segment", tube(path, radii, sides=sides, flatten=0.9), shade, crease_deg=crease)
    return roll


def _on_crescent(share: float, bend: float) -> Point:
    """The middle line of a croissant lying down, from -1 to 1; its tips come forward as it bends."""
    turn = bend * 1.9 * share
    reach = 0.075 / bend
    return float(reach * np.sin(turn) * 0.75), 0.0, float(reach * (1 - np.cos(turn)) * 0.75)
