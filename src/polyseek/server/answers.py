"""What the API answers: records and hits as JSON, whole or as cards, and tags that name the bytes of pictures and models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from polyseek import __version__
from polyseek.catalogue.record import Record
from polyseek.search.hit import Hits

Fields = Literal["all", "card"]

# What a list of models shows, filters and counts by; a third of a record's bytes.
CARD = (
    "id", "path", "root", "name", "format", "bytes", "status", "added", "size_metres",
    "triangles", "vertices", "has_texture", "animated", "watertight", "licence",
)  # fmt: skip


def record_json(record: Record, fields: Fields = "all") -> dict[str, Any]:
    """The record under its public names; "card": those of CARD, and the tags."""
    if fields == "all":
        return record.as_json()
    card: dict[str, Any] = {name: getattr(record, name) for name in CARD}
    return {**card, "tags": [{"tag": tag.tag, "by": tag.by} for tag in record.tags]}


def records_json(records: Iterable[Record], fields: Fields = "all") -> list[dict[str, Any]]:
    return [record_json(record, fields) for record in records]


def groups_json(groups: Iterable[Sequence[Record]], fields: Fields = "all") -> list[dict[str, Any]]:
    """One record a group; the group's other records are its `variants`."""
    return [
        {**record_json(first, fields), "variants": records_json(others, fields)} for first, *others in groups
    ]


def hits_json(hits: Hits, fields: Fields = "all") -> dict[str, Any]:
    """As `search --json` prints them; "card": with smaller records."""
    if fields == "all":
        return hits.as_json()
    found = [
        {
            "rank": hit.rank,
            "id": hit.id,
            "score": hit.score,
            "name": hit.name,
            "path": hit.path,
            "why": hit.why,
            "reasons": [reason.as_json() for reason in hit.reasons],
            "record": record_json(hit.record, fields),
        }
        for hit in hits
    ]
    return {
        "query": hits.query,
        "hits": found,
        "good_match": hits.good_match,
        "seconds": hits.seconds,
        "made_by": hits.made_by,
    }


def folded_json(found: dict[str, Any], groups: Sequence[Sequence[int]]) -> dict[str, Any]:
    """`hits_json` with one hit a group of places; the group's other hits are its `variants`."""
    hits = found["hits"]
    folded = [{**hits[first], "variants": [hits[place] for place in rest]} for first, *rest in groups]
    return {**found, "hits": folded}


def as_bytes(value: Any) -> bytes:
    """UTF-8 JSON. A number that is not finite is a ValueError: JSON has none."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def picture_tag(picture: bytes) -> str:
    """The ETag of a picture: of its bytes."""
    return f'"{blake2b(picture, digest_size=12).hexdigest()}"'


def model_tag(record: Record) -> str:
    """The ETag of a model's GLB: of its files, of how they were read, and of what writes it."""
    made_of = (record.id, record.digest, record.up, record.unit_by, record.size_metres, __version__)
    return f'"{blake2b(repr(made_of).encode(), digest_size=12).hexdigest()}"'


def tagged(request: Request, tag: str) -> tuple[dict[str, str], bool]:
    """(headers, does the browser have these bytes already?)."""
    given = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    return {"ETag": tag, "Cache-Control": "private, no-cache"}, tag in given or "*" in given


def unchanged(headers: dict[str, str]) -> Response:
    """304: the browser shows what it has."""
    return Response(status_code=304, headers=headers)
