"""Buildings to live, pray and work in. Doors face +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.masonry import LIT, PANE, add_door, add_window, any_tiles, any_wall, gable, hip
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint, stone
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    box,
    cylinder,
    dome,
    extrusion,
    lathe,
    merged,
    sphere,
)  # fmt: skip


def house(draw: Draw) -> Assembly:
    wall, roof, door = any_wall(draw), any_tiles(draw), any_paint(draw, "white", "cream")
    floors = draw.whole(1, 2)
    style = draw.pick("gabled", "gabled", "hipped")
    house = Assembly({"style": style, "wall": wall.name, "roof": roof.name, "floors": floors})
    w, d, h = draw.between(5.5, 8.0), draw.between(5.0, 6.5), 2.8 * floors
    house.add("plinth", box(w + 0.2, 0.3, d + 0.2), stone("granite"))
    house.add("wall", box(w, h, d), wall, [(0, 0.3, 0)])
    top, rise = 0.3 + h, draw.between(1.8, 2.8)
    if style == "gabled":
        house.add("gable", gable(d, rise, w - 0.02).turned("y", 90), wall, [(0, top, 0)])
        slope = np.array(
            [
                (-d / 2 - 0.45, -0.45 * rise / (d / 2)),
                (0, rise),
                (d / 2 + 0.45, -0.45 * rise / (d / 2)),
                (d / 2 + 0.45, 0.2 - 0.45 * rise / (d / 2)),
                (0, rise + 0.26),
                (-d / 2 - 0.45, 0.2 - 0.45 * rise / (d / 2)),
            ]
        )
        house.add("roof", extrusion(slope, w + 0.8).turned("y", 90), roof, [(0, top, 0)])
    else:
        house.add("eaves", box(w + 0.9, 0.14, d + 0.9), paint("white"), [(0, top - 0.06, 0)])
        house.add(
            "roof",
            hip(max(w, d) + 0.9 if w < d else d + 0.9, rise, (d if w < d else w) + 0.9).turned(
                "y", 90 if w >= d else 0
            ),
            roof,
            [(0, top + 0.08, 0)],
        )
    z = d / 2 + 0.01
    add_door(house, z, door, y=0.3, x=0.0)
    house.add("step", box(1.5, 0.18, 0.6), stone("granite"), [(0, 0, z + 0.4)])
    for floor in range(floors):
        y = 0.3 + 1.6 + 2.8 * floor
        for x in (-w * 0.32, w * 0.32) if floor == 0 else (-w * 0.32, 0.0, w * 0.32):
            add_window(house, x, y, z, 0.95, 1.15)
        for side in (90, -90):
            add_window(house, 0.0, y, w / 2 + 0.01, 1.0, 1.15, turn=side)
    if draw.chance(0.7):
        house.attributes["chimney"] = True
        house.add(
            "chimney",
            box(0.6, rise * 0.9 + 0.6, 0.6),
            material("brick", "#9a5746", roughness=1),
            [(w * 0.28, top + 0.2, -d * 0.16)],
        )
        house.add(
            "chimney top",
            box(0.75, 0.15, 0.75),
            stone("granite"),
            [(w * 0.28, top + rise * 0.9 + 0.75, -d * 0.16)],
        )
    if draw.chance(0.35):
        house.attributes["porch"] = True
        house.add("porch roof", gable(2.4, 0.7, 1.5), roof, [(0, 2.75, z + 0.7)])
        house.add("porch post", box(0.13, 2.75, 0.13), paint("white"), [(x, 0, z + 1.3) for x in (-1.0, 1.0)])
    return house


def church(draw: Draw) -> Assembly:
    wall, roof = any_wall(draw), any_tiles(draw)
    church = Assembly({"style": "steepled", "wall": wall.name, "roof": roof.name})
    w, d, h = draw.between(4.5, 5.5), draw.between(8, 10), draw.between(3.6, 4.6)
    church.add("nave", box(w, h, d), wall, [(0, 0, -d / 2)])
    church.add("nave gable", gable(w, w * 0.62, d - 0.05), wall, [(0, h, -d / 2)])
    slope = np.array(
        [
            (-w / 2 - 0.3, -0.3),
            (0, w * 0.62),
            (w / 2 + 0.3, -0.3),
            (w / 2 + 0.3, -0.06),
            (0, w * 0.62 + 0.26),
            (-w / 2 - 0.3, -0.06),
        ]
    )
    church.add("nave roof", extrusion(slope, d + 0.3), roof, [(0, h, -d / 2)])
    t, top = draw.between(2.2, 2.7), h + draw.between(3.0, 4.5)
    church.add("tower", box(t, top, t), lighter(wall, 0.06), [(0, 0, t * 0.3)])
    church.add("cornice", box(t + 0.3, 0.2, t + 0.3), paint("white"), [(0, top, t * 0.3)])
    spire = cylinder(t * 0.74, draw.between(3.5, 5.0), top=0, sides=4 if draw.chance(0.5) else 8).turned(
        "y", 45
    )
    church.add("spire", spire, roof, [(0, top + 0.2, t * 0.3)])
    tip = top + 0.2 + float(spire.vertices[:, 1].max())
    church.add(
        "cross",
        merged(box(0.1, 0.9, 0.1), box(0.5, 0.1, 0.1).moved(0, 0.55)),
        metal("gold"),
        [(0, tip - 0.1, t * 0.3)],
    )
    z = t * 0.8
    arch = np.concatenate(
        [[(-0.55, 0), (0.55, 0)], np.array([(0.0, 1.5)]) + [0.55, 0.75] * regular(16, 1.0)[:9]]
    )
    church.add("door", extrusion(arch, 0.12), any_wood(draw), [(0, 0, z)])
    church.add("bell window", extrusion(arch * [0.75, 0.7], 0.12), paint("black"), [(0, top - 2.0, z)])
    church.add("rose window", cylinder(0.5, 0.12, sides=28).turned("x", 90), PANE, [(0, h + 0.3, z - 0.04)])
    for i in range(3):
        pane = extrusion(arch * [0.7, 0.95], 0.08).turned("y", 90)
        church.add("window", pane, PANE, [(x, 1.1, -d * (0.22 + 0.28 * i)) for x in (-w / 2, w / 2)])
    return church


def windmill(draw: Draw) -> Assembly:
    wall, cap = (
        material(*draw.pick(("white plaster", "#e9e3d5"), ("brick", "#b0664f"), ("timber", "#8c6848"))),
        any_tiles(draw),
    )
    windmill = Assembly({"style": "tower", "wall": wall.name, "roof": cap.name})
    h, r = draw.between(6, 8), draw.between(1.9, 2.4)
    sides = draw.pick(8, 28)
    windmill.add("tower", lathe([(r, 0), (r * 0.62, h)], sides=sides).turned("y", 22.5), wall)
    windmill.add(
        "base",
        lathe([(r * 1.12, 0), (r * 1.06, 0.8), (r * 0.9, 0.8)], sides=sides).turned("y", 22.5),
        stone("granite"),
    )
    windmill.add("cap", dome(r * 0.72, r * 0.8), cap, [(0, h, 0)])
    z, y = r * 0.95, h + r * 0.2
    windmill.add("shaft", cylinder(0.16, 0.9, sides=14).turned("x", 90), any_wood(draw), [(0, y, z - 0.7)])
    windmill.add("hub", sphere(0.28, sides=16), metal("iron"), [(0, y, z + 0.2)])
    wood, cloth = any_wood(draw), paint(draw.pick("cream", "white", "red", "orange"))
    long, spin = h * 0.72, draw.between(10, 40)
    for i in range(4):
        turn = 90 * i + spin
        spar = box(0.12, long, 0.1).turned("z", turn).moved(0, y, z + 0.2)
        windmill.add("sail spar", spar, wood)
        sail = box(0.75, long * 0.76, 0.04).moved(0.42, long * 0.22).turned("z", turn).moved(0, y, z + 0.2)
        windmill.add("sail", sail, cloth)
        bars = merged(*(box(0.84, 0.05, 0.07).moved(0.4, long * (0.22 + 0.19 * k)) for k in range(5)))
        windmill.add("sail bar", bars.turned("z", turn).moved(0, y, z + 0.2), wood)
    add_door(windmill, r * 0.96, any_paint(draw), height=1.9)
    for i in range(2):
        yy = h * (0.42 + 0.28 * i)
        windmill.add("window", box(0.5, 0.7, 0.3), PANE, [(0, yy, r * (1 - 0.38 * yy / h) - 0.12)])
    return windmill


def lighthouse(draw: Draw) -> Assembly:
    stripe = paint(draw.pick("red", "blue", "black", "orange"))
    lighthouse = Assembly({"style": "striped", "colour": stripe.name})
    h, r = draw.between(9, 12), draw.between(1.5, 1.9)
    bands = draw.whole(4, 6)
    rock = lathe([(r * 2.1, 0), (r * 1.9, 0.5), (r * 1.3, 0.9)], sides=9)
    lighthouse.add("rock", rock, stone("slate"))

    def wide(t: float) -> float:
        return r * (1 - 0.38 * t)

    for i in range(bands):
        low, high = i / bands, (i + 1) / bands
        band = lathe([(wide(low), 0.8 + h * low), (wide(high), 0.8 + h * high)], sides=32)
        lighthouse.add("tower band", band, stripe if i % 2 == 0 else paint("white"))
    top = 0.8 + h
    lighthouse.add(
        "gallery",
        lathe([(r * 0.62, -0.35), (r * 0.95, 0), (r * 0.95, 0.12), (0, 0.12)], sides=32),
        paint("grey"),
        [(0, top, 0)],
    )
    rail = lathe(
        [(r * 0.93, 0.75), (r * 0.93, 0.82), (r * 0.89, 0.82), (r * 0.89, 0.75), (r * 0.93, 0.75)], sides=32
    )
    lighthouse.add("railing", rail, metal("iron"), [(0, top, 0)])
    lighthouse.spin("railing post", box(0.05, 0.75, 0.05).moved(r * 0.9, top + 0.1), metal("iron"), 14)
    lighthouse.add("lantern", cylinder(r * 0.46, 1.1, sides=10), LIT, [(0, top + 0.12, 0)])
    lighthouse.spin("lantern bar", box(0.06, 1.1, 0.06).moved(r * 0.46, top + 0.12), metal("iron"), 10)
    lighthouse.add(
        "roof",
        lathe([(r * 0.66, 0), (r * 0.5, 0.25), (0.12, 0.8), (0.08, 1.1), (0, 1.15)], sides=28),
        stripe,
        [(0, top + 1.2, 0)],
    )
    add_door(lighthouse, r * 0.98, any_paint(draw, "white"), height=1.8, y=0.85)
    lighthouse.add(
        "window", box(0.4, 0.6, 0.4), PANE, [(0, 0.8 + h * t, wide(t) - 0.15) for t in (0.4, 0.68)]
    )
    return lighthouse
