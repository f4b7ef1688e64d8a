"""What a person left out of a folder: remembered in the library's settings, folder by folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from polyseek.indexing.settings import Settings, change_setting, read_settings
from polyseek.indexing.sources import full_path


def leave_out(path: Path, settings: Settings, paths: Sequence[str | Path], globs: Sequence[str]) -> Settings:
    """Write globs into a library's settings file for each folder of `paths`, in place of those it had; the settings then.

    No globs at all leave everything as it was told before, only empty ones forget it. Files and archives are
    indexed when they are named, and nothing is remembered of them. Raises LibraryError.
    """
    if not globs:
        return settings
    before = read_settings(path).exclude_in
    kept = {**before}
    for folder in (full_path(each) for each in paths if Path(each).expanduser().is_dir()):
        kept[folder] = tuple(filter(None, globs))
        if not kept[folder]:
            del kept[folder]
    if kept != before:
        change_setting(path, "exclude_in", kept)
    return replace(settings, exclude_in=MappingProxyType(kept))
