"""Today: who is missing now, the interviews that are due with both clocks, visits, drafts and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.dates_in_words import LONDON, day, day_of_month, local, weekday
from casework.practice.calendar import add_months
from casework.practice.copies.copy_table import COPIES
from casework.practice.groups.group_table import ITEM
from casework.practice.notices.notice_table import NOTICE
from casework.practice.roles import EDUCATION, MISSING, strands_of
from desktop.flows.case_file import EPISODE, CaseFile, held_forms
from desktop.flows.children import child_from, title_of
from desktop.flows.council.destroyed_told import unread
from desktop.flows.council.not_taken_in import returned
from desktop.flows.council.review import waiting_for_decision
from desktop.flows.council.sending import Sending, last_heard, waiting_items
from desktop.flows.council.told_status import told_line
from desktop.flows.decisions.conflicts import Decision, decisions
from desktop.flows.desk import Desk
from desktop.flows.due.at_rest import RestPlace, Stirred, let_rest, stirred
from desktop.flows.due.due_list import DueList, due_among, month_end
from desktop.flows.due.interviews.interviews_due import APPOINTMENT, Due, due_among_files, known_here
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import by_urgency, matters, missing_only
from desktop.flows.due.missing_now import MissingNow, missing_among
from desktop.flows.notices.inbox import NOTHING_SENT, InboxTop, inbox_top
from desktop.flows.record.linked_records import moment
from desktop.flows.visits.visits_listed import AskedLine, open_lines

MONTHS_AHEAD = 2
FEW_DRAFTS, FEW_NOTICES = 8, 4


@dataclass(frozen=True, slots=True)
class Visit:
    record_id: str
    about_id: str
    child_id: str
    at: datetime
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft to finish, or a decision to take; of what was not taken in, `record_id` names the item."""

    record_id: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Today:
    """`matters` are what rules bring about; `decisions` are answers that two people wrote differently. `returned` are
    words of one's own that the council did not take in, by item; `to_review` counts colleagues' for a supervisor.

    `missing` is None for a role that holds no episodes. `interviews_known`: held here, or told by the council; without
    either, none are said to be due. `told_line`: of when that is, where the council told it.
    `notices` are those sent to this officer or their role, what waits for an answer first.
    `destroyed`: what went by the council's rule, until somebody has read it.
    `asked`: safe-and-well visits that were asked for and have no result yet.
    `education` is the day of an officer for education, whose `matters` are the others; None for everybody else."""

    date_line: str
    missing: tuple[MissingNow, ...] | None
    interviews_known: bool
    due: tuple[Due, ...]
    visits: tuple[Visit, ...]
    matters: tuple[Matter, ...]
    drafts: tuple[Pending, ...]
    decisions: tuple[Pending, ...]
    returned: tuple[Pending, ...]
    to_review: int
    sending: Sending
    education: DueList | None = None
    notices: InboxTop = NOTHING_SENT
    asked: tuple[AskedLine, ...] = ()
    told_line: str = ""
    destroyed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing stands on the day, as far as this laptop would know."""
        stands = (self.missing, self.due, self.visits, self.matters, self.drafts, self.decisions, self.returned)
        return self.interviews_known and not (self.told_line or self.to_review or self._waits or any(stands))

    @property
    def _waits(self) -> bool:
        education = self.education is not None and bool(self.education.overdue or self.education.coming)
        return education or bool(self.notices.count or self.asked)


def today(desk: Desk) -> Today:
    """Of most children nothing is due for a while: only the others are read, at one moment."""
    read, forms = stirred(desk, RestPlace.TODAY), held_forms(desk)
    files = read.files
    education, notices = _education(desk, files), desk.vault.summaries(form_id=NOTICE)
    found = Today(
        date_line=_date_line(local(desk.now()).date()),
        missing=missing_among(desk, files.values()) if EPISODE in forms else None,
        interviews_known=known_here(desk, forms) or bool(told_line(desk)),
        due=due_among_files(desk, files),
        visits=_visits(desk, files),
        matters=by_urgency(matter for file in files.values() for matter in _matters(file, full=education is None)),
        drafts=_drafts(desk),
        decisions=_decisions(desk),
        returned=tuple(Pending(one.op_id, one.state, f"{one.child}, {one.title}") for one in returned(desk)),
        to_review=waiting_for_decision(desk),
        sending=Sending(waiting_items(desk), (), (), 0, last_heard(desk)),
        education=education,
        notices=inbox_top(desk, notices, FEW_NOTICES),
        asked=open_lines(desk, notices),
        told_line="" if known_here(desk, forms) else told_line(desk),
        destroyed=unread(desk),
    )
    let_rest(desk, read, _quiet(read, found), lambda file: not any(_matters(file, full=True)))
    return found


def _matters(file: CaseFile, *, full: bool) -> Iterable[Matter]:
    return matters(file) if full else missing_only(file)


def _quiet(read: Stirred, found: Today) -> Iterator[str]:
    """The children of whom nothing stands on the day: who is away, back without an interview or to be visited stays on
    it until somebody writes so."""
    stands = {visit.child_id for visit in found.visits}
    for listed in (found.missing or (), found.due, found.matters):
        stands |= {one.child.child_id for one in listed}
    return (child for child in read.files if child not in stands)


def _education(desk: Desk, files: Mapping[str, CaseFile]) -> DueList | None:
    """This month and the two after it, for whoever works in education and holds no interviews."""
    strands = strands_of(desk.officer.role)
    if EDUCATION not in strands or MISSING in strands:
        return None
    until = month_end(add_months(local(desk.now()).date(), MONTHS_AHEAD))
    return due_among(desk, files, until=until, strand=EDUCATION, with_officers=False)


def _date_line(today: date) -> str:
    """Says beforehand when the clocks change, since the hours then run differently."""
    ahead = next((day_ for day_ in (today + timedelta(days=n) for n in range(7)) if _hours(day_) != 24), None)
    if ahead is None:
        return f"{weekday(today)} {day(today)}"
    way, on = ("forward" if _hours(ahead) < 24 else "back"), f"{weekday(ahead)} {day_of_month(ahead)}"
    return f"{weekday(today)} {day(today)}. Clocks go {way} {'today' if ahead == today else f'on {on}'}."


def _hours(day_: date) -> int:
    first, last = (datetime.combine(d, time.min, LONDON) for d in (day_, day_ + timedelta(days=1)))
    return round((last.timestamp() - first.timestamp()) / 3600)


def _visits(desk: Desk, files: Mapping[str, CaseFile]) -> tuple[Visit, ...]:
    found = []
    for file in files.values():
        for summary in file.of(APPOINTMENT):
            at = moment(summary.answers.get("at"))
            if at is not None and local(at).date() >= local(desk.now()).date():
                about = str(summary.answers.get("about") or "")
                what = f"{summary.answers.get('what') or 'Visit'}, {file.child.name}"
                where = str(summary.answers.get("where") or "")
                found.append(Visit(summary.record_id, about, file.child.child_id, at, what, where))
    return tuple(sorted(found, key=lambda visit: visit.at))


def _drafts(desk: Desk) -> tuple[Pending, ...]:
    """The latest; what is short or sent as it is written, and a case that goes on for years, is no draft to go back
    to."""
    quiet = ("child", EPISODE, "ehe_case", "note", "appointment", NOTICE, ITEM, *COPIES)
    drafts = desk.vault.unsigned([form for form in desk.catalogue.ids() if form not in quiet], most=FEW_DRAFTS)
    own = desk.vault.named(draft.child_id for draft in drafts)
    return tuple(Pending(s.record_id, title_of(desk, s), child_from(desk, own[s.child_id]).name) for s in drafts)


def _decisions(desk: Desk) -> tuple[Pending, ...]:
    """One line a record, the one that has waited longest first."""
    found: dict[str, Decision] = {}
    for one in decisions(desk):
        found.setdefault(one.record_id, one)
    return tuple(
        Pending(
            one.record_id,
            "Arrived after signing" if one.signed else "Same answer, two versions",
            f"{one.child.name}, {one.title}",
        )
        for one in found.values()
    )
