"""The page before a visit as lines, and for a machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import when
from desktop.flows.papers.before_you_go import BeforeYouGo
from desktop.flows.papers.visit_safety import NONE_WRITTEN


def told(found: BeforeYouGo, now: datetime) -> str:
    """The page as lines."""
    return "\n".join([*_meeting(found, now), "", *_safety(found), *_listed(found)])


def _meeting(found: BeforeYouGo, now: datetime) -> Iterator[str]:
    meeting = found.meeting
    yield ". ".join(part for part in (found.child.name_and_age, found.title, found.why) if part) + "."
    yield f"Meet: {when(meeting.at, now) if meeting.at else 'no time is written down'}"
    yield f"Where: {meeting.where or 'no place is written down'}"
    if meeting.with_whom:
        yield f"Who will be there: {meeting.with_whom}"
    call = f"{when(meeting.check_in, now)}, {meeting.check_in_with}".rstrip(", ") if meeting.check_in else ""
    yield f"Check in by: {call or 'nobody waits for a call yet'}"


def _safety(found: BeforeYouGo) -> Iterator[str]:
    yield "Safety"
    for one in found.safety:
        yield f"  {one.words} ({one.source})"
    if not found.safety:
        yield f"  {NONE_WRITTEN}"
    for contact in found.emergency:
        yield f"  Ring {contact.name}: {contact.phone}"


def _listed(found: BeforeYouGo) -> Iterator[str]:
    known = [f"{one.name}: {one.words} ({one.source})" for one in found.known]
    asks = [f"{one.asks} {' '.join(one.ways)}".rstrip() for one in found.prompts]
    for title, lines in (
        ("Known already", known),
        ("Still to be asked", asks),
        ("Due for this child", found.due),
        ("Take", found.take),
        ("This laptop", found.laptop),
    ):
        yield from (title, *(f"  {line}" for line in lines)) if lines else ()


def as_json(found: BeforeYouGo) -> dict[str, JSON]:
    meeting = found.meeting
    return {
        "child": found.child.child_id,
        "record": found.record_id,
        "appointment": meeting.record_id,
        "at": meeting.at.isoformat() if meeting.at else None,
        "where": meeting.where,
        "check_in": meeting.check_in.isoformat() if meeting.check_in else None,
        "check_in_with": meeting.check_in_with,
        "why": found.why,
        "safety": [{"words": one.words, "source": one.source} for one in found.safety],
        "known": [{"name": one.name, "words": one.words, "source": one.source} for one in found.known],
        "asks": [{"asks": one.asks, "ways": list(one.ways)} for one in found.prompts],
        "due": list(found.due),
        "take": list(found.take),
        "laptop": list(found.laptop),
    }
