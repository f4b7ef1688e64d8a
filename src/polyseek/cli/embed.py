"""`polyseek embed`: write the vectors of model files as .npz."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.index import Unit, Up
from polyseek.cli.session import Session, lines_of, write_bytes
from polyseek.cli.terminal import count

EXAMPLE = "polyseek embed chairs/*.glb --output vectors.npz"


def run(
    session: Session,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Model files; - reads paths from stdin.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.npz", help="Where to write; - for stdout.")
    ],
    encoder: Annotated[
        str | None, typer.Option("--encoder", metavar="ID", help="`polyseek encoders` lists them.")
    ] = None,
    up: Up = "auto",
    unit: Unit = None,
) -> int:
    """Write the vectors of model files as .npz: `paths`, `vectors` (n, d) float32, `card` (JSON text).

    A file that cannot be read is left out and named on stderr; the exit status is then 1.
    """
    import numpy as np

    from polyseek.encoders.shelf import load
    from polyseek.formats.sandbox import Sandbox
    from polyseek.indexing.reader import vectors_of
    from polyseek.indexing.settings import Settings
    from polyseek.indexing.told import Told
    from polyseek.indexing.work import Options, Recipe

    settings = Settings()
    chosen = load(encoder or settings.default_encoder)
    recipe = replace(Recipe.of(settings, Options(Told(up, unit))), encoders=(chosen.card.id,))
    paths = [str(Path(path).absolute()) for path in lines_of(files)]
    vectors: dict[str, np.ndarray] = {}
    failed = 0
    with Sandbox(session.jobs or settings.workers(), settings.limits) as sandbox:
        for outcome in sandbox.stream(vectors_of, ((path, (path, None, recipe)) for path in paths)):
            if outcome.error is not None:
                failed += 1
                session.note(f"polyseek: {outcome.error}")
            else:
                vectors[outcome.name] = outcome.value[chosen.space.digest]
    kept = [path for path in paths if path in vectors]
    rows = np.stack([vectors[path] for path in kept]) if kept else np.zeros((0, chosen.space.dimensions))
    card = {**asdict(chosen.card), "figures": dict(chosen.card.figures), "space": chosen.space.digest}
    stream = io.BytesIO()
    np.savez(stream, paths=np.array(kept), vectors=rows.astype(np.float32), card=np.array(json.dumps(card)))
    write_bytes(output, stream.getvalue())
    if session.json and str(output) != "-":
        session.give({"path": str(output.absolute()), "vectors": len(kept), "failed": failed})
    else:
        session.note(f"{count(len(kept), 'vector')} of {chosen.card.id} written")
    return 1 if failed else 0
