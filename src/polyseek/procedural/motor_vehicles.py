"""Motor vehicles besides cars and trucks. They drive towards +z."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, glass, lighter, material, metal, paint, rubber
from polyseek.procedural.silhouettes import side_view
from polyseek.procedural.solids import box, cylinder, dome, ellipsoid, merged, rounded_box
from polyseek.procedural.wheels import add_wheels, disc, rim, spokes, tyre

PANE = material("window", "#9fc4d1", roughness=0.1)
LIGHT = material("headlight", "#fff2c2", glow=0.5)
TAIL = material("tail light", "#d9463d", glow=0.4)


def motorcycle(draw: Draw) -> Assembly:
    body = any_paint(draw, "cream")
    style = draw.pick("sport", "chopper", "scooter", "cruiser", "dirt")
    bike = Assembly({"style": style, "colour": body.name})
    bike.proportions = draw.stretch(0.08, "x", "yz")
    r = {"sport": 0.31, "chopper": 0.32, "scooter": 0.22, "cruiser": 0.32, "dirt": 0.35}[style]
    fat = {"sport": 0.16, "chopper": 0.17, "scooter": 0.11, "cruiser": 0.17, "dirt": 0.11}[style]
    back, front = -0.66, {"chopper": 1.0, "scooter": 0.6}.get(style, 0.72)
    hubs = [(0.0, r, back), (0.0, r, front)]
    bike.add("tyre", tyre(r, fat, inner=0.68), rubber(), hubs)
    chrome = metal(draw.pick("silver", "steel", "iron"))
    bike.add(
        "rim",
        merged(rim(r * 0.7, fat * 0.7, 0.03), spokes(r * 0.68, 0.025, 0.03, draw.pick(5, 6, 10))),
        chrome,
        hubs,
    )
    bike.add("hub", disc(0.055, fat * 1.1, sides=14), metal("iron"), hubs)
    if style == "scooter":
        return _scooter(draw, bike, body, r, front)
    seat_y = {"sport": 0.78, "chopper": 0.62, "cruiser": 0.68, "dirt": 0.88}[style]
    head_z, head_y = front - {"chopper": 0.62}.get(style, 0.3), seat_y + 0.2
    fork = tube([(0.09, r, front), (0.09, head_y + 0.05, head_z)], 0.024, sides=8)
    bike.both("fork", fork, chrome)
    bars = {
        "sport": [(0, head_y, head_z), (0.3, head_y - 0.02, head_z - 0.04)],
        "chopper": [
            (0.05, head_y, head_z),
            (0.22, head_y + 0.42, head_z - 0.06),
            (0.38, head_y + 0.4, head_z - 0.22),
        ],
    }.get(
        style, [(0, head_y, head_z), (0.2, head_y + 0.13, head_z - 0.06), (0.42, head_y + 0.12, head_z - 0.2)]
    )
    bike.both("handlebar", tube(spline(bars, 10), 0.015, sides=8), chrome)
    bike.both("grip", disc(0.022, 0.12, sides=10).moved(*bars[-1]), rubber())
    frame = [(0, head_y - 0.03, head_z), (0, seat_y - 0.05, -0.1), (0, r + 0.05, back)]
    bike.add(
        "frame",
        merged(tube(frame, 0.035), tube([frame[0], (0, 0.28, 0.28), (0, 0.25, -0.25), frame[2]], 0.03)),
        lighter(body, -0.35) if draw.chance(0.5) else chrome,
    )
    engine = merged(
        rounded_box(0.26, 0.22, 0.42, 0.06),
        *(box(0.24, 0.018, 0.26).moved(0, 0.22 + 0.035 * i, 0.05) for i in range(5)),
    )
    bike.add("engine", engine, metal("iron"), [(0, 0.25, 0.02)])
    bike.add("engine case", disc(0.1, 0.3, sides=16), chrome, [(0, 0.35, -0.05)])
    tank = ellipsoid(0.15, 0.13, 0.29, sides=18).turned("x", 8)
    bike.add("fuel tank", tank, body, [(0, seat_y + 0.06, (head_z - 0.02) * 0.55)])
    saddle = [
        (-0.62, seat_y + 0.08),
        (-0.6, seat_y),
        (0.05, seat_y - 0.05),
        (0.1, seat_y + 0.02),
        (-0.2, seat_y + 0.02),
        (-0.35, seat_y + 0.06),
    ]
    bike.add("seat", side_view(saddle, 0.22, tuck=0.2), paint(draw.pick("black", "black", "brown")))
    guard = [(0, r + 0.05, front + r * 0.95), (0, r * 2 + 0.04, front), (0, r + 0.25, front - r * 0.9)]
    rear = [(0, r + 0.1, back - r - 0.02), (0, r * 2 + 0.05, back), (0, r + 0.28, back + r * 0.9)]
    for path in (guard, rear):
        bike.add("mudguard", tube(spline(path, 10), fat * 0.55, sides=8, flatten=0.9).scaled(1, 1, 1), body)
    pipe = [
        (0.12, 0.42, 0.25),
        (0.15, 0.2, 0.2),
        (0.17, 0.2, -0.3),
        (0.18, 0.3 if style != "dirt" else 0.62, back - 0.15),
    ]
    bike.both("exhaust", tube(spline(pipe, 12), [0.025, 0.03, 0.045, 0.05], sides=10), chrome) if draw.chance(
        0.5
    ) else bike.add("exhaust", tube(spline(pipe, 12), [0.025, 0.03, 0.045, 0.05], sides=10), chrome)
    bike.add("headlight", ellipsoid(0.09, 0.09, 0.08, sides=14), LIGHT, [(0, head_y - 0.06, head_z + 0.1)])
    bike.add("tail light", box(0.12, 0.06, 0.04), TAIL, [(0, seat_y + 0.02, -0.64)])
    if style == "sport":
        nose = [
            (0.05, 0.35),
            (0.55, 0.42),
            (head_z + 0.28, head_y - 0.1),
            (head_z + 0.05, head_y + 0.1),
            (0.2, seat_y + 0.05),
        ]
        bike.add("fairing", side_view(nose, 0.32, tuck=0.35), body)
        bike.add(
            "windshield",
            side_view(
                [
                    (head_z + 0.22, head_y - 0.04),
                    (head_z - 0.02, head_y + 0.24),
                    (head_z - 0.04, head_y + 0.06),
                ],
                0.2,
            ),
            glass("#8fb0bd", 0.6),
        )
        bike.add(
            "tail",
            side_view(
                [(-0.3, seat_y - 0.05), (-0.35, seat_y + 0.1), (-0.85, seat_y + 0.16), (-0.6, seat_y - 0.02)],
                0.2,
            ),
            body,
        )
    elif style == "cruiser" and draw.chance(0.5):
        bike.attributes["saddlebags"] = True
        bike.both("saddlebag", rounded_box(0.14, 0.28, 0.4, 0.04).moved(0.2, 0.42, -0.55), paint("brown"))
    return bike


def _scooter(draw: Draw, bike: Assembly, body: Material, r: float, front: float) -> Assembly:
    """A step-through: front shield, flat floor, humped tail over the rear wheel."""
    tail = [(-0.95, 0.35), (-0.9, 0.62), (-0.6, 0.76), (-0.12, 0.72), (-0.08, 0.28), (-0.35, 0.22)]
    bike.add("tail", side_view(tail, 0.34, tuck=0.25), body)
    bike.add("floor", box(0.32, 0.07, 0.6), lighter(body, -0.3), [(0, 0.22, 0.13)])
    shield = [(0.36, 0.22), (0.46, 0.22), (0.42, 0.95), (0.34, 0.95)]
    bike.add("leg shield", side_view(shield, 0.44, tuck=0.35), body)
    bike.add(
        "mudguard",
        side_view(
            [
                (front - 0.26, r),
                (front - 0.2, r * 2.1),
                (front + 0.12, r * 2.1),
                (front + 0.28, r * 1.2),
                (front, r * 1.55),
            ],
            0.17,
        ),
        body,
    )
    bike.add(
        "seat",
        rounded_box(0.28, 0.12, 0.62, 0.05),
        paint(draw.pick("black", "brown", "cream")),
        [(0, 0.73, -0.42)],
    )
    bike.add("steering column", tube([(0, r, front), (0, 1.0, 0.36)], 0.04), body)
    bar = tube(spline([(0, 1.0, 0.36), (0.18, 1.03, 0.32), (0.32, 1.0, 0.2)], 8), 0.025, sides=8)
    bike.both("handlebar", bar, body)
    bike.both(
        "mirror",
        merged(
            tube([(0.2, 1.02, 0.3), (0.26, 1.22, 0.3)], 0.008, sides=6),
            disc(0.06, 0.02, sides=12).turned("y", 90).moved(0.26, 1.25, 0.3),
        ),
        metal("silver"),
    )
    bike.add("headlight", ellipsoid(0.09, 0.09, 0.07, sides=14), LIGHT, [(0, 1.02, 0.4)])
    bike.add("tail light", box(0.12, 0.06, 0.05), TAIL, [(0, 0.55, -0.93)])
    return bike


def van(draw: Draw) -> Assembly:
    body, second = any_paint(draw, "black"), any_paint(draw)
    style = draw.pick("delivery", "camper", "minivan", "ambulance", "ice-cream")
    body = paint("white") if style == "ambulance" else body
    van = Assembly({"style": style, "colour": body.name})
    van.proportions = draw.stretch(0.07, "x", "y", "z")
    long, top = draw.between(4.4, 5.2), {"minivan": 1.75, "camper": 2.0}.get(style, draw.between(2.2, 2.5))
    half, w = long / 2, 1.85
    nose = draw.between(0.55, 0.95) if style != "camper" else 0.15
    belt = 1.12
    low = [
        (-half, 0.32),
        (half - 0.05, 0.32),
        (half, 0.6),
        (half - 0.04, belt - 0.12),
        (half - nose, belt),
        (-half, belt),
    ]
    van.add("body", side_view(low, w), body)
    upper = second if style == "camper" else body
    slope = 0.25 if style == "camper" else draw.between(0.45, 0.7)
    cab = [
        (-half, belt),
        (half - nose, belt),
        (half - nose - slope, top - 0.05),
        (half - nose - slope - 0.2, top),
        (-half + 0.08, top),
        (-half, top - 0.1),
    ]
    van.add("roof and sides", side_view(cab, w * 0.985, tuck=0.08), upper)
    front = half - nose
    screen = [
        (front - 0.02, belt + 0.08),
        (front + 0.015, belt + 0.08),
        (front - slope * 0.86 + 0.02, top - 0.16),
        (front - slope * 0.86 - 0.03, top - 0.16),
    ]
    van.add("windscreen", side_view(screen, w * 0.84), PANE)
    window = [
        (front - 1.0, belt + 0.06),
        (front - 0.16, belt + 0.06),
        (front - slope * 0.8 - 0.1, top - 0.3),
        (front - 1.0, top - 0.3),
    ]
    van.add("side window", side_view(window, w * 0.995), PANE)
    if style in ("minivan", "camper"):
        rest = front - 1.1 + half - 0.2
        pane = box(w * 0.992, top - 0.36 - belt, rest / 2 - 0.1)
        van.add("side window", pane, PANE, [(0, belt + 0.06, -half + 0.2 + rest * t) for t in (0.25, 0.75)])
    van.add(
        "door line",
        box(w + 0.012, belt - 0.45, 0.02),
        lighter(body, -0.3),
        [(0, 0.45, front - 1.05), (0, 0.45, front - 0.1)],
    )
    van.add(
        "bumper",
        rounded_box(w + 0.05, 0.2, 0.16, 0.05),
        paint("black" if style != "camper" else "white"),
        [(0, 0.3, half), (0, 0.3, -half)],
    )
    lamp = disc(0.13, 0.06, sides=16).turned("y", 90) if draw.chance(0.5) else box(0.3, 0.18, 0.06)
    van.add("headlight", lamp, LIGHT, [(x, 0.72, half) for x in (-0.66, 0.66)])
    van.add("tail light", box(0.12, 0.35, 0.05), TAIL, [(x, 0.75, -half) for x in (-0.82, 0.82)])
    van.add("rear window", box(w * 0.7, 0.42, 0.04), PANE, [(0, top - 0.65, -half)])
    if style == "ambulance":
        van.add("stripe", box(w + 0.015, 0.18, long * 0.96), paint("red"), [(0, 0.85, 0)])
        cross = merged(box(w + 0.01, 0.5, 0.16).moved(0, -0.25), box(w + 0.01, 0.16, 0.5).moved(0, -0.08))
        van.add("cross", cross, paint("red"), [(0, 1.65, -0.9)])
        van.add(
            "siren", rounded_box(0.3, 0.14, 0.2, 0.04), paint("blue"), [(x, top, 0.6) for x in (-0.4, 0.4)]
        )
    elif style == "ice-cream":
        van.add("hatch", box(w + 0.01, 0.6, 1.3), PANE, [(0, belt + 0.15, -0.7)])
        van.add("awning", box(w + 0.7, 0.05, 1.5), second, [(0, belt + 0.85, -0.7)])
        van.add("cone", cylinder(0.03, 0.5, top=0.2, sides=16), paint("brown"), [(0, top, -0.6)])
        van.add("ice cream", dome(0.26, 0.36, sides=18), paint("pink"), [(0, top + 0.48, -0.6)])
    elif style == "camper":
        van.add("band", box(w + 0.01, 0.07, long * 0.97), paint("white"), [(0, belt - 0.05, 0)])
        if draw.chance(0.5):
            van.attributes["roof_rack"] = True
            van.add("luggage", rounded_box(0.9, 0.25, 0.6, 0.05), paint("brown"), [(0, top, -0.6)])
    elif style == "delivery" and draw.chance(0.6):
        van.add("sign", box(w + 0.005, 0.5, 1.5), second, [(0, 1.3, -0.9)])
    r = draw.between(0.33, 0.4)
    van.add(
        "wheel arch",
        disc(r * 1.18, w + 0.01, sides=20),
        paint("black"),
        [(0, r, z) for z in (-half + 0.95, half - 0.85)],
    )
    add_wheels(
        van, r, 0.24, metal("silver"), [(x, z) for x in (-0.83, 0.83) for z in (-half + 0.95, half - 0.85)]
    )
    return van
