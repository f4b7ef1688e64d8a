"""Kitchenware: what stands on a table or a stove."""

from __future__ import annotations

from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import spline, tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, glass, material, paint
from polyseek.procedural.solids import cylinder, lathe


def mug(draw: Draw) -> Assembly:
    glaze = any_paint(draw)
    mug = Assembly({"material": "ceramic", "colour": glaze.name})
    r, h, wall = draw.between(0.036, 0.046), draw.between(0.08, 0.11), 0.004
    foot, belly = draw.between(0.75, 1.0), draw.between(0.97, 1.1)
    outer = [(0, 0), (r * foot, 0), (r * foot, 0.003), (r * belly, h * 0.45), (r, h)]
    inner = [(r - wall, h), (r * belly - wall, h * 0.45), (r * foot - wall, 0.006), (0, 0.006)]
    mug.add("cup", lathe(outer + inner, sides=32), glaze)
    reach = draw.between(0.022, 0.03)
    x = r * 0.97
    loop = spline([(x, h * 0.8, 0), (x + reach, h * 0.74, 0), (x + reach, h * 0.36, 0), (x, h * 0.26, 0)], 14)
    mug.add("handle", tube(loop, 0.0048), glaze)
    if draw.chance(0.5):
        drink = draw.pick(("coffee", "#4a2f22"), ("tea", "#a5622f"), ("milk", "#efe9db"))
        mug.attributes["filled_with"] = drink[0]
        mug.add(
            "drink", cylinder(r - wall, 0.002, sides=32), material(*drink, roughness=0.2), [(0, h * 0.82, 0)]
        )
    return mug


def bottle(draw: Draw) -> Assembly:
    tint = draw.pick(("green", "#4f7f5a"), ("brown", "#7a4a2a"), ("clear", "#cfe3e6"), ("blue", "#4d7ba6"))
    kind = draw.pick("wine", "beer", "milk", "oil")
    bottle = Assembly({"style": kind, "colour": tint[0], "material": "glass"})
    r, h = {"wine": (0.038, 0.3), "beer": (0.031, 0.23), "milk": (0.043, 0.22), "oil": (0.034, 0.27)}[kind]
    r, h = r * draw.between(0.92, 1.08), h * draw.between(0.95, 1.05)
    shoulder = {"wine": 0.62, "beer": 0.5, "milk": 0.55, "oil": 0.45}[kind]
    neck = r * {"wine": 0.37, "beer": 0.4, "milk": 0.58, "oil": 0.3}[kind]
    lip = neck * 1.18
    profile = [(0, 0), (r * 0.92, 0), (r, 0.006), (r, h * shoulder), (r * 0.9, h * (shoulder + 0.06))]
    profile += [(neck * 1.3, h * (shoulder + 0.16)), (neck, h * (shoulder + 0.22)), (neck, h * 0.95)]
    profile += [(lip, h * 0.95), (lip, h * 0.985), (neck * 0.8, h)]
    bottle.add("glass", lathe([*profile, (0, h)], sides=28), glass(tint[1], 0.8))
    label = any_paint(draw, "black")
    if draw.chance(0.7):
        low = h * draw.between(0.12, 0.2)
        bottle.add("label", cylinder(r * 1.012, h * 0.24, sides=28), label, [(0, low, 0)])
    bottle.add(
        "cap",
        cylinder(lip * 1.04, h * 0.05, sides=20),
        paint("white") if kind == "milk" else label,
        [(0, h * 0.965, 0)],
    )
    return bottle
