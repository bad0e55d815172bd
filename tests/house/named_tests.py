"""Tests that a page of `docs/` names: are they there, and do they run in `make test`?"""

from __future__ import annotations

import re

from tests.house.source import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def gone(line: str) -> list[str]:
    """Those that the line names and that are not there, or are left to the soak."""
    return [f"{file}::{test}" for file, test in NAMED.findall(line) if not _stands(file, test)]


def _stands(file: str, test: str) -> bool:
    text = (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).exists() else ""
    found = re.search(rf"((?:^@.*\n)*)^def {test}\(", text, re.M)
    return found is not None and "soak" not in found[1]
