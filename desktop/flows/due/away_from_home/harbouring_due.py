"""Harbouring notices that are about to end, or have ended and nobody has said so: somebody decides (S4 ¶58)."""

from __future__ import annotations

from collections.abc import Iterator

from casework.dates_in_words import counted
from casework.practice.lives.harbouring_stands import is_undecided, last_day
from desktop.flows.case_file import CaseFile
from desktop.flows.due.matter import Matter
from desktop.flows.harbouring.harbouring_listed import ending_said
from desktop.flows.harbouring.harbouring_notices import HARBOURING, NOBODY, ends_soon
from desktop.flows.rule_sources import said_source

ENDING = "harbouring"


def harbouring_matters(file: CaseFile) -> Iterator[Matter]:
    """Each, from the council's days ahead until it is renewed or somebody says how it ended."""
    ahead = counted(file.council.number("harbouring_ahead_days"), "day")
    for notice in file.of(HARBOURING):
        last = last_day(notice.answers)
        if last is None or not is_undecided(notice.answers) or not ends_soon(last, file.today, file.council):
            continue
        yield Matter(
            kind=ENDING,
            child=file.child,
            title=f"Harbouring notice against {notice.answers.get('given_to') or NOBODY}",
            line=ending_said(last, file.today),
            rule=f"a notice is looked at again {ahead} before its last day",
            source=said_source(file.council.source("harbouring_ahead_days")),
            due=last,
            act="Open the notice",
            record_id=notice.record_id,
            age=(file.today - last).days,
        )
