"""The page on security names only tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]


def test_every_test_the_security_page_names_exists() -> None:
    page = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", page))
    files = [(file.name, file.read_text("utf-8")) for file in TESTS.rglob("test_*.py")]
    there = {(name, test) for name, text in files for test in re.findall(r"def (test_\w+)\(", text)}
    missing = sorted(named - there)

    assert len(named) > 40
    assert missing == []
