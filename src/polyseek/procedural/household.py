"""Household: lamps, clocks, books and what else stands about in a room."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import arc, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, any_wood, lighter, material, metal, paint, wood
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    lathe,
    loft,
    merged,
    rounded_box,
    sphere,
    torus,
)


def lamp(draw: Draw) -> Assembly:
    tall = draw.chance(0.5)
    foot, shade = any_metal(draw) if draw.chance(0.5) else any_wood(draw), any_paint(draw, "black")
    lamp = Assembly({"style": "floor" if tall else "table", "colour": shade.name, "material": foot.name})
    height = draw.between(1.3, 1.6) if tall else draw.between(0.35, 0.5)
    r = draw.between(0.17, 0.24) if tall else draw.between(0.11, 0.16)
    if tall and draw.chance(0.5):
        for i in range(3):
            leg = tube([(0, height * 0.75, 0), (0.28, 0, 0)], [0.012, 0.016], sides=10).turned("y", 120 * i)
            lamp.add("leg", leg, foot)
        lamp.add("stem", cylinder(0.014, height * 0.3, sides=12), foot, [(0, height * 0.7, 0)])
    else:
        lamp.add("foot", lathe([(r * 0.75, 0), (r * 0.75, 0.015), (r * 0.2, 0.03)]), foot)
        if tall or draw.chance(0.4):
            lamp.add("stem", cylinder(0.012, height, sides=12), foot)
        else:
            knots = [(0.2, 0), (0.5, 0.2), (0.55, 0.35), (0.25, 0.6), (0.12, 0.8), (0.12, 1)]
            lamp.add("stem", lathe([(r * a, 0.02 + height * y) for a, y in knots]), foot)
    high, narrow = r * draw.between(1.1, 1.6), draw.between(0.45, 1.0)
    wall = [(r, 0), (r * narrow, high), (r * narrow - 0.004, high), (r - 0.004, 0), (r, 0)]
    glowing = material(shade.name, _hex(shade.base_colour), roughness=0.9, glow=0.25)
    lamp.add("shade", lathe(wall, sides=36), glowing, [(0, height - high * 0.35, 0)])
    lamp.add(
        "bulb",
        sphere(r * 0.28, sides=14),
        material("light", "#fff1c9", glow=0.9),
        [(0, height + high * 0.15, 0)],
    )
    return lamp


def _hex(colour: tuple[float, float, float, float]) -> str:
    """ "#rrggbb" of linear light."""
    levels = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in colour[:3])
    return "#" + "".join(f"{round(255 * level):02x}" for level in levels)


def clock(draw: Draw) -> Assembly:
    frame, face = any_wood(draw) if draw.chance(0.4) else any_paint(draw), paint(draw.pick("white", "cream"))
    r = draw.between(0.12, 0.18)
    alarm = draw.chance(0.4)
    clock = Assembly({"style": "alarm" if alarm else "wall", "colour": frame.name})
    disc = cylinder(r * 0.94, 0.03, sides=40).turned("x", 90)
    clock.add("face", disc.moved(0, r, 0), face)
    clock.add("rim", torus(r * 0.95, r * 0.09, sides=40).turned("x", 90).moved(0, r, 0.02), frame)
    clock.add("back", cylinder(r * 0.97, 0.03, sides=40).turned("x", 90).moved(0, r, -0.01), frame)
    for hour in range(12):
        long = 0.13 if hour % 3 == 0 else 0.07
        mark = box(r * 0.035, r * long, 0.003).moved(0, r * (0.82 - long)).turned("z", 30 * hour)
        clock.add("hour mark", mark.moved(0, r, 0.031), paint("black"))
    hour, minute = draw.whole(0, 11), draw.whole(0, 11)
    for name, reach, turn, wide in (
        ("hour hand", 0.48, 30 * hour + 2.5 * minute, 0.06),
        ("minute hand", 0.7, 30 * minute, 0.04),
    ):
        clock.add(name, box(r * wide, r * reach, 0.004).turned("z", -turn).moved(0, r, 0.034), paint("black"))
    clock.add("pin", cylinder(r * 0.05, 0.012, sides=14).turned("x", 90).moved(0, r, 0.03), paint("red"))
    if alarm:
        bell = dome(r * 0.32, r * 0.24).moved(0, r * 1.02)
        clock.both("bell", bell.turned("z", -32).moved(0, r, 0.01), metal("brass"))
        clock.both("foot", tube([(r * 0.5, r * 0.25, 0.01), (r * 0.72, -r * 0.12, 0.01)], r * 0.06), frame)
    return clock


def vase(draw: Draw) -> Assembly:
    glaze = any_paint(draw)
    style = draw.pick("slender", "bulbous", "amphora", "flared")
    vase = Assembly({"style": style, "material": "ceramic", "colour": glaze.name})
    h = draw.between(0.22, 0.4)
    shape = {
        "slender": [(0.5, 0), (0.6, 0.2), (0.65, 0.55), (0.4, 0.8), (0.35, 0.93), (0.45, 1)],
        "bulbous": [(0.4, 0), (0.85, 0.2), (1.0, 0.42), (0.7, 0.7), (0.3, 0.82), (0.32, 0.92), (0.45, 1)],
        "amphora": [
            (0.25, 0),
            (0.3, 0.03),
            (0.6, 0.35),
            (0.8, 0.62),
            (0.6, 0.78),
            (0.3, 0.86),
            (0.28, 0.95),
            (0.4, 1),
        ],
        "flared": [(0.45, 0), (0.4, 0.2), (0.35, 0.4), (0.42, 0.65), (0.6, 0.88), (0.8, 1)],
    }[style]
    wide = h * draw.between(0.32, 0.45)
    curve = spline([(r * wide, y * h, 0) for r, y in shape], 22)
    outer = [(float(x), float(y)) for x, y, _ in curve]
    vase.add(
        "body",
        lathe(
            [(0, 0), *outer, (outer[-1][0] - 0.006, h), (outer[-4][0] - 0.006, h * 0.9), (0, h * 0.88)],
            sides=36,
        ),
        glaze,
    )
    if style == "amphora":
        ear = spline(
            [
                (0.28 * wide, h * 0.95, 0),
                (0.85 * wide, h * 0.95, 0),
                (0.95 * wide, h * 0.8, 0),
                (0.72 * wide, h * 0.68, 0),
            ],
            14,
        )
        vase.both("handle", tube(ear, h * 0.018), glaze)
    if draw.chance(0.5):
        band = any_paint(draw)
        vase.attributes["banded"] = True
        k = draw.whole(8, 13)
        vase.add(
            "band",
            lathe(
                [
                    (outer[k - 2][0] + 0.001, outer[k - 2][1]),
                    (outer[k][0] + 0.0015, outer[k][1]),
                    (outer[k + 2][0] + 0.001, outer[k + 2][1]),
                ],
                sides=36,
            ),
            band,
        )
    return vase


def candle(draw: Draw) -> Assembly:
    wax, holder = any_paint(draw, "black", "brown"), any_metal(draw)
    count = draw.pick(1, 1, 3)
    candle = Assembly(
        {"style": "candelabra" if count == 3 else "candlestick", "colour": wax.name, "material": holder.name}
    )
    stem = draw.between(0.12, 0.22)
    candle.add(
        "holder",
        lathe(
            [
                (0.05, 0),
                (0.05, 0.008),
                (0.015, 0.02),
                (0.008, 0.06),
                (0.016, stem * 0.5),
                (0.008, stem * 0.8),
                (0.024, stem),
            ]
        ),
        holder,
    )
    xs = (0.0,) if count == 1 else (-0.09, 0.0, 0.09)
    if count == 3:
        arm = spline([(0, stem * 0.6, 0), (0.06, stem * 0.55, 0), (0.09, stem * 0.8, 0), (0.09, stem, 0)], 14)
        candle.both("arm", tube(arm, 0.006), holder)
    height = draw.between(0.08, 0.16)
    for x in xs:
        candle.add(
            "cup",
            lathe([(0.012, 0), (0.024, 0.008), (0.024, 0.014), (0.012, 0.016)], sides=18),
            holder,
            [(x, stem, 0)],
        )
        candle.add("candle", cylinder(0.012, height, sides=18), wax, [(x, stem + 0.01, 0)])
        flame = lathe([(0, 0), (0.006, 0.008), (0.0065, 0.013), (0.003, 0.025), (0, 0.034)], sides=12)
        candle.add("flame", flame, material("flame", "#ffc95c", glow=1.0), [(x, stem + height + 0.014, 0)])
        candle.add("wick", cylinder(0.001, 0.008, sides=6), paint("black"), [(x, stem + height + 0.009, 0)])
    return candle


def bucket(draw: Draw) -> Assembly:
    wooden = draw.chance(0.4)
    body = any_wood(draw) if wooden else any_paint(draw)
    bucket = Assembly({"material": "wooden" if wooden else "metal", "colour": body.name})
    r, h = draw.between(0.12, 0.16), draw.between(0.22, 0.3)
    shape = [(0, 0), (r * 0.76, 0), (r, h), (r - 0.008, h), (r * 0.76 - 0.008, 0.01), (0, 0.01)]
    bucket.add(
        "wall",
        lathe(
            shape,
            sides=14 if wooden else 36,
        ),
        body,
    )
    hoop = metal("iron") if wooden else lighter(body, -0.25)
    for y in (0.18, 0.8) if wooden else (0.97,):
        around = r * (0.76 + 0.24 * y) if wooden else r * 0.995
        bucket.add("hoop", torus(around, 0.005, sides=36, around=8), hoop, [(0, h * y, 0)])
    up = draw.chance(0.6)
    bail = arc(r * 1.0, 0, 180, 22)
    solid = tube(bail, 0.004, sides=8).scaled(1, 1.1, 1)
    bucket.add(
        "handle",
        solid.moved(0, h * 0.96) if up else solid.turned("x", 105).moved(0, h * 0.96),
        metal("steel"),
    )
    return bucket


def umbrella(draw: Draw) -> Assembly:
    cloth, second = any_paint(draw), any_paint(draw)
    striped = draw.chance(0.5)
    panels = 8
    umbrella = Assembly({"style": "striped" if striped else "plain", "colour": cloth.name})
    umbrella.proportions = draw.stretch(0.08, "xz", "y")
    r, h, depth = draw.between(0.5, 0.62), 0.85, draw.between(0.2, 0.3)
    umbrella.add("shaft", cylinder(0.008, h + 0.06, sides=10), metal("steel"), [(0, 0.02, 0)])
    hook = spline([(0, 0.06, 0), (0, -0.04, 0), (0.03, -0.08, 0), (0.065, -0.05, 0), (0.065, -0.02, 0)], 14)
    umbrella.add("handle", tube(hook, 0.013), any_wood(draw))
    for i in range(panels):
        panel = _umbrella_panel(r, depth, 360 / panels)
        umbrella.add(
            "panel", panel.turned("y", 360 * i / panels).moved(0, h), second if striped and i % 2 else cloth
        )
    umbrella.add("tip", cone(0.012, 0.06, sides=10), metal("steel"), [(0, h, 0)])
    return umbrella


def _umbrella_panel(radius: float, depth: float, width_deg: float) -> Solid:
    """One gore of a canopy with its apex at the origin: thin, sagging at the outer edge."""
    rows: list[np.ndarray] = []
    for t in np.linspace(0.03, 1, 7):
        angles = np.radians(np.linspace(0, width_deg, 5))
        sag = 1 - 0.06 * t * np.sin(np.linspace(0, np.pi, 5))
        fall = -depth * t**2 * np.ones(5)
        top = np.column_stack([radius * t * sag * np.cos(angles), fall, -radius * t * sag * np.sin(angles)])
        rows.append(np.concatenate([top, (top - [0, 0.004, 0])[::-1]]))
    return loft(np.stack(rows))


def television(draw: Draw) -> Assembly:
    retro = draw.chance(0.4)
    body = any_wood(draw) if retro else paint(draw.pick("black", "grey", "white"))
    tv = Assembly({"style": "retro" if retro else "flat", "colour": body.name})
    tv.proportions = draw.stretch(0.12, "x", "y")
    screen = material("screen", draw.pick("#3d5a66", "#27323b", "#4a6d78"), roughness=0.15)
    if retro:
        w, h, d = 0.6, 0.44, 0.38
        tv.add("case", rounded_box(w, h, d, 0.04), body, [(0, 0.14, 0)])
        tv.add(
            "bezel",
            rounded_box(w * 0.68, h * 0.82, 0.03, 0.014),
            paint("cream"),
            [(-w * 0.11, 0.14 + h * 0.09, d / 2 - 0.01)],
        )
        tv.add(
            "screen",
            rounded_box(w * 0.6, h * 0.7, 0.05, 0.024),
            screen,
            [(-w * 0.11, 0.14 + h * 0.15, d / 2 - 0.015)],
        )
        for y in (0.75, 0.52):
            tv.add(
                "dial",
                cylinder(0.03, 0.03, sides=18).turned("x", 90).moved(w * 0.36, 0.14 + h * y, d / 2),
                metal("silver"),
            )
        tv.add(
            "leg",
            cylinder(0.01, 0.15, top=0.018, sides=12),
            any_wood(draw),
            [(x, 0, z) for x in (-0.22, 0.22) for z in (-0.13, 0.13)],
        )
        for side in (-1, 1):
            tv.add(
                "antenna", tube([(0, 0.14 + h, 0), (side * 0.16, 0.4 + h, 0)], 0.004, sides=8), metal("steel")
            )
    else:
        w = draw.between(0.9, 1.3)
        h = w * 9 / 16
        tv.add("case", rounded_box(w, h, 0.05, 0.012), body, [(0, 0.1, 0)])
        tv.add("screen", box(w - 0.04, h - 0.04, 0.004), screen, [(0, 0.12, 0.026)])
        tv.add("neck", box(0.12, 0.12, 0.03), body, [(0, 0.01, -0.01)])
        tv.add("foot", rounded_box(w * 0.45, 0.016, 0.24, 0.007), body)
    return tv


def book(draw: Draw) -> Assembly:
    cover = any_paint(draw, "white", "cream")
    count = draw.pick(1, 1, 2, 3)
    book = Assembly({"style": "stack" if count > 1 else "single", "colour": cover.name, "count": count})
    y = 0.0
    for i in range(count):
        w, d, thick = draw.between(0.13, 0.18), draw.between(0.19, 0.25), draw.between(0.02, 0.045)
        skin = cover if i == 0 else any_paint(draw, "white", "cream")
        turn = 0.0 if i == 0 else draw.between(-22, 22)
        board = merged(
            box(w, 0.003, d), box(w, 0.003, d).moved(0, thick - 0.003), box(0.003, thick, d).moved(-w / 2)
        )
        pages = box(w - 0.008, thick - 0.006, d - 0.01).moved(-0.002, 0.003)
        book.add("cover", board.turned("y", turn), skin, [(0, y, 0)])
        book.add("pages", pages.turned("y", turn), paint("cream"), [(0, y, 0)])
        strip = box(w * 0.7, 0.001, d * 0.1).moved(0, thick, -d * 0.25)
        book.add("title", strip.turned("y", turn), metal("gold"), [(0, y, 0)])
        y += thick
    return book


def broom(draw: Draw) -> Assembly:
    stick, bristle = (
        any_wood(draw),
        material("straw", draw.pick("#d9b56a", "#c9a04f", "#e0c489"), roughness=0.95),
    )
    witch = draw.chance(0.5)
    broom = Assembly({"style": "witch" if witch else "house", "material": "wooden", "wood": stick.name})
    length = draw.between(0.8, 1.1)
    broom.add("stick", cylinder(0.012, length, sides=12), stick, [(0, 0.3, 0)])
    if witch:
        broom.add(
            "bristles",
            lathe([(0.1, 0), (0.095, 0.08), (0.06, 0.24), (0.022, 0.34), (0.014, 0.42)], sides=14),
            bristle,
        )
        broom.add("binding", torus(0.03, 0.009), paint("red"), [(0, 0.315, 0)])
    else:
        broom.add("head", rounded_box(0.34, 0.05, 0.07, 0.015), stick, [(0, 0.26, 0)])
        for i in range(9):
            broom.add("tuft", cylinder(0.026, 0.27, top=0.014, sides=8), bristle, [((i - 4) * 0.037, 0, 0)])
    return broom


def basket(draw: Draw) -> Assembly:
    cane = wood(draw.pick("oak", "pine", "walnut", "birch"))
    r, h, rows = draw.between(0.16, 0.22), draw.between(0.14, 0.22), draw.whole(5, 7)
    basket = Assembly({"style": "woven", "material": "wicker", "wood": cane.name})
    basket.add("floor", cylinder(r * 0.8, 0.012, sides=32), cane)
    for i in range(rows):
        t = i / (rows - 1)
        weave = lighter(cane, 0.15) if i % 2 else cane
        basket.add(
            "weave",
            torus(r * (0.8 + 0.2 * t), h / rows * 0.52, sides=32, around=8),
            weave,
            [(0, 0.012 + (h - 0.012) * t, 0)],
        )
    loop = arc(r, 0, 180, 24)
    basket.add(
        "handle",
        tube(loop * [1, draw.between(1.0, 1.3), 1], 0.012, sides=8),
        lighter(cane, -0.1),
        [(0, h, 0)],
    )
    if draw.chance(0.4):
        basket.attributes["filled_with"] = "eggs"
        for i in range(6):
            turn = math.radians(60 * i)
            place = (r * 0.5 * math.cos(turn), h * 0.85, r * 0.5 * math.sin(turn))
            basket.add("egg", sphere(r * 0.24, sides=14).scaled(0.85, 1.1, 0.85), paint("cream"), [place])
    return basket
