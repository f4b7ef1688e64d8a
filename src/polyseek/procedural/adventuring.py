"""Arrows, spears and daggers. Points are up."""

from __future__ import annotations

import math

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, any_wood, lighter, material, metal, paint
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    merged,
    sphere,
    torus,
)  # fmt: skip


def _blade(length: float, outline: list[tuple[float, float]], thick: float, *, bend: float = 0.0) -> Solid:
    """A blade up along y from (half width, share of the length) pairs, a ridge down its middle."""
    rings = [
        [(w + bend * t * t, length * t, 0), (bend * t * t, length * t, thick * min(1.0, w / 0.01)),
         (-w + bend * t * t, length * t, 0), (bend * t * t, length * t, -thick * min(1.0, w / 0.01))]
        for w, t in outline
    ]  # fmt: skip
    return loft(np.array(rings, float))


def arrow(draw: Draw) -> Assembly:
    style = draw.pick("hunting", "broadhead", "bodkin", "fire", "bundle", "toy")
    shaft, feather = any_wood(draw), any_paint(draw)
    head = {"toy": paint("red")}.get(style, metal(draw.pick("steel", "iron", "copper", "gold")))
    arrow = Assembly({"style": style, "wood": shaft.name, "fletching": f"{feather.name} feathers"})
    long, r = draw.between(0.6, 0.85), draw.between(0.005, 0.011)
    solids: list[tuple[str, Solid, Material]] = [("shaft", cylinder(r, long, sides=8), shaft)]
    wide = draw.between(0.02, 0.035)
    if style == "toy":
        cup = lathe([(r, 0), (r * 1.6, 0.02), (r * 4, 0.05), (r * 3.6, 0.05), (0, 0.025)], sides=16)
        solids.append(("suction cup", cup.moved(0, long), head))
    elif style == "bodkin":
        solids.append(("head", cone(wide * 0.6, 0.11, sides=4).moved(0, long), head))
    elif style == "broadhead" or draw.chance(0.4):
        barbed = np.array(
            [(0, 0.1), (wide * 1.3, -0.03), (wide * 0.4, 0.0), (-wide * 0.4, 0.0), (-wide * 1.3, -0.03)]
        )
        solids.append(
            (
                "head",
                merged(extrusion(barbed, 0.006), extrusion(barbed, 0.006).turned("y", 90)).moved(0, long),
                head,
            )
        )
    else:
        solids.append(
            ("head", _blade(0.1, [(0.005, 0), (wide, 0.3), (0.0004, 1)], 0.006).moved(0, long), head)
        )
    if style == "fire":
        flame = lathe([(0, 0), (0.035, 0.03), (0.03, 0.07), (0.012, 0.13), (0, 0.17)], sides=8)
        solids.append(
            ("cloth", ellipsoid(0.022, 0.045, 0.022, sides=10).moved(0, long - 0.03), paint("cream"))
        )
        solids.append(("flame", flame.moved(0, long - 0.06), material("flame", "#f28a2e", glow=0.8)))
    tall, out = draw.between(0.09, 0.15), draw.between(0.02, 0.035)
    vane = np.array([(r * 0.5, 0.02), (out, 0.0), (out, tall * 0.7), (r * 0.5, tall)])
    count = draw.pick(2, 3, 4)
    fletch = merged(*(extrusion(vane, 0.003).turned("y", 360 * k / count) for k in range(count)))
    solids.append(("fletching", fletch.moved(0, 0.02), feather))
    solids.append(("nock", cylinder(r * 1.35, 0.02, sides=8), lighter(feather, -0.3)))
    lying = draw.chance(0.5)
    for i in range(draw.whole(3, 6) if style == "bundle" else 1):
        angle, spread = 2.4 * i, 0.022 * math.sqrt(i)
        for label, solid, skin in solids:
            placed = solid.turned("z", 2.5 * i if i % 2 else -2.5 * i).moved(
                spread * math.cos(angle), 0, spread * math.sin(angle)
            )
            arrow.add(label, placed.turned("z", -90) if lying else placed, skin)
    if style == "bundle":
        band = cylinder(0.05, 0.03, sides=12).moved(0, long * 0.5)
        arrow.add("cord", band.turned("z", -90) if lying else band, paint("brown"))
    return arrow


