"""Each of the twenty-five checks of the window names a test that is there."""

from __future__ import annotations

import re

from tests.house.named_tests import NAMED, gone
from tests.house.source import ROOT


def test_every_check_names_a_test_that_is_there() -> None:
    lines = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8").splitlines()
    checks = {int(found[1]): line for line in lines if (found := re.match(r"\| (\d+) \|", line))}

    assert sorted(checks) == list(range(1, 26))
    assert [line for line in checks.values() if NAMED.search(line) is None] == []
    assert [missing for line in checks.values() for missing in gone(line)] == []
