"""The manager's list (Ofsted's F1 to F16): every gap this laptop can see, each line with the record it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from msgspec.structs import replace

from casework.dates_in_words import counted, day, local, month_and_year, near_day
from casework.errors import AnswerError, NotThisRole
from casework.forms.moments import span
from casework.identifiers import OfficerId, RecordId
from casework.practice.lives.real_episodes import began
from casework.practice.lives.states import rows
from casework.practice.manager_check import CHECK, CHECKED_FORMS, CheckState, Verdict, is_wanted, may_check
from casework.practice.notices.first_steps import StepKind
from casework.practice.notices.heard import heard_by
from casework.practice.notices.notice_table import NOTICE
from casework.practice.oversight import (
    Rate,
    must_be_told,
    overdue_actions,
)
from casework.practice.police.police_list_rules import settles_police_lists
from casework.practice.roles import EDUCATION, MISSING, manages_work, strands_of
from desktop.flows.by_the_day import ByTheDay
from desktop.flows.case_file import EPISODE, INTERVIEW, PLAN, CaseFile, who_began
from desktop.flows.children import title_of
from desktop.flows.council.sending import last_heard
from desktop.flows.desk import Desk
from desktop.flows.due.at_rest import RestPlace, let_rest, stirred
from desktop.flows.due.away_from_home.harbouring_due import ENDING
from desktop.flows.due.away_from_home.placement_due import CARERS_PLAN, COUNCIL_UNTOLD
from desktop.flows.due.education_matters import education_day, hours_of_visits
from desktop.flows.due.interviews.danger_untold import DANGER, danger_untold
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import hours_of_episodes, missing_only
from desktop.flows.notices.inbox import every_notice
from desktop.flows.police.police_listed import state_said
from desktop.flows.police.police_months import unsettled_months
from desktop.flows.police.prevention_asked import asked_said, back_said, owed_of
from desktop.flows.record import editing
from desktop.flows.signing.checking import STATE_WORDS, checks_about, state_among
from desktop.flows.team.exception_row import GROUPS, OF_EDUCATION, ExceptionRow, Gap, Groups
from desktop.flows.team.interview_gaps import hours_of_interviews, interview_gaps, worker_of, worker_said
from desktop.flows.team.offer_rates import counted_of, rates
from desktop.store.database.remembered import COLLEAGUES
from desktop.store.vault import Summary

SINCE = timedelta(days=31)
"""How far back what is over is listed; what is still open never leaves."""
_MATTERS: Mapping[str, Gap] = {
    DANGER: Gap.DANGER,
    "strategy_meeting": Gap.MEETING,
    "need_to_know": Gap.ALERT,
    "referral": Gap.REFERRAL,
    "double": Gap.DOUBLE,
    ENDING: Gap.HARBOURING,
    COUNCIL_UNTOLD: Gap.COUNCIL_UNTOLD,
    CARERS_PLAN: Gap.CARERS_PLAN,
}


@dataclass(frozen=True, slots=True)
class Team:
    """`offered` by first, second, third and later episode; `independent`: interviews by somebody independent."""

    rows: tuple[ExceptionRow, ...]
    since: date
    heard: datetime | None
    offered: Mapping[str, Rate]
    independent: Rate

    def counts(self) -> Mapping[Gap, int]:
        """How many lines each list has; of one without any, nought."""
        return Counter(row.gap for row in self.rows)

    def count(self, gap: Gap) -> int:
        return self.counts()[gap]


def rates_line(found: Team) -> str:
    """“Offered: first 9 of 10, second 3 of 4, later 1 of 2. Independent: 7 of 8”."""
    names = {"1": "first", "2": "second", "3+": "later"}
    offered = ", ".join(f"{names[one]} {rate.done} of {rate.of}" for one, rate in found.offered.items() if rate.of)
    independent = f"{found.independent.done} of {found.independent.of}" if found.independent.of else ""
    parts = (f"Offered: {offered}" if offered else "", f"Independent: {independent}" if independent else "")
    return ". ".join(part for part in parts if part)


def may_see_team(role: str) -> bool:
    """A role that manages work about missing children or about education, and holds the records it is done in."""
    return manages_work(role, MISSING) or manages_work(role, EDUCATION)


def groups_of_lists(role: str) -> Groups:
    """The lists that a role’s work can fill, under their headings."""
    return GROUPS if manages_work(role, MISSING) else OF_EDUCATION


def team(desk: Desk, *, since: date | None = None) -> Team:
    """Read once. Raises NotThisRole for anybody who does not manage this work."""
    if not may_see_team(desk.officer.role):
        message = "The team’s list is the manager’s. Your own work stands on Today."
        raise NotThisRole(message)
    usual = local(desk.now()).date() - SINCE
    start = since or usual
    read = stirred(desk, RestPlace.TEAM, everyone=start < usual)
    besides = _besides(desk, start)
    begun_by = _who_began(desk, [file for file in read.files.values() if not _GAPS.has(file, besides)])
    work_out = partial(_worked_out, desk, start, begun_by)
    gaps = {child: _GAPS.of(file, work_out, besides) for child, file in read.files.items()}
    found = [row for rows_ in gaps.values() for row in rows_]
    found += _notices(desk)
    found += _police_lists(desk)
    found += _load(found)
    quiet = (child for child, rows_ in gaps.items() if not rows_)
    if start == usual:
        let_rest(desk, read, quiet, lambda file: not any(_gaps(desk, file, start, begun_by)), counted_of)
    offered, independent = rates(read) if manages_work(desk.officer.role, MISSING) else ({}, Rate(0, 0))
    return Team(tuple(found), start, last_heard(desk), offered, independent)


def to_supervision(desk: Desk, record_id: str) -> None:
    """An overdue action, taken to supervision today. Raises UnknownRecord, and AnswerError for any other record."""
    view = editing.current_view(desk, record_id)
    if view.form_id != "action":
        message = "Only an action is taken to supervision. Open the record to decide about it."
        raise AnswerError(message)
    editing.answer(desk, record_id, {"supervision_on": local(desk.now()).date().isoformat()})


def _who_began(desk: Desk, files: Sequence[CaseFile]) -> Mapping[str, OfficerId]:
    """The records whose officer is named, by id: interviews that are open, and all of education."""
    if EDUCATION in strands_of(desk.officer.role):
        return who_began(desk, files)
    asked = [one.record_id for file in files for one in file.of(INTERVIEW) if not one.locked]
    return desk.vault.begun_by(asked) if asked else {}


def _besides(desk: Desk, since: date) -> str:
    """What decides beside a child's records: how far back, whose list it is, and the names that the council told."""
    colleagues = sorted(desk.vault.settings.get(COLLEAGUES).items())
    return repr((since, desk.officer.role, desk.officer.id, desk.officer.name, colleagues))


