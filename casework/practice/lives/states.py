"""The state a record is in, read from its answers; nobody types a state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.forms.conditions import is_answered, latest_row

Answers = Mapping[str, object]
_BY_REPLY = {
    "accepted": "accepted",
    "wants_later": "accepted",
    "declined": "declined",
    "no_reply": "no_reply",
    "missing_again": "overtaken",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a record besides its answers. `checked`: a manager approved what was signed, by a check."""

    signed: bool = False
    shared: bool = False
    closed: bool = False
    arranged: bool = False
    overtaken: bool = False
    due: bool = False
    settled: bool = False
    checked: bool = False


def rows(answers: Answers, group: str) -> Sequence[Mapping[str, object]]:
    """The rows of a group."""
    value = answers.get(group)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else ()


def latest_reply(answers: Answers) -> str:
    """The reply to the latest offer, or an empty text."""
    offers = [offer for offer in rows(answers, "offers") if is_answered(offer.get("reply"))]
    return str(latest_row(offers, "at")["reply"]) if offers else ""


def interview_state(answers: Answers, beside: Beside = Beside()) -> str:
    """Where a return home interview stands, by the states of its life."""
    if beside.closed:
        return "closed"
    if answers.get("offer_decision") in ("no", "not_applicable"):
        return "not_appropriate"
    if answers.get("went_ahead") in ("changed_mind", "stopped_early"):
        return "refused"
    reply = _BY_REPLY.get(latest_reply(answers), "")
    if beside.overtaken and not beside.signed:
        return "overtaken"
    if reply == "accepted" or is_answered(answers.get("started_at")):
        return _meeting_state(answers, beside)
    return reply or ("offered" if rows(answers, "offers") else "to_offer")


def _meeting_state(answers: Answers, beside: Beside) -> str:
    if beside.signed and beside.shared:
        return "shared"
    if beside.signed:
        return "checked" if beside.checked else "completed"
    if is_answered(answers.get("started_at")):
        return "in_progress"
    return "arranged" if beside.arranged else "accepted"


def is_settled(state: str) -> bool:
    """True when an interview's clocks no longer run: it was held, or it is known that it will not be."""
    return state in ("completed", "checked", "shared", "closed", "declined", "refused", "not_appropriate", "overtaken")


def episode_state(answers: Answers, *, interview_settled: bool = False, closed: bool = False) -> str:
    """Where a missing episode stands."""
    outcome = answers.get("outcome")
    if outcome in ("entered_in_error", "duplicate"):
        return str(outcome)
    if closed:
        return "closed"
    if is_answered(answers.get("found_at")):
        return "follow_up" if interview_settled else "found"
    return "missing" if is_answered(answers.get("last_seen_at")) else "reported"


def covers(interview: Answers, episode_id: str) -> bool:
    """Whether an interview is about an episode, alone or beside another."""
    others = (row.get("also_episode_id") for row in rows(interview, "also_covers"))
    return interview.get("episode_id") == episode_id or episode_id in others
