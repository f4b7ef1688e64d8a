"""Appliances that stand on the floor: of the kitchen and the laundry."""

from __future__ import annotations

import itertools

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block
from polyseek.procedural.palette import any_paint, lighter, material, metal, paint, rubber
from polyseek.procedural.solids import Solid, box, cylinder, merged, torus


def enamel(draw: Draw) -> Material:
    """What large appliances are clad in: mostly white or steel."""
    return draw.pick(
        paint("white", roughness=0.3),
        paint("white", roughness=0.3),
        metal("steel"),
        metal("silver"),
        paint("grey", roughness=0.3),
        paint("black", roughness=0.3),
        any_paint(draw, "brown", "purple"),
    )


def dark_glass(draw: Draw) -> Material:
    return material("dark glass", draw.pick("#23272c", "#2f3a42", "#16181b"), roughness=0.1)


def display(draw: Draw) -> Material:
    return material("display", draw.pick("#58c977", "#6fc3dd", "#d8603f", "#1f2a2c"), roughness=0.2, glow=0.3)


def facing(radius: float, height: float, *, top: float | None = None, sides: int = 16) -> Solid:
    """A cylinder whose foot is at z = 0 and whose top is towards +z: a knob, a lens, a porthole."""
    return cylinder(radius, height, top=top, sides=sides).turned("x", 90)


def door_handle(draw: Draw, length: float, *, upright: bool) -> Solid:
    """A bar on two posts that stands off a door at z = 0, centred on the origin."""
    thick, off = draw.between(0.012, 0.024), draw.between(0.03, 0.05)
    grip = block(thick, length, thick, draw.pick(0.0, 0.3, 0.49)).moved(0, -length / 2, off)
    post = box(thick * 0.8, thick * 0.8, off).moved(0, -thick * 0.4, off / 2)
    handle = merged(grip, *(post.moved(0, side * 0.42 * length) for side in (-1, 1)))
    return handle if upright else handle.turned("z", 90)


def refrigerator(draw: Draw) -> Assembly:
    style = draw.pick("two-door", "two-door", "freezer-below", "side-by-side", "retro", "mini")
    clad = any_paint(draw, "black", "brown", "purple") if style == "retro" else enamel(draw)
    fridge = Assembly({"style": style, "colour": clad.name})
    w, h = draw.between(0.58, 0.78), draw.between(1.55, 1.95)
    if style == "side-by-side":
        w = draw.between(0.88, 1.0)
    elif style == "mini":
        w, h = draw.between(0.45, 0.55), draw.between(0.65, 0.88)
    d, soft = draw.between(0.55, 0.68), 0.09 if style == "retro" else draw.pick(0.0, 0.02, 0.04)
    body = clad if draw.chance(0.6) else paint("grey")
    fridge.add("body", block(w, h - 0.04, d, soft), body, [(0, 0.04, 0)])
    if draw.chance(0.6):
        fridge.add("kick plate", box(w * 0.94, 0.05, d * 0.9), paint("black"))
    else:
        fridge.add(
            "foot",
            cylinder(0.025, 0.05, sides=10),
            rubber(),
            [(x * w * 0.4, 0, z * d * 0.4) for x in (-1, 1) for z in (-1, 1)],
        )
    split = {"two-door": draw.between(0.64, 0.72), "freezer-below": draw.between(0.3, 0.42)}.get(style, 0.0)
    doors: list[tuple[float, float, float, float]] = []
    if style == "side-by-side":
        cut = draw.pick(0.0, -0.08) * w
        doors = [(-w / 2, cut, 0.05, h), (cut, w / 2, 0.05, h)]
    else:
        levels = [0.05, *([split * h] if split else []), h]
        doors = [(-w / 2, w / 2, low, high) for low, high in itertools.pairwise(levels)]
    z, side = d / 2, draw.pick(-1, 1)
    grip = metal("silver") if style == "retro" or draw.chance(0.6) else lighter(clad, -0.45)
    for i, (left, right, low, high) in enumerate(doors):
        panel = block(right - left - 0.012, high - low - 0.014, 0.06, 0.3 if soft > 0.05 else soft * 5)
        fridge.add("door", panel, clad, [((left + right) / 2, low + 0.007, z + 0.025)])
        x = (right - 0.06 if side > 0 else left + 0.06) if len(doors) < 2 or not cut_apart(doors) else 0.0
        if cut_apart(doors):
            x = right - 0.05 if i == 0 else left + 0.05
        length = min(0.4, (high - low) * 0.55) if not cut_apart(doors) else (high - low) * 0.5
        y = (low + high) / 2
        if split:
            y = low + 0.06 + length / 2 if i == 1 else high - 0.06 - length / 2
        fridge.add("handle", door_handle(draw, length, upright=True), grip, [(x, y, z + 0.055)])
    if style == "side-by-side" and draw.chance(0.6):
        fridge.attributes["water_dispenser"] = True
        left, right = doors[0][:2]
        place = ((left + right) / 2 - 0.03, h * 0.55, z + 0.05)
        fridge.add("dispenser", box(0.2, 0.32, 0.02), paint("black"), [place])
        fridge.add("tray", box(0.16, 0.02, 0.05), metal("steel"), [place])
    elif draw.chance(0.25):
        fridge.attributes["magnets"] = True
        for _ in range(draw.whole(2, 5)):
            at = (draw.between(-0.3, 0.3) * w, draw.between(0.72, 0.92) * h, z + 0.05)
            note = box(draw.between(0.04, 0.1), draw.between(0.04, 0.1), 0.012)
            fridge.add("magnet", note, any_paint(draw), [at])
    if style == "retro":
        fridge.add("badge", box(0.14, 0.02, 0.012), metal("silver"), [(0, h * 0.9, z + 0.053)])
    return fridge


