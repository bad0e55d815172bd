"""What of a record counts in a figure, read from its answers: codes and days, never a name or a narrative.

Days are ordinals, so that a span of them is a subtraction in any database; a day of which only the month is known is
not a day. `not_recorded` and `unsettled` (two values still stand) are codes of their own, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import ROUND_CEILING
from typing import TypeAlias

from casework.forms.conditions import codes, is_answered, is_none, number
from casework.forms.moments import span
from casework.practice.calendar import add_working_days, london_day
from casework.practice.council import Council
from casework.practice.lives.case_shapes import CASE, REFERRAL, SHAPES, keeps_case
from casework.practice.lives.states import latest_reply, rows
from casework.records.corrected import Corrected

Fact: TypeAlias = str | int | None
Facts: TypeAlias = dict[str, Fact]
COUNTED, NOT_RECORDED, UNSETTLED, DISCARDED = "counted", "not_recorded", "unsettled", "discarded"
KNOWN, NO, YES, DAY_NOT_RECORDED, SEVERAL = "known", "no", "yes", "day_not_recorded", "several"
_LONGEST_CODE = 64
_LARGEST = 1_000_000
_REPLIES = {"accepted": "accepted", "wants_later": "accepted", "declined": "declined"}
_NOT_HELD = ("changed_mind", "stopped_early", "not_held")
_ENQUIRIES = ("enquiry", "pending", "not_ehe")
_SUBJECTS = {
    "child": "child",
    "missing_episode": "episode",
    "return_home_interview": "interview",
    **dict.fromkeys(SHAPES, "referral"),
    "ehe_case": "home_education",
    "exclusion": "exclusion",
}


def subject_of(form_id: str) -> str:
    """Which subject a form's records are facts of; empty for one that no figure counts."""
    return _SUBJECTS.get(form_id, "")


def facts_of(form_id: str, record: Corrected, council: Council) -> list[Facts]:
    """One set of facts for a record; for an interview, one for each episode it covers. KeyError for other forms."""
    return list(_READERS[form_id](record, council))


def _child(record: Corrected, _council: Council) -> Iterator[Facts]:
    yield {
        "standing": _standing(record),
        "sex": _code(record, "sex"),
        "ethnicity": _code(record, "ethnicity"),
        "born_ymd": _ymd(_day(record, "date_of_birth")),
    }


def _episode(record: Corrected, council: Council) -> Iterator[Facts]:
    started, found = _day(record, "last_seen_at"), _day(record, "found_at")
    due = add_working_days(found, council.number("rhi_working_days"), council) if found else None
    yield {
        "standing": _episode_standing(record),
        "began": _known(record, "last_seen_at", started),
        "started_day": _ordinal(started),
        "started_ymd": _ymd(started),
        "returned": NO if not _is_said(record, "found_at") else _known(record, "found_at", found),
        "found_day": _ordinal(found),
        "due_day": _ordinal(due),
        "care_status": _code(record, "care_status"),
        "other_la": _code(record, "other_la"),
        "cse_level": _code(record, "cse_level"),
        "miles": _whole(record, "placement_home_miles"),
    }


def _episode_standing(record: Corrected) -> str:
    if record.discarded:
        return DISCARDED
    if "outcome" in record.unsettled:
        return UNSETTLED
    outcome = record.answers.get("outcome")
    return str(outcome) if outcome in ("entered_in_error", "duplicate") else COUNTED


def _interview(record: Corrected, _council: Council) -> Iterator[Facts]:
    held, day = _held(record)
    decision, reply = _code(record, "offer_decision"), _reply(record)
    facts: Facts = {
        "standing": _standing(record),
        "decision": decision,
        "reply": reply,
        "held": held,
        "held_day": _ordinal(day),
        "preference": _preference(decision, reply, held, day),
    }
    for episode_id in _episodes(record):
        yield {"episode_id": episode_id, **facts}


