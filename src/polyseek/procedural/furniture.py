"""Furniture: things to sit on, lie on and put things on or into."""

from __future__ import annotations

import math

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, any_wood, lighter, metal, paint
from polyseek.procedural.solids import Solid, box, cylinder, lathe, rounded_box, sphere, torus


def _leg(draw: Draw, height: float) -> Solid:
    """A leg that stands on y = 0: square, round, tapered or turned on a lathe."""
    r = draw.between(0.018, 0.028)
    kind = draw.pick("square", "round", "tapered", "turned")
    if kind == "square":
        return box(2 * r, height, 2 * r)
    if kind == "round":
        return cylinder(r, height, sides=14)
    if kind == "tapered":
        return cylinder(0.6 * r, height, top=1.3 * r, sides=14)
    knots = [(0.7, 0), (1.1, 0.06), (0.7, 0.14), (0.9, 0.3), (1.4, 0.55), (0.8, 0.68), (1.3, 0.74), (1.3, 1)]
    return lathe([(r * a, height * y) for a, y in knots], sides=14)


def _corners(width: float, depth: float, inset: float, y: float = 0.0) -> list[tuple[float, float, float]]:
    """The four corners of a rectangle about the Y axis, drawn in by `inset`."""
    x, z = width / 2 - inset, depth / 2 - inset
    return [(-x, y, -z), (x, y, -z), (-x, y, z), (x, y, z)]


def chair(draw: Draw) -> Assembly:
    body = any_wood(draw) if draw.chance(0.6) else any_paint(draw)
    padded = draw.chance(0.5)
    cushion = any_paint(draw, "black", "brown")
    style = draw.pick("slatted", "ladder-back", "solid-back", "spindle-back")
    chair = Assembly({"material": "wooden", "finish": body.name, "style": style, "padded": padded})
    if padded:
        chair.attributes["colour"] = cushion.name
    width, depth = draw.between(0.42, 0.5), draw.between(0.4, 0.48)
    seat, top = draw.between(0.43, 0.48), draw.between(0.82, 1.05)
    chair.add("leg", _leg(draw, seat), body, _corners(width, depth, 0.035))
    chair.add("seat", rounded_box(width, 0.035, depth, 0.012), body, [(0, seat, 0)])
    if padded:
        chair.add(
            "cushion", rounded_box(width * 0.92, 0.05, depth * 0.92, 0.022), cushion, [(0, seat + 0.03, 0)]
        )
    back, z = top - seat, -depth / 2 + 0.022
    lean = draw.between(4, 11)

    def lay(solid: Solid) -> Solid:
        return solid.turned("x", -lean).moved(0, seat + 0.02, z)

    x = width / 2 - 0.022
    for side in (-x, x):
        chair.add("back post", lay(rounded_box(0.034, back, 0.034, 0.01).moved(side)), body)
    if style == "solid-back":
        chair.add("back", lay(rounded_box(2 * x, back * 0.55, 0.022, 0.01).moved(0, back * 0.42)), body)
    elif style == "ladder-back":
        for i in range(draw.whole(2, 4)):
            chair.add(
                "rung",
                lay(rounded_box(2 * x, 0.05, 0.02, 0.008).moved(0, back * 0.93 - 0.05 - 0.12 * i)),
                body,
            )
    else:
        chair.add("top rail", lay(rounded_box(2 * x + 0.034, 0.07, 0.03, 0.012).moved(0, back - 0.07)), body)
        count = draw.whole(3, 6)
        for i in range(count):
            at = -x + 2 * x * (i + 1) / (count + 1)
            slat = (
                cylinder(0.009, back - 0.04, sides=8)
                if style == "spindle-back"
                else box(0.035, back - 0.04, 0.014)
            )
            chair.add("slat", lay(slat.moved(at)), body)
    return chair


