"""The vectors of a library's Spaces in memory, read again when the catalogue has changed."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
from jaxtyping import Float32, Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.encoders.contract import CosineScale
from polyseek.indexes.exact import ExactIndex
from polyseek.search.calibrate import Calibration, calibrate


@dataclass(frozen=True, eq=False)
class Page:
    """The vectors of one Space as they were at `generation`."""

    generation: int
    index: ExactIndex
    calibration: Calibration
    calibrated_at: int = 0

    @property
    def models(self) -> CosineScale:
        """What a cosine between two models means."""
        return self.calibration.scale

    def cosines(
        self, vector: Float32[np.ndarray, " d"], keys: Int64[np.ndarray, " n"]
    ) -> Float32[np.ndarray, " n"]:
        """The cosine of each key's vector with a unit one, -1 where it has none. `keys` ascend."""
        held = self.index.keys()
        cosines = self.index.scores(vector)
        if np.array_equal(held, keys):
            return cosines
        here = np.full(len(keys), -1.0, np.float32)
        if len(held) and len(keys):
            places = np.minimum(np.searchsorted(held, keys), len(held) - 1)
            there = held[places] == keys
            here[there] = cosines[places[there]]
        return here


class Pages:
    """The pages of a catalogue by Space digest; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._pages: dict[str, Page] = {}
        self._lock = Lock()

    def page(self, space: str) -> Page:
        """The page of a Space as the catalogue is now."""
        generation = self._catalogue.generation()
        with self._lock:
            page = self._pages.get(space)
            if page is None or page.generation != generation:
                page = self._read(space, generation, page)
                self._pages[space] = page
            return page

    def _read(self, space: str, generation: int, old: Page | None) -> Page:
        keys, vectors = self._catalogue.vectors(space)
        index = ExactIndex()
        index.build(keys, vectors)
        # The scale of a Space moves slowly: it is taken again when the library has grown by a tenth.
        if old is not None and abs(len(keys) - old.calibrated_at) <= old.calibrated_at // 10:
            return Page(generation, index, old.calibration, old.calibrated_at)
        return Page(generation, index, calibrate(vectors), len(keys))
