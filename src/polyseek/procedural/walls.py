"""Walls, as pieces laid end to end along x."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import STONES, any_wood, leaf, lighter, material, paint, stone
from polyseek.procedural.solids import box, merged, rounded_box, sphere

BRICK = material("brick", "#a9604a", roughness=0.95)


def wall(draw: Draw) -> Assembly:
    style = draw.pick("brick", "castle", "stone", "plain", "doorway", "windowed", "half-timbered", "ruined")
    skin = {
        "brick": BRICK,
        "castle": stone(draw.pick(*STONES)),
        "stone": stone(draw.pick(*STONES)),
        "ruined": stone(draw.pick(*STONES)),
    }.get(style)
    skin = skin or material(
        *draw.pick(
            ("cream plaster", "#e2d6ba"),
            ("white", "#eeebe3"),
            ("grey", "#a3a5a6"),
            ("blue", "#8faec2"),
            ("brick", "#a9604a"),
        ),
        roughness=0.95,
    )
    wall = Assembly({"style": style, "material": skin.name})
    wall.proportions = draw.stretch(0.1, "x", "y")
    w, h, d = draw.between(2.4, 4.0), draw.between(1.8, 2.8), draw.between(0.2, 0.4)
    if style in ("brick", "stone", "ruined"):
        _courses(draw, wall, style, skin, w, h * (0.7 if style == "stone" else 1), d)
        return wall
    if style == "castle":
        d *= 1.6
        wall.add("wall", box(w, h, d), skin)
        wall.add("footing", box(w, h * 0.14, d * 1.2), lighter(skin, -0.14))
        wall.add("cornice", box(w, 0.12, d * 1.15), lighter(skin, 0.12), [(0, h, 0)])
        teeth = draw.whole(3, 5)
        tooth = box(w / teeth * 0.55, 0.45, d * 0.4)
        wall.add(
            "merlon", tooth, skin, [((i + 0.5) / teeth * w - w / 2, h + 0.12, d * 0.36) for i in range(teeth)]
        )
        for _ in range(draw.whole(5, 12)):
            block = box(0.36, 0.17, d + 0.04)
            wall.add(
                "block",
                block,
                lighter(skin, draw.pick(-0.15, 0.12)),
                [(draw.between(-0.44, 0.44) * w, h * draw.between(0.18, 0.88), 0)],
            )
        if draw.chance(0.4):
            wall.attributes["arrow_slit"] = True
            wall.add(
                "arrow slit",
                merged(box(0.08, 0.7, d + 0.06), box(0.28, 0.08, d + 0.06).moved(0, 0.3)),
                paint("black"),
                [(0, h * 0.4, 0)],
            )
        return wall
    hole = {"doorway": (0.95, 0.0, 0.78), "windowed": (1.0, 0.38, 0.4)}.get(style)
    if hole is None:
        wall.add("wall", box(w, h, d * 0.7), skin)
    else:
        gap, low, tall = hole[0], hole[1] * h, hole[2] * h
        side = (w - gap) / 2
        wall.add("wall", box(side, h, d * 0.7), skin, [(x * (gap + side) / 2, 0, 0) for x in (-1, 1)])
        wall.add("wall above", box(gap, h - low - tall, d * 0.7), skin, [(0, low + tall, 0)])
        frame = any_wood(draw) if draw.chance(0.5) else paint("white")
        wall.add("frame post", box(0.09, tall, d), frame, [(x * gap / 2, low, 0) for x in (-1, 1)])
        wall.add("frame head", box(gap + 0.18, 0.09, d), frame, [(0, low + tall - 0.04, 0)])
        if low > 0:
            wall.add("wall below", box(gap, low, d * 0.7), skin)
            wall.add("sill", box(gap + 0.25, 0.07, d * 1.3), frame, [(0, low - 0.03, 0)])
            wall.add(
                "pane", box(gap, tall, 0.03), material("window", "#9cc3d3", roughness=0.15), [(0, low, 0)]
            )
            wall.add(
                "bar",
                merged(box(0.04, tall, 0.06), box(gap, 0.04, 0.06).moved(0, tall / 2)),
                frame,
                [(0, low, 0)],
            )
        elif draw.chance(0.4):
            wall.add("door", box(gap, tall, 0.07), any_wood(draw), [(0, 0, 0)])
    if style == "half-timbered":
        beam = any_wood(draw)
        posts = [(x * w * 0.48, 0, 0) for x in (-1, 0, 1)]
        wall.add("post", box(0.14, h, d * 0.85), beam, posts)
        wall.add("beam", box(w, 0.14, d * 0.85), beam, [(0, y, 0) for y in (0.0, h * 0.5, h - 0.14)])
        long, lean = float(np.hypot(w * 0.48, h * 0.45)), float(np.degrees(np.arctan2(w * 0.48, h * 0.45)))
        brace = box(0.11, long, d * 0.8).moved(0, -long / 2)
        wall.add("brace", brace.turned("z", lean), beam, [(w * 0.24, h * 0.28, 0)])
        wall.add("brace", brace.turned("z", -lean), beam, [(-w * 0.24, h * 0.28, 0)])
    elif draw.chance(0.5):
        wall.attributes["skirting"] = True
        wall.add("top trim", box(w * 1.005, 0.09, d * 0.85), lighter(skin, -0.2), [(0, h - 0.09, 0)])
        if style != "doorway":
            wall.add("skirting", box(w * 1.005, 0.16, d * 0.8), lighter(skin, -0.2))
    return wall


def _courses(draw: Draw, wall: Assembly, style: str, skin: Material, w: float, h: float, d: float) -> None:
    """Rows of bricks or stones on a core of mortar; a ruin's rows end where it broke."""
    rows = draw.whole(7, 11) if style == "brick" else draw.whole(4, 6)
    step = h / rows
    across = max(4, round(w / (step * (2.1 if style == "brick" else 1.7))))
    long = w / across
    skew = draw.between(0.25, 0.75)
    mortar = material("mortar", "#c3bcae", roughness=1) if style == "brick" else lighter(skin, -0.35)
    tones = [lighter(skin, share) for share in (-0.12, 0.0, 0.1)]
    for row in range(rows):
        shift = 0.5 * (row % 2)
        keep = (
            across
            if style != "ruined" or row < 2
            else max(1, round(across * (1 - skew * row / rows * draw.between(0.8, 1.3))))
        )
        for i in range(keep + (1 if shift and keep == across else 0)):
            low, high = max((i - shift) * long, 0.0), min((i + 1 - shift) * long, w)
            gap = min(0.03, long * 0.08)
            brick = (
                rounded_box(high - low - gap, step - gap, d, 0.03, steps=1)
                if style != "brick"
                else box(high - low - gap, step - gap, d)
            )
            wall.add(
                "brick" if style == "brick" else "stone",
                brick,
                tones[draw.whole(0, 2)],
                [((low + high) / 2 - w / 2, step * row, 0)],
            )
        reach = min(keep * long - shift * long * (keep < across), w)
        wall.add(
            "mortar",
            box(reach - 0.03, step, d * 0.86),
            mortar,
            [(reach / 2 - w / 2, step * row - 0.5 * 0.03 * (row > 0), 0)],
        )
    if style == "ruined":
        for _ in range(5):
            lump = rounded_box(long * 0.6, step * 0.6, d * 0.7, 0.04, steps=1).turned(
                "y", draw.between(0, 90)
            )
            wall.add(
                "rubble",
                lump,
                tones[0],
                [(draw.between(0, 0.6) * w, 0, draw.pick(-1, 1) * d * draw.between(0.9, 1.8))],
            )
    elif draw.chance(0.6):
        wall.attributes["capped"] = True
        wall.add("coping", box(w * 1.02, 0.09, d * 1.25), stone(draw.pick(*STONES)), [(0, h, 0)])
    if draw.chance(0.2):
        wall.attributes["ivy"] = True
        for _ in range(14):
            at = (draw.between(-0.5, -0.1) * w, draw.between(0.0, 0.8) * h, d / 2)
            wall.add(
                "ivy",
                sphere(draw.between(0.06, 0.12), sides=6).scaled(1, 1, 0.4),
                leaf("dark green"),
                [at],
                crease_deg=0,
            )
