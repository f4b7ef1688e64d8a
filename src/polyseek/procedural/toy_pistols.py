"""Ray guns and water pistols. Barrels point to +x."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.gun_parts import add_guard, plate
from polyseek.procedural.palette import any_paint, material, metal, paint
from polyseek.procedural.silhouettes import along_x
from polyseek.procedural.solids import (
    cylinder,
    rounded_box,
    sphere,
    torus,
)  # fmt: skip


def toy_pistol(draw: Draw, gun: Assembly, style: str) -> Assembly:
    """A pistol that harms nobody, added to `gun`: `style` is "ray" or "water"."""
    body, trim = any_paint(draw, "brown", "black"), any_paint(draw, "brown")
    gun.attributes["colour"] = body.name
    handle = [(-0.06, 0.1), (0.03, 0.09), (-0.01, -0.06), (-0.08, -0.05)]
    gun.add("grip", plate(handle, 0.04), trim)
    if style == "water":
        gun.add("body", rounded_box(0.26, 0.06, 0.045, 0.015), body, [(0.07, 0.085, 0)])
        gun.add(
            "tank",
            rounded_box(0.11, 0.06, 0.06, 0.025),
            material("water", "#8fd0e6", roughness=0.1, opacity=0.7),
            [(0.02, 0.14, 0)],
        )
        gun.add("cap", cylinder(0.02, 0.025, sides=12), trim, [(-0.01, 0.195, 0)])
        gun.add(
            "nozzle",
            along_x([(0, 0), (0.014, 0), (0.01, 0.05), (0, 0.05)], sides=12),
            paint("orange"),
            [(0.2, 0.115, 0)],
        )
        gun.add("pump", rounded_box(0.1, 0.035, 0.05, 0.012), trim, [(0.14, 0.045, 0)])
    else:
        gun.add(
            "body",
            along_x(
                [(0, -0.09), (0.035, -0.06), (0.045, 0), (0.035, 0.07), (0.015, 0.1), (0, 0.1)], sides=16
            ),
            body,
            [(0.03, 0.12, 0)],
        )
        gun.add(
            "barrel",
            along_x([(0, 0), (0.012, 0), (0.012, 0.14), (0, 0.14)], sides=10),
            metal("silver"),
            [(0.1, 0.12, 0)],
        )
        ring = torus(0.025, 0.006, sides=16, around=6).turned("z", 90)
        gun.add("coil", ring, trim, [(0.13 + 0.03 * i, 0.12, 0) for i in range(draw.whole(2, 4))])
        gun.add(
            "emitter",
            sphere(0.018, sides=10),
            material("glow", draw.pick("#7fe8ff", "#9cff7a", "#ff7a9c"), glow=0.9),
            [(0.25, 0.12, 0)],
        )
        gun.add("fin", plate([(-0.04, 0.15), (0.02, 0.16), (-0.05, 0.21), (-0.08, 0.2)], 0.008), trim)
    add_guard(gun, 0.045, 0.09, 0.035, trim)
    return gun
