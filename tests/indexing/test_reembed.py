"""Re-embedding: models keep their records and get the vectors that they lack, in runs that may be killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from polyseek.encoders.shelf import load as load_encoder
from polyseek.indexing import reembed as reembedding
from polyseek.indexing.events import Added, Changed, Committed, Embedded, Failed, Finished, Started
from polyseek.indexing.settings import FILE_NAME, change_setting
from polyseek.library import Library


def counts(library: Library) -> dict[str, int]:
    """Encoder -> number of its vectors."""
    return {each["id"]: each["vectors"] for each in library.info().encoders if each["vectors"]}


def test_only_what_is_lacking_is_made_and_records_stay_as_they_are(d2_library, switch, models):
    before = list(d2_library.records())
    pictures = [d2_library.thumbnail(record.id) for record in before]
    old = d2_library.vectors("d2")
    with switch(d2_library, "d2", "geo18") as library:
        events = []

        report = library.add([models], progress=events.append)

        assert (report.embedded, report.known, report.added, report.changed, report.failed) == (5, 0, 0, 0, 0)
        assert list(library.records()) == before
        assert [library.thumbnail(record.id) for record in before] == pictures
        assert counts(library) == {"d2": 7, "geo18": 7}
        assert library.vectors("d2")[0] == old[0]
        np.testing.assert_array_equal(library.vectors("d2")[1], old[1])
    assert Counter(type(event) for event in events) == {
        Started: 1, Embedded: 5, Committed: 1, Finished: 1
    }  # fmt: skip
    assert sum(event.models for event in events if isinstance(event, Embedded)) == 7


def test_added_vectors_are_those_that_reading_the_file_gives(d2_library, switch, models, tmp_path):
    with switch(d2_library, "d2", "geo18") as library, Library.open(tmp_path / "new") as fresh:
        library.reembed()
        fresh.add([models], split="nodes", jobs=1)

        by_path = {}
        for each in (library, fresh):
            ids, rows = each.vectors("geo18")
            by_path[each.path] = {
                each.record(id).path: row.tobytes() for id, row in zip(ids, rows, strict=True)
            }
        assert by_path[library.path] == by_path[fresh.path]


def test_a_finished_run_drops_the_space_that_no_encoder_of_the_library_names(d2_library, switch):
    with switch(d2_library, "geo18") as library:
        assert counts(library) == {"d2": 7}
        library.reembed()
        assert counts(library) == {"geo18": 7}


def test_a_run_that_was_stopped_drops_nothing_and_the_next_one_goes_on(d2_library, switch, monkeypatch):
    monkeypatch.setattr(reembedding, "COMMIT_FILES", 2)
    with switch(d2_library, "geo18") as library:
        stop = threading.Event()

        def at_first_commit(event):
            if isinstance(event, Committed):
                stop.set()

        first = library.reembed(progress=at_first_commit, stop=stop)
        between = counts(library)
        second = library.reembed()

        assert first.interrupted
        assert first.embedded == 2
        assert between["d2"] == 7
        assert 2 <= between["geo18"] < 7
        assert second.embedded == 3
        assert counts(library) == {"geo18": 7}


KILLED = """
import os, signal, sys
from polyseek.indexing import reembed
from polyseek.indexing.events import Committed
from polyseek.library import Library

def kill(event):
    if isinstance(event, Committed):
        os.kill(os.getpid(), signal.SIGKILL)

reembed.COMMIT_FILES, reembed.COMMIT_SECONDS = 2, 3600
with Library.open(sys.argv[1]) as library:
    library.reembed(progress=kill)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_goes_on_where_it_was(d2_library, switch):
    library = switch(d2_library, "geo18")
    library.close()

    killed = subprocess.run([sys.executable, "-c", KILLED, str(library.path)], check=False)

    assert killed.returncode == -signal.SIGKILL
    with Library.open(library.path) as again:
        assert counts(again)["d2"] == 7
        assert again.reembed().embedded == 3
        assert counts(again) == {"geo18": 7}


