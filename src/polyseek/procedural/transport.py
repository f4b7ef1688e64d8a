"""Transport by rail, water and air. Bows and noses point to +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint, rubber
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
    rounded_box,
    sphere,
    torus,
)  # fmt: skip

PANE = material("window", "#9fc4d1", roughness=0.1)
LIGHT = material("headlight", "#fff2c2", glow=0.5)


def train(draw: Draw) -> Assembly:
    body, trim = any_paint(draw, "white"), any_paint(draw)
    train = Assembly({"style": "steam", "colour": body.name})
    train.proportions = draw.stretch(0.06, "x", "yz")
    long = draw.between(3.4, 4.6)
    boiler = lathe([(0, 0), (0.82, 0), (0.82, long), (0.7, long + 0.08), (0, long + 0.1)], sides=32)
    train.add("boiler", boiler.turned("x", 90).moved(0, 1.75, 0), body)
    train.add(
        "boiler band",
        torus(0.83, 0.035, sides=32).turned("x", 90),
        metal("brass"),
        [(0, 1.75, long * t) for t in (0.1, 0.4, 0.7, 0.98)],
    )
    train.add("frame", box(1.5, 0.28, long + 2.2), paint("black"), [(0, 0.75, long / 2 - 0.8)])
    train.add("cab", box(2.0, 1.9, 1.6), body, [(0, 1.0, -0.8)])
    train.add("cab window", box(2.03, 0.6, 0.75), PANE, [(0, 2.05, -0.75)])
    train.add("cab roof", rounded_box(2.3, 0.16, 2.0, 0.07), trim, [(0, 2.88, -0.75)])
    chimney = draw.between(0.8, 1.1)
    train.add(
        "chimney",
        lathe(
            [(0.2, 0), (0.18, chimney * 0.6), (0.4, chimney), (0.32, chimney), (0, chimney * 0.9)], sides=24
        ),
        paint("black"),
        [(0, 2.45, long * 0.82)],
    )
    train.add(
        "dome",
        lathe([(0.3, 0), (0.3, 0.25), (0.18, 0.42), (0, 0.46)], sides=24),
        metal("brass"),
        [(0, 2.5, long * 0.45)],
    )
    train.add("headlight", cylinder(0.2, 0.2, sides=20).turned("x", 90), LIGHT, [(0, 2.5, long)])
    catcher = loft(
        np.array(
            [
                [(-0.95, 0.15, 0), (0.95, 0.15, 0), (0.1, 0.15, 0.9), (-0.1, 0.15, 0.9)],
                [(-0.7, 0.8, 0), (0.7, 0.8, 0), (0.1, 0.8, 0.12), (-0.1, 0.8, 0.12)],
            ],
            float,
        )
    )
    train.add("cow catcher", catcher, trim, [(0, 0, long + 0.25)])
    radius, count = 0.5, draw.whole(2, 3)
    places = [
        (x, 0.4 + long * 0.62 * i / max(count - 1, 1) + 0.2) for i in range(count) for x in (-0.72, 0.72)
    ]
    spoked = merged(
        torus(radius * 0.9, radius * 0.1, sides=28),
        cylinder(0.1, 0.12, sides=14).moved(y=-0.06),
        *(box(radius * 1.7, 0.06, 0.07).turned("y", 45 * k).moved(y=-0.03) for k in range(4)),
    )
    train.add("drive wheel", spoked.turned("z", 90), trim, [(x, radius, z) for x, z in places])
    train.add(
        "wheel",
        cylinder(0.35, 0.12, sides=24).turned("z", 90).moved(0.06),
        trim,
        [(x, 0.35, z) for x in (-0.72, 0.72) for z in (-1.2, -0.35)],
    )
    rod = places[-1][1] - places[0][1]
    train.add(
        "rod",
        box(0.06, 0.09, rod + 0.2),
        metal("steel"),
        [(x, 0.5, (places[-1][1] + places[0][1]) / 2) for x in (-0.83, 0.83)],
    )
    return train


def boat(draw: Draw) -> Assembly:
    style = draw.pick("sailing", "rowing", "steam")
    hull, inside = any_paint(draw), any_wood(draw)
    boat = Assembly({"style": style, "colour": hull.name, "wood": inside.name})
    long, wide, deep = draw.between(3.2, 4.2), draw.between(1.3, 1.6), 0.7
    boat.add("hull", _hull(long, wide, deep, 0.0), hull)
    boat.add(
        "deck",
        _hull(long * 0.93, wide * 0.86, 0.08, 0.0),
        inside,
        [(0, deep - (0.04 if style != "rowing" else 0.05), 0)],
    )
    rim = [
        (wide / 2 * _breadth(t), deep + 0.16 * abs(2 * t - 1) ** 3, long * (t - 0.5))
        for t in np.linspace(0.0, 0.985, 24)
    ]
    boat.both("gunwale", tube(np.array(rim), 0.045, sides=8), lighter(hull, 0.35))
    if style == "sailing":
        mast = draw.between(3.6, 4.6)
        cloth, jib = any_paint(draw, "black", "brown"), paint(draw.pick("white", "cream"))
        boat.attributes["sail"] = cloth.name
        boat.add("mast", cylinder(0.05, mast, top=0.03, sides=12), inside, [(0, deep, 0.25)])
        boat.add("boom", tube([(0, deep + 0.5, 0.25), (0, deep + 0.5, -long * 0.45)], 0.035), inside)
        main = np.array(
            [
                (-0.2, deep + 0.58),
                (long * 0.44, deep + 0.58),
                (long * 0.14, deep + mast * 0.55),
                (-0.18, deep + mast * 0.96),
            ]
        )
        boat.add("mainsail", extrusion(main, 0.025).turned("y", 90), cloth)
        fore = np.array([(-0.33, deep + mast * 0.85), (-long * 0.47, deep + 0.25), (-0.35, deep + 0.4)])
        boat.add("jib", extrusion(fore, 0.025).turned("y", 90), jib)
        boat.add(
            "pennant",
            extrusion(np.array([(0, 0), (0.4, 0.1), (0, 0.2)]), 0.02).turned("y", 90),
            paint("red"),
            [(0, deep + mast - 0.2, 0.25)],
        )
    elif style == "rowing":
        boat.add(
            "thwart",
            box(wide * 0.84, 0.05, 0.24),
            lighter(inside, 0.15),
            [(0, deep + 0.04, z) for z in (-0.7, 0.0, 0.75)],
        )
        oar = merged(
            tube([(0, 0, 0), (1.7, -0.35, 0)], 0.025),
            ellipsoid(0.26, 0.02, 0.09, sides=14).turned("z", -12).moved(1.85, -0.4),
        )
        boat.both("oar", oar.turned("y", 8).moved(wide * 0.25, deep + 0.25, 0.25), inside)
    else:
        boat.add("cabin", rounded_box(wide * 0.62, 0.75, 1.3, 0.05), paint("white"), [(0, deep + 0.02, -0.1)])
        boat.add("cabin roof", rounded_box(wide * 0.74, 0.07, 1.5, 0.03), inside, [(0, deep + 0.77, -0.1)])
        boat.add(
            "porthole",
            cylinder(0.12, wide * 0.64, sides=20).turned("z", 90).moved(wide * 0.32),
            PANE,
            [(0, deep + 0.42, z) for z in (-0.45, 0.2)],
        )
        boat.add("funnel", cylinder(0.17, 0.75, sides=24), hull, [(0, deep + 0.8, -0.3)])
        boat.add("funnel band", cylinder(0.175, 0.16, sides=24), paint("black"), [(0, deep + 1.4, -0.3)])
    return boat


def _breadth(t: float) -> float:
    """Half breadth of a hull, 0 at the bow (t = 1) and narrower at the stern (t = 0)."""
    return (
        float(0.72 + 0.28 * np.sin(np.pi * min(t, 0.5)))
        if t < 0.5
        else float(np.sqrt(max(1 - ((t - 0.5) / 0.5) ** 2.6, 0.0)))
    )


def _hull(long: float, wide: float, deep: float, low: float) -> Solid:
    """A boat's hull with its bow towards +z, flat on top, its keel at y = `low`."""
    rings: list[np.ndarray] = []
    around = np.linspace(0, np.pi, 13)
    for t in np.linspace(0.0, 1.0, 18):
        half = max(wide / 2 * _breadth(float(t)), 0.004)
        rise = deep * 0.65 * max(0.0, (float(t) - 0.55) / 0.45) ** 2
        sheer = 0.16 * abs(2 * float(t) - 1) ** 3 if deep > 0.2 else 0.0
        top = low + deep + sheer
        y = top - (top - low - rise) * np.sin(around) ** 0.7
        rings.append(np.column_stack([half * np.cos(around), y, np.full(13, long * (float(t) - 0.5))]))
    return loft(np.stack(rings))


