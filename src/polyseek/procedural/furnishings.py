"""Furnishings: what makes a room a home, and the small cupboards in it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.palette import any_metal, any_paint, any_wood, lighter, material, metal, paint
from polyseek.procedural.polygons import rectangle, regular, star
from polyseek.procedural.solids import Solid, box, cylinder, extrusion, lathe, prism, sphere, torus

ROUND = 32


def _outline(shape: str, w: float, h: float) -> Float64[np.ndarray, "n 2"]:
    """Of a mirror, a frame or a rug: 32 points, so that any two can be nested."""
    if shape in ("round", "oval"):
        return regular(ROUND, 0.5, phase=360 / ROUND / 2) * [w, h]
    if shape == "arched":
        top = regular(ROUND, 0.5) * [w, w]
        return np.where(
            top[:, 1:] >= 0, top + np.array((0, h / 2 - w / 2)), top * [1, 0] - [0, h / 2]
        ) + _nudged(top, w)
    return rectangle(w, h, radius=(0.12 if shape == "rounded" else 0.004) * min(w, h), steps=7)


def _nudged(top: Float64[np.ndarray, "n 2"], w: float) -> Float64[np.ndarray, "n 2"]:
    """Spreads the lower half of an arch evenly along its foot, all the way to the corners."""
    lower = top[:, 1] < 0
    spread = np.zeros_like(top)
    count = int(lower.sum())
    spread[lower, 0] = np.linspace(-w / 2, w / 2, count) - top[lower, 0]
    return spread


def mirror(draw: Draw) -> Assembly:
    style = draw.pick("wall", "wall", "standing", "hand", "table")
    shape = draw.pick("round", "oval", "rectangular", "arched", "rounded")
    if style == "hand":
        shape = draw.pick("round", "oval")
    frame = draw.pick(any_wood(draw), any_metal(draw), any_paint(draw))
    mirror = Assembly({"style": style, "shape": shape, "colour": frame.name})
    w, h = draw.between(0.45, 0.7), draw.between(0.7, 1.0)
    if style == "standing":
        w, h = draw.between(0.45, 0.65), draw.between(1.45, 1.75)
    elif style != "wall":
        w, h = draw.between(0.16, 0.2), draw.between(0.22, 0.27)
    h = w if shape == "round" and style != "standing" else h
    edge, thick = min(w, h) * draw.between(0.06, 0.14), min(w, h) * draw.between(0.05, 0.09)
    pane = material("mirror", draw.pick("#bfd9e4", "#d3e4ea", "#a9c4d3"), metallic=0.6, roughness=0.05)
    y = {"wall": 0.0, "standing": 0.06, "hand": h * 0.85, "table": h * 0.45}[style] + h / 2
    lean = {"standing": draw.between(-10, -4), "table": draw.between(-14, -4)}.get(style, 0.0)
    outer, inner = _outline(shape, w, h), _outline(shape, w - 2 * edge, h - 2 * edge)
    ring = framed(outer, inner, thick)
    sheet = extrusion(inner, thick * 0.3)
    back = extrusion(_outline(shape, w - edge, h - edge), thick * 0.2).moved(0, 0, -thick * 0.35)
    for label, solid, stuff in (
        ("frame", ring, frame),
        ("glass", sheet, pane),
        ("back", back, lighter(frame, -0.4)),
    ):
        mirror.add(label, solid.turned("x", lean).moved(0, y, 0), stuff)
    if draw.chance(0.3):
        bead = torus(1, 0.04, sides=ROUND, around=5).turned("x", 90)
        if shape in ("round", "oval"):
            rim = bead.scaled(w / 2 - edge / 2, h / 2 - edge / 2, edge * 8).turned("x", lean).moved(0, y, 0)
            mirror.add("moulding", rim.moved(z=thick / 2), lighter(frame, 0.3))
    _add_support(mirror, draw, style, frame, (w, h, y))
    return mirror


def _add_support(
    mirror: Assembly, draw: Draw, style: str, frame: Material, size: tuple[float, float, float]
) -> None:
    w, h, y = size
    if style == "hand":
        grip = [
            (0, 0),
            (0.011, 0.0),
            (0.014, 0.02),
            (0.009, 0.06),
            (0.012, 0.09),
            (0.008, h * 0.9),
            (0, h * 0.9),
        ]
        mirror.add("handle", lathe(grip, sides=12), frame)
    elif style == "table":
        mirror.add(
            "foot", lathe([(0, 0), (w * 0.4, 0), (w * 0.38, 0.012), (0.02, 0.03), (0, 0.03)], sides=24), frame
        )
        mirror.add("stem", cylinder(0.008, y - h * 0.45, sides=10), frame)
    elif style == "standing" and draw.chance(0.5):
        mirror.attributes["feet"] = "swivel"
        for x in (-1, 1):
            at = x * (w / 2 + 0.035)
            mirror.add("post", box(0.035, y + 0.15, 0.035), frame, [(at, 0, 0)])
            mirror.add("foot", block(0.045, 0.05, 0.42, 0.2), frame, [(at, 0, 0)])
            mirror.add("finial", sphere(0.028, sides=10), frame, [(at, y + 0.16, 0)])
            mirror.add("hinge", box(0.05, 0.03, 0.03), metal("brass"), [(at - x * 0.02, y - 0.015, 0)])
        mirror.add("stretcher", box(w + 0.07, 0.03, 0.03), frame, [(0, 0.025, 0)])
    elif style == "standing":
        strut = box(0.04, h * 0.85, 0.02).turned("x", 16).moved(0, 0.01, -h * 0.3)
        mirror.add("strut", strut, lighter(frame, -0.3))


def picture_frame(draw: Draw) -> Assembly:
    shape = draw.pick("rectangular", "rectangular", "rectangular", "oval")
    frame = draw.pick(any_wood(draw), metal("gold"), any_paint(draw), paint("black"))
    picture = draw.pick("landscape", "portrait", "abstract", "sea")
    stands = draw.chance(0.4)
    model = Assembly({"style": "standing" if stands else "wall", "picture": picture, "colour": frame.name})
    long, short = draw.between(0.5, 0.9), draw.between(0.4, 0.5)
    w, h = (short, long) if picture == "portrait" or draw.chance(0.25) else (long, short)
    if stands:
        w, h = w * 0.35, h * 0.35
    edge, thick = min(w, h) * draw.between(0.07, 0.16), min(w, h) * draw.between(0.06, 0.1)
    lean = -14.0 if stands else 0.0
    ow, oh = w + 2 * edge, h + 2 * edge

    def lay(solid: Solid) -> Solid:
        return solid.moved(0, oh / 2, 0).turned("x", lean)

    model.add("frame", lay(framed(_outline(shape, ow, oh), _outline(shape, w, h), thick)), frame)
    if draw.chance(0.4):
        lip = framed(_outline(shape, w + edge, h + edge), _outline(shape, w, h), thick * 0.4)
        model.add("moulding", lay(lip.moved(0, 0, thick * 0.6)), lighter(frame, 0.25))
    model.add(
        "back",
        lay(extrusion(_outline(shape, w * 1.04, h * 1.04), thick * 0.2).moved(z=-thick * 0.3)),
        any_wood(draw),
    )
    mat = draw.chance(0.6)
    if mat:
        model.add("mat", lay(extrusion(_outline(shape, w * 1.01, h * 1.01), thick * 0.16)), paint("white"))
    share = draw.between(0.68, 0.8) if mat else 1.0
    for label, solid, stuff in _painted(draw, picture, w * share, h * share):
        if shape == "oval" and not mat:
            solid = solid.scaled(0.68, 0.68, 1)
        model.add(label, lay(solid.scaled(1, 1, thick).moved(z=thick * 0.1)), stuff)
    if shape == "oval" and not mat:
        model.add("mat", lay(extrusion(_outline(shape, w * 1.01, h * 1.01), thick * 0.12)), paint("cream"))
    if stands:
        strut = box(w * 0.25, oh * 0.85, thick * 0.3).turned("x", 20).moved(0, 0, -oh * 0.53)
        model.add("strut", strut, paint("black"))
    return model


def _painted(draw: Draw, picture: str, w: float, h: float) -> list[tuple[str, Solid, Material]]:
    """What the picture shows, as flat layers between z = 0 and 0.3, centred."""
    ground = {"landscape": "#a9d2e6", "sea": "#bfe0ea", "portrait": "#6b5a4a", "abstract": "#e9e2d2"}[picture]
    layers = [("canvas", box(w, h, 0.1).moved(0, -h / 2, 0), material("canvas", ground))]
    if picture in ("landscape", "sea"):
        sun = extrusion(regular(16, h * 0.11), 0.14)
        layers.append(
            ("sun", sun.moved(draw.between(-0.3, 0.3) * w, h * 0.28), paint(draw.pick("yellow", "orange")))
        )
        tone = ("#7aa56a", "#557f52") if picture == "landscape" else ("#5d93bd", "#3d6f9d")
        for i, colour in enumerate(tone):
            x = np.linspace(-w / 2, w / 2, 9)
            wave = h * (0.02 - 0.2 * i + 0.09 * np.sin(draw.between(2, 6) * x / w + draw.between(0, 6)))
            line = np.column_stack([x, wave])
            foot = np.array([(w / 2, -h / 2), (-w / 2, -h / 2)])
            layers.append(
                (
                    "hill" if picture == "landscape" else "wave",
                    extrusion(np.concatenate([line, foot]), 0.18 + 0.04 * i),
                    material("hill", colour),
                )
            )
    elif picture == "portrait":
        size = min(w, h)
        shoulders = np.concatenate([regular(24, 1.0)[:13] * [size * 0.36, size * 0.3]])
        layers.append(("shoulders", extrusion(shoulders, 0.16).moved(0, -h / 2), any_paint(draw)))
        hair = material("hair", draw.pick("#3b2a20", "#6d4526", "#c99c55", "#2a2a2c"))
        layers.append(
            ("hair", extrusion(regular(18, size * 0.22) * [0.9, 1.1], 0.18).moved(0, h * 0.08), hair)
        )
        skin = material("skin", draw.pick("#e5b893", "#b07a52", "#7a5138", "#f0cfb0"))
        layers.append(
            ("face", extrusion(regular(18, size * 0.17) * [0.85, 1.15], 0.22).moved(0, h * 0.05), skin)
        )
    else:
        for i in range(draw.whole(3, 6)):
            size = min(w, h) * draw.between(0.08, 0.22)
            form = draw.pick(rectangle(2 * size, 1.4 * size), regular(14, size), regular(3, size, phase=90))
            at = draw.between(-1, 1) * (w / 2 - size * 1.05), draw.between(-1, 1) * (h / 2 - size * 1.05)
            layers.append(("shape", extrusion(form, 0.14 + 0.02 * i).moved(*at), any_paint(draw)))
    return layers


def pillow(draw: Draw) -> Assembly:
    style = draw.pick("star", "bolster", "round", "square", "bed", "square", "bed", "square", "bed")
    cloth, trim = any_paint(draw, "black"), any_paint(draw)
    pillow = Assembly({"style": style, "colour": cloth.name})
    if style == "bolster":
        r, length = draw.between(0.08, 0.12), draw.between(0.45, 0.8)
        ends = [(0, 0), (r * 0.6, 0), (r, r * 0.4), (r, length - r * 0.4), (r * 0.6, length), (0, length)]
        roll = lathe(ends, sides=20).turned("z", 90)
        pillow.add("cushion", roll, cloth, crease_deg=60)
        pillow.add("button", sphere(r * 0.15, sides=8), trim, [(0, 0, 0), (-length, 0, 0)])
        return pillow
    w = draw.between(0.6, 0.75) if style == "bed" else draw.between(0.38, 0.5)
    d = draw.between(0.4, 0.48) if style == "bed" else w
    h = draw.between(0.12, 0.2)
    seam = _seam(style, w, d, draw.between(0.01, 0.055))
    crown = regular(len(seam), 1.0, phase=360 / len(seam) / 2) * [w * 0.5, d * 0.5]
    turn = np.linspace(0, np.pi / 2, 6)
    upper: list[tuple[Float64[np.ndarray, "n 2"], float]] = []
    for t in turn:
        share, blend = float(np.cos(t)) ** 0.55 + 0.03, float(np.sin(t)) ** 2 * 0.6
        upper.append(((seam * (1 - blend) + crown * blend) * share, h / 2 * float(np.sin(t))))
    body = stacked([*((o, -y) for o, y in reversed(upper)), *upper[1:]])
    lean = draw.between(60, 78) if style != "bed" and draw.chance(0.4) else 0.0
    lay = [("cushion", body, cloth)]
    if draw.chance(0.4):
        pillow.attributes["trim"] = trim.name
        lay.append(("piping", framed(seam * 1.02, seam * 0.97, 0.014).turned("x", 90), trim))
    if style != "bed" and draw.chance(0.35):
        pillow.attributes["button"] = True
        lay.append(("button", sphere(0.018, sides=10).scaled(1, 0.6, 1).moved(0, h / 2, 0), trim))
    for label, solid, stuff in lay:
        pillow.add(label, solid.turned("x", lean), stuff, crease_deg=70)
    return pillow


def _seam(style: str, w: float, d: float, pinch: float) -> Float64[np.ndarray, "n 2"]:
    """The pillow's outline in (x, z): a rectangle whose sides are drawn in, a circle or a star."""
    if style == "round":
        return regular(ROUND, w / 2)
    if style == "star":
        return np.repeat(star(5, w * 0.6, w * 0.34), 1, axis=0)
    side = np.linspace(-1, 1, 8, endpoint=False)
    bow = 1 - pinch * 2 * (1 - side**2)
    edge = np.column_stack([bow, side])
    quarter = np.array([[0, 1], [-1, 0]])
    sides = [edge @ np.linalg.matrix_power(quarter, i) for i in range(4)]
    return np.concatenate(sides) * [w / 2, d / 2]


