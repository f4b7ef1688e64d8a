"""Doors and windows, as pieces to build with. Fronts face +z."""

from __future__ import annotations

import math

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    STONES,
    any_paint,
    any_wood,
    glass,
    leaf,
    lighter,
    material,
    metal,
    paint,
    stone,
)
from polyseek.procedural.polygons import sector
from polyseek.procedural.solids import Solid, box, cylinder, extrusion, merged, prism, sphere, torus

PANE = material("window", "#9cc3d3", roughness=0.15)


def _arched(width: float, height: float, depth: float, *, pointed: bool = False) -> Solid:
    """An upright slab with a round or pointed top."""
    half = width / 2
    if pointed:
        top = [(half, height - width * 0.7), (half * 0.8, height - width * 0.35), (0.0, height)]
        top += [(-half * 0.8, height - width * 0.35), (-half, height - width * 0.7)]
    else:
        top = [(x, y + height - half) for x, y in sector(half, 0, 180, steps=12).tolist()]
    return extrusion(np.array([(-half, 0.0), (half, 0.0), *top]), depth)


def door(draw: Draw) -> Assembly:
    style = draw.pick("panelled", "plank", "arched", "glazed", "double", "metal", "dungeon", "sci-fi")
    skin = any_wood(draw) if style in ("plank", "arched", "dungeon") or draw.chance(0.4) else any_paint(draw)
    if style in ("metal", "sci-fi"):
        skin = (
            paint(draw.pick("grey", "white", "teal", "orange"))
            if style == "sci-fi"
            else metal(draw.pick("steel", "iron"))
        )
    door = Assembly({"style": style, "colour": skin.name})
    w, h, d = draw.between(0.8, 1.0), draw.between(1.95, 2.2), 0.07
    door.proportions = draw.stretch(0.06, "x", "y")
    leaves = 2 if style in ("double", "sci-fi") else 1
    full = w * (1.7 if style == "double" else 1.3 if style == "sci-fi" else 1)
    wide = full / leaves - 0.01
    centres = [(i - (leaves - 1) / 2) * full / leaves for i in range(leaves)]
    arched = style == "arched" or (style in ("dungeon", "plank") and draw.chance(0.4))
    framed = arched or draw.chance(0.7) or style == "sci-fi"
    if arched:
        door.attributes["arched"] = True
        door.add("leaf", _arched(full, h, d, pointed=draw.chance(0.3)), skin)
    else:
        door.add("leaf", box(wide, h, d), skin, [(x, 0, 0) for x in centres])
    if framed:
        frame = (
            stone(draw.pick(*STONES))
            if style == "dungeon" or arched
            else metal("iron")
            if style == "sci-fi"
            else paint("white")
            if draw.chance(0.5)
            else lighter(skin, -0.3)
        )
        t = 0.18 if style in ("dungeon", "sci-fi") or arched else 0.09
        posts = h - full / 2 if arched else h
        door.add("frame post", box(t, posts, d * 2.4), frame, [(x * (full + t) / 2, 0, 0) for x in (-1, 1)])
        if arched:
            ring = np.concatenate(
                [sector(full / 2 + t, 0, 180, steps=12), sector(full / 2, 180, 0, steps=12)]
            )
            door.add("frame arch", extrusion(ring, d * 2.4), frame, [(0, h - full / 2, 0)])
        else:
            door.add("lintel", box(full + 2 * t, t, d * 2.4), frame, [(0, h, 0)])
        if draw.chance(0.4):
            door.add("step", box(full + 2 * t, 0.07, 0.4), frame, [(0, -0.07, 0.1)])
    _door_face(draw, door, style, skin, (wide, h, d), centres)
    knob = metal(draw.pick("brass", "steel", "iron", "gold"))
    if style != "sci-fi":
        for i, x in enumerate(centres):
            side = 1 if leaves == 1 or i == 0 else -1
            at = (x + side * wide * 0.38, h * 0.47, 0.0)
            if style in ("dungeon", "arched", "plank") and draw.chance(0.5):
                ring_ = torus(0.06, 0.012, sides=16, around=6).turned("x", 90)
                door.add("ring handle", ring_, knob, [(at[0], at[1], d / 2 + 0.02)])
            else:
                door.add(
                    "knob",
                    sphere(0.035, sides=10),
                    knob,
                    [(at[0], at[1], z) for z in (d / 2 + 0.035, -d / 2 - 0.035)],
                )
                door.add("plate", box(0.05, 0.16, d + 0.012), knob, [(at[0], at[1] - 0.08, 0)])
    return door


