"""The pipeline over folders: only what is new or changed is read, and what is known is kept."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from polyseek.errors import PolyseekError, UnknownId, UsageError
from polyseek.formats.limits import Limits
from polyseek.indexing.events import (
    Added,
    Changed,
    Committed,
    Failed,
    Finished,
    Known,
    Missing,
    Moved,
    Started,
)


def run(library, *paths, **options):
    """(report's counts that are not 0, events)."""
    events = []
    report = library.add(paths, progress=events.append, **options)
    numbers = {name: value for name, value in report.as_json().items() if isinstance(value, int) and value}
    return numbers, events


def ids(library, where=None) -> dict[str, str]:
    """File name -> id."""
    return {Path(record.path).name: record.id for record in library.records(where)}


def test_the_first_run_adds_every_model_and_tells_of_it(light_library, models):
    numbers, events = run(light_library, models)

    assert numbers == {"added": 4}
    assert isinstance(events[0], Started)
    assert events[0].total == 4
    assert Counter(type(event) for event in events)[Added] == 4
    assert isinstance(events[-2], Committed)
    assert (events[-2].done, events[-2].total) == (4, 4)
    assert isinstance(events[-1], Finished)
    assert {event.id for event in events if isinstance(event, Added)} == set(ids(light_library).values())


def test_a_run_over_nothing_new_reads_nothing(light_library, models, monkeypatch):
    run(light_library, models)
    monkeypatch.setattr("polyseek.indexing.pipeline.Sandbox", None)  # not even a worker is started

    numbers, events = run(light_library, models)

    assert numbers == {"known": 4}
    assert [event for event in events if isinstance(event, Known)] == [Known(4)]


def test_a_changed_file_is_read_again_and_keeps_its_id(light_library, models, write_box):
    run(light_library, models)
    before = ids(light_library)
    digest = light_library.record(before["cup.glb"]).digest

    write_box(models / "kitchen" / "cup.glb", 0.2, 0.3, 0.2)
    numbers, events = run(light_library, models)

    assert numbers == {"known": 3, "changed": 1}
    assert [event.id for event in events if isinstance(event, Changed)] == [before["cup.glb"]]
    assert ids(light_library) == before
    assert light_library.record(before["cup.glb"]).digest != digest


def test_a_file_with_another_time_and_the_same_bytes_is_known_and_then_remembered_so(light_library, models):
    run(light_library, models)
    os.utime(models / "kitchen" / "cup.glb", ns=(1, 1))

    first, _ = run(light_library, models)
    second, _ = run(light_library, models)

    assert first == second == {"known": 4}
    stamps = {Path(stamp.path).name: stamp.mtime_ns for stamp in light_library._catalogue.stamps()}
    assert stamps["cup.glb"] == 1


def test_a_moved_and_renamed_file_keeps_its_record(light_library, models):
    run(light_library, models)
    before = ids(light_library)["cup.glb"]
    light_library.tag([before], add=["mine"])

    (models / "new").mkdir()
    (models / "kitchen" / "cup.glb").rename(models / "new" / "mug_blue.glb")
    numbers, events = run(light_library, models)

    record = light_library.record(before)
    assert numbers == {"known": 3, "moved": 1}
    assert [event for event in events if isinstance(event, Moved)] == [
        Moved(str(models / "new/mug_blue.glb"), before, str(models / "kitchen/cup.glb"))
    ]
    assert record.path == str(models / "new/mug_blue.glb")
    assert record.name == "mug_blue"
    assert "mug" in record.words
    assert "mine" in [tag.tag for tag in record.tags]
    assert record.status == "present"


def test_a_file_that_moved_out_of_the_folder_is_found_again_in_another(light_library, models, tmp_path):
    run(light_library, models)
    before = ids(light_library)["cup.glb"]

    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(models / "kitchen", elsewhere)
    shutil.rmtree(models / "kitchen")
    missing, _ = run(light_library, models)
    moved, _ = run(light_library, elsewhere)

    assert missing == {"known": 2, "missing": 2}
    assert moved == {"moved": 2}
    assert light_library.record(before).path == str(elsewhere / "cup.glb")
    assert light_library.record(before).root == str(elsewhere)


def test_a_copy_is_a_record_of_its_own_with_the_same_digest(light_library, models):
    run(light_library, models)
    shutil.copy(models / "kitchen" / "cup.glb", models / "kitchen" / "cup_copy.glb")

    numbers, _ = run(light_library, models)

    found = ids(light_library)
    assert numbers == {"known": 4, "added": 1}
    assert found["cup.glb"] != found["cup_copy.glb"]
    assert light_library.record(found["cup.glb"]).digest == light_library.record(found["cup_copy.glb"]).digest


def test_what_is_gone_becomes_missing_once_and_present_when_it_is_back(light_library, models, tmp_path):
    run(light_library, models)
    (models / "kitchen").rename(tmp_path / "away")

    gone, events = run(light_library, models)
    still, _ = run(light_library, models)
    missing = ids(light_library, "status = 'missing'")
    (tmp_path / "away").rename(models / "kitchen")
    back, _ = run(light_library, models)

    assert gone == {"known": 2, "missing": 2}
    assert {Path(event.path).name for event in events if isinstance(event, Missing)} == {
        "cup.glb",
        "plate.glb",
    }
    assert still == {"known": 2}
    assert set(missing) == {"cup.glb", "plate.glb"}
    assert back == {"known": 4}
    assert light_library.count("status = 'missing'") == 0


def test_a_new_file_at_the_place_of_a_moved_one_gets_another_id(light_library, models, write_box):
    run(light_library, models)
    before = ids(light_library)["cup.glb"]
    (models / "kitchen" / "cup.glb").rename(models / "kitchen" / "old_cup.glb")
    run(light_library, models)

    write_box(models / "kitchen" / "cup.glb", 9, 9, 9)
    run(light_library, models)

    found = ids(light_library)
    assert found["old_cup.glb"] == before
    assert found["cup.glb"] != before
    assert found["cup.glb"].startswith(before)


def test_a_failure_is_remembered_and_not_tried_again_until_something_changes(light_library, models):
    bad = models / "bad.glb"
    bad.write_bytes(b"glTF" + (2).to_bytes(4, "little") + bytes(16))

    first, events = run(light_library, models)
    second, quiet = run(light_library, models)
    light_library.settings = replace(light_library.settings, limits=Limits(file_mb=1))
    with_other_limits, tried = run(light_library, models)
    bad.write_bytes((models / "kitchen" / "cup.glb").read_bytes())
    mended, _ = run(light_library, models)

    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert (Path(failed.path).name, failed.error) == ("bad.glb", "malformed")
    assert failed.reason
    assert first == {"added": 4, "failed": 1}
    assert second == with_other_limits == {"known": 4, "failed": 1}
    assert not any(isinstance(event, Committed) for event in quiet)
    assert any(isinstance(event, Committed) for event in tried)
    assert mended == {"known": 4, "added": 1}


def test_a_side_file_that_changes_or_appears_makes_its_model_be_read_again(light_library, tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "a.obj").write_text("mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl m\nf 1 2 3\n")

    first, _ = run(light_library, folder)
    again, _ = run(light_library, folder)
    (folder / "a.mtl").write_text("newmtl m\nKd 1 0 0\n")
    appeared, _ = run(light_library, folder)
    (folder / "a.mtl").write_text("newmtl m\nKd 0 1 0.5\n")
    changed, _ = run(light_library, folder)

    assert first == {"added": 1}
    assert again == {"known": 1}
    assert appeared == {"changed": 1}
    assert changed == {"changed": 1}


def test_a_model_that_moves_with_its_side_files_keeps_its_record(light_library, tmp_path):
    folder = tmp_path / "models"
    (folder / "old").mkdir(parents=True)
    (folder / "old" / "a.obj").write_text("mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nusemtl m\nf 1 2 3\n")
    (folder / "old" / "a.mtl").write_text("newmtl m\nKd 1 0 0\n")
    run(light_library, folder)
    (before,) = ids(light_library).values()

    (folder / "old").rename(folder / "new")
    numbers, _ = run(light_library, folder)

    assert numbers == {"moved": 1}
    assert ids(light_library) == {"a.obj": before}


def test_other_reading_options_read_again(light_library, models):
    run(light_library, models)

    turned, _ = run(light_library, models, up="z")
    same, _ = run(light_library, models, up="z")

    assert turned == {"changed": 4}
    assert same == {"known": 4}
    assert {record.up_by for record in light_library.records()} == {"person"}


@pytest.mark.parametrize("options", [{"up": "w"}, {"unit": "furlong"}])
def test_options_that_make_no_sense_are_refused_before_anything_is_read(light_library, models, options):
    with pytest.raises(UsageError):
        light_library.add([models], **options)

    assert light_library.count() == 0


def test_members_of_an_archive_are_records_of_their_own(light_library, models):
    with zipfile.ZipFile(models / "pack.zip", "w") as archive:
        archive.write(models / "kitchen" / "cup.glb", "cups/cup_green.glb")
        archive.writestr("readme.txt", "hello")

    first, _ = run(light_library, models)
    second, _ = run(light_library, models)

    path = f"{models}/pack.zip!/cups/cup_green.glb"
    (record,) = light_library.records("name = 'cup_green'")
    assert first == {"added": 5}
    assert second == {"known": 5}
    assert record.path == path
    assert record.digest == light_library.record(ids(light_library)["cup.glb"]).digest


def test_an_archive_that_moves_keeps_the_records_of_its_members(light_library, models):
    with zipfile.ZipFile(models / "pack.zip", "w") as archive:
        archive.write(models / "kitchen" / "cup.glb", "cup.glb")
    shutil.rmtree(models / "kitchen")
    run(light_library, models)
    before = ids(light_library)

    (models / "pack.zip").rename(models / "renamed.zip")
    numbers, _ = run(light_library, models)

    assert numbers == {"known": 2, "moved": 1}
    assert ids(light_library) == before


def test_a_scene_is_split_into_its_objects_when_asked(light_library, tmp_path, write_scene):
    path = write_scene(tmp_path / "models" / "room.glb", "Chair", "Table", "Lamp")

    numbers, _ = run(light_library, path.parent, split="nodes")

    whole, *objects = sorted(light_library.records(), key=lambda record: (record.parent or "", record.path))
    assert numbers == {"added": 1}
    assert whole.path == str(path)
    assert [record.path for record in objects] == [
        f"{path}#root/{name}" for name in ("Chair", "Lamp", "Table")
    ]
    assert {record.parent for record in objects} == {whole.id}
    assert len({record.id for record in (whole, *objects)}) == 4


def test_a_file_keeps_the_root_it_was_first_indexed_under(light_library, models):
    run(light_library, models)

    numbers, _ = run(light_library, models / "kitchen")

    assert numbers == {"known": 2}
    assert {record.root for record in light_library.records()} == {str(models)}


def test_stopping_keeps_what_was_read_and_the_next_run_reads_the_rest(light_library, models, write_box):
    for number in range(300):
        write_box(models / f"box_{number:03}.glb", 1 + number / 100, 1, 1)
    stop = threading.Event()

    def stop_after_a_batch(event):
        if isinstance(event, Committed):
            stop.set()

    report = light_library.add([models], progress=stop_after_a_batch, stop=stop)
    kept = light_library.count()
    rest = light_library.add([models])

    assert report.interrupted
    assert 0 < report.added < 304
    assert kept == report.added
    assert (rest.known, rest.added) == (kept, 304 - kept)


def test_a_run_that_was_stopped_while_scanning_marks_nothing_missing(light_library, models):
    run(light_library, models)
    stop = threading.Event()
    stop.set()

    report = light_library.add([models], stop=stop)

    assert report.interrupted
    assert light_library.count("status = 'missing'") == 0


def test_one_file_can_be_added_and_its_neighbours_stay_as_they_are(light_library, models):
    numbers, _ = run(light_library, models / "kitchen" / "cup.glb")

    assert numbers == {"added": 1}
    assert list(ids(light_library)) == ["cup.glb"]


def test_a_path_that_is_not_there_is_a_failure_of_that_path(light_library, models):
    numbers, events = run(light_library, models, models / "nowhere")

    assert numbers == {"added": 4, "failed": 1}
    assert [event.error for event in events if isinstance(event, Failed)] == ["not_found"]


def test_an_id_that_was_removed_is_unknown_and_comes_back_with_the_same_name(
    light_library, models, write_box
):
    run(light_library, models)
    before = ids(light_library)["cup.glb"]
    light_library.remove([before])
    with pytest.raises(UnknownId):
        light_library.record(before)

    write_box(models / "kitchen" / "cup.glb", 3, 3, 3)
    run(light_library, models)

    assert ids(light_library)["cup.glb"] == before


def test_a_fault_of_the_settings_ends_the_run_and_is_remembered_of_no_file(light_library, models):
    settings = light_library.settings
    stages = {**settings.stages, "split": "nowhere:split"}
    light_library.settings = replace(settings, stages=stages)

    with pytest.raises(PolyseekError, match="nowhere:split"):
        light_library.add([models])
    light_library.settings = settings
    numbers, _ = run(light_library, models)

    assert numbers == {"added": 4}


def test_a_name_with_a_number_sign_goes_and_comes_back_like_any_other(light_library, tmp_path, write_scene):
    path = write_scene(tmp_path / "models" / "room #2.glb", "Chair", "Table")
    run(light_library, path.parent, split="nodes")
    before = {record.id for record in light_library.records()}

    path.rename(tmp_path / "away.glb")
    run(light_library, path.parent, split="nodes")
    missing = light_library.count("status = 'missing'")
    (tmp_path / "away.glb").rename(path)
    run(light_library, path.parent, split="nodes")

    assert missing == 3
    assert light_library.count("status = 'present'") == 3
    assert {record.id for record in light_library.records()} == before
