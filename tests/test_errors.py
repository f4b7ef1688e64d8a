"""The family of errors: told alike everywhere, and whole after a trip through a pipe."""

import pickle

import pytest

from polyseek import errors


def every_error() -> list[type[errors.PolyseekError]]:
    found = [errors.PolyseekError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return found


@pytest.mark.parametrize("kind", every_error())
def test_an_error_survives_pickling_with_all_that_it_says(kind: type[errors.PolyseekError]):
    error = kind("the header is cut short", path="a.glb", hint="export it again")

    back = pickle.loads(pickle.dumps(error))

    assert type(back) is kind
    assert back.as_json() == error.as_json()
    assert str(back) == "the header is cut short: a.glb: export it again"


def test_kinds_are_distinct():
    kinds = [kind.kind for kind in every_error()]

    assert len(set(kinds)) == len(kinds)


def test_a_file_named_once_is_not_named_anew():
    named = errors.MalformedFile("broken", path="inner.bin")

    assert named.at("outer.gltf").path == "inner.bin"
    assert errors.MalformedFile("broken").at("outer.gltf").path == "outer.gltf"


def test_a_missing_package_is_told_with_the_extra_that_brings_it():
    with pytest.raises(errors.MissingExtra) as caught:
        errors.need("surely_no_such_package", extra="step")

    assert "polyseek[step]" in str(caught.value)
