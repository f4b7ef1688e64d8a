"""Kitchenware: what stands on a table or a stove, and what one eats with."""

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
    glass,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    cylinder,
    dome,
    ellipsoid,
    extrusion,
    lathe,
    prism,
    rounded_box,
    sphere,
    torus,
)


def mug(draw: Draw) -> Assembly:
    glaze = any_paint(draw)
    mug = Assembly({"material": "ceramic", "colour": glaze.name})
    r, h, wall = draw.between(0.036, 0.046), draw.between(0.08, 0.11), 0.004
    foot, belly = draw.between(0.75, 1.0), draw.between(0.97, 1.1)
    outer = [(0, 0), (r * foot, 0), (r * foot, 0.003), (r * belly, h * 0.45), (r, h)]
    inner = [(r - wall, h), (r * belly - wall, h * 0.45), (r * foot - wall, 0.006), (0, 0.006)]
    mug.add("cup", lathe(outer + inner, sides=32), glaze)
    reach = draw.between(0.022, 0.03)
    x = r * 0.97
    loop = spline([(x, h * 0.8, 0), (x + reach, h * 0.74, 0), (x + reach, h * 0.36, 0), (x, h * 0.26, 0)], 14)
    mug.add("handle", tube(loop, 0.0048), glaze)
    if draw.chance(0.5):
        drink = draw.pick(("coffee", "#4a2f22"), ("tea", "#a5622f"), ("milk", "#efe9db"))
        mug.attributes["filled_with"] = drink[0]
        mug.add(
            "drink", cylinder(r - wall, 0.002, sides=32), material(*drink, roughness=0.2), [(0, h * 0.82, 0)]
        )
    return mug


def bottle(draw: Draw) -> Assembly:
    tint = draw.pick(("green", "#4f7f5a"), ("brown", "#7a4a2a"), ("clear", "#cfe3e6"), ("blue", "#4d7ba6"))
    kind = draw.pick("wine", "beer", "milk", "oil")
    bottle = Assembly({"style": kind, "colour": tint[0], "material": "glass"})
    r, h = {"wine": (0.038, 0.3), "beer": (0.031, 0.23), "milk": (0.043, 0.22), "oil": (0.034, 0.27)}[kind]
    r, h = r * draw.between(0.92, 1.08), h * draw.between(0.95, 1.05)
    shoulder = {"wine": 0.62, "beer": 0.5, "milk": 0.55, "oil": 0.45}[kind]
    neck = r * {"wine": 0.37, "beer": 0.4, "milk": 0.58, "oil": 0.3}[kind]
    lip = neck * 1.18
    profile = [(0, 0), (r * 0.92, 0), (r, 0.006), (r, h * shoulder), (r * 0.9, h * (shoulder + 0.06))]
    profile += [(neck * 1.3, h * (shoulder + 0.16)), (neck, h * (shoulder + 0.22)), (neck, h * 0.95)]
    profile += [(lip, h * 0.95), (lip, h * 0.985), (neck * 0.8, h)]
    bottle.add("glass", lathe([*profile, (0, h)], sides=28), glass(tint[1], 0.8))
    label = any_paint(draw, "black")
    if draw.chance(0.7):
        low = h * draw.between(0.12, 0.2)
        bottle.add("label", cylinder(r * 1.012, h * 0.24, sides=28), label, [(0, low, 0)])
    bottle.add(
        "cap",
        cylinder(lip * 1.04, h * 0.05, sides=20),
        paint("white") if kind == "milk" else label,
        [(0, h * 0.965, 0)],
    )
    return bottle


def plate(draw: Draw) -> Assembly:
    glaze, rim = any_paint(draw, "black"), any_paint(draw)
    r = draw.between(0.09, 0.15)
    deep = draw.between(0.015, 0.035)
    plate = Assembly(
        {"material": "ceramic", "colour": glaze.name, "style": "soup" if deep > 0.026 else "flat"}
    )
    outer = [(0, 0), (r * 0.55, 0), (r * 0.62, 0.004), (r * 0.72, deep * 0.7), (r, deep)]
    inner = [(r, deep + 0.003), (r * 0.7, deep * 0.7 + 0.004), (r * 0.6, 0.007), (0, 0.006)]
    plate.add("plate", lathe(outer + inner, sides=48), glaze)
    if draw.chance(0.6):
        plate.attributes["rim"] = rim.name
        plate.add("rim", torus(r, 0.0028, sides=48, around=8), rim, [(0, deep + 0.0015, 0)])
    return plate