def table(draw: Draw) -> Assembly:
    wood = any_wood(draw)
    top = wood if draw.chance(0.6) else any_paint(draw)
    shape = draw.pick("rectangular", "rectangular", "round", "square")
    height = draw.between(0.71, 0.77)
    table = Assembly({"style": shape, "material": "wooden", "wood": wood.name, "colour": top.name})
    if shape == "round":
        radius = draw.between(0.45, 0.75)
        table.add("top", cylinder(radius, 0.03, sides=48), top, [(0, height - 0.03, 0)])
        if draw.chance(0.5):
            knots = [(0.36, 0), (0.36, 0.03), (0.1, 0.1), (0.07, 0.3), (0.1, 0.6), (0.06, 0.8), (0.16, 1)]
            table.add(
                "pedestal", lathe([(0.8 * r * radius / 0.6, y * (height - 0.03)) for r, y in knots]), wood
            )
            return table
        width = depth = radius * 1.42
    else:
        depth = draw.between(0.7, 0.95)
        width = depth if shape == "square" else draw.between(1.2, 2.1)
        table.add("top", rounded_box(width, 0.035, depth, 0.008), top, [(0, height - 0.035, 0)])
    leg = _leg(draw, height - 0.035).scaled(1.5, 1, 1.5)
    inset = 0.06
    table.add("leg", leg, wood, _corners(width, depth, inset))
    z = depth / 2 - inset
    table.add(
        "apron", box(width - 2 * inset, 0.08, 0.02), wood, [(0, height - 0.11, z), (0, height - 0.11, -z)]
    )
    x = width / 2 - inset
    table.add(
        "side apron",
        box(0.02, 0.08, depth - 2 * inset),
        wood,
        [(x, height - 0.11, 0), (-x, height - 0.11, 0)],
    )
    return table


def stool(draw: Draw) -> Assembly:
    wood, top = any_wood(draw), any_paint(draw)
    legs = draw.whole(3, 4)
    height, radius = draw.between(0.42, 0.75), draw.between(0.15, 0.19)
    stool = Assembly(
        {"style": "bar" if height > 0.6 else "low", "material": "wooden", "colour": top.name, "legs": legs}
    )
    splay = draw.between(5, 10)
    leg = (
        cylinder(0.014, height, top=0.02, sides=12)
        .moved(y=-height)
        .turned("z", splay)
        .moved(radius * 0.62, height)
    )
    stool.spin("leg", leg, wood, legs, start=45)
    stool.add(
        "seat",
        lathe([(radius * 0.9, 0), (radius, 0.012), (radius, 0.026), (radius * 0.94, 0.034)]),
        top,
        [(0, height - 0.005, 0)],
    )
    if height > 0.55 or draw.chance(0.4):
        ring = radius * 0.62 + math.tan(math.radians(splay)) * height * 0.7
        stool.add("foot ring", torus(ring, 0.008, around=8), wood, [(0, height * 0.3, 0)])
    return stool


def sofa(draw: Draw) -> Assembly:
    cloth = any_paint(draw)
    seats = draw.whole(1, 3)
    kind = {1: "armchair", 2: "two-seater", 3: "three-seater"}[seats]
    sofa = Assembly({"style": kind, "colour": cloth.name, "material": "fabric", "seats": seats})
    width, depth, arm = 0.6 * seats, draw.between(0.6, 0.7), draw.between(0.12, 0.2)
    high, soft = draw.between(0.4, 0.48), draw.between(0.03, 0.07)
    sofa.add("base", rounded_box(width + arm, 0.2, depth + 0.15, 0.03), cloth, [(0, 0.12, -0.03)])
    cushion = rounded_box(0.59, 0.15, depth, soft)
    places = [((i - (seats - 1) / 2) * 0.6, 0.0, 0.0) for i in range(seats)]
    sofa.add("seat cushion", cushion, lighter(cloth, 0.12), [(x, 0.3, 0.03) for x, _, _ in places])
    back = rounded_box(0.59, high, 0.17, soft).turned("x", -9)
    sofa.add("back cushion", back, lighter(cloth, 0.12), [(x, 0.42, -depth / 2 + 0.09) for x, _, _ in places])
    sofa.add("back", rounded_box(width + 2 * arm, 0.62, 0.16, 0.05), cloth, [(0, 0.13, -depth / 2 - 0.05)])
    x = width / 2 + arm / 2
    sofa.add(
        "arm",
        rounded_box(arm, draw.between(0.46, 0.55), depth + 0.17, min(0.06, arm / 2)),
        cloth,
        [(x, 0.1, 0), (-x, 0.1, 0)],
    )
    foot = cylinder(0.018, 0.12, top=0.028, sides=12)
    sofa.add("foot", foot, any_wood(draw), _corners(width + 2 * arm, depth + 0.1, 0.07))
    return sofa


