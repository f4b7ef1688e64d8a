"""Gravestones and columns. Fronts face +z."""

from __future__ import annotations

import math

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.palette import STONES, any_paint, leaf, lighter, material, paint, stone
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    merged,
    sphere,
    torus,
)  # fmt: skip

MARBLE = material("marble", "#e3e0d8", roughness=0.6)


def _any_stone(draw: Draw) -> Material:
    return MARBLE if draw.chance(0.3) else stone(draw.pick(*STONES))


def gravestone(draw: Draw) -> Assembly:
    style = draw.pick("rounded", "cross", "gothic", "square", "obelisk", "celtic", "broken")
    skin = _any_stone(draw)
    grave = Assembly({"style": style, "material": skin.name})
    grave.proportions = draw.stretch(0.12, "x", "y", "z")
    w, h, d = draw.between(0.5, 0.65), draw.between(0.75, 1.0), draw.between(0.12, 0.18)
    dark = lighter(skin, -0.35)
    if style in ("cross", "celtic"):
        grave.add("upright", box(w * 0.28, h * 1.1, d), skin, [(0, 0.1, 0)])
        grave.add("arm", box(w * 0.95, w * 0.27, d), skin, [(0, 0.1 + h * 0.68, 0)])
        if style == "celtic":
            ring = torus(w * 0.33, w * 0.06, sides=20, around=6).turned("x", 90)
            grave.add("ring", ring, lighter(skin, -0.1), [(0, 0.1 + h * 0.68 + w * 0.135, 0)])
    elif style == "obelisk":
        grave.add(
            "shaft", cylinder(w * 0.36, h * 1.5, top=w * 0.24, sides=4).turned("y", 45), skin, [(0, 0.2, 0)]
        )
        grave.add("point", cone(w * 0.24, w * 0.3, sides=4).turned("y", 45), skin, [(0, 0.2 + h * 1.5, 0)])
        grave.add("pedestal", box(w * 0.75, 0.2, w * 0.75), lighter(skin, -0.1), [(0, 0.08, 0)])
    else:
        half = w / 2
        if style == "rounded":
            top = [(half * math.cos(t), h - half + half * math.sin(t)) for t in np.linspace(0, math.pi, 13)]
        elif style == "gothic":
            top = [
                (half, h * 0.6),
                (half * 0.85, h * 0.8),
                (0.0, h * 1.08),
                (-half * 0.85, h * 0.8),
                (-half, h * 0.6),
            ]
        elif style == "broken":
            top = [
                (half, h * 0.4),
                (half * 0.5, h * 0.56),
                (half * 0.2, h * 0.5),
                (-half * 0.3, h * 0.78),
                (-half * 0.7, h * 0.72),
                (-half, h * 0.85),
            ]
        else:
            top = [(half, h * 0.92), (half * 0.85, h), (-half * 0.85, h), (-half, h * 0.92)]
        slab = extrusion(np.array([(-half, 0.0), (half, 0.0), *top]), d)
        grave.add("stone", slab, skin, [(0, 0.06, 0)])
        if draw.chance(0.7):
            device = draw.pick("lines", "cross", "rip", "skull")
            grave.attributes["carving"] = device
            if style == "broken" or device == "lines":
                grave.add(
                    "inscription",
                    box(w * 0.6, 0.025, d + 0.015),
                    dark,
                    [(0, h * (0.2 + 0.09 * i), 0) for i in range(3)],
                )
            elif device == "cross":
                cross = merged(box(0.05, 0.26, d + 0.02), box(0.17, 0.05, d + 0.02).moved(0, 0.15))
                grave.add("cross", cross, dark, [(0, h * 0.5, 0)])
            elif device == "skull":
                skull = merged(ellipsoid(0.08, 0.08, 0.03, sides=12), box(0.08, 0.06, 0.05).moved(0, -0.11))
                grave.add("skull", skull, lighter(skin, 0.3), [(0, h * 0.62, d / 2)])
                grave.add(
                    "skull eye",
                    sphere(0.02, sides=8),
                    dark,
                    [(x, h * 0.62, d / 2 + 0.025) for x in (-0.03, 0.03)],
                )
            else:
                t, y = 0.022, h * 0.52
                letters = [box(t, 0.14, 0.02).moved(x) for x in (-0.13, 0.0, 0.085)]
                letters += [
                    torus(0.03, 0.011, sides=12, around=6).turned("x", 90).moved(x + 0.025, 0.1)
                    for x in (-0.13, 0.085)
                ]
                letters += [box(t, 0.09, 0.02).turned("z", 35).moved(-0.085, -0.0)]
                grave.add("letters", merged(*letters), dark, [(0, y, d / 2)])
    grave.add("base", box(w * 1.3, 0.1, d * 2.2), lighter(skin, -0.15))
    if draw.chance(0.2):
        grave.attributes["mound"] = True
        grave.add(
            "grave mound",
            dome(1.0, 0.14, sides=14).scaled(w * 0.6, 1, 0.6),
            material("earth", "#6d5138", roughness=1),
            [(0, 0.0, 0.72)],
        )
    if draw.chance(0.35):
        grave.attributes["mossy"] = True
        for _ in range(4):
            tuft = blob(draw, draw.between(0.05, 0.1), rough=0.2, sides=8)
            grave.add("grass", tuft, leaf("olive"), [(draw.between(-w * 0.6, w * 0.6), 0.03, d * 1.1)])
    elif draw.chance(0.3):
        grave.attributes["flowers"] = True
        grave.add(
            "flower",
            sphere(0.05, sides=8),
            any_paint(draw, "black", "grey", "brown"),
            [(x, 0.18, d + 0.1) for x in (-0.08, 0.0, 0.09)],
        )
        grave.add(
            "stem",
            cylinder(0.012, 0.16, sides=6),
            leaf("green"),
            [(x, 0, d + 0.1) for x in (-0.08, 0.0, 0.09)],
        )
    return grave


