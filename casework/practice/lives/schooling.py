"""What a missing education referral says besides its own life: who looked first, the new school's roll, and tracking
after the old one's; each a life of its own since version 4 of the form (S2 §5, §6, §8)."""

from __future__ import annotations

from datetime import date

from casework.forms.conditions import is_answered
from casework.forms.moments import day_said
from casework.practice.lives.states import Answers, rows

DID_NOT_START = "did_not_start"
SINCE = 4  # the version of the form that asks all this
_NOT_PLACED = (None, "enquiries_exhausted", "not_recorded")


def team_state(answers: Answers) -> str:
    """S2 §5: of a child who was expected and did not come; of any other there is nothing to ask the team first."""
    if answers.get("referral_ground") != DID_NOT_START:
        return "nobody_asked"
    if is_answered(answers.get("logged_on")):
        return "with_cme_officer"
    if is_answered(answers.get("team_answered_on")):
        return "team_answered"
    return "team_asked" if is_answered(answers.get("team_asked_on")) else "nobody_asked"


def new_school_state(answers: Answers) -> str:
    """S2 §6."""
    if is_answered(answers.get("on_roll_on")):
        return "on_new_roll"
    return "start_agreed" if is_answered(answers.get("start_on")) else "no_start_day"


def tracked_state(answers: Answers) -> str:
    """S2 §8, §15."""
    if is_answered(answers.get("tracking_end")):
        return "tracking_ended"
    if rows(answers, "tracked"):
        return "tracked"
    return "off_roll" if is_answered(answers.get("removed_on")) else "on_roll"


def is_tracked(answers: Answers) -> bool:
    """Whether somebody has to go on looking: off the roll, and neither placed nor found by the outcome."""
    off = tracked_state(answers) in ("off_roll", "tracked") and is_answered(answers.get("removed_on"))
    return off and answers.get("outcome") in _NOT_PLACED


def last_tracked(answers: Answers) -> date | None:
    """The day of the last step; of the removal, while there is none."""
    steps = [day for row in rows(answers, "tracked") if (day := day_said(row, "on"))]
    return max(steps, default=day_said(answers, "removed_on"))


def schooling_facts(answers: Answers) -> dict[str, object]:
    """What their guards ask."""
    removed, start = day_said(answers, "removed_on"), day_said(answers, "start_on")
    steps = [day_said(row, "on") for row in rows(answers, "tracked")]
    days = [day_said(answers, name) for name in ("team_asked_on", "team_answered_on", "logged_on")]
    end = day_said(answers, "tracking_ended_on")
    return {
        "team_answer": answers.get("team_found") if is_answered(answers.get("team_answered_on")) else None,
        "team_in_order": _in_order(days),
        "on_roll_from_start": start is not None and day_said(answers, "on_roll_on") == start,
        "tracked_after_roll": removed is not None and all(day is None or day >= removed for day in steps),
        "ended_after_tracked": end is not None and _in_order([*sorted(day for day in steps if day), end]),
    }


def _in_order(days: list[date | None]) -> bool:
    known = [day for day in days if day is not None]
    return known == sorted(known)
