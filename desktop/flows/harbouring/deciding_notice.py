"""What becomes of a harbouring notice before its last day, or after it: it is renewed, or it ended, with the reason."""

from __future__ import annotations

from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.errors import AnswerError, NotThisRole, UnknownRecord
from casework.practice.lives.harbouring_stands import is_undecided, last_day
from casework.practice.roles import role_name
from desktop.flows.desk import Desk
from desktop.flows.harbouring.harbouring_notices import HARBOURING, decides_harbouring
from desktop.flows.record import editing

ENDINGS = {"withdrawn": "It was withdrawn", "ran_out": "It ran out and was not renewed"}


def renew_notice(desk: Desk, record_id: str, until: date | None, why: str = "") -> str:
    """From today until that day. Says so; raises AnswerError for a day that moves nothing, NotThisRole and
    UnknownRecord."""
    said = _open_one(desk, record_id)
    today, last = local(desk.now()).date(), last_day(said)
    if until is None or until < today or (last is not None and until <= last):
        after = f"after {day(last)}" if last is not None and last >= today else "still to come"
        message = f"Say until which day the notice stands now: a day {after}."
        raise AnswerError(message)
    renewed: dict[str, JSON] = {"on": today.isoformat(), "until": until.isoformat()}
    renewed |= {"why": why.strip()} if why.strip() else {}
    editing.answer(desk, record_id, {"renewals": [renewed]})
    return f"The notice stands until {day(until)}."


def end_notice(desk: Desk, record_id: str, how: str, why: str, by: str, on: date | None = None) -> str:  # noqa: PLR0917 - all that its form asks of an end
    """On that day, or today. Says so; raises AnswerError without how, why and who, and for a day to come; NotThisRole
    and UnknownRecord."""
    _open_one(desk, record_id)
    on = on or local(desk.now()).date()
    if how not in ENDINGS or not why.strip() or not by.strip():
        message = "Say how the notice ended, why, and who decided it."
        raise AnswerError(message)
    if on > local(desk.now()).date():
        message = f"{day(on)} is still to come: until then the notice stands."
        raise AnswerError(message)
    said: dict[str, JSON] = {"ended_how": how, "ended_on": on.isoformat()}
    editing.answer(desk, record_id, {**said, "ended_why": why.strip(), "ended_by": by.strip()})
    return f"The notice ended on {day(on)}."


def _open_one(desk: Desk, record_id: str) -> dict[str, JSON]:
    view = desk.vault.view(record_id) if desk.vault.summary(record_id) is not None else None
    if view is None or view.form_id != HARBOURING:
        message = "No such harbouring notice is on this laptop. Those that are stand in: homeward harbouring"
        raise UnknownRecord(message)
    if not decides_harbouring(desk):
        message = f"The role “{role_name(desk.officer.role)}” does not decide about harbouring notices."
        raise NotThisRole(message)
    if not is_undecided(view.answers()):
        message = "That notice has ended, or was never given. Open its record to look at it."
        raise AnswerError(message)
    return view.answers()
