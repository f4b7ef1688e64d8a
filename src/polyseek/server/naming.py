"""The calls that name models: labels put to models of the library, and suggested tags."""

from __future__ import annotations

from typing import Annotated, Literal

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


class SuggestRequest(BaseModel):
    """Which models tags are suggested for: these, those of `where`, or, with neither, all."""

    ids: list[Id] | None = Field(None, max_length=10_000, examples=[["k3f9"]])
    where: str | None = Field(None, max_length=4000, examples=["tag is null"])
    vocabulary: list[LabelText] | None = Field(
        None,
        min_length=1,
        max_length=1000,
        description="the tags to choose from; the lexicon's where left out",
    )
    language: Literal["en", "zh", "es", "fr", "de", "ja"] = Field("en", description="of the lexicon's tags")
    most: int = Field(3, ge=1, le=20, description="suggestions for one model")
    keep: bool = Field(True, description="keep them as suggested, to be accepted or undone")


def add_naming(api: APIRouter, library: Library, workers: Workers) -> None:
    """`POST /classify` and `POST /suggest`."""

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

    @api.post("/suggest", responses=answers("suggested"))
    async def suggest(request: SuggestRequest) -> Response:
        """Suggest tags by looks. `PATCH /records/tags` accepts one by adding it, and rejects it by removing it.

        One `POST /undo` takes back all that a call suggested.
        """
        return await answer_json(
            workers,
            lambda: library.suggest(
                request.ids,
                where=request.where,
                vocabulary=request.vocabulary,
                language=request.language,
                most=request.most,
                keep=request.keep,
            ).as_json(),
        )
