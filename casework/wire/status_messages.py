"""What the service tells of records that a laptop does not hold: how they stand, and not a word of them."""

from __future__ import annotations

from casework.identifiers import RecordId
from casework.wire.message import Message


class InterviewTold(Message):
    """One that is still to be had, by its episode; `state` as `casework.practice.lives.states` names it."""

    episode: RecordId
    state: str
    offers: int = 0
    wants_later: bool = False


class OpenInterviews(Message):
    """Every one in this officer's reach at that moment, the latest return first; `more` where the list was cut."""

    at: str
    interviews: list[InterviewTold]
    more: bool = False
