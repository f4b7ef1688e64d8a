"""What a text is about: the things of the lexicon that it names, the one it asks for before those that only go with it.

`a bench with a red cushion` names a bench, and a cushion that goes with it; `木のベンチ` a bench. A thing is told by
where it stands: in English and German the last one before a word such as `with` or `that`, in Spanish and French
the first, in Chinese and Japanese the last of all. How things are (red, wooden) is none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from polyseek.words.attributes import Attributes
from polyseek.words.chunks import folded_chunks, unspaced
from polyseek.words.lexicon import Lexicon, longest_runs
from polyseek.words.purposes import Purposes

# Words between things, of each language, as `fold` leaves them: no name begins or ends with one.
_BETWEEN = {
    "en": """a an the and or with without of on in into to for from by at as over under near inside around beside
        between behind before after that which who whose where when you we i it its is are made like""",
    "es": """el la los las un una unos unas lo de del al con sin para por en y o que donde sobre como se es su""",
    "fr": """le la les un une des du de d l au aux a avec sans pour par en dans sur chez et ou que qui se s est""",
    "de": """der die das den dem des ein eine einen einem einer eines mit ohne aus von vom fur zum zur zu im in am an
        auf als um uber unter bei und oder wo worin man ist""",
    "zh": "的 了 个 把 只 在 和 用 我 想 要 有 是",
    "ja": "の が を に は で と も",
}
_BETWEEN_SETS = {language: frozenset(words.split()) for language, words in _BETWEEN.items()}
# Words for a thing of any kind, which what it is for then tells.
_ANY = {
    "en": "something anything thing things stuff object device place",
    "es": "algo cosa cosas objeto aparato lugar",
    "fr": "quelque chose objet truc appareil endroit",
    "de": "etwas ding dinge gegenstand objekt gerat ort",
    "zh": "东西 物品 地方",
    "ja": "もの 物 場所",
}
_TO = frozenset(["to", "para", "pour", "zum", "um"])
_BEFORE_VERBS = frozenset(["to", "that", "which", "who"])
_HEAD_FIRST = ("es", "fr")
MOST_WORDS = 64  # that are read; what comes after is not
MEANINGS = 3  # of one name: an arrow to shoot, and the sign
SHORTEST = 4  # letters of a part of a German compound
_UNSPACED = ("zh", "ja")
_KANA = range(0x3040, 0x3100)


@dataclass(frozen=True)
class Thing:
    """A name in a text, and the concepts of the lexicon that it may mean; or a word for what things are for, and those.

    `is_asked`: the text asks for it.
    """

    said: str
    concepts: tuple[str, ...]
    is_asked: bool


@dataclass(frozen=True)
class _Named:
    """Words `first` to `last` (exclusive) of a text, read as a name."""

    first: int
    last: int
    concepts: tuple[str, ...]


@lru_cache(maxsize=512)
def gist(text: str) -> tuple[Thing, ...]:
    """The things that the text names, in its order, and behind them those that it asks for by what they are for.

    Empty where there is nothing of the kind. All of it is read in one language: the one that knows most of its words.
    """
    words = [word for chunk in folded_chunks(text) for word in (chunk if unspaced(chunk[0]) else (chunk,))]
    words = words[:MOST_WORDS]
    if not words:
        return ()
    language, runs = _read(words)
    names = _names(words, language, runs)
    head = _head(words, language, names) if names else None
    is_any = _is_any(words, language, runs)
    wanted = _purposes(words, language, runs, None if is_any else head)
    # What any thing, tool or animal is for tells more than that it is one.
    asked = [*wanted, *([head] if head and not (wanted and (is_any or _is_root(head))) else [])]
    return tuple(
        Thing(" ".join(words[name.first : name.last]), name.concepts, name in asked)
        for name in [*names, *wanted]
    )


def _read(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The language of the words, and the runs of them that are names in it."""
    if any(ord(word[0]) in _KANA for word in words):
        languages: Sequence[str] = ("ja",)
    else:
        languages = ("zh", "ja") if any(unspaced(word[0]) for word in words) else ("en", "es", "fr", "de")
    best, most = (languages[0], list[tuple[int, int]]()), (-1, -1)
    for language in languages:
        runs = _runs(words, language)
        names = sum(last - first for first, last in runs)
        between = sum(word in _BETWEEN_SETS[language] for word in words)
        things = sum(last - first for first, last in runs if _concepts(" ".join(words[first:last]), language))
        if (names + between, things) > most:  # of languages that know as many words, the first
            best, most = (language, runs), (names + between, things)
        if things == len(words):
            break
    return best


