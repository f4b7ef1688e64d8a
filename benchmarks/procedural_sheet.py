"""A sheet of made models: one of every category, drawn and labelled, on one picture.

python benchmarks/procedural_sheet.py docs/images/procedural.webp --columns 12 --side 128 --seed 0
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image, ImageDraw

from polyseek.procedural import CATEGORIES, make
from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails

SURFACE, INK, LABEL = (250, 250, 248, 255), (110, 110, 108), 14


def sheet(categories: list[str], seeds: list[int], columns: int, side: int) -> Image.Image:
    """A grid of pictures, each category with every seed, its name below it."""
    cells = [(category, seed) for category in categories for seed in seeds]
    rows = -(-len(cells) // columns)
    canvas = Image.new("RGBA", (columns * side, rows * (side + LABEL)), SURFACE)
    draw = ImageDraw.Draw(canvas)
    for i, (category, seed) in enumerate(cells):
        left, top = i % columns * side, i // columns * (side + LABEL)
        picture = Image.open(
            io.BytesIO(thumbnails(make(category, seed), ThumbnailOptions(side=side))["front"])
        )
        canvas.alpha_composite(picture.convert("RGBA"), (left, top))
        draw.text((left + side / 2, top + side), category.replace("_", " "), INK, anchor="ma")
    return canvas.convert("RGB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("output", type=Path)
    parser.add_argument("--columns", type=int, default=12)
    parser.add_argument("--side", type=int, default=128, help="pixels of one cell")
    parser.add_argument("--seed", type=int, default=0, help="of the first model of each category")
    parser.add_argument("--each", type=int, default=1, help="models of each category")
    parser.add_argument("--only", nargs="*", default=list(CATEGORIES), help="categories")
    asked = parser.parse_args()
    seeds = list(range(asked.seed, asked.seed + asked.each))
    picture = sheet(asked.only, seeds, asked.columns, asked.side)
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    picture.save(asked.output, quality=85)
    print(f"{asked.output}: {len(asked.only) * asked.each} models, {asked.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
