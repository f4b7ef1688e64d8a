"""Stairs of wood, stone and metal. They rise towards -z."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    STONES,
    any_paint,
    any_wood,
    lighter,
    metal,
    stone,
)
from polyseek.procedural.solids import box, cylinder, extrusion, prism


def stairs(draw: Draw) -> Assembly:
    style = draw.pick("open", "solid", "spiral", "landing", "stone")
    tread = (
        stone(draw.pick(*STONES))
        if style == "stone"
        else any_wood(draw)
        if draw.chance(0.6)
        else any_paint(draw)
    )
    stairs = Assembly({"style": style, "material": tread.name})
    stairs.proportions = draw.stretch(0.08, "x", "yz")
    count, rise, run, w = (
        draw.whole(6, 13),
        draw.between(0.16, 0.2),
        draw.between(0.25, 0.3),
        draw.between(0.9, 1.5),
    )
    rail = metal(draw.pick("iron", "steel")) if draw.chance(0.5) else any_wood(draw)
    if style == "spiral":
        turn, r = draw.between(22, 32), draw.between(0.8, 1.1)
        h = rise * (count + 4)
        stairs.add("pole", cylinder(0.07, h + 0.9, sides=12), rail)
        step = prism(np.array([(0.05, -0.06), (r, -r * 0.26), (r, r * 0.26), (0.05, 0.06)]), 0.05)
        for i in range(count + 4):
            stairs.add("tread", step.turned("y", turn * i).moved(0, rise * (i + 1) - 0.05), tread)
            stairs.add(
                "baluster",
                cylinder(0.015, 0.9, sides=6).moved(r * 0.96, rise * (i + 1)).turned("y", turn * i),
                rail,
            )
        path = [
            (
                r * 0.96 * math.cos(-math.radians(turn * t)),
                rise * (t + 1) + 0.9,
                r * 0.96 * math.sin(-math.radians(turn * t)),
            )
            for t in np.linspace(0, count + 3, 3 * count).tolist()
        ]
        stairs.add("handrail", tube(np.array(path)[:, [0, 1, 2]], 0.028, sides=8), rail)
        return stairs
    if style in ("solid", "stone"):
        for i in range(count):
            stairs.add(
                "step", box(w, rise * (i + 1), run), lighter(tread, 0.06 * (i % 2)), [(0, 0, -run * i)]
            )
        if style == "stone" and draw.chance(0.5):
            stairs.attributes["side_walls"] = True
            side = [
                (run * 0.5, 0.0),
                (run * 0.5, 0.35),
                (-run * (count - 0.5), rise * count + 0.35),
                (-run * (count - 0.5), 0.0),
            ]
            wall_ = extrusion(np.array(side), 0.18).turned("y", -90)
            stairs.add(
                "side wall", wall_, lighter(tread, -0.12), [(x * (w / 2 + 0.09), 0, 0) for x in (-1, 1)]
            )
            return stairs
    else:
        stairs.add(
            "tread",
            box(w, 0.045, run * 1.12),
            tread,
            [(0, rise * (i + 1) - 0.045, -run * i) for i in range(count)],
        )
        low, high = (0.0, run * 0.6), (rise * count - 0.02, -run * (count - 0.4))
        beam = [(low[1], low[0]), (low[1] - 0.2, low[0]), (high[1], high[0] - 0.22), (high[1], high[0])]
        stringer = extrusion(np.array(beam), 0.06).turned("y", -90)
        stairs.add("stringer", stringer, lighter(tread, -0.2), [(x * w / 2, 0, 0) for x in (-1, 1)])
        if style == "landing":
            stairs.add(
                "landing", box(w, 0.08, w), tread, [(0, rise * count - 0.08, -run * (count - 0.5) - w / 2)]
            )
            leg = box(0.09, rise * count - 0.08, 0.09)
            stairs.add(
                "post",
                leg,
                lighter(tread, -0.2),
                [(x * w * 0.45, 0, -run * (count - 0.5) - w * 0.92) for x in (-1, 1)],
            )
    if draw.chance(0.65) or style == "landing":
        stairs.attributes["railing"] = True
        sides = (-1, 1) if draw.chance(0.6) else (1,)
        every = draw.pick(1, 1, 2)
        posts = [(x * w * 0.47, rise * (i + 1), -run * i) for x in sides for i in range(0, count, every)]
        stairs.add("baluster", cylinder(0.018, 0.85, sides=6), rail, posts)
        path = [(0, rise + 0.85, 0), (0, rise * count + 0.85, -run * (count - 1))]
        stairs.add("handrail", tube(path, 0.035, sides=8), rail, [(x * w * 0.47, 0, 0) for x in sides])
    return stairs
