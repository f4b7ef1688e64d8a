"""Audio: headphones and speakers."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.appliances import facing
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.polygons import rectangle
from polyseek.procedural.solids import Solid, box, cylinder, dome, lathe, merged, sphere, torus


def headphones(draw: Draw) -> Assembly:
    style = draw.pick("over-ear", "over-ear", "on-ear", "gaming")
    case = any_paint(draw, "brown") if draw.chance(0.6) else paint(draw.pick("black", "white", "grey"))
    model = Assembly({"style": style, "colour": case.name})
    r = draw.between(0.075, 0.088)
    cup = draw.between(0.036, 0.046) * (0.8 if style == "on-ear" else 1.0)
    pad = paint("black") if case.name != "black" or draw.chance(0.5) else any_paint(draw)
    y, low = 0.11, 0.0
    angles = np.radians(np.linspace(0, 180, 25))
    bow = np.column_stack([r * np.cos(angles), y + r * 1.05 * np.sin(angles), np.zeros(25)])
    flat = draw.between(1.5, 3.0)
    model.add("headband", tube(bow, 0.0055, sides=8, flatten=flat), case)
    inner = bow[6:-6] * [0.95, 1, 1] - [0, 0.007, 0]
    if draw.chance(0.75):
        model.add("headband cushion", tube(inner, 0.007, sides=8, flatten=flat * 0.9), pad)
    sides = draw.pick(12, 20, 28)
    tall = draw.pick(1.0, 1.2)
    shell = lathe(
        [(0, 0), (cup, 0), (cup, 0.016), (cup * 0.8, 0.03), (cup * 0.5, 0.034), (0, 0.034)], sides=sides
    )
    cushion = torus(cup * 0.76, cup * 0.27, sides=sides, around=8)
    trim = any_metal(draw) if draw.chance(0.5) else any_paint(draw)

    def lay(solid: Solid) -> Solid:
        """From lying with the outside up to hanging at the right, the outside towards +x."""
        return solid.scaled(tall, 1, 1).turned("z", -90).moved(r * 0.9, y * 0.55 + low, 0)

    model.both("ear cup", lay(shell), case)
    model.both("ear pad", lay(cushion.moved(y=-0.004)), pad)
    model.both("cap", lay(cylinder(cup * 0.5, 0.004, sides=sides).moved(y=0.033)), trim)
    model.both("slider", tube([(r, y * 1.05, 0), (r * 1.02, y * 0.55, 0)], 0.005, sides=8), trim)
    if style == "gaming" or draw.chance(0.15):
        model.attributes["microphone"] = True
        boom: list[Point] = [(-r * 1.05, y * 0.5, 0.01), (-r * 1.0, y * 0.15, 0.06), (-r * 0.5, -0.005, 0.1)]
        model.add("microphone boom", tube(spline(boom, 10), 0.003, sides=6), paint("black"))
        model.add("microphone", sphere(0.009, sides=10), paint("black"), [(-r * 0.5, -0.005, 0.1)])
    if draw.chance(0.25):
        wire: list[Point] = [
            (r, y * 0.55 - cup, 0),
            (r * 1.0, -0.02, 0.01),
            (r * 0.4, -0.06, 0.03),
            (r * 0.7, -0.1, 0.05),
        ]
        model.add("cable", tube(spline(wire, 14), 0.002, sides=6), rubber())
    return model


def speaker(draw: Draw) -> Assembly:
    style = draw.pick("cylinder", "computer", "floor", "bookshelf", "stage", "bookshelf", "floor")
    case = draw.pick(any_paint(draw), paint("black"), any_wood(draw), any_wood(draw))
    speaker = Assembly({"style": style, "colour": case.name})
    if style == "cylinder":
        _add_round_speaker(speaker, draw, case)
        return speaker
    w, h, d, count = {
        "computer": (0.1, 0.19, 0.11, 2), "floor": (0.24, 0.95, 0.28, 3),
        "bookshelf": (0.2, 0.33, 0.22, 2), "stage": (0.4, 0.62, 0.36, 2),
    }[style]  # fmt: skip
    w, h, d = w * draw.between(0.88, 1.12), h * draw.between(0.88, 1.12), d * draw.between(0.9, 1.1)
    count = draw.whole(2, 4) if style == "floor" else draw.pick(1, 2, 2)
    z, low = d / 2, 0.02
    speaker.add("cabinet", block(w, h, d, draw.pick(0.0, 0.03, 0.12)), case, [(0, low, 0)])
    face = lighter(case, -0.35) if draw.chance(0.6) else paint("black")
    speaker.add("baffle", box(w * 0.93, h * 0.96, 0.008), face, [(0, low + h * 0.02, z)])
    big = min(w * 0.41, h * 0.9 / (2.1 * count))
    cone, sides = (
        draw.pick(paint("grey"), paint("white"), any_paint(draw), material("cone", "#2a2b2f")),
        draw.pick(12, 20, 28),
    )
    small = big * draw.between(0.45, 0.8)
    y = low + h * 0.96
    for r in (small, *[big] * (count - 1)) if count > 1 else (big,):
        y -= r * 1.04
        _add_driver(speaker, cone, r, y, z, sides)
        y -= r * 1.04
    if style == "computer":
        speaker.add("knob", facing(0.009, 0.008, sides=12), metal("silver"), [(w * 0.32, low + h * 0.06, z)])
    if style == "stage":
        speaker.add(
            "corner",
            block(0.05, 0.05, 0.05, 0.2),
            paint("black"),
            [
                (x * w * 0.48, q, k * d * 0.46)
                for x in (-1, 1)
                for q in (low - 0.005, low + h - 0.045)
                for k in (-1, 1)
            ],
        )
        speaker.both("handle", box(0.014, 0.03, d * 0.35).moved(w / 2, h * 0.65, 0), metal("steel"))
    speaker.add(
        "foot",
        cylinder(0.1 * w, low + 0.004, sides=10),
        rubber(),
        [(x * w * 0.36, 0, q * d * 0.36) for x in (-1, 1) for q in (-1, 1)],
    )
    return speaker


def _add_driver(speaker: Assembly, cone: Material, r: float, y: float, z: float, sides: int) -> None:
    """A loudspeaker's chassis: a rim, a hollow cone and the dust cap in its middle."""
    wall = [(0, 0.004), (r * 0.96, 0.004), (r * 0.96, 0.018), (r * 0.78, 0.018), (r * 0.3, 0.006), (0, 0.006)]
    speaker.add("cone", lathe(wall, sides=sides).turned("x", 90), cone, [(0, y, z)])
    rim = torus(r * 0.92, r * 0.08, sides=sides, around=6).turned("x", 90)
    speaker.add("rim", rim, rubber(), [(0, y, z + 0.014)])
    speaker.add(
        "dust cap",
        dome(r * 0.3, r * 0.16, sides=14).turned("x", 90),
        lighter(cone, -0.3),
        [(0, y, z + 0.006)],
    )


