"""Compiled loops that give each pixel its colour: light, textures, layers, the shadow on the ground.

Lights hang on the camera, so that every view is well lit: the key high in front on the left, a weak
fill on the right, a rim from behind; sky and ground light follow the model's own up. Linear light, with a
soft shoulder towards white.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

from polyseek.kernels import inner_kernel, kernel
from polyseek.representations.paint import Paint
from polyseek.representations.raster import corner_weights, footprint_at
from polyseek.representations.raster_texture import sample

KEY = (-0.4130, 0.6883, 0.5966)
FILL = (0.8144, 0.1527, 0.5599)
RIM = (0.2521, 0.6050, -0.7563)
KEY_LIGHT, FILL_LIGHT, RIM_LIGHT = 0.78, 0.13, 0.14
SKY, GROUND = 0.50, 0.29
SHOULDER = 0.55
MOST_LAYERS = 4


class Air(NamedTuple):
    """What lies between and around things, in view space.

    `up`: the model's up. `open_sky`: share of light that reaches each place on the coarse grid of
    `depth` (0 where nothing is), which is `coarse` pixels wide a cell. `shadow`: darkness on the
    ground, square; empty for none. `ground`: a point of the ground plane, then the axes of the shadow's
    columns and rows (3 rows), its half width in metres in the last row's first place.
    """

    up: Float64[np.ndarray, " 3"]
    open_sky: Float32[np.ndarray, "ch cw"]
    depth: Float32[np.ndarray, "ch cw"]
    coarse: float
    shadow: Float32[np.ndarray, "s s"]
    ground: Float64[np.ndarray, "4 3"]


@inner_kernel
def rolled_off(light: float) -> float:
    """A light value with a soft shoulder: unchanged up to SHOULDER, never above 1."""
    if light <= SHOULDER:
        return light
    room = 1.0 - SHOULDER
    return 1.0 - room * room / (room + light - SHOULDER)


@inner_kernel
def sky_at(air: Air, column: float, row: float, depth: float) -> float:
    """Openness at a place of the coarse grid (cells), from the cells around that lie at a like depth."""
    height, width = air.open_sky.shape
    left, top = int(np.floor(column - 0.5)), int(np.floor(row - 0.5))
    total = weights = 0.0
    for k in range(4):
        i, j = top + k // 2, left + k % 2
        if i < 0 or j < 0 or i >= height or j >= width or air.depth[i, j] == 0.0:
            continue
        across, down = 1.0 - abs(column - 0.5 - j), 1.0 - abs(row - 0.5 - i)
        apart = abs(air.depth[i, j] - depth) / depth * 20.0
        weight = (across * down + 1e-4) / (0.05 + apart * apart)
        total += weight * air.open_sky[i, j]
        weights += weight
    return total / weights if weights > 0.0 else 1.0


@inner_kernel
def radiance(
    view: Float32[np.ndarray, "v 3"],
    normals: Float32[np.ndarray, "n 3"],
    paint: Paint,
    air: Air,
    lens: Float64[np.ndarray, " 6"],
    samples: int,
    face: int,
    column: float,
    row: float,
) -> tuple[float, float, float, float]:
    """Linear colour and opacity that a face sends to the eye at (column, row) of the sampled picture."""
    orthographic = lens[0] > 0.0
    x, y = (column - lens[2]) / lens[1], (lens[3] - row) / lens[1]
    a, b, c = paint.faces[face, 0], paint.faces[face, 1], paint.faces[face, 2]
    surface = paint.face_surface[face]
    w0, w1, w2 = corner_weights(view, a, b, c, orthographic, x, y)
    red, green, blue = (
        float(paint.surfaces[surface, 0]),
        float(paint.surfaces[surface, 1]),
        float(paint.surfaces[surface, 2]),
    )
    alpha = float(paint.surfaces[surface, 3])
    glow_red, glow_green, glow_blue = (
        float(paint.surfaces[surface, 4]),
        float(paint.surfaces[surface, 5]),
        float(paint.surfaces[surface, 6]),
    )
    if paint.surfaces[surface, 14] > 0:
        red *= w0 * paint.colours[a, 0] + w1 * paint.colours[b, 0] + w2 * paint.colours[c, 0]
        green *= w0 * paint.colours[a, 1] + w1 * paint.colours[b, 1] + w2 * paint.colours[c, 1]
        blue *= w0 * paint.colours[a, 2] + w1 * paint.colours[b, 2] + w2 * paint.colours[c, 2]
        alpha *= w0 * paint.colours[a, 3] + w1 * paint.colours[b, 3] + w2 * paint.colours[c, 3]
    base, glow = int(paint.surfaces[surface, 12]), int(paint.surfaces[surface, 13])
    if base >= 0 or glow >= 0:
        u = w0 * paint.uv[a, 0] + w1 * paint.uv[b, 0] + w2 * paint.uv[c, 0]
        v = w0 * paint.uv[a, 1] + w1 * paint.uv[b, 1] + w2 * paint.uv[c, 1]
        footprint = footprint_at(view, paint, face, orthographic, x, y, samples / lens[1])
        if base >= 0:
            r, g, b_, a_ = sample(
                paint.texels, paint.levels, paint.textures, base, paint.linear, u, v, footprint
            )
            red, green, blue, alpha = red * r, green * g, blue * b_, alpha * a_
        if glow >= 0:
            r, g, b_, a_ = sample(
                paint.texels, paint.levels, paint.textures, glow, paint.linear, u, v, footprint
            )
            glow_red, glow_green, glow_blue = glow_red * r, glow_green * g, glow_blue * b_
    if paint.surfaces[surface, 9] != 2:
        alpha = 1.0
    red, green, blue = min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0)
    alpha = min(max(alpha, 0.0), 1.0)
    if paint.surfaces[surface, 11] > 0:
        return (
            min(red + glow_red, 1.0),
            min(green + glow_green, 1.0),
            min(blue + glow_blue, 1.0),
            alpha,
        )
    # The triangle's own normal, on the side that is seen.
    e1x, e1y, e1z = view[b, 0] - view[a, 0], view[b, 1] - view[a, 1], view[b, 2] - view[a, 2]
    e2x, e2y, e2z = view[c, 0] - view[a, 0], view[c, 1] - view[a, 1], view[c, 2] - view[a, 2]
    gx = float(e1y) * e2z - float(e1z) * e2y
    gy = float(e1z) * e2x - float(e1x) * e2z
    gz = float(e1x) * e2y - float(e1y) * e2x
    px = w0 * view[a, 0] + w1 * view[b, 0] + w2 * view[c, 0]
    py = w0 * view[a, 1] + w1 * view[b, 1] + w2 * view[c, 1]
    pz = w0 * view[a, 2] + w1 * view[b, 2] + w2 * view[c, 2]
    ex, ey, ez = (0.0, 0.0, 1.0) if orthographic else (-px, -py, -pz)
    length = np.sqrt(ex * ex + ey * ey + ez * ez) + 1e-30
    ex, ey, ez = ex / length, ey / length, ez / length
    if gx * ex + gy * ey + gz * ez < 0.0:
        gx, gy, gz = -gx, -gy, -gz
    length = np.sqrt(gx * gx + gy * gy + gz * gz) + 1e-30
    gx, gy, gz = gx / length, gy / length, gz / length
    i, j, k = paint.face_normals[face, 0], paint.face_normals[face, 1], paint.face_normals[face, 2]
    nx = w0 * normals[i, 0] + w1 * normals[j, 0] + w2 * normals[k, 0]
    ny = w0 * normals[i, 1] + w1 * normals[j, 1] + w2 * normals[k, 1]
    nz = w0 * normals[i, 2] + w1 * normals[j, 2] + w2 * normals[k, 2]
    length = np.sqrt(nx * nx + ny * ny + nz * nz)
    if length > 0.01:
        nx, ny, nz = nx / length, ny / length, nz / length
        if nx * gx + ny * gy + nz * gz < 0.0:
            nx, ny, nz = -nx, -ny, -nz
    else:
        nx, ny, nz = gx, gy, gz
    sky = sky_at(air, column / air.coarse, row / air.coarse, -pz)
    lean = nx * air.up[0] + ny * air.up[1] + nz * air.up[2]
    ambient = (GROUND + (SKY - GROUND) * (0.5 + 0.5 * lean)) * sky
    key = nx * KEY[0] + ny * KEY[1] + nz * KEY[2]
    # Wrapped a little around the edge: no hard line between lit and unlit.
    key = max(0.0, (key + 0.15) / 1.15)
    fill = max(0.0, nx * FILL[0] + ny * FILL[1] + nz * FILL[2])
    rim = max(0.0, nx * RIM[0] + ny * RIM[1] + nz * RIM[2])
    direct = KEY_LIGHT * key + FILL_LIGHT * fill + RIM_LIGHT * rim
    light = ambient + direct * (0.4 + 0.6 * sky)
    metallic = min(max(float(paint.surfaces[surface, 7]), 0.0), 1.0)
    rough = min(max(float(paint.surfaces[surface, 8]), 0.05), 1.0)
    if rough >= 1.0 and metallic == 0.0:
        return (
            rolled_off(red * light + glow_red),
            rolled_off(green * light + glow_green),
            rolled_off(blue * light + glow_blue),
            alpha,
        )
    facing = max(nx * ex + ny * ey + nz * ez, 0.0)
    # A made-up room to mirror: bright above, dim below, brighter towards the key light.
    rx, ry, rz = 2 * facing * nx - ex, 2 * facing * ny - ey, 2 * facing * nz - ez
    above = min(max((rx * air.up[0] + ry * air.up[1] + rz * air.up[2] + 0.4) / 1.1, 0.0), 1.0)
    mirrored = 0.30 + 0.75 * above * above * (3.0 - 2.0 * above)
    glint = max(rx * KEY[0] + ry * KEY[1] + rz * KEY[2], 0.0)
    mirrored += 1.2 * (1.0 - rough) * glint ** (2.0 + 24.0 * (1.0 - rough))
    mirrored = (light * rough + mirrored * (1.0 - rough)) * (0.3 + 0.7 * sky)
    fresnel = (1.0 - rough) * (0.04 + 0.5 * (1.0 - facing) ** 5)
    diffuse = light * (1.0 - 0.6 * metallic)
    shine = 0.6 * metallic * mirrored
    coat = fresnel * mirrored * (1.0 - metallic)
    return (
        rolled_off(red * (diffuse + shine) + coat + glow_red),
        rolled_off(green * (diffuse + shine) + coat + glow_green),
        rolled_off(blue * (diffuse + shine) + coat + glow_blue),
        alpha,
    )


@inner_kernel
def shadow_at(air: Air, lens: Float64[np.ndarray, " 6"], column: float, row: float) -> float:
    """Darkness of the ground seen at (column, row), 0 to 1."""
    x, y = (column - lens[2]) / lens[1], (lens[3] - row) / lens[1]
    up, ground = air.up, air.ground
    height = up[0] * ground[0, 0] + up[1] * ground[0, 1] + up[2] * ground[0, 2]
    if lens[0] > 0.0:
        t = (height - up[0] * x - up[1] * y) / min(-up[2], -1e-9)
        px, py, pz = x, y, -t
    else:
        slope = up[0] * x + up[1] * y - up[2]
        if slope >= -1e-9 or height >= 0.0:
            return 0.0
        t = height / slope
        px, py, pz = t * x, t * y, -t
    px, py, pz = px - ground[0, 0], py - ground[0, 1], pz - ground[0, 2]
    size = len(air.shadow)
    across = (px * ground[1, 0] + py * ground[1, 1] + pz * ground[1, 2]) / ground[3, 0]
    down = (px * ground[2, 0] + py * ground[2, 1] + pz * ground[2, 2]) / ground[3, 0]
    # The shadow ends softly before the picture does.
    rim = min(column, row, 2.0 * lens[2] - column, 2.0 * lens[3] - row) / min(lens[2], lens[3])
    fade = min(max(rim, 0.0) * 6.0, 1.0)
    u, v = (across + 1.0) * 0.5 * size - 0.5, (down + 1.0) * 0.5 * size - 0.5
    if not (u >= 0.0 and v >= 0.0 and u < size - 1.0 and v < size - 1.0):
        return 0.0
    j, i = int(u), int(v)
    fu, fv = u - j, v - i
    upper = air.shadow[i, j] * (1 - fu) + air.shadow[i, j + 1] * fu
    lower = air.shadow[i + 1, j] * (1 - fu) + air.shadow[i + 1, j + 1] * fu
    return (upper * (1 - fv) + lower * fv) * fade


@kernel
def shade(
    view: Float32[np.ndarray, "v 3"],
    normals: Float32[np.ndarray, "n 3"],
    paint: Paint,
    air: Air,
    lens: Float64[np.ndarray, " 6"],
    samples: int,
    triangles: Int32[np.ndarray, "layers sh sw"],
    srgb: UInt8[np.ndarray, " k"],
    picture: UInt8[np.ndarray, "h w 4"],
) -> None:
    """Write sRGB with straight alpha. `triangles`: what each of samples x samples places a pixel sees,
    nearest layer first, -1 for nothing. A face is shaded once a pixel: in the middle where it covers all of
    it, else where it was first seen.
    """
    layers = len(triangles)
    height, width = picture.shape[:2]
    steps = len(srgb) - 1
    count = samples * samples
    faces = np.empty(count * layers, np.int64)
    known = np.empty((count * layers, 4))
    for row in range(height):
        for column in range(width):
            first = int(triangles[0, row * samples, column * samples])
            whole = True
            seen = 0
            for layer in range(layers):
                for i in range(samples):
                    for j in range(samples):
                        face = int(triangles[layer, row * samples + i, column * samples + j])
                        if face >= 0:
                            seen += 1
                        if face != first:
                            whole = False
            red = green = blue = alpha = 0.0
            if seen > 0:
                shaded = 0
                for i in range(samples):
                    for j in range(samples):
                        through = 1.0
                        for layer in range(layers):
                            face = int(triangles[layer, row * samples + i, column * samples + j])
                            if face < 0:
                                continue
                            at = 0
                            while at < shaded and faces[at] != face:
                                at += 1
                            if at == shaded:
                                y = (row + 0.5) * samples if whole else row * samples + i + 0.5
                                x = (column + 0.5) * samples if whole else column * samples + j + 0.5
                                known[at] = radiance(view, normals, paint, air, lens, samples, face, x, y)
                                faces[at] = face
                                shaded += 1
                            share = through * known[at, 3]
                            red += share * known[at, 0]
                            green += share * known[at, 1]
                            blue += share * known[at, 2]
                            alpha += share
                            through *= 1.0 - known[at, 3]
                red, green, blue, alpha = red / count, green / count, blue / count, alpha / count
            if len(air.shadow) > 0 and alpha < 0.999:
                alpha += (1.0 - alpha) * shadow_at(air, lens, (column + 0.5) * samples, (row + 0.5) * samples)
            if alpha > 0.0:
                picture[row, column, 0] = srgb[int(min(red / alpha, 1.0) * steps + 0.5)]
                picture[row, column, 1] = srgb[int(min(green / alpha, 1.0) * steps + 0.5)]
                picture[row, column, 2] = srgb[int(min(blue / alpha, 1.0) * steps + 0.5)]
                picture[row, column, 3] = np.uint8(min(alpha, 1.0) * 255.0 + 0.5)
            else:
                picture[row, column, :] = 0
