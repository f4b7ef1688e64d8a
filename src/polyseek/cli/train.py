"""`polyseek train`: train a shipped encoder again, from models to its files."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.session import Session
from polyseek.errors import UsageError

EXAMPLE = "polyseek train run words2 --models packs --teacher all-MiniLM-L6-v2"


class Action(StrEnum):
    """What `polyseek train` does: `run` a recipe, `list` the recipes."""

    RUN = "run"
    LIST = "list"


def run(
    session: Session,
    action: Annotated[Action, typer.Argument(metavar="run|list")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The recipe.")] = None,
    models: Annotated[
        Path | None,
        typer.Option(
            "--models", metavar="DIR", envvar="POLYSEEK_MODELS", help="Models, and their manifest.csv."
        ),
    ] = None,
    teacher: Annotated[
        Path | None,
        typer.Option(
            "--teacher", metavar="DIR", help="The sentence encoder: model.safetensors and vocab.txt."
        ),
    ] = None,
    wordnet: Annotated[
        Path, typer.Option("--wordnet", metavar="DIR", help="WordNet's database (package wordnet-base).")
    ] = Path("/usr/share/wordnet"),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Default: build/training/NAME.")
    ] = None,
    cache: Annotated[
        Path, typer.Option("--cache", metavar="DIR", help="Keeps what was drawn of each model.")
    ] = Path("build/drawn"),
    minutes: Annotated[
        float | None, typer.Option("--minutes", min=0.01, help="Instead of the recipe's.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Instead of the recipe's.")] = None,
    device: Annotated[str, typer.Option("--device", metavar="cpu|cuda")] = "cpu",
) -> int:
    """Train an encoder from scratch, or go on with a run that was interrupted (needs the extra `train`).

    The output folder keeps checkpoints and a log; at the end `towers` in it has the card, the .onnx files
    and the curves. `--jobs` is how many threads compute.
    """
    from polyseek_training.recipes import RECIPES, recipe

    if action is Action.LIST:
        for known in RECIPES.values():
            line = {"name": known.name, "minutes": known.minutes, "seed": known.seed}
            session.give(line) if session.json else session.say(f"{known.name}  {known.minutes:g} minutes")
        return 0
    if name is None:
        raise UsageError("which recipe?", hint=f"name one of {', '.join(RECIPES)}")
    if models is None or teacher is None:
        raise UsageError("where are the models and the teacher?", hint="give --models and --teacher")
    chosen = recipe(name)
    chosen = replace(chosen, minutes=minutes or chosen.minutes, seed=chosen.seed if seed is None else seed)
    folder = output or Path("build/training") / chosen.name
    _need_torch()
    from polyseek_training.run import run as train

    towers = train(
        chosen,
        models,
        teacher,
        wordnet,
        folder,
        cache,
        threads=session.jobs or 2,
        device=device,
        progress=session.note,
    )
    if session.json:
        session.give({"recipe": chosen.name, "towers": str(towers.absolute())})
    else:
        session.say(str(towers.absolute()))
    return 0


def _need_torch() -> None:
    from importlib.util import find_spec

    for module in ("torch", "onnx"):
        if find_spec(module) is None:
            raise UsageError(
                f"training needs {module}, which is not installed", hint="pip install 'polyseek[train]'"
            )
