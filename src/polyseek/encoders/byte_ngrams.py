"""Text in any language -> numbers of its hashed byte n-grams, as trained text towers read it.

UTF-8 bytes of the NFKC-folded, lower-case text; each word between spaces gives its n-grams of 2 to 6
bytes and itself whole, with a mark at both ends. A bucket is FNV-1a (32 bits) of the bytes. No
tokenizer, no vocabulary file; the same few lines run in a browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from jaxtyping import Int64

BUCKETS = 32_768
LONGEST = 160
_SIZES = (2, 3, 4, 5, 6)
_SPACE = re.compile(r"[\s_\-]+")


def ngrams(text: str, buckets: int = BUCKETS, longest: int = LONGEST) -> list[int]:
    """Buckets 1 to `buckets` - 1 of a text's n-grams, at most `longest`; a text of spaces alone has none."""
    folded = _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    found: list[int] = []
    for word in folded.split(" ") if folded else []:
        marked = b"\x02" + word.encode("utf-8") + b"\x03"
        found.append(_bucket(b"\x01" + marked, buckets))
        for size in _SIZES:
            found += [_bucket(marked[at : at + size], buckets) for at in range(len(marked) - size + 1)]
    return found[:longest]


def padded(texts: Sequence[str], buckets: int = BUCKETS, longest: int = LONGEST) -> Int64[np.ndarray, "n m"]:
    """One row of buckets a text, filled up with 0 to the longest; at least one column."""
    rows = [ngrams(text, buckets, longest) for text in texts]
    ids = np.zeros((len(rows), max([1, *map(len, rows)])), np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
    return ids


def _bucket(data: bytes, buckets: int) -> int:
    state = 0x811C9DC5
    for byte in data:
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    return 1 + state % (buckets - 1)
