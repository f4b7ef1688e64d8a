"""Libraries of made records for the benchmarks of the server and the page: seeded, without model files."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from jaxtyping import Float32, Int64
from PIL import Image, ImageDraw

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record, Tag
from polyseek.catalogue.sqlite import SqliteCatalogue
from polyseek.encoders.contract import Encoder, unit_rows
from polyseek.encoders.shelf import load
from polyseek.indexing.settings import Settings

THINGS = """
    chair table lamp bottle barrel crate fence tree rock house tower wall door window bridge boat car truck wheel
    sword shield axe hammer bolt bracket gear pipe valve cup plate bowl vase clock book shelf bed sofa desk stool
""".split()  # noqa: SIM905 - a list of words reads better as words
KINDS = """
    wooden red blue green old broken small large round square tall low stone iron golden dark light medieval
    modern thin wide curved rusty painted double single left right front corner
""".split()  # noqa: SIM905 - a list of words reads better as words
PACKS = 40
BATCH = 1000


def make(folder: Path, count: int, *, seed: int = 0) -> None:
    """Write a library of `count` records with vectors of all encoders and one of 32 shared pictures each.

    None lacks a vector: a server would begin to make it, from files that are not there.
    """
    settings = Settings()
    encoder = load(settings.default_encoder)
    others = [load(id) for id in settings.encoders if id != settings.default_encoder]
    draw = np.random.default_rng(seed)
    centres = draw.normal(size=(len(THINGS), encoder.space.dimensions))
    shown = pictures(32, seed)
    with SqliteCatalogue.open(folder) as catalogue:
        catalogue.add_space(encoder.space, settings.default_encoder)
        for other in others:
            catalogue.add_space(other.space, other.card.id)
        for first in range(0, count, BATCH):
            numbers = range(first, min(first + BATCH, count))
            things = draw.integers(len(THINGS), size=len(numbers))
            noise = draw.normal(size=(len(numbers), encoder.space.dimensions))
            vectors = unit_rows((centres[things] + 0.7 * noise).astype(np.float32))
            beside = {each.space.digest: random_vectors(each, things, (seed, first)) for each in others}
            with catalogue.batch() as batch:
                for place, number in enumerate(numbers):
                    record = made_record(number, THINGS[things[place]], draw)
                    stamp = Stamp(record.path, record.root, record.bytes, number, record.digest)
                    vector = {encoder.space.digest: vectors[place]}
                    vector |= {digest: rows[place] for digest, rows in beside.items()}
                    batch.put(
                        stamp,
                        [Entry(record, vector, {"front": shown[number % len(shown)], "back": shown[-1]})],
                    )


def random_vectors(
    encoder: Encoder, things: Int64[np.ndarray, " n"], seed: tuple[int, int]
) -> Float32[np.ndarray, "n d"]:
    """Unit vectors of the encoder's Space, those of one thing near each other."""
    of_things, noise = np.random.default_rng(seed[0]), np.random.default_rng(seed)
    centres = of_things.normal(size=(len(THINGS), encoder.space.dimensions))
    shape = (len(things), encoder.space.dimensions)
    return unit_rows((centres[things] + 0.7 * noise.normal(size=shape)).astype(np.float32))


def made_record(number: int, thing: str, draw: np.random.Generator) -> Record:
    kinds = [KINDS[kind] for kind in draw.choice(len(KINDS), size=draw.integers(1, 3), replace=False)]
    name = f"{thing}_{'_'.join(kinds)}_{number:06d}"
    root = f"/models/pack{number % PACKS:02d}"
    return Record(
        id=f"m{number:07d}", path=f"{root}/{thing}s/{name}.glb", root=root, name=name,
        format=("glb", "obj", "stl")[number % 3], bytes=int(draw.integers(1_000, 1_000_000)),
        digest=f"{number:032x}", added="2026-01-01T00:00:00+00:00", words=(thing, *kinds),
        tags=(Tag(thing), *(Tag(kind) for kind in kinds)),
        size_metres=tuple(float(side) for side in 10 ** draw.uniform(-2, 1.5, size=3)),
        triangles=int(10 ** draw.uniform(1, 6)), vertices=int(10 ** draw.uniform(1, 6)), parts=1,
        has_texture=bool(number % 2), watertight=bool(number % 5), colours=("#8a5a2b", "#d0c8b0"),
        measures={"volume": float(draw.random()), "area": float(draw.random())},
        licence=("CC0-1.0", "CC-BY-4.0", None)[number % 3],
    )  # fmt: skip


def pictures(count: int, seed: int) -> list[bytes]:
    """WebP of one coloured shape each, 256 x 256 with alpha, as thumbnails are."""
    draw = np.random.default_rng(seed)
    found: list[bytes] = []
    for _ in range(count):
        image = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
        left, top = draw.integers(20, 80, size=2).tolist()
        colour = (*draw.integers(60, 230, size=3).tolist(), 255)
        ImageDraw.Draw(image).ellipse((left, top, 256 - top, 256 - left), fill=colour)
        packed = io.BytesIO()
        image.save(packed, "WEBP", quality=60)
        found.append(packed.getvalue())
    return found
