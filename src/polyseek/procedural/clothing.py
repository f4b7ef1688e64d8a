"""Clothing: shoes and hats, and what is worn with them: glasses, rings and watches."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import framed, stacked
from polyseek.procedural.palette import any_paint, lighter, material, metal, paint
from polyseek.procedural.polygons import rectangle, regular, star
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    extrusion,
    lathe,
    merged,
    sphere,
    torus,
)


def _foot(front: float, back: float, width: float) -> Float64[np.ndarray, "n 2"]:
    """The plan of a foot in (x, z) from z = back to z = front, toes wide, heel narrow."""
    t = np.linspace(0, 2 * np.pi, 26, endpoint=False)
    along = np.sin(t)
    wide = width / 2 * (0.86 + 0.16 * along - 0.1 * np.exp(-((along + 0.1) ** 2) * 6))
    across = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.8
    return np.column_stack([across * wide, (front + back) / 2 + (front - back) / 2 * along])


def shoe(draw: Draw) -> Assembly:
    style = draw.pick("high-heel", "boot", "sneaker", "dress", "sneaker", "boot", "slipper")
    upper = draw.pick(
        any_paint(draw),
        any_paint(draw),
        material("leather", draw.pick("#6b4630", "#8a5a34", "#3a2a22"), roughness=0.5),
    )
    sole = (
        draw.pick(paint("white"), paint("black"), paint("cream"), paint("brown"))
        if style != "slipper"
        else lighter(upper, -0.3)
    )
    pair = draw.chance(0.35)
    shoe = Assembly({"style": style, "colour": upper.name, "pair": pair})
    shoe.proportions = draw.stretch(0.08, "x", "z")
    thick = {"sneaker": 0.028, "boot": 0.026, "high-heel": 0.008, "dress": 0.012, "slipper": 0.012}[
        style
    ] * draw.between(0.85, 1.2)
    y, tall = thick, draw.between(0.16, 0.3)
    walls: list[tuple[float, float, float, float]] = [
        (0.145, -0.128, 0.096, 0.0),
        (0.138, -0.127, 0.094, 0.03),
    ]
    if style == "boot":
        walls += [
            (0.085, -0.125, 0.088, 0.065),
            (0.0, -0.12, 0.084, 0.1),
            (-0.01, -0.122, 0.088, tall),
            (-0.02, -0.112, 0.07, tall),
            (-0.025, -0.11, 0.065, 0.05),
        ]
    elif style in ("high-heel", "slipper"):
        walls += [
            (0.1, -0.126, 0.09, 0.045),
            (0.07, -0.125, 0.086, 0.052),
            (0.065, -0.118, 0.074, 0.052),
            (0.06, -0.115, 0.07, 0.012),
        ]
    else:
        high = 0.09 if style == "sneaker" else 0.072
        walls += [
            (0.07, -0.125, 0.084, high * 0.72),
            (-0.005, -0.122, 0.076, high),
            (-0.012, -0.114, 0.064, high + 0.004),
            (-0.015, -0.112, 0.06, 0.025),
        ]
    lift = draw.between(0.06, 0.1) if style == "high-heel" else 0.0

    def arched(solid: Solid) -> Solid:
        """Raised at the heel, as a high heel's sole runs."""
        share = np.clip((0.06 - solid.vertices[:, 2]) / 0.14, 0, 1)
        rise = lift * share * share * (3 - 2 * share)
        return Solid(solid.vertices + np.column_stack([0 * rise, rise, 0 * rise]), solid.faces)

    body = stacked([(_foot(f, b, w), y + h) for f, b, w, h in walls])
    base = stacked(
        [
            (_foot(0.15, -0.132, 0.1), 0.0),
            (_foot(0.153, -0.134, 0.103), thick * 0.6),
            (_foot(0.147, -0.13, 0.098), thick),
        ]
    )
    parts: list[tuple[str, Solid, Material]] = [("sole", arched(base), sole), ("upper", arched(body), upper)]
    parts += _trimmings(draw, style, upper, sole, thick, lift, tall)
    for label, solid, stuff in parts:
        if pair:
            shoe.both(label, solid.moved(0.062), stuff)
        else:
            shoe.add(label, solid, stuff, crease_deg=50)
    return shoe


