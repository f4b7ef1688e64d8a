"""Attributes: words for how a thing is, in six languages: red, wooden, small, broken, for Halloween.

The data are the files of `attributes/`, one a kind: tab-separated, a header, then one attribute a line with
its kind (or the attribute that it is a kind of) and its names in each language, separated by `|`, the
everyday one first. A name that agrees with its noun lists its forms with `/`: in Spanish and French
masculine, feminine and their plurals; in German as a predicate, then with -e, -er, -es, -en, -em. A German
name that ends in a hyphen is the first part of a compound noun. The first name in Chinese and Japanese is
as it stands before a noun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from polyseek.words.chunks import run_together
from polyseek.words.lexicon import LANGUAGES, fold_all, run_all_together

HEADER = ("attribute", "kind", *LANGUAGES)
KINDS = ("colour", "form", "material", "number", "size", "state", "style")

Forms = tuple[str, ...]


@dataclass(frozen=True)
class Attribute:
    """`above`: its kind, or the attribute that it is a kind of. `names`: language -> names, each with its forms."""

    name: str
    above: str
    names: Mapping[str, tuple[Forms, ...]]

    @property
    def english(self) -> tuple[str, ...]:
        """The English names, which have one form."""
        return tuple(forms[0] for forms in self.names["en"])


@dataclass(frozen=True)
class Attributes:
    """All attributes by name, in the order of the files."""

    table: Mapping[str, Attribute]

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> Attributes:
        """The shipped attributes; read once a process."""
        folder = files("polyseek.words") / "attributes"
        rows: dict[str, Attribute] = {}
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".tsv"):
                for line in file.read_text(encoding="utf-8").splitlines()[1:]:
                    name, above, *cells = line.split("\t")
                    names = {
                        language: tuple(tuple(name.split("/")) for name in cell.split("|"))
                        for language, cell in zip(LANGUAGES, cells, strict=True)
                    }
                    rows[name] = Attribute(name, above, MappingProxyType(names))
        return Attributes(MappingProxyType(rows))

    def kind(self, name: str) -> str:
        """One of KINDS: `navy` is a kind of blue, which is a colour. KeyError for no attribute."""
        above = self.table[name].above
        return above if above in KINDS else self.kind(above)

    def below(self, name: str) -> tuple[str, ...]:
        """The attributes directly below: of blue, dark blue and light blue."""
        return tuple(each.name for each in self.table.values() if each.above == name)

    def named(self, text: str, language: str | None = None) -> tuple[str, ...]:
        """Attributes that have this name or a form of it, in one language or in any; those by an English name first.

        Case, diacritics, spaces and hyphens make no difference.
        """
        languages = LANGUAGES if language is None else (language,)
        key = run_together(text)
        return tuple(dict.fromkeys(name for each in languages for name in self._keys[each].get(key, ())))

    def in_compound(self, word: str) -> tuple[str, str]:
        """(attribute, the rest) of a German compound that begins with an attribute: Holz-hocker; two empty ones of others.

        `word` is folded. The longest beginning counts; the rest has three letters or more.
        """
        for end in range(len(word) - 3, 2, -1):
            if word[:end] in self._beginnings:
                return self._beginnings[word[:end]], word[end:]
        return "", ""

    @cached_property
    def _beginnings(self) -> dict[str, str]:
        names = (
            (run_together(forms[0]), each.name) for each in self.table.values() for forms in _compounds(each)
        )
        return dict(names)

    @cached_property
    def _keys(self) -> dict[str, dict[str, list[str]]]:
        """Language -> key of a name's form -> attributes."""
        return {language: self._keys_in(language) for language in LANGUAGES}

    def _keys_in(self, language: str) -> dict[str, list[str]]:
        rows = [
            (each.name, form)
            for each in self.table.values()
            for forms in each.names[language]
            for form in forms
        ]
        found: dict[str, list[str]] = {}
        keys = run_all_together(fold_all([form for _, form in rows], language))
        for (name, _), key in zip(rows, keys, strict=True):
            attributes = found.setdefault(key, [])
            if name not in attributes:
                attributes.append(name)
        return found


def _compounds(attribute: Attribute) -> list[Forms]:
    return [forms for forms in attribute.names["de"] if forms[0].endswith("-")]
