"""The HTTP API under /api/v1: the same names and fields as Python and the command line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from polyseek.errors import UnknownId
from polyseek.library import Library
from polyseek.search.browse import Listing
from polyseek.server.answers import (
    Fields,
    groups_json,
    model_tag,
    picture_tag,
    record_json,
    records_json,
    tagged,
    unchanged,
)
from polyseek.server.examples import answers, answers_bytes
from polyseek.server.folders import add_folders
from polyseek.server.jobs import JobBoard, events
from polyseek.server.makers import add_makers
from polyseek.server.mapping import add_map
from polyseek.server.naming import add_naming
from polyseek.server.paging import Cursor
from polyseek.server.ranges import facets_json
from polyseek.server.requests import JobRequest, TagsRequest, Where
from polyseek.server.reveal import may_reveal, reveal
from polyseek.server.searching import add_search
from polyseek.server.upkeep import add_upkeep
from polyseek.server.watching import Watchers
from polyseek.server.workers import Workers, answer_json

PAGE = 200


def router(library: Library, jobs: JobBoard, watchers: Watchers, workers: Workers) -> APIRouter:
    """Every call of the API on one library."""
    api = APIRouter(prefix="/api/v1")
    _add_records(api, library, workers)
    add_map(api, library, workers)
    add_makers(api, library, workers)
    add_search(api, library, workers)
    add_naming(api, library, workers)
    _add_edits(api, library, workers)
    add_upkeep(api, library, workers)
    add_folders(api, library, watchers, workers)
    _add_jobs(api, jobs, workers)
    _add_health(api, library, workers)
    return api


def _add_records(api: APIRouter, library: Library, workers: Workers) -> None:
    @api.get("/records", responses=answers("records"))
    async def records(
        where: Where = None,
        sort: Annotated[str, Query(max_length=40, examples=["-triangles"])] = "name",
        cursor: Annotated[str | None, Query(max_length=1000)] = None,
        limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
        offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
        fold: bool = False,
        fields: Fields = "all",
    ) -> Response:
        """One page of records; `next` is the cursor of the next page, null at the end.

        `offset` jumps into the list (a scroll bar does); a cursor goes before it. `fields=card`: only
        what a list shows. `fold`: variants of one thing are one card, the others its `variants`;
        `limit` and `offset` count cards. `total` counts records, `cards` what `limit` counts.
        """

        def page() -> dict[str, Any]:
            at = Cursor(offset) if cursor is None else Cursor.read(cursor)
            if where is None and not fold and at == Cursor(0):
                found = _beginning(library, sort, limit)
            else:
                found = library.browse(
                    where, sort=sort, fold=fold, limit=limit, offset=at.offset, after=at.last
                )
            shown = (
                groups_json(found.groups, fields)
                if fold
                else records_json((first for first, *_ in found.groups), fields)
            )
            return {
                "records": shown,
                "total": found.models,
                "cards": found.cards,
                "next": Cursor.text_after(found),
            }

        return await answer_json(workers, page)

    @api.get("/records/{id}", responses=answers("record"))
    async def record(id: str) -> Response:
        """One record. 404 for an id that the library does not hold."""
        return await answer_json(workers, lambda: record_json(library.record(id)))

    @api.get("/records/{id}/thumbnail", responses=answers_bytes("image/webp"), response_class=Response)
    async def thumbnail(request: Request, id: str, name: Literal["front", "back"] = "front") -> Response:
        """The model's picture, WebP with alpha."""
        picture = await workers.answer(lambda: library.thumbnail(id, name))
        if picture is None:
            raise UnknownId(f"there is no picture {name!r} of {id!r}")
        headers, known = tagged(request, picture_tag(picture))
        return unchanged(headers) if known else Response(picture, media_type="image/webp", headers=headers)

    @api.get("/records/{id}/turntable.webp", responses=answers_bytes("image/webp"), response_class=Response)
    async def turntable(request: Request, id: str) -> Response:
        """The model from all around: 12 pictures, 30 degrees from one to the next, 4 in a row, the first from the front.

        Drawn when it is first asked for, and kept.
        """
        # One at a time: searches by files wait for the same decoders.
        async with workers.turntables:
            if await request.is_disconnected():
                return Response(status_code=204)
            sheet = await workers.decode(lambda: library.turntable(id))
        headers, known = tagged(request, picture_tag(sheet))
        return unchanged(headers) if known else Response(sheet, media_type="image/webp", headers=headers)

    @api.get("/records/{id}/model.glb", responses=answers_bytes("model/gltf-binary"), response_class=Response)
    async def model(request: Request, id: str) -> Response:
        """The model as one GLB, +Y up, in metres."""
        headers, known = tagged(request, model_tag(await workers.answer(lambda: library.record(id))))
        if known:
            return unchanged(headers)
        body = await workers.decode(lambda: library.model_glb(id))
        return Response(body, media_type="model/gltf-binary", headers=headers)

    @api.post("/records/{id}/reveal", responses=answers("revealed"))
    async def show_file(request: Request, id: str) -> Response:
        """Show the model's file in the file manager of the server's machine, for callers on that machine only.

        `reveal` of GET /info says whether this caller may; 403 for one who may not.
        """
        if not may_reveal(request):
            raise HTTPException(403, "a folder is opened only for a person at the server's own screen")
        return await answer_json(workers, lambda: {"revealed": str(reveal(library.record(id)))})

    @api.get("/facets", responses=answers("facets"))
    async def facets(where: Where = None) -> Response:
        """Field -> value -> number of records; `triangles` and `longest` (metres) by range, as "1000..10000".

        `folder` counts each folder with all below it, `added` by day (UTC).
        """
        return await answer_json(workers, lambda: facets_json(library, where))


