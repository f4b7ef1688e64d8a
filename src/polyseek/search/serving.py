"""Which Spaces answer searches: the library's own encoders, or their forerunners until their vectors are there.

A Space is filled when every model that could be read has its vector. While an encoder's Space is being
filled, the library is searched by a filled Space that it still holds; then by the new one, from one
search to the next. Every search stays within one Space at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from polyseek.catalogue.contract import Held
from polyseek.encoders.contract import Encoder, ReadsPictures, ReadsWords
from polyseek.errors import PolyseekError
from polyseek.search.blend import Blend, blend_of


@dataclass(frozen=True)
class Serving:
    """`encoder` compares models, in `space`, or in the Spaces of `blend` together.

    `by_id`: the Space in which indexed models are compared with one another while it is not `space`.
    `folding`: the Space that tells variants of one thing. `readers`: ids of those that read words or
    pictures, the first to be asked first. `encoders`: ids of all that a query may need. `named`: (id,
    digest) of all that a search may name.
    """

    encoder: str
    space: str
    blend: Blend
    by_id: str
    folding: str
    readers: tuple[str, ...]
    encoders: tuple[str, ...]
    named: tuple[tuple[str, str], ...] = ()


def serving(
    encoders: Sequence[str], default: str, held: Sequence[Held], load: Callable[[str], Encoder], plain: str
) -> Serving:
    """`encoders`, `default`: as the library's settings name them; `load`: the encoder of an id.

    `plain`: the encoder that new libraries compare models with. Raises UsageError for an unknown `default`.
    """
    filled = {each.digest for each in held if each.filled}
    there = {each.digest for each in held}
    own = {id: load(id) for id in encoders}
    others = _others(held, own, load)
    usable = {**others, **{id: one for id, one in own.items() if one.space.digest in filled}}
    chosen, by_id = own[default], own[default].space.digest
    if by_id not in filled and there:
        chosen = _instead(usable, others, plain) or chosen
        by_id = _former(held, default) or chosen.space.digest
    readers = [one for one in own.values() if one.space.digest in filled or not there]
    readers += others.values()
    readers += [one for one in own.values() if one not in readers]
    able = tuple(one.card.id for one in readers if isinstance(one, ReadsWords | ReadsPictures))
    shape = usable.get(plain, chosen).space.digest
    needed = dict.fromkeys((*encoders, chosen.card.id, *able))
    complete = {id: one.space.digest for id, one in usable.items()}
    named = {id: one.space.digest for id, one in own.items() if one.space.digest in there}
    blend = blend_of(chosen.card.id, chosen.space.digest, complete, _said(chosen))
    return Serving(
        chosen.card.id, chosen.space.digest, blend, by_id, shape, able, tuple(needed),
        tuple({**complete, **named}.items()),
    )  # fmt: skip


def _said(encoder: Encoder) -> str:
    """What a reason calls that in which it compares models."""
    return "looks" if isinstance(encoder, ReadsPictures) else "shape"


def _others(
    held: Sequence[Held], own: dict[str, Encoder], load: Callable[[str], Encoder]
) -> dict[str, Encoder]:
    """Encoders of filled Spaces that the library no longer names, where they still make vectors of those."""
    found: dict[str, Encoder] = {}
    for each in held:
        if not each.filled or each.encoder in own:
            continue
        try:
            encoder = load(each.encoder)
        except PolyseekError:  # an added one that was taken away
            continue
        if encoder.space.digest == each.digest:
            found[each.encoder] = encoder
    return found


def _instead(usable: dict[str, Encoder], others: dict[str, Encoder], plain: str) -> Encoder | None:
    """What compares models until the default's Space is filled: the plain one, one that was dropped, any other."""
    for id in (plain, *others, *usable):
        if id in usable:
            return usable[id]
    return None


def _former(held: Sequence[Held], encoder: str) -> str | None:
    """The filled Space of an earlier version of an encoder: its vectors compare, but no file is read into it now."""
    return next((each.digest for each in held if each.filled and each.encoder == encoder), None)
