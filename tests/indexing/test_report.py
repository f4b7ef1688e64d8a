"""The summary of a run."""

from __future__ import annotations

import json

from polyseek.indexing.report import Failure, Report


def test_the_summary_has_the_public_fields_as_plain_json():
    report = Report(added=2, failed=1, seconds=1.23456, failures=(Failure("/a.glb", "malformed", "cut off"),))

    found = json.loads(json.dumps(report.as_json()))

    assert found == {
        "added": 2, "known": 0, "changed": 0, "embedded": 0, "moved": 0, "missing": 0, "failed": 1, "seconds": 1.235,
        "interrupted": False, "failures": [{"path": "/a.glb", "kind": "malformed", "reason": "cut off"}],
    }  # fmt: skip
