"""Wild animals, drawn as a toy maker would: bodies of swept tubes and balls. They look towards +z."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, add_eyes, fur, smooth_body
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, material, paint
from polyseek.procedural.solids import (
    cone,
    cylinder,
    dome,
    ellipsoid,
    extrusion,
    lathe,
    sphere,
    torus,
)


def turtle(draw: Draw) -> Assembly:
    shell = fur(draw, ("green", "#5f7d46"), ("brown", "#7d5f3e"), ("olive", "#8a8148"))
    skin = fur(draw, ("green", "#9db867"), ("yellow", "#cdb866"), ("teal", "#6fa58f"))
    turtle = Assembly({"colour": shell.name, "style": draw.pick("land", "sea")})
    turtle.proportions = draw.stretch(0.08, "x", "y", "z")
    r, h = 0.13, draw.between(0.075, 0.1)
    turtle.add("shell", dome(r, h, sides=30).scaled(1, 1, 1.15), shell, [(0, 0.045, 0)])
    turtle.add(
        "shell rim",
        torus(r, 0.013, sides=32, around=8).scaled(1, 1, 1.15),
        lighter(shell, 0.3),
        [(0, 0.05, 0)],
    )
    turtle.add(
        "underside", ellipsoid(r * 0.95, 0.025, r * 1.1, sides=24), lighter(skin, 0.3), [(0, 0.045, 0)]
    )
    plate = cylinder(0.034, 0.012, top=0.028, sides=6)
    turtle.add("shell plate", plate, lighter(shell, -0.2), [(0, 0.04 + h, 0)])
    for i in range(6):
        lean = plate.turned("x", 38).moved(0, 0.037 + h * 0.77, r * 0.66)
        turtle.add("shell plate", lean.turned("y", 60 * i), lighter(shell, -0.2))
    turtle.add("neck", tube([(0, 0.06, r * 0.95), (0, 0.085, r * 1.5)], [0.03, 0.027], sides=14), skin)
    turtle.add("head", ellipsoid(0.034, 0.032, 0.042, sides=18), skin, [(0, 0.095, r * 1.6)])
    add_eyes(turtle, 0.024, 0.105, r * 1.6 + 0.024, 0.008)
    turtle.add("tail", cone(0.014, 0.05, sides=12).turned("x", -100), skin, [(0, 0.05, -r * 1.12)])
    for turn in (48, 132, 228, 312):
        front = turn in (48, 312)
        if turtle.attributes["style"] == "sea":
            leg = ellipsoid(0.03, 0.009, 0.085 if front else 0.05, sides=16).moved(0, 0.035, r + 0.035)
        else:
            leg = tube(
                [(0, 0.06, r * 0.75), (0, 0.03, r * 1.05), (0, 0.0, r * 1.1)], [0.033, 0.03, 0.03], sides=14
            )
        turtle.add("leg", leg.turned("y", turn), skin)
    return turtle


def elephant(draw: Draw) -> Assembly:
    skin = fur(draw, ("grey", "#8f9299"), ("dark grey", "#6f7278"), ("blue", "#8ea2b8"), ("pink", "#d6a5a9"))
    tusked = draw.chance(0.7)
    elephant = Assembly({"colour": skin.name, "tusked": tusked})
    elephant.proportions = draw.stretch(0.1, "x", "y", "z")
    elephant.add("body", ellipsoid(0.62, 0.66, 0.95, sides=28), skin, [(0, 1.45, -0.1)])
    for x in (-0.34, 0.34):
        for z in (-0.68, 0.45):
            elephant.add(
                "leg", lathe([(0.21, 0), (0.2, 0.1), (0.17, 0.5), (0.24, 1.3)], sides=20), skin, [(x, 0, z)]
            )
            for k in (-1, 0, 1):
                elephant.add(
                    "toe nail",
                    ellipsoid(0.05, 0.05, 0.03, sides=10),
                    paint("cream"),
                    [(x + 0.09 * k, 0.05, z + 0.2 - 0.03 * abs(k))],
                )
    elephant.add("head", ellipsoid(0.42, 0.46, 0.42, sides=24), skin, [(0, 1.95, 0.95)])
    lift = draw.between(0, 1)
    hang = [(0, 1.85, 1.2), (0, 1.45, 1.5), (0, 0.95, 1.52), (0, 0.45, 1.6), (0, 0.4, 1.8)]
    raised = [(0, 1.85, 1.2), (0, 1.55, 1.55), (0, 1.6, 1.95), (0, 2.0, 2.15), (0, 2.2, 2.05)]
    trunk = [tuple((1 - lift) * np.array(a) + lift * np.array(b)) for a, b in zip(hang, raised, strict=True)]
    elephant.add(
        "trunk",
        tube(
            spline([(float(a), float(b), float(c)) for a, b, c in trunk], 20),
            [0.2, 0.15, 0.11, 0.085, 0.07],
            sides=16,
        ),
        skin,
    )
    elephant.both(
        "ear",
        ellipsoid(0.42, 0.5, 0.05, sides=24).turned("y", 32).moved(0.62, 1.98, 0.72),
        lighter(skin, -0.1),
    )
    if tusked:
        tusk = tube(
            spline([(0.2, 1.68, 1.22), (0.25, 1.4, 1.5), (0.24, 1.42, 1.78)], 12), [0.06, 0.05, 0.012]
        )
        elephant.both("tusk", tusk, paint("cream"))
    add_eyes(elephant, 0.25, 2.07, 1.29, 0.04)
    elephant.add(
        "tail",
        tube(spline([(0, 1.75, -0.98), (0, 1.3, -1.15), (0, 0.95, -1.1)], 10), [0.05, 0.03, 0.02]),
        skin,
    )
    elephant.add("tail tuft", ellipsoid(0.05, 0.1, 0.05, sides=12), paint("black"), [(0, 0.9, -1.1)])
    return elephant


def snail(draw: Draw) -> Assembly:
    skin, shell = fur(draw, ("tan", "#cfae80"), ("pink", "#dda9a0"), ("green", "#a7b57a")), any_paint(draw)
    snail = Assembly({"colour": shell.name})
    snail.proportions = draw.stretch(0.12, "x", "yz")
    foot = smooth_body(
        [(0, 0.006, -0.055), (0, 0.009, 0), (0, 0.012, 0.045), (0, 0.035, 0.062)],
        [0.008, 0.014, 0.014, 0.012, 0.011],
        flat=1.0,
    )
    snail.add("body", foot, skin)
    turns = np.linspace(0, 2 * np.pi * draw.between(1.9, 2.5), 60)
    grow = np.exp(0.19 * (turns - turns[-1]))
    radius = 0.026 * grow
    spiral = np.column_stack(
        [
            0.014 * (1 - grow),
            0.04 + radius * np.sin(turns - turns[-1] - 1.2),
            -0.012 + radius * np.cos(turns - turns[-1] - 1.2),
        ]
    )
    snail.add("shell", tube(spiral, 0.0175 * grow, sides=16), shell)
    other = spiral * [-1, 1, 1]
    snail.add("shell", tube(other, 0.0175 * grow, sides=16), lighter(shell, 0.12))
    stalk = tube([(0.005, 0.04, 0.064), (0.013, 0.066, 0.075)], [0.0032, 0.0022], sides=8)
    snail.both("eye stalk", stalk, skin)
    snail.both("eye", sphere(0.0045, sides=12).moved(0.013, 0.068, 0.0755), EYE)
    snail.both("feeler", tube([(0.004, 0.03, 0.068), (0.008, 0.026, 0.083)], 0.002, sides=8), skin)
    return snail


def giraffe(draw: Draw) -> Assembly:
    skin, spot = (
        fur(draw, ("yellow", "#dcb868"), ("sand", "#d3bb8a")),
        material("brown", draw.pick("#8f5c33", "#7a4a2b", "#a1683a"), roughness=0.9),
    )
    neck = draw.between(1.5, 1.9)
    giraffe = Assembly({"colour": skin.name})
    giraffe.proportions = draw.stretch(0.1, "xz", "y")
    y = 1.9
    giraffe.add(
        "body",
        smooth_body([(0, y - 0.05, -0.65), (0, y, 0), (0, y + 0.12, 0.62)], [0.3, 0.34, 0.36, 0.36, 0.32]),
        skin,
    )
    for x in (-0.2, 0.2):
        for z in (-0.5, 0.48):
            giraffe.add(
                "leg",
                lathe([(0.075, 0.12), (0.06, 0.5), (0.085, 0.95), (0.07, 1.1), (0.14, y)], sides=16),
                skin,
                [(x, 0, z)],
            )
            giraffe.add("hoof", cylinder(0.09, 0.14, top=0.075, sides=16), spot, [(x, 0, z)])
    top = np.array([0, y + neck, 0.62 + neck * 0.36])
    path = spline(
        [(0, y, 0.45), (0, y + neck * 0.5, 0.62 + neck * 0.2), (0.0, float(top[1]), float(top[2]))], 14
    )
    giraffe.add("neck", tube(path, [0.29, 0.17, 0.13], sides=18), skin)
    giraffe.add(
        "mane",
        extrusion(
            np.column_stack(
                [np.r_[path[:, 2] - 0.13, path[::-1, 2] - 0.22], np.r_[path[:, 1], path[::-1, 1] + 0.02]]
            ),
            0.04,
        ).turned("y", -90),
        spot,
    )
    giraffe.add(
        "head",
        smooth_body(
            [
                (0, float(top[1]) + 0.04, float(top[2]) - 0.1),
                (0, float(top[1]) + 0.02, float(top[2]) + 0.15),
                (0, float(top[1]) - 0.1, float(top[2]) + 0.42),
            ],
            [0.13, 0.15, 0.12, 0.1],
        ),
        skin,
    )
    giraffe.both(
        "ear",
        ellipsoid(0.11, 0.045, 0.03, sides=12)
        .turned("z", 18)
        .moved(0.2, float(top[1]) + 0.13, float(top[2]) - 0.04),
        skin,
    )
    giraffe.both(
        "horn",
        tube(
            [
                (0.06, float(top[1]) + 0.12, float(top[2])),
                (0.075, float(top[1]) + 0.33, float(top[2]) - 0.03),
            ],
            0.022,
        ),
        skin,
    )
    giraffe.both(
        "horn tip", sphere(0.038, sides=12).moved(0.075, float(top[1]) + 0.33, float(top[2]) - 0.03), spot
    )
    add_eyes(giraffe, 0.115, float(top[1]) + 0.08, float(top[2]) + 0.14, 0.028)
    for i in range(26):
        turn, z = 2.4 * i, draw.between(-0.55, 0.5)
        wide = 0.335
        place = (wide * math.sin(turn), y + 0.03 + 0.1 * z + wide * math.cos(turn), z)
        giraffe.add(
            "spot", ellipsoid(0.085, 0.03, 0.1, sides=10).turned("z", -math.degrees(turn)), spot, [place]
        )
    for i in range(16):
        k, turn = 2 + (i * 10) // 16, 2.4 * i
        centre, wide = path[k], float(np.interp(k / 13, [0, 0.5, 1], [0.29, 0.17, 0.13]))
        dot = (
            ellipsoid(0.03, 0.075, 0.05, sides=10)
            .moved(wide * 0.99)
            .turned("y", math.degrees(turn))
            .turned("x", 20)
        )
        giraffe.add("spot", dot, spot, [(float(centre[0]), float(centre[1]), float(centre[2]))])
    giraffe.add(
        "tail",
        tube(spline([(0, y + 0.1, -0.68), (0, y - 0.3, -0.86), (0, y - 0.7, -0.84)], 10), [0.04, 0.02, 0.02]),
        skin,
    )
    giraffe.add("tail tuft", ellipsoid(0.045, 0.12, 0.045, sides=12), spot, [(0, y - 0.78, -0.84)])
    return giraffe
