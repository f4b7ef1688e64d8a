"""Vehicles of fire brigades and armies. They drive towards +z."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_z, side_view
from polyseek.procedural.solids import box, cylinder, dome, merged, rounded_box
from polyseek.procedural.wheels import add_wheels, disc

PANE = material("window", "#9fc4d1", roughness=0.1)
LIGHT = material("headlight", "#fff2c2", glow=0.5)


def fire_truck(draw: Draw) -> Assembly:
    body = paint(draw.pick("red", "red", "red", "yellow", "orange"))
    style = draw.pick("ladder", "pumper", "vintage")
    truck = Assembly({"style": style, "colour": body.name})
    truck.proportions = draw.stretch(0.07, "x", "yz")
    long, w = draw.between(6.2, 7.6), 2.2
    half, chrome, white = long / 2, metal("silver"), paint("white")
    truck.add("chassis", box(w * 0.8, 0.3, long * 0.96), paint("black"), [(0, 0.5, 0)])
    cab_z = half - 0.95
    if style == "vintage":
        truck.add("bonnet", rounded_box(1.2, 0.75, 1.5, 0.2), body, [(0, 0.75, half - 0.75)])
        truck.add("grille", box(0.9, 0.6, 0.06), chrome, [(0, 0.8, half)])
        truck.both(
            "fender",
            side_view(
                [
                    (half - 1.4, 0.6),
                    (half - 1.1, 1.0),
                    (half - 0.5, 1.0),
                    (half, 0.65),
                    (half - 0.4, 0.75),
                    (half - 1.1, 0.75),
                ],
                0.4,
            ).moved(0.8),
            body,
        )
        cab_z = half - 2.1
        truck.add("cab", box(w * 0.86, 1.3, 1.2), body, [(0, 0.75, cab_z)])
        truck.add("cab roof", rounded_box(w * 0.9, 0.14, 1.35, 0.06), white, [(0, 2.03, cab_z)])
        truck.add("cab window", box(w * 0.87, 0.5, 0.8), PANE, [(0, 1.4, cab_z)])
        truck.add("windscreen", box(w * 0.7, 0.5, 1.24), PANE, [(0, 1.4, cab_z)])
        truck.add("bell", dome(0.16, 0.22, sides=16), metal("gold"), [(0, 1.5, half - 0.9)])
        cab_top, rear = 2.16, cab_z - 0.7
    else:
        truck.add("cab", rounded_box(w, 1.9, 1.9, 0.15), body, [(0, 0.55, cab_z)])
        truck.add("windscreen", rounded_box(w * 0.85, 0.75, 0.08, 0.03), PANE, [(0, 1.45, half - 0.02)])
        truck.add(
            "cab window", box(w + 0.02, 0.65, 0.7), PANE, [(0, 1.45, cab_z + 0.4), (0, 1.45, cab_z - 0.45)]
        )
        truck.add("grille", box(1.0, 0.4, 0.06), chrome, [(0, 0.85, half)])
        cab_top, rear = 2.45, cab_z - 1.0
    deck = rear + half
    truck.add("body", box(w, 1.45, deck), body, [(0, 0.65, rear - deck / 2)])
    truck.add(
        "stripe",
        box(w + 0.02, 0.16, long * 0.94),
        white if body.name != "yellow" else paint("red"),
        [(0, 0.95, -0.02)],
    )
    count = draw.whole(2, 4)
    locker = box(w + 0.03, 0.6, deck / count - 0.18)
    truck.add(
        "locker",
        locker,
        material("shutter", "#c9cbc8", roughness=0.6),
        [(0, 1.25, rear - deck * (i + 0.5) / count) for i in range(count)],
    )
    truck.add(
        "siren",
        rounded_box(0.45, 0.18, 0.25, 0.06),
        paint("blue"),
        [(x, cab_top, cab_z + 0.2) for x in (-0.5, 0.5)],
    )
    truck.add(
        "headlight",
        disc(0.15, 0.08, sides=16).turned("y", 90),
        LIGHT,
        [(x, 0.9, half + (0.02 if style != "vintage" else -0.15)) for x in (-0.8, 0.8)],
    )
    truck.add("bumper", rounded_box(w + 0.05, 0.28, 0.3, 0.08), chrome, [(0, 0.42, half), (0, 0.42, -half)])
    rails = long * (0.8 if style == "ladder" else 0.6)
    bars = [box(0.8, 0.09, 0.09).moved(0, 0.03, -rails / 2 + rails * (i + 0.5) / 12) for i in range(12)]
    ladder = merged(*(box(0.12, 0.2, rails).moved(x) for x in (-0.4, 0.4)), *bars)
    if style == "ladder":
        tilt = draw.between(5, 22)
        truck.add("turntable", cylinder(0.65, 0.3, sides=20), metal("iron"), [(0, 2.1, -half + 0.9)])
        ladder = ladder.moved(z=rails / 2).turned("x", -tilt).moved(0, 2.5, -half + 0.6)
        truck.add("ladder", ladder, white if draw.chance(0.5) else chrome)
    else:
        truck.add("ladder", ladder, white, [(0.6, 2.12, rear - deck / 2)])
        reel = merged(disc(0.32, 0.1).moved(-0.3), disc(0.32, 0.1).moved(0.3), disc(0.24, 0.6))
        truck.add("hose reel", reel, paint("yellow"), [(-0.5, 2.35, rear - deck / 2)])
    at = [
        (x, z)
        for x in (-0.95, 0.95)
        for z in (half - 1.05, -half + 1.15, *((-half + 2.2,) if long > 7 else ()))
    ]
    add_wheels(truck, 0.5, 0.36, metal("silver"), at)
    return truck


def tank(draw: Draw) -> Assembly:
    hue = draw.pick(
        ("olive", "#6d7145"),
        ("desert", "#bfa571"),
        ("green", "#55703f"),
        ("grey", "#767b7d"),
        ("dark green", "#3f5338"),
    )
    skin = material(*hue, roughness=0.8)
    style = draw.pick("battle", "light", "toy")
    tank = Assembly({"style": style, "colour": hue[0]})
    long, w = draw.between(4.6, 6.0), draw.between(2.5, 3.0)
    tank.proportions = (1, 1.25, 0.8) if style == "toy" else draw.stretch(0.08, "x", "yz")
    half, belt, r = long / 2, 0.55, 0.4
    path = [
        (-half + 0.5, 0.0),
        (half - 0.7, 0.0),
        (half - 0.05, 0.5),
        (half, 0.72),
        (half - 0.15, 0.95),
        (-half + 0.1, 0.95),
        (-half, 0.7),
        (-half + 0.05, 0.5),
    ]
    inner = [(z * 0.97, 0.06 + y * 0.87) for z, y in path]
    dark = material("track", "#3d3d3b", roughness=0.9)
    x = w / 2 - belt / 2
    tank.add("track", side_view(path, belt), dark, [(-x, 0, 0), (x, 0, 0)])
    tank.add("track side", side_view(inner, belt * 1.03), lighter(skin, -0.3), [(-x, 0, 0), (x, 0, 0)])
    links = int(long / 0.32)
    shoe = box(belt * 1.05, 0.05, 0.14)
    tank.add(
        "track link",
        shoe,
        dark,
        [
            (s * x, y, -half + 0.4 + (long - 0.9) * i / links)
            for i in range(links + 1)
            for s in (-1, 1)
            for y in (0.93,)
        ],
    )
    count = draw.whole(4, 6)
    span = long - 1.7
    places = [(s * x, r, -half + 0.75 + span * i / (count - 1)) for s in (-1, 1) for i in range(count)]
    tank.add(
        "road wheel",
        merged(disc(r * 0.85, belt * 1.15, sides=18), disc(r * 0.3, belt * 1.3, sides=10)),
        skin,
        places,
    )
    tank.add(
        "sprocket",
        disc(0.24, belt * 1.12, sides=12),
        skin,
        [(s * x, 0.66, z) for s in (-1, 1) for z in (half - 0.35, -half + 0.35)],
    )
    deck = [
        (-half + 0.1, 0.5),
        (half - 0.4, 0.45),
        (half - 0.1, 0.75),
        (half - 1.1, 1.2),
        (-half + 0.1, 1.2),
        (-half - 0.05, 0.8),
    ]
    tank.add("hull", side_view(deck, w - belt * 2 + 0.05), skin)
    tank.add("fender", box(belt * 1.1, 0.06, long * 0.9), skin, [(-x, 1.0, 0), (x, 1.0, 0)])
    z = -long * draw.between(0.02, 0.1)
    shape = draw.pick("round", "angular", "dome")
    tank.attributes["turret"] = f"{shape} turret"
    if shape == "round":
        tank.add("turret", cylinder(w * 0.38, 0.62, top=w * 0.3, sides=24), skin, [(0, 1.2, z)])
    elif shape == "dome":
        tank.add("turret", dome(w * 0.4, 0.75, sides=24), skin, [(0, 1.2, z)])
    else:
        side = [(-1.2, 1.2), (1.0, 1.2), (1.25, 1.45), (0.8, 1.85), (-1.1, 1.85), (-1.35, 1.5)]
        tank.add("turret", side_view(side, w * 0.66, tuck=0.25).moved(0, 0, z), skin)
    barrel = long * draw.between(0.55, 0.8)
    gun = [
        (0.0, 0),
        (0.17, 0),
        (0.16, 0.3),
        (0.09, 0.34),
        (0.08, barrel - 0.45),
        (0.13, barrel - 0.45),
        (0.13, barrel),
        (0.06, barrel),
        (0, barrel - 0.05),
    ]
    tank.add(
        "gun barrel",
        along_z(gun, sides=16).turned("x", -draw.between(0, 8)),
        lighter(skin, -0.12),
        [(0, 1.52, z + w * 0.3)],
    )
    tank.add("hatch", cylinder(0.3, 0.1, sides=16), lighter(skin, -0.2), [(0.3, 1.8, z - 0.25)])
    if draw.chance(0.5):
        tank.attributes["antenna"] = True
        tank.add("antenna", cylinder(0.015, 0.7, sides=6), dark, [(-0.5, 1.7, z - 0.5)])
    if draw.chance(0.5):
        tank.attributes["starred"] = True
        tank.add(
            "marking",
            cylinder(0.22, 0.03, sides=5).turned("z", -90),
            paint("white"),
            [(w / 2 - belt, 1.0, 0)],
        )
    return tank
