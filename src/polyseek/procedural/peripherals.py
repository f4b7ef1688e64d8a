"""Peripherals: what the hands do with a computer or a console."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.computing import computer_case
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.palette import any_paint, lighter, material, metal, paint, rubber
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    merged,
    prism,
    sphere,
    torus,
)


def keyboard(draw: Draw) -> Assembly:
    style = draw.pick("full", "compact", "gaming", "retro")
    case = paint("cream") if style == "retro" else computer_case(draw)
    board = Assembly({"style": style, "colour": case.name})
    key = draw.between(0.017, 0.02)
    rows, columns = draw.pick(5, 6), 14 if style == "compact" else 15
    extra = 0 if style == "compact" else draw.pick(4, 5)
    w, d = key * (columns + 1 + (extra + 0.6 if extra else 0)), key * (rows + 1)
    thick = draw.between(0.022, 0.034) if style in ("retro", "gaming") else draw.between(0.012, 0.02)
    slope = draw.between(0, 6)
    caps = draw.pick(lighter(case, 0.25), lighter(case, -0.25), paint("white"), paint("black"))
    accent = any_paint(draw)
    rise = {"gaming": 0.009, "retro": 0.011}.get(style, 0.005)

    def lay(solid: Solid) -> Solid:
        return solid.turned("x", slope)

    board.add("case", lay(block(w, thick, d, draw.pick(0.0, 0.15, 0.3))), case)
    cap = stacked([(rectangle(key * 0.9, key * 0.9), 0.0), (rectangle(key * 0.74, key * 0.74), rise)])
    left = -w / 2 + key
    for row in range(rows):
        z = -d / 2 + key * (row + 1)
        ends = {0: (1, 1), rows - 1: (1.4, 1.4)}.get(row, (1 + 0.3 * row, 2.0))
        wide = [ends[0], *[1.0] * (columns - int(np.ceil(ends[0] + ends[1]))), ends[1]]
        if row == rows - 1:
            wide = [1.25, 1.25, 1.25, columns - 7.5, 1.25, 1.25, 1.25]
        x = left
        fit = columns / sum(wide)
        run: list[Solid] = []
        for size in wide:
            size *= fit * key
            button = cap.scaled(size / key, 1, 1).moved(x + size / 2, thick, z)
            run.append(button)
            x += size
        special = [run[0], run[-1]]
        board.add("key row", lay(merged(*run[1:-1])), caps)
        board.add(
            "modifier keys",
            lay(merged(*special)),
            accent if style == "gaming" or row == 0 else lighter(caps, -0.2),
        )
        if extra:
            pad = [cap.moved(x + key * (0.6 + i + 0.5), thick, z) for i in range(extra)]
            board.add("number pad", lay(merged(*pad)), caps)
    if style == "gaming":
        board.attributes["lit"] = True
        board.add(
            "light strip",
            lay(box(w * 0.98, 0.004, 0.004).moved(0, thick * 0.4, d / 2)),
            material("light", draw.pick("#e0407a", "#40c8e0", "#7ae040"), glow=0.8),
        )
    if draw.chance(0.4):
        path: list[Point] = [
            (0, thick * 0.5, -d / 2),
            (0.01, 0.006, -d / 2 - 0.04),
            (-0.03, 0.005, -d / 2 - 0.1),
        ]
        board.add("cable", tube(spline(path, 8), 0.0025, sides=6), rubber())
    return board


def computer_mouse(draw: Draw) -> Assembly:
    style = draw.pick("wired", "wireless", "gaming", "retro")
    case = paint("cream") if style == "retro" else computer_case(draw)
    mouse = Assembly({"style": style, "colour": case.name})
    w, d, h = draw.between(0.056, 0.068), draw.between(0.1, 0.122), draw.between(0.03, 0.04)
    t = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    power = 0.5 if style == "retro" else draw.between(0.65, 0.95)
    plan = np.column_stack(
        [np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power, np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power]
    )
    waist = 1 - draw.between(0.0, 0.14) * np.exp(-((plan[:, 1] / 0.4) ** 2))
    plan = plan * np.column_stack([waist * w / 2, np.full(28, d / 2)])
    shares = [(0.93, 0.0), (1.0, 0.18), (0.97, 0.5), (0.85, 0.78), (0.6, 0.94), (0.2, 1.0)]
    rings = stacked([(plan * s, y * h) for s, y in shares])
    # The back is the highest; the buttons slope down towards the far end, which is -z.
    slope = np.interp(rings.vertices[:, 2], [-d / 2, d * 0.15, d / 2], [0.62, 1.0, 0.85])
    hump = Solid(
        rings.vertices * np.column_stack([np.ones_like(slope), slope, np.ones_like(slope)]), rings.faces
    )
    mouse.add("body", hump, case, crease_deg=60)
    dark = paint("black") if case.name != "black" else paint("grey")
    mouse.add("button gap", _ridge(hump, 0.0012, d, h), dark)
    wheel = cylinder(0.009, 0.008, sides=14).turned("z", 90).moved(0.004, h * 0.66, -d * 0.24)
    mouse.add("wheel", wheel, dark if draw.chance(0.6) else any_paint(draw))
    seam = framed(plan * 1.004, plan * 0.9, 0.002).turned("x", 90).moved(0, h * 0.2, 0)
    mouse.add("seam", seam, lighter(case, -0.3))
    if style == "gaming":
        glow = material("light", draw.pick("#e0407a", "#40c8e0", "#7ae040"), glow=0.8)
        mouse.add("logo light", prism(regular(6, w * 0.16), 0.003).moved(0, h * 0.99, d * 0.16), glow)
        side = box(0.004, 0.006, 0.018)
        mouse.add("side button", side, dark, [(-w * 0.47, h * 0.5, z) for z in (-0.014, 0.008)])
    if style != "wireless":
        bend = draw.between(-0.05, 0.05)
        path: list[Point] = [
            (0, h * 0.3, -d * 0.48),
            (0, 0.006, -d * 0.7),
            (bend, 0.003, -d),
            (-bend, 0.003, -d * 1.4),
        ]
        mouse.add("cable", tube(spline(path, 14), 0.0022, sides=6), rubber() if draw.chance(0.7) else case)
    if draw.chance(0.25):
        mouse.attributes["mouse_pad"] = True
        pad = prism(rectangle(w * 3, d * 1.7, radius=0.01), 0.003) if draw.chance(0.7) else cylinder(d, 0.003)
        mouse.add("mouse pad", pad, any_paint(draw), [(0, -0.003, 0)])
    return mouse


def _ridge(hump: Solid, width: float, depth: float, height: float) -> Solid:
    """A thin wall along the middle of a hump's front half, just proud of it."""
    x, y, z = hump.vertices.T
    near = (np.abs(x) < 0.02) & (y > height * 0.15)
    order = np.argsort(z[near])
    steps = np.linspace(-depth * 0.46, 0.0, 8)
    top = np.interp(steps, z[near][order], y[near][order])
    outline = np.concatenate(
        [np.column_stack([steps, top + 0.0012]), [(0.0, height * 0.3), (-depth * 0.46, height * 0.3)]]
    )
    return extrusion(outline, width).turned("y", -90)


