"""Today: who is missing now, the interviews that are due with both clocks, visits, drafts and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.canonical import JSON
from casework.dates_in_words import LONDON, clock_time, day, day_of_month, local, near_day, weekday, when
from casework.forms.conditions import number
from casework.practice.calendar import add_months
from casework.practice.copies.copy_table import COPIES
from casework.practice.council import Council
from casework.practice.deadlines import Clocks
from casework.practice.groups.group_table import ITEM
from casework.practice.lives.interview_stands import InterviewStands, interview_stands
from casework.practice.lives.states import Beside, interview_state, is_settled, rows
from casework.practice.manager_check import COMMISSIONED
from casework.practice.notices.notice_table import NOTICE
from casework.practice.roles import EDUCATION, MISSING, reach_of, strands_of
from casework.practice.triggers import who_interviews
from desktop.flows.case_file import EPISODE, INTERVIEW, NO_EPISODE, CaseFile, case_files, clocks_of, held_forms
from desktop.flows.children import Child, child_from, child_of, title_of
from desktop.flows.council.not_taken_in import returned
from desktop.flows.council.review import waiting_for_decision
from desktop.flows.council.sending import Sending, last_heard, waiting_items
from desktop.flows.council.told_interviews import told_at, told_interviews
from desktop.flows.decisions.conflicts import Decision, decisions
from desktop.flows.desk import Desk
from desktop.flows.due.at_rest import RestPlace, Stirred, let_rest, stirred
from desktop.flows.due.due_list import DueList, due_among, month_end
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import by_urgency, matters, missing_only
from desktop.flows.due.missing_now import MissingNow, missing_among
from desktop.flows.notices.inbox import NOTHING_SENT, InboxTop, inbox_top
from desktop.flows.record.editing import new_record
from desktop.flows.record.linked_records import moment
from desktop.flows.visits.visits_listed import AskedLine, open_lines
from desktop.store.vault import Summary

MONTHS_AHEAD = 2
FEW_DRAFTS, FEW_NOTICES = 8, 4
APPOINTMENT = "appointment"
USUAL = "by an advocate"
WAYS_TO_INTERVIEW: Mapping[str, str] = {
    "missing_advocate": USUAL,
    "worker_child_nominated": "a worker the child chose",
    "video_by_advocate": "by video",
    "allocated_worker": "by the social worker",
    "key_worker_child_asked_for": "a key worker the child asks for",
    "commissioned_agency": "another agency",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One interview to offer or to hold. `record_id` is empty until somebody has started it. `asked`: of a commission,
    which is no word on whether somebody else has held one. `told_at`: when the council said how it stands, where this
    laptop holds no interviews."""

    record_id: str
    episode_id: str
    child: Child
    returned_line: str
    state_line: str
    clocks: Clocks
    act: str
    asked: bool = False
    told_at: datetime | None = None


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
    either, none are said to be due. `told_at`: when the council told it.
    `notices` are those sent to this officer or their role, what waits for an answer first.
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
    told_at: datetime | None = None