def _beginning(library: Library, sort: str, limit: int) -> Listing:
    """The first page of the whole library, from the catalogue's indexes: nothing needs to be in memory for it."""
    records = tuple((record,) for record in library.records(sort=sort, limit=limit))
    number = library.count()
    return Listing(records, 0, number, number)


def _add_edits(api: APIRouter, library: Library, workers: Workers) -> None:
    @api.patch("/records/tags", responses=answers("tags"))
    async def tags(request: TagsRequest) -> Response:
        """Add and take away tags; `POST /undo` takes it back."""
        return await answer_json(
            workers,
            lambda: {"changed": library.tag(request.ids, add=request.add, remove=request.remove)},
        )

    @api.post("/undo", responses=answers("undo"))
    async def undo() -> Response:
        """Take back the last edit; null when there is none."""
        return await answer_json(workers, lambda: {"undone": library.undo()})


def _add_jobs(api: APIRouter, jobs: JobBoard, workers: Workers) -> None:
    @api.post("/jobs", status_code=202, responses=answers("job", status=202))
    async def start_job(request: JobRequest) -> Response:
        """Index folders in the background; one job at a time."""
        return await answer_json(workers, lambda: jobs.start(request.paths).as_json(), status=202)

    @api.get("/jobs", responses=answers("jobs"))
    async def all_jobs() -> Response:
        """Every job since the server started."""
        return await answer_json(workers, lambda: {"jobs": [job.as_json() for job in jobs.all()]})

    @api.post("/jobs/{id}/{action}", responses=answers("job"))
    async def steer_job(id: str, action: Literal["pause", "resume", "stop"]) -> Response:
        """Pause, resume or stop a job; what was indexed is kept."""
        steer = {"pause": jobs.pause, "resume": jobs.resume, "stop": jobs.stop}
        return await answer_json(workers, lambda: steer[action](id).as_json())

    @api.get(
        "/jobs/{id}/events",
        responses=answers_bytes("text/event-stream", cached=False),
        response_class=StreamingResponse,
    )
    async def job_events(id: str) -> StreamingResponse:
        """The job as JSON whenever it changed (server-sent events), until it is over."""
        return StreamingResponse(events(jobs.get(id)), media_type="text/event-stream")


def _add_health(api: APIRouter, library: Library, workers: Workers) -> None:
    @api.get("/info", responses=answers("info"))
    async def info(request: Request) -> Response:
        """Size, formats, encoders and health of the library. `reveal`: may this caller have folders opened?"""
        shows = may_reveal(request)
        return await answer_json(workers, lambda: {**library.info().as_json(), "reveal": shows})

    @api.get("/health", responses=answers("health"))
    async def health() -> Response:
        """200 while the library can be read, with the number of records."""
        return await answer_json(workers, lambda: {"status": "ok", "records": library.count()})
