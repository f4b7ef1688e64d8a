"""The ZIP package of a 3MF file (Open Packaging Conventions), read in memory within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from polyseek.errors import FileError, MalformedFile
from polyseek.formats.limits import Limits
from polyseek.formats.source import Source
from polyseek.formats.xml import parse_xml

MODEL_RELATION = "/3dmodel"


class Package:
    """Parts by absolute name (`/3D/3dmodel.model`), without regard to case."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.limits = limits
        try:
            path = source.local_path()
            self._file = zipfile.ZipFile(path if path is not None else io.BytesIO(source.read()))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise MalformedFile(f"not a ZIP package ({error})", hint="export the model again") from error
        self._members = {self.label(each.filename): each for each in self._file.infolist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def label(self, name: str) -> str:
        return "/" + name.replace("\\", "/").lstrip("/").casefold()

    def read(self, name: str) -> bytes:
        """Bytes of a part. Raises MalformedFile when it is not there or damaged, LimitExceeded for bombs."""
        member = self._members.get(self.label(name))
        if member is None:
            raise MalformedFile(f"the package has no part {name[:80]!r}", hint="export the model again")
        self.limits.check("archive_member_mb", member.file_size / 1e6, f"MB in {name[:80]}")
        if member.file_size > 1_000_000:
            ratio = member.file_size / max(member.compress_size, 1)
            self.limits.check("archive_ratio", ratio, "times its packed size")
        try:
            with self._file.open(member) as stream:
                return stream.read(member.file_size)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            UnicodeDecodeError,
        ) as error:
            raise MalformedFile(f"the part {name[:80]!r} cannot be unpacked ({error})") from error

    def start(self) -> str:
        """Name of the model part that the package's relations name. Raises MalformedFile where there is none."""
        relations = self._members.get("/_rels/.rels")
        if relations is not None:
            for each in parse_xml(self.read("/_rels/.rels")):
                if each.get("Type", "").endswith(MODEL_RELATION):
                    target = each.get("Target", "")
                    if self.label(target) not in self._members:
                        raise MalformedFile(
                            f"the package names the model {target[:80]!r}, which is not in it",
                            hint="export the model again",
                        )
                    return "/" + target.lstrip("/")
        raise MalformedFile("the package names no 3D model", hint="export the model again")

    def image(self, name: str) -> bytes | None:
        """Bytes of an image; None when it is not there or cannot be unpacked."""
        try:
            return self.read(name)
        except FileError:
            return None
