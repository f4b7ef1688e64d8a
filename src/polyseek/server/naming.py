"""The calls that name models: labels put to models of the library."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from polyseek.library import Library
from polyseek.server.examples import answers
from polyseek.server.requests import Id
from polyseek.server.workers import Workers, answer_json

LabelText = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class ClassifyRequest(BaseModel):
    """Models of the library, and the labels that are put to each."""

    ids: list[Id] = Field(min_length=1, max_length=1000, examples=[["k3f9", "m2c7"]])
    labels: list[LabelText] = Field(min_length=1, max_length=100, examples=[["chair", "table"]])
    encoder: str | None = Field(
        None, max_length=200, description="one that reads words; the library's first where left out"
    )


def add_naming(api: APIRouter, library: Library, workers: Workers) -> None:
    """`POST /classify`."""

    @api.post("/classify", responses=answers("classified"))
    async def classify(request: ClassifyRequest) -> Response:
        """Which of the labels each model is; `label` is null, and `probability` that of `none`, for none of these."""
        return await answer_json(
            workers,
            lambda: {
                "models": [
                    found.as_json()
                    for found in library.classify(request.ids, request.labels, encoder=request.encoder)
                ]
            },
        )
