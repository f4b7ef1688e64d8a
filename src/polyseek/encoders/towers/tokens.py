"""Words as the tokens that a text network was trained on, by the tokenizer.json beside it (extra `towers`)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Int64

from polyseek.encoders.towers.card import Text
from polyseek.errors import UsageError, need


class Tokens:
    """The tokenizer of a card. `fixed`: how many tokens the network always takes, where it says so."""

    def __init__(self, folder: Path, card: Text, fixed: int | None = None) -> None:
        self._path = folder / card.tokenizer
        self._card = card
        self._fixed = fixed

    def read(self, text: str) -> tuple[Int64[np.ndarray, " t"], Int64[np.ndarray, " t"]]:
        """(ids, mask) of one text; the mask is 1 for each token and 0 for padding."""
        card = self._card
        ids: list[int] = self._tokenizer.encode(text.lower() if card.lower else text).ids
        if not ids:
            raise UsageError(f"{text!r} has no tokens", path=str(self._path), hint="search for other words")
        length = self._fixed or (card.length if card.pad == "length" else len(ids))
        padding = max(0, length - len(ids))
        mask = [1] * len(ids) + [0] * padding
        return np.array(ids + [card.pad_id] * padding, np.int64), np.array(mask, np.int64)

    @cached_property
    def _tokenizer(self) -> Any:
        module = need("tokenizers", extra="towers")
        if not self._path.is_file():
            raise UsageError("there is no such file", path=str(self._path), hint="place it there")
        try:
            found = module.Tokenizer.from_file(str(self._path))
        except Exception as error:  # the package raises plain Exception
            raise UsageError(f"the tokenizer cannot be read ({error})", path=str(self._path)) from error
        # Its own padding and truncation are those of whoever saved it.
        found.no_padding()
        found.enable_truncation(min(self._card.length, self._fixed or self._card.length))
        return found