def _fluted(radius: float, height: float, flutes: int, top: float) -> Solid:
    """A shaft whose section is a ring of grooves, narrower by `top` above."""
    angles = np.linspace(0, 2 * np.pi, flutes * 4, endpoint=False)
    wave = 1 - 0.09 * np.abs(np.sin(angles * flutes / 2))
    ring = np.column_stack([wave * np.cos(angles), np.zeros(len(angles)), wave * np.sin(angles)])
    levels = [
        ring * [radius * s, 1, radius * s] + np.array([0, y, 0])
        for s, y in ((1.0, 0.0), (1.0, height * 0.33), (top, height))
    ]
    return loft(np.array(levels))


def column(draw: Draw) -> Assembly:
    style = draw.pick("doric", "ionic", "corinthian", "plain", "square", "broken", "egyptian")
    skin = _any_stone(draw)
    if style == "egyptian":
        skin = stone("sandstone")
    column = Assembly({"style": style, "material": skin.name})
    h, r = draw.between(2.4, 3.6), draw.between(0.2, 0.32)
    column.proportions = draw.stretch(0.08, "xz", "y")
    light = lighter(skin, 0.12)
    square = style == "square"
    column.add("plinth", box(r * 2.9, 0.16, r * 2.9), light)
    shaft_h = h * (draw.between(0.35, 0.65) if style == "broken" else 1.0)
    if square:
        column.add("shaft", box(r * 1.8, shaft_h, r * 1.8), skin, [(0, 0.26, 0)])
        column.add("base", box(r * 2.3, 0.14, r * 2.3), skin, [(0, 0.15, 0)])
    else:
        column.add(
            "base",
            merged(
                torus(r * 1.12, 0.07, sides=24, around=8).moved(0, 0.07), cylinder(r * 1.15, 0.12, sides=24)
            ),
            skin,
            [(0, 0.15, 0)],
        )
        if style in ("plain", "egyptian") or (style == "broken" and draw.chance(0.4)):
            swell = 1.12 if style == "egyptian" else 1.0
            shaft = lathe(
                [(r * 0.95, 0), (r * swell, shaft_h * 0.25), (r * 0.84, shaft_h)], sides=draw.pick(8, 12, 24)
            )
        else:
            shaft = _fluted(r, shaft_h, draw.pick(10, 12, 16), 0.82)
        column.add("shaft", shaft, skin, [(0, 0.26, 0)])
    top = 0.26 + shaft_h
    if style == "broken":
        jag = cylinder(r * 0.8, 0.25, sides=10).turned("z", 28)
        column.add("broken top", jag, lighter(skin, -0.1), [(0.02, top - 0.14, 0)])
        if draw.chance(0.6):
            column.attributes["rubble"] = True
            drum = cylinder(r * 0.85, 0.4, sides=14).turned("z", 90)
            column.add("fallen drum", drum, skin, [(r * 4.5, r * 0.85, 0.2)])
        return column
    if style == "egyptian":
        bell_ = lathe([(r * 0.84, 0), (r * 0.9, 0.1), (r * 1.5, 0.45), (r * 1.4, 0.5), (0, 0.5)], sides=20)
        column.add("capital", bell_, paint("teal") if draw.chance(0.5) else light, [(0, top, 0)])
        column.add(
            "band",
            cylinder(r * 1.0, 0.06, sides=20),
            paint(draw.pick("red", "blue", "yellow")),
            [(0, top - d, 0) for d in (0.1, 0.24, 0.38)],
        )
        column.add("abacus", box(r * 1.8, 0.18, r * 1.8), light, [(0, top + 0.5, 0)])
        return column
    column.add("necking", cylinder(r * 0.88, 0.1, top=r * 1.25, sides=24), skin, [(0, top, 0)])
    if style == "ionic":
        scroll_ = merged(
            cylinder(0.16, r * 2.2, sides=16).turned("x", 90).moved(0, 0, -r * 1.1),
            cylinder(0.06, r * 2.35, sides=10).turned("x", 90).moved(0, 0, -r * 1.18),
        )
        column.add("volute", scroll_, light, [(x * r * 1.25, top + 0.1, 0) for x in (-1, 1)])
        column.add("cushion", box(r * 2.4, 0.14, r * 2.0), light, [(0, top + 0.1, 0)])
    elif style == "corinthian":
        for row, (count, tall) in enumerate(((8, 0.28), (8, 0.46))):
            path = spline(
                [(r * 0.9, 0, 0), (r * 1.05, tall * 0.7, 0), (r * 1.5, tall, 0), (r * 1.55, tall * 0.85, 0)],
                8,
            )
            leaf_ = tube(path, [0.07, 0.08, 0.03], sides=6, flatten=1.6)
            column.spin("acanthus leaf", leaf_.moved(0, top, 0), light, count, start=22.5 * row)
        column.add("bell", cylinder(r * 0.9, 0.45, top=r * 1.15, sides=20), skin, [(0, top, 0)])
        top += 0.3
    column.add(
        "abacus",
        box(r * 2.7, 0.14, r * 2.7),
        light,
        [(0, top + 0.1 + (0.12 if style == "ionic" else 0.04), 0)],
    )
    return column