def _trimmings(
    draw: Draw, style: str, upper: Material, sole: Material, thick: float, lift: float, tall: float
) -> list[tuple[str, Solid, Material]]:
    """Laces, caps, stripes and heels."""
    parts: list[tuple[str, Solid, Material]] = []
    lace = paint("white") if draw.chance(0.6) else any_paint(draw)
    if style == "high-heel":
        slim = draw.between(0.006, 0.016)
        heel = cylinder(slim, lift + 0.004, top=0.026, sides=10).moved(0, 0, -0.1)
        parts.append(("heel", heel, sole if draw.chance(0.5) else upper))
        if draw.chance(0.5):
            bow = merged(
                *(sphere(0.014, sides=10).scaled(1, 0.6, 0.6).moved(x, 0, 0) for x in (-0.014, 0.014))
            )
            parts.append(("bow", bow.moved(0, thick + 0.05, 0.09), lace))
        return parts
    if style in ("boot", "dress"):
        parts.append(
            (
                "heel",
                stacked([(_foot(-0.05, -0.134, 0.086), -0.014), (_foot(-0.045, -0.132, 0.088), 0.004)]),
                sole,
            )
        )
    if style == "slipper":
        if draw.chance(0.6):
            parts.append(("pompom", sphere(0.024, sides=10).moved(0, thick + 0.058, 0.09), lace))
        return parts
    steep = [(0.105, 0.052), (0.078, 0.064), (0.05, 0.074), (0.024, 0.084)]
    if style == "dress":
        steep = [(z, h * 0.82) for z, h in steep[1:]]
    if style == "boot":
        steep = [
            (0.078, 0.071),
            (0.05, 0.084),
            (0.028, 0.096),
            *[(0.002, 0.12 + 0.035 * i) for i in range(int((tall - 0.11) / 0.035))],
        ]
        if draw.chance(0.35):
            rim = framed(_foot(-0.004, -0.13, 0.096), _foot(-0.018, -0.112, 0.07), 0.03).turned("x", 90)
            parts.append(("cuff", rim.moved(0, thick + tall - 0.01, 0), lace))
    if style != "boot" or draw.chance(0.75):
        bars = [
            tube(
                [(-0.024, thick + h, z), (0.0, thick + h + 0.006, z), (0.024, thick + h, z)], 0.0042, sides=6
            )
            for z, h in steep
        ]
        parts.append(("laces", merged(*bars), lace))
    if style == "sneaker":
        if draw.chance(0.5):
            cap = stacked(
                [
                    (_foot(0.15, 0.06, 0.1), 0.0),
                    (_foot(0.147, 0.07, 0.094), 0.026),
                    (_foot(0.12, 0.08, 0.07), 0.044),
                ]
            )
            parts.append(("toe cap", cap.moved(0, thick, 0), sole))
        if draw.chance(0.6):
            outline = np.array([(0.05, 0.02), (0.02, 0.026), (-0.07, 0.07), (-0.085, 0.066), (-0.03, 0.022)])
            stripe = extrusion(outline, 0.084).turned("y", -90).moved(0, thick, 0)
            parts.append(("stripe", stripe, lace))
        parts.append(("heel tab", box(0.03, 0.05, 0.012).moved(0, thick + 0.035, -0.126), lace))
    return parts


def hat(draw: Draw) -> Assembly:
    style = draw.pick("wizard", "cap", "top", "cowboy", "beanie", "sun", "bowler", "party")
    felt, band = any_paint(draw), any_paint(draw)
    if style in ("top", "bowler") and draw.chance(0.6):
        felt = paint(draw.pick("black", "grey", "brown"))
    elif style in ("cowboy", "sun") and draw.chance(0.65):
        felt = material(
            *draw.pick(("brown", "#8a5f3c"), ("straw", "#dcc07f"), ("tan", "#c39a66")), roughness=0.9
        )
    hat = Assembly({"style": style, "colour": felt.name})
    hat.proportions = draw.stretch(0.1, "xz", "y")
    r, sides = 0.095, draw.pick(14, 22, 32)
    if style in ("cap", "beanie", "party"):
        _add_soft_hat(hat, draw, style, (felt, band), r, sides)
        return hat
    brim = (
        {"wizard": 2.1, "top": 1.55, "cowboy": 1.9, "sun": 2.3, "bowler": 1.45}[style]
        * r
        * draw.between(0.92, 1.08)
    )
    rim = lathe(
        [(0, 0), (brim * 0.96, 0), (brim, 0.004), (brim * 0.96, 0.009), (r, 0.012), (0, 0.012)], sides=sides
    )
    if style in ("cowboy", "bowler"):
        x, _, z = rim.vertices.T
        curl = {"cowboy": 0.07, "bowler": 0.03}[style] * (np.abs(x) / brim) ** 2.5 - 0.02 * (
            np.abs(z) / brim
        ) ** 3
        rim = Solid(rim.vertices + np.column_stack([0 * x, curl, 0 * x]), rim.faces)
    crown = {
        "wizard": [(r, 0), (r * 0.8, 0.08), (r * 0.55, 0.17), (r * 0.3, 0.26), (0.004, 0.35), (0, 0.35)],
        "top": [(r, 0), (r * 0.94, 0.07), (r * 1.06, 0.165), (r * 1.04, 0.17), (0, 0.17)],
        "cowboy": [(r, 0), (r * 0.92, 0.07), (r * 0.8, 0.115), (r * 0.45, 0.122), (0, 0.105)],
        "sun": [(r, 0), (r * 0.95, 0.05), (r * 0.75, 0.09), (r * 0.3, 0.105), (0, 0.106)],
        "bowler": [(r, 0), (r * 0.98, 0.05), (r * 0.82, 0.1), (r * 0.45, 0.13), (0, 0.138)],
    }[style]
    top = lathe([(0, 0), *crown], sides=sides)
    if style == "wizard" and draw.chance(0.6):
        height = top.vertices[:, 1:2]
        top = Solid(
            top.vertices + np.clip(height - 0.12, 0, 1) ** 1.5 * [draw.between(0.4, 0.9), -0.25, 0.0],
            top.faces,
        )
    elif style == "cowboy":
        top = top.scaled(0.85, 1, 1.1)
    hat.add("brim", rim, felt, crease_deg=60)
    hat.add("crown", top, felt, [(0, 0.008, 0)])
    ring = lathe(
        [(r * 0.9, 0), (r * 1.015, 0), (r * 0.985, 0.026), (r * 0.88, 0.026), (r * 0.9, 0)], sides=sides
    )
    hat.add("band", ring.scaled(0.85, 1, 1.1) if style == "cowboy" else ring, band, [(0, 0.012, 0)])
    if style == "wizard":
        if draw.chance(0.6):
            hat.add(
                "buckle",
                framed(rectangle(0.04, 0.036), rectangle(0.024, 0.02), 0.008),
                metal("gold"),
                [(0, 0.025, r * 1.0)],
            )
        if draw.chance(0.5):
            for _ in range(5):
                t, h = draw.between(0, 360), draw.between(0.05, 0.15)
                badge = (
                    extrusion(star(5, 0.013, 0.006), 0.01)
                    .moved(0, h, r * (1.0 - 2.55 * h) + 0.002)
                    .turned("y", t)
                )
                hat.add("star", badge, paint("yellow"))
    elif draw.chance(0.3):
        hat.attributes["feather"] = True
        path: list[Point] = [(r, 0.02, 0.02), (r * 1.15, 0.08, -0.01), (r * 1.2, 0.14, -0.05)]
        hat.add(
            "feather", tube(spline(path, 8), [0.004, 0.014, 0.003], sides=8, flatten=0.25), any_paint(draw)
        )
    return hat


