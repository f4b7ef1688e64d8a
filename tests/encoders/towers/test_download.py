"""`hf:OWNER/NAME` takes the files that are needed, checks what arrives, and without a network says what to do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("onnx")
pytest.importorskip("tokenizers")

import tower_layouts as layouts
from polyseek.encoders.towers import adding, scale, shelf
from polyseek.encoders.towers.adding import Wish, add
from polyseek.encoders.towers.download import fetch
from polyseek.errors import PolyseekError, UsageError

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """A server of one repository, owner/tiny, that answers as Hugging Face's does: large files through a redirection."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.folder = folder
        self.asked: list[str] = []
        self.said_digest: str | None = None
        self.status = 200


class Answers(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        hub = self.server
        hub.asked.append(self.path)
        if hub.status != 200:
            return self.give(hub.status, b"")
        if self.path.startswith("/bytes/"):
            return self.give(200, (hub.folder / self.path.removeprefix("/bytes/")).read_bytes())
        _, owner, name, _, _, file = self.path.split("/", 5)
        path = hub.folder / file
        if (owner, name) != ("owner", "tiny") or not path.is_file():
            return self.give(404, b"Entry not found")
        data = path.read_bytes()
        headers = {"X-Repo-Commit": COMMIT}
        if path.suffix != ".onnx":
            return self.give(200, data, headers)
        headers |= {
            "X-Linked-ETag": f'"{hub.said_digest or hashlib.sha256(data).hexdigest()}"',
            "Location": f"/bytes/{file}",
        }
        return self.give(302, b"", headers)

    def give(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for key, value in {**(headers or {}), "Content-Length": str(len(data))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    server = Hub(layouts.clip(tmp_path / "repository"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("POLYSEEK_TOWERS", str(tmp_path / "towers"))
    monkeypatch.setattr(adding, "gallery_for", lambda encoder: scale.gallery_for(encoder, 4))
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_repository_becomes_an_encoder_and_its_digests_are_told(hub: Hub):
    told: list[str] = []

    added = add("hf:owner/tiny", say=told.append)

    vision = hub.folder / "onnx" / "vision_model.onnx"
    digest = hashlib.sha256(vision.read_bytes()).hexdigest()
    assert f"onnx/vision_model.onnx  {vision.stat().st_size:,} bytes  sha256 {digest}" in told
    assert added.id == "tiny"
    assert sorted(path.name for path in added.folder.iterdir()) == ["encoder.toml", "onnx", "tokenizer.json"]
    assert shelf.open_tower("tiny").encode_texts(["chair"]).shape == (1, layouts.DIMENSIONS)


def test_all_files_come_from_one_commit(hub: Hub, tmp_path: Path):
    fetch("owner/tiny", tmp_path)

    revisions = [path.split("/")[4] for path in hub.asked if path.startswith("/owner/")]
    assert revisions[0] == "main"
    assert set(revisions[1:]) == {COMMIT}


def test_what_arrives_otherwise_than_it_was_sent_is_refused(hub: Hub, tmp_path: Path):
    hub.said_digest = "0" * 64

    with pytest.raises(PolyseekError, match="did not arrive"):
        add("hf:owner/tiny")
    assert shelf.added() == ()
    assert not any((tmp_path / "towers").iterdir())


def test_one_network_for_both_is_found_where_there_are_no_halves(hub: Hub, tmp_path: Path):
    for file in (hub.folder / "onnx").iterdir():
        file.unlink()
    layouts.combined_clip(hub.folder)

    fetch("owner/tiny@v2", tmp_path / "target")

    assert (tmp_path / "target" / "onnx" / "model.onnx").is_file()
    assert hub.asked[0] == "/owner/tiny/resolve/v2/config.json"


def test_what_a_repository_lacks_is_said(hub: Hub):
    with pytest.raises(UsageError, match=r"has no config\.json"):
        add("hf:owner/other")
    with pytest.raises(UsageError, match="no ONNX export") as caught:
        add("hf:owner/tiny", Wish(precision="int8"))
    assert "onnx/vision_model_int8.onnx" in caught.value.hint
    with pytest.raises(UsageError, match="no name of a model"):
        add("hf:tiny", Wish(name="tiny"))


def test_a_repository_that_asks_for_an_agreement_says_so(hub: Hub):
    hub.status = 401

    with pytest.raises(PolyseekError, match="not public"):
        add("hf:owner/tiny")


def test_without_a_network_one_error_says_which_files_to_place_where(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")

    with pytest.raises(PolyseekError, match="cannot be reached") as caught:
        add("hf:owner/tiny")
    hint = caught.value.hint
    assert all(
        name in hint
        for name in ("config.json", "tokenizer.json", "onnx/vision_model.onnx", "onnx/text_model.onnx")
    )
    assert "in a folder tiny" in hint
    assert "polyseek models add tiny" in hint
    assert shelf.added() == ()
