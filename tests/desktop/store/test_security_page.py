"""The page on security names only tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[2]


def test_every_test_the_security_page_names_exists() -> None:
    page = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", page))
    texts = {file.name: file.read_text("utf-8") for file in TESTS.rglob("test_*.py")}
    missing = [pair for pair in named if f"def {pair[1]}(" not in texts.get(pair[0], "")]

    assert len(named) > 40
    assert missing == []
