"""The vectors of a library's Spaces in memory, read again when the catalogue has changed."""

from __future__ import annotations

from threading import Lock

import numpy as np
from jaxtyping import Bool, Float32, Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.encoders.contract import CosineScale
from polyseek.indexes.exact import ExactIndex
from polyseek.search.blend import Blend, Blended
from polyseek.search.calibrate import Calibration, calibrate


class Page:
    """The vectors of one Space as they were at `generation`. `keys` ascend; `before`: the page that this one follows."""

    def __init__(
        self,
        generation: int,
        keys: Int64[np.ndarray, " n"],
        vectors: Float32[np.ndarray, "n d"],
        before: Page | None = None,
    ) -> None:
        self.generation = generation
        self.index = ExactIndex()
        self.index.build(keys, vectors)
        self.vectors = vectors
        # The scale of a Space moves slowly: it is taken again when the library has grown by a tenth.
        stays = before is not None and abs(len(keys) - before.scaled_at) <= before.scaled_at // 10
        self._calibration = before._calibration if stays and before is not None else None
        self.scaled_at = before.scaled_at if self._calibration and before is not None else len(keys)

    @property
    def calibration(self) -> Calibration:
        """What is near in this library; worked out when it is first asked for."""
        if self._calibration is None:
            self._calibration = calibrate(self.vectors)
        return self._calibration

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

    def holds(self, keys: Int64[np.ndarray, " n"]) -> Bool[np.ndarray, " n"]:
        """Which keys have a vector here."""
        return np.isin(keys, self.index.keys())


class Pages:
    """The pages of a catalogue by Space digest; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._pages: dict[str, Page] = {}
        self._blends: dict[Blend, Blended] = {}
        self._lock = Lock()

    def page(self, space: str) -> Page:
        """The page of a Space as the catalogue is now. Raises SpaceMismatch."""
        generation = self._catalogue.generation()
        with self._lock:
            page = self._pages.get(space)
            if page is None or page.generation != generation:
                page = Page(generation, *self._catalogue.vectors(space), before=page)
                self._pages[space] = page
            return page

    def blended(self, blend: Blend) -> Blended:
        """The pages of a blend as the catalogue is now. Raises SpaceMismatch."""
        pages = [self.page(space) for space, _ in blend.shares]
        with self._lock:
            held = self._blends.get(blend)
            if held is None or any(one is not other for one, other in zip(held.pages, pages, strict=True)):
                held = Blended(pages, [share for _, share in blend.shares], held)
                self._blends[blend] = held
            return held
