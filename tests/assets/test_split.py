"""Scenes as the things that stand in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyseek.assets import Asset, Material, Mesh, Origin, Part, bounds
from polyseek.assets.split import split_nodes

TRIANGLE = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0]], np.float32)
ONE_FACE = np.array([[0, 1, 2]], np.int32)


def asset(*placed: tuple[tuple[str, ...], float]) -> Asset:
    """One triangle at each (path, x)."""
    parts: list[Part] = []
    for path, x in placed:
        matrix = np.eye(4)
        matrix[:3, 3] = x, 5, 0
        parts.append(Part(0, matrix, path))
    return Asset("scene", (Mesh(TRIANGLE, ONE_FACE),), tuple(parts), Origin("glb", up="y"))


def test_each_top_node_with_geometry_is_one_object_with_all_below_it():
    scene = asset((("Chair", "seat"), 0), (("Chair", "leg"), 1), (("Table",), 4))

    objects = split_nodes(scene)

    assert [(path, len(found.parts)) for path, found in objects] == [(("Chair",), 2), (("Table",), 1)]
    assert [found.name for _, found in objects] == ["Chair", "Table"]
    assert sum(found.triangles for _, found in objects) == scene.triangles


def test_roots_that_hold_everything_are_passed_through():
    scene = asset((("Root", "Scene", "Chair", "seat"), 0), (("Root", "Scene", "Table"), 4))

    assert [path for path, _ in split_nodes(scene)] == [
        ("Root", "Scene", "Chair"),
        ("Root", "Scene", "Table"),
    ]


@pytest.mark.parametrize(
    "placed", [[], [(("Chair",), 0.0)], [(("Chair", "seat"), 0.0), (("Chair", "seat"), 1.0)]]
)
def test_a_single_object_is_not_split(placed):
    assert split_nodes(asset(*placed)) == []


def test_an_object_stands_with_the_middle_of_its_base_at_the_origin():
    scene = asset((("A",), -7), (("B",), 40))

    for _, found in split_nodes(scene):
        assert bounds(found) == pytest.approx(np.array([[-0.5, 0, 0], [0.5, 2, 0]]))


def test_an_object_has_the_facts_of_its_own_meshes_only():
    scene = asset((("A",), 0), (("B",), 4))
    coloured = replace(scene.meshes[0], colours=np.ones((3, 4), np.float32), material=0)
    scene = replace(
        scene,
        meshes=(scene.meshes[0], coloured),
        parts=(scene.parts[0], replace(scene.parts[1], mesh=1)),
        materials=(Material(base_texture=0),),
        origin=replace(scene.origin, has_texture=True, has_vertex_colour=True),
    )

    (_, plain), (_, rich) = split_nodes(scene)

    assert (plain.origin.has_texture, plain.origin.has_vertex_colour, len(plain.meshes)) == (False, False, 1)
    assert (rich.origin.has_texture, rich.origin.has_vertex_colour, len(rich.meshes)) == (True, True, 1)