def _door_face(
    draw: Draw,
    door: Assembly,
    style: str,
    skin: Material,
    size: tuple[float, float, float],
    centres: list[float],
) -> None:
    """What lies on a door's leaves: panels, planks, glass, straps, rivets."""
    w, h, d = size
    if style in ("panelled", "double"):
        rows, cols = (
            draw.pick(((0.08, 0.36), (0.5, 0.42)), ((0.08, 0.24), (0.38, 0.24), (0.68, 0.24))),
            draw.pick(1, 2),
        )
        for x in centres:
            for low, tall in rows:
                panel = box(w * 0.74 / cols - 0.04, h * tall, d + 0.025)
                door.add(
                    "panel",
                    panel,
                    lighter(skin, draw.pick(-0.14, 0.14)),
                    [(x + (j - (cols - 1) / 2) * w * 0.4, h * low, 0) for j in range(cols)],
                )
    elif style == "glazed":
        door.add("glass", box(w * 0.7, h * 0.45, d + 0.015), PANE, [(0, h * 0.46, 0)])
        door.add(
            "glazing bar",
            merged(box(0.03, h * 0.45, d + 0.03), box(w * 0.7, 0.03, d + 0.03).moved(0, h * 0.22)),
            skin,
            [(0, h * 0.46, 0)],
        )
        door.add("panel", box(w * 0.66, h * 0.28, d + 0.025), lighter(skin, -0.14), [(0, h * 0.09, 0)])
    elif style == "metal":
        door.add(
            "rivet",
            sphere(0.022, sides=6),
            lighter(skin, -0.3),
            [(x * w * 0.44, h * (0.06 + 0.125 * i), d / 2) for i in range(8) for x in (-1, 1)],
        )
        door.add("window", box(w * 0.35, h * 0.12, d + 0.03), PANE, [(0, h * 0.7, 0)])
    elif style == "sci-fi":
        for x in centres:
            door.add(
                "panel",
                box(w * 0.7, h * 0.3, d + 0.04),
                lighter(skin, -0.3),
                [(x, h * 0.1, 0), (x, h * 0.6, 0)],
            )
        door.add(
            "light strip",
            box(w * 2, 0.06, d + 0.05),
            material("light strip", draw.pick("#63d8ff", "#ff9a4a", "#8dff9a"), glow=0.8),
            [(0, h * 0.48, 0)],
        )
    else:
        count = draw.whole(4, 6)
        line = box(0.012, h * 0.82, d + 0.012)
        door.add(
            "plank line", line, lighter(skin, -0.4), [((i / count - 0.5) * w, 0, 0) for i in range(1, count)]
        )
        iron = metal("iron")
        door.add("strap", box(w * 0.86, 0.07, d + 0.03), iron, [(-w * 0.05, h * t, 0) for t in (0.16, 0.66)])
        door.add(
            "stud",
            sphere(0.02, sides=6),
            lighter(iron, 0.3),
            [(x * w, h * t + 0.035, d / 2 + 0.015) for t in (0.16, 0.66) for x in (-0.35, -0.1, 0.15)],
        )
        if style == "dungeon":
            bars = merged(*(cylinder(0.014, 0.28, sides=6).moved((i - 1) * 0.08) for i in range(3)))
            door.add("hatch", box(0.28, 0.26, d + 0.01), paint("black"), [(0, h * 0.72, 0)])
            door.add("bars", bars, iron, [(0, h * 0.71, d / 2 + 0.01)])