def test_a_file_that_is_away_keeps_the_old_space_and_is_tried_again(d2_library, switch, models):
    away = models / "kitchen" / "cup.glb"
    with switch(d2_library, "geo18") as library:
        away.rename(away.with_suffix(".away"))
        events = []

        library.reembed(progress=events.append)
        kept = counts(library)
        away.with_suffix(".away").rename(away)
        library.reembed()

        assert [Path(event.path).name for event in events if isinstance(event, Failed)] == ["cup.glb"]
        assert kept == {"d2": 7, "geo18": 6}
        assert library.record(library.vectors("geo18")[0][0]).status == "present"
        assert counts(library) == {"geo18": 7}


def test_a_file_that_has_changed_is_left_to_indexing(d2_library, switch, models, write_box):
    write_box(models / "kitchen" / "cup.glb", 3.0, 1.0, 1.0)
    with switch(d2_library, "geo18") as library:
        told = library.reembed()
        reasons = {Path(failure.path).name: failure.reason for failure in told.failures}
        assert reasons == {"cup.glb": "it has changed since it was indexed: run polyseek index again"}
        assert counts(library) == {"d2": 7, "geo18": 6}

        report = library.add([models])

        assert (report.changed, report.embedded, report.known) == (1, 0, 4)
        assert counts(library) == {"geo18": 7}


def test_a_file_that_returns_is_embedded_by_the_run_that_finds_it(d2_library, switch, models):
    away = models / "kitchen" / "cup.glb"
    away.rename(away.with_suffix(".away"))
    d2_library.add([models])
    with switch(d2_library, "geo18") as library:
        library.reembed()
        assert counts(library) == {"geo18": 6}  # what is missing does not hold up the change
        away.with_suffix(".away").rename(away)

        report = library.add([models])

        assert (report.embedded, report.known) == (1, 4)
        assert counts(library) == {"geo18": 7}


def test_a_file_read_anew_meanwhile_keeps_its_new_vectors(d2_library, switch, models, monkeypatch):
    """Between reading and writing, another run may have read the file with another up axis."""
    library = switch(d2_library, "geo18")
    put = reembedding.Embedding._put
    turned = []

    def after_another_run(self, batch, lack, vectors):
        if Path(lack.job.path).name == "cup.glb":
            stamp = replace(lack.job.before, digest="ff" * 16)
            batch.move(stamp.path, stamp)
            turned.append(lack.job.path)
        return put(self, batch, lack, vectors)

    monkeypatch.setattr(reembedding.Embedding, "_put", after_another_run)
    with library:
        library.reembed()
        assert len(turned) == 1
        assert counts(library) == {"d2": 7, "geo18": 6}


def test_a_run_drops_nothing_when_the_settings_have_changed_meanwhile(d2_library, switch):
    with switch(d2_library, "geo18") as library:

        def change(event):
            if isinstance(event, Committed):
                change_setting(library.path / FILE_NAME, "encoders", ("geo18", "d2"))

        library.reembed(progress=change)

        assert counts(library) == {"d2": 7, "geo18": 7}


def test_vectors_of_two_encoders_never_share_a_series(d2_library, switch):
    with switch(d2_library, "d2", "geo18") as library:
        library.reembed()
        for id in ("d2", "geo18"):
            assert library.vectors(id)[1].shape == (7, load_encoder(id).space.dimensions)
        assert len({each["space"] for each in library.info().encoders}) == 2


def test_a_pipeline_without_encoders_lacks_nothing(light_library, models):
    light_library.add([models])
    assert light_library.reembed().embedded == 0


def test_the_run_that_adds_a_file_gives_it_every_vector(d2_library, switch, models, write_box):
    with switch(d2_library, "d2", "geo18") as library:
        write_box(models / "new.glb")
        events = []
        library.add([models], progress=events.append)
        kinds = Counter(type(event) for event in events)
        assert (kinds[Added], kinds[Embedded], kinds[Changed]) == (1, 5, 0)
        assert counts(library) == {"d2": 8, "geo18": 8}
