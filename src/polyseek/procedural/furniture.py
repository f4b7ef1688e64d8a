"""Furniture: things to sit on, lie on and put things on or into."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood
from polyseek.procedural.solids import Solid, box, cylinder, lathe, rounded_box


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
    chair = Assembly({"material": "wooden", "wood": body.name, "style": style, "padded": padded})
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