def _episodes(record: Corrected) -> list[str]:
    others = [row.get("also_episode_id") for row in rows(record.answers, "also_covers")]
    named = [value for value in (record.answers.get("episode_id"), *others) if isinstance(value, str)]
    return list(dict.fromkeys(value for value in named if value)) or [""]


def _reply(record: Corrected) -> str:
    if "offers" in record.unsettled:
        return UNSETTLED
    reply = latest_reply(record.answers)
    return _REPLIES.get(reply, "no_reply") if reply else NOT_RECORDED


def _held(record: Corrected) -> tuple[str, date | None]:
    """Whether it was held, and on what day: when it ended, or, where that is not asked, when it began."""
    if record.unsettled & {"went_ahead", "started_at", "ended_at"}:
        return UNSETTLED, None
    went = record.answers.get("went_ahead")
    if went in _NOT_HELD:
        return NO, None
    day = _day(record, "ended_at") or _day(record, "started_at")
    over = _is_said(record, "ended_at") or (record.signed and _is_said(record, "started_at"))
    return (YES, day) if over or went == "yes" else (NOT_RECORDED, None)


def _preference(decision: str, reply: str, held: str, day: date | None) -> int:
    """Of several interviews about one episode, the one that went furthest is counted: the least of these."""
    order = (held == YES and day is not None, held == YES, reply == "accepted", decision == "yes", decision != "no")
    return order.index(True) if True in order else len(order)


def _referred(record: Corrected, council: Council) -> Iterator[Facts]:
    """What arrived counts by the case that answers it, and never beside it."""
    if keeps_case(REFERRAL, record.form_version):
        yield from _missing_education(record, council)


def _missing_education(record: Corrected, _council: Council) -> Iterator[Facts]:
    opened = _day(record, "logged_on")
    closing = "closed_on" if _is_said(record, "closed_on") else "told_referrer_on"
    closed = _day(record, closing) if _is_said(record, "outcome") or closing == "closed_on" else None
    is_closed = _is_said(record, "outcome") or _is_said(record, "closed_on")
    yield {
        "standing": _standing(record),
        "opened": _known(record, "logged_on", opened),
        "opened_day": _ordinal(opened),
        "opened_ymd": _ymd(opened),
        "closed": _known(record, closing, closed) if is_closed else NO,
        "closed_day": _ordinal(closed),
        "outcome": _code(record, "outcome"),
        "previous": _code(record, "previous_cme"),
        "family": _text(record, "family"),
        "locality": _area(_code(record, "locality")),
        "phase": _code(record, "phase"),
        "school_type": _code(record, "school_type" if _is_said(record, "school_type") else "phase"),
        "year_group": _whole(record, "year_group"),
        "ethnicity": _code(record, "ethnicity"),
        "fsm": _code(record, "fsm"),
        "need": _need(record),
        "social_care": _chosen(record, "open_to", "social_care"),
        "help_locality": _chosen(record, "open_to", "early_help_locality"),
        "help_partners": _chosen(record, "open_to", "early_help_partners"),
        "help_unspecified": _chosen(record, "open_to", "early_help"),
    }


def _need(record: Corrected) -> str:
    """The predominant need (S1 CME scorecard); a referral of before has it first among the others."""
    main = _code(record, "main_need")
    return _first_code(record, "presenting_need") if main == NOT_RECORDED else main


def _home_education(record: Corrected, _council: Council) -> Iterator[Facts]:
    """A case that is or was home education is a spell; one that was asked about and did not become it, an enquiry."""
    stage = _code(record, "stage")
    enquiry = stage in _ENQUIRIES or stage == NOT_RECORDED
    began = "ehe_start" if _is_said(record, "ehe_start") and not enquiry else "notified_on"
    started, ended = _day(record, began), _day(record, "ended_on")
    yield {
        "standing": _standing(record),
        "kind": UNSETTLED if stage == UNSETTLED else "enquiry" if enquiry else "spell",
        "stage": stage,
        "began": _known(record, began, started),
        "started_day": _ordinal(started),
        "ended": _known(record, "ended_on", ended) if _is_said(record, "ended_on") else _not_ended(stage),
        "ended_day": _ordinal(ended),
        "support": _support(record),
    }


