"""What each record is said to be, and which records are variants of one model: from folders, tags, or a CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from polyseek.catalogue.record import Record
from polyseek.errors import UsageError
from polyseek.evaluation.csv_rows import read_csv

# Words that tell variants of a model apart, not models.
COLOURS = frozenset(
    {
        *(
            "beige",
            "black",
            "blue",
            "bronze",
            "brown",
            "cyan",
            "dark",
            "gold",
            "golden",
            "gray",
            "green",
            "grey",
        ),
        *(
            "light",
            "lime",
            "magenta",
            "orange",
            "pink",
            "purple",
            "red",
            "silver",
            "teal",
            "turquoise",
            "violet",
        ),
        *("white", "yellow"),
    }
)
_HINT = "use folder, category, or a CSV file in UTF-8; its first line names the columns: path,label or path,label,group"


@dataclass(frozen=True)
class Label:
    """`label`: what a record is. `group`: the model it is a variant of; its variants are never its right answers."""

    id: str
    label: str
    group: str


def labels_of(source: str, records: Iterable[Record]) -> list[Label]:
    """Labels of the records that have one, in their order.

    `source`: "folder" (the folder that holds the file), "category" (the first tag that its file gave
    it), or the path of a CSV file with columns `path`, `label` and, if wanted, `group`. Paths of the
    CSV are absolute, or relative to the CSV's folder or to the indexed folder. Without a `group` it
    is `variant_group(path)`; byte-identical files always share one. Raises UsageError for a CSV
    that cannot be read, or that names none of the records.
    """
    listed = list(records)
    if source == "folder":
        found = [Label(r.id, _folder(r), variant_group(r.path)) for r in listed if _folder(r)]
    elif source == "category":
        found = [Label(r.id, _category(r), variant_group(r.path)) for r in listed if _category(r)]
    else:
        found = _from_csv(Path(source), listed)
    return _joined_by_digest(found, {record.id: record.digest for record in listed})


def variant_group(path: str) -> str:
    """The folder and the words of the file name, without numbers, single letters and colours.

    >>> variant_group("packs/Banner_thin_red.02.glb") == variant_group("packs/banner-thin-Blue.glb")
    True
    """
    folder, _, name = path.replace("\\", "/").rpartition("/")
    stem, _, node = name.partition("#")
    stem = PurePath(stem).stem
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", f"{stem} {node}")
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", parted)]
    kept = [word for word in words if len(word) > 1 and word not in COLOURS]
    # A name of nothing but numbers and colours tells no model: it stands for itself.
    return f"{folder}/{' '.join(kept) or name.lower()}"


def _folder(record: Record) -> str:
    """The name of the folder, empty for a file that lies directly in the indexed folder."""
    path = record.path.split("#", 1)[0].replace("!/", "/").replace("\\", "/")
    root = record.root.replace("\\", "/").rstrip("/")
    inside = path.removeprefix(root + "/") if path.startswith(root + "/") else path
    return PurePath(inside).parent.name


def _category(record: Record) -> str:
    return next((tag.tag for tag in record.tags if tag.by == "file"), "")


def _from_csv(path: Path, records: Sequence[Record]) -> list[Label]:
    rows = read_csv(path, "labels", ("path", "label"), _HINT)
    here = path.resolve().parent
    by_path: dict[str, dict[str, str]] = {}
    for row in rows:
        by_path[row["path"]] = row
        by_path[str(here / row["path"])] = row
    found: list[Label] = []
    for record in records:
        inside = record.path.removeprefix(record.root).lstrip("/\\").replace("\\", "/")
        row = by_path.get(record.path) or by_path.get(inside)
        if row is not None and row["label"]:
            found.append(Label(record.id, row["label"], row.get("group") or variant_group(record.path)))
    if not found:
        raise UsageError(
            "none of the labelled paths is in the library",
            path=str(path),
            hint="write them relative to this file, to the indexed folder, or absolute",
        )
    return found


def _joined_by_digest(labels: Sequence[Label], digests: dict[str, str]) -> list[Label]:
    """Groups that hold the same bytes become one group (union-find over digests)."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    owner: dict[str, str] = {}
    for label in labels:
        digest = digests[label.id]
        if digest:
            parent[root(label.group)] = root(owner.setdefault(digest, label.group))
    return [Label(label.id, label.label, root(label.group)) for label in labels]
