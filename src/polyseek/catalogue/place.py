"""Where a record's file lies: name and folders of a path, also inside archives and of a scene's nodes."""

from __future__ import annotations

from pathlib import PurePath

INSIDE = "!/"  # between an archive and the file in it
NODE = "#"  # between a scene's file and one of its nodes


def folders_of(path: str, root: str) -> tuple[str, ...]:
    """Names of the folders from the root (its own name first) to the file; archives without suffix."""
    place = PurePath(path.replace(INSIDE, "/"))
    base = PurePath(root).parent
    if not place.is_relative_to(base):
        return ()
    return tuple(step.removesuffix(".zip") for step in place.relative_to(base).parts[:-1])


def stem_of(path: str) -> str:
    """The file's name without suffix."""
    return PurePath(path.replace(INSIDE, "/")).stem


def renamed(name: str, old: tuple[str, str], new: tuple[str, str]) -> str:
    """What a record is called after its file went from (path, root) to (path, root).

    A name taken from the file or its folder follows; any other name (from info.json, of a node) stays.
    """
    if name == stem_of(old[0]):
        return stem_of(new[0])
    if folders_of(*old)[-1:] == (name,):
        return (*folders_of(*new)[-1:], name)[0]
    return name


def folder_of(file: str) -> str:
    """The folder that a file lies in, as text; `pack.zip!` and what is inside are folders too."""
    return file[: max(file.rfind("/"), -1 if file.startswith("/") else file.rfind("\\"), 0)]


def folders_within(root: str, folder: str) -> list[str]:
    """A folder and those above it up to the root, itself left out; the deepest first."""
    found: list[str] = []
    while len(folder) > len(root) and folder.startswith(root):
        found.append(folder)
        folder = folder_of(folder)
    return found


def is_within(folder: str, above: str) -> bool:
    """Whether a folder is another one or lies below it."""
    signs = "/" if above.startswith("/") else "/\\"
    return folder == above or any(folder.startswith(above + sign) for sign in signs)
