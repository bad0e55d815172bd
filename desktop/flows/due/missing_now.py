"""Missing now: every child with an open episode, how long it has been, and the step that is due next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from casework.canonical import JSON
from casework.dates_in_words import clock_time, counted, local, near_day
from casework.practice.lives.real_episodes import began
from casework.practice.lives.states import Answers, episode_state
from casework.practice.lives.undecided_tests import alert_about, meetings_about
from casework.practice.notices.first_steps import Away, Step, StepKind, StepState, first_steps, next_step
from casework.practice.notices.heard import heard_by
from casework.practice.notices.notice_table import NOTICE
from casework.practice.placements.placement_rules import placed
from casework.practice.triggers import Episode, more_than_24_hours, turning_points
from desktop.flows.by_the_day import ByTheDay
from desktop.flows.case_file import EPISODE, PLAN, CaseFile, case_file
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.due.matter import Matter
from desktop.flows.due.told.told_steps import (
    ALERT,
    MEETING,
    alert_answers,
    alert_told,
    from_the_council,
    heard_told,
    meetings_told,
    plan_told,
    plan_words,
    strategy_told,
)
from desktop.flows.due.undecided import alert_facts, meeting_facts
from desktop.flows.harbouring.harbouring_notices import standing_lines
from desktop.flows.placements.placement_history import placed_now, placed_words
from desktop.flows.record.plan_versions import live_plan, plan_versions
from desktop.store.vault import Summary

AWAY = ("reported", "missing")
NOT_RECORDED = "Not recorded"
COUNCIL, NOTICE_STANDS = "Council", "Harbouring notice"
CALLED: Mapping[StepKind, str] = {
    StepKind.POLICE: "Police",
    StepKind.WORKER: "Worker",
    StepKind.MASH: "MASH",
    StepKind.IRO: "Reviewing officer",
    StepKind.CP_CHAIR: "Conference chair",
    StepKind.NEED_TO_KNOW: "Need to know",
    StepKind.DIRECTOR: "Director",
    StepKind.STRATEGY: "Strategy meeting",
}
ASKED: Mapping[StepKind, str] = {
    StepKind.POLICE: "Tell police",
    StepKind.WORKER: "Tell the worker",
    StepKind.MASH: "Pass it to MASH to screen",
    StepKind.IRO: "Tell the reviewing officer",
    StepKind.CP_CHAIR: "Tell the conference chair",
    StepKind.NEED_TO_KNOW: "Send the need to know",
    StepKind.DIRECTOR: "Tell the Director",
    StepKind.STRATEGY: "Decide about a strategy meeting",
}


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step in words: what it is called, and where it stands."""

    kind: StepKind
    state: StepState
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class MissingNow:
    """`away` is None while it is not known since when. `lines` are named facts, in the order they are read out.
    `next` is what is due next, to be opened, and None when every step is done; `next_by`: “50 min left”. `told_line`:
    which of it the council told, and when."""

    child: Child
    episode_id: str
    since: datetime | None
    away: timedelta | None
    status: str
    lines: tuple[tuple[str, str], ...]
    plan_id: str
    steps: tuple[ToldStep, ...]
    next: Matter | None
    next_state: StepState
    next_by: str
    told_line: str = ""

    @property
    def how_long(self) -> str:
        return said_length(self.away) if self.away is not None else "Not known how long"

    @property
    def headline(self) -> str:
        """“Missing 4 h 27 min”."""
        return f"Missing {self.how_long}" if self.away is not None else "Missing, not known since when"


def missing_now(desk: Desk) -> tuple[MissingNow, ...]:
    """The longest first; those of whom nobody knows since when before all others."""
    open_ones = [episode for episode in desk.vault.not_found() if is_away(episode)]
    return missing_among(desk, (case_file(desk, child) for child in dict.fromkeys(e.child_id for e in open_ones)))


def missing_among(desk: Desk, files: Iterable[CaseFile]) -> tuple[MissingNow, ...]:
    found = [missing for file in files if (missing := missing_child(desk, file))]
    return tuple(sorted(found, key=lambda missing: (_stamp(missing.since), missing.child.name.casefold())))


def missing_child(desk: Desk, file: CaseFile) -> MissingNow | None:
    """One line a child, whatever has been recorded twice: the episode that began first. What holds for some hours is
    kept for them; only the minutes are counted anew."""
    found = _STANDS.of(file, partial(_standing, desk))
    if found is None:
        return None
    missing, following = found
    by = _left(following, file.now) if following else ""
    return replace(missing, away=_since(missing.since, file.now), next_by=by)


def _first_open(file: CaseFile) -> Summary | None:
    open_ones = [episode for episode in file.of(EPISODE) if is_away(episode)]
    if not open_ones or not file.holds(EPISODE):
        return None
    return min(open_ones, key=lambda found: (_stamp(began(found)), found.created_at))


def _since(began: datetime | None, now: datetime) -> timedelta | None:
    return timedelta(seconds=now.timestamp() - began.timestamp()) if began else None


