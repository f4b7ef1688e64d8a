"""The calls of the map: where every model lies, which of them pass a filter, and records of many at once."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from jaxtyping import Int64
from pydantic import BaseModel, Field
from starlette.responses import Response

from polyseek.library import Library
from polyseek.search.atlas import Map
from polyseek.server.answers import Fields, as_bytes, records_json, tagged, unchanged
from polyseek.server.examples import answers
from polyseek.server.requests import Id, Where
from polyseek.server.workers import Workers, answer_json

SIDE = 65535  # of the square that coordinates are given in


class FindRequest(BaseModel):
    """Records to be shown."""

    ids: list[Id] = Field(min_length=1, max_length=10_000, examples=[["k3f9", "m2c7"]])
    fields: Fields = "all"


def add_map(api: APIRouter, library: Library, workers: Workers) -> None:
    """`GET /map`, `GET /map/matches`, `POST /records/find`."""

    @lru_cache(maxsize=2)
    def drawn(found: Map | None, state: str) -> bytes:
        return as_bytes(map_json(found, state))

    @api.get("/map", responses=answers("map"))
    async def map(request: Request) -> Response:
        """Where each model lies, like beside like: `places` has x, y (0 to 65535, y down) of each of `ids`.

        `state`: "drawing" while a newer map is made in the background, which takes seconds: ask again;
        "empty" where there is nothing to draw. `colours`: six hexadecimal digits a model, "------" for
        none. `regions`: what stands where; `level`: from a zoom of 2 to this power on; `example`: the id of
        one of its models.
        """

        def look() -> tuple[Map | None, str]:
            found, current = library.map_now()
            return found, "drawing" if not current else "ready" if found is not None and len(
                found
            ) else "empty"

        found, state = await workers.answer(look)
        headers, known = tagged(request, f'"{found.version if found else ""}-{state}"')
        if known:
            return unchanged(headers)
        body = await workers.answer(lambda: drawn(found, state))
        return Response(body, media_type="application/json", headers=headers)

    @api.get("/map/matches", responses=answers("map_matches"))
    async def matches(where: Where = None) -> Response:
        """Which models of the map pass a filter: their places in `ids` of the map called `version`."""

        def matching() -> dict[str, Any]:
            return matches_json(library, library.keys(where))

        return await answer_json(workers, matching)

    @api.post("/records/find", responses=answers("found"))
    async def find(request: FindRequest) -> Response:
        """The records of many ids at once, in their order; those that are not there are left out."""
        return await answer_json(
            workers, lambda: {"records": records_json(library.records_of(request.ids), request.fields)}
        )


def matches_json(library: Library, keys: Int64[np.ndarray, " n"]) -> dict[str, Any]:
    """Where records lie in the `ids` of the map, which is named by its `version`. `keys`: the catalogue's, in any order."""
    found, _ = library.map_now()
    if found is None:
        return {"version": "", "matches": []}
    return {"version": found.version, "matches": np.flatnonzero(np.isin(found.keys, keys)).tolist()}


def map_json(found: Map | None, state: str) -> dict[str, Any]:
    """The map as plain JSON values."""
    if found is None:
        return {
            "version": "",
            "state": state,
            "space": None,
            "ids": [],
            "places": [],
            "colours": "",
            "regions": [],
        }
    colours = ("------" if colour < 0 else f"{colour:06x}" for colour in found.colours.tolist())
    return {
        "version": found.version,
        "state": state,
        "space": found.space,
        "ids": found.ids,
        "places": np.rint(found.places * SIDE).astype(int).ravel().tolist(),
        "colours": "".join(colours),
        "regions": [asdict(each) for each in found.regions],
    }
