"""Stationery: what lies on a desk to write and cut with."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_paint,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.solids import Solid, box, cone, cylinder, dome, extrusion, lathe, merged, torus


def pencil(draw: Draw) -> Assembly:
    style = draw.pick("lead", "coloured", "lead", "stubby", "mechanical")
    coat = draw.pick(paint("yellow"), any_paint(draw), any_paint(draw))
    pencil = Assembly({"style": style, "colour": coat.name})
    r = draw.between(0.0035, 0.0045) * (1.5 if style == "stubby" else 1.0)
    long = draw.between(0.06, 0.08) if style == "stubby" else draw.between(0.13, 0.18)
    sides = draw.pick(6, 6, 6, 16)
    parts: list[tuple[str, Solid, Material]] = []
    if style == "mechanical":
        grip = [(0, 0), (r, 0), (r, 0.035), (0, 0.035)]
        rings = merged(*(torus(r, r * 0.12, sides=12, around=5).moved(y=0.005 + 0.005 * i) for i in range(6)))
        parts += [
            ("body", cylinder(r, long - 0.03, sides=14).moved(y=0.03), coat),
            ("grip", lathe(grip, sides=14), rubber()),
        ]
        parts += [
            ("grip ring", rings, paint("grey")),
            ("tip", cone(r, 0.016, sides=14).turned("x", 180), metal("steel")),
        ]
        parts.append(("lead", cylinder(0.0005, 0.02, sides=6).moved(y=-0.021), paint("black")))
        parts.append(("clip", box(r * 0.7, 0.035, 0.0012).moved(0, long - 0.04, r + 0.0006), metal("silver")))
        parts.append(("push button", cylinder(r * 0.6, 0.01, sides=12).moved(y=long), lighter(coat, -0.3)))
    else:
        tip = long * draw.between(0.1, 0.16) if style != "stubby" else 0.02
        parts.append(("body", cylinder(r, long, sides=sides), coat))
        bare = cylinder(r * 0.99, tip, top=r * 0.26, sides=sides).turned("x", 180)
        parts.append(("sharpened wood", bare, material("wood", "#dcb98a")))
        lead = coat if style == "coloured" else material("graphite", "#3a3b3f")
        parts.append(
            ("point", cone(r * 0.28, tip * 0.32, sides=sides).turned("x", 180).moved(y=-tip * 0.99), lead)
        )
        if style != "coloured" and draw.chance(0.85):
            pencil.attributes["eraser"] = True
            band = [
                (0, 0),
                (r * 1.04, 0),
                (r * 1.1, 0.002),
                (r * 1.02, 0.004),
                (r * 1.1, 0.006),
                (r * 1.02, 0.008),
                (r * 1.04, 0.011),
                (0, 0.011),
            ]
            parts.append(
                (
                    "ferrule",
                    lathe(band, sides=14).moved(y=long - 0.001),
                    metal(draw.pick("silver", "gold", "brass")),
                )
            )
            rubber_ = merged(cylinder(r, 0.007, sides=14), dome(r, r * 0.5, sides=14).moved(y=0.007))
            parts.append(
                ("rubber", rubber_.moved(y=long + 0.01), paint(draw.pick("pink", "pink", "red", "white")))
            )
        elif style == "coloured":
            parts.append(
                (
                    "end cap",
                    cylinder(r * 1.02, 0.006, sides=sides).moved(y=long - 0.005),
                    paint("white") if draw.chance(0.5) else lighter(coat, -0.3),
                )
            )
    lying, roll = draw.chance(0.55), draw.between(0, 360)
    for label, solid, stuff in parts:
        pencil.add(label, solid.turned("y", roll).turned("z", 90) if lying else solid, stuff)
    return pencil


def scissors(draw: Draw) -> Assembly:
    style = draw.pick("office", "office", "tailor", "safety")
    grip = any_paint(draw, "white") if style != "tailor" or draw.chance(0.4) else paint("black")
    scissors = Assembly({"style": style, "colour": grip.name})
    scissors.proportions = draw.stretch(0.1, "x", "y")
    blade, wide = draw.between(0.08, 0.12), draw.between(0.011, 0.016)
    opened = draw.between(10, 32) if draw.chance(0.75) else 5.0
    scissors.attributes["open"] = opened > 6
    end = 0.25 if style != "safety" else 0.7
    outline = np.array(
        [
            (-0.5, -0.02),
            (0.5, -0.02),
            (0.5, blade * 0.5),
            (end * 0.5, blade * 0.97),
            (-0.5 + end * 0.3, blade),
            (-0.5, blade * 0.94),
        ]
    ) * [wide, 1]
    edge = extrusion(outline, 0.0022)
    w, h = draw.between(0.028, 0.036), draw.between(0.04, 0.06)
    rim = draw.between(0.0045, 0.0065)
    eye = torus(1.0, rim / (w / 2), sides=22, around=8).turned("x", 90)
    steel = metal("steel")
    for side in (-1, 1):
        tall = h * (1.25 if side > 0 and style == "tailor" else 1.0)
        hoop = eye.scaled(w / 2, tall / 2, rim / 2 * 2.4).moved(-side * (w * 0.62), -0.028 - tall / 2)
        shank = tube(
            [(0, -0.012, 0), (-side * 0.003, -0.022, 0), (-side * w * 0.4, -0.036, 0)],
            [wide * 0.42, wide * 0.42, rim],
            sides=8,
            flatten=0.55,
        )
        lean = side * opened / 2
        z = side * 0.0012
        scissors.add("blade", edge.scaled(side, 1, 1).turned("z", -lean).moved(0, 0, z), steel)
        scissors.add("handle", merged(hoop, shank).turned("z", -lean).moved(0, 0, z), grip)
    screw = merged(
        cylinder(0.004, 0.0085, sides=14).turned("x", 90).moved(z=-0.00425),
        box(0.006, 0.001, 0.0006).moved(0, 0, 0.0044),
    )
    scissors.add("pivot", screw, metal("silver") if draw.chance(0.6) else grip)
    return scissors
