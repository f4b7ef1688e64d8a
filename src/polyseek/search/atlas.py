"""The map of a library: computed in the background, kept in the library's folder, brought up to date.

`map.npz` is derived: it may be deleted at any time. A row of it is known again by its key and the
fingerprint of its vector; new rows are put beside their nearest neighbours until the next computation.
"""

from __future__ import annotations

import json
import logging
import threading
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Bool, Float32, Int64, UInt64

from polyseek.catalogue.record import Record
from polyseek.errors import PolyseekError, SpaceMismatch
from polyseek.search.blend import Blend, end_to_end
from polyseek.search.projection import Stopped, project
from polyseek.search.regions import Region, regions
from polyseek.words import tags_of

log = logging.getLogger(__name__)

FILE = "map.npz"
FORMAT = 1
CHANGED = 0.05  # share of rows that came, went or changed after which the map is computed anew
BESIDE = 5  # neighbours that a new row is put between
_READ = 2000  # records at a time


@dataclass(frozen=True, eq=False)
class Map:
    """Where each model of a library lies on its map, neighbours in the Spaces beside each other.

    `space`: the name of the Blend of Spaces. `places`: in [0, 1]². `colours`: each model's first one as 0xrrggbb, -1 where it has none. `fresh`:
    put beside its neighbours, not laid out yet. `version` names all of it.
    """

    space: str
    keys: Int64[np.ndarray, " n"]
    fingerprints: UInt64[np.ndarray, " n"]
    ids: tuple[str, ...]
    places: Float32[np.ndarray, "n 2"]
    colours: Int64[np.ndarray, " n"]
    fresh: Bool[np.ndarray, " n"]
    regions: tuple[Region, ...]
    laid_out: int  # rows at the last computation
    version: str = field(default="", init=False)

    def __post_init__(self) -> None:
        hashed = blake2b(f"{FORMAT}{self.space}{self.regions}{self.laid_out}".encode(), digest_size=9)
        for part in (self.keys, self.fingerprints, self.places, self.colours):
            hashed.update(np.ascontiguousarray(part).tobytes())
        object.__setattr__(self, "version", hashed.hexdigest())

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, rows: Bool[np.ndarray, " n"]) -> Map:
        """The map without the other rows."""
        ids = tuple(id for id, stays in zip(self.ids, rows.tolist(), strict=True) if stays)
        return Map(
            self.space, self.keys[rows], self.fingerprints[rows], ids, self.places[rows],
            self.colours[rows], self.fresh[rows], self.regions, self.laid_out,
        )  # fmt: skip


@runtime_checkable
class Drawn(Protocol):
    """What maps are drawn of: as much of a Catalogue as that takes."""

    def generation(self) -> int: ...
    def vectors(self, digest: str) -> tuple[Int64[np.ndarray, " n"], Float32[np.ndarray, "n d"]]: ...
    def records_by_key(self, keys: Sequence[int]) -> dict[int, Record]: ...


