"""Computing: laptops and monitors, and what they show."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.curves import tube
from polyseek.procedural.draw import Draw
from polyseek.procedural.lofts import block, framed, stacked
from polyseek.procedural.palette import any_paint, lighter, material, metal, paint
from polyseek.procedural.polygons import rectangle, regular
from polyseek.procedural.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    merged,
    prism,
    sphere,
)


def computer_case(draw: Draw) -> Material:
    """Plastic or aluminium as computers are cased in."""
    return draw.pick(
        paint("black"),
        paint("black"),
        paint("grey"),
        metal("silver"),
        paint("white"),
        paint("cream"),
        any_paint(draw),
    )


def _picture(draw: Draw, width: float, height: float) -> list[tuple[str, Solid, Material]]:
    """A lit or a dark screen in z = 0, on y = 0: windows, lines of text, or nothing."""
    dark = draw.chance(0.4)
    tone = (
        draw.pick("#20262c", "#15181c", "#2b3138")
        if dark
        else draw.pick("#6fa8d6", "#8fd0c8", "#3d6ea8", "#c9e3ef")
    )
    layers = [
        (
            "screen",
            box(width, height, 0.004),
            material("screen", tone, roughness=0.15, glow=0.0 if dark else 0.3),
        )
    ]
    kind = draw.pick("none", "none", "window", "code")
    if kind == "window":
        page = merged(box(width * 0.55, height * 0.6, 0.003)).moved(-width * 0.1, height * 0.2, 0.003)
        bar = box(width * 0.55, height * 0.07, 0.003).moved(-width * 0.1, height * 0.76, 0.005)
        layers += [("window", page, paint("white")), ("title bar", bar, any_paint(draw))]
    elif kind == "code":
        lines: list[Solid] = []
        for i in range(7):
            long = width * draw.between(0.15, 0.6)
            lines.append(
                box(long, height * 0.045, 0.003).moved(
                    -width * 0.42 + long / 2, height * (0.84 - 0.11 * i), 0.003
                )
            )
        layers.append(("text", merged(*lines), paint("mint") if dark else paint("white")))
    return layers


def laptop(draw: Draw) -> Assembly:
    case = computer_case(draw)
    w, d, thick = draw.between(0.3, 0.38), draw.between(0.21, 0.26), draw.between(0.012, 0.024)
    style = "modern" if thick < 0.018 else "thick"
    opened = draw.between(95, 130) if draw.chance(0.88) else 0.0
    laptop = Assembly({"style": style, "colour": case.name, "lid": "open" if opened else "closed"})
    soft = draw.pick(0.0, 0.2, 0.45)
    laptop.add("base", block(w, thick, d, soft), case)
    dark = paint("black") if draw.chance(0.7) else lighter(case, -0.3)
    top = thick + 0.0005
    rows, columns = draw.pick((4, 12), (5, 14), (5, 13))
    key = w * 0.88 / columns
    deep = d * 0.5 / rows
    laptop.add(
        "key bed", box(w * 0.91, 0.002, d * 0.54), lighter(case, -0.15), [(0, thick - 0.001, -d * 0.14)]
    )
    keys = box(key * 0.82, 0.0035, deep * 0.8)
    for row in range(rows - 1):
        z = -d * 0.39 + deep * (row + 0.5)
        laptop.add("key", keys, dark, [((i - (columns - 1) / 2) * key, top, z) for i in range(columns)])
    z = -d * 0.39 + deep * (rows - 0.5)
    laptop.add("space bar", box(key * 5, 0.0035, deep * 0.8), dark, [(-key, top, z)])
    sides = [x * key for x in (-5.5, -4.4, 2.2, 3.3, 4.4, 5.5) if abs(x) < columns / 2]
    laptop.add("key", keys, dark, [(x, top, z) for x in sides])
    laptop.add(
        "touchpad",
        box(w * draw.between(0.26, 0.4), 0.0016, d * 0.26),
        lighter(case, 0.18),
        [(0, thick - 0.0005, d * 0.3)],
    )
    hinge = cylinder(thick * 0.4, w * 0.6, sides=10).turned("z", 90).moved(w * 0.3, thick * 0.8, -d / 2)
    laptop.add("hinge", hinge, dark)
    sheet, bezel = thick * 0.5, draw.between(0.008, 0.018)

    def lay(solid: Solid) -> Solid:
        """From standing upright with the screen towards +z to the lid's place."""
        lean = opened - 90 if opened else -90
        return solid.turned("x", -lean).moved(0, thick * (0.9 if opened else 1.55), -d / 2)

    if opened:
        laptop.add("lid", lay(block(w, d, sheet, min(soft, 0.3))), case)
        laptop.add("bezel", lay(box(w * 0.98, d * 0.97, 0.002).moved(0, d * 0.015, sheet / 2)), dark)
        for label, solid, stuff in _picture(draw, w - 2 * bezel, d - 2.4 * bezel):
            laptop.add(label, lay(solid.moved(0, bezel * 1.4, sheet / 2 + 0.001)), stuff)
        laptop.add("webcam", lay(sphere(0.003, sides=8).moved(0, d - bezel * 0.5, sheet / 2)), dark)
    else:
        laptop.add("lid", block(w, sheet, d, min(soft, 0.3)), case, [(0, thick + 0.004, 0)])
    if draw.chance(0.6):
        badge = prism(regular(12, w * 0.045), 0.002)
        if opened:
            badge = lay(badge.turned("x", -90).moved(0, d * 0.5, -sheet / 2))
        else:
            badge = badge.moved(0, thick + sheet + 0.003, 0)
        laptop.add("logo", badge, paint("white"))
    return laptop


