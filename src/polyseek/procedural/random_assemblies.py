"""Random assemblies of primitives: things without a name, from which an encoder learns what shapes are.

Primitives of random sizes are bent out of shape, turned, and set on each other's surfaces, some mirrored
or repeated about the Y axis, as the parts of real things are. The idea that such programs teach nearly
as much as real models is of Xie et al. 2024 (Learning 3D representations from procedural 3D programs,
section 3.1); the programs are our own.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly, Made
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import any_metal, any_paint, any_wood
from polyseek.procedural.solids import (
    Solid,
    box,
    cone,
    cylinder,
    dome,
    ellipsoid,
    lathe,
    prism,
    rounded_box,
    sphere,
    torus,
)

MOST = 9
# Apart from the seeds of categories, which end in a digest of the category's name.
_STREAM = 0xA55E


def random_assembly(seed: int) -> Made:
    """One thing of 2 to MOST primitives, about a metre in size; the same seed gives the same arrays."""
    draw = Draw((seed, _STREAM))
    assembly = Assembly()
    assembly.proportions = draw.stretch(0.4, "x", "y", "z")
    surfaces = [_surface(draw) for _ in range(draw.whole(1, 4))]
    solids: list[Solid] = []
    for number in range(draw.whole(2, MOST)):
        solid = _turned(draw, _bent(draw, _primitive(draw)))
        if solids:
            solid = _set_on(draw, solid, draw.pick(*solids))
        solids.append(solid)
        _add(draw, assembly, f"part {number + 1}", solid, draw.pick(*surfaces))
    return assembly.made("assembly")


def _add(draw: Draw, assembly: Assembly, label: str, solid: Solid, surface: Material) -> None:
    """Once, with its mirror image, or several times about the Y axis; what is off the axis mostly more than once."""
    off = bool(np.abs(solid.vertices[:, [0, 2]].mean(0)).max() > 0.15)
    if off and draw.chance(0.35):
        assembly.both(label, solid, surface)
    elif off and draw.chance(0.35):
        assembly.spin(label, solid, surface, draw.whole(3, 8))
    else:
        assembly.add(label, solid, surface)


def _surface(draw: Draw) -> Material:
    return draw.pick(any_paint, any_paint, any_wood, any_metal)(draw)


def _primitive(draw: Draw) -> Solid:
    """A primitive of 0.1 to 1 m, standing on y = 0."""
    a, b, c = (draw.between(0.1, 1.0) for _ in range(3))
    kind = draw.whole(0, 9)
    if kind == 0:
        return box(a, b, c)
    if kind == 1:
        return rounded_box(a, b, c, min(a, b, c) * draw.between(0.1, 0.45))
    if kind == 2:
        return cylinder(a / 2, b, top=a / 2 * draw.between(0.3, 1.0))
    if kind == 3:
        return cone(a / 2, b)
    if kind == 4:
        return sphere(a / 2)
    if kind == 5:
        return ellipsoid(a / 2, b / 2, c / 2)
    if kind == 6:
        return dome(a / 2, b / 2)
    if kind == 7:
        return torus(a / 2, a / 2 * draw.between(0.15, 0.45))
    if kind == 8:
        return prism(_polygon(draw, a / 2), b)
    return _turned_on_a_lathe(draw, a / 2, b)


def _polygon(draw: Draw, radius: float) -> Float64[np.ndarray, "n 2"]:
    """A regular polygon or a star."""
    corners = draw.whole(3, 8)
    inner = draw.between(0.4, 0.8) if draw.chance(0.4) else 1.0
    count = corners if inner == 1.0 else 2 * corners
    reach = radius * np.where(np.arange(count) % 2 == 1, inner, 1.0)
    angles = 2 * np.pi * np.arange(count) / count
    return np.stack([reach * np.cos(angles), reach * np.sin(angles)], 1)


def _turned_on_a_lathe(draw: Draw, radius: float, height: float) -> Solid:
    """A profile of random radii, closed at both ends."""
    rings = draw.whole(3, 6)
    profile = [(radius * draw.between(0.25, 1.0), height * step / (rings - 1)) for step in range(rings)]
    return lathe([(0.0, 0.0), *profile, (0.0, height)])


def _bent(draw: Draw, solid: Solid) -> Solid:
    """Tapered towards the top, sheared, or twisted about the Y axis; half of them stay as they are."""
    kind = draw.whole(0, 5)
    if kind > 2:
        return solid
    vertices = solid.vertices.copy()
    low, high = vertices[:, 1].min(), vertices[:, 1].max()
    share = (vertices[:, 1] - low) / max(high - low, 1e-9)
    if kind == 0:
        vertices[:, [0, 2]] *= (1 + share * (draw.between(0.3, 1.6) - 1))[:, None]
    elif kind == 1:
        vertices[:, 0] += share * draw.between(-0.4, 0.4)
    else:
        angles = share * np.radians(draw.between(-60, 60))
        x, z = vertices[:, 0].copy(), vertices[:, 2].copy()
        vertices[:, 0] = x * np.cos(angles) + z * np.sin(angles)
        vertices[:, 2] = z * np.cos(angles) - x * np.sin(angles)
    return Solid(vertices, solid.faces)


def _turned(draw: Draw, solid: Solid) -> Solid:
    """Mostly by right angles, now and then by any angle."""
    axis = draw.pick("x", "y", "z")
    degrees = 90.0 * draw.whole(0, 3) if draw.chance(0.7) else draw.between(0, 360)
    return solid.turned(axis, degrees)


def _set_on(draw: Draw, solid: Solid, other: Solid) -> Solid:
    """Moved so that its middle lies near a corner of the other's surface, or, often, straight above or below its middle."""
    middle = (solid.vertices.min(0) + solid.vertices.max(0)) / 2
    if draw.chance(0.35):
        low, high = other.vertices.min(0), other.vertices.max(0)
        half = float(np.ptp(solid.vertices[:, 1])) / 2
        height = high[1] + 0.8 * half if draw.chance(0.7) else low[1] - 0.8 * half
        place = np.array([(low[0] + high[0]) / 2, height, (low[2] + high[2]) / 2])
    else:
        place = other.vertices[draw.whole(0, len(other.vertices) - 1)]
    return solid.moved(*(place - middle).tolist())
