"""XML is read without entities, and its numbers are all of them."""

from __future__ import annotations

import numpy as np
import pytest

from polyseek.errors import MalformedFile
from polyseek.formats.xml import local_name, numbers, parse_xml

BOMB = b"""<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>"""


def test_a_declared_entity_is_refused_even_where_a_document_type_is_allowed():
    for allowed in (False, True):
        with pytest.raises(MalformedFile, match="refused"):
            parse_xml(BOMB, doctype=allowed)


def test_a_document_type_without_entities_passes_only_where_it_is_allowed():
    document = b"<!DOCTYPE a><a/>"

    with pytest.raises(MalformedFile, match="document type"):
        parse_xml(document)

    assert local_name(parse_xml(document, doctype=True)) == "a"


def test_an_external_entity_hidden_by_utf16_is_refused():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'

    with pytest.raises(MalformedFile):
        parse_xml(text.encode("utf-16"), doctype=True)


@pytest.mark.parametrize(
    "broken", [b"", b"<a>", b"<a></b>", b"\x00\x01", b'<?xml version="1.0" encoding="nope"?><a/>']
)
def test_broken_xml_is_said_to_be_broken(broken: bytes):
    with pytest.raises(MalformedFile):
        parse_xml(broken)


def test_numbers_between_blanks_and_commas_are_read_as_python_reads_them():
    given = np.random.default_rng(3).normal(size=50) * 10.0 ** np.arange(-25, 25)
    text = " \n".join(repr(float(each)) for each in given)

    assert numbers(text) == pytest.approx([float(each) for each in text.split()], rel=1e-14)
    assert len(numbers(None)) == 0


def test_a_word_among_numbers_is_an_error():
    with pytest.raises(MalformedFile, match="three"):
        numbers("1 2 three 4")