def bowl(draw: Draw) -> Assembly:
    wooden = draw.chance(0.3)
    body = any_wood(draw) if wooden else any_paint(draw)
    bowl = Assembly({"material": "wooden" if wooden else "ceramic", "colour": body.name})
    r, h, wall = draw.between(0.07, 0.14), draw.between(0.05, 0.09), 0.005
    steep = draw.between(0.5, 0.8)
    curve = [
        (r * (0.4 + 0.6 * math.sin(t) ** steep), h * (1 - math.cos(t)))
        for t in (0.25, 0.5, 0.8, 1.1, 1.35, 1.57)
    ]
    outer = [(0, 0), (r * 0.38, 0), (r * 0.42, 0.008), *[(x, y + 0.008) for x, y in curve]]
    inner = [(x - wall, y + 0.014) for x, y in reversed(curve)]
    bowl.add("bowl", lathe([*outer, *inner, (0, 0.016)], sides=40), body)
    if draw.chance(0.4):
        fruit = draw.pick(("oranges", "orange"), ("apples", "red"), ("limes", "green"))
        bowl.attributes["filled_with"] = fruit[0]
        size = r * 0.36
        places = [
            (size * 1.1, h * 0.75, 0.0),
            (-size * 0.6, h * 0.75, size),
            (-size * 0.6, h * 0.75, -size),
            (0, h * 0.75 + size * 1.3, 0),
        ]
        bowl.add("fruit", sphere(size, sides=16), paint(fruit[1]), [(x, y, z) for x, y, z in places])
    return bowl


def wine_glass(draw: Draw) -> Assembly:
    kind = draw.pick("wine", "champagne", "martini")
    r, h = {"wine": (0.04, 0.1), "champagne": (0.026, 0.14), "martini": (0.055, 0.06)}[kind]
    r, h, stem = r * draw.between(0.9, 1.1), h * draw.between(0.9, 1.1), draw.between(0.07, 0.1)
    wine_glass = Assembly({"style": kind, "material": "glass"})
    if kind == "martini":
        cup = [(0.003, 0), (r, h)]
    else:
        cup = [(0.003, 0), (r * 0.6, h * 0.1), (r * 0.95, h * 0.35), (r, h * 0.5), (r * 0.84, h)]
    outer = [
        (0, 0),
        (0.035, 0),
        (0.033, 0.003),
        (0.004, 0.01),
        (0.003, stem),
        *[(x, y + stem) for x, y in cup[1:]],
    ]
    inner = [(max(x - 0.0015, 0), y + stem + 0.003) for x, y in reversed(cup[:-1])]
    wine_glass.add("glass", lathe([*outer, *inner, (0, stem + 0.003)], sides=32), glass("#c9dfe6", 0.5))
    if draw.chance(0.75):
        drink = draw.pick(("red wine", "#7d2436"), ("white wine", "#e3cf7d"), ("rose", "#e39a8e"))
        wine_glass.attributes["filled_with"] = drink[0]
        level = draw.between(0.4, 0.6)
        lower = [(x * 0.93, y + stem + 0.004) for x, y in cup if y < h * level]
        width = np.interp(h * level, [y for _, y in cup], [x for x, _ in cup]) * 0.93
        wine_glass.add(
            "drink",
            lathe([*lower, (float(width), h * level + stem)], sides=32),
            material(*drink, roughness=0.2),
        )
    return wine_glass


def teapot(draw: Draw) -> Assembly:
    glaze = any_paint(draw)
    knob = any_paint(draw) if draw.chance(0.4) else glaze
    r, squash = draw.between(0.075, 0.1), draw.between(0.75, 1.0)
    teapot = Assembly(
        {"material": "ceramic", "colour": glaze.name, "style": "round" if squash > 0.87 else "squat"}
    )
    h = 2 * r * squash
    body = [
        (0, 0),
        (r * 0.6, 0),
        (r * 0.66, 0.006),
        (r * 0.93, h * 0.25),
        (r, h * 0.45),
        (r * 0.9, h * 0.7),
        (r * 0.55, h * 0.93),
        (r * 0.5, h * 0.95),
        (0, h * 0.95),
    ]
    teapot.add("body", lathe(body, sides=36), glaze)
    lid = [(0, 0), (r * 0.56, 0), (r * 0.54, 0.006), (r * 0.3, r * 0.2), (0, r * 0.25)]
    teapot.add("lid", lathe(lid, sides=32), glaze, [(0, h * 0.95, 0)])
    teapot.add("knob", ellipsoid(r * 0.13, r * 0.11, r * 0.13, sides=14), knob, [(0, h * 0.95 + r * 0.33, 0)])
    spout = spline(
        [(r * 0.8, h * 0.3, 0), (r * 1.35, h * 0.42, 0), (r * 1.5, h * 0.7, 0), (r * 1.8, h * 0.93, 0)], 14
    )
    teapot.add("spout", tube(spout, [r * 0.24, r * 0.17, r * 0.12, r * 0.1], sides=14), glaze)
    if draw.chance(0.6):
        loop = [
            (-r * 0.88, h * 0.7, 0),
            (-r * 1.5, h * 0.75, 0),
            (-r * 1.55, h * 0.4, 0),
            (-r * 0.92, h * 0.22, 0),
        ]
    else:
        loop = [
            (-r * 0.6, h * 0.8, 0),
            (-r * 0.75, h * 1.3, 0),
            (0, h * 1.55, 0),
            (r * 0.75, h * 1.3, 0),
            (r * 0.6, h * 0.8, 0),
        ]
        teapot.attributes["handle"] = "top-handled"
    teapot.add("handle", tube(spline(loop, 18), r * 0.085), knob)
    return teapot


