"""Vectors in blocks, against a plain dictionary."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.catalogue.contract import Entry, Stamp
from polyseek.catalogue.record import Record
from polyseek.catalogue.vectors import BLOCK_ROWS


def write(catalogue, numbers, vectors, digest):
    with catalogue.batch() as batch:
        for number, vector in zip(numbers, vectors, strict=True):
            path = f"/m/{number}.glb"
            record = Record(
                id=f"r{number}x", path=path, root="/m", name=str(number), format="glb", bytes=1, digest="d"
            )
            batch.put(Stamp(path, "/m", 1, 1, "d"), [Entry(record, {digest: vector})])


def held(catalogue, digest) -> dict[int, list[float]]:
    keys, vectors = catalogue.vectors(digest)
    assert (np.diff(keys) > 0).all()
    return dict(zip(keys.tolist(), vectors.tolist(), strict=True))


def test_vectors_over_several_blocks_are_replaced_removed_and_brought_back(catalogue, space, clock):
    draw = np.random.default_rng(1)
    count = 2 * BLOCK_ROWS + 10
    first = draw.normal(size=(count, 6)).astype(np.float32)
    write(catalogue, range(count), first, space.digest)
    expected = {catalogue.key_of(f"r{i}x"): first[i].tolist() for i in range(count)}
    assert held(catalogue, space.digest) == expected
    assert catalogue.spaces() == [(space, "made", count)]

    again = draw.normal(size=(3, 6)).astype(np.float32)
    write(catalogue, (5, BLOCK_ROWS + 1, count - 1), again, space.digest)
    for i, vector in zip((5, BLOCK_ROWS + 1, count - 1), again, strict=True):
        expected[catalogue.key_of(f"r{i}x")] = vector.tolist()
    assert held(catalogue, space.digest) == expected

    gone = [f"r{i}x" for i in range(0, count, 2)]
    lost = {key: expected.pop(key) for key in [catalogue.key_of(id) for id in gone]}
    catalogue.remove(gone)
    assert held(catalogue, space.digest) == expected
    catalogue.undo()
    assert held(catalogue, space.digest) == expected | lost
    assert catalogue.problems() == []


def test_blocks_are_packed_when_most_rows_are_free(tmp_path, space, clock):
    from datetime import timedelta

    from polyseek.catalogue.sqlite import SqliteCatalogue

    vectors = np.random.default_rng(2).normal(size=(2 * BLOCK_ROWS, 6)).astype(np.float32)
    with SqliteCatalogue.open(tmp_path, now=clock) as catalogue:
        catalogue.add_space(space, "made")
        write(catalogue, range(len(vectors)), vectors, space.digest)
        catalogue.remove([f"r{i}x" for i in range(len(vectors)) if i % 4])
        kept = held(catalogue, space.digest)
    clock.time += timedelta(days=91)
    with SqliteCatalogue.open(tmp_path, now=clock) as catalogue:
        assert held(catalogue, space.digest) == kept
        assert catalogue.problems() == []
        blocks = catalogue._connections.get().execute("SELECT count(*) FROM blocks").fetchone()[0]
        assert blocks == 1
        write(catalogue, [9999], vectors[:1], space.digest)
        assert len(held(catalogue, space.digest)) == len(kept) + 1


def test_numbers_that_are_not_finite_are_refused(catalogue, space):
    with pytest.raises(ValueError, match="finite"):
        write(catalogue, [1], np.full((1, 6), np.nan, np.float32), space.digest)
    assert catalogue.count() == 0


def test_a_few_vectors_are_the_rows_of_all_of_them(catalogue, put, space):
    for number in range(30):
        put(f"thing{number}.glb")
    catalogue.remove(["id-thing4"])
    keys, vectors = catalogue.vectors(space.digest)

    some = catalogue.vectors_of(space.digest, [*keys[5:9].tolist(), 10_000])

    assert sorted(some) == keys[5:9].tolist()
    assert all(
        np.array_equal(some[key], row) for key, row in zip(keys[5:9].tolist(), vectors[5:9], strict=True)
    )
    assert catalogue.vectors_of(space.digest, []) == {}
