"""meshopt: hand-encoded streams, a tiny encoder for every mode, filters against their formulas."""

import numpy as np
import pytest

from polyseek.errors import MalformedFile
from polyseek.formats.meshopt import colour, decode_meshopt, exponential, octahedral, quaternion

RANDOM = np.random.default_rng(5)


def zigzag(value, bits):
    value &= (1 << bits) - 1
    signed = value - (1 << bits) if value >> (bits - 1) else value
    return ((signed << 1) ^ (signed >> (bits - 1))) & ((1 << bits) - 1)


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def group(deltas, bits):
    """16 deltas in the sentinel encoding of 0, 1, 2, 4 or 8 bits."""
    if bits == 0:
        return b""
    if bits == 8:
        return bytes(deltas)
    sentinel = (1 << bits) - 1
    packed, extra = bytearray(2 * bits), bytearray()
    for i, delta in enumerate(deltas):
        place = i * bits % 8
        code = min(delta, sentinel)
        packed[i * bits // 8] |= code << (place if bits == 1 else 8 - bits - place)
        if code == sentinel:
            extra.append(delta)
    return bytes(packed + extra)


def encode(rows, version=0, control=1, modes=None):
    """Attributes in one block: rows (count, stride) uint8; every group in a code picked at random."""
    count, stride = rows.shape
    modes = modes or [0] * (stride // 4)
    groups = (count + 15) // 16
    before = np.vstack([rows[:1], rows[:-1]])
    deltas = np.zeros((groups * 16, stride), np.uint8)
    for channel, mode in enumerate(modes):
        size = (1, 2, 4)[mode & 15]
        kind = f"<u{size}"
        columns = slice(4 * channel, 4 * channel + 4)
        now, then = (
            np.ascontiguousarray(each[:, columns]).view(kind).astype(np.int64) for each in (rows, before)
        )
        if mode & 15 == 2:
            turn, change = mode >> 4, now ^ then
            coded = ((change >> turn) | (change << (32 - turn))) & 0xFFFFFFFF
        else:
            coded = np.vectorize(lambda value, bits=8 * size: zigzag(int(value), bits))(now - then)
        deltas[:count, columns] = coded.astype(kind).view(np.uint8).reshape(count, 4)
    out = bytes([0xA0 + version])
    if version:
        out += bytes([control * 0b01010101] * (stride // 4))
    choices = {0: (0, 1, 2, 4), 1: (1, 2, 4, 8)}.get(control, ()) if version else (0, 2, 4, 8)
    for k in range(stride):
        if version and control == 3:
            out += deltas[:count, k].tobytes()
            continue
        head, body = bytearray((groups + 3) // 4), b""
        for g in range(groups):
            part = deltas[16 * g : 16 * g + 16, k].tolist()
            code = int(RANDOM.integers(0, 4))
            if choices[code] == 0 and any(part):
                code = 3
            head[g // 4] |= code << (2 * (g % 4))
            body += group(part, choices[code])
        out += bytes(head) + body
    tail = rows[0].tobytes() + (bytes(modes) if version else b"")
    return out + b"\0" * max(0, (24 if version else 32) - len(tail)) + tail


@pytest.mark.parametrize(
    ("version", "control", "modes"),
    [(0, 1, [0, 0]), (1, 0, [0, 1]), (1, 1, [2, 1]), (1, 3, [0, 2]), (1, 1, [2 | 5 << 4, 0])],
)
def test_attributes_come_back_as_they_were_encoded(version, control, modes):
    steps = RANDOM.integers(-2, 3, (150, 8))
    rows = (np.cumsum(steps, axis=0) + RANDOM.integers(0, 256, 8)).astype(np.uint8)
    rows[70] = RANDOM.integers(0, 256, 8)

    stream = encode(rows, version, control, modes)

    assert decode_meshopt(stream, 150, 8, "ATTRIBUTES") == rows.tobytes()


def test_the_specifications_example_of_sixteen_deltas():
    packed = bytes([0x17, 0x5F, 0xF0, 0xBC, 0x77, 0xA9, 0x21, 0x00, 0x34, 0xB5])
    expected = np.cumsum([-1, -4, -3, 26, -91, 0, -6, 6, -4, -4, 5, -5, 1, -1, 0, 0]).astype(np.uint8)

    # One group of four-bit codes for the first byte, groups of zeros for the other three.
    stream = b"\xa0" + b"\x02" + packed + b"\0\0\0" + b"\0" * 32
    rows = np.frombuffer(decode_meshopt(stream, 16, 4, "ATTRIBUTES"), np.uint8).reshape(16, 4)

    assert rows[:, 0].tolist() == expected.tolist()
    assert not rows[:, 1:].any()


def test_a_sequence_of_indices_with_two_baselines():
    indices = [0, 1, 2, 1000, 1001, 3, 999]
    baselines = [0, 0, 0, 1, 1, 0, 1]
    last, body = [0, 0], b""
    for index, baseline in zip(indices, baselines, strict=True):
        delta = index - last[baseline]
        body += varint(((delta << 1) ^ (delta >> 31)) << 1 | baseline)
        last[baseline] = index

    stream = b"\xd1" + body + b"\0" * 4

    assert np.frombuffer(decode_meshopt(stream, 7, 4, "INDICES"), np.uint32).tolist() == indices
    assert np.frombuffer(decode_meshopt(stream, 7, 2, "INDICES"), np.uint16).tolist() == indices


def test_triangles_of_every_kind_of_code():
    codes = bytes([0xF0, 0x10, 0xFF, 0x0D, 0x03, 0x0F])
    # 0xf0: three new. 0x10: the edge before the newest, a new vertex. 0xff 0xff: three explicit. 0x0d: last - 1.
    # 0x03: the fourth newest vertex. 0x0f: an explicit one.
    explicit = bytes([0xFF]) + varint(2 * 9) + varint(2 * 1) + varint(2 * 1) + varint(2 * 4)
    stream = b"\xe1" + codes + explicit + b"\0" * 16

    found = np.frombuffer(decode_meshopt(stream, 18, 4, "TRIANGLES"), np.uint32).reshape(-1, 3).tolist()

    # Edges after the first: (1,0) (2,1) (0,2); "X = 1" is (2,1), and so on by the specification's rules.
    assert found == [[0, 1, 2], [2, 1, 3], [9, 10, 11], [9, 11, 10], [9, 10, 9], [9, 9, 14]]


def test_damaged_streams_are_refused():
    rows = np.arange(64, dtype=np.uint8).reshape(16, 4)
    good = encode(rows)
    for stream in (good[:-1], b"\xa5" + good[1:], good[:20], b"", good[:1] + b"\0" + good[1:]):
        with pytest.raises(MalformedFile):
            decode_meshopt(stream, 16, 4, "ATTRIBUTES")
    # Code 0x00 reads an edge that nothing has written.
    with pytest.raises(MalformedFile):
        decode_meshopt(b"\xe1\x00" + b"\0" * 16, 3, 4, "TRIANGLES")
    with pytest.raises(MalformedFile):
        decode_meshopt(good, 16, 6, "ATTRIBUTES")
    with pytest.raises(MalformedFile):
        decode_meshopt(good, 16, 4, "LETTERS")


def test_octahedral_normals_are_the_directions_they_stand_for():
    directions = RANDOM.normal(size=(200, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    plane = directions[:, :2] / np.abs(directions).sum(1, keepdims=True)
    folded = (1 - np.abs(plane[:, ::-1])) * np.where(plane >= 0, 1, -1)
    plane = np.where(directions[:, 2:] >= 0, plane, folded)
    one = 2**11 - 1
    rows = np.zeros((200, 4), np.int16)
    rows[:, :2], rows[:, 2], rows[:, 3] = np.round(plane * one), one, 7

    found = octahedral(rows)

    assert found[:, :3] / 32767 == pytest.approx(directions, abs=2e-3)
    assert (found[:, 3] == 7).all()


def test_quaternions_get_their_largest_component_back():
    unit = RANDOM.normal(size=(100, 4))
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    largest = np.abs(unit).argmax(1)
    unit *= np.sign(unit[np.arange(100), largest])[:, None]
    one = 2**13 - 1
    rows = np.zeros((100, 4), np.int16)
    for row, quaternion_, most in zip(rows, unit, largest, strict=True):
        row[:3] = [round(quaternion_[(most + k) % 4] * np.sqrt(2) * one) for k in (1, 2, 3)]
        row[3] = (one & ~3) | most

    assert quaternion(rows) / 32767 == pytest.approx(unit, abs=1e-3)


def test_exponents_and_mantissas_are_floats():
    words = np.array([[3 << 24 | 5, (-2 & 255) << 24 | (-3 & 0xFFFFFF)]], np.uint32).view(np.int32)

    assert exponential(words).tolist() == [[40.0, -0.75]]


def test_colours_come_back_from_luma_and_chroma():
    red, green, blue, alpha = 200, 100, 50, 255
    co, rest = (red - blue) // 2, (red + blue) // 2
    y, cg = (green + rest) // 2, (green - rest) // 2
    rows = np.array([[y, co & 255, cg & 255, (alpha >> 1) | 128]], np.uint8)

    assert colour(rows)[0].tolist() == pytest.approx([red, green, blue, alpha], abs=2)
