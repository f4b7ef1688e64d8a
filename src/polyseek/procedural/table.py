"""The categories of made models: name -> the function that builds one, imported on first use."""

from __future__ import annotations

CATEGORIES: dict[str, str] = {
    "chair": "polyseek.procedural.furniture:chair",
    "table": "polyseek.procedural.furniture:table",
    "mug": "polyseek.procedural.kitchenware:mug",
    "bottle": "polyseek.procedural.kitchenware:bottle",
}
