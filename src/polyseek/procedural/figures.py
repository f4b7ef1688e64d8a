"""Figures: people, skulls, ghosts and snowmen. They look towards +z."""

from __future__ import annotations

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import EYE, fur
from polyseek.procedural.curves import Point, spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, lighter, material, paint
from polyseek.procedural.sculpting import any_hand
from polyseek.procedural.solids import (
    Solid,
    cone,
    cylinder,
    ellipsoid,
    lathe,
    loft,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip

DARK = material("dark", "#231f22", roughness=0.9)


def person(draw: Draw) -> Assembly:
    skin = fur(
        draw,
        ("fair", "#e8bc98"),
        ("tan", "#c98f66"),
        ("brown", "#8d5b3c"),
        ("dark", "#5e3d2b"),
        ("light", "#f0cbb0"),
    )
    hair = fur(
        draw,
        ("brown", "#4d3426"),
        ("black", "#2b2628"),
        ("blond", "#d6af63"),
        ("red", "#a5512f"),
        ("grey", "#a7a5a3"),
    )
    shirt, trousers = any_paint(draw), any_paint(draw, "white", "cream", "pink")
    hand, build = any_hand(draw), draw.pick("realistic", "chibi", "stocky")
    skirted, pose = draw.chance(0.25), draw.pick("standing", "t-pose", "walking", "waving")
    person = Assembly(
        {"style": build, "hand": hand.style, "colour": shirt.name, "pose": pose, "skirted": skirted}
    )
    del person.attributes["hand"]
    person.proportions = draw.stretch(0.06, "x", "y", "z")
    leg, torso, head, wide = {"realistic": (0.82, 0.58, 0.115, 0.19), "chibi": (0.3, 0.36, 0.24, 0.17),
                              "stocky": (0.6, 0.5, 0.15, 0.24)}[build]  # fmt: skip
    hip, stride = wide * 0.5, leg * (0.28 if pose == "walking" else 0.0)
    shoulder, thick = leg + torso, wide * 0.36
    for side, label in ((1, "left"), (-1, "right")):
        foot = side * stride
        path: list[Point] = [
            (side * hip, leg + 0.03, 0),
            (side * hip, leg * 0.52, foot * 0.6 + abs(foot) * 0.2),
            (side * hip * 1.05, 0.06, foot),
        ]
        hand.put(
            person,
            f"{label} leg",
            hand.limb(path, [thick * 1.15, thick * 0.9, thick * 0.75]),
            skin if skirted else trousers,
        )
        shoe = hand.ball(thick * 0.85, 0.05, thick * 1.6).moved(side * hip * 1.05, 0.05, foot + thick * 0.6)
        hand.put(person, f"{label} shoe", shoe, paint("black") if label else shirt)
        reach = torso * 0.95
        joint = (side * wide * 0.98, shoulder - thick * 0.7, 0.0)
        elbow, wrist = {
            "t-pose": (
                (joint[0] + side * reach * 0.5, joint[1], 0.0),
                (joint[0] + side * reach, joint[1], 0.0),
            ),
            "walking": (
                (joint[0] + side * 0.04, joint[1] - reach * 0.5, -foot * 0.2),
                (joint[0] + side * 0.04, joint[1] - reach * 0.9, -foot * 0.9),
            ),
        }.get(
            pose,
            (
                (joint[0] + side * 0.06, joint[1] - reach * 0.5, -0.01),
                (joint[0] + side * 0.09, joint[1] - reach, 0.04),
            ),
        )
        if pose == "waving" and side == 1:
            elbow, wrist = (
                (joint[0] + 0.45 * reach, joint[1] + 0.03, 0.0),
                (joint[0] + 0.55 * reach, joint[1] + 0.52 * reach, 0.03),
            )
        hand.put(
            person,
            f"{label} arm",
            hand.limb([joint, elbow, wrist], [thick * 0.85, thick * 0.7, thick * 0.6]),
            shirt if draw.chance(0.6) else skin,
        )
        hand.put(person, f"{label} hand", hand.ball(thick * 0.62, thick * 0.72, thick * 0.55), skin, [wrist])
    depth = wide * 0.62
    shape = [
        (-shoulder, 0, wide * 0.78, depth * 0.8),
        (-shoulder + torso * 0.3, 0, wide, depth),
        (-leg - torso * 0.3, 0, wide * 0.8, depth * 0.86),
        (-leg + 0.04, 0, wide * 0.86, depth * 0.95),
    ]
    hand.put(person, "torso", hand.body(shape).turned("x", 90), shirt)
    if skirted:
        hand.put(
            person,
            "skirt",
            cylinder(wide * 1.35, leg * 0.55, top=wide * 0.75, sides=hand.sides),
            trousers,
            [(0, leg * 0.52, 0)],
        )
    else:
        hand.put(
            person, "hips", hand.ball(wide * 0.88, wide * 0.4, depth * 0.98), trousers, [(0, leg + 0.03, 0)]
        )
    hand.put(
        person,
        "neck",
        hand.limb([(0, shoulder - 0.05, 0), (0, shoulder + 0.09, 0)], [head * 0.42, head * 0.4]),
        skin,
    )
    half, y = (head * 0.86, head * 1.05, head * 0.92), shoulder + 0.05 + head
    hand.put(person, "head", hand.ball(*half), skin, [(0, y, 0)])
    hand.eyes(person, draw, (0, y, 0), half, head * 0.1, azimuth_deg=22, elevation_deg=4)
    if draw.chance(0.6):
        hand.put(
            person,
            "nose",
            hand.ball(head * 0.11, head * 0.14, head * 0.14),
            lighter(skin, -0.08),
            [(0, y - head * 0.12, half[2])],
        )
    cut = draw.pick("short", "long", "bun", "bald", "cap")
    person.attributes["hair"] = cut
    if cut != "bald":
        crown = hand.ball(half[0] * 1.08, half[1] * 0.72, half[2] * 1.05)
        hand.put(
            person,
            "cap" if cut == "cap" else "hair",
            crown,
            any_paint(draw) if cut == "cap" else hair,
            [(0, y + half[1] * 0.42, -half[2] * 0.16)],
        )
    if cut == "long":
        hand.put(
            person,
            "long hair",
            hand.ball(half[0] * 1.02, head * 1.25, half[2] * 0.5),
            hair,
            [(0, y - head * 0.35, -half[2] * 0.62)],
        )
    if cut == "bun":
        hand.put(
            person,
            "bun",
            hand.ball(head * 0.4, head * 0.36, head * 0.4),
            hair,
            [(0, y + head * 1.1, -head * 0.35)],
        )
    if cut == "cap":
        hand.put(
            person,
            "peak",
            hand.ball(half[0] * 0.85, head * 0.07, head * 0.5),
            shirt,
            [(0, y + half[1] * 0.4, half[2] * 0.95)],
        )
    return person


def skull(draw: Draw) -> Assembly:
    bone = fur(draw, ("bone", "#e3d9c0"), ("white", "#ece8df"), ("yellow", "#d6c594"), ("grey", "#b5b2ab"))
    hand = any_hand(draw)
    jawed = draw.chance(0.65)
    skull = Assembly({"style": hand.style, "colour": bone.name, "jawed": jawed})
    skull.proportions = draw.stretch(0.1, "x", "y", "z")
    hand.put(skull, "cranium", hand.ball(0.075, 0.075, 0.09), bone, [(0, 0.135, -0.012)])
    face = [
        (-0.155, 0.052, 0.062, 0.028),
        (-0.115, 0.055, 0.06, 0.03),
        (-0.07, 0.055, 0.045, 0.03),
        (-0.045, 0.055, 0.038, 0.028),
    ]
    hand.put(skull, "face", hand.body(face).turned("x", 90), bone)
    socket = draw.between(0.02, 0.027)
    eye = hand.ball(socket, socket * draw.between(0.85, 1.2), 0.014).turned("z", draw.pick(-14, 0, 12))
    hand.pair(skull, "eye socket", eye.moved(0.032, 0.122, 0.078), DARK)
    if draw.chance(0.12):
        skull.both(
            "eye glow",
            sphere(0.008, sides=8).moved(0.032, 0.122, 0.09),
            material("glow", "#d6402f", glow=0.9),
        )
    nose = cone(0.013, 0.024, sides=3).scaled(1, 1, 0.6).turned("y", 30)
    skull.add("nose hole", nose, DARK, [(0, 0.082, 0.083)])
    hand.pair(skull, "cheekbone", hand.ball(0.02, 0.012, 0.026).moved(0.055, 0.093, 0.052), bone)
    tooth = rounded_box(0.009, 0.016, 0.007, 0.002, steps=1)
    across = np.linspace(-0.026, 0.026, draw.pick(4, 5, 6))
    places = [(float(x), 0.04, float(0.084 - 9 * x * x)) for x in across]
    skull.add("upper tooth", tooth, lighter(bone, 0.3), places)
    if jawed:
        drop = draw.between(0.0, 0.016)
        skull.add(
            "mouth", rounded_box(0.056, 0.03 + drop, 0.04, 0.006, steps=1), DARK, [(0, 0.024 - drop, 0.036)]
        )
        chin: list[Point] = [
            (0.058, 0.085, 0.008),
            (0.052, 0.03 - drop, 0.028),
            (0.028, 0.012 - drop, 0.07),
            (0, 0.009 - drop, 0.079),
        ]
        hand.pair(skull, "jaw", hand.limb(chin, [0.012, 0.015, 0.015, 0.015]), bone)
        skull.add("lower tooth", tooth, lighter(bone, 0.3), [(x, y - 0.019 - drop, z) for x, y, z in places])
    if draw.chance(0.25):
        crack = [(0.03, 0.2, 0.025), (0.036, 0.185, 0.045), (0.028, 0.175, 0.056), (0.036, 0.162, 0.066)]
        skull.add("crack", tube(crack, [0.001, 0.0025, 0.002, 0.001], sides=4), DARK)
    return skull


def _sheet(draw: Draw, sides: int, height: float, *, legs: int) -> Solid:
    """A ghost's sheet: a dome whose skirt flares in waves, its hem going up and down; closed below."""
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    flare = draw.between(1.05, 1.35)
    rings: list[np.ndarray] = []
    for t in np.linspace(0, 1, 11):
        if t < 0.5:
            wide, y = np.sin(np.pi * t), height * (0.62 + 0.38 * np.cos(np.pi * t))
        else:
            wide, y = 1 + (flare - 1) * (2 * t - 1) ** 2, height * 0.62 * (2 - 2 * t)
        wave = 0.12 * max(0.0, 2 * t - 1) * np.cos(legs * angles)
        hem = 0.09 * height * max(0.0, 2 * t - 1) ** 3 * (1 - np.cos(legs * angles))
        far = 0.24 * max(float(wide), 1e-5) * (1 + wave)
        rings.append(np.column_stack([far * np.cos(angles), y + hem, far * np.sin(angles)]))
    hollow = rings[-1] * [0.85, 1, 0.85] + [0, 0.03 * height, 0]
    return loft(np.stack([*rings, hollow]))


def ghost(draw: Draw) -> Assembly:
    sheet = material(*draw.pick(("white", "#efeeea"), ("white", "#f2f2f5"), ("light blue", "#c8dbe8"), ("green", "#bfe0c6"), ("purple", "#c9bce0")),
                     roughness=0.8, opacity=draw.pick(1.0, 1.0, 1.0, 0.75))  # fmt: skip
    style, crease = draw.pick("sheet", "tailed", "blob"), draw.pick(0.0, 60.0, 60.0)
    ghost = Assembly({"style": style, "colour": sheet.name})
    ghost.proportions = draw.stretch(0.1, "xz", "y")
    h, sides = draw.between(0.75, 1.0), 16 if crease == 0 else 36
    if style == "tailed":
        path = spline(
            [(0, h, 0), (0, h * 0.72, 0), (0.02, h * 0.4, -0.02), (-0.05, h * 0.16, -0.08), (0.06, 0, -0.2)],
            18,
        )
        wide = np.interp(
            np.linspace(0, 1, 18),
            [0, 0.06, 0.16, 0.3, 0.55, 0.8, 1],
            [0.01, 0.13, 0.21, 0.24, 0.2, 0.1, 0.008],
        )
        ghost.add("body", tube(path, wide, sides=sides // 2), sheet, crease_deg=crease)
    else:
        ghost.add("body", _sheet(draw, sides, h, legs=draw.whole(4, 7)), sheet, crease_deg=crease)
    eye = ellipsoid(0.035, 0.05 * draw.between(0.8, 1.3), 0.022, sides=12).moved(0.08, h * 0.7, 0.213)
    ghost.both("eye", eye.turned("y", 4), EYE)
    mouth = draw.pick("open", "smile", "none")
    ghost.attributes["mouth"] = mouth
    if mouth == "open":
        ghost.add("mouth", ellipsoid(0.032, 0.05, 0.02, sides=12), EYE, [(0, h * 0.54, 0.235)])
    if mouth == "smile":
        grin = spline([(-0.06, h * 0.57, 0.232), (0, h * 0.52, 0.246), (0.06, h * 0.57, 0.232)], 9)
        ghost.add("mouth", tube(grin, 0.009, sides=6), EYE)
    if draw.chance(0.75):
        raised = draw.pick(-0.06, 0.08, 0.16)
        arm: list[Point] = [
            (0.16, h * 0.5, 0.05),
            (0.28, h * 0.5 + raised * 0.5, 0.12),
            (0.36, h * 0.5 + raised, 0.16),
        ]
        ghost.both("arm", tube(spline(arm, 8), [0.075, 0.06, 0.03, 0.008], sides=10), sheet)
    if draw.chance(0.2):
        ghost.add("hat", cone(0.13, 0.22, sides=14), any_paint(draw), [(0, h * 0.96, 0)])
    return ghost


def snowman(draw: Draw) -> Assembly:
    snow, wood = material("white", "#eef1f4", roughness=0.9), material("twig", "#6b4c36", roughness=0.9)
    balls, scarf = draw.pick(2, 3, 3), any_paint(draw, "white", "black", "cream")
    crease, sides = draw.pick((0.0, 9), (60.0, 18), (60.0, 18))
    hatted = draw.pick("top hat", "beanie", "bucket", "bare-headed")
    snowman = Assembly({"style": hatted, "colour": scarf.name, "balls": balls})
    snowman.proportions = draw.stretch(0.1, "xz", "y")
    radii = [0.36, 0.27, 0.19] if balls == 3 else [0.38, 0.26]
    y, spots = 0.0, []
    for i, r in enumerate(radii):
        y += r * 0.9 if i == 0 else r * 0.78
        snowman.add("snowball", sphere(r, sides=sides), snow, [(0, y, 0)], crease_deg=crease)
        spots.append((y, r))
        y += r * 0.78
    (cy, cr), (hy, hr) = spots[-2], spots[-1]
    snowman.add(
        "carrot nose",
        cone(hr * 0.17, hr * draw.between(0.9, 1.6), sides=8).turned("x", 90),
        paint("orange"),
        [(0, hy, hr * 0.9)],
    )
    coal = sphere(hr * 0.11, sides=8)
    snowman.both("eye", coal.moved(hr * 0.34, hy + hr * 0.3, hr * 0.88), DARK)
    if draw.chance(0.7):
        angles = np.radians(np.linspace(-38, 38, 5))
        bits = [
            (
                float(hr * 0.62 * np.sin(a)),
                float(hy - hr * (0.28 + 0.2 * np.cos(a))),
                float(hr * 0.86 * np.cos(a * 0.9)),
            )
            for a in angles
        ]
        snowman.add("mouth", sphere(hr * 0.06, sides=6), DARK, bits)
    snowman.add(
        "button", coal, DARK, [(0, cy + cr * s, cr * float(np.sqrt(1 - s * s))) for s in (-0.4, 0.0, 0.4)]
    )
    if draw.chance(0.85):
        base: Point = (cr * 0.85, cy + 0.05, 0.0)
        lift = draw.between(-0.05, 0.22)
        tip: Point = (cr + 0.36, cy + 0.08 + lift, 0.05)
        snowman.both("arm", tube([base, tip], [0.018, 0.012], sides=6), wood)
        for dy in (-0.05, 0.07):
            snowman.both(
                "finger",
                tube(
                    [(cr + 0.27, cy + 0.07 + lift * 0.75, 0.037), (cr + 0.36, cy + 0.1 + lift + dy, 0.06)],
                    [0.009, 0.006],
                    sides=5,
                ),
                wood,
            )
    if draw.chance(0.7):
        snowman.attributes["scarfed"] = True
        neck = hy - hr * 0.72
        snowman.add(
            "scarf", torus(hr * 0.8, hr * 0.22, sides=20, around=8).scaled(1, 0.8, 1), scarf, [(0, neck, 0)]
        )
        end = (
            rounded_box(hr * 0.4, hr * 1.1, hr * 0.16, hr * 0.05, steps=1).moved(y=-hr * 1.1).turned("x", -16)
        )
        snowman.add("scarf end", end, scarf, [(hr * 0.42, neck, hr * 0.86)])
    top = hy + hr * 0.72
    if hatted == "top hat":
        snowman.add(
            "hat",
            lathe(
                [
                    (0, 0),
                    (hr * 1.05, 0),
                    (hr * 1.05, 0.025),
                    (hr * 0.68, 0.03),
                    (hr * 0.7, hr * 1.25),
                    (0, hr * 1.25),
                ],
                sides=18,
            ),
            paint("black"),
            [(0, top, 0)],
        )
        snowman.add("hat band", cylinder(hr * 0.715, hr * 0.24, sides=18), scarf, [(0, top + 0.028, 0)])
    if hatted == "beanie":
        snowman.add("hat", ellipsoid(hr * 0.92, hr * 0.75, hr * 0.92, sides=16), scarf, [(0, top, 0)])
        snowman.add("bobble", sphere(hr * 0.24, sides=10), paint("white"), [(0, top + hr * 0.85, 0)])
    if hatted == "bucket":
        snowman.add(
            "hat",
            cylinder(hr * 0.88, hr * 0.95, top=hr * 0.62, sides=16),
            any_paint(draw, "white"),
            [(0, top, 0)],
        )
    return snowman
