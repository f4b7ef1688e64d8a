"""Pianos and trumpets. Players sit at +z; the bells of brass point to +x."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, material, metal, paint, wood
from polyseek.procedural.silhouettes import along_x
from polyseek.procedural.solids import (
    box,
    cylinder,
    extrusion,
    lathe,
    merged,
    prism,
    rounded_box,
    torus,
)  # fmt: skip


def _keys(model: Assembly, octaves: int, y: float, z: float, width: float) -> None:
    """White and black keys about (0, y, z), reaching to +z."""
    count = 7 * octaves
    step = width / count
    places = [(-width / 2 + step * (i + 0.5), y, z) for i in range(count)]
    model.add("white key", box(step * 0.9, 0.02, 0.15), paint("white"), places)
    sharps = [
        (x + step / 2, y + 0.015, z - 0.03)
        for i, (x, _, _) in enumerate(places[:-1])
        if i % 7 in (0, 1, 3, 4, 5)
    ]
    model.add("black key", box(step * 0.5, 0.022, 0.09), paint("black"), sharps)


def piano(draw: Draw) -> Assembly:
    style = draw.pick("upright", "grand", "upright", "grand", "spinet", "toy")
    lacquer = material("black lacquer", "#232326", roughness=0.2)
    skin = draw.pick(lacquer, lacquer, wood("walnut"), wood("cherry"), wood("oak"), paint("white"))
    if style == "toy":
        skin = any_paint(draw, "black", "grey")
    piano = Assembly({"style": style, "colour": skin.name})
    w, key_y = draw.between(1.35, 1.5), 0.7
    piano.proportions = (0.45, 0.45, 0.45) if style == "toy" else draw.stretch(0.07, "x", "y")
    brass = metal("brass")
    if style in ("grand", "toy"):
        long = draw.between(1.4, 1.9)
        half = w / 2
        bend = spline(
            [
                (half, -0.35, 0),
                (half * 0.85, -long * 0.55, 0),
                (half * 0.1, -long * 0.75, 0),
                (-half * 0.1, -long * 0.96, 0),
                (-half * 0.55, -long * 1.05, 0),
                (-half * 0.97, -long * 0.95, 0),
            ],
            16,
        )[:, :2]
        outline = np.concatenate([[(-half, 0.0), (half, 0.0)], bend])
        piano.add("case", prism(outline, 0.28), skin, [(0, key_y - 0.05, 0)])
        piano.add(
            "soundboard",
            prism(outline * 0.93 - np.array((0, 0.03)), 0.02),
            metal("gold"),
            [(0, key_y + 0.225, 0)],
        )
        strings = [
            box(0.006, 0.01, long * (0.85 - 0.5 * i / 11)).moved(
                -half * 0.8 + w * 0.8 * i / 11, key_y + 0.245, -long * (0.85 - 0.5 * i / 11) / 2 - 0.15
            )
            for i in range(12)
        ]
        piano.add("strings", merged(*strings), metal("silver"))
        if draw.chance(0.7):
            piano.attributes["lid_open"] = True
            lid = (
                prism(outline, 0.025)
                .moved(half, 0, 0)
                .turned("z", draw.between(30, 48))
                .moved(-half, key_y + 0.24, 0)
            )
            piano.add("lid", lid, skin)
            piano.add(
                "prop",
                tube(
                    [(half * 0.8, key_y + 0.22, -long * 0.4), (half * 0.45, key_y + 0.95, -long * 0.4)],
                    0.012,
                    sides=6,
                ),
                skin,
            )
        else:
            piano.add("lid", prism(outline * 1.01, 0.03), skin, [(0, key_y + 0.245, 0)])
        piano.add("key bed", box(w, 0.1, 0.28), skin, [(0, key_y - 0.08, 0.12)])
        piano.add("cheek", box(0.07, 0.16, 0.28), skin, [(x * (half - 0.035), key_y, 0.12) for x in (-1, 1)])
        _keys(piano, 5 if style == "grand" else 2, key_y + 0.03, 0.15, w - 0.18)
        leg = lathe(
            [(0.035, 0), (0.05, 0.05), (0.04, 0.1), (0.06, 0.5), (0.07, key_y - 0.05)], sides=draw.pick(4, 12)
        )
        piano.add(
            "leg",
            leg,
            skin,
            [(-half * 0.85, 0, 0.02), (half * 0.85, 0, 0.02), (-half * 0.45, 0, -long * 0.85)],
        )
        if style == "grand":
            piano.add("pedal lyre", box(0.16, key_y - 0.1, 0.04), skin, [(0, 0.1, -0.2)])
            piano.add("pedal", box(0.03, 0.02, 0.14), brass, [(x, 0.08, -0.1) for x in (-0.06, 0.0, 0.06)])
            piano.add("music stand", box(0.65, 0.24, 0.02).turned("x", -15), skin, [(0, key_y + 0.26, -0.18)])
    else:
        high = draw.between(1.15, 1.35) if style == "upright" else 1.0
        piano.add("case", box(w, high, 0.36), skin)
        piano.add("lid", box(w * 1.03, 0.035, 0.42), lighter(skin, 0.06), [(0, high, 0.01)])
        piano.add("key bed", box(w, 0.1, 0.32), skin, [(0, key_y - 0.09, 0.3)])
        piano.add(
            "cheek", box(0.07, 0.2, 0.32), skin, [(x * (w / 2 - 0.035), key_y - 0.05, 0.3) for x in (-1, 1)]
        )
        _keys(piano, draw.pick(4, 5, 7), key_y + 0.02, 0.33, w - 0.16)
        piano.add("fall board", box(w - 0.14, 0.13, 0.02), lighter(skin, -0.2), [(0, key_y + 0.04, 0.2)])
        piano.add(
            "upper panel",
            box(w * 0.82, high - key_y - 0.3, 0.02),
            lighter(skin, 0.12),
            [(0, key_y + 0.22, 0.18)],
        )
        piano.add("lower panel", box(w * 0.82, key_y - 0.32, 0.02), lighter(skin, 0.12), [(0, 0.14, 0.18)])
        piano.add(
            "leg",
            lathe([(0.03, 0), (0.04, 0.06), (0.03, 0.3), (0.045, key_y - 0.09)], sides=10),
            skin,
            [(x * (w / 2 - 0.06), 0, 0.4) for x in (-1, 1)],
        )
        piano.add("pedal", box(0.035, 0.02, 0.12), brass, [(x, 0.06, 0.2) for x in (-0.08, 0.0, 0.08)])
        if draw.chance(0.6):
            piano.attributes["sheet_music"] = True
            page = box(0.2, 0.26, 0.01).turned("x", -10)
            piano.add("sheet music", page, paint("white"), [(x, key_y + 0.22, 0.24) for x in (-0.105, 0.105)])
    if style != "toy" and draw.chance(0.5):
        piano.attributes["stool"] = True
        piano.add(
            "stool seat",
            rounded_box(0.6, 0.08, 0.32, 0.03),
            paint(draw.pick("black", "red", "brown")),
            [(0, 0.44, 0.85)],
        )
        piano.add(
            "stool leg",
            box(0.045, 0.45, 0.045),
            skin,
            [(x, 0, z) for x in (-0.25, 0.25) for z in (0.74, 0.96)],
        )
    return piano


def trumpet(draw: Draw) -> Assembly:
    style = draw.pick("valved", "cornet", "fanfare", "bugle")
    brass = metal(draw.pick("gold", "gold", "brass", "silver", "copper"))
    trumpet = Assembly({"style": style, "material": brass.name})
    trumpet.proportions = draw.stretch(0.08, "x", "yz")
    long, flare, bore = draw.between(0.42, 0.56), draw.between(0.055, 0.07), draw.between(0.0065, 0.009)
    long *= {"cornet": 0.75, "fanfare": 1.5}.get(style, 1.0)
    lip = draw.between(0.002, 0.003)
    t = np.linspace(0, 1, 12)
    widths = bore + (flare - bore) * t**3.4
    horn = [(float(r), float(x)) for r, x in zip(widths, long * (0.55 + 0.45 * t), strict=True)]
    inner = [(max(r - lip, 0.0), x) for r, x in reversed(horn[5:])]
    trumpet.add("bell", along_x([(0, long * 0.55), *horn, *inner, (0, inner[-1][1])], sides=24), brass)
    trumpet.add(
        "bell rim",
        torus(flare, 0.003, sides=24, around=6).turned("z", 90),
        lighter(brass, 0.2),
        [(long, 0, 0)],
    )
    drop = draw.between(0.075, 0.1)
    if style == "fanfare":
        trumpet.add("tubing", tube([(0, 0, 0), (long * 0.56, 0, 0)], bore, sides=12), brass)
        cloth = any_paint(draw, "brown")
        trumpet.attributes["banner"] = f"{cloth.name} banner"
        flag = np.array(
            [
                (long * 0.22, -0.01),
                (long * 0.62, -0.01),
                (long * 0.62, -0.3),
                (long * 0.42, -0.24),
                (long * 0.22, -0.3),
            ]
        )
        trumpet.add("banner", extrusion(flag, 0.006), cloth)
        trumpet.add(
            "ring",
            torus(bore * 1.5, 0.003, sides=12, around=6).turned("z", 90),
            brass,
            [(long * s, 0, 0) for s in (0.25, 0.42, 0.6)],
        )
    else:
        back = long * 0.2
        r = drop / 2
        path = [
            (-0.05, 0, 0),
            (long * 0.68, 0, 0),
            (long * 0.73, -r * 0.35, 0),
            (long * 0.75, -r, 0),
            (long * 0.73, -r * 1.65, 0),
            (long * 0.68, -drop, 0),
            (back, -drop, 0),
        ]
        # The lead pipe runs beside the bell's own tube, as one long loop seen from the side.
        lead = tube(spline(path, 30), bore, sides=10)
        trumpet.add("lead pipe", lead, brass, [(0, 0, 0.022)])
        bow = [
            (long * 0.57, 0, 0),
            (back, 0, 0),
            (back - r * 0.7, -r * 0.3, 0),
            (back - r, -r, 0),
            (back - r * 0.7, -r * 1.7, 0),
            (back, -drop, 0),
            (long * 0.4, -drop, 0),
        ]
        trumpet.add("tubing", tube(spline(bow, 30), bore, sides=10), brass)
    start = -0.05 if style != "fanfare" else 0.0
    z = 0.022 if style != "fanfare" else 0.0
    cup = [(0, -0.05), (0.012, -0.05), (0.013, -0.044), (0.006, -0.02), (0.005, 0.02), (0, 0.02)]
    trumpet.add("mouthpiece", along_x(cup, sides=16), metal("silver"), [(start, 0, z)])
    if style in ("valved", "cornet"):
        valve = lathe(
            [
                (0.013, -drop - 0.03),
                (0.016, -drop - 0.02),
                (0.016, 0.03),
                (0.011, 0.035),
                (0.011, 0.04),
                (0.004, 0.042),
                (0.004, 0.062),
            ],
            sides=14,
        )
        spots = [(long * 0.34 + 0.036 * i, 0.0, 0.011) for i in range(3)]
        trumpet.add("valve", valve, lighter(brass, -0.08), spots)
        trumpet.add(
            "button",
            cylinder(0.011, 0.005, sides=14),
            paint(draw.pick("white", "cream", "red")),
            [(x, 0.062, q) for x, _, q in spots],
        )
        trumpet.add(
            "finger hook",
            torus(0.013, 0.003, sides=14, around=6).turned("x", 90),
            brass,
            [(long * 0.56, 0.018, 0.022)],
        )
        slide = tube(
            spline(
                [
                    (long * 0.42, -drop * 0.5, 0.01),
                    (long * 0.42, -drop * 0.5, 0.05),
                    (long * 0.5, -drop * 0.5, 0.05),
                    (long * 0.5, -drop * 0.5, 0.01),
                ],
                10,
            ),
            bore * 0.8,
            sides=8,
        )
        trumpet.add("valve slide", slide, brass)
    elif style == "bugle" and draw.chance(0.6):
        cord = any_paint(draw, "brown")
        trumpet.attributes["cord"] = f"{cord.name} cord"
        loop = spline(
            [
                (long * 0.25, -drop, 0.0),
                (long * 0.35, -drop - 0.08, 0.02),
                (long * 0.6, -drop - 0.09, 0.02),
                (long * 0.66, -drop, 0.0),
            ],
            12,
        )
        trumpet.add("cord", tube(loop, 0.005, sides=6), cord)
        trumpet.add(
            "tassel",
            lathe([(0.004, 0.0), (0.016, -0.05), (0.0, -0.05)], sides=10),
            cord,
            [(long * 0.5, -drop - 0.085, 0.02)],
        )
    return trumpet
