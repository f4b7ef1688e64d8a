"""`polyseek doctor`: what works on this machine, and what to do about the rest."""

from __future__ import annotations

import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from polyseek.cli.formats import MODULE_OF_EXTRA
from polyseek.cli.session import Session
from polyseek.cli.terminal import styled
from polyseek.errors import PolyseekError

EXAMPLE = "polyseek doctor"


@dataclass(frozen=True)
class Finding:
    """`attention`: something should be done, and `hint` says what. An absent extra asks for no attention."""

    check: str
    detail: str
    attention: bool = False
    hint: str = ""


def run(session: Session) -> int:
    """What works on this machine, and what to do about the rest. Exit status 1 when something needs attention."""
    checks: tuple[Callable[[Session], Iterator[Finding]], ...] = (
        python,
        database,
        kernels,
        isolation,
        viewer,
        extras,
        library,
    )
    findings = [finding for check in checks for finding in check(session)]
    for finding in findings:
        if session.json:
            session.give(asdict(finding))
        else:
            mark = styled("!", "yellow") if finding.attention else styled("✓", "green")
            session.say(
                f"{mark} {finding.check:<12} {finding.detail}"
                + (f" — {finding.hint}" if finding.hint else "")
            )
    return 1 if any(finding.attention for finding in findings) else 0


def python(session: Session) -> Iterator[Finding]:
    from polyseek import __version__

    yield Finding(
        "polyseek",
        f"{__version__} on Python {platform.python_version()}, {sys.platform} {platform.machine()}",
    )


def database(session: Session) -> Iterator[Finding]:
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='trigram')")
    except sqlite3.OperationalError:
        hint = "use a Python whose sqlite3 has FTS5 with trigrams (3.34 or newer)"
        yield Finding("database", f"SQLite {sqlite3.sqlite_version} without FTS5", True, hint)
    else:
        yield Finding("database", f"SQLite {sqlite3.sqlite_version} with FTS5")
    finally:
        memory.close()


def kernels(session: Session) -> Iterator[Finding]:
    from polyseek.kernels import cache_folder
    from polyseek.representations.warm import compiled_here, warm

    start = time.perf_counter()
    warm()
    seconds = time.perf_counter() - start
    how = "compiled once, kept in" if compiled_here() else "loaded from"
    yield Finding("renderer", f"kernels {how} {cache_folder()} in {seconds:.1f} s")


def isolation(session: Session) -> Iterator[Finding]:
    limited = find_spec("resource") is not None and sys.platform.startswith("linux")
    how = "by the system (RLIMIT_AS)" if limited else "by watching each worker's memory"
    yield Finding("isolation", f"files are read in worker processes, memory limited {how}")


def extras(session: Session) -> Iterator[Finding]:
    for extra, module in {**MODULE_OF_EXTRA, "towers": "tokenizers"}.items():
        present = find_spec(module) is not None
        yield Finding(
            f"extra {extra}",
            "installed" if present else "not installed",
            hint="" if present else f"pip install 'polyseek[{extra}]'",
        )


def viewer(session: Session) -> Iterator[Finding]:
    bundle = Path(__file__).parents[1] / "server" / "web" / "built" / "viewer.js"
    if bundle.exists():
        yield Finding("3D viewer", "built into the page")
    else:
        hint = "install again where the npm registry can be reached"
        yield Finding("3D viewer", "not built: the page shows pictures only", True, hint)


def library(session: Session) -> Iterator[Finding]:
    try:
        with session.open_library() as opened:
            info, absent = opened.info(), opened.settings.absent
    except PolyseekError as error:
        yield Finding("library", error.message, attention=error.kind != "library", hint=error.hint)
        return
    yield Finding("library", f"{info.library}: {info.records:,} records")
    for id in absent:
        hint = f"polyseek models add brings it back, polyseek encoders drop {id} takes it out"
        yield Finding("library", f"its encoder {id} is not on this machine", attention=True, hint=hint)
    for each in info.encoders:
        if each["lacking"]:
            lacking = f"{each['lacking']:,} of {info.present:,} models have no vector of {each['id']} yet"
            yield Finding("library", lacking, attention=True, hint="polyseek index makes what is lacking")
    if info.unused:
        newer = " ".join(info.unused)
        said = f"new libraries use {newer.replace(' ', ', ')} too, this one does not"
        yield Finding("library", said, hint=f"polyseek encoders use {newer}")
    for problem in info.problems:
        yield Finding("library", problem, attention=True, hint="polyseek repair saves what can be read")
