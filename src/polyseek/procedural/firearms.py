"""Pistols and rifles, real and of games. Barrels point to +x."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.gun_parts import STEELS, add_guard, plate
from polyseek.procedural.palette import any_wood, lighter, material, metal, paint
from polyseek.procedural.silhouettes import along_x
from polyseek.procedural.solids import (
    box,
    merged,
    rounded_box,
    sphere,
)  # fmt: skip
from polyseek.procedural.toy_pistols import toy_pistol
from polyseek.procedural.wheels import disc


def pistol(draw: Draw) -> Assembly:
    style = draw.pick("semi-automatic", "revolver", "flintlock", "ray", "water")
    steel = material(*draw.pick(*STEELS), metallic=0.3, roughness=0.45)
    grip = any_wood(draw) if draw.chance(0.4) else paint("black")
    gun = Assembly({"style": style, "colour": steel.name})
    gun.proportions = draw.stretch(0.1, "x", "y", "z")
    if style in ("ray", "water"):
        return toy_pistol(draw, gun, style)
    long = draw.between(0.15, 0.22)
    if style == "semi-automatic":
        gun.add("slide", rounded_box(long, 0.034, 0.03, 0.004), steel, [(long * 0.32, 0.1, 0)])
        gun.add(
            "frame",
            plate(
                [(-long * 0.15, 0.075), (long * 0.8, 0.08), (long * 0.8, 0.102), (-long * 0.2, 0.102)], 0.026
            ),
            lighter(steel, -0.25),
        )
        handle = [
            (-long * 0.2, 0.1),
            (-long * 0.12, 0.08),
            (-long * 0.3, -0.03),
            (-long * 0.02, -0.04),
            (long * 0.18, 0.08),
        ]
        gun.add("grip", plate(handle, 0.03), grip)
        gun.add(
            "muzzle",
            along_x([(0, 0), (0.009, 0), (0.009, 0.012), (0, 0.012)], sides=12).moved(long * 0.815, 0.117),
            paint("black"),
        )
        gun.add(
            "sight",
            box(0.008, 0.008, 0.004),
            paint("black"),
            [(long * 0.76, 0.133, 0), (-long * 0.12, 0.133, 0)],
        )
        gun.add(
            "serration",
            box(0.003, 0.028, 0.0315),
            lighter(steel, -0.4),
            [(-long * 0.15 + 0.007 * i, 0.103, 0) for i in range(4)],
        )
        if draw.chance(0.3):
            gun.attributes["silenced"] = True
            gun.add(
                "silencer",
                along_x([(0, 0), (0.017, 0), (0.017, 0.13), (0, 0.13)], sides=14).moved(long * 0.82, 0.117),
                paint("black"),
            )
        add_guard(gun, long * 0.25, 0.08, 0.035, steel)
        return gun
    handle = [(-0.02, 0.1, 0), (-0.05, 0.06, 0), (-0.075, -0.01, 0), (-0.06, -0.04, 0)]
    wood_ = any_wood(draw)
    gun.add("grip", tube(spline(handle, 10), [0.022, 0.017, 0.021, 0.026], sides=10, flatten=0.7), wood_)
    barrel = [(0, 0), (0.013, 0), (0.01, long), (0.007, long), (0.006, long * 0.8), (0, long * 0.8)]
    if style == "revolver":
        gun.add(
            "frame", plate([(-0.035, 0.075), (0.075, 0.075), (0.085, 0.13), (-0.025, 0.135)], 0.018), steel
        )
        chambers = merged(
            disc(0.024, 0.045, sides=18),
            *(disc(0.0085, 0.049, sides=8).moved(y=0.0175).turned("x", 60 * k) for k in range(6)),
        )
        gun.add("cylinder", chambers, lighter(steel, 0.15), [(0.035, 0.105, 0)])
        gun.add("barrel", along_x(barrel, sides=12), steel, [(0.07, 0.118, 0)])
        gun.add(
            "ejector rod",
            along_x([(0, 0), (0.006, 0), (0.006, long * 0.7), (0, long * 0.7)], sides=8),
            steel,
            [(0.07, 0.1, 0)],
        )
        gun.add("hammer", plate([(-0.03, 0.12), (-0.02, 0.12), (-0.035, 0.155), (-0.05, 0.15)], 0.008), steel)
        gun.add(
            "sight",
            plate([(0.055 + long, 0.125), (0.065 + long, 0.125), (0.062 + long, 0.138)], 0.004),
            steel,
        )
        add_guard(gun, 0.02, 0.075, 0.032, steel)
    else:
        long *= 1.3
        brass = metal(draw.pick("brass", "gold", "silver"))
        barrel = [
            (0, 0),
            (0.014, 0),
            (0.011, long * 0.85),
            (0.015, long * 0.86),
            (0.016, long),
            (0.009, long),
            (0, long * 0.95),
        ]
        gun.add("barrel", along_x(barrel, sides=14), steel, [(0, 0.128, 0)])
        gun.add(
            "stock",
            plate(
                [(-0.04, 0.09), (0.06, 0.095), (long * 0.75, 0.11), (long * 0.75, 0.125), (-0.02, 0.13)],
                0.024,
            ),
            wood_,
        )
        gun.add("pommel", sphere(0.03, sides=12), brass, [(-0.06, -0.045, 0)])
        gun.add(
            "flint cock",
            tube(
                spline(
                    [(0.0, 0.125, 0.017), (-0.025, 0.155, 0.017), (0.0, 0.175, 0.017), (0.02, 0.165, 0.017)],
                    8,
                ),
                0.006,
                sides=6,
            ),
            brass,
        )
        gun.add("pan", box(0.03, 0.02, 0.012), brass, [(0.03, 0.13, 0.016)])
        gun.add("band", disc(0.017, 0.012, sides=14), brass, [(long * 0.6, 0.126, 0)])
        add_guard(gun, 0.02, 0.092, 0.032, brass)
    return gun


def rifle(draw: Draw) -> Assembly:
    style = draw.pick("hunting", "assault", "sniper", "musket", "blaster", "shotgun")
    steel = material(*draw.pick(*STEELS), metallic=0.3, roughness=0.45)
    furniture = (
        any_wood(draw)
        if style in ("hunting", "musket", "shotgun") or draw.chance(0.35)
        else lighter(steel, -0.35)
    )
    gun = Assembly({"style": style, "colour": steel.name, "stock": furniture.name})
    gun.proportions = draw.stretch(0.1, "x", "y")
    long = {"assault": 0.42, "blaster": 0.35, "sniper": 0.7, "musket": 0.85}.get(style, 0.6) * draw.between(
        0.9, 1.1
    )
    barrel = [(0, 0), (0.015, 0), (0.011, long), (0.006, long), (0, long * 0.97)]
    if style == "blaster":
        glow = material("energy", draw.pick("#63d8ff", "#ff6a5a", "#8dff72", "#d98bff"), glow=0.9)
        gun.add(
            "receiver",
            plate(
                [(-0.2, 0.02), (-0.12, -0.03), (0.22, -0.03), (0.28, 0.03), (0.22, 0.1), (-0.14, 0.1)], 0.07
            ),
            steel,
        )
        gun.add(
            "barrel",
            along_x(
                [
                    (0, 0),
                    (0.026, 0),
                    (0.026, long * 0.8),
                    (0.035, long * 0.82),
                    (0.035, long),
                    (0.015, long),
                    (0, long * 0.9),
                ],
                sides=10,
            ),
            lighter(steel, -0.3),
            [(0.2, 0.045, 0)],
        )
        gun.add("energy cell", box(0.14, 0.03, 0.075), glow, [(0.03, 0.03, 0)])
        gun.add("vent", disc(0.03, 0.012, sides=12), glow, [(0.3 + 0.04 * i, 0.045, 0) for i in range(3)])
        gun.add(
            "stock",
            plate([(-0.36, -0.06), (-0.31, -0.06), (-0.18, 0.0), (-0.16, 0.08), (-0.36, 0.08)], 0.04),
            furniture,
        )
    else:
        straight = style in ("assault", "sniper") and draw.chance(0.7)
        butt = (
            [(-0.42, -0.1), (-0.42, 0.03), (-0.12, 0.045), (-0.1, -0.005), (-0.2, -0.03)]
            if straight
            else [(-0.46, -0.13), (-0.47, -0.01), (-0.18, 0.02), (-0.05, 0.045), (0.0, 0.0), (-0.13, -0.035)]
        )
        gun.add("stock", plate(butt, 0.035), furniture)
        gun.add("receiver", rounded_box(0.26, 0.06, 0.036, 0.008), steel, [(0.02, 0.0, 0)])
        fore = long * (0.85 if style == "musket" else 0.5)
        gun.add(
            "fore-end",
            plate([(0.1, 0.0), (0.14 + fore, 0.012), (0.14 + fore, 0.034), (0.1, 0.04)], 0.032),
            furniture,
        )
        twice = style == "shotgun" and draw.chance(0.5)
        gun.add(
            "barrel",
            along_x(barrel, sides=12),
            steel,
            [(0.13, 0.045, z) for z in ((-0.011, 0.011) if twice else (0,))],
        )
        if style == "shotgun" and not twice:
            gun.add(
                "magazine tube",
                along_x([(0, 0), (0.01, 0), (0.01, long * 0.8), (0, long * 0.8)], sides=10),
                steel,
                [(0.13, 0.02, 0)],
            )
            gun.add("pump", rounded_box(0.15, 0.036, 0.042, 0.012), furniture, [(0.36, 0.0, 0)])
        if style == "musket":
            gun.add(
                "barrel band",
                disc(0.019, 0.02, sides=12),
                metal("brass"),
                [(0.13 + long * t, 0.038, 0) for t in (0.3, 0.55, 0.8)],
            )
            gun.add(
                "flint cock",
                tube(
                    spline([(0.02, 0.05, 0.02), (0.0, 0.085, 0.02), (0.03, 0.105, 0.02)], 6), 0.007, sides=6
                ),
                steel,
            )
            if draw.chance(0.4):
                gun.attributes["bayonet"] = True
                gun.add(
                    "bayonet",
                    plate(
                        [
                            (0.11 + long, 0.02),
                            (0.15 + long, 0.015),
                            (0.45 + long, 0.028),
                            (0.15 + long, 0.032),
                        ],
                        0.006,
                    ),
                    metal("steel"),
                )
        if style == "hunting" or style == "sniper":
            gun.add(
                "bolt",
                merged(
                    tube([(0.0, 0.045, 0.01), (-0.02, 0.03, 0.055)], 0.006, sides=6),
                    sphere(0.012, sides=8).moved(-0.02, 0.028, 0.058),
                ),
                lighter(steel, 0.3),
            )
    if style in ("assault", "blaster"):
        gun.add(
            "pistol grip",
            plate([(-0.06, 0.01), (0.0, 0.0), (-0.03, -0.12), (-0.09, -0.11)], 0.032),
            furniture,
        )
    if style == "assault":
        bent = (
            [(0.1, 0.0), (0.16, 0.0), (0.2, -0.15), (0.15, -0.165), (0.115, -0.08)]
            if draw.chance(0.6)
            else [(0.1, 0.0), (0.16, 0.0), (0.16, -0.15), (0.1, -0.15)]
        )
        gun.add("magazine", plate(bent, 0.026), lighter(steel, -0.2))
        gun.add(
            "front sight", plate([(0.1 + long, 0.05), (0.13 + long, 0.05), (0.12 + long, 0.1)], 0.008), steel
        )
        gun.add(
            "carry handle" if draw.chance(0.5) else "rail",
            box(0.18, 0.02, 0.02),
            lighter(steel, -0.2),
            [(0.02, 0.06, 0)],
        )
    if style == "sniper" or (style in ("assault", "hunting", "blaster") and draw.chance(0.45)):
        gun.attributes["scoped"] = True
        scope = [
            (0, -0.11),
            (0.02, -0.11),
            (0.02, -0.07),
            (0.013, -0.05),
            (0.013, 0.05),
            (0.024, 0.09),
            (0.024, 0.13),
            (0, 0.12),
        ]
        top = 0.125 if style == "blaster" else 0.105
        gun.add("scope", along_x(scope, sides=14), paint("black"), [(0.03, top, 0)])
        gun.add("scope mount", box(0.02, 0.05, 0.012), steel, [(x, top - 0.055, 0) for x in (-0.01, 0.07)])
    if style == "sniper":
        leg = tube([(0.35 + long * 0.3, 0.02, 0), (0.42 + long * 0.3, -0.2, 0.09)], 0.007, sides=6)
        gun.add("bipod", merged(leg, leg.scaled(1, 1, -1)), steel)
    add_guard(gun, 0.04, 0.0, 0.045, steel)
    return gun
