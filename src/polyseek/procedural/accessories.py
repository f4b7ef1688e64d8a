"""Accessories: glasses, rings and watches."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.appliances import display, facing
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, arc, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed
from polyseek.procedural.palette import any_metal, any_paint, glass, lighter, material, metal, paint
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import Solid, box, cylinder, extrusion, lathe, merged, sphere, torus


def _rim(shape: str, w: float, h: float) -> Float64[np.ndarray, "n 2"]:
    """A lens outline in (x, y) for the right side: x > 0 is away from the nose; 28 points."""
    round_ = regular(28, 0.5) * [w, h]
    x, y = round_.T
    if shape == "cat-eye":
        return np.column_stack(
            [x, y + 0.3 * h * np.clip(x / w + 0.1, 0, 1) * np.clip(y / h + 0.2, 0, 1) * 1.6]
        )
    if shape == "aviator":
        return np.column_stack([x * (1 + 0.12 * y / h), y - 0.1 * h * x / w * (y < 0)])
    if shape == "rectangular":
        return rectangle(w, h * 0.78, radius=h * 0.18, steps=6)
    return round_


def glasses(draw: Draw) -> Assembly:
    shape = draw.pick("round", "rectangular", "cat-eye", "aviator", "rectangular")
    sun = draw.chance(0.45)
    frame = draw.pick(
        paint("black"), any_metal(draw), any_paint(draw), material("tortoise", "#6a3f23", roughness=0.3)
    )
    glasses = Assembly({"style": shape, "sunglasses": sun, "colour": frame.name})
    w, h = draw.between(0.046, 0.056), draw.between(0.038, 0.05)
    h = w if shape == "round" else h
    edge, deep = draw.between(0.0016, 0.0045), draw.between(0.003, 0.006)
    x = w / 2 + draw.between(0.007, 0.01)
    outline = _rim(shape, w, h)
    if sun:
        lens = material(
            "tinted lens", draw.pick("#23262b", "#3b2c22", "#2a4358", "#7a3550", "#b0762c"), roughness=0.1
        )
    else:
        lens = glass("#d5e6ec", 0.4)
    inner = outline * (1 - 2 * edge / np.array((w, h)))
    glasses.both("rim", framed(outline, inner, deep).moved(x), frame)
    glasses.both("lens", extrusion(inner * 1.02, deep * 0.3).moved(x), lens)
    gap, y = x - w / 2 + edge, h * draw.between(0.08, 0.25)
    bow: list[Point] = [(-gap - 0.002, y, 0), (0, y + 0.004, 0.002), (gap + 0.002, y, 0)]
    glasses.add("bridge", tube(spline(bow, 8), max(edge * 0.7, 0.0014), sides=8), frame)
    if shape == "aviator":
        glasses.add(
            "brow bar", tube([(-x * 0.9, h * 0.46, 0), (x * 0.9, h * 0.46, 0)], 0.0012, sides=6), frame
        )
    side, long = x + w / 2 - edge * 0.4, draw.between(0.125, 0.145)
    folded = draw.chance(0.15)
    temple: list[Point] = [
        (side, h * 0.2, 0),
        (side + 0.003, h * 0.2, -long * 0.6),
        (side, h * 0.16, -long * 0.8),
        (side - 0.004, -h * 0.35, -long),
    ]
    if folded:
        glasses.attributes["folded"] = True
        temple = [
            (side, h * 0.2, -0.002),
            (side, h * 0.2, -0.012),
            (-side * 0.6, h * 0.1, -0.014),
            (-side, -h * 0.3, -0.015),
        ]
    arm = tube(temple if folded else spline(temple, 14), [edge, edge, max(edge, 0.0025)], sides=8)
    hinge = box(0.006, 0.007, 0.008).moved(side, h * 0.2 - 0.0035, -0.002)
    if folded:
        glasses.add("right temple", arm, frame)
        glasses.add("left temple", arm.scaled(-1, 1, 1).moved(0, 0.002, -0.006), frame)
    else:
        glasses.both("temple", arm, frame)
    glasses.both("hinge", hinge, frame if draw.chance(0.6) else metal("silver"))
    glasses.both(
        "nose pad", sphere(0.003, sides=8).scaled(0.6, 1.3, 1).moved(gap, -h * 0.12, -0.004), glass()
    )
    return glasses


def _cut_stone(r: float, sides: int, depth: float) -> Solid:
    """A brilliant cut: a flat table, a crown and a point below; girdle at y = 0."""
    return lathe([(0, -depth), (r, 0), (r, r * 0.06), (r * 0.62, r * 0.42), (0, r * 0.42)], sides=sides)


def ring(draw: Draw) -> Assembly:
    style = draw.pick("band", "solitaire", "signet", "solitaire", "cluster", "halo")
    band = metal(draw.pick("gold", "gold", "silver", "copper", "steel"))
    ring = Assembly({"style": style, "material": band.name})
    r, thick = draw.between(0.0085, 0.0105), draw.between(0.0009, 0.0016)
    flat = draw.between(1.0, 3.0) if style in ("band", "signet") else draw.between(0.8, 1.5)
    sides = draw.pick(18, 32, 40)
    # The band stands upright, its hole along z.
    hoop = torus(r, thick, sides=sides, around=10).scaled(1, flat, 1).turned("x", 90)
    if style == "band" and draw.chance(0.5):
        outer, inner = regular(sides, r + thick), regular(sides, r - thick * 0.4)
        hoop = framed(outer, inner, thick * 2 * flat)
    ring.add("band", hoop, band)
    gem = draw.pick(
        ("diamond", "#d9eef5"),
        ("ruby", "#c2304a"),
        ("sapphire", "#2f5fb8"),
        ("emerald", "#2f9a62"),
        ("amethyst", "#8a4fb5"),
    )
    stone = material(gem[0], gem[1], roughness=0.05)
    top = r + thick
    if style == "signet":
        plate = extrusion(
            draw.pick(regular(20, 0.0052), rectangle(0.01, 0.009, radius=0.002)), 0.0022
        ).turned("x", -90)
        ring.add("plate", plate, band, [(0, top, 0)])
        shank = lathe([(0, -0.003), (0.003, -0.003), (0.0045, 0.0), (0, 0.0)], sides=14)
        ring.add("shoulder", shank, band, [(0, top, 0)])
        ring.add(
            "seal",
            extrusion(regular(draw.pick(5, 6, 16), 0.003), 0.003).turned("x", -90),
            stone if draw.chance(0.5) else lighter(band, -0.35),
            [(0, top, 0)],
        )
        return ring
    if style == "band":
        if draw.chance(0.4):
            ring.attributes["stones"] = gem[0]
            small = sphere(thick * 0.8, sides=8)
            for i in range(14):
                a = 2 * np.pi * i / 14
                ring.add(
                    "stone",
                    small,
                    stone,
                    [(float((r + thick * 0.8) * np.cos(a)), float((r + thick * 0.8) * np.sin(a)), 0)],
                )
        return ring
    ring.attributes["stone"] = gem[0]
    size, facets = draw.between(0.003, 0.0055), draw.pick(4, 6, 8, 12)
    cut = _cut_stone(size, facets, size * 0.8)
    y = top + size * 0.75
    ring.add("gem", cut, stone, [(0, y, 0)], crease_deg=10)
    ring.add(
        "setting",
        lathe(
            [(0, 0), (size * 0.3, 0), (size * 0.8, size * 0.6), (size * 0.7, size * 0.6), (0, size * 0.3)],
            sides=12,
        ),
        band,
        [(0, top - size * 0.25, 0)],
    )
    claw = tube(
        [(size * 0.4, -size * 0.6, 0), (size * 1.0, 0, 0), (size * 0.85, size * 0.3, 0)], size * 0.1, sides=6
    )
    prongs = merged(*(claw.turned("y", 45 + 90 * i) for i in range(4)))
    ring.add("prongs", prongs, band, [(0, y, 0)])
    if style == "halo":
        ring.add("halo", torus(size * 1.14, size * 0.14, sides=20, around=6), band, [(0, y, 0)])
        angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
        around = [
            (float(size * 1.16 * np.cos(a)), y + size * 0.08, float(size * 1.16 * np.sin(a))) for a in angles
        ]
        ring.add("small stone", sphere(size * 0.2, sides=8), paint("white"), around)
    elif style == "cluster":
        tilted = _cut_stone(size * 0.6, facets, size * 0.5)
        for x in (-1, 1):
            at = float(np.radians(90 - x * np.degrees(size * 1.35 / r)))
            place = ((top + size * 0.15) * float(np.cos(at)), (top + size * 0.15) * float(np.sin(at)), 0.0)
            ring.add(
                "side stone", tilted.turned("z", float(np.degrees(at)) - 90), stone, [place], crease_deg=10
            )
    return ring


def watch(draw: Draw) -> Assembly:
    style = draw.pick("pocket", "smart", "digital", "analogue", "analogue", "analogue", "smart")
    case = any_metal(draw) if style != "digital" else paint(draw.pick("black", "grey", "blue", "red"))
    watch = Assembly({"style": style, "colour": case.name})
    r = draw.between(0.017, 0.022)
    if style == "pocket":
        _add_watch_face(watch, draw, case, r * 1.15, (0.0, 0.0, 0.0), 0.01)
        watch.add("crown", cylinder(r * 0.14, r * 0.22, sides=10), case, [(0, r * 1.2, 0)])
        watch.add(
            "bow", torus(r * 0.24, r * 0.05, sides=16, around=6).turned("x", 90), case, [(0, r * 1.6, 0)]
        )
        path = arc(r * 1.5, 100, -20, 19) + np.array((r * 1.35, r * 0.6, 0.0))
        for i, at in enumerate(path):
            link = torus(r * 0.12, r * 0.03, sides=8, around=5).turned("x", 90 if i % 2 else 0)
            watch.add("chain link", link, case, [(float(at[0]), float(at[1]), float(at[2]))])
        return watch
    wide = r * draw.between(0.95, 1.25)
    leather = draw.chance(0.55)
    strap = (
        draw.pick(
            material("leather", draw.pick("#6b4630", "#2c2523", "#8a5a34")), any_paint(draw), paint("black")
        )
        if leather or style != "analogue"
        else case
    )
    deep, high = draw.between(0.024, 0.028), draw.between(0.027, 0.031)
    oval = regular(36, 1.0)
    if strap is case:
        watch.attributes["strap"] = "metal"
        for i in range(30):
            a = 2 * np.pi * i / 30
            slope = float(np.degrees(np.arctan2(high * np.cos(a), -deep * np.sin(a))))
            link = block(wide, 0.0026, 0.0056, 0.0).moved(y=-0.0013)
            link = (
                link.turned("x", 0)
                .turned("x", -slope)
                .moved(0, float(high * np.sin(a)), float(deep * np.cos(a)))
            )
            watch.add("link", link, case if i % 2 else lighter(case, -0.12))
    else:
        watch.attributes["strap"] = strap.name
        hoop = framed(oval * [deep + 0.0013, high + 0.0013], oval * [deep - 0.0011, high - 0.0011], wide)
        watch.add("strap", hoop.turned("y", 90), strap)
        watch.add(
            "buckle",
            framed(rectangle(wide * 1.3, 0.012), rectangle(wide * 1.05, 0.008), 0.003),
            metal("silver"),
            [(0, 0, -deep - 0.002)],
        )
    z = deep - 0.002
    if style == "analogue":
        _add_watch_face(watch, draw, case, r, (0.0, 0.0, z), draw.between(0.006, 0.01))
        lug = box(0.004, r * 0.42, 0.012)
        watch.add("lug", lug, case, [(x * wide * 0.55, y, z) for x in (-1, 1) for y in (r * 0.6, -r * 1.02)])
        watch.add(
            "crown", cylinder(r * 0.14, r * 0.2, sides=10).turned("z", -90), case, [(r * 0.98, 0, z + 0.004)]
        )
        return watch
    w, h = r * draw.between(1.7, 1.9), r * draw.between(1.9, 2.2)
    body = extrusion(rectangle(w, h, radius=r * draw.pick(0.1, 0.35, 0.5)), 0.009)
    watch.add("case", body, case, [(0, 0, z + 0.003)])
    dark = style == "smart" and draw.chance(0.5)
    lit = material("screen", "#17191d", roughness=0.1) if dark else display(draw)
    if style == "digital":
        lit = material("liquid crystal", "#b3c0a0", roughness=0.2)
    watch.add(
        "screen",
        extrusion(rectangle(w * 0.84, h * (0.84 if style == "smart" else 0.5), radius=r * 0.08), 0.009),
        lit,
        [(0, 0, z + 0.0035)],
    )
    if style == "smart":
        for i in range(draw.whole(1, 3)):
            dial = torus(r * (0.56 - 0.15 * i), r * 0.05, sides=20, around=5).turned("x", 90)
            watch.add("activity ring", dial, any_paint(draw), [(0, 0, z + 0.008)])
        watch.add(
            "crown", cylinder(0.003, 0.003, sides=10).turned("z", -90), case, [(w / 2, h * 0.2, z + 0.003)]
        )
    else:
        digits = [box(r * 0.06 if i == 1 else r * 0.2, h * 0.22, 0.001) for i in range(4)]
        row = merged(*(d.moved((i - 1.5) * r * 0.34, -h * 0.11, 0) for i, d in enumerate(digits)))
        watch.add("digits", row, paint("black"), [(0, 0, z + 0.0082)])
        watch.add(
            "button",
            box(0.003, 0.006, 0.004),
            metal("steel"),
            [(x * (w / 2 + 0.001), y, z + 0.003) for x in (-1, 1) for y in (h * 0.22, -h * 0.32)],
        )
    return watch


def _add_watch_face(
    watch: Assembly, draw: Draw, case: Material, r: float, at: tuple[float, float, float], deep: float
) -> None:
    """A round case towards +z with a dial, twelve marks and two or three hands."""
    x, y, z = at
    sides = draw.pick(16, 28, 36)
    watch.add("case", facing(r, deep, top=r * 0.97, sides=sides), case, [at])
    dial = draw.pick(paint("white"), paint("black"), paint("cream"), paint("navy"), any_paint(draw))
    pale = dial.name in ("white", "cream", "yellow", "pink", "mint")
    ink = paint("black") if pale else paint("white")
    front = z + deep
    watch.add("dial", facing(r * 0.86, 0.0012, sides=sides), dial, [(x, y, front - 0.0004)])
    watch.add(
        "bezel", torus(r * 0.92, r * 0.08, sides=sides, around=6).turned("x", 90), case, [(x, y, front)]
    )
    mark = box(r * 0.045, r * 0.16, 0.0008).moved(0, r * 0.62, 0)
    marks = merged(*(mark.turned("z", 30 * i) for i in range(12)))
    watch.add("hour marks", marks, ink, [(x, y, front + 0.001)])
    hour = box(r * 0.07, r * 0.46, 0.001).turned("z", draw.between(0, 360))
    minute = box(r * 0.05, r * 0.68, 0.001).turned("z", draw.between(0, 360))
    watch.add("hour hand", hour, ink, [(x, y, front + 0.0014)])
    watch.add("minute hand", minute, ink, [(x, y, front + 0.0019)])
    if draw.chance(0.5):
        second = box(r * 0.02, r * 0.7, 0.0008).turned("z", draw.between(0, 360))
        watch.add("second hand", second, paint("red"), [(x, y, front + 0.0023)])
    watch.add("pin", facing(r * 0.06, 0.003, sides=10), case, [(x, y, front)])
