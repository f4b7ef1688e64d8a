"""XML without its dangers: no entity, no external document.

Without an entity declaration none of the known attacks (billion laughs, quadratic blow-up, external
entities) can be written. expat looks for one first, at its own speed; the C parser of ElementTree,
over ten times faster than a parser with a Python call for each element, builds the tree after that.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

import numpy as np
from jaxtyping import Float64

from polyseek.errors import MalformedFile


def parse_xml(data: bytes, *, doctype: bool = False) -> Element:
    """The root element. `doctype`: a document type without entities is let through.

    Raises MalformedFile for broken XML and forbidden declarations.
    """
    try:
        _screen(data, doctype)
        return fromstring(data)
    except (expat.ExpatError, ParseError, ValueError, LookupError) as error:
        raise MalformedFile(f"its XML is broken ({error})", hint="export the model again") from error


def _screen(data: bytes, doctype: bool) -> None:
    parser = expat.ParserCreate()

    def refuse_entity(*_: Any) -> None:
        raise MalformedFile("it declares an XML entity, which is refused", hint="export the model again")

    def refuse_doctype(*_: Any) -> None:
        raise MalformedFile(
            "it has a document type declaration, which is refused", hint="export the model again"
        )

    parser.EntityDeclHandler = refuse_entity
    if not doctype:
        parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def numbers(text: str | None) -> Float64[np.ndarray, " n"]:
    """The numbers of a text, blanks or commas between them. Raises MalformedFile at anything else."""
    from polyseek.formats.text_kernels import read_numbers

    if not text:
        return np.zeros(0)
    data = np.frombuffer(text.encode(), np.uint8)
    found = np.empty(len(data) // 2 + 1, np.float64)
    count, stop = read_numbers(data, 0, found)
    rest = text.encode()[stop:].strip()
    if rest:
        raise MalformedFile(f"a number was expected where it says {rest[:20].decode(errors='replace')!r}")
    return found[:count]