def _standing(desk: Desk, file: CaseFile) -> tuple[MissingNow, Step | None] | None:
    episode = _first_open(file)
    if episode is None:
        return None
    steps = _steps(file, episode)
    following = next_step(steps)
    missing = MissingNow(
        child=file.child,
        episode_id=episode.record_id,
        since=began(episode),
        away=None,
        status=_chosen(desk, "care_status", _care(file, episode)),
        lines=tuple(_lines(desk, file, episode)),
        plan_id=_plan(file)[1],
        steps=tuple(_told(step, file) for step in steps),
        next=_opens(file, episode, following) if following else None,
        next_state=following.state if following else StepState.DONE,
        next_by="",
        told_line=from_the_council(file, episode.record_id),
    )
    return missing, following


def _steps(file: CaseFile, episode: Summary) -> Sequence[Step]:
    return first_steps(_away(file, episode), file.now, file.council)


def _hours(file: CaseFile) -> Iterable[datetime] | None:
    """A step is late right after its hour, and the tests of the episode turn at theirs. Of an episode that nobody knows
    the beginning of, and of what the council told, nothing is kept."""
    episode = _first_open(file)
    if episode is None:
        return ()
    if began(episode) is None or file.told is not None:
        return None
    due = [step.due for step in _steps(file, episode) if step.due is not None and step.due >= file.now]
    return (*due, *turning_points(_as_counted(file, episode), file.now, file.council))


_STANDS = ByTheDay[tuple[MissingNow, Step | None] | None](_hours)


def is_away(episode: Summary) -> bool:
    return episode_state(episode.answers) in AWAY


def police_words(missing: MissingNow) -> str:
    """“Medium risk, reference AP-26-118362”, and one sentence where neither is recorded."""
    known = dict(missing.lines)
    risk, reference = known["Police risk"], known["Police reference"]
    if risk == reference == NOT_RECORDED:
        return "Neither risk nor reference recorded"
    risk_said = "risk not recorded" if risk == NOT_RECORDED else f"{risk.lower()} risk"
    said = "reference not recorded" if reference == NOT_RECORDED else f"reference {reference}"
    return f"{risk_said[:1].upper()}{risk_said[1:]}, {said}"


def since_words(missing: MissingNow, now: datetime) -> str:
    """“Since Wed 25 March, 22:20”."""
    if missing.since is None:
        return "Since when is not known"
    today = local(now).date()
    on = local(missing.since).date()
    return f"Since {'today' if on == today else near_day(on, today)}, {clock_time(missing.since)}"


def said_length(length: timedelta) -> str:
    """“4 h 27 min”; from three days on “12 days 4 h”."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 72 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{counted(minutes // 1440, 'day')} {minutes % 1440 // 60} h"


def _away(file: CaseFile, episode: Summary) -> Away:
    alert = alert_about(file.of(ALERT), episode.record_id)
    about = (episode.record_id, alert.record_id if alert else "")
    told = alert_told(file, episode.record_id)
    heard = heard_by((notice.answers for notice in file.of(NOTICE)), *about, whom=file.council.notices)
    return Away(
        episode=episode.answers,
        care_status=_care(file, episode),
        began=began(episode),
        known=_care(file, episode) not in ("", "not_a_client") or bool(file.child.facts.get("allocated_worker")),
        alert=(alert.answers if alert else {}) if file.holds(ALERT) else alert_answers(told) if told else None,
        decided=_decided(file, episode),
        heard={**heard_told(told), **heard},
    )


def _decided(file: CaseFile, episode: Summary) -> Sequence[Answers] | None:
    """The meetings that decided about this episode, where it asks for one; None where nobody can say."""
    told = strategy_told(file, episode.record_id)
    if not file.holds(MEETING) and told is None:
        return None
    test = more_than_24_hours([_as_counted(file, episode)], file.now, file.council)
    if began(episode) is None or not test.met:
        return []
    return meetings_told(told) if told else [meeting.answers for meeting in meetings_about(file.of(MEETING), test)]


def _as_counted(file: CaseFile, episode: Summary) -> Episode:
    start = began(episode) or file.now
    return Episode(episode.record_id, start, None, _care(file, episode))


def _care(file: CaseFile, episode: Summary) -> str:
    return str(episode.answers.get("care_status") or file.child.facts.get("care_status") or "")


def _lines(desk: Desk, file: CaseFile, episode: Summary) -> Iterator[tuple[str, str]]:
    known = episode.answers
    seen = [str(known[name]) for name in ("last_seen_where", "last_seen_by") if isinstance(known.get(name), str)]
    yield "Last seen", ", by ".join(seen) if len(seen) == 2 else "".join(seen) or NOT_RECORDED
    risk = _chosen(desk, "police_risk", known.get("police_risk"), EPISODE)
    yield "Police risk", risk or NOT_RECORDED
    yield "Police reference", str(known.get("police_ref") or NOT_RECORDED)
    yield "CSE", _level(desk, "cse_level", known.get("cse_level") or file.child.facts.get("cse_level"))
    yield "CCE", _level(desk, "cce_level", file.child.facts.get("cce_level"))
    worker = [str(file.child.facts.get(name) or "") for name in ("allocated_worker", "worker_contact")]
    yield "Worker", ", ".join(part for part in worker if part) or "Nobody allocated"
    yield "Plan", _plan(file)[0]
    yield from _away_from_home(file, episode)


def _away_from_home(file: CaseFile, episode: Summary) -> Iterator[tuple[str, str]]:
    """Where it is not one's own child at home: which council; and each adult who may not keep the child."""
    if council := placed_words(placed_now(file)) or _host(file, episode):
        yield COUNCIL, council
    if against := ". ".join(standing_lines(file)):
        yield NOTICE_STANDS, against


