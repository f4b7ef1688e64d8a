"""Small appliances: what stands on a worktop, and what blows air."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.appliances import dark_glass, display, door_handle, enamel, facing
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block
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
from polyseek.procedural.solids import box, cylinder, dome, extrusion, lathe, merged, sphere, torus


def microwave(draw: Draw) -> Assembly:
    style = draw.pick("digital", "dial", "retro")
    clad = any_paint(draw, "black", "brown") if style == "retro" else enamel(draw)
    oven = Assembly({"style": style, "colour": clad.name})
    w, h, d = draw.between(0.44, 0.56), draw.between(0.25, 0.33), draw.between(0.3, 0.42)
    soft = draw.pick(0.0, 0.03, 0.12) if style != "retro" else draw.between(0.1, 0.18)
    z, foot = d / 2, 0.012
    oven.add("body", block(w, h, d, soft), clad, [(0, foot, 0)])
    feet = [(x * w * 0.42, 0, q * d * 0.4) for x in (-1, 1) for q in (-1, 1)]
    oven.add("foot", cylinder(0.016, foot + 0.01, sides=8), rubber(), feet)
    split = w * draw.between(0.18, 0.25)
    wide, x = (w - split) * 0.93, -split / 2 - 0.004
    face = clad if draw.chance(0.5) else paint("black")
    oven.add("door", block(wide, h * 0.9, 0.02, 0.0), face, [(x, foot + h * 0.05, z + 0.002)])
    oven.add(
        "window",
        block(wide * 0.76, h * 0.62, 0.012, 0.0),
        dark_glass(draw),
        [(x - 0.01, foot + h * 0.2, z + 0.01)],
    )
    if draw.chance(0.75):
        bar = door_handle(draw, h * 0.7, upright=True)
        oven.add("handle", bar, metal("silver"), [(x + wide * 0.44, foot + h * 0.5, z + 0.008)])
    px = w / 2 - split * 0.56
    panel = paint("black") if draw.chance(0.5) else lighter(clad, -0.2)
    oven.add("control panel", box(split * 0.84, h * 0.9, 0.014), panel, [(px, foot + h * 0.05, z)])
    if style == "digital":
        oven.add(
            "display", box(split * 0.66, h * 0.13, 0.01), display(draw), [(px, foot + h * 0.76, z + 0.006)]
        )
        size = split * 0.17
        keys = [
            (px + (i - 1) * split * 0.24, foot + h * (0.3 + 0.105 * row), z + 0.006)
            for row in range(4)
            for i in range(3)
        ]
        oven.add("button", box(size, h * 0.07, 0.01), paint("white"), keys)
        oven.add(
            "start button",
            box(split * 0.6, h * 0.1, 0.012),
            paint("green"),
            [(px, foot + h * 0.13, z + 0.006)],
        )
    else:
        dial = merged(
            facing(split * 0.3, 0.025, sides=18), box(0.006, split * 0.5, 0.01).moved(0, -split * 0.25, 0.026)
        )
        oven.add(
            "dial", dial, metal("silver"), [(px, foot + h * 0.66, z + 0.006), (px, foot + h * 0.3, z + 0.006)]
        )
    return oven


def toaster(draw: Draw) -> Assembly:
    style = draw.pick("modern", "retro", "boxy")
    clad = metal(draw.pick("steel", "silver")) if draw.chance(0.4) else any_paint(draw, "brown")
    long = draw.chance(0.2)
    slots = 4 if draw.chance(0.2) and not long else 1 if long else 2
    toaster = Assembly({"style": style, "colour": clad.name, "slots": slots})
    w, h = draw.between(0.26, 0.32) * (1.25 if long else 1), draw.between(0.17, 0.21)
    d = draw.between(0.13, 0.17) * (0.8 if long else 1.7 if slots == 4 else 1.0)
    soft = {"modern": 0.2, "retro": 0.42, "boxy": draw.pick(0.0, 0.05)}[style]
    trim = paint("black") if draw.chance(0.6) else metal("silver")
    toaster.add("base", block(w * 0.96, 0.025, d * 0.94, 0.0), trim)
    toaster.add("body", block(w, h, d, soft), clad, [(0, 0.015, 0)])
    top = h + 0.015
    places = [(i - (slots - 1) / 2) * d * 0.8 / slots for i in range(slots)]
    if slots == 2:
        places = [-d * 0.17, d * 0.17]
    slot = box(w * 0.7, 0.012, min(0.03, d * 0.2))
    toaster.add("slot", slot, material("slot", "#1d1c1e"), [(0, top - 0.009, z) for z in places])
    if draw.chance(0.55):
        toaster.attributes["filled_with"] = "toast"
        crust = material("toast", draw.pick("#c08a4a", "#a8703a", "#d3a565"), roughness=0.9)
        slice_ = merged(box(w * 0.46, 0.08, 0.018), block(w * 0.52, 0.04, 0.018, 0.3).moved(y=0.05))
        toaster.add("toast", slice_, crust, [(0, top - draw.between(0.02, 0.05), z) for z in places])
    toaster.add(
        "lever slot", box(0.012, h * 0.6, 0.012), material("slot", "#1d1c1e"), [(w / 2 - 0.004, h * 0.3, 0)]
    )
    lever = block(0.035, 0.018, 0.05, draw.pick(0.0, 0.3))
    toaster.add("lever", lever, trim, [(w / 2 + 0.014, h * draw.between(0.45, 0.8), 0)])
    dial = cylinder(0.017, 0.018, sides=14).turned("z", -90).moved(w / 2 - 0.002, h * 0.2, d * 0.26)
    toaster.add("dial", dial, metal("silver"))
    if draw.chance(0.4):
        wire: list[Point] = [
            (-w / 2 + 0.01, 0.03, -d * 0.2),
            (-w / 2 - 0.05, 0.01, -d * 0.3),
            (-w / 2 - 0.16, 0.006, 0),
        ]
        toaster.add("cable", tube(wire, 0.005, sides=6), rubber())
    return toaster


def kettle(draw: Draw) -> Assembly:
    style = draw.pick("electric", "stovetop", "whistling", "glass")
    body = any_metal(draw) if draw.chance(0.45) else any_paint(draw)
    grip = any_wood(draw) if draw.chance(0.3) else paint(draw.pick("black", "black", "red", "white"))
    kettle = Assembly({"style": style, "colour": body.name})
    kettle.proportions = draw.stretch(0.08, "y")
    if style in ("electric", "glass"):
        _add_electric_kettle(kettle, draw, glass("#cfe3ea", 0.6) if style == "glass" else body, body, grip)
        return kettle
    sides, r = draw.pick(10, 16, 28), draw.between(0.085, 0.11)
    if style == "stovetop":
        h = r * draw.between(1.0, 1.3)
        profile = [
            (0, 0),
            (r * 0.9, 0),
            (r, 0.012),
            (r, h * 0.35),
            (r * 0.86, h * 0.7),
            (r * 0.45, h),
            (0, h),
        ]
    else:
        h = r * draw.between(1.3, 1.7)
        profile = [(0, 0), (r, 0), (r * 1.02, 0.01), (r * 0.62, h * 0.85), (r * 0.5, h), (0, h)]
    kettle.add("body", lathe(profile, sides=sides), body)
    kettle.add("lid", dome(r * 0.46, r * 0.16, sides=sides), lighter(body, 0.1), [(0, h - 0.002, 0)])
    kettle.add("knob", sphere(r * 0.12, sides=12), grip, [(0, h + r * 0.26, 0)])
    tip = draw.between(0.85, 1.0) * h
    spout = tube(
        [(r * 0.7, h * 0.45, 0), (r * 1.15, h * 0.68, 0), (r * 1.45, tip, 0)], [r * 0.22, r * 0.15, r * 0.1]
    )
    kettle.add("spout", spout, body)
    if draw.chance(0.5):
        cap = sphere(r * 0.13, sides=10)
        kettle.add("whistle", cap, grip, [(r * 1.46, tip + 0.004, 0)])
    rise = h + r * draw.between(0.75, 1.0)
    side = r * (0.75 if style == "stovetop" else 0.6)
    low = h * (0.8 if style == "stovetop" else 0.9)
    loop: list[Point] = [
        (-side, low, 0),
        (-side * 1.05, rise * 0.9, 0),
        (0, rise, 0),
        (side * 1.05, rise * 0.9, 0),
        (side, low, 0),
    ]
    kettle.add(
        "handle", tube(spline(loop, 16), r * 0.06, sides=8), metal("steel") if draw.chance(0.4) else grip
    )
    path: list[Point] = [(-side * 0.7, rise * 0.985, 0), (0, rise, 0), (side * 0.7, rise * 0.985, 0)]
    kettle.add("grip", tube(spline(path, 8), r * 0.11, sides=8), grip)
    return kettle


def _add_electric_kettle(
    kettle: Assembly, draw: Draw, wall: Material, trim: Material, grip: Material
) -> None:
    """A tall jug on a round base, with a beak and a handle down one side."""
    sides, r, h = draw.pick(10, 18, 28), draw.between(0.07, 0.085), draw.between(0.18, 0.23)
    top, belly = draw.between(0.66, 0.9), draw.between(0.95, 1.12)
    kettle.add("base", cylinder(r * 1.08, 0.02, top=r * 1.02, sides=sides), grip)
    profile = [(0, 0), (r, 0), (r * belly, h * 0.3), (r * (top + 0.06), h * 0.85), (r * top, h), (0, h)]
    kettle.add("body", lathe(profile, sides=sides), wall, [(0, 0.022, 0)])
    kettle.add("band", cylinder(r * 1.02, 0.016, sides=sides), trim, [(0, 0.022, 0)])
    kettle.add("lid", dome(r * top * 0.96, r * 0.22, sides=sides), grip, [(0, h + 0.02, 0)])
    kettle.add("knob", cylinder(r * 0.16, 0.014, sides=10), trim, [(0, h + 0.02 + r * 0.2, 0)])
    beak = np.array([(r * top * 0.8, h * 0.72), (r * (top + 0.48), h * 1.02), (r * top * 0.8, h * 1.02)])
    kettle.add("spout", extrusion(beak, r * 0.5), wall, [(0, 0.02, 0)])
    x, out = -r * top * 0.95, draw.between(0.7, 0.9) * r
    loop: list[Point] = [(x, h * 0.98, 0), (x - out, h * 1.0, 0), (x - out * 1.1, h * 0.4, 0)]
    loop += [(x - out * 0.5, h * 0.22, 0), (-r * 0.9, h * 0.2, 0)]
    kettle.add("handle", tube(spline(loop[: draw.pick(3, 5)], 16), r * 0.13, sides=8), grip, [(0, 0.02, 0)])
    if draw.chance(0.5):
        kettle.add("switch", box(0.02, 0.012, 0.02), paint("red"), [(-r * 1.12, 0.028, 0)])


def fan(draw: Draw) -> Assembly:
    style = draw.pick("desk", "standing", "standing", "ceiling", "box")
    body = any_paint(draw, "brown") if draw.chance(0.6) else metal(draw.pick("steel", "brass", "silver"))
    blade = draw.pick(body, paint("white"), glass("#9fc4d8", 0.7), paint("grey"))
    fan = Assembly({"style": style, "colour": body.name})
    if style == "ceiling":
        _add_ceiling_fan(fan, draw, body)
        return fan
    r = draw.between(0.17, 0.24)
    y = {"desk": r + draw.between(0.08, 0.16), "standing": draw.between(0.85, 1.2), "box": r * 1.12}[style]
    _add_rotor(fan, draw, body, blade, r * 0.86, y)
    if style == "box":
        frame = [box(2.2 * r, 0.03, 0.13), box(0.03, 2.2 * r, 0.13)]
        fan.add("frame", frame[0], body, [(0, 0, 0), (0, 2.2 * r, 0)])
        fan.add("frame side", frame[1], body, [(-1.1 * r + 0.015, 0.015, 0), (1.1 * r - 0.015, 0.015, 0)])
        bars = [(0, y - r + 2 * r * i / 9, z) for i in range(10) for z in (-0.055, 0.055)]
        fan.add("grille", box(2.15 * r, 0.008, 0.008), body, bars)
        fan.add("handle", box(0.14, 0.02, 0.03), paint("black"), [(0, 2.2 * r + 0.03, 0)])
        return fan
    _add_cage(fan, draw, metal("steel") if draw.chance(0.5) else body, r, y)
    fan.add("motor", facing(r * 0.3, r * 0.55, top=r * 0.36).moved(0, y, -r * 0.85), body)
    foot = r * draw.between(0.75, 1.0)
    if style == "standing" and draw.chance(0.5):
        for turn in (45, -45):
            fan.add("base", box(2.6 * r, 0.025, 0.05).turned("y", turn), body)
    else:
        base = lathe(
            [(0, 0), (foot, 0), (foot, 0.015), (foot * 0.4, 0.04), (0, 0.045)], sides=draw.pick(12, 24)
        )
        fan.add("base", base, body)
    fan.add(
        "pole",
        cylinder(0.016, y - r * 0.2, sides=12),
        metal("steel") if draw.chance(0.4) else body,
        [(0, 0.02, -r * 0.5)],
    )
    fan.add("neck", box(0.05, 0.07, 0.06), body, [(0, y - r * 0.4, -r * 0.5)])
    if style == "desk":
        fan.add("foot arm", box(0.05, 0.03, r * 0.6), body, [(0, 0.015, -r * 0.3)])
    fan.add(
        "button",
        cylinder(0.01, 0.012, sides=8),
        paint("grey"),
        [(x, 0.035, foot * 0.45) for x in (-0.03, 0, 0.03)],
    )
    return fan


def _add_rotor(fan: Assembly, draw: Draw, body: Material, blade: Material, r: float, y: float) -> None:
    count = draw.whole(3, 5)
    fan.attributes["blades"] = count
    outline = (
        np.array([(0.14, -0.06), (0.6, -0.3), (0.95, -0.22), (1.0, 0.08), (0.6, 0.24), (0.14, 0.08)]) * r
    )
    petal = extrusion(outline, 0.006).turned("x", 20)
    for i in range(count):
        fan.add("blade", petal.turned("z", 360 * i / count), blade, [(0, y, 0)])
    fan.add("hub", facing(r * 0.2, 0.05, top=r * 0.16).moved(0, y, -0.025), body)


def _add_cage(fan: Assembly, draw: Draw, wire: Material, r: float, y: float) -> None:
    """Two shallow baskets of wire around the blades, rim to rim."""
    sides, spokes, bulge = draw.pick(16, 24), draw.whole(10, 18), r * 0.26
    rim = torus(r, 0.009, sides=sides, around=6).turned("x", 90)
    fan.add("cage rim", rim, wire, [(0, y, 0)])
    for z in (-1, 1):
        for share in (0.4, 0.75):
            ring = torus(r * share, 0.0035, sides=sides, around=4).turned("x", 90)
            fan.add("cage ring", ring, wire, [(0, y, z * bulge * (1 - share**3))])
        bow: list[Point] = [
            (0, 0, z * bulge),
            (r * 0.5, 0, z * bulge * 0.88),
            (r * 0.85, 0, z * bulge * 0.4),
            (r, 0, 0),
        ]
        spoke = tube(bow, 0.003, sides=4)
        basket = merged(*(spoke.turned("z", 360 * i / spokes) for i in range(spokes)))
        fan.add("cage spokes", basket, wire, [(0, y, 0)])
    fan.add(
        "badge",
        facing(r * 0.16, 0.012, sides=sides),
        paint(draw.pick("red", "blue", "white", "black")),
        [(0, y, bulge)],
    )


def _add_ceiling_fan(fan: Assembly, draw: Draw, body: Material) -> None:
    count, r, drop = draw.whole(3, 5), draw.between(0.5, 0.65), draw.between(0.15, 0.4)
    blade = any_wood(draw) if draw.chance(0.6) else any_paint(draw)
    fan.attributes["blades"] = count
    fan.add("motor", lathe([(0, 0), (0.07, 0), (0.11, 0.03), (0.11, 0.08), (0.05, 0.12), (0, 0.12)]), body)
    fan.add("rod", cylinder(0.014, drop, sides=10), body, [(0, 0.11, 0)])
    fan.add("ceiling plate", cylinder(0.04, 0.05, top=0.07, sides=18), body, [(0, 0.1 + drop, 0)])
    plank = box(r - 0.16, 0.01, 0.13).turned("x", 10).moved(0.16 + (r - 0.16) / 2, 0.045, 0)
    fan.spin("blade", plank, blade, count)
    fan.spin("blade arm", box(0.12, 0.012, 0.03).moved(0.13, 0.042, 0), body, count)
    if draw.chance(0.7):
        fan.attributes["lamp"] = True
        shade = material("lamp glass", "#f3e9cf", roughness=0.3, glow=0.4)
        fan.add("lamp", sphere(0.08, sides=16).scaled(1, 0.75, 1), shade, [(0, -0.02, 0)])