def _add_round_speaker(speaker: Assembly, draw: Draw, case: Material) -> None:
    """A portable tube, lying or standing, with a mesh around it and a cone at each end."""
    r, long = draw.between(0.035, 0.055), draw.between(0.14, 0.22)
    sides, mesh = draw.pick(14, 22), lighter(case, -0.35)
    lying = draw.chance(0.6)
    core = cylinder(r, long * 0.86, sides=sides).moved(y=long * 0.07)
    band = cylinder(r * 1.05, long * 0.08, sides=sides)
    end = lathe([(0, 0), (r * 0.85, 0), (r * 0.85, 0.006), (r * 0.5, 0.002), (0, 0.004)], sides=sides)
    rings = [
        torus(r * 1.005, r * 0.025, sides=sides, around=4).moved(y=long * (0.16 + 0.085 * i))
        for i in range(9)
    ]
    parts = [("mesh", core, mesh), ("mesh ring", merged(*rings), case)]
    parts += [
        ("band", merged(band, band.moved(y=long * 0.92)), case),
        ("cone", end.moved(y=long), paint("grey")),
    ]
    strip = framed(
        rectangle(r * 0.5, long * 0.6, radius=0.006), rectangle(r * 0.3, long * 0.5, radius=0.005), 0.006
    )
    parts.append(("control strip", strip.moved(0, long / 2, r), paint("black")))
    for label, solid, stuff in parts:
        speaker.add(label, solid.turned("z", 90 if lying else 0), stuff)
