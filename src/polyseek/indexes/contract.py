"""The socket of an index: vectors of one Space in, nearest rows out. A cache of the catalogue's vectors."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float32, Int64


@runtime_checkable
class Index(Protocol):
    """Rows are named by the catalogue's integer keys. Scores are cosine similarities, best first."""

    def build(self, keys: Int64[np.ndarray, " n"], vectors: Float32[np.ndarray, "n d"]) -> None: ...

    def add(self, keys: Int64[np.ndarray, " n"], vectors: Float32[np.ndarray, "n d"]) -> None: ...

    def remove(self, keys: Int64[np.ndarray, " n"]) -> None: ...

    def search(
        self,
        queries: Float32[np.ndarray, "q d"],
        k: int,
        allowed: Bool[np.ndarray, " n"] | None = None,
    ) -> tuple[Int64[np.ndarray, "q k"], Float32[np.ndarray, "q k"]]:
        """(keys, scores); where fewer than k rows are allowed the rest is key -1, score -inf.

        `allowed`: which rows may come back, in the order of `keys()`. Ties go to the smaller key.
        """
        ...

    def keys(self) -> Int64[np.ndarray, " n"]: ...
