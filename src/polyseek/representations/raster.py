"""Compiled loops that find which triangle each pixel sees: a z-buffer over spans of rows.

View space: the eye at the origin, +x right, +y up, -z ahead. A lens is (kind, focal, middle x, middle
y, near, far) with kind 0 for perspective, 1 for orthographic; `focal` is pixels per unit of slope
(perspective) or per metre (orthographic). Nearness grows towards the eye: near / depth in perspective,
which is linear on the screen, else 1 - (depth - near) / (far - near).
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float32, Float64, Int32

from polyseek.kernels import inner_kernel, kernel
from polyseek.representations.paint import Paint
from polyseek.representations.raster_texture import sample

# A back face of a one-sided surface is seen only where no front face is, however far.
BEHIND_ALL = np.float32(4.0)
# Of blended surfaces, what is denser than this hides what lies behind, what is thinner is not there.
DENSE, THIN = 0.95, 0.02


@inner_kernel
def plane_weights(
    view: Float32[np.ndarray, "v 3"],
    a: int,
    b: int,
    c: int,
    orthographic: bool,
    x: float,
    y: float,
) -> tuple[float, float, float]:
    """Barycentric weights of the point of the plane of triangle abc on the ray of slope (x, y); all 0 where it is edge-on.

    Signed volumes of eye, ray and side: w0 ~ d . (b x c) with d = (x, y, -1).
    """
    ax, ay, az = float(view[a, 0]), float(view[a, 1]), float(view[a, 2])
    bx, by, bz = float(view[b, 0]), float(view[b, 1]), float(view[b, 2])
    cx, cy, cz = float(view[c, 0]), float(view[c, 1]), float(view[c, 2])
    if orthographic:
        w0 = (bx - x) * (cy - y) - (cx - x) * (by - y)
        w1 = (cx - x) * (ay - y) - (ax - x) * (cy - y)
        w2 = (ax - x) * (by - y) - (bx - x) * (ay - y)
    else:
        w0 = x * (by * cz - bz * cy) + y * (bz * cx - bx * cz) - (bx * cy - by * cx)
        w1 = x * (cy * az - cz * ay) + y * (cz * ax - cx * az) - (cx * ay - cy * ax)
        w2 = x * (ay * bz - az * by) + y * (az * bx - ax * bz) - (ax * by - ay * bx)
    total = w0 + w1 + w2
    if total == 0.0:
        return 0.0, 0.0, 0.0
    return w0 / total, w1 / total, w2 / total


@inner_kernel
def corner_weights(
    view: Float32[np.ndarray, "v 3"],
    a: int,
    b: int,
    c: int,
    orthographic: bool,
    x: float,
    y: float,
) -> tuple[float, float, float]:
    """`plane_weights`, brought into the triangle: a pixel's middle can lie just outside of what it sees."""
    w0, w1, w2 = plane_weights(view, a, b, c, orthographic, x, y)
    w0, w1, w2 = max(w0, 0.0), max(w1, 0.0), max(w2, 0.0)
    total = w0 + w1 + w2
    if total > 0.0:
        return w0 / total, w1 / total, w2 / total
    return 1.0, 0.0, 0.0


@inner_kernel
def footprint_at(
    view: Float32[np.ndarray, "v 3"],
    paint: Paint,
    face: int,
    orthographic: bool,
    x: float,
    y: float,
    step: float,
) -> float:
    """How far texture coordinates move over a pixel `step` wide (in slope), the mean of both directions.

    The mean, not the larger: a surface seen at a slant would blur along its long side.
    """
    a, b, c = paint.faces[face, 0], paint.faces[face, 1], paint.faces[face, 2]
    uv = paint.uv
    p0, p1, p2 = plane_weights(view, a, b, c, orthographic, x, y)
    footprint = 0.0
    for k in range(2):
        dx, dy = (step, 0.0) if k == 0 else (0.0, step)
        n0, n1, n2 = plane_weights(view, a, b, c, orthographic, x + dx, y + dy)
        n0, n1, n2 = n0 - p0, n1 - p1, n2 - p2
        du = n0 * uv[a, 0] + n1 * uv[b, 0] + n2 * uv[c, 0]
        dv = n0 * uv[a, 1] + n1 * uv[b, 1] + n2 * uv[c, 1]
        footprint += 0.5 * np.sqrt(du * du + dv * dv)
    return footprint


