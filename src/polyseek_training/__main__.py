"""`python -m polyseek_training run NAME`, `export RUN NAME` and `split`: from models to shipped towers.

Needs torch and onnx. Folders of models have a manifest.csv; the teacher's folder holds all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from polyseek.errors import PolyseekError, UsageError
from polyseek_training.recipes import RECIPES, recipe


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s", stream=sys.stderr)
    try:
        given.command(given)
    except PolyseekError as error:
        print(f"{error}", file=sys.stderr)
        return error.exit_status
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m polyseek_training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    models = os.environ.get("POLYSEEK_MODELS")

    training = commands.add_parser("run", help="train a recipe, or go on where it stopped")
    training.add_argument("name", choices=RECIPES)
    training.add_argument("--models", type=Path, default=models, help="default: POLYSEEK_MODELS")
    training.add_argument("--teacher", type=Path, required=True, help="folder of the sentence encoder")
    training.add_argument("--output", type=Path, help="default: build/training/NAME")
    training.add_argument("--cache", type=Path, default=Path("build/drawn"))
    training.add_argument("--minutes", type=float, help="instead of the recipe's")
    training.add_argument("--threads", type=int, default=2)
    training.set_defaults(command=_run)

    exporting = commands.add_parser("export", help="write a run's two towers as ONNX")
    exporting.add_argument("run", type=Path)
    exporting.add_argument("name")
    exporting.add_argument("--output", type=Path, required=True)
    exporting.set_defaults(command=_export)

    splitting = commands.add_parser("split", help="write which variant group is on which side")
    splitting.add_argument("output", type=Path)
    splitting.add_argument("--models", type=Path, default=models, help="default: POLYSEEK_MODELS")
    splitting.add_argument("--seed", type=int, default=1)
    splitting.set_defaults(command=_split)
    return parser


def _run(given: argparse.Namespace) -> None:
    from polyseek_training.run import run

    chosen = recipe(given.name)
    if given.minutes is not None:
        chosen = replace(chosen, minutes=given.minutes)
    folder = given.output or Path("build/training") / chosen.name
    run(
        chosen, _models(given), given.teacher, folder, given.cache, threads=given.threads,
        progress=lambda line: print(line, flush=True),
    )  # fmt: skip


def _export(given: argparse.Namespace) -> None:
    from polyseek_training.loop import load_towers
    from polyseek_training.ship import write_towers

    write_towers(load_towers(given.run), given.name, given.output)


def _split(given: argparse.Namespace) -> None:
    from polyseek_training.shapes import read_manifest
    from polyseek_training.splits import split, write_split

    write_split(given.output, split(read_manifest(_models(given)), given.seed))


def _models(given: argparse.Namespace) -> Path:
    if given.models is None:
        raise UsageError("where are the models?", hint="give --models, or set POLYSEEK_MODELS")
    return given.models


if __name__ == "__main__":
    sys.exit(main())
