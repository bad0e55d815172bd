"""Where any record stands in its life, and the facts its next move is judged by; both read from its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.education_deadlines import compulsory_until, is_compulsory_age
from casework.practice.lives.enforcement import enforcement_facts, enforcement_state
from casework.practice.lives.harbouring_stands import harbouring_state
from casework.practice.lives.schooling import new_school_state, schooling_facts, team_state, tracked_state
from casework.practice.lives.states import Answers, Beside, episode_state, interview_state, latest_reply, rows

_DANGER = ("yes", "unsure")


def state_of(form_id: str, answers: Answers, beside: Beside) -> str:
    """The state of a record of a form that has a life; KeyError for one that has none."""
    return _STATES[form_id](answers, beside)


def facts_of(answers: Answers, beside: Beside, today: date, *, born: date | None = None) -> dict[str, object]:
    """Everything a guard may ask about: the answers themselves, and what follows from them."""
    return {
        **answers,
        **enforcement_facts(answers),
        **schooling_facts(answers),
        "signed": beside.signed,
        "arranged_for": beside.arranged,
        "latest_reply": latest_reply(answers),
        "reason": _first(
            answers, "outcome_why", "ended_why", "dropped_why", "not_held_why", "stood_down_why", "end_reason"
        ),
        "decided_by": _first(answers, "no_offer_by", "exhausted_by", "dropped_by", "not_held_manager"),
        "manager": answers.get("not_held_manager"),
        "danger_settled": not is_danger_untold(answers),
        "check_not_needed": answers.get("interviewer_type") != "commissioned_agency",
        "steps_owned": bool(rows(answers, "steps"))
        and all(is_answered(step.get("who")) for step in rows(answers, "steps")),
        "checklist_done": all(rows(answers, step) for step in _CHECKLIST) or not _is_from_school(answers),
        "actions_settled": all(action.get("status") in ("done", "dropped") for action in rows(answers, "actions")),
        "past_due": _before(answers.get("by_when"), today),
        "past_compulsory_age": born is not None and _day(answers, "ended_on", today) >= compulsory_until(born),
        "age_settled": _has(answers, "out_of_age_why") or _is_of_age(answers, born, today),
        "cooling_off_settled": _has_cooled(answers, today),
        "home_visit_made": answers.get("home_visited") is True or not _is_from_school(answers),
        "outcome_after_opening": not _is_before(answers, "outcome_on", "logged_on"),
        "told_after_known": not _is_before(answers, "told_referrer_on", "outcome_on"),
        "closed_after_outcome": not _is_before(answers, "closed_on", "outcome_on"),
        "case_opened": beside.closed,
        "enquired": bool(rows(answers, "enquiries")) or answers.get("removal_ground") in _NEEDS_NO_ENQUIRY,
        "served_on": answers.get("s437_served_on"),
        "school": answers.get("end_school"),
        "other_la": answers.get("end_la") or answers.get("other_la"),
        "cme_referral": answers.get("end_cme"),
        "approved": beside.checked,
        "interview_settled": beside.settled,
        "next_episode": beside.overtaken,
        "next_version": beside.overtaken,
        "assigned_to": beside.arranged,
        "new_date_agreed": answers.get("supervision_on"),
        "sent_to": rows(answers, "sent_to"),
        "read_by": [row for row in rows(answers, "sent_to") if is_answered(row.get("read_at"))],
        "update": rows(answers, "updates"),
    }


def is_danger_untold(answers: Answers) -> bool:
    """D14: the child is in danger, or may be, and nobody is written down who was told."""
    told = any(is_answered(row.get("to")) for row in rows(answers, "escalations"))
    return answers.get("immediate_danger") in _DANGER and not told


_NEEDS_NO_ENQUIRY = ("other_school_confirmed", "ehe")  # where the child is is known (S2 §2, §19)
_COOLING = timedelta(days=5)  # the fewest that five of any kind of day are
_CHECKLIST = ("numbers_rung", "peers_asked", "sibling_schools", "wellbeing_checked")


def _is_from_school(answers: Answers) -> bool:
    """A referral of before it said who referred is a school’s (S2 §8)."""
    return answers.get("referrer") in (None, "school")


def _is_of_age(answers: Answers, born: date | None, today: date) -> bool:
    """On the day it was heard of; a day of birth that nobody knows is no reason to refuse."""
    heard = next((name for name in ("notified_on", "submitted_on", "logged_on") if _has(answers, name)), "")
    return born is None or is_compulsory_age(born, _day(answers, heard, today))


def _has_cooled(answers: Answers, today: date) -> bool:
    if _has(answers, "no_cooling_off"):
        return True
    began = span(answers.get("cooling_off_from"))
    return began is not None and _day(answers, "ehe_start", today) >= began.last.date() + _COOLING


def _day(answers: Answers, name: str, otherwise: date) -> date:
    when = span(answers.get(name))
    return when.last.date() if when is not None else otherwise


def _is_before(answers: Answers, first: str, second: str) -> bool:
    earlier, later = span(answers.get(first)), span(answers.get(second))
    return earlier is not None and later is not None and earlier.last < later.first


def _first(answers: Answers, *names: str) -> object:
    return next((answers[name] for name in names if is_answered(answers.get(name))), None)


def _before(value: object, today: date) -> bool:
    when = span(value)
    return when is not None and when.last.date() < today


def _has(answers: Answers, name: str) -> bool:
    return is_answered(answers.get(name))


def _episode(answers: Answers, beside: Beside) -> str:
    return episode_state(answers, closed=beside.closed)


def _prevention(answers: Answers, _beside: Beside) -> str:
    if rows(answers, "shared_with"):
        return "shared"
    return "received" if answers.get("status") == "received" else "not_received"


def _plan(answers: Answers, beside: Beside) -> str:
    if beside.closed:
        return "ended"
    if not beside.signed:
        return "draft"
    return "superseded" if beside.overtaken else "review_due" if beside.due else "agreed"


def _visit(answers: Answers, beside: Beside) -> str:
    attempts = rows(answers, "attempts")
    if beside.signed and _has(answers, "told_requester_at"):
        return "closed"
    if _has(answers, "told_requester_at"):
        return "reported"
    if rows(answers, "escalations"):
        return "escalated"
    if any(child.get("seen") is True for child in rows(answers, "children_seen")):
        return "seen"
    if attempts and _has(answers, "door_check"):
        return "not_seen"
    return "attempted" if attempts else "assigned" if beside.arranged else "requested"


def _ehe_visit(answers: Answers, beside: Beside) -> str:
    if _has(answers, "report_sent"):
        return "sent"
    if beside.signed and _has(answers, "suitability"):
        return "judged"
    if _has(answers, "visit_at") or _has(answers, "report_received"):
        return "done"
    reply = str(answers.get("offer_reply") or "")
    return reply if reply in ("accepted", "prefers_other_way", "declined", "no_reply") else "offered"


def _ehe_case(answers: Answers, _beside: Beside) -> str:
    return str(answers.get("stage") or "enquiry")


def _cme(answers: Answers, beside: Beside) -> str:
    outcome = answers.get("outcome")
    if beside.closed or (is_answered(outcome) and _has(answers, "told_referrer_on")):
        return "closed"
    if is_answered(outcome):
        return "exhausted" if outcome == "enquiries_exhausted" else "located"
    if rows(answers, "enquiries"):
        return "enquiries"
    return "logged" if _has(answers, "logged_on") else "submitted" if _has(answers, "submitted_on") else "checklist"


def _received(answers: Answers, beside: Beside) -> str:
    """`closed` says that a case answers it: no record knows that of itself."""
    if beside.closed:
        return "answered"
    return "received" if _has(answers, "submitted_on") else "checklist"


def _case(answers: Answers, beside: Beside) -> str:
    outcome = answers.get("outcome")
    if beside.closed or _has(answers, "closed_on"):
        return "closed"
    if _has(answers, "told_referrer_on"):
        return "told"
    if is_answered(outcome):
        return "exhausted" if outcome == "enquiries_exhausted" else "located"
    if rows(answers, "enquiries"):
        return "enquiries"
    return "open" if _has(answers, "logged_on") else "not_logged"


def _roll(answers: Answers, _beside: Beside) -> str:
    if _has(answers, "letter_sent_on"):
        return "deregistration_letter_sent"
    return "removal_authorised" if _has(answers, "authorised_on") else "on_roll"


def _strategy(answers: Answers, beside: Beside) -> str:
    if beside.closed:
        return "closed"
    if answers.get("held") is False:
        return "not_held"
    if not _has(answers, "held_at"):
        return "triggered"
    return "actions" if rows(answers, "actions") else "held"


def _alert(answers: Answers, _beside: Beside) -> str:
    sent = rows(answers, "sent_to")
    if _has(answers, "stood_down_at"):
        return "stood_down"
    if rows(answers, "updates"):
        return "updated"
    if sent and all(is_answered(row.get("read_at")) for row in sent):
        return "read"
    return "sent" if sent else "triggered"


def _referral(answers: Answers, _beside: Beside) -> str:
    for name, state in (("outcome", "outcome"), ("acknowledged_at", "acknowledged"), ("sent_at", "sent")):
        if _has(answers, name):
            return state
    return "draft"


def _action(answers: Answers, _beside: Beside) -> str:
    status = str(answers.get("status") or "open")
    return status if status in ("open", "overdue", "done", "dropped") else "open"


_STATES: Mapping[str, Callable[[Answers, Beside], str]] = {
    "missing_episode": _episode,
    "prevention_interview": _prevention,
    "return_home_interview": interview_state,
    "find_me_plan": _plan,
    "safe_well_visit": _visit,
    "ehe_case": _ehe_case,
    "ehe_visit": _ehe_visit,
    "section_437": lambda answers, _beside: enforcement_state(answers),
    "cme_referral": _cme,
    "cme_received": _received,
    "cme_case": _case,
    "school_roll": _roll,
    "locality_team": lambda answers, _beside: team_state(answers),
    "new_school": lambda answers, _beside: new_school_state(answers),
    "tracked_after_roll": lambda answers, _beside: tracked_state(answers),
    "strategy_meeting": _strategy,
    "need_to_know": _alert,
    "mash_referral": _referral,
    "action": _action,
    "harbouring_notice": lambda answers, _beside: harbouring_state(answers),
}
