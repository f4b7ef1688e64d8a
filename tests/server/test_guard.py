"""Who is let in: the token of other machines, foreign hosts and sites, bodies that are too large or too slow."""

import asyncio
import re
import socket

import pytest

from polyseek.cli.serve import address_of, checked_name, listen, own_names
from polyseek.errors import UsageError
from polyseek.server.bodies import BODY_BYTES, UPLOAD_BYTES, BodyLimit, limit_of
from polyseek.server.guard import Admission, Guard, host_of, is_loopback

API = "/api/v1"
TOKEN = "a-token-for-this-test-only"


@pytest.fixture
def outside(served_library):
    """A client on another machine of a server that was given a token."""
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app

    app = make_app(served_library, Admission(TOKEN, frozenset({"workshop"})))
    with TestClient(app, base_url="http://192.168.1.5:7359", follow_redirects=False) as found:
        yield found


def test_without_the_token_other_machines_get_nothing_at_all(outside):
    for path in ("/", "/main.js", f"{API}/health", f"{API}/records", "/openapi.json", "/?token=wrong"):
        answer = outside.get(path)

        assert (answer.status_code, answer.json()["kind"]) == (401, "token")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_the_token_is_taken_as_a_bearer(outside):
    assert outside.get(f"{API}/health", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    for wrong in (f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer", "Bearer ä"):
        answer = outside.get(f"{API}/health", headers={"Authorization": wrong.encode()})
        assert answer.status_code == 401


def test_the_printed_address_sets_a_cookie_and_leaves_the_address_bar(outside):
    answer = outside.get(f"/?q=chair&token={TOKEN}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=chair")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert outside.get("/?q=chair").status_code == 200
    assert outside.get(f"{API}/health").status_code == 200


def test_a_machine_is_asked_by_number_or_by_its_own_names_only(outside):
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    for host in ("192.168.1.5:7359", "[fe80::1]:7359", "workshop:7359", "localhost"):
        assert outside.get(f"{API}/health", headers={"Host": host, **bearer}).status_code == 200
    for host in ("evil.example", "workshop.evil.example", ""):
        assert outside.get(f"{API}/health", headers={"Host": host, **bearer}).status_code == 421


def test_behind_a_proxy_its_name_is_answered_with_the_token_only(served_library):
    from fastapi.testclient import TestClient

    from polyseek.server.app import make_app

    app = make_app(served_library, Admission(TOKEN, frozenset({"127.0.0.1", "models.example"})))
    forwarded = {"X-Forwarded-Proto": "https"}
    with TestClient(app, base_url="https://models.example", follow_redirects=False) as proxied:
        assert proxied.get(f"{API}/health").status_code == 401
        assert proxied.get(f"{API}/health", headers={"Host": "other.example"}).status_code == 421
        answer = proxied.get(f"/?token={TOKEN}", headers=forwarded)
        assert "secure" in answer.headers["set-cookie"].lower().split("; ")
        own = {"Origin": "https://models.example", "Sec-Fetch-Site": "same-origin"}
        assert proxied.post(f"{API}/undo", headers=own).status_code == 200
        assert proxied.get(f"{API}/health", headers={"Host": "MODELS.example.:8443"}).status_code == 200
        assert proxied.post(f"{API}/undo", headers={"Origin": "https://evil.example"}).status_code == 403
    with TestClient(app, base_url="http://127.0.0.1") as near:  # the proxy itself calls from here
        assert near.get(f"{API}/health").status_code == 401


@pytest.mark.parametrize(
    "name", ["https://models.example", "models.example:8443", "a b", "", "*", "-x", "a/b"]
)
def test_a_proxys_name_is_given_bare(name):
    with pytest.raises(UsageError, match="no name of a host"):
        checked_name(name)
    assert checked_name("Models.Example.") == "models.example"


def test_serve_makes_a_token_for_a_proxys_name_and_prints_it_once(served_library, monkeypatch, capsys):
    import uvicorn

    from polyseek.cli.serve import serve
    from polyseek.cli.session import Session

    apps = []

    def run(server: uvicorn.Server, sockets: list) -> None:
        apps.append(server.config.app)
        sockets[0].close()

    monkeypatch.setattr(uvicorn.Server, "run", run)

    serve(Session(), served_library, port=0, opens=False, allowed=frozenset({"models.example"}))

    printed = capsys.readouterr().out
    (token,) = set(re.findall(r"token=(\S+)", printed.replace(" (Ctrl-C stops)", "")))
    assert f"https://models.example/?token={token}" in printed
    (guard,) = [each for each in apps[0].user_middleware if each.cls is Guard]
    admission = guard.kwargs["admission"]
    assert admission.same(token)
    assert admission.host("models.example")
    assert not admission.host("other.example")


def test_on_loopback_another_number_is_no_host(client):
    assert client.get(f"{API}/health", headers={"Host": "192.168.1.5"}).status_code == 421


def test_pictures_are_not_embedded_by_other_sites(client):
    url = f"{API}/health"

    assert client.get(url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get(url, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert client.get(url, headers={"Sec-Fetch-Site": "none"}).status_code == 200


def test_an_origin_of_nowhere_is_foreign(client):
    assert client.post(f"{API}/undo", headers={"Origin": "null"}).status_code == 403
    assert client.post(f"{API}/undo", headers={"Origin": "http://127.0.0.1"}).status_code == 200


@pytest.mark.parametrize("path", ["/", f"{API}/health", f"{API}/nothing", f"{API}/records/none"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("localhost:8080", "localhost"),
        ("LOCALHOST", "localhost"),
        ("[::1]:80", "[::1]"),
        ("127.0.0.1", "127.0.0.1"),
        ("", ""),
        ("[", ""),
    ],
)
def test_a_host_is_read_without_its_port(header, host):
    assert host_of(header) == host


def test_loopback_is_what_only_this_machine_reaches():
    assert all(map(is_loopback, ("127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "localhost.example", "")))


def test_a_declared_body_is_refused_before_it_is_read(client):
    headers = {"Content-Length": str(10 * 2**30), "Content-Type": "multipart/form-data; boundary=x"}
    answer = ask(BodyLimit(never), headers)

    assert answer == 413
    assert client.post(f"{API}/search", headers={"Content-Length": "nonsense"}).status_code in (400, 413)


def test_a_body_of_no_declared_length_is_counted(client):
    def pieces():
        for _ in range(100):
            yield b" " * 100_000

    answer = client.post(f"{API}/search", content=pieces(), headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["kind"]) == (413, "limit")


def test_uploads_may_be_larger_than_other_bodies():
    assert limit_of("application/json") == BODY_BYTES
    assert limit_of("Multipart/Form-Data; boundary=x") > UPLOAD_BYTES


def test_a_body_that_dribbles_in_is_given_up():
    async def reader(scope, receive, send):
        await receive()

    async def forever():
        await asyncio.sleep(30)

    async def run():
        limit = BodyLimit(reader, seconds=0.05)
        await limit({"type": "http", "headers": []}, forever, None)

    with pytest.raises(Exception, match="longer than") as caught:
        asyncio.run(run())
    assert caught.value.status_code == 408


def test_a_socket_is_had_on_loopback_and_named_by_its_address():
    with listen(0) as first:
        port = first.getsockname()[1]
        assert address_of(first, "127.0.0.1") == f"http://127.0.0.1:{port}/"
        with pytest.raises(UsageError, match=str(port)):
            listen(port)


def test_a_call_that_comes_before_the_server_is_ready_waits_and_is_not_refused():
    with listen(0) as waiting, socket.create_connection(waiting.getsockname(), timeout=5) as caller:
        accepted, address = waiting.accept()
        accepted.close()

        assert address == caller.getsockname()


def test_an_address_of_another_machine_is_wrong_use():
    with pytest.raises(UsageError, match=r"192\.0\.2\.7"):
        listen(0, "192.0.2.7")


def test_own_names_are_in_lower_case():
    assert all(name == name.lower() for name in own_names("WorkShop"))
    assert "workshop" in own_names("WorkShop")


async def never(scope, receive, send):
    raise AssertionError("the application was asked")


def ask(app, headers: dict[str, str]) -> int:
    """The status of an answer to a POST whose body may not be read."""
    sent: list[dict] = []

    async def receive():
        raise AssertionError("the body was read")

    async def send(message):
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(app({"type": "http", "method": "POST", "headers": raw}, receive, send))
    return sent[0]["status"]
