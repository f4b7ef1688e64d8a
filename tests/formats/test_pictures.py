"""Pictures that people search by: the right way up, small, and never more than they may cost."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from polyseek.errors import FileNotFound, LimitExceeded, MalformedFile
from polyseek.formats.limits import Limits
from polyseek.formats.pictures import MOST_MB, SIDE, picture_of, read_picture

QUARTERS = np.zeros((40, 60, 3), np.uint8)
QUARTERS[:20, :30] = (250, 10, 10)
QUARTERS[:20, 30:] = (10, 250, 10)
QUARTERS[20:, :30] = (10, 10, 250)


def written(pixels: np.ndarray, kind: str, **how) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **how)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF"])
def test_every_kind_of_picture_is_read(kind: str, tmp_path: Path):
    path = tmp_path / "a.picture"
    path.write_bytes(written(QUARTERS, kind))

    pixels = read_picture(str(path), Limits())

    assert pixels.shape == (40, 60, 4)
    for row, column in ((10, 15), (10, 45), (30, 15), (30, 45)):
        assert pixels[row, column, :3] == pytest.approx(QUARTERS[row, column], abs=40)
    assert (pixels[..., 3] == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_was(orientation: int):
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = orientation
    data = written(QUARTERS, "PNG", exif=exif)

    with Image.open(io.BytesIO(data)) as image:
        expected = np.array(ImageOps.exif_transpose(image).convert("RGBA"))
    assert np.array_equal(picture_of("a.png", data, Limits()), expected)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    assert picture_of("a.png", written(np.zeros((300, 1500, 3), np.uint8), "PNG"), Limits()).shape == (
        round(300 * SIDE / 1500),
        SIDE,
        4,
    )


def test_alpha_is_kept():
    cut_out = np.zeros((5, 5, 4), np.uint8)
    cut_out[2, 2] = 255

    assert np.array_equal(picture_of("a.png", written(cut_out, "PNG"), Limits()), cut_out)


@pytest.mark.parametrize("data", [b"", b"glTF not a picture", written(QUARTERS, "PNG")[:60]])
def test_what_is_no_picture_is_said(data: bytes):
    with pytest.raises(MalformedFile, match="no picture") as said:
        picture_of("a.png", data, Limits())

    assert said.value.path == "a.png"
    assert "PNG or JPEG" in said.value.hint


def test_a_picture_costs_no_more_than_its_limits(tmp_path: Path):
    with pytest.raises(LimitExceeded, match="too many pixels"):
        picture_of("a.png", written(QUARTERS[::-1], "PNG"), Limits(texture_pixels=2000))
    large = tmp_path / "large.png"
    with large.open("wb") as file:
        file.truncate(MOST_MB * 1_000_000 + 1)
    with pytest.raises(LimitExceeded, match=f"limit of {MOST_MB} MB"):
        read_picture(str(large), Limits())


def test_a_picture_that_is_not_there_is_said(tmp_path: Path):
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(FileNotFound):
            read_picture(str(path), Limits())
