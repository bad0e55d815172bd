"""Today: the interviews that are due with both clocks, visits, drafts and decisions, soonest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.practice.deadlines import Clocks, rhi_clocks
from casework.practice.states import Beside, interview_state, is_settled, latest_reply, rows
from desktop.flows.children import Child, child_of, title_of
from desktop.flows.deciding import Decision, decisions
from desktop.flows.desk import Desk
from desktop.flows.linking import moment
from desktop.flows.sending import Sending, sending
from desktop.flows.wording import clock_time, day, local, short_day, when
from desktop.store.vault import Summary

INTERVIEW = "return_home_interview"
EPISODE = "missing_episode"


@dataclass(frozen=True, slots=True)
class Due:
    """One interview to offer or to hold. `record_id` is empty until somebody has started it."""

    record_id: str
    episode_id: str
    child: Child
    returned_line: str
    state_line: str
    clocks: Clocks
    act: str


@dataclass(frozen=True, slots=True)
class Visit:
    record_id: str
    about_id: str
    at: datetime
    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft to finish, or a decision to take."""

    record_id: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Today:
    date_line: str
    due: tuple[Due, ...]
    visits: tuple[Visit, ...]
    drafts: tuple[Pending, ...]
    decisions: tuple[Pending, ...]
    sending: Sending


def today(desk: Desk) -> Today:
    return Today(
        date_line=f"{desk.now().astimezone():%A} {day(local(desk.now()).date())}",
        due=due_interviews(desk),
        visits=_visits(desk),
        drafts=_drafts(desk),
        decisions=_decisions(desk),
        sending=sending(desk),
    )


def due_interviews(desk: Desk) -> tuple[Due, ...]:
    """Every child who is back and has had neither an interview nor a final answer to the offer of one."""
    interviews, arranged = _by_episode(desk), _arranged(desk)
    found = []
    for episode in desk.vault.summaries(form_id=EPISODE):
        if episode.answers.get("found_at") is None or episode.answers.get("outcome") in (
            "entered_in_error",
            "duplicate",
        ):
            continue
        interview = interviews.get(episode.record_id)
        if interview is None or not (interview.locked or is_settled(interview_state(interview.answers))):
            found.append(_due(desk, episode, interview, arranged))
    return tuple(sorted(found, key=_urgency))


def start_interview(desk: Desk, episode_id: str) -> str:
    """The interview of this episode, begun with what the episode already tells; the one there is, if there is one."""
    from desktop.flows.records import new_record  # noqa: PLC0415 - records also shows what is due

    existing = _by_episode(desk).get(episode_id)
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
    return new_record(desk, INTERVIEW, episode.child_id, known)


def clocks_of(desk: Desk, episode: Mapping[str, JSON]) -> Clocks:
    """Both clocks of an episode; a return whose time is not known cannot be counted in hours."""
    returned = moment(episode.get("found_at")) or _day_of(episode.get("found_at"))
    return rhi_clocks(returned, desk.now(), desk.catalogue.council)


def _by_episode(desk: Desk) -> dict[str, Summary]:
    found = {}
    for summary in desk.vault.summaries(form_id=INTERVIEW):
        covered: list[object] = [summary.answers.get("episode_id")]
        covered += [row.get("also_episode_id") for row in rows(summary.answers, "also_covers")]
        found.update({episode_id: summary for episode_id in covered if isinstance(episode_id, str)})
    return found


def _arranged(desk: Desk) -> dict[str, datetime]:
    """When each interview that has a time is to be, by its id."""
    visits = desk.vault.summaries(form_id="appointment")
    times = [(str(visit.answers.get("about")), moment(visit.answers.get("at"))) for visit in visits]
    return {about: at for about, at in times if at is not None}


def _due(desk: Desk, episode: Summary, interview: Summary | None, arranged: Mapping[str, datetime]) -> Due:
    answers = interview.answers if interview else {}
    at = arranged.get(interview.record_id) if interview else None
    state, act = _state(answers, episode.answers, f"Arranged {when(at, desk.now())}" if at else "")
    return Due(
        record_id=interview.record_id if interview else "",
        episode_id=episode.record_id,
        child=child_of(desk, episode.child_id),
        returned_line=_returned(episode.answers.get("found_at")),
        state_line=state,
        clocks=clocks_of(desk, episode.answers),
        act=act,
    )


def _state(answers: Mapping[str, JSON], episode: Mapping[str, JSON], arranged: str) -> tuple[str, str]:
    """(what has happened, what to do next), from where the interview's life stands."""
    if moment(episode.get("found_at")) is None:
        return "Time not known. To offer", "Add the time"
    state = interview_state(answers, Beside(arranged=bool(arranged)))
    if state == "in_progress":
        return "Started, not finished", "Continue"
    if state in ("arranged", "accepted"):
        agreed = "Would like to talk later" if latest_reply(answers) == "wants_later" else "Said yes"
        return (arranged, "Start") if arranged else (f"{agreed}, no time agreed", "Arrange")
    offers = len(rows(answers, "offers"))
    if offers:
        times = {1: "once", 2: "twice"}.get(offers, f"{offers} times")
        return f"Offered {times}, no reply yet", "Record an offer"
    return "To offer", "Record an offer"


def _urgency(due: Due) -> tuple[bool, float]:
    """Soonest first; what cannot be counted comes last."""
    h72 = due.clocks.h72
    return h72.due is None, h72.due.timestamp() if h72.due else 0.0


def _returned(value: JSON) -> str:
    back = moment(value)
    if back is not None:
        return f"Back {short_day(local(back).date())}, {clock_time(back)}"
    known = _day_of(value)
    return f"Back {short_day(known)}" if known else "Day of return not known"


def _day_of(value: JSON) -> date | None:
    text = value.get("about") if isinstance(value, dict) else value
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _visits(desk: Desk) -> tuple[Visit, ...]:
    found = []
    for summary in desk.vault.summaries(form_id="appointment"):
        at = moment(summary.answers.get("at"))
        if at is not None and local(at).date() >= local(desk.now()).date():
            about = str(summary.answers.get("about") or "")
            what = f"{summary.answers.get('what') or 'Visit'}, {child_of(desk, summary.child_id).name}"
            found.append(Visit(summary.record_id, about, at, what, str(summary.answers.get("where") or "")))
    return tuple(sorted(found, key=lambda visit: visit.at))


def _drafts(desk: Desk) -> tuple[Pending, ...]:
    open_forms = [
        s for s in desk.vault.summaries() if not s.locked and s.form_id not in ("child", EPISODE, "note", "appointment")
    ]
    return tuple(_pending(desk, summary) for summary in open_forms[:8])


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


def _pending(desk: Desk, summary: Summary) -> Pending:
    return Pending(summary.record_id, title_of(desk, summary), child_of(desk, summary.child_id).name)
