"""Helicopters. Their noses point to +z."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, glass, lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_z, side_view, wing
from polyseek.procedural.solids import (
    box,
    cylinder,
    ellipsoid,
    merged,
    rounded_box,
    sphere,
)  # fmt: skip

CANOPY = material("canopy", "#8fbccd", roughness=0.1)


def helicopter(draw: Draw) -> Assembly:
    style = draw.pick("bubble", "transport", "rescue", "attack", "tandem")
    body = paint(draw.pick("red", "orange", "yellow")) if style == "rescue" else any_paint(draw)
    if style in ("attack", "tandem") and draw.chance(0.7):
        body = material(*draw.pick(("olive", "#66704a"), ("desert", "#b59d6c"), ("dark grey", "#55595e")))
    trim = any_paint(draw)
    heli = Assembly({"style": style, "colour": body.name})
    heli.proportions = draw.stretch(0.07, "xz", "y")
    blades, steel = draw.pick(2, 3, 4, 4), metal("iron")
    sides, long = draw.pick(12, 20), draw.between(2.9, 3.8)
    if style == "tandem":
        side = [
            (-3.2, 0.6),
            (2.6, 0.6),
            (3.4, 1.0),
            (3.1, 1.7),
            (2.4, 2.2),
            (-1.8, 2.2),
            (-2.2, 3.2),
            (-3.3, 3.2),
            (-3.6, 1.6),
        ]
        heli.add("fuselage", side_view(side, 1.8, tuck=0.2), body)
        heli.add("front pylon", box(0.7, 0.6, 0.9), body, [(0, 2.1, 2.1)])
        heli.add("windscreen", side_view([(3.0, 1.15), (3.42, 1.1), (3.1, 1.72), (2.7, 1.72)], 1.5), CANOPY)
        heli.add("window", box(1.83, 0.35, 0.4), CANOPY, [(0, 1.4, z) for z in (-1.6, -0.6, 0.4, 1.4)])
        masts = [(0.0, 2.75, 2.1), (0.0, 3.3, -2.8)]
        _skids(heli, draw, 0.85, 2.2, 0.62)
    else:
        slim = style == "attack"
        w = 0.62 if slim else draw.between(0.85, 1.0)
        cabin = ellipsoid(w, 0.85 if slim else 0.98, 1.75, sides=sides)
        if style == "bubble":
            heli.add("canopy", sphere(1.0, sides=sides), glass("#a9d2df", 0.6), [(0, 1.5, 0.55)])
            heli.add("cabin", rounded_box(1.3, 1.4, 1.2, 0.3), body, [(0, 0.75, -0.4)])
            heli.add("seat", rounded_box(0.9, 0.7, 0.3, 0.1), paint("brown"), [(0, 0.95, 0.35)])
        else:
            heli.add("cabin", cabin, body, [(0, 1.5, 0)])
            heli.add(
                "canopy",
                ellipsoid(w * 0.88, 0.6, 1.0, sides=sides).turned("x", 18),
                CANOPY,
                [(0, 1.75, 0.82)],
            )
            if not slim:
                heli.add(
                    "door", rounded_box(w * 2.02, 0.95, 0.75, 0.1), lighter(body, -0.15), [(0, 1.0, -0.15)]
                )
                heli.add("door window", rounded_box(w * 2.06, 0.4, 0.5, 0.08), CANOPY, [(0, 1.5, -0.15)])
        boom = along_z([(0.14, -long), (0.2, -long * 0.6), (0.42, -0.8), (0.0, -0.6)], sides=12)
        heli.add("tail boom", boom, body, [(0, 1.65, 0)])
        fin = [(-long - 0.35, 2.75), (-long - 0.75, 2.75), (-long - 0.15, 1.55), (-long + 0.35, 1.65)]
        heli.add("tail fin", side_view(fin, 0.1), trim)
        heli.both("stabiliser", wing(0.75, 0.45, 0.3, 0.1, 0.07).moved(0, 1.7, -long + 0.5), trim)
        tail = merged(
            *(box(0.03, 0.6, 0.1).turned("x", 360 * k / blades) for k in range(blades)), sphere(0.1, sides=8)
        )
        heli.add("tail rotor", tail, steel, [(0.14, 2.15, -long - 0.3)])
        heli.add("engine", ellipsoid(0.45, 0.32, 0.85, sides=14), lighter(body, -0.2), [(0, 2.3, -0.3)])
        masts = [(0.0, 2.8, -0.1)]
        if slim:
            heli.both("stub wing", wing(1.1, 0.7, 0.5, 0.1, 0.12).moved(0.4, 1.35, -0.2), body)
            pod = along_z([(0, -0.5), (0.15, -0.5), (0.15, 0.35), (0.0, 0.6)], sides=10)
            heli.add("rocket pod", pod, steel, [(x, 1.15, -0.1) for x in (-1.35, -0.95, 0.95, 1.35)])
            heli.add(
                "gun",
                merged(sphere(0.16, sides=10), cylinder(0.04, 0.8, sides=8).turned("x", 90)),
                steel,
                [(0, 0.8, 1.2)],
            )
        elif draw.chance(0.5):
            heli.attributes["striped"] = True
            heli.add("stripe", ellipsoid(w * 1.012, 0.2, 1.765, sides=sides), trim, [(0, 1.3, 0)])
        if slim or draw.chance(0.25):
            for x, z in ((-0.6, 0.5), (0.6, 0.5), (0, -long + 0.3)):
                heli.add(
                    "wheel",
                    cylinder(0.2, 0.14, sides=14).turned("z", 90).moved(0.07),
                    paint("black"),
                    [(x, 0.2, z)],
                )
                heli.add("strut", tube([(x, 0.2, z), (x * 0.7, 1.4, z)], 0.05, sides=6), steel)
        else:
            _skids(heli, draw, w * 0.85, 1.3, 0.7)
    radius = draw.between(2.6, 3.2)
    blade = box(0.26, 0.04, radius).moved(z=radius / 2)
    rotor = merged(*(blade.turned("y", 360 * k / blades + 30) for k in range(blades)))
    heli.add("rotor", rotor, steel, masts)
    heli.add("rotor hub", cylinder(0.17, 0.16, sides=12), steel, [(x, y - 0.06, z) for x, y, z in masts])
    heli.add("mast", cylinder(0.07, 0.7, sides=8), steel, [(x, y - 0.65, z) for x, y, z in masts])
    return heli


def _skids(heli: Assembly, draw: Draw, x: float, half: float, top: float) -> None:
    skid = [(x, 0.05, -half), (x, 0.05, half), (x, 0.14, half + 0.2), (x, 0.35, half + 0.35)]
    heli.both("skid", tube(skid, 0.05, sides=8), metal("iron"))
    heli.both(
        "strut",
        merged(
            *(
                tube([(x, 0.05, z), (x * 0.5, top + 0.15, z)], 0.045, sides=6)
                for z in (-half * 0.6, half * 0.6)
            )
        ),
        metal("iron"),
    )
