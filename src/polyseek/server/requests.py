"""What the calls of the API take, as JSON or as an upload."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import fastapi
from pydantic import BaseModel, Field

from polyseek.errors import UsageError
from polyseek.search.parse import parse_query
from polyseek.search.query import Query, Term

MOST_WEIGHT = 1000.0

Id = Annotated[str, Field(min_length=1, max_length=200)]
TagName = Annotated[str, Field(min_length=1, max_length=200)]
Where = Annotated[str | None, fastapi.Query(max_length=4000, examples=["triangles < 5000 and has_texture"])]
Count = Annotated[int, fastapi.Query(ge=1, le=1000)]
By = Annotated[
    str | None,
    fastapi.Query(
        max_length=200, description="compare by this encoder of the library alone", examples=["shape1"]
    ),
]
Weight = Annotated[float, Field(gt=0, le=MOST_WEIGHT, allow_inf_nan=False)]


class SearchRequest(BaseModel):
    """A composed query: words with the query box's syntax, models that hits should be like and unlike."""

    words: str = Field("", max_length=2000, examples=["wooden chair -broken"])
    like: list[Id] = Field(default=[], max_length=20, description="ids of the library", examples=[["k3f9"]])
    unlike: list[Id] = Field(default=[], max_length=20, examples=[["m2c7"]])
    weights: list[Weight] = Field(
        default=[],
        max_length=40,
        description="of `like`, then of `unlike`, in their order; 1 where left out",
        examples=[[2.0, 1.0]],
    )
    k: int = Field(40, ge=1, le=1000)
    where: str | None = Field(None, max_length=4000, examples=["triangles < 5000"])
    mode: Literal["auto", "words", "meaning", "hybrid"] = "auto"
    encoder: str | None = Field(
        None,
        max_length=200,
        description="compare and read by this encoder of the library alone",
        examples=["words2"],
    )
    fields: Literal["all", "card"] = Field("all", description="of the records in the hits")

    fold: bool = Field(
        False, description="one hit for variants of one thing; the others are its `variants`, as hits"
    )
    facets: bool = Field(
        False, description="tell `total`, how many were ranked, and count them as GET /facets does"
    )
    map: bool = Field(
        False,
        description="tell `map`: the map's `version` and the `matches`, places in its `ids` of all that "
        "were found, beyond `k` too; null where the search ranked every model",
    )

    def query(self) -> Query:
        """The words and the models as one Query, which may be empty. Raises UsageError, QueryError."""
        found = parse_query(self.words) if self.words.strip() else Query()
        if any(term.paths for term in found.terms):
            # Paths of the server's disk are not the page's to read; files come as uploads.
            raise UsageError("a path cannot be searched for over HTTP", hint="upload the file instead")
        if any(not math.isfinite(term.weight) or abs(term.weight) > MOST_WEIGHT for term in found.terms):
            raise UsageError(f"a weight is larger than {MOST_WEIGHT:g}")
        return found + Query(self._models())

    def _models(self) -> tuple[Term, ...]:
        """One term an id. An id that is named more than once counts with the sum: like 2, unlike 1 is like 1."""
        models = [(id, 1.0) for id in self.like] + [(id, -1.0) for id in self.unlike]
        if len(self.weights) > len(models):
            raise UsageError(f"{len(self.weights)} weights were given for {len(models)} models")
        weights = [*self.weights, *[1.0] * (len(models) - len(self.weights))]
        total: dict[str, float] = {}
        for (id, sign), weight in zip(models, weights, strict=True):
            bare = id.removeprefix("id:")
            total[bare] = total.get(bare, 0.0) + sign * weight
        return tuple(Term("id", id, weight) for id, weight in total.items() if weight)


class TagsRequest(BaseModel):
    """Tags to add to and take away from many models at once."""

    ids: list[Id] = Field(min_length=1, max_length=10_000, examples=[["k3f9", "m2c7"]])
    add: list[TagName] = Field(default=[], max_length=50, examples=[["kitchen"]])
    remove: list[TagName] = Field(default=[], max_length=50, examples=[["draft"]])


class RemoveRequest(BaseModel):
    """Records to take out of the library."""

    ids: list[Id] = Field(min_length=1, max_length=10_000, examples=[["k3f9", "m2c7"]])


class PartRequest(BaseModel):
    """Of the uploaded files, those that one part of the query is: one model, or pictures of one thing."""

    files: list[Annotated[str, Field(min_length=1, max_length=1000)]] = Field(
        min_length=1, max_length=20, description="names, as they were uploaded", examples=[["photo.png"]]
    )
    weight: float = Field(1.0, ge=-MOST_WEIGHT, le=MOST_WEIGHT, allow_inf_nan=False, examples=[-2.0])


class SearchForm(SearchRequest):
    """A composed query beside uploaded files."""

    parts: list[PartRequest] = Field(
        default=[], max_length=20, description="which of the files are searched by; weight below 0: unlike"
    )


class WatchRequest(BaseModel):
    """A folder, as a full path, and whether it is kept up to date."""

    path: str = Field(min_length=1, max_length=4096, examples=["/home/me/models"])
    on: bool = True


class JobRequest(BaseModel):
    """Folders, archives or files to index, as full paths."""

    paths: list[Annotated[str, Field(min_length=1, max_length=4096)]] = Field(
        min_length=1, max_length=100, examples=[["/home/me/models"]]
    )


def search_body() -> dict[str, Any]:
    """The two kinds of body of POST /search, for the OpenAPI."""
    schema = SearchForm.model_json_schema()
    part = schema.pop("$defs")["PartRequest"]
    schema["properties"]["parts"]["items"] = part
    schema["properties"]["file"] = {"type": "array", "items": {"type": "string", "format": "binary"}}
    schema["required"] = ["file"]
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": SearchRequest.model_json_schema(),
                "example": {"words": "wooden chair -broken", "like": ["k3f9"], "k": 40},
            },
            "multipart/form-data": {
                "schema": schema,
                "encoding": {
                    "file": {"contentType": "application/octet-stream"},
                    "parts": {"contentType": "application/json"},
                },
            },
        },
    }