def today(desk: Desk) -> Today:
    """Of most children nothing is due for a while: only the others are read, at one moment."""
    read, forms = stirred(desk, RestPlace.TODAY), held_forms(desk)
    files = read.files
    education, notices = _education(desk, files), desk.vault.summaries(form_id=NOTICE)
    found = Today(
        date_line=_date_line(local(desk.now()).date()),
        missing=missing_among(desk, files.values()) if EPISODE in forms else None,
        interviews_known=_known_here(desk, forms) or told_at(desk) is not None,
        due=_due_among(desk, files),
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
        told_at=told_at(desk),
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


def due_interviews(desk: Desk) -> tuple[Due, ...]:
    """Every child who is back and has had neither an interview nor a final answer to the offer of one."""
    return _due_among(desk, case_files(desk, desk.vault.summaries()))


def _known_here(desk: Desk, forms: frozenset[str]) -> bool:
    return {EPISODE, INTERVIEW} <= forms or reach_of(desk.officer.role).by_commission


def _due_among(desk: Desk, files: Mapping[str, CaseFile]) -> tuple[Due, ...]:
    here = (due for file in files.values() for due in _due_of(desk, file))
    return tuple(sorted((*here, *_told_due(desk)), key=_urgency))


def _told_due(desk: Desk) -> Iterator[Due]:
    """Where the interviews lie on other laptops: as the council said, of children at rest too."""
    if _known_here(desk, held_forms(desk)):
        return
    for told in told_interviews(desk):
        answers = told.episode.answers
        if answers.get("found_at") is None or answers.get("outcome") in NO_EPISODE or told.episode.discarded:
            continue
        state, _act = _said(told.stands, answers, "", times_held=False)
        child = child_of(desk, told.episode.child_id)
        yield Due(
            record_id="",
            episode_id=told.episode.record_id,
            child=child,
            returned_line=_returned(answers.get("found_at"), local(desk.now()).date()),
            state_line=f"{state}{_who_goes(answers, child, desk.catalogue.council)}",
            clocks=clocks_of(desk, answers),
            act="Open episode" if clocks_of(desk, answers).h72.due else "Add the time",
            told_at=told.at,
        )


def _due_of(desk: Desk, file: CaseFile) -> Iterator[Due]:
    """None where interviews are not held: the one that settles it may be there, on another laptop. A commissioned
    interviewer is shown what they were asked for."""
    if not file.holds(EPISODE, INTERVIEW) and file.asked_until is None:
        return
    interviews, arranged = interviews_by_episode(file.of(INTERVIEW)), _arranged(file)
    for episode in file.of(EPISODE):
        if episode.answers.get("found_at") is None or episode.answers.get("outcome") in NO_EPISODE:
            continue
        interview = interviews.get(episode.record_id)
        if interview is None or not (interview.locked or is_settled(interview_state(interview.answers))):
            yield _due(desk, file, episode, interview, arranged)


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


def start_interview(desk: Desk, episode_id: str) -> str:
    """The interview of this episode, begun with what the episode already tells; the one there is, if there is one."""
    existing = interviews_by_episode(desk.vault.summaries(form_id=INTERVIEW)).get(episode_id)
    if existing is not None:
        return existing.record_id
    episode = desk.vault.view(episode_id)
    facts = episode.answers()
    known: dict[str, JSON] = {"episode_id": episode_id}
    definition = desk.catalogue.form(INTERVIEW)
    for question in definition.questions():
        source, _, name = question.prefill.partition(".")
        if source == "episode" and facts.get(name) is not None:
            known[question.id] = facts[name]
    if reach_of(desk.officer.role).by_commission:
        known["interviewer_type"] = COMMISSIONED
    return new_record(desk, INTERVIEW, episode.child_id, known)


def interviews_by_episode(interviews: Iterable[Summary]) -> dict[str, Summary]:
    """The one that is about each episode, alone or beside another."""
    found = {}
    for summary in interviews:
        covered: list[object] = [summary.answers.get("episode_id")]
        covered += [row.get("also_episode_id") for row in rows(summary.answers, "also_covers")]
        found.update({episode_id: summary for episode_id in covered if isinstance(episode_id, str)})
    return found


def _arranged(file: CaseFile) -> dict[str, datetime]:
    """When each interview that has a time is to be, by its id."""
    times = [(str(v.answers.get("about")), moment(v.answers.get("at"))) for v in file.of(APPOINTMENT)]
    return {about: at for about, at in times if at is not None}


def _due(
    desk: Desk, file: CaseFile, episode: Summary, interview: Summary | None, arranged: Mapping[str, datetime]
) -> Due:
    answers = interview.answers if interview else {}
    at = arranged.get(interview.record_id) if interview else None
    arranged_line = f"Arranged {when(at, desk.now())}" if at else ""
    stands = interview_stands(answers, Beside(arranged=bool(arranged_line)))
    state, act = _said(stands, episode.answers, arranged_line, times_held=file.holds(APPOINTMENT))
    if file.asked_until is not None:
        asked = f"Asked of you until {day(file.asked_until)}"
        state, act = (f"{asked}. {state}", act) if interview else (f"{asked}. Not begun", "Start")
    return Due(
        record_id=interview.record_id if interview else "",
        episode_id=episode.record_id,
        child=file.child,
        returned_line=_returned(episode.answers.get("found_at"), local(desk.now()).date()),
        state_line=f"{state}{_who_goes(episode.answers, file.child, file.council)}",
        clocks=clocks_of(desk, episode.answers),
        act=act,
        asked=file.asked_until is not None,
    )


def _who_goes(episode: Mapping[str, JSON], child: Child, council: Council) -> str:
    """D6: said where the child is placed further away than an advocate travels; an advocate is the usual one."""
    miles = number(episode.get("placement_miles")) or number(child.facts.get("placement_miles"))
    able = [WAYS_TO_INTERVIEW[one] for one in who_interviews(miles, council)]
    return "" if able[0] == USUAL else f". Placed {miles:f} miles away: {', '.join(able[:-1])} or {able[-1]}"


def _said(stands: InterviewStands, episode: Mapping[str, JSON], arranged: str, *, times_held: bool) -> tuple[str, str]:
    """(what has happened, what to do next), from where the interview's life stands."""
    if moment(episode.get("found_at")) is None:
        return "Time not known. To offer", "Add the time"
    if stands.state == "in_progress":
        return "Started, not finished", "Continue"
    if stands.state in ("arranged", "accepted"):
        agreed = "Would like to talk later" if stands.wants_later else "Said yes"
        none = f"{agreed}, no time agreed" if times_held else f"{agreed}. Times are not kept on this laptop"
        return (arranged, "Start") if arranged else (none, "Arrange" if times_held else "Start")
    if offers := stands.offers:
        times = {1: "once", 2: "twice"}.get(offers, f"{offers} times")
        return f"Offered {times}, no reply yet", "Record an offer"
    return "To offer", "Record an offer"


def _urgency(due: Due) -> tuple[bool, float]:
    """Soonest first; what cannot be counted comes last."""
    h72 = due.clocks.h72
    return h72.due is None, h72.due.timestamp() if h72.due else 0.0


def _returned(value: JSON, today: date) -> str:
    back = moment(value)
    if back is not None:
        return f"Back {near_day(local(back).date(), today)}, {clock_time(back)}"
    known = _day_of(value)
    return f"Back {near_day(known, today)}" if known else "Day of return not known"


def _day_of(value: JSON) -> date | None:
    text = value.get("about") if isinstance(value, dict) else value
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


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
    """The latest; what is short or sent as it is written is no draft to go back to."""
    quiet = ("child", EPISODE, "note", "appointment", NOTICE, ITEM, *COPIES)
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
