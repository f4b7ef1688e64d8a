"""Barns, skyscrapers and pyramids. Fronts face +z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.masonry import PANE
from polyseek.procedural.palette import any_wood, lighter, material, metal, paint
from polyseek.procedural.solids import box, cone, cylinder, dome, extrusion, merged


def barn(draw: Draw) -> Assembly:
    style = draw.pick("gambrel", "gabled", "round-roofed")
    walls = (
        paint(draw.pick("red", "red", "red", "brown", "white", "teal"))
        if draw.chance(0.75)
        else any_wood(draw)
    )
    trim = paint("white" if walls.name != "white" else "red")
    roof = material(
        *draw.pick(
            ("grey roof", "#6e7075"),
            ("brown roof", "#6a4a37"),
            ("tin roof", "#a7adb2"),
            ("dark roof", "#45464b"),
        )
    )
    barn = Assembly({"style": style, "colour": walls.name})
    barn.proportions = draw.stretch(0.1, "x", "y", "z")
    w, eave, deep = draw.between(5.5, 7), draw.between(2.6, 3.4), draw.between(7, 10)
    half, top = w / 2, {"gabled": w * 0.42, "gambrel": w * 0.52, "round-roofed": w * 0.46}[style]
    if style == "gambrel":
        crest = [(half, 0.0), (half * 0.72, top * 0.62), (0.0, top), (-half * 0.72, top * 0.62), (-half, 0.0)]
    elif style == "gabled":
        crest = [(half, 0.0), (0.0, top), (-half, 0.0)]
    else:
        crest = [(half * float(np.cos(t)), top * float(np.sin(t))) for t in np.linspace(0, np.pi, 11)]
    wall = np.array([(-half, 0.0), (half, 0.0), *[(x, eave + y) for x, y in crest]])
    barn.add("walls", extrusion(wall, deep), walls)
    over = [(x * 1.09, eave + y * 1.05 + 0.02 - (0.15 if y == 0 else 0)) for x, y in crest]
    under = [(x * 0.985, eave + y * 0.985 - (0.15 if y == 0 else 0)) for x, y in reversed(crest)]
    barn.add("roof", extrusion(np.array(over + under), deep + 0.7), roof)
    front = deep / 2
    dw, dh = draw.between(2.0, 2.6), draw.between(2.1, 2.5)
    doors = merged(*(box(dw / 2 - 0.04, dh, 0.1).moved(s * dw / 4) for s in (-1, 1)))
    barn.add("door", doors, lighter(walls, -0.15), [(0, 0, front)])
    bars = [box(dw + 0.2, 0.15, 0.18).moved(0, y) for y in (0.0, dh)] + [
        box(0.15, dh, 0.18).moved(x) for x in (-dw / 2, 0, dw / 2)
    ]
    length = float(np.hypot(dw / 2, dh))
    lean = float(np.degrees(np.arctan2(dw / 2, dh)))
    bars += [
        box(0.12, length, 0.16).moved(0, -length / 2).turned("z", s * t * lean).moved(s * dw / 4, dh / 2)
        for s in (-1, 1)
        for t in (-1, 1)
    ]
    barn.add("door trim", merged(*bars), trim, [(0, 0, front)])
    loft_door = merged(
        box(1.0, 0.14, 0.14),
        box(1.0, 0.14, 0.14).moved(0, 0.95),
        *(box(0.12, 1.05, 0.14).moved(x) for x in (-0.5, 0.5)),
    )
    barn.add(
        "hayloft door",
        box(1.0, 1.0, 0.08),
        paint("black") if draw.chance(0.4) else lighter(walls, -0.2),
        [(0, eave + 0.25, front)],
    )
    barn.add("hayloft trim", loft_door, trim, [(0, eave + 0.22, front)])
    corner = box(0.18, eave, 0.18)
    barn.add("corner board", corner, trim, [(x * half, 0, z * front) for x in (-1, 1) for z in (-1, 1)])
    count = draw.whole(2, 4)
    panes = [(s * half, 1.1, -front + deep * (i + 0.5) / count) for s in (-1, 1) for i in range(count)]
    barn.add("window frame", box(0.1, 0.85, 0.85), trim, panes)
    barn.add("window pane", box(0.14, 0.65, 0.65), PANE, [(x, y + 0.1, z) for x, y, z in panes])
    if draw.chance(0.45):
        barn.attributes["cupola"] = True
        y = eave + top
        barn.add("cupola", box(0.8, 0.9, 0.8), trim, [(0, y - 0.2, 0)])
        barn.add("cupola roof", cone(0.75, 0.6, sides=4).turned("y", 45), roof, [(0, y + 0.7, 0)])
        barn.add(
            "weather vane",
            merged(cylinder(0.03, 0.7, sides=6), box(0.5, 0.05, 0.03).moved(0, 0.5)),
            metal("iron"),
            [(0, y + 1.2, 0)],
        )
    if draw.chance(0.45):
        barn.attributes["silo"] = True
        r, h = draw.between(1.1, 1.5), (eave + top) * draw.between(0.9, 1.25)
        tube = metal("steel") if draw.chance(0.6) else paint("white")
        barn.add("silo", cylinder(r, h, sides=18), tube, [(half + r + 0.3, 0, -0.6)])
        barn.add(
            "silo band",
            cylinder(r * 1.02, 0.1, sides=18),
            lighter(tube, -0.25),
            [(half + r + 0.3, h * t, -0.6) for t in (0.2, 0.45, 0.7, 0.95)],
        )
        barn.add("silo roof", dome(r * 1.04, r * 0.8, sides=18), roof, [(half + r + 0.3, h, -0.6)])
    return barn


def skyscraper(draw: Draw) -> Assembly:
    style = draw.pick("glass", "stepped", "office", "twisted", "round", "brick")
    wall = material(
        *draw.pick(
            ("grey", "#9ba0a5"),
            ("white", "#dcdad4"),
            ("cream", "#d8c9a8"),
            ("blue", "#6f8fae"),
            ("dark", "#4b5058"),
            ("brown", "#9a6a4d"),
        )
    )
    pane = material(
        *draw.pick(
            ("blue glass", "#6fa3c4"),
            ("dark glass", "#3f5566"),
            ("green glass", "#79b0a4"),
            ("lit windows", "#f3d98e"),
        ),
        roughness=0.15,
    )
    tower = Assembly({"style": style, "colour": wall.name, "windows": pane.name})
    w, h = draw.between(3.4, 5.0), draw.between(13, 19)
    deep, floors = w * draw.between(0.8, 1.2), draw.whole(9, 16)
    y, width, depth = 0.0, w, deep
    if draw.chance(0.6):
        tower.add("podium", box(w * 1.25, 1.1, deep * 1.25), lighter(wall, -0.2))
        tower.add("entrance", box(w * 0.4, 0.8, 0.1), pane, [(0, 0, deep * 0.625)])
        y = 1.1
    if style in ("twisted", "round"):
        sides = 24 if style == "round" else 4
        total = draw.between(40, 110) if style == "twisted" else 0.0
        taper = draw.between(0.55, 0.9)
        for name, skin, gap, wide in (("core", pane, 0.0, 0.96), ("floor slab", wall, 0.72, 1.0)):
            step = (h - y) / floors
            for i in range(floors):
                r = w / 2 * (1.25 if style == "twisted" else 1) * wide
                low, high = 1 - (1 - taper) * i / floors, 1 - (1 - taper) * (i + 1) / floors
                disc = cylinder(r * low, step * (1 - gap), top=r * (high if gap == 0 else low), sides=sides)
                tower.add(
                    name, disc.turned("y", 45 + total * i / floors), skin, [(0, y + step * (i + gap / 2), 0)]
                )
        top, width, depth = h, w * taper * 0.8, w * taper * 0.8
    else:
        tiers = draw.whole(3, 4) if style == "stepped" else 1
        share = [0.5, 0.25, 0.15, 0.1][:tiers] if tiers > 1 else [1.0]
        for k, part in enumerate(share):
            high = (h - y if k == 0 else h) * part
            if k:
                width, depth = width * 0.76, depth * 0.76
            _storeys(
                tower,
                draw if k == 0 else None,
                style,
                (width, high, depth),
                y,
                max(2, round(floors * part)),
                (wall, pane),
            )
            y += high
        top = y
    crown = (
        "spire"
        if style == "stepped"
        else draw.pick("flat", "spire", "plant", "slanted" if style not in ("twisted", "round") else "flat")
    )
    tower.attributes["top"] = crown
    if crown == "spire":
        tower.add(
            "spire base",
            cone(width * 0.42, width * 0.8, sides=4).turned("y", 45),
            lighter(wall, -0.15),
            [(0, top, 0)],
        )
        tower.add("spire", cylinder(0.1, 3.0, top=0.02, sides=8), metal("steel"), [(0, top + width * 0.5, 0)])
    elif crown == "plant":
        tower.add("parapet", box(width * 1.02, 0.35, depth * 1.02), lighter(wall, -0.1), [(0, top, 0)])
        tower.add(
            "roof unit",
            box(width * 0.3, 0.6, depth * 0.3),
            paint("grey"),
            [(-width * 0.2, top + 0.3, 0), (width * 0.2, top + 0.3, depth * 0.15)],
        )
        tower.add(
            "antenna", cylinder(0.05, 1.8, sides=6), metal("steel"), [(width * 0.3, top + 0.3, -depth * 0.3)]
        )
    elif crown == "slanted":
        wedge = np.array([(-width * 0.49, 0), (width * 0.49, 0), (width * 0.49, width * 0.5)])
        tower.add("slanted roof", extrusion(wedge, depth * 0.98), pane, [(0, top, 0)])
    else:
        tower.add("parapet", box(width * 1.02, 0.3, depth * 1.02), lighter(wall, -0.1), [(0, top, 0)])
    return tower


def _storeys(
    model: Assembly,
    draw: Draw | None,
    style: str,
    size: tuple[float, float, float],
    y: float,
    floors: int,
    skins: tuple[Material, Material],
) -> None:
    """One block of a tower with its windows: bands, columns of panes or single panes."""
    (w, h, d), (wall, pane) = size, skins
    step = h / floors
    if style == "glass":
        model.add("curtain wall", box(w * 0.98, h, d * 0.98), pane, [(0, y, 0)])
        model.add("floor line", box(w, step * 0.12, d), wall, [(0, y + step * i, 0) for i in range(floors)])
        posts = [(x * w * 0.49, y, z * d * 0.49) for x in (-1, -0.33, 0.33, 1) for z in (-1, 1)]
        model.add("mullion", box(0.14, h, 0.14), wall, posts)
        model.add("side mullion", box(0.14, h, 0.14), wall, [(x * w * 0.49, y, 0) for x in (-1, 1)])
        return
    model.add("walls", box(w, h, d), wall, [(0, y, 0)])
    bands = style == "office"
    count = 1 if bands else 4
    front = box(w * (0.9 if bands else 0.6 / count + 0.02), step * 0.55, d + 0.06)
    side = box(w + 0.06, step * 0.55, d * (0.9 if bands else 0.6 / count + 0.02))
    rows = [y + step * (i + 0.28) for i in range(floors)]
    spots = [0.0] if bands else [(j + 0.5) / count - 0.5 for j in range(count)]
    model.add("window", front, pane, [(w * x * 0.95, row, 0.0) for row in rows for x in spots])
    model.add("window", side, pane, [(0.0, row, d * x * 0.95) for row in rows for x in spots])
    if draw is not None and draw.chance(0.5):
        model.attributes["ledges"] = True
        model.add(
            "ledge",
            box(w * 1.04, 0.14, d * 1.04),
            lighter(wall, 0.2),
            [(0, y + h * t, 0) for t in (0.33, 0.66, 0.99)],
        )


def pyramid(draw: Draw) -> Assembly:
    style = draw.pick("egyptian", "stepped", "mayan", "glass", "plain")
    hue = draw.pick(
        ("sandstone", "#d3b57f"), ("limestone", "#cfc8b4"), ("grey", "#98968f"), ("ochre", "#c69a5a")
    )
    skin = material(*hue, roughness=1)
    pyramid = Assembly({"style": style, "material": hue[0]})
    w, h = draw.between(7, 10), draw.between(4.6, 6.5)
    pyramid.proportions = draw.stretch(0.08, "xz", "y")
    edge = w / 2**0.5
    if style == "glass":
        pyramid.add(
            "glass",
            cone(edge, h, sides=4).turned("y", 45),
            material("glass", "#8fc0d3", roughness=0.1, opacity=0.75),
        )
        for k in range(1, 6):
            t = k / 6
            pyramid.add(
                "bar", box(w * (1 - t) * 1.005, 0.07, w * (1 - t) * 1.005), metal("steel"), [(0, h * t, 0)]
            )
        pyramid.attributes["material"] = "glass"
        pyramid.add("base", box(w * 1.04, 0.15, w * 1.04), paint("grey"), [(0, -0.1, 0)])
        return pyramid
    if style == "plain":
        pyramid.add("body", cone(edge, h, sides=4).turned("y", 45), skin)
        if draw.chance(0.5):
            pyramid.attributes["capped"] = "golden"
            pyramid.add(
                "capstone",
                cone(edge * 0.19, h * 0.19, sides=4).turned("y", 45),
                metal("gold"),
                [(0, h * 0.815, 0)],
            )
        return pyramid
    steps = draw.whole(8, 14) if style == "egyptian" else draw.whole(4, 7)
    high = h / steps if style == "egyptian" else h * 0.8 / steps
    for i in range(steps):
        wide = w * (1 - i / steps) if style == "egyptian" else w * (1 - 0.72 * i / steps)
        layer = (
            box(wide, high, wide)
            if style != "mayan"
            else cylinder(wide / 2**0.5, high, top=wide * 0.96 / 2**0.5, sides=4).turned("y", 45)
        )
        pyramid.add("layer", layer, lighter(skin, 0.06 * (i % 2)), [(0, high * i, 0)])
    top = high * steps
    if style == "egyptian":
        pyramid.add("entrance", box(w * 0.12, high * 1.5, w * 0.1), lighter(skin, -0.45), [(0, 0, w * 0.46)])
        return pyramid
    run = w * 0.36
    foot = w / 2 + run / steps + 0.1
    flights = (0, 90, 180, 270) if style == "mayan" and draw.chance(0.6) else (0,)
    count = steps * 3
    stair = merged(
        *(
            box(w * 0.17, top / count * (i + 1), run / count + 0.02).moved(
                0, 0, foot - run * (i + 0.5) / count
            )
            for i in range(count)
        )
    )
    for turn in flights:
        pyramid.add("stairs", stair.turned("y", turn), lighter(skin, 0.15))
    pyramid.add("temple", box(w * 0.2, h * 0.2, w * 0.2), skin, [(0, top, 0)])
    pyramid.add("temple door", box(w * 0.08, h * 0.13, w * 0.205), lighter(skin, -0.55), [(0, top, 0)])
    pyramid.add(
        "temple roof", box(w * 0.24, h * 0.05, w * 0.24), lighter(skin, -0.1), [(0, top + h * 0.2, 0)]
    )
    return pyramid
