"""Watching: changes are followed, by events and by polling."""

from __future__ import annotations

import threading
import time

import pytest

from polyseek.indexing import watch
from polyseek.indexing.events import Added, Failed, Finished, Missing


@pytest.mark.parametrize("poll", [False, True])
def test_a_new_file_is_indexed_while_watching(light_library, models, write_box, monkeypatch, poll):
    monkeypatch.setattr(watch, "SETTLE_MS", 50)
    monkeypatch.setattr(watch, "POLL_MS", 50)
    stop = threading.Event()
    events, ready, seen = [], threading.Event(), threading.Event()

    def listen(event):
        events.append(event)
        if isinstance(event, Finished):
            ready.set()
        if isinstance(event, Added) and event.path.endswith("new.glb"):
            seen.set()

    thread = threading.Thread(
        target=light_library.watch, args=([models],), kwargs={"stop": stop, "progress": listen, "poll": poll}
    )
    thread.start()
    assert ready.wait(20)
    # A watch needs a moment to be set up; the file is written again until it is seen.
    deadline = time.monotonic() + 20
    while not seen.is_set() and time.monotonic() < deadline:
        write_box(models / "kitchen" / "new.glb", 1, 1, 1 + time.monotonic() % 1)
        seen.wait(1)
    stop.set()
    thread.join(20)

    assert seen.is_set()
    assert not thread.is_alive()
    assert light_library.count() == 5
    assert not any(isinstance(event, Missing) for event in events)


def test_no_more_watches_means_polling(monkeypatch, caplog):
    import watchfiles

    asked = []

    def exhausted(*folders, force_polling, **options):
        asked.append(force_polling)
        if not force_polling:
            raise OSError("no space left for watches")
        return iter([{("added", "/m/a.glb")}])

    monkeypatch.setattr(watchfiles, "watch", exhausted)
    refreshed = []

    watch.follow(["/m"], lambda: refreshed.append(1), threading.Event(), poll=False)

    assert asked == [False, True]
    assert refreshed == [1, 1]  # once before watching
    assert "polling instead" in caplog.text


def test_shares_are_polled_unless_the_person_says_otherwise(monkeypatch):
    import watchfiles

    asked = []
    monkeypatch.setattr(watch, "on_network_share", lambda path: "nas" in str(path))
    monkeypatch.setattr(
        watchfiles, "watch", lambda *_, force_polling, **__: asked.append(force_polling) or ()
    )

    watch.follow(["/home"], list, threading.Event())
    watch.follow(["/home", "/mnt/nas"], list, threading.Event())
    watch.follow(["/mnt/nas"], list, threading.Event(), poll=False)

    assert asked == [False, True, False]


def test_a_failure_is_told_once_while_watching():
    heard = []
    hear = watch.only_news(heard.append)

    for reason in ("cut off", "cut off", "empty"):
        hear(Failed("/m/a.glb", "malformed", reason))
        hear(Finished(1.0))

    assert [event.reason for event in heard if isinstance(event, Failed)] == ["cut off", "empty"]
    assert sum(isinstance(event, Finished) for event in heard) == 3
