"""The command line: `polyseek COMMAND ...`. One file a command, named in `polyseek.cli.table`.

Results go to stdout, progress and errors to stderr. Exit status: 0 done, 1 nothing found or
something failed, 2 wrong use, 3 the library cannot be used, 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from polyseek.cli.table import COMMANDS

YOUNG = (100_000, 20, 20)  # objects that are made before garbage is looked for, and how often older ones are


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(overview())
        return 0 if given else 2
    if given[0] in ("-V", "--version"):
        from polyseek import __version__

        print(f"polyseek {__version__}")
        return 0
    name = given[0]
    if name not in COMMANDS:
        print(_unknown(name), file=sys.stderr)
        return 2
    # A command makes much at its start and keeps it: looking through it for garbage takes a tenth of a search.
    gc.set_threshold(*YOUNG)
    # Imported here: the overview above answers without typer.
    from polyseek.cli.running import run_command

    return run_command(name, given[1:])


def overview() -> str:
    """What `polyseek --help` prints: every command with one line."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: polyseek COMMAND [ARGS]...",
            "",
            "Point it at a folder of 3D models and find things in it. Your files are never changed.",
            "",
            "Commands:",
            *lines,
            "",
            "`polyseek COMMAND --help` tells more, with an example. `polyseek --version` tells the version.",
        ]
    )


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`polyseek --help` lists the commands"
    return f"polyseek: there is no command {name!r}: {hint}"
