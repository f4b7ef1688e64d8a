"""Wheels, and the carts that need little else. Axles lie along x; carts roll towards +z."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_paint, any_wood, lighter, material, metal, paint, rubber, wood
from polyseek.procedural.silhouettes import along_x
from polyseek.procedural.solids import Solid, box, cylinder, merged


def tyre(radius: float, width: float, *, inner: float = 0.62, sides: int = 24) -> Solid:
    """A tyre about the X axis, centred on the origin; `inner` is its hole as a share of the radius."""
    half, edge = width / 2, radius * 0.93
    rim = radius * inner
    profile = [(rim, -half), (edge, -half), (radius, -half * 0.6), (radius, half * 0.6), (edge, half)]
    return along_x([*profile, (rim, half), (rim, -half)], sides=sides)


def spokes(radius: float, thick: float, wide: float, count: int) -> Solid:
    """Bars from the X axis out to `radius`, `count` of them."""
    bar = box(wide, radius, thick)
    return merged(*(bar.turned("x", 360 * k / count) for k in range(count)))


def rim(radius: float, width: float, thick: float, *, sides: int = 24) -> Solid:
    """A flat hoop about the X axis, `thick` from outside to inside."""
    half, inner = width / 2, radius - thick
    return along_x(
        [(inner, -half), (radius, -half), (radius, half), (inner, half), (inner, -half)], sides=sides
    )


def disc(radius: float, width: float, *, sides: int = 24) -> Solid:
    """A flat cylinder about the X axis, centred on the origin."""
    return cylinder(radius, width, sides=sides).turned("z", -90).moved(x=-width / 2)


def add_wheels(
    model: Assembly,
    radius: float,
    width: float,
    hub: Material,
    at: list[tuple[float, float]],
    *,
    sides: int = 24,
) -> None:
    """A tyre and a wheel disc at each (x, z), standing on the ground."""
    places = [(x, radius, z) for x, z in at]
    model.add("tyre", tyre(radius, width, sides=sides), rubber(), places)
    model.add("wheel", disc(radius * 0.63, width * 0.86, sides=sides), hub, places)
    model.add("hub cap", disc(radius * 0.2, width * 1.04, sides=12), lighter(hub, -0.3), places)


def add_wooden_wheels(
    model: Assembly, radius: float, skin: Material, at: list[tuple[float, float]], count: int
) -> None:
    """A spoked wooden wheel at each (x, z), standing on the ground."""
    places = [(x, radius, z) for x, z in at]
    model.add("wheel rim", rim(radius, radius * 0.16, radius * 0.15), lighter(skin, -0.15), places)
    model.add("spokes", spokes(radius * 0.9, radius * 0.1, radius * 0.09, count), skin, places)
    model.add("hub", disc(radius * 0.2, radius * 0.34, sides=12), lighter(skin, -0.25), places)


def wheel(draw: Draw) -> Assembly:
    style = draw.pick("car", "wagon", "racing", "truck", "steel")
    sides = draw.pick(14, 20, 32)
    wheel = Assembly({"style": style})
    lying = draw.chance(0.25)
    if style == "wagon":
        skin = any_wood(draw)
        wheel.attributes["material"] = "wooden"
        r, count = draw.between(0.35, 0.6), draw.pick(6, 8, 8, 10, 12)
        wheel.add("rim", rim(r, r * 0.17, r * 0.14, sides=sides), lighter(skin, -0.12))
        if draw.chance(0.5):
            wheel.attributes["iron_shod"] = True
            wheel.add("iron band", rim(r * 1.03, r * 0.15, r * 0.04, sides=sides), metal("iron"))
        wheel.add("spokes", spokes(r * 0.9, r * 0.09, r * 0.08, count), skin)
        wheel.add("hub", disc(r * 0.19, r * 0.36, sides=14), lighter(skin, -0.2))
        wheel.add("axle cap", disc(r * 0.08, r * 0.44, sides=10), metal("iron"))
        return wheel
    r = draw.between(0.28, 0.36) * (1.6 if style == "truck" else 1.0)
    wide = r * {"car": 0.6, "racing": 1.0, "truck": 0.62, "steel": 0.55}[style]
    hub = any_paint(draw) if draw.chance(0.3) else metal(draw.pick("steel", "silver", "iron"))
    wheel.attributes["colour"] = hub.name
    turn = 90 if lying else 0
    inner = draw.between(0.55, 0.7)

    def put(label: str, solid: Solid, skin: Material) -> None:
        wheel.add(label, solid.turned("z", turn), skin)

    put("tyre", tyre(r, wide, inner=inner, sides=sides), rubber())
    if draw.chance(0.5):
        block = box(wide * 0.98, r * 0.05, r * 0.13).moved(y=r * 0.97)
        put("tread", merged(*(block.turned("x", 360 * k / 20) for k in range(20))), rubber())
    put("rim", rim(r * inner, wide * 0.9, r * 0.06, sides=sides), hub)
    if style in ("car", "racing"):
        count = draw.pick(5, 6, 7, 10)
        put("spokes", spokes(r * inner * 0.98, r * 0.1, wide * 0.3, count).moved(x=wide * 0.25), hub)
        put("brake disc", disc(r * inner * 0.8, wide * 0.08).moved(x=-wide * 0.1), metal("iron"))
    else:
        put("plate", disc(r * inner * 0.98, wide * 0.25, sides=sides).moved(x=wide * 0.1), hub)
    nut = disc(r * 0.035, wide * 0.12, sides=6).moved(x=wide * 0.28, y=r * 0.2)
    put("wheel nuts", merged(*(nut.turned("x", 72 * k) for k in range(5))), metal("steel"))
    put("hub cap", disc(r * 0.12, wide * 0.7, sides=14).moved(x=wide * 0.06), lighter(hub, -0.2))
    return wheel


def cart(draw: Draw) -> Assembly:
    style = draw.pick("hand", "hay", "market", "wagon")
    skin = any_wood(draw)
    cart = Assembly({"style": style, "wood": skin.name})
    cart.proportions = draw.stretch(0.12, "x", "yz")
    w, long = draw.between(0.9, 1.15), draw.between(1.4, 1.9) * (1.35 if style == "wagon" else 1)
    r = draw.between(0.34, 0.46) if style == "wagon" else draw.between(0.42, 0.6)
    floor, high = r * 1.25, draw.between(0.3, 0.5)
    ends = (-long * 0.32, long * 0.32) if style == "wagon" else (0.0,)
    at = [(x * (w / 2 + 0.1), z) for x in (-1, 1) for z in ends]
    add_wooden_wheels(cart, r, skin, at, draw.pick(6, 8, 10))
    cart.add("axle", disc(0.045, w + 0.3, sides=10), metal("iron"), [(0, r, z) for z in ends])
    cart.add("floor", box(w, 0.06, long), lighter(skin, -0.1), [(0, floor, 0)])
    rows = draw.whole(2, 3)
    gap = high / rows
    sides = [(x * w / 2, floor + 0.06 + i * gap, 0.0) for i in range(rows) for x in (-1, 1)]
    cart.add("side plank", box(0.045, gap * 0.85, long), skin, sides)
    closed = 2 if draw.chance(0.6) else 1
    boards = [(0.0, floor + 0.06 + i * gap, z) for i in range(rows) for z in (long / 2, -long / 2)[:closed]]
    cart.add("end plank", box(w, gap * 0.85, 0.045), skin, boards)
    posts = [(x * (w / 2 + 0.03), floor, z * long * 0.46) for x in (-1, 1) for z in (-1, 0, 1)]
    cart.add("post", box(0.06, high + 0.12, 0.07), lighter(skin, -0.2), posts)
    reach = draw.between(0.8, 1.3)
    shaft = tube([(0, floor, 0), (0, floor + 0.02, long / 2), (0, floor * 0.75, long / 2 + reach)], 0.035)
    single = style == "wagon"
    cart.add("shaft", shaft, skin, [(0, 0, 0)] if single else [(-w * 0.36, 0, 0), (w * 0.36, 0, 0)])
    if style == "hand" or single:
        bar = disc(0.03, w * 0.85, sides=10)
        cart.add("handle", bar, skin, [(0, floor * 0.75, long / 2 + reach)])
    _load(draw, cart, style, w, long, floor + 0.06, high)
    return cart


def _load(draw: Draw, cart: Assembly, style: str, w: float, long: float, floor: float, high: float) -> None:
    """What lies on a cart: hay, sacks and crates, or an awning above."""
    if style == "hay":
        cart.attributes["filled_with"] = "hay"
        heap = cylinder(1.0, high * 1.7, top=0.55, sides=10).scaled(w * 0.48, 1, long * 0.48)
        cart.add("hay", heap, material("hay", "#d6b458", roughness=1), [(0, floor, 0)])
    elif style == "market":
        cloth, top = any_paint(draw, "black", "grey"), floor + high + draw.between(0.7, 0.9)
        pole = cylinder(0.025, top - floor, sides=8)
        cart.add(
            "pole",
            pole,
            wood("oak"),
            [(x * w * 0.45, floor, z * long * 0.45) for x in (-1, 1) for z in (-1, 1)],
        )
        for i in range(6):
            strip = box(w * 1.25 / 6, 0.05, long * 1.1)
            cart.add(
                "awning", strip, cloth if i % 2 else paint("white"), [((i - 2.5) * w * 1.25 / 6, top, 0)]
            )
        cart.attributes["colour"] = cloth.name
    elif style == "wagon" and draw.chance(0.6):
        cart.attributes["covered"] = True
        hoop = cylinder(1.0, long * 0.98, sides=20).turned("x", 90).moved(z=-long * 0.49)
        cover = hoop.scaled(w * 0.56, w * 0.75, 1).moved(0, floor + high * 0.8)
        cart.add("canvas", cover, material("canvas", "#e5dcc5", roughness=1))
    elif draw.chance(0.5):
        cart.attributes["loaded"] = True
        crate = box(w * 0.38, w * 0.38, w * 0.38)
        cart.add(
            "crate", crate, any_wood(draw), [(-w * 0.22, floor, long * 0.2), (w * 0.2, floor, -long * 0.15)]
        )


def wheelbarrow(draw: Draw) -> Assembly:
    skin = any_wood(draw)
    cart = Assembly({"wood": skin.name})
    cart.proportions = draw.stretch(0.12, "x", "yz")
    tray, r = any_paint(draw, "white") if draw.chance(0.7) else skin, draw.between(0.17, 0.22)
    cart.attributes["colour"] = tray.name
    add_wheels(cart, r, 0.09, metal("steel"), [(0, 0.62)])
    bowl = cylinder(0.42, 0.32, top=0.62, sides=4).turned("y", 45).scaled(0.8, 1, 1.05)
    cart.add("tray", bowl, tray, [(0, 0.36, 0.1)])
    heap = draw.pick(("earth", "#6b4c34"), ("sand", "#d8bd85"), ("leaves", "#6f9350"), ("gravel", "#8f8d8a"))
    cart.attributes["filled_with"] = heap[0]
    top = cylinder(0.57, 0.03, top=0.52, sides=4).turned("y", 45).scaled(0.8, draw.pick(1.0, 4.0, 7.0), 1.05)
    cart.add("load", top, material(*heap, roughness=1), [(0, 0.665, 0.1)])
    arm = tube([(0.05, r, 0.66), (0.16, 0.36, 0.2), (0.3, 0.55, -0.95)], 0.022, sides=8)
    cart.both("handle", arm, skin)
    leg = tube([(0.22, 0.4, -0.2), (0.25, 0.0, -0.35)], 0.022, sides=8)
    cart.both("leg", leg, metal("iron"))
    return cart


def minecart(draw: Draw) -> Assembly:
    iron = metal(draw.pick("iron", "steel", "copper"))
    cart = Assembly({"material": iron.name})
    cart.proportions = draw.stretch(0.12, "x", "yz")
    tub = cylinder(0.62, 0.75, top=0.85, sides=4).turned("y", 45).scaled(0.85, 1, 1.25)
    cart.add("tub", tub, iron, [(0, 0.32, 0)])
    band = cylinder(0.87, 0.07, sides=4).turned("y", 45).scaled(0.86, 1, 1.25)
    cart.add("band", band, lighter(iron, -0.35), [(0, 1.03, 0)])
    cart.add("frame", box(0.8, 0.1, 1.3), lighter(iron, -0.3), [(0, 0.24, 0)])
    places = [(x, 0.2, z) for x in (-0.42, 0.42) for z in (-0.42, 0.42)]
    cart.add("wheel", merged(disc(0.2, 0.08), disc(0.24, 0.02).moved(-0.05)), metal("iron"), places)
    ore = draw.pick(("coal", "#34343a"), ("gold", "#dcb350"), ("stone", "#8f8d8a"), ("crystal", "#6fb3d6"))
    cart.attributes["filled_with"] = ore[0]
    for _ in range(9):
        lump = (
            cylinder(1.0, 0.9, top=0.6, sides=6)
            .turned("x", draw.between(0, 360))
            .scaled(draw.between(0.13, 0.2))
        )
        place = (draw.between(-0.35, 0.35), 1.08, draw.between(-0.55, 0.55))
        cart.add(ore[0], lump, material(*ore, roughness=0.6), [place])
    return cart