def rug(draw: Draw) -> Assembly:
    shape = draw.pick("rectangular", "round", "oval", "runner", "rounded")
    pattern = draw.pick("bordered", "striped", "medallion", "plain", "bordered")
    base, second, third = any_paint(draw, "black"), any_paint(draw), any_paint(draw)
    rug = Assembly({"style": shape, "pattern": pattern, "colour": base.name, "second_colour": second.name})
    w, d = draw.between(1.4, 2.4), draw.between(0.9, 1.5)
    if shape == "round":
        d = w
    elif shape == "runner":
        w, d = draw.between(1.8, 2.6), draw.between(0.6, 0.8)
    thick, layer = draw.between(0.012, 0.03), 0.004

    def sheet(share_w: float, share_d: float, high: float) -> Solid:
        return prism(_outline(shape, w * share_w, d * share_d), high)

    rug.add("rug", sheet(1, 1, thick), base)
    step = draw.between(0.06, 0.12) * d
    if pattern in ("bordered", "medallion"):
        for i in range(draw.whole(1, 3)):
            edge = 2 * step * (i + 1)
            stuff = (second, base, third)[i]
            rug.add("border", sheet(1 - edge / w, 1 - edge / d, thick + layer * (i + 1)), stuff)
    if pattern == "medallion":
        size = d * 0.24
        rose = draw.pick(star(8, size, size * 0.7), regular(4, size) * [1.4, 1.0], star(6, size, size * 0.5))
        rug.add("medallion", prism(rose, thick + 0.02), third)
        rug.add("heart", prism(regular(12, size * 0.4), thick + 0.024), second)
    elif pattern == "striped":
        count = draw.whole(3, 7)
        for i in range(count):
            x = (i + 0.5) / count * 2 - 1
            reach = d * 0.93 * (np.sqrt(1 - x * x) if shape in ("round", "oval") else 1.0)
            band = box(w / count * 0.42, thick + layer, float(reach))
            rug.add("stripe", band, second if i % 2 else third, [(x * w * 0.48, 0, 0)])
    if shape in ("rectangular", "runner") and draw.chance(0.6):
        rug.attributes["fringed"] = True
        count = int(d / 0.05)
        tassel = box(0.06, thick * 0.5, 0.022)
        z = [(i - (count - 1) / 2) * d / count for i in range(count)]
        rug.add("fringe", tassel, paint("cream"), [(x * (w / 2 + 0.028), 0, at) for at in z for x in (-1, 1)])
    return rug
