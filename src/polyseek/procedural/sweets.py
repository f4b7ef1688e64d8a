"""Sweets: cakes, donuts and ice."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.palette import any_paint, lighter, material, paint, wood
from polyseek.procedural.solids import (
    Solid,
    cylinder,
    ellipsoid,
    lathe,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip

Place = tuple[float, float, float]
CRUST = material("crust", "#c98f4e", roughness=0.9)
CHOCOLATE = material("chocolate", "#5b3a29", roughness=0.5)


def _sprinkles(model: Assembly, draw: Draw, count: int, place: Callable[[float, float], Place]) -> None:
    """Short bright sticks lying where `place(turn, share)` says, given as (x, y, z)."""
    colours = [any_paint(draw, "black", "brown", "grey") for _ in range(4)]
    stick = cylinder(0.0016, 0.008, sides=6).moved(0, -0.004).turned("x", 90)
    for i in range(count):
        at = place(draw.between(0, 2 * math.pi), draw.between(0, 1))
        model.add("sprinkle", stick.turned("y", draw.between(0, 180)), colours[i % 4], [at])


def donut(draw: Draw) -> Assembly:
    icing = draw.pick(paint("pink"), CHOCOLATE, paint("white"), paint("mint"), paint("blue"))
    sprinkled = draw.chance(0.7)
    donut = Assembly({"colour": icing.name, "sprinkled": sprinkled})
    donut.proportions = draw.stretch(0.12, "y")
    big, small = draw.between(0.033, 0.038), draw.between(0.016, 0.02)
    donut.add(
        "dough", torus(big, small, sides=36, around=16).scaled(1, 0.85, 1), CRUST, [(0, small * 0.85, 0)]
    )
    top = torus(big, small * 1.05, sides=48, around=20)
    points = top.vertices.copy()
    turn = np.arctan2(points[:, 2], points[:, 0])
    edge = small * (0.05 + 0.22 * np.sin(5 * turn) * np.sin(3 * turn + 1))
    points[:, 1] = np.maximum(points[:, 1], edge)
    donut.add("icing", Solid(points * [1, 0.85, 1], top.faces), icing, [(0, small * 0.9, 0)])
    if sprinkled:

        def place(angle: float, share: float) -> tuple[float, float, float]:
            across = (share - 0.5) * 1.7
            wide = big + small * math.sin(across)
            return (
                wide * math.cos(angle),
                small * 0.9 + small * 1.07 * 0.85 * math.cos(across),
                wide * math.sin(angle),
            )

        _sprinkles(donut, draw, 36, place)
    return donut


def ice_cream(draw: Draw) -> Assembly:
    scoops = draw.whole(1, 3)
    flavours = [
        draw.pick(
            ("vanilla", "#efe3c2"),
            ("strawberry", "#e59aa6"),
            ("chocolate", "#6d4a38"),
            ("mint", "#a9d8bd"),
            ("blueberry", "#8b86c0"),
        )
        for _ in range(scoops)
    ]
    stick = draw.chance(0.3)
    if stick:
        ice = Assembly({"style": "popsicle", "flavour": flavours[0][0]})
        slab = rounded_box(0.06, 0.11, 0.026, 0.012)
        ice.add("ice", slab, material(*flavours[0], roughness=0.5), [(0, 0.05, 0)])
        top = rounded_box(0.062, 0.055, 0.028, 0.013)
        ice.add("coating", top, CHOCOLATE, [(0, 0.106, 0)])
        ice.add("stick", rounded_box(0.014, 0.1, 0.003, 0.001), wood("birch"), [(0, -0.01, 0)])
        return ice
    ice = Assembly({"style": "cone", "flavour": flavours[0][0], "scoops": scoops})
    h, r = draw.between(0.1, 0.13), 0.028
    ice.add("cone", lathe([(0.002, 0), (r, h), (r * 0.9, h), (0, h * 0.9)], sides=24), CRUST)
    for i in range(4):
        y = h * (0.25 + 0.2 * i)
        ice.add(
            "cone ring",
            torus(0.002 + r * y / h, 0.0014, sides=24, around=6),
            lighter(CRUST, -0.2),
            [(0, y, 0)],
        )
    for i, flavour in enumerate(flavours):
        size = r * (1.18 - 0.1 * i)
        ice.add(
            "scoop",
            blob(draw, size, rough=0.05, sides=22),
            material(*flavour, roughness=0.8),
            [(0, h + size * 0.55 + i * size * 1.25, 0)],
        )
    top = h + r * (0.65 + 1.25 * (scoops - 1)) + r * 1.0
    if draw.chance(0.5):
        ice.add("cherry", sphere(0.009, sides=14), paint("red"), [(0, top + 0.004, 0)])
    if draw.chance(0.4):
        ice.add("wafer", cylinder(0.005, 0.07, sides=10).turned("z", -25), CRUST, [(0.008, top - 0.03, 0)])
    return ice


def cake(draw: Draw) -> Assembly:
    icing, filling = (
        any_paint(draw, "black", "grey", "navy"),
        draw.pick(CHOCOLATE, paint("cream"), paint("pink")),
    )
    tiers = draw.whole(1, 3)
    candles = draw.chance(0.5)
    cake = Assembly(
        {
            "colour": icing.name,
            "tiers": tiers,
            "style": "birthday" if candles else "wedding" if tiers == 3 else "plain",
        }
    )
    cake.add(
        "plate", lathe([(0, 0), (0.11, 0), (0.17, 0.012), (0.17, 0.016), (0, 0.01)], sides=40), paint("white")
    )
    y, r = 0.012, 0.14
    for _tier in range(tiers):
        h = draw.between(0.06, 0.08)
        cake.add(
            "sponge",
            lathe([(r * 0.98, 0), (r, 0.006), (r, h - 0.008), (r * 0.96, h), (0, h)], sides=40),
            icing,
            [(0, y, 0)],
        )
        cake.add("filling", cylinder(r * 1.006, 0.01, sides=40), filling, [(0, y + h * 0.45, 0)])
        drops = int(r * 2 * math.pi / 0.028)
        cake.spin(
            "cream drop",
            lathe([(0.011, 0), (0.012, 0.006), (0, 0.02)], sides=10).moved(r * 0.88, y + h),
            lighter(icing, 0.45),
            drops,
        )
        y, r = y + h, r * 0.66
    r /= 0.66
    if candles:
        count = draw.whole(3, 7)
        for i in range(count):
            turn = 2 * math.pi * i / count
            x, z = 0.5 * r * math.cos(turn), 0.5 * r * math.sin(turn)
            cake.add(
                "candle", cylinder(0.004, 0.05, sides=10), any_paint(draw, "black", "brown"), [(x, y, z)]
            )
            cake.add(
                "flame",
                ellipsoid(0.0035, 0.008, 0.0035, sides=8),
                material("flame", "#ffcb5c", glow=1.0),
                [(x, y + 0.058, z)],
            )
    else:
        cake.add("cherry", sphere(0.016, sides=16), paint("red"), [(0, y + 0.014, 0)])
    return cake
