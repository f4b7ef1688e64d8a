"""What things are, in a sentence: WordNet's glosses and hypernyms of the nouns that can be touched (wndb(5WN)).

Read at training time only, from the database files as distributions lay them down (`data.noun`, `index.noun`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from polyseek.errors import UsageError

# Lexicographer files: animal, artifact, body, food, object, person, plant, shape, substance.
_TANGIBLE = {"05", "06", "08", "13", "17", "18", "20", "25", "27"}
_BRACKETS = re.compile(r"\([^)]*\)")
_WORDS = 12


@dataclass(frozen=True)
class Gloss:
    """`text`: the first clause of the gloss, at most a dozen words. `kinds`: hypernyms, the nearest first, at most two."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class _Synset:
    words: tuple[str, ...]
    above: str
    text: str


def read_glosses(folder: Path) -> dict[str, Gloss]:
    """Noun, in lower case with spaces -> the gloss of its first sense that can be touched. Raises UsageError."""
    for name in ("data.noun", "index.noun"):
        if not (folder / name).is_file():
            raise UsageError(
                f"{folder} has no {name}", hint="give the folder of WordNet's database (package wordnet-base)"
            )
    synsets = _synsets(folder / "data.noun")
    glosses: dict[str, Gloss] = {}
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        senses = fields[-int(fields[2]) :]
        sense = next((offset for offset in senses if offset in synsets), None)
        if sense is not None:
            found = synsets[sense]
            glosses[fields[0].replace("_", " ")] = Gloss(found.text, _kinds(found, synsets))
    return glosses


def _synsets(path: Path) -> dict[str, _Synset]:
    """Offset -> what is there, of tangible nouns."""
    found: dict[str, _Synset] = {}
    for line in _lines(path):
        head, _, gloss = line.partition(" | ")
        fields = head.split()
        if fields[1] not in _TANGIBLE:
            continue
        count = int(fields[3], 16)
        words = tuple(word.replace("_", " ").lower() for word in fields[4 : 4 + 2 * count : 2])
        pointers = fields[5 + 2 * count : 5 + 2 * count + 4 * int(fields[4 + 2 * count])]
        symbols = pointers[0::4]
        # "@i": a single person or place, no kind of thing.
        if "@i" in symbols:
            continue
        above = pointers[4 * symbols.index("@") + 1] if "@" in symbols else ""
        found[fields[0]] = _Synset(words, above, _clause(gloss))
    return found


def _clause(gloss: str) -> str:
    """Up to the first semicolon or example, without brackets."""
    plain = _BRACKETS.sub(" ", gloss.split(";")[0].split('"')[0])
    return " ".join(plain.split()[:_WORDS]).strip(" ,:")


def _kinds(synset: _Synset, synsets: dict[str, _Synset]) -> tuple[str, ...]:
    kinds: list[str] = []
    while len(kinds) < 2 and synset.above in synsets:
        synset = synsets[synset.above]
        kinds.append(synset.words[0])
    return tuple(kinds)


def _lines(path: Path) -> list[str]:
    """Lines of a database file without its licence, which is indented."""
    return [line for line in path.read_text(encoding="ascii").splitlines() if not line.startswith(" ")]