def spear(draw: Draw) -> Assembly:
    style = draw.pick("leaf", "pike", "broad", "tribal", "winged", "barbed")
    shaft = any_wood(draw) if draw.chance(0.85) else metal("iron")
    steel = (
        metal(draw.pick("steel", "iron", "silver", "gold", "copper"))
        if style != "tribal"
        else material("flint", "#6a6f76", roughness=0.8)
    )
    spear = Assembly({"style": style, "material": steel.name, "shaft": shaft.name})
    long, r = draw.between(1.3, 2.1), draw.between(0.018, 0.034)
    spear.add("shaft", cylinder(r, long, top=r * 0.85, sides=10), shaft)
    head, wide = draw.between(0.24, 0.42), draw.between(0.045, 0.075) * (1.5 if style == "broad" else 1)
    if style != "tribal":
        spear.add(
            "socket",
            cylinder(r * 1.3, 0.12, top=r * 1.05, sides=10),
            lighter(steel, -0.15),
            [(0, long - 0.1, 0)],
        )
    if style == "pike":
        spear.add("point", cone(r * 1.6, head * 1.2, sides=4), steel, [(0, long, 0)])
    else:
        outline = [(0.008, 0.0), (wide, 0.25), (wide * 0.85, 0.5), (0.0005, 1.0)]
        spear.add("head", _blade(head, outline, 0.012), steel, [(0, long, 0)], crease_deg=15)
    if style == "barbed":
        spear.both(
            "barb",
            extrusion(np.array([(r, 0.06), (r + 0.06, -0.05), (r * 0.8, 0.0)]), 0.012).moved(0, long),
            steel,
        )
    if style == "winged":
        spear.both(
            "wing",
            extrusion(np.array([(0, 0), (0.11, 0.05), (0.1, 0.0), (0, -0.04)]), 0.012).moved(0, long - 0.03),
            steel,
        )
    cord = any_paint(draw, "white")
    if style == "tribal" or draw.chance(0.4):
        spear.attributes["binding"] = f"{cord.name} cord"
        spear.add(
            "binding",
            torus(r * 1.1, 0.006, sides=12, around=6),
            cord,
            [(0, long - 0.02 * i, 0) for i in range(6)],
        )
    if style == "tribal":
        plume = ellipsoid(0.022, 0.09, 0.006, sides=8).moved(0, -0.09)
        for k in range(3):
            spear.add("feather", plume.turned("z", 25 * (k - 1)).moved(r, long - 0.12, 0.01), any_paint(draw))
    elif draw.chance(0.35):
        spear.attributes["tasselled"] = True
        spear.add("tassel", cone(0.05, 0.16, sides=10).moved(0, 0), paint("red"), [(0, long - 0.24, 0)])
    if draw.chance(0.4):
        spear.add("grip", cylinder(r * 1.25, 0.3, sides=10), lighter(cord, -0.25), [(0, long * 0.45, 0)])
    if draw.chance(0.4):
        spear.add("butt spike", cone(r, 0.09, sides=8).turned("x", 180), steel)
    return spear


def dagger(draw: Draw) -> Assembly:
    style = draw.pick("double-edged", "curved", "kris", "throwing", "bowie", "ornate")
    steel = metal(draw.pick("steel", "silver", "iron")) if draw.chance(0.85) else material("bone", "#e4dcc4")
    grip, trim = any_paint(draw, "white", "cream") if draw.chance(0.6) else any_wood(draw), any_metal(draw)
    dagger = Assembly({"style": style, "material": steel.name, "colour": grip.name})
    dagger.proportions = draw.stretch(0.12, "x", "y")
    long, wide = draw.between(0.18, 0.28), draw.between(0.016, 0.024)
    base = 0.12
    if style == "bowie":
        edge = np.array(
            [
                (-wide, 0),
                (wide * 0.9, 0),
                (wide * 1.1, long * 0.5),
                (wide * 0.9, long * 0.85),
                (-wide * 0.2, long),
                (-wide * 0.7, long * 0.75),
            ]
        )
        dagger.add("blade", extrusion(edge, 0.006), steel, [(0, base, 0)])
    elif style == "kris":
        rings: list[list[tuple[float, float, float]]] = []
        for t in np.linspace(0, 1, 22).tolist():
            x, half = 0.012 * math.sin(t * 4.5 * math.pi), wide * (1 - 0.85 * t) + 0.0004
            half = 0.0004 if t == 1 else half
            y = base + long * 1.15 * t
            rings.append([(x + half, y, 0), (x, y, 0.005), (x - half, y, 0), (x, y, -0.005)])
        dagger.add("blade", loft(np.array(rings)), steel)
    else:
        outline = [(wide * 0.85, 0), (wide, 0.3), (wide * 0.8, 0.65), (0.0004, 1.0)]
        bend = 0.07 if style == "curved" else 0.0
        steps = [
            (float(np.interp(t, [o[1] for o in outline], [o[0] for o in outline])), float(t))
            for t in np.linspace(0, 1, 9)
        ]
        dagger.add("blade", _blade(long, steps, 0.007, bend=bend).moved(0, base), steel, crease_deg=15)
        if draw.chance(0.4) and style != "curved":
            dagger.add(
                "fuller", box(wide * 0.3, long * 0.55, 0.0125), lighter(steel, -0.3), [(0, base + 0.01, 0)]
            )
    if style == "throwing":
        dagger.add("handle", box(wide * 1.0, base, 0.008), lighter(steel, -0.2))
        dagger.add("ring", torus(0.018, 0.005, sides=16, around=6).turned("x", 90), steel, [(0, -0.015, 0)])
        if draw.chance(0.6):
            dagger.add("wrap", box(wide * 1.15, base * 0.6, 0.014), grip, [(0, base * 0.2, 0)])
        return dagger
    span = draw.between(0.04, 0.065)
    droop = draw.pick(-0.015, 0.0, 0.018)
    guard = tube(
        spline([(-span, base + droop, 0), (0, base, 0), (span, base + droop, 0)], 9),
        [0.007, 0.011, 0.007],
        sides=8,
    )
    dagger.add("guard", guard, trim)
    dagger.add("grip", lathe([(0.01, 0.0), (0.015, 0.05), (0.011, base)], sides=12), grip)
    dagger.add(
        "binding",
        torus(0.0145, 0.0025, sides=12, around=6),
        lighter(grip, -0.3),
        [(0, 0.03 + 0.022 * i, 0) for i in range(4)],
    )
    dagger.add(
        "pommel",
        sphere(0.018, sides=12) if draw.chance(0.6) else cone(0.02, 0.03, sides=6),
        trim,
        [(0, -0.005, 0)],
    )
    if style == "ornate" or draw.chance(0.25):
        gem = material("jewel", draw.pick("#b8323e", "#2f6fb8", "#3c9a5a"), roughness=0.2)
        dagger.attributes["jewelled"] = True
        dagger.add("jewel", ellipsoid(0.009, 0.011, 0.013, sides=8), gem, [(0, base, 0)])
    return dagger
