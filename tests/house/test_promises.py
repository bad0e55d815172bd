"""Each promise names a test that is there, and each test of the page runs in `make test`."""

from __future__ import annotations

import re

from tests.house.source import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_promise_names_a_test_that_is_there() -> None:
    lines = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").splitlines()
    promises = [line for line in lines if line.startswith("| ") and not line.startswith(("| Promise", "| ---"))]
    named = [NAMED.search(line) for line in promises]

    assert len(promises) >= 20
    assert [line for line, found in zip(promises, named, strict=True) if found is None] == []
    assert [found[0] for found in named if found and not _stands(found[1], found[2])] == []


def _stands(file: str, test: str) -> bool:
    """Not left to the soak: what is promised is tried each time."""
    text = (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).exists() else ""
    found = re.search(rf"((?:^@.*\n)*)^def {test}\(", text, re.M)
    return found is not None and "soak" not in found[1]