@inner_kernel
def alpha_at(
    view: Float32[np.ndarray, "v 3"],
    paint: Paint,
    face: int,
    orthographic: bool,
    focal: float,
    x: float,
    y: float,
) -> float:
    """Opacity of a face on the ray of slope (x, y)."""
    surface = paint.face_surface[face]
    a, b, c = paint.faces[face, 0], paint.faces[face, 1], paint.faces[face, 2]
    w0, w1, w2 = corner_weights(view, a, b, c, orthographic, x, y)
    alpha = float(paint.surfaces[surface, 3])
    if paint.surfaces[surface, 14] > 0:
        alpha *= w0 * paint.colours[a, 3] + w1 * paint.colours[b, 3] + w2 * paint.colours[c, 3]
    texture = int(paint.surfaces[surface, 12])
    if texture >= 0:
        u = w0 * paint.uv[a, 0] + w1 * paint.uv[b, 0] + w2 * paint.uv[c, 0]
        v = w0 * paint.uv[a, 1] + w1 * paint.uv[b, 1] + w2 * paint.uv[c, 1]
        footprint = footprint_at(view, paint, face, orthographic, x, y, 1.0 / focal)
        _, _, _, found = sample(
            paint.texels, paint.levels, paint.textures, texture, paint.linear, u, v, footprint
        )
        alpha *= found
    return alpha


@inner_kernel
def fill(
    corner: Float64[np.ndarray, "3 3"],
    face: int,
    shift: float,
    test: int,
    view: Float32[np.ndarray, "v 3"],
    paint: Paint,
    lens: Float64[np.ndarray, " 6"],
    limit: Float32[np.ndarray, "h w"],
    nearness: Float32[np.ndarray, "h w"],
    triangle: Int32[np.ndarray, "h w"],
) -> None:
    """Draw one triangle; `corner` rows are (x, y in pixels, nearness).

    Rows are cut at pixel centres by half-open spans, and a side is followed from its upper end whatever
    triangle it belongs to: neighbours leave no gap and share no pixel. `test`: 0 every pixel, 1 where
    alpha reaches the cutoff, 2 where a blended surface is dense, 3 where it is not, and behind `limit`.
    """
    height, width = nearness.shape
    i, j, k = 0, 1, 2
    if corner[j, 1] < corner[i, 1]:
        i, j = j, i
    if corner[k, 1] < corner[j, 1]:
        j, k = k, j
        if corner[j, 1] < corner[i, 1]:
            i, j = j, i
    x0, y0, q0 = corner[i, 0], corner[i, 1], corner[i, 2]
    x1, y1, q1 = corner[j, 0], corner[j, 1], corner[j, 2]
    x2, y2, q2 = corner[k, 0], corner[k, 1], corner[k, 2]
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    if area == 0.0:
        return
    along_x = ((q1 - q0) * (y2 - y0) - (q2 - q0) * (y1 - y0)) / area
    along_y = ((q2 - q0) * (x1 - x0) - (q1 - q0) * (x2 - x0)) / area
    least, most = min(q0, q1, q2), max(q0, q1, q2)
    first = max(int(np.ceil(max(y0, -1.0) - 0.5)), 0)
    last = min(int(np.ceil(min(y2, height + 1.0) - 0.5)), height)
    long_slope = (x2 - x0) / (y2 - y0)
    upper_slope = (x1 - x0) / (y1 - y0) if y1 > y0 else 0.0
    lower_slope = (x2 - x1) / (y2 - y1) if y2 > y1 else 0.0
    orthographic = lens[0] > 0.0
    surface = paint.face_surface[face]
    for row in range(first, last):
        y = row + 0.5
        long_x = x0 + (y - y0) * long_slope
        short_x = x0 + (y - y0) * upper_slope if y < y1 else x1 + (y - y1) * lower_slope
        begin, end = min(long_x, short_x), max(long_x, short_x)
        start = max(int(np.ceil(max(begin, -1.0) - 0.5)), 0)
        stop = min(int(np.ceil(min(end, width + 1.0) - 0.5)), width)
        at_row = q0 + along_y * (y - y0) + along_x * (0.5 - x0)
        for column in range(start, stop):
            # Slivers have steep planes: what they touch lies between their corners all the same.
            q = np.float32(min(max(at_row + along_x * column, least), most) - shift)
            if q <= nearness[row, column]:
                continue
            if test > 0:
                if test == 3 and q >= limit[row, column]:
                    continue
                slope_x, slope_y = (column + 0.5 - lens[2]) / lens[1], (lens[3] - y) / lens[1]
                alpha = alpha_at(view, paint, face, orthographic, lens[1], slope_x, slope_y)
                if test == 1 and alpha < paint.surfaces[surface, 10]:
                    continue
                if test == 2 and alpha < DENSE:
                    continue
                if test == 3 and (alpha >= DENSE or alpha < THIN):
                    continue
            nearness[row, column] = q
            triangle[row, column] = face


