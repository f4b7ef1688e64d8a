"""Violins and their kin, upright, their fronts to +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    extrusion,
    merged,
)  # fmt: skip


def violin(draw: Draw) -> Assembly:
    return _bowed(draw, draw.pick("classical", "fiddle", "electric"))


def cello(draw: Draw) -> Assembly:
    return _bowed(draw, "cello")


def _bowed(draw: Draw, style: str) -> Assembly:
    hue = draw.pick(
        ("amber varnish", "#a5602d"),
        ("red varnish", "#8a3b24"),
        ("brown varnish", "#6e4526"),
        ("honey varnish", "#c68a45"),
    )
    skin = any_paint(draw, "brown") if style == "electric" else material(*hue, roughness=0.3)
    violin = Assembly({"style": style, "colour": skin.name})
    size = 2.1 if style == "cello" else draw.between(0.85, 1.1)
    violin.proportions = (size, size, size)
    dark = material("ebony", "#2f2a28", roughness=0.5)
    knots = [
        (0.0, 0.0, 0),
        (0.07, 0.008, 0),
        (0.103, 0.06, 0),
        (0.092, 0.115, 0),
        (0.072, 0.14, 0),
        (0.056, 0.18, 0),
        (0.06, 0.215, 0),
        (0.08, 0.24, 0),
        (0.084, 0.29, 0),
        (0.06, 0.345, 0),
        (0.0, 0.355, 0),
    ]
    pinch = draw.between(0.92, 1.08)
    half = spline(knots, 30)[:, :2] * [pinch, 1]
    outline = np.concatenate([half, half[-2:0:-1] * [-1, 1]])
    thick = 0.035
    if style == "electric" and draw.chance(0.6):
        outline = outline * [0.55, 1]
    violin.add("ribs", extrusion(outline, thick), lighter(skin, -0.2))
    middle = np.array((0, 0.17))
    for side in (-1, 1):
        plate = extrusion((outline - middle) * [1.05, 1.02] + middle, 0.006)
        violin.add(
            "top" if side > 0 else "back",
            plate,
            skin if side > 0 else lighter(skin, -0.12),
            [(0, 0, side * (thick / 2 + 0.002))],
        )
    front = thick / 2 + 0.005
    violin.add(
        "neck",
        extrusion(np.array([(-0.012, 0.34), (0.012, 0.34), (0.01, 0.5), (-0.01, 0.5)]), 0.02),
        lighter(skin, 0.05),
        [(0, 0, 0.012)],
    )
    board = extrusion(np.array([(-0.02, 0.225), (0.02, 0.225), (0.012, 0.5), (-0.012, 0.5)]), 0.007)
    violin.add("fingerboard", board, dark, [(0, 0, front + 0.014)])
    curl = spline(
        [
            (0, 0.49, 0.015),
            (0, 0.54, 0.0),
            (0, 0.575, -0.005),
            (0, 0.587, 0.015),
            (0, 0.57, 0.024),
            (0, 0.562, 0.01),
        ],
        14,
    )
    violin.add("scroll", tube(curl, [0.013, 0.012, 0.01, 0.01, 0.007], sides=8), lighter(skin, 0.05))
    peg = merged(
        cylinder(0.0035, 0.05, sides=8).turned("z", -90), ellipsoid(0.008, 0.009, 0.004, sides=8).moved(0.055)
    )
    for i in range(4):
        side = -1 if i % 2 else 1
        violin.add("peg", peg.scaled(side, 1, 1), dark, [(0, 0.51 + 0.013 * i, 0.005)])
    violin.add(
        "bridge",
        extrusion(
            np.array([(-0.023, 0), (0.023, 0), (0.017, 0.02), (0, 0.026), (-0.017, 0.02)]), 0.004
        ).turned("x", 90),
        material("maple", "#dcb983"),
        [(0, 0.17, front - 0.002)],
    )
    violin.add(
        "tailpiece",
        extrusion(np.array([(-0.009, 0.012), (0.009, 0.012), (0.021, 0.11), (-0.021, 0.11)]), 0.006),
        dark,
        [(0, 0, front + 0.008)],
    )
    strings = [
        tube(
            [(x * 1.5, 0.105, front + 0.012), (x * 1.4, 0.17, front + 0.024), (x * 0.7, 0.5, front + 0.019)],
            0.0009,
            sides=4,
        )
        for x in (-0.009, -0.003, 0.003, 0.009)
    ]
    violin.add("strings", merged(*strings), metal("silver"))
    if style != "electric":
        hole = spline(
            [(0.036, 0.21, 0), (0.043, 0.195, 0), (0.048, 0.17, 0), (0.054, 0.145, 0), (0.06, 0.13, 0)], 10
        )
        violin.both("f-hole", tube(hole, [0.004, 0.0025, 0.0025, 0.004], sides=6).moved(0, 0, front), dark)
    if style != "cello":
        violin.add(
            "chin rest", ellipsoid(0.035, 0.022, 0.008, sides=12), dark, [(-0.045, 0.028, front + 0.006)]
        )
    else:
        violin.add("spike", cylinder(0.004, 0.09, sides=8), metal("steel"), [(0, -0.09, 0)])
    if draw.chance(0.55):
        violin.attributes["with_bow"] = True
        stick = tube(spline([(0, 0, 0), (-0.012, 0.33, 0), (0, 0.68, 0)], 12), [0.005, 0.004, 0.003], sides=8)
        hair = box(0.003, 0.62, 0.008).moved(0.016, 0.03)
        turn = draw.between(-14, 14)
        for label, solid, tone in (
            ("bow stick", stick, any_wood(draw)),
            ("bow hair", hair, paint("white")),
            ("bow frog", box(0.022, 0.035, 0.011).moved(0.009, 0.03), dark),
            ("bow tip", box(0.02, 0.014, 0.008).moved(0.008, 0.66), dark),
        ):
            violin.add(label, solid.turned("z", turn).moved(0.19, -0.02, 0.0), tone)
    return violin
