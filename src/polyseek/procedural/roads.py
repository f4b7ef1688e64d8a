"""Roads, as pieces laid end to end along z."""

from __future__ import annotations

import numpy as np

from polyseek.assets import Material
from polyseek.procedural.assembly import Assembly
from polyseek.procedural.draw import Draw
from polyseek.procedural.palette import leaf, lighter, material, paint, stone
from polyseek.procedural.polygons import sector
from polyseek.procedural.solids import box, cone, cylinder, merged, prism, rounded_box, sphere

TARMAC = (("tarmac", "#4c4e52"), ("asphalt", "#5f6266"), ("dark tarmac", "#3c3e43"))


def road(draw: Draw) -> Assembly:
    style = draw.pick("straight", "crossing", "bend", "crossroads", "junction", "cobbled", "dirt", "highway")
    top = material(*draw.pick(*TARMAC), roughness=0.95)
    if style in ("cobbled", "dirt"):
        top = (
            stone(draw.pick("granite", "slate", "limestone"))
            if style == "cobbled"
            else material("dirt", "#a07c55", roughness=1)
        )
    kerb = material(
        *draw.pick(("concrete", "#b9b7b0"), ("light concrete", "#d2cfc6"), ("grass", "#86a75c")), roughness=1
    )
    line = paint("white") if draw.chance(0.6) else paint("yellow")
    road = Assembly({"style": style, "material": top.name})
    side, t = draw.between(4.5, 6.0), 0.12
    walk = side * draw.between(0.12, 0.2)
    lane = side / 2 - walk
    if style in ("bend", "crossroads", "junction"):
        return _turning(draw, road, (top, kerb, line), side, walk, t)
    long = side * draw.between(0.9, 1.9)
    road.add("surface", box(lane * 2, t, long), top)
    rise = draw.between(0.08, 0.16)
    if style == "dirt":
        road.add(
            "verge",
            box(walk, t + 0.04, long),
            leaf("light green"),
            [(x * (lane + walk / 2), 0, 0) for x in (-1, 1)],
        )
        road.add(
            "rut",
            box(lane * 0.24, 0.02, long),
            lighter(top, -0.2),
            [(x * lane * 0.5, t - 0.005, 0) for x in (-1, 1)],
        )
        for _ in range(8):
            road.add(
                "pebble",
                sphere(draw.between(0.05, 0.12), sides=6),
                stone("granite"),
                [(draw.between(-lane, lane), t, draw.between(-0.48, 0.48) * long)],
                crease_deg=0,
            )
        return road
    road.add("pavement", box(walk, t + rise, long), kerb, [(x * (lane + walk / 2), 0, 0) for x in (-1, 1)])
    if style == "cobbled":
        step = lane / 4
        spots = [
            (lane * (-1 + (i + 0.5 + 0.5 * (j % 2)) / 4), t, -long / 2 + step * (j + 0.5))
            for j in range(int(long / step))
            for i in range(8 - j % 2)
        ]
        road.add(
            "cobble", rounded_box(step * 0.86, 0.06, step * 0.86, 0.05, steps=1), lighter(top, 0.15), spots
        )
        return road
    dashes = draw.whole(3, 5)
    if style == "highway":
        road.add(
            "centre line", box(0.1, 0.02, long), paint("yellow"), [(x, t - 0.005, 0) for x in (-0.1, 0.1)]
        )
        road.add(
            "lane line",
            box(0.09, 0.02, long / dashes * 0.5),
            paint("white"),
            [
                (x * lane * 0.5, t - 0.005, (i + 0.5) / dashes * long - long / 2)
                for x in (-1, 1)
                for i in range(dashes)
            ],
        )
        road.add(
            "barrier",
            box(0.1, 0.22, long),
            paint("grey"),
            [(x * (lane + 0.15), t + rise + 0.25, 0) for x in (-1, 1)],
        )
        road.add(
            "barrier post",
            box(0.12, 0.4, 0.12),
            paint("grey"),
            [
                (x * (lane + 0.15), t + rise, (i + 0.5) / dashes * long - long / 2)
                for x in (-1, 1)
                for i in range(dashes)
            ],
        )
        return road
    if style == "crossing":
        bars = 6
        road.add(
            "zebra stripe",
            box(lane * 2 / bars * 0.5, 0.02, min(long * 0.35, 2.0)),
            paint("white"),
            [((i + 0.5) / bars * 2 * lane - lane, t - 0.005, 0) for i in range(bars)],
        )
        road.add(
            "stop line",
            box(lane * 0.95, 0.02, 0.14),
            paint("white"),
            [(x * lane * 0.5, t - 0.005, -x * (min(long * 0.35, 2.0) / 2 + 0.3)) for x in (-1, 1)],
        )
    else:
        road.add(
            "lane mark",
            box(0.14, 0.02, long / dashes * 0.5),
            line,
            [(0, t - 0.005, (i + 0.5) / dashes * long - long / 2) for i in range(dashes)],
        )
    if draw.chance(0.5):
        road.attributes["edge_lines"] = True
        road.add("edge line", box(0.08, 0.02, long), line, [(x * lane * 0.92, t - 0.005, 0) for x in (-1, 1)])
    if draw.chance(0.25):
        road.attributes["manhole"] = True
        road.add(
            "manhole cover",
            cylinder(0.3, 0.02, sides=16),
            lighter(top, -0.4),
            [(lane * 0.45, t - 0.005, long * 0.3)],
        )
    if draw.chance(0.2):
        road.attributes["traffic_cones"] = True
        road.add(
            "cone",
            cone(0.18, 0.5, sides=12),
            paint("orange"),
            [(lane * 0.3, t, long * s) for s in (-0.3, -0.1, 0.1)],
        )
    return road


