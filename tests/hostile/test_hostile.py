"""Every hostile file, read in the sandbox: refused with a reason, or a sound reading, within the limits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hostile.files import all_files
from polyseek.errors import DecoderCrashed, FileError, MissingExtra, PolyseekError
from polyseek.formats import Limits
from polyseek.formats.inspect import inspect
from polyseek.formats.sandbox import Sandbox

LIMITS = Limits(seconds=20, step_seconds=20, memory_mb=2500, nodes=100_000)
# Readers that are other people's C++: what they die of costs their worker, and is told.
FOREIGN = (".fbx", ".step", ".usda", ".usdc", ".usdz")


FILES = all_files()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1, LIMITS) as opened:
        yield opened


def write(file, folder: Path) -> Path:
    path = folder / file.name
    path.write_bytes(file.data)
    for name, data in file.beside.items():
        (folder / name).write_bytes(data)
    return path


def test_there_are_at_least_a_hundred_over_all_formats():
    from polyseek.formats import FORMATS

    assert len(FILES) >= 100
    assert len({file.name for file in FILES}) == len(FILES)
    assert {
        "gltf",
        "glb",
        "obj",
        "ply",
        "stl",
        "off",
        "dae",
        "3mf",
        "fbx",
        "xyz",
        "pcd",
        "depth",
        "zip",
        "step",
        "usd",
    } <= {kind.id for kind in FORMATS if any(file.name.endswith(kind.suffixes) for file in FILES)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_costs_only_itself(file, sandbox: Sandbox, tmp_path: Path):
    path = write(file, tmp_path)
    started = time.monotonic()

    try:
        found = sandbox.run(inspect, str(path), LIMITS, name=str(path))
    except MissingExtra:
        pytest.skip("the reader is an extra that is not installed")
    except PolyseekError as error:
        caught = error
    else:
        caught = None
    if caught is not None:
        assert isinstance(caught, FileError)
        assert caught.message
        assert not isinstance(caught, DecoderCrashed) or file.name.endswith(FOREIGN), str(caught)
    else:
        if found.loads == "no":
            assert found.error
        else:
            assert not file.refused, "it became a model"
            assert np.isfinite(found.size).all()
            assert found.triangles <= LIMITS.triangles
        # Nothing of a file outside is told: /etc/passwd opens with its first account.
        assert "root:" not in f"{found.error} {found.warnings}"
    assert time.monotonic() - started < LIMITS.seconds


@pytest.mark.parametrize("spelt", ["link.mtl", "LINK.MTL"])
def test_a_link_that_leads_outside_is_not_followed(spelt: str, sandbox: Sandbox, tmp_path: Path):
    inside, outside = tmp_path / "models", tmp_path / "secret"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.mtl").write_text("newmtl stolen\n")
    (inside / "a.obj").write_text(f"mtllib {spelt}\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl stolen\nf 1 2 3\n")
    try:
        (inside / "link.mtl").symlink_to(outside / "secret.mtl")
    except OSError:
        pytest.skip("links cannot be made here")

    found = sandbox.run(inspect, str(inside / "a.obj"), LIMITS, name="a.obj")

    assert found.loads == "yes"
    assert "leaves the folder" in found.warnings[0]


def test_the_sandbox_still_reads_good_files_afterwards(sandbox: Sandbox, tmp_path: Path):
    (tmp_path / "a.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")

    assert sandbox.run(inspect, str(tmp_path / "a.obj"), LIMITS, name="a.obj").triangles == 1