def cut_apart(doors: list[tuple[float, float, float, float]]) -> bool:
    """Do the doors stand side by side, rather than one above the other?"""
    return len(doors) == 2 and doors[0][2] == doors[1][2]


def stove(draw: Draw) -> Assembly:
    style = draw.pick("gas", "electric", "ceramic", "range")
    clad = enamel(draw)
    stove = Assembly({"style": style, "colour": clad.name})
    w = draw.between(0.85, 1.05) if style == "range" else draw.between(0.55, 0.7)
    h, d, soft = draw.between(0.82, 0.92), draw.between(0.55, 0.65), draw.pick(0.0, 0.0, 0.03)
    z = d / 2
    stove.add("body", block(w, h - 0.06, d, soft), clad, [(0, 0.06, 0)])
    if draw.chance(0.5):
        stove.add("plinth", box(w * 0.94, 0.07, d * 0.9), paint("black"))
    else:
        legs = [(x * w * 0.42, 0, q * d * 0.4) for x in (-1, 1) for q in (-1, 1)]
        stove.add("leg", cylinder(0.018, 0.07, top=0.025, sides=10), metal("iron"), legs)
    top = paint("black", roughness=0.2) if style == "ceramic" or draw.chance(0.5) else lighter(clad, -0.12)
    stove.add("hob", block(w * 1.01, 0.025, d * 1.02, 0.0), top, [(0, h - 0.005, 0)])
    _add_burners(stove, draw, style, w, h + 0.02, d)
    _add_oven(stove, draw, w, h, z)
    count = draw.whole(4, 6)
    sides = draw.pick(8, 12, 18)
    back = draw.chance(0.45)
    if back:
        stove.attributes["backsplash"] = True
        rise = draw.between(0.1, 0.2)
        stove.add("backsplash", box(w, rise, 0.05), clad, [(0, h, -z + 0.025)])
        stove.add("display", box(0.12, 0.05, 0.012), display(draw), [(0, h + rise * 0.4, -z + 0.05)])
    knob = paint(draw.pick("black", "white", "red")) if draw.chance(0.6) else metal("silver")
    stove.add(
        "knob",
        merged(facing(0.022, 0.03, top=0.018, sides=sides), box(0.006, 0.036, 0.012).moved(0, -0.018, 0.032)),
        knob,
        [((i - (count - 1) / 2) * w * 0.85 / count, h - 0.055, z) for i in range(count)],
    )
    return stove


def _add_burners(stove: Assembly, draw: Draw, style: str, w: float, y: float, d: float) -> None:
    across = 3 if style == "range" else 2
    places = [
        ((i - (across - 1) / 2) * w / (across + 0.15), k * d * 0.23) for i in range(across) for k in (-1, 1)
    ]
    r = min(w / across, d / 2) * 0.36
    if style == "ceramic":
        for x, z in places:
            size = r * draw.pick(0.75, 0.9, 1.05)
            stove.add("burner", torus(size, 0.004, sides=20, around=4), paint("grey"), [(x, y, z)])
        return
    at = [(x, y, z) for x, z in places]
    if style == "electric":
        hot = paint("black") if draw.chance(0.7) else material("glowing coil", "#d2502f", glow=0.4)
        for share in (0.95, 0.65, 0.35):
            stove.add(
                "coil",
                torus(r * share, r * 0.09, sides=20, around=6),
                hot,
                [(x, y + 0.006, z) for x, _, z in at],
            )
        return
    stove.add("burner", cylinder(r * 0.5, 0.018, top=r * 0.42, sides=14), metal("iron"), at)
    bars = [box(2 * r, 0.012, 0.012).turned("y", turn).moved(y=0.028) for turn in (0, 90)]
    feet = [box(0.012, 0.03, 0.012).moved(x, 0, z) for x, z in ((r, 0), (-r, 0), (0, r), (0, -r))]
    stove.add("grate", merged(*bars, *feet), paint("black"), at)


