"""Food: what bakers and cooks make."""

from __future__ import annotations

import math

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import leaf, lighter, material, paint, wood
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    loft,
    prism,
    rounded_box,
    torus,
)  # fmt: skip

CRUST = material("crust", "#c98f4e", roughness=0.9)


def burger(draw: Draw) -> Assembly:
    bun = lighter(material("bun", "#c98a45", roughness=0.8), draw.between(0.0, 0.15))
    cheese, double = draw.chance(0.7), draw.chance(0.35)
    burger = Assembly({"style": "double" if double else "single", "cheese": cheese})
    r, y = draw.between(0.05, 0.06), 0.0
    burger.add("lower bun", lathe([(r * 0.85, 0), (r, 0.008), (r * 0.98, 0.018), (0, 0.018)], sides=32), bun)
    y += 0.017
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    for _ in range(2 if double else 1):
        burger.add(
            "patty",
            lathe([(r * 0.95, 0), (r * 1.02, 0.006), (r * 0.98, 0.014), (0, 0.014)], sides=30),
            material("patty", "#6b4230", roughness=0.95),
            [(0, y, 0)],
        )
        y += 0.013
        if cheese:
            slice_ = rounded_box(r * 1.62, 0.003, r * 1.62, 0.001, steps=1)
            corners = slice_.vertices.copy()
            corners[:, 1] -= 0.6 * np.clip(np.hypot(corners[:, 0], corners[:, 2]) - r, 0, None)
            burger.add(
                "cheese",
                Solid(corners, slice_.faces).turned("y", draw.between(0, 90)),
                paint("yellow"),
                [(0, y, 0)],
            )
            y += 0.003
    if draw.chance(0.7):
        burger.add("tomato", cylinder(r * 0.9, 0.006, sides=30), paint("red"), [(0, y, 0)])
        y += 0.005
    wave = np.column_stack([np.cos(angles), 0.07 * np.sin(8 * angles), np.sin(angles)])
    rings = [
        wave * [r * k, r * 0.9 * (k > 0.9), r * k] + [0, h, 0]
        for k, h in ((0.2, 0.0), (1.1, 0.002), (1.1, 0.005), (0.2, 0.005))
    ]
    burger.add("lettuce", loft(np.stack(rings)), leaf("light green"), [(0, y, 0)])
    y += 0.004
    high = r * draw.between(0.6, 0.75)
    burger.add(
        "upper bun",
        lathe(
            [
                (0, 0),
                (r * 0.93, 0),
                (r, 0.006),
                *[(r * math.cos(t), 0.008 + high * math.sin(t)) for t in np.linspace(0.15, 1.45, 8)],
                (0, 0.008 + high),
            ],
            sides=32,
        ),
        bun,
        [(0, y, 0)],
    )
    for i in range(22):
        t, turn = 0.75 + 0.7 * draw.between(0, 1), 2.4 * i
        place = (
            r * math.cos(t) * math.cos(turn),
            y + 0.009 + high * math.sin(t),
            r * math.cos(t) * math.sin(turn),
        )
        burger.add(
            "sesame", ellipsoid(0.0022, 0.0011, 0.0013, sides=8).turned("y", 70 * i), paint("cream"), [place]
        )
    return burger


