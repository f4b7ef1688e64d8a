"""What a query's words mean: `椅子` and `silla` ask for a chair, `couch` also for a sofa.

The lexicon reads the words: as many as possible in as few names. An English name counts before the same letters
in another language (a German `Boot` is also a boot); a word that the library itself holds is not
taken for another language's before its own records. Attributes are read in the same way: `roja` asks for
what is called red, or has it among its main colours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from polyseek.catalogue.place import folders_of
from polyseek.catalogue.record import Record
from polyseek.search.why import Reason, Word, of_words
from polyseek.words import index_tokens
from polyseek.words.attributes import Attributes
from polyseek.words.chunks import folded_chunks, unspaced
from polyseek.words.colours import colour_token, colour_tokens
from polyseek.words.lexicon import Lexicon, Reading, longest_runs
from polyseek.words.stems import stem
from polyseek.words.tokens import FUNCTION_WORDS, STOP_WORDS

FEW = 4  # names of a concept that are also asked for word by word

Asked = tuple[str, list[str]]


@dataclass(frozen=True)
class Meant:
    """One name in a query, or a word that is none. `said`: as it was written; `asked`: its words with their tokens.

    `names`: token -> English name of a thing it means; `kinds`: the same of the kinds directly below
    and of less likely meanings. Both are empty for a word that names nothing.
    """

    said: str
    asked: tuple[Asked, ...]
    names: Mapping[str, str]
    kinds: Mapping[str, str]

    @property
    def own(self) -> list[str]:
        """Tokens of which one stands where the words themselves stand side by side."""
        if len(self.asked) == 1:
            return self.asked[0][1]
        return [a + b for (a, _), (b, _) in list(pairwise(self.asked))[-1:]]

    @property
    def english(self) -> str:
        """The English name to show."""
        return next(iter((self.names or self.kinds).values()), "")


def read(wanted: Sequence[Asked], is_held: Callable[[list[list[str]]], bool]) -> list[Meant]:
    """The names in a query's words (`words.asked`), in order; `is_held`: does a record hold a token of every group?

    Beside names, articles, prepositions and numbers are left out.
    """
    found: list[Meant] = []
    spare: list[Meant] = []
    place = 0
    for reading in _readings([word for word, _ in wanted]):
        run = tuple(wanted[reading.first : reading.last])
        named = _meant(run, reading, is_held)
        for word, group in wanted[place : reading.first]:
            (spare if word in FUNCTION_WORDS else found).extend(_unnamed(word, group))
        (spare if not named.names and not named.kinds else found).append(named)
        place = reading.last
    for word, group in wanted[place:]:
        (spare if word in FUNCTION_WORDS else found).extend(_unnamed(word, group))
    return found or spare


def _unnamed(word: str, group: list[str]) -> list[Meant]:
    """A word that is no name: itself, or the two parts of a German compound, `Holzhocker`."""
    lexicon = Lexicon.load()
    asked = ((word, group),)
    how, rest = Attributes.load().in_compound(word)
    concepts = lexicon.named(rest, "de") if rest else ()
    if not concepts:
        return [Meant(word, asked, {}, {})]
    parts = _tokens_of_attributes([how]), _tokens_of(lexicon, concepts)
    return [Meant(word, asked, names, {}) for names in parts]


def _readings(words: Sequence[str]) -> list[Reading]:
    """The names of things and attributes in a query's words."""
    lexicon, attributes = Lexicon.load(), Attributes.load()

    def is_name(text: str) -> bool:
        return text not in FUNCTION_WORDS and bool(lexicon.named(text) or attributes.named(text))

    runs = longest_runs(words, is_name)
    return [Reading(first, last, lexicon.named(" ".join(words[first:last]))) for first, last in runs]


