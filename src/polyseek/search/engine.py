"""The search itself: Query -> scores of every record -> Hits.

Words go to the catalogue's full text, models to the vectors of one Space, kept here as a page in
memory that is read again when the catalogue's generation has changed. Parts are fused (fusion.py),
words with a minus and `where` leave records out, and the best k come back with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from jaxtyping import Bool, Float32, Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.record import Record
from polyseek.errors import QueryError, SpaceMismatch, UsageError
from polyseek.indexes.exact import ExactIndex, nearest
from polyseek.search import lexical, meaning, why
from polyseek.search.calibrate import Calibration, calibrate
from polyseek.search.fusion import fuse, fuse_ranks
from polyseek.search.hit import Hit, Hits
from polyseek.search.lexical import Found
from polyseek.search.query import Query, Term
from polyseek.search.tower import WordTower
from polyseek.search.where import parse_where

Vector = Float32[np.ndarray, " d"]
Encode = Callable[[str], Mapping[str, Vector]]

MODES = ("auto", "words", "meaning", "hybrid")
_BY_TOWER = ("meaning", "hybrid")
_NO_LIMIT = 1_000_000_000


@dataclass(frozen=True)
class Page:
    """The vectors of one Space as they were at `generation`."""

    generation: int
    index: ExactIndex
    calibration: Calibration
    calibrated_at: int = 0


@dataclass(frozen=True)
class Part:
    """One scored term: `scores` in the order of the search's keys; `found`: what words matched, None for a model.

    `meant`: how near the models are to what the words mean, where a text tower was asked.
    """

    term: Term
    scores: Float32[np.ndarray, " n"]
    found: Found | None = None
    good: bool = False
    meant: Float32[np.ndarray, " n"] | None = None


@dataclass
class _Search:
    """Keys that may come back, ascending, and what each part says of them."""

    keys: Int64[np.ndarray, " n"]
    parts: list[Part] = field(default_factory=list["Part"])


class Searcher:
    """Searches one catalogue. `encode`: a model file's path -> vectors by Space digest; it raises FileError.

    `default_space`: digest of the Space in which models are compared; `encoder`: its encoder's id.
    `tower`: what turns words into a vector, None where no encoder of the library does.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        encode: Encode,
        default_space: str,
        *,
        encoder: str = "",
        tower: WordTower | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._encode = encode
        self._space = default_space
        self._encoder = encoder
        self._tower = tower
        self._pages: dict[str, Page] = {}
        self._lock = Lock()

    # -- what a person asks

    def search(self, query: Query, *, k: int = 10, where: str | None = None, mode: str = "auto") -> Hits:
        """The k best records. Raises QueryError, UnknownId, FileError of a model file, SpaceMismatch.

        `mode`: "auto"; "words" to search by words only; "meaning" to search by what the words mean and
        how models look; "hybrid" for both, what holds the words first.
        """
        return self._run(query, {}, k=k, where=where, mode=mode)

    def similar(self, id: str, *, k: int = 10, where: str | None = None) -> Hits:
        """The k records nearest to a record, itself left out."""
        return self._run(Query.like(f"id:{id}"), {}, k=k, where=where, mode="auto", without=id)

    def near(
        self, name: str, vectors: Mapping[str, Vector], *, k: int = 10, where: str | None = None
    ) -> Hits:
        """The k records nearest to a model given by its vectors (by Space digest), as of an upload called `name`."""
        return self._run(Query((Term("file", name),)), {name: vectors}, k=k, where=where, mode="auto")

    def vectors_of(self, ids: Sequence[str]) -> dict[str, Vector]:
        """The unit vectors of some records by id; those that have none are left out. Raises UnknownId."""
        index = self._page().index
        found = ((id, index.vector(self._catalogue.key_of(id))) for id in ids)
        return {id: vector for id, vector in found if vector is not None}

    def _run(
        self,
        query: Query,
        given: Mapping[str, Mapping[str, Vector]],
        *,
        k: int,
        where: str | None,
        mode: str,
        without: str = "",
    ) -> Hits:
        started = time.perf_counter()
        _check(query, k, mode)
        tower = self._tower_of(mode)
        condition = parse_where(where) if where and where.strip() else None
        allowed = None if condition is None else self._catalogue.keys(condition)
        vectors = {
            term: self._vector(term, given)
            for term in query.terms
            if term.kind != "words" and term.weight != 0
        }
        search = self._score(query, vectors, allowed, tower, mode)
        keep = np.ones(len(search.keys), bool)
        if without:
            keep &= search.keys != self._catalogue.key_of(without)
        places, scores, good = _ranked(search, keep, k)
        hits = self._hits(search, places, scores)
        seconds = time.perf_counter() - started
        return Hits(str(query), hits, good and bool(hits), seconds, self._made_by(bool(vectors), tower))

    def _made_by(self, by_shape: bool, tower: WordTower | None) -> dict[str, str]:
        from polyseek import __version__

        made = {"polyseek": __version__}
        if by_shape:
            made |= {"encoder": self._encoder, "space": self._space}
        if tower is not None:
            made |= {"words_encoder": tower.encoder, "words_space": tower.space}
        return made

    def _tower_of(self, mode: str) -> WordTower | None:
        """The text tower where the mode asks it."""
        if mode in _BY_TOWER and self._tower is None:
            raise QueryError(
                f"no encoder of this library reads words, as mode {mode} needs",
                hint='add "words1" to encoders in library.toml and run polyseek index again',
            )
        return self._tower if mode in _BY_TOWER else None

    # -- scores

    def _score(
        self,
        query: Query,
        vectors: Mapping[Term, Vector],
        allowed: Int64[np.ndarray, " a"] | None,
        tower: WordTower | None,
        mode: str,
    ) -> _Search:
        words = [term for term in query.terms if term.kind == "words" and term.weight != 0]
        found = [
            (term, lexical.find(self._catalogue, term.value, _NO_LIMIT)) for term in words if term.weight > 0
        ]
        page = self._page() if vectors else None
        keys = page.index.keys() if page is not None else _keys_of([f for _, f in found])
        if page is not None and found:
            # A record without a vector can still be found by its words.
            keys = np.union1d(keys, _keys_of([f for _, f in found]))
        looks = self._page(tower.space) if tower is not None and found else None
        if looks is not None:
            keys = np.union1d(keys, looks.index.keys())
        keys = self._allowed(keys, [term for term in words if term.weight < 0], query, allowed)
        search = _Search(keys)
        parts = [_words_part(term, f, keys) for term, f in found]
        if tower is not None and looks is not None:
            parts = [_meant_part(part, tower, looks, keys, mode) for part in parts]
        search.parts += parts
        for term, vector in vectors.items():
            assert page is not None
            search.parts.append(_shape_part(term, vector, page, keys))
        return search

    def _allowed(
        self,
        keys: Int64[np.ndarray, " n"],
        without: Sequence[Term],
        query: Query,
        allowed: Int64[np.ndarray, " a"] | None,
    ) -> Int64[np.ndarray, " m"]:
        """The keys that no negative word and no condition leaves out."""
        if not any(term.weight > 0 or term.kind != "words" for term in query.terms):
            keys = self._catalogue.keys(None)
        if allowed is not None:
            keys = keys[_member(keys, allowed)]
        for term in without:
            excluded = _unwanted(self._catalogue, term.value)
            keys = keys[~np.isin(keys, excluded)]
        return keys

    def _vector(self, term: Term, given: Mapping[str, Mapping[str, Vector]]) -> Vector:
        """The vector of a term's model in the default Space."""
        if term.kind == "file":
            vectors = given[term.value] if term.value in given else self._encode(term.value)
            if self._space not in vectors:
                raise SpaceMismatch(
                    f"the model has no vector of Space {self._space}",
                    path=term.value,
                    hint="run polyseek doctor",
                )
            return vectors[self._space]
        key = self._catalogue.key_of(term.value)
        vector = self._page().index.vector(key)
        if vector is None:
            raise QueryError(
                f"the model {term.value} has no vector to compare",
                hint="run polyseek index again on its folder",
            )
        return vector

    def _page(self, space: str = "") -> Page:
        """The page of a Space, the default one else, read again when the catalogue has changed."""
        space = space or self._space
        generation = self._catalogue.generation()
        with self._lock:
            page = self._pages.get(space)
            if page is None or page.generation != generation:
                page = self._read(space, generation, page)
                self._pages[space] = page
            return page

    def _read(self, space: str, generation: int, old: Page | None) -> Page:
        keys, vectors = self._catalogue.vectors(space)
        index = ExactIndex()
        index.build(keys, vectors)
        # The scale of a Space moves slowly: it is taken again when the library has grown by a tenth.
        if old is not None and abs(len(keys) - old.calibrated_at) <= old.calibrated_at // 10:
            return Page(generation, index, old.calibration, old.calibrated_at)
        return Page(generation, index, calibrate(vectors), len(keys))

    # -- hits

    def _hits(
        self, search: _Search, places: Int64[np.ndarray, " k"], scores: Float32[np.ndarray, " k"]
    ) -> tuple[Hit, ...]:
        keys = search.keys[places].tolist()
        records = self._catalogue.records_by_key(keys)
        reasons = self._reasons(search, places, keys, records)
        hits: list[Hit] = []
        for key, score in zip(keys, scores.tolist(), strict=True):
            record = records.get(key)
            if record is not None:  # None: removed by another process a moment ago
                hits.append(
                    Hit(
                        len(hits) + 1,
                        record.id,
                        round(score, 4),
                        record.name,
                        record.path,
                        reasons[key],
                        record,
                    )
                )
        return tuple(hits)

    def _reasons(
        self,
        search: _Search,
        places: Int64[np.ndarray, " k"],
        keys: Sequence[int],
        records: Mapping[int, Record],
    ) -> dict[int, str]:
        said: dict[int, list[str]] = {key: [] for key in keys}
        models = sum(part.term.kind != "words" for part in search.parts)
        for part in search.parts:
            if part.found is not None:
                columns = self._catalogue.matched_columns(part.found.groups, keys)
                for key in keys:
                    if key in part.found.by_meaning and key in records:
                        said[key].append(meaning.reason(records[key], part.found.meant))
                    elif any(columns[key]):
                        said[key].append(why.of_words(part.found.shown, columns[key], part.found.forgiven))
                if part.meant is not None:
                    for key, score in zip(keys, part.meant[places].tolist(), strict=True):
                        if score > 0:
                            said[key].append(why.of_meaning(score))
            elif part.meant is not None:
                for key, score in zip(keys, part.meant[places].tolist(), strict=True):
                    said[key].append(why.of_meaning(score))
            elif part.term.weight > 0:
                like = _called(part.term) if models > 1 else ""
                for key, score in zip(keys, part.scores[places].tolist(), strict=True):
                    said[key].append(why.of_shape(score, like))
            else:
                for key, score in zip(keys, part.scores[places].tolist(), strict=True):
                    said[key].append(f"{score:.2f} like {_called(part.term)}, which is unwanted")
        return {key: "; ".join(parts) or "everything else was left out" for key, parts in said.items()}


