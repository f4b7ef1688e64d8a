"""Bells of churches, ships, desks and cows."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, lighter, metal, paint
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    merged,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip


def bell(draw: Draw) -> Assembly:
    style = draw.pick("church", "hand", "jingle", "ship", "desk", "cow")
    brass = metal(draw.pick("gold", "brass", "copper", "iron", "silver"))
    bell = Assembly({"style": style, "material": brass.name})
    sides = draw.pick(12, 20, 28)
    r, h = draw.between(0.9, 1.1), draw.between(1.0, 1.35)
    outer = [
        (r, 0.0),
        (r * 0.98, h * 0.06),
        (r * 0.78, h * 0.22),
        (r * 0.62, h * 0.5),
        (r * 0.55, h * 0.78),
        (r * 0.42, h * 0.95),
        (0, h),
    ]
    inner = [(0, h * 0.88), (r * 0.45, h * 0.75), (r * 0.55, h * 0.45), (r * 0.7, h * 0.18), (r * 0.9, 0.0)]
    shape = [*inner, *outer]
    grip = any_wood(draw)

    if style == "jingle":
        ball = sphere(0.03, sides=sides)
        bell.add("ball", ball, brass)
        slit = merged(
            box(0.062, 0.004, 0.006).moved(0, -0.016),
            box(0.006, 0.004, 0.062).moved(0, -0.016),
            sphere(0.008, sides=8).moved(0, -0.025),
        )
        bell.add("slit", merged(slit, torus(0.0302, 0.0012, sides=sides, around=6)), paint("black"))
        bell.add("loop", torus(0.01, 0.003, sides=16, around=6).turned("x", 90), brass, [(0, 0.037, 0)])
        if draw.chance(0.6):
            cloth = paint(draw.pick("red", "green"))
            bell.attributes["bow"] = f"{cloth.name} bow"
            bell.both(
                "bow", ellipsoid(0.02, 0.011, 0.006, sides=10).turned("z", 25).moved(0.02, 0.036), cloth
            )
            bell.add("bow knot", sphere(0.007, sides=8), cloth, [(0, 0.034, 0)])
        return bell
    if style == "desk":
        bell.add(
            "base",
            cylinder(0.045, 0.014, top=0.04, sides=sides),
            paint("black") if draw.chance(0.6) else grip,
        )
        dome_ = [
            (0, 0.045),
            (0.035, 0.04),
            (0.038, 0.02),
            (0.041, 0.02),
            (0.04, 0.036),
            (0.028, 0.054),
            (0, 0.06),
        ]
        bell.add("dome", lathe(dome_, sides=sides), brass)
        bell.add("post", cylinder(0.004, 0.04, sides=8), metal("steel"), [(0, 0.01, 0)])
        bell.add("button", cylinder(0.007, 0.014, sides=12), metal("steel"), [(0, 0.059, 0)])
        return bell
    if style == "cow":
        body = lathe([*inner, *outer], sides=4).turned("y", 45).scaled(0.075, 0.09, 0.045)
        bell.add("body", body, brass)
        bell.add(
            "clapper",
            merged(cylinder(0.004, 0.07, sides=6), sphere(0.012, sides=10)),
            metal("iron"),
            [(0, -0.005, 0)],
        )
        top = 0.09 * h
        bell.add(
            "loop",
            torus(0.02, 0.005, sides=16, around=6).turned("x", 90),
            metal("iron"),
            [(0, top + 0.008, 0)],
        )
        if draw.chance(0.6):
            strap = any_paint(draw, "white", "cream")
            bell.attributes["collar"] = f"{strap.name} collar"
            bell.add(
                "collar",
                lathe(
                    [(0.1, -0.014), (0.106, -0.014), (0.106, 0.014), (0.1, 0.014), (0.1, -0.014)], sides=24
                ).turned("x", 90),
                strap,
                [(0, top + 0.115, 0)],
            )
        return bell
    size = {"church": draw.between(0.4, 0.6), "hand": 0.055, "ship": 0.11}[style]
    bell.add("bell", lathe(shape, sides=sides).scaled(size), brass)
    bell.add(
        "band",
        torus(r * 0.75, 0.035, sides=sides, around=6).scaled(size),
        lighter(brass, -0.15),
        [(0, size * h * 0.25, 0)],
    )
    clapper = merged(cylinder(0.05, h * 0.8, sides=8), sphere(0.15, sides=12))
    bell.add("clapper", clapper.scaled(size), metal("iron"), [(0, size * 0.02, 0)])
    top = size * h
    if style == "hand":
        knob = lathe(
            [(0.008, -0.004), (0.011, 0.01), (0.009, 0.03), (0.014, 0.06), (0.012, 0.085), (0, 0.095)],
            sides=14,
        )
        bell.add("handle", knob, grip, [(0, top, 0)])
        bell.attributes["handle"] = grip.name
        return bell
    bell.add(
        "crown",
        torus(0.16, 0.06, sides=16, around=8).turned("x", 90).scaled(size),
        brass,
        [(0, top + size * 0.1, 0)],
    )
    if style == "ship":
        bell.add(
            "bracket",
            tube(
                spline(
                    [(0, top + 0.03, 0), (0, top + 0.06, 0), (0, top + 0.05, -0.1), (0, top - 0.06, -0.16)],
                    10,
                ),
                0.01,
                sides=8,
            ),
            lighter(brass, -0.2),
        )
        bell.add("wall plate", box(0.09, 0.16, 0.015), grip, [(0, top - 0.13, -0.165)])
        rope = tube([(0, 0.01, 0), (0, -0.09, 0.01)], [0.006, 0.009], sides=8)
        bell.add("rope", rope, paint("cream"))
        return bell
    mount = draw.pick("yoke", "frame", "bare")
    bell.attributes["mount"] = mount
    if mount != "bare":
        wide = size * r * 2.5
        bell.add("yoke", rounded_box(wide, size * 0.24, size * 0.26, 0.03), grip, [(0, top + size * 0.2, 0)])
        if mount == "frame":
            foot = -size * 0.35
            post = box(size * 0.18, top + size * 0.45 - foot, size * 0.2)
            bell.add("post", post, grip, [(x * wide / 2, foot, 0) for x in (-1, 1)])
            bell.add(
                "foot",
                box(size * 0.2, size * 0.14, size * 1.3),
                lighter(grip, -0.15),
                [(x * wide / 2, foot, 0) for x in (-1, 1)],
            )
            roof = np.array([(-wide * 0.68, 0), (wide * 0.68, 0), (0, size * 0.55)])
            if draw.chance(0.5):
                bell.add(
                    "roof",
                    extrusion(roof, size * 1.3),
                    paint(draw.pick("red", "brown", "grey")),
                    [(0, top + size * 0.46, 0)],
                )
    return bell