def pizza(draw: Draw) -> Assembly:
    topping = draw.pick("salami", "mushroom", "olive", "margherita")
    sliced = draw.chance(0.35)
    pizza = Assembly({"style": "slice" if sliced else "whole", "topping": topping})
    r, sweep_deg = draw.between(0.14, 0.17), 45.0 if sliced else 360.0
    inside = 0.85 * r

    def wedge(radius: float, height: float) -> Solid:
        if not sliced:
            return cylinder(radius, height, sides=44)
        angles = np.radians(np.linspace(-sweep_deg / 2, sweep_deg / 2, 10))
        return prism(
            np.concatenate([[(0, 0)], radius * np.column_stack([np.cos(angles), np.sin(angles)])]), height
        )

    pizza.add("dough", wedge(r * 0.97, 0.008), CRUST)
    pizza.add("sauce", wedge(r * 0.89, 0.0095), paint("red"))
    pizza.add("cheese", wedge(inside, 0.0115), material("cheese", "#ecc969", roughness=0.8))
    turns = np.radians(np.linspace(-sweep_deg / 2, sweep_deg / 2, 44))
    rim = np.column_stack([r * 0.94 * np.cos(turns), np.full(44, 0.01), r * 0.94 * np.sin(turns)])
    pizza.add(
        "rim",
        tube(rim, 0.0115, sides=10) if sliced else torus(r * 0.94, 0.0115, sides=44).moved(0, 0.01),
        CRUST,
    )
    pieces: dict[str, tuple[Solid, Material]] = {
        "salami": (cylinder(0.017, 0.003, sides=18), material("salami", "#b0453a")),
        "mushroom": (rounded_box(0.02, 0.004, 0.012, 0.002, steps=1), paint("cream")),
        "olive": (torus(0.007, 0.0035, sides=14, around=8).moved(0, 0.002), paint("black")),
        "margherita": (ellipsoid(0.016, 0.002, 0.009, sides=12).moved(0, 0.001), leaf("green")),
    }
    solid, skin = pieces[topping]
    count = 3 if sliced else 15
    for i in range(count):
        turn = math.radians(
            (draw.between(-0.28, 0.28) if sliced else i / count) * sweep_deg * (1 if sliced else 2.4 * 1.6)
        )
        share = (0.4 + 0.2 * i) if sliced else (0.25, 0.55, 0.8)[i % 3]
        pizza.add(
            topping,
            solid.turned("y", draw.between(0, 180)),
            skin,
            [(inside * share * math.cos(turn), 0.0112, inside * share * math.sin(turn))],
        )
    return pizza


def bread(draw: Draw) -> Assembly:
    crust = lighter(CRUST, draw.between(-0.15, 0.1))
    style = draw.pick("loaf", "baguette", "toast", "round")
    bread = Assembly({"style": style})
    bread.proportions = draw.stretch(0.12, "x", "yz")
    cut = lighter(CRUST, 0.55)
    if style == "toast":
        outline = np.concatenate(
            [
                [(-0.045, 0), (0.045, 0), (0.045, 0.055)],
                spline(
                    [(0.05, 0.065, 0), (0.045, 0.09, 0), (0, 0.1, 0), (-0.045, 0.09, 0), (-0.05, 0.065, 0)],
                    14,
                )[:, :2],
                [(-0.045, 0.055)],
            ]
        )
        bread.add("crust", extrusion(outline, 0.014), crust)
        bread.add("crumb", extrusion((outline - [0, 0.05]) * 0.9 + [0, 0.05], 0.0146), cut)
        return bread
    long, wide, tall = {"loaf": (0.2, 0.05, 0.1), "baguette": (0.5, 0.03, 0.05), "round": (0.2, 0.1, 0.1)}[
        style
    ]
    body = ellipsoid(long / 2, tall * 0.62, wide, sides=26)
    points = body.vertices.copy()
    points[:, 0] = (
        np.sign(points[:, 0])
        * long
        / 2
        * np.abs(points[:, 0] / (long / 2)) ** (0.75 if style == "loaf" else 0.9)
    )
    points[:, 1] = np.maximum(points[:, 1], -tall * 0.3)
    bread.add("crust", Solid(points, body.faces), crust, [(0, tall * 0.3, 0)])
    cuts = {"loaf": 3, "baguette": 6, "round": 3}[style]
    for i in range(cuts):
        x = (i - (cuts - 1) / 2) * long * 0.75 / cuts
        top = tall * 0.62 * math.sqrt(max(1 - (2 * x / long) ** 2, 0.05))
        slash = ellipsoid(long * 0.035 + 0.004, 0.006, wide * 0.7, sides=12).turned("y", 24)
        bread.add("slash", slash, cut, [(x, tall * 0.3 + top - 0.001, 0)])
    return bread


