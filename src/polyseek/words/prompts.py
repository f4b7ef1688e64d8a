"""Prompts: a label said in several ways, so that no single wording decides what is found.

The data are `prompts.tsv`: a language and a text with `{}` where the label goes, one a line. A label is
said in its own language only (Radford et al. 2021, CLIP, 3.1.4: prompt ensembling).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from polyseek.errors import UsageError
from polyseek.words.chunks import unspaced
from polyseek.words.lexicon import LANGUAGES, Lexicon

PLACE = "{}"
_KANA = range(0x3040, 0x3100)


@lru_cache(maxsize=1)
def shipped_prompts() -> Mapping[str, tuple[str, ...]]:
    """Language -> its prompts, in the order of the file; read once a process."""
    text = (files("polyseek.words") / "prompts.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for line in text.splitlines()[1:]:
        language, prompt = line.split("\t")
        found[language].append(prompt)
    return MappingProxyType({language: tuple(prompts) for language, prompts in found.items()})


def language_of(label: str) -> str:
    """The language of a label: by its writing, else the first in which the lexicon has it, else English.

    Han without kana is Japanese only where the lexicon has it in Japanese and not in Chinese.
    """
    if any(ord(letter) in _KANA for letter in label):
        return "ja"
    asked = ("zh", "ja") if any(map(unspaced, label)) else ("en", "es", "fr", "de")
    lexicon = Lexicon.load()
    return next((each for each in asked if lexicon.named(label, each)), asked[0])


def said(label: str, prompts: Sequence[str] = ()) -> list[str]:
    """The label in each of `prompts`; without any, in those of its language.

    Raises UsageError for an empty label, and for a prompt that has no place for it.
    """
    label = " ".join(label.split())
    if not label:
        raise UsageError("a label is empty", hint="give labels as --labels chair,table")
    for prompt in prompts:
        if PLACE not in prompt:
            raise UsageError(
                f"the prompt {prompt!r} has no place for the label", hint=f"write it with {PLACE}"
            )
    # Not format: a label or prompt may have braces of its own.
    return [prompt.replace(PLACE, label) for prompt in prompts or shipped_prompts()[language_of(label)]]