def _runs(words: Sequence[str], language: str) -> list[tuple[int, int]]:
    between = _BETWEEN_SETS[language] if len(words) > 1 else frozenset[str]()

    def is_name(text: str) -> bool:
        parts = [text] if unspaced(text[0]) else text.split(" ")  # 把 is a word, and a part of 拖把
        if parts[0] in between or parts[-1] in between:
            return False
        return bool(
            _concepts(text, language)
            or Attributes.load().named(text, language)
            or Purposes.load().named(text, language)
        )

    return longest_runs(words, is_name)


def _concepts(text: str, language: str) -> tuple[str, ...]:
    """What has this name; a German compound is what its last part names: `Wasserrohr` a pipe."""
    lexicon = Lexicon.load()
    found = lexicon.named(text, language)
    if found or language != "de" or " " in text:
        return found
    ends = (text[start:] for start in range(SHORTEST, len(text) - SHORTEST + 1))
    return next(filter(None, (lexicon.named(end, "de") for end in ends)), ())


def _names(words: Sequence[str], language: str, runs: Sequence[tuple[int, int]]) -> list[_Named]:
    """Those that the runs name; attributes (orange) only where there is no other."""
    found: list[_Named] = []
    how: list[_Named] = []
    for first, last in runs:
        said = " ".join(words[first:last])
        concepts = _concepts(said, language)
        if concepts and not _is_done(words, first, said, language):
            is_how = bool(Attributes.load().named(said, language))
            (how if is_how else found).append(_Named(first, last, concepts[:MEANINGS]))
    return found or how


def _head(words: Sequence[str], language: str, names: Sequence[_Named]) -> _Named:
    """The name of what the text asks for."""
    if language in _HEAD_FIRST:
        return names[0]
    head = names[0]
    for name in names[1:]:
        apart = any(word in _BETWEEN_SETS[language] for word in words[head.last : name.first])
        if apart and language not in _UNSPACED:
            break
        head = name
    return head


def _is_any(words: Sequence[str], language: str, runs: Sequence[tuple[int, int]]) -> bool:
    """Does it ask for whatever is for something, as `something to sit on` does, or `to cross the water`?"""
    if language in _UNSPACED:
        return any(each in "".join(words) for each in _ANY[language].split())
    if not set(_ANY[language].split()).isdisjoint(words):
        return True
    first, last = runs[0] if runs else (0, 0)
    said = " ".join(words[first:last])
    is_thing = _concepts(said, language) and not _is_done(words, first, said, language)
    if is_thing or not Purposes.load().named(said, language):
        return False
    # A sleeping cat is no bed: the verb comes after `to`, or before `the`.
    after, before = words[first - 1 : first], words[last : last + 1]
    return not _TO.isdisjoint(after) or not _BETWEEN_SETS[language].isdisjoint(before)


def _purposes(
    words: Sequence[str], language: str, runs: Sequence[tuple[int, int]], head: _Named | None
) -> list[_Named]:
    """What the text asks for by what it is for: anything (something to sit on), or a kind of its head (furniture to sleep in)."""
    found: list[_Named] = []
    for first, last in runs:
        said = " ".join(words[first:last])
        is_thing = _concepts(said, language) and not _is_done(words, first, said, language)
        concepts = () if is_thing else Purposes.load().named(said, language)
        concepts = concepts if head is None else _kinds(concepts, head)
        if concepts:
            found.append(_Named(first, last, concepts))
    return found


def _is_done(words: Sequence[str], first: int, said: str, language: str) -> bool:
    """Is it a verb, though a thing has the same name? `a vehicle that flies`, `to drink`."""
    after = language == "en" and first > 0 and words[first - 1] in _BEFORE_VERBS
    return after and bool(Purposes.load().named(said, language))


def _kinds(concepts: Sequence[str], head: _Named) -> tuple[str, ...]:
    """Those that are kinds of the head; all, where none is and the head is one of the roots: `a machine that puts out fires`."""
    parents = Lexicon.load().parents
    kinds = tuple(each for each in concepts if not {*head.concepts}.isdisjoint(parents(each)))
    return kinds or (tuple(concepts) if _is_root(head) else ())


def _is_root(name: _Named) -> bool:
    """Is it one of the kinds of things that are no kind of another: a tool, an animal?"""
    return not any(Lexicon.load().parents(each) for each in name.concepts)
