"""Tools: what is held in the hand or leant against the wall of a workshop."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import arc, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, any_wood, lighter, metal, paint, rubber
from polyseek.procedural.polygons import regular, sector
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    merged,
    prism,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip


def hammer(draw: Draw) -> Assembly:
    style = draw.pick("claw", "sledge", "mallet")
    grip = any_wood(draw) if draw.chance(0.6) else any_paint(draw, "white")
    head = any_wood(draw) if style == "mallet" else metal(draw.pick("steel", "iron"))
    hammer = Assembly({"style": style, "material": head.name, "colour": grip.name})
    long = {"claw": 0.3, "sledge": 0.75, "mallet": 0.32}[style] * draw.between(0.9, 1.1)
    thick = 0.014 if style == "claw" else 0.018
    hammer.add(
        "handle",
        lathe(
            [(thick * 1.1, 0), (thick * 1.2, 0.02), (thick * 0.85, long * 0.4), (thick, long)], sides=16
        ).scaled(1, 1, 0.8),
        grip,
    )
    if style == "claw":
        face = lathe(
            [(0, 0), (0.014, 0), (0.015, 0.004), (0.015, 0.022), (0.011, 0.028), (0.011, 0.05)], sides=20
        )
        hammer.add("face", face.turned("z", -90).moved(-0.062 * 0 - 0.06, long), head)
        hammer.add("cheek", rounded_box(0.036, 0.034, 0.026, 0.006), head, [(0, long - 0.017, 0)])
        claw = spline([(0.01, long + 0.004, 0), (0.05, long + 0.006, 0), (0.09, long - 0.03, 0)], 10)
        for side in (-1, 1):
            hammer.add(
                "claw", tube(claw, [0.012, 0.01, 0.004], sides=8, flatten=0.55), head, [(0, 0, side * 0.0075)]
            )
    elif style == "sledge":
        hammer.add(
            "head", prism(regular(8, 0.034, phase=22.5), 0.16).turned("z", 90).moved(0.08, long - 0.035), head
        )
        hammer.add("cap", cylinder(thick * 1.05, 0.008, sides=14), lighter(grip, -0.3), [(0, long, 0)])
    else:
        hammer.add("head", rounded_box(0.14, 0.085, 0.075, 0.01), head, [(0, long - 0.06, 0)])
    if style == "claw" and draw.chance(0.6):
        hammer.add(
            "grip", lathe([(0.017, 0), (0.018, 0.01), (0.0155, 0.06), (0.017, 0.12)], sides=16), rubber()
        )
    return hammer


def screwdriver(draw: Draw) -> Assembly:
    grip = any_paint(draw)
    tip = draw.pick("flat", "cross")
    driver = Assembly({"style": tip, "colour": grip.name})
    long, r = draw.between(0.09, 0.15), draw.between(0.013, 0.017)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    lobes = regular(24, r) * (1 + 0.08 * np.cos(6 * angles))[:, None]
    driver.add("handle", prism(lobes, 0.085), grip, [(0, long + 0.02, 0)])
    driver.add("butt", ellipsoid(r, r * 0.7, r), lighter(grip, -0.25), [(0, long + 0.105, 0)])
    driver.add(
        "collar",
        lathe([(0.006, 0), (r * 0.9, 0.015), (r * 0.95, 0.022)], sides=20),
        paint("black"),
        [(0, long, 0)],
    )
    driver.add("shaft", cylinder(0.0035, long, sides=12), metal("steel"), [(0, 0.012, 0)])
    if tip == "flat":
        blade = np.array(
            [
                (-0.0035, 0.016),
                (-0.0035, 0.013),
                (-0.005, 0.007),
                (-0.0035, 0),
                (0.0035, 0),
                (0.005, 0.007),
                (0.0035, 0.013),
                (0.0035, 0.016),
            ]
        )
        driver.add("tip", extrusion(blade, 0.0022), metal("iron"))
    else:
        driver.add("tip", cylinder(0.0012, 0.014, top=0.0035, sides=4), metal("iron"))
    return driver


def axe(draw: Draw) -> Assembly:
    wood, steel = any_wood(draw), metal(draw.pick("steel", "iron"))
    double = draw.chance(0.35)
    axe = Assembly(
        {"style": "double-bladed" if double else "felling", "material": steel.name, "wood": wood.name}
    )
    long = draw.between(0.55, 0.8)
    haft = spline([(0.02, 0, 0), (-0.012, long * 0.12, 0), (0.0, long * 0.5, 0), (0, long, 0)], 14)
    axe.add("handle", tube(haft, [0.02, 0.015, 0.014, 0.017], flatten=0.75), wood)
    y, reach, tall = long - 0.06, draw.between(0.13, 0.17), draw.between(0.075, 0.1)
    outline = [
        (0.0, -0.035),
        (0.05, -0.03),
        (reach * 0.92, -tall),
        (reach * 1.02, -tall * 0.4),
        (reach * 1.04, tall * 0.3),
        (reach * 0.9, tall * 0.95),
        (0.05, 0.032),
        (0, 0.035),
    ]
    blade = extrusion(np.array(outline), 0.032)
    vertices = blade.vertices.copy()
    vertices[:, 2] *= np.clip(1.1 - vertices[:, 0] / reach, 0.04, 1)
    blade = type(blade)(vertices, blade.faces).moved(0, y)
    if double:
        axe.both("blade", blade, steel)
    else:
        axe.add("blade", blade, steel)
        axe.add("poll", rounded_box(0.05, 0.07, 0.034, 0.006), steel, [(-0.012, y - 0.035, 0)])
    if draw.chance(0.5):
        axe.add(
            "binding", cylinder(0.021, 0.1, sides=14).scaled(1, 1, 0.8), any_paint(draw), [(0.003, 0.06, 0)]
        )
    return axe


def saw(draw: Draw) -> Assembly:
    grip = any_wood(draw) if draw.chance(0.6) else any_paint(draw)
    saw = Assembly({"style": "hand", "material": "steel", "colour": grip.name})
    long, tall = draw.between(0.38, 0.5), draw.between(0.1, 0.13)
    count = 40
    teeth = [(long * i / count, 0.0 if i % 2 else 0.008) for i in range(count + 1)]
    blade = np.array([*teeth, (long, tall * 0.45), (0, tall)])
    saw.add("blade", extrusion(blade, 0.002), metal("steel"))
    outer = spline(
        [
            (0.01, tall + 0.015, 0),
            (-0.05, tall + 0.02, 0),
            (-0.125, tall * 0.9, 0),
            (-0.12, tall * 0.25, 0),
            (-0.05, -0.01, 0),
            (0.01, 0.0, 0),
        ],
        22,
    )
    saw.add("handle", tube(outer, [0.011, 0.014, 0.016, 0.016, 0.013, 0.01], flatten=0.8), grip)
    saw.add(
        "cheek",
        extrusion(np.array([(0.04, tall * 0.9), (-0.035, tall + 0.01), (-0.03, 0.0), (0.015, 0.005)]), 0.018),
        grip,
    )
    bolt = cylinder(0.006, 0.022, sides=12).turned("x", 90).moved(z=-0.011)
    saw.add("bolt", bolt, metal("brass"), [(-0.008, tall * 0.25, 0), (-0.003, tall * 0.7, 0)])
    return saw


def wrench(draw: Draw) -> Assembly:
    body = metal(draw.pick("steel", "iron", "silver")) if draw.chance(0.7) else any_paint(draw, "white")
    style = draw.pick("open-ended", "combination", "adjustable")
    wrench = Assembly({"style": style, "material": "metal", "colour": body.name})
    long, r, thick = draw.between(0.16, 0.24), draw.between(0.02, 0.025), 0.009
    wrench.add("shank", rounded_box(long, r * 0.75, thick * 0.75, 0.003), body, [(0, -r * 0.375, 0)])
    jaw = np.concatenate(
        [
            sector(r, 35, 325, steps=22),
            np.array(
                [
                    (r * 0.9, -r * 0.42),
                    (-r * 0.15, -r * 0.42),
                    (-r * 0.35, 0),
                    (-r * 0.15, r * 0.42),
                    (r * 0.9, r * 0.42),
                ]
            ),
        ]
    )
    head = extrusion(jaw, thick)
    wrench.add("jaw", head.turned("z", 18).moved(long / 2 + r * 0.5), body)
    if style == "open-ended":
        wrench.add("jaw", extrusion(jaw * 0.85, thick).turned("z", 198).moved(-long / 2 - r * 0.4), body)
    elif style == "combination":
        ring = [(r * 0.55, 0), (r, 0), (r, thick), (r * 0.55, thick), (r * 0.55, 0)]
        wrench.add(
            "ring", lathe(ring, sides=12).turned("x", 90).moved(-long / 2 - r * 0.6, 0, -thick / 2), body
        )
    else:
        hole = torus(r * 0.42, r * 0.13, sides=20, around=8).turned("x", 90)
        wrench.add("hanging eye", hole, body, [(-long / 2 - r * 0.3, 0, 0)])
        wrench.add(
            "knurl",
            cylinder(r * 0.24, r * 0.6, sides=14).turned("z", 90).moved(r * 0.3),
            metal("iron"),
            [(long / 2 - r * 0.45, 0, 0)],
        )
    return wrench


def shovel(draw: Draw) -> Assembly:
    wood, blade = (
        any_wood(draw),
        metal(draw.pick("steel", "iron", "copper")) if draw.chance(0.7) else any_paint(draw),
    )
    style = draw.pick("pointed", "square")
    shovel = Assembly({"style": style, "wood": wood.name, "colour": blade.name})
    long = draw.between(0.7, 0.95)
    w, h = draw.between(0.1, 0.12), draw.between(0.26, 0.32)
    if style == "pointed":
        edge = spline(
            [(-w, h, 0), (-w * 1.02, h * 0.45, 0), (0, 0, 0), (w * 1.02, h * 0.45, 0), (w, h, 0)], 22
        )[:, :2]
        outline = np.concatenate([edge, [(0.03, h * 1.05), (-0.03, h * 1.05)]])
    else:
        outline = np.array([(-w, 0), (w, 0), (w, h), (0.03, h * 1.06), (-0.03, h * 1.06), (-w, h)])
    plate = extrusion(outline, 0.006)
    bent = plate.vertices.copy()
    bent[:, 2] += 2.4 * bent[:, 0] ** 2
    shovel.add("blade", type(plate)(bent, plate.faces), blade)
    shovel.add("socket", cylinder(0.026, 0.14, top=0.02, sides=14), blade, [(0, h * 0.86, 0.0)])
    shovel.add("shaft", cylinder(0.017, long, sides=14), wood, [(0, h * 0.95, 0)])
    top = h * 0.95 + long
    if draw.chance(0.6):
        grip = arc(0.055, -90, 270, 5)
        shovel.add(
            "grip", cylinder(0.016, 0.12, sides=12).turned("z", 90).moved(0.06), wood, [(0, top + 0.07, 0)]
        )
        for side in (-1, 1):
            shovel.add(
                "grip arm",
                tube(
                    [(0, top - 0.02, 0), (side * 0.05, top + 0.02, 0), (side * 0.05, top + 0.075, 0)],
                    0.011,
                    sides=8,
                ),
                blade,
            )
        del grip
    else:
        shovel.add("knob", sphere(0.024, sides=14), wood, [(0, top, 0)])
    return shovel


def ladder(draw: Draw) -> Assembly:
    body = any_wood(draw) if draw.chance(0.6) else any_metal(draw)
    style = draw.pick("straight", "step")
    ladder = Assembly({"style": style, "material": body.name})
    h, w = draw.between(1.6, 2.4), draw.between(0.38, 0.48)
    rungs = int(h / 0.28)

    def side(lean: float, bars: bool) -> None:
        rails = merged(*(box(0.04, h, 0.025).moved(x) for x in (-w / 2, w / 2)))
        solids = [rails]
        if bars:
            bar = (
                cylinder(0.015, w, sides=10).turned("z", 90).moved(w / 2)
                if style == "straight"
                else box(w, 0.025, 0.1)
            )
            solids += [bar.moved(0, (i + 0.7) * h / rungs) for i in range(rungs)]
        for label, solid in zip(("rail", *["rung"] * rungs), solids, strict=False):
            ladder.add(label, solid.moved(0, -h).turned("x", lean).moved(0, h), body)

    if style == "straight":
        side(0 if draw.chance(0.3) else 12, True)
    else:
        side(-14, True)
        side(14, False)
        ladder.add("top", rounded_box(w + 0.08, 0.03, 0.2, 0.008), any_paint(draw), [(0, h - 0.01, 0)])
    return ladder


def toolbox(draw: Draw) -> Assembly:
    body, trim = any_paint(draw), any_metal(draw)
    toolbox = Assembly({"material": "metal", "colour": body.name})
    w, h, d = draw.between(0.4, 0.5), draw.between(0.15, 0.19), draw.between(0.18, 0.23)
    toolbox.add("case", rounded_box(w, h, d, 0.012), body)
    lid = extrusion(
        np.array(
            [(-d / 2, 0), (d / 2, 0), (d / 2, 0.03), (d * 0.28, 0.075), (-d * 0.28, 0.075), (-d / 2, 0.03)]
        ),
        w * 1.01,
    ).turned("y", 90)
    toolbox.add("lid", lid, lighter(body, -0.15), [(0, h + 0.004, 0)])
    toolbox.add(
        "latch",
        rounded_box(0.035, 0.06, 0.014, 0.004),
        trim,
        [(x, h - 0.03, d / 2 + 0.006) for x in (-w * 0.3, w * 0.3)],
    )
    loop = spline([(-0.09, 0, 0), (-0.085, 0.05, 0), (0, 0.06, 0), (0.085, 0.05, 0), (0.09, 0, 0)], 18)
    toolbox.add("handle", tube(loop, 0.009), rubber(), [(0, h + 0.075, 0)])
    toolbox.add(
        "label", rounded_box(w * 0.3, h * 0.35, 0.004, 0.001), paint("white"), [(0, h * 0.3, d / 2 + 0.001)]
    )
    return toolbox
