"""Toys."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_paint,
    lighter,
    material,
    metal,
    paint,
    wood,
)
from polyseek.procedural.solids import (
    Solid,
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


def teddy_bear(draw: Draw) -> Assembly:
    plush = material(
        *draw.pick(
            ("brown", "#8f6544"),
            ("honey", "#c7995c"),
            ("cream", "#e0cfad"),
            ("pink", "#d99dab"),
            ("grey", "#9c9a9b"),
        ),
        roughness=1,
    )
    pale = lighter(plush, 0.4)
    bow = any_paint(draw)
    bear = Assembly({"colour": plush.name, "bow": bow.name})
    bear.proportions = draw.stretch(0.08, "x", "y", "z")
    bear.add("body", ellipsoid(0.1, 0.12, 0.085, sides=24), plush, [(0, 0.13, 0)])
    bear.add("belly", ellipsoid(0.065, 0.08, 0.04, sides=20), pale, [(0, 0.13, 0.055)])
    bear.add("head", ellipsoid(0.095, 0.085, 0.08, sides=24), plush, [(0, 0.3, 0.01)])
    bear.add("muzzle", ellipsoid(0.042, 0.034, 0.035, sides=18), pale, [(0, 0.28, 0.08)])
    dark = material("eye", "#26242a", roughness=0.2)
    bear.add("nose", ellipsoid(0.016, 0.011, 0.01, sides=12), dark, [(0, 0.296, 0.112)])
    bear.both("eye", sphere(0.0105, sides=12).moved(0.035, 0.322, 0.08), dark)
    bear.both("ear", ellipsoid(0.036, 0.036, 0.018, sides=18).moved(0.072, 0.372, 0), plush)
    bear.both("inner ear", ellipsoid(0.022, 0.022, 0.01, sides=14).moved(0.072, 0.372, 0.012), pale)
    reach = draw.between(-10, 50)
    bear.both(
        "arm",
        ellipsoid(0.034, 0.078, 0.034, sides=18)
        .moved(0, -0.06)
        .turned("z", 35 + reach)
        .moved(0.085, 0.205, 0.015),
        plush,
    )
    bear.both(
        "leg", ellipsoid(0.042, 0.042, 0.085, sides=18).turned("y", 22).moved(0.085, 0.045, 0.085), plush
    )
    bear.both("sole", ellipsoid(0.03, 0.032, 0.012, sides=16).turned("y", 22).moved(0.117, 0.047, 0.16), pale)
    loop = ellipsoid(0.028, 0.017, 0.01, sides=14).turned("z", 15).moved(0.028, 0.222, 0.09)
    bear.both("bow", loop, bow)
    bear.add("bow knot", sphere(0.011, sides=12), lighter(bow, -0.2), [(0, 0.22, 0.093)])
    return bear


def robot(draw: Draw) -> Assembly:
    body, trim = any_paint(draw, "black"), any_paint(draw, "black")
    style = draw.pick("boxy", "round")
    robot = Assembly({"style": style, "colour": body.name, "second_colour": trim.name})
    robot.proportions = draw.stretch(0.08, "x", "y", "z")
    steel, glow = (
        metal("steel"),
        material("light", draw.pick("#7fd4e0", "#f2c14e", "#ee7d6d", "#9be07f"), glow=0.7),
    )
    round_ = style == "round"
    w, h, d = draw.between(0.24, 0.3), draw.between(0.26, 0.32), draw.between(0.16, 0.2)
    hip = 0.2
    torso = (
        lathe(
            [(0, 0), (w * 0.35, 0), (w * 0.5, h * 0.2), (w * 0.52, h * 0.75), (w * 0.36, h), (0, h)], sides=28
        )
        if round_
        else rounded_box(w, h, d, 0.025)
    )
    robot.add("torso", torso, body, [(0, hip, 0)])
    face = w * 0.48 if round_ else d / 2
    robot.add(
        "panel",
        rounded_box(w * 0.5, h * 0.4, 0.03, 0.008),
        lighter(trim, 0.3),
        [(0, hip + h * 0.35, face - 0.008)],
    )
    for i in range(3):
        robot.add(
            "button",
            cylinder(0.014, 0.012, sides=14).turned("x", 90),
            (glow, paint("red"), paint("yellow"))[i],
            [((i - 1) * w * 0.15, hip + h * 0.62, face + 0.02)],
        )
    robot.add(
        "neck",
        merged(cylinder(0.03, 0.05, sides=16), torus(0.032, 0.008, sides=18, around=6).moved(0, 0.025)),
        steel,
        [(0, hip + h, 0)],
    )
    top = hip + h + 0.045
    head = (
        ellipsoid(w * 0.38, 0.1, w * 0.36, sides=26).moved(0, 0.09)
        if round_
        else rounded_box(w * 0.72, 0.17, d * 0.9, 0.022)
    )
    robot.add("head", head, trim, [(0, top, 0)])
    front = w * 0.33 if round_ else d * 0.45
    robot.add(
        "eye",
        cylinder(0.026, 0.02, sides=18).turned("x", 90),
        glow,
        [(x, top + 0.105, front - 0.008) for x in (-0.05, 0.05)],
    )
    robot.add("mouth", box(0.08, 0.018, 0.03), paint("black"), [(0, top + 0.035, front - 0.014)])
    robot.add("antenna", merged(cylinder(0.006, 0.1, sides=8)), steel, [(0, top + 0.16, 0)])
    robot.add("antenna tip", sphere(0.018, sides=12), glow, [(0, top + 0.27, 0)])
    bend = draw.between(0, 70)
    x = w / 2 + 0.03
    arm = merged(tube([(0, 0, 0), (0.03, -0.12, 0)], 0.02), sphere(0.026, sides=12).moved(0.03, -0.12))
    fore = (
        Solid(tube([(0, 0, 0), (0, -0.11, 0)], 0.018).vertices, tube([(0, 0, 0), (0, -0.11, 0)], 0.018).faces)
        .turned("x", -bend)
        .moved(0.03, -0.12)
    )
    grip = (
        merged(
            box(0.05, 0.03, 0.035).moved(0, -0.14),
            box(0.012, 0.04, 0.03).moved(0.02, -0.175),
            box(0.012, 0.04, 0.03).moved(-0.02, -0.175),
        )
        .turned("x", -bend)
        .moved(0.03, -0.12)
    )
    robot.both("shoulder", sphere(0.035, sides=16).moved(x - 0.012, hip + h * 0.85), trim)
    robot.both("arm", merged(arm, fore).moved(x, hip + h * 0.85), steel)
    robot.both("hand", grip.moved(x, hip + h * 0.85), trim)
    robot.both("leg", cylinder(0.028, hip, sides=14).moved(w * 0.24, 0.02), steel)
    robot.both("foot", rounded_box(0.1, 0.05, 0.15, 0.018).moved(w * 0.25, 0, 0.02), trim)
    return robot


def die(draw: Draw) -> Assembly:
    body = any_paint(draw)
    dots: Material = paint("black" if body.name in ("white", "cream", "yellow", "mint", "pink") else "white")
    die = Assembly({"colour": body.name})
    die.proportions = draw.stretch(0.1, "xyz")
    s = draw.between(0.014, 0.022)
    die.add("cube", rounded_box(s, s, s, s * draw.between(0.08, 0.2)).moved(0, -s / 2), body)
    q = 0.27 * s
    layouts = {
        1: [(0, 0)], 2: [(-q, -q), (q, q)], 3: [(-q, -q), (0, 0), (q, q)], 4: [(-q, -q), (q, -q), (-q, q), (q, q)],
        5: [(-q, -q), (q, -q), (0, 0), (-q, q), (q, q)], 6: [(-q, -q), (q, -q), (-q, 0), (q, 0), (-q, q), (q, q)],
    }  # fmt: skip
    sides: list[tuple[int, str, float]] = [
        (1, "x", 0),
        (6, "x", 180),
        (2, "x", 90),
        (5, "x", -90),
        (3, "z", 90),
        (4, "z", -90),
    ]
    dot = cylinder(s * 0.085, s * 0.03, sides=14)
    for value, axis, degrees in sides:
        for a, b in layouts[value]:
            die.add("dot", dot.moved(a, s / 2 - s * 0.018, b).turned(axis, degrees), dots)
    return die


def kite(draw: Draw) -> Assembly:
    first, second = any_paint(draw), any_paint(draw)
    kite = Assembly({"colour": first.name, "second_colour": second.name, "style": "diamond"})
    kite.proportions = draw.stretch(0.08, "x", "y")
    w, up, down = draw.between(0.3, 0.38), 0.3, draw.between(0.55, 0.65)
    base = 0.9
    for i, (a, b) in enumerate(
        (((w, 0), (0, up)), ((0, up), (-w, 0)), ((-w, 0), (0, -down)), ((0, -down), (w, 0)))
    ):
        kite.add("panel", extrusion(np.array([(0, 0), a, b]), 0.008), (first, second)[i % 2], [(0, base, 0)])
    kite.add(
        "spar",
        merged(
            tube([(-w, base, -0.008), (w, base, -0.008)], 0.006),
            tube([(0, base - down, -0.008), (0, base + up, -0.008)], 0.006),
        ),
        wood("pine"),
    )
    tail = spline(
        [
            (0, base - down, 0),
            (0.08, base - down - 0.12, 0),
            (-0.06, base - down - 0.3, 0),
            (0.1, base - down - 0.45, 0),
        ],
        24,
    )
    kite.add("tail", tube(tail, 0.004, sides=6), paint("cream"))
    for k in (6, 12, 18, 23):
        x, y, z = (float(v) for v in tail[k])
        wing = extrusion(np.array([(0, 0), (0.05, 0.03), (0.05, -0.03)]), 0.008).turned("z", 30 * k)
        kite.add("bow", merged(wing, wing.turned("z", 180)), (first, second)[k % 2], [(x, y, z)])
    return kite