def _turning(
    draw: Draw, road: Assembly, skins: tuple[Material, Material, Material], side: float, walk: float, t: float
) -> Assembly:
    """A square tile whose road bends, crosses or joins another."""
    (top, kerb, line), half = skins, side / 2
    style, lane = str(road.attributes["style"]), half - walk
    high = t + 0.1
    if style == "bend":
        corner = np.array((-half, -half))

        def band(inner: float, outer: float) -> np.ndarray:
            return np.concatenate([sector(outer, 0, 90, steps=12), sector(inner, 90, 0, steps=12)]) + corner

        road.add("surface", prism(band(walk, side - walk), t), top)
        road.add(
            "inner pavement",
            prism(np.concatenate([sector(walk, 0, 90, steps=6) + corner, [corner]]), high),
            kerb,
        )
        road.add(
            "outer pavement",
            prism(
                np.concatenate(
                    [
                        sector(side - walk, 0, 90, steps=12) + corner,
                        [(-half, half), (half, half), (half, -half)],
                    ]
                ),
                high,
            ),
            kerb,
        )
        for i in range(4):
            dash = np.concatenate(
                [
                    sector(half + 0.07, 22.5 * i + 4, 22.5 * i + 15, steps=3),
                    sector(half - 0.07, 22.5 * i + 15, 22.5 * i + 4, steps=3),
                ]
            )
            road.add("lane mark", prism(dash + corner, 0.02), line, [(0, t - 0.005, 0)])
        return road
    road.add("surface", box(side, t, side), top)
    corners = [(x, z) for x in (-1, 1) for z in (-1, 1)]
    if style == "junction":
        road.add("pavement", box(walk, high, side), kerb, [(-half + walk / 2, 0, 0)])
        corners = [(1, -1), (1, 1)]
    road.add(
        "corner",
        box(walk, high, walk),
        kerb,
        [(x * (half - walk / 2), 0, z * (half - walk / 2)) for x, z in corners],
    )
    stripes = 5
    arms = (0, 90, 180, 270) if style == "crossroads" else (0, 180, 90)
    zebra = draw.chance(0.5)
    road.attributes["zebra_crossings"] = zebra
    for turn in arms:
        if zebra:
            bars = [
                box(lane * 2 / stripes * 0.5, 0.02, walk * 0.7).moved(
                    (i + 0.5) / stripes * 2 * lane - lane, t - 0.005, half - walk / 2
                )
                for i in range(stripes)
            ]
            road.add("zebra stripe", merged(*bars).turned("y", turn), paint("white"))
        else:
            dash = box(0.12, 0.02, walk * 0.8).moved(0, t - 0.005, half - walk / 2)
            road.add("lane mark", dash.turned("y", turn), line)
            stop = box(lane * 0.9, 0.02, 0.12).moved(lane * 0.5, t - 0.005, half - walk * 1.1)
            road.add("stop line", stop.turned("y", turn), paint("white"))
    return road
