"""Exclusions year by year and quarter by quarter, and the card that crosses the four lists."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from central.figures.periods import Period, quarter, school_year
from central.figures.reckoning import card_of
from tests.central.extracts.test_import_records import facts, take
from tests.central.facts.kept_up import anew, kept_up
from tests.central.figures import made_records as made
from tests.central.figures.test_published import figures
from tests.central.running import Council

YEARS = (2016, 2017, 2018)
KINDS = {"fixed term": "fixed", "permanent": "permanent"}
LAST = "2018/19"


def published_counts() -> dict[tuple[str, str, str], int]:
    """By phase, kind and year."""
    found = {}
    for line in made.published("exclusions"):
        phase, kind = line.name.split(" ", maxsplit=1)
        found[phase, KINDS[kind], line.period] = line.count
    return found


def exclusions(year: int) -> list[made.Row]:
    """As published, spread over the year; of the last nothing is checked, and nothing comes after 30 August."""
    named = f"{year}/{(year + 1) % 100}"
    ways = [
        (phase, kind)
        for (phase, kind, period), count in published_counts().items()
        if period == named
        for _ in range(count)
    ]
    first = date(year, 9, 1)
    return [
        {
            "exclusion_ref": f"X{year}-{place}",
            "child_ref": f"C{place % 50}",
            "kind": kind,
            "school": "A School",
            "phase": phase,
            "from": (first + timedelta(days=place * 37 % 360)).isoformat(),
            "validated": "no" if named == LAST else "yes",
        }
        for place, (phase, kind) in enumerate(ways)
    ]


def children(many: int) -> str:
    return made.as_csv([{"child_ref": f"C{place}", "name": f"Child {place}"} for place in range(many)])


@pytest.mark.parametrize("year", YEARS)
def test_the_year_of_exclusions(council: Council, tmp_path: Path, year: int) -> None:
    assert take(council, tmp_path, "children", children(50)).refused == []
    rows = exclusions(year)
    found = take(council, tmp_path, "exclusions", made.as_csv(rows))
    assert (found.refused, found.new) == ([], len(rows))
    got = figures(council, "exclusions", school_year(year))
    named = f"{year}/{(year + 1) % 100}"
    for number, phase in (("2", "primary"), ("3", "secondary")):
        for kind in KINDS.values():
            assert got[f"{number}-{kind}"].count == published_counts()[phase, kind, named]
    assert got["9-unchecked"].count == (got["1"].count if named == LAST else 0)
    by_quarter = [quarter(f"{year}-{(year + 1) % 100}Q3"), quarter(f"{year}-{(year + 1) % 100}Q4")]
    told = [figures(council, "exclusions", period)["1"].count for period in by_quarter]
    assert told == [
        sum(period.first.isoformat() <= row["from"] <= period.last.isoformat() for row in rows) for period in by_quarter
    ]


def test_what_the_table_of_exclusions_got_wrong() -> None:
    """A year that was not over beside two that were, none of it checked, and “stabilisation” where there was none."""
    last = [line for line in made.published("exclusions") if line.period == LAST]
    assert {line.note for line in last} == {"unvalidated 30/08/19"}
    taken = date(2019, 8, 30)
    assert taken < school_year(2018).last  # a day was still to come
    counts, card = published_counts(), card_of("exclusions")
    before, now = counts["secondary", "permanent", "2017/18"], counts["secondary", "permanent", LAST]
    assert card.percent(before - now, before) == Decimal("12.2")  # which the report calls stable
    earlier = counts["secondary", "permanent", "2016/17"]
    assert card.percent(before - earlier, earlier) == Decimal("36.7")
    small = [counts["primary", "permanent", period] for period in ("2016/17", "2017/18", LAST)]
    assert small == [8, 3, 13]  # the three would be hidden outside the council, and was printed


EXCLUSIONS = """exclusion_ref,child_ref,kind,school,phase,from,days,reason,send,looked_after,reinstated,validated
X1,C0,fixed,Hill School,secondary,2026-03-02,1.5,DB,K,yes,,yes
X2,C0,fixed,Hill School,secondary,2026-03-09,0.5,Answered back,no,no,no,no
X3,C0,fixed,Hill School,secondary,2026-03-16,20,weapon,E,,,
X4,C1,permanent,,,2026-03-20,,bullying,yes,no,yes,no
X5,C1,fixed,,primary,,,,,,,
X6,C2,permanent,Dale School,special,2026-04-01,,OT,none,no,no,yes
"""


def test_each_answer_of_an_exclusion_is_counted_and_none_is_lost(council: Council, tmp_path: Path) -> None:
    take(council, tmp_path, "children", children(3))
    found = take(council, tmp_path, "exclusions", EXCLUSIONS)
    assert (found.new, found.refused) == (6, [])
    got = figures(council, "exclusions", Period(date(2026, 3, 1), date(2026, 3, 31)))
    told = {number: one.count for number, one in got.items() if one.count}
    assert told == {
        "1": 4, "1-children": 2, "1-repeatedly": 1, "3-fixed": 3, "5-permanent": 1, "6-1": 1, "6-5": 1, "6-more": 1,
        "7-sen-support": 1, "7-ehcp": 1, "7-none": 1, "7-kind-not-known": 1, "7-looked-after": 1,
        "7-looked-after-unknown": 1, "8": 1, "9-checked": 1, "9-unchecked": 2, "9-unknown": 1, "reason-weapon": 1,
        "reason-bullying": 1, "reason-disruption": 1, "reason-other": 1, "sex-unknown": 4, "11": 1,
    }  # fmt: skip
    assert {row["half_days"] for row in facts(council, "exclusion")} == {None, 1, 3, 40}
    with council.service.database.reading() as connection:
        assert kept_up(connection) == anew(connection)


def test_groups_of_figures_part_the_whole(council: Council, tmp_path: Path) -> None:
    """Whatever the records say, each exclusion stands in exactly one figure of each kind."""
    chance = random.Random(20261129)
    take(council, tmp_path, "children", children(12))
    rows = [chosen_exclusion(chance, place) for place in range(120)]
    assert take(council, tmp_path, "exclusions", made.as_csv(rows)).refused == []
    got = figures(council, "exclusions", school_year(2025))
    for group in ("2- 3- 4- 5-", "7-sen 7-ehcp 7-none 7-kind 7-unknown", "9-", "reason-", "sex-"):
        parts = [one for number, one in got.items() if number.startswith(tuple(group.split()))]
        assert sorted(each for one in parts for each in one.references) == sorted(got["1"].references), group
    fixed = [one for number, one in got.items() if number.startswith("6-")]
    assert sum(one.count for one in fixed) == fixed[0].denominator


def chosen_exclusion(chance: random.Random, place: int) -> made.Row:
    yes_no = ("yes", "no", "")
    return {
        "exclusion_ref": f"X{place}",
        "child_ref": f"C{chance.randrange(12)}",
        "kind": chance.choice(("fixed", "permanent")),
        "phase": chance.choice(("primary", "secondary", "special", "unknown", "")),
        "from": (date(2025, 9, 1) + timedelta(days=chance.randrange(400))).isoformat(),
        "days": chance.choice(("", "0.5", "1", "5", "5.5", "15", "16")),
        "reason": chance.choice(("", "PP", "disruption", "Rude", "other")),
        "send": chance.choice(("", "none", "sen_support", "ehcp", "yes")),
        **{name: chance.choice(yes_no) for name in ("looked_after", "reinstated", "validated")},
    }


LISTS = ("missing", "cme", "ehe", "excluded")
PERIOD = quarter("2025-26Q4")
FIRST, LAST_DAY = PERIOD.first.isoformat(), PERIOD.last.isoformat()


def test_the_card_that_crosses_the_lists_is_the_crossing_of_the_lists(council: Council, tmp_path: Path) -> None:
    """Against sets of children made of the extracts by hand."""
    lists = chosen_lists(random.Random(7))
    take(council, tmp_path, "children", children(25))
    for what, rows in lists.items():
        assert take(council, tmp_path, what, made.as_csv(rows)).refused == []
    of = children_of(lists)
    got = {number: set(one.references) for number, one in figures(council, "inclusion", PERIOD).items()}

    names = dict(zip("abcd", LISTS, strict=True))
    assert {letter: got[f"1{letter}"] for letter in names} == {letter: of[name] for letter, name in names.items()}
    assert got["1"] == set().union(*(of[name] for name in LISTS))
    crossed = {number: letters for number in got if (letters := number.partition("-")[2]) and number[0] in "34"}
    assert len(crossed) == 10
    for number, letters in crossed.items():
        assert got[number] == set.intersection(*(of[names[letter]] for letter in letters)), number
    sizes = {child: sum(child in of[name] for name in LISTS) for child in got["1"]}
    for size in range(1, 5):
        assert got[f"2-{size}"] == {child for child in sizes if sizes[child] == size}
        assert got[f"2-{size}"]
    assert got["5"] == of["cse"]
    assert got["5-excluded"] == of["cse"] & of["excluded"]
    assert got["6"] == of["permanent"]
    assert got["6-home-education"] == of["permanent"] & of["ehe"]


def chosen_lists(chance: random.Random) -> dict[str, list[made.Row]]:
    def some(many: int, prefix: str, reference: str, row: Callable[[], made.Row]) -> list[made.Row]:
        return [
            {reference: f"{prefix}{place}", "child_ref": f"C{chance.randrange(25)}", **row()} for place in range(many)
        ]

    def near() -> date:
        return date(2025, 11, 1) + timedelta(days=chance.randrange(240))

    def until(begun: date) -> str:
        return chance.choice(("", (begun + timedelta(days=chance.randrange(1, 90))).isoformat()))

    def away() -> made.Row:
        begun, level = near(), chance.choice(("none", "low", "medium", "high"))
        state = chance.choice(("counted", "counted", "duplicate"))
        return {
            "started_at": f"{begun}T12:00:00+00:00",
            "returned_at": f"{begun}T18:00:00+00:00",
            "cse_level": level,
            "record_state": state,
        }

    def case() -> made.Row:
        begun = near()
        closed = until(begun)
        return {"opened_on": begun.isoformat(), "closed_on": closed, "outcome": "found_ehe" if closed else ""}

    def spell() -> made.Row:
        begun = near()
        ended = until(begun)
        return {"started_on": begun.isoformat(), "ended_on": ended, "end_reason": "returned_school" if ended else ""}

    def out() -> made.Row:
        return {"kind": chance.choice(("fixed", "permanent")), "from": near().isoformat()}

    return {
        "episodes": some(45, "E", "episode_ref", away),
        "referrals": some(30, "R", "referral_ref", case),
        "spells": some(30, "S", "spell_ref", spell),
        "exclusions": some(40, "X", "exclusion_ref", out),
    }


def children_of(lists: dict[str, list[made.Row]]) -> dict[str, set[str]]:
    away = [row for row in lists["episodes"] if row["record_state"] == "counted" and began_in(row["started_at"][:10])]
    out = [row for row in lists["exclusions"] if began_in(row["from"])]
    found = {
        "missing": away,
        "cse": [row for row in away if row["cse_level"] in ("medium", "high")],
        "cme": [row for row in lists["referrals"] if went_on(row["opened_on"], row["closed_on"])],
        "ehe": [row for row in lists["spells"] if went_on(row["started_on"], row["ended_on"])],
        "excluded": out,
        "permanent": [row for row in out if row["kind"] == "permanent"],
    }
    return {name: {row["child_ref"] for row in rows} for name, rows in found.items()}


def began_in(day: str) -> bool:
    return FIRST <= day <= LAST_DAY


def went_on(begun: str, ended: str) -> bool:
    return begun <= LAST_DAY and (not ended or ended >= FIRST)
