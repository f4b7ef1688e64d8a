"""Snacks: eggs, sandwiches and hot dogs."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creases import CREASE_DEG
from polyseek.procedural.curves import spline, sweep, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.palette import any_paint, lighter, material, paint
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import (
    Solid,
    cylinder,
    ellipsoid,
    lathe,
    loft,
    prism,
    rounded_box,
    sphere,
)  # fmt: skip

CRUST = material("crust", "#b97d42", roughness=0.9)
CRUMB = material("bread", "#ecd9ae", roughness=0.95)
YOLK = material("yolk", "#e9ab3c", roughness=0.35)
LETTUCE = material("lettuce", "#8fb654", roughness=0.8)


def _egg_shape(r: float, sides: int) -> Solid:
    """Longer above its widest ring than below it; centred on its widest ring."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 15)
    profile = [(r * float(np.cos(a)), r * float(np.sin(a)) * (1.5 if a > 0 else 1.05)) for a in t]
    profile[0], profile[-1] = (0.0, -1.05 * r), (0.0, 1.5 * r)
    return lathe(profile, sides=sides)


def egg(draw: Draw) -> Assembly:
    shell = material(
        *draw.pick(("white", "#ece6da"), ("brown", "#c99a6b"), ("cream", "#e7d2ae"), ("blue", "#b9d3d3")),
        roughness=0.5,
    )
    style = draw.pick("whole", "whole", "fried", "half", "in cup", "easter")
    egg = Assembly({"style": style, "colour": shell.name})
    egg.proportions = draw.stretch(0.08, "xz", "y")
    r, sides = 0.022, draw.pick(10, 22, 22)
    crease = 0.0 if sides == 10 else CREASE_DEG + 20
    if style == "fried":
        white = blob(draw, 0.05, rough=0.12, sides=24).scaled(1, 0.1, 1)
        egg.add("white", white, paint("white"))
        spot = (draw.between(-0.012, 0.012), 0.003, draw.between(-0.012, 0.012))
        egg.add("yolk", ellipsoid(0.018, 0.011, 0.018, sides=18), YOLK, [spot])
        return egg
    if style == "half":
        whole = _egg_shape(r, sides).turned("x", 90)
        cut = Solid(np.minimum(whole.vertices, [9, 0.0, 9]), whole.faces)
        egg.add("white", cut, paint("white"))
        egg.add("yolk", ellipsoid(r * 0.6, r * 0.35, r * 0.6, sides=18), YOLK, [(0, -0.001, 0.004)])
        return egg
    egg.add("shell", _egg_shape(r, sides), shell, crease_deg=crease)
    if style == "in cup":
        cup = [
            (0, -2.1),
            (0.85, -2.1),
            (0.85, -1.95),
            (0.3, -1.7),
            (0.3, -1.4),
            (0.85, -0.9),
            (1.05, -0.1),
            (0.95, -0.1),
            (0, -1.1),
        ]
        egg.add("egg cup", lathe([(a * r, b * r) for a, b in cup], sides=20), any_paint(draw, "black"))
    if style == "easter":
        for y in (-0.45, 0.05, 0.6, 1.0):
            wide = r * float(np.sqrt(1 - (y / (1.5 if y > 0 else 1.05)) ** 2))
            wave = np.linspace(0, 2 * np.pi, 33)[:-1]
            path = np.column_stack(
                [wide * np.cos(wave), y * r + r * 0.06 * np.sin(8 * wave), wide * np.sin(wave)]
            )
            ring = path[:, None] + 0.0014 * np.stack([
                np.column_stack([np.cos(wave) * c, np.full(32, s), np.sin(wave) * c]) for c, s in regular(5, 1.0)
            ], axis=1)  # fmt: skip
            egg.add("stripe", loft(ring, loop=True), any_paint(draw, "black", "grey", "brown"))
    return egg


def sandwich(draw: Draw) -> Assembly:
    bread = material(
        *draw.pick(("white bread", "#ecd9ae"), ("brown bread", "#b98d5c"), ("toast", "#d1a162")),
        roughness=0.95,
    )
    style = draw.pick("triangle", "square", "baguette", "club")
    sandwich = Assembly({"style": style, "bread": bread.name})
    sandwich.proportions = draw.stretch(0.1, "x", "z")
    if style == "baguette":
        return _baguette(sandwich, draw)
    outline = rectangle(0.11, 0.11, radius=0.014)
    if style != "square":
        outline = np.array([(-0.055, -0.055), (0.055, -0.055), (0.055, 0.055)])
    y, decks = 0.0, 2 if style == "club" else 1
    for deck in range(decks):
        y = _slice(sandwich, outline, bread, y)
        for label, stuff, thick, grow in _fillings(draw):
            wavy = outline * grow
            if label == "lettuce":
                wavy = _wavy(outline, 1.07)
            sandwich.add(label, prism(wavy, thick), stuff, [(0, y, 0)])
            y += thick
        if deck == decks - 1:
            y = _slice(sandwich, outline, bread, y)
    if style == "club":
        y = _slice(sandwich, outline, bread, y)
        sandwich.add(
            "pick", cylinder(0.0014, 0.055, sides=6), material("wood", "#c9a36c"), [(0.015, y - 0.03, -0.015)]
        )
        sandwich.add(
            "olive", sphere(0.008, sides=10), material("olive", "#7f8b4a"), [(0.015, y + 0.022, -0.015)]
        )
    return sandwich


