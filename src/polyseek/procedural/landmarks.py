"""Landmarks and small structures outdoors. Doors face +z."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import arc, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.masonry import any_tiles, gable, hip
from polyseek.procedural.palette import STONES, any_paint, any_wood, lighter, material, metal, paint, stone
from polyseek.procedural.polygons import rectangle, shifted
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    extrusion,
    lathe,
    prism,
    rounded_box,
)  # fmt: skip


def tower(draw: Draw) -> Assembly:
    wall = stone(draw.pick(*STONES))
    style = draw.pick("round", "square")
    spire = draw.chance(0.5)
    tower = Assembly({"style": style, "material": wall.name, "top": "spired" if spire else "crenellated"})
    h, r = draw.between(8, 12), draw.between(1.7, 2.3)
    sides = 28 if style == "round" else 4

    def ring(profile: list[tuple[float, float]]) -> Solid:
        scale = 1.0 if style == "round" else 1.35
        return lathe([(x * scale, y) for x, y in profile], sides=sides).turned(
            "y", 0 if style == "round" else 45
        )

    tower.add(
        "base", ring([(r * 1.2, 0), (r * 1.2, 0.5), (r * 1.05, 1.0), (r * 0.9, 1.0)]), lighter(wall, -0.12)
    )
    tower.add("shaft", ring([(r, 0), (r * 0.9, h)]), wall)
    tower.add(
        "parapet",
        ring(
            [
                (r * 0.9, h - 0.5),
                (r * 1.15, h),
                (r * 1.15, h + 0.7),
                (r * 0.98, h + 0.7),
                (r * 0.98, h),
                (0, h),
            ]
        ),
        lighter(wall, 0.1),
    )
    if spire:
        roof = any_tiles(draw)
        tower.attributes["roof"] = roof.name
        tower.add("spire", ring([(r * 1.25, h + 0.7), (0, h + 0.7 + r * draw.between(1.6, 2.3))]), roof)
    else:
        merlons = 10 if style == "round" else 12
        for i in range(merlons):
            turn = 360 * i / merlons
            if style == "round":
                tower.add(
                    "merlon",
                    box(0.45, 0.55, 0.3).moved(0, h + 0.7, r * 1.06).turned("y", turn),
                    lighter(wall, 0.1),
                )
            else:
                edge = r * 1.35 * 1.06 * math.sqrt(0.5)
                along = (i % 3 - 1) * edge * 0.95
                tower.add(
                    "merlon",
                    box(0.5, 0.55, 0.3).moved(along, h + 0.7, edge).turned("y", 90 * (i // 3)),
                    lighter(wall, 0.1),
                )
    z = r * (1.02 if style == "round" else 0.97)
    tower.add("door", box(0.95, 1.9, 0.5), any_wood(draw), [(0, 0, z)])
    tower.add(
        "door arch",
        cylinder(0.475, 0.5, sides=20).turned("x", 90).moved(0, 1.9, z - 0.25),
        material("door top", "#5b4434"),
    )
    for i in range(3):
        slit = box(0.22, 0.9, 0.4).moved(0, h * (0.35 + 0.2 * i), r * 0.9)
        tower.add("window", slit.turned("y", 90 * i if style == "square" else 55 * i), paint("black"))
    return tower


def castle(draw: Draw) -> Assembly:
    wall, roof = stone(draw.pick(*STONES)), any_tiles(draw)
    castle = Assembly({"style": "medieval", "material": wall.name, "roof": roof.name})
    castle.proportions = draw.stretch(0.1, "x", "y", "z")
    half, h = draw.between(5, 6.5), draw.between(3.5, 4.5)
    r, top = 1.5, h + draw.between(1.2, 2.5)
    for x in (-half, half):
        for z in (-half, half):
            castle.add(
                "tower",
                lathe(
                    [(r * 1.12, 0), (r, 0.6), (r, top), (r * 1.2, top + 0.4), (r * 1.2, top + 0.9)], sides=24
                ),
                wall,
                [(x, 0, z)],
            )
            castle.add("tower roof", cone(r * 1.35, r * 2.1), roof, [(x, top + 0.9, z)])
            castle.add(
                "flag",
                extrusion(np.array([(0, 0), (0.9, 0.2), (0, 0.45)]), 0.04),
                paint("red"),
                [(x, top + 0.9 + r * 2.1, z)],
            )
            castle.add(
                "flag pole", cylinder(0.05, 1.0, sides=8), metal("iron"), [(x, top + 0.6 + r * 2.0, z)]
            )
    for i in range(4):
        castle.add("wall", box(2 * half, h, 0.8).moved(0, 0, half).turned("y", 90 * i), lighter(wall, 0.08))
        for k in range(-3, 4):
            castle.add(
                "merlon", box(0.6, 0.6, 0.4).moved(k * half / 4.4, h, half + 0.18).turned("y", 90 * i), wall
            )
    castle.add("gatehouse", box(3.0, h + 1.2, 1.6), wall, [(0, 0, half)])
    castle.add(
        "gatehouse merlon", box(0.5, 0.5, 1.6), wall, [(x, h + 1.2, half) for x in (-1.2, -0.4, 0.4, 1.2)]
    )
    castle.add("gate", box(1.6, 1.7, 0.3), any_wood(draw), [(0, 0, half + 0.72)])
    castle.add(
        "gate arch", cylinder(0.8, 0.3, sides=24).turned("x", 90), paint("brown"), [(0, 1.7, half + 0.57)]
    )
    keep = half * 0.45
    castle.add("keep", box(2 * keep, h + 3.5, 2 * keep), wall)
    castle.add("keep roof", hip(2 * keep + 0.6, 2.6, 2 * keep + 0.6), roof, [(0, h + 3.5, 0)])
    for i in range(4):
        castle.add(
            "keep window", box(0.5, 1.1, 0.1).moved(0, h + 1.6, keep).turned("y", 90 * i), paint("black")
        )
    return castle


def tent(draw: Draw) -> Assembly:
    cloth, second = any_paint(draw, "black"), any_paint(draw)
    style = draw.pick("ridge", "tipi", "dome")
    tent = Assembly({"style": style, "colour": cloth.name, "material": "fabric"})
    tent.proportions = draw.stretch(0.08, "x", "y", "z")
    if style == "ridge":
        w, h, d = draw.between(1.6, 2.1), draw.between(1.2, 1.5), draw.between(2.1, 2.6)
        tent.add("canvas", gable(w, h, d), cloth)
        for side in (-1, 1):
            flap = extrusion(np.array([(0, h * 0.9), (side * w * 0.14, 0.02), (side * w * 0.3, 0.02)]), 0.03)
            tent.add("door flap", flap, lighter(cloth, 0.25), [(0, 0, d / 2 + 0.03)])
        tent.add(
            "opening",
            extrusion(np.array([(-w * 0.14, 0.01), (w * 0.14, 0.01), (0, h * 0.86)]), 0.02),
            paint("black"),
            [(0, 0, d / 2)],
        )
        tent.add(
            "pole",
            cylinder(0.025, h + 0.15, sides=10),
            any_wood(draw),
            [(0, 0, d / 2 + 0.04), (0, 0, -d / 2 - 0.04)],
        )
        for side in (-1, 1):
            for z in (-d / 2, d / 2):
                tent.add(
                    "rope",
                    tube([(0, h + 0.1, z), (side * w * 0.75, 0, z * 1.3)], 0.008, sides=6),
                    paint("cream"),
                )
                tent.add("peg", cylinder(0.02, 0.14, sides=6), metal("iron"), [(side * w * 0.75, 0, z * 1.3)])
    elif style == "tipi":
        r, h, sides = draw.between(1.3, 1.7), draw.between(2.5, 3.1), 12
        tent.add("canvas", cylinder(r, h, top=0.14, sides=sides), cloth)
        tent.add(
            "band",
            lathe([(r * 0.84, h * 0.2), (r * 0.72, h * 0.32)], sides=sides).scaled(1.02, 1, 1.02),
            second,
        )
        tent.add(
            "opening",
            extrusion(np.array([(-0.34, 0), (0.34, 0), (0, 1.3)]), 0.06).turned("x", -28),
            paint("black"),
            [(0, 0.03, r * 0.98)],
        )
        for i in range(6):
            pole = tube([(0.0, h * 0.8, 0), (-0.28, h * 1.22, 0)], 0.025, sides=8).turned("y", 60 * i)
            tent.add("pole", pole, any_wood(draw))
    else:
        r = draw.between(1.1, 1.4)
        tent.add("canvas", dome(r, r * 0.8, sides=32), cloth)
        for turn in (45, 135):
            tent.add(
                "pole", tube(arc(r * 1.02, 0, 180, 20) * [1, 0.8, 1], 0.02, sides=8).turned("y", turn), second
            )
        arch = np.concatenate([[(-0.45, 0), (0.45, 0)], arc(0.45, 0, 180, 16)[:, :2] * (1, 1.5)])
        tent.add("porch", extrusion(arch, 0.7), second, [(0, 0, r * 0.75)])
        tent.add("opening", extrusion(arch * 0.82, 0.02), paint("black"), [(0, 0.005, r * 0.75 + 0.35)])
        tent.add("zip", box(0.02, 0.5, 0.03), paint("cream"), [(0, 0.01, r * 0.75 + 0.35)])
    return tent


def well(draw: Draw) -> Assembly:
    rock, wood, roof = stone(draw.pick(*STONES)), any_wood(draw), any_tiles(draw)
    well = Assembly({"style": "roofed", "material": rock.name, "roof": roof.name})
    r, h = draw.between(0.6, 0.8), draw.between(0.6, 0.8)
    rows = 3
    for row in range(rows):
        for i in range(14):
            block = rounded_box(0.27 * r / 0.7, h / rows * 0.95, 0.2, 0.03).moved(0, h * row / rows, r - 0.08)
            shade = lighter(rock, (0.0, 0.12, -0.1)[(i + row) % 3])
            well.add("stone", block.turned("y", 360 * (i + 0.5 * (row % 2)) / 14), shade)
    well.add(
        "water", cylinder(r * 0.85, 0.02), material("water", "#5c95a8", roughness=0.1), [(0, h * 0.5, 0)]
    )
    tall = draw.between(1.7, 2.0)
    well.add("post", box(0.12, tall, 0.12), wood, [(-r, 0, 0), (r, 0, 0)])
    well.add("roof", gable(1.6 * r + 0.5, 0.6, 2 * r + 0.7).turned("y", 90), roof, [(0, tall, 0)])
    well.add(
        "windlass", cylinder(0.06, 2 * r, sides=14).turned("z", 90).moved(r), wood, [(0, tall * 0.72, 0)]
    )
    well.add(
        "crank",
        tube(
            [
                (r, tall * 0.72, 0),
                (r + 0.16, tall * 0.72, 0),
                (r + 0.16, tall * 0.6, 0),
                (r + 0.28, tall * 0.6, 0),
            ],
            0.02,
            sides=8,
        ),
        metal("iron"),
    )
    well.add("rope", cylinder(0.015, tall * 0.72 - h - 0.1, sides=8), paint("cream"), [(0, h + 0.1, 0)])
    well.add(
        "bucket",
        lathe([(0, 0), (0.1, 0), (0.13, 0.22), (0.115, 0.22), (0.09, 0.02), (0, 0.02)], sides=18),
        wood,
        [(0, h - 0.05, 0)],
    )
    return well


def fence(draw: Draw) -> Assembly:
    skin = any_wood(draw) if draw.chance(0.6) else paint(draw.pick("white", "brown", "green", "grey"))
    style = draw.pick("picket", "ranch", "palisade")
    fence = Assembly({"style": style, "colour": skin.name, "material": "wooden"})
    long, h = draw.between(1.8, 2.6), draw.between(0.8, 1.2)
    posts = [(-long / 2, 0.0, 0.0), (0.0, 0.0, 0.0), (long / 2, 0.0, 0.0)]
    if style == "ranch":
        fence.add("post", box(0.12, h, 0.12), skin, posts)
        fence.add("rail", box(long + 0.2, 0.12, 0.04), skin, [(0, h * t, 0.07) for t in (0.2, 0.5, 0.8)])
    elif style == "picket":
        fence.add("post", box(0.09, h, 0.09), skin, posts)
        fence.add("rail", box(long, 0.08, 0.03), skin, [(0, h * t, 0.05) for t in (0.25, 0.7)])
        count = int(long / 0.15)
        picket = extrusion(
            np.array([(-0.045, 0), (0.045, 0), (0.045, h * 0.95), (0, h * 1.05), (-0.045, h * 0.95)]), 0.025
        )
        fence.add(
            "picket",
            picket,
            skin,
            [(-long / 2 + 0.08 + i * (long - 0.16) / (count - 1), 0.05, 0.08) for i in range(count)],
        )
    else:
        count = int(long / 0.17)
        for i in range(count):
            tall = h * draw.between(1.2, 1.35)
            log = lathe([(0.08, 0), (0.08, tall), (0, tall + 0.16)], sides=10)
            fence.add("log", log, lighter(skin, (0.0, 0.1)[i % 2]), [(-long / 2 + 0.165 * i, 0, 0)])
        fence.add("rope", box(long, 0.06, 0.18), paint("cream"), [(-0.06, h * t, 0) for t in (0.3, 0.85)])
    return fence


def bridge(draw: Draw) -> Assembly:
    stony = draw.chance(0.5)
    body = stone(draw.pick(*STONES)) if stony else any_wood(draw)
    bridge = Assembly({"style": "arched" if stony else "plank", "material": body.name})
    long, wide, rise = draw.between(5, 7), draw.between(1.6, 2.2), draw.between(0.7, 1.1)
    t = np.linspace(-1, 1, 17)
    deck = 0.9 + rise * (1 - t**2)
    if stony:
        under = 1.25 * np.sqrt(np.clip(1 - (t * 1.0 / 0.62) ** 2, 0, 1)) * (0.9 + rise) / 1.9
        top = np.column_stack([t * long / 2, deck])
        inside = np.abs(t) < 0.62
        opening = np.column_stack([t * long / 2, under])[inside][::-1]
        outline = np.concatenate(
            [top, [(long / 2, 0), (0.62 * long / 2, 0)], opening, [(-0.62 * long / 2, 0), (-long / 2, 0)]]
        )
        bridge.add("arch", extrusion(outline, wide), body)
        for side in (-1, 1):
            wall = np.concatenate([shifted(top, 0, 0.55), top[::-1]])
            bridge.add(
                "parapet", extrusion(wall, 0.22), lighter(body, 0.12), [(0, 0, side * (wide / 2 - 0.11))]
            )
        return bridge
    count = 26
    for i in range(count):
        s = -1 + 2 * (i + 0.5) / count
        plank = box(long / count * 0.9, 0.07, wide)
        bridge.add(
            "plank", plank, lighter(body, (0.0, 0.1)[i % 2]), [(s * long / 2, 0.9 + rise * (1 - s * s), 0)]
        )
    for side in (-1, 1):
        z = side * wide * 0.46
        line = np.column_stack([t * long / 2, deck, np.full(17, z)])
        bridge.add("beam", tube(line - [0, 0.08, 0], 0.1, sides=8), body)
        bridge.add("hand rail", tube(line + np.array((0, 0.95, 0)), 0.05, sides=8), body)
        for s in (-0.98, -0.5, 0.0, 0.5, 0.98):
            bridge.add("post", box(0.1, 1.0, 0.1), body, [(s * long / 2, 0.9 + rise * (1 - s * s), z)])
    bridge.add(
        "pier",
        prism(rectangle(0.3, wide), 1.05),
        stone("granite"),
        [(-long * 0.46, 0, 0), (long * 0.46, 0, 0)],
    )
    return bridge
