"""The list of what no program reaches is true: each line has its reason, and what was wired has left it."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.house.source import ROOT

LIST = ROOT / "tools" / "unreached.py"


def test_every_name_on_the_list_has_a_reason_and_is_still_unreached() -> None:
    lines = [line for line in LIST.read_text(encoding="utf-8").splitlines() if re.match(r"[A-Za-z_]\w*\b(?!:)", line)]
    without_reason = [line for line in lines if not re.fullmatch(r"\w+  # .{8,}", line)]
    found = subprocess.run(
        [sys.executable, "-m", "vulture", "casework", "judgement", "desktop", "central"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    unreached = set(re.findall(r"unused \w+ '(\w+)'", found.stdout))
    colours = {"WORD_PAIRS", "SHAPE_PAIRS"}  # their file is left out of what is looked at

    assert without_reason == []
    assert [line for line in lines if line.split()[0] not in unreached | colours] == []