def aeroplane(draw: Draw) -> Assembly:
    body, trim = any_paint(draw), any_paint(draw)
    style = draw.pick("propeller", "biplane", "jet")
    plane = Assembly({"style": style, "colour": body.name})
    long = draw.between(5.5, 7.0)
    r = long * 0.085
    jet = style == "jet"
    shape = [
        (0, 0),
        (r * 0.2, 0),
        (r * 0.55, long * 0.2),
        (r, long * 0.55),
        (r, long * 0.8),
        (r * (0.65 if jet else 0.75), long * 0.95),
        (0, long * (1.06 if jet else 0.97)),
    ]
    plane.add("fuselage", lathe(shape, sides=28).turned("x", 90).moved(0, 1.2, -long / 2), body)
    span = long * draw.between(0.95, 1.2)
    sweep_back = 0.9 if jet else 0.12
    chord = long * 0.17
    half_wing = np.array(
        [
            (0, chord * 0.5),
            (span / 2, chord * 0.25 - sweep_back),
            (span / 2, -chord * 0.25 - sweep_back),
            (0, -chord * 0.6),
        ]
    )
    wing = extrusion(half_wing, 0.1).turned("x", 90)
    heights = [1.2 - r * 0.5] if style != "biplane" else [1.2 - r * 0.8, 1.2 + r * 1.9]
    for y in heights:
        plane.both("wing", wing.moved(0, y, long * 0.17), trim if style == "biplane" else lighter(body, 0.2))
    if style == "biplane":
        strut = box(0.05, heights[1] - heights[0], 0.08)
        plane.add(
            "strut",
            strut,
            metal("steel"),
            [(x, heights[0], long * 0.17) for x in (-span * 0.38, -span * 0.12, span * 0.12, span * 0.38)],
        )
    tail = extrusion(half_wing * [0.38, 0.55], 0.06).turned("x", 90)
    plane.both("tailplane", tail.moved(0, 1.25, -long * 0.43), trim)
    fin = extrusion(
        np.array(
            [(-long * 0.34, 0), (-long * 0.5, 0), (-long * 0.52, long * 0.15), (-long * 0.45, long * 0.16)]
        ),
        0.07,
    ).turned("y", -90)
    plane.add("fin", fin, trim, [(0, 1.2 + r * 0.3, 0)])
    plane.add(
        "cockpit",
        ellipsoid(r * 0.6, r * 0.55, long * 0.09),
        PANE,
        [(0, 1.2 + r * 0.75, long * (0.33 if jet else 0.12))],
    )
    if jet:
        engine = lathe(
            [(0.18, 0), (0.3, 0.15), (0.32, 1.0), (0.26, 1.1), (0.18, 0.9), (0.14, 0), (0.18, 0)], sides=22
        )
        plane.both(
            "engine",
            engine.turned("x", 90).moved(span * 0.2, 1.2 - r * 0.5 - 0.35, long * 0.08),
            metal("steel"),
        )
        dots = [(0.0, 1.32, -long * 0.2 + 0.32 * i) for i in range(int(long * 1.3))]
        plane.add("window", rounded_box(r * 2.02, 0.16, 0.15, 0.03), PANE, dots)
    else:
        plane.add("spinner", cone(r * 0.3, 0.35, sides=18).turned("x", 90), trim, [(0, 1.2, long * 0.465)])
        blade = ellipsoid(0.1, 0.75, 0.03, sides=14)
        plane.add(
            "propeller",
            merged(*(blade.moved(0, 0.7).turned("z", 180 * k + 25) for k in range(2))),
            any_wood(draw),
            [(0, 1.2, long * 0.485)],
        )
    for x, z in ((-0.5, long * 0.2), (0.5, long * 0.2), (0.0, -long * 0.4 if not jet else long * 0.42)):
        small = 0.5 if z < 0 else 1.0
        plane.add(
            "gear", tube([(x * 0.6, 1.2 - r * 0.5, z), (x, 0.22 * small, z)], 0.03, sides=8), metal("steel")
        )
        plane.add(
            "gear wheel",
            cylinder(0.22 * small, 0.12, sides=20).turned("z", 90).moved(0.06),
            rubber(),
            [(x, 0.22 * small, z)],
        )
    return plane


