"""The settings of a library: one TOML that a person can read, beside the catalogue.

It is written, with its comments, when a library is made; a key that is left out has its default. A
key that nobody knows is an error that names file and key, because it would otherwise do nothing.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from polyseek.encoders.shelf import DEFAULT, every, shipped
from polyseek.errors import LibraryError
from polyseek.formats.limits import Limits
from polyseek.indexing.toml_text import toml_of, with_value

FILE_NAME = "library.toml"
FLOW = ("scan", "load", "split", "represent", "encode", "picture", "record")
STAGES: Mapping[str, str] = MappingProxyType(
    {
        "scan": "polyseek.indexing.scan:scan",
        "load": "polyseek.indexing.stages:load",
        "split": "polyseek.indexing.stages:split",
        "represent": "polyseek.indexing.stages:represent",
        "encode": "polyseek.indexing.stages:encode",
        "picture": "polyseek.indexing.stages:picture",
        "record": "polyseek.indexing.stages:record",
    }
)
# By shape; by the plain numbers, for what is near in both is a copy; and by what words and pictures mean.
ENCODERS = (DEFAULT, "geo18", "words2")


@dataclass(frozen=True)
class Settings:
    """What a library is made with. `jobs` 0: one worker for each core. `exclude_in`: globs by folder, beside
    `exclude`. `flow`: names of `stages`, in order.

    `encoders`, `default_encoder`: those in use. `named`, `named_default`: what the file names instead, where
    an encoder of it is not on this machine.
    """

    encoders: tuple[str, ...] = ENCODERS
    default_encoder: str = DEFAULT
    thumbnail_side: int = 256
    colour_points: int = 2048
    exclude: tuple[str, ...] = ()
    exclude_in: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    watch: tuple[str, ...] = ()
    jobs: int = 0
    history_days: int = 90
    limits: Limits = field(default_factory=Limits)
    flow: tuple[str, ...] = FLOW
    stages: Mapping[str, str] = field(default_factory=lambda: STAGES)
    named: tuple[str, ...] = ()
    named_default: str = ""

    @property
    def absent(self) -> tuple[str, ...]:
        """The encoders that the file names and this machine has not: added ones that were removed, or never brought."""
        return tuple(id for id in self.named if id not in self.encoders)

    def workers(self) -> int:
        """How many worker processes: `jobs`, or the cores this process may use."""
        if self.jobs > 0:
            return self.jobs
        usable = getattr(os, "sched_getaffinity", None)
        return len(usable(0)) if usable is not None else os.cpu_count() or 1


# What is no line of the file, or stands in a table of its own.
NO_KEYS = ("limits", "flow", "stages", "named", "named_default")

_TEXT = """\
# Settings of this polyseek library. Change a value, save, and run `polyseek index` again:
# what the change concerns is read again. A line that is taken out has its default.

# Which encoders turn models into vectors, and the one that "more like this" uses. `polyseek encoders` lists
# them, `polyseek encoders use ID` and `drop ID` write here. Only the vectors that are lacking are made then.
encoders = {encoders}
default_encoder = {default_encoder}

# Side of the pictures, in pixels.
thumbnail_side = {thumbnail_side}

# Points of the surface from which the dominant colours are taken.
colour_points = {colour_points}

# Paths to leave out: * stands for any letters, ? for one. "*/wip/*" leaves out every folder wip.
exclude = {exclude}

# The same of one folder only, as `polyseek index FOLDER --exclude GLOB` was told last.
exclude_in = {exclude_in}

# Folders that `polyseek serve` keeps up to date while it runs, as full paths. Its page writes here.
watch = {watch}

# Worker processes; 0 takes one for each core.
jobs = {jobs}

# For how many days edits can be undone.
history_days = {history_days}

# What one file may cost. Reading stops with an error that names the limit.
[limits]
{limits}

# The way of a file into the library. A stage is a Python function, "module:function"; replace one
# by yours, or add a name of your own to both. `scan` stays first, `record` last.
[pipeline]
flow = {flow}

[pipeline.stages]
{stages}
"""


def as_toml(settings: Settings) -> str:
    """The text of the settings file, every value with a comment on what it does."""
    values = {
        each.name: toml_of(getattr(settings, each.name))
        for each in fields(settings)
        if each.name == "flow" or each.name not in NO_KEYS
    }
    limits = "\n".join(
        f"{each.name} = {toml_of(getattr(settings.limits, each.name))}" for each in fields(Limits)
    )
    stages = "\n".join(f"{name} = {toml_of(place)}" for name, place in settings.stages.items())
    return _TEXT.format(**values, limits=limits, stages=stages)


def read_settings(path: Path) -> Settings:
    """The settings of a file; the defaults where there is none. Raises LibraryError that names file and key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LibraryError(
            f"the settings cannot be read ({error})", path=str(path), hint="mend the file, or delete it"
        ) from error
    return _Reader(path).settings(table)


