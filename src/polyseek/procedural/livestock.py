"""Farm animals on four legs: horses, cows, pigs and sheep. They look towards +z."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.creatures import fur
from polyseek.procedural.curves import Point, arc, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.palette import lighter, material, paint
from polyseek.procedural.sculpting import Hand, add_four_legs, any_hand
from polyseek.procedural.solids import Solid, box, cone, cylinder, ellipsoid, extrusion, sphere

HOOF = material("hoof", "#4b3c33", roughness=0.8)
PINK = material("pink", "#e2a09c", roughness=0.8)


def horse(draw: Draw) -> Assembly:
    coat = fur(draw, ("brown", "#7d4f30"), ("chestnut", "#a5623a"), ("white", "#e8e3d9"), ("black", "#3a3639"),
               ("grey", "#989a9e"), ("golden", "#c79a5b"))  # fmt: skip
    hair = fur(draw, ("dark", "#33292a"), ("cream", "#e6d6b4"), ("brown", "#54382a"), ("white", "#ece8df"))
    hand, toy = any_hand(draw), draw.chance(0.35)
    saddled = draw.chance(0.3)
    horse = Assembly({"style": "toy" if toy else hand.style, "colour": coat.name, "saddled": saddled})
    horse.proportions = draw.stretch(0.07, "x", "y", "z")
    leg = 0.5 if toy else draw.between(0.85, 0.98)
    back = leg + 0.24
    barrel = [(-0.72, back + 0.02, 0.2, 0.24), (-0.45, back, 0.27, 0.31), (0, back - 0.03, 0.25, 0.28),
              (0.4, back, 0.25, 0.32), (0.62, back + 0.03, 0.18, 0.25)]  # fmt: skip
    hand.put(horse, "body", hand.body(barrel), coat)
    spots = [(-0.16, -0.52), (0.16, -0.52), (-0.15, 0.46), (0.15, 0.46)]
    sock = fur(draw, ("white", "#ece8df"), (coat.name, "#6c4630"))
    add_four_legs(hand, horse, coat, HOOF, spots, leg + 0.12, 0.085, stride=draw.pick(0, 0, 0.14))
    if draw.chance(0.3):
        hand.put(horse, "sock", hand.ball(0.082, 0.1, 0.085), sock, [(x, 0.2, z) for x, z in spots[2:]])
    grazing = not toy and draw.chance(0.25)
    horse.attributes["grazing"] = grazing
    size = 1.35 if toy else 1.0
    px, py = (1.3, back - 0.62) if grazing else (0.98, back + 0.58)
    neck = [(0, back + 0.05, 0.45), (0, (back + py) / 2 + 0.06, 0.76), (0, py, px)]
    hand.put(horse, "neck", hand.limb(neck, [0.25, 0.17, 0.13], flatten=0.7), coat)
    drop = 0.34 if grazing else 0.3
    nose = (0, py - drop * size, px + 0.36 * size)
    skull = [(0, py + 0.06, px - 0.1), (0, py - drop * 0.35, px + 0.14 * size), nose]
    hand.put(
        horse,
        "head",
        hand.limb(skull, [0.12 * size, 0.13 * size, 0.085 * size, 0.08 * size], flatten=0.8),
        coat,
    )
    hand.put(horse, "muzzle", hand.ball(0.085 * size, 0.08 * size, 0.09 * size), lighter(coat, -0.25), [nose])
    hand.eyes(horse, draw, (0, py - 0.02, px + 0.06), (0.11 * size, 0.1, 0.12), 0.028 * size, azimuth_deg=70)
    ear = cone(0.04 * size, 0.14 * size, sides=6).turned("z", -12).moved(0.065 * size, py + 0.1, px - 0.03)
    hand.pair(horse, "ear", ear, coat)
    _mane(horse, hand, hair, neck, py)
    tail = [(0, back + 0.2, -0.7), (0, back + 0.08, -0.95), (0, back - 0.5, -1.0)]
    hand.put(horse, "tail", hand.limb(tail, [0.05, 0.1, 0.1, 0.03]), hair)
    if saddled:
        leather = paint("brown")
        hand.put(horse, "saddle blanket", hand.ball(0.275, 0.2, 0.28), paint(draw.pick("red", "blue", "green")),
                 [(0, back + 0.1, 0.02)])  # fmt: skip
        hand.put(horse, "saddle", hand.ball(0.16, 0.09, 0.22), leather, [(0, back + 0.29, 0.02)])
        hand.put(horse, "saddle horn", hand.ball(0.04, 0.1, 0.04), leather, [(0, back + 0.36, 0.18)])
    return horse


def _mane(model: Assembly, hand: Hand, hair: Material, neck: Sequence[Point], top: float) -> None:
    """Hair along the back of the neck, as one crest, and a forelock."""
    (_, ay, az), (_, by, bz), (_, cy, cz) = neck
    crest = [(0, ay + 0.24, az - 0.1), (0, by + 0.17, bz - 0.12), (0, cy + 0.16, cz - 0.1)]
    hand.put(model, "mane", hand.limb(crest, [0.06, 0.12, 0.11], flatten=0.45), hair)
    hand.put(model, "forelock", hand.ball(0.045, 0.09, 0.08), hair, [(0, top + 0.12, cz + 0.06)])


def cow(draw: Draw) -> Assembly:
    coat = fur(draw, ("white", "#ece8e0"), ("brown", "#8b5a3a"), ("black", "#37353a"), ("tan", "#c79e72"),
               ("white", "#ece8e0"))  # fmt: skip
    patched = draw.chance(0.65)
    patch = fur(draw, ("black", "#353338"), ("brown", "#74482f")) if coat.name in ("white", "tan") else fur(draw, ("white", "#ece8e0"))  # fmt: skip
    hand, toy = any_hand(draw), draw.chance(0.4)
    cow = Assembly({"style": "toy" if toy else hand.style, "colour": coat.name, "patched": patched})
    cow.proportions = draw.stretch(0.07, "x", "y", "z")
    leg = 0.38 if toy else draw.between(0.6, 0.72)
    back = leg + 0.28
    barrel = [(-0.85, back + 0.06, 0.26, 0.27), (-0.5, back, 0.36, 0.37), (0, back - 0.03, 0.38, 0.4),
              (0.4, back + 0.01, 0.34, 0.38), (0.72, back + 0.06, 0.25, 0.28)]  # fmt: skip
    hand.put(cow, "body", hand.body(barrel), coat)
    spots = [(-0.22, -0.6), (0.22, -0.6), (-0.21, 0.46), (0.21, 0.46)]
    add_four_legs(hand, cow, coat, HOOF, spots, leg + 0.1, 0.095, stride=draw.pick(0, 0, 0.1))
    if patched:
        for _ in range(draw.whole(3, 6)):
            side, z, y = draw.pick(-1, 1), draw.between(-0.55, 0.5), back + draw.between(-0.12, 0.24)
            across = 0.34 * np.sqrt(max(0.05, 1 - ((y - back) / 0.4) ** 2)) * side
            hand.put(cow, "patch", hand.ball(0.05, draw.between(0.1, 0.17), draw.between(0.1, 0.22)), patch,
                     [(float(across), y, z)])  # fmt: skip
    size = 1.3 if toy else 1.0
    hy, hz = back + draw.between(0.18, 0.34), 0.98
    hand.put(cow, "neck", hand.limb([(0, back + 0.06, 0.5), (0, hy - 0.02, hz)], [0.27, 0.17]), coat)
    half = (0.17 * size, 0.18 * size, 0.2 * size)
    hand.put(cow, "head", hand.ball(*half), coat, [(0, hy, hz)])
    nz = hz + 0.2 * size
    hand.put(
        cow, "muzzle", hand.ball(0.14 * size, 0.11 * size, 0.13 * size), PINK, [(0, hy - 0.1 * size, nz)]
    )
    nostril = hand.ball(0.025 * size, 0.02 * size, 0.02 * size).moved(
        0.06 * size, hy - 0.07 * size, nz + 0.12 * size
    )
    hand.pair(cow, "nostril", nostril, lighter(PINK, -0.5))
    hand.eyes(cow, draw, (0, hy, hz), half, 0.028 * size, azimuth_deg=50, elevation_deg=18)
    ear = (
        hand.ball(0.12 * size, 0.055 * size, 0.03 * size)
        .turned("z", -8)
        .moved(0.26 * size, hy + 0.08, hz - 0.04)
    )
    hand.pair(cow, "ear", ear, coat if draw.chance(0.5) else patch)
    horned = draw.chance(0.75)
    cow.attributes["horned"] = horned
    if horned:
        base, long = hy + 0.13 * size, draw.between(0.12, 0.26)
        bend = [
            (0.09 * size, base, hz),
            (0.09 + 0.1 * size, base + 0.07, hz),
            (0.12 + 0.1 * size, base + long, hz + 0.03),
        ]
        hand.pair(cow, "horn", hand.limb(bend, [0.04, 0.03, 0.008]), paint("cream"))
    tail = [(0, back + 0.22, -0.82), (0, back + 0.05, -0.97), (0, back - 0.4, -0.95)]
    hand.put(cow, "tail", hand.limb(tail, [0.03, 0.022]), coat)
    hand.put(cow, "tail tuft", hand.ball(0.045, 0.11, 0.045), patch, [(0, back - 0.42, -0.95)])
    if draw.chance(0.7):
        hand.put(cow, "udder", hand.ball(0.17, 0.12, 0.18), PINK, [(0, back - 0.38, -0.4)])
    return cow


def pig(draw: Draw) -> Assembly:
    skin = fur(draw, ("pink", "#e3a6a2"), ("pink", "#edb7ae"), ("brown", "#96684c"), ("black", "#4a4548"))
    hand = any_hand(draw)
    pig = Assembly({"style": hand.style, "colour": skin.name})
    pig.proportions = draw.stretch(0.1, "x", "y", "z")
    leg, fat = draw.between(0.16, 0.28), draw.between(0.24, 0.31)
    back = leg + fat * 0.8
    barrel = [(-0.5, back, fat * 0.6, fat * 0.65), (-0.25, back, fat, fat), (0.1, back, fat, fat),
              (0.42, back + 0.02, fat * 0.75, fat * 0.8)]  # fmt: skip
    hand.put(pig, "body", hand.body(barrel), skin)
    spots = [(-0.15, -0.32), (0.15, -0.32), (-0.15, 0.28), (0.15, 0.28)]
    foot = lighter(skin, -0.35)
    add_four_legs(hand, pig, skin, foot, spots, leg + 0.08, 0.065, stride=draw.pick(0, 0, 0.06))
    size = draw.between(0.95, 1.35)
    hy, hz, half = back + 0.08, 0.5, (0.2 * size, 0.2 * size, 0.2 * size)
    hand.put(pig, "head", hand.ball(*half), skin, [(0, hy, hz)])
    nz, snout = hz + 0.17 * size, material("snout", "#d98a8c", roughness=0.7)
    disc = box(0.17 * size, 0.13 * size, 0.12 * size).moved(y=-0.065 * size) if hand.blocky else (
        cylinder(0.095 * size, 0.12 * size, top=0.085 * size, sides=hand.sides).turned("x", 90).scaled(1, 0.85, 1)
    )  # fmt: skip
    hand.put(pig, "snout", disc, snout, [(0, hy - 0.035 * size, nz)])
    front = nz + (0.06 if hand.blocky else 0.12) * size
    nostril = hand.ball(0.017 * size, 0.028 * size, 0.012).moved(0.035 * size, hy - 0.035 * size, front)
    hand.pair(pig, "nostril", nostril, lighter(snout, -0.5))
    hand.eyes(pig, draw, (0, hy, hz), half, 0.022 * size, azimuth_deg=38, elevation_deg=20)
    lop = draw.pick(35, 60, -10)
    flap = extrusion(np.array([(-0.075, 0), (0.075, 0), (0.01, 0.15)]) * size, 0.025).turned("x", lop)
    hand.pair(pig, "ear", flap.turned("z", -24).moved(0.12 * size, hy + 0.15 * size, hz + 0.02), foot)
    turns = np.linspace(0, 4 * np.pi, 22)
    curl = np.column_stack([0.035 * np.cos(turns), back + 0.1 + 0.035 * np.sin(turns), -0.49 - 0.01 * turns])
    hand.put(pig, "curly tail", tube(curl, [0.018, 0.012], sides=6), skin)
    return pig


def _fleece(draw: Draw, hand: Hand, back: float) -> Solid:
    """The woolly body: a bumpy lump, or a heap of tufts."""
    if hand.blocky:
        return box(0.56, 0.5, 0.86).moved(y=back - 0.25)
    return (
        blob(draw, 0.34, rough=draw.between(0.05, 0.12), sides=hand.sides + 4)
        .scaled(0.88, 0.82, 1.3)
        .moved(y=back)
    )


def sheep(draw: Draw) -> Assembly:
    wool = fur(draw, ("white", "#efebe2"), ("cream", "#e4d9c0"), ("grey", "#a5a4a6"), ("black", "#454246"))
    face = fur(draw, ("black", "#3c393c"), ("tan", "#d1ac8c"), ("white", "#e9e2d7"), ("black", "#3c393c"))
    hand, horned = any_hand(draw), draw.chance(0.25)
    sheep = Assembly(
        {"style": hand.style, "colour": wool.name, "face": f"{face.name} face", "horned": horned}
    )
    sheep.proportions = draw.stretch(0.08, "x", "y", "z")
    leg = draw.between(0.22, 0.4)
    back = leg + 0.22
    tufted = not hand.blocky and draw.chance(0.55)
    hand.put(sheep, "fleece", _fleece(draw, hand, back), wool)
    if tufted:
        sheep.attributes["tufted"] = True
        tuft = sphere(0.125, sides=8 if hand.style == "faceted" else 10)
        golden = np.arange(26) * np.pi * (3 - 5**0.5)
        rise = np.linspace(-0.85, 0.97, 26)
        ring = np.sqrt(1 - rise**2)
        places = np.column_stack(
            [0.28 * ring * np.cos(golden), back + 0.24 * rise, 0.4 * ring * np.sin(golden)]
        )
        hand.put(sheep, "tuft", tuft, wool, [(float(x), float(y), float(z)) for x, y, z in places])
    spots = [(-0.14, -0.26), (0.14, -0.26), (-0.14, 0.24), (0.14, 0.24)]
    add_four_legs(hand, sheep, face, HOOF, spots, leg + 0.06, 0.045, stride=draw.pick(0, 0, 0.05))
    size = draw.between(1.0, 1.3)
    hy, hz, half = back + draw.between(0.08, 0.24), 0.5, (0.105 * size, 0.12 * size, 0.17 * size)
    hand.put(sheep, "neck", hand.limb([(0, back, 0.25), (0, hy, hz)], [0.17, 0.11]), wool)
    hand.put(
        sheep, "head", hand.ball(*half).turned("x", 0 if hand.blocky else 25), face, [(0, hy, hz + 0.04)]
    )
    hand.put(
        sheep,
        "wool cap",
        hand.ball(0.11 * size, 0.08 * size, 0.11 * size),
        wool,
        [(0, hy + 0.11 * size, hz - 0.02)],
    )
    hand.eyes(sheep, draw, (0, hy, hz + 0.04), half, 0.02 * size, azimuth_deg=48, elevation_deg=12)
    ear = (
        hand.ball(0.085 * size, 0.035 * size, 0.022 * size)
        .turned("z", -22)
        .moved(0.155 * size, hy + 0.03, hz)
    )
    hand.pair(sheep, "ear", ear, face)
    if horned:
        ring = arc(0.09, 80, -190, 18) * np.array([1, 1, 1.0])
        ring = np.column_stack(
            [0.11 * size + 0.05 * np.linspace(0, 1, 18), hy + 0.05 + ring[:, 1], hz - 0.06 + ring[:, 0]]
        )
        hand.pair(sheep, "horn", tube(ring, [0.04, 0.03, 0.008], sides=8), material("horn", "#b59b76"))
    hand.put(sheep, "tail", ellipsoid(0.06, 0.09, 0.06, sides=hand.sides), wool, [(0, back, -0.46)])
    return sheep
