"""What grows outdoors near the ground: bushes, grass, stumps."""

from __future__ import annotations

import math

import numpy as np

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.foliage import blob
from polyseek.procedural.palette import any_wood, leaf, lighter, material, metal, paint
from polyseek.procedural.polygons import regular
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    extrusion,
    lathe,
    merged,
    prism,
    sphere,
)  # fmt: skip

FLAT, SMOOTH = 0.0, 50.0


def chunk(draw: Draw, radius: float, *, sides: int = 8, rough: float = 0.16) -> Solid:
    """A ball of few faces, each vertex pushed in or out."""
    ball = sphere(radius, sides=sides)
    push = 1 + draw.rng.uniform(-rough, rough, (len(ball.vertices), 1))
    return Solid(ball.vertices * push, ball.faces)


def bush(draw: Draw) -> Assembly:
    tone = draw.pick("green", "dark green", "light green", "olive")
    skin = leaf(tone)
    style = draw.pick("round", "low-poly", "hedge", "leafy", "berry", "flowering")
    bush = Assembly({"style": style, "colour": tone})
    bush.proportions = draw.stretch(0.2, "x", "y", "z")
    if style == "hedge":
        block = box(draw.between(0.9, 1.8), draw.between(0.6, 0.9), draw.between(0.35, 0.5))
        bush.add("leaves", block, skin)
        width, high, deep = np.ptp(block.vertices, axis=0)
        for _ in range(24):
            tuft = chunk(draw, draw.between(0.1, 0.17), sides=6)
            x, y, z = (
                draw.between(-0.48, 0.48) * width,
                draw.between(0.1, 1.0) * high,
                draw.pick(-0.5, 0.5) * deep,
            )
            bush.add("tuft", tuft, lighter(skin, draw.between(-0.12, 0.12)), [(x, y, z)], crease_deg=FLAT)
        return bush
    if style == "leafy":
        for i in range(draw.whole(22, 36)):
            rise, turn, long = draw.between(15, 85), 137.5 * i, draw.between(0.3, 0.5)
            outline = np.array([(0, -0.01), (long * 0.5, -0.07), (long, 0), (long * 0.5, 0.07), (0, 0.01)])
            blade = prism(outline, 0.008).turned("z", rise).turned("y", turn)
            bush.add("leaf", blade, lighter(skin, draw.between(-0.15, 0.15)), crease_deg=FLAT)
        return bush
    rough = style == "low-poly" or draw.chance(0.4)
    count = draw.pick(1, 3, 4, 5, 7)
    lumps: list[tuple[np.ndarray, float]] = []
    for i in range(count):
        size = draw.between(0.34, 0.46) if i == 0 else draw.between(0.2, 0.34)
        angle = 2.4 * i + draw.between(-0.4, 0.4)
        place = (
            np.array([0.0, size * 0.75, 0.0])
            if i == 0
            else np.array([math.cos(angle) * 0.36, size * 0.7, math.sin(angle) * 0.36])
        )
        solid = chunk(draw, size, sides=draw.pick(7, 8, 10)) if rough else blob(draw, size, rough=0.1)
        bush.add(
            "leaves",
            solid,
            lighter(skin, draw.between(-0.1, 0.1)),
            [tuple(place)],
            crease_deg=FLAT if rough else SMOOTH,
        )
        lumps.append((place, size))
    if style in ("berry", "flowering"):
        spot = (
            paint(draw.pick("red", "purple", "blue"))
            if style == "berry"
            else paint(draw.pick("pink", "white", "yellow", "red"))
        )
        bush.attributes["berries" if style == "berry" else "flowers"] = spot.name
        one = (
            sphere(0.04, sides=8)
            if style == "berry"
            else merged(
                *(ellipsoid(0.05, 0.02, 0.03, sides=6).moved(0.035).turned("y", 72 * k) for k in range(5)),
                sphere(0.022, sides=6),
            )
        )
        for _ in range(16):
            place, size = lumps[draw.whole(0, len(lumps) - 1)]
            way = draw.rng.normal(size=3)
            way = np.abs(way) * [draw.pick(-1, 1), 1, draw.pick(-1, 1)] / np.linalg.norm(way)
            bush.add("berry" if style == "berry" else "blossom", one, spot, [tuple(place + way * size * 1.0)])
    if draw.chance(0.35):
        bush.attributes["stemmed"] = True
        bush.add("stem", cylinder(0.06, 0.3, top=0.04, sides=8), any_wood(draw), [(0, -0.14, 0)])
    return bush


