"""Errors over HTTP: every PolyseekError as problem+json (RFC 9457), with the same kind, message and hint as elsewhere."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from polyseek.errors import (
    FileError,
    LibraryBusy,
    LibraryError,
    PolyseekError,
    QueryError,
    UnknownId,
    UsageError,
)

STATUS: tuple[tuple[type[PolyseekError], int], ...] = (
    (UnknownId, 404),
    (QueryError, 400),
    (UsageError, 400),
    (FileError, 422),
    (LibraryBusy, 503),
    (LibraryError, 500),
)
HTTP_KINDS = {404: "not_found", 408: "limit", 413: "limit"}
REPORT = "the server's own output says more; please report it"


def problem(status: int, title: str, **more: Any) -> JSONResponse:
    """One problem+json answer."""
    body = {"type": "about:blank", "title": title, "status": status, **more}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def add_problem_handlers(app: FastAPI) -> None:
    """Teach the app to answer errors as problems."""

    @app.exception_handler(PolyseekError)
    def polyseek_problem(request: Request, error: PolyseekError) -> JSONResponse:
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 422)
        return problem(status, error.message, detail=str(error), **error.as_json())

    @app.exception_handler(HTTPException)
    def http_problem(request: Request, error: HTTPException) -> JSONResponse:
        answer = problem(
            error.status_code, str(error.detail), kind=HTTP_KINDS.get(error.status_code, "usage")
        )
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def unforeseen_problem(request: Request, error: Exception) -> JSONResponse:
        # The traceback goes to the log; strangers learn nothing of the machine from it.
        return problem(500, "polyseek failed in a way that nobody foresaw", kind="internal", hint=REPORT)

    @app.exception_handler(RequestValidationError)
    def validation_problem(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        return problem(
            422, f"{place}: {first['msg']}", kind="usage", hint="/openapi.json says what this call takes"
        )
