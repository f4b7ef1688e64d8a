"""Image bytes -> RGBA: sizes, modes, limits, damage, and the cache."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from polyseek.errors import LimitExceeded, MalformedFile
from polyseek.formats.images import PixelCache, decode_image
from polyseek.formats.limits import Limits

RANDOM = np.random.default_rng(1)


def encoded(pixels, kind="PNG", **options):
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("WEBP", {"lossless": True, "exact": True})])
def test_a_lossless_image_comes_back_to_the_bit(kind, options):
    pixels = RANDOM.integers(0, 256, (6, 9, 4), dtype=np.uint8)

    texture = decode_image(encoded(pixels, kind, **options), Limits(), name="a", wrap_u="clamp")

    assert np.array_equal(texture.pixels, pixels)
    assert (texture.name, texture.wrap_u, texture.wrap_v) == ("a", "clamp", "repeat")


def test_grey_of_sixteen_bits_keeps_its_upper_eight():
    grey = np.array([[0, 257, 65535]], np.uint16)

    assert decode_image(encoded(grey), Limits()).pixels[0, :, 0].tolist() == [0, 1, 255]


def test_a_big_image_is_averaged_down_to_the_limit_and_keeps_its_shape():
    halves = np.zeros((64, 128, 3), np.uint8)
    halves[:, 64:] = 200

    pixels = decode_image(encoded(halves), Limits(texture_side=16)).pixels

    assert pixels.shape == (8, 16, 4)
    assert pixels[:, :8, 0].max() == 0
    assert pixels[:, 8:, 0].min() == 200


def test_more_pixels_than_the_limit_are_refused_before_they_are_unpacked():
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    with pytest.raises(LimitExceeded, match="texture_pixels"):
        decode_image(b"\x89PNG\r\n\x1a\n" + chunks, Limits())


@pytest.mark.parametrize("data", [b"", b"no image", b"\xabKTX 20\xbb\r\n\x1a\n", b"\x89PNG\r\n\x1a\n1234"])
def test_damaged_bytes_are_refused(data):
    with pytest.raises(MalformedFile):
        decode_image(data, Limits(), name="damaged")


def test_equal_bytes_share_their_pixels_and_nobody_can_write_to_them():
    data = encoded(RANDOM.integers(0, 256, (3, 3, 3), dtype=np.uint8))

    one, two = decode_image(data, Limits()), decode_image(data, Limits())

    assert one.pixels is two.pixels
    assert not one.pixels.flags.writeable


def test_the_cache_forgets_what_was_used_longest_ago():
    cache = PixelCache(megabytes=0.001)
    pixels = np.zeros((10, 10, 4), np.uint8)
    for key in (b"a", b"b"):
        cache.put((key, 1), pixels)
    cache.get((b"a", 1))
    cache.put((b"c", 1), pixels)

    assert [cache.get((key, 1)) is not None for key in (b"a", b"b", b"c")] == [True, False, True]
    assert cache.used <= cache.room
