"""Vehicles on roads. They drive towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, glass, lighter, material, metal, paint, rubber
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    merged,
    rounded_box,
    torus,
)  # fmt: skip

PANE = material("window", "#9fc4d1", roughness=0.1)
LIGHT = material("headlight", "#fff2c2", glow=0.5)


def _wheels(
    model: Assembly, radius: float, width: float, hub: Material, at: list[tuple[float, float]]
) -> None:
    """A tyre and a hub at each (x, z), turning about x, standing on the ground."""
    tyre = lathe(
        [(radius * 0.55, 0), (radius * 0.93, 0), (radius, width * 0.2), (radius, width * 0.8), (radius * 0.93, width),
         (radius * 0.55, width), (radius * 0.55, 0)], sides=28
    ).turned("z", 90).moved(width / 2)  # fmt: skip
    disc = cylinder(radius * 0.56, width * 0.9, sides=28).turned("z", 90).moved(width * 0.45)
    cap = cylinder(radius * 0.18, width * 1.1, sides=14).turned("z", 90).moved(width * 0.55)
    places = [(x, radius, z) for x, z in at]
    model.add("tyre", tyre, rubber(), places)
    model.add("wheel", disc, hub, places)
    model.add("hub cap", cap, lighter(hub, -0.3), places)


def _profile(outline: list[tuple[float, float]], width: float, tuck: float = 0.0) -> Solid:
    """A side view, points (z, y), given a width along x; its upper half drawn in by `tuck`."""
    solid = extrusion(np.array(outline), width).turned("y", -90)
    high = solid.vertices[:, 1]
    share = np.clip((high - np.median(high)) / max(float(np.ptp(high)), 1e-9), 0, 1)
    vertices = solid.vertices.copy()
    vertices[:, 0] *= 1 - tuck * share
    return Solid(vertices, solid.faces)


def car(draw: Draw) -> Assembly:
    body = any_paint(draw)
    style = draw.pick("sedan", "hatchback", "sports", "pickup", "van", "taxi", "police")
    if style in ("taxi", "police"):
        body = paint("yellow" if style == "taxi" else "white")
    car = Assembly({"style": style, "colour": body.name})
    w, half, r = 1.75, draw.between(2.0, 2.2), draw.between(0.31, 0.35)
    deck = 0.72 if style == "sports" else 0.85
    low = [
        (-half, 0.3),
        (half, 0.3),
        (half + 0.04, 0.5),
        (half - 0.06, deck - 0.12),
        (half * 0.5, deck),
        (-half + 0.03, deck),
        (-half - 0.04, 0.55),
    ]
    car.add("body", _profile(low, w), body)
    roof = {"sports": 1.15, "van": 1.95}.get(style, draw.between(1.4, 1.5))
    cabin = {
        "sedan": [(-1.35, deck), (1.0, deck), (0.4, roof), (-0.85, roof)],
        "hatchback": [(-half, deck), (1.05, deck), (0.45, roof), (-1.55, roof)],
        "sports": [(-1.2, deck), (0.8, deck), (0.1, roof), (-0.6, roof)],
        "pickup": [(-0.4, deck), (1.1, deck), (0.6, roof), (-0.35, roof)],
        "van": [(-half, deck), (1.5, deck), (1.0, roof), (-half, roof)],
    }.get(style, [(-1.35, deck), (1.0, deck), (0.4, roof), (-0.85, roof)])
    car.add("cabin", _profile(cabin, w * 0.9, 0.14), body)
    centre = np.mean(cabin, axis=0)
    side = [tuple(centre + (np.array(p) - centre) * [0.86, 0.66] + [0, 0.02]) for p in cabin]
    car.add("side window", _profile([(float(a), float(b)) for a, b in side], w * 0.915, 0.13), PANE)
    front = np.array([cabin[1], cabin[2]])
    z, y = front.mean(axis=0)
    slope = float(np.degrees(np.arctan2(front[0, 0] - front[1, 0], roof - deck)))
    tall = float(np.hypot(*(front[1] - front[0]))) * 0.75
    car.add(
        "windscreen",
        box(w * 0.74, tall, 0.02).moved(0, -tall / 2).turned("x", -slope).moved(0, y, z + 0.012),
        PANE,
    )
    if style == "pickup":
        car.add(
            "bed wall",
            box(0.06, 0.22, half - 0.5),
            body,
            [(x, deck, -half / 2 - 0.22) for x in (-w / 2 + 0.05, w / 2 - 0.05)],
        )
        car.add("tail gate", box(w - 0.06, 0.22, 0.06), body, [(0, deck, -half + 0.06)])
    if style == "taxi":
        car.add("roof sign", rounded_box(0.5, 0.14, 0.2, 0.03), paint("white"), [(0, roof, -0.25)])
    if style == "police":
        car.add("stripe", box(w + 0.01, 0.16, half * 2 - 0.2), paint("navy"), [(0, 0.5, 0)])
        car.add("red light", box(0.3, 0.1, 0.16), paint("red"), [(-0.2, roof, -0.25)])
        car.add("blue light", box(0.3, 0.1, 0.16), paint("blue"), [(0.2, roof, -0.25)])
    if style == "sports":
        car.add("spoiler", box(w * 0.9, 0.04, 0.25), body, [(0, deck + 0.2, -half + 0.1)])
        car.add("spoiler post", box(0.05, 0.2, 0.1), body, [(x, deck, -half + 0.12) for x in (-0.5, 0.5)])
    lamp = cylinder(0.1, 0.06, sides=18).turned("x", 90)
    car.add("headlight", lamp, LIGHT, [(x, deck - 0.22, half) for x in (-0.62, 0.62)])
    car.add(
        "tail light", box(0.22, 0.12, 0.05), paint("red"), [(x, 0.6, -half - 0.02) for x in (-0.65, 0.65)]
    )
    car.add(
        "bumper", rounded_box(w * 0.98, 0.14, 0.12, 0.04), paint("grey"), [(0, 0.3, half), (0, 0.3, -half)]
    )
    axle = half * 0.62
    _wheels(
        car, r, 0.24, metal("silver"), [(x, z) for x in (-w / 2 + 0.08, w / 2 - 0.08) for z in (-axle, axle)]
    )
    return car


def truck(draw: Draw) -> Assembly:
    cab, load = any_paint(draw), any_paint(draw)
    style = draw.pick("box", "tanker", "dump", "flatbed")
    truck = Assembly({"style": style, "colour": cab.name})
    truck.proportions = draw.stretch(0.08, "x", "yz")
    long = draw.between(4.2, 5.5)
    outline = [(0, 0.6), (1.7, 0.6), (1.75, 1.5), (1.35, 2.6), (0, 2.7)]
    truck.add("cab", _profile(outline, 2.2), cab, [(0, 0, long / 2 - 0.2)])
    truck.add("windscreen", box(1.9, 0.8, 0.03).turned("x", -20).moved(0, 1.65, long / 2 + 1.49), PANE)
    truck.add("side window", box(2.22, 0.6, 0.75), PANE, [(0, 1.75, long / 2 + 0.55)])
    truck.add("chassis", box(0.9, 0.25, long + 1.6), paint("black"), [(0, 0.55, 0.6)])
    truck.add("bumper", rounded_box(2.2, 0.3, 0.2, 0.05), metal("steel"), [(0, 0.45, long / 2 + 1.5)])
    truck.add(
        "headlight",
        cylinder(0.13, 0.06, sides=18).turned("x", 90),
        LIGHT,
        [(x, 1.0, long / 2 + 1.52) for x in (-0.8, 0.8)],
    )
    bed = long - 0.1
    if style == "box":
        truck.add("container", box(2.35, 2.3, bed), load, [(0, 0.85, -0.3)])
        truck.add("stripe", box(2.37, 0.3, bed * 0.99), lighter(load, 0.4), [(0, 1.8, -0.3)])
    elif style == "tanker":
        tank = lathe([(0, 0), (0.7, 0), (1.05, 0.2), (1.05, bed - 0.2), (0.7, bed), (0, bed)], sides=32)
        truck.add("tank", tank.turned("x", 90).moved(0, 1.9, -bed / 2 - 0.3), load)
        truck.add(
            "tank band",
            torus(1.06, 0.04, sides=32).turned("x", 90),
            metal("steel"),
            [(0, 1.9, z - 0.3) for z in (-bed / 3, 0, bed / 3)],
        )
    else:
        truck.add("bed", box(2.3, 0.12, bed), load, [(0, 0.82, -0.3)])
        high = 0.9 if style == "dump" else 0.25
        truck.add("bed side", box(0.08, high, bed), load, [(x, 0.9, -0.3) for x in (-1.11, 1.11)])
        truck.add("bed end", box(2.3, high, 0.08), load, [(0, 0.9, -0.3 - bed / 2), (0, 0.9, -0.3 + bed / 2)])
        if style == "dump":
            truck.add(
                "sand",
                ellipsoid(1.0, 0.55, bed * 0.45),
                material("sand", "#cdb27a", roughness=1),
                [(0, 1.6, -0.3)],
            )
        else:
            log = cylinder(0.22, bed * 0.9, sides=16).turned("x", 90).moved(z=-bed * 0.45 - 0.3)
            truck.add(
                "log",
                log,
                any_wood(draw),
                [(-0.5, 1.16, 0), (0, 1.16, 0), (0.5, 1.16, 0), (-0.25, 1.54, 0), (0.25, 1.54, 0)],
            )
    rear = [-bed / 2 + 0.4, -bed / 2 + 1.45]
    _wheels(
        truck, 0.5, 0.35, metal("silver"), [(x, z) for x in (-0.98, 0.98) for z in (*rear, long / 2 + 0.55)]
    )
    return truck


def bus(draw: Draw) -> Assembly:
    body, second = any_paint(draw, "black"), any_paint(draw)
    style = draw.pick("city", "school", "double-decker")
    if style == "school":
        body = paint("yellow")
    if style == "double-decker":
        body = paint("red") if draw.chance(0.6) else body
    bus = Assembly({"style": style, "colour": body.name})
    long, floors = draw.between(8.0, 10.0), 2 if style == "double-decker" else 1
    high = 2.4 + 1.7 * (floors - 1)
    bus.add("body", rounded_box(2.5, high, long, 0.18), body, [(0, 0.45, 0)])
    for floor in range(floors):
        y = 1.55 + 1.75 * floor
        count = int(long / 1.3)
        places = [(0.0, y, -long / 2 + 0.9 + i * (long - 1.5) / count) for i in range(count)]
        bus.add(
            "side window",
            rounded_box(2.53, 0.85, (long - 1.5) / count - 0.18, 0.01),
            PANE,
            [(x, y, z + 0.2) for x, y, z in places],
        )
        bus.add(
            "windscreen",
            rounded_box(2.1, 1.0, 0.05, 0.02),
            PANE,
            [(0, y - 0.05, long / 2), (0, y - 0.05, -long / 2)],
        )
    bus.add(
        "stripe", box(2.52, 0.18, long * 0.97), paint("black") if style == "school" else second, [(0, 1.1, 0)]
    )
    if style == "school":
        bus.add("bonnet", rounded_box(2.0, 1.0, 1.5, 0.15), body, [(0, 0.45, long / 2 + 0.5)])
    nose = long / 2 + (1.25 if style == "school" else 0)
    bus.add(
        "headlight",
        cylinder(0.14, 0.06, sides=18).turned("x", 90),
        LIGHT,
        [(x, 0.85, nose) for x in (-0.75, 0.75)],
    )
    bus.add(
        "bumper",
        rounded_box(2.45, 0.25, 0.15, 0.05),
        paint("black"),
        [(0, 0.42, nose + 0.02), (0, 0.42, -long / 2 - 0.02)],
    )
    _wheels(
        bus, 0.5, 0.3, metal("silver"), [(x, z) for x in (-1.12, 1.12) for z in (-long * 0.3, long * 0.33)]
    )
    return bus


def bicycle(draw: Draw) -> Assembly:
    frame = any_paint(draw)
    style = draw.pick("city", "racing", "mountain")
    bicycle = Assembly({"style": style, "colour": frame.name})
    bicycle.proportions = draw.stretch(0.12, "x", "yz")
    r, fat = 0.34, {"city": 0.02, "racing": 0.012, "mountain": 0.03}[style]
    wheel = torus(r - fat, fat, sides=36, around=8).turned("z", 90)
    spokes = merged(
        *(
            cylinder(0.0025, 2 * (r - fat), sides=5).moved(y=-(r - fat)).turned("x", 22.5 * k)
            for k in range(8)
        )
    )
    back, front = -0.52, 0.54
    hubs = [(0.0, r, back), (0.0, r, front)]
    bicycle.add("tyre", wheel, rubber(), hubs)
    bicycle.add("spokes", spokes, metal("silver"), hubs)
    saddle, crank, head = np.array([0, 0.88, -0.22]), np.array([0, 0.32, -0.06]), np.array([0, 0.82, 0.36])
    low_head = np.array([0, 0.68, 0.4])
    bar = saddle + (crank - saddle) * (0.55 if style == "city" else 0.1)
    pipes = [(crank, saddle), (crank, low_head), (bar, head), (low_head, head)]
    bicycle.add("frame", merged(*(tube(np.array(ends), 0.019, sides=10) for ends in pipes)), frame)
    stays = merged(
        *(
            tube(np.array([[x, *start[1:]], [x, r, back]]), 0.011, sides=8)
            for x in (-0.035, 0.035)
            for start in (crank, saddle * [1, 0.93, 1])
        )
    )
    bicycle.add("stays", stays, frame)
    forks = merged(
        *(
            tube(np.array([[x, 0.72, 0.4], [x, 0.55, 0.45], [x, r, front]]), 0.012, sides=8)
            for x in (-0.04, 0.04)
        )
    )
    bicycle.add("fork", forks, lighter(frame, -0.2))
    bicycle.add("stem", tube([tuple(head), (0, 1.0, 0.32)], 0.015), metal("steel"))
    grips = {
        "city": [(0, 1.0, 0.32), (0.12, 1.04, 0.3), (0.27, 1.06, 0.08)],
        "racing": [(0, 1.0, 0.32), (0.2, 1.0, 0.34), (0.22, 0.96, 0.46), (0.22, 0.86, 0.42)],
        "mountain": [(0, 1.0, 0.32), (0.15, 1.02, 0.33), (0.34, 1.03, 0.28)],
    }[style]
    bicycle.both("handlebar", tube(spline(grips, 12), 0.014), metal("steel"))
    bicycle.add(
        "saddle",
        ellipsoid(0.075, 0.035, 0.14, sides=16),
        paint("brown" if style == "city" else "black"),
        [(0, 0.92, -0.24)],
    )
    ring = torus(0.095, 0.008, sides=28, around=8).turned("z", 90).moved(*crank)
    bicycle.add("chain ring", ring, metal("steel"))
    arm = tube([(0.05, 0.32, -0.06), (0.06, 0.18, 0.02)], 0.01, sides=8)
    bicycle.add(
        "crank",
        merged(arm, Solid(arm.vertices * [-1, -1, -1] + [0, 0.64, -0.12], arm.faces[:, ::-1])),
        metal("steel"),
    )
    bicycle.add("pedal", box(0.09, 0.02, 0.06), paint("black"), [(0.1, 0.17, 0.02), (-0.1, 0.45, -0.14)])
    if style == "city":
        bicycle.add(
            "basket",
            lathe([(0, 0), (0.11, 0), (0.15, 0.2), (0.142, 0.2), (0.104, 0.01), (0, 0.01)], sides=16),
            any_wood(draw),
            [(0, 0.84, 0.55)],
        )
    return bicycle


def tractor(draw: Draw) -> Assembly:
    body, rim = any_paint(draw, "black", "white"), paint(draw.pick("yellow", "red", "white", "orange"))
    cabbed = draw.chance(0.6)
    tractor = Assembly({"style": "cab" if cabbed else "open", "colour": body.name})
    tractor.proportions = draw.stretch(0.08, "x", "yz")
    tractor.add("bonnet", rounded_box(0.75, 0.75, 1.7, 0.08), body, [(0, 0.75, 0.85)])
    tractor.add("grille", box(0.55, 0.5, 0.04), paint("black"), [(0, 0.85, 1.7)])
    tractor.add(
        "headlight",
        cylinder(0.09, 0.05, sides=16).turned("x", 90),
        LIGHT,
        [(x, 1.3, 1.7) for x in (-0.22, 0.22)],
    )
    tractor.add("chassis", box(0.6, 0.4, 2.6), paint("grey"), [(0, 0.5, 0.4)])
    tractor.add(
        "exhaust",
        merged(cylinder(0.05, 0.9, sides=12), cylinder(0.08, 0.4, sides=14).moved(0, 0.2)),
        paint("black"),
        [(0.22, 1.45, 1.1)],
    )
    fender = extrusion(np.concatenate([_ring(0.95, 20, 160), _ring(0.85, 160, 20)]), 0.42).turned("y", -90)
    tractor.add("fender", fender, body, [(x, 0.75, -0.55) for x in (-0.72, 0.72)])
    tractor.add(
        "seat",
        merged(rounded_box(0.5, 0.12, 0.45, 0.05), rounded_box(0.5, 0.45, 0.1, 0.04).moved(0, 0.08, -0.2)),
        paint("black"),
        [(0, 1.15, -0.55)],
    )
    if cabbed:
        tractor.add(
            "cab pillar", box(0.07, 1.4, 0.07), body, [(x, 1.1, z) for x in (-0.5, 0.5) for z in (-0.95, 0.1)]
        )
        tractor.add("cab roof", rounded_box(1.2, 0.14, 1.3, 0.06), body, [(0, 2.45, -0.42)])
        tractor.add("cab glass", box(0.98, 1.2, 1.0), glass("#a9ccd6", 0.35), [(0, 1.25, -0.42)])
    tractor.add(
        "steering wheel", torus(0.2, 0.02, around=8).turned("x", 30), paint("black"), [(0, 1.55, 0.0)]
    )
    _wheels(tractor, 0.78, 0.42, rim, [(-0.72, -0.55), (0.72, -0.55)])
    _wheels(tractor, 0.45, 0.28, rim, [(-0.62, 1.3), (0.62, 1.3)])
    return tractor


def _ring(radius: float, start: float, stop: float) -> np.ndarray:
    angles = np.radians(np.linspace(start, stop, 12))
    return radius * np.column_stack([np.cos(angles), np.sin(angles)])
