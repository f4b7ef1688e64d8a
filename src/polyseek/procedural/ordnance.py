"""Cannons, bombs and grenades, as games have them. Cannons point to +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.gun_parts import plate
from polyseek.procedural.palette import any_wood, lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_z, side_view
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    lathe,
    merged,
    rotation,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip
from polyseek.procedural.wheels import add_wooden_wheels, disc


def cannon(draw: Draw) -> Assembly:
    style = draw.pick("ship", "field", "fortress", "cartoon")
    iron = (
        metal(draw.pick("iron", "iron", "brass", "copper", "steel")) if draw.chance(0.7) else paint("black")
    )
    skin = any_wood(draw)
    cannon = Assembly({"style": style, "material": iron.name, "wood": skin.name})
    cannon.proportions = draw.stretch(0.08, "x", "yz")
    long, sides = draw.between(1.3, 1.9), draw.pick(10, 16, 24)
    fat = 0.3 if style == "cartoon" else draw.between(0.19, 0.24)
    bore = fat * 0.5
    tube_ = [
        (0, -0.12),
        (fat * 0.25, -0.12),
        (fat * 0.3, -0.04),
        (fat * 0.95, 0.0),
        (fat, 0.1),
        (fat * 0.9, long * 0.45),
        (fat * 0.72, long * 0.92),
        (fat * (1.15 if style == "cartoon" else 0.95), long * 0.95),
        (fat * 0.95, long),
        (bore, long),
        (bore, long * 0.75),
        (0, long * 0.75),
    ]
    tilt, y = (
        draw.between(0, 14 if style != "cartoon" else 35),
        {"field": 0.62, "cartoon": 0.55}.get(style, 0.48),
    )

    def aimed(solid: Solid) -> Solid:
        return solid.moved(z=-long * 0.42).turned("x", -tilt).moved(0, y, 0)

    cannon.add("barrel", aimed(along_z(tube_, sides=sides)), iron)
    cannon.add("knob", aimed(sphere(fat * 0.33, sides=12).moved(z=-0.16)), iron)
    for t, wide in ((0.08, 1.07), (0.42, 0.98), (0.7, 0.86)):
        band = torus(fat * wide * 0.96, 0.02, sides=sides, around=6).turned("x", 90).moved(z=long * t)
        cannon.add("band", aimed(band), lighter(iron, -0.2 if iron.name != "black" else 0.3))
    cannon.add("trunnion", aimed(disc(0.055, fat * 2.7, sides=12).moved(z=long * 0.42)), iron)
    if style in ("field", "cartoon"):
        r = draw.between(0.48, 0.6) if style == "field" else 0.36
        add_wooden_wheels(cannon, r, skin, [(x * (fat + 0.22), 0) for x in (-1, 1)], draw.pick(6, 8, 10))
        cannon.add("axle", disc(0.05, fat * 2 + 0.5, sides=10), metal("iron"), [(0, r, 0)])
        trail = [
            (0.25, y - 0.06),
            (0.25, y - 0.24),
            (-long * 0.95, 0.0),
            (-long * 0.95, 0.14),
            (-0.2, y - 0.02),
        ]
        cannon.add(
            "carriage cheek", side_view(trail, 0.09), skin, [(x * (fat + 0.07), 0, 0) for x in (-1, 1)]
        )
        cannon.add(
            "trail block", box(fat * 2 + 0.2, 0.12, 0.12), lighter(skin, -0.2), [(0, 0.02, -long * 0.88)]
        )
    elif style == "ship":
        cheek = [
            (0.48, 0.1),
            (0.48, y - 0.02),
            (0.1, y + 0.06),
            (0.05, y - 0.08),
            (-0.25, y - 0.1),
            (-0.3, y - 0.2),
            (-0.6, y - 0.22),
            (-0.62, 0.1),
        ]
        cannon.add("carriage cheek", side_view(cheek, 0.1), skin, [(x * (fat + 0.04), 0, 0) for x in (-1, 1)])
        cannon.add("carriage bed", box(fat * 2, 0.09, 1.0), lighter(skin, -0.15), [(0, 0.14, -0.06)])
        wheel = merged(disc(0.14, 0.1, sides=16), disc(0.05, 0.16, sides=8))
        cannon.add(
            "truck wheel",
            wheel,
            lighter(skin, -0.3),
            [(x * (fat + 0.14), 0.14, z) for x in (-1, 1) for z in (-0.45, 0.34)],
        )
    else:
        cannon.add(
            "stone base",
            box(fat * 4, 0.16, long * 0.9),
            material("stone", "#98948c", roughness=1),
            [(0, 0, 0)],
        )
        cannon.add(
            "mount",
            side_view([(0.35, 0.14), (0.1, y + 0.08), (-0.1, y + 0.08), (-0.35, 0.14)], 0.12),
            skin,
            [(x * (fat + 0.05), 0, 0) for x in (-1, 1)],
        )
    if draw.chance(0.45):
        cannon.attributes["with_balls"] = True
        b = 0.1
        stack = [(0.0, b, 0.0), (2 * b, b, 0.0), (b, b, 1.73 * b), (b, b + 1.63 * b, 0.58 * b)]
        cannon.add(
            "cannonball",
            sphere(b, sides=14),
            metal("iron"),
            [(x + fat + 0.5, y_, z + 0.3) for x, y_, z in stack],
        )
    return cannon


def bomb(draw: Draw) -> Assembly:
    style = draw.pick("round", "round", "aerial", "dynamite", "sea-mine")
    bomb = Assembly({"style": style})
    bomb.proportions = draw.stretch(0.1, "xz", "y")
    sides = draw.pick(12, 18, 24)
    if style == "round":
        body = paint(draw.pick("black", "black", "navy", "red", "grey"))
        bomb.attributes["colour"] = body.name
        bomb.add("body", sphere(0.15, sides=sides), body, [(0, 0.15, 0)])
        tilt = draw.pick(0.0, 25.0)
        neck = cylinder(0.055, 0.04, sides=14).moved(0, 0.135).turned("z", -tilt).moved(0, 0.15)
        bomb.add("neck", neck, lighter(body, 0.2) if draw.chance(0.6) else metal("brass"))
        path = spline([(0, 0.17, 0), (0.01, 0.22, 0), (0.05, 0.25, 0), (0.09, 0.24, 0)], 10)
        fuse = tube(path, 0.01, sides=6)
        bomb.add("fuse", fuse.turned("z", -tilt).moved(0, 0.15), paint("cream"))
        if draw.chance(0.6):
            bomb.attributes["lit"] = True
            x, y, z = (rotation("z", -tilt) @ path[-1]).tolist()
            spark = merged(
                *(
                    cone(0.012, 0.05, sides=4).turned("x", a).turned("y", b)
                    for a, b in ((0, 0), (90, 0), (90, 72), (90, 144), (90, 216), (90, 288), (180, 0))
                )
            )
            bomb.add(
                "spark",
                spark,
                material("spark", "#ffb52e", glow=0.9),
                [(x, y + 0.15, z)],
            )
        if draw.chance(0.25):
            bomb.attributes["marked"] = "skull"
            bomb.add(
                "skull",
                merged(sphere(0.045, sides=10), box(0.04, 0.04, 0.05).moved(0, -0.06)),
                paint("white"),
                [(0, 0.17, 0.115)],
            )
            bomb.add("skull eye", sphere(0.012, sides=8), body, [(x, 0.175, 0.158) for x in (-0.017, 0.017)])
    elif style == "aerial":
        body = material(*draw.pick(("olive", "#666f48"), ("grey", "#80858a"), ("yellow", "#d9b443")))
        bomb.attributes["colour"] = body.name
        shape = [(0, 0), (0.06, 0.03), (0.1, 0.13), (0.105, 0.3), (0.07, 0.48), (0.035, 0.56), (0, 0.56)]
        standing = draw.chance(0.5)
        fins = merged(
            *(
                plate([(0.025, 0.42), (0.13, 0.52), (0.13, 0.63), (0.03, 0.58)], 0.01).turned("y", 90 * k)
                for k in range(4)
            )
        )
        turn = 0.0 if standing else 90.0
        bomb.add("body", lathe(shape, sides=sides).turned("x", turn), body)
        bomb.add("fin", fins.turned("y", 45).turned("x", turn), lighter(body, -0.2))
        bomb.add(
            "tail ring",
            lathe([(0.13, 0.56), (0.14, 0.56), (0.14, 0.64), (0.13, 0.64), (0.13, 0.56)], sides=sides).turned(
                "x", turn
            ),
            lighter(body, -0.3),
        )
        bomb.add(
            "band",
            cylinder(0.106, 0.03, sides=sides).moved(0, 0.2).turned("x", turn),
            paint(draw.pick("red", "yellow", "white")),
        )
    elif style == "dynamite":
        count = draw.pick(1, 3, 3, 7)
        red, r = material("red", "#c23b30", roughness=0.8), 0.022
        spots = (
            [(0.0, 0.0, 0.0)]
            if count == 1
            else [(2.05 * r * np.cos(k * np.pi / 3), 0.0, 2.05 * r * np.sin(k * np.pi / 3)) for k in range(6)]
            + [(0.0, 0.0, 0.0)]
        )
        spots = (
            [(1.18 * r * np.cos(k * 2.094), 0.0, 1.18 * r * np.sin(k * 2.094)) for k in range(3)]
            if count == 3
            else spots
        )
        places = [(float(x), float(y), float(z)) for x, y, z in spots]
        bomb.add("stick", cylinder(r, 0.2, sides=14), red, places)
        bomb.add(
            "end", cylinder(r * 0.8, 0.008, sides=14), paint("cream"), [(x, 0.197, z) for x, _, z in places]
        )
        bomb.add(
            "fuse",
            tube(spline([(0, 0.2, 0), (0, 0.25, 0), (0.03, 0.28, 0.01), (0.05, 0.27, 0)], 8), 0.005, sides=6),
            paint("cream"),
        )
        if count > 1:
            reach = r * (2.2 if count == 3 else 3.1)
            bomb.add(
                "strap", cylinder(reach, 0.018, sides=18), paint("black"), [(0, y, 0) for y in (0.05, 0.13)]
            )
            if draw.chance(0.5):
                bomb.attributes["timed"] = True
                bomb.add("timer", rounded_box(0.07, 0.06, 0.025, 0.008), paint("grey"), [(0, 0.07, reach)])
                bomb.add(
                    "display",
                    box(0.05, 0.025, 0.03),
                    material("display", "#e8402c", glow=0.6),
                    [(0, 0.085, reach)],
                )
    else:
        body = metal("iron") if draw.chance(0.5) else paint(draw.pick("black", "grey", "red"))
        bomb.attributes["colour"] = body.name
        bomb.add("body", sphere(0.3, sides=sides), body)
        spike = merged(
            cylinder(0.03, 0.09, top=0.022, sides=8), dome(0.022, 0.03, sides=8).moved(0, 0.09)
        ).moved(0, 0.285)
        for tilt, count in ((0, 1), (50, 5), (90, 6), (130, 5)):
            bomb.spin("horn", spike.turned("z", -tilt), lighter(body, -0.3), count, start=tilt * 0.4)
    return bomb


def grenade(draw: Draw) -> Assembly:
    style = draw.pick("fragmentation", "stick", "smoke")
    grenade = Assembly({"style": style})
    grenade.proportions = draw.stretch(0.12, "xz", "y")
    sides = draw.pick(12, 18, 24)
    body = material(*draw.pick(("olive", "#5f6b3f"), ("green", "#4f7348"), ("grey", "#6f7478")))
    grenade.attributes["colour"] = body.name
    if style == "stick":
        grip = any_wood(draw)
        grenade.add(
            "handle", lathe([(0.013, 0), (0.016, 0.02), (0.012, 0.05), (0.014, 0.24)], sides=12), grip
        )
        grenade.add("can", cylinder(0.035, 0.1, sides=sides), body, [(0, 0.23, 0)])
        grenade.add(
            "rim", cylinder(0.037, 0.008, sides=sides), lighter(body, -0.3), [(0, 0.235, 0), (0, 0.318, 0)]
        )
        return grenade
    if style == "smoke":
        grenade.add("can", cylinder(0.03, 0.1, sides=sides), body)
        tint = draw.pick("red", "yellow", "white", "purple")
        grenade.attributes["band"] = tint
        grenade.add("band", cylinder(0.0308, 0.02, sides=sides), paint(tint), [(0, 0.055, 0)])
        grenade.add(
            "shoulder", cylinder(0.03, 0.008, top=0.018, sides=sides), lighter(body, -0.2), [(0, 0.1, 0)]
        )
        _fuze(grenade, 0.105)
        return grenade
    grenade.add(
        "body",
        lathe(
            [(0, 0), (0.024, 0), (0.035, 0.02), (0.037, 0.05), (0.03, 0.08), (0.014, 0.09), (0, 0.09)],
            sides=sides,
        ),
        body,
    )
    grenade.add(
        "groove",
        torus(0.0365, 0.003, sides=sides, around=6),
        lighter(body, -0.4),
        [(0, y, 0) for y in (0.03, 0.05)],
    )
    _fuze(grenade, 0.088)
    return grenade


def _fuze(grenade: Assembly, y: float) -> None:
    """The cap at height `y`, the lever bent down beside the body, the ring."""
    grenade.add("cap", cylinder(0.014, 0.022, sides=12), metal("steel"), [(0, y, 0)])
    lever = spline(
        [(0.0, y + 0.024, 0), (0.025, y + 0.02, 0), (0.043, y - 0.02, 0), (0.042, y - 0.06, 0)], 10
    )
    grenade.add("lever", tube(lever, 0.007, sides=6, flatten=0.6), metal("steel"))
    ring = torus(0.013, 0.002, sides=16, around=6).turned("x", 90)
    grenade.add("ring", ring, metal("silver"), [(-0.027, y + 0.012, 0)])
