"""Submarines, canoes, kayaks. Bows point to +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, glass, lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_z, hull, side_view, wing
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    loft,
    merged,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip


def submarine(draw: Draw) -> Assembly:
    style = draw.pick("toy", "military", "research")
    body = paint(draw.pick("yellow", "yellow", "red", "orange", "teal", "white")) if style != "military" else material(
        *draw.pick(("dark grey", "#4a4f55"), ("black", "#36373c"), ("grey", "#7c8389"), ("navy", "#33486e"))
    )  # fmt: skip
    trim = any_paint(draw, body.name)
    sub = Assembly({"style": style, "colour": body.name})
    sub.proportions = draw.stretch(0.08, "z", "xy")
    long, sides = (
        {"toy": 1.7, "military": 4.6, "research": 1.4}[style] * draw.between(0.9, 1.15),
        draw.pick(12, 20, 28),
    )
    t = np.linspace(0, 1, 11)
    round_ = np.sqrt(np.clip(1 - np.abs(2 * t - 1) ** (4 if style == "military" else 2.6), 0, 1))
    profile = [
        (float(r), float(z))
        for r, z in zip(round_ * (1 - 0.25 * (1 - t) ** 2), long * (2 * t - 1), strict=True)
    ]
    r = 0.95 if style != "military" else 0.72
    profile = [(a * r, z) for a, z in profile]
    sub.add("hull", along_z(profile, sides=sides), body)
    z = draw.between(0.05, 0.3) * long
    tower = [(z - 0.75, r * 0.7), (z + 0.65, r * 0.7), (z + 0.5, r + 0.75), (z - 0.6, r + 0.75)]
    if style == "military":
        sub.add("sail", side_view(tower, 0.36, tuck=0.15), body)
        sub.both("sail plane", wing(0.6, 0.45, 0.3, 0.05, 0.08).moved(0.12, r + 0.45, z), body)
    elif style == "toy" or draw.chance(0.5):
        high = draw.between(0.5, 0.8)
        sub.add(
            "tower",
            cylinder(0.48, r * 0.3 + high, top=0.42, sides=sides).scaled(1, 1, 1.25),
            trim if draw.chance(0.5) else body,
            [(0, r * 0.7, z)],
        )
        sub.add(
            "hatch",
            torus(0.4, 0.06, sides=sides, around=8).scaled(1, 1, 1.25),
            metal("steel"),
            [(0, r + high, z)],
        )
    top = r + 0.6
    scope = tube(
        [(0, r * 0.8, z), (0, top + 0.75, z), (0, top + 0.85, z + 0.08), (0, top + 0.85, z + 0.3)],
        0.06,
        sides=8,
    )
    sub.add("periscope", scope, metal(draw.pick("steel", "brass", "iron")))
    back = -long * 0.84
    if draw.chance(0.6):
        sub.add(
            "rudder",
            side_view(
                [(back + 0.5, 0.1), (back - 0.35, r * 1.1), (back - 0.75, r * 1.1), (back - 0.3, 0)], 0.09
            ),
            trim,
        )
        sub.add(
            "lower rudder",
            side_view(
                [(back + 0.5, -0.1), (back - 0.35, -r * 0.9), (back - 0.75, -r * 0.9), (back - 0.3, 0)], 0.09
            ),
            trim,
        )
    sub.both("tail plane", wing(r * 0.95, 0.7, 0.45, 0.15, 0.09).moved(0.1, 0, back), trim)
    count = draw.whole(3, 5)
    blade = ellipsoid(0.13, 0.28, 0.03, sides=8).turned("y", 35).moved(0, 0.28)
    screw = merged(
        along_z([(0, -0.25), (0.1, -0.1), (0.1, 0.2), (0, 0.3)], sides=10),
        *(blade.turned("z", 360 * k / count) for k in range(count)),
    )
    sub.add("propeller", screw, metal(draw.pick("brass", "gold", "iron")), [(0, 0, -long - 0.1)])
    if style != "military":
        panes = draw.whole(2, 4)
        for i in range(panes):
            at = long * (0.5 - 0.9 * i / panes)
            wide = r * float(np.interp(at, [p[1] for p in profile], [p[0] / r for p in profile]))
            ring = torus(0.19, 0.055, sides=18, around=8).turned("z", 90).moved(wide * 0.97, 0.12, at)
            sub.both("porthole frame", ring, metal("brass") if draw.chance(0.5) else trim)
            sub.both(
                "porthole",
                cylinder(0.18, 0.06, sides=18).turned("z", -90).moved(wide * 0.95, 0.12, at),
                paint("mint"),
            )
    if style == "research":
        sub.add("bubble window", sphere(r * 0.7, sides=18), glass("#a6d8e4", 0.65), [(0, 0.05, long * 0.72)])
        sub.both(
            "ballast",
            along_z(
                [(0, -long * 0.6), (0.22, -long * 0.5), (0.22, long * 0.5), (0, long * 0.6)], sides=12
            ).moved(r * 0.75, -r * 0.7),
            trim,
        )
        sub.both(
            "claw arm",
            tube([(0.4, -0.5, long * 0.7), (0.55, -0.75, long), (0.4, -0.7, long * 1.25)], 0.06, sides=8),
            metal("steel"),
        )
    return sub


def canoe(draw: Draw) -> Assembly:
    return _paddled(draw, draw.pick("wooden", "painted", "dugout", "birch"))


def kayak(draw: Draw) -> Assembly:
    return _paddled(draw, "kayak")


def _paddled(draw: Draw, style: str) -> Assembly:
    """A narrow boat for one or two with paddles, decked over where `style` is "kayak"."""
    skin = (
        any_wood(draw)
        if style in ("wooden", "dugout")
        else material("birch bark", "#d3b98c")
        if style == "birch"
        else any_paint(draw, "black")
    )
    boat = Assembly({"style": style, "colour": skin.name})
    boat.proportions = draw.stretch(0.12, "x", "y", "z")
    half, w = draw.between(2.0, 2.5), draw.between(0.36, 0.46) * (0.75 if style == "kayak" else 1)
    rise = {"dugout": 0.05, "kayak": 0.06}.get(style, draw.between(0.15, 0.35))
    at = np.linspace(-1, 1, 15)
    deck, beam = 0.36 + rise * np.abs(at) ** 4, w * np.sqrt(np.clip(1 - np.abs(at) ** 2.2, 0.001, 1))
    keel = 0.1 * np.abs(at) ** 4
    if style == "kayak":
        boat.add(
            "hull",
            hull(
                [
                    (float(z * half), float(b), float(k), float(y))
                    for z, b, k, y in zip(at, beam, keel, deck, strict=True)
                ]
            ),
            skin,
        )
        boat.add(
            "deck", ellipsoid(w * 0.95, 0.12, half * 0.95, sides=16), lighter(skin, 0.15), [(0, 0.36, 0)]
        )
        boat.add("cockpit", ellipsoid(w * 0.62, 0.05, 0.42, sides=16), paint("black"), [(0, 0.46, 0)])
        boat.add(
            "coaming",
            torus(1.0, 0.06, sides=20, around=8).scaled(w * 0.62, 0.5, 0.42),
            paint("black"),
            [(0, 0.47, 0)],
        )
    else:
        rings: list[list[tuple[float, float, float]]] = []
        for z, b, k, y in zip(at, beam, keel, deck, strict=True):
            inner = max(float(b) - 0.03, 0.004)
            low = float(min(k + 0.05, y - 0.02))
            outer = [
                (-b, y),
                (-b * 0.92, y * 0.45 + k * 0.5),
                (-b * 0.45, k),
                (b * 0.45, k),
                (b * 0.92, y * 0.45 + k * 0.5),
                (b, y),
            ]
            inside = [
                (inner, y),
                (inner * 0.9, (y + low) / 2),
                (inner * 0.4, low),
                (-inner * 0.4, low),
                (-inner * 0.9, (y + low) / 2),
                (-inner, y),
            ]
            rings.append([(float(p), float(q), float(z * half)) for p, q in outer + inside])
        boat.add("hull", loft(np.array(rings)), skin)
        edge = any_wood(draw) if style != "dugout" else lighter(skin, -0.2)
        for side in (-1, 1):
            boat.add(
                "gunwale",
                tube(
                    [
                        (side * float(b), float(y), float(z * half))
                        for z, b, y in zip(at, beam, deck, strict=True)
                    ],
                    0.022,
                    sides=6,
                ),
                edge,
            )
        seats = draw.pick((-0.5, 0.45), (-0.5, 0.0, 0.45))
        boat.add("seat", box(w * 1.65, 0.035, 0.22), edge, [(0, 0.27, z * half) for z in seats])
        if style == "birch":
            boat.add("rib", box(w * 1.7, 0.03, 0.05), edge, [(0, 0.33, z * half) for z in (-0.25, 0.2)])
        if style == "painted" and draw.chance(0.5):
            boat.attributes["striped"] = True
            for side in (-1, 1):
                boat.add(
                    "stripe",
                    tube(
                        [
                            (side * float(b) * 0.985, float(y) * 0.78, float(z * half))
                            for z, b, y in zip(at[1:-1], beam[1:-1], deck[1:-1], strict=True)
                        ],
                        0.025,
                        sides=6,
                    ),
                    paint("white"),
                )
    if draw.chance(0.7):
        boat.attributes["with_paddle"] = True
        blade = rounded_box(0.16, 0.03, 0.42, 0.014)
        shaft = tube([(0, 0.015, -0.7), (0, 0.015, 0.7)], 0.016, sides=8)
        ends = [blade.moved(0, 0, 0.8)] + ([blade.moved(0, 0, -0.8)] if style == "kayak" else [])
        knob = [] if style == "kayak" else [sphere(0.03, sides=8).moved(0, 0.015, -0.72)]
        turn = 70 if style == "kayak" else draw.between(8, 25)
        boat.add(
            "paddle",
            merged(shaft, *ends, *knob).turned("y", turn),
            any_wood(draw),
            [(0, 0.5 if style == "kayak" else 0.4, 0.15)],
        )
    return boat
