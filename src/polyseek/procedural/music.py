"""Musical instruments."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    lighter,
    material,
    metal,
    paint,
    wood,
)
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    rounded_box,
    torus,
)  # fmt: skip


def guitar(draw: Draw) -> Assembly:
    electric = draw.chance(0.5)
    body, neck = (
        (any_paint(draw) if electric else any_wood(draw)),
        wood(draw.pick("walnut", "cherry", "ebony")),
    )
    guitar = Assembly({"style": "electric" if electric else "acoustic", "colour": body.name})
    guitar.proportions = draw.stretch(0.06, "x", "y", "z")
    knots = [
        (0, 0),
        (0.13, 0.015),
        (0.185, 0.11),
        (0.16, 0.21),
        (0.115, 0.27),
        (0.13, 0.36),
        (0.12, 0.42),
        (0.05, 0.455),
        (0, 0.455),
    ]
    if electric:
        knots = [
            (0, 0.01),
            (0.12, 0.0),
            (0.165, 0.09),
            (0.13, 0.2),
            (0.11, 0.25),
            (0.135, 0.36),
            (0.11, 0.41),
            (0.06, 0.34),
            (0, 0.33),
        ]
    right = spline([(x, y, 0) for x, y in knots], 26)[:, :2]
    depth = 0.04 if electric else 0.09
    outline = np.concatenate([right, (right * [-1, 1])[::-1][1:-1]])
    guitar.add("body", extrusion(outline, depth), body)
    z, top = depth / 2, (0.33 if electric else 0.455)
    if electric:
        guard = outline * [0.62, 0.55] + [0.02, 0.05]
        guitar.add(
            "pick guard",
            extrusion(guard, 0.004),
            paint("white" if body.name not in ("white", "cream") else "black"),
            [(0, 0, z)],
        )
        for y in (0.12, 0.2):
            guitar.add("pickup", rounded_box(0.085, 0.03, 0.014, 0.005), paint("black"), [(0, y, z + 0.004)])
        guitar.add(
            "knob",
            cylinder(0.012, 0.012, sides=16).turned("x", 90),
            metal("silver"),
            [(0.085, 0.06 + 0.04 * k, z) for k in range(2)],
        )
    else:
        guitar.add("side", extrusion(outline * 1.012 - [0, 0.003], depth * 0.9), lighter(body, -0.35))
        guitar.add(
            "sound hole",
            cylinder(0.047, 0.004, sides=30).turned("x", 90),
            material("hole", "#2b211c"),
            [(0, 0.29, z)],
        )
        guitar.add(
            "rosette",
            torus(0.05, 0.004, sides=32, around=6).turned("x", 90),
            lighter(body, 0.4),
            [(0, 0.29, z + 0.001)],
        )
    guitar.add(
        "bridge",
        rounded_box(0.13 if not electric else 0.08, 0.024, 0.016, 0.004),
        neck,
        [(0, 0.1 if not electric else 0.06, z)],
    )
    long = 0.42
    guitar.add("neck", rounded_box(0.05, long + 0.12, 0.03, 0.01), neck, [(0, top - 0.1, z - 0.008)])
    guitar.add(
        "fret",
        box(0.046, 0.003, 0.004),
        metal("silver"),
        [(0, top + long * (1 - 0.5 ** (i / 9)) * 1.9 - 0.03, z + 0.022) for i in range(9)],
    )
    head = np.array(
        [(-0.026, 0), (0.026, 0), (0.038, 0.03), (0.034, 0.15), (0, 0.16), (-0.034, 0.15), (-0.038, 0.03)]
    )
    guitar.add("head", extrusion(head, 0.018), body if electric else neck, [(0, top + long, z)])
    for side in (-1, 1):
        guitar.add(
            "tuning peg",
            ellipsoid(0.012, 0.008, 0.006, sides=10),
            metal("silver"),
            [(side * 0.048, top + long + 0.04 + 0.04 * i, z) for i in range(3)],
        )
    for i in range(6):
        x = (i - 2.5) * 0.0075
        guitar.add(
            "string",
            tube(
                [(x, 0.1 if not electric else 0.06, z + 0.022), (x, top + long + 0.03, z + 0.025)],
                0.0008,
                sides=5,
            ),
            metal("silver"),
        )
    return guitar


def drum(draw: Draw) -> Assembly:
    shell, skin = any_paint(draw) if draw.chance(0.6) else any_wood(draw), paint("cream")
    style = draw.pick("snare", "bongo", "djembe")
    drum = Assembly({"style": style, "colour": shell.name})
    drum.proportions = draw.stretch(0.08, "xz", "y")
    hoop = any_metal(draw)
    if style == "snare":
        r, h = draw.between(0.17, 0.2), draw.between(0.14, 0.3)
        drum.add("shell", cylinder(r, h, sides=40), shell)
        drum.add("hoop", torus(r * 1.01, 0.012, sides=40, around=8), hoop, [(0, 0.012, 0), (0, h - 0.008, 0)])
        drum.add("skin", cylinder(r * 0.98, 0.008, sides=40), skin, [(0, h - 0.004, 0)])
        drum.spin("lug", cylinder(0.006, h * 0.9, sides=10).moved(r * 1.03, h * 0.05), metal("silver"), 8)
        stick = tube([(-0.22, h + 0.02, 0.02), (0.2, h + 0.035, 0.06)], [0.008, 0.008, 0.005])
        drum.add("stick", stick, any_wood(draw))
        drum.add("stick", stick.turned("y", 40), any_wood(draw))
    elif style == "bongo":
        for x, r in ((-0.11, 0.1), (0.125, 0.12)):
            drum.add("shell", lathe([(r * 0.82, 0), (r, 0.17), (0, 0.17)], sides=30), shell, [(x, 0, 0)])
            drum.add("hoop", torus(r * 1.01, 0.01, sides=32, around=8), hoop, [(x, 0.155, 0)])
            drum.add("skin", cylinder(r * 0.97, 0.008, sides=32), skin, [(x, 0.168, 0)])
        drum.add("bridge", box(0.08, 0.05, 0.06), wood("walnut"), [(0.0, 0.06, 0)])
    else:
        r, h = draw.between(0.14, 0.17), draw.between(0.5, 0.62)
        outer = spline(
            [(r * 0.72, 0, 0), (r * 0.45, h * 0.3, 0), (r * 0.6, h * 0.52, 0), (r, h * 0.85, 0), (r, h, 0)],
            20,
        )
        drum.add(
            "shell", lathe([(0, 0), *[(float(x), float(y)) for x, y, _ in outer], (0, h)], sides=32), shell
        )
        drum.add("skin", cylinder(r * 0.97, 0.01, sides=32), skin, [(0, h - 0.004, 0)])
        drum.add(
            "hoop", torus(r * 1.01, 0.009, sides=32, around=8), hoop, [(0, h * 0.97, 0), (0, h * 0.86, 0)]
        )
        drum.spin(
            "cord", tube([(r * 1.02, h * 0.97, 0), (r * 0.85, h * 0.66, 0.03)], 0.004, sides=6), skin, 16
        )
    return drum
