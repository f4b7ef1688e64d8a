"""Pictures become squares: the thing fills them, whatever was around it."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.encoders.picture_planes import BEHIND, FILL, square, thing_box

RED = np.array([200, 30, 40], np.uint8)


def paper(height: int, width: int, colour=(255, 255, 255)) -> np.ndarray:
    made = np.full((height, width, 4), 255, np.uint8)
    made[..., :3] = colour
    return made


def mottled(height: int, width: int) -> np.ndarray:
    made = paper(height, width)
    made[..., :3] = np.random.default_rng(0).integers(0, 256, (height, width, 3))
    return made


def test_a_plain_picture_is_plain_at_any_size():
    for height, width in ((1, 1), (3, 200), (64, 64), (301, 97)):
        planes = square(paper(height, width, (10, 20, 30)), 32)
        assert planes.shape == (3, 32, 32)
        assert planes.dtype == np.uint8
        assert np.array_equal(planes.reshape(3, -1).T, np.tile([10, 20, 30], (1024, 1)))


def test_a_square_picture_without_a_border_comes_back_pixel_for_pixel():
    picture = mottled(48, 48)

    assert np.array_equal(square(picture, 48), picture[..., :3].transpose(2, 0, 1))


def test_scaling_down_by_a_whole_number_is_a_tent_over_the_pixels():
    picture = mottled(60, 60)

    planes = square(picture, 20)

    # By hand: parts 3 pixels wide, a tent 6 wide, around the part at row 7, column 11.
    tent = 1 - np.abs(np.arange(-2, 3)) / 3
    weights = np.outer(tent, tent) / tent.sum() ** 2
    rows, columns = slice(3 * 7 - 1, 3 * 7 + 4), slice(3 * 11 - 1, 3 * 11 + 4)
    expected = np.einsum("hw,hwc->c", weights, picture[rows, columns, :3].astype(float))
    assert planes[:, 7, 11] == pytest.approx(expected, abs=0.51)


def test_the_thing_of_a_cut_out_fills_the_square_over_grey():
    picture = np.zeros((300, 400, 4), np.uint8)
    picture[200:250, 100:200] = (*RED, 255)

    planes = square(picture, 100)

    seen = planes[0] > 164  # half way from grey to red
    assert seen.sum(1).max() == pytest.approx(100 * FILL, abs=1)
    assert seen.sum(0).max() == pytest.approx(50 * FILL, abs=1)
    assert planes[:, 50, 50].tolist() == RED.tolist()
    assert planes[:, 0, 0].tolist() == [BEHIND] * 3


def test_room_around_a_thing_on_plain_paper_has_no_say():
    tight, wide = paper(90, 60), paper(500, 700)
    tight[10:80, 10:50, :3] = RED
    wide[300:370, 40:80, :3] = RED

    assert np.array_equal(square(tight, 64), square(wide, 64))


def test_a_busy_picture_is_taken_whole_and_goes_on_in_its_borders_colour():
    picture = mottled(40, 80)
    picture[0, :, :3] = picture[-1, :, :3] = 250  # most of the border, so its median

    planes = square(picture, 80)

    assert np.array_equal(planes[:, 21:59], picture[1:39, :, :3].transpose(2, 0, 1))
    assert (planes[:, :19] == 250).all()
    assert (planes[:, 61:] == 250).all()


def test_dust_on_paper_is_no_thing():
    picture = paper(200, 200)
    picture[100:104, 100:104, :3] = 0

    assert thing_box(picture, picture[..., :3].astype(np.float32)) is None


def test_half_transparent_is_half_grey():
    picture = paper(32, 32, (228, 28, 128))
    picture[..., 3] = 128

    planes = square(picture, 32)

    assert planes[:, 16, 16] == pytest.approx([178, 78, 128], abs=1)


def test_a_picture_without_pixels_is_refused():
    with pytest.raises(ValueError, match="0 x 4"):
        square(np.zeros((4, 0, 4), np.uint8), 8)
