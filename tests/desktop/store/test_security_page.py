"""The page on security names only tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_every_test_the_security_page_names_exists() -> None:
    page = (HERE.parents[2] / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", page))
    missing = [pair for pair in named if f"def {pair[1]}(" not in (HERE / pair[0]).read_text("utf-8")]

    assert len(named) > 40
    assert missing == []
