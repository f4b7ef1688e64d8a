"""Luggage: what is carried on the back and what is wheeled along."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.palette import (
    any_metal,
    any_paint,
    any_wood,
    lighter,
    material,
    metal,
    paint,
)
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import box, cylinder, extrusion, merged, torus


def leather(draw: Draw) -> Material:
    return material("leather", draw.pick("#6b4630", "#8f5f38", "#4a3226", "#a9744a"), roughness=0.6)


def backpack(draw: Draw) -> Assembly:
    style = draw.pick("school", "hiking", "leather", "school", "mini")
    cloth = leather(draw) if style == "leather" else any_paint(draw)
    second = lighter(cloth, -0.3) if draw.chance(0.5) else any_paint(draw)
    pack = Assembly({"style": style, "colour": cloth.name, "second_colour": second.name})
    w, h, d = draw.between(0.28, 0.34), draw.between(0.38, 0.46), draw.between(0.14, 0.18)
    if style == "hiking":
        h *= 1.35
    elif style == "mini":
        w, h, d = w * 0.75, h * 0.65, d * 0.75
    z, steel = d / 2, any_metal(draw)
    foot, waist = rectangle(w, d, radius=d * 0.4), rectangle(w * 1.02, d * 1.04, radius=d * 0.42)
    top = rectangle(w * 0.84, d * 0.74, radius=d * 0.34)
    levels = [
        (foot * 0.9, 0.0),
        (foot, h * 0.05),
        (waist, h * 0.3),
        (foot * 0.97, h * 0.75),
        (top, h * 0.93),
        (top * 0.6, h),
    ]
    pack.add("body", stacked(levels), cloth, crease_deg=55)
    ph, pw = h * draw.between(0.36, 0.44), w * draw.between(0.68, 0.8)
    pocket = block(pw, ph, d * 0.45, 0.45)
    pack.add("front pocket", pocket, second if draw.chance(0.6) else lighter(cloth, 0.15), [(0, h * 0.06, z)])
    if style in ("leather", "hiking"):
        flap = stacked(
            [(top * 1.12, 0.0), (waist * 1.04, -h * 0.14), (waist * 1.04, -h * 0.2), (top * 0.9, -h * 0.02)]
        )
        pack.add("flap", flap.moved(0, h * 1.02, 0), second if style == "hiking" else cloth)
        for x in (-1, 1):
            strap = box(0.026, h * 0.42, 0.008).moved(x * w * 0.22, h * 0.46, z * 1.08)
            pack.add("closing strap", strap, lighter(cloth, -0.45))
            buckle = framed(rectangle(0.04, 0.034), rectangle(0.024, 0.018), 0.008)
            pack.add("buckle", buckle.moved(x * w * 0.22, h * 0.55, z * 1.08 + d * 0.06), steel)
    else:
        arch = [
            (-w * 0.505, h * 0.5, z * 0.3),
            (-w * 0.46, h * 0.82, z * 0.35),
            (0, h * 0.945, z * 0.62),
            (w * 0.46, h * 0.82, z * 0.35),
            (w * 0.505, h * 0.5, z * 0.3),
        ]
        pack.add("zip", tube(spline(arch, 20), 0.006, sides=6), paint("black") if draw.chance(0.6) else steel)
        pack.add(
            "pocket zip",
            box(pw * 0.76, 0.008, 0.008),
            paint("black"),
            [(0, h * 0.06 + ph * 0.8, z + d * 0.22)],
        )
        pack.add(
            "zip pull", box(0.008, 0.03, 0.006), steel, [(pw * 0.36, h * 0.06 + ph * 0.74, z + d * 0.23)]
        )
    if draw.chance(0.6) and style != "mini":
        pack.both("side pocket", block(d * 0.3, h * 0.3, d * 0.65, 0.4).moved(w * 0.52, h * 0.05, 0), second)
    loop: list[Point] = [
        (-w * 0.12, h * 0.96, -z * 0.4),
        (-w * 0.1, h * 1.05, -z * 0.4),
        (w * 0.1, h * 1.05, -z * 0.4),
        (w * 0.12, h * 0.96, -z * 0.4),
    ]
    pack.add("grab handle", tube(spline(loop, 12), 0.009, sides=8), lighter(cloth, -0.35))
    bow: list[Point] = [
        (w * 0.2, h * 0.9, -z * 0.7),
        (w * 0.26, h * 0.94, -z * 1.5),
        (w * 0.3, h * 0.5, -z * 1.75),
        (w * 0.36, h * 0.12, -z * 0.9),
    ]
    strap_ = tube(spline(bow, 14), 0.024, sides=8, flatten=0.35)
    pack.both("shoulder strap", strap_, lighter(cloth, -0.35) if draw.chance(0.6) else second)
    if style == "hiking":
        roll = cylinder(d * 0.36, w * 1.15, sides=16).turned("z", 90).moved(w * 0.575, h * 1.02 + d * 0.3, 0)
        pack.add("bedroll", roll, any_paint(draw))
        band = torus(d * 0.365, 0.006, sides=16, around=6).turned("z", 90)
        pack.add(
            "bedroll strap", band, paint("brown"), [(x * w * 0.3, h * 1.02 + d * 0.3, 0) for x in (-1, 1)]
        )
    elif draw.chance(0.3):
        pack.add(
            "badge",
            extrusion(draw.pick(regular(16, 0.03), regular(5, 0.032, phase=90)), 0.012),
            any_paint(draw),
            [(0, h * 0.06 + ph * 0.45, z + d * 0.22)],
        )
    return pack


def suitcase(draw: Draw) -> Assembly:
    style = draw.pick("trolley", "trolley", "vintage", "vintage", "briefcase")
    case = any_paint(draw) if style == "trolley" else leather(draw) if draw.chance(0.65) else any_paint(draw)
    model = Assembly({"style": style, "colour": case.name})
    if style == "trolley":
        _add_trolley(model, draw, case)
        return model
    w, h, d = draw.between(0.5, 0.68), draw.between(0.36, 0.46), draw.between(0.16, 0.22)
    if style == "briefcase":
        w, h, d = draw.between(0.4, 0.46), draw.between(0.28, 0.33), draw.between(0.08, 0.11)
    trim = lighter(case, -0.4) if draw.chance(0.6) else any_wood(draw)
    fitting = metal(draw.pick("brass", "gold", "silver"))
    model.add("shell", block(w, h, d, draw.pick(0.0, 0.08, 0.2)), case)
    seam = framed(
        rectangle(w * 1.006, h * 1.006, radius=0.02), rectangle(w * 0.97, h * 0.96, radius=0.02), 0.012
    )
    model.add("seam", seam, fitting if draw.chance(0.4) else trim, [(0, h / 2, d * 0.12)])
    model.add(
        "corner",
        block(0.06, 0.06, 0.05, 0.25),
        trim,
        [
            (x * (w / 2 - 0.026), y, z * (d / 2 - 0.022))
            for x in (-1, 1)
            for y in (-0.004, h - 0.056)
            for z in (-1, 1)
        ],
    )
    if style == "vintage" and draw.chance(0.7):
        model.attributes["belts"] = True
        belt = framed(
            rectangle(d * 1.04, h * 1.015, radius=0.008), rectangle(d * 0.96, h * 0.95, radius=0.008), 0.032
        ).turned("y", 90)
        model.add("belt", belt, trim, [(x * w * 0.27, h / 2, 0) for x in (-1, 1)])
        buckle = framed(rectangle(0.05, 0.04), rectangle(0.032, 0.024), 0.01)
        model.add("buckle", buckle, fitting, [(x * w * 0.27, h * 0.78, d * 0.525) for x in (-1, 1)])
    loop: list[Point] = [
        (-0.07, h - 0.005, 0),
        (-0.065, h + 0.045, 0),
        (0.065, h + 0.045, 0),
        (0.07, h - 0.005, 0),
    ]
    model.add("handle", tube(spline(loop, 14), 0.011, sides=8), trim)
    model.add("handle mount", box(0.03, 0.01, 0.04), fitting, [(x * 0.07, h - 0.002, 0) for x in (-1, 1)])
    lock = merged(box(0.04, 0.035, 0.008), box(0.02, 0.02, 0.006).moved(0, 0.02, 0.005))
    model.add("lock", lock, fitting, [(x * w * 0.15, h * 0.88, d / 2 + 0.003) for x in (-1, 1)])
    if style == "vintage" and draw.chance(0.45):
        model.attributes["stickers"] = True
        for _ in range(draw.whole(2, 5)):
            form = draw.pick(
                regular(16, 0.04), rectangle(0.09, 0.06, radius=0.01), regular(3, 0.045, phase=90)
            )
            at = (draw.between(-0.4, 0.4) * w, draw.between(0.2, 0.7) * h, d / 2)
            model.add(
                "sticker", extrusion(form, 0.006).turned("z", draw.between(-25, 25)), any_paint(draw), [at]
            )
    return model


def _add_trolley(model: Assembly, draw: Draw, case: Material) -> None:
    """An upright hard shell with ribs, four wheels and a handle to pull out."""
    w, h, d = draw.between(0.36, 0.46), draw.between(0.5, 0.66), draw.between(0.2, 0.27)
    low, soft = 0.05, draw.pick(0.1, 0.2, 0.3)
    model.add("shell", block(w, h, d, soft), case, [(0, low, 0)])
    dark, steel = paint("black"), metal("silver")
    ribs, upright = draw.whole(3, 7), draw.chance(0.65)
    for i in range(ribs):
        share = (i + 0.5) / ribs - 0.5
        if upright:
            model.add(
                "rib",
                block(w * 0.5 / ribs, h * 0.82, d * 1.05, 0.2),
                lighter(case, 0.08),
                [(share * w * 0.86, low + h * 0.09, 0)],
            )
        else:
            model.add(
                "rib",
                block(w * 0.86, h * 0.4 / ribs, d * 1.05, 0.2),
                lighter(case, 0.08),
                [(0, low + h * (0.5 + share * 0.8), 0)],
            )
    seam = framed(
        rectangle(w * 1.01, h * 1.006, radius=soft * d),
        rectangle(w * 0.95, h * 0.95, radius=soft * d * 0.9),
        0.014,
    )
    model.add("zip", seam, dark, [(0, low + h / 2, 0)])
    wheel = cylinder(0.028, 0.022, sides=14).turned("z", 90).moved(0.011, 0.028, 0)
    corners = [(x * w * 0.38, 0.0, z * d * 0.34) for x in (-1, 1) for z in (-1, 1)]
    model.add("wheel", wheel, dark, corners)
    model.add(
        "wheel mount",
        block(0.05, 0.04, 0.05, 0.2),
        dark if draw.chance(0.6) else steel,
        [(x, 0.032, z) for x, _, z in corners],
    )
    rise = draw.between(0.2, 0.4) if draw.chance(0.75) else 0.04
    model.attributes["handle"] = "extended" if rise > 0.1 else "retracted"
    y, z = low + h, -d * 0.36
    model.add(
        "handle rod", box(0.014, rise + 0.02, 0.014), steel, [(x * w * 0.2, y - 0.02, z) for x in (-1, 1)]
    )
    model.add("handle", block(w * 0.5, 0.03, 0.034, 0.4), dark, [(0, y + rise - 0.005, z)])
    grip: list[Point] = [
        (-w * 0.14, y - 0.005, 0.02),
        (-w * 0.12, y + 0.03, 0.02),
        (w * 0.12, y + 0.03, 0.02),
        (w * 0.14, y - 0.005, 0.02),
    ]
    model.add("top grip", tube(spline(grip, 12), 0.009, sides=8), dark)
    if draw.chance(0.4):
        tag = merged(box(0.05, 0.08, 0.006), box(0.008, 0.05, 0.004).moved(0, 0.07, 0))
        model.add("luggage tag", tag, any_paint(draw), [(w * 0.2, y - 0.14, d * 0.55)])
