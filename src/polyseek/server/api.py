"""The HTTP API under /api/v1: the same names and fields as Python and the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from polyseek.errors import UnknownId
from polyseek.library import Library
from polyseek.server.answers import (
    Fields,
    as_bytes,
    folded_json,
    groups_json,
    hits_json,
    model_tag,
    picture_tag,
    record_json,
    records_json,
    tagged,
    unchanged,
)
from polyseek.server.examples import answers, answers_bytes
from polyseek.server.jobs import JobBoard, events
from polyseek.server.paging import Cursor
from polyseek.server.ranges import range_counts
from polyseek.server.requests import JobRequest, SearchRequest, TagsRequest, search_body
from polyseek.server.uploads import UPLOAD_FILES, receive
from polyseek.server.workers import Workers

PAGE = 200

Where = Annotated[str | None, Query(max_length=4000, examples=["triangles < 5000 and has_texture"])]
Count = Annotated[int, Query(ge=1, le=1000)]


def router(library: Library, jobs: JobBoard, workers: Workers) -> APIRouter:
    """Every call of the API on one library."""
    api = APIRouter(prefix="/api/v1")
    _add_records(api, library, workers)
    _add_search(api, library, workers)
    _add_edits(api, library, workers)
    _add_jobs(api, jobs, workers)
    _add_health(api, library, workers)
    return api


async def _json(workers: Workers, make: Callable[[], Any], status: int = 200) -> Response:
    """The value as JSON, both made off the event loop: a long list may not hold up the other callers."""
    body = await workers.answer(lambda: as_bytes(make()))
    return Response(body, status_code=status, media_type="application/json")


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
            found = library.browse(where, sort=sort, fold=fold, limit=limit, offset=at.offset, after=at.last)
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

        return await _json(workers, page)

    @api.get("/records/{id}", responses=answers("record"))
    async def record(id: str) -> Response:
        """One record. 404 for an id that the library does not hold."""
        return await _json(workers, lambda: record_json(library.record(id)))

    @api.get("/records/{id}/thumbnail", responses=answers_bytes("image/webp"), response_class=Response)
    async def thumbnail(request: Request, id: str, name: Literal["front", "back"] = "front") -> Response:
        """The model's picture, WebP with alpha."""
        picture = await workers.answer(lambda: library.thumbnail(id, name))
        if picture is None:
            raise UnknownId(f"there is no picture {name!r} of {id!r}")
        headers, known = tagged(request, picture_tag(picture))
        return unchanged(headers) if known else Response(picture, media_type="image/webp", headers=headers)

    @api.get("/records/{id}/model.glb", responses=answers_bytes("model/gltf-binary"), response_class=Response)
    async def model(request: Request, id: str) -> Response:
        """The model as one GLB, +Y up, in metres."""
        headers, known = tagged(request, model_tag(await workers.answer(lambda: library.record(id))))
        if known:
            return unchanged(headers)
        body = await workers.decode(lambda: library.model_glb(id))
        return Response(body, media_type="model/gltf-binary", headers=headers)

    @api.get("/facets", responses=answers("facets"))
    async def facets(where: Where = None) -> Response:
        """Field -> value -> number of records; `triangles` and `longest` (metres) by range, as "1000..10000"."""
        return await _json(workers, lambda: {**library.facets(where), **range_counts(library, where)})


def _add_search(api: APIRouter, library: Library, workers: Workers) -> None:
    @api.get("/records/{id}/similar", responses=answers("hits"))
    async def similar(id: str, k: Count = 24, where: Where = None, fields: Fields = "all") -> Response:
        """More like this, itself left out."""
        return await _json(workers, lambda: hits_json(library.similar(id, k=k, where=where), fields))

    @api.post("/search", responses=answers("hits"), openapi_extra={"requestBody": search_body()})
    async def search(
        request: Request, k: Count = 40, where: Where = None, fields: Fields = "all"
    ) -> Response:
        """Search by words and models of the library (JSON), or by an uploaded model (multipart `file`).

        Side files (.bin, .mtl, textures) come in the same multipart field; nothing of an upload is
        kept. `k`, `where` and `fields` of the address are for uploads; JSON carries its own.
        """
        if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            # Held until the decoder is done: what waits for it stays on its own machine.
            async with workers.uploads:
                return await _search_upload(library, workers, request, k, where, fields)
        asked = _validated(await request.body())
        return await _json(workers, lambda: _found(library, asked))


async def _search_upload(
    library: Library, workers: Workers, request: Request, k: int, where: str | None, fields: Fields
) -> Response:
    async with request.form(max_files=UPLOAD_FILES + 1, max_fields=20) as form:
        upload = await receive([part for part in form.getlist("file") if isinstance(part, UploadFile)])
    found = await workers.decode(
        lambda: library.search_bytes(upload.name, upload.data, upload.siblings, k=k, where=where)
    )
    return await _json(workers, lambda: hits_json(found, fields))


def _add_edits(api: APIRouter, library: Library, workers: Workers) -> None:
    @api.patch("/records/tags", responses=answers("tags"))
    async def tags(request: TagsRequest) -> Response:
        """Add and take away tags; `POST /undo` takes it back."""
        return await _json(
            workers,
            lambda: {"changed": library.tag(request.ids, add=request.add, remove=request.remove)},
        )

    @api.post("/undo", responses=answers("undo"))
    async def undo() -> Response:
        """Take back the last edit; null when there is none."""
        return await _json(workers, lambda: {"undone": library.undo()})


def _add_jobs(api: APIRouter, jobs: JobBoard, workers: Workers) -> None:
    @api.post("/jobs", status_code=202, responses=answers("job", status=202))
    async def start_job(request: JobRequest) -> Response:
        """Index folders in the background; one job at a time."""
        return await _json(workers, lambda: jobs.start(request.paths).as_json(), status=202)

    @api.get("/jobs", responses=answers("jobs"))
    async def all_jobs() -> Response:
        """Every job since the server started."""
        return await _json(workers, lambda: {"jobs": [job.as_json() for job in jobs.all()]})

    @api.post("/jobs/{id}/{action}", responses=answers("job"))
    async def steer_job(id: str, action: Literal["pause", "resume", "stop"]) -> Response:
        """Pause, resume or stop a job; what was indexed is kept."""
        steer = {"pause": jobs.pause, "resume": jobs.resume, "stop": jobs.stop}
        return await _json(workers, lambda: steer[action](id).as_json())

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
    async def info() -> Response:
        """Size, formats, encoders and health of the library."""
        return await _json(workers, lambda: library.info().as_json())

    @api.get("/health", responses=answers("health"))
    async def health() -> Response:
        """200 while the library can be read, with the number of records."""
        return await _json(workers, lambda: {"status": "ok", "records": library.count()})


def _found(library: Library, asked: SearchRequest) -> dict[str, Any]:
    hits = library.search(asked.query(), k=asked.k, where=asked.where, mode=asked.mode)
    found = hits_json(hits, asked.fields)
    return folded_json(found, library.folded([hit.record for hit in hits])) if asked.fold else found


def _validated(body: bytes) -> SearchRequest:
    try:
        return SearchRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
