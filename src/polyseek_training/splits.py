"""Which shapes are learned from and which are kept away, by variant group.

Sides: `train`; `validation` and `test`, groups of concepts that are also trained; `unseen`, every group
of concepts that are not trained at all; `pack`, every group of the held-out packs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from polyseek_training.shapes import Shape

HELD_OUT_PACKS = ("gazebo-models", "quaternius-house-interior-pack")
UNSEEN_SHARE = 0.06
TEST_SHARE = 0.15
# A concept's groups can be told apart by side only when there are some.
LEAST_GROUPS = 3


def split(shapes: Sequence[Shape], seed: int) -> dict[str, str]:
    """variant group -> side. Made shapes are not split: they are train, and no line of the file."""
    packs: dict[str, set[str]] = defaultdict(set)
    concepts: dict[str, set[str]] = defaultdict(set)
    for shape in shapes:
        if not shape.is_made:
            packs[shape.group].add(shape.pack)
            concepts[shape.concept].add(shape.group)
    sides = {group: "pack" for group, of in packs.items() if of & set(HELD_OUT_PACKS)}
    for concept in sorted(concepts):
        groups = sorted((g for g in concepts[concept] if g not in sides), key=lambda g: _draw(g, seed))
        if _draw(concept, seed) < UNSEEN_SHARE:
            sides.update(dict.fromkeys(groups, "unseen"))
            continue
        count = max(1, round(TEST_SHARE * len(groups))) if len(groups) >= LEAST_GROUPS else 0
        spare = count // 2
        sides.update(dict.fromkeys(groups[:count], "test"))
        sides.update(dict.fromkeys(groups[count : count + spare], "validation"))
        sides.update(dict.fromkeys(groups[count + spare :], "train"))
    return sides


def write_split(path: Path, sides: Mapping[str, str]) -> None:
    """One line a group: group, tab, side; in the order of the groups."""
    lines = [f"{group}\t{side}\n" for group, side in sorted(sides.items())]
    path.write_text("".join(lines), encoding="utf-8")


def read_split(path: Path) -> dict[str, str]:
    """What `write_split` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def _draw(text: str, seed: int) -> float:
    """A number within 0 and 1 that depends on the text and the seed alone."""
    digest = hashlib.blake2b(f"{seed}:{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