def _worked_out(desk: Desk, since: date, begun_by: Mapping[str, OfficerId], file: CaseFile) -> tuple[ExceptionRow, ...]:
    return tuple(_gaps(desk, file, since, begun_by))


def _hours(file: CaseFile) -> Iterator[datetime]:
    yield from hours_of_episodes(file)
    yield from hours_of_interviews(file)
    yield from hours_of_visits(file)


_GAPS = ByTheDay[tuple[ExceptionRow, ...]](_hours)


def _gaps(desk: Desk, file: CaseFile, since: date, begun_by: Mapping[str, OfficerId]) -> Iterator[ExceptionRow]:
    strands = strands_of(desk.officer.role)
    if MISSING in strands:
        yield from interview_gaps(desk, file, since, begun_by)
        yield from _prevention(file)
        yield from _chairs(file, since)
        yield from (_of_matter(file, matter) for matter in missing_only(file))
    else:
        yield from (_of_matter(file, matter) for matter in danger_untold(file))
    if EDUCATION in strands:
        yield from _education(desk, file, begun_by)
    yield from _actions(file)
    yield from _checks(desk, file)


def _prevention(file: CaseFile) -> Iterator[ExceptionRow]:
    """F1, F2: not received, or waived by nobody known; who was asked for it, and when to ask again."""
    for owed in owed_of(file):
        line = f"{back_said(owed)}, no result from police"
        row = _row(file, Gap.PREVENTION, owed.episode_id, line, due=owed.returned_on)
        yield replace(row, reason=asked_said(owed, file.today))