def _host(file: CaseFile, episode: Summary) -> str:
    """By the episode itself, for who holds no moves."""
    return placed_words(placed({}, episode.answers, file.council))


def _level(desk: Desk, question: str, value: JSON) -> str:
    return _chosen(desk, question, value) or NOT_RECORDED


def _chosen(desk: Desk, question: str, value: JSON, form_id: str = "child") -> str:
    return desk.catalogue.display(desk.catalogue.form(form_id), question, value) if value else ""


def _plan(file: CaseFile) -> tuple[str, str]:
    """The live plan in words, and its record; a draft is named as one."""
    if not file.holds(PLAN):
        told = plan_told(file)
        return plan_words(told) if told else "Plans are not kept on this laptop", ""
    versions = plan_versions(file.of(PLAN))
    live = live_plan(versions)
    if live is not None:
        return live.line, live.record_id
    draft = versions[-1].record_id if versions else ""
    return "No agreed plan, only a draft" if draft else "No agreed plan", draft


def _told(step: Step, file: CaseFile) -> ToldStep:
    return ToldStep(step.kind, step.state, CALLED[step.kind], _step_line(step, file.now))


def _step_line(step: Step, now: datetime) -> str:
    on = _moment(step.at, now, by_day=step.by_day) if step.at else ""
    due = _moment(step.due, now) if step.due else ""
    said: Mapping[StepState, str] = {
        StepState.DONE: f"done {on}".strip(),
        StepState.UNREAD: f"told {on}, not read".replace(" ,", ","),
        StepState.LATE: f"told {on}, not read" if on else f"was due {due}",
        StepState.DUE: f"due by {due}" if due else "to be done now",
        StepState.AHEAD: f"if away at {due}",
        StepState.NOT_HELD: "not kept on this laptop",
    }
    return said[step.state]


def _left(step: Step, now: datetime) -> str:
    if step.due is None:
        return "To be done now"
    left = timedelta(seconds=step.due.timestamp() - now.timestamp())
    return f"{said_length(abs(left))} {'over' if left < timedelta() else 'left'}"


def _moment(moment: datetime, now: datetime, *, by_day: bool = False) -> str:
    on, today = local(moment).date(), local(now).date()
    if by_day:
        return "today" if on == today else near_day(on, today)
    return clock_time(moment) if on == today else f"{near_day(on, today)}, {clock_time(moment)}"


def _opens(file: CaseFile, episode: Summary, step: Step) -> Matter:
    """The step as something to open: the alert or the meeting, begun with what is known, where such are kept here;
    else the episode."""
    opened, known = episode.record_id, dict[str, JSON]()
    begins = EPISODE
    counted_as = _as_counted(file, episode)
    if step.kind in (StepKind.NEED_TO_KNOW, StepKind.DIRECTOR) and file.holds(ALERT):
        alert = alert_about(file.of(ALERT), episode.record_id)
        opened, begins, known = alert.record_id if alert else "", ALERT, alert_facts(file, counted_as, step.due)
    elif step.kind is StepKind.STRATEGY and file.holds(MEETING):
        test = more_than_24_hours([counted_as], file.now, file.council)
        opened, begins = _open_meeting(file, episode), MEETING
        known = meeting_facts(test) if test.met else {"episodes": [{"episode_id": episode.record_id}]}
    return Matter(
        kind=f"missing_{step.kind}",
        child=file.child,
        title=ASKED[step.kind],
        line=_step_line(step, file.now),
        rule="",
        source="",
        due=local(step.due or file.now).date(),
        act={EPISODE: "Open the episode", ALERT: "Record the alert", MEETING: "Record the decision"}[begins],
        record_id=opened,
        begins=begins,
        known=known,
    )


def _open_meeting(file: CaseFile, episode: Summary) -> str:
    """The meeting somebody has begun about this episode and not decided."""
    for meeting in file.of(MEETING):
        if not isinstance(meeting.answers.get("held"), bool) and episode.record_id in str(meeting.answers_json):
            return meeting.record_id
    return ""


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("-inf")
