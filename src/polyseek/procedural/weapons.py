"""Weapons and armour of a fantasy game."""

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
from polyseek.procedural.polygons import regular, star
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    sphere,
    torus,
)  # fmt: skip


def sword(draw: Draw) -> Assembly:
    steel, gold, grip = (
        metal(draw.pick("steel", "silver", "iron")),
        metal(draw.pick("gold", "brass", "copper", "iron")),
        any_paint(draw, "white", "cream"),
    )
    style = draw.pick("long", "short", "curved", "wooden")
    if style == "wooden":
        steel = gold = any_wood(draw)
    sword = Assembly({"style": style, "material": steel.name, "colour": grip.name})
    long = {"long": 0.85, "short": 0.5, "curved": 0.7, "wooden": 0.6}[style] * draw.between(0.9, 1.1)
    wide = {"long": 0.028, "short": 0.032, "curved": 0.03, "wooden": 0.03}[style]
    rings: list[np.ndarray] = []
    for t in np.linspace(0, 1, 14):
        half = wide * (1 - 0.25 * t) * (1 if t < 0.86 else math.sqrt(max(1 - ((t - 0.86) / 0.14) ** 1.6, 0)))
        bend = 0.22 * long * t * t if style == "curved" else 0.0
        thick = 0.007 * min(1.0, half / wide * 2)
        rings.append(
            np.array(
                [
                    (half + bend, long * t, 0),
                    (bend, long * t, thick),
                    (-half + bend, long * t, 0),
                    (bend, long * t, -thick),
                ]
            )
        )
    sword.add("blade", loft(np.stack(rings)), steel, [(0, 0.17, 0)])
    span = draw.between(0.09, 0.13)
    droop = draw.pick(-0.02, 0.0, 0.03)
    guard = spline([(-span, 0.165 + droop, 0), (0, 0.165, 0), (span, 0.165 + droop, 0)], 12)
    sword.add("guard", tube(guard, [0.011, 0.016, 0.011]), gold)
    if style != "wooden":
        sword.add(
            "guard tip", sphere(0.015, sides=12), gold, [(-span, 0.165 + droop, 0), (span, 0.165 + droop, 0)]
        )
    sword.add("grip", lathe([(0.013, 0.03), (0.017, 0.09), (0.014, 0.165)], sides=14), grip)
    sword.add(
        "binding",
        torus(0.0165, 0.0035, sides=14, around=6),
        lighter(grip, -0.3),
        [(0, 0.05 + 0.024 * i, 0) for i in range(5)],
    )
    sword.add("pommel", sphere(0.023, sides=16), gold, [(0, 0.023, 0)])
    return sword


def shield(draw: Draw) -> Assembly:
    face, second, rim = any_paint(draw), any_paint(draw), any_metal(draw)
    style = draw.pick("round", "heater", "kite")
    shield = Assembly({"style": style, "colour": face.name, "material": "wooden"})
    r = draw.between(0.3, 0.36)
    if style == "round":
        outline = regular(36, r)
    elif style == "heater":
        outline = spline([(-r, r, 0), (-r * 0.96, 0, 0), (0, -r * 1.35, 0), (r * 0.96, 0, 0), (r, r, 0)], 28)[
            :, :2
        ]
    else:
        outline = spline(
            [(0, r, 0), (-r * 0.78, r * 0.55, 0), (0, -r * 1.9, 0), (r * 0.78, r * 0.55, 0), (0, r, 0)], 30
        )[:-1, :2]

    def curved(solid: Solid) -> Solid:
        vertices = solid.vertices.copy()
        vertices[:, 2] -= 0.5 * vertices[:, 0] ** 2
        return Solid(vertices, solid.faces)

    shield.add("board", curved(_layered(outline, 0.02)), face)
    loop = np.column_stack([np.vstack([outline, outline[:1]]), np.zeros(len(outline) + 1)])
    shield.add("rim", curved(tube(loop, 0.014, sides=8)), rim)
    device = draw.pick("cross", "star", "halves", "boss")
    shield.attributes["device"] = device
    if device == "cross":
        shield.add("cross", curved(box(r * 0.28, r * 1.7, 0.012).moved(0, -r * 0.85, 0.014)), second)
        shield.add("cross arm", curved(_slab(r * 1.66, r * 0.28, 0.012).moved(0, r * 0.2, 0.014)), second)
    elif device == "star":
        shield.add("star", curved(_layered(star(5, r * 0.5, r * 0.21), 0.014).moved(0, 0, 0.012)), second)
    elif device == "halves":
        shield.add("field", curved(_half(outline * 0.93, 0.012).moved(0, 0, 0.012)), second)
    boss = lathe([(r * 0.25, 0), (r * 0.25, 0.008), (r * 0.17, 0.02), (r * 0.12, 0.05), (0, 0.062)], sides=22)
    if device in ("boss", "cross"):
        shield.add("boss", boss.turned("x", 90).moved(0, r * 0.2 if device == "cross" else 0, 0.015), rim)
    if style == "round":
        for i in range(8):
            rivet = sphere(0.012, sides=8).moved(r * 0.86, 0, 0.014).turned("z", 45 * i)
            shield.add("rivet", curved(rivet), rim)
    return shield


