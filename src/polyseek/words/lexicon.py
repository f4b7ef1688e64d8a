"""The lexicon: names of visible things in six languages, and what each thing is a kind of.

The data are the files of `lexicon/`, one a topic: tab-separated, a header, then one concept a line
with its parent and its names in each language, names separated by `|`, the everyday one first.
A concept's id is its English name, with the sense in brackets where a word has several: `bat (animal)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from polyseek.words.chunks import FOLDED, fold
from polyseek.words.tokens import STOP_WORDS

LANGUAGES = ("en", "zh", "es", "fr", "de", "ja")
HEADER = ("concept", "parent", *LANGUAGES)

_WORD = re.compile(r"[^\W_]+")
_STOPPED = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(STOP_WORDS))})(?![^\W_])")
_GAPS = re.compile(r"[^\w\n]+|_+")
_UNSPACED = ("zh", "ja")
_MARKS = re.compile("[\u0300-\u036f]+")  # the accents of Latin letters
_PLAIN = {chr(letter): plain for letter, plain in FOLDED.items()}

# Words of one name; longer runs of a query are not looked up.
LONGEST_RUN = 12


@dataclass(frozen=True)
class Reading:
    """Words `first` to `last` (exclusive) of a query, read as a name of `concepts`."""

    first: int
    last: int
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Concepts by id, in the order of the files. `table`: concept -> (parent or "", a cell for each of LANGUAGES)."""

    table: Mapping[str, tuple[str, tuple[str, ...]]]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Lexicon:
        """The shipped lexicon; read once a process."""
        folder = files("polyseek.words") / "lexicon"
        rows: dict[str, tuple[str, tuple[str, ...]]] = {}
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".tsv"):
                for line in file.read_text(encoding="utf-8").splitlines()[1:]:
                    concept, parent, *cells = line.split("\t")
                    rows[concept] = (parent, tuple(cells))
        return Lexicon(MappingProxyType(rows))

    @property
    def concepts(self) -> tuple[str, ...]:
        """Ids of all concepts."""
        return tuple(self.table)

    def names(self, concept: str, language: str = "en") -> tuple[str, ...]:
        """The concept's names, the everyday one first. KeyError for no concept, ValueError for no language."""
        return tuple(self.table[concept][1][LANGUAGES.index(language)].split("|"))

    def parents(self, concept: str) -> tuple[str, ...]:
        """What the concept is a kind of, nearest first, up to its root: `stool` -> seat, furniture."""
        found: list[str] = []
        above = self.table[concept][0]
        while above:
            found.append(above)
            above = self.table[above][0]
        return tuple(found)

    def children(self, concept: str) -> tuple[str, ...]:
        """The concepts directly below."""
        return self._below.get(concept, ())

    def named(self, text: str, language: str | None = None) -> tuple[str, ...]:
        """Concepts that have this name, in one language or in any; those by an English name come first.

        Case, diacritics, spaces, hyphens and stop words make no difference. A regular plural is
        forgiven where nothing has the name as it stands; of German words with its change of vowel, as
        `Stühle` and `Stuhl` differ by an ending alone where diacritics make no difference.
        """
        key = _key(text)
        languages = LANGUAGES if language is None else (language,)
        found = self._with_key(key, languages)
        if found:
            return found
        plural = tuple(language for language in languages if language in ("en", "es", "fr"))
        for single in _singulars(key):
            found = self._with_key(single, plural)
            if found:
                return found
        for single in _german_singulars(key) if "de" in languages else ():
            found = self._with_key(single, ("de",))
            if found:
                return found
        return ()

    def read(self, words: Sequence[str]) -> tuple[Reading, ...]:
        """The names in a query's words, left to right: as many words as possible in as few names.

        `words` may be single characters of Chinese or Japanese, as a query's tokens are.
        """
        return tuple(
            Reading(first, last, self.named(" ".join(words[first:last])))
            for first, last in longest_runs(words, lambda text: bool(self.named(text)))
        )

    def expand(self, words: Sequence[str]) -> tuple[str, ...]:
        """English names of every concept that a query's words name: `silla de oficina` -> office chair, desk chair."""
        return tuple(
            dict.fromkeys(
                name
                for reading in self.read(words)
                for concept in reading.concepts
                for name in self.names(concept)
            )
        )

    def _with_key(self, key: str, languages: Sequence[str]) -> tuple[str, ...]:
        # The few names in Chinese or Japanese that are plain ASCII (DVD) are English too.
        written = [
            each for each in languages if len(languages) == 1 or not (each in _UNSPACED and key.isascii())
        ]
        return tuple(dict.fromkeys(concept for each in written for concept in self._keys[each].get(key, ())))

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for concept, (parent, _) in self.table.items():
            found.setdefault(parent, []).append(concept)
        return {parent: tuple(children) for parent, children in found.items()}

    @cached_property
    def _keys(self) -> _Keys:
        """Language -> key of a name -> concepts: those whose everyday name it is before those with a synonym."""
        return _Keys(self)

    def keys_in(self, language: str) -> dict[str, list[str]]:
        """Key of a name -> concepts, of one language."""
        place = LANGUAGES.index(language)
        rows = [(concept, cells[place].split("|")) for concept, (_, cells) in self.table.items()]
        keys = iter(_keys_of([name for _, names in rows for name in names], language))
        found: dict[str, list[str]] = {}
        others: list[tuple[str, str]] = []
        for concept, names in rows:
            found.setdefault(next(keys), []).append(concept)
            others += [(next(keys), concept) for _ in names[1:]]
        for key, concept in others:
            concepts = found.setdefault(key, [])
            if concept not in concepts:
                concepts.append(concept)
        return found


