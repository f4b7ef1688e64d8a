"""Files of a model from Hugging Face's servers, over plain HTTPS, when a person asks for it; never otherwise.

An address is ENDPOINT/OWNER/NAME/resolve/REVISION/FILE (ENDPOINT: the environment's HF_ENDPOINT, else
https://huggingface.co). For large files the answer names a SHA-256, which is checked.
"""

from __future__ import annotations

import hashlib
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any

from polyseek.encoders.towers import text_head
from polyseek.encoders.towers.hugging_face import (
    CONFIGS,
    FOLDERS,
    MORE_CONFIGS,
    PRECISIONS,
    PREPROCESSORS,
    check_precision,
)
from polyseek.errors import PolyseekError, UsageError

ENDPOINT = "https://huggingface.co"
_NAME = re.compile(r"[\w.-]+/[\w.-]+(@[\w./-]+)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIMEOUT_S = 30.0
_CHUNK = 1 << 20
Say = Callable[[str], None]


@dataclass
class _Repository:
    """OWNER/NAME at a revision; `said`: what the redirection of the last answer told of the file."""

    name: str
    revision: str
    target: Path
    say: Say
    said: dict[str, str] = field(default_factory=dict[str, str])

    def get(self, file: str) -> bool:
        """Download a file; False where the repository has none. Raises PolyseekError for anything else."""
        address = f"{_endpoint()}/{self.name}/resolve/{self.revision}/{file}"
        path = self.target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        self.said.clear()
        opener = urllib.request.build_opener(_Redirections(self.said))
        part = path.with_name(path.name + ".part")
        try:
            with opener.open(_request(address), timeout=_TIMEOUT_S) as answer, part.open("wb") as out:
                found = self._received(answer, out, file)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise self.refused(error.code, file) from error
        except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
            raise self.unreachable(getattr(error, "reason", error), file) from error
        part.replace(path)
        self.say(f"{file}  {path.stat().st_size:,} bytes  sha256 {found}")
        return True

    def _received(self, answer: Any, out: IO[bytes], file: str) -> str:
        state, size = hashlib.sha256(), 0
        while chunk := answer.read(_CHUNK):
            state.update(chunk)
            size += len(chunk)
            out.write(chunk)
        headers = {**{key.lower(): value for key, value in answer.headers.items()}, **self.said}
        # Later files are taken from the same commit, whatever is pushed meanwhile.
        self.revision = headers.get("x-repo-commit", self.revision)
        wanted = headers.get("x-linked-etag", "").strip('"')
        length = headers.get("content-length")
        if (length is not None and int(length) != size) or (
            _SHA256.fullmatch(wanted) and wanted != state.hexdigest()
        ):
            raise PolyseekError("the file did not arrive as it was sent", path=file, hint="try again")
        return state.hexdigest()

    def refused(self, status: int, file: str) -> PolyseekError:
        if status in (401, 403):
            return PolyseekError(
                f"{self.name} is not there, or is not public (HTTP {status})",
                path=file,
                hint="look at the name; where it asks for an agreement, download it yourself and add the folder",
            )
        return PolyseekError(f"the server answered HTTP {status}", path=file, hint="try again later")

    def unreachable(self, reason: object, file: str) -> PolyseekError:
        return PolyseekError(
            f"{_endpoint()} cannot be reached ({reason})",
            path=f"{self.name}/{file}",
            hint="on a computer with a network, download " + by_hand(self.name),
        )


class _Redirections(urllib.request.HTTPRedirectHandler):
    """Keeps what a redirection says of the file: the server that has the bytes does not say it again."""

    def __init__(self, said: dict[str, str]) -> None:
        self._said = said

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: Any,
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        for key, value in headers.items():
            if key.lower() in ("x-linked-etag", "x-repo-commit"):
                self._said.setdefault(key.lower(), value)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    source: str, target: Path, precision: str = "", head: bool = False, say: Say = lambda text: None
) -> None:
    """The files of `OWNER/NAME[@REVISION]` that an encoder needs, into a folder. `head`: of a text network alone.

    Raises UsageError for a name that is none and where the repository lacks what is needed; PolyseekError, which
    says what to place where, without a network.
    """
    if not _NAME.fullmatch(source):
        raise UsageError(
            f"{source!r} is no name of a model", hint="write hf:OWNER/NAME, or hf:OWNER/NAME@REVISION"
        )
    check_precision(precision)
    name, _, revision = source.partition("@")
    repository = _Repository(name, revision or "main", target, say)
    needed = ("tokenizer.json",) if head else CONFIGS
    for file in needed:
        newer = file == PREPROCESSORS[0] and PREPROCESSORS[1]
        if not repository.get(file) and not (newer and repository.get(newer)):
            raise UsageError(f"{name} has no {file}", hint=f"needed are {', '.join(needed)} and onnx/*.onnx")
    for file in (*MORE_CONFIGS, *(("config.json", *text_head.CONFIGS) if head else ())):
        repository.get(file)
    networks = _networks(repository, precision, head)
    for file in networks:
        _weights(repository, file)
    if head:
        repository.get("model.safetensors")


def _networks(repository: _Repository, precision: str, head: bool) -> tuple[str, ...]:
    """The first set of .onnx files that the repository has: two halves, or one for both."""
    sets = (("model",), ("text_model",)) if head else (("vision_model", "text_model"), ("model",))
    tried: list[str] = []
    for each in (precision,) if precision else PRECISIONS:
        ending = f"_{each}.onnx" if each else ".onnx"
        for names in sets:
            for place in FOLDERS:
                files = [Path(place, name + ending).as_posix() for name in names]
                tried += files
                if all(repository.get(file) for file in files):
                    return tuple(files)
    raise UsageError(
        f"{repository.name} has no ONNX export that is known",
        hint=f"looked for {', '.join(tried[:6])}; export it to ONNX and add the folder",
    )


def _weights(repository: _Repository, model: str) -> None:
    """The files of weights beside a network, which are there for large ones: model.onnx_data, model.onnx_data_1, ..."""
    if repository.get(f"{model}_data"):
        number = 1
        while repository.get(f"{model}_data_{number}"):
            number += 1
    repository.get(f"{model}.data")


def by_hand(name: str) -> str:
    """What a person without a network does: which files, and the command."""
    files = [*CONFIGS, *MORE_CONFIGS[:1], "onnx/vision_model.onnx", "onnx/text_model.onnx"]
    folder = name.split("/")[-1]
    return (
        f"from {_endpoint()}/{name}/tree/main the files {', '.join(files)} (or onnx/model.onnx instead of the two; "
        f"and .onnx_data beside them where there is any), place them in a folder {folder} the same way, and run: "
        f"polyseek models add {folder}"
    )


def _endpoint() -> str:
    return os.environ.get("HF_ENDPOINT", ENDPOINT).rstrip("/")


def _request(address: str) -> urllib.request.Request:
    if not address.startswith(("https://", "http://")):
        raise UsageError("HF_ENDPOINT is no address", path=address, hint="it begins with https://")
    from polyseek import __version__

    return urllib.request.Request(address, headers={"User-Agent": f"polyseek/{__version__}"})
