"""Each promise names a test that is there, and each test of the page runs in `make test`."""

from __future__ import annotations

from tests.house.named_tests import NAMED, gone
from tests.house.source import ROOT


def test_every_promise_names_a_test_that_is_there() -> None:
    lines = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").splitlines()
    promises = [line for line in lines if line.startswith("| ") and not line.startswith(("| Promise", "| ---"))]

    assert len(promises) >= 20
    assert [line for line in promises if NAMED.search(line) is None] == []
    assert [missing for line in promises for missing in gone(line)] == []
