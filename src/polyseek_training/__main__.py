"""`python -m polyseek_training export RUN NAME`, `split`, `standing`: a run's towers, a split, which way up models stand.

`export` is for a run that is not over; `polyseek train run` does the rest. Needs torch and onnx. Folders of models have a manifest.csv.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from polyseek.errors import PolyseekError, UsageError


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

    standing = commands.add_parser(
        "standing", help="fit which way up models stand (polyseek.assets.standing)"
    )
    standing.add_argument("output", type=Path)
    standing.add_argument("--models", type=Path, default=models, help="default: POLYSEEK_MODELS")
    standing.add_argument("--seed", type=int, default=1)
    standing.set_defaults(command=_standing)
    return parser


def _export(given: argparse.Namespace) -> None:
    from polyseek_training.loop import load_towers
    from polyseek_training.ship import write_towers

    write_towers(load_towers(given.run), given.name, given.output)


def _split(given: argparse.Namespace) -> None:
    from polyseek_training.shapes import read_manifest
    from polyseek_training.splits import split, write_split

    write_split(given.output, split(read_manifest(_models(given)), given.seed))


def _standing(given: argparse.Namespace) -> None:
    from polyseek_training.standing import fit_standing

    fit_standing(_models(given), given.output, seed=given.seed)


def _models(given: argparse.Namespace) -> Path:
    if given.models is None:
        raise UsageError("where are the models?", hint="give --models, or set POLYSEEK_MODELS")
    return given.models


if __name__ == "__main__":
    sys.exit(main())
