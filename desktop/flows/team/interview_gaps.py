"""Interviews as a manager asks after them: late while open, held late, about to be late, never offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from casework.canonical import JSON
from casework.dates_in_words import LONDON, counted, day, local
from casework.forms.conditions import codes
from casework.forms.moments import span
from casework.identifiers import OfficerId
from casework.kept_once import once
from casework.practice.calendar import working_days_between
from casework.practice.deadlines import Clocks, told_late
from casework.practice.lives.states import interview_state, is_settled, rows
from desktop.flows.case_file import INTERVIEW, CaseFile, return_clocks
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import interviews_by_episode
from desktop.flows.team.exception_row import NO_REASON, ExceptionRow, Gap
from desktop.store.vault import Summary

DAY = timedelta(hours=24)


def interview_gaps(
    desk: Desk, file: CaseFile, since: date, begun_by: Mapping[str, OfficerId]
) -> Iterator[ExceptionRow]:
    """`begun_by`: who began each interview that is still open, by its id."""
    interviews = interviews_by_episode(file.of(INTERVIEW))
    for episode in file.real_episodes():
        found = span(episode.answers.get("found_at"))
        if found is None:
            continue
        interview = interviews.get(episode.record_id)
        one = _Interview(desk, file, episode, interview, begun_by)
        yield from one.gaps(since)
        heard = span(episode.answers.get("la_told_found_at"))
        if heard is None or local(heard.first).date() < since:
            continue
        late = told_late(found.first, heard.first, file.council)
        if late:
            hours = int(late.total_seconds() // 3600)
            line = f"Back {day(local(found.first).date())}, we were told {counted(hours, 'hour')} later"
            yield one.row(Gap.TOLD_LATE, line, record_id=episode.record_id)


def hours_of_interviews(file: CaseFile) -> Iterator[datetime]:
    """When each that is open comes to be due soon."""
    interviews = interviews_by_episode(file.of(INTERVIEW))
    for episode in file.real_episodes():
        interview = interviews.get(episode.record_id)
        if is_open(interview) and episode.answers.get("found_at"):
            first = return_clocks(episode.answers, file.now, file.council).first_due
            soon = datetime.fromtimestamp(first.timestamp() - DAY.total_seconds(), LONDON) if first else None
            if soon is not None and soon >= file.now:
                yield soon


def is_open(interview: Summary | None) -> bool:
    """Nobody has begun it, or it is neither signed nor settled."""
    if interview is None:
        return True
    return not (interview.locked or is_settled(interview_state(interview.answers)))


class _Interview:
    """One return, and the interview that follows it, if somebody has begun it."""

    def __init__(
        self,
        desk: Desk,
        file: CaseFile,
        episode: Summary,
        interview: Summary | None,
        begun_by: Mapping[str, OfficerId],
    ) -> None:
        self._begun_by = begun_by
        self._desk, self._file, self._episode, self._interview = desk, file, episode, interview
        self._answers: Mapping[str, JSON] = interview.answers if interview else {}

    @once
    def _clocks(self) -> Clocks:
        return return_clocks(self._episode.answers, self._file.now, self._file.council)

    @once
    def _worker(self) -> str:
        """Who began the interview; else whose child it is. Asked one by one of the few that were held late."""
        if self._interview is None:
            return worker_of(self._file)
        record_id = self._interview.record_id
        is_known = record_id in self._begun_by
        begun_by = self._begun_by if is_known else self._desk.vault.begun_by([record_id])
        return self._desk.name_of(begun_by.get(record_id, OfficerId(""))) or worker_of(self._file)

    def gaps(self, since: date) -> Iterator[ExceptionRow]:
        if is_open(self._interview):
            yield from self._open_gaps(self._clocks.working.due)
            return
        held = span(self._answers.get("started_at"))
        on = local(held.first).date() if held else None
        if on is None or on < since:  # most were held long ago
            return
        due = self._clocks.working.due
        if due is not None and on > due:
            late = working_days_between(due, on, self._file.council)
            yield self.row(Gap.LATE, f"Held {day(on)}", due=due, late=late, is_open=False)

    def row(
        self, gap: Gap, what: str, *, due: date | None = None, late: int = 0, is_open: bool = True, record_id: str = ""
    ) -> ExceptionRow:
        child = self._file.child
        opens = record_id or (self._interview.record_id if self._interview else self._episode.record_id)
        return ExceptionRow(
            gap, opens, child.child_id, child.name_and_age, self._worker, what, due, late, self._offers(),
            self._reason() if gap is Gap.LATE else "", is_open,
        )  # fmt: skip

    def _open_gaps(self, due: date | None) -> Iterator[ExceptionRow]:
        working = self._clocks.working
        if working.overdue:
            yield self.row(Gap.LATE, "Open", due=due, late=working.over)
        elif self._is_soon():
            yield self.row(Gap.DUE_SOON, "Open", due=due)
        returned = span(self._episode.answers.get("found_at"))
        if not rows(self._answers, "offers") and returned and local(returned.first).date() < self._file.today:
            yield self.row(Gap.NO_OFFER, f"Back {day(local(returned.first).date())}, no offer", due=due)

    def _is_soon(self) -> bool:
        first = self._clocks.first_due
        return first is not None and first.timestamp() - self._file.now.timestamp() <= DAY.total_seconds()

    def _offers(self) -> str:
        """“3 offers, next day”: how many, and how soon after the return the first was."""
        offers = rows(self._answers, "offers")
        first = min((moment.first for offer in offers if (moment := span(offer.get("at")))), default=None)
        returned = span(self._episode.answers.get("found_at"))
        if not offers or first is None or returned is None:
            return counted(len(offers), "offer") if offers else "No offer"
        return f"{counted(len(offers), 'offer')}, {_after(returned.first, first)}"

    def _reason(self) -> str:
        """What somebody wrote; else the reply to the last offer; never a guess."""
        if isinstance(said := self._answers.get("late_why"), str) and said.strip():
            return said.strip()
        form = self._desk.catalogue.form(INTERVIEW, self._interview.form_version if self._interview else None)
        replies = [code for offer in rows(self._answers, "offers") for code in codes(offer.get("reply"))]
        column = form.question("offers").column("reply")
        labels = {option.code: option.label for option in column.options} if column else {}
        return f"Last reply: {labels.get(replies[-1], replies[-1]).lower()}" if replies else NO_REASON


def worker_of(file: CaseFile) -> str:
    return worker_said(file.child.facts)


def worker_said(facts: Mapping[str, JSON]) -> str:
    """By the child's own record."""
    return str(facts.get("allocated_worker") or "") or "Nobody allocated"


def _after(returned: datetime, offered: datetime) -> str:
    days = (local(offered).date() - local(returned).date()).days
    return {0: "same day", 1: "next day"}.get(days, f"{days} days after")
