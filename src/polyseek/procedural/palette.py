"""What made models are made of: named colours, a little muted so that any of them go together."""

from __future__ import annotations

from polyseek.assets import Material
from polyseek.procedural.draw import Draw

COLOURS = {
    "red": "#c8473f", "orange": "#de8344", "yellow": "#e7c04f", "green": "#5d9a5a", "teal": "#3f9a93",
    "blue": "#4677b3", "navy": "#33486e", "purple": "#7f62a3", "pink": "#dd8ea3", "brown": "#85593b",
    "white": "#eeebe3", "cream": "#e6d9ba", "grey": "#8d9095", "black": "#36373c", "mint": "#9ccdb4",
}  # fmt: skip
WOODS = {
    "oak": "#b98a57", "pine": "#d8b27c", "walnut": "#74503a", "cherry": "#9c5b3c", "birch": "#e0c9a0",
    "ebony": "#4a3a33",
}  # fmt: skip
METALS = {
    "steel": "#a9aeb4", "iron": "#5b5e63", "brass": "#c8a356", "copper": "#bd7350", "gold": "#dcb350",
    "silver": "#c6c9cd",
}  # fmt: skip
STONES = {"granite": "#8f8d8a", "sandstone": "#cfb58c", "limestone": "#cdc8ba", "slate": "#666d75"}
LEAVES = {"green": "#5f9350", "dark green": "#3f7349", "light green": "#8fb65a", "olive": "#7f8b4a"}


def linear(colour: str) -> tuple[float, float, float]:
    """Linear light of "#rrggbb" (IEC 61966-2-1)."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def material(
    name: str,
    colour: str,
    *,
    metallic: float = 0.0,
    roughness: float = 0.7,
    opacity: float = 1.0,
    glow: float = 0.0,
) -> Material:
    """A plain Material of "#rrggbb"; `glow` is the share of its colour that it gives off as light."""
    red, green, blue = linear(colour)
    return Material(
        name=name,
        base_colour=(red, green, blue, opacity),
        emissive=(red * glow, green * glow, blue * glow),
        metallic=metallic,
        roughness=roughness,
        alpha_mode="opaque" if opacity == 1 else "blend",
    )


def paint(colour: str, *, roughness: float = 0.55) -> Material:
    """Paint, plastic or cloth of a colour named in COLOURS."""
    return material(colour, COLOURS[colour], roughness=roughness)


def wood(name: str) -> Material:
    return material(name, WOODS[name], roughness=0.75)


def metal(name: str) -> Material:
    return material(name, METALS[name], metallic=0.4, roughness=0.35)


def stone(name: str) -> Material:
    return material(name, STONES[name], roughness=0.95)


def leaf(name: str) -> Material:
    return material(name, LEAVES[name], roughness=0.85)


def glass(colour: str = "#bcd9e2", opacity: float = 0.45) -> Material:
    return material("glass", colour, roughness=0.1, opacity=opacity)


def rubber() -> Material:
    return material("rubber", "#2f3033", roughness=0.9)


def any_wood(draw: Draw) -> Material:
    return wood(draw.pick(*WOODS))


def any_metal(draw: Draw) -> Material:
    return metal(draw.pick(*METALS))


def any_paint(draw: Draw, *but: str) -> Material:
    """A paint of any colour except those named."""
    return paint(draw.pick(*(name for name in COLOURS if name not in but)))


def lighter(base: Material, share: float) -> Material:
    """The same material mixed with white by `share`; with black where `share` is negative."""
    target = 1.0 if share > 0 else 0.0
    red, green, blue, alpha = base.base_colour
    red, green, blue = (v + abs(share) * (target - v) for v in (red, green, blue))
    return Material(
        name=f"{'light' if share > 0 else 'dark'} {base.name}",
        base_colour=(red, green, blue, alpha),
        metallic=base.metallic,
        roughness=base.roughness,
        alpha_mode=base.alpha_mode,
    )
