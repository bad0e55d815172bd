"""A manager gives an episode to an interviewer of another agency: who could be asked, who is, and until when (S1)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from casework.identifiers import OfficerId
from casework.records.operation import NAMED
from casework.wire.message import Message

DAY_OR_NONE = r"^(\d{4}-\d{2}-\d{2})?\Z"


class InterviewerTold(Message):
    """`until` is the last day on which this episode is theirs, and empty where it is not."""

    officer: OfficerId
    name: str
    until: str = ""


class Interviewers(Message):
    """Every commissioned interviewer who serves, by name."""

    interviewers: list[InterviewerTold]


class CommissionAsked(Message):
    """`last` is a day, and is empty where the commission is to end now."""

    officer: Annotated[OfficerId, NAMED]
    last: Annotated[str, Meta(pattern=DAY_OR_NONE)] = ""
