"""The lexicon names all that shapes are called."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from polyseek.procedural import CATEGORIES
from polyseek_training.lexicon import LANGUAGES, by_english_name, read_lexicon

MODELS = os.environ.get("POLYSEEK_MODELS")


def test_every_category_of_made_models_has_names_in_six_languages():
    named = by_english_name(read_lexicon())

    assert [name for name in CATEGORIES if name.replace("_", " ") not in named] == []
    assert all(named[name.replace("_", " ")].names[each] for name in CATEGORIES for each in LANGUAGES)


@pytest.mark.skipif(not MODELS, reason="POLYSEEK_MODELS is not set")
def test_every_concept_of_the_models_is_named():
    named = by_english_name(read_lexicon())
    with (Path(str(MODELS)) / "manifest.csv").open(encoding="utf-8", newline="") as file:
        concepts = {row["concept"] for row in csv.DictReader(file)}

    assert sorted(concept for concept in concepts if concept.lower() not in named) == []
