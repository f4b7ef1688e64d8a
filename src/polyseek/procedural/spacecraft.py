"""Spaceships, flying saucers and satellites. Noses point to +z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, glass, lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_z, side_view, wing
from polyseek.procedural.solids import (
    box,
    cone,
    cylinder,
    dome,
    ellipsoid,
    lathe,
    merged,
    prism,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip

CANOPY = material("canopy", "#8fbccd", roughness=0.1)
PANEL = material("solar panel", "#2f4a86", roughness=0.3)
FLAME = ("blue", "#7fd8ff"), ("orange", "#ffb057"), ("green", "#8ff0a0"), ("violet", "#c79bff")


def spaceship(draw: Draw) -> Assembly:
    style = draw.pick("fighter", "shuttle", "racer", "cruiser", "freighter")
    body = paint(draw.pick("white", "grey", "cream", "red", "blue", "teal", "black", "orange"))
    trim, flame = any_paint(draw, body.name), draw.pick(*FLAME)
    ship = Assembly({"style": style, "colour": body.name, "engine_light": flame[0]})
    ship.proportions = draw.stretch(0.15, "x", "y", "z")
    glow = material("engine glow", flame[1], glow=0.9)
    if style in ("cruiser", "freighter"):
        return _capital_ship(draw, ship, style, body, trim, glow)
    sides, long = draw.pick(6, 8, 16), draw.between(2.3, 3.2)
    fat = {"fighter": 0.42, "shuttle": 0.8, "racer": 0.38}[style]
    profile = [
        (0, -long * 0.62),
        (fat * 0.8, -long * 0.6),
        (fat, -long * 0.2),
        (fat * 0.85, long * 0.2),
        (fat * 0.4, long * 0.75),
        (0, long),
    ]
    if style == "shuttle":
        profile = [
            (0, -long * 0.7),
            (fat, -long * 0.68),
            (fat, long * 0.4),
            (fat * 0.75, long * 0.7),
            (0, long * 0.9),
        ]
    ship.add("fuselage", along_z(profile, sides=sides).turned("z", 180 / sides), body)
    canopy = ellipsoid(fat * 0.55, fat * 0.55, long * 0.28, sides=12)
    ship.add(
        "cockpit",
        canopy,
        material("canopy", draw.pick("#7fc4dd", "#e8b04a", "#40505e"), roughness=0.1),
        [(0, fat * 0.62, long * 0.22)],
    )
    span, root = draw.between(1.1, 2.2), draw.between(0.9, 1.7)
    sweep = draw.between(-0.5, 1.2) if style != "shuttle" else 0.9
    one = wing(span, root, root * draw.between(0.25, 0.6), sweep, 0.14).moved(fat * 0.6, 0, -long * 0.22)
    tilt, crossed = 0.0, style == "fighter" and draw.chance(0.45)
    if crossed:
        ship.attributes["wings"] = "cross-winged"
        for turn in (16, -16):
            ship.both("wing", one.turned("z", turn), trim)
    else:
        tilt = draw.between(-12, 18)
        ship.both("wing", one.turned("z", tilt), trim)
    if not crossed and draw.chance(0.7):
        ship.attributes["armed"] = True
        gun = along_z(
            [(0, -0.35), (0.09, -0.35), (0.09, 0.3), (0.04, 0.32), (0.04, 0.95), (0, 0.95)], sides=8
        )
        at = (fat * 0.6 + span * 0.9, 0.0, -long * 0.22 - sweep * 0.9)
        ship.both("laser", gun.moved(*at).turned("z", tilt), metal("iron"))
    if style != "fighter" or draw.chance(0.5):
        fin = side_view(
            [
                (-long * 0.25, fat * 0.6),
                (-long * 0.55, fat + 0.8),
                (-long * 0.72, fat + 0.8),
                (-long * 0.58, fat * 0.5),
            ],
            0.1,
        )
        if draw.chance(0.5):
            ship.add("fin", fin, trim)
        else:
            ship.both("fin", fin.turned("z", -25).moved(fat * 0.35), trim)
    _engines(draw, ship, fat, -long * 0.6, glow)
    if draw.chance(0.5):
        ship.add("nose cone", along_z([(fat * 0.42, long * 0.745), (0, long * 1.01)], sides=sides), trim)
    return ship


def _engines(draw: Draw, ship: Assembly, fat: float, z: float, glow: Material) -> None:
    count = draw.pick(1, 2, 2, 4)
    r = fat * {1: 0.62, 2: 0.45, 4: 0.36}[count]
    around = (
        [(0.0, 0.0)]
        if count == 1
        else [(fat * x, fat * y) for x in (-0.8, 0.8) for y in ((0,) if count == 2 else (-0.5, 0.5))]
    )
    nozzle = along_z(
        [(0, 0.7), (r * 0.8, 0.6), (r, 0.2), (r * 0.95, -0.25), (r * 0.75, -0.25), (r * 0.7, 0), (0, 0)],
        sides=14,
    )
    ship.add("engine", nozzle, metal("iron"), [(x, y, z) for x, y in around])
    fire = along_z([(0, -0.15 - r * draw.between(1, 4)), (r * 0.7, -0.12), (r * 0.5, 0.05)], sides=12)
    ship.add("engine glow", fire, glow, [(x, y, z) for x, y in around])


def ufo(draw: Draw) -> Assembly:
    body = paint(draw.pick("grey", "white", "teal", "purple", "black", "mint"))
    trim, flame = any_paint(draw, body.name), draw.pick(*FLAME)
    ship = Assembly({"colour": body.name, "light": flame[0]})
    ship.proportions = draw.stretch(0.15, "xz", "y")
    glow = material("light", flame[1], glow=0.9)
    r, sides = draw.between(1.5, 2.4), draw.pick(12, 20, 32)
    profile = [
        (0, 0.25),
        (r * 0.4, 0.28),
        (r * 0.95, 0.62),
        (r, 0.72),
        (r * 0.93, 0.82),
        (r * 0.42, 1.08),
        (0, 1.1),
    ]
    ship.add("disc", lathe(profile, sides=sides), body)
    ship.add("rim", torus(r * 0.99, 0.09, sides=sides, around=8), trim, [(0, 0.72, 0)])
    ship.add(
        "dome", dome(r * 0.42, r * draw.between(0.3, 0.5), sides=sides), glass("#9fdccf", 0.6), [(0, 1.05, 0)]
    )
    if draw.chance(0.5):
        ship.attributes["alien"] = True
        skin = material("alien", "#7dbb5a")
        ship.add("alien", ellipsoid(0.2, 0.26, 0.2, sides=12), skin, [(0, 1.25, 0)])
        ship.add(
            "alien eye",
            ellipsoid(0.05, 0.08, 0.04, sides=8),
            paint("black"),
            [(x, 1.3, 0.17) for x in (-0.08, 0.08)],
        )
    ship.spin("light", sphere(0.09, sides=8).moved(r * 0.72, 0.96, 0), glow, draw.whole(6, 10))
    ship.add("belly light", lathe([(0, 0.1), (r * 0.25, 0.15), (r * 0.3, 0.3)], sides=16), glow)
    if draw.chance(0.6):
        leg = tube([(r * 0.45, 0.35, 0), (r * 0.65, -0.4, 0)], 0.05, sides=6)
        ship.spin("leg", merged(leg, cylinder(0.14, 0.06, sides=10).moved(r * 0.65, -0.43)), metal("iron"), 3)
    return ship


def _capital_ship(
    draw: Draw, ship: Assembly, style: str, body: Material, trim: Material, glow: Material
) -> Assembly:
    """A wedge with a bridge tower, or a blocky hauler with containers."""
    long = draw.between(3.0, 4.5)
    if style == "cruiser":
        w = draw.between(1.0, 1.7)
        wedge = np.array(
            [(0, long), (w, -long * 0.5), (w * 0.6, -long * 0.6), (-w * 0.6, -long * 0.6), (-w, -long * 0.5)]
        )
        ship.add("hull", prism(wedge, 0.35), body)
        ship.add("deck", prism(wedge * [0.7, 0.75] - [0, 0.2], 0.35), lighter(body, -0.15), [(0, 0.32, 0)])
        ship.add("keel", prism(wedge * 0.6, 0.3), lighter(body, -0.3), [(0, -0.28, 0)])
        ship.add("tower", box(w * 0.3, 0.5, 0.4), body, [(0, 0.6, -long * 0.35)])
        ship.add("bridge", box(w * 0.75, 0.2, 0.3), trim, [(0, 1.08, -long * 0.35)])
        places = [(x * w, 0.12, -long * 0.6) for x in (-0.4, 0.0, 0.4)]
    else:
        w = 0.55
        ship.add("spine", box(0.4, 0.4, long * 1.4), metal("iron"), [(0, 0, 0)])
        ship.add("cockpit module", rounded_box(1.1, 0.8, 1.2, 0.2), body, [(0, -0.2, long * 0.75)])
        ship.add("cockpit", box(0.85, 0.25, 0.3), CANOPY, [(0, 0.25, long * 0.75 + 0.48)])
        count = draw.whole(2, 4)
        for i in range(count):
            z = -long * 0.35 + long * 0.8 * i / count
            ship.both(
                "container",
                rounded_box(0.6, 0.7, long * 0.7 / count, 0.05).moved(0.52, -0.15, z),
                any_paint(draw),
            )
        ship.add("engine block", box(1.5, 0.9, 0.8), body, [(0, -0.25, -long * 0.7)])
        places = [(x, 0.2, -long * 0.7 - 0.4) for x in (-0.4, 0.4)]
    nozzle = along_z([(0, 0.1), (w * 0.22, 0.1), (w * 0.3, -0.3), (w * 0.22, -0.3), (0, -0.1)], sides=12)
    ship.add("engine", nozzle, metal("iron"), places)
    ship.add("engine glow", along_z([(0, -0.5), (w * 0.21, -0.28), (w * 0.2, -0.15)], sides=12), glow, places)
    ship.add(
        "antenna",
        merged(cylinder(0.02, 0.6, sides=6), cone(0.12, 0.1, sides=10).moved(0, 0.5)),
        metal("steel"),
        [(w * 0.2, 0.4, 0)],
    )
    return ship


def satellite(draw: Draw) -> Assembly:
    style = draw.pick("box", "drum", "ball", "telescope")
    foil = material(
        *draw.pick(
            ("gold foil", "#d9ae4a"), ("silver", "#c3c7cb"), ("white", "#e8e6df"), ("grey", "#8d9095")
        ),
        metallic=0.3,
        roughness=0.4,
    )
    craft = Assembly({"style": style, "colour": foil.name})
    craft.proportions = draw.stretch(0.12, "x", "yz")
    steel = metal("steel")
    if style == "ball":
        craft.add("body", sphere(0.5, sides=draw.pick(12, 20)), foil)
        for x, z in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            craft.add(
                "antenna",
                tube([(x * 0.28, 0, -0.2 * abs(z)), (x * 0.55, z * 0.4, -2.0)], 0.025, sides=6),
                steel,
            )
        if draw.chance(0.5):
            return craft
    elif style == "box":
        craft.add("body", box(0.8, 1.0, 0.8), foil, [(0, -0.5, 0)])
        craft.add(
            "frame",
            merged(box(0.86, 0.08, 0.86).moved(0, -0.54), box(0.86, 0.08, 0.86).moved(0, 0.46)),
            steel,
        )
    else:
        high = 1.1 if style == "drum" else 2.2
        craft.add("body", cylinder(0.48, high, sides=draw.pick(6, 8, 20)), foil, [(0, -high / 2, 0)])
        craft.add(
            "band", cylinder(0.5, 0.1, sides=20), steel, [(0, y, 0) for y in (-high * 0.35, high * 0.3)]
        )
        if style == "telescope":
            craft.add("lens", cylinder(0.4, 0.06, sides=20), paint("black"), [(0, high / 2, 0)])
            craft.add(
                "flap", cylinder(0.5, 0.04, sides=20).moved(0.5).turned("z", 65).moved(-0.48, high / 2), foil
            )
    long, count, deep = draw.between(0.55, 0.8), draw.whole(2, 4), draw.between(0.6, 1.0)
    arm = tube([(0.3, 0, 0), (0.75 + count * long, 0, 0)], 0.035, sides=6)
    tilt = draw.between(0, 50)
    cells = [
        box(0.02, 0.032, deep).moved(0.75 + i * long + long * t, -0.016)
        for i in range(count)
        for t in (0.33, 0.62)
    ]
    panels = [box(long * 0.94, 0.025, deep).moved(0.75 + (i + 0.5) * long, -0.0125) for i in range(count)]
    blue = PANEL if draw.chance(0.75) else material("solar panel", "#6a4a86", roughness=0.3)
    craft.both("solar panel", merged(*panels).turned("x", tilt), blue)
    craft.both("panel frame", merged(*cells).turned("x", tilt), steel)
    craft.both("boom", arm, steel)
    bowl = lathe([(0, 0), (0.3, 0.08), (0.5, 0.24), (0.48, 0.27), (0.28, 0.12), (0, 0.04)], sides=20).scaled(
        draw.between(0.7, 1.2)
    )
    feed = merged(cylinder(0.02, 0.38, sides=6), sphere(0.05, sides=8).moved(0, 0.38))
    if style != "telescope":
        craft.add("dish", merged(bowl, feed), paint("white"), [(0, 0.52, 0)])
        if draw.chance(0.5):
            craft.attributes["thruster"] = True
            craft.add("thruster", cylinder(0.22, 0.3, top=0.1, sides=14), metal("iron"), [(0, -0.78, 0)])
    else:
        craft.add("dish", bowl.scaled(0.6).turned("x", 90), paint("white"), [(0, -0.5, 0.5)])
    return craft