class _Reader:
    """Turns the table of a settings file into Settings, each mistake an error of that file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def settings(self, table: dict[str, Any]) -> Settings:
        limits = self.values(Limits(), self.table(table, "limits"), "limits.")
        pipeline = self.table(table, "pipeline")
        stages: dict[str, Any] = {**STAGES, **self.table(pipeline, "stages", "pipeline.")}
        flow = self.values(Settings(), {**pipeline}, "pipeline.", allowed=("flow",))
        plain = self.values(Settings(), table, "", hidden=NO_KEYS)
        settings = Settings(**plain, **flow, limits=Limits(**limits), stages=MappingProxyType(stages))
        self.check(settings)
        return of_this_machine(settings)

    def table(self, owner: dict[str, Any], key: str, place: str = "") -> dict[str, Any]:
        value = owner.pop(key, {})
        if not isinstance(value, dict):
            raise self.error(f"{place}{key} is a table: [{place}{key}]")
        return dict[str, Any](value)

    def values(
        self,
        default: object,
        table: dict[str, Any],
        place: str,
        hidden: tuple[str, ...] = (),
        allowed: tuple[str, ...] | None = None,
    ) -> dict[str, Any]:
        """The values of `table` in the types of `default`'s fields."""
        known = {
            each.name: getattr(default, each.name)
            for each in fields(default)  # pyright: ignore[reportArgumentType]
            if each.name not in hidden and (allowed is None or each.name in allowed)
        }
        for key in table:
            if key not in known:
                raise self.error(f"unknown setting {place}{key}", f"known are {', '.join(known)}")
        return {key: self.value(f"{place}{key}", value, known[key]) for key, value in table.items()}

    def value(self, key: str, value: Any, default: Any) -> Any:
        if isinstance(default, Mapping):
            if not isinstance(value, dict):
                raise self.error(f'{key} has lists by folder, like {{"/models" = ["*/wip/*"]}}')
            return {name: self.value(f"{key}.{name}", each, ()) for name, each in value.items()}
        if isinstance(default, tuple):
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                raise self.error(f'{key} is a list of texts, like ["a", "b"]')
            return tuple[str, ...](value)
        kinds = (int, float) if isinstance(default, float) else (type(default),)
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise self.error(f"{key} is {value!r}, but should be like {default!r}")
        if not isinstance(value, str) and (value < 0 or (value == 0 and key not in ("jobs", "history_days"))):
            raise self.error(f"{key} = {value} is too small")
        return value

    def check(self, settings: Settings) -> None:
        for id in set(settings.encoders) - set(shipped()):
            from polyseek.encoders.towers.shelf import is_id

            if not is_id(id):
                raise self.error(
                    f"encoders names {id!r}, which no encoder is called", f"there are {', '.join(every())}"
                )
        if settings.default_encoder not in settings.encoders:
            raise self.error(f"default_encoder = {settings.default_encoder!r} is none of encoders")
        for name in settings.flow:
            if name not in settings.stages:
                raise self.error(
                    f"pipeline.flow names {name!r}, which is no stage", "add it to [pipeline.stages]"
                )
        if settings.flow[:1] != ("scan",) or settings.flow[-1:] != ("record",) or "load" not in settings.flow:
            raise self.error("pipeline.flow begins with scan, has load, and ends with record")
        for name, place in settings.stages.items():
            if not isinstance(place, str) or place.count(":") != 1:  # pyright: ignore[reportUnnecessaryIsInstance]
                raise self.error(f'pipeline.stages.{name} should be like "module:function"')

    def error(self, message: str, hint: str = "mend the file") -> LibraryError:
        return LibraryError(message, path=str(self.path), hint=hint)


def of_this_machine(settings: Settings) -> Settings:
    """Settings as a file has them, with those of its encoders that are here; the others are `absent`.

    Where the default one is absent, another compares models; where all are, the shipped default is used.
    """
    named, default = settings.encoders, settings.default_encoder
    here = every() if set(named) - set(shipped()) else shipped()
    left = tuple(id for id in named if id in here) or (DEFAULT,)
    if left == named:
        return settings
    using = default if default in left else first_choice(left)
    return replace(settings, encoders=left, default_encoder=using, named=named, named_default=default)


def as_in_file(settings: Settings) -> Settings:
    """What `of_this_machine` was given."""
    if not settings.named:
        return settings
    return replace(
        settings, encoders=settings.named, default_encoder=settings.named_default, named=(), named_default=""
    )


def first_choice(encoders: Sequence[str]) -> str:
    """Which of some encoders compares models where nobody said so: the shipped default, else the first."""
    return DEFAULT if DEFAULT in encoders else encoders[0]


def change_setting(path: Path, key: str, value: Any) -> None:
    """As `change_settings`, of one key."""
    change_settings(path, {key: value})


def change_settings(path: Path, values: Mapping[str, Any]) -> None:
    """Change plain keys of a settings file, or of a new one; the person's comments stay. Raises LibraryError."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else as_toml(Settings())
        for key, value in values.items():
            text = with_value(text, key, value)
        written = path.with_name(f"{path.name}.new")
        written.write_text(text, encoding="utf-8")
        written.replace(path)  # a reader sees the old file or the new one
    except (OSError, ValueError) as error:
        raise LibraryError(
            f"the settings cannot be changed ({error})", path=str(path), hint="mend the file, or delete it"
        ) from error
