"""Interviews that are due: by both clocks, from the interviews that are held here, or as the council told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import clock_time, day, local, near_day, when
from casework.forms.conditions import number
from casework.practice.council import Council
from casework.practice.deadlines import Clocks, at_this_hour
from casework.practice.lives.interview_stands import InterviewStands, interview_stands
from casework.practice.lives.real_episodes import NO_EPISODE
from casework.practice.lives.states import Beside, interview_state, is_settled, rows
from casework.practice.manager_check import COMMISSIONED
from casework.practice.roles import reach_of
from casework.practice.triggers import who_interviews
from desktop.flows.by_the_day import ByTheDay
from desktop.flows.case_file import EPISODE, INTERVIEW, CaseFile, clocks_of, every_case_file, held_forms, return_clocks
from desktop.flows.children import Child, child_from, child_of
from desktop.flows.council.told_status import told_interviews
from desktop.flows.desk import Desk
from desktop.flows.record.editing import new_record
from desktop.flows.record.linked_records import moment
from desktop.store.vault import Summary

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


def due_interviews(desk: Desk) -> tuple[Due, ...]:
    """Every child who is back and has had neither an interview nor a final answer to the offer of one."""
    return due_among_files(desk, every_case_file(desk))


def known_here(desk: Desk, forms: frozenset[str]) -> bool:
    """Whether interviews are held on this laptop, or one was asked of its officer."""
    return {EPISODE, INTERVIEW} <= forms or reach_of(desk.officer.role).by_commission


def due_among_files(desk: Desk, files: Mapping[str, CaseFile]) -> tuple[Due, ...]:
    """Of these children, and of those that the council told of; the soonest first."""
    here = (due for file in files.values() for due in _due_of(file))
    return tuple(sorted((*here, *_told_due(desk)), key=_urgency))


def _told_due(desk: Desk) -> Iterator[Due]:
    """Where the interviews lie on other laptops: as the council said, of children at rest too."""
    if known_here(desk, held_forms(desk)):
        return
    told_of = list(told_interviews(desk))
    own = desk.vault.named({told.episode.child_id for told in told_of})
    for told in told_of:
        answers, child_id = told.episode.answers, told.episode.child_id
        if answers.get("found_at") is None or answers.get("outcome") in NO_EPISODE or told.episode.discarded:
            continue
        state, _act = _said(told.stands, answers, "", times_held=False)
        child = child_from(desk, own[child_id]) if child_id in own else child_of(desk, child_id)
        yield Due(
            record_id="",
            episode_id=told.episode.record_id,
            child=child,
            returned_line=_returned(answers.get("found_at"), local(desk.now()).date()),
            state_line=f"{state}{_who_goes(told.stands, answers, child, desk.catalogue.council)}",
            clocks=clocks_of(desk, answers),
            act="Open episode",
            told_at=told.at,
        )


def _due_of(file: CaseFile) -> Iterator[Due]:
    """What holds all day is kept for it; only the hours are counted anew."""
    for due in _DAY.of(file, _work_out):
        yield replace(due, clocks=at_this_hour(due.clocks, file.now, file.council))


def _work_out(file: CaseFile) -> tuple[Due, ...]:
    return tuple(_of_the_day(file))


_DAY = ByTheDay[tuple[Due, ...]](lambda _file: ())


def _of_the_day(file: CaseFile) -> Iterator[Due]:
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
            yield _due(file, episode, interview, arranged)


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


def _due(file: CaseFile, episode: Summary, interview: Summary | None, arranged: Mapping[str, datetime]) -> Due:
    answers = interview.answers if interview else {}
    at = arranged.get(interview.record_id) if interview else None
    arranged_line = f"Arranged {when(at, file.now)}" if at else ""
    stands = interview_stands(answers, Beside(arranged=bool(arranged_line)))
    state, act = _said(stands, episode.answers, arranged_line, times_held=file.holds(APPOINTMENT))
    if file.asked_until is not None:
        asked = f"Asked of you until {day(file.asked_until)}"
        state, act = (f"{asked}. {state}", act) if interview else (f"{asked}. Not begun", "Start")
    return Due(
        record_id=interview.record_id if interview else "",
        episode_id=episode.record_id,
        child=file.child,
        returned_line=_returned(episode.answers.get("found_at"), file.today),
        state_line=f"{state}{_who_goes(stands, episode.answers, file.child, file.council)}",
        clocks=return_clocks(episode.answers, file.now, file.council),
        act=act,
        asked=file.asked_until is not None,
    )


def _who_goes(stands: InterviewStands, episode: Mapping[str, JSON], child: Child, council: Council) -> str:
    """D6: said until it is begun, where the child is placed further away than an advocate travels, who is the usual
    one."""
    if stands.state == "in_progress":
        return ""
    then = number(episode.get("placement_miles"))
    miles = then if then is not None else number(child.facts.get("placement_miles"))
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
