"""Movement of children in words and values, for the command line and the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import counted, month_and_year, near_day
from desktop.flows.schools.leavers_followed import Leaver, Movement
from desktop.flows.schools.taking_in import LineState, ReturnReport

HEADS = (
    "Pupil",
    "Date of birth",
    "Left",
    "Left on",
    "Destination",
    "Address",
    "Emigrating to",
    "Arrived by",
    "How it stands",
)


def where_to(one: Leaver) -> str:
    places = (one.destination or "school not named", one.country)
    return ", ".join(place for place in places if place)


def standing_of(one: Leaver, today: date) -> str:
    if one.arrived_on is not None:
        return f"Arrived safe, known since {near_day(one.arrived_on, today)}: {one.arrived_how}"
    if one.referral_id:
        return "Referred as missing education"
    verb = "was to be known" if one.due.due < today else "to be known"
    return f"Arrival {verb} by {near_day(one.due.due, today)}"


def as_json(found: Movement) -> JSON:
    return {
        "owed": [
            {"school": one.school, "month": one.month.isoformat()[:7], "due": one.due.isoformat()} for one in found.owed
        ],
        "leavers": [leaver_json(one) for one in found.leavers],
        "returns": [
            {
                "record": one.record_id,
                "school": one.school,
                "month": one.month.isoformat()[:7],
                "joined": one.joined,
                "left": one.left,
            }
            for one in found.returns
        ],
    }


def leaver_json(one: Leaver) -> JSON:
    return {
        "leaver": one.row_id,
        "name": one.name,
        "left": one.left_school,
        "left_on": one.left_on.isoformat(),
        "destination": one.destination,
        "address": one.address,
        "emigrating_to": one.country,
        "due": one.due.due.isoformat(),
        "arrived_on": one.arrived_on.isoformat() if one.arrived_on else None,
        "referral": one.referral_id,
    }


def cells(found: Movement, today: date) -> list[tuple[str, ...]]:
    return [
        (
            one.name, one.born.isoformat() if one.born else "", one.left_school, one.left_on.isoformat(),
            one.destination, one.address, one.country, one.due.due.isoformat(), standing_of(one, today),
        )
        for one in found.leavers
    ]  # fmt: skip


def told(found: Movement, today: date) -> str:
    return "\n".join(_lines(found, today)) or "No school has returned yet. Take one in with: homeward take-return FILE"


def report_json(found: ReturnReport) -> JSON:
    return {
        "school": found.school,
        "month": found.month.isoformat()[:7],
        "record": found.record_id,
        **{state.value: found.count(state) for state in LineState},
        "refusals": [
            {"line": one.number, "name": one.name, "why": one.why}
            for one in found.lines
            if one.state is LineState.REFUSED
        ],
    }


def report_said(found: ReturnReport) -> str:
    counts = ", ".join(f"{found.count(state)} {state.value}" for state in LineState)
    done = "Kept" if found.record_id else "Looked over, and nothing kept"
    refused = [f"  Line {one.number}, {one.name or 'no name'}: {one.why}" for one in found.lines if one.why]
    return "\n".join([f"{done}: {found.school}, {month_and_year(found.month)}: {counts}.", *refused])


def _lines(found: Movement, today: date) -> Iterator[str]:
    for owed in found.owed:
        yield f"Not returned: {owed.school}, {month_and_year(owed.month)}, due {near_day(owed.due, today)}"
    for one in found.leavers:
        yield f"{one.row_id}  {one.name}, left {one.left_school} {near_day(one.left_on, today)} for {where_to(one)}"
        yield f"  {standing_of(one, today)}"
    for kept in found.returns:
        joined, left = counted(kept.joined, "joiner"), counted(kept.left, "leaver")
        yield f"Returned: {kept.school}, {month_and_year(kept.month)}: {joined}, {left}"