class Cartographer:
    """Draws and keeps the map of one catalogue. `blend()`: the Spaces it is of; `folder`: where it is kept.

    `look` never computes; `draw` does, in the caller's thread; `begin` does so in a thread of its own.
    """

    def __init__(self, catalogue: Drawn, blend: Callable[[], Blend], folder: Path, *, seed: int = 0) -> None:
        self._catalogue = catalogue
        self._blend = blend
        self._path = folder / FILE
        self._seed = seed
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._map: Map | None = None
        self._drawn = ("", -1)

    def look(self) -> tuple[Map | None, bool]:
        """(the map as it was last drawn, is it up to date?); None where none was drawn, or there is nothing to draw."""
        now = self._state()
        with self._lock:
            if self._map is None or self._map.space != now[0]:
                self._map = _read(self._path, now[0])
            return self._map, self._drawn == now

    def begin(self) -> None:
        """Draw in the background, unless that is being done or nothing has changed."""
        _, current = self.look()
        with self._lock:
            if current or self._stop.is_set() or (self._thread is not None and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._work, name="map", daemon=True)
            self._thread.start()

    def draw(self) -> Map:
        """The map as the catalogue is now: laid out anew where much has changed. Raises SpaceMismatch, Stopped."""
        with self._drawing:
            known, current = self.look()
            if current and known is not None:
                return known
            blend = self._blend()
            now = blend.name, self._catalogue.generation()
            keys, vectors = end_to_end(self._catalogue, blend)
            made = self._up_to_date(known, now[0], keys, vectors)
            if known is None or made.version != known.version:
                _write(self._path, made)
            with self._lock:
                self._map, self._drawn = made, now
            return made

    def close(self) -> None:
        """Stop drawing, and wait for that."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _state(self) -> tuple[str, int]:
        return self._blend().name, self._catalogue.generation()

    def _work(self) -> None:
        now = self._state()
        try:
            self.draw()
        except Stopped:
            return
        except SpaceMismatch:  # nothing was indexed with this encoder yet
            with self._lock:
                self._map, self._drawn = None, now
        except PolyseekError as error:
            log.warning("the map could not be drawn: %s", error)

    def _up_to_date(
        self,
        known: Map | None,
        space: str,
        keys: Int64[np.ndarray, " n"],
        vectors: Float32[np.ndarray, "n d"],
    ) -> Map:
        prints = fingerprints(vectors)
        if known is None or not len(known):
            return self._laid_out(space, keys, vectors, prints, None)
        at = np.minimum(np.searchsorted(known.keys, keys), len(known) - 1)
        there = (known.keys[at] == keys) & (known.fingerprints[at] == prints)
        settled = there & ~known.fresh[at]
        changed = int((~settled).sum()) + known.laid_out - int(settled.sum())
        places = np.zeros((len(keys), 2), np.float32)
        places[settled] = known.places[at[settled]]
        if not settled.any():
            return self._laid_out(space, keys, vectors, prints, None)
        places[~settled] = beside(vectors[~settled], vectors[settled], places[settled])
        if changed > CHANGED * max(len(keys), 20):
            # Where most of it is known the new map grows out of the old one.
            return self._laid_out(space, keys, vectors, prints, places if settled.mean() > 0.5 else None)
        kept = known.only(np.isin(np.arange(len(known)), at[there]))
        if there.all():
            return kept
        new = self._described(keys[~there])
        ids = dict(zip(kept.keys.tolist(), kept.ids, strict=True))
        colours = dict(zip(kept.keys.tolist(), kept.colours.tolist(), strict=True))
        ids |= {key: record.id for key, record in new.items()}
        colours |= {key: _colour(record) for key, record in new.items()}
        alive = np.isin(keys, list(ids))
        listed = keys[alive].tolist()
        return Map(
            space, keys[alive], prints[alive], tuple(ids[key] for key in listed), places[alive],
            np.array([colours[key] for key in listed], np.int64), ~settled[alive], known.regions, known.laid_out,
        )  # fmt: skip

    def _laid_out(
        self,
        space: str,
        keys: Int64[np.ndarray, " n"],
        vectors: Float32[np.ndarray, "n d"],
        prints: UInt64[np.ndarray, " n"],
        start: Float32[np.ndarray, "n 2"] | None,
    ) -> Map:
        places = project(vectors, seed=self._seed, start=start, stop=self._stop.is_set)
        records = self._described(keys)
        alive = np.isin(keys, list(records))  # a record may go meanwhile
        keys, places = keys[alive], places[alive]
        told = [records[key] for key in keys.tolist()]
        ids = tuple(record.id for record in told)
        named = regions(places, [tags_of(record.name) for record in told], ids)
        return Map(
            space, keys, prints[alive], ids, places,
            np.array([_colour(record) for record in told], np.int64), np.zeros(len(keys), bool), named, len(keys),
        )  # fmt: skip

    def _described(self, keys: Int64[np.ndarray, " n"]) -> dict[int, Record]:
        found: dict[int, Record] = {}
        for at in range(0, len(keys), _READ):
            if self._stop.is_set():
                raise Stopped
            found |= self._catalogue.records_by_key(keys[at : at + _READ].tolist())
        return found


def fingerprints(vectors: Float32[np.ndarray, "n d"]) -> UInt64[np.ndarray, " n"]:
    """A number for each row that tells it from others: its bits times odd numbers, summed modulo 2^64."""
    factors = np.random.default_rng(0).integers(2**63, size=vectors.shape[1], dtype=np.uint64) * 2 + 1
    bits = np.ascontiguousarray(vectors).view(np.uint32)
    blocks = (bits[at : at + _READ].astype(np.uint64) @ factors for at in range(0, len(bits), _READ))
    return np.concatenate([np.empty(0, np.uint64), *blocks])


def beside(
    vectors: Float32[np.ndarray, "m d"], known: Float32[np.ndarray, "n d"], places: Float32[np.ndarray, "n 2"]
) -> Float32[np.ndarray, "m 2"]:
    """A place for each new vector: the middle one, coordinate by coordinate, of its BESIDE nearest known ones.

    The median stays with most of them where the mean would fall between two groups. n >= 1.
    """
    k = min(BESIDE, len(known))
    found = np.empty((len(vectors), 2), np.float32)
    for at in range(0, len(vectors), 512):
        near = np.argpartition(-(vectors[at : at + 512] @ known.T), k - 1, axis=1)[:, :k]
        found[at : at + 512] = np.median(places[near], axis=1)
    return found


def _colour(record: Record) -> int:
    return int(record.colours[0].removeprefix("#"), 16) if record.colours else -1


def _read(path: Path, space: str) -> Map | None:
    """The kept map of a Blend by its name; None where there is none that can be used."""
    try:
        # Opened here: numpy leaves a file open that is no archive.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            told = json.loads(str(held["told"]))
            if told["format"] != FORMAT or told["space"] != space:
                return None
            return Map(
                space, held["keys"], held["fingerprints"], tuple(held["ids"].tolist()), held["places"],
                held["colours"], held["fresh"], tuple(Region(**each) for each in told["regions"]), told["laid_out"],
            )  # fmt: skip
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        log.warning("%s cannot be read, the map is drawn anew: %s", path, error)
        return None


def _write(path: Path, made: Map) -> None:
    told = {
        "format": FORMAT, "space": made.space, "laid_out": made.laid_out,
        "regions": [asdict(region) for region in made.regions],
    }  # fmt: skip
    part = path.with_name(f"{path.stem}.part.npz")
    try:
        np.savez_compressed(
            part, keys=made.keys, fingerprints=made.fingerprints, ids=np.array(made.ids, np.str_),
            places=made.places, colours=made.colours, fresh=made.fresh, told=np.array(json.dumps(told)),
        )  # fmt: skip
        part.replace(path)
    except OSError as error:  # a library that may only be read has its map in memory
        log.info("%s cannot be written: %s", path, error)
