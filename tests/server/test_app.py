"""The application as it is put together."""

from __future__ import annotations

from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from polyseek.server.app import make_app


def test_the_first_request_finds_every_call_built(served_library, monkeypatch):
    # What builds them changes the process's filters of warnings for a moment, and by then other threads run,
    # which may do so too: a warning that was to be ignored would be raised here.
    app = make_app(served_library)
    built: list[object] = []
    build = TypeAdapter.__init__
    monkeypatch.setattr(TypeAdapter, "__init__", lambda *a, **k: (built.append(a[1]), build(*a, **k))[1])

    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/api/v1/records?limit=1").status_code == 200
        assert client.post("/api/v1/search", json={"words": "apple"}).status_code == 200

    assert built == []
