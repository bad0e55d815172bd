"""What was published stays as it was, whatever is written afterwards, and stands beside what is known now."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from central.feed.feed_moments import place_at
from central.figures.periods import AsAt, Period
from central.figures.publishing import Publishing, publish
from central.figures.reckoning import card_of, reckon
from tests.central.commands.people.test_people_verbs import run
from tests.central.commands.test_figure_verbs import MARCH
from tests.central.extracts.test_import_csv import written
from tests.central.extracts.test_import_records import CHILDREN, EPISODES, EXCLUSIONS
from tests.central.running import Council, init_words

HEAD = EPISODES.split("\n", maxsplit=1)[0]
ONE_MORE = EPISODES + "E9,C1,2026-03-20T22:00:00+00:00,2026-03-21T09:00:00+00:00,lac,no,medium,3,,,,,,,,counted\n"


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "central"
    assert run(folder, *init_words(folder), capsys=capsys)[0] == 0
    for what, text in (("children", CHILDREN), ("episodes", EPISODES)):
        assert run(folder, "import", what, str(written(tmp_path, f"{what}.csv", text)), capsys=capsys)[0] == 0
    return folder


def publish_now(council: Council, card: str, first: str, last: str) -> None:
    """By nobody in particular."""
    now, period = council.clock(), Period(date.fromisoformat(first), date.fromisoformat(last))
    with council.service.database.writing() as connection:
        as_at = AsAt.of(place_at(connection, None, now), now)
        found = reckon(connection, card_of(card), period, as_at)
        publish(connection, Publishing(card, period, as_at, now, "Eve", now), found)


def inside(home: Path, capsys: pytest.CaptureFixture[str], *card: str) -> dict[str, int | None]:
    told = json.loads(run(home, *card, "--json", capsys=capsys)[1])
    return {one["number"]: one["count"] for one in told["figures"]}


def outside(home: Path, capsys: pytest.CaptureFixture[str], *card: str) -> dict[str, int | None]:
    return inside(home, capsys, *card, "--outside")


def alike(home: Path, folder: Path, capsys: pytest.CaptureFixture[str], many: int, name: str) -> None:
    """So many children of one kind, each with one episode of one kind in March."""
    kids = [f"{name}{n},Kid {name}{n},2010-05-01,female,A1,\n" for n in range(many)]
    begun = [f"{name}e{n},{name}{n},2026-03-12T22:00:00+00:00,2026-03-13T09:00:00+00:00,cin,no,none,,,,,,,,,counted\n"
             for n in range(many)]  # fmt: skip
    children = written(folder, f"{name}c.csv", "".join([CHILDREN.split("\n", maxsplit=1)[0], "\n", *kids]))
    episodes = written(folder, f"{name}e.csv", "".join([HEAD, "\n", *begun]))
    for what, file in (("children", children), ("episodes", episodes)):
        assert run(home, "import", what, str(file), capsys=capsys)[0] == 0


def test_a_later_edition_tells_outside_nothing_that_could_be_taken_from_the_one_before(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One child more is one child, with sex, age and origin; six more are six. What was hidden once stays hidden."""
    by = (*MARCH, "--publish", "--by", "Dana Whitlock")
    alike(home, tmp_path, capsys, 20, "a")
    assert run(home, *by, capsys=capsys)[0] == 0
    first = outside(home, capsys, *MARCH)
    assert first["7.1"] is None or first["7.2"] is None  # one boy
    alike(home, tmp_path, capsys, 1, "b")
    assert outside(home, capsys, *MARCH) == first
    assert run(home, *by, capsys=capsys)[0] == 0
    inside = {
        one["number"]: one["count"] for one in json.loads(run(home, *MARCH, "--json", capsys=capsys)[1])["figures"]
    }
    assert outside(home, capsys, *MARCH) == first
    assert inside["1.1"] == 23

    alike(home, tmp_path, capsys, 6, "c")
    assert run(home, *by, capsys=capsys)[0] == 0
    later = outside(home, capsys, *MARCH)
    differences = {number: count - before for number, count in later.items() if count is not None
                   and (before := first[number]) is not None}  # fmt: skip
    assert set(differences.values()) == {0, 7}
    assert {number for number, count in first.items() if count is None} <= {
        number for number, count in later.items() if count is None
    }


def test_periods_that_overlap_do_not_leave_the_council(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A year to date less its months, or a month less its weeks."""
    for last in ("2026-06-30", "2026-03-30"):
        status, out, err = run(home, *MARCH[:4], "--to", last, "--outside", capsys=capsys)
        assert (status, out) == (1, "")
        assert "overlap" in err
    then = run(home, *MARCH, "--outside", "--as-at", "2026-11-01T00:00+00:00", capsys=capsys)
    assert "leave out --as-at" in then[2]


def test_the_card_that_crosses_the_lists_gives_away_nothing_of_theirs(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nine exclusions for good of eight children: one child was excluded twice, which neither card says alone."""
    alike(home, tmp_path, capsys, 30, "a")
    rows = [
        f"X{n},a{min(n, 7)},permanent,Hill School,secondary,2026-03-{n + 2:02},,DB,none,no,,yes\n" for n in range(9)
    ]
    fixed = [f"Y{n},a{n + 8},fixed,Hill School,secondary,2026-03-10,1,DB,none,no,,yes\n" for n in range(12)]
    file = written(tmp_path, "x.csv", "".join([EXCLUSIONS.split("\n", maxsplit=1)[0], "\n", *rows, *fixed]))
    assert run(home, "import", "exclusions", str(file), capsys=capsys)[0] == 0
    quarter = ("--quarter", "2025-26Q4")
    excluded = outside(home, capsys, "scorecard", "exclusions", *quarter)
    crossed = outside(home, capsys, "scorecard", "inclusion", *quarter)
    assert inside(home, capsys, "scorecard", "inclusion", *quarter)["6"] == 8
    assert excluded["3-permanent"] == 9
    assert crossed["6"] is None
    assert crossed["1d"] in (None, excluded["1-children"])
    assert crossed["1"] == 32


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
