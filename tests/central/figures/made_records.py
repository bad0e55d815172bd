"""Invented records that come to the published numbers: one set of extracts for each published period.

The published tables count in several ways at once (by care, age, sex ...). Each way is dealt out over the same
episodes; what belongs to the child, as sex does, is dealt out over children: all of a child's episodes share it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from casework.practice.calendar import add_months
from central.figures.periods import Period

PUBLISHED = Path(__file__).parent / "published.csv"
Row = dict[str, str]
Dealt = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Published:
    number: str
    name: str
    period: str
    count: int
    percent: str
    note: str


def published(card: str) -> list[Published]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scorecard"] == card and row["count"]]
    return [
        Published(row["ref"].rstrip("?"), row["name"], row["period"], int(row["count"]), row["percent"], row["note"])
        for row in rows
    ]


def as_csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def dealt(counts: Dealt) -> list[str]:
    return [value for value, count in counts.items() for _ in range(count)]


@dataclass(eq=False)
class Episode:
    child: int
    cells: Row = field(default_factory=dict)


def missing(counts: Dealt, period: Period, others: int) -> tuple[list[Row], list[Row]]:
    """The children and episodes of a period. `others`: to how many, of those it was right for, no interview was
    offered, which is not published."""
    sizes = _sizes(counts)
    episodes = [Episode(child) for child, size in enumerate(sizes) for _ in range(size)]
    children = _children(sizes, counts)
    for each in episodes:
        each.cells["child_ref"] = f"C{each.child}"
    _care(episodes, sizes, counts)
    _cse(episodes, sizes, counts)
    _times(episodes, counts, period)
    _interviews(episodes, counts, others)
    for number, each in enumerate(episodes):
        each.cells |= {"episode_ref": f"E{number}", "record_state": "counted"}
    return children, [each.cells for each in episodes]


def _sizes(counts: Dealt) -> list[int]:
    """How many episodes each child has: few children have many, and of them seven in ten most of all."""
    often, looked_after = counts["1.3"], counts["2.3"]
    rarely = counts["1.2"] - often
    most, left = counts["1.1"] - rarely - 3 * (often - looked_after), looked_after
    sizes = [most // left + (place < most % left) for place in range(left)]
    return [*sizes, *[3] * (often - looked_after), *[1] * rarely]


def _children(sizes: Sequence[int], counts: Dealt) -> list[Row]:
    ethnicity = {code: counts[number] for number, code in ETHNICITY.items() if counts.get(number)}
    sex = _placed(sizes, {"female": counts["7.1"], "male": counts["7.2"]})
    age = _placed(sizes, {str(number): counts[f"9.{number}"] for number in range(1, 10)})
    return [
        {"child_ref": f"C{child}", "name": f"Child {child}", "sex": one, "ethnicity": two, "date_of_birth": BORN[three]}
        for child, (one, two, three) in enumerate(zip(sex, _placed(sizes, ethnicity), age, strict=True))
    ]


ETHNICITY = {
    "8.1": "A1", "8.3": "A3", "8.5": "A5", "8.6": "B1", "8.7": "B2", "8.8": "B3", "8.9": "B4", "8.10": "C2",
    "8.11": "C4", "8.12": "D2", "8.14": "E2", "8.15": "E4",
}  # fmt: skip
BORN = {"1": "2011-01-01", "9": "2001-01-01"} | {str(age - 8): f"{2019 - age}-01-01" for age in range(10, 17)}


def _placed(sizes: Sequence[int], wanted: Dealt) -> list[str]:
    """A value for each child, so that the episodes of all with one value come to its count."""
    left = dict(wanted)
    found = []
    for size in sizes:
        value = max(left, key=lambda name: left[name])
        assert left[value] >= size, "these counts cannot be dealt out over these children"
        left[value] -= size
        found.append(value)
    assert not any(left.values())
    return found


def _some(episodes: Sequence[Episode], sizes: Sequence[int], counts: Dealt, card: str) -> list[Episode]:
    """Of as many children as published: some three times or more, the others once."""
    total, children, often = (counts[f"{card}.{number}"] for number in (1, 2, 3))
    rarely = [child for child, size in enumerate(sizes) if size == 1][: children - often]
    chosen = [each for each in episodes if each.child in rarely]
    wanted = total - len(chosen)
    taken: dict[int, int] = dict.fromkeys(range(often), 0)
    of_often = [each for each in episodes if each.child in taken]
    first_three = [each for each in of_often if _nth(taken, each) <= 3]
    return [*chosen, *first_three, *[each for each in of_often if each not in first_three][: wanted - 3 * often]]


def _nth(taken: dict[int, int], each: Episode) -> int:
    taken[each.child] += 1
    return taken[each.child]


def _care(episodes: Sequence[Episode], sizes: Sequence[int], counts: Dealt) -> None:
    looked_after = _some(episodes, sizes, counts, "2")
    bands = {"10.11": "120", "10.12": ""} | {f"10.{band}": f"{band * 10 - 1}.5" for band in range(1, 11)}
    miles = dealt({bands[number]: counts[number] for number in bands if counts[number]})
    for each, distance in zip(looked_after, miles, strict=True):
        each.cells |= {"care_status": "lac", "placement_miles": distance, "other_la": "no"}
    status = {"6.1": "early_help", "6.2": "cin", "6.3": "cpp", "6.5": "care_leaver", "6.6": "not_a_client"}
    rest = [each for each in episodes if "care_status" not in each.cells]
    for each, care in zip(rest, dealt({code: counts[number] for number, code in status.items()}), strict=True):
        each.cells |= {"care_status": care, "other_la": "no"}
    strangers = [each for each in rest if each.cells["care_status"] == "not_a_client"]
    for each in strangers[: counts["6.7"]]:
        each.cells["other_la"] = "yes"


def _cse(episodes: Sequence[Episode], sizes: Sequence[int], counts: Dealt) -> None:
    chosen = _some(episodes, sizes, counts, "3")
    for number, each in enumerate(chosen):
        each.cells["cse_level"] = "high" if number % 2 else "medium"
    for each in episodes:
        each.cells.setdefault("cse_level", "low")


def _times(episodes: Sequence[Episode], counts: Dealt, period: Period) -> None:
    away = dealt({"0": counts["4.1"], **{str(days): counts[f"4.{days + 1}"] for days in range(1, 6)}})
    away += ["8"] * counts["4.7"]
    still = counts.get("4.8", 0)
    for number, (each, days) in enumerate(zip(episodes, away, strict=True)):
        is_still = number < still
        begun = period.last if is_still else period.first + timedelta(days=number % 15)
        each.cells["started_at"] = f"{begun}T12:00:00+01:00"
        each.cells["returned_at"] = "" if is_still else f"{begun + timedelta(days=int(days))}T18:00:00+01:00"


def _interviews(episodes: Sequence[Episode], counts: Dealt, others: int) -> None:
    back = [each for each in episodes if each.cells["returned_at"]]
    offered, accepted = counts["5.1"], counts["5.2"]
    for number, each in enumerate(back):
        if number >= offered:
            decision = "no" if number < offered + others else "not_applicable"
            each.cells |= {"rhi_decision": decision}
            continue
        reply = "accepted" if number < accepted else "declined"
        each.cells |= {"rhi_decision": "yes", "rhi_offered_at": each.cells["returned_at"], "rhi_reply": reply}
        if reply == "accepted":
            each.cells |= _held(each, number, counts)
    for each in episodes:
        each.cells.setdefault("rhi_decision", "not_applicable")


def _held(each: Episode, number: int, counts: Dealt) -> Row:
    """In time, late, not at all, or, as the published tables lost it, on a day nobody recorded."""
    day = date.fromisoformat(each.cells["returned_at"][:10])
    if number < counts["5.3a"]:
        return {"rhi_completed": "yes", "rhi_completed_at": f"{day + timedelta(days=1)}T10:00:00+01:00"}
    if number >= counts["5.3a"] + counts["5.3b"]:
        return {"rhi_completed": "yes"}
    if number % 2:
        return {"rhi_completed": "no"}
    return {"rhi_completed": "yes", "rhi_completed_at": f"{day + timedelta(days=20)}T10:00:00+01:00"}


@dataclass
class Quarter:
    """The published numbers of one quarter, by figure and name."""

    found: Mapping[tuple[str, str], int]

    def of(self, number: str, codes: Mapping[str, str]) -> dict[str, int]:
        return {code: self.found.get((number, name), 0) for name, code in codes.items()}

    def total(self, number: str, name: str) -> int:
        return self.found.get((number, name), 0)


SEX = ("male", "female")
AREAS = {"North": "North", "South": "South", "Central": "Central"}
ORIGINS = {
    "White British": "A1", "Asian Pakistani": "C2", "Asian Indian": "C1", "Any other Asian": "C4",
    "Black African": "D2", "Any other Black": "D3", "Gypsy/Roma": "A5", "Not known": "E4", "Any other white": "A3",
    "Any other ethnic group": "E2",
}  # fmt: skip


def referrals(quarter: Quarter, period: Period) -> list[Row]:
    """New ones are closed at once where as many were; the others are among the active."""
    new, active = quarter.total("1a", "new referrals, children"), quarter.total("6", "active at period end")
    resolved = quarter.total("7", "resolved")
    shared = max(0, new - resolved)
    begun, going = _shared_ways(quarter, shared, new, active)
    going_on = _going_on(quarter, period, going, shared)
    both = [{**mine, **theirs, "opened_on": str(period.first)} for mine, theirs in zip(begun, going_on, strict=False)]
    fresh = [{**mine, "opened_on": str(period.first), "closed_on": str(period.last)} for mine in begun[shared:]]
    _families(both[:shared], fresh, quarter.total("1a", "new referrals, families"))
    before = str(period.first - timedelta(days=40))
    older = [{"opened_on": before, "closed_on": str(period.first)} for _ in range(resolved - len(fresh))]
    for row, outcome in zip([*fresh, *older], dealt(_outcomes(quarter)), strict=True):
        row["outcome"] = outcome
    rows = [*both[:shared], *fresh, *going_on[shared:], *older]
    return [
        {"referral_ref": f"R{place}", "child_ref": f"C{place}", "closed_on": "", **row}
        for place, row in enumerate(rows)
    ]


def _outcomes(quarter: Quarter) -> dict[str, int]:
    return {name: count for (number, name), count in quarter.found.items() if number == "outcome" and count}


def _shared_ways(quarter: Quarter, shared: int, new: int, active: int) -> tuple[list[Row], list[Row]]:
    """Sex, locality and ethnicity of the new and of the active, equal for those who are both."""
    ways = {
        "sex": (_named(quarter, "2", "new ", SEX), _named(quarter, "9", "current ", SEX)),
        "locality": (_areas(quarter, "3", "new "), _areas(quarter, "10", "current ")),
        "ethnicity": (
            quarter.of("5", {f"new {name}": code for name, code in ORIGINS.items()}),
            quarter.of("ethnicity_current", {f"current {name}": code for name, code in ORIGINS.items()}),
        ),
    }
    begun, going = [dict[str, str]() for _ in range(new)], [dict[str, str]() for _ in range(active)]
    for column, (mine, theirs) in ways.items():
        same = dealt({code: min(mine[code], theirs[code]) for code in mine})[:shared]
        assert len(same) == shared
        for rows, counts in ((begun, mine), (going, theirs)):
            rest = {code: count - same.count(code) for code, count in counts.items()}
            for row, value in zip(rows, [*same, *dealt(rest)], strict=True):
                row[column] = value
    _new_only(quarter, begun)
    return begun, going


def _named(quarter: Quarter, number: str, before: str, names: Iterable[str]) -> dict[str, int]:
    return quarter.of(number, {f"{before}{name}": name for name in names})


def _areas(quarter: Quarter, number: str, before: str) -> dict[str, int]:
    found = _named(quarter, number, before, AREAS)
    return found | {"none": quarter.total(number, f"{before}{'no locality/outside' if number == '3' else 'none'}")}


def _new_only(quarter: Quarter, begun: Sequence[Row]) -> None:
    phases = dealt(_named(quarter, "4", "new ", ("primary", "secondary")))
    needs = {name: count for (number, name), count in quarter.found.items() if number == "presenting_need"}
    wanted = [*dealt(needs), *["housing"] * (len(begun) - sum(needs.values()))]
    before = quarter.total("1b", "of 1a, previous CME")
    for place, (row, phase, need) in enumerate(zip(begun, phases, wanted, strict=True)):
        row |= {"phase": phase, "presenting_need": need, "previous_cme": "yes" if place < before else "no"}


def _going_on(quarter: Quarter, period: Period, going: Sequence[Row], shared: int) -> list[Row]:
    schools = dealt(
        quarter.of(
            "11",
            {
                "current primary": "primary",
                "current secondary": "secondary",
                "current special/inclusion": "special",
                "current unknown": "unknown",
            },
        )
    )
    years = dealt({str(year): quarter.total("year_group", f"current Year {year}") for year in range(1, 12)})
    opened = dealt({str(add_months(period.last, -months)): quarter.total("12", name) for name, months in OPEN.items()})
    meals = quarter.total("13", "FSM eligible")
    social = quarter.total("open_to", "social care")
    help_ = social + quarter.total("open_to", "early help locality")
    families = list(_family_of_each(quarter, len(going)))
    rows = []
    for place, mine in enumerate(going):
        open_to = "social_care" if place < social else "early_help_locality" if place < help_ else ""
        rows.append(
            {
                **mine,
                "school_type": schools[place],
                "year_group": years[place],
                "opened_on": opened[place],
                "fsm": "yes" if place < meals else "no",
                "open_to": open_to,
                "family_ref": families[place],
            }
        )
    assert all(row["opened_on"] == str(add_months(period.last, -5)) for row in rows[:shared])
    return rows


OPEN = {"open <=6 months": 5, "open 7-12": 9, "open 13-18": 14}


def _family_of_each(quarter: Quarter, active: int) -> Iterator[str]:
    """Families of five and more hold who is left; where no sizes are published, each child has its own."""
    names = {"one child": 1, "two": 2, "three": 3, "four": 4, "five+": 5}
    sizes = [size for name, size in names.items() for _ in range(quarter.total("family_size", name))]
    sizes = sizes or [1] * active
    sizes[-1] += active - sum(sizes)
    for family, size in enumerate(reversed(sizes)):
        yield from [f"A{family}"] * size


def _families(both: Sequence[Row], fresh: Sequence[Row], wanted: int) -> None:
    others = wanted - len({row["family_ref"] for row in both})
    for place, row in enumerate(fresh):
        row["family_ref"] = f"N{place % others}"


def home_education(counts: Dealt, year: int) -> tuple[list[Row], list[Row]]:
    """The spells and enquiries of a school year. Children who came back from CME have two spells."""
    children = iter(range(100_000))
    begun, ended = f"{year}-10-01", f"{year + 1}-03-01"
    spells: list[Row] = []
    for reason, name in REASONS.items():
        for place in range(counts[name]):
            girl = place < counts.get("girls Y11 leavers", 0) if reason == "y11_leaver" else place % 2 == 0
            spells.append(_child(next(children), girl, year - 12) | {"end_reason": reason, "ended_on": ended})
    twice = sum(counts[name] for name in REASONS.values()) + counts[CURRENT] - counts["ever EHE"]
    current = _current(counts, year, children, counts[CURRENT] - twice)
    back = [row for row in spells if row["end_reason"] == "referred_cme"][:twice]
    spells += [
        *current,
        *({**row, "end_reason": "", "ended_on": "", "started_on": f"{year + 1}-04-01"} for row in back),
    ]
    spells = [{"started_on": begun, **row, "spell_ref": f"S{place}"} for place, row in enumerate(spells)]
    enquiries = [{"outcome": "not_ehe", "closed_on": ended} for _ in range(counts["involvement"])]
    enquiries += [{"outcome": "", "closed_on": ""} for _ in range(counts["pending"])]
    return spells, [
        {"enquiry_ref": f"Q{place}", "child_ref": f"C{next(children)}", "opened_on": begun, **row}
        for place, row in enumerate(enquiries)
    ]


CURRENT = "current (Y0-Y10, 31 Aug)"
REASONS = {
    "returned_school": "returned/started school",
    "referred_cme": "referred to CME",
    "transferred_la": "transferred LA",
    "y11_leaver": "Y11 leavers",
}


def _child(number: int, girl: bool, born: int) -> Row:
    sex = "female" if girl else "male"
    return {"child_ref": f"C{number}", "name": f"Child {number}", "sex": sex, "date_of_birth": f"{born}-11-01"}


def _current(counts: Dealt, year: int, children: Iterator[int], many: int) -> list[Row]:
    """Year 3 and Year 9 where phases are published; else any of eleven years."""
    ways = [
        (sex == "girls", year - (8 if phase == "primary" else 14))
        for sex in ("girls", "boys")
        for phase in ("primary", "secondary")
        for _ in range(counts.get(f"{sex} {phase}", 0))
    ]
    ways = ways or [(place % 2 == 0, year - 5 - place % 11) for place in range(many)]
    return [_child(next(children), girl, born) for girl, born in ways]
