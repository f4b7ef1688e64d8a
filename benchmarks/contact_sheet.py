"""A contact sheet: models of a folder spread over its packs and formats, drawn and labelled, on one picture.

    python benchmarks/contact_sheet.py FOLDER sheet.webp --count 200 --seed 0

A model that cannot be read or drawn leaves a red cell with its reason, and is told on stderr.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from polyseek.assets import in_one_frame
from polyseek.errors import PolyseekError
from polyseek.formats.reading import read_asset
from polyseek.formats.source import FileSource
from polyseek.formats.table import FORMATS
from polyseek.representations.thumbnails import ThumbnailOptions, thumbnails

SURFACE = (250, 250, 248, 255)
INK, FAULT = (110, 110, 108), (190, 60, 50)
LABEL = 14


def chosen(folder: Path, count: int, seed: int) -> list[Path]:
    """`count` model files, as even as possible over (first folder, suffix), sorted by path."""
    suffixes = {suffix for kind in FORMATS for suffix in kind.suffixes if kind.id != "archive"}
    groups: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in suffixes and path.is_file():
            key = (path.relative_to(folder).parts[0], path.suffix.lower())
            groups.setdefault(key, []).append(path)
    rng = np.random.default_rng(seed)
    for paths in groups.values():
        rng.shuffle(paths)
    found: list[Path] = []
    while len(found) < count and any(groups.values()):
        for paths in groups.values():
            if paths and len(found) < count:
                found.append(paths.pop())
    return sorted(found)


def cell(path: Path, root: Path, side: int, view: str) -> tuple[Image.Image, float]:
    """The labelled picture of one model, and the seconds that drawing took."""
    image = Image.new("RGBA", (side, side + LABEL), SURFACE)
    pen = ImageDraw.Draw(image)
    seconds = 0.0
    try:
        asset = in_one_frame(read_asset(FileSource(path, root)))
        start = time.perf_counter()
        picture = thumbnails(asset, ThumbnailOptions(side=side))[view]
        seconds = time.perf_counter() - start
        image.alpha_composite(Image.open(io.BytesIO(picture)).convert("RGBA"))
        ink = INK
    except PolyseekError as error:
        print(f"{path}: {error}", file=sys.stderr)
        pen.multiline_text((4, side // 3), error.message[:90].replace(": ", ":\n"), FAULT)
        ink = FAULT
    label = f"{path.stem} {path.suffix[1:]}"
    pen.text((2, side), label[: side // 6], ink)
    return image, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--columns", type=int, default=20)
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--part", type=int, nargs=2, default=(0, None), help="first and last of these models")
    parser.add_argument("--view", choices=["front", "back"], default="front")
    given = parser.parse_args()
    paths = chosen(given.folder, given.count, given.seed)[slice(*given.part)]
    rows = -(-len(paths) // given.columns)
    sheet = Image.new("RGBA", (given.columns * given.side, rows * (given.side + LABEL)), SURFACE)
    times: list[float] = []
    for index, path in enumerate(paths):
        image, seconds = cell(path, given.folder, given.side, given.view)
        times.append(seconds)
        row, column = divmod(index, given.columns)
        sheet.paste(image, (column * given.side, row * (given.side + LABEL)))
    sheet.convert("RGB").save(given.output, quality=80)
    print(f"{len(paths)} models, both pictures of one: median {1000 * np.median(times):.1f} ms")


if __name__ == "__main__":
    main()
