"""What answers searches in the Spaces that serve now, made when first needed and anew when other Spaces serve."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polyseek.search.query import Query, Term

if TYPE_CHECKING:
    from polyseek.catalogue.contract import Catalogue, Held
    from polyseek.encoders.contract import Encoder
    from polyseek.indexing.examples import Examples
    from polyseek.indexing.settings import Settings
    from polyseek.search.atlas import Cartographer
    from polyseek.search.blend import Blend
    from polyseek.search.browse import Browser
    from polyseek.search.engine import Searcher
    from polyseek.search.hit import Hits
    from polyseek.search.serving import Serving


@dataclass(frozen=True, eq=False)
class Answering:
    """What answers, in the Spaces of `of`. `by_id`: for models like an indexed one, in `space`."""

    of: Serving
    any: Searcher
    by_id: Searcher
    space: str
    browser: Browser


class Searchers:
    """Keeps what answers searches of one catalogue; safe to use from several threads.

    `folder`: the library's, where its map is kept. `settings`: those that hold when it is asked.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, settings: Callable[[], Settings]) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._settings = settings
        self._read: Examples | None = None
        self._outgrown: list[Examples] = []  # those that lack an encoder; a query may still be in their hands
        self._served: tuple[tuple[Settings, tuple[Held, ...]], Serving] | None = None
        self._made: Answering | None = None
        self._drawer: Cartographer | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """End worker processes, and the drawing of the map."""
        if self._drawer is not None:
            self._drawer.close()
        with self._lock:
            for each in (*self._outgrown, self._read):
                if each is not None:
                    each.close()
            self._read = None
            self._outgrown.clear()

    def search(
        self,
        query: Query,
        *,
        k: int,
        where: str | None,
        mode: str,
        encoder: str | None,
        files: Mapping[str, bytes] | None,
    ) -> Hits:
        """The `k` best models for a query; `files`: bytes by name of what it names and is not on a disk."""
        kinds = {term.kind for term in query.terms}
        if "file" in kinds:
            self.examples.models().start()  # gets ready while the catalogue is opened
        if "picture" in kinds and self.readers:
            self.examples.picture_worker().start()
        given = self._given(query, files) if files else None
        return self.now.any.search(query, k=k, where=where, mode=mode, encoder=encoder, given=given)

    def _given(self, query: Query, files: Mapping[str, bytes]) -> dict[Term, Mapping[str, Any]]:
        """Vectors by Space of the terms whose files are at hand."""
        found: dict[Term, Mapping[str, Any]] = {}
        for term in query.terms:
            if term.paths and term.weight and all(path in files for path in term.paths):
                if term.kind == "file":
                    found[term] = self.examples.uploaded_model(term.value, files)
                elif self.readers:
                    found[term] = self.examples.pictures(term.paths, files)
        return found

    @property
    def serving(self) -> Serving:
        """Which Spaces answer now: others once they are filled, or when the settings have changed."""
        from polyseek.encoders.shelf import DEFAULT
        from polyseek.indexing.stages import encoder
        from polyseek.search.serving import serving

        settings = self._settings()
        held = tuple(each for each in self._catalogue.held() if each.encoder not in settings.absent)
        of = (settings, held)
        with self._lock:
            if self._served is None or self._served[0] != of:
                found = serving(settings.encoders, settings.default_encoder, held, encoder, DEFAULT)
                self._served = (of, found)
            return self._served[1]

    @property
    def readers(self) -> list[Encoder]:
        """The encoders that read words or pictures, the first to be asked first."""
        from polyseek.indexing.stages import encoder

        return [encoder(id) for id in self.serving.readers]

    def reader(self, encoder: str | None) -> Encoder:
        """One that reads words: the library's first, or the one called `encoder`. Raises UsageError."""
        from polyseek.encoders.contract import ReadsWords
        from polyseek.naming.classifying import reader_of

        own = [each for each in self.readers if isinstance(each, ReadsWords)]
        found = next((each for each in own if encoder in (None, each.card.id)), None)
        return found or reader_of(encoder, self._settings())

    @property
    def now(self) -> Answering:
        """What answers searches, made anew when other Spaces answer."""
        answers, readers = self.serving, self.readers
        with self._lock:
            if self._made is None or self._made.of != answers:
                self._made = self._make(answers, readers)
            return self._made

    def _make(self, answers: Serving, readers: Sequence[Encoder]) -> Answering:
        from polyseek.search.browse import Browser
        from polyseek.search.engine import Searcher
        from polyseek.search.tower import tower_of
        from polyseek.search.variants import Variants

        def searcher(compared: Blend | str) -> Searcher:
            return Searcher(
                self._catalogue,
                lambda path: self.examples.model(path),
                compared,
                encoder=answers.encoder,
                towers=[tower_of(each) for each in readers],
                look=lambda paths: self.examples.pictures(paths),
                spaces=dict(answers.named),
            )

        every = searcher(answers.blend)
        by_id = every if answers.by_id == answers.space else searcher(answers.by_id)
        browser = Browser(self._catalogue, Variants(self._catalogue, answers.folding).leaders)
        return Answering(answers, every, by_id, answers.by_id, browser)

    @property
    def cartographer(self) -> Cartographer:
        """What draws the library's map."""
        from polyseek.search.atlas import Cartographer

        with self._lock:
            if self._drawer is None:
                self._drawer = Cartographer(self._catalogue, self._mapped, self._folder)
            return self._drawer

    def _mapped(self) -> Blend:
        """In what indexed models are compared with one another."""
        from polyseek.search.blend import Blend

        answers = self.serving
        return answers.blend if answers.by_id == answers.space else Blend(((answers.by_id, 1.0),))

    @property
    def examples(self) -> Examples:
        """What reads the models and pictures of queries."""
        from polyseek.indexing.examples import Examples

        needed, readers = self.serving.encoders, self.readers
        with self._lock:
            if self._read is None or not set(needed) <= set(self._read.encoders):
                if self._read is not None:
                    self._outgrown.append(self._read)
                settings = replace(self._settings(), encoders=needed)
                roots = partial(self._catalogue.values_of, "root")
                self._read = Examples(settings, lambda: list(roots()), readers)
            return self._read
