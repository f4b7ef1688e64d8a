"""What a reading of one file finds, without a library: `polyseek inspect`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from polyseek.assets import Asset, bounds, in_one_frame
from polyseek.errors import FileError, MissingExtra, PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource, Source

if TYPE_CHECKING:
    from polyseek.formats.limits import Limits

Loads = Literal["yes", "no", "points"]


@dataclass(frozen=True)
class Inspection:
    """The facts of one file; what a file that does not load cannot tell is zero, empty or None.

    `size`: sides of the bounding box after node transforms, in the file's own axes and units.
    `unit_metres` and `up`: as the file states them, None and "unknown" where it does not.
    `up_guess`: the axis that is taken as up (the file's, a guess, or the person's); `size_metres`:
    +Y up, in metres. `parts`: placements of geometry; the materials of one object do not divide it.
    """

    path: str
    loads: Loads
    error: str | None = None
    triangles: int = 0
    parts: int = 0
    size: tuple[float, float, float] = (0.0, 0.0, 0.0)
    unit_metres: float | None = None
    up: str = "unknown"
    up_guess: str = "unknown"
    size_metres: tuple[float, float, float] = (0.0, 0.0, 0.0)
    has_texture: bool = False
    has_vertex_colour: bool = False
    has_normals: bool = False
    animated: bool = False
    needs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def of_failure(cls, path: str, error: PolyseekError) -> Inspection:
        """What there is to say of a file that could not be read."""
        reason = ": ".join(part for part in (error.message, error.hint) if part)
        return cls(path, "no", reason)

    def as_json(self) -> dict[str, Any]:
        """One line of `inspect --json`."""
        plain = asdict(self)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}


def inspect(
    path: str | Path | Source, limits: Limits | None = None, up: str = "auto", unit: str | None = None
) -> Inspection:
    """Read one file in this process and say what was found; a file that does not load is an answer too.

    `up`, `unit`: as in polyseek.assets.in_one_frame. Raises UsageError for values that it does not know.
    """
    source = FileSource(Path(path)) if isinstance(path, str | Path) else path
    try:
        asset = read_asset(source, limits)
    except (FileError, MissingExtra) as error:
        return Inspection.of_failure(source.name, error)
    return inspection_of(asset, source.name, up=up, unit=unit)


def inspection_of(asset: Asset, path: str, *, up: str = "auto", unit: str | None = None) -> Inspection:
    """The facts of an Asset that is still in its file's own axes and units."""
    framed = in_one_frame(asset, up=up, unit=unit)
    origin = asset.origin
    return Inspection(
        path=path,
        loads="points" if asset.is_points else "yes",
        triangles=asset.triangles,
        parts=count_parts(asset),
        size=_sides(asset),
        unit_metres=origin.unit_metres,
        up=origin.up,
        up_guess=framed.frame.up if framed.frame else origin.up,
        size_metres=_sides(framed),
        has_texture=origin.has_texture,
        has_vertex_colour=origin.has_vertex_colour,
        has_normals=origin.has_normals,
        animated=origin.animated,
        needs=origin.needs,
        warnings=origin.warnings,
    )


def count_parts(asset: Asset) -> int:
    """Placements of geometry: meshes of one node in one place, one a material, count once."""
    return len({(part.path, np.asarray(part.matrix, np.float64).tobytes()) for part in asset.parts})


def _sides(asset: Asset) -> tuple[float, float, float]:
    low, high = bounds(asset)
    x, y, z = (float(side) for side in high - low)
    return x, y, z
