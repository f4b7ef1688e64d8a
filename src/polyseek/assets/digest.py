"""What names a model's bytes: a digest of its file and of the side files that it names.

BLAKE2b (RFC 7693) of 16 bytes, as 32 hexadecimal digits. Names, places and times have no say, so a
copy, a renamed and a moved model have the digest of the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

DIGEST_BYTES = 16
_CHUNK = 1 << 20


def digest_bytes(data: bytes) -> str:
    """Digest of one file's bytes, at hand."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def digest_file(path: Path) -> str:
    """Digest of one file's bytes, read in pieces. Raises OSError."""
    state = hashlib.blake2b(digest_size=DIGEST_BYTES)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            state.update(chunk)
    return state.hexdigest()


def digest_model(main: str, side_files: Iterable[str] = ()) -> str:
    """Digest of a model from the digests of its file and of its side files, whose order does not matter.

    A model without side files has the digest of its file.
    """
    sides = sorted(side_files)
    return digest_bytes("\n".join([main, *sides]).encode()) if sides else main
