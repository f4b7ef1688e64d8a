"""The HTTP API: the names of interface.md, problems instead of tracebacks, nothing for strangers."""

import pytest

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


def test_similar_leaves_the_model_itself_out(client):
    record = first_record(client)

    hits = client.get(f"{API}/records/{record['id']}/similar", params={"k": 5}).json()["hits"]

    assert len(hits) == 5
    assert record["id"] not in [hit["id"] for hit in hits]


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
        ("POST", "/search", {"k": 5}, 400, "usage"),
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
