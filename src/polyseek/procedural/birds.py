"""Birds: bodies of swept tubes and turned profiles. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, add_eyes, fur, smooth_body
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, paint
from polyseek.procedural.solids import (
    cone,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    sphere,
    torus,
)


def bird(draw: Draw) -> Assembly:
    plumage, belly = any_paint(draw), any_paint(draw, "black")
    style = draw.pick("perching", "duck", "owl")
    bird = Assembly({"style": style, "colour": plumage.name})
    bird.proportions = draw.stretch(0.1, "x", "y", "z")
    beak = paint("orange")
    if style == "owl":
        bird.add(
            "body",
            lathe(
                [(0, 0), (0.06, 0.0), (0.085, 0.06), (0.085, 0.13), (0.07, 0.19), (0.045, 0.225), (0, 0.235)],
                sides=26,
            ),
            plumage,
            [(0, 0.012, 0)],
        )
        bird.add("belly", ellipsoid(0.058, 0.075, 0.045, sides=20), belly, [(0, 0.085, 0.05)])
        for side in (-1, 1):
            bird.add(
                "eye disc",
                ellipsoid(0.035, 0.035, 0.014, sides=18),
                lighter(belly, 0.4),
                [(side * 0.033, 0.182, 0.058)],
            )
            bird.add(
                "eye",
                ellipsoid(0.019, 0.019, 0.012, sides=16),
                paint("yellow"),
                [(side * 0.033, 0.182, 0.066)],
            )
            bird.add("pupil", sphere(0.0105, sides=12), EYE, [(side * 0.033, 0.182, 0.072)])
        bird.both("tuft", cone(0.018, 0.045, sides=10).turned("z", -20).moved(0.042, 0.215, 0.01), plumage)
        bird.both(
            "wing",
            ellipsoid(0.016, 0.085, 0.05, sides=18).turned("z", 6).moved(0.085, 0.1, -0.005),
            lighter(plumage, -0.2),
        )
        bird.add("beak", cone(0.011, 0.025, sides=10).turned("x", 150), beak, [(0, 0.172, 0.078)])
        bird.both("foot", ellipsoid(0.022, 0.012, 0.028, sides=12).moved(0.03, 0.012, 0.04), beak)
        return bird
    duck = style == "duck"
    y = 0.075 if duck else 0.1
    bird.add(
        "body",
        smooth_body(
            [(0, y + 0.03, -0.12), (0, y, 0), (0, y + 0.02, 0.085)], [0.012, 0.055, 0.07, 0.066, 0.05]
        ),
        plumage,
    )
    bird.add("belly", ellipsoid(0.05, 0.045, 0.075, sides=18), belly, [(0, y - 0.018, 0.012)])
    ny, nz = (y + 0.115, 0.085) if duck else (y + 0.075, 0.075)
    bird.add(
        "neck",
        tube([(0, y + 0.01, 0.055), (0, ny, nz)], [0.04, 0.03] if duck else [0.045, 0.04], sides=14),
        plumage,
    )
    head = sphere(0.043, sides=20)
    bird.add("head", head, paint("green") if duck and draw.chance(0.4) else plumage, [(0, ny, nz)])
    if duck:
        bird.add("beak", ellipsoid(0.02, 0.009, 0.034, sides=14), beak, [(0, ny - 0.008, nz + 0.055)])
    else:
        bird.add("beak", cone(0.013, 0.04, sides=12).turned("x", 90), beak, [(0, ny - 0.004, nz + 0.036)])
        bird.add(
            "tail",
            extrusion(np.array([(-0.018, 0), (0.018, 0), (0.034, 0.1), (-0.034, 0.1)]), 0.008).turned(
                "x", -75
            ),
            lighter(plumage, -0.25),
            [(0, y + 0.03, -0.09)],
        )
    bird.both(
        "wing",
        ellipsoid(0.013, 0.035, 0.075, sides=18).turned("x", 14).moved(0.062, y + 0.012, -0.02),
        lighter(plumage, -0.2),
    )
    add_eyes(bird, 0.027, ny + 0.012, nz + 0.03, 0.008)
    for side in (-1, 1):
        bird.add("leg", cylinder(0.0045, y, sides=8), beak, [(side * 0.026, 0, 0.01)])
        if duck:
            bird.add(
                "foot",
                extrusion(np.array([(0, 0), (0.022, 0.05), (-0.022, 0.05)]), 0.006).turned("x", 90),
                beak,
                [(side * 0.026, 0.003, 0.0)],
            )
        else:
            for turn in (-30, 0, 30, 180):
                bird.add(
                    "toe",
                    tube([(0, 0.004, 0), (0, 0.003, 0.028)], 0.0035, sides=6).turned("y", turn),
                    beak,
                    [(side * 0.026, 0, 0.01)],
                )
    return bird


def penguin(draw: Draw) -> Assembly:
    coat, beak = fur(draw, ("black", "#34363d"), ("navy", "#37465f"), ("grey", "#6f757c")), paint("orange")
    scarf = draw.chance(0.4)
    penguin = Assembly({"colour": coat.name, "scarf": scarf})
    penguin.proportions = draw.stretch(0.08, "xz", "y")
    h = draw.between(0.45, 0.6)
    body = [
        (0, 0.02),
        (0.24, 0.02),
        (0.31, 0.2),
        (0.3, 0.4),
        (0.22, 0.62),
        (0.16, 0.72),
        (0.165, 0.82),
        (0.12, 0.94),
        (0, 0.99),
    ]
    curve = spline([(x * h, y * h, 0) for x, y in body], 28)
    outline = [(max(float(x), 0.0), float(y)) for x, y, _ in curve]
    outline[0], outline[-1] = (0.0, outline[0][1]), (0.0, outline[-1][1])
    penguin.add("body", lathe(outline, sides=28), coat)
    penguin.add(
        "belly", ellipsoid(0.22 * h, 0.3 * h, 0.2 * h, sides=24), paint("white"), [(0, 0.36 * h, 0.135 * h)]
    )
    penguin.add(
        "face",
        ellipsoid(0.055 * h, 0.06 * h, 0.05 * h, sides=16),
        paint("white"),
        [(-0.05 * h, 0.83 * h, 0.125 * h), (0.05 * h, 0.83 * h, 0.125 * h)],
    )
    penguin.add("beak", cone(0.045 * h, 0.13 * h, sides=14).turned("x", 96), beak, [(0, 0.8 * h, 0.15 * h)])
    penguin.both(
        "flipper",
        ellipsoid(0.03 * h, 0.23 * h, 0.085 * h, sides=18)
        .turned("z", draw.between(12, 32))
        .moved(0.33 * h, 0.42 * h, 0),
        coat,
    )
    penguin.both(
        "foot", ellipsoid(0.1 * h, 0.035 * h, 0.15 * h, sides=16).moved(0.13 * h, 0.035 * h, 0.14 * h), beak
    )
    add_eyes(penguin, 0.055 * h, 0.85 * h, 0.168 * h, 0.02 * h)
    if scarf:
        wool = any_paint(draw, "black", "white")
        penguin.add("scarf", torus(0.18 * h, 0.045 * h), wool, [(0, 0.7 * h, 0)])
        penguin.add(
            "scarf end",
            ellipsoid(0.05 * h, 0.14 * h, 0.025 * h, sides=14),
            wool,
            [(0.1 * h, 0.58 * h, 0.24 * h)],
        )
    return penguin
