"""Bytes -> Asset. One format, one file, one line in `polyseek.formats.table`."""

from polyseek.formats.contract import Format, Unreadable
from polyseek.formats.limits import Limits
from polyseek.formats.reading import read_asset
from polyseek.formats.source import ArchiveSource, FileSource, MemorySource, Source
from polyseek.formats.table import FORMATS, UNREADABLE, format_of

__all__ = [
    "FORMATS",
    "UNREADABLE",
    "ArchiveSource",
    "FileSource",
    "Format",
    "Limits",
    "MemorySource",
    "Source",
    "Unreadable",
    "format_of",
    "read_asset",
]
