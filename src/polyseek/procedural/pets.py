"""Pets: dogs, cats, rabbits and fish. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, add_eyes, add_legs, fur, smooth_body
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    cone,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    sphere,
    torus,
)


def dog(draw: Draw) -> Assembly:
    coat = fur(
        draw,
        ("brown", "#8a5c3c"),
        ("golden", "#cf9f5f"),
        ("white", "#e9e4d8"),
        ("black", "#3f3d40"),
        ("grey", "#8b8a8c"),
    )
    patch = fur(draw, ("dark", "#55392a"), ("white", "#efeae0"), ("tan", "#c08a55"))
    style = draw.pick("floppy-eared", "pointy-eared", "dachshund")
    dog = Assembly({"style": style, "colour": coat.name})
    dog.proportions = draw.stretch(0.06, "x", "y", "z")
    long = 0.38 if style == "dachshund" else 0.26
    h, r = (0.13 if style == "dachshund" else draw.between(0.26, 0.34)), 0.095
    y = h + r * 0.7
    dog.add(
        "body",
        smooth_body(
            [(0, y, -long), (0, y + 0.01, 0), (0, y + 0.02, long * 0.85)],
            [r * 0.9, r * 0.88, r * 0.95, r * 1.15, r],
        ),
        coat,
    )
    add_legs(
        dog,
        coat,
        h,
        0.035,
        [(-0.065, -long * 0.75), (0.065, -long * 0.75), (-0.07, long * 0.65), (0.07, long * 0.65)],
        patch,
    )
    ny, nz = y + 0.2, long + 0.09
    dog.add("neck", tube([(0, y + 0.02, long * 0.65), (0, ny, nz)], [0.085, 0.065], sides=16), coat)
    dog.add("head", ellipsoid(0.085, 0.082, 0.095, sides=22), coat, [(0, ny + 0.03, nz)])
    dog.add(
        "muzzle",
        smooth_body([(0, ny + 0.015, nz + 0.02), (0, ny + 0.005, nz + 0.16)], [0.055, 0.05, 0.038]),
        patch,
    )
    dog.add("nose", ellipsoid(0.02, 0.016, 0.014, sides=12), EYE, [(0, ny + 0.03, nz + 0.155)])
    add_eyes(dog, 0.045, ny + 0.055, nz + 0.075, 0.014)
    if style == "pointy-eared":
        ear = (
            cone(0.032, 0.085, sides=14).scaled(1, 1, 0.5).turned("z", -14).moved(0.05, ny + 0.09, nz - 0.02)
        )
    else:
        ear = ellipsoid(0.02, 0.075, 0.042, sides=16).turned("z", 14).moved(0.09, ny + 0.01, nz - 0.01)
    dog.both("ear", ear, patch)
    lift = draw.between(0.05, 0.2)
    dog.add(
        "tail",
        tube(
            spline(
                [(0, y + 0.04, -long * 0.9), (0, y + 0.1, -long - 0.08), (0, y + 0.1 + lift, -long - 0.1)], 10
            ),
            [0.026, 0.02, 0.01],
        ),
        coat,
    )
    if draw.chance(0.6):
        collar = any_paint(draw)
        dog.attributes["collar"] = collar.name
        dog.add(
            "collar",
            torus(0.075, 0.012, around=8).turned("x", 40),
            collar,
            [(0, y + 0.115, long * 0.65 + 0.07)],
        )
    return dog


def cat(draw: Draw) -> Assembly:
    coat = fur(
        draw,
        ("ginger", "#d08a4a"),
        ("grey", "#8d8c90"),
        ("black", "#39373b"),
        ("white", "#ece8df"),
        ("brown", "#8b6748"),
    )
    belly = lighter(coat, 0.35)
    style = draw.pick("sitting", "standing")
    cat = Assembly({"style": style, "colour": coat.name})
    cat.proportions = draw.stretch(0.1, "x", "y", "z")
    if style == "sitting":
        cat.add(
            "body",
            lathe(
                [(0, 0), (0.085, 0), (0.105, 0.05), (0.095, 0.12), (0.065, 0.2), (0.05, 0.24), (0, 0.26)],
                sides=26,
            ),
            coat,
        )
        cat.add("chest", ellipsoid(0.05, 0.08, 0.05, sides=18), belly, [(0, 0.13, 0.05)])
        for x in (-0.035, 0.035):
            cat.add("leg", tube([(x, 0.13, 0.07), (x, 0.015, 0.095)], [0.026, 0.02]), coat)
            cat.add("paw", ellipsoid(0.024, 0.016, 0.034, sides=14), belly, [(x, 0.015, 0.105)])
            cat.add("haunch", ellipsoid(0.045, 0.06, 0.065, sides=16), coat, [(x * 2.3, 0.055, 0.01)])
        ny, nz = 0.29, 0.045
        tail = [(0, 0.03, -0.09), (0.1, 0.02, -0.1), (0.15, 0.025, 0.0), (0.11, 0.03, 0.09)]
    else:
        y = 0.19
        cat.add(
            "body",
            smooth_body([(0, y, -0.18), (0, y + 0.01, 0), (0, y + 0.01, 0.16)], [0.06, 0.068, 0.066, 0.062]),
            coat,
        )
        add_legs(cat, coat, 0.14, 0.022, [(-0.04, -0.13), (0.04, -0.13), (-0.04, 0.12), (0.04, 0.12)], belly)
        ny, nz = y + 0.095, 0.22
        cat.add("neck", tube([(0, y + 0.02, 0.12), (0, ny, nz)], [0.052, 0.045], sides=14), coat)
        tail = [(0, y + 0.03, -0.17), (0, y + 0.1, -0.25), (0, y + 0.24, -0.26), (0.02, y + 0.3, -0.31)]
    cat.add("head", ellipsoid(0.072, 0.062, 0.06, sides=22), coat, [(0, ny, nz)])
    cat.add(
        "cheek",
        ellipsoid(0.03, 0.022, 0.022, sides=14),
        belly,
        [(-0.02, ny - 0.022, nz + 0.046), (0.02, ny - 0.022, nz + 0.046)],
    )
    cat.add("nose", ellipsoid(0.009, 0.006, 0.006, sides=10), paint("pink"), [(0, ny - 0.006, nz + 0.064)])
    add_eyes(cat, 0.03, ny + 0.012, nz + 0.052, 0.011)
    cat.both(
        "ear",
        cylinder(0.03, 0.055, top=0, sides=14)
        .scaled(1, 1, 0.5)
        .turned("z", -16)
        .moved(0.043, ny + 0.042, nz),
        coat,
    )
    whisker = tube([(0.03, ny - 0.018, nz + 0.055), (0.1, ny - 0.01, nz + 0.045)], 0.0012, sides=5)
    cat.both("whisker", whisker, paint("white"))
    cat.add("tail", tube(spline(tail, 14), [0.02, 0.018, 0.016, 0.012]), coat)
    if draw.chance(0.5):
        for i in range(3):
            cat.add(
                "stripe",
                torus(0.06, 0.007, sides=20, around=6).scaled(1, 1, 0.93).turned("x", 90),
                lighter(coat, -0.35),
                [(0, ny + 0.004, nz - 0.012 - 0.017 * i)]
                if style == "sitting" and i == 0
                else [(0, 0.19, -0.1 + 0.08 * i)]
                if style == "standing"
                else [(0, ny, nz - 0.02)],
            )
    return cat


def rabbit(draw: Draw) -> Assembly:
    coat = fur(draw, ("white", "#ece7de"), ("brown", "#9b7656"), ("grey", "#96959a"), ("cream", "#dcc7a2"))
    rabbit = Assembly({"style": draw.pick("upright-eared", "lop-eared"), "colour": coat.name})
    rabbit.proportions = draw.stretch(0.1, "x", "y", "z")
    rabbit.add("body", ellipsoid(0.075, 0.08, 0.105, sides=24), coat, [(0, 0.085, -0.02)])
    rabbit.add("head", ellipsoid(0.05, 0.05, 0.058, sides=22), coat, [(0, 0.17, 0.085)])
    inner = paint("pink")
    if rabbit.attributes["style"] == "upright-eared":
        ear = (
            ellipsoid(0.018, 0.068, 0.009, sides=16)
            .turned("z", -draw.between(6, 20))
            .turned("x", -10)
            .moved(0.027, 0.26, 0.07)
        )
        hollow = (
            ellipsoid(0.01, 0.053, 0.006, sides=14)
            .turned("z", -12)
            .turned("x", -10)
            .moved(0.027, 0.26, 0.077)
        )
    else:
        ear = ellipsoid(0.012, 0.062, 0.024, sides=16).turned("z", 18).moved(0.065, 0.155, 0.075)
        hollow = ellipsoid(0.008, 0.045, 0.016, sides=14).turned("z", 18).moved(0.06, 0.15, 0.08)
    rabbit.both("ear", ear, coat)
    rabbit.both("inner ear", hollow, inner)
    rabbit.add("tail", sphere(0.03, sides=16), lighter(coat, 0.5), [(0, 0.085, -0.13)])
    rabbit.both("hind leg", ellipsoid(0.032, 0.05, 0.06, sides=16).moved(0.062, 0.055, -0.045), coat)
    rabbit.both("foot", ellipsoid(0.02, 0.014, 0.05, sides=14).moved(0.06, 0.014, 0.0), lighter(coat, 0.3))
    rabbit.both("fore leg", ellipsoid(0.017, 0.035, 0.02, sides=14).moved(0.03, 0.035, 0.075), coat)
    rabbit.add("nose", ellipsoid(0.009, 0.006, 0.006, sides=10), inner, [(0, 0.172, 0.143)])
    add_eyes(rabbit, 0.033, 0.185, 0.122, 0.01)
    return rabbit


def fish(draw: Draw) -> Assembly:
    skin, fin = any_paint(draw, "black", "brown"), any_paint(draw)
    style = draw.pick("slender", "round", "striped")
    fish = Assembly({"style": style, "colour": skin.name, "second_colour": fin.name})
    long = draw.between(0.12, 0.2)
    tall = long * {"slender": 0.17, "round": 0.36, "striped": 0.27}[style]
    t = np.linspace(0, 1, 20)
    shape = np.sin(np.pi * t**0.75) ** 0.75 * (1 - 0.25 * t) + 0.1 * (t > 0.8)
    shape[0] = shape[-1] = 0.02
    ring = regular(20, 1.0)
    rings = np.stack(
        [
            np.column_stack(
                [ring[:, 0] * tall * 0.5 * s, ring[:, 1] * tall * s, np.full(20, long * (0.5 - at))]
            )
            for s, at in zip(shape, t, strict=True)
        ]
    )
    fish.add("body", loft(rings), skin)
    tail = np.array([(0, 0), (long * 0.3, tall * 1.05), (long * 0.22, 0), (long * 0.3, -tall * 1.05)])
    fish.add("tail fin", extrusion(tail, long * 0.02).turned("y", 90).moved(0, 0, -long * 0.46), fin)
    back = np.array(
        [(-long * 0.2, 0), (long * 0.28, 0), (long * 0.33, tall * 0.75), (long * 0.05, tall * 0.6)]
    )
    fish.add("dorsal fin", extrusion(back, long * 0.02).turned("y", 90), fin, [(0, tall * 0.8, 0)])
    fish.both(
        "side fin",
        ellipsoid(0.004, tall * 0.22, long * 0.12, sides=12)
        .turned("y", -32)
        .moved(tall * 0.55, -tall * 0.2, long * 0.08),
        fin,
    )
    if style == "striped":
        for at in (0.28, 0.48, 0.66):
            s = float(np.interp(at, t, shape)) * 1.03
            band = lathe([(1, -0.06), (1, 0.06), (0.8, 0.06), (0.8, -0.06), (1, -0.06)], sides=24).turned(
                "x", 90
            )
            fish.add(
                "stripe",
                band.scaled(tall * 0.5 * s, tall * s, long * 0.35),
                paint("white"),
                [(0, 0, long * (0.5 - at))],
            )
    eye = tall * 0.16
    fish.add(
        "eye white",
        sphere(eye * 1.35, sides=12),
        paint("white"),
        [(x, tall * 0.22, long * 0.33) for x in (-tall * 0.31, tall * 0.31)],
    )
    fish.add(
        "eye",
        sphere(eye, sides=12),
        EYE,
        [(x, tall * 0.22, long * 0.338) for x in (-tall * 0.36, tall * 0.36)],
    )
    return fish
