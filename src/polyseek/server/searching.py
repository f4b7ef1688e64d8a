"""The calls that search: more like a model, and composed queries with or without uploads."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from polyseek.errors import UsageError
from polyseek.library import Library
from polyseek.search.query import Query
from polyseek.server.answers import Fields, folded_json, hits_json
from polyseek.server.examples import answers
from polyseek.server.mapping import matches_json
from polyseek.server.ranges import facets_json
from polyseek.server.requests import By, Count, SearchForm, SearchRequest, Where, search_body
from polyseek.server.uploads import MOST_THINGS, UPLOAD_FILES, receive, thing_of, things_in
from polyseek.server.workers import Workers, answer_json

Asked = TypeVar("Asked", bound=BaseModel)

_LISTS = ("like", "unlike", "weights")
_FIELDS = 100  # of a form, beside its files


def add_search(api: APIRouter, library: Library, workers: Workers) -> None:
    """`GET /records/{id}/similar` and `POST /search`."""

    @api.get("/records/{id}/similar", responses=answers("hits"))
    async def similar(
        id: str, k: Count = 24, where: Where = None, encoder: By = None, fields: Fields = "all"
    ) -> Response:
        """More like this, itself left out: by shape and looks, or by one encoder alone."""

        def found() -> dict[str, Any]:
            return hits_json(library.similar(id, k=k, where=where, encoder=encoder), fields)

        return await answer_json(workers, found)

    @api.post("/search", responses=answers("hits"), openapi_extra={"requestBody": search_body()})
    async def search(
        request: Request, k: Count = 40, where: Where = None, fields: Fields = "all"
    ) -> Response:
        """Search by words, models of the library, and uploaded models and pictures, all at once.

        JSON, or the same fields as multipart beside uploads: `file` has models, pictures and the side
        files (.bin, .mtl, textures) of models; nothing of it is kept. `parts` (JSON) says which of the
        files are searched by, how each weighs, and which pictures show one thing; without it each model
        does, or, where there is none, the one thing that the pictures show. `k`, `where` and `fields`
        of the address hold for multipart where the form does not say them.
        """
        if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            said = {"k": k, "where": where, "fields": fields}
            # Held until the decoder is done: what waits for it stays on its own machine.
            async with workers.uploads:
                return await _search_form(library, workers, request, said)
        asked = _checked(SearchRequest, await request.body())
        return await answer_json(workers, lambda: _found(library, asked))


async def _search_form(
    library: Library, workers: Workers, request: Request, said: Mapping[str, Any]
) -> Response:
    async with request.form(max_files=UPLOAD_FILES + 1, max_fields=_FIELDS) as form:
        asked = _checked(SearchForm, json.dumps({**said, **_fields_of(form)}).encode())
        files = await receive([part for part in form.getlist("file") if isinstance(part, UploadFile)])
    # Models and pictures wait for decoders; words beside no upload do not.
    run: Callable[..., Any] = workers.decode if files else workers.answer
    body = await run(lambda: _found(library, asked, files))
    return await answer_json(workers, lambda: body)


def _fields_of(form: FormData) -> dict[str, Any]:
    """The form's fields as JSON has them. Raises UsageError where `parts` is no JSON."""
    found: dict[str, Any] = {}
    for name in SearchForm.model_fields:
        values = [value for value in form.getlist(name) if isinstance(value, str)]
        if name in _LISTS:
            found[name] = values
        elif values:
            found[name] = values[-1]
    if "parts" in found:
        try:
            found["parts"] = json.loads(found["parts"])
        except (ValueError, RecursionError) as error:
            raise UsageError("`parts` is no JSON", hint='as [{"files": ["a.png"], "weight": 2}]') from error
    return found


def _found(
    library: Library, asked: SearchRequest, files: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    query = asked.query()
    if isinstance(asked, SearchForm) and files:
        for part in asked.parts:
            query += Query((thing_of(part.files, part.weight, files),))
        if not asked.parts:
            query += things_in(files)
        if sum(bool(term.paths) for term in query.terms) > MOST_THINGS:
            raise UsageError(f"at most {MOST_THINGS} uploaded models and pictures are searched by at once")
    if not query.terms:
        raise UsageError("nothing to search for", hint="give words, like, unlike or a file")
    hits = library.search(
        query, k=asked.k, where=asked.where, mode=asked.mode, encoder=asked.encoder, files=files
    )
    found = hits_json(hits, asked.fields)
    if asked.facets:
        found |= {"total": len(hits.ranked), "facets": facets_json(library, among=hits)}
    if asked.map:
        everything = len(hits.ranked) >= library.count(asked.where)
        found["map"] = None if everything else matches_json(library, hits.ranked)
    return folded_json(found, library.folded([hit.record for hit in hits])) if asked.fold else found


def _checked(kind: type[Asked], body: bytes) -> Asked:
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
