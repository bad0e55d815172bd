"""What the service tells of records that a laptop does not hold: how they stand, and not a word of them."""

from __future__ import annotations

from casework.identifiers import ChildId, RecordId
from casework.wire.message import Message


class InterviewTold(Message):
    """One that is still to be had, by its episode; `state` as `casework.practice.lives.states` names it."""

    episode: RecordId
    state: str
    offers: int = 0
    wants_later: bool = False


class DecidedTold(Message):
    """Whether somebody has decided about a strategy meeting; `on` is a moment, a day where no more is known, or
    empty."""

    decided: bool
    on: str = ""


class SentTold(Message):
    """Of an alert that was sent: whether to the Director, when, and when they read it; empty where nobody said."""

    director: bool
    at: str = ""
    read_at: str = ""


class AlertTold(Message):
    """`begun`: somebody has one in hand. The last two are of the Director’s notice, which their own laptop opened."""

    begun: bool
    sent_to: list[SentTold]
    notice_sent: str = ""
    notice_read: str = ""


class EpisodeTold(Message):
    """`None` and empty: not told to this role, or, of the check, that none is wanted."""

    episode: RecordId
    strategy: DecidedTold | None = None
    alert: AlertTold | None = None
    interview_check: str = ""


class PlanTold(Message):
    """A child's Find Me Plan: how many were agreed, when the live one was, and whether one is being written. `plan` is
    the live one's id, told with its check to a role that holds plans and no checks; each is empty where it is not."""

    child: ChildId
    version: int | None = None
    agreed: str = ""
    draft: bool = False
    plan: str = ""
    check: str = ""


class StatusTold(Message):
    """What stood at that moment among the children of this officer. `interviews`: every one that is still to be had,
    the latest return first, `more` where that list was cut. `episodes`: who is away, and the last of each child who
    has come back lately."""

    at: str
    interviews: list[InterviewTold]
    episodes: list[EpisodeTold]
    plans: list[PlanTold]
    more: bool = False
