"""Scorecards as an administrator asks for them: the same number in every way it is told, and what cannot be asked."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.central.commands.people.test_people_verbs import run
from tests.central.extracts.test_import_csv import written
from tests.central.extracts.test_import_records import FILES
from tests.central.running import init_words

MARCH = ("scorecard", "missing", "--from", "2026-03-01", "--to", "2026-03-31")
CARDS = (
    MARCH,
    ("scorecard", "cme", "--quarter", "2025-26Q4"),
    ("scorecard", "ehe", "--year", "2025"),
    ("scorecard", "exclusions", "--quarter", "2025-26Q4"),
    ("scorecard", "inclusion", "--year", "2025"),
)


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "central"
    assert run(folder, *init_words(folder), capsys=capsys)[0] == 0
    for what, text in FILES.items():
        assert run(folder, "import", what, str(written(tmp_path, f"{what}.csv", text)), capsys=capsys)[0] == 0
    return folder


@pytest.mark.parametrize("card", CARDS, ids=["missing", "cme", "ehe", "exclusions", "inclusion"])
def test_the_same_number_however_it_is_told(
    home: Path, capsys: pytest.CaptureFixture[str], card: tuple[str, ...]
) -> None:
    whole = json.loads(run(home, *card, "--json", capsys=capsys)[1])["figures"]
    table = list(csv.DictReader(run(home, *card, "--csv", capsys=capsys)[1].splitlines()))
    lines = run(home, *card, capsys=capsys)[1].splitlines()

    assert [row["number"] for row in table] == [one["number"] for one in whole]
    assert [int(row["count"]) for row in table] == [one["count"] for one in whole]
    assert [line.split()[:2] for line in lines[1:]] == [[one["number"], str(one["count"])] for one in whole]
    assert all(one["count"] == len(one["references"]) for one in whole)
    assert any(one["percent"] is not None for one in whole)
    most = max(whole, key=lambda one: one["count"])
    refs = run(home, *card, "--refs", most["number"], capsys=capsys)[1].split("\n")[:-1]
    assert refs == most["references"]


OUTSIDE = (*CARDS[:4], ("scorecard", "inclusion", "--quarter", "2025-26Q4"))


@pytest.mark.parametrize("card", OUTSIDE, ids=[card[1] for card in OUTSIDE])
def test_what_leaves_the_council_holds_no_small_number_and_nobody(
    home: Path, capsys: pytest.CaptureFixture[str], card: tuple[str, ...]
) -> None:
    inside = json.loads(run(home, *card, "--json", capsys=capsys)[1])["figures"]
    small = {one["number"] for one in inside if 1 <= one["count"] <= 4}
    assert small
    texts = [run(home, *card, "--outside", *way, capsys=capsys)[1] for way in (("--json",), ("--csv",), ())]
    told = json.loads(texts[0])["figures"]
    rows = list(csv.DictReader(texts[1].splitlines()))
    assert {one["number"] for one in told if one["hidden"]} >= small
    assert all(one["count"] is None or one["count"] == 0 or one["count"] > 4 for one in told)
    assert all(one["references"] is None for one in told)
    assert [row["count"] == "hidden" for row in rows] == [one["hidden"] for one in told]
    for text in texts:
        assert not [reference for one in inside for reference in one["references"] if f'"{reference}"' in text]
    assert "stay inside" in run(home, *card, "--outside", "--refs", "1", capsys=capsys)[2]


def test_references_are_the_numbers_of_the_case_system(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, *MARCH, "--refs", "5.3a", capsys=capsys)[1] == "E1\n"
    assert run(home, *MARCH, "--refs", "1.2", capsys=capsys)[1] == "C1\nC2\n"
    assert run(home, *MARCH, "--refs", "11.2", capsys=capsys)[1] == "E3\n"
    before = run(home, *MARCH, "--refs", "1.1", "--as-at", "2026-01-01T00:00+00:00", capsys=capsys)
    assert before == (0, "", "")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("missing",), "--from"),
        (("missing", "--from", "2026-03-31", "--to", "2026-03-01"), "ends before it begins"),
        ((*MARCH[1:], "--as-at", "2026-03-01"), "offset"),
        ((*MARCH[1:], "--as-at", "2999-01-01T00:00+00:00"), "not come yet"),
        ((*MARCH[1:], "--refs", "99"), "no figure 99"),
        (("cme", "--quarter", "2018-20Q4"), "not a quarter"),
        (("cme", "--quarter", "2018-19Q5"), "not a quarter"),
        (("ehe", "--year", "3"), "not the year"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], sentence: str
) -> None:
    status, out, err = run(home, "scorecard", *asked, capsys=capsys)
    assert (status, out) == (1, "")
    assert sentence in err


def test_facts_worked_out_anew_are_the_same(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = run(home, *MARCH, "--csv", capsys=capsys)[1]
    counts = json.loads(run(home, "facts", "rebuild", "--json", capsys=capsys)[1])
    assert counts == {
        "child": 5,
        "episode": 3,
        "interview": 2,
        "referral": 2,
        "home_education": 5,
        "exclusion": 2,
    }
    assert run(home, *MARCH, "--csv", capsys=capsys)[1] == before


def test_the_boards_year_is_its_quarters_and_tells_nothing_that_they_hide(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """S2 §16. Forty children came in one quarter and two in the next: their number is hidden, and so is the year’s."""
    rows = [f"N{n},N{n},F{n},A Child,female,,North,primary,,3,2025-11-04,,,no,no,,neglect" for n in range(40)]
    file = written(tmp_path, "more.csv", "\n".join([FILES["referrals"].split("\nR1")[0], *rows, ""]))
    assert run(home, "import", "referrals", str(file), capsys=capsys)[0] == 0
    told = json.loads(run(home, "report", "board", "--year", "2025", "--json", capsys=capsys)[1])["figures"]
    table = list(csv.DictReader(run(home, "report", "board", "--year", "2025", "--csv", capsys=capsys)[1].splitlines()))

    assert table == told
    new = next(one for one in told if one["Number"] == "1a-cases")
    assert (new["October to December"], new["January to March"], new["Year"]) == ("40", "hidden", "hidden")
    special = next(one for one in told if one["Figure"] == "Special, permanent")
    assert (special["January to March"], special["Year"]) == ("0", "0")
    assert (new["April to June"], new["Part"]) == ("0", "Children missing education")
    shown = [one[head] for one in told for head in list(one)[3:8] if one[head].isdecimal()]
    assert not {"1", "2", "3", "4"} & set(shown)
    assert {one["Part"] for one in told} == {
        "Children missing education", "Home education, school year", "Exclusions",
    }  # fmt: skip

    status, _out, err = run(home, "report", "board", "--year", "2199", capsys=capsys)
    assert status == 1
    assert "is not over before 2200-03-31" in err
