"""Campfires: logs, stones around them, flames above."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import STONES, any_wood, lighter, material, metal, stone
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import Solid, box, cylinder, lathe, merged, prism, sphere


def _flame(draw: Draw, radius: float, height: float) -> Solid:
    """A drop-shaped flame of few faces, its tip blown aside."""
    shape = [
        (0, 0),
        (radius * 0.75, height * 0.08),
        (radius, height * 0.25),
        (radius * 0.6, height * 0.55),
        (radius * 0.22, height * 0.8),
        (0, height),
    ]
    drop = lathe(shape, sides=7)
    lean = draw.between(-0.25, 0.25) * radius * 2
    bent = drop.vertices.copy()
    bent[:, 0] += lean * (bent[:, 1] / height) ** 2
    return Solid(bent, drop.faces).turned("y", draw.between(0, 360))


def campfire(draw: Draw) -> Assembly:
    style = draw.pick("tepee", "crossed", "stacked", "embers")
    lit = draw.chance(0.8)
    wood = any_wood(draw)
    fire = Assembly({"style": style, "wood": wood.name, "burning": lit})
    r, h = draw.between(0.32, 0.48), draw.between(0.35, 0.6)
    thick, sides = draw.between(0.04, 0.065), draw.pick(6, 8, 12)
    cut = lighter(wood, 0.35)

    def log(length: float) -> tuple[Solid, Solid]:
        ends = merged(
            cylinder(thick * 0.85, 0.01, sides=sides).moved(0, -0.005),
            cylinder(thick * 0.85, 0.01, sides=sides).moved(0, length - 0.005),
        )
        return cylinder(thick, length, sides=sides), ends

    if style == "tepee":
        body, ends = log(r * 1.75)
        count, lean = draw.whole(4, 7), draw.between(38, 50)
        fire.spin("log", body.turned("z", lean).moved(r * 0.9), wood, count)
        fire.spin("log end", ends.turned("z", lean).moved(r * 0.9), cut, count)
    elif style == "stacked":
        body, ends = log(r * 1.7)
        for level in range(draw.whole(2, 4)):
            for side in (-1, 1):
                turn = 90 * (level % 2)
                placed = [
                    s.moved(0, -r * 0.85).turned("x", 90).moved(side * r * 0.55, thick * (1 + 1.8 * level))
                    for s in (body, ends)
                ]
                fire.add("log", placed[0].turned("y", turn), wood)
                fire.add("log end", placed[1].turned("y", turn), cut)
    else:
        body, ends = log(r * 1.8)
        count = draw.whole(3, 4) if style == "crossed" else 3
        for k in range(count):
            turn = 180 * k / count + draw.between(-8, 8)
            placed = [
                s.moved(0, -r * 0.9).turned("x", 90 - 4 * (k % 2)).moved(0, thick * (1 + 0.9 * k))
                for s in (body, ends)
            ]
            fire.add("log", placed[0].turned("y", turn), wood)
            fire.add("log end", placed[1].turned("y", turn), cut)
    if draw.chance(0.7) or style == "embers":
        rock = stone(draw.pick(*STONES))
        fire.attributes["ringed"] = f"{rock.name} stones"
        count = draw.whole(8, 12)
        for k in range(count):
            size = r * 0.28 * draw.between(0.8, 1.2)
            ball = sphere(size, sides=6)
            lump = Solid(
                ball.vertices * draw.rng.uniform(0.8, 1.15, (len(ball.vertices), 1)) * [1.1, 0.8, 1],
                ball.faces,
            )
            angle = 2 * math.pi * k / count
            fire.add(
                "stone",
                lump.stood(),
                lighter(rock, draw.between(-0.12, 0.12)),
                [(r * 1.25 * math.cos(angle), 0, r * 1.25 * math.sin(angle))],
                crease_deg=0,
            )
    ash = material("ash", "#4b4744", roughness=1)
    fire.add("ash", prism(regular(12, r * 1.1), 0.015), ash)
    if lit and style != "embers":
        for i, (colour, size) in enumerate((("#e2592b", 1.0), ("#f39a34", 0.72), ("#ffd860", 0.45))):
            flame = material(("red", "orange", "yellow")[i] + " flame", colour, glow=0.8)
            fire.add(
                "flame",
                _flame(draw, r * 0.5 * size, h * 1.5 * size),
                flame,
                [(0, 0.02, 0.0 if i == 0 else r * 0.14 * i)],
                crease_deg=0,
            )
        for k in range(draw.whole(0, 3)):
            side = material("orange flame", "#f08a30", glow=0.8)
            angle = 2.1 * k + 0.5
            fire.add(
                "small flame",
                _flame(draw, r * 0.24, h * draw.between(0.6, 0.9)),
                side,
                [(r * 0.42 * math.cos(angle), 0.02, r * 0.42 * math.sin(angle))],
                crease_deg=0,
            )
    elif style == "embers":
        glow = material("ember", "#e8622c", glow=0.7)
        for k in range(9):
            x, z = r * 0.6 * math.cos(2.4 * k) * (k / 9), r * 0.6 * math.sin(2.4 * k) * (k / 9)
            fire.add("ember", box(0.06, 0.04, 0.05).turned("y", 40 * k), glow, [(x, 0.015, z)])
    if draw.chance(0.25):
        fire.attributes["with_pot"] = True
        iron, top = metal("iron"), h * 2.3
        fire.spin("tripod", tube([(0, top, 0), (r * 1.5, 0, 0)], 0.018, sides=6), any_wood(draw), 3, start=30)
        profile = np.array(
            [
                (0, 0),
                (0.1, 0.01),
                (0.14, 0.08),
                (0.12, 0.17),
                (0.135, 0.19),
                (0.115, 0.19),
                (0.1, 0.1),
                (0, 0.03),
            ]
        )
        fire.add("pot", lathe([(float(a), float(b)) for a, b in profile], sides=16), iron, [(0, h * 1.15, 0)])
        fire.add("chain", cylinder(0.008, top - h * 1.15 - 0.1, sides=6), iron, [(0, h * 1.15 + 0.1, 0)])
    return fire