def window(draw: Draw) -> Assembly:
    style = draw.pick("sash", "casement", "round", "arched", "bay-box", "shuttered", "stained")
    frame = (
        any_wood(draw)
        if draw.chance(0.35)
        else paint(draw.pick("white", "white", "green", "brown", "blue", "black"))
    )
    window = Assembly({"style": style, "colour": frame.name})
    window.proportions = draw.stretch(0.1, "x", "y")
    w, h, t, d = draw.between(0.8, 1.2), draw.between(1.1, 1.6), draw.between(0.06, 0.1), 0.1
    pane = glass("#a9d0de", 0.6) if draw.chance(0.5) else PANE
    if style == "round":
        r = w * 0.5
        window.add("frame", torus(r, t * 0.8, sides=28, around=8).turned("x", 90), frame)
        window.add("pane", cylinder(r, 0.03, sides=28).turned("x", 90), pane, [(0, 0, -0.015)])
        bars = merged(box(2 * r, 0.05, 0.06).moved(0, -0.025), box(0.05, 2 * r, 0.06).moved(0, -r))
        window.add("bar", bars, frame)
        return window
    if style in ("arched", "stained"):
        inner = sector(w / 2, 180, 0, steps=12) + np.array((0, h - w / 2))
        outer = sector(w / 2 + t, 0, 180, steps=12) + np.array((0, h - w / 2))
        ring = np.concatenate(
            [[(w / 2 + t, -t)], outer, [(-w / 2 - t, -t), (-w / 2, -t)], inner, [(w / 2, -t)]]
        )
        window.add("frame", extrusion(ring, d), frame)
        window.add("bottom rail", box(w, t, d), frame, [(0, -t, 0)])
        if style == "arched":
            window.add("pane", _arched(w, h, 0.03), pane)
        else:
            rows = 6
            for i in range(rows):
                for j in range(3):
                    tint = glass(
                        draw.pick("#c8473f", "#4677b3", "#e7c04f", "#5d9a5a", "#7f62a3", "#de8344"), 0.8
                    )
                    cut = 0.72 if i == rows - 1 and j != 1 else 1.0
                    window.add(
                        "stained pane",
                        box(w / 3 * 0.97 * cut, h / rows * 0.95 * cut, 0.03),
                        tint,
                        [((j - 1) * w / 3 * (0.9 if cut < 1 else 1), h / rows * i, 0)],
                    )
        window.add(
            "bar",
            merged(
                *(box(0.03, h * 0.94, d * 0.6).moved(x) for x in (-w / 6, w / 6)),
                *(box(w, 0.03, d * 0.6).moved(0, h * s) for s in (0.33, 0.66)),
            ),
            frame,
        )
    else:
        window.add("frame side", box(t, h + 2 * t, d), frame, [(x * (w + t) / 2, -t, 0) for x in (-1, 1)])
        window.add("frame rail", box(w, t, d), frame, [(0, -t, 0), (0, h, 0)])
        window.add("pane", box(w, h, 0.025), pane)
        if style == "sash":
            window.add("meeting rail", box(w, t * 0.8, d * 0.8), frame, [(0, h * 0.48, 0)])
        cols, rows = (draw.pick(2, 3), draw.pick(2, 3, 4))
        bars = [box(0.03, h, 0.05).moved((j / cols - 0.5) * w) for j in range(1, cols)]
        bars += [box(w, 0.03, 0.05).moved(0, h * i / rows - 0.015) for i in range(1, rows)]
        window.add("bar", merged(*bars), frame)
    window.add("sill", box(w + 3.5 * t, t * 0.7, d * 2.4), lighter(frame, -0.08), [(0, -t * 1.6, d * 0.5)])
    if style == "shuttered":
        shade = any_paint(draw, "white", "black")
        window.attributes["shutters"] = shade.name
        slats = [box(w * 0.4, 0.03, 0.03).moved(0, h * (0.06 + 0.088 * i), 0.025) for i in range(11)]
        window.both(
            "shutter",
            merged(box(w * 0.48, h + t, 0.04), *slats)
            .turned("y", draw.pick(0, -25))
            .moved(w * 0.5 + t + w * 0.24, 0, 0.03),
            shade,
        )
    elif style == "bay-box":
        window.attributes["flowers"] = True
        window.add(
            "flower box", box(w * 0.95, 0.16, 0.2), any_wood(draw), [(0, -t * 1.6 - 0.1, d * 1.6 + 0.06)]
        )
        for i in range(9):
            x = (i / 8 - 0.5) * w * 0.85
            window.add("leaves", sphere(0.08, sides=6), leaf("green"), [(x, 0.0, d * 1.6 + 0.06)])
            window.add(
                "flower",
                sphere(0.045, sides=6),
                paint(draw.pick("red", "pink", "yellow", "purple")),
                [(x, 0.1 + 0.03 * (i % 2), d * 1.6 + 0.08)],
            )
    elif style in ("sash", "casement") and draw.chance(0.5):
        cloth = any_paint(draw, "black")
        window.attributes["curtains"] = cloth.name
        wave = [(x, 0.02 * math.sin(x * 60)) for x in np.linspace(0, w * 0.3, 10).tolist()]
        outline = np.array([*wave, *[(x, z - 0.03) for x, z in reversed(wave)]])
        curtain = prism(outline, h * 0.97).moved(w * 0.2, 0, -0.09)
        window.both("curtain", curtain, cloth)
    return window
