"""Whether a strategy meeting settles what some episodes ask for: by deciding, and by being about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casework.forms.moments import Span, span
from casework.practice.lives.states import Answers, rows


def is_decided(meeting: Answers) -> bool:
    """To hold it, or not to."""
    return isinstance(meeting.get("held"), bool)


def is_about(meeting: Answers, newest: str, since: datetime | None) -> bool:
    """By naming the newest episode; a meeting that took place has also looked at whatever came before it. `since`: from
    when the episodes asked for one."""
    named = [row.get("episode_id") for row in rows(meeting, "episodes")]
    if newest in named:
        return True
    at = span(meeting.get("triggered_at")) or span(meeting.get("held_at"))
    looked = meeting.get("held") is True or not named
    return looked and at is not None and since is not None and at.last >= since


def decided_on(meetings: Sequence[Answers]) -> Span | None:
    """When the first of them was held, or it was decided not to, which may be known by its day alone; None where it
    does not say."""
    return span(meetings[0].get("held_at")) or span(meetings[0].get("not_held_on")) if meetings else None
