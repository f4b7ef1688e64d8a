"""Calls made from the OpenAPI, right and wrong ones: none is answered with a 500, each as the OpenAPI says."""

import shutil

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.python import asgi
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from polyseek.server.app import make_app
from polyseek.server.guard import Admission

POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance]
FEW = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# What starts to index is left out: a made-up path might be a folder of this machine (test_jobs.py has wrong ones).
CALLS = [
    "GET /records",
    "GET /records/{id}",
    "GET /records/{id}/thumbnail",
    "GET /records/{id}/turntable.webp",
    "GET /records/{id}/model.glb",
    "GET /records/{id}/similar",
    "POST /records/{id}/reveal",
    "POST /search",
    "POST /classify",
    "POST /suggest",
    "GET /facets",
    "GET /map",
    "GET /map/matches",
    "POST /records/find",
    "POST /records/makers",
    "GET /duplicates",
    "GET /folders",
    "POST /records/remove",
    "POST /prune",
    "PATCH /records/tags",
    "POST /undo",
    "GET /jobs",
    "POST /jobs/{id}/{action}",
    "GET /jobs/{id}/events",
    "GET /info",
    "GET /health",
]
# Any text is an id, so that no call of these breaks the OpenAPI.
NEVER_WRONG = {
    "GET /map",
    "GET /records/{id}",
    "GET /records/{id}/turntable.webp",
    "GET /records/{id}/model.glb",
    "POST /records/{id}/reveal",
    "GET /jobs/{id}/events",
    "GET /folders",
    "POST /prune",
    "POST /undo",
    "GET /jobs",
    "GET /info",
    "GET /health",
}


# A first call loads encoders; a busy machine takes its time.
TIMEOUT_S = 60


@pytest.fixture(scope="module")
def api_schema(library_folder, tmp_path_factory):
    """The OpenAPI of a copy of the library that made-up calls may change."""
    from polyseek.library import Library

    copy = tmp_path_factory.mktemp("schema") / "library"
    shutil.copytree(library_folder, copy)
    with Library.open(copy) as library:
        app = make_app(library, Admission(names=frozenset({"testserver"})))
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.fixture(scope="module")
def session(api_schema):
    """One client for all calls, so that the server starts once."""
    with asgi.get_client(api_schema.app) as found:
        yield found


def test_every_call_of_the_openapi_is_tried_here(api_schema):
    operations = [result.ok() for result in api_schema.get_all_operations()]
    found = {f"{each.method.upper()} {each.path.removeprefix('/api/v1')}" for each in operations}

    assert found == {*CALLS, "POST /jobs", "PUT /folders/watch"}


TRIED = [(call, POSITIVE) for call in CALLS] + [(call, NEGATIVE) for call in CALLS if call not in NEVER_WRONG]


@pytest.mark.parametrize(("call", "mode"), TRIED)
def test_no_call_is_answered_with_a_500(api_schema, session, call, mode):
    method, path = call.split(" ")
    operation = api_schema[f"/api/v1{path}"][method]
    known = session.get("/api/v1/records?limit=1").json()["records"][0]["id"]

    @given(case=operation.as_strategy(generation_mode=mode))
    @FEW
    def tried(case):
        if mode is POSITIVE and path.startswith("/records/{id}"):
            case.path_parameters["id"] = known  # no made-up id is one of the library
        case.call_and_validate(checks=CHECKS, session=session, timeout=TIMEOUT_S)

    tried()
