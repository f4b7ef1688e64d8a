"""The HTTP API: the names of interface.md, problems instead of tracebacks, nothing for strangers."""

import pytest
from fastapi.testclient import TestClient

from polyseek.server.app import make_app
from polyseek.server.examples import EXAMPLES
from polyseek.server.requests import SearchRequest

API = "/api/v1"


def first_record(client) -> dict:
    return client.get(f"{API}/records?limit=1").json()["records"][0]


def test_records_come_in_pages_that_together_are_the_library(client):
    seen, cursor = [], None
    while True:
        page = client.get(
            f"{API}/records", params={"limit": 5, "sort": "name"} | ({"cursor": cursor} if cursor else {})
        ).json()
        seen += [record["id"] for record in page["records"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == page["total"] == client.get(f"{API}/health").json()["records"]


def test_where_filters_records_and_counts(client):
    page = client.get(f"{API}/records", params={"where": "triangles < 500"}).json()

    assert 0 < page["total"] < client.get(f"{API}/health").json()["records"]
    assert all(record["triangles"] < 500 for record in page["records"])


def test_words_find_models_by_name(client):
    name = first_record(client)["name"].split("_")[0]

    found = client.post(f"{API}/search", json={"words": name, "k": 5}).json()

    assert found["good_match"]
    assert name in found["hits"][0]["name"]
    assert set(found) == {"query", "hits", "good_match", "seconds", "made_by"}


@pytest.mark.parametrize("sort", ["name", "-triangles"])
def test_the_first_page_is_the_beginning_of_the_list_and_its_cursor_goes_on(client, sort: str):
    whole = client.get(f"{API}/records", params={"where": "triangles >= 0", "sort": sort}).json()
    first = client.get(f"{API}/records", params={"limit": 5, "sort": sort}).json()
    rest = client.get(f"{API}/records", params={"cursor": first["next"], "sort": sort}).json()

    assert [*first["records"], *rest["records"]] == whole["records"]
    assert first["total"] == first["cards"] == 24
    assert client.get(f"{API}/records", params={"limit": 24, "sort": sort}).json()["next"] is None


def test_similar_leaves_the_model_itself_out(client):
    record = first_record(client)

    hits = client.get(f"{API}/records/{record['id']}/similar", params={"k": 5}).json()["hits"]

    assert len(hits) == 5
    assert record["id"] not in [hit["id"] for hit in hits]


def test_models_are_compared_by_the_encoder_that_is_named(client):
    id = first_record(client)["id"]
    path = f"{API}/records/{id}/similar"

    near = client.get(path, params={"encoder": "geo18"}).json()
    like = client.post(f"{API}/search", json={"like": [id], "encoder": "geo18"}).json()

    assert near["made_by"]["encoder"] == like["made_by"]["encoder"] == "geo18"
    assert like["hits"][1]["id"] == near["hits"][0]["id"]
    for refused in (client.get(path, params={"encoder": "nose"}), client.get(path, params={"encoder": "d2"})):
        assert refused.status_code == 400
        assert refused.json()["hint"]


def test_an_uploaded_model_finds_itself_first(client):
    record = first_record(client)
    data = client.get(f"{API}/records/{record['id']}/model.glb").content

    hits = client.post(f"{API}/search", files={"file": ("query.glb", data)}).json()["hits"]

    assert hits[0]["id"] == record["id"]
    assert hits[0]["score"] > 0.99


def test_a_picture_is_named_by_an_etag_and_not_sent_twice(client):
    url = f"{API}/records/{first_record(client)['id']}/thumbnail"

    picture = client.get(url)
    again = client.get(url, headers={"If-None-Match": picture.headers["etag"]})

    assert picture.content[:4] == b"RIFF"
    assert picture.content[8:12] == b"WEBP"
    assert (again.status_code, again.content) == (304, b"")


def test_a_tag_is_found_filtered_and_undone(client):
    record = first_record(client)

    changed = client.patch(f"{API}/records/tags", json={"ids": [record["id"]], "add": ["favourite"]}).json()
    tagged = client.get(f"{API}/records", params={"where": 'tag = "favourite"'}).json()
    undone = client.post(f"{API}/undo").json()["undone"]

    assert changed == {"changed": 1}
    assert [each["id"] for each in tagged["records"]] == [record["id"]]
    assert "favourite" in undone
    assert client.get(f"{API}/records", params={"where": 'tag = "favourite"'}).json()["total"] == 0


def test_cards_are_records_with_fewer_fields(client):
    query = {"limit": 3, "sort": "name"}
    records = client.get(f"{API}/records", params=query).json()["records"]
    cards = client.get(f"{API}/records", params=query | {"fields": "card"}).json()["records"]

    assert len(cards) == 3
    for card, record in zip(cards, records, strict=True):
        assert card.items() <= record.items()
        assert {"id", "name", "tags", "size_metres"} <= set(card) < set(record)


@pytest.mark.parametrize("fields", ["all", "card"])
def test_hits_hold_the_same_records_as_the_list(client, fields):
    record = client.get(f"{API}/records", params={"limit": 1, "fields": fields}).json()["records"][0]

    found = client.post(f"{API}/search", json={"like": [record["id"]], "k": 1, "fields": fields}).json()
    near = client.get(f"{API}/records/{record['id']}/similar", params={"fields": fields}).json()

    assert found["hits"][0]["record"] == record
    assert set(near["hits"][0]["record"]) == set(record)
    assert set(near) == set(found)


def test_a_list_goes_on_where_it_ended_although_a_record_went(client, served_library):
    everything = [record.id for record in served_library.records(sort="name")]
    first = client.get(f"{API}/records", params={"limit": 5}).json()

    served_library.remove(everything[1:5])  # all of the page's last records but one are in here
    rest = client.get(f"{API}/records", params={"limit": 50, "cursor": first["next"]}).json()
    served_library.undo()
    served_library.remove(everything[:1])
    moved = client.get(f"{API}/records", params={"limit": 50, "cursor": first["next"]}).json()

    # Without any of its last records the page's place is counted; with one it is found.
    assert [record["id"] for record in rest["records"]] == everything[9:]
    assert [record["id"] for record in moved["records"]] == everything[5:]
    assert moved["next"] is None


def test_a_model_file_is_named_by_an_etag_and_not_sent_twice(client):
    url = f"{API}/records/{first_record(client)['id']}/model.glb"

    model = client.get(url)
    again = client.get(url, headers={"If-None-Match": f'"other", W/{model.headers["etag"]}'})

    assert model.content[:4] == b"glTF"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("like", "unlike", "weights", "terms"),
    [
        (["a", "b"], ["c"], [], {"a": 1, "b": 1, "c": -1}),
        (["a", "b"], ["c"], [2, 3, 4], {"a": 2, "b": 3, "c": -4}),
        (["a", "b"], ["c"], [2], {"a": 2, "b": 1, "c": -1}),
        (["a"], ["a", "b"], [3, 1], {"a": 2, "b": -1}),
        (["a"], ["a"], [1, 3], {"a": -2}),
        (["a", "a"], [], [], {"a": 2}),
        (["a", "id:b"], ["id:a"], [], {"b": 1}),
    ],
)
def test_models_are_weighed_in_their_order_and_summed(like, unlike, weights, terms):
    query = SearchRequest(like=like, unlike=unlike, weights=weights).query()

    assert {term.value: term.weight for term in query.terms} == terms


def test_an_unlike_model_falls_behind(client):
    first, second = client.get(f"{API}/records?limit=2&sort=-triangles").json()["records"]

    def rank(**query) -> int:
        hits = client.post(f"{API}/search", json={"k": 100, **query}).json()["hits"]
        return [hit["id"] for hit in hits].index(second["id"])

    assert rank(like=[first["id"]], unlike=[second["id"]]) > rank(like=[first["id"]])


def test_every_kind_of_refusal_is_a_problem(client):
    calls = [
        ("GET", "/nothing.html", 404),
        ("GET", f"{API}/nothing", 404),
        ("POST", f"{API}/health", 405),
        ("GET", f"{API}/search", 405),
        ("GET", f"{API}/records?limit=0", 422),
        ("GET", f"{API}/records?sort=nothing", 400),
    ]
    for method, path, status in calls:
        answer = client.request(method, path)

        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["kind"]
        assert status != 405 or answer.headers["allow"]


def test_a_failure_that_nobody_foresaw_tells_nothing_of_the_machine(served_library):
    app = make_app(served_library)

    @app.get("/api/v1/fails")
    def fails() -> None:
        raise ZeroDivisionError("secret")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/fails")

    assert (answer.status_code, answer.json()["kind"]) == (500, "internal")
    assert "secret" not in answer.text


def test_facets_count_every_record_once(client):
    facets = client.get(f"{API}/facets").json()

    assert sum(facets["format"].values()) == client.get(f"{API}/health").json()["records"]
    assert facets["format"] == {"glb": sum(facets["format"].values())}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("GET", "/records/nosuchid", None, 404, "unknown_id"),
        ("GET", "/records?where=colour%20%3D%201", None, 400, "query"),
        ("GET", "/records?cursor=%21%21", None, 400, "usage"),
        ("POST", "/search", {"words": "/etc/passwd.glb"}, 400, "usage"),
        ("GET", "/records?cursor=WzEsW10sMiwzLDRd", None, 400, "usage"),
        ("GET", "/records?cursor=Wy0xXQ", None, 400, "usage"),
        ("POST", "/search", {"k": 5}, 400, "usage"),
        ("POST", "/search", {"like": ["a"], "unlike": ["a"]}, 400, "usage"),
        ("POST", "/search", {"like": ["a"], "weights": [1, 2]}, 400, "usage"),
        ("POST", "/search", {"like": ["a"], "weights": [-1]}, 422, "usage"),
        ("POST", "/search", {"words": "9" * 400 + ":chair"}, 400, "usage"),
        ("POST", "/search", {"like": ["nosuchid"]}, 404, "unknown_id"),
        ("POST", "/search", {"words": "x", "k": 0}, 422, "usage"),
        ("POST", "/jobs", {"paths": ["/nowhere/at/all"]}, 422, "not_found"),
    ],
)
def test_wrong_calls_are_answered_with_a_problem(client, method, path, body, status, kind):
    answer = client.request(method, API + path, json=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["kind"] == kind


def test_a_broken_upload_is_refused_with_the_reason_and_disturbs_nobody(client):
    answer = client.post(f"{API}/search", files={"file": ("broken.glb", b"glTF" + b"\0" * 40)})

    assert answer.status_code == 422
    assert answer.json()["path"] == "broken.glb"
    assert client.get(f"{API}/health").status_code == 200


def test_another_host_name_is_refused(client):
    # A page of another site can point its own name at 127.0.0.1 (DNS rebinding).
    assert client.get(f"{API}/health", headers={"Host": "evil.example"}).status_code == 421
    assert client.get(f"{API}/health", headers={"Host": "localhost:7359"}).status_code == 200


def test_another_site_is_refused(client):
    answer = client.post(f"{API}/undo", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403


def test_no_path_outside_the_page_is_served(client):
    for path in ("/../app.py", "/%2e%2e/app.py", "/..%2fapp.py", "//etc/passwd"):
        assert client.get(path).status_code == 404


def test_the_page_may_load_nothing_from_elsewhere(client):
    policy = client.get("/").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_examples_of_the_openapi_look_like_the_answers(client):
    id = first_record(client)["id"]
    found = {
        "records": client.get(f"{API}/records"),
        "record": client.get(f"{API}/records/{id}"),
        "hits": client.get(f"{API}/records/{id}/similar"),
        "facets": client.get(f"{API}/facets"),
        "tags": client.patch(f"{API}/records/tags", json={"ids": [id], "add": ["x"]}),
        "undo": client.post(f"{API}/undo"),
        "jobs": client.get(f"{API}/jobs"),
        "duplicates": client.get(f"{API}/duplicates"),
        "folders": client.get(f"{API}/folders"),
        "removed": client.post(f"{API}/records/remove", json={"ids": [id]}),
        "makers": client.post(f"{API}/records/makers", json={"ids": [id]}),
        "pruned": client.post(f"{API}/prune"),
        "info": client.get(f"{API}/info"),
        "health": client.get(f"{API}/health"),
    }

    # What needs an encoder of words, or a screen, is compared beside its own tests.
    assert set(found) <= set(EXAMPLES)
    for name, answer in found.items():
        if name == "facets":  # its keys are the library's own
            assert set(EXAMPLES[name]) < set(answer.json())
        else:
            assert set(EXAMPLES[name]) == set(answer.json()), name
    assert set(EXAMPLES["records"]["records"][0]) == set(found["record"].json())
    assert set(EXAMPLES["hits"]["hits"][0]) == set(found["hits"].json()["hits"][0])


def test_the_examples_of_copies_and_folders_look_like_them():
    from dataclasses import asdict

    from polyseek.catalogue.copies import Copy, Duplicate
    from polyseek.server.watching import Watched

    group = Duplicate("", 1, (Copy("/a", "", ("a",)),)).as_json()
    assert set(EXAMPLES["duplicates"]["groups"][0]) == set(group)
    assert set(EXAMPLES["duplicates"]["groups"][0]["copies"][0]) == set(group["copies"][0])
    assert set(EXAMPLES["folders"]["folders"][0]["watch"]) == set(asdict(Watched("/a")))


def test_the_example_of_a_job_looks_like_a_job():
    from polyseek.server.jobs import Job

    assert set(Job("job1", ("/",)).as_json()) == set(EXAMPLES["job"])


@pytest.mark.parametrize("where", [None, "triangles < 2000", "has_texture or longest > 1"])
def test_ranges_count_the_records_between_their_ends(client, served_library, where):
    records = list(served_library.records(where))

    facets = client.get(f"{API}/facets", params={"where": where} if where else {}).json()

    for field, values in (
        ("triangles", [record.triangles for record in records]),
        ("longest", [max(record.size_metres) for record in records]),
    ):
        for ends, number in facets[field].items():
            low, high = ends.split("..")
            assert number == sum(float(low or 0) <= value < float(high or "inf") for value in values)
        assert sum(facets[field].values()) == len(records)
