"""Duplicates, records taken out, missing files forgotten: over HTTP, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

API = "/api/v1"


@pytest.fixture
def copies(served_library, models: Path, tmp_path: Path) -> list[Path]:
    """Three models of the library, copied once more: the first of them twice."""
    folder = tmp_path / "copies"
    folder.mkdir()
    sources = sorted(models.rglob("*.glb"))[:3]
    targets = [folder / f"copy{number}.glb" for number in range(4)]
    for source, target in zip([*sources, sources[0]], targets, strict=True):
        shutil.copy(source, target)
    served_library.add([folder], jobs=1)
    return targets


def groups_of(client) -> list[dict]:
    found, cursor = [], None
    while True:
        page = client.get(
            f"{API}/duplicates", params={"limit": 2} | ({"cursor": cursor} if cursor else {})
        ).json()
        found += page["groups"]
        cursor = page["next"]
        if cursor is None:
            return found


def test_copies_are_found_in_groups_and_one_is_taken_out_and_brought_back(client, copies):
    before = groups_of(client)
    assert sorted(len(group["copies"]) for group in before) == [2, 2, 3]
    assert sum(group["waste"] for group in before) == client.get(f"{API}/duplicates").json()["waste"]
    triple = next(group for group in before if len(group["copies"]) == 3)
    assert {copy["path"] for copy in triple["copies"]} >= {str(copies[0]), str(copies[3])}

    removed = client.post(f"{API}/records/remove", json={"ids": triple["copies"][2]["ids"]}).json()

    assert removed == {"removed": 1}
    assert sorted(len(group["copies"]) for group in groups_of(client)) == [2, 2, 2]
    assert all(path.exists() for path in copies)
    assert "removed 1 model" in client.post(f"{API}/undo").json()["undone"]
    assert groups_of(client) == before


def test_missing_files_are_forgotten_on_demand_only_and_come_back(client, served_library, copies):
    total = client.get(f"{API}/health").json()["records"]
    copies[1].unlink()
    served_library.add([copies[0].parent], jobs=1)
    assert client.get(f"{API}/info").json()["missing"] == 1

    assert client.post(f"{API}/prune").json() == {"pruned": 1}

    assert client.get(f"{API}/health").json()["records"] == total - 1
    client.post(f"{API}/undo")
    assert client.get(f"{API}/info").json()["missing"] == 1


@pytest.mark.parametrize("cursor", ["nonsense!", "bnVsbA", "WzEsMl0", "Wy0xLCJhIl0", "W10"])
def test_a_cursor_that_no_page_gave_is_a_problem(client, cursor):
    answer = client.get(f"{API}/duplicates", params={"cursor": cursor})

    assert (answer.status_code, answer.json()["kind"]) == (400, "usage")


def test_what_is_not_there_cannot_be_taken_out(client):
    answer = client.post(f"{API}/records/remove", json={"ids": ["nobody-has-this-id"]})

    assert (answer.status_code, answer.json()["kind"]) == (404, "unknown_id")