def game_controller(draw: Draw) -> Assembly:
    style = draw.pick("arcade", "retro", "modern", "retro", "modern", "modern")
    case = any_paint(draw, "brown") if draw.chance(0.5) else paint(draw.pick("black", "white", "grey"))
    pad = Assembly({"style": style, "colour": case.name})
    dark = paint("black") if case.name != "black" else paint("grey")
    colours = [paint(name) for name in ("green", "red", "blue", "yellow")]
    if style == "arcade":
        w, d, h = draw.between(0.2, 0.26), draw.between(0.15, 0.19), draw.between(0.05, 0.08)
        pad.add("box", block(w, h, d, draw.pick(0.0, 0.1)), case)
        pad.add("stick plate", cylinder(0.025, 0.004, sides=16), dark, [(-w * 0.25, h, 0)])
        pad.add("stick", cylinder(0.006, 0.07, sides=10), metal("steel"), [(-w * 0.25, h, 0)])
        pad.add("stick ball", sphere(0.02, sides=14), colours[1], [(-w * 0.25, h + 0.075, 0)])
        for i in range(draw.pick(2, 4, 6)):
            at = (w * 0.08 + 0.042 * (i // 2), h, 0.022 - 0.044 * (i % 2))
            pad.add("button", cylinder(0.016, 0.012, top=0.014, sides=14), colours[i % 4], [at])
        return pad
    w, d, h = draw.between(0.14, 0.165), draw.between(0.06, 0.075), draw.between(0.022, 0.034)
    if style == "retro":
        pad.add("body", block(w, h * 0.7, d, draw.pick(0.05, 0.3)), case)
        y = h * 0.7
        pad.add("face plate", box(w * 0.9, 0.002, d * 0.72), lighter(case, -0.4), [(0, y - 0.0005, 0)])
        buttons = [(w * x, y, 0.008) for x in (0.22, 0.36)]
        pad.add("button", cylinder(0.008, 0.006, sides=12), paint("red"), buttons)
    else:
        body = ellipsoid(w / 2, h * 0.55, d * 0.5, sides=20)
        pad.add(
            "body",
            merged(body, block(w * 0.72, h * 0.95, d * 0.8, 0.4).moved(0, -h * 0.47)),
            case,
            [(0, h * 1.5, 0)],
        )
        path: list[Point] = [
            (w * 0.34, h * 1.5, -d * 0.1),
            (w * 0.46, h * 1.25, d * 0.4),
            (w * 0.5, h * 0.75, d * 1.0),
        ]
        pad.both("grip", tube(spline(path, 9), [h * 0.66, h * 0.68, h * 0.62, h * 0.4], sides=12), case)
        y = h * 1.97
        for x, z in (
            ((-w * 0.17, d * 0.2), (w * 0.17, d * 0.2))
            if draw.chance(0.5)
            else ((-w * 0.32, -d * 0.1), (w * 0.15, d * 0.22))
        ):
            pad.add("stick", cylinder(0.005, 0.012, sides=10), dark, [(x, y - 0.004, z)])
            pad.add("stick cap", cylinder(0.009, 0.004, top=0.0085, sides=14), dark, [(x, y + 0.008, z)])
            pad.add("stick ring", torus(0.0115, 0.0015, sides=16, around=5), dark, [(x, y - 0.001, z)])
        diamond = ((0, 1), (1, 0), (-1, 0), (0, -1))
        for (x, z), stuff in zip(diamond, colours, strict=True):
            cap = cylinder(0.0052, 0.006, sides=10)
            pad.add("button", cap, stuff, [(w * 0.32 + x * 0.0105, y - 0.004, -d * 0.12 + z * 0.0105)])
        pad.both("shoulder", block(w * 0.26, h * 0.4, d * 0.2, 0.4).moved(w * 0.29, h * 1.4, -d * 0.42), dark)
        if draw.chance(0.5):
            pad.add(
                "touch pad",
                block(w * 0.26, 0.004, d * 0.3, 0.3),
                lighter(case, -0.25),
                [(0, y - 0.002, -d * 0.22)],
            )
    cross = merged(box(0.024, 0.005, 0.008), box(0.008, 0.005, 0.024))
    pad.add("direction pad", cross, dark, [(-w * 0.32, y - 0.002, -d * 0.14 if style == "modern" else 0.0)])
    small = block(0.012, 0.003, 0.005, 0.3)
    pad.add(
        "start button",
        small,
        dark if style == "modern" else paint("grey"),
        [(x * w, y, d * 0.05) for x in (-0.05, 0.05)],
    )
    if style == "retro" and draw.chance(0.7):
        wire: list[Point] = [(0, h * 0.4, -d / 2), (0, 0.01, -d), (0.05, 0.004, -d * 1.5)]
        pad.add("cable", tube(spline(wire, 8), 0.0025, sides=6), rubber())
    return pad