def pan(draw: Draw) -> Assembly:
    steel = any_metal(draw) if draw.chance(0.5) else any_paint(draw, "white", "cream", "pink")
    grip = any_wood(draw) if draw.chance(0.5) else rubber()
    r, h = draw.between(0.1, 0.15), draw.between(0.035, 0.06)
    pan = Assembly({"style": "frying", "material": "metal", "colour": steel.name})
    outer = [
        (0, 0),
        (r * 0.8, 0),
        (r * 0.86, 0.004),
        (r, h),
        (r - 0.004, h),
        (r * 0.85 - 0.004, 0.008),
        (0, 0.007),
    ]
    pan.add("pan", lathe(outer, sides=40), steel)
    length = draw.between(0.17, 0.24)
    pan.add("neck", tube([(r * 0.95, h * 0.8, 0), (r + 0.05, h, 0)], 0.009, flatten=0.5), metal("steel"))
    pan.add(
        "handle",
        tube(
            [(r + 0.03, h * 0.96, 0), (r + length * 0.5, h * 1.25, 0), (r + length, h * 1.4, 0)],
            [0.01, 0.015, 0.013],
            flatten=0.6,
        ),
        grip,
    )
    if draw.chance(0.35):
        pan.attributes["filled_with"] = "egg"
        white = prism(regular(18, 0.05) * (1 + 0.12 * draw.rng.standard_normal((18, 1))), 0.004)
        pan.add("egg white", white, paint("white"), [(0, 0.008, 0)])
        pan.add("egg yolk", dome(0.018, 0.012, sides=18), paint("yellow"), [(0, 0.011, 0)])
    return pan


def pot(draw: Draw) -> Assembly:
    body = any_metal(draw) if draw.chance(0.5) else any_paint(draw)
    grip = any_wood(draw) if draw.chance(0.3) else rubber()
    r, h = draw.between(0.09, 0.14), draw.between(0.09, 0.18)
    pot = Assembly({"style": "cooking", "material": "metal", "colour": body.name})
    wall = [
        (0, 0),
        (r * 0.95, 0),
        (r, 0.006),
        (r, h - 0.005),
        (r * 1.03, h),
        (r * 0.97, h),
        (r * 0.97, 0.008),
        (0, 0.008),
    ]
    pot.add("pot", lathe(wall, sides=40), body)
    ear = spline(
        [
            (r * 0.98, h * 0.75, 0.045),
            (r + 0.035, h * 0.78, 0.03),
            (r + 0.035, h * 0.78, -0.03),
            (r * 0.98, h * 0.75, -0.045),
        ],
        12,
    )
    pot.both("ear", tube(ear, 0.006, sides=8), grip)
    if draw.chance(0.7):
        pot.attributes["lidded"] = True
        lid = [(0, 0), (r * 1.03, 0), (r * 1.03, 0.006), (r * 0.6, 0.022), (0, 0.03)]
        pot.add("lid", lathe(lid, sides=40), lighter(body, 0.12), [(0, h, 0)])
        pot.add(
            "knob",
            lathe([(0, 0), (0.007, 0), (0.007, 0.012), (0.018, 0.018), (0.015, 0.026), (0, 0.027)], sides=16),
            grip,
            [(0, h + 0.027, 0)],
        )
    return pot


