"""What changes a library: indexing, edits, and their undoing."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from polyseek.library import Library

SCRIPT = """
import sys
import polyseek

library = polyseek.Library.open(sys.argv[1])
report = library.add([sys.argv[2]])
print(report.added, library.search("cup")[0].name)
library.close()
"""


def test_edits_are_undone_one_by_one(light_library, tmp_path, write_box):
    write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    (record,) = light_library.records()

    assert light_library.tag([record.id], add=["mine"]) == 1
    assert light_library.remove([record.id]) == 1
    assert light_library.count() == 0
    assert light_library.undo()
    assert light_library.count("tag = 'mine'") == 1
    assert len(light_library.history()) >= 1
    assert light_library.undo()
    assert light_library.count("tag = 'mine'") == 0
    assert light_library.undo() is None


def test_missing_models_are_forgotten_only_when_asked(light_library, tmp_path, write_box):
    path = write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    path.unlink()
    light_library.add([tmp_path / "models"])

    assert light_library.count() == 1
    assert light_library.prune() == 1
    assert light_library.count() == 0


def test_a_backup_opens_as_a_library(light_library, tmp_path, write_box):
    write_box(tmp_path / "models" / "a.glb")
    light_library.add([tmp_path / "models"])
    target = tmp_path / "copy"
    target.mkdir()

    light_library.backup(target / "library.db")

    with Library.open(target, create=False) as copy:
        assert [record.id for record in copy.records()] == [record.id for record in light_library.records()]


def test_a_plain_script_without_a_main_guard_indexes_and_searches(tmp_path, write_box):
    write_box(tmp_path / "models" / "cup.glb", 0.1, 0.1, 0.1)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)

    answer = subprocess.run(
        [sys.executable, script, tmp_path / "library", tmp_path / "models"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "1 cup\n"


def test_what_was_told_of_files_holds_until_it_is_taken_back(models: Path, light_library: Library):
    number = light_library.add([models], up="z", unit="mm").added
    before = {record.id: record.size_metres for record in light_library.records()}

    again = light_library.add([models])
    first = sorted(models.rglob("*.glb"))[0]
    first.rename(models / f"moved_{first.name}")
    moved = light_library.add([models])

    assert (again.known, again.changed) == (number, 0)
    assert (moved.moved, moved.changed) == (1, 0)
    assert {record.id: record.size_metres for record in light_library.records()} == before
    assert {record.up_by for record in light_library.records()} == {"person"}

    back = light_library.add([models], up="auto", unit="auto")

    assert back.changed == number
    assert {record.up_by for record in light_library.records()} == {"format"}


def test_a_record_tells_when_it_was_added_and_keeps_it_when_its_file_changes(
    models: Path, light_library: Library, write_box
):
    before = datetime.now(UTC).replace(microsecond=0)
    light_library.add([models])
    first = next(light_library.records())
    added = datetime.fromisoformat(first.added)
    assert before <= added <= datetime.now(UTC)

    time.sleep(1.1)  # the moment is told in seconds
    write_box(Path(first.path), 3.0, 3.0, 3.0)
    report = light_library.add([models])

    assert report.changed == 1
    assert light_library.record(first.id).added == first.added
