"""Runs one command: its own options, the ones that every command has, and errors as exit statuses."""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, cast, get_type_hints

import typer

from polyseek.cli.session import Session
from polyseek.cli.table import COMMANDS
from polyseek.errors import PolyseekError

# Whichever click typer carries: what it raises for wrong options.
WrongUse = cast("type[Exception]", typer.BadParameter.__mro__[2])

SHARED = {  # on every command, after its own options
    "library": (
        Path | None,
        typer.Option("--library", metavar="DIR", envvar="POLYSEEK_LIBRARY", help="The library's folder."),
        None,
    ),
    "jobs": (int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Worker processes."), None),
    "json": (bool, typer.Option("--json", help="Results as JSON, one object on a line."), False),
    "quiet": (bool, typer.Option("--quiet", "-q", help="Only results and errors."), False),
    "no_progress": (bool, typer.Option("--no-progress", help="No progress bar."), False),
}


def run_command(name: str, arguments: Sequence[str]) -> int:
    """Parse and run; errors become one line on stderr and an exit status."""
    module = importlib.import_module(f"polyseek.cli.{COMMANDS[name].module}")
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    epilog = f"Example: {module.EXAMPLE}"
    app.command(epilog=epilog, no_args_is_help=False)(with_shared_options(module.run))
    try:
        status = app(args=list(arguments), prog_name=f"polyseek {name}", standalone_mode=False)
        sys.stdout.flush()
    except PolyseekError as error:
        return report(error, as_json="--json" in arguments)
    except WrongUse as error:
        message = getattr(error, "format_message", lambda: str(error))()
        print(f"polyseek: {message} (`polyseek {name} --help` tells more)", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        print("polyseek: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`polyseek list | head`): no error, and no second one at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def report(error: PolyseekError, *, as_json: bool) -> int:
    """`polyseek: what happened: file: what to do` on stderr, with --json also the error as JSON; its exit status."""
    print(f"polyseek: {error}", file=sys.stderr)
    if as_json:
        print(json.dumps({"error": error.as_json()}, ensure_ascii=False), file=sys.stderr)
    return error.exit_status


def with_shared_options(run: Callable[..., int | None]) -> Callable[..., int | None]:
    """`run(session, own options...)` as a function that typer can read: own options, then the shared ones."""
    hints = get_type_hints(run, include_extras=True)
    own = [
        parameter.replace(annotation=hints[key])
        for key, parameter in inspect.signature(run).parameters.items()
        if key != "session"
    ]
    shared = [
        inspect.Parameter(
            key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option]
        )
        for key, (kind, option, default) in SHARED.items()
    ]

    @functools.wraps(run)
    def command(**values: Any) -> int | None:
        session = Session(
            library=values.pop("library"),
            jobs=values.pop("jobs"),
            json=values.pop("json"),
            quiet=values.pop("quiet"),
            progress=not values.pop("no_progress"),
        )
        return run(session, **values)

    # Typer asks inspect, which reads this; functions declare no such attribute.
    command.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *shared)}
    return command