def knife(draw: Draw) -> Assembly:
    grip = any_wood(draw) if draw.chance(0.6) else any_paint(draw, "white")
    kind = draw.pick("chef", "bread", "cleaver")
    length = draw.between(0.16, 0.22)
    wide = {"chef": 0.045, "bread": 0.032, "cleaver": 0.085}[kind]
    knife = Assembly({"style": kind, "material": "steel", "colour": grip.name})
    if kind == "cleaver":
        outline = [(0, 0), (length, 0), (length, wide), (0.01, wide), (0, wide * 0.6)]
    elif kind == "chef":
        outline = [
            (0, 0),
            (0.0, 0),
            (length * 0.5, 0.004),
            (length * 0.8, 0.014),
            (length, wide * 0.7),
            (length * 0.6, wide * 0.96),
            (0, wide),
        ][1:]
    else:
        teeth = [(length * i / 24, 0.0 if i % 2 else 0.0035) for i in range(22)]
        outline = [*teeth, (length, wide * 0.5), (length * 0.93, wide), (0, wide)]
    knife.add("blade", extrusion(np.array(outline), 0.0025), metal("steel"))
    handle = rounded_box(0.11, wide * 0.55 if kind != "cleaver" else 0.03, 0.018, 0.007)
    knife.add(
        "handle", handle, grip, [(-0.055, wide * 0.96 - (wide * 0.55 if kind != "cleaver" else 0.032), 0)]
    )
    rivet = cylinder(0.003, 0.0195, sides=10).turned("x", 90).moved(z=-0.00975)
    y = wide * 0.96 - (wide * 0.27 if kind != "cleaver" else 0.017)
    knife.add("rivet", rivet, metal("silver"), [(-0.025, y, 0), (-0.055, y, 0), (-0.085, y, 0)])
    return knife


def fork(draw: Draw) -> Assembly:
    body = metal(draw.pick("steel", "silver", "gold")) if draw.chance(0.75) else any_wood(draw)
    tines = draw.whole(3, 4)
    fork = Assembly({"style": f"{'three' if tines == 3 else 'four'}-tined", "material": body.name})
    fork.proportions = draw.stretch(0.1, "x", "z")
    length, wide = draw.between(0.17, 0.21), draw.between(0.022, 0.028)
    stem = [(-length * 0.62, 0.004, 0), (-length * 0.3, 0.012, 0), (0, 0.004, 0)]
    fork.add("handle", tube(spline(stem, 14), [0.007, 0.006, 0.004, 0.003, 0.004], flatten=0.4), body)
    palm = np.array(
        [
            (-0.004, -0.003),
            (0.012, -wide / 2),
            (0.022, -wide / 2),
            (0.022, wide / 2),
            (0.012, wide / 2),
            (-0.004, 0.003),
        ]
    )
    fork.add("palm", prism(palm, 0.0025), body, [(0, 0.003, 0)])
    for i in range(tines):
        z = (i / (tines - 1) - 0.5) * (wide - 0.004)
        tine = spline([(0.02, 0.004, z), (0.04, 0.002, z), (0.062, 0.006, z)], 8)
        fork.add("tine", tube(tine, [0.002, 0.0019, 0.0009], sides=8), body)
    return fork


def spoon(draw: Draw) -> Assembly:
    body = metal(draw.pick("steel", "silver", "gold")) if draw.chance(0.6) else any_wood(draw)
    kind = draw.pick("table", "soup", "tea")
    scale = {"table": 1.0, "soup": 1.1, "tea": 0.7}[kind]
    spoon = Assembly({"style": kind, "material": body.name})
    spoon.proportions = draw.stretch(0.1, "x", "z")
    long, wide, deep = 0.028 * scale, 0.019 * scale * draw.between(0.9, 1.15), 0.009 * scale
    angles = np.linspace(np.pi / 2, 0, 6)
    outer = [(float(np.cos(t)), -float(np.sin(t))) for t in angles]
    inner = [(0.93 * float(np.cos(t)), -0.85 * float(np.sin(t))) for t in reversed(angles)]
    cup = lathe([(0.0, -1.0), *outer[1:], *inner[:-1], (0.0, -0.85)], sides=28).scaled(long, deep, wide)
    spoon.add("bowl", cup, body, [(0, deep, 0)])
    length = 0.13 * scale * draw.between(0.9, 1.2)
    stem = [
        (-long * 0.95, deep * 0.95, 0),
        (-long - length * 0.3, deep * 1.9, 0),
        (-long - length, deep * 1.1, 0),
    ]
    spoon.add("handle", tube(spline(stem, 14), [0.003, 0.0032, 0.0045, 0.0065], flatten=0.45), body)
    return spoon
