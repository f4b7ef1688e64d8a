"""What a text is about: the things of the lexicon that it names, the one it asks for before those that only go with it.

`a bench with a red cushion` names a bench, and a cushion that goes with it; `木のベンチ` a bench. A thing is told by
where it stands: in English and German the last one before a word such as `with` or `that`, in Spanish and French
the first, in Chinese and Japanese the last of all. How things are (red, wooden) is none of them. What a thing is for
asks for it where no other is, or narrows a kind down: `something to sit on`, `furniture to sleep in`.
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
_BETWEEN_WORDS = {
    "en": """a an the and or with without of on in into to for from by at as over under near inside around beside
        between behind before after that which who whose where when you we i it its is are made like""",
    "es": """el la los las un una unos unas lo de del al con sin para por en y o que donde sobre como se es su""",
    "fr": """le la les un une des du de d l au aux a avec sans pour par en dans sur chez et ou que qui se s est""",
    "de": """der die das den dem des ein eine einen einem einer eines mit ohne aus von vom fur zum zur zu im in am an
        auf als um uber unter bei und oder wo worin man ist""",
    "zh": "的 了 个 把 只 在 和 用 我 想 要 有 是",
    "ja": "の が を に は で と も",
}
# Words for a thing of any kind, which what it is for then tells.
_ANY_WORDS = {
    "en": "something anything thing things stuff object device place",
    "es": "algo cosa cosas objeto aparato lugar",
    "fr": "quelque chose objet truc appareil endroit",
    "de": "etwas ding dinge gegenstand objekt gerat ort",
    "zh": "东西 物品 地方",
    "ja": "もの 物 場所",
}
_BETWEEN = {language: frozenset(words.split()) for language, words in _BETWEEN_WORDS.items()}
_ANY = {language: frozenset(words.split()) for language, words in _ANY_WORDS.items()}
_TO = frozenset(["to", "para", "pour", "zum", "um"])
_BEFORE_VERBS = frozenset(["to", "that", "which", "who", "para", "pour", "zum", "zu"])
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
class _Run:
    """Words `first` to `last` (exclusive) of a text. `things`: concepts that have this name; `uses`: those that are for it.

    `is_how`: it says how something is, too: orange.
    """

    first: int
    last: int
    said: str
    things: tuple[str, ...]
    uses: tuple[str, ...]
    is_how: bool

    @property
    def is_root(self) -> bool:
        """Is it one of the kinds of things that are no kind of another: a tool, an animal?"""
        return not any(Lexicon.load().parents(each) for each in self.things)


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
    named = [run for run in runs if run.things and not run.is_how] or [run for run in runs if run.things]
    head = _head(words, language, named) if named else None
    is_open = _is_open(words, language, runs)
    wanted = [(run, _for_use(run, None if is_open else head)) for run in runs if run.uses]
    wanted = [(run, concepts) for run, concepts in wanted if concepts]
    # What any thing, tool or animal is for tells more than that it is one.
    gives_way = bool(wanted) and (is_open or (head is not None and head.is_root))
    found = [Thing(run.said, run.things[:MEANINGS], run is head and not gives_way) for run in named]
    return (*found, *(Thing(run.said, concepts, True) for run, concepts in wanted))


def _read(words: Sequence[str]) -> tuple[str, list[_Run]]:
    """The language of the words, and the runs of them that it knows."""
    if any(ord(word[0]) in _KANA for word in words):
        languages: Sequence[str] = ("ja",)
    else:
        languages = ("zh", "ja") if any(unspaced(word[0]) for word in words) else ("en", "es", "fr", "de")
    best, most = (languages[0], list[_Run]()), (-1, -1)
    for language in languages:
        runs = _runs(words, language)
        known = sum(run.last - run.first for run in runs) + sum(word in _BETWEEN[language] for word in words)
        things = sum(run.last - run.first for run in runs if run.things)
        if (known, things) > most:  # of languages that know as many words, the first
            best, most = (language, runs), (known, things)
        if things == len(words):
            break
    return best


def _runs(words: Sequence[str], language: str) -> list[_Run]:
    """The names of things, of what they are for, and of how they are."""
    attributes, purposes = Attributes.load(), Purposes.load()
    between = _BETWEEN[language] if len(words) > 1 else frozenset[str]()

    def is_name(text: str) -> bool:
        parts = [text] if unspaced(text[0]) else text.split(" ")  # 把 is a word, and a part of 拖把
        if parts[0] in between or parts[-1] in between:
            return False
        return bool(
            _things(text, language) or attributes.named(text, language) or purposes.named(text, language)
        )

    def run(first: int, last: int) -> _Run:
        said = " ".join(words[first:last])
        things, uses = _things(said, language), purposes.named(said, language)
        # In `a vehicle that flies`, and in `zum Graben`, what is done has the letters of a thing.
        is_done = bool(uses) and first > 0 and words[first - 1] in _BEFORE_VERBS
        how = bool(attributes.named(said, language))
        return _Run(first, last, said, () if is_done else things, uses if is_done or not things else (), how)

    return [run(first, last) for first, last in longest_runs(words, is_name)]


def _things(text: str, language: str) -> tuple[str, ...]:
    """What has this name; a German compound is what its last part names: `Wasserrohr` a pipe."""
    lexicon = Lexicon.load()
    found = lexicon.named(text, language)
    if found or language != "de" or " " in text:
        return found
    ends = (text[start:] for start in range(SHORTEST, len(text) - SHORTEST + 1))
    return next(filter(None, (lexicon.named(end, "de") for end in ends)), ())


def _head(words: Sequence[str], language: str, named: Sequence[_Run]) -> _Run:
    """The name of what the text asks for."""
    head = named[0]
    if language in _HEAD_FIRST:
        return head
    for run in named[1:]:
        apart = any(word in _BETWEEN[language] for word in words[head.last : run.first])
        if apart and language not in _UNSPACED:
            break
        head = run
    return head


def _is_open(words: Sequence[str], language: str, runs: Sequence[_Run]) -> bool:
    """Does it ask for whatever is for something, as `something to sit on` does, or `to cross the water`?"""
    if language in _UNSPACED:
        return any(each in "".join(words) for each in _ANY[language])
    if not _ANY[language].isdisjoint(words):
        return True
    if not runs or not runs[0].uses:
        return False
    # A sleeping cat is no bed: the verb comes after `to`, or before `the`.
    before, after = words[: runs[0].first][-1:], words[runs[0].last :][:1]
    return not _TO.isdisjoint(before) or not _BETWEEN[language].isdisjoint(after)


def _for_use(run: _Run, head: _Run | None) -> tuple[str, ...]:
    """What is for it and a kind of the head; all, where none is and the head is a root: `a machine that puts out fires`."""
    if head is None:
        return run.uses
    parents = Lexicon.load().parents
    kinds = tuple(each for each in run.uses if not {*head.things}.isdisjoint(parents(each)))
    return kinds or (run.uses if head.is_root else ())
