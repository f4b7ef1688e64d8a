"""Draco streams made by the library's own encoder, and damaged ones."""

import DracoPy
import numpy as np
import pytest

from polyseek.errors import MalformedFile
from polyseek.formats.draco import decode_draco


def test_a_stream_gives_its_triangles_back():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 2]], np.float32)
    faces = np.array([[0, 1, 2], [1, 3, 2]])
    stream = DracoPy.encode(vertices, faces, quantization_bits=14)

    found, rows = decode_draco(stream, {"POSITION": 0})

    # The encoder may begin a triangle at another corner and write triangles in another order.
    triangles = {frozenset(map(tuple, corners.round().tolist())) for corners in rows["POSITION"][found]}
    assert triangles == {frozenset(map(tuple, corners.tolist())) for corners in vertices[faces]}
    assert found.dtype == np.int32


@pytest.mark.parametrize("cut", [0, 3, 30])
def test_a_cut_stream_is_refused(cut):
    stream = DracoPy.encode(np.eye(3, dtype=np.float32), np.array([[0, 1, 2]]))

    with pytest.raises(MalformedFile):
        decode_draco(stream[:cut], {"POSITION": 0})


def test_an_attribute_that_the_stream_does_not_hold_is_refused():
    stream = DracoPy.encode(np.eye(3, dtype=np.float32), np.array([[0, 1, 2]]))

    with pytest.raises(MalformedFile, match="NORMAL"):
        decode_draco(stream, {"POSITION": 0, "NORMAL": 7})
