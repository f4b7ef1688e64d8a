"""Cupboards: cabinets of several rooms, and the nightstand by a bed."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    glass,
    lighter,
    material,
    metal,
    paint,
    stone,
)
from polyseek.procedural.polygons import rectangle
from polyseek.procedural.solids import Solid, box, cylinder, lathe, merged, sphere, torus


def _front(width: float, height: float, relief: str) -> Solid:
    """A door or a drawer front whose back lies in z = 0, centred in x, on y = 0."""
    slab = box(width, height, 0.02).moved(z=0.01)
    if relief == "flat":
        return slab
    edge = min(0.06, 0.2 * min(width, height))
    inside = height - 2 * edge
    if relief == "raised":
        return merged(slab, box(width - 2 * edge, inside, 0.01).moved(0, edge, 0.024))
    rim = framed(rectangle(width, height), rectangle(width - 2 * edge, inside), 0.016)
    return merged(slab, rim.moved(0, height / 2, 0.027))


def _pull(draw: Draw, width: float) -> Solid:
    """A knob, a bar, a ring or a cup to pull by, at the origin, towards +z."""
    kind = draw.pick("knob", "knob", "bar", "ring", "block")
    if kind == "knob":
        return merged(
            cylinder(0.006, 0.02, sides=8).turned("x", 90), sphere(0.015, sides=10).moved(0, 0, 0.024)
        )
    if kind == "ring":
        return torus(0.022, 0.004, sides=14, around=6).turned("x", 90).moved(0, -0.018, 0.01)
    if kind == "block":
        return box(min(0.05, width * 0.4), 0.022, 0.022).moved(0, -0.011, 0.011)
    length = min(0.14, width * 0.5)
    posts = [box(0.008, 0.01, 0.028).moved(x, -0.005, 0.014) for x in (-0.4 * length, 0.4 * length)]
    return merged(box(length, 0.012, 0.012).moved(0, -0.006, 0.03), *posts)


def _add_feet(model: Assembly, draw: Draw, wood: Material, w: float, d: float, low: float) -> None:
    """What carries a cupboard whose floor is at y = `low`."""
    if low < 0.09:
        model.add("plinth", box(w * 0.96, low + 0.005, d * 0.9), lighter(wood, -0.35))
        return
    kind = draw.pick("square", "tapered", "ball", "hairpin")
    if kind == "square":
        leg = box(0.045, low, 0.045)
    elif kind == "tapered":
        leg = cylinder(0.012, low, top=0.024, sides=10)
    elif kind == "ball":
        leg = lathe(
            [(0, 0), (0.02, 0), (0.034, low * 0.4), (0.02, low * 0.8), (0.02, low), (0, low)], sides=12
        )
    else:
        leg = cylinder(0.007, low, sides=6)
    stuff = metal("iron") if kind == "hairpin" else wood
    model.add(
        "leg", leg, stuff, [(x * (w / 2 - 0.04), 0, z * (d / 2 - 0.04)) for x in (-1, 1) for z in (-1, 1)]
    )


def _carcass(width: float, height: float, depth: float, *, open_front: bool) -> Solid:
    if not open_front:
        return box(width, height, depth)
    t = 0.022
    walls = [box(t, height, depth).moved(x) for x in (-(width - t) / 2, (width - t) / 2)]
    shelves = [box(width - 2 * t, t, depth), box(width - 2 * t, t, depth).moved(y=height - t)]
    return merged(*walls, *shelves, box(width - 2 * t, height - 2 * t, t).moved(0, t, -(depth - t) / 2))


def cabinet(draw: Draw) -> Assembly:
    style = draw.pick("kitchen", "sideboard", "filing", "display", "wall", "tall")
    wood = any_wood(draw) if draw.chance(0.55) else any_paint(draw)
    if style == "filing":
        wood = draw.pick(paint("grey"), metal("steel"), any_paint(draw, "white", "pink"))
    cabinet = Assembly({"style": style, "colour": wood.name})
    spread = {
        "kitchen": (0.5, 1.0, 0.8, 0.9, 0.55), "sideboard": (1.1, 1.7, 0.5, 0.75, 0.42),
        "filing": (0.4, 0.5, 0.65, 1.35, 0.5), "display": (0.8, 1.1, 1.6, 1.95, 0.38),
        "wall": (0.5, 0.9, 0.5, 0.75, 0.3), "tall": (0.45, 0.9, 1.3, 1.8, 0.4),
    }[style]  # fmt: skip
    w, h, d = draw.between(*spread[:2]), draw.between(*spread[2:4]), spread[4] * draw.between(0.9, 1.1)
    low = 0.0
    if style in ("kitchen", "filing"):
        low = 0.07
    elif style != "wall":
        low = draw.pick(0.05, 0.12, 0.18)
    if low:
        _add_feet(cabinet, draw, wood, w, d, low)
    body, relief = h - low - 0.03, draw.pick("flat", "raised", "framed")
    cabinet.add("body", _carcass(w, body, d, open_front=style == "display"), wood, [(0, low, 0)])
    top = wood
    if style == "kitchen":
        top = (
            stone("granite")
            if draw.chance(0.4)
            else draw.pick(paint("white"), any_wood(draw), paint("black"))
        )
    over = 0.0 if style == "filing" else draw.between(0.01, 0.05)
    cabinet.add("top", block(w + over, 0.032, d + over, draw.pick(0.0, 0.3)), top, [(0, h - 0.032, over / 2)])
    face = wood if draw.chance(0.45) else lighter(wood, 0.18) if draw.chance(0.6) else any_paint(draw)
    pull, grip = _pull(draw, w * 0.4), any_metal(draw)
    _add_fronts(cabinet, draw, style, (w, low, h - 0.032, d / 2), relief, (face, pull, grip))
    return cabinet


def _add_fronts(
    cabinet: Assembly,
    draw: Draw,
    style: str,
    place: tuple[float, float, float, float],
    relief: str,
    look: tuple[Material, Solid, Material],
) -> None:
    """Doors and drawers over the front from y = low to high, at z."""
    w, low, high, z = place
    face, pull, grip = look
    if style == "filing":
        count = 2 if high - low < 0.85 else draw.whole(3, 4)
        _add_drawers(cabinet, count, (-w / 2, w / 2, low, high, z), "flat", look)
        step = (high - low) / count
        label = [(0, low + step * (i + 0.72), z + 0.018) for i in range(count)]
        cabinet.add("label", box(0.07, 0.03, 0.008), paint("cream"), label)
        return
    if style == "sideboard" and draw.chance(0.6):
        third = w / 6
        _add_drawers(cabinet, draw.whole(2, 4), (-third, third, low, high, z), relief, look)
        spans = [(-w / 2, -third), (third, w / 2)]
    else:
        doors = 1 if w < 0.55 and draw.chance(0.6) else 3 if w > 1.2 else 2
        spans = [(-w / 2 + w * i / doors, -w / 2 + w * (i + 1) / doors) for i in range(doors)]
        if style in ("kitchen", "tall") and draw.chance(0.5):
            cut = high - 0.17
            for left, right in spans:
                _add_drawers(cabinet, 1, (left, right, cut, high, z), relief, look)
            high = cut
    if style == "display":
        middle = low + (high - low) * 0.36
        _add_panes(cabinet, draw, spans, (middle, high, z), (face, pull, grip))
        high = middle
    for i, (left, right) in enumerate(spans):
        x, wide = (left + right) / 2, right - left - 0.012
        cabinet.add("door", _front(wide, high - low - 0.014, relief), face, [(x, low + 0.007, z)])
        hinge_left = i % 2 == 0 if len(spans) != 3 else i != 2
        at = x + (0.36 if hinge_left else -0.36) * wide
        y = low + (high - low) * (0.3 if style == "wall" else 0.72)
        cabinet.add("handle", pull, grip, [(at, y, z + 0.02)])


def _add_drawers(
    model: Assembly,
    count: int,
    place: tuple[float, float, float, float, float],
    relief: str,
    look: tuple[Material, Solid, Material],
) -> None:
    left, right, low, high, z = place
    face, pull, grip = look
    step, x = (high - low) / count, (left + right) / 2
    front = _front(right - left - 0.014, step - 0.014, relief)
    model.add("drawer", front, face, [(x, low + step * i + 0.007, z) for i in range(count)])
    model.add("handle", pull, grip, [(x, low + step * (i + 0.55), z + 0.02) for i in range(count)])


def _add_panes(
    cabinet: Assembly,
    draw: Draw,
    spans: list[tuple[float, float]],
    place: tuple[float, float, float],
    look: tuple[Material, Solid, Material],
) -> None:
    """Glazed doors, and shelves with crockery behind them."""
    low, high, z = place
    face, pull, grip = look
    for left, right in spans:
        wide, tall = right - left - 0.012, high - low - 0.014
        rim = framed(rectangle(wide, tall), rectangle(wide - 0.09, tall - 0.09), 0.02)
        at = ((left + right) / 2, low + 0.007 + tall / 2, z + 0.01)
        cabinet.add("glazed door", rim, face, [at])
        cabinet.add(
            "pane", box(wide - 0.08, tall - 0.08, 0.006).moved(0, -(tall - 0.08) / 2, -0.002), glass(), [at]
        )
        cabinet.add("handle", pull, grip, [(at[0], low + tall * 0.4, z + 0.02)])
    full, shelves = spans[-1][1] - spans[0][0] - 0.05, draw.whole(1, 3)
    levels = [low + (high - low) * i / (shelves + 1) for i in range(shelves + 1)]
    cabinet.add("shelf", box(full, 0.02, 1.7 * z), face, [(0, y, 0) for y in levels])
    ware = any_paint(draw, "brown")
    for y in levels:
        for i in range(draw.whole(2, 4)):
            r = draw.between(0.03, 0.055)
            pot = lathe([(0, 0), (r * 0.6, 0), (r, r), (r * 0.9, r * 1.6), (0, r * 1.6)], sides=10)
            cabinet.add("crockery", pot, ware, [((i - 1.5) * full / 4.5, y + 0.02, 0)])


def nightstand(draw: Draw) -> Assembly:
    style = draw.pick("two-drawer", "one-drawer", "open-shelf", "door", "round")
    wood = any_wood(draw) if draw.chance(0.65) else any_paint(draw)
    face = wood if draw.chance(0.5) else lighter(wood, 0.2) if draw.chance(0.6) else any_paint(draw)
    stand = Assembly({"style": style, "colour": wood.name})
    w, h, d = draw.between(0.4, 0.56), draw.between(0.46, 0.64), draw.between(0.36, 0.44)
    low = draw.pick(0.05, 0.1, 0.16, 0.2)
    pull, grip, relief = _pull(draw, w), any_metal(draw), draw.pick("flat", "raised", "framed")
    look, z, top = (face, pull, grip), d / 2, h - 0.028
    if style == "round":
        sides = draw.pick(12, 24)
        stand.add("body", cylinder(w / 2 - 0.02, top - low - 0.1, sides=sides), wood, [(0, low + 0.1, 0)])
        stand.add("top", cylinder(w / 2, 0.028, sides=sides), face, [(0, top, 0)])
        stand.add(
            "leg",
            cylinder(0.012, low + 0.11, top=0.02, sides=10),
            wood,
            [(x * w * 0.28, 0, q * w * 0.28) for x in (-1, 1) for q in (-1, 1)],
        )
        y = (low + 0.1 + top) / 2
        stand.add(
            "drawer",
            box(w * 0.6, (top - low - 0.1) * 0.6, 0.03),
            face,
            [(0, y - (top - low - 0.1) * 0.3, w * 0.4)],
        )
        stand.add("handle", pull, grip, [(0, y, w * 0.4 + 0.015)])
    else:
        over = draw.between(0.0, 0.04)
        stand.add("top", block(w + over, 0.03, d + over, draw.pick(0.0, 0.3)), wood, [(0, top, over / 2)])
        if style in ("open-shelf", "one-drawer"):
            cut = top - draw.between(0.13, 0.18)
            if style == "open-shelf":
                low = 0.0
                posts = [(x * (w / 2 - 0.022), 0, q * (d / 2 - 0.022)) for x in (-1, 1) for q in (-1, 1)]
                stand.add("leg", box(0.04, top, 0.04), wood, posts)
                stand.add("shelf", box(w - 0.01, 0.022, d - 0.02), wood, [(0, draw.between(0.1, 0.2), 0)])
            else:
                _add_feet(stand, draw, wood, w, d, low)
                stand.add("body", _carcass(w, cut - low + 0.02, d, open_front=True), wood, [(0, low, 0)])
            stand.add("drawer box", box(w, top - cut, d), wood, [(0, cut, 0)])
            _add_drawers(stand, 1, (-w / 2, w / 2, cut, top, z), relief, look)
        else:
            _add_feet(stand, draw, wood, w, d, low)
            stand.add("body", box(w, top - low, d), wood, [(0, low, 0)])
            cut = top if style == "two-drawer" else top - 0.14
            if style == "two-drawer":
                _add_drawers(stand, draw.whole(2, 3), (-w / 2, w / 2, low, top, z), relief, look)
            else:
                _add_drawers(stand, 1, (-w / 2, w / 2, cut, top, z), relief, look)
                stand.add("door", _front(w - 0.014, cut - low - 0.014, relief), face, [(0, low + 0.007, z)])
                stand.add("handle", pull, grip, [(w * 0.34, low + (cut - low) * 0.7, z + 0.02)])
    if draw.chance(0.35):
        _add_bedside(stand, draw, w, h)
    return stand


def _add_bedside(stand: Assembly, draw: Draw, w: float, y: float) -> None:
    """A lamp, or books, on top."""
    if draw.chance(0.5):
        stand.attributes["lamp"] = True
        stand.add(
            "lamp foot",
            lathe([(0, 0), (0.06, 0), (0.05, 0.02), (0.015, 0.05), (0.012, 0.2), (0, 0.2)], sides=16),
            any_metal(draw),
            [(0, y, 0)],
        )
        shade = material("lampshade", draw.pick("#f0e2bd", "#e8c9b0", "#f3efe6"), roughness=0.8, glow=0.2)
        stand.add("lampshade", cylinder(0.11, 0.15, top=0.075, sides=18), shade, [(0, y + 0.17, 0)])
        return
    stand.attributes["books"] = True
    for i in range(draw.whole(1, 3)):
        book = box(0.15, 0.03, 0.2).turned("y", draw.between(-25, 25))
        stand.add("book", book, any_paint(draw), [(-w * 0.12, y + 0.03 * i, 0)])