def _check(query: Query, k: int, mode: str) -> None:
    if not any(term.weight != 0 for term in query.terms):
        raise QueryError("there is nothing to search for", hint="give words, a model file or id:...")
    if k < 1:
        raise UsageError(f"k is {k}, and must be 1 or more")
    if mode not in MODES:
        raise QueryError(f"there is no mode {mode!r}", hint=f"modes: {', '.join(MODES)}")
    if mode == "words" and any(term.kind != "words" for term in query.terms):
        raise QueryError("mode words cannot compare models", hint="use mode auto")


def _keys_of(found: Sequence[Found]) -> Int64[np.ndarray, " n"]:
    return np.array(sorted({key for each in found for key in each.scores}), np.int64)


def _unwanted(catalogue: Catalogue, text: str) -> Int64[np.ndarray, " n"]:
    from polyseek.words import tokens

    groups = tokens(text)
    return np.array([key for key, _ in catalogue.match_words(groups, _NO_LIMIT)], np.int64)


def _member(keys: Int64[np.ndarray, " n"], allowed: Int64[np.ndarray, " a"]) -> Bool[np.ndarray, " n"]:
    """Which keys are among the allowed ones; both ascending."""
    if not len(allowed):
        return np.zeros(len(keys), bool)
    places = np.minimum(np.searchsorted(allowed, keys), len(allowed) - 1)
    return allowed[places] == keys


