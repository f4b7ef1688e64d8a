"""The calls about indexed folders: which there are, and which of them are kept up to date."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from polyseek.library import Library
from polyseek.server.examples import answers
from polyseek.server.jobs import full_path
from polyseek.server.requests import WatchRequest
from polyseek.server.watching import Watchers
from polyseek.server.workers import Workers, answer_json


def add_folders(api: APIRouter, library: Library, watchers: Watchers, workers: Workers) -> None:
    """`GET /folders`, `PUT /folders/watch`."""

    def folders() -> dict[str, Any]:
        models = library.facets()["root"]
        missing = library.facets('status = "missing"')["root"]
        watched = watchers.as_json()
        return {
            "folders": [
                {
                    "path": path,
                    "models": models.get(path, 0),
                    "missing": missing.get(path, 0),
                    "watch": watched.get(path),
                }
                for path in sorted(models.keys() | watched.keys())
            ]
        }

    def change(request: WatchRequest) -> dict[str, Any]:
        if request.on:
            path = full_path(request.path)
            library.keep_watching(path)
            watchers.start(path)
        else:  # a folder that is gone can be let go too
            if request.path in library.watched():
                library.keep_watching(request.path, on=False)
            watchers.end(request.path)
        return folders()

    @api.get("/folders", responses=answers("folders"))
    async def all_folders() -> Response:
        """The indexed and the watched folders: how many models each has, and what happened since it is watched.

        `watch` is null for a folder that is not kept up to date; its `state` is "indexing", "watching", or
        "failed", when it is tried again every 30 seconds.
        """
        return await answer_json(workers, folders)

    @api.put("/folders/watch", responses=answers("folders"))
    async def watch(request: WatchRequest) -> Response:
        """Keep a folder up to date while a server runs, from now on or no longer; all folders, as GET tells them."""
        return await answer_json(workers, lambda: change(request))
