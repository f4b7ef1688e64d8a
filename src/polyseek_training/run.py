"""One whole run: data, teacher, training, and the trained towers in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from polyseek_training.captions import Sayings
from polyseek_training.dataset import Dataset, concept_sayings, load_dataset
from polyseek_training.lexicon import read_lexicon
from polyseek_training.recipes import Recipe
from polyseek_training.splits import read_split

SPLIT = Path(__file__).parent / "splits1.tsv"


def run(
    recipe: Recipe,
    models: Path,
    teacher: Path,
    folder: Path,
    cache: Path,
    *,
    threads: int = 2,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Trains `recipe` on the models of a folder. `teacher`: folder of the sentence encoder. Raises UsageError."""
    import torch

    from polyseek_training.loop import Batches, train

    torch.set_num_threads(threads)
    lexicon = read_lexicon()
    data = load_dataset(models, cache, read_split(SPLIT), lexicon, made=recipe.made, seed=7, jobs=threads)
    concepts = concept_sayings(lexicon)
    meanings = meanings_of(data, concepts, teacher, cache / "meanings.npz")
    train(Batches(data, concepts, meanings, recipe), recipe, folder, progress=progress)


def meanings_of(
    data: Dataset, concepts: Iterable[Sayings], teacher: Path, cache: Path
) -> dict[str, Float32[np.ndarray, " m"]]:
    """The teacher's vector of every meaning and every model's words; what `cache` holds is not asked again."""
    from polyseek_training.teacher import Teacher

    texts = {sayings.meaning for sayings in (*data.sayings, *concepts)}
    texts |= {shape.words for shape in data.shapes}
    known: dict[str, Float32[np.ndarray, " m"]] = {}
    if cache.is_file():
        with np.load(cache) as kept:
            known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
    new = sorted(texts - known.keys())
    if new:
        known |= dict(zip(new, Teacher(teacher).vectors(new), strict=True))
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return known
