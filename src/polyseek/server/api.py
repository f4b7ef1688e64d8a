"""The HTTP API under /api/v1: the same names and fields as Python and the command line."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response, StreamingResponse

from polyseek.errors import UnknownId, UsageError
from polyseek.library import Library
from polyseek.search.parse import parse_query
from polyseek.search.query import Query as SearchQuery
from polyseek.server.jobs import JobBoard, events
from polyseek.server.ranges import range_counts
from polyseek.server.uploads import UPLOAD_FILES, receive

PAGE = 200


class SearchRequest(BaseModel):
    """A composed query: words with the query box's syntax, models that hits should be like and unlike."""

    words: str = Field("", max_length=2000, examples=["wooden chair -broken"])
    like: list[str] = Field(default=[], max_length=20, description="ids of the library", examples=[["k3f9"]])
    unlike: list[str] = Field(default=[], max_length=20)
    weights: list[float] = Field(
        default=[], max_length=40, description="of `like`, then of `unlike`, in their order; 1 where left out"
    )
    k: int = Field(40, ge=1, le=1000)
    where: str | None = Field(None, max_length=4000, examples=["triangles < 5000"])
    mode: Literal["auto", "words"] = "auto"

    def query(self) -> SearchQuery:
        found = parse_query(self.words) if self.words.strip() else SearchQuery()
        if any(term.kind == "file" for term in found.terms):
            # Paths of the server's disk are not the page's to read; files come as uploads.
            raise UsageError("a path cannot be searched for over HTTP", hint="upload the file instead")
        weights = [*self.weights, *[1.0] * (len(self.like) + len(self.unlike) - len(self.weights))]
        for id, weight in zip([*self.like, *self.unlike], weights, strict=False):
            sign = -1.0 if id in self.unlike and id not in self.like else 1.0
            found += sign * weight * SearchQuery.like(f"id:{id.removeprefix('id:')}")
        if not found.terms:
            raise UsageError("nothing to search for", hint="give words, like or unlike")
        return found


class TagsRequest(BaseModel):
    """Tags to add to and take away from many models at once."""

    ids: list[str] = Field(min_length=1, max_length=10_000)
    add: list[str] = Field(default=[], max_length=50)
    remove: list[str] = Field(default=[], max_length=50)


class JobRequest(BaseModel):
    """Folders, archives or files to index."""

    paths: list[str] = Field(min_length=1, max_length=100, examples=[["/home/me/models"]])


SEARCH_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": SearchRequest.model_json_schema()},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
            }
        },
    },
}