def bow(draw: Draw) -> Assembly:
    wood, wrap = any_wood(draw), any_paint(draw)
    style = draw.pick("long", "recurve")
    bow = Assembly({"style": style, "wood": wood.name, "colour": wrap.name})
    h = draw.between(0.6, 0.8)
    if style == "long":
        limb = [(0, 0, 0), (-0.05, h * 0.5, 0), (-0.2, h, 0)]
    else:
        limb = [(0, 0, 0), (-0.02, h * 0.3, 0), (-0.17, h * 0.75, 0), (-0.17, h * 0.92, 0), (-0.11, h, 0)]
    curve = spline(limb, 18)
    upper = tube(curve, [0.016, 0.014, 0.006], flatten=1.5)
    bow.add("limb", upper, wood)
    bow.add("limb", upper.scaled(1, -1, 1), wood)
    bow.add("grip", ellipsoid(0.022, 0.07, 0.026, sides=16), wrap)
    x = curve[-1][0]
    bow.add("string", cylinder(0.0022, 2 * h, sides=6), paint("cream"), [(float(x), -h, 0)])
    if draw.chance(0.6):
        bow.attributes["arrow"] = True
        bow.add("arrow shaft", tube([(x, 0.0, 0), (0.12, 0.0, 0)], 0.005, sides=8), wood)
        bow.add(
            "arrow head",
            cylinder(0.016, 0.05, top=0.0, sides=4).turned("z", -90),
            metal("steel"),
            [(0.12, 0, 0)],
        )
        feather = extrusion(np.array([(0, 0), (0.07, 0), (0.055, 0.022), (-0.012, 0.022)]), 0.002)
        for i in range(3):
            bow.add("fletching", feather.turned("x", 120 * i), paint("red"), [(float(x) + 0.015, 0, 0)])
    return bow


def _layered(outline: np.ndarray, depth: float) -> Solid:
    """A flat outline with rings inside it, so that it can be bent: star-shaped about its mean."""
    centre = outline.mean(axis=0)
    shares = [0.001, 0.35, 0.7, 1.0]
    front = [
        np.column_stack([centre + (outline - centre) * s, np.full(len(outline), depth / 2)]) for s in shares
    ]
    back = [points * [1, 1, -1] for points in reversed(front)]
    return loft(np.stack([*front, *back]))


def _half(outline: np.ndarray, depth: float) -> Solid:
    """The part of an outline right of x = 0, cut into strips along x, so that it can be bent."""
    right = outline[outline[:, 0] > 0]
    x = np.linspace(0, float(right[:, 0].max()) * 0.999, 14)
    rings = [
        np.array([(at, low, -depth / 2), (at, high, -depth / 2), (at, high, depth / 2), (at, low, depth / 2)])
        for at, (low, high) in zip(x, (_span(outline, float(at)) for at in x), strict=True)
    ]
    return loft(np.stack(rings))


def _span(outline: np.ndarray, x: float) -> tuple[float, float]:
    """Lowest and highest y where the upright line at `x` crosses the outline."""
    a, b = outline, np.roll(outline, -1, axis=0)
    crosses = (a[:, 0] - x) * (b[:, 0] - x) <= 0
    a, b = a[crosses], b[crosses]
    run = np.where(b[:, 0] == a[:, 0], 1.0, b[:, 0] - a[:, 0])
    y = a[:, 1] + (b[:, 1] - a[:, 1]) * (x - a[:, 0]) / run
    return float(y.min()), float(y.max())


def _slab(width: float, height: float, depth: float) -> Solid:
    """A box cut into strips along x, so that it can be bent."""
    x = np.linspace(-width / 2, width / 2, 13)
    ring = np.array(
        [
            (-height / 2, -depth / 2),
            (height / 2, -depth / 2),
            (height / 2, depth / 2),
            (-height / 2, depth / 2),
        ]
    )
    return loft(np.stack([np.column_stack([np.full(4, at), ring]) for at in x]))