def _slice(model: Assembly, outline: np.ndarray, bread: Material, y: float) -> float:
    """A slice of bread with its crust around it; gives the height above it."""
    model.add("crust", prism(outline * 1.0, 0.0125), CRUST, [(0, y + 0.001, 0)])
    model.add("bread", prism(outline * 0.95, 0.0145), bread, [(0, y, 0)])
    return y + 0.0145


def _wavy(outline: np.ndarray, grow: float) -> np.ndarray:
    """The outline with more corners, moved in and out in turn."""
    points = np.concatenate(
        [
            a + (b - a) * np.linspace(0, 1, 5)[:-1, None]
            for a, b in zip(outline, np.roll(outline, -1, axis=0), strict=True)
        ]
    )
    return points * np.where(np.arange(len(points)) % 2 == 0, grow, grow * 0.97)[:, None]


def _fillings(draw: Draw) -> list[tuple[str, Material, float, float]]:
    """(label, material, thickness, size against the bread), from below; at least two."""
    every = [
        ("ham", material("ham", "#e0989a"), 0.004, 1.02),
        ("cheese", material("cheese", "#ecb949"), 0.004, 1.05),
        ("lettuce", LETTUCE, 0.004, 1.07),
        ("tomato", material("tomato", "#cf4638"), 0.006, 0.93),
        ("patty", material("egg salad", "#efd88a"), 0.008, 0.95),
    ]
    kept = [filling for filling in every if draw.chance(0.6)]
    return kept if len(kept) > 1 else every[:3]


def _baguette(model: Assembly, draw: Draw) -> Assembly:
    """A long roll, cut open and filled."""
    half, wide = draw.between(0.09, 0.13), 0.034
    loaf = ellipsoid(half, 0.026, wide, sides=20)
    low = Solid(np.minimum(loaf.vertices, [9, 0.004, 9]), loaf.faces)
    high = Solid(np.maximum(loaf.vertices, [-9, 0.004, -9]), loaf.faces)
    model.add("lower half", low, CRUST)
    y = 0.003
    for label, stuff, thick, grow in _fillings(draw):
        outline = regular(26, 1.0) * [half * 0.94 * grow, wide * 1.02 * grow]
        model.add(
            label, prism(_wavy(outline, 1.0) if label == "lettuce" else outline, thick), stuff, [(0, y, 0)]
        )
        y += thick
    model.add("upper half", high, CRUST, [(0, y - 0.004, 0)])
    cut = ellipsoid(0.003, 0.002, 0.02, sides=8).turned("y", 25)
    model.add(
        "cut", cut, CRUMB, [(half * k, y + 0.024 * (1 - k * k) ** 0.5, 0) for k in (-0.5, -0.17, 0.17, 0.5)]
    )
    return model


def hot_dog(draw: Draw) -> Assembly:
    sausage = material(
        *draw.pick(("red", "#a94a36"), ("brown", "#9a5636"), ("pink", "#cc7466")), roughness=0.35
    )
    bun = material(*draw.pick(("bun", "#d79c55"), ("bun", "#c98742"), ("bun", "#e0b778")), roughness=0.85)
    style = draw.pick("mustard", "ketchup", "plain", "mustard")
    dog = Assembly({"style": style, "colour": sausage.name})
    dog.proportions = draw.stretch(0.1, "x", "yz")
    r, half = 0.0135, 0.078
    crease, sides = draw.pick((0.0, 8), (CREASE_DEG + 20, 16))
    side = ellipsoid(half * 0.93, 0.021, 0.019, sides=sides)
    dog.add("bun", side, bun, [(0, 0.021, 0.019), (0, 0.021, -0.019)], crease_deg=crease)
    dog.add(
        "bun bottom",
        ellipsoid(half * 0.85, 0.012, 0.024, sides=sides),
        lighter(bun, 0.25),
        [(0, 0.012, 0)],
        crease_deg=crease,
    )
    curve = [(-half * 1.1, 0.038, 0), (0, 0.031, 0), (half * 1.1, 0.038, 0)]
    dog.add(
        "sausage",
        sweep(
            spline(curve, 15),
            regular(sides, 1.0)[None] * (r * np.sqrt(1 - np.linspace(-1, 1, 15) ** 8) + 1e-4)[:, None, None],
        ),
        sausage,
        crease_deg=crease,
    )
    if style != "plain":
        x = np.linspace(-half * 0.9, half * 0.9, 36)
        y = 0.031 + 0.007 * (x / (half * 1.1)) ** 2 + r
        path = np.column_stack([x, y, 0.006 * np.sin(x / half * 16)])
        dog.add(
            style,
            tube(path, 0.0026, sides=6),
            material(*{"mustard": ("mustard", "#e4b93a"), "ketchup": ("ketchup", "#c2362c")}[style]),
        )
    if draw.chance(0.35):
        leaf = prism(_wavy(regular(20, 1.0) * [half * 0.95, 0.03], 1.0), 0.003)
        dog.add("lettuce", leaf, LETTUCE, [(0, 0.026, 0)])
    if draw.chance(0.25):
        dog.add(
            "tray",
            rounded_box(half * 2.2, 0.01, 0.085, 0.005),
            any_paint(draw, "brown", "orange"),
            [(0, -0.004, 0)],
        )
    return dog
