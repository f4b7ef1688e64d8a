"""Electronics: telephones and cameras."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.appliances import dark_glass, display, facing
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, stacked
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.polygons import rectangle
from polyseek.procedural.solids import Solid, box, cylinder, dome, extrusion, lathe, merged, torus


def telephone(draw: Draw) -> Assembly:
    style = draw.pick("rotary", "candlestick", "mobile", "smartphone", "rotary", "push-button", "smartphone")
    case = draw.pick(paint("black"), any_paint(draw), any_paint(draw), paint("red"), paint("cream"))
    phone = Assembly({"style": style, "colour": case.name})
    phone.proportions = draw.stretch(0.08, "x", "y")
    if style == "smartphone":
        _add_smartphone(phone, draw, case)
    elif style == "mobile":
        _add_mobile(phone, draw, case)
    elif style == "candlestick":
        _add_candlestick(phone, draw, case)
    else:
        _add_desk_phone(phone, draw, case)
    return phone


def _handset(length: float, thick: float) -> Solid:
    """A receiver along x, arched, its two cups hanging down; centred, cups at y < 0."""
    half = length / 2
    path: list[Point] = [
        (-half, 0, 0),
        (-half * 0.6, thick * 0.9, 0),
        (0, thick * 1.2, 0),
        (half * 0.6, thick * 0.9, 0),
        (half, 0, 0),
    ]
    bow = tube(spline(path, 14), thick * 0.5, sides=8)
    cup = lathe(
        [(0, 0), (thick * 1.0, 0), (thick * 1.0, thick * 0.5), (thick * 0.5, thick * 1.2), (0, thick * 1.2)],
        sides=14,
    )
    return merged(bow, *(cup.moved(x, -thick * 0.9, 0) for x in (-half, half)))


def _add_desk_phone(phone: Assembly, draw: Draw, case: Material) -> None:
    """A wedge with a dial or keys, and the receiver lying across its top."""
    w, d, h = draw.between(0.18, 0.22), draw.between(0.17, 0.21), draw.between(0.09, 0.12)
    foot, top = (
        rectangle(w, d, radius=0.02),
        rectangle(w * 0.62, d * 0.3, radius=0.015) - np.array((0.0, d * 0.24)),
    )
    middle = rectangle(w * 0.9, d * 0.8, radius=0.02) - np.array((0.0, d * 0.07))
    phone.add(
        "body", stacked([(foot, 0.0), (foot, h * 0.15), (middle, h * 0.4), (top, h), (top * 0.96, h)]), case
    )
    lean = float(np.degrees(np.arctan2(h * 0.6, d * 0.43)))
    # The sloping front: dial and keys are made lying, then tilted towards the user.
    at = (0.0, h * 0.68, d * 0.115)
    trim = any_metal(draw) if draw.chance(0.5) else paint("white")
    if phone.attributes["style"] == "rotary":
        r = w * draw.between(0.25, 0.31)
        hole = cylinder(r * 0.15, 0.006, sides=10)
        ring = [
            hole.moved(r * 0.7 * float(np.cos(a)), 0.012, r * 0.7 * float(np.sin(a)))
            for a in np.linspace(0.6, 5.6, 10)
        ]
        for label, solid, stuff in (
            ("dial plate", cylinder(r * 1.1, 0.008, sides=24), paint("white")),
            ("dial", cylinder(r, 0.014, sides=24), trim if draw.chance(0.5) else case),
            ("finger hole", merged(*ring), paint("black") if case.name != "black" else paint("cream")),
            ("dial centre", cylinder(r * 0.38, 0.019, sides=16), paint("cream")),
        ):
            phone.add(label, solid.turned("x", lean).moved(*at), stuff)
    else:
        size = w * 0.11
        keys = [
            block(size, 0.012, size * 0.8, 0.2).moved((i - 1) * size * 1.35, 0, (j - 1.5) * size * 1.15)
            for i in range(3)
            for j in range(4)
        ]
        phone.add("key plate", box(w * 0.5, 0.006, d * 0.5).turned("x", lean).moved(*at), lighter(case, -0.3))
        phone.add("key", merged(*keys).turned("x", lean).moved(*at), paint("white"))
    cradle = box(0.02, 0.03, d * 0.22)
    phone.add("cradle", cradle, trim, [(x * w * 0.24, h - 0.008, -d * 0.24) for x in (-1, 1)])
    receiver = _handset(w * 1.0, 0.028)
    phone.add(
        "receiver", receiver, case if draw.chance(0.75) else any_paint(draw), [(0, h + 0.022, -d * 0.24)]
    )
    if draw.chance(0.6):
        turns = np.linspace(0, 14 * 2 * np.pi, 14 * 7)
        along = np.linspace(0, 1, len(turns))
        coil = np.column_stack(
            [
                -w * 0.55 + 0.008 * np.cos(turns),
                0.01 + h * along**2,
                d * (0.2 - 0.4 * along) + 0.008 * np.sin(turns),
            ]
        )
        coil[:, 0] -= 0.05 * np.sin(np.pi * along)
        phone.add("cord", tube(coil, 0.0028, sides=4), rubber())


def _add_candlestick(phone: Assembly, draw: Draw, case: Material) -> None:
    trim, h = metal(draw.pick("brass", "gold", "silver")), draw.between(0.26, 0.32)
    phone.add("foot", lathe([(0, 0), (0.075, 0), (0.07, 0.02), (0.025, 0.04), (0, 0.04)], sides=20), case)
    phone.add("column", cylinder(0.013, h, sides=12), trim, [(0, 0.03, 0)])
    horn = lathe(
        [(0, 0), (0.016, 0), (0.018, 0.03), (0.042, 0.07), (0.036, 0.07), (0.012, 0.035), (0, 0.035)],
        sides=18,
    )
    phone.add("mouthpiece", horn.turned("x", 80).moved(0, h + 0.03, 0), case)
    phone.add(
        "hook", tube([(0, h * 0.75, 0), (0.05, h * 0.75, 0), (0.06, h * 0.83, 0)], 0.004, sides=6), trim
    )
    ear = lathe([(0, 0), (0.03, 0), (0.026, 0.012), (0.013, 0.03), (0.015, 0.12), (0, 0.12)], sides=14)
    phone.add("receiver", ear.turned("z", 180).moved(0.065, h * 0.95, 0), case)
    cord: list[Point] = [(0.065, h * 0.95, 0), (0.11, h * 0.9, 0), (0.1, 0.1, 0.02), (0.05, 0.02, 0.02)]
    phone.add("cord", tube(spline(cord, 12), 0.003, sides=6), rubber())


def _add_smartphone(phone: Assembly, draw: Draw, case: Material) -> None:
    w, h, t = draw.between(0.068, 0.08), draw.between(0.138, 0.165), draw.between(0.008, 0.011)
    stands = draw.chance(0.6)
    edge = draw.between(0.002, 0.006)
    lit = draw.chance(0.65)
    back = draw.pick("#6fb3e0", "#a88be0", "#f2a65a", "#4d9a8f") if lit else "#16191d"
    slab = extrusion(rectangle(w, h, radius=0.011), t)
    glass = extrusion(rectangle(w - 2 * edge, h - (0.03 if draw.chance(0.3) else 2 * edge), radius=0.007), t)
    layers = [
        ("body", slab, case),
        ("screen", glass.moved(z=0.0006), material("screen", back, roughness=0.1, glow=0.3 if lit else 0.0)),
    ]
    if lit:
        for row in range(draw.whole(3, 5)):
            for i in range(4):
                icon = extrusion(rectangle(w * 0.14, w * 0.14, radius=w * 0.03), t)
                place = ((i - 1.5) * w * 0.21, h * 0.36 - row * w * 0.25, 0.0011)
                layers.append(("icon", icon.moved(*place), any_paint(draw)))
    bump = extrusion(rectangle(w * 0.34, w * 0.34, radius=w * 0.08), 0.003).moved(-w * 0.24, h * 0.37, -t / 2)
    lens = [
        facing(w * 0.055, 0.004, sides=10).moved(-w * (0.24 + x), h * 0.37 + w * y, -t / 2 - 0.004)
        for x, y in ((-0.08, 0.07), (0.08, -0.07))
    ]
    layers += [("camera bump", bump, lighter(case, -0.2)), ("lens", merged(*lens), paint("black"))]
    layers.append(("button", box(0.002, 0.014, t * 0.4).moved(w / 2, h * 0.15, 0), lighter(case, -0.3)))
    for label, solid, stuff in layers:
        phone.add(label, solid.turned("x", 0.0 if stands else -90), stuff)


def _add_mobile(phone: Assembly, draw: Draw, case: Material) -> None:
    """An older mobile with keys and an aerial."""
    w, h, t = 0.05, draw.between(0.12, 0.17), draw.between(0.02, 0.03)
    phone.add("body", block(w, h, t, draw.pick(0.1, 0.35)), case)
    phone.add("screen", box(w * 0.72, h * 0.24, 0.004), display(draw), [(0, h * 0.64, t / 2)])
    keys = [((i - 1) * w * 0.25, h * (0.12 + 0.1 * j), t / 2 + 0.001) for i in range(3) for j in range(4)]
    phone.add("key", block(w * 0.19, h * 0.06, 0.005, 0.3), paint("white"), keys)
    phone.add("call key", box(w * 0.2, h * 0.05, 0.006), paint("green"), [(-w * 0.25, h * 0.53, t / 2)])
    phone.add("hang-up key", box(w * 0.2, h * 0.05, 0.006), paint("red"), [(w * 0.25, h * 0.53, t / 2)])
    if draw.chance(0.75):
        phone.add(
            "aerial", cylinder(0.006, h * 0.3, top=0.004, sides=8), paint("black"), [(w * 0.34, h * 0.97, 0)]
        )
    phone.add("earpiece", box(w * 0.3, 0.003, 0.003), paint("black"), [(0, h * 0.92, t / 2)])


def camera(draw: Draw) -> Assembly:
    style = draw.pick("instant", "compact", "reflex", "rangefinder", "reflex", "rangefinder")
    case = draw.pick(paint("black"), any_paint(draw), metal("silver"))
    camera = Assembly({"style": style, "colour": case.name})
    w, h, d = draw.between(0.12, 0.15), draw.between(0.075, 0.09), draw.between(0.035, 0.05)
    if style == "instant":
        w, h, d = draw.between(0.1, 0.125), draw.between(0.095, 0.115), draw.between(0.06, 0.08)
    elif style == "compact":
        w, h, d = draw.between(0.09, 0.105), draw.between(0.055, 0.065), draw.between(0.022, 0.03)
    soft, z = draw.pick(0.0, 0.08, 0.2), d / 2
    camera.add("body", block(w, h, d, soft), case)
    leather = draw.pick(paint("black"), material("leather", "#6b4630"), any_paint(draw))
    if style in ("rangefinder", "reflex"):
        camera.add("grip band", box(w * 1.01, h * 0.55, d * 1.03), leather, [(0, h * 0.16, 0)])
    y = h * (0.45 if style != "instant" else 0.58)
    r = h * {"reflex": 0.42, "rangefinder": 0.34, "compact": 0.33, "instant": 0.27}[style]
    _add_lens(camera, draw, r, y, z, r * {"reflex": draw.between(1.1, 2.4), "compact": 0.7}.get(style, 1.0))
    top = paint("black") if case.name != "black" else metal("silver")
    if style == "reflex":
        prism_ = np.array([(-0.3, 0), (0.3, 0), (0.17, 0.26), (-0.17, 0.26)]) * w
        camera.add("viewfinder", extrusion(prism_, d * 0.9).moved(0, h - 0.001, 0), case)
        camera.add("hot shoe", box(w * 0.14, 0.004, d * 0.4), metal("steel"), [(0, h + w * 0.26, 0)])
        camera.add("hand grip", block(w * 0.16, h * 0.95, d * 0.6, 0.4), leather, [(-w * 0.42, 0, z)])
    else:
        camera.add("viewfinder", box(w * 0.16, h * 0.16, 0.008), dark_glass(draw), [(w * 0.1, h * 0.78, z)])
    if style == "instant":
        camera.add("film slot", box(w * 0.78, 0.008, 0.01), paint("black"), [(0, h * 0.1, z)])
        stripe = merged(*(box(w * 0.05, h * 0.3, 0.004).moved((i - 1) * w * 0.05) for i in range(3)))
        camera.add("stripe", stripe, any_paint(draw), [(0, h * 0.05, z)])
        if draw.chance(0.4):
            camera.add("photo", box(w * 0.7, 0.002, 0.06), paint("white"), [(0, h * 0.1 + 0.003, z + 0.03)])
    flash = material("flash", "#eef2f4", roughness=0.1, glow=0.3)
    camera.add("flash", box(w * 0.2, h * 0.16, 0.01), flash, [(w * 0.34, h * 0.78, z)])
    camera.add(
        "shutter button",
        cylinder(0.006, 0.008, sides=12),
        paint(draw.pick("red", "grey", "black")),
        [(-w * 0.36, h - 0.001, 0)],
    )
    if style != "compact":
        camera.add("dial", cylinder(0.011, 0.009, sides=14), top, [(w * 0.36, h - 0.001, 0)])
    if draw.chance(0.35):
        camera.attributes["strap"] = True
        loop: list[Point] = [
            (-w / 2, h * 0.85, 0),
            (-w * 0.75, h * 0.4, -0.03),
            (0, 0.006, -0.09),
            (w * 0.75, h * 0.4, -0.03),
            (w / 2, h * 0.85, 0),
        ]
        camera.add("strap", tube(spline(loop, 20), 0.005, sides=6, flatten=0.5), leather)
    return camera


def _add_lens(camera: Assembly, draw: Draw, r: float, y: float, z: float, length: float) -> None:
    sides, barrel = (
        draw.pick(12, 20, 28),
        draw.pick(paint("black"), paint("black"), metal("silver"), paint("grey")),
    )
    camera.add("lens mount", facing(r * 1.08, length * 0.12, sides=sides), metal("steel"), [(0, y, z)])
    wall = [
        (0, 0),
        (r, 0),
        (r * 0.94, length * 0.6),
        (r * 0.98, length),
        (r * 0.8, length),
        (r * 0.7, length * 0.8),
        (0, length * 0.8),
    ]
    camera.add("lens barrel", lathe(wall, sides=sides).turned("x", 90), barrel, [(0, y, z)])
    ring = torus(r * 0.98, r * 0.05, sides=sides, around=6).turned("x", 90)
    camera.add("focus ring", ring, lighter(barrel, 0.25), [(0, y, z + length * 0.4)])
    pane = material("lens", draw.pick("#3d5a80", "#5b4b8a", "#2a3238", "#4b8a86"), roughness=0.05)
    camera.add(
        "lens", dome(r * 0.72, r * 0.2, sides=sides).turned("x", 90), pane, [(0, y, z + length * 0.79)]
    )