def _scores_of(found: Found, keys: Int64[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    scores = np.zeros(len(keys), np.float32)
    held = np.array(list(found.scores), np.int64)
    values = np.array(list(found.scores.values()), np.float32)
    if len(held) and len(keys):
        places = np.minimum(np.searchsorted(keys, held), len(keys) - 1)
        there = keys[places] == held
        scores[places[there]] = values[there]
    return scores


def _words_part(term: Term, found: Found, keys: Int64[np.ndarray, " n"]) -> Part:
    scores = _scores_of(found, keys)
    # A condition may have left out every record that holds all words.
    return Part(term, scores, found, found.complete and bool(scores.any()))


def _meant_part(part: Part, tower: WordTower, page: Page, keys: Int64[np.ndarray, " n"], mode: str) -> Part:
    """A part by words as one by meaning, or by both."""
    cosines = _cosines(tower.encode(part.term.value), page, keys)
    meant = tower.scores(cosines)
    near = bool(len(cosines)) and float(cosines.max()) >= tower.cut_off
    if mode == "meaning":
        return Part(part.term, meant, None, near, meant)
    exact = (part.scores > 0) & np.bool_(part.good)
    return Part(part.term, fuse_ranks(part.scores, meant, exact), part.found, part.good or near, meant)


def _shape_part(term: Term, vector: Vector, page: Page, keys: Int64[np.ndarray, " n"]) -> Part:
    here = _cosines(vector, page, keys)
    good = bool(len(here)) and float(here.max()) >= page.calibration.cut_off
    return Part(term, page.calibration.scores(here), None, good)


def _cosines(vector: Vector, page: Page, keys: Int64[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    """The cosine of each key's vector, -1 where it has none."""
    held = page.index.keys()
    cosines = page.index.scores(vector)
    if np.array_equal(held, keys):
        return cosines
    here = np.full(len(keys), -1.0, np.float32)
    if len(held) and len(keys):
        places = np.minimum(np.searchsorted(held, keys), len(held) - 1)
        there = held[places] == keys
        here[there] = cosines[places[there]]
    return here


def _ranked(
    search: _Search, keep: Bool[np.ndarray, " n"], k: int
) -> tuple[Int64[np.ndarray, " k"], Float32[np.ndarray, " k"], bool]:
    """Places of the best k, their scores, and whether the search found a good match."""
    if not len(search.keys):
        return np.empty(0, np.int64), np.empty(0, np.float32), False
    if not search.parts:  # only words to leave out: the rest, in the order they came
        fused = np.ones(len(search.keys), np.float32)
    else:
        fused = fuse([part.scores for part in search.parts], [part.term.weight for part in search.parts])
    places = nearest(np.where(keep, fused, np.float32(-np.inf)), k)
    likes = [part for part in search.parts if part.term.weight > 0]
    good = not likes or any(part.good for part in likes)
    return places, fused[places], good


def _called(term: Term) -> str:
    return term.value if term.kind == "id" else term.value.replace("\\", "/").rsplit("/", 1)[-1]