def rocket(draw: Draw) -> Assembly:
    body, trim = any_paint(draw), any_paint(draw)
    rocket = Assembly({"style": draw.pick("retro", "space"), "colour": body.name, "trim": trim.name})
    h, r = draw.between(5.0, 7.0), draw.between(0.6, 0.9)
    if rocket.attributes["style"] == "retro":
        curve = spline(
            [(r * 0.6, 0, 0), (r, h * 0.3, 0), (r * 0.95, h * 0.55, 0), (r * 0.55, h * 0.82, 0)], 16
        )
    else:
        curve = np.array(
            [(r * 0.8, 0, 0), (r * 0.8, h * 0.4, 0), (r * 0.72, h * 0.42, 0), (r * 0.72, h * 0.82, 0)]
        )
    outer = [(float(x), float(y)) for x, y, _ in curve]
    tip = outer[-1]
    rocket.add("hull", lathe([(0, 0), *outer, (0, tip[1])], sides=32), body, [(0, 0.7, 0)])
    nose = [(tip[0], 0), (tip[0] * 0.75, h * 0.08), (tip[0] * 0.35, h * 0.14), (0, h * 0.18)]
    rocket.add("nose", lathe(nose, sides=32), trim, [(0, 0.7 + tip[1], 0)])
    fins = draw.whole(3, 4)
    outline = np.array(
        [(r * 0.6, h * 0.3), (r * 1.5, h * 0.1), (r * 1.75, -0.7), (r * 1.35, -0.4), (r * 0.55, 0.05)]
    )
    rocket.spin("fin", extrusion(outline, 0.09).moved(0, 0.7), trim, fins, start=30)
    rocket.add(
        "nozzle",
        lathe(
            [(r * 0.3, 0.75), (r * 0.55, 0.25), (r * 0.48, 0.25), (r * 0.2, 0.75), (r * 0.3, 0.75)], sides=24
        ),
        metal("steel"),
    )
    for i in range(draw.whole(1, 3)):
        y = 0.7 + h * (0.62 - 0.13 * i)
        wide = float(np.interp(y - 0.7, [p[1] for p in outer], [p[0] for p in outer]))
        rocket.add(
            "porthole rim",
            torus(r * 0.24, r * 0.06, around=8).turned("x", 90),
            metal("brass"),
            [(0, y, wide * 0.98)],
        )
        rocket.add("porthole", sphere(r * 0.24, sides=18).scaled(1, 1, 0.35), PANE, [(0, y, wide * 0.96)])
    rocket.add(
        "band",
        torus(r * 0.93 if rocket.attributes["style"] == "retro" else r * 0.8, 0.05, sides=32),
        trim,
        [(0, 0.7 + h * 0.2, 0)],
    )
    return rocket


