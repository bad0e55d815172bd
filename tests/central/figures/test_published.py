"""Records that come to the published numbers give every published figure back; and what the tables got wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from casework.practice.calendar import london_day
from casework.practice.figures.rows_in_hand import ROWS, Held, InHand, counted_ids
from central.database.fact_tables import FACT_TABLES, FOREVER
from central.feed.feed_moments import place_at
from central.figures.periods import AsAt, Period, quarter, school_year
from central.figures.reckoning import Reckoned, card_of, reckon
from tests.central.extracts.test_import_records import take
from tests.central.figures import made_records as made
from tests.central.running import Council

MONTHS = {
    "2019-04": (Period(date(2019, 4, 1), date(2019, 4, 30)), 19),
    "2019-05": (Period(date(2019, 5, 1), date(2019, 5, 31)), 7),
    "2019-06": (Period(date(2019, 6, 1), date(2019, 6, 30)), 25),
    "2019/20 YTD to Jun": (Period(date(2019, 4, 1), date(2019, 6, 30)), 52),
}
YTD = "2019/20 YTD to Jun"


def figures(council: Council, card: str, period: Period) -> dict[str, Reckoned]:
    now = council.clock()
    with council.service.database.writing() as connection:
        as_at = AsAt.of(place_at(connection, None, now), now)
        found = {one.figure.number: one for one in reckon(connection, card_of(card), period, as_at)}
    assert all(one.count == len(set(one.references)) for one in found.values())
    if card in ROWS_OF:
        assert in_hand(council, card, period) == {number: sorted(one.ids) for number, one in found.items()}
    return found


ROWS_OF = {"missing": "episode", "cme": "referral", "ehe": "home_education", "exclusions": "exclusion"}


def in_hand(council: Council, card: str, period: Period) -> dict[str, list[str]]:
    """As a laptop counts what it holds: of the same facts, without a database."""
    held: dict[str, list[Held]] = defaultdict(list)
    with council.service.database.reading() as connection:
        for subject, table in FACT_TABLES.items():
            for row in connection.execute(select(table).where(table.c.to_seq == FOREVER)).mappings():
                held[subject].append(Held(row["record_id"], row["child_id"], dict(row)))
    hand = InHand.of(held, period.first, period.last, london_day(council.clock()))
    return counted_ids(card_of(card), ROWS[ROWS_OF[card]](hand))


@pytest.mark.parametrize("name", MONTHS)
def test_the_missing_month(council: Council, tmp_path: Path, name: str) -> None:
    lines = [line for line in made.published("missing_monthly") if line.period == name]
    period, others = MONTHS[name]
    children, episodes = made.missing(defaultdict(int, {line.number: line.count for line in lines}), period, others)
    assert take(council, tmp_path, "children", made.as_csv(children)).refused == []
    assert take(council, tmp_path, "episodes", made.as_csv(episodes)).refused == []
    found = figures(council, "missing", period)

    assert {line.number: found[line.number].count for line in lines} == {line.number: line.count for line in lines}
    wrong = {line.number: (line.percent, found[line.number].percent) for line in lines if not is_same(line, found)}
    # The year to date prints two of its percentages with a decimal, and no other.
    assert wrong == ({"4.5": ("1.3", Decimal(1)), "4.6": ("0.3", Decimal(0))} if name == YTD else {})
    lost = {"2019-04": 0, "2019-05": 1, "2019-06": 1, YTD: 2}[name]
    assert found["5.3c"].count == lost == found["5.2"].count - found["5.3a"].count - found["5.3b"].count
    assert sum(found[f"4.{number}"].count for number in range(1, 8)) == found["1.1"].count


def is_same(line: made.Published, found: dict[str, Reckoned]) -> bool:
    return not line.percent or found[line.number].percent == Decimal(line.percent)


CME = {
    "1a": {"new referrals, children": "1a", "new referrals, families": "1a-families"},
    "1b": {"of 1a, previous CME": "1b"},
    "2": {"new male": "2-male", "new female": "2-female"},
    "3": {
        "new North": "3-north",
        "new South": "3-south",
        "new Central": "3-central",
        "new no locality/outside": "3-none",
    },
    "4": {"new primary": "4-primary", "new secondary": "4-secondary"},
    "6": {"active at period end": "6"},
    "7": {"resolved": "7"},
    "9": {"current male": "9-male", "current female": "9-female"},
    "10": {
        "current North": "10-north",
        "current South": "10-south",
        "current Central": "10-central",
        "current none": "10-none",
    },
    "11": {
        "current primary": "11-primary",
        "current secondary": "11-secondary",
        "current special/inclusion": "11-special",
        "current unknown": "11-unknown",
    },
    "12": {"open <=6 months": "12-6", "open 7-12": "12-12", "open 13-18": "12-18", "open >18": "12-more"},
    "13": {"FSM eligible": "13"},
    "family_size": {
        "one child": "family-1",
        "two": "family-2",
        "three": "family-3",
        "four": "family-4",
        "five+": "family-5",
        "families total": "family-all",
    },
    "open_to": {
        "social care": "open-to-social-care",
        "early help locality": "open-to-help-locality",
        "early help partners": "open-to-help-partners",
    },
}
ORIGINS = {
    "White British": "white_british",
    "Asian Pakistani": "pakistani",
    "Asian Indian": "indian",
    "Any other Asian": "other_asian",
    "Black African": "black_african",
    "Any other Black": "other_black",
    "Gypsy/Roma": "roma",
    "Not known": "unknown",
    "Any other white": "other_white",
    "Any other ethnic group": "other",
}


def number_of(line: made.Published) -> str:
    """Our number of a published line of the CME scorecard."""
    if line.number in CME:
        return CME[line.number][line.name]
    match line.number:
        case "5":
            return f"5-{ORIGINS[line.name.removeprefix('new ')]}"
        case "ethnicity_current":
            return f"ethnicity-{ORIGINS[line.name.removeprefix('current ')]}"
        case "year_group":
            return f"year-{line.name.removeprefix('current Year ')}"
        case "presenting_need":
            return f"need-{line.name}"
    return f"{line.number}-{line.name}"


def imported_quarter(council: Council, folder: Path, name: str) -> tuple[list[made.Published], dict[str, Reckoned]]:
    lines = [line for line in made.published("cme_quarterly") if line.period == f"2018/19 {name}"]
    period = quarter(f"2018-19{name}")
    rows = made.referrals(made.Quarter({(line.number, line.name): line.count for line in lines}), period)
    found = take(council, folder, "referrals", made.as_csv([{"name": "A Child", **row} for row in rows]))
    assert found.refused == []
    return lines, figures(council, "cme", period)


@pytest.mark.parametrize("name", ["Q1", "Q2", "Q3", "Q4"])
def test_the_cme_quarter(council: Council, tmp_path: Path, name: str) -> None:
    lines, found = imported_quarter(council, tmp_path, name)
    assert {number_of(line): found[number_of(line)].count for line in lines} == {
        number_of(line): line.count for line in lines
    }
    assert found["14"].count + found["1a-cases"].count - found["7"].count == found["6"].count
    families = [found[f"family-{size}"] for size in range(1, 6)]
    assert sum(one.count for one in families) == found["family-all"].count == families[0].denominator


def test_the_meals_and_the_words_of_the_fourth_quarter(council: Council, tmp_path: Path) -> None:
    _, found = imported_quarter(council, tmp_path, "Q4")
    assert found["13"].percent == Decimal("21.3")
    assert found["1b"].percent == Decimal("42.1")
    assert found["ethnicity-roma"].percent == Decimal("53.1")  # not 44%, a total of four snapshots
    assert found["ethnicity-unknown"].percent == Decimal("20.6")  # not 33%


@pytest.mark.parametrize("year", range(2014, 2019))
def test_the_year_of_home_education(council: Council, tmp_path: Path, year: int) -> None:
    lines = [line for line in made.published("ehe_annual") if line.period == f"{year}/{(year + 1) % 100}"]
    counts = {line.name: line.count for line in lines}
    spells, enquiries = made.home_education(counts, year)
    children = [{"child_ref": row["child_ref"], "name": "A Child"} for row in enquiries]
    assert take(council, tmp_path, "children", made.as_csv(children)).refused == []
    assert take(council, tmp_path, "spells", made.as_csv(spells)).refused == []
    assert take(council, tmp_path, "enquiries", made.as_csv(enquiries)).refused == []
    found = figures(council, "ehe", school_year(year))

    assert {line.name: found[EHE[line.name]].count for line in lines} == counts
    rows = sum(found[number].count for number in ("1", "2", "3", "4", "5"))
    assert (rows, found["6c"].count) == ((299, 2) if year == 2017 else (found["6"].count, 0))


KINDS = ["food_bank", "food_bank", "early_help", "health; ehcp_request", ""]


def test_involvements_are_counted_once_by_their_kind_of_support(council: Council, tmp_path: Path) -> None:
    """S1 EHE 2.5.1: those that did not become home education; and a figure outside hides the few as it does all."""
    who = [{"child_ref": f"C{number}", "name": "A Child"} for number, _ in enumerate(KINDS)]
    asked = [
        {"enquiry_ref": f"Q{number}", "child_ref": f"C{number}", "opened_on": "2026-01-05", "closed_on": "2026-02-02",
         "outcome": "not_ehe", "support": kind}
        for number, kind in enumerate(KINDS)
    ]  # fmt: skip
    assert take(council, tmp_path, "children", made.as_csv(who)).refused == []
    assert take(council, tmp_path, "enquiries", made.as_csv(asked)).refused == []
    found = figures(council, "ehe", school_year(2025))

    kinds = {number: one.count for number, one in found.items() if number.startswith("7") and one.count}
    assert kinds == {"7": 5, "7e": 1, "7f": 2, "7i": 2}


EHE = {
    "current (Y0-Y10, 31 Aug)": "1",
    "returned/started school": "2",
    "referred to CME": "3",
    "transferred LA": "4",
    "Y11 leavers": "5",
    "ever EHE": "6",
    "involvement": "7",
    "pending": "8",
    "all known": "9",
    "girls primary": "10-girls-primary",
    "girls secondary": "10-girls-secondary",
    "girls Y11 leavers": "10-girls-leavers",
    "boys primary": "10-boys-primary",
    "boys secondary": "10-boys-secondary",
    "boys Y11 leavers": "10-boys-leavers",
    "total primary": "10-primary",
    "total secondary": "10-secondary",
    "total Y11 leavers": "5",
}


def test_the_published_quarters_do_not_follow_from_each_other_and_ours_always_do() -> None:
    """Opening and new less resolved is not the closing that was published; with records it is, whatever they are."""
    found = {(line.number, line.name, line.period[-2:]): line.count for line in made.published("cme_quarterly")}
    new = ("1a", "new referrals, children")
    active, resolved = ("6", "active at period end"), ("7", "resolved")
    follows = {
        later: found[(*active, before)] + found[(*new, later)] - found[(*resolved, later)]
        for before, later in (("Q1", "Q2"), ("Q2", "Q3"), ("Q3", "Q4"))
    }
    assert follows == {"Q2": 131, "Q3": 169, "Q4": 156}
    assert {name: found[(*active, name)] for name in follows} == {"Q2": 146, "Q3": 151, "Q4": 160}


def test_what_the_reports_said_and_the_tables_do_not() -> None:
    """Sentences beside the tables that name another quarter's number, or a share of something else."""
    cme = {(line.number, line.name, line.period[-2:]): line.count for line in made.published("cme_quarterly")}
    assert cme["7", "resolved", "Q1"] == 134  # the report's 120 is the third quarter's
    central, all_new = cme["3", "new Central", "Q1"], cme["1a", "new referrals, children", "Q2"]
    card = card_of("cme")
    assert card.percent(central, all_new) == Decimal("82.5")  # one quarter's children over another's
    second = card.percent(cme["3", "new Central", "Q2"], all_new)
    assert second == Decimal("62.7")
    missing = {(line.number, line.period): line.count for line in made.published("missing_monthly")}
    shares = {
        month: [
            card_of("missing").percent(missing[number, month], missing["1.1", month])
            for number in ("8.16", "8.1", "8.15")
        ]
        for month in ("2019-05", "2019-06")
    }
    assert shares["2019-05"] == [38, 56, 6]  # drawn in the report as June's
    assert shares["2019-06"] == [7, 84, 9]
    not_clients, of_others = missing["6.6", "2019-06"], missing["6.7", "2019-06"]
    assert of_others <= not_clients  # within the 20 per cent, not additional to it
    offered, accepted = missing["5.1", "2019-06"], missing["5.2", "2019-06"]
    assert card_of("missing").percent(offered, offered + 25) == 77  # of those it was right for, not of children
    assert card_of("missing").percent(accepted, offered) == 84