def monitor(draw: Draw) -> Assembly:
    style = draw.pick("crt", "widescreen", "all-in-one", "flat", "widescreen", "flat")
    case = paint(draw.pick("cream", "grey", "white", "black")) if style == "crt" else computer_case(draw)
    model = Assembly({"style": style, "colour": case.name})
    if style == "crt":
        _add_tube_monitor(model, draw, case)
        return model
    w = draw.between(0.7, 0.85) if style == "widescreen" else draw.between(0.45, 0.6)
    h = w * (0.42 if style == "widescreen" else draw.pick(0.57, 0.62, 0.75))
    chin = 0.07 if style == "all-in-one" else draw.between(0.012, 0.03)
    edge, thick, low = draw.between(0.008, 0.022), draw.between(0.018, 0.04), draw.between(0.09, 0.16)
    lean = -draw.between(0, 6)

    def lay(solid: Solid) -> Solid:
        return solid.turned("x", lean).moved(0, low, 0)

    face = case if draw.chance(0.5) else paint("black")
    model.add("case", lay(block(w, h + chin, thick, draw.pick(0.0, 0.2))), case)
    model.add("bezel", lay(box(w * 0.995, h * 0.995, 0.004).moved(0, chin, thick / 2)), face)
    for label, solid, stuff in _picture(draw, w - 2 * edge, h - 2 * edge):
        model.add(label, lay(solid.moved(0, chin + edge, thick / 2 + 0.002)), stuff)
    model.add(
        "power light",
        lay(box(0.012, 0.004, 0.004).moved(w * 0.42, chin * 0.5, thick / 2)),
        paint(draw.pick("green", "blue")),
    )
    model.add(
        "back",
        lay(block(w * 0.5, h * 0.5, 0.05, 0.3).moved(0, h * 0.2, -thick / 2 - 0.02)),
        lighter(case, -0.2),
    )
    stand = metal("silver") if draw.chance(0.4) else case
    z = -thick / 2 - 0.03
    kind = draw.pick("column", "column", "legs", "arched")
    if kind == "legs":
        for x in (-1, 1):
            leg = tube(
                [(0, low + h * 0.3, z), (x * w * 0.25, 0.01, z - 0.06), (x * w * 0.3, 0.01, 0.1)],
                0.01,
                sides=8,
            )
            model.add("leg", leg, stand)
        model.add(
            "bridge", tube([(-w * 0.25, 0.01, z - 0.06), (w * 0.25, 0.01, z - 0.06)], 0.01, sides=8), stand
        )
        return model
    model.add("neck", block(w * draw.between(0.08, 0.2), low + h * 0.4, 0.025, 0.2), stand, [(0, 0.005, z)])
    wide = w * draw.between(0.35, 0.5)
    foot = rectangle(wide, 0.2, radius=min(draw.pick(0.005, 0.05, 0.095), 0.49 * wide))
    model.add("foot", prism(foot, 0.014), stand, [(0, 0, z * 0.4)])
    return model


def _add_tube_monitor(model: Assembly, draw: Draw, case: Material) -> None:
    """The deep kind with a picture tube."""
    w, h, d = draw.between(0.36, 0.44), draw.between(0.32, 0.38), draw.between(0.32, 0.4)
    low = 0.05
    model.add("case", block(w, h, d * 0.4, draw.pick(0.02, 0.1)), case, [(0, low, d * 0.3)])
    front, rear = rectangle(w * 0.94, h * 0.94, radius=0.03), rectangle(w * 0.6, h * 0.6, radius=0.03)
    hood = stacked([(front, 0.0), (rear, d * 0.6), (rear * 0.95, d * 0.66)]).turned("x", -90)
    model.add("tube hood", hood.moved(0, low + h / 2, d * 0.1), case)
    z = d * 0.5
    hole = rectangle(w * 0.78, h * 0.7, radius=0.02)
    rim = framed(rectangle(w * 0.9, h * 0.82, radius=0.02), hole, 0.02)
    model.add("bezel", rim.moved(0, low + h * 0.55, z), lighter(case, -0.15))
    glass = ellipsoid(w * 0.39, h * 0.35, 0.02, sides=20)
    tone = material("screen", draw.pick("#23352c", "#2f4a5a", "#202428", "#4f8fb5"), roughness=0.1)
    model.add("screen", box(w * 0.78, h * 0.7, 0.008).moved(0, -h * 0.35, 0), tone, [(0, low + h * 0.55, z)])
    model.add("screen bulge", glass, tone, [(0, low + h * 0.55, z)])
    model.add(
        "button",
        box(0.02, 0.012, 0.01),
        paint("grey"),
        [(x * w, low + h * 0.06, z) for x in (0.2, 0.28, 0.36)],
    )
    model.add("neck", cylinder(0.08, 0.04, top=0.06, sides=16), case, [(0, 0.02, 0.08)])
    model.add("foot", block(w * 0.6, 0.03, d * 0.6, 0.3), case, [(0, 0, 0.08)])
