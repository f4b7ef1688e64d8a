"""One whole run: data, teacher, training, and the trained towers in a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np
from jaxtyping import Float32

from polyseek_training.captions import Sayings
from polyseek_training.dataset import Dataset, concept_sayings, load_dataset
from polyseek_training.glosses import read_glosses
from polyseek_training.lexicon import read_lexicon
from polyseek_training.recipes import Recipe
from polyseek_training.splits import read_split

SPLIT = Path(__file__).parent / "splits1.tsv"
# Trained models that validation's are looked for among.
RIVALS = 700


def run(
    recipe: Recipe,
    models: Path,
    teacher: Path,
    wordnet: Path,
    folder: Path,
    cache: Path,
    *,
    split: Path = SPLIT,
    threads: int = 2,
    device: str = "cpu",
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Trains `recipe` on the models of a folder; the folder with its card, its towers and its curves.

    `teacher`: folder of the sentence encoder. `wordnet`: of WordNet's database. `split`: which variant group is on which side. `cache`: keeps what was drawn. A run that was interrupted
    goes on from its last checkpoint in `folder`. Raises UsageError.
    """
    import torch

    from polyseek_training.batches import Batches
    from polyseek_training.finish import finish
    from polyseek_training.loop import train
    from polyseek_training.validate import gallery, names_of, validate

    torch.set_num_threads(threads)
    lexicon, glosses = read_lexicon(), read_glosses(wordnet)
    data = load_dataset(
        models,
        cache,
        read_split(split),
        lexicon,
        glosses,
        made=recipe.made,
        assemblies=recipe.assemblies,
        seed=7,
        jobs=threads,
    )
    concepts = concept_sayings(lexicon, glosses)
    meanings = meanings_of(data, concepts, teacher, cache / "meanings.npz")
    among, names = gallery(data, RIVALS, recipe.seed), names_of(data)
    check = partial(validate, data=data, among=among, queries=names, seed=recipe.seed)
    towers = train(
        Batches(data, concepts, meanings, recipe),
        recipe,
        folder,
        device=device,
        check=check,
        progress=progress,
    )
    return finish(towers.cpu(), recipe, data, folder)


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
