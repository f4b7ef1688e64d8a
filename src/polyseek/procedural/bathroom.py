"""Bathroom: sinks, bathtubs and toilets, and the taps they share."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint, stone
from polyseek.procedural.polygons import rectangle, shifted
from polyseek.procedural.solids import Solid, box, cylinder, merged, sphere


def porcelain(draw: Draw) -> Material:
    """Mostly white, now and then one of the pastels of old bathrooms."""
    if draw.chance(0.7):
        return material("white", draw.pick("#f2f1ec", "#e9ebec", "#dfe3e6"), roughness=0.2)
    return paint(draw.pick("pink", "mint", "cream", "teal", "grey"), roughness=0.2)


def _fitting(draw: Draw) -> Material:
    return metal(draw.pick("steel", "silver", "silver", "brass", "gold", "copper"))


def _water() -> Material:
    return material("water", "#8fc7dd", roughness=0.1, opacity=0.8)


def _tap(draw: Draw, size: float) -> Solid:
    """A spout that reaches `size` towards +z, from a foot at the origin, with one lever or two handles."""
    rise = size * draw.between(0.8, 1.6)
    path: list[Point] = [(0, 0, 0), (0, rise * 0.75, 0), (0, rise, size * 0.45), (0, rise * 0.72, size)]
    if draw.chance(0.35):
        path = [(0, 0, 0), (0, rise * 0.6, 0), (0, rise * 0.66, size * 0.1), (0, rise * 0.6, size)]
    bodies = [cylinder(size * 0.17, size * 0.1, sides=12), tube(spline(path, 10), size * 0.1, sides=8)]
    if draw.chance(0.5):
        for x in (-size * 0.7, size * 0.7):
            post = cylinder(size * 0.1, size * 0.35, sides=8).moved(x)
            cross = [
                box(size * 0.4, size * 0.09, size * 0.09).turned("y", a).moved(x, size * 0.33)
                for a in (0, 90)
            ]
            bodies += [post, *cross]
    else:
        lever = tube([(0, rise * 0.5, 0), (size * 0.5, rise * 0.62, 0)], size * 0.05, sides=6)
        bodies.append(lever)
    return merged(*bodies)


def _basin(width: float, depth: float, height: float, rim: float, corner: float, foot: float) -> Solid:
    """An open vessel on y = 0. `foot`: share of the width its outside has at the bottom."""
    radius = corner * min(width, depth)

    def plan(share: float, inset: float = 0.0) -> Float64[np.ndarray, "n 2"]:
        w, d = width * share - 2 * inset, depth * share - 2 * inset
        return rectangle(w, d, radius=min(radius * share, 0.49 * min(w, d)))

    deep = height * 0.18
    return stacked(
        [
            (plan(foot), 0.0),
            (plan((1 + foot) / 2 + 0.06 * (1 - foot)), height * 0.45),
            (plan(1.0, rim * 0.3), height * 0.9),
            (plan(1.0), height * 0.94),
            (plan(1.0, rim * 0.1), height),
            (plan(1.0, rim), height),
            (plan((1 + foot) / 2, rim), height * 0.5),
            (plan(foot * 0.8, rim), deep),
        ]
    )


def bathtub(draw: Draw) -> Assembly:
    style = draw.pick("built-in", "clawfoot", "freestanding", "clawfoot")
    body = porcelain(draw)
    tub = Assembly({"style": style, "colour": body.name})
    w, d, h = draw.between(1.45, 1.8), draw.between(0.68, 0.82), draw.between(0.5, 0.6)
    rim, fitting, lift = draw.between(0.05, 0.08), _fitting(draw), 0.0
    if style == "built-in":
        outer, inner = rectangle(w, d, radius=0.02), rectangle(w - 0.16, d - 0.16, radius=0.2)
        small = rectangle(w - 0.36, d - 0.3, radius=0.16)
        side = body if draw.chance(0.6) else any_wood(draw)
        tub.add("apron", stacked([(outer, 0.0), (outer, h - 0.04), (inner, h - 0.04), (small, 0.12)]), side)
        wide, edge = rectangle(w + 0.03, d + 0.03, radius=0.03), rectangle(w - 0.17, d - 0.17, radius=0.2)
        levels = [(wide, h - 0.04), (wide, h), (edge, h), (small * 0.99, 0.13)]
        tub.add("tub", stacked(levels), body)
    else:
        lift = 0.13 if style == "clawfoot" else 0.0
        foot = draw.between(0.7, 0.82)
        shell = _basin(w, d, h - lift, rim, 0.48, foot)
        outside = body if draw.chance(0.6) else any_paint(draw, "brown")
        tub.add("tub", shell, outside if style == "clawfoot" else body, [(0, lift, 0)])
        if style == "clawfoot":
            path: list[Point] = [(0, 0.02, 0.05), (0, 0.05, 0.03), (0, 0.12, 0.02), (0, 0.2, -0.02)]
            claw = merged(
                tube(spline(path, 8), [0.022, 0.03, 0.035, 0.02], sides=8),
                sphere(0.032, sides=10).moved(0, 0.03, 0.05),
            )
            for x in (-1, 1):
                for z in (-1, 1):
                    paw = claw.turned("y", 0 if z > 0 else 180).moved(x * w * 0.3, 0, z * d * 0.36)
                    tub.add("foot", paw, fitting)
    if draw.chance(0.6):
        tub.attributes["filled_with"] = "water"
        level = rectangle(w - 2.6 * rim, d - 2.6 * rim, radius=0.4 * (d - 3 * rim))
        if style == "built-in":
            level = rectangle(w - 0.22, d - 0.2, radius=0.18)
        y = lift + (h - lift) * 0.78
        tub.add("water", stacked([(level * 0.99, y - 0.01), (level, y)]), _water())
        if draw.chance(0.5):
            tub.attributes["bubbles"] = True
            for _ in range(9):
                at = (draw.between(-0.36, 0.36) * w, y, draw.between(-0.26, 0.26) * d)
                tub.add("bubble", sphere(draw.between(0.03, 0.08), sides=10), paint("white"), [at])
    tap = _tap(draw, 0.14)
    tub.add("tap", tap.turned("y", 90).moved(-w / 2 + 0.04, h - 0.01, 0), fitting)
    if draw.chance(0.3):
        tub.attributes["shower"] = True
        pole = tube(spline([(0, h, 0), (0, 1.7, 0), (0.1, 1.95, 0), (0.35, 1.95, 0)], 14), 0.013, sides=8)
        head = cylinder(0.09, 0.03, top=0.03, sides=16).moved(0.35, 1.92, 0)
        tub.add("shower", merged(pole, head).moved(-w / 2 + 0.05), fitting)
    return tub


def sink(draw: Draw) -> Assembly:
    style = draw.pick("pedestal", "vanity", "wall-hung", "kitchen", "vessel")
    fitting = _fitting(draw)
    steel = style == "kitchen"
    body = metal("steel") if steel and draw.chance(0.7) else porcelain(draw)
    sink = Assembly({"style": style, "colour": body.name})
    w, d, top = draw.between(0.48, 0.66), draw.between(0.4, 0.5), draw.between(0.78, 0.88)
    if style in ("vanity", "kitchen", "vessel"):
        _add_counter(sink, draw, w, d, top, body)
        z = -d / 2 + 0.02
    else:
        tall = draw.between(0.17, 0.23)
        y, corner = top - tall, draw.pick(0.1, 0.3, 0.48)
        sink.add("basin", _basin(w, d, tall, 0.045, corner, draw.between(0.45, 0.75)), body, [(0, y, 0)])
        ledge = block(w * 0.85, 0.05, 0.12, 0.3)
        sink.add("ledge", ledge, body, [(0, top - 0.03, -d / 2 + 0.02)])
        if style == "pedestal":
            knots = [(0.5, 0.0), (0.44, 0.05), (0.28, 0.2), (0.25, 0.6), (0.4, 1.0)]
            outline = rectangle(1, 0.9, radius=0.4)
            column = stacked([(outline * (k * 0.62 * w), t * (y + 0.03)) for k, t in knots])
            sink.add("pedestal", column, body, [(0, 0, -0.05)])
        else:
            trap: list[Point] = [
                (0, y + 0.01, 0),
                (0, y - 0.2, 0),
                (0, y - 0.24, -0.06),
                (0, y - 0.14, -0.12),
            ]
            sink.add("trap", tube(spline([*trap, (0, y - 0.14, -d / 2)], 14), 0.02, sides=8), fitting)
        z = -d / 2 + 0.03
    sink.add("tap", _tap(draw, 0.14 if style != "kitchen" else 0.2), fitting, [(0, top + 0.015, z)])
    if draw.chance(0.25):
        soap = block(0.09, 0.025, 0.06, 0.4)
        sink.add("soap", soap, any_paint(draw, "black"), [(w * 0.36, top + 0.01, z)])
    return sink


def _add_counter(sink: Assembly, draw: Draw, w: float, d: float, top: float, body: Material) -> None:
    """A cupboard with doors below a worktop, with the basin let in or standing on it."""
    wide, deep = w + draw.between(0.1, 0.5), d + 0.12
    wood = any_wood(draw) if draw.chance(0.6) else any_paint(draw)
    slab = stone("granite") if draw.chance(0.4) else draw.pick(paint("white"), any_wood(draw), paint("black"))
    sink.attributes["finish"] = wood.name
    low = draw.pick(0.08, 0.2)
    # Hollow, so that the basin hangs in it.
    plan = rectangle(wide, deep - 0.03)
    tall = top - (0.13 if sink.attributes["style"] == "vessel" else 0.04) - low
    shell = framed(plan, rectangle(wide - 0.04, deep - 0.07), tall).turned("x", 90)
    sink.add("cupboard", shell, wood, [(0, low + tall / 2, 0)])
    if low > 0.1:
        feet = [(x * wide * 0.45, 0, z * deep * 0.4) for x in (-1, 1) for z in (-1, 1)]
        sink.add("foot", cylinder(0.018, low, top=0.026, sides=10), wood, feet)
    else:
        sink.add("plinth", box(wide * 0.95, low, deep * 0.85), lighter(wood, -0.4))
    doors = draw.whole(2, 3)
    size = wide / doors
    for i in range(doors):
        x = (i - (doors - 1) / 2) * size
        panel = merged(
            box(size * 0.92, top - 0.18 - low, 0.02),
            box(size * 0.66, top - 0.33 - low, 0.01).moved(0, 0.075, 0.012),
        )
        sink.add("door", panel, lighter(wood, 0.12), [(x, low + 0.03, deep / 2 - 0.012)])
        knob = sphere(0.014, sides=8).moved(size * (0.36 if i % 2 == 0 else -0.36), 0, 0.02)
        sink.add("knob", knob, metal("silver"), [(x, (top + low) / 2 + 0.1, deep / 2)])
    if sink.attributes["style"] == "vessel":
        sink.add("worktop", box(wide + 0.03, 0.035, deep + 0.02), slab, [(0, top - 0.14, 0)])
        sink.add("basin", _basin(w * 0.75, d * 0.8, 0.14, 0.02, 0.48, 0.6), body, [(0, top - 0.105, 0.03)])
        return
    plan, hole = rectangle(wide + 0.03, deep + 0.02, radius=0.01), rectangle(w - 0.06, d - 0.1, radius=0.06)
    hole = shifted(hole, 0, 0.03)
    sink.add("worktop", framed(plan, hole, 0.04).turned("x", 90).moved(0, top - 0.02, 0), slab)
    rim = shifted(rectangle(w, d - 0.04, radius=0.07), 0, 0.03)
    floor = shifted(rectangle(w - 0.16, d - 0.2, radius=0.05), 0, 0.03)
    y = top + 0.008
    levels = [
        (floor * 1.02, y - 0.17),
        (hole, y - 0.012),
        (rim, y - 0.008),
        (rim, y),
        (hole * 0.985, y),
        (floor, y - 0.16),
    ]
    sink.add("basin", stacked(levels), body)
    if draw.chance(0.4):
        sink.add("splashback", box(wide, 0.1, 0.02), slab, [(0, top - 0.01, -deep / 2 + 0.01)])


def _egg(width: float, front: float, back: float) -> Float64[np.ndarray, "n 2"]:
    """An outline of (x, z): half an ellipse towards +z, a blunter half towards -z."""
    t = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    z = np.where(np.sin(t) > 0, front * np.sin(t), -back * np.abs(np.sin(t)) ** 0.6)
    return np.column_stack([width / 2 * np.cos(t), z])


def toilet(draw: Draw) -> Assembly:
    style = draw.pick("close-coupled", "close-coupled", "high-tank", "wall-hung")
    body = porcelain(draw)
    seat = body if draw.chance(0.5) else any_wood(draw) if draw.chance(0.5) else any_paint(draw)
    toilet = Assembly({"style": style, "colour": body.name, "seat": seat.name})
    w, front, back, h = draw.between(0.35, 0.4), draw.between(0.25, 0.31), 0.19, draw.between(0.38, 0.42)
    rim, hole = _egg(w, front, back), _egg(w * 0.7, front * 0.75, back * 0.62)
    foot = _egg(w * draw.between(0.55, 0.75), front * 0.62, back * 1.05)
    waist = _egg(w * 0.5, front * 0.5, back)
    base = [(foot, 0.0), (foot * 0.97, 0.03), (waist, h * 0.4)]
    if style == "wall-hung":
        base = [(shifted(waist, 0, -0.06), 0.1), (shifted(waist, 0, -0.03) * 1.15, h * 0.45)]
    levels = [*base, (rim * 0.94, h * 0.8), (rim, h * 0.94), (rim, h), (hole, h), (hole * 0.55, h * 0.55)]
    toilet.add("bowl", stacked(levels), body)
    if style != "wall-hung":
        toilet.add("outlet", block(w * 0.55, h * 0.95, 0.22, 0.1), body, [(0, 0, -back - 0.05)])
    toilet.add("water", stacked([(hole * 0.7, h * 0.62), (hole * 0.72, h * 0.64)]), _water())
    ring = framed(rim * 1.02, hole * 0.98, 0.022).turned("x", 90).moved(0, h + 0.012, 0)
    toilet.add("seat", ring, seat)
    lid = stacked([(rim * 1.01, 0.0), (rim * 1.01, 0.014), (rim * 0.85, 0.024)])
    if draw.chance(0.6):
        toilet.attributes["lid"] = "open"
        toilet.add(
            "lid",
            lid.moved(0, 0, back).turned("x", -draw.between(91, 95)).moved(0, h + 0.02, -back + 0.01),
            seat,
        )
    else:
        toilet.attributes["lid"] = "closed"
        toilet.add("lid", lid, seat, [(0, h + 0.024, 0)])
    z, fitting = -back - 0.125, _fitting(draw)
    tw, th, td = w * draw.between(0.98, 1.2), draw.between(0.32, 0.4), draw.between(0.16, 0.2)
    y = h - 0.02 if style != "high-tank" else draw.between(1.3, 1.5)
    if style == "wall-hung":
        y, th, td = 0.0, draw.between(0.95, 1.15), 0.12
        tw *= 1.2
    soft = draw.pick(0.0, 0.08, 0.2)
    tank = any_wood(draw) if style == "high-tank" and draw.chance(0.5) else body
    toilet.add("tank", block(tw, th, td, soft), tank, [(0, y, z - 0.02)])
    toilet.add(
        "tank lid", block(tw * 1.05, 0.035, td * 1.12, min(soft, 0.3)), tank, [(0, y + th - 0.005, z - 0.02)]
    )
    if style == "high-tank":
        toilet.add("pipe", cylinder(0.022, y - h + 0.12, sides=10), fitting, [(0, h - 0.1, z)])
        chain = tube([(tw * 0.4, y + 0.05, z + td / 2), (tw * 0.4, y - 0.55, z + td / 2)], 0.005, sides=6)
        toilet.add(
            "chain", merged(chain, sphere(0.022, sides=8).moved(tw * 0.4, y - 0.56, z + td / 2)), fitting
        )
    elif draw.chance(0.5):
        lever = merged(sphere(0.016, sides=8), box(0.08, 0.018, 0.012).moved(0.035, -0.009, 0.01))
        toilet.add("flush lever", lever, fitting, [(-tw * 0.36, y + th * 0.82, z - 0.02 + td / 2)])
    else:
        toilet.add("flush button", cylinder(0.03, 0.014, sides=14), fitting, [(0, y + th + 0.028, z - 0.02)])
    return toilet
