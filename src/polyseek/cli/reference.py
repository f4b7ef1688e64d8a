"""The reference of every command, as Markdown: `python -m polyseek.cli.reference > docs/commands.md`."""

from __future__ import annotations

import importlib
import inspect
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from polyseek.cli.running import SHARED
from polyseek.cli.table import COMMANDS

OPENING = """# Commands

Results go to stdout, progress and errors to stderr. Exit status: 0 done, 1 nothing found or something failed, 2 wrong
use, 3 the library cannot be used, 130 interrupted. This page is made by `python -m polyseek.cli.reference`.

On every command: """


def reference() -> str:
    """The whole page."""
    shared = ", ".join(
        f"`{_flags(option)[0]}`: {option.help[0].lower()}{option.help[1:-1]}"
        for _, option, _ in SHARED.values()
    )
    return "\n".join([f"{OPENING}{shared}.", *(_section(name) for name in COMMANDS)])


def _section(name: str) -> str:
    module = importlib.import_module(f"polyseek.cli.{COMMANDS[name].module}")
    arguments, options = [], []
    for key, hint in get_type_hints(module.run, include_extras=True).items():
        if get_origin(hint) is Annotated:
            about = get_args(hint)[1]
            (options if type(about).__name__ == "OptionInfo" else arguments).append(_row(key, about))
    usage = " ".join(f"`{label}`" for label, _ in arguments)
    lines = [f"\n## polyseek {name} {usage}".rstrip(), "", inspect.getdoc(module.run) or "", ""]
    if arguments or options:
        lines += [
            "| | |",
            "|---|---|",
            *(f"| `{label}` | {text} |" for label, text in (*arguments, *options)),
            "",
        ]
    examples = "\n".join(part.strip() for part in module.EXAMPLE.split("    ") if part.strip())
    return "\n".join([*lines, "```sh", examples, "```"])


def _row(key: str, about: Any) -> tuple[str, str]:
    flags = _flags(about)
    label = ", ".join(flags) or about.metavar or key.upper()
    if flags and about.metavar:
        label += f" {about.metavar}"
    return label.replace("|", "\\|"), (about.help or "").replace("|", "\\|")


def _flags(about: Any) -> list[str]:
    """The spellings of an option. Typer holds the first one where a default would be, until it reads the annotation."""
    first = [about.default] if isinstance(about.default, str) and about.default.startswith("-") else []
    return [*first, *(about.param_decls or ())]


if __name__ == "__main__":
    print(reference())