def bed(draw: Draw) -> Assembly:
    wood, blanket = any_wood(draw), any_paint(draw, "white", "cream")
    double = draw.chance(0.5)
    bed = Assembly(
        {
            "style": "double" if double else "single",
            "colour": blanket.name,
            "material": "wooden",
            "wood": wood.name,
        }
    )
    width, length, low = (1.6 if double else 0.95), 2.05, draw.between(0.2, 0.32)
    bed.add("frame", rounded_box(width, 0.16, length, 0.02), wood, [(0, low - 0.06, 0)])
    bed.add("leg", box(0.07, low, 0.07), wood, _corners(width, length, 0.05))
    bed.add(
        "mattress", rounded_box(width - 0.06, 0.2, length - 0.06, 0.06), paint("white"), [(0, low + 0.09, 0)]
    )
    cover = rounded_box(width + 0.02, 0.2, length * draw.between(0.6, 0.72), 0.07)
    bed.add("blanket", cover, blanket, [(0, low + 0.12, length * 0.17)])
    pillow = rounded_box(0.62, 0.13, 0.4, 0.06).turned("x", 12)
    xs = (-width / 4, width / 4) if double else (0.0,)
    bed.add("pillow", pillow, paint("cream"), [(x, low + 0.27, -length / 2 + 0.28) for x in xs])
    head = draw.between(0.75, 1.1)
    if draw.chance(0.5):
        bed.add("headboard", rounded_box(width + 0.04, head, 0.06, 0.02), wood, [(0, 0, -length / 2)])
    else:
        bed.add(
            "headboard post",
            cylinder(0.03, head, sides=14),
            wood,
            [(-width / 2, 0, -length / 2), (width / 2, 0, -length / 2)],
        )
        for i in range(3):
            bed.add(
                "headboard rail",
                rounded_box(width, 0.06, 0.03, 0.01),
                wood,
                [(0, head - 0.1 - 0.16 * i, -length / 2)],
            )
    if draw.chance(0.6):
        bed.add("footboard", rounded_box(width + 0.04, low + 0.25, 0.05, 0.02), wood, [(0, 0, length / 2)])
    return bed


def bookshelf(draw: Draw) -> Assembly:
    wood = any_wood(draw) if draw.chance(0.7) else any_paint(draw)
    shelves = draw.whole(3, 6)
    shelf = Assembly({"material": "wooden", "finish": wood.name, "shelves": shelves})
    width, depth, gap, thick = (
        draw.between(0.6, 1.1),
        draw.between(0.24, 0.32),
        draw.between(0.3, 0.38),
        0.022,
    )
    height = shelves * gap + 0.06
    x = width / 2
    shelf.add("side", box(thick, height, depth), wood, [(-x, 0, 0), (x, 0, 0)])
    shelf.add(
        "board",
        box(width, thick, depth),
        wood,
        [(0, 0.05 + gap * i, 0) for i in range(shelves)] + [(0, height - thick, 0)],
    )
    shelf.add("back", box(width, height, 0.008), lighter(wood, -0.15), [(0, 0, -depth / 2)])
    covers = [any_paint(draw) for _ in range(4)]
    full = draw.between(0.3, 0.95)
    for row in range(shelves):
        at = -x + thick
        while at < x - 0.07:
            thickness, tall = draw.between(0.02, 0.05), gap * draw.between(0.6, 0.85)
            if draw.chance(full):
                place = (at + thickness / 2, 0.05 + gap * row + thick, 0.02)
                shelf.add("book", box(thickness, tall, depth * 0.72), draw.pick(*covers), [place])
            at += thickness + 0.002
    return shelf


