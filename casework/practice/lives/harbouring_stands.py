"""Where a harbouring notice stands, and until when: read from its answers (S4 ¶58–60)."""

from __future__ import annotations

from datetime import date

from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.lives.states import Answers, rows

STANDS, RENEWED = "stands", "renewed"
_ENDED = ("withdrawn", "ran_out")


def harbouring_state(answers: Answers) -> str:
    """By the states of its life."""
    ended = answers.get("ended_how")
    if ended in _ENDED:
        return str(ended)
    if rows(answers, "renewals"):
        return RENEWED
    is_given = is_answered(answers.get("given_to")) and is_answered(answers.get("issued_on"))
    return STANDS if is_given else "begun"


def last_day(answers: Answers) -> date | None:
    """The last that it names, renewals counted; None where it names none."""
    named = [answers.get("stands_until"), *(row.get("until") for row in rows(answers, "renewals"))]
    return max((known.last.date() for value in named if (known := span(value))), default=None)


def stands_on(answers: Answers, day: date) -> bool:
    """Whether an adult is bound by it on a day. One that names no last day stands until somebody says that it ended."""
    last = last_day(answers)
    return harbouring_state(answers) in (STANDS, RENEWED) and (last is None or day <= last)


def is_undecided(answers: Answers) -> bool:
    """Nobody has said that it ended: past its last day too, since nothing undecided ends by growing old."""
    return harbouring_state(answers) in (STANDS, RENEWED)
