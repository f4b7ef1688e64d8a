"""Text: file names -> words and tags, tokens for full-text search."""

from __future__ import annotations

from polyseek.words.distance import edit_distance, forgiven_edits
from polyseek.words.names import tags_of, words_of
from polyseek.words.tokens import TOKENS_VERSION, asked, index_tokens, plain_words, tokens

__all__ = [
    "TOKENS_VERSION",
    "asked",
    "edit_distance",
    "forgiven_edits",
    "index_tokens",
    "plain_words",
    "tags_of",
    "tokens",
    "words_of",
]
