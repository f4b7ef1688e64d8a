"""What a library tells of itself."""

from __future__ import annotations

import json


def test_info_counts_records_formats_and_vectors(library, sides):
    info = library.info().as_json()

    assert json.loads(json.dumps(info)) == info
    assert (info["records"], info["present"], info["missing"]) == (len(sides), len(sides), 0)
    assert info["formats"] == {"glb": len(sides)}
    assert {each["id"]: each["vectors"] for each in info["encoders"]} == dict.fromkeys(
        library.settings.encoders, len(sides)
    )
    assert (info["healthy"], info["problems"], info["library"]) == (True, [], str(library.path))
    assert info["schema"] >= 1
    assert info["bytes"] > 10_000
