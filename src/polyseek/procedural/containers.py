"""Containers: chests, barrels and crates."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    lighter,
    metal,
    paint,
)  # fmt: skip
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    rounded_box,
    sphere,
)  # fmt: skip


def chest(draw: Draw) -> Assembly:
    wood, iron = any_wood(draw), any_metal(draw)
    opened = draw.chance(0.4)
    chest = Assembly(
        {"style": "open" if opened else "closed", "material": "wooden", "wood": wood.name, "trim": iron.name}
    )
    w, h, d = draw.between(0.6, 0.75), draw.between(0.26, 0.34), draw.between(0.38, 0.45)
    planks = 3
    for i in range(planks):
        chest.add(
            "plank",
            box(w, h / planks - 0.006, d),
            lighter(wood, (0.0, 0.08)[i % 2]),
            [(0, h / planks * i, 0)],
        )
    lean = -72.0 if opened else 0.0

    def hinged(solid: Solid) -> Solid:
        return solid.moved(0, 0, d / 2).turned("x", lean).moved(0, h, -d / 2)

    curve = (
        d
        / 2
        * np.column_stack(
            [np.cos(np.radians(np.linspace(0, 180, 15))), 0.75 * np.sin(np.radians(np.linspace(0, 180, 15)))]
        )
    )
    chest.add("lid", hinged(extrusion(curve, w).turned("y", 90)), wood)
    for x in (-w * 0.42, 0.0, w * 0.42) if w > 0.68 else (-w * 0.38, w * 0.38):
        strap = hinged(extrusion(curve * 1.03, 0.055).turned("y", 90).moved(x))
        chest.add("lid strap", strap, iron)
        chest.add("strap", box(0.055, h, d * 1.03), iron, [(x, 0, 0)])
    chest.add("rim", box(w * 1.02, 0.035, d * 1.02), iron, [(0, h - 0.035, 0)])
    chest.add("lock", rounded_box(0.09, 0.11, 0.03, 0.01), metal("gold"), [(0, h - 0.085, d / 2 + 0.008)])
    chest.add("keyhole", box(0.014, 0.035, 0.035), paint("black"), [(0, h - 0.05, d / 2 + 0.008)])
    if opened:
        chest.add("gold", ellipsoid(w * 0.45, 0.09, d * 0.43), metal("gold"), [(0, h, 0)])
        for _ in range(10):
            coin = (
                cylinder(0.028, 0.008, sides=16)
                .turned("x", draw.between(-40, 40))
                .turned("z", draw.between(-40, 40))
            )
            chest.add(
                "coin",
                coin,
                lighter(metal("gold"), 0.2),
                [(draw.between(-0.3, 0.3) * w, h + 0.085, draw.between(-0.2, 0.25) * d)],
            )
        chest.add(
            "gem", sphere(0.035, sides=6), any_paint(draw, "yellow", "white"), [(w * 0.18, h + 0.09, 0.08)]
        )
    return chest


def barrel(draw: Draw) -> Assembly:
    wood, iron = any_wood(draw), any_metal(draw)
    barrel = Assembly({"style": "standing", "material": "wooden", "wood": wood.name})
    r, h, belly = draw.between(0.24, 0.32), draw.between(0.7, 0.95), draw.between(1.1, 1.25)
    staves = 16

    def wide(t: float) -> float:
        return r * (1 + (belly - 1) * math.sin(math.pi * t))

    levels = np.linspace(0, 1, 9)
    for i in range(staves):
        angles = np.radians([360 * i / staves + 0.8, 360 * (i + 1) / staves - 0.8])
        rings = [
            np.array(
                [
                    (k * wide(float(t)) * math.cos(a), h * t, k * wide(float(t)) * math.sin(a))
                    for k, a in ((1, angles[0]), (1, angles[1]), (0.9, angles[1]), (0.9, angles[0]))
                ]
            )
            for t in levels
        ]
        barrel.add("stave", loft(np.stack(rings)), lighter(wood, (0.0, 0.09, -0.06)[i % 3]))
    for t in (0.08, 0.27, 0.73, 0.92):
        hoop = lathe(
            [
                (wide(t - 0.03) * 1.015, -0.03 * h),
                (wide(t + 0.03) * 1.015, 0.03 * h),
                (r * 0.93, 0.03 * h),
                (r * 0.93, -0.03 * h),
                (wide(t - 0.03) * 1.015, -0.03 * h),
            ],
            sides=32,
        )
        barrel.add("hoop", hoop, iron, [(0, h * t, 0)])
    barrel.add(
        "head", cylinder(r * 0.93, 0.02, sides=32), lighter(wood, 0.15), [(0, 0.03, 0), (0, h - 0.05, 0)]
    )
    if draw.chance(0.4):
        barrel.attributes["tapped"] = True
        barrel.add(
            "tap",
            tube(spline([(0, h * 0.2, r), (0, h * 0.2, r + 0.16), (0, h * 0.14, r + 0.19)], 8), 0.02),
            metal("brass"),
        )
        barrel.add("tap handle", box(0.09, 0.025, 0.025), metal("brass"), [(0, h * 0.2 + 0.035, r + 0.11)])
    return barrel


def crate(draw: Draw) -> Assembly:
    wood = any_wood(draw)
    style = draw.pick("braced", "slatted", "open")
    crate = Assembly({"style": style, "material": "wooden", "wood": wood.name})
    s = draw.between(0.45, 0.8)
    h = s * draw.pick(1.0, 1.0, 0.7)
    frame, board = lighter(wood, -0.15), lighter(wood, 0.06)
    t = s * 0.09
    boards = 5
    for turn in range(4):
        for i in range(boards):
            gap = 0.012 if style != "slatted" else 0.05
            plank = box(s - 0.01, h / boards - gap, 0.022).moved(0, h / boards * i + gap / 2, s / 2 - 0.018)
            crate.add("board", plank.turned("y", 90 * turn), lighter(board, (0.0, 0.06)[i % 2]))
        rails = [(s, t, 0.0), (s, t, h - t)]
        for w, high, y in rails:
            crate.add("rail", box(w, high, t * 0.45).moved(0, y, s / 2).turned("y", 90 * turn), frame)
        if style == "braced":
            brace = box(t * 0.9, math.hypot(s - t, h - t) * 0.93, t * 0.35)
            lean = math.degrees(math.atan2(s - t, h - t))
            brace = brace.moved(0, -math.hypot(s - t, h - t) * 0.465).turned("z", lean).moved(0, h / 2, s / 2)
            crate.add("brace", brace.turned("y", 90 * turn), frame)
        crate.add(
            "post", box(t, h, t * 0.5).moved(s / 2 - t / 2 + t * 0.1, 0, s / 2).turned("y", 90 * turn), frame
        )
    crate.add("floor", box(s * 0.96, 0.02, s * 0.96), board)
    if style != "open":
        for i in range(boards):
            crate.add(
                "lid board",
                box(s / boards - 0.012, 0.022, s),
                board,
                [(-s / 2 + s / boards * (i + 0.5), h - 0.03, 0)],
            )
    else:
        fruit = draw.pick(("apples", "red"), ("oranges", "orange"), ("cabbages", "green"))
        crate.attributes["filled_with"] = fruit[0]
        crate.add(
            "fruit",
            sphere(s * 0.11, sides=14),
            paint(fruit[1]),
            [
                ((i - 1.5) * s * 0.22, h * 0.86 + 0.02 * ((i + k) % 2), (k - 1.5) * s * 0.22)
                for i in range(4)
                for k in range(4)
            ],
        )
    return crate
