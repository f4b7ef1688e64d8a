"""Helmets of soldiers, riders and players. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, lighter, material, metal, paint
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    dome,
    ellipsoid,
    extrusion,
    lathe,
    merged,
    prism,
    sphere,
    torus,
)  # fmt: skip


def helmet(draw: Draw) -> Assembly:
    style = draw.pick("knight", "viking", "spartan", "motorcycle", "soldier", "space", "hard-hat", "football")
    shell = any_metal(draw) if style in ("knight", "viking", "spartan") else any_paint(draw)
    if style == "soldier":
        shell = material(*draw.pick(("olive", "#66704a"), ("grey", "#6c7176"), ("desert", "#b39c6c")))
    if style == "space":
        shell = paint(draw.pick("white", "white", "orange", "grey"))
    helmet = Assembly({"style": style, "colour": shell.name})
    helmet.proportions = draw.stretch(0.08, "x", "y", "z")
    r, sides, dark = 0.13, draw.pick(12, 18, 26), lighter(shell, -0.3)
    trim = any_metal(draw) if draw.chance(0.5) else dark
    if style == "knight":
        body = [(r * 0.75, 0), (r * 0.98, 0.03), (r, 0.12), (r * 0.92, 0.2), (r * 0.6, 0.27), (0, 0.3)]
        helmet.add("shell", lathe(body, sides=sides).scaled(1, 1, 1.12), shell)
        visor = lathe(
            [(r * 0.72, 0.02), (r * 1.03, 0.05), (r * 1.08, 0.13), (r * 0.96, 0.19)], sides=sides
        ).scaled(0.98, 1, 1.08)
        helmet.add("visor", visor.moved(0, 0, 0.022), lighter(shell, 0.12))
        helmet.add("eye slit", box(r * 1.5, 0.02, 0.05), paint("black"), [(0, 0.15, r * 1.12)])
        helmet.add(
            "breath",
            box(0.008, 0.045, 0.05),
            paint("black"),
            [(x, 0.07, r * 1.1) for x in (-0.04, -0.02, 0.02, 0.04)],
        )
        helmet.add("ridge", _crest(r * 1.15, 0.02, 0.02, (40, 140)).moved(0, 0.15), trim)
        if draw.chance(0.6):
            plume = any_paint(draw, "brown")
            helmet.attributes["plume"] = f"{plume.name} plume"
            path = spline([(0, 0.29, 0), (0, 0.36, -0.05), (0, 0.34, -0.16), (0, 0.22, -0.22)], 10)
            helmet.add("plume", tube(path, [0.015, 0.04, 0.045, 0.01], sides=8), plume)
    elif style == "viking":
        helmet.add("shell", dome(r, 0.19, sides=sides), shell)
        helmet.add("band", torus(r, 0.014, sides=sides, around=6), trim, [(0, 0.015, 0)])
        helmet.add("ridge", _crest(r, 0.016, 0.018, (0, 180), rise=1.46), trim)
        helmet.add(
            "nose guard",
            extrusion(
                np.array([(-0.018, 0.02), (-0.022, -0.07), (0, -0.09), (0.022, -0.07), (0.018, 0.02)]), 0.012
            ),
            trim,
            [(0, 0, r)],
        )
        if draw.chance(0.75):
            helmet.attributes["horned"] = True
            horn = spline(
                [(r * 0.85, 0.06, 0), (r * 1.5, 0.08, 0), (r * 1.85, 0.17, 0.01), (r * 1.8, 0.27, 0.02)], 10
            )
            helmet.both("horn", tube(horn, [0.035, 0.03, 0.02, 0.003], sides=10), material("horn", "#e3d6b8"))
    elif style == "spartan":
        rest = [(r * 0.95, 0.1), (r, 0.16), (r * 0.85, 0.24), (r * 0.45, 0.29), (0, 0.3)]
        helmet.add("shell", lathe(rest, sides=sides).scaled(1, 1, 1.12), shell)
        cheek = prism(
            np.array(
                [
                    (r * 1.0, -0.1),
                    (r * 1.02, 0.05),
                    (r * 0.6, 0.13),
                    (r * 0.3, 0.14),
                    (r * 0.5, 0.1),
                    (r * 0.85, 0.02),
                    (r * 0.88, -0.1),
                ]
            ),
            0.15,
        )
        helmet.both("cheek guard", cheek.moved(0, -0.03), shell)
        helmet.add("nose guard", box(0.026, 0.13, 0.02), shell, [(0, 0.02, r * 1.08)])
        helmet.add(
            "neck guard",
            lathe(
                [(r * 0.86, 0.0), (r * 1.0, 0.0), (r * 0.98, 0.12), (r * 0.86, 0.12), (r * 0.86, 0.0)],
                sides=sides,
            )
            .scaled(1, 1, 0.55)
            .moved(0, 0, -0.06),
            shell,
        )
        crest = any_paint(draw, "cream", "brown")
        helmet.attributes["crest"] = f"{crest.name} crest"
        helmet.add("crest", _crest(0.15, 0.075, 0.035, (15, 190)).moved(0, 0.16), crest)
    elif style == "motorcycle":
        helmet.add("shell", ellipsoid(r, r * 1.05, r * 1.18, sides=sides), shell)
        helmet.add(
            "chin bar",
            torus(r * 0.72, 0.045, sides=sides, around=8).scaled(1.12, 1.0, 1.15),
            shell,
            [(0, -r * 0.62, 0.015)],
        )
        helmet.add(
            "visor",
            ellipsoid(r * 0.99, r * 0.6, r * 1.17, sides=sides),
            material("visor", draw.pick("#2b3038", "#3f5d78", "#8a6a35"), roughness=0.1),
            [(0, 0.0, 0.014)],
        )
        if draw.chance(0.6):
            helmet.attributes["striped"] = True
            helmet.add("stripe", ellipsoid(r * 0.18, r * 1.06, r * 1.19, sides=sides), any_paint(draw))
    elif style in ("soldier", "hard-hat", "football"):
        high = 0.17 if style != "football" else 0.2
        helmet.add("shell", dome(r, high, sides=sides).scaled(1, 1, 1.15), shell, [(0, 0.03, 0)])
        if style == "football":
            helmet.add(
                "side",
                lathe([(r * 0.85, -0.1), (r, -0.05), (r, 0.05), (0, 0.05)], sides=sides)
                .scaled(1, 1, 0.8)
                .moved(0, 0, -0.035),
                shell,
            )
            for y in (-0.03, -0.075):
                guard = spline(
                    [
                        (-r, y, 0.02),
                        (-r * 0.7, y, r * 1.15),
                        (0, y, r * 1.45),
                        (r * 0.7, y, r * 1.15),
                        (r, y, 0.02),
                    ],
                    14,
                )
                helmet.add("face guard", tube(guard, 0.009, sides=6), paint("grey"))
            helmet.add(
                "stripe", _crest(r * 1.12, 0.012, 0.035, (0, 180), rise=1.28).moved(0, 0.03), paint("white")
            )
        else:
            brim = lathe(
                [
                    (r * 0.9, 0.02),
                    (r * (1.22 if style == "soldier" else 1.1), 0.0),
                    (r * 1.05, 0.05),
                    (r * 0.9, 0.05),
                    (r * 0.9, 0.02),
                ],
                sides=sides,
            )
            helmet.add("brim", brim.scaled(1, 1, 1.15), shell)
            if style == "hard-hat":
                helmet.add(
                    "peak", dome(r * 0.75, 0.025, sides=sides).scaled(1, 1, 0.9), shell, [(0, 0.02, r * 0.95)]
                )
                for x in (-0.04, 0.0, 0.04):
                    helmet.add(
                        "rib", _crest(r * 1.06, 0.014, 0.016, (10, 170), rise=1.15).moved(x, 0.03), dark
                    )
                if draw.chance(0.4):
                    helmet.attributes["lamp"] = True
                    helmet.add(
                        "lamp",
                        cylinder(0.03, 0.04, sides=14).turned("x", 90),
                        material("lamp", "#fff2c2", glow=0.6),
                        [(0, 0.12, r * 1.02)],
                    )
            else:
                strap = spline(
                    [
                        (-r, 0.03, 0),
                        (-r * 0.8, -0.09, 0.03),
                        (0, -0.14, 0.05),
                        (r * 0.8, -0.09, 0.03),
                        (r, 0.03, 0),
                    ],
                    12,
                )
                helmet.add("chin strap", tube(strap, 0.007, sides=6), paint("brown"))
                if draw.chance(0.35):
                    helmet.attributes["netted"] = True
                    helmet.add(
                        "band",
                        torus(r * 1.02, 0.008, sides=sides, around=6).scaled(1, 1, 1.15),
                        dark,
                        [(0, 0.06, 0)],
                    )
    else:
        helmet.add("shell", ellipsoid(r * 1.15, r * 1.15, r * 1.15, sides=sides), shell)
        helmet.add(
            "visor",
            ellipsoid(r * 0.95, r * 0.72, r * 0.9, sides=sides),
            material("visor", draw.pick("#c99a3a", "#35506e", "#2b3038"), roughness=0.1),
            [(0, 0.02, r * 0.42)],
        )
        helmet.add(
            "visor rim",
            torus(r * 0.9, 0.014, sides=24, around=6).turned("x", 90).scaled(1, 0.78, 1),
            dark,
            [(0, 0.02, r * 0.62)],
        )
        helmet.add("neck ring", cylinder(r * 0.95, 0.05, sides=24), metal("steel"), [(0, -r * 1.18, 0)])
        ear = cylinder(0.045, 0.03, sides=16).turned("z", -90)
        helmet.both("ear piece", ear.moved(r * 1.08, 0, 0), dark)
        if draw.chance(0.5):
            helmet.attributes["antenna"] = True
            helmet.add(
                "antenna",
                merged(cylinder(0.005, 0.12, sides=6), sphere(0.014, sides=8).moved(0, 0.12)),
                dark,
                [(r * 1.15, 0.02, 0)],
            )
    return helmet


def _crest(
    radius: float, high: float, width: float, span: tuple[float, float], *, rise: float = 1.0
) -> Solid:
    """A strip over the head from front to back: an arc in the plane x = 0, `rise` times as high as long."""
    angles = np.radians(np.linspace(*span, 14))
    outer = np.column_stack([np.cos(angles) * (radius + high), np.sin(angles) * (radius * rise + high)])
    inner = np.column_stack(
        [np.cos(angles[::-1]) * radius * 0.93, np.sin(angles[::-1]) * radius * rise * 0.93]
    )
    return extrusion(np.concatenate([outer, inner]), width).turned("y", -90)