def grass(draw: Draw) -> Assembly:
    style = draw.pick("tuft", "tall", "patch", "dry", "reeds")
    hue = (
        ("straw", "#c9b065")
        if style == "dry"
        else draw.pick(("green", "#6aa04e"), ("light green", "#93bb57"), ("dark green", "#447a46"))
    )
    skin = material(*hue, roughness=0.9)
    grass = Assembly({"style": style, "colour": hue[0]})
    high = {"tall": 0.7, "reeds": 1.1, "tuft": 0.3}.get(style, 0.25) * draw.between(0.8, 1.2)
    spread = {"patch": 0.4, "reeds": 0.16}.get(style, 0.1)
    count, wide = draw.whole(9, 24) if style != "patch" else draw.whole(30, 60), draw.between(0.012, 0.03)
    if style == "patch" and draw.chance(0.5):
        grass.add(
            "ground",
            prism(regular(draw.pick(6, 8, 12), spread * 1.3) * draw.rng.uniform(0.8, 1.1, (1, 2)), 0.03),
            material("earth", "#7b5b3e", roughness=1),
        )
    curved = draw.chance(0.7)
    for i in range(count):
        turn, out = draw.between(0, 2 * math.pi), spread * math.sqrt((i + 0.5) / count)
        x, z = out * math.cos(2.4 * i), out * math.sin(2.4 * i)
        lean, tall = draw.between(0.1, 0.5) * high, high * draw.between(0.55, 1.0)
        dx, dz = lean * math.cos(turn), lean * math.sin(turn)
        if curved:
            path = spline([(x, 0, z), (x + dx * 0.25, tall * 0.6, z + dz * 0.25), (x + dx, tall, z + dz)], 5)
            blade = tube(path, [wide, wide * 0.85, wide * 0.02], sides=4, flatten=0.3)
        else:
            blade = tube([(x, 0, z), (x + dx * 0.6, tall, z + dz * 0.6)], [wide, 0.0005], sides=3)
        grass.add("blade", blade, lighter(skin, draw.between(-0.18, 0.15)), crease_deg=FLAT)
        if style == "reeds" and i % 2 == 0:
            head = ellipsoid(0.028, 0.09, 0.028, sides=8)
            grass.add(
                "seed head",
                head,
                paint("brown"),
                [(x + dx * (1.0 if curved else 0.6), tall, z + dz * (1.0 if curved else 0.6))],
            )
    if style in ("tuft", "patch") and draw.chance(0.25):
        grass.attributes["flowering"] = True
        for _ in range(4):
            x, z, y = (
                draw.between(-spread, spread),
                draw.between(-spread, spread),
                high * draw.between(0.6, 0.9),
            )
            grass.add(
                "flower", sphere(0.025, sides=6), paint(draw.pick("white", "yellow", "purple")), [(x, y, z)]
            )
            grass.add("flower stem", cylinder(0.005, y, sides=5), skin, [(x, 0, z)])
    return grass