def balloon(draw: Draw) -> Assembly:
    first, second = any_paint(draw), any_paint(draw)
    balloon = Assembly({"style": "hot-air", "colour": first.name, "second_colour": second.name})
    balloon.proportions = draw.stretch(0.12, "xz", "y")
    r = draw.between(3.2, 4.2)
    shape = spline(
        [
            (0.35, 0, 0),
            (r * 0.45, r * 0.45, 0),
            (r * 0.95, r * 1.2, 0),
            (r * 0.8, r * 1.95, 0),
            (0.001, r * 2.25, 0),
        ],
        20,
    )
    gores = draw.pick(8, 12)
    for i in range(gores):
        angles = np.linspace(0, 2 * np.pi / gores, 4) + 2 * np.pi * i / gores
        rings = [
            np.concatenate(
                [
                    np.column_stack([x * k * np.cos(a), np.full(4, y), x * k * np.sin(a)])
                    for k, a in ((1.0, angles), (0.97, angles[::-1]))
                ]
            )
            for x, y, _ in shape
        ]
        balloon.add("gore", loft(np.stack(rings)), first if i % 2 else second, [(0, 2.2, 0)])
    balloon.add("basket", rounded_box(1.1, 0.8, 1.1, 0.1), any_wood(draw))
    balloon.add(
        "basket rim",
        torus(0.62, 0.07, sides=4).turned("y", 45).scaled(1.15, 1, 1.15),
        paint("brown"),
        [(0, 0.8, 0)],
    )
    for x in (-0.5, 0.5):
        for z in (-0.5, 0.5):
            balloon.add(
                "rope", tube([(x, 0.75, z), (x * 0.62, 2.35, z * 0.62)], 0.025, sides=6), paint("brown")
            )
    balloon.add("burner", cylinder(0.14, 0.3, sides=16), metal("steel"), [(0, 1.5, 0)])
    return balloon
