"""Examples of what each call of the API answers, for the OpenAPI."""

from __future__ import annotations

from typing import Any

_CARD: dict[str, Any] = {
    "id": "k3f9",
    "path": "/home/me/models/kitchen/oak_chair.glb",
    "root": "/home/me/models",
    "name": "oak_chair",
    "format": "glb",
    "bytes": 48216,
    "status": "present",
    "added": "2026-03-01T14:30:00+00:00",
    "size_metres": [0.45, 0.92, 0.5],
    "triangles": 1840,
    "vertices": 1024,
    "has_texture": True,
    "animated": False,
    "watertight": False,
    "licence": "CC0-1.0",
    "tags": [{"tag": "kitchen", "by": "person"}],
}
RECORD: dict[str, Any] = {
    **_CARD,
    "digest": "5f2b8c01d3a94e77",
    "words": ["kitchen", "oak", "chair"],
    "up": "y",
    "up_by": "format",
    "up_confidence": 1.0,
    "unit_by": "format",
    "parts": 3,
    "has_vertex_colour": False,
    "has_normals": True,
    "colours": ["#8a5a2b"],
    "measures": {"volume": 0.021, "area": 1.37},
    "warnings": [],
    "parent": None,
}
_JOB: dict[str, Any] = {
    "id": "job1",
    "kind": "index",
    "paths": ["/home/me/models"],
    "state": "indexing",
    "done": 120,
    "total": 4065,
    "failed": 1,
    "rate": 14.2,
    "remaining_s": 277.8,
    "failures": [
        {"path": "/home/me/models/old.glb", "kind": "malformed", "reason": "the file ends too early"}
    ],
    "report": None,
    "error": None,
}
EXAMPLES: dict[str, Any] = {
    "records": {"records": [RECORD], "total": 4065, "cards": 4065, "next": "WzIwMCwiazNmOSJd"},
    "record": RECORD,
    "hits": {
        "query": "wooden chair -broken id:k3f9",
        "hits": [
            {
                "rank": 1,
                "id": "k3f9",
                "score": 0.93,
                "name": "oak_chair",
                "path": "/home/me/models/kitchen/oak_chair.glb",
                "why": "chair in the name, wooden in the tags; the same shape and looks (1.00)",
                "reasons": [
                    {"said": "words", "name": [{"asked": "chair"}], "tags": [{"asked": "wooden"}]},
                    {"said": "same", "compared": "shape and looks", "score": 1.0},
                ],
                "record": RECORD,
            }
        ],
        "good_match": True,
        "seconds": 0.012,
        "made_by": {"polyseek": "0.1.0", "encoder": "geo18", "space": "0123456789abcdef"},
    },
    "classified": {
        "models": [
            {
                "path": "/home/me/models/kitchen/oak_chair.glb",
                "id": "k3f9",
                "label": "chair",
                "probability": 0.81,
                "none": 0.02,
                "labels": [
                    {"label": "chair", "score": 0.93, "probability": 0.81},
                    {"label": "table", "score": 0.71, "probability": 0.17},
                ],
                "made_by": {"polyseek": "0.1.0", "encoder": "words2", "space": "0123456789abcdef"},
            }
        ]
    },
    "suggested": {
        "looked_at": 1,
        "changed": 1,
        "suggested": [
            {
                "id": "k3f9",
                "path": "/home/me/models/kitchen/oak_chair.glb",
                "tags": [
                    {"tag": "chair", "probability": 0.61},
                    {"tag": "furniture", "probability": 0.84},
                ],
            }
        ],
        "made_by": {"polyseek": "0.1.0", "encoder": "words2", "space": "0123456789abcdef"},
    },
    "facets": {"format": {"glb": 4000, "obj": 65}, "triangles": {"1000..10000": 812}},
    "duplicates": {
        "groups": [
            {
                "digest": "5f2b8c01d3a94e775f2b8c01d3a94e77",
                "bytes": 48216,
                "copies": [
                    {
                        "path": "/home/me/models/kitchen/oak_chair.glb",
                        "added": "2026-03-01T14:30:00+00:00",
                        "ids": ["k3f9"],
                    },
                    {
                        "path": "/home/me/models/old/chair.glb",
                        "added": "2026-03-02T09:12:00+00:00",
                        "ids": ["m2c7"],
                    },
                ],
                "waste": 48216,
            }
        ],
        "number": 12,
        "waste": 1048576,
        "next": None,
    },
    "map": {
        "version": "d4f48794d134ec27a5",
        "state": "ready",
        "space": "0123456789abcdef",
        "ids": ["k3f9", "m2c7"],
        "places": [12009, 40211, 12544, 39870],
        "colours": "8a5a2bc9c6c0",
        "regions": [{"words": "chair", "x": 0.1874, "y": 0.611, "models": 24, "level": 1, "example": "k3f9"}],
    },
    "map_matches": {"version": "d4f48794d134ec27a5", "matches": [0, 1]},
    "found": {"records": [RECORD]},
    "makers": {"makers": {"k3f9": "Kenney (kenney.nl)", "m2c7": None}},
    "folders": {
        "folders": [
            {
                "path": "/home/me/models",
                "models": 4065,
                "missing": 5,
                "watch": {
                    "path": "/home/me/models",
                    "state": "watching",
                    "added": 3,
                    "changed": 1,
                    "missing": 0,
                    "failed": 0,
                    "latest": "2026-03-01T14:30:00+00:00",
                    "error": None,
                },
            }
        ]
    },
    "removed": {"removed": 1},
    "pruned": {"pruned": 5},
    "tags": {"changed": 2},
    "undo": {"undone": "tagged 2 models kitchen"},
    "job": _JOB,
    "jobs": {"jobs": [_JOB]},
    "info": {
        "library": "/home/me/library",
        "schema": 1,
        "records": 4065,
        "present": 4060,
        "missing": 5,
        "encoders": [
            {
                "id": "geo18",
                "space": "0123456789abcdef",
                "dimensions": 18,
                "vectors": 4065,
                "reads": [],
                "used": True,
                "absent": False,
                "lacking": 0,
            }
        ],
        "unused": [],
        "formats": {"glb": 4000, "obj": 65},
        "bytes": 52428800,
        "healthy": True,
        "problems": [],
        "reveal": True,
    },
    "revealed": {"revealed": "/home/me/models/kitchen/oak_chair.glb"},
    "health": {"status": "ok", "records": 4065},
}
PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "the library holds no model 'zzz'",
    "status": 404,
    "kind": "unknown_id",
    "message": "the library holds no model 'zzz'",
    "path": None,
    "hint": "polyseek list shows the ids",
}

Responses = dict[int | str, dict[str, Any]]
_REFUSED: Responses = {
    "default": {
        "description": "A problem (RFC 9457) that says what happened and what to do",
        "content": {
            "application/problem+json": {
                "schema": {"type": "object", "required": ["type", "title", "status"]},
                "example": PROBLEM,
            }
        },
    }
}


def answers(name: str, *, status: int = 200) -> Responses:
    """The `responses` of a call that answers JSON like EXAMPLES[name]."""
    content = {"application/json": {"schema": {"type": "object"}, "example": EXAMPLES[name]}}
    return {status: {"description": "Done", "content": content}, **_REFUSED}


def answers_bytes(media_type: str, *, cached: bool = True) -> Responses:
    """The `responses` of a call that answers a file or a stream; `cached`: with an ETag."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    unchanged: Responses = {304: {"description": "The one with this ETag is still right"}} if cached else {}
    return {200: {"description": "Done", "content": content}, **unchanged, **_REFUSED}
