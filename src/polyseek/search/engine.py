"""The search itself: Query -> scores of every record -> Hits.

Words go to the catalogue's full text, models to the vectors of one Space or of two (blend.py); a query with a
picture, or in mode meaning or hybrid, becomes one place in the Space of a tower (composed.py). Parts are fused
(fusion.py), words with a minus and `where` leave records out, and the best k come back with the reason.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float32, Int64

from polyseek.catalogue.contract import Catalogue
from polyseek.catalogue.lesson import Lesson
from polyseek.errors import QueryError, SpaceMismatch
from polyseek.search import lexical, parts
from polyseek.search.asked import Asked, check
from polyseek.search.blend import Blend
from polyseek.search.composed import Piece, compose
from polyseek.search.hit import Hit, Hits
from polyseek.search.lexical import Found
from polyseek.search.pages import Page, Pages
from polyseek.search.parts import Part
from polyseek.search.query import Query, Term
from polyseek.search.reasons import reasons
from polyseek.search.term_vectors import BySpace, Encode, Look, TermVectors, Vector
from polyseek.search.tower import Tower, tower_for
from polyseek.search.where import parse_where
from polyseek.search.why import sentence

_NO_LIMIT = 1_000_000_000


class Searcher:
    """Searches one catalogue. `encode`: a model file's path -> vectors by Space digest; it raises FileError.

    `compared`: the Spaces in which models are compared, or the digest of the one. `towers`: of the library's
    encoders that read words or pictures, in their order; `look`: paths of pictures of one thing -> vectors by
    Space digest. `spaces`: encoder's id -> digest, of all that a search may name.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        encode: Encode,
        compared: Blend | str,
        *,
        encoder: str = "",
        towers: Sequence[Tower] = (),
        look: Look = lambda paths: {},
        spaces: Mapping[str, str] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._compared = Blend(((compared, 1.0),), (encoder,)) if isinstance(compared, str) else compared
        self._towers = tuple(towers)
        self._spaces = spaces or {}
        self._pages = Pages(catalogue)
        self._vectors = TermVectors(catalogue, self._pages, encode, look)

    # -- what a person asks

    def search(
        self,
        query: Query,
        *,
        k: int = 10,
        where: str | None = None,
        mode: str = "auto",
        encoder: str | None = None,
        given: Mapping[Term, BySpace] | None = None,
    ) -> Hits:
        """The k best records. Raises QueryError, UnknownId, FileError of a file, SpaceMismatch, UsageError.

        `mode`: "auto": words by the letters and what they name, and where that is fewer than `k` models by
        how models look, too; models by shape and looks; and all together by looks where a picture is among
        them; "words": only words; "meaning": by how models look; "hybrid": that, and what holds the words
        first. `encoder`: the id of the one to compare by. `given`: vectors of terms that are at hand, as of
        uploads.
        """
        return self._run(query, k=k, where=where, mode=mode, encoder=encoder, given=given or {})

    def similar(self, id: str, *, k: int = 10, where: str | None = None, encoder: str | None = None) -> Hits:
        """The k records nearest to a record, itself left out."""
        query = Query.like(f"id:{id}")
        return self._run(query, k=k, where=where, mode="auto", encoder=encoder, given={}, without=id)

    def vectors_of(self, ids: Sequence[str], space: str | None = None) -> dict[str, Vector]:
        """The unit vectors of some records by id, in a Space, None: the first in which models are compared.

        Those that have none are left out.

        Raises UnknownId, SpaceMismatch.
        """
        index = self._pages.page(space or self._compared.spaces[0]).index
        found = ((id, index.vector(self._catalogue.key_of(id))) for id in ids)
        return {id: vector for id, vector in found if vector is not None}

    def _run(
        self,
        query: Query,
        *,
        k: int,
        where: str | None,
        mode: str,
        encoder: str | None,
        given: Mapping[Term, BySpace],
        without: str = "",
    ) -> Hits:
        started = time.perf_counter()
        check(query, k, mode)
        condition = parse_where(where) if where and where.strip() else None
        allowed = None if condition is None else self._catalogue.keys(condition)
        compared, towers = self._by(encoder)
        tower = tower_for(query, towers, mode, encoder)
        page = None if tower is None else self._tower_page(tower)
        asked = Asked(query, mode, compared, towers, tower, page, given)
        keys, scored = self._score(asked, allowed)
        keep = np.ones(len(keys), bool)
        if (filled := self._filled(asked, keys, scored, allowed, k)) is not None:
            asked, keys, scored, keep = filled
        if without:
            keep &= keys != self._catalogue.key_of(without)
        places, scores, good = parts.ranked(keys, scored, keep, k)
        hits = self._hits(asked, scored, keys[places].tolist(), places, scores)
        seconds = time.perf_counter() - started
        return Hits(str(query), hits, good and bool(hits), seconds, self._made_by(asked), keys[keep])

    def _made_by(self, asked: Asked) -> dict[str, str]:
        from polyseek import __version__

        made, tower = {"polyseek": __version__}, asked.tower
        kinds = {term.kind for term in asked.query.terms if term.weight != 0}
        if kinds - {"words"}:
            compared = asked.compared
            made |= {
                "encoder": tower.encoder if tower else "+".join(compared.encoders),
                "space": tower.space if tower else "+".join(compared.spaces),
            }
        if tower is not None and tower.words is not None and "words" in kinds:
            made |= {"words_encoder": tower.encoder, "words_space": tower.space}
        return made

    # -- scores

    def _filled(
        self,
        asked: Asked,
        keys: parts.Keys,
        scored: Sequence[Part],
        allowed: Int64[np.ndarray, " a"] | None,
        k: int,
    ) -> tuple[Asked, Int64[np.ndarray, " m"], list[Part], Bool[np.ndarray, " m"]] | None:
        """In mode auto, where words name fewer than `k` models: hybrid, less what neither holds them nor is near.

        Where names do hold them, near is halfway from the cut-off to what right models mostly have.

        None where the words alone do: enough hold them, nothing looks like them, or they are quoted.
        """
        terms = [term for term in asked.query.terms if term.weight != 0]
        if asked.mode != "auto" or not scored or any(t.kind != "words" or '"' in t.value for t in terms):
            return None
        named = np.logical_and.reduce([(part.scores > 0) & np.bool_(part.good) for part in scored])
        tower = next((each for each in asked.towers if each.words is not None), None)
        if tower is None or np.count_nonzero(named) >= k:
            return None
        with suppress(QueryError):
            both = replace(asked, mode="hybrid", tower=tower, page=self._tower_page(tower))
            every, found = self._score(both, allowed, [each for part in scored for each in part.found])
            place = found[0].composed
            assert place is not None
            assert both.page is not None
            scale = place.scale
            least = (scale.cut_off + scale.right) / 2 if named.any() else scale.cut_off
            near = both.page.cosines(place.vector, every) >= max(least, scale.cut_off)
            if near.any():
                return both, every, found, near | np.isin(every, keys[named])
        return None

    def _score(
        self, asked: Asked, allowed: Int64[np.ndarray, " a"] | None, found: Sequence[Found] | None = None
    ) -> tuple[parts.Keys, list[Part]]:
        """The keys that may come back, ascending, and what each part says of them.

        `found`: what the letters of the wanted words match, where that is known already.
        """
        wanted, unwanted, models = asked.words(wanted=True), asked.words(wanted=False), asked.models()
        tower = asked.tower
        lettered = tower is None or tower.words is None or asked.mode == "hybrid"
        if found is None:
            found = [lexical.find(self._catalogue, term.value, _NO_LIMIT) for term in wanted if lettered]
        blended = self._pages.blended(asked.compared) if models and asked.page is None else None
        compared = asked.page.index if asked.page is not None else blended
        keys = parts.keys_of(found)
        if compared is not None:  # a record without a vector can still be found by its words
            keys = parts.either(keys, compared.keys())
        elif not wanted:
            keys = self._catalogue.keys(None)
        if allowed is not None:
            keys = keys[parts.members(keys, allowed)]
        for term in unwanted:
            keys = keys[~np.isin(keys, lexical.unwanted(self._catalogue, term.value))]
        scored = [parts.by_words(term, f, keys) for term, f in zip(wanted, found, strict=False)]
        if blended is not None:
            for term in models:
                vectors = self._vectors.each(term, asked.compared.spaces, asked.given)
                scored.append(parts.by_likeness(term, vectors, blended, keys, asked.compared.said))
        if asked.page is None:
            return keys, scored
        place = parts.by_place(compose(self._pieces(asked, asked.page)), asked.page, keys)
        if scored and asked.mode == "hybrid":
            return keys, [parts.by_both(scored, place)]
        return keys, [*scored, place]

    def _pieces(self, asked: Asked, page: Page) -> list[Piece]:
        """What is summed in the tower's Space: all that its encoder reads."""
        tower = asked.tower
        assert tower is not None
        found: list[Piece] = []
        for term in asked.query.terms:
            lesson = self._lesson(tower, term)
            if lesson is not None:
                found.append(Piece(term, lesson.vector, lesson.scale))
            elif term.weight == 0:
                continue
            elif term.kind == "words":
                if tower.words is not None and tower.encode is not None:
                    text = term.value.replace('"', "")  # quotes are for letters
                    vector = tower.encode(text)
                    meant = () if tower.meant is None else tower.meant(text)
                    scale = tower.words.within(page.index.scores(vector))
                    found.append(Piece(term, vector, scale, meant))
            else:
                scale = tower.pictures if term.kind == "picture" else page.models
                if scale is not None:
                    found.append(Piece(term, self._vectors.one(term, tower.space, asked.given), scale))
        return found

    def _lesson(self, tower: Tower, term: Term) -> Lesson | None:
        """What the person's own tag of these words has taught, where that helps."""
        if term.kind != "words" or term.weight == 0:
            return None
        tag = " ".join(term.value.replace('"', "").lower().split())
        return next((each for each in self._catalogue.lessons(tower.space, tag) if each.helps), None)

    def _by(self, encoder: str | None) -> tuple[Blend, Sequence[Tower]]:
        """What compares models, and what may read words and pictures. Raises UsageError, QueryError."""
        if encoder is None:
            return self._compared, self._towers
        if encoder not in self._spaces:
            from polyseek.encoders.shelf import load

            load(encoder)  # says which there are, where there is no such one
            raise _not_read_by(encoder)
        towers = [tower for tower in self._towers if tower.encoder == encoder]
        said = "looks" if any(tower.pictures is not None for tower in towers) else "shape"
        return Blend(((self._spaces[encoder], 1.0),), (encoder,), said), towers

    def _tower_page(self, tower: Tower) -> Page:
        with suppress(SpaceMismatch):
            page = self._pages.page(tower.space)
            if len(page.index.keys()):
                return page
        raise _not_read_by(tower.encoder)

    # -- hits

    def _hits(
        self,
        asked: Asked,
        scored: Sequence[Part],
        keys: Sequence[int],
        places: Int64[np.ndarray, " k"],
        scores: Float32[np.ndarray, " k"],
    ) -> tuple[Hit, ...]:
        records = self._catalogue.records_by_key(keys)
        said = reasons(self._catalogue, scored, keys, places, records, asked.page)
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
                        sentence(said[key]),
                        record,
                        said[key],
                    )
                )
        return tuple(hits)


def _not_read_by(encoder: str) -> QueryError:
    return QueryError(
        f"no model of this library has been read by {encoder} yet",
        hint=f"polyseek encoders use {encoder}, then polyseek index",
    )
