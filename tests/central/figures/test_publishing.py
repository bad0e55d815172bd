"""What was published stays as it was, whatever is written afterwards, and stands beside what is known now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.central.commands.test_figure_verbs import MARCH
from tests.central.commands.test_people_verbs import run
from tests.central.extracts.test_import_csv import written
from tests.central.extracts.test_import_records import CHILDREN, EPISODES
from tests.central.running import init_words

ONE_MORE = EPISODES + "E9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00,lac,no,medium,3,,,,,,,,counted\n"


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "central"
    assert run(folder, *init_words(folder), capsys=capsys)[0] == 0
    for what, text in (("children", CHILDREN), ("episodes", EPISODES)):
        assert run(folder, "import", what, str(written(tmp_path, f"{what}.csv", text)), capsys=capsys)[0] == 0
    return folder


def test_a_published_month_never_changes(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = run(home, *MARCH, "--publish", capsys=capsys)
    assert nobody[0] == 1
    assert "somebody’s name" in nobody[2]
    words = ("--publish", "--by", "Dana Whitlock", "--words", "Fewer than last year.")
    first = json.loads(run(home, *MARCH, *words, "--json", capsys=capsys)[1])
    assert first["published"]["by"] == "Dana Whitlock"
    assert first["published"]["words"] == "Fewer than last year."

    late = written(tmp_path, "late.csv", ONE_MORE)
    assert run(home, "import", "episodes", str(late), capsys=capsys)[0] == 0
    now = json.loads(run(home, *MARCH, "--json", capsys=capsys)[1])
    before = {one["number"]: one["count"] for one in first["figures"]}
    assert {one["number"]: one["published"] for one in now["figures"]} == before
    counts = {one["number"]: one["count"] for one in now["figures"]}
    assert (counts["1.1"], before["1.1"]) == (3, 2)
    assert now["published"] == first["published"]
    other = json.loads(run(home, *MARCH[:4], "--to", "2026-03-30", "--json", capsys=capsys)[1])
    assert other["published"] is None


def test_what_was_published_is_not_told_outside(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a hidden number it would say it."""
    run(home, *MARCH, "--publish", "--by", "Dana Whitlock", capsys=capsys)
    told = json.loads(run(home, *MARCH, "--outside", "--json", capsys=capsys)[1])
    assert told["published"] is None
    assert {one["published"] for one in told["figures"]} == {None}
