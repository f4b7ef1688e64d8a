"""STEP (ISO 10303-21) and IGES, tessellated by Open CASCADE through cascadio (extra `step`).

cascadio answers with a GLB in metres; here it is scaled back to the unit that the file states, so
that sizes are the file's own. Neither format states which way is up. Tessellating cannot be
interrupted: `Limits.step_seconds` is held by the worker process that reads.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from polyseek.assets import Asset
from polyseek.errors import EmptyModel, FileError, MalformedFile, need
from polyseek.formats.gltf import read as read_gltf
from polyseek.formats.limits import Limits
from polyseek.formats.source import MemorySource, Source

# Deflection from the true surface as a share of each edge's length, and the angle between facets.
RELATIVE_DEFLECTION = 0.01
ANGULAR_DEFLECTION_RAD = 0.5

PREFIXES = {
    b"$": 1.0,
    b".MICRO.": 1e-6,
    b".MILLI.": 1e-3,
    b".CENTI.": 1e-2,
    b".DECI.": 0.1,
    b".KILO.": 1e3,
}
NAMED_UNITS = {
    b"INCH": 0.0254,
    b"IN": 0.0254,
    b"FOOT": 0.3048,
    b"FT": 0.3048,
    b"MIL": 0.0254e-3,
    b"MILE": 1609.344,
}
# IGES 5.3, 2.2.4.3.14: the global section's unit flag.
IGES_UNITS = {
    1: 0.0254,
    2: 0.001,
    4: 0.3048,
    5: 1609.344,
    6: 1.0,
    7: 1000.0,
    8: 0.0254e-3,
    9: 1e-6,
    10: 0.01,
    11: 0.0254e-6,
}

_SI_LENGTH = re.compile(rb"SI_UNIT\s*\(\s*(\$|\.[A-Z]+\.)\s*,\s*\.METRE\.\s*\)")
_CONVERSION = re.compile(rb"CONVERSION_BASED_UNIT\s*\(\s*'([A-Za-z]+)'")


def read(source: Source, limits: Limits) -> Asset:
    """The assembly of a STEP file, in the file's unit. Raises MissingExtra, MalformedFile, EmptyModel."""
    data = source.read()
    return _read(data, "step", step_unit(data), source, limits)


def read_iges(source: Source, limits: Limits) -> Asset:
    """The shapes of an IGES file, in the file's unit. Raises MissingExtra, MalformedFile, EmptyModel."""
    data = source.read()
    return _read(data, "iges", iges_unit(data), source, limits)


def _read(data: bytes, kind: str, unit_metres: float, source: Source, limits: Limits) -> Asset:
    cascadio = need("cascadio", extra="step")
    try:
        binary = cascadio.load(
            data,
            file_type=kind,
            tol_linear=RELATIVE_DEFLECTION,
            tol_angular=ANGULAR_DEFLECTION_RAD,
            tol_relative=True,
            use_parallel=False,
        )
    except (RuntimeError, ValueError) as error:
        raise MalformedFile(
            f"Open CASCADE cannot read it ({error})", hint="export it again as STEP AP214"
        ) from error
    if not binary:
        raise MalformedFile("Open CASCADE cannot read it", hint="export it again as STEP AP214")
    try:
        asset = read_gltf(MemorySource("shape.glb", bytes(binary)), limits)
    except EmptyModel:
        raise
    except FileError as error:
        raise MalformedFile(f"it holds no surface that can be shown ({error.message})") from error
    # The GLB is Y up by its specification, though Open CASCADE turned nothing.
    back = np.diag([1 / unit_metres, 1 / unit_metres, 1 / unit_metres, 1.0])
    origin = replace(
        asset.origin, format=kind, up="unknown", unit_metres=unit_metres, has_normals=False, side_files=()
    )
    return replace(
        asset,
        name="",
        origin=origin,
        parts=tuple(replace(part, matrix=back @ part.matrix) for part in asset.parts),
    )


def step_unit(data: bytes) -> float:
    """Metres per unit of length that a STEP file states; 0.001 where it states none (ISO 10303-41, 4.14)."""
    for name in _CONVERSION.findall(data):
        if name.upper() in NAMED_UNITS:
            return NAMED_UNITS[name.upper()]
    found = _SI_LENGTH.search(data)
    return PREFIXES.get(found.group(1), 0.001) if found else 0.001


def iges_unit(data: bytes) -> float:
    """Metres per unit of length of an IGES file: field 14 of its global section (IGES 5.3, 2.2.4.3)."""
    lines = data.splitlines()
    text = b"".join(line[:72] for line in lines if line[72:73] == b"G")
    fields = _global_fields(text)
    flag = fields[13] if len(fields) > 13 else b""
    return IGES_UNITS.get(int(flag), 0.001) if flag.strip().isdigit() else 0.001


def _global_fields(text: bytes) -> list[bytes]:
    """Fields of the global section; strings are counted (`5Hmodel`), so that they may hold the delimiters."""
    fields: list[bytes] = []
    at, delimiter, end = 0, b",", b";"
    while at < len(text) and len(fields) < 32:
        counted = re.match(rb"\s*(\d+)H", text[at:])
        if counted:
            start = at + counted.end()
            at = start + int(counted.group(1))
            fields.append(text[start:at])
            if len(fields) == 1:
                delimiter = fields[0] or delimiter
        else:
            stop = min(
                (x for x in (text.find(delimiter, at), text.find(end, at)) if x >= 0), default=len(text)
            )
            fields.append(text[at:stop])
            at = stop
        at += 1
    return fields
