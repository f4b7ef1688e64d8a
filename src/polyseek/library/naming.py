"""Labels, suggested tags and lessons of one library: polyseek.naming, asked with its encoders and catalogue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyseek.catalogue.condition import Condition
    from polyseek.catalogue.contract import Catalogue
    from polyseek.catalogue.lesson import Lesson
    from polyseek.encoders.contract import Encoder
    from polyseek.errors import PolyseekError
    from polyseek.indexing.settings import Settings
    from polyseek.library.searchers import Searchers
    from polyseek.naming.classifying import Classified
    from polyseek.naming.suggesting import Suggested
    from polyseek.search.suggest import ConceptTree


class Naming:
    """Names a library's models; safe to use from several threads. `encoder`: id of one that reads words, None: the first."""

    def __init__(self, catalogue: Catalogue, searchers: Searchers, settings: Callable[[], Settings]) -> None:
        self._catalogue = catalogue
        self._searchers = searchers
        self._settings = settings
        self._trees: dict[tuple[str, str], ConceptTree] = {}  # by Space and language
        self._lock = threading.Lock()

    def classify(
        self,
        models: Sequence[str | Path],
        labels: Sequence[str],
        *,
        encoder: str | None,
        prompts: Sequence[str],
        jobs: int | None,
        failed: Callable[[PolyseekError], None] | None,
    ) -> Iterator[Classified]:
        """Which of `labels` each model is: records first (ids), then files (Paths)."""
        from polyseek.naming import classifying

        reader = self._searchers.reader(encoder)
        asked = classifying.ask(reader, labels, prompts, self._catalogue.lessons(reader.space.digest))
        ids = [str(each).removeprefix("id:") for each in models if not isinstance(each, Path)]
        paths = {record.id: record.path for record in map(self._catalogue.record, ids)}
        yield from classifying.classify_records(asked, paths, self._searchers.now.any.vectors_of)
        files = [str(each) for each in models if isinstance(each, Path)]
        roots = list(self._catalogue.values_of("root")) if files else []
        yield from classifying.classify_files(
            asked, files, self._settings(), roots=roots, jobs=jobs, failed=failed
        )

    def suggest(
        self,
        ids: Sequence[str] | None,
        *,
        where: Condition | None,
        vocabulary: Sequence[str] | None,
        language: str,
        most: int,
        encoder: str | None,
        keep: bool,
    ) -> Suggested:
        """Suggest tags by looks, from `vocabulary` or from what the lexicon knows."""
        from polyseek.naming import suggesting

        reader = self._searchers.reader(encoder)
        return suggesting.suggest(
            self._catalogue,
            reader,
            self._tree(reader, language),
            ids=None if ids is None else [id.removeprefix("id:") for id in ids],
            where=where,
            vocabulary=vocabulary,
            most=most,
            keep=keep,
        )

    def _tree(self, reader: Encoder, language: str) -> ConceptTree:
        """The lexicon's concepts as places in the Space of an encoder, made once."""
        from polyseek.naming.suggesting import concepts_of

        key = (reader.space.digest, language)
        with self._lock:
            if key not in self._trees:
                self._trees[key] = concepts_of(reader, language)
            return self._trees[key]

    def teach(self, tags: Sequence[str] | None, encoder: str | None) -> list[Lesson]:
        """Learn from the models that the person gave these tags, None: all own tags."""
        from polyseek.encoders.shelf import load
        from polyseek.naming.teaching import teach
        from polyseek.search.variants import Variants

        variants = Variants(self._catalogue, load(self._settings().default_encoder).space.digest)
        return teach(self._catalogue, self._searchers.reader(encoder), variants.leaders, tags)

    def lessons(self, encoder: str | None) -> list[Lesson]:
        """What tags have taught an encoder, also where it does not help."""
        return self._catalogue.lessons(self._searchers.reader(encoder).space.digest)
