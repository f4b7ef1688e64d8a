"""Street furniture: signs, lights and boxes along a road."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import arc, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    lighter,
    material,
    metal,
    paint,
    rubber,
)
from polyseek.procedural.polygons import rectangle, regular, shifted
from polyseek.procedural.solids import (
    box,
    cone,
    cylinder,
    dome,
    extrusion,
    lathe,
    loft,
    merged,
    rounded_box,
    sphere,
    torus,
)


def traffic_cone(draw: Draw) -> Assembly:
    body = paint(draw.pick("orange", "orange", "red", "yellow"))
    bands = draw.whole(1, 3)
    traffic_cone = Assembly({"colour": body.name, "bands": bands})
    h, r = draw.between(0.45, 0.75), draw.between(0.13, 0.17)
    traffic_cone.add(
        "base", rounded_box(2.5 * r, 0.03, 2.5 * r, 0.012), rubber() if draw.chance(0.5) else body
    )

    def wide(t: float) -> float:
        return r * (1 - 0.82 * t)

    edges = [0.0]
    for i in range(bands):
        start = 0.3 + 0.62 * i / bands
        edges += [start, start + 0.38 / bands]
    edges.append(1.0)
    for i, (low, high) in enumerate(pairwise(edges)):
        ring = lathe([(wide(low), h * low), (wide(high), h * high)], sides=28)
        traffic_cone.add(
            "stripe" if i % 2 else "cone", ring, paint("white") if i % 2 else body, [(0, 0.025, 0)]
        )
    return traffic_cone


def road_sign(draw: Draw) -> Assembly:
    style = draw.pick("stop", "warning", "no-entry", "speed-limit", "arrow", "parking")
    sign = Assembly({"style": style})
    h, r = draw.between(1.9, 2.4), draw.between(0.3, 0.38)
    sign.add("post", cylinder(0.03, h + r, sides=14), metal("steel"), [(0, 0, -0.03)])
    white, red, black, blue = paint("white"), paint("red"), paint("black"), paint("blue")

    def plate(outline: np.ndarray, depth: float, label: str, skin: Material) -> None:
        sign.add(label, extrusion(outline, 0.02 + depth), skin, [(0, h, 0.01)])

    if style == "stop":
        plate(regular(8, r, phase=22.5), 0.0, "border", white)
        plate(regular(8, r * 0.9, phase=22.5), 0.006, "plate", red)
        for i in range(4):
            sign.add(
                "letter", box(r * 0.2, r * 0.42, 0.034), white, [((i - 1.5) * r * 0.33, h - r * 0.21, 0.01)]
            )
            if i in (2, 3):
                sign.add(
                    "letter hole",
                    box(r * 0.07, r * 0.16 if i == 3 else r * 0.26, 0.036),
                    red,
                    [((i - 1.5) * r * 0.33, h - (r * -0.02 if i == 3 else r * 0.13), 0.01)],
                )
    elif style == "warning":
        plate(regular(3, r * 1.15, phase=90), 0.0, "border", red)
        plate(regular(3, r * 0.84, phase=90), 0.006, "plate", white if draw.chance(0.5) else paint("yellow"))
        plate(shifted(rectangle(r * 0.12, r * 0.42), 0, r * 0.1), 0.012, "mark", black)
        plate(shifted(rectangle(r * 0.12, r * 0.12), 0, -r * 0.24), 0.012, "dot", black)
    elif style in ("no-entry", "speed-limit"):
        plate(regular(36, r), 0.0, "border", red)
        if style == "no-entry":
            plate(rectangle(r * 1.35, r * 0.34), 0.008, "bar", white)
        else:
            plate(regular(36, r * 0.8), 0.006, "plate", white)
            plate(shifted(rectangle(r * 0.3, r * 0.1), -r * 0.25, r * 0.3), 0.012, "digit", black)
            plate(shifted(rectangle(r * 0.1, r * 0.34), -r * 0.36, r * 0.17), 0.012, "digit", black)
            plate(shifted(rectangle(r * 0.3, r * 0.1), -r * 0.25, 0), 0.012, "digit", black)
            plate(shifted(rectangle(r * 0.1, r * 0.36), -r * 0.15, -r * 0.15), 0.012, "digit", black)
            plate(shifted(rectangle(r * 0.3, r * 0.1), -r * 0.25, -r * 0.32), 0.012, "digit", black)
            ring = lathe(
                [(r * 0.14, 0), (r * 0.23, 0), (r * 0.23, 0.03), (r * 0.14, 0.03), (r * 0.14, 0)], sides=22
            )
            sign.add("digit", ring.turned("x", 90).scaled(1, 1.45, 1).moved(r * 0.26, h, 0.0), black)
    elif style == "parking":
        plate(rectangle(r * 1.7, r * 1.7, radius=r * 0.2), 0.0, "border", white)
        plate(rectangle(r * 1.55, r * 1.55, radius=r * 0.16), 0.006, "plate", blue)
        plate(shifted(rectangle(r * 0.2, r * 1.1), -r * 0.26, 0), 0.012, "letter", white)
        bowl = np.concatenate(
            [regular(24, r * 0.36, phase=-90)[:13], (regular(24, r * 0.16, phase=-90)[:13])[::-1]]
        )
        plate(shifted(bowl, -r * 0.16, r * 0.2), 0.012, "letter", white)
    else:
        point = np.array(
            [(-r * 1.3, -r * 0.45), (r, -r * 0.45), (r * 1.5, 0), (r, r * 0.45), (-r * 1.3, r * 0.45)]
        )
        skin = any_wood(draw) if draw.chance(0.5) else any_paint(draw)
        plate(point, 0.02, "plate", skin)
        sign.add(
            "second plate",
            extrusion(point * [-0.85, 0.85], 0.04),
            lighter(skin, 0.15),
            [(0, h - r * 1.1, 0.01)],
        )
        for k, y in enumerate((0.0, -r * 1.1)):
            plate(shifted(rectangle(r * 1.4, r * 0.1), 0, y), 0.024, "lettering", black if k else white)
    return sign


def traffic_light(draw: Draw) -> Assembly:
    body = paint(draw.pick("black", "yellow", "green", "grey"))
    lit = draw.pick("red", "amber", "green")
    traffic_light = Assembly({"colour": body.name, "showing": lit})
    h = draw.between(2.1, 2.6)
    traffic_light.add("post", cylinder(0.06, h, sides=18), paint("grey"))
    traffic_light.add(
        "base", lathe([(0.15, 0), (0.15, 0.06), (0.07, 0.2), (0.05, 0.2)], sides=20), paint("grey")
    )
    traffic_light.add("housing", rounded_box(0.32, 0.92, 0.24, 0.05), body, [(0, h, 0)])
    for i, (name, hue) in enumerate((("green", "#4fa86a"), ("amber", "#e5ab3c"), ("red", "#d04a41"))):
        y = h + 0.17 + 0.29 * i
        glow = 0.8 if name == lit else 0.0
        lens = material(name, hue, roughness=0.3, glow=glow)
        lens = lens if name == lit else lighter(lens, -0.6)
        traffic_light.add(f"{name} lamp", dome(0.105, 0.05).turned("x", 90).moved(0, y, 0.12), lens)
        visor = np.concatenate([arc(0.125, 0, 180, 14)[:, :2], arc(0.113, 180, 0, 14)[:, :2]])
        traffic_light.add("visor", extrusion(visor, 0.13), lighter(body, -0.3), [(0, y, 0.18)])
    return traffic_light


def street_lamp(draw: Draw) -> Assembly:
    iron = draw.pick(paint("black"), paint("green"), paint("grey"), metal("iron"), paint("navy"))
    style = draw.pick("lantern", "globe", "curved")
    lamp = Assembly({"style": style, "colour": iron.name})
    h = draw.between(3.0, 4.2)
    bright = material("lamp light", "#ffe7ad", glow=0.7)
    lamp.add(
        "base",
        lathe(
            [(0.2, 0), (0.2, 0.1), (0.13, 0.2), (0.11, 0.55), (0.07, 0.65)],
            sides=8 if style == "lantern" else 24,
        ),
        iron,
    )
    lamp.add("post", cylinder(0.06, h - 0.6, top=0.042, sides=18), iron, [(0, 0.6, 0)])
    if style == "curved":
        bend = spline([(0, h - 0.05, 0), (0, h + 0.5, 0), (0.3, h + 0.85, 0), (0.9, h + 0.9, 0)], 18)
        lamp.add("arm", tube(bend, [0.045, 0.035]), iron)
        lamp.add("hood", dome(0.24, 0.14).scaled(1.25, 1, 0.8), iron, [(0.95, h + 0.82, 0)])
        lamp.add("light", dome(0.18, 0.06).scaled(1.25, -1, 0.8), bright, [(0.95, h + 0.82, 0)])
        return lamp
    heads = [(0.0, 0.0, 0.0)]
    if draw.chance(0.4):
        lamp.attributes["lamps"] = 2
        arm = spline([(0, h - 0.5, 0), (0.3, h - 0.55, 0), (0.48, h - 0.35, 0), (0.48, h - 0.1, 0)], 14)
        lamp.both("arm", tube(arm, 0.03), iron)
        heads = [(-0.48, -0.1, 0.0), (0.48, -0.1, 0.0)]
    lamp.add("collar", torus(0.065, 0.025, around=8), iron, [(0, h - 0.02, 0), (0, h * 0.55, 0)])
    places = [(x, h + y, z) for x, y, z in heads]
    if style == "globe":
        lamp.add("cup", lathe([(0.05, 0), (0.12, 0.06), (0.1, 0.09), (0, 0.09)], sides=22), iron, places)
        lamp.add("light", sphere(0.21, sides=22).moved(0, 0.27), bright, places)
    else:
        lamp.add("light", lathe([(0.1, 0.05), (0.17, 0.42), (0, 0.42)], sides=6), bright, places)
        bars = merged(
            *(tube([(0.11, 0.04, 0), (0.18, 0.43, 0)], 0.014, sides=6).turned("y", 60 * i) for i in range(6))
        )
        lamp.add(
            "frame",
            merged(lathe([(0.05, 0), (0.12, 0.02), (0.12, 0.06), (0, 0.06)], sides=6), bars),
            iron,
            places,
        )
        lamp.add("roof", lathe([(0.23, 0.42), (0.12, 0.56), (0.05, 0.6), (0, 0.72)], sides=6), iron, places)
    return lamp


def mailbox(draw: Draw) -> Assembly:
    body = paint(draw.pick("red", "blue", "yellow", "green", "grey", "white"))
    style = draw.pick("pillar", "rural")
    mailbox = Assembly({"style": style, "colour": body.name})
    if style == "pillar":
        r, h = 0.24, draw.between(1.2, 1.4)
        mailbox.add("base", cylinder(r * 1.08, 0.14), paint("black"))
        mailbox.add("body", cylinder(r, h), body, [(0, 0.12, 0)])
        mailbox.add(
            "cap",
            lathe([(r * 1.12, 0), (r * 1.15, 0.04), (r * 1.0, 0.1), (0, 0.17)], sides=28),
            lighter(body, -0.1),
            [(0, h + 0.1, 0)],
        )
        mailbox.add("slot", rounded_box(0.26, 0.045, 0.08, 0.012), paint("black"), [(0, h * 0.86, r * 0.88)])
        mailbox.add(
            "slot hood", rounded_box(0.3, 0.025, 0.1, 0.01), lighter(body, -0.15), [(0, h * 0.9, r * 0.88)]
        )
        mailbox.add("notice", rounded_box(0.17, 0.2, 0.06, 0.004), paint("white"), [(0, h * 0.58, r * 0.86)])
        return mailbox
    h = draw.between(0.95, 1.1)
    mailbox.add("post", box(0.1, h, 0.1), any_wood(draw))
    top = np.concatenate([[(-0.12, 0), (0.12, 0)], arc(0.12, 0, 180, 16)[:, :2] + [0, 0.14]])
    mailbox.add("box", extrusion(top, 0.5), body, [(0, h, 0.06)])
    mailbox.add("door", extrusion(top * 0.94 + [0, 0.006], 0.02), lighter(body, 0.2), [(0, h, 0.315)])
    mailbox.add("door knob", sphere(0.016, sides=12), metal("brass"), [(0, h + 0.2, 0.335)])
    flag = merged(box(0.012, 0.2, 0.02), box(0.012, 0.07, 0.12).moved(0, 0.14, 0.05))
    mailbox.add(
        "flag",
        flag if draw.chance(0.5) else flag.turned("x", 90),
        paint("orange" if body.name == "red" else "red"),
        [(0.13, h + 0.12, -0.02)],
    )
    return mailbox


def fire_hydrant(draw: Draw) -> Assembly:
    body = paint(draw.pick("red", "red", "yellow", "blue", "green"))
    cap = draw.pick(paint("white"), metal("silver"), lighter(body, -0.25), paint("blue"))
    hydrant = Assembly({"colour": body.name, "cap": cap.name})
    h, r = draw.between(0.5, 0.62), draw.between(0.1, 0.12)
    hydrant.add(
        "barrel",
        lathe(
            [
                (r * 1.5, 0),
                (r * 1.5, 0.035),
                (r * 1.05, 0.05),
                (r, h * 0.75),
                (r * 1.35, h * 0.77),
                (r * 1.35, h * 0.83),
                (r * 1.1, h * 0.85),
                (0, h * 0.85),
            ],
            sides=28,
        ),
        body,
    )
    hydrant.add(
        "bonnet",
        lathe([(r * 1.12, 0), (r * 1.0, r * 0.55), (r * 0.6, r * 0.95), (0, r * 1.05)], sides=28),
        cap,
        [(0, h * 0.84, 0)],
    )
    hydrant.add("nut", cylinder(r * 0.3, r * 0.4, sides=5), metal("iron"), [(0, h * 0.84 + r * 0.95, 0)])
    nozzle = merged(
        cylinder(r * 0.5, r * 0.75, sides=20),
        cylinder(r * 0.64, r * 0.35, sides=8).moved(0, r * 0.55),
        cylinder(r * 0.2, r * 0.2, sides=5).moved(0, r * 0.88),
    )
    hydrant.both("nozzle", nozzle.turned("z", -90).moved(r * 0.75, h * 0.58), cap)
    hydrant.add("front nozzle", nozzle.turned("x", 90).scaled(1.25, 1.25, 1).moved(0, h * 0.5, r * 0.75), cap)
    hydrant.spin("bolt", cylinder(r * 0.12, 0.025, sides=6).moved(r * 1.26, 0.03), metal("iron"), 8)
    hydrant.spin("flange bolt", cylinder(r * 0.1, 0.03, sides=6).moved(r * 1.22, h * 0.82), metal("iron"), 8)
    return hydrant


def bin(draw: Draw) -> Assembly:
    body = paint(draw.pick("green", "grey", "blue", "black", "brown", "yellow"))
    style = draw.pick("wheelie", "litter", "pedal")
    bin_ = Assembly({"style": style, "colour": body.name})
    bin_.proportions = draw.stretch(0.1, "x", "y", "z")
    if style == "wheelie":
        low, high = rectangle(0.42, 0.46, radius=0.04), rectangle(0.54, 0.62, radius=0.05)

        rings = [
            np.column_stack([p[:, 0], np.full(len(p), y), p[:, 1]])
            for p, y in ((low, 0.04), (high, 0.92), (high * 1.05, 0.93), (high * 1.05, 0.98))
        ]
        bin_.add("body", loft(np.stack(rings)), body)
        lid = np.array([(-0.34, 0), (0.34, 0.0), (0.33, 0.03), (-0.02, 0.1), (-0.34, 0.06)])
        bin_.add(
            "lid",
            extrusion(lid, 0.57).turned("y", -90),
            lighter(body, draw.pick(-0.25, 0.2)),
            [(0, 0.985, 0.0)],
        )
        bin_.add(
            "handle", cylinder(0.02, 0.46, sides=12).turned("z", 90).moved(0.23, 0.98, -0.37), paint("black")
        )
        bin_.add(
            "wheel",
            cylinder(0.1, 0.06, sides=24).turned("z", 90).moved(0.03),
            rubber(),
            [(x, 0.1, -0.26) for x in (-0.25, 0.25)],
        )
    elif style == "litter":
        r, h = 0.2, 0.62
        bin_.add("liner", cylinder(r * 0.9, h, sides=28), lighter(body, -0.4), [(0, 0.08, 0)])
        bin_.spin(
            "slat",
            rounded_box(0.05, h, 0.018, 0.006).moved(0, 0.1, r),
            any_wood(draw) if draw.chance(0.6) else body,
            18,
        )
        bin_.add(
            "hoop",
            torus(r * 0.98, 0.018, sides=32, around=8),
            metal("iron"),
            [(0, 0.12, 0), (0, h + 0.08, 0)],
        )
        bin_.spin("lid post", cylinder(0.012, 0.2, sides=8).moved(r * 0.85, h + 0.06), metal("iron"), 4)
        bin_.add(
            "lid",
            lathe([(r * 1.08, 0), (r * 1.08, 0.03), (r * 0.6, 0.1), (0, 0.12)], sides=28),
            body,
            [(0, h + 0.25, 0)],
        )
    else:
        r, h = 0.13, draw.between(0.3, 0.4)
        bin_.add("body", cylinder(r, h, sides=32), any_metal(draw) if draw.chance(0.4) else body)
        bin_.add("foot ring", cylinder(r * 1.04, 0.025, sides=32), paint("black"))
        bin_.add(
            "lid",
            lathe([(r * 1.03, 0), (r * 1.03, 0.02), (r * 0.7, 0.055), (0, 0.068)], sides=32),
            lighter(body, 0.2),
            [(0, h, 0)],
        )
        bin_.add("pedal", rounded_box(0.07, 0.014, 0.07, 0.005), metal("steel"), [(0, 0.012, r + 0.02)])
    return bin_


def fountain(draw: Draw) -> Assembly:
    rock = material(
        *draw.pick(
            ("limestone", "#cfc9ba"), ("sandstone", "#d2b88f"), ("granite", "#9a9894"), ("marble", "#e4e1da")
        ),
        roughness=0.9,
    )
    water = material("water", "#79b7cc", roughness=0.1)
    tiers = draw.whole(1, 3)
    fountain = Assembly({"tiers": tiers, "material": rock.name})
    r, h = draw.between(1.2, 1.6), 0.45
    sides = draw.pick(8, 36)
    fountain.add(
        "basin",
        lathe(
            [
                (0, 0),
                (r * 1.08, 0),
                (r * 1.08, 0.1),
                (r, 0.14),
                (r, h - 0.06),
                (r * 1.08, h),
                (r * 0.9, h),
                (r * 0.88, 0.12),
                (0, 0.12),
            ],
            sides=sides,
        ),
        rock,
    )
    fountain.add("water", cylinder(r * 0.9, 0.03, sides=sides), water, [(0, h * 0.72, 0)])
    y, wide = 0.12, r * 0.6
    for _ in range(tiers):
        tall = draw.between(0.6, 0.8)
        fountain.add(
            "pillar",
            lathe(
                [
                    (wide * 0.3, 0),
                    (wide * 0.22, tall * 0.2),
                    (wide * 0.16, tall * 0.6),
                    (wide * 0.26, tall * 0.9),
                    (wide * 0.2, tall),
                ],
                sides=24,
            ),
            rock,
            [(0, y, 0)],
        )
        y += tall * 0.95
        fountain.add(
            "bowl",
            lathe(
                [
                    (wide * 0.2, 0),
                    (wide * 0.6, 0.05),
                    (wide, 0.2),
                    (wide * 0.93, 0.21),
                    (wide * 0.6, 0.12),
                    (0, 0.1),
                ],
                sides=36,
            ),
            rock,
            [(0, y, 0)],
        )
        fountain.add("bowl water", cylinder(wide * 0.86, 0.02, sides=36), water, [(0, y + 0.165, 0)])
        for i in range(8):
            turn = 2 * math.pi * i / 8
            out = spline(
                [
                    (wide * 0.97, y + 0.2, 0),
                    (wide * 1.1, y + 0.15, 0),
                    (wide * 1.2, y - tall * 0.35, 0),
                    (wide * 1.22, max(y - tall * 0.8, h * 0.73), 0),
                ],
                10,
            )
            fountain.add("jet", tube(out, [0.012, 0.02], sides=6).turned("y", math.degrees(turn)), water)
        wide *= 0.58
    fountain.add(
        "finial",
        merged(cone(0.09, 0.35, sides=16).moved(0, y + 0.1), sphere(0.075, sides=16).moved(0, y + 0.46)),
        rock,
    )
    return fountain


def sandwich_board(draw: Draw) -> Assembly:
    frame, face = any_wood(draw), paint(draw.pick("black", "green", "navy", "white"))
    board = Assembly({"style": "chalkboard", "wood": frame.name, "colour": face.name})
    w, h = draw.between(0.5, 0.65), draw.between(0.8, 1.1)
    chalk = paint("black" if face.name == "white" else "cream")
    lines = draw.whole(3, 5)
    lengths = [draw.between(0.35, 0.75) for _ in range(lines)]
    for turn in (0, 180):
        panel = [
            (
                "frame",
                merged(
                    box(0.05, h, 0.03).moved(-w / 2),
                    box(0.05, h, 0.03).moved(w / 2),
                    box(w, 0.06, 0.03).moved(0, 0.12),
                    box(w, 0.06, 0.03).moved(0, h - 0.06),
                ),
                frame,
            )
        ]
        panel.append(("board", box(w, h - 0.2, 0.014).moved(0, 0.15), face))
        for i, share in enumerate(lengths):
            y = h - 0.22 - 0.11 * i
            panel.append(("lettering", box(w * share, 0.03 if i else 0.055, 0.018).moved(0, y), chalk))
        for label, solid, skin in panel:
            board.add(label, solid.moved(0, -h).turned("x", -14).moved(0, h, 0.01).turned("y", turn), skin)
    board.add(
        "hinge",
        cylinder(0.015, 0.07, sides=12).turned("z", 90).moved(0.035),
        metal("brass"),
        [(-w * 0.3, h, 0), (w * 0.3, h, 0)],
    )
    return board