def stump(draw: Draw) -> Assembly:
    bark = material(
        *draw.pick(("brown", "#6f4d35"), ("grey", "#7a6d62"), ("birch", "#d9d3c6"), ("dark", "#4c382a")),
        roughness=1,
    )
    cut = material("cut wood", draw.pick("#d9b382", "#c79a67", "#e2c79a"), roughness=0.9)
    style = draw.pick("round", "rooted", "jagged", "hollow", "chopped")
    stump = Assembly({"style": style, "bark": bark.name})
    stump.proportions = draw.stretch(0.12, "xz", "y")
    r, h, sides = draw.between(0.25, 0.4), draw.between(0.2, 0.55), draw.pick(6, 8, 10, 16)
    flare = draw.between(1.15, 1.4)
    if style == "hollow":
        outer = [
            (r * 0.62, 0.04),
            (r * flare, 0),
            (r * 1.05, h * 0.35),
            (r, h),
            (r * 0.72, h),
            (r * 0.62, 0.04),
        ]
        stump.add("trunk", lathe(outer, sides=sides), bark, crease_deg=35)
        stump.add("hollow", cylinder(r * 0.66, 0.06, sides=sides), material("earth", "#4a3424", roughness=1))
    else:
        trunk = lathe([(0, 0), (r * flare, 0), (r * 1.05, h * 0.3), (r, h), (0, h)], sides=sides)
        stump.add("trunk", trunk, bark, crease_deg=35)
        stump.add("cut top", cylinder(r * 0.9, 0.02, sides=sides), cut, [(0, h, 0)])
        for share in (0.66, 0.4, 0.15):
            stump.add(
                "ring",
                cylinder(r * share, 0.005 + 0.02, sides=sides),
                lighter(cut, -0.12 if share != 0.4 else 0.1),
                [(0, h + 0.006 * (1 - share), 0)],
            )
    if style == "jagged":
        for k in range(7):
            splinter = cylinder(r * 0.22, draw.between(0.06, 0.22), top=0.0, sides=4)
            angle = 2 * math.pi * k / 7
            stump.add(
                "splinter",
                splinter,
                bark if k % 2 else cut,
                [(r * 0.72 * math.cos(angle), h - 0.01, r * 0.72 * math.sin(angle))],
                crease_deg=FLAT,
            )
    if style in ("rooted", "chopped") or draw.chance(0.5):
        count = draw.whole(3, 6)
        stump.attributes["rooted"] = True
        for k in range(count):
            out = r * draw.between(1.6, 2.2)
            root = tube(
                spline(
                    [
                        (r * 0.6, h * 0.35, 0),
                        (r * 1.15, h * 0.12, 0.03),
                        (out, -0.02, draw.between(-0.1, 0.1)),
                    ],
                    6,
                ),
                [r * 0.3, r * 0.22, r * 0.06],
                sides=6,
            )
            stump.add("root", root.turned("y", 360 * k / count + draw.between(-15, 15)), bark)
    if style == "chopped":
        handle = tube([(0, 0, 0), (0.03, 0.5, 0)], 0.018, sides=8)
        head = extrusion(np.array([(-0.02, 0.03), (0.06, 0.03), (0.09, -0.1), (-0.05, -0.1)]), 0.035)
        stump.attributes["with_axe"] = True
        stump.add("axe handle", handle.turned("z", 50).moved(0.02, h + 0.05), any_wood(draw))
        stump.add("axe head", head, metal("steel"), [(0.02, h + 0.08, 0)])
    elif draw.chance(0.35):
        extra = draw.pick("mushroom", "moss", "branch")
        stump.attributes["with"] = extra
        if extra == "mushroom":
            cap = lathe([(0, 0.05), (0.06, 0.045), (0.045, 0.085), (0, 0.1)], sides=10)
            one = [cap, cylinder(0.018, 0.06, sides=8)]
            for x, z in ((r * 1.2, 0.1), (r * 1.1, -0.06)):
                stump.add("mushroom cap", one[0], paint(draw.pick("red", "orange")), [(x, 0, z)])
                stump.add("mushroom stem", one[1], paint("cream"), [(x, 0, z)])
        elif extra == "moss":
            stump.add("moss", cylinder(r * 1.03, h * 0.22, sides=sides), leaf("olive"), [(0, h * 0.72, 0)])
        else:
            stump.add(
                "branch", tube([(r * 0.8, h * 0.5, 0), (r * 1.6, h * 0.95, 0)], [0.06, 0.04], sides=6), bark
            )
    return stump