@kernel
def rasterise(
    view: Float32[np.ndarray, "v 3"],
    paint: Paint,
    lens: Float64[np.ndarray, " 6"],
    peel: bool,
    limit: Float32[np.ndarray, "h w"],
    nearness: Float32[np.ndarray, "h w"],
    triangle: Int32[np.ndarray, "h w"],
) -> None:
    """Draw every face into `nearness` and `triangle`, where it is nearer than what stands there.

    Without `peel`: opaque faces, masked ones where they are not cut away, blended ones where dense.
    With it: only blended faces where they let light through, farther than `limit`. In perspective,
    triangles are cut at the near plane.
    """
    corner = np.empty((3, 3))
    polygon = np.empty((4, 3))
    orthographic = lens[0] > 0.0
    focal, near, far = lens[1], lens[4], lens[5]
    for face in range(len(paint.faces)):
        surface = paint.face_surface[face]
        mode = int(paint.surfaces[surface, 9])
        if peel and mode != 2:
            continue
        test = 3 if peel else mode
        ahead = 0
        for k in range(3):
            at = paint.faces[face, k]
            depth = -float(view[at, 2])
            if orthographic:
                corner[k, 0] = lens[2] + focal * view[at, 0]
                corner[k, 1] = lens[3] - focal * view[at, 1]
                corner[k, 2] = 1.0 - (depth - near) / (far - near)
                ahead += 1
            elif depth >= near:
                corner[k, 0] = lens[2] + focal * view[at, 0] / depth
                corner[k, 1] = lens[3] - focal * view[at, 1] / depth
                corner[k, 2] = near / depth
                ahead += 1
        if ahead == 0:
            continue
        count = 3
        if ahead < 3:
            count = 0
            for k in range(3):
                p, q = paint.faces[face, k], paint.faces[face, (k + 1) % 3]
                here, there = -float(view[p, 2]), -float(view[q, 2])
                if here >= near:
                    polygon[count, 0] = lens[2] + focal * view[p, 0] / here
                    polygon[count, 1] = lens[3] - focal * view[p, 1] / here
                    polygon[count, 2] = near / here
                    count += 1
                if (here >= near) != (there >= near):
                    share = (near - here) / (there - here)
                    polygon[count, 0] = (
                        lens[2] + focal * (view[p, 0] + share * (view[q, 0] - view[p, 0])) / near
                    )
                    polygon[count, 1] = (
                        lens[3] - focal * (view[p, 1] + share * (view[q, 1] - view[p, 1])) / near
                    )
                    polygon[count, 2] = 1.0
                    count += 1
            corner[:] = polygon[:3]
        shift = 0.0
        if paint.surfaces[surface, 15] > 0:
            # Rows grow downwards: a counter-clockwise triangle has a negative area on the screen.
            turn = (corner[1, 0] - corner[0, 0]) * (corner[2, 1] - corner[0, 1]) - (
                corner[2, 0] - corner[0, 0]
            ) * (corner[1, 1] - corner[0, 1])
            if turn > 0.0:
                shift = float(BEHIND_ALL)
        fill(corner, face, shift, test, view, paint, lens, limit, nearness, triangle)
        if count == 4:
            corner[1] = polygon[2]
            corner[2] = polygon[3]
            fill(corner, face, shift, test, view, paint, lens, limit, nearness, triangle)
