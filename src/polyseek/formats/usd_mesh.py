"""A UsdGeom.Mesh -> triangles, divided by the materials that its subsets bind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64, Int64

from polyseek.errors import MalformedFile
from polyseek.formats.corners import Corners, Layer
from polyseek.formats.polygons import triangulate
from polyseek.formats.usd_library import pxr


@dataclass(frozen=True, eq=False)
class Piece:
    """Triangles as rows of corner numbers. `bound`: the prim whose material they show, the mesh or a subset."""

    corners: Corners
    triangles: Int64[np.ndarray, "t 3"]
    bound: Any


def mesh_pieces(prim: Any, warnings: list[str]) -> list[Piece]:
    """One Piece for each material subset and one for the faces in none. Raises MalformedFile."""
    geom = pxr("UsdGeom")
    mesh = geom.Mesh(prim)
    points = _array(mesh.GetPointsAttr(), np.float64, 3)
    counts = _array(mesh.GetFaceVertexCountsAttr(), np.int64)
    corners = _array(mesh.GetFaceVertexIndicesAttr(), np.int64)
    if len(points) == 0 or len(counts) == 0:
        return []
    if (counts < 0).any() or counts.sum() != len(corners):
        raise MalformedFile(
            f"{prim.GetPath()}: its faces need {counts.sum()} corners, but {len(corners)} are listed"
        )
    if len(corners) and (corners.min() < 0 or corners.max() >= len(points)):
        raise MalformedFile(f"{prim.GetPath()}: a face uses point {corners.max()} of {len(points)}")
    found = triangulate(points, corners, np.concatenate([[0], np.cumsum(counts)]))
    triangles, owner = found.places.astype(np.int64), found.owner
    if mesh.GetOrientationAttr().Get() == geom.Tokens.leftHanded:
        triangles = triangles[:, ::-1]
    holes = _array(mesh.GetHoleIndicesAttr(), np.int64)
    if len(holes):
        kept = ~np.isin(owner, holes)
        triangles, owner = triangles[kept], owner[kept]
        warnings.append(f"{len(holes)} faces marked as holes are left out")
    shown = _corners(mesh, points, corners, counts)
    pieces: list[Piece] = []
    free = np.ones(len(counts), bool)
    for subset in geom.Subset.GetGeomSubsets(geom.Imageable(prim), geom.Tokens.face, "materialBind"):
        faces = _array(subset.GetIndicesAttr(), np.int64)
        mine = np.zeros(len(counts), bool)
        mine[faces[(faces >= 0) & (faces < len(counts))]] = True
        pieces.append(Piece(shown, triangles[(mine & free)[owner]], subset.GetPrim()))
        free &= ~mine
    pieces.append(Piece(shown, triangles[free[owner]], prim))
    return [piece for piece in pieces if len(piece.triangles)]


def _array(attribute: Any, kind: type, width: int = 0) -> Any:
    value = attribute.Get() if attribute else None
    try:
        flat = np.zeros(0, kind) if value is None else np.array(value, kind)
    except (TypeError, ValueError) as error:
        raise MalformedFile(f"{attribute.GetPath()} holds no numbers") from error
    return flat.reshape(-1, width) if width else flat.ravel()


def _corners(
    mesh: Any,
    points: Float64[np.ndarray, "v 3"],
    corners: Int64[np.ndarray, " c"],
    counts: Int64[np.ndarray, " p"],
) -> Corners:
    geom = pxr("UsdGeom")
    api = geom.PrimvarsAPI(mesh.GetPrim())

    def layer(values: Any, interpolation: str, width: int) -> Layer | None:
        return _layer(values, interpolation, width, points, corners, counts)

    normals_of = api.GetPrimvar("normals")
    if normals_of and normals_of.HasValue():
        normals = layer(normals_of.ComputeFlattened(), str(normals_of.GetInterpolation()), 3)
    else:
        normals = layer(mesh.GetNormalsAttr().Get(), str(mesh.GetNormalsInterpolation()), 3)
    uv = None
    stated = list(api.GetPrimvarsWithValues())
    for primvar in [
        each for wanted in (True, False) for each in stated if (each.GetPrimvarName() == "st") is wanted
    ]:
        if uv is None and str(primvar.GetTypeName()) in (
            "texCoord2f[]",
            "float2[]",
            "texCoord2d[]",
            "texCoord2h[]",
        ):
            uv = layer(primvar.ComputeFlattened(), str(primvar.GetInterpolation()), 2)
    colour_of = api.GetPrimvar("displayColor")
    colours = None
    if colour_of and colour_of.HasAuthoredValue():
        colours = layer(colour_of.ComputeFlattened(), str(colour_of.GetInterpolation()), 3)
    return Corners(
        (points, corners),
        normals,
        None if uv is None else (np.stack([uv[0][:, 0], 1 - uv[0][:, 1]], 1), uv[1]),
        None if colours is None else (np.pad(colours[0], ((0, 0), (0, 1)), constant_values=1.0), colours[1]),
    )


def _layer(
    values: Any,
    interpolation: str,
    width: int,
    points: Float64[np.ndarray, "v 3"],
    corners: Int64[np.ndarray, " c"],
    counts: Int64[np.ndarray, " p"],
) -> Layer | None:
    """Row of every corner by the primvar's interpolation; None where there are too few values for it."""
    if values is None or len(values) == 0:
        return None
    rows = np.array(values, np.float64).reshape(-1, width)
    if interpolation == "constant":
        return rows, np.zeros(len(corners), np.int64)
    if interpolation == "faceVarying" and len(rows) >= len(corners):
        return rows, np.arange(len(corners))
    if interpolation == "uniform" and len(rows) >= len(counts):
        return rows, np.repeat(np.arange(len(counts)), counts)
    if interpolation in ("vertex", "varying") and len(rows) >= len(points):
        return rows, corners
    return None
