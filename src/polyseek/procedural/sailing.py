"""Ships under sail. Bows point to +z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint
from polyseek.procedural.silhouettes import hull, side_view
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    loft,
    merged,
    sphere,
)  # fmt: skip


def _sail(width: float, height: float, belly: float, *, taper: float = 0.85) -> Solid:
    """A square sail hung from y = height, bellied towards +z."""
    rings: list[list[tuple[float, float, float]]] = []
    for t in np.linspace(0, 1, 6):
        half = width / 2 * (1 + (taper - 1) * t)
        bulge = belly * float(np.sin(np.pi * (0.15 + 0.8 * (1 - t))))
        front = [
            (float(x) * half, height * float(t), bulge * (1 - 0.5 * float(x) ** 2))
            for x in np.linspace(-1, 1, 6)
        ]
        rings.append(front + [(x, y, z - 0.03) for x, y, z in reversed(front)])
    return loft(np.array(rings))


def sailing_ship(draw: Draw) -> Assembly:
    style = draw.pick("galleon", "pirate", "viking", "sloop", "junk")
    wood_ = any_wood(draw)
    cloth = {
        "pirate": draw.pick("black", "white", "cream"),
        "viking": draw.pick("red", "cream", "white"),
        "junk": draw.pick("red", "orange", "brown"),
    }.get(style, draw.pick("white", "cream"))
    sails = material(
        f"{cloth} sail",
        {
            "black": "#36373c",
            "white": "#eeebe3",
            "cream": "#e6d9ba",
            "red": "#b8443a",
            "orange": "#d88947",
            "brown": "#95603c",
        }[cloth],
        roughness=1,
    )
    ship = Assembly({"style": style, "wood": wood_.name, "sails": f"{cloth} sails"})
    ship.proportions = draw.stretch(0.08, "x", "y", "z")
    half, w = (
        draw.between(3.4, 4.4) * (0.7 if style == "sloop" else 1),
        draw.between(0.95, 1.25) * (0.8 if style in ("sloop", "viking") else 1),
    )
    rise = {"viking": 1.5, "galleon": 0.5, "pirate": 0.5}.get(style, 0.3)
    at = np.linspace(-1, 1, 11)
    deck = 1.15 + rise * np.abs(at) ** 3
    beam = w * np.clip(
        1 - np.where(at > 0, np.abs(at) ** 2.4, 0.55 * np.abs(at) ** 3 if style != "viking" else at**4),
        0.03,
        1,
    )
    stations = [
        (float(z * half), float(b), 0.35 * abs(float(z)) ** 3, float(y))
        for z, b, y in zip(at, beam, deck, strict=True)
    ]
    ship.add("hull", hull(stations), wood_)
    for side in (-1, 1):
        rail = [(side * b * 1.01, y + 0.02, z) for z, b, _, y in stations]
        ship.add("rail", tube(rail, 0.06, sides=6), lighter(wood_, -0.25))
        ship.add(
            "wale",
            tube([(side * b * 0.93, y * 0.72, z) for z, b, _, y in stations], 0.05, sides=6),
            any_paint(draw) if style == "galleon" else lighter(wood_, -0.3),
        )
    if style in ("galleon", "pirate", "junk"):
        castle = [(-half * 1.04, 1.4), (-half * 0.5, 1.1), (-half * 0.5, 1.75), (-half * 1.1, 2.3)]
        ship.add("stern castle", side_view(castle, w * 1.15), wood_)
        ship.add(
            "cabin window",
            box(w * 0.2, 0.3, 0.08),
            paint("yellow"),
            [(x * w, 1.75, -half * 1.07) for x in (-0.35, 0, 0.35)],
        )
        ship.add(
            "forecastle",
            side_view(
                [(half * 0.5, 1.15), (half * 0.95, 1.4), (half * 0.95, 1.7), (half * 0.5, 1.6)], w * 0.6
            ),
            wood_,
        )
        for z in (np.linspace(-0.3, 0.35, draw.whole(2, 4)) * half) if style != "junk" else ():
            port = box(w * 2.02, 0.26, 0.28).moved(0, 0.62, float(z))
            ship.add("gun port", port, paint("black"))
            ship.add(
                "cannon",
                merged(
                    *(
                        cylinder(0.07, 0.3, sides=10).turned("z", -90 * s).moved(s * w * 0.95, 0.75, float(z))
                        for s in (-1, 1)
                    )
                ),
                metal("iron"),
            )
    _rig(draw, ship, style, half, w, sails, wood_)
    return ship


def _rig(
    draw: Draw, ship: Assembly, style: str, half: float, w: float, sails: Material, skin: Material
) -> None:
    """Masts, yards, sails and what flies from them."""
    tall = draw.between(4.6, 6.0) * (0.8 if style in ("viking", "sloop") else 1)
    masts = {"viking": [0.0], "sloop": [0.1], "junk": [-0.5, 0.25]}.get(
        style, [-0.6, 0.0, 0.55] if draw.chance(0.6) else [-0.4, 0.4]
    )
    for i, share in enumerate(masts):
        z, top = share * half, tall * (1.0 if share == masts[len(masts) // 2] else 0.85)
        ship.add("mast", cylinder(0.1, top, top=0.06, sides=8), skin, [(0, 0.8, z)])
        if style == "sloop":
            main = np.array([(z - 0.12, 1.9), (z - 0.12, top + 0.6), (z - half * 0.95, 1.95)])
            ship.add("main sail", side_view([(float(a), float(b)) for a, b in main], 0.05), sails)
            jib = [(z + 0.15, top * 0.9 + 0.5), (z + 0.2, 1.9), (half * 1.05, 1.5)]
            ship.add("jib", side_view(jib, 0.05), sails)
            ship.add("boom", tube([(0, 1.85, z), (0, 1.88, z - half)], 0.06, sides=8), skin)
        elif style == "junk":
            fan = [
                (z + 0.5, 1.9),
                (z + 0.6, top * 0.75),
                (z - 0.1, top + 0.7),
                (z - 1.3, top * 0.85),
                (z - 1.5, 2.1),
            ]
            ship.add("sail", side_view(fan, 0.06), sails)
            battens = [
                tube([(0, y, z + 0.55), (0, y + 0.12, z - 1.4)], 0.045, sides=6)
                for y in np.linspace(2.3, top * 0.78, 4)
            ]
            ship.add("batten", merged(*battens), skin)
        else:
            rows = 1 if style == "viking" else draw.whole(2, 3) if i == 0 else 2
            room = top - 1.3
            for k in range(rows):
                high, wide = room / rows * 0.86, w * (2.7 - 0.5 * k) * (1.25 if style == "viking" else 1.0)
                y = 2.0 + room / rows * k - (0.1 if style == "viking" else 0.0)
                ship.add("sail", _sail(wide, high, 0.55), sails, [(0, y, z + 0.12)])
                ship.add(
                    "yard",
                    cylinder(0.05, wide * 1.02, sides=8).turned("z", 90).moved(wide * 0.51),
                    skin,
                    [(0, y + high + 0.03, z + 0.1)],
                )
            if style != "viking":
                ship.add(
                    "crow's nest", cylinder(0.2, 0.25, top=0.28, sides=12), skin, [(0, top * 0.9 + 0.45, z)]
                )
        if i == len(masts) // 2:
            flag = paint("black") if style == "pirate" else any_paint(draw)
            ship.add("flag", side_view([(z, top + 0.5), (z, top + 0.85), (z - 0.65, top + 0.72)], 0.03), flag)
    if style == "viking":
        shield = merged(cylinder(0.25, 0.07, sides=14).turned("z", -90), sphere(0.07, sides=8))
        for z in np.linspace(-0.55, 0.55, 6) * half:
            ship.add("shield", shield, any_paint(draw), [(s * w * 0.98, 1.2, float(z)) for s in (-1, 1)])
        neck = spline(
            [(0, 2.3, half * 0.97), (0, 2.9, half * 1.08), (0, 3.4, half * 1.0), (0, 3.35, half * 1.18)], 12
        )
        ship.add("dragon head", tube(neck, [0.16, 0.13, 0.13, 0.16, 0.06], sides=8), skin)
    else:
        sprit = tube([(0, 1.5, half * 0.8), (0, 2.1, half * 1.35)], [0.08, 0.04], sides=8)
        ship.add("bowsprit", sprit, skin)
