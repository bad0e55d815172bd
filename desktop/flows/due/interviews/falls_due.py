"""What falls due soon, in words that name nobody: somebody else may read them on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from casework.dates_in_words import clock_time
from desktop.flows.desk import Desk
from desktop.flows.due import at_rest
from desktop.flows.due.at_rest import RestPlace
from desktop.flows.due.interviews.interviews_due import APPOINTMENT, due_among_files
from desktop.flows.record.linked_records import moment

BEFORE_INTERVIEW, BEFORE_VISIT = timedelta(hours=2), timedelta(minutes=30)  # time to go and do it
READS = "Today says which, and how to begin."


class FallsDue(Struct, frozen=True, order=True):
    """`at`: when to say it."""

    at: datetime
    title: str


def next_to_say(desk: Desk, after: datetime) -> FallsDue | None:
    """The first that is to be said later than that moment; of several at one moment one line speaks. Nobody waits for
    invented children."""
    if desk.is_practice:
        return None
    return min((one for one in _all(desk) if one.at > after), default=None)


def _all(desk: Desk) -> Iterator[FallsDue]:
    files = at_rest.stirred(desk, RestPlace.TODAY).files
    for due in due_among_files(desk, files):
        end = due.clocks.h72.due
        if end is not None:
            yield FallsDue(end - BEFORE_INTERVIEW, f"A return home interview falls due at {clock_time(end)}")
    for file in files.values():
        for visit in file.of(APPOINTMENT):
            if (at := moment(visit.answers.get("at"))) is not None:
                yield FallsDue(at - BEFORE_VISIT, f"A visit begins at {clock_time(at)}")