def _add_soft_hat(
    hat: Assembly, draw: Draw, style: str, look: tuple[Material, Material], r: float, sides: int
) -> None:
    felt, band = look
    if style == "party":
        h = draw.between(0.17, 0.23)
        hat.add("cone", cone(r * 0.8, h, sides=sides), felt)
        for i in range(draw.whole(2, 4)):
            y = h * (0.15 + 0.2 * i)
            size = r * 0.8 * (1 - y / h)
            hat.add("stripe", torus(size, 0.006, sides=sides, around=6), band, [(0, y, 0)])
        hat.add("pompom", sphere(0.022, sides=12), any_paint(draw), [(0, h, 0)])
        return
    if style == "beanie":
        profile = [
            (0, 0),
            (r, 0),
            (r * 1.03, 0.05),
            (r * 0.95, 0.1),
            (r * 0.7, 0.145),
            (r * 0.3, 0.17),
            (0, 0.175),
        ]
        hat.add("crown", lathe(profile, sides=sides), felt)
        cuff = [
            (r * 0.9, 0),
            (r * 1.08, 0),
            (r * 1.11, 0.02),
            (r * 1.09, 0.045),
            (r * 0.9, 0.045),
            (r * 0.9, 0),
        ]
        hat.add("cuff", lathe(cuff, sides=sides), band if draw.chance(0.6) else lighter(felt, -0.15))
        if draw.chance(0.7):
            hat.add("pompom", sphere(0.032, sides=12), band, [(0, 0.195, 0)])
        return
    hat.add("crown", dome(r, r, sides=max(sides, 15)).scaled(0.94, 1, 1.06), felt)
    t = np.radians(np.linspace(0, 180, 15))
    front = np.column_stack([r * 0.9 * np.cos(t), r * (0.55 + 0.98 * np.sin(t))])
    back = np.column_stack([r * 0.86 * np.cos(t[::-1]), r * (0.25 + 0.75 * np.sin(t[::-1]))])
    visor = extrusion(np.concatenate([front, back]), 0.006).turned("x", 90).moved(0, 0.006, 0)
    x, _, z = visor.vertices.T
    sag = -0.022 * (x / r) ** 2 - 0.1 * np.clip(z - r, 0, 1) * 1.2
    visor = Solid(visor.vertices + np.column_stack([0 * x, sag, 0 * x]), visor.faces)
    hat.add("visor", visor, band if draw.chance(0.5) else felt)
    hat.add("button", sphere(0.009, sides=8), band, [(0, r, 0)])
    for turn in (0, 60, 120):
        bow = [
            (r * 0.945 * np.cos(a), r * 1.01 * np.sin(a), 0.0) for a in np.radians(np.linspace(0, 180, 13))
        ]
        seam = tube(np.array(bow), 0.0022, sides=5).turned("y", turn)
        hat.add("seam", seam.scaled(0.97, 1, 1.06), lighter(felt, -0.25))
    if draw.chance(0.5):
        hat.add(
            "badge",
            extrusion(draw.pick(regular(14, 0.02), star(5, 0.024, 0.011)), 0.012)
            .turned("x", -30)
            .moved(0, r * 0.55, r * 0.93),
            any_paint(draw),
        )
