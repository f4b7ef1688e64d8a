"""GLB written and read again: the same Asset to the bit."""

import numpy as np

from polyseek.assets import Asset, Material, Mesh, Origin, Part, Texture, bounds
from polyseek.formats import MemorySource, read_asset
from polyseek.formats.write_glb import write_glb

RANDOM = np.random.default_rng(3)


def rich_asset():
    vertices = RANDOM.normal(size=(30, 3)).astype(np.float32)
    normals = np.zeros((30, 3), np.float32)
    normals[:, 1] = 1
    full = Mesh(
        vertices,
        RANDOM.integers(0, 30, (12, 3)).astype(np.int32),
        normals,
        RANDOM.random((30, 2)).astype(np.float32),
        RANDOM.random((30, 4)).astype(np.float32),
        1,
        "full",
    )
    points = Mesh(vertices[:7], np.zeros((0, 3), np.int32), None, None, None, None, "points")
    textures = tuple(
        Texture(RANDOM.integers(0, 256, (4, 5, 4), dtype=np.uint8), name, wrap, "mirror")
        for name, wrap in (("base", "clamp"), ("glow", "repeat"))
    )
    shiny = Material(
        "shiny", (0.1, 0.2, 0.3, 0.4), 0, (0.5, 0.25, 1.0), 1, 0.75, 0.125, "mask", 0.3, True, True
    )
    moved = np.eye(4)
    moved[:3] = RANDOM.normal(size=(3, 4))
    parts = (Part(0, np.eye(4), ("root", "a")), Part(0, moved, ("root", "b")), Part(1, moved, ("loose",)))
    origin = Origin("glb", up="y", unit_metres=1.0, licence="CC0")
    return Asset("name", (full, points), parts, origin, (Material("plain"), shiny), textures)


def test_an_asset_comes_back_to_the_bit():
    asset = rich_asset()

    found = read_asset(MemorySource("name.glb", write_glb(asset)))

    for one, two in zip(asset.meshes, found.meshes, strict=True):
        for field in ("vertices", "faces", "normals", "uv", "colours"):
            first, second = getattr(one, field), getattr(two, field)
            assert (first is None) == (second is None)
            assert first is None or (np.array_equal(first, second) and first.dtype == second.dtype)
        assert (one.material, one.name) == (two.material, two.name)
    assert [(part.mesh, part.path) for part in found.parts] == [
        (part.mesh, part.path) for part in asset.parts
    ]
    assert all(np.array_equal(a.matrix, b.matrix) for a, b in zip(asset.parts, found.parts, strict=True))
    assert found.materials[1] == asset.materials[1]
    for one, two in zip(asset.textures, found.textures, strict=True):
        assert np.array_equal(one.pixels, two.pixels)
        assert (one.name, one.wrap_u, one.wrap_v) == (two.name, two.wrap_u, two.wrap_v)
    assert (found.name, found.origin.licence) == ("name", "CC0")


def test_the_same_asset_gives_the_same_bytes():
    asset = rich_asset()

    assert write_glb(asset) == write_glb(asset)


def test_a_z_up_millimetre_asset_is_written_y_up_in_metres():
    box = Mesh(np.array([[0, 0, 0], [1000, 0, 0], [0, 0, 2000]], np.float32), np.array([[0, 1, 2]], np.int32))
    asset = Asset("a", (box,), (Part(0, np.eye(4), ("a",)),), Origin("3mf", up="z", unit_metres=0.001))

    low, high = bounds(read_asset(MemorySource("a.glb", write_glb(asset))))

    assert np.allclose(high - low, [1, 2, 0])