def _chairs(file: CaseFile, since: date) -> Iterator[ExceptionRow]:
    """F10: neither typed nor read; of episodes that are over, those of the last weeks."""
    for episode in file.real_episodes():
        start = began(episode)
        is_open = episode.answers.get("found_at") is None
        if start is None or not (is_open or local(start).date() >= since):
            continue
        care = str(episode.answers.get("care_status") or file.child.facts.get("care_status") or "")
        if not must_be_told(care) or span(episode.answers.get("told_iro")):
            continue
        heard = heard_by((n.answers for n in file.of(NOTICE)), episode.record_id, whom=file.council.notices)
        chairs = [one for step, one in heard.items() if step in (StepKind.IRO, StepKind.CP_CHAIR)]
        if not any(one.read for one in chairs):
            sent = "sent, not read" if chairs else "not told"
            line = f"Missing from {near_day(local(start).date(), file.today)}: {sent}"
            yield _row(file, Gap.CHAIR_UNTOLD, episode.record_id, line, due=local(start).date())


def _education(desk: Desk, file: CaseFile, begun_by: Mapping[str, OfficerId]) -> Iterator[ExceptionRow]:
    """What is over, of both halves, with the officer who began the record."""
    found = education_day(file)
    halves = (
        (Gap.HOME_EDUCATION, "Education at home: ", found.home),
        (Gap.MISSING_EDUCATION, "Missing education: ", found.missing),
    )
    for gap, head, clocks in halves:
        for matter in (one for one in clocks if one.due < file.today):
            title, officer = matter.title.removeprefix(head), begun_by.get(matter.record_id)
            worker = (desk.name_of(officer) if officer else "") or "Nobody known"
            opens, late = matter.record_id or file.child.child_id, (file.today - matter.due).days
            said = f"{title[:1].upper()}{title[1:]}. {matter.line}"
            yield _row(file, gap, opens, said, due=matter.due, late=late, worker=worker)


def _of_matter(file: CaseFile, matter: Matter) -> ExceptionRow:
    gap = _MATTERS.get(matter.kind) or (Gap.STALE_PLAN if file.agreed_plans() else Gap.NO_PLAN)
    opens = matter.record_id or _latest(file, PLAN if matter.kind == "plan" else EPISODE) or file.child.child_id
    late = max((file.today - matter.due).days, 0)
    return _row(file, gap, opens, f"{matter.title}. {matter.line}", due=matter.due, late=late)


def _latest(file: CaseFile, form_id: str) -> str:
    held = file.of(form_id)
    return held[0].record_id if held else ""


def _actions(file: CaseFile) -> Iterator[ExceptionRow]:
    """F9, F14. An action is an action: an appointment is none."""
    written = {
        RecordId(summary.record_id): summary.answers
        for form_id, held in file.records.items()
        for summary in held
        if form_id == "action" or ('"actions"' in summary.answers_json and rows(summary.answers, "actions"))
    }
    for gap in overdue_actions(written, file.today):
        kind = Gap.ACTION_OVER if gap.days_over else Gap.ACTION_UNOWNED
        taken = span(written[gap.record_id].get("supervision_on"))
        reason = f"Taken to supervision {near_day(taken.first.date(), file.today)}" if taken else ""
        row = _row(file, kind, gap.record_id, gap.what, due=gap.due, late=gap.days_over, worker=gap.who or "Nobody")
        yield replace(row, reason=reason)