def _support(record: Corrected) -> str:
    """The one kind of support an involvement is counted by: the main one, or the only one (S1 EHE 2.5.1)."""
    main, named = _code(record, "main_support"), codes(record.answers.get("support"))
    if UNSETTLED in (main, _code(record, "support")):
        return UNSETTLED
    if main != NOT_RECORDED or not named:
        return main
    return named[0][:_LONGEST_CODE] if len(named) == 1 else SEVERAL


def _not_ended(stage: str) -> str:
    return NO if stage in ("enquiry", "pending", "cooling_off", "current") else NOT_RECORDED


def _exclusion(record: Corrected, _council: Council) -> Iterator[Facts]:
    began = _day(record, "from_day")
    yield {
        "standing": _standing(record),
        "kind": _code(record, "kind"),
        "phase": _code(record, "phase"),
        "began": _known(record, "from_day", began),
        "from_day": _ordinal(began),
        "half_days": _halves(record, "days"),
        "reason": _code(record, "reason"),
        "send": _code(record, "send"),
        "looked_after": _code(record, "looked_after"),
        "reinstated": _code(record, "reinstated"),
        "validated": _code(record, "validated"),
    }


_READERS: Mapping[str, Callable[[Corrected, Council], Iterator[Facts]]] = {
    "child": _child,
    "missing_episode": _episode,
    "return_home_interview": _interview,
    REFERRAL: _referred,
    CASE: _missing_education,
    "ehe_case": _home_education,
    "exclusion": _exclusion,
}


def _standing(record: Corrected) -> str:
    return DISCARDED if record.discarded else COUNTED


def _is_said(record: Corrected, name: str) -> bool:
    return is_answered(record.answers.get(name))


def _code(record: Corrected, name: str) -> str:
    if name in record.unsettled:
        return UNSETTLED
    value = record.answers.get(name)
    if isinstance(value, bool):
        return YES if value else NO
    return value[:_LONGEST_CODE] if isinstance(value, str) and value else NOT_RECORDED


def _text(record: Corrected, name: str) -> str:
    value = record.answers.get(name)
    return value.strip() if isinstance(value, str) and name not in record.unsettled else ""


def _first_code(record: Corrected, name: str) -> str:
    if name in record.unsettled:
        return UNSETTLED
    found = codes(record.answers.get(name))
    return found[0][:_LONGEST_CODE] if found else NOT_RECORDED


def _chosen(record: Corrected, name: str, code: str) -> str:
    if name in record.unsettled:
        return UNSETTLED
    found = codes(record.answers.get(name))
    return NOT_RECORDED if not found else YES if code in found else NO


def _area(locality: str) -> str:
    """North, South or Central of a locality's code."""
    first = locality.split("_", maxsplit=1)[0]
    return first if first in ("north", "south", "central", "none") else locality


def _day(record: Corrected, name: str) -> date | None:
    """The one London day an answer means."""
    when = None if name in record.unsettled else span(record.answers.get(name))
    if when is None:
        return None
    first, last = london_day(when.first), london_day(when.last)
    return first if first == last else None


def _known(record: Corrected, name: str, day: date | None) -> str:
    if name in record.unsettled:
        return UNSETTLED
    if day is not None:
        return KNOWN
    return DAY_NOT_RECORDED if _is_said(record, name) else NOT_RECORDED


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _ymd(day: date | None) -> int | None:
    return day.year * 10_000 + day.month * 100 + day.day if day else None


def _halves(record: Corrected, name: str) -> int | None:
    """A half that has begun counts."""
    return _whole(record, name, parts=2)


def _whole(record: Corrected, name: str, parts: int = 1) -> int | None:
    """Rounded up: ten and a half miles are over ten."""
    value = record.answers.get(name)
    if name in record.unsettled or is_none(value):
        return None
    found = number(value)
    if found is None or abs(found) >= _LARGEST:
        return None
    return int((found * parts).to_integral_value(ROUND_CEILING))
