"""Sports: balls, weights and boards."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_paint,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    loft,
    merged,
    sphere,
    torus,
)  # fmt: skip


def ball(draw: Draw) -> Assembly:
    style = draw.pick("football", "basketball", "beach", "tennis")
    r = {"football": 0.11, "basketball": 0.12, "beach": 0.2, "tennis": 0.033}[style]
    first, second = any_paint(draw, "white"), any_paint(draw)
    ball = Assembly(
        {
            "style": style,
            "colour": first.name
            if style in ("beach", "football")
            else {"basketball": "orange", "tennis": "yellow"}[style],
        }
    )
    ball.proportions = draw.stretch(0.1, "xyz")
    if style == "football":
        ball.add("leather", sphere(r, sides=32), paint("white"))
        golden = (1 + math.sqrt(5)) / 2
        corners = np.array([(0, s, t * golden) for s in (-1, 1) for t in (-1, 1)], float)
        corners = np.concatenate([np.roll(corners, k, axis=1) for k in range(3)])
        for corner in corners / np.linalg.norm(corners[0]):
            patch = lathe(
                [
                    (0, r * 0.93),
                    (r * 0.36, r * 0.93),
                    (r * 0.34, r * 0.962),
                    (r * 0.2, r * 0.996),
                    (0, r * 1.012),
                ],
                sides=5,
            )
            ball.add("patch", _pointed(patch, corner), first if first.name != "cream" else paint("black"))
    elif style == "basketball":
        skin = material("orange", "#cf7a3d", roughness=0.9)
        ball.add("leather", sphere(r, sides=32), skin)
        seam = torus(r, r * 0.018, sides=44, around=6)
        ball.add(
            "seam",
            merged(
                seam,
                seam.turned("x", 90),
                seam.scaled(0.86).moved(0, r * 0.52).turned("z", 90),
                seam.scaled(0.86).moved(0, -r * 0.52).turned("z", 90),
            ),
            paint("black"),
        )
    elif style == "tennis":
        ball.add("felt", sphere(r, sides=28), material("yellow", "#cfd65a", roughness=1))
        t = np.linspace(0, 2 * np.pi, 60)
        line = np.column_stack(
            [np.cos(t) + 0.35 * np.cos(3 * t), np.sin(t) - 0.35 * np.sin(3 * t), 1.1 * np.sin(2 * t)]
        )
        line = r * line / np.linalg.norm(line, axis=1, keepdims=True)
        ball.add("seam", tube(line, r * 0.03, sides=6), paint("white"))
    else:
        gores = 6
        for i in range(gores):
            angles = np.linspace(0, 2 * np.pi / gores, 6) + 2 * np.pi * i / gores
            lats = np.linspace(-np.pi / 2 + 0.05, np.pi / 2 - 0.05, 14)
            rings = [
                np.concatenate(
                    [
                        np.column_stack(
                            [
                                k * r * np.cos(a) * np.cos(lat),
                                np.full(6, k * r * np.sin(lat)),
                                k * r * np.sin(a) * np.cos(lat),
                            ]
                        )
                        for k, a in ((1.0, angles), (0.93, angles[::-1]))
                    ]
                )
                for lat in lats
            ]

            ball.add("gore", loft(np.stack(rings)), (first, paint("white"), second)[i % 3])
        ball.add("cap", cylinder(r * 0.12, r * 0.02, sides=18), paint("white"), [(0, r * 0.985, 0)])
    return ball


def _pointed(solid: Solid, direction: np.ndarray) -> Solid:
    """A solid about the Y axis turned so that +y points along `direction`."""
    lean = math.degrees(math.acos(float(np.clip(direction[1], -1, 1))))
    return solid.turned("x", lean).turned(
        "y", math.degrees(math.atan2(float(direction[0]), float(direction[2])))
    )


def dumbbell(draw: Draw) -> Assembly:
    weight, bar = (
        draw.pick(paint("black"), metal("iron"), any_paint(draw)),
        metal(draw.pick("steel", "silver")),
    )
    style = draw.pick("hexagonal", "plates", "kettlebell")
    dumbbell = Assembly({"style": style, "colour": weight.name, "material": "metal"})
    if style == "kettlebell":
        r = draw.between(0.09, 0.12)
        dumbbell.add(
            "bell",
            lathe(
                [
                    (0, 0),
                    (r * 0.6, 0),
                    (r * 0.95, r * 0.5),
                    (r, r * 0.9),
                    (r * 0.8, r * 1.5),
                    (r * 0.4, r * 1.75),
                    (0, r * 1.8),
                ],
                sides=28,
            ),
            weight,
        )
        loop = spline(
            [
                (-r * 0.5, r * 1.55, 0),
                (-r * 0.75, r * 2.15, 0),
                (-r * 0.4, r * 2.6, 0),
                (r * 0.4, r * 2.6, 0),
                (r * 0.75, r * 2.15, 0),
                (r * 0.5, r * 1.55, 0),
            ],
            22,
        )
        dumbbell.add("handle", tube(loop, r * 0.17, sides=12), bar if draw.chance(0.4) else weight)
        return dumbbell
    long, r = draw.between(0.11, 0.15), draw.between(0.05, 0.075)
    dumbbell.add(
        "bar",
        cylinder(0.014, long + (0.16 if style == "plates" else 0.02), sides=16)
        .turned("z", 90)
        .moved((long + (0.16 if style == "plates" else 0.02)) / 2, r),
        bar,
    )
    if style == "hexagonal":
        head = (
            lathe([(r * 0.75, 0), (r, 0.012), (r, 0.07), (r * 0.75, 0.085)], sides=6)
            .turned("y", 30)
            .turned("z", -90)
        )
        dumbbell.both("head", head.moved(long / 2, r * 0.9), weight)
    else:
        for i, size in enumerate((1.0, 0.82, 0.62)[: draw.whole(2, 3)]):
            disc = lathe(
                [
                    (r * size * 0.94, 0),
                    (r * size, 0.004),
                    (r * size, 0.016),
                    (r * size * 0.94, 0.02),
                    (0, 0.02),
                ],
                sides=36,
            )
            dumbbell.both(
                "plate",
                disc.turned("z", -90).moved(long / 2 + 0.021 * i, r),
                weight if i % 2 == 0 else lighter(weight, 0.2),
            )
    dumbbell.add(
        "grip",
        cylinder(0.017, long * 0.8, sides=16)
        .turned("z", 90)
        .moved(long * 0.4, r * (0.9 if style == "hexagonal" else 1.0)),
        rubber(),
    )
    return dumbbell


def skateboard(draw: Draw) -> Assembly:
    deck, wheel = any_paint(draw), any_paint(draw, "black", "brown")
    skateboard = Assembly({"colour": deck.name, "wheels": wheel.name})
    skateboard.proportions = draw.stretch(0.06, "x", "yz")
    long, wide = draw.between(0.74, 0.82), draw.between(0.19, 0.22)
    t = np.linspace(-1, 1, 25)
    lift = 0.055 * np.clip((np.abs(t) - 0.68) / 0.32, 0, 1) ** 1.3
    half = wide / 2 * np.sqrt(np.clip(1 - np.clip((np.abs(t) - 0.7) / 0.3, 0, 1) ** 2.4, 0.0004, 1))

    def board(thick: float, low: float) -> Solid:
        rings = [
            np.array([(-w, y + low, x), (w, y + low, x), (w, y + low + thick, x), (-w, y + low + thick, x)])
            for x, y, w in zip(t * long / 2, lift, half, strict=True)
        ]
        return loft(np.stack(rings))

    skateboard.add("deck", board(0.011, 0.1), deck)
    skateboard.add("grip tape", board(0.002, 0.111), paint("black"))
    for z in (-long * 0.27, long * 0.27):
        skateboard.add(
            "truck",
            merged(
                box(0.06, 0.045, 0.08).moved(0, 0.055, z),
                cylinder(0.01, 0.17, sides=12).turned("z", 90).moved(0.085, 0.035, z),
            ),
            metal("steel"),
        )
        skateboard.add(
            "wheel",
            lathe([(0.022, 0), (0.027, 0.005), (0.027, 0.03), (0.022, 0.035)], sides=22)
            .turned("z", 90)
            .moved(0.0175),
            wheel,
            [(x, 0.027, z) for x in (-0.085, 0.085)],
        )
    return skateboard