def router(library: Library, jobs: JobBoard) -> APIRouter:
    """Every call of the API on one library."""
    api = APIRouter(prefix="/api/v1")

    @api.get("/records")
    def records(
        where: Annotated[str | None, Query(max_length=4000)] = None,
        sort: Annotated[str, Query(max_length=40)] = "name",
        cursor: Annotated[str | None, Query(max_length=40)] = None,
        limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
        offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    ) -> dict[str, Any]:
        """One page of records; `next` is the cursor of the next page, null at the end.

        `offset` jumps into the list (a scroll bar does); a cursor goes before it.
        """
        start = offset if cursor is None else _offset(cursor)
        found = list(library.records(where, sort=sort, limit=limit + 1, offset=start))
        more = len(found) > limit
        return {
            "records": [record.as_json() for record in found[:limit]],
            "total": library.count(where),
            "next": _cursor(start + limit) if more else None,
        }

    @api.get("/records/{id}")
    def record(id: str) -> dict[str, Any]:
        """One record. 404 for an id that the library does not hold."""
        return library.record(id).as_json()

    @api.get("/records/{id}/thumbnail")
    def thumbnail(request: Request, id: str, name: Literal["front", "back"] = "front") -> Response:
        """The model's picture, WebP with alpha."""
        picture = library.thumbnail(id, name)
        if picture is None:
            raise UnknownId(f"there is no picture {name!r} of {id!r}")
        # The digest names the bytes: a changed file has another one.
        tag = f'"{library.record(id).digest}-{name}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(picture, media_type="image/webp", headers=headers)

    @api.get("/records/{id}/model.glb")
    def model(id: str) -> Response:
        """The model as one GLB, +Y up, in metres."""
        return Response(library.model_glb(id), media_type="model/gltf-binary")

    @api.get("/records/{id}/similar")
    def similar(
        id: str,
        k: Annotated[int, Query(ge=1, le=1000)] = 24,
        where: Annotated[str | None, Query(max_length=4000)] = None,
    ) -> dict[str, Any]:
        """More like this, itself left out."""
        return library.similar(id, k=k, where=where).as_json()

    @api.post("/search", openapi_extra={"requestBody": SEARCH_BODY})
    async def search(
        request: Request,
        k: Annotated[int, Query(ge=1, le=1000)] = 40,
        where: Annotated[str | None, Query(max_length=4000)] = None,
    ) -> dict[str, Any]:
        """Search by words and models of the library (JSON), or by an uploaded model (multipart `file`).

        Side files (.bin, .mtl, textures) come in the same multipart field; nothing of an upload is
        kept. `k` and `where` of the address are for uploads; JSON carries its own.
        """
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            async with request.form(max_files=UPLOAD_FILES + 1, max_fields=20) as form:
                upload = await receive(
                    [part for part in form.getlist("file") if isinstance(part, UploadFile)]
                )
            found = await run_in_threadpool(
                library.search_bytes, upload.name, upload.data, upload.siblings, k=k, where=where
            )
        else:
            asked = _validated(await request.body())
            found = await run_in_threadpool(
                library.search, asked.query(), k=asked.k, where=asked.where, mode=asked.mode
            )
        return found.as_json()

    @api.get("/facets")
    def facets(where: Annotated[str | None, Query(max_length=4000)] = None) -> dict[str, dict[str, int]]:
        """Field -> value -> number of records; `triangles` and `longest` (metres) by range, as "1000..10000"."""
        return {**library.facets(where), **range_counts(library, where)}

    @api.patch("/records/tags")
    def tags(request: TagsRequest) -> dict[str, int]:
        """Add and take away tags; `POST /undo` takes it back."""
        return {"changed": library.tag(request.ids, add=request.add, remove=request.remove)}

    @api.post("/undo")
    def undo() -> dict[str, str | None]:
        """Take back the last edit."""
        return {"undone": library.undo()}

    @api.post("/jobs", status_code=202)
    def start_job(request: JobRequest) -> dict[str, Any]:
        """Index folders in the background; one job at a time."""
        return jobs.start(request.paths).as_json()

    @api.get("/jobs")
    def all_jobs() -> dict[str, list[dict[str, Any]]]:
        """Every job since the server started."""
        return {"jobs": [job.as_json() for job in jobs.all()]}

    @api.post("/jobs/{id}/{action}")
    def steer_job(id: str, action: Literal["pause", "resume", "stop"]) -> dict[str, Any]:
        """Pause, resume or stop a job; what was indexed is kept."""
        steer = {"pause": jobs.pause, "resume": jobs.resume, "stop": jobs.stop}
        return steer[action](id).as_json()

    @api.get("/jobs/{id}/events")
    def job_events(id: str) -> StreamingResponse:
        """The job as JSON whenever it changed (server-sent events), until it is over."""
        return StreamingResponse(events(jobs.get(id)), media_type="text/event-stream")

    @api.get("/info")
    def info() -> dict[str, Any]:
        """Size, formats, encoders and health of the library."""
        return library.info().as_json()

    @api.get("/health")
    def health() -> JSONResponse:
        """200 while the library can be read, with the number of records."""
        return JSONResponse({"status": "ok", "records": library.count()})

    return api


def _validated(body: bytes) -> SearchRequest:
    try:
        return SearchRequest.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        offset = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise UsageError("this cursor was not given by an earlier page") from error
    return max(offset, 0)