def _meant(run: tuple[Asked, ...], reading: Reading, is_held: Callable[[list[list[str]]], bool]) -> Meant:
    lexicon, attributes = Lexicon.load(), Attributes.load()
    words = [word for word, _ in run]
    said = ("" if unspaced(words[0][0]) else " ").join(words)
    likely, how = lexicon.named(said, "en"), attributes.named(said, "en")
    every = attributes.named(said)
    if not likely and not how and not is_held([group for _, group in run]):
        likely, how = reading.concepts, every
    names = {**_tokens_of(lexicon, likely), **_tokens_of_attributes(how)}
    others = [concept for concept in reading.concepts if concept not in likely]
    below = [child for concept in likely for child in lexicon.children(concept)]
    kinds = _tokens_of(lexicon, others + below)
    kinds |= _tokens_of_attributes([each for each in every if each not in how])
    kinds |= _tokens_of_attributes([child for each in how for child in attributes.below(each)])
    return Meant(said, run, names, {token: name for token, name in kinds.items() if token not in names})


def _tokens_of_attributes(names: Sequence[str]) -> dict[str, str]:
    """Token -> the English name it stands for. Numbers have none: two chairs are asked for as chairs."""
    attributes = Attributes.load()
    found: dict[str, str] = {}
    for name in names:
        kind = attributes.kind(name)
        if kind == "colour":
            found[colour_token(name)] = name
        for each in () if kind == "number" else attributes.table[name].english:
            for token in _name_tokens(each):
                found.setdefault(token, each)
    return found


def kinds_below(meant: Meant) -> Mapping[str, str]:
    """Token -> English name of the kinds of what the name most likely means."""
    lexicon = Lexicon.load()
    likely = dict.fromkeys(
        concept for name in meant.names.values() for concept in lexicon.named(name, "en")[:1]
    )
    return _tokens_of(lexicon, [child for concept in likely for child in lexicon.children(concept)])


def _tokens_of(lexicon: Lexicon, concepts: Sequence[str]) -> dict[str, str]:
    """Token -> the English name it stands for. Two words are one token in the index, as three are by their last two."""
    found: dict[str, str] = {}
    for concept in concepts:
        for name in lexicon.names(concept):
            for token in _name_tokens(name):
                found.setdefault(token, name)
    return found


def _name_tokens(name: str) -> list[str]:
    words = folded_chunks(name)
    return [words[0], stem(words[0])] if len(words) == 1 else ["".join(words[-2:])]


def spelled_out(meant: Sequence[Meant]) -> list[list[list[str]]]:
    """Groups that ask for a name's words apart, as in `plate_broken`; one list for each of the first few names."""
    names = [list(dict.fromkeys(each.names.values()))[:FEW] for each in meant]
    if not any(" " in name for few in names for name in few):
        return []
    found: list[list[list[str]]] = []
    for i in range(max(map(len, names))):
        found.append([])
        for each, few in zip(meant, names, strict=True):
            found[-1] += _words_of(few[min(i, len(few) - 1)]) if few else [each.own]
    return found


def _words_of(name: str) -> list[list[str]]:
    words = [word for word in folded_chunks(name) if word not in STOP_WORDS]
    return [[word, stem(word)] for word in words]


def reason(record: Record, meant: Sequence[Meant]) -> Reason:
    """`椅子 = chair and red in the name`."""
    places = {
        "name": [record.name],
        "tags": [tag.tag for tag in record.tags if tag.by != "suggested"],
        "folders": [*folders_of(record.path, record.root), *record.words],
    }
    held = {
        place: {token for text in texts for token in index_tokens(text)} for place, texts in places.items()
    }
    held["colours"] = set(colour_tokens(record.colours))
    shown, columns = zip(*(_found(each, held) for each in meant), strict=True)
    return of_words(shown, columns)


def _found(meant: Meant, held: Mapping[str, set[str]]) -> tuple[Word, str]:
    """(how a name is shown, where the record holds it): by its own words, by what it means, by a kind of that."""
    for place, tokens in held.items():
        if not tokens.isdisjoint(meant.own):
            return Word(meant.said), place
    for names in (meant.names, meant.kinds):
        for place, tokens in held.items():
            for token, name in names.items():
                if token in tokens:
                    return Word(meant.said, means=name if name != meant.said else ""), place
    for place, tokens in held.items():
        for name in meant.names.values():
            if all(not tokens.isdisjoint(group) for group in _words_of(name)):
                return Word(meant.said, means=name), place
    return Word(meant.said), ""
