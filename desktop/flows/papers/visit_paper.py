"""The sheet of a visit: what of the page before it may be on paper that can be lost."""

from __future__ import annotations

import re
from pathlib import Path

from casework.dates_in_words import clock_time, day_and_time
from desktop.documents.sheets.visit_sheet import SheetPaper, sheet_pdf
from desktop.flows.desk import Desk
from desktop.flows.papers.before_you_go import BeforeYouGo
from desktop.flows.papers.visit_safety import NONE_WRITTEN
from desktop.flows.practice_paper import on_paper, paper_name
from desktop.paths import fonts, write_new

FILE_NAME = "before-you-go.pdf"


def save_sheet(desk: Desk, found: BeforeYouGo, to: Path) -> str:
    """Says what was saved. Never overwrites; nothing of an interview and no family name stands on it."""
    to = paper_name(desk, to)
    write_new(to, sheet_to_print(desk, found))
    desk.vault.audit.add("exported", record=found.record_id or found.child.child_id, copy="visit sheet")
    return f"Saved as {to.name}: one page, first name only. Shred it after the visit."


def sheet_to_print(desk: Desk, found: BeforeYouGo) -> bytes:
    """The same page, for the printer alone."""
    with on_paper(desk):
        return sheet_pdf(_paper(desk, found), fonts())


def sheet_was_printed(desk: Desk, found: BeforeYouGo) -> None:
    """Noted in this laptop’s own trail, as a saved one is."""
    desk.vault.audit.add("printed", record=found.record_id or found.child.child_id, copy="visit sheet")


def _paper(desk: Desk, found: BeforeYouGo) -> SheetPaper:
    say = _Without(found)
    meeting, now = found.meeting, desk.now()
    call = f"{clock_time(meeting.check_in)}, {meeting.check_in_with}".rstrip(", ") if meeting.check_in else ""
    facts = (
        ("When", day_and_time(meeting.at) if meeting.at else "No time is written down"),
        ("Where", say(meeting.where) or "No place is written down"),
        ("Who will be there", say(meeting.with_whom)),
        ("Why", say(found.why)),
        ("Check in by", call or "Nobody waits for a call yet: arrange it"),
        ("Best way to talk", say(found.best_way)),
    )
    return SheetPaper(
        title=f"{found.title or 'Visit'}, {found.child.first_name}".rstrip(", "),
        line=f"Made {day_and_time(now)} by {desk.officer.name or 'this laptop'}.",
        facts=[(name, words) for name, words in facts if words],
        safety=[("Careful", say(one.words)) for one in found.safety] or [("Risks", NONE_WRITTEN)],
        rings=[("Ring", f"{one.name}, {one.phone}") for one in found.emergency],
        prompts=[f"“{way}”" for prompt in found.prompts for way in prompt.ways[:2] or (prompt.asks,)][:10],
        known=[(one.name, say(one.words)) for one in found.known if one.on_paper and one.name != "Best way to talk"],
        take=found.take,
        author=desk.officer.name or "Homeward",
        made=now,
    )


class _Without:
    """Words without the child's family name: a sheet that is found tells whose house it was no sooner than it must."""

    def __init__(self, found: BeforeYouGo) -> None:
        family = str(found.child.facts.get("family_name") or "").strip()
        self._family = re.compile(rf"\b{re.escape(family)}\b", re.IGNORECASE) if family else None
        self._letter = family[:1]

    def __call__(self, words: str) -> str:
        return self._family.sub(self._letter, words) if self._family else words