def wardrobe(draw: Draw) -> Assembly:
    wood = any_wood(draw) if draw.chance(0.6) else any_paint(draw)
    doors = draw.whole(2, 3)
    wardrobe = Assembly({"material": "wooden", "finish": wood.name, "doors": doors})
    width, height, depth = 0.5 * doors, draw.between(1.8, 2.1), draw.between(0.5, 0.6)
    wardrobe.add("body", box(width, height, depth), wood, [(0, 0.08, 0)])
    wardrobe.add(
        "top", rounded_box(width + 0.06, 0.05, depth + 0.06, 0.015), wood, [(0, height + 0.08, 0.01)]
    )
    wardrobe.add("foot", cylinder(0.03, 0.09, top=0.045, sides=14), wood, _corners(width, depth, 0.05))
    door, panel = lighter(wood, 0.1), lighter(wood, -0.12)
    drawer = draw.chance(0.5)
    low = 0.42 if drawer else 0.1
    for i in range(doors):
        x = (i - (doors - 1) / 2) * 0.5
        wardrobe.add(
            "door", rounded_box(0.485, height - low + 0.05, 0.025, 0.008), door, [(x, low, depth / 2 + 0.01)]
        )
        for y, tall in ((low + 0.08, 0.42), (low + 0.6, height - low - 0.65)):
            wardrobe.add("panel", rounded_box(0.33, tall, 0.02, 0.008), panel, [(x, y, depth / 2 + 0.018)])
        side = 0.19 if i % 2 == 0 else -0.19
        knob = sphere(0.02, sides=12).moved(x + side, height * 0.52, depth / 2 + 0.045)
        wardrobe.add("knob", knob, metal("brass"))
        if drawer:
            wardrobe.add(
                "drawer", rounded_box(0.485, 0.28, 0.025, 0.008), door, [(x, 0.11, depth / 2 + 0.01)]
            )
            wardrobe.add(
                "drawer knob", sphere(0.02, sides=12).moved(x, 0.25, depth / 2 + 0.045), metal("brass")
            )
    return wardrobe


def desk(draw: Draw) -> Assembly:
    wood, frame = any_wood(draw), any_metal(draw) if draw.chance(0.5) else any_paint(draw)
    desk = Assembly({"material": "wooden", "wood": wood.name, "colour": frame.name})
    width, depth, height = draw.between(1.1, 1.6), draw.between(0.55, 0.75), 0.74
    desk.add("top", rounded_box(width, 0.035, depth, 0.008), wood, [(0, height, 0)])
    sides = draw.pick((1,), (-1,), (-1, 1))
    for side in (-1, 1):
        x = side * (width / 2 - 0.22)
        if side in sides:
            desk.add("drawer unit", box(0.4, height - 0.04, depth - 0.06), frame, [(x, 0.04, 0)])
            for i in range(3):
                y = 0.07 + i * (height - 0.08) / 3
                desk.add(
                    "drawer",
                    rounded_box(0.37, height / 3 - 0.045, 0.02, 0.006),
                    lighter(frame, 0.15),
                    [(x, y, depth / 2 - 0.025)],
                )
                desk.add(
                    "drawer handle",
                    box(0.12, 0.014, 0.02),
                    metal("steel"),
                    [(x, y + 0.12, depth / 2 - 0.008)],
                )
        else:
            places = [(side * (width / 2 - 0.06), 0.0, z) for z in (-depth / 2 + 0.06, depth / 2 - 0.06)]
            desk.add("leg", box(0.045, height, 0.045), frame, places)
    if draw.chance(0.5):
        desk.add("modesty panel", box(width * 0.9, 0.4, 0.015), frame, [(0, 0.32, -depth / 2 + 0.06)])
    return desk


def bench(draw: Draw) -> Assembly:
    wood, iron = any_wood(draw), metal("iron") if draw.chance(0.6) else any_paint(draw)
    backed = draw.chance(0.7)
    bench = Assembly({"style": "park" if backed else "backless", "material": "wooden", "wood": wood.name})
    width = draw.between(1.2, 1.9)
    slat = rounded_box(width, 0.035, 0.085, 0.008)
    bench.add("slat", slat, wood, [(0, 0.42, -0.16 + 0.105 * i) for i in range(4)])
    ends = (-width / 2 + 0.15, width / 2 - 0.15)
    for x in ends:
        bench.add("leg", box(0.04, 0.42, 0.05).turned("x", 5).stood(), iron, [(x, 0, 0.14), (x, 0, -0.16)])
        bench.add("bearer", box(0.04, 0.04, 0.42), iron, [(x, 0.39, 0)])
        if backed:
            bench.add("back post", box(0.04, 0.5, 0.04).turned("x", -12), iron, [(x, 0.4, -0.2)])
            rest = spline([(x, 0.44, 0.17), (x, 0.62, 0.2), (x, 0.66, 0.05), (x, 0.63, -0.24)], 14)
            bench.add("arm rest", tube(rest, 0.018, sides=8), iron)
    if backed:
        for i in range(3):
            bench.add("back slat", slat.turned("x", 78).moved(0, 0.56 + 0.125 * i, -0.205 - 0.027 * i), wood)
    return bench
