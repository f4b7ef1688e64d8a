"""Counts by range of polygons and size."""

from __future__ import annotations

from polyseek.server.ranges import BORDERS, range_counts


def test_a_range_counts_the_records_whose_value_lies_in_it(served_library):
    records = list(served_library.records())
    values = {
        "triangles": [record.triangles for record in records],
        "longest": [max(record.size_metres) for record in records],
    }

    for field, counts in range_counts(served_library, None).items():
        for range, number in counts.items():
            start, end = (
                float(text or default) for text, default in zip(range.split(".."), (0, "inf"), strict=True)
            )
            assert number == sum(start <= value < end for value in values[field]) > 0
        assert sum(counts.values()) == len(records)


def test_ranges_hold_only_what_the_condition_lets_through(served_library):
    inside = range_counts(served_library, f"triangles < {BORDERS['triangles'][0]:g} or triangles < 0")

    assert list(inside["triangles"]) in (["..1000"], [])
    assert sum(inside["longest"].values()) == served_library.count("triangles < 1000")


def test_a_search_counts_all_that_it_ranked_not_only_the_hits(client, served_library):
    asked = {"k": 1, "facets": True}
    one = client.post("/api/v1/search", json={**asked, "words": "apple"}).json()
    like = client.post("/api/v1/search", json={**asked, "words": f"id:{one['hits'][0]['id']}"}).json()
    rest = client.post("/api/v1/search", json={**asked, "words": "-apple", "where": "has_texture"}).json()

    assert (len(one["hits"]), one["total"], one["facets"]["format"]) == (1, 2, {"glb": 2})
    assert like["total"] == served_library.count()
    assert like["facets"] == client.get("/api/v1/facets").json()
    expected = served_library.count('has_texture and not (tag = "apple")')
    assert rest["total"] == sum(rest["facets"]["triangles"].values()) == expected
    assert "facets" not in client.post("/api/v1/search", json={"words": "apple"}).json()
