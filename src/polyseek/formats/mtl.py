"""Wavefront material libraries (.mtl): what polyseek shows of them.

Kd, Ke, d, Tr, Pm, Pr, map_Kd, map_Ke, map_d and norm of the de-facto standard (Alias Wavefront's
Advanced Visualizer manual, appendix B1; the physically based names by Exocortex). Colours are taken
as sRGB, as modelling programs show and store them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

# Options of texture statements and the most arguments that each takes.
OPTIONS = {
    "-blendu": 1, "-blendv": 1, "-bm": 1, "-boost": 1, "-cc": 1, "-clamp": 1, "-imfchan": 1,
    "-mm": 2, "-o": 3, "-s": 3, "-t": 3, "-texres": 1, "-type": 1, "-colorspace": 1,
}  # fmt: skip
NUMERIC = {"-o", "-s", "-t", "-mm"}


@dataclass(frozen=True)
class TextureUse:
    """An image that a material names. u' = u * scale + offset, in OBJ's convention (v upwards)."""

    file: str
    scale: tuple[float, float] = (1.0, 1.0)
    offset: tuple[float, float] = (0.0, 0.0)
    clamp: bool = False


@dataclass(frozen=True)
class MtlMaterial:
    """One `newmtl`. Colours as stored (sRGB), 0 to 1. `dissolve`: opacity."""

    name: str
    diffuse: tuple[float, float, float] = (1.0, 1.0, 1.0)
    emissive: tuple[float, float, float] = (0.0, 0.0, 0.0)
    dissolve: float | None = None
    metallic: float = 0.0
    roughness: float = 1.0
    diffuse_map: TextureUse | None = None
    emissive_map: TextureUse | None = None
    alpha_map: TextureUse | None = None


def parse_mtl(text: str) -> dict[str, MtlMaterial]:
    """Materials by name; the first definition of a name counts. Lines that make no sense are passed over."""
    materials: dict[str, MtlMaterial] = {}
    current: MtlMaterial | None = None
    for line in text.replace("\\\n", " ").splitlines():
        keyword, _, rest = line.strip().partition(" ") if "\t" not in line else _tabbed(line)
        rest = rest.strip()
        if keyword == "newmtl":
            if current is not None:
                materials.setdefault(current.name, current)
            current = MtlMaterial(rest)
        elif current is not None and rest:
            current = _with(current, keyword.lower(), rest)
    if current is not None:
        materials.setdefault(current.name, current)
    return materials


def _tabbed(line: str) -> tuple[str, str, str]:
    return line.replace("\t", " ").strip().partition(" ")


def _with(material: MtlMaterial, keyword: str, rest: str) -> MtlMaterial:
    if keyword in ("kd", "ke"):
        colour = _colour(rest)
        if colour is None:
            return material
        return replace(material, diffuse=colour) if keyword == "kd" else replace(material, emissive=colour)
    if keyword == "map_kd":
        return replace(material, diffuse_map=parse_texture(rest))
    if keyword == "map_ke":
        return replace(material, emissive_map=parse_texture(rest))
    if keyword == "map_d":
        return replace(material, alpha_map=parse_texture(rest))
    value = _number(rest.split()[-1])  # `d -halo 0.5`
    if value is None:
        return material
    if keyword == "d":
        return replace(material, dissolve=value)
    if keyword == "tr" and material.dissolve is None:
        return replace(material, dissolve=1.0 - value)
    if keyword == "pm":
        return replace(material, metallic=_unit(value))
    if keyword == "pr":
        return replace(material, roughness=_unit(value))
    return material


def parse_texture(text: str) -> TextureUse | None:
    """`-o 1 0 -clamp on some file.png`: options in front, then a file name that may hold spaces."""
    words = text.split(" ")
    scale, offset, clamp = (1.0, 1.0), (0.0, 0.0), False
    at = 0
    while at < len(words):
        option = words[at].lower()
        if option and option not in OPTIONS:
            break
        at += 1
        if not option:
            continue
        arguments: list[str] = []
        while at < len(words) and len(arguments) < OPTIONS[option]:
            if option in NUMERIC and words[at] and _number(words[at]) is None:
                break
            if words[at]:
                arguments.append(words[at])
            at += 1
        numbers = [value for word in arguments if (value := _number(word)) is not None]
        if option == "-clamp":
            clamp = bool(arguments) and arguments[0].lower() == "on"
        elif option == "-s" and numbers:
            scale = (numbers[0], numbers[1] if len(numbers) > 1 else 1.0)
        elif option == "-o" and numbers:
            offset = (numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
    file = " ".join(words[at:]).strip().strip('"')
    return TextureUse(file, scale, offset, clamp) if file else None


def _colour(text: str) -> tuple[float, float, float] | None:
    values = [_number(word) for word in text.split()[:3]]
    known = [_unit(value) for value in values if value is not None]
    if len(known) == 3:
        return known[0], known[1], known[2]
    return (known[0], known[0], known[0]) if len(known) == 1 == len(values) else None


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if np.isfinite(value) else None
