"""The models and pictures of a query -> vectors by Space digest, read in worker processes as indexing reads them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from jaxtyping import Float32, UInt8

from polyseek.encoders.contract import Encoder, ReadsPictures, unit_rows
from polyseek.formats.pictures import picture_of, read_picture
from polyseek.formats.sandbox import Sandbox
from polyseek.indexing.reader import vectors_of, vectors_of_upload, warm
from polyseek.indexing.settings import Settings
from polyseek.indexing.work import Options, Recipe

WORKERS = 2
BySpace = Mapping[str, Float32[np.ndarray, " d"]]


class Examples:
    """Reads what people search by. Its workers start when they are first needed; safe to use from several threads.

    `roots`: the library's folders: a model in one of them may use all of it, as it did when it was
    indexed. `encoders`: those of the library that read pictures are asked for theirs.
    """

    def __init__(
        self, settings: Settings, roots: Callable[[], Sequence[str]], encoders: Sequence[Encoder]
    ) -> None:
        self.encoders = settings.encoders
        self._limits = settings.limits
        self._roots = roots
        self._lookers = [(each.space.digest, each) for each in encoders if isinstance(each, ReadsPictures)]
        recipe = Recipe.of(settings, Options())
        stages = tuple(settings.stages[name] for name in ("load", "represent", "encode"))
        self._recipe = replace(recipe, stages=stages, vectors_only=True)
        self._lock = threading.Lock()
        self._workers = min(WORKERS, settings.workers())
        self._models: Sandbox | None = None
        self._pictures: Sandbox | None = None

    def model(self, path: str) -> BySpace:
        """Of a model file on disk. Raises FileError."""
        absolute = Path(path).expanduser().absolute()
        root = max((root for root in self._roots() if absolute.is_relative_to(root)), key=len, default=None)
        return self.models().run(vectors_of, str(absolute), root, self._recipe, name=str(absolute))

    def uploaded_model(self, name: str, files: Mapping[str, bytes]) -> BySpace:
        """Of the model `name` among some files' bytes; the others are its side files, by relative name."""
        beside = {other: data for other, data in files.items() if other != name}
        return self.models().run(vectors_of_upload, name, files[name], beside, self._recipe, name=name)

    def pictures(self, paths: Sequence[str], files: Mapping[str, bytes] | None = None) -> BySpace:
        """Of the thing in some pictures: the mean of theirs, of length 1. `files`: their bytes, where not on disk."""
        run = self.picture_worker().run
        if files is None:
            seen = [run(read_picture, path, self._limits, name=path) for path in paths]
        else:
            seen = [run(picture_of, path, files[path], self._limits, name=path) for path in paths]
        return {space: _together(encoder, seen) for space, encoder in self._lookers}

    def models(self) -> Sandbox:
        """The workers that read models; each takes a second or two to get warm."""
        with self._lock:
            if self._models is None:
                self._models = Sandbox(self._workers, self._limits, partial(warm, self._recipe))
            return self._models

    def picture_worker(self) -> Sandbox:
        """The worker that decodes pictures: it needs nothing of what models take seconds to load."""
        with self._lock:
            if self._pictures is None:
                self._pictures = Sandbox(1, self._limits)
            return self._pictures

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            sandboxes, self._models, self._pictures = (self._models, self._pictures), None, None
        for sandbox in sandboxes:
            if sandbox is not None:
                sandbox.close()


def _together(
    encoder: ReadsPictures, pictures: Sequence[UInt8[np.ndarray, "h w 4"]]
) -> Float32[np.ndarray, " d"]:
    return unit_rows(encoder.encode_pictures(pictures).mean(axis=0, keepdims=True))[0]
