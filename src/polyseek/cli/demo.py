"""`polyseek demo`: make a sample library, or one of a folder, and open its page."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Annotated

import typer

from polyseek.cli.index import tell
from polyseek.cli.progress import progress_bar
from polyseek.cli.serve import NoOpen, Port, serve
from polyseek.cli.session import Session
from polyseek.cli.terminal import count, duration

EXAMPLE = "polyseek demo    polyseek demo ~/models"
SEED = 0


def run(
    session: Session,
    models: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Your own models instead of the sample.")
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="DIR", help="Where the sample and the library are kept."),
    ] = None,
    variations: Annotated[
        int, typer.Option("--variations", min=1, max=1000, help="Models of each category of the sample.")
    ] = 6,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only make the library.")] = False,
    port: Port = None,
    no_open: NoOpen = False,
) -> int:
    """Make a library to look at and open its page: of sample models that polyseek makes itself, or of your own folder."""
    from polyseek.library import Library

    home = folder or default_folder()
    if models is None:
        models, library_folder = home / "models", home / "library"
        make_sample(session, models, variations)
    else:
        name = hashlib.blake2b(str(models.resolve()).encode(), digest_size=4).hexdigest()
        library_folder = home / f"library-{models.resolve().name}-{name}"
    with Library.open(session.library or library_folder, create=True) as library:
        with progress_bar(session, "indexing") as listen:
            report = library.add([models], jobs=session.jobs, progress=listen)
        status = tell(session, report)
        if status or no_serve:
            return status
        return serve(session, library, port=port, opens=not no_open)


def default_folder() -> Path:
    """The demo's place in the platform's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("polyseek", appauthor=False)) / "demo"


def make_sample(session: Session, folder: Path, variations: int) -> int:
    """Write the sample models as GLB, unless they are there already; how many there are."""
    import time

    from polyseek import __version__, procedural
    from polyseek.formats.write_glb import write_glb

    # Written last, so that a sample that was interrupted is made again.
    finished = folder / f".made-{__version__}-{len(procedural.CATEGORIES)}-{variations}-{SEED}"
    if finished.exists():
        return len(list(folder.rglob("*.glb")))
    start = time.perf_counter()
    if folder.exists():
        shutil.rmtree(folder)
    number = 0
    for path, made in procedural.made_library(variations, SEED):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(write_glb(made.asset))
        number += 1
    finished.touch()
    session.note(f"{count(number, 'sample model')} made in {duration(time.perf_counter() - start)}: {folder}")
    return number