def _checks(desk: Desk, file: CaseFile) -> Iterator[ExceptionRow]:
    checks = file.of(CHECK)
    for form_id in (one for one in CHECKED_FORMS if may_check(desk.officer.role, one)):
        for signed in (summary for summary in file.of(form_id) if summary.locked):
            state = _check_state(desk, signed, checks_about(signed.record_id, checks))
            if state in (CheckState.WAITING, CheckState.RETURNED):
                on = local(datetime.fromisoformat(str(signed.signed_at))).date()
                line = f"{title_of(desk, signed)}, signed {day(on)}. {STATE_WORDS[state]}"
                yield _row(file, Gap.CHECK, signed.record_id, line, due=on)


def _check_state(desk: Desk, signed: Summary, given: Sequence[Summary]) -> CheckState:
    """The record itself is read only where something was said after its last check: most were settled long ago."""
    if not is_wanted(signed.form_id, signed.answers, desk.catalogue.council.checks):
        return CheckState.NOT_WANTED
    if not given:
        return CheckState.WAITING
    verdicts = {check.answers.get("verdict") for check in given}
    if verdicts == {Verdict.APPROVED} and signed.updated_at <= str(given[-1].signed_at):
        return CheckState.APPROVED
    return state_among(desk, desk.vault.view(signed.record_id), given)


def _notices(desk: Desk) -> Iterator[ExceptionRow]:
    now = desk.now()
    late = [one for one in every_notice(desk, unanswered=True) if one.is_late(now)]
    own = desk.vault.named({one.child_id for one in late})
    for one in late:
        if one.answer_by is None:
            continue
        child = own.get(one.child_id)
        again = f". Asked again {counted(len(one.asked_again), 'time')}" if one.asked_again else ""
        state = "opened, not acknowledged" if one.opened_at else "not read"
        yield ExceptionRow(
            Gap.NOTICE, one.record_id, one.child_id, one.child_name, worker_said(child.answers) if child else "",
            f"{one.title}, to {one.addressee}: {state}{again}", local(one.answer_by).date(),
            (now - one.answer_by).days, is_notice=True,
        )  # fmt: skip


def _police_lists(desk: Desk) -> Iterator[ExceptionRow]:
    """S0: police’s figures and ours are one only where somebody has held them against each other, month by month."""
    if not settles_police_lists(desk.officer.role):
        return
    for one in unsettled_months(desk):
        named = month_and_year(one.month)
        yield ExceptionRow(
            Gap.POLICE_LIST, one.month.isoformat()[:7], "", f"Police list of {named}", "", f"{state_said(one)}"
        )


def _load(found: Iterable[ExceptionRow]) -> Iterator[ExceptionRow]:
    """How much stands against each name, so that work can be shared out."""
    by_worker: dict[str, Counter[str]] = {}
    for row in found:
        if row.is_open and row.worker and row.gap is not Gap.NOTICE:
            by_worker.setdefault(row.worker, Counter())[_kind(row.gap)] += 1
    for worker, counts in sorted(by_worker.items()):
        said = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
        yield ExceptionRow(Gap.LOAD, "", "", worker, worker, said, late=0, offers="", reason="")


def _kind(gap: Gap) -> str:
    if gap in (Gap.LATE, Gap.DUE_SOON, Gap.NO_OFFER):
        return "interviews"
    if gap in (Gap.HOME_EDUCATION, Gap.MISSING_EDUCATION):
        return "education"
    return "actions" if gap in (Gap.ACTION_OVER, Gap.ACTION_UNOWNED) else "other"


def _row(
    file: CaseFile, gap: Gap, record_id: str, what: str, *, due: date | None = None, late: int = 0, worker: str = ""
) -> ExceptionRow:
    child = file.child
    return ExceptionRow(
        gap, record_id, child.child_id, child.name_and_age, worker or worker_of(file), what, due, late
    )  # fmt: skip
