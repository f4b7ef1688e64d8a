"""Universal Scene Description (.usd, .usda, .usdc, .usdz) through usd-core (extra `usd`).

Every layer that the composition would open is looked up before a stage is opened: one outside the
model's folder, or at an address, is refused. Skinned meshes stand as they are stored.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float64

from polyseek.assets import Asset, Mesh, Origin, Part
from polyseek.errors import EmptyModel, FileError, MalformedFile, OutsideReference
from polyseek.formats.limits import Limits
from polyseek.formats.source import FileSource, Source
from polyseek.formats.usd_library import pxr
from polyseek.formats.usd_materials import Palette
from polyseek.formats.usd_mesh import mesh_pieces

# The schema's fallback where a stage states no metersPerUnit (UsdGeom, "Encoding stage linear units").
FALLBACK_UNIT_METRES = 0.01
GPRIMS = (
    "Cube",
    "Sphere",
    "Cylinder",
    "Cone",
    "Capsule",
    "Plane",
    "NurbsPatch",
    "BasisCurves",
    "PointInstancer",
)


def read(source: Source, limits: Limits) -> Asset:
    """The stage at its default time. Raises MissingExtra, MalformedFile, EmptyModel, OutsideReference."""
    tf, usd = pxr("Tf"), pxr("Usd")
    try:
        with _on_disk(source, limits) as (path, root):
            _screen(str(path), root, limits)
            return _Stage(usd.Stage.Open(str(path)), source, limits, path).asset()
    except tf.ErrorException as error:
        raise MalformedFile(f"not a sound USD file ({_reason(error)})") from error


def _reason(error: Exception) -> str:
    """The last line of what usd-core says, which may quote bytes of the file that are no text."""
    try:
        lines = str(error).strip().splitlines()
    except UnicodeDecodeError:
        lines = ["it holds bytes that are no text"]
    return lines[-1].strip()[:200] if lines else "unknown error"


@contextmanager
def _on_disk(source: Source, limits: Limits) -> Generator[tuple[Path, Path]]:
    """(path of the file, folder that its references may not leave); usd-core opens paths only."""
    path = source.local_path()
    if path is not None:
        yield path.resolve(), source.root if isinstance(source, FileSource) else path.parent.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="polyseek-usd-") as folder:
        root = Path(folder).resolve()
        path = root / f"model{source.suffix}"
        path.write_bytes(source.read())
        _unpack_layers(path, source, root, limits)
        yield path, root


def _unpack_layers(path: Path, source: Source, root: Path, limits: Limits, depth: int = 0) -> None:
    """Write the layers that a layer names beside it, where they are in the archive or upload."""
    sdf = pxr("Sdf")
    if depth > 16:
        return
    layer = sdf.Layer.FindOrOpen(str(path))
    for reference in layer.GetCompositionAssetDependencies() if layer is not None else ():
        target = (path.parent / reference).resolve()
        if not target.is_relative_to(root) or target.exists():
            continue
        try:
            named = source.resolve(reference)
            limits.check("archive_member_mb", named.size() / 1e6, "MB in a layer")
        except FileError:
            continue  # said once, by _screen
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(named.read())
        _unpack_layers(target, named, root, limits, depth + 1)


def _screen(path: str, root: Path, limits: Limits) -> None:
    """Refuse a file that would open a layer outside `root`. Raises OutsideReference, MalformedFile."""
    ar, sdf = pxr("Ar"), pxr("Sdf")
    first = sdf.Layer.FindOrOpen(path)
    if first is None:
        raise MalformedFile("not a sound USD file", hint="export it again as .usdc or .usda")
    waiting, seen = [first], {first.identifier}
    while waiting:
        layer = waiting.pop()
        limits.check("nodes", len(seen), "layers")
        for reference in layer.GetCompositionAssetDependencies():
            if not reference:
                continue
            if "://" in reference:
                raise OutsideReference(f"the model names an address, {reference[:80]!r}; nothing is fetched")
            full = layer.ComputeAbsolutePath(reference)
            outer = ar.SplitPackageRelativePathOuter(full)[0] if ar.IsPackageRelativePath(full) else full
            if not Path(outer).resolve().is_relative_to(root):
                raise OutsideReference(f"the reference {reference[:80]!r} leaves the folder {root.name!r}")
            named = sdf.Layer.FindOrOpen(full)
            if named is not None and named.identifier not in seen:
                seen.add(named.identifier)
                waiting.append(named)


class _Stage:
    """One reading of one stage."""

    def __init__(self, stage: Any, source: Source, limits: Limits, path: Path) -> None:
        self.stage, self.source, self.limits = stage, source, limits
        self.warnings: list[str] = []
        self.palette = Palette(source, limits, self.warnings, path)
        self.meshes: list[Mesh] = []
        self.parts: list[Part] = []
        self.has_normals = self.has_colours = self.animated = self.skinned = False

    def asset(self) -> Asset:
        usd, geom = pxr("Usd"), pxr("UsdGeom")
        cache = geom.XformCache(usd.TimeCode.Default())
        left_out: set[str] = set()
        predicate = usd.TraverseInstanceProxies(usd.PrimDefaultPredicate)
        for number, prim in enumerate(self.stage.Traverse(predicate)):
            self.limits.check("nodes", number + 1, "prims")
            kind = str(prim.GetTypeName())
            self.animated |= any(
                attribute.GetNumTimeSamples() > 1 for attribute in prim.GetAuthoredAttributes()
            )
            if kind == "Mesh" and self._is_shown(prim):
                self._place(prim, np.array(cache.GetLocalToWorldTransform(prim), np.float64).T)
            elif kind in GPRIMS:
                left_out.add(kind)
        self.warnings.extend(f"{kind} prims are left out; only meshes are read" for kind in sorted(left_out))
        if not self.parts:
            raise EmptyModel("there is no visible mesh in it", hint="export the shapes as meshes")
        return self._finished()

    def _finished(self) -> Asset:
        geom = pxr("UsdGeom")
        info = self.stage.GetPseudoRoot()
        stated = info.GetMetadata("metersPerUnit") if info.HasAuthoredMetadata("metersPerUnit") else None
        materials, textures = self.palette.finished()
        origin = Origin(
            "usd",
            up=str(geom.GetStageUpAxis(self.stage)).lower(),
            unit_metres=float(stated) if stated else FALLBACK_UNIT_METRES,
            has_texture=self.palette.names_image,
            has_vertex_colour=self.has_colours,
            has_normals=self.has_normals,
            animated=self.animated,
            needs=("skin",) if self.skinned else (),
            warnings=tuple(dict.fromkeys(self.warnings)),
            side_files=tuple(self.source.opened),
        )
        return Asset("", tuple(self.meshes), tuple(self.parts), origin, materials, textures)

    def _is_shown(self, prim: Any) -> bool:
        geom = pxr("UsdGeom")
        shape = geom.Imageable(prim)
        if shape.ComputeVisibility() == geom.Tokens.invisible:
            self.warnings.append("hidden prims are left out")
            return False
        return shape.ComputePurpose() not in (geom.Tokens.guide, geom.Tokens.proxy)

    def _place(self, prim: Any, matrix: Float64[np.ndarray, "4 4"]) -> None:
        path = tuple(str(prim.GetPath()).strip("/").split("/"))
        self.skinned |= prim.HasRelationship("skel:skeleton") or bool(
            prim.GetAttribute("primvars:skel:jointIndices")
        )
        for piece in mesh_pieces(prim, self.warnings):
            self.has_normals |= piece.corners.normals is not None
            self.has_colours |= piece.corners.colours is not None
            material = self.palette.index_of(piece.bound)
            self.meshes.append(piece.corners.mesh(piece.triangles, material, path[-1]))
            self.parts.append(Part(len(self.meshes) - 1, matrix, path))