def _add_oven(stove: Assembly, draw: Draw, w: float, h: float, z: float) -> None:
    """One or two oven doors below the knobs, and perhaps a drawer."""
    drawer = draw.chance(0.5)
    low, high = (0.24 if drawer else 0.1), h - 0.1
    doors = [(-w * 0.48, w * 0.48)] if w < 0.8 else [(-w * 0.48, w * 0.1), (w * 0.12, w * 0.48)]
    face, handle = lighter(paint("black"), 0.05) if draw.chance(0.4) else metal("steel"), metal("silver")
    clear = dark_glass(draw)
    for left, right in doors:
        wide, x = right - left, (left + right) / 2
        stove.add("oven door", box(wide, high - low, 0.03), face, [(x, low, z + 0.01)])
        tall = (high - low) * draw.between(0.45, 0.62)
        stove.add(
            "oven window", box(wide * 0.72, tall, 0.012), clear, [(x, low + (high - low) * 0.14, z + 0.024)]
        )
        bar = door_handle(draw, wide * 0.8, upright=False)
        stove.add("oven handle", bar, handle, [(x, high - 0.05, z + 0.022)])
    if drawer:
        stove.add("drawer", box(w * 0.96, 0.13, 0.025), face, [(0, 0.09, z + 0.008)])


def washing_machine(draw: Draw) -> Assembly:
    style = draw.pick("front-loading", "front-loading", "front-loading", "top-loading")
    clad = enamel(draw)
    machine = Assembly({"style": style, "colour": clad.name})
    w, h, d = draw.between(0.56, 0.66), draw.between(0.8, 0.95), draw.between(0.5, 0.64)
    z, soft = d / 2, draw.pick(0.0, 0.02, 0.08)
    machine.add("body", block(w, h, d, soft), clad, [(0, 0.03, 0)])
    feet = [(x * w * 0.4, 0, q * d * 0.4) for x in (-1, 1) for q in (-1, 1)]
    machine.add("foot", cylinder(0.024, 0.04, sides=10), rubber(), feet)
    trim = lighter(clad, -0.25) if draw.chance(0.6) else metal("silver")
    if style == "top-loading":
        machine.add("lid", box(w * 0.86, 0.02, d * 0.68), trim, [(0, h + 0.03, d * 0.08)])
        if draw.chance(0.5):
            machine.add(
                "lid window", box(w * 0.6, 0.01, d * 0.45), dark_glass(draw), [(0, h + 0.045, d * 0.08)]
            )
        machine.add("panel", box(w, 0.13, 0.11), clad, [(0, h + 0.02, -z + 0.055)])
        y, z = h + 0.085, -z + 0.11
    else:
        _add_porthole(machine, draw, trim, min(w, h) * draw.between(0.28, 0.36), h * 0.46, z)
        machine.add("panel", box(w * 0.97, h * 0.14, 0.012), trim, [(0, h * 0.85, z)])
        drawer = box(w * 0.28, h * 0.1, 0.022)
        machine.add("detergent drawer", drawer, lighter(clad, 0.2), [(-w * 0.32, h * 0.87, z + 0.002)])
        y = h * 0.92
        if draw.chance(0.5):
            machine.add("filter flap", box(0.11, 0.09, 0.012), trim, [(w * 0.35, 0.06, z)])
    machine.add("dial", facing(0.036, 0.035, top=0.03, sides=18), metal("silver"), [(w * 0.02, y, z)])
    machine.add("display", box(w * 0.16, 0.045, 0.016), display(draw), [(w * 0.22, y - 0.022, z)])
    buttons = [(w * x, y, z) for x in (0.35, 0.4, 0.45)]
    machine.add("button", facing(0.01, 0.014, sides=10), paint(draw.pick("grey", "blue", "red")), buttons)
    return machine


def _add_porthole(machine: Assembly, draw: Draw, trim: Material, r: float, y: float, z: float) -> None:
    sides = draw.pick(12, 20, 28)
    ring = torus(r, r * draw.between(0.1, 0.2), sides=sides, around=8).turned("x", 90).scaled(1, 1, 0.7)
    machine.add("door ring", ring, trim, [(0, y, z + 0.01)])
    machine.add("door", facing(r, 0.02, sides=sides), metal("steel"), [(0, y, z)])
    pane = material("porthole", draw.pick("#5f8fae", "#38495a", "#8fb6c8", "#23282e"), roughness=0.1)
    machine.add("porthole", facing(r * 0.86, 0.05, top=r * 0.6, sides=sides), pane, [(0, y, z + 0.015)])
    machine.add(
        "door handle", box(r * 0.14, r * 0.5, 0.03), metal("silver"), [(r * 1.02, y - r * 0.25, z + 0.02)]
    )
