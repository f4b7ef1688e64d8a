"""Scrolls, rolled up and open."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_wood, lighter, material, metal, paint
from polyseek.procedural.solids import (
    box,
    cylinder,
    extrusion,
    merged,
    sphere,
)  # fmt: skip


def scroll(draw: Draw) -> Assembly:
    style = draw.pick("rolled", "open", "half-open", "stack")
    paper = material(
        *draw.pick(("parchment", "#e2cfa0"), ("old paper", "#cfb178"), ("white paper", "#ece6d6")),
        roughness=1,
    )
    ribbon = paint(draw.pick("red", "blue", "green", "purple", "yellow"))
    scroll = Assembly({"style": style, "material": paper.name})
    scroll.proportions = draw.stretch(0.1, "x", "yz")
    long, r = draw.between(0.22, 0.32), draw.between(0.022, 0.034)
    rods = any_wood(draw) if draw.chance(0.5) else metal("gold")
    with_rods = draw.chance(0.6)
    scroll.attributes["rods"] = with_rods

    def roll(size: float, y: float, z: float, label: str = "roll") -> None:
        turns = np.linspace(0, 2 * math.pi, 17)
        spiral = np.column_stack([np.cos(turns), np.sin(turns)]) * (size * (1 - 0.015 * turns))[:, None]
        sheet = extrusion(np.concatenate([spiral, spiral[::-1] * 0.86]), long).turned("y", 90)
        core = cylinder(size * 0.84, long * 0.985, sides=16).turned("z", 90).moved(long * 0.4925)
        scroll.add(label, sheet.moved(0, y, z), paper)
        scroll.add("inner roll", core.moved(0, y, z), lighter(paper, -0.12))
        if with_rods:
            bar = cylinder(size * 0.3, long * 1.25, sides=10).turned("z", 90).moved(long * 0.625)
            scroll.add("rod", bar.moved(0, y, z), rods)
            scroll.add("knob", sphere(size * 0.5, sides=12), rods, [(x * long * 0.64, y, z) for x in (-1, 1)])

    if style in ("rolled", "stack"):
        spots = [(r, 0.0)] if style == "rolled" else [(r, -r), (r, r), (r * 2.73, 0.0)]
        for y, z in spots:
            roll(r, y, z)
            band = cylinder(r * 1.06, 0.022, sides=18).turned("z", 90).moved(0.011)
            scroll.add("ribbon", band, ribbon, [(0, y, z)])
            if draw.chance(0.6):
                seal = cylinder(0.016, 0.007, sides=14).turned("x", 90).moved(0, y, z + r * 1.0)
                scroll.add("wax seal", seal, material("wax", "#a3262b", roughness=0.4))
        return scroll
    high = draw.between(0.25, 0.4)
    upright = draw.chance(0.5)
    sheet = box(long * 0.98, high, 0.005)
    ink = material("ink", "#4a3826", roughness=1)
    count = draw.whole(4, 8)
    widths = [long * (0.72 if i < count - 1 else 0.4) * draw.between(0.85, 1.0) for i in range(count)]
    lines = merged(
        *(
            box(w, 0.007, 0.008).moved((w - long * 0.72) / 2, high * (0.88 - 0.75 * i / count))
            for i, w in enumerate(widths)
        )
    )
    turn = 0.0 if upright else -90.0
    low = r * 0.9
    flat = 0.0 if upright else low
    scroll.add("sheet", sheet.turned("x", turn).moved(0, flat), paper)
    scroll.add("writing", lines.turned("x", turn).moved(0, flat), ink)
    if draw.chance(0.4):
        scroll.attributes["sealed"] = True
        scroll.add(
            "wax seal",
            cylinder(0.02, 0.012, sides=14)
            .turned("x", 90)
            .moved(long * 0.3, high * 0.1, -0.004)
            .turned("x", turn)
            .moved(0, flat),
            material("wax", "#a3262b"),
        )
    ends = [(0.0, 0.0), (high, 0.0)] if upright else [(low, 0.0), (low, -high)]
    for k, (y, z) in enumerate(ends if style == "open" else ends[:1]):
        roll(r * (0.9 if k == 0 or style == "open" else 1.2), y, z)
    return scroll
