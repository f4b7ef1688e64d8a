"""Loops of the meshopt decoder (appendix A of KHR_meshopt_compression). Each returns 0, or -1 for a damaged stream."""

from __future__ import annotations

import numpy as np

from polyseek.kernels import kernel


@kernel
def decode_attributes(stream: np.ndarray, out: np.ndarray, version: int, tail: int) -> int:
    """Mode 0. `out`: (count, stride) uint8, filled. `tail`: bytes of the tail with its padding."""
    count, stride = out.shape
    channels = stride // 4
    end = len(stream) - tail
    # The baseline and the channel modes are the last bytes; padding stands before them.
    baseline = len(stream) - stride - (channels if version == 1 else 0)
    last = stream[baseline : baseline + stride].copy()
    modes = np.zeros(channels, np.uint8)
    if version == 1:
        modes[:] = stream[baseline + stride : baseline + stride + channels]
    for channel in range(channels):
        mode = modes[channel]
        if mode & 15 > 2 or (mode & 15 < 2 and mode > 15):
            return -1
    most = min((8192 // stride) & ~15, 256)
    deltas = np.zeros((stride, 256), np.uint8)
    at = 1
    done = 0
    while done < count:
        size = min(most, count - done)
        at = read_block(stream, at, end, deltas, size, stride, version)
        if at < 0:
            return -1
        for channel in range(channels):
            undo_deltas(deltas, out, done, size, channel * 4, modes[channel], last)
        done += size
    return 0 if at == end else -1


@kernel
def read_block(
    stream: np.ndarray, at: int, end: int, deltas: np.ndarray, size: int, stride: int, version: int
) -> int:
    """The delta bytes of one block into deltas[byte, element]; returns where it ends, -1 where damaged."""
    groups = (size + 15) // 16
    control_at = at
    if version == 1:
        at += stride // 4
        if at > end:
            return -1
    for k in range(stride):
        control = 4
        if version == 1:
            control = (stream[control_at + k // 4] >> (2 * (k % 4))) & 3
        if control == 2:
            deltas[k, :] = 0
            continue
        if control == 3:
            if at + size > end:
                return -1
            deltas[k, :size] = stream[at : at + size]
            at += size
            continue
        header = at
        at += (groups + 3) // 4
        if at > end:
            return -1
        for group in range(groups):
            code = (stream[header + group // 4] >> (2 * (group % 4))) & 3
            # Bits a delta: {0, 2, 4, 8} in version 0, {0, 1, 2, 4} and {1, 2, 4, 8} in version 1.
            step = code + control if version == 1 else (code + 1 if code else 0)
            at = read_group(stream, at, end, deltas[k, group * 16 : group * 16 + 16], step)
            if at < 0:
                return -1
    return at


@kernel
def read_group(stream: np.ndarray, at: int, end: int, out: np.ndarray, step: int) -> int:
    """16 deltas; `step` 0 to 4 stands for 0, 1, 2, 4 and 8 bits each. Returns where it ends, -1 where damaged."""
    if step == 0:
        out[:] = 0
        return at
    if step == 4:
        if at + 16 > end:
            return -1
        out[:] = stream[at : at + 16]
        return at + 16
    bits = 1 << (step - 1)
    sentinel = (1 << bits) - 1
    extra = at + 2 * bits
    if extra > end:
        return -1
    for i in range(16):
        byte = stream[at + i * bits // 8]
        place = i * bits % 8
        # One-bit deltas are stored from the lowest bit, the others from the highest.
        shift = place if bits == 1 else 8 - bits - place
        value = (byte >> shift) & sentinel
        if value == sentinel:
            if extra >= end:
                return -1
            value = stream[extra]
            extra += 1
        out[i] = value
    return extra


@kernel
def undo_deltas(
    deltas: np.ndarray, out: np.ndarray, done: int, size: int, first: int, mode: np.uint8, last: np.ndarray
) -> None:
    """Four bytes of each element from their deltas: by byte, by 16-bit word, or by XOR of 32 bits."""
    if mode & 15 == 0:
        for k in range(first, first + 4):
            value = np.int64(last[k])
            for i in range(size):
                delta = np.int64(deltas[k, i])
                value = (value + ((delta >> 1) ^ -(delta & 1))) & 255
                out[done + i, k] = value
            last[k] = value
    elif mode & 15 == 1:
        for k in range(first, first + 4, 2):
            value = np.int64(last[k]) | np.int64(last[k + 1]) << 8
            for i in range(size):
                delta = np.int64(deltas[k, i]) | np.int64(deltas[k + 1, i]) << 8
                value = (value + ((delta >> 1) ^ -(delta & 1))) & 65535
                out[done + i, k] = value & 255
                out[done + i, k + 1] = value >> 8
            last[k] = value & 255
            last[k + 1] = value >> 8
    else:
        turn = mode >> 4
        value = 0
        for j in range(4):
            value |= np.int64(last[first + j]) << (8 * j)
        for i in range(size):
            delta = 0
            for j in range(4):
                delta |= np.int64(deltas[first + j, i]) << (8 * j)
            # rotate() of the specification.
            value ^= ((delta << turn) | (delta >> ((32 - turn) & 31))) & 0xFFFFFFFF
            for j in range(4):
                out[done + i, first + j] = (value >> (8 * j)) & 255
        for j in range(4):
            last[first + j] = (value >> (8 * j)) & 255


@kernel
def read_varint(stream: np.ndarray, at: int, end: int) -> tuple[np.int64, int]:
    """(value, where it ends) of an unsigned LEB128 of 1 to 5 bytes; ends at -1 where damaged."""
    value = np.int64(0)
    for i in range(5):
        if at >= end:
            return np.int64(0), -1
        byte = np.int64(stream[at])
        at += 1
        value |= (byte & 127) << (7 * i)
        if byte < 128:
            return value & 0xFFFFFFFF, at
    return np.int64(0), -1


@kernel
def decode_sequence(stream: np.ndarray, out: np.ndarray) -> int:
    """Mode 2. `out`: (count,) uint32, filled."""
    end = len(stream) - 4
    at = 1
    last = np.zeros(2, np.int64)
    for i in range(len(out)):
        word, at = read_varint(stream, at, end)
        if at < 0:
            return -1
        delta = (word >> 2) ^ -((word >> 1) & 1)
        last[word & 1] = (last[word & 1] + delta) & 0xFFFFFFFF
        out[i] = last[word & 1]
    return 0 if at == end else -1


@kernel
def decode_triangles(stream: np.ndarray, out: np.ndarray) -> int:
    """Mode 1. `out`: (count,) uint32, filled; count is a multiple of 3."""
    triangles = len(out) // 3
    table = len(stream) - 16
    at = 1 + triangles
    # -1: not yet written; a stream that reads such an entry is damaged.
    edges = np.full((16, 2), -1, np.int64)
    vertices = np.full(16, -1, np.int64)
    edge_top, vertex_top, following, last = 0, 0, 0, 0
    for t in range(triangles):
        code = np.int64(stream[1 + t])
        if code < 0xF0:
            a = edges[(edge_top - 1 - (code >> 4)) & 15, 0]
            b = edges[(edge_top - 1 - (code >> 4)) & 15, 1]
            low = code & 15
            if low == 0:
                c = following
                following += 1
            elif low < 13:
                c = vertices[(vertex_top - 1 - low) & 15]
            elif low < 15:
                c = (last + (-1 if low == 13 else 1)) & 0xFFFFFFFF
                last = c
            else:
                word, at = read_varint(stream, at, table)
                if at < 0:
                    return -1
                c = (last + ((word >> 1) ^ -(word & 1))) & 0xFFFFFFFF
                last = c
            if a < 0 or b < 0 or c < 0:
                return -1
            if low == 0 or low >= 13:
                vertices[vertex_top] = c
                vertex_top = (vertex_top + 1) & 15
        else:
            if code < 0xFE:
                pair = np.int64(stream[table + (code & 15)])
                high = 0
            else:
                if at >= table:
                    return -1
                pair = np.int64(stream[at])
                at += 1
                high = 0 if code == 0xFE else 15
                if pair == 0:
                    following = 0
            corners = np.empty(3, np.int64)
            codes = (high, pair >> 4, pair & 15)
            # New vertices take their numbers before explicit ones are read; a FIFO entry is one of before this triangle.
            for j in range(3):
                if codes[j] == 0:
                    corners[j] = following
                    following += 1
                elif codes[j] < 15 or code < 0xFE:
                    corners[j] = vertices[(vertex_top - codes[j]) & 15]
                else:
                    word, at = read_varint(stream, at, table)
                    if at < 0:
                        return -1
                    last = (last + ((word >> 1) ^ -(word & 1))) & 0xFFFFFFFF
                    corners[j] = last
            a, b, c = corners[0], corners[1], corners[2]
            if a < 0 or b < 0 or c < 0:
                return -1
            for j in range(3):
                if codes[j] == 0 or codes[j] == 15:
                    vertices[vertex_top] = corners[j]
                    vertex_top = (vertex_top + 1) & 15
            edges[edge_top, 0], edges[edge_top, 1] = b, a
            edge_top = (edge_top + 1) & 15
        edges[edge_top, 0], edges[edge_top, 1] = c, b
        edge_top = (edge_top + 1) & 15
        edges[edge_top, 0], edges[edge_top, 1] = a, c
        edge_top = (edge_top + 1) & 15
        out[3 * t], out[3 * t + 1], out[3 * t + 2] = a, b, c
    return 0 if at == table else -1