class _Keys(dict[str, dict[str, list[str]]]):
    """The keys of each language, made when the first name of it is looked up."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, language: str) -> dict[str, list[str]]:
        self[language] = self._lexicon.keys_in(language)
        return self[language]


def longest_runs(words: Sequence[str], is_name: Callable[[str], bool]) -> list[tuple[int, int]]:
    """(first, last exclusive) of the runs of words that are a name: as many words as possible in as few runs.

    Of equally good ways the one whose earlier runs are longer: 木椅子 is 木 and 椅子, as 木椅 would leave 子 over.
    """
    # best[first]: (words in no run, runs, the runs themselves) of words[first:].
    best: list[tuple[int, int, list[tuple[int, int]]]] = [(0, 0, [])]
    for first in reversed(range(len(words))):
        over, count, runs = best[0]
        chosen = (over + 1, count, runs)
        for last in range(first + 1, min(len(words), first + LONGEST_RUN) + 1):
            over, count, runs = best[last - first - 1]
            if (over, count + 1) <= chosen[:2] and is_name(" ".join(words[first:last])):
                chosen = (over, count + 1, [(first, last), *runs])
        best.insert(0, chosen)
    return best[0][2]


def _key(text: str) -> str:
    """What names are compared by: folded words without stop words, run together."""
    return _run_together(fold(text))


def _run_together(folded: str) -> str:
    words = _WORD.findall(folded)
    return "".join(word for word in words if word not in STOP_WORDS) or "".join(words)


def _keys_of(names: Sequence[str], language: str) -> list[str]:
    """`_key` of each, all at once: name by name it would take a tenth of a second."""
    text = fold_all(names, language)
    keys = run_all_together(_STOPPED.sub("", text))
    if "" not in keys:
        return keys
    return [key or _run_together(name) for key, name in zip(keys, text.split("\n"), strict=True)]


def fold_all(names: Sequence[str], language: str) -> str:
    """Names of one of LANGUAGES folded as `fold` does, one a line."""
    text = unicodedata.normalize("NFKC", "\n".join(names)).casefold()
    if language in _UNSPACED:
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    for letter, plain in _PLAIN.items():  # a long text is translated letter by letter, and replaced at once
        text = text.replace(letter, plain)
    return text


def run_all_together(lines: str) -> list[str]:
    """The letters and digits of each line."""
    return _GAPS.sub("", lines).split("\n")


def _singulars(key: str) -> list[str]:
    """What a regular plural may be the plural of: `knives` is not one."""
    if len(key) < 4 or not key.endswith("s") or key.endswith("ss"):
        return []
    found = [key[:-1]]
    if key.endswith("es"):
        found.append(key[:-2])
    if key.endswith("ies"):
        found.append(key[:-3] + "y")
    return found


def _german_singulars(key: str) -> list[str]:
    """What a German plural may be the plural of: Lampen, Türen, Tische, Häuser, Autos."""
    return [
        key.removesuffix(ending)
        for ending in ("n", "en", "e", "er", "s")
        if key.endswith(ending) and len(key) > 4
    ]