def cheese(draw: Draw) -> Assembly:
    skin = material(
        *draw.pick(("yellow", "#e8c24f"), ("orange", "#dd9a45"), ("white", "#efe6cd")), roughness=0.7
    )
    style = draw.pick("wedge", "wheel")
    cheese = Assembly({"style": style, "colour": skin.name})
    r, h = draw.between(0.09, 0.13), draw.between(0.05, 0.07)
    rind = lighter(skin, -0.2) if draw.chance(0.5) else paint("red")
    open_deg = 0.0 if style == "wedge" else 50.0
    start, stop = (-25.0, 25.0) if style == "wedge" else (open_deg / 2 - 90, 360 - open_deg / 2 - 90)
    angles = np.radians(np.linspace(start, stop, 40))
    edge = np.column_stack([np.cos(angles), np.sin(angles)])
    cheese.add("cheese", prism(np.concatenate([[(0, 0)], r * edge]), h), skin)
    cheese.add("rind", prism(np.concatenate([r * 1.02 * edge, (r * 0.985 * edge)[::-1]]), h), rind)
    turn = math.radians(start)
    for i in range(7):
        share, y = draw.between(0.25, 0.9), h * draw.between(0.2, 0.8)
        side = 1 if i % 2 else -1
        turn = math.radians(start if side < 0 else stop)
        hole = (
            ellipsoid(0.008, 0.008, 0.0012, sides=14)
            .scaled(draw.between(0.6, 1.2))
            .turned("y", -math.degrees(turn))
        )
        cheese.add(
            "hole",
            hole,
            lighter(skin, -0.3),
            [
                (
                    r * share * math.cos(turn),
                    y,
                    r * share * math.sin(turn),
                )
            ],
        )
    return cheese


def sushi(draw: Draw) -> Assembly:
    style = draw.pick("maki", "nigiri")
    fish = draw.pick(("salmon", "#e58a62"), ("tuna", "#c24c4f"), ("egg", "#ebc65c"), ("cucumber", "#7fae62"))
    sushi = Assembly({"style": style, "topping": fish[0]})
    sushi.proportions = draw.stretch(0.1, "x", "z")
    rice = material("rice", "#f0ede4", roughness=0.95)
    count = draw.whole(1, 3)
    sushi.add("board", rounded_box(0.16, 0.014, 0.09, 0.004), wood("pine"), [(0, -0.014, 0)])
    for i in range(count):
        x = (i - (count - 1) / 2) * 0.048
        if style == "maki":
            sushi.add(
                "seaweed",
                lathe(
                    [(0.019, 0), (0.02, 0.002), (0.02, 0.03), (0.0185, 0.0305), (0.0185, 0), (0.019, 0)],
                    sides=26,
                ),
                material("seaweed", "#2f3f35", roughness=0.8),
                [(x, 0, 0)],
            )
            sushi.add(
                "rice",
                lathe([(0.0187, 0), (0.0187, 0.031), (0.012, 0.033), (0, 0.032)], sides=26),
                rice,
                [(x, 0, 0)],
            )
            sushi.add("filling", cylinder(0.0075, 0.0345, sides=5), material(*fish), [(x, 0, 0)])
        else:
            sushi.add("rice", rounded_box(0.03, 0.024, 0.06, 0.011), rice, [(x, 0, 0)])
            top = rounded_box(0.034, 0.01, 0.072, 0.0045)
            bent = top.vertices.copy()
            bent[:, 1] -= 5.5 * bent[:, 2] ** 2
            sushi.add("topping", Solid(bent, top.faces), material(*fish, roughness=0.4), [(x, 0.0225, 0)])
            for k in range(3):
                stripe = box(0.034, 0.0006, 0.002).turned("y", 20)
                z = (k - 1) * 0.018
                sushi.add("stripe", stripe, lighter(material(*fish), 0.5), [(x, 0.0323 - 5.5 * z * z, z)])
    return sushi
