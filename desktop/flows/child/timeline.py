"""A child's last weeks as one picture: when missing, what was offered, the plan, visits, and what goes well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.dates_in_words import LONDON, day, day_of_month, local, month_and_year, month_name, short_length
from casework.forms.moments import span
from casework.practice.lives.plan_due import plan_deadline
from casework.practice.lives.real_episodes import ended
from casework.practice.lives.states import Beside, covers, interview_state, is_settled, rows
from casework.practice.triggers import Episode
from desktop.flows.case_file import EPISODE, INTERVIEW, PLAN, CaseFile, return_clocks
from desktop.flows.due.missing_matters import window_of
from desktop.store.vault import Summary

LANES = ("Missing", "Interview", "Plan, visit", "Going well")
MISSING, TALK, PLANS, WELL = LANES
WEEKS = 8
APPOINTMENT = "appointment"
AHEAD = timedelta(days=17)
HELD = ("completed", "checked", "shared", "closed")
SAID = {
    "declined": "declined",
    "refused": "stopped",
    "not_appropriate": "not offered",
    "no_reply": "no reply",
    "overtaken": "missing again",
    "in_progress": "started",
    "arranged": "arranged",
}


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """One thing on a lane. `kind` says how it is drawn; `until` is set for what lasts."""

    lane: str
    kind: str
    at: datetime
    words: str
    record_id: str
    until: datetime | None = None

    @property
    def when(self) -> str:
        first, last = local(self.at).date(), local(self.until or self.at).date()
        if first == last:
            return day(first)
        return f"{day_of_month(first)} to {day(last)}" if first.year == last.year else f"{day(first)} to {day(last)}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """`window` is the four weeks that end on the newest episode, when any of it is in the picture. `not_kept`: what
    this laptop does not hold, so that an empty lane is not read as “none”."""

    first: date
    last: date
    now: datetime
    window: tuple[date, date] | None
    marks: tuple[TimelineMark, ...]
    earlier: int
    not_kept: str = ""

    @property
    def title(self) -> str:
        same = self.first.year == local(self.now).year
        return f"Since {month_name(self.first) if same else month_and_year(self.first)}"

    def of(self, lane: str) -> tuple[TimelineMark, ...]:
        return tuple(mark for mark in self.marks if mark.lane == lane)


def timeline(file: CaseFile, *, whole: bool = False) -> Timeline:
    """The last eight weeks and the fortnight to come; `whole` begins with the first thing known."""
    every = sorted(_marks(file), key=lambda mark: mark.at.timestamp())
    first = _monday(file.today - timedelta(weeks=WEEKS))
    if whole and every:
        first = min(first, _monday(local(every[0].at).date()))
    start = datetime.combine(first, datetime.min.time(), LONDON)
    end = datetime.combine(file.today + AHEAD, datetime.max.time(), LONDON)
    inside = tuple(mark for mark in every if (mark.until or mark.at) >= start and mark.at <= end)
    earlier = sum((mark.until or mark.at) < start for mark in every)
    window = window_of(file)
    shaded = window if window and window[1] >= first else None
    return Timeline(first, file.today + AHEAD, file.now, shaded, inside, earlier, _not_kept(file))


def _not_kept(file: CaseFile) -> str:
    """“Interviews and plans are not kept on this laptop.”"""
    if file.asked_until is not None:
        return f"Only one episode is kept here, until {day(file.asked_until)}."
    missing = [words for form, words in ((INTERVIEW, "interviews"), (PLAN, "plans")) if not file.holds(form)]
    said = " and ".join(missing)
    return f"{said[:1].upper()}{said[1:]} are not kept on this laptop." if said else ""


def _monday(day_: date) -> date:
    return day_ + timedelta(days=(-day_.weekday()) % 7)


def _marks(file: CaseFile) -> Iterator[TimelineMark]:
    for missing in file.every_episode():
        yield _missing(missing, file.now)
    if file.holds(INTERVIEW):  # else whatever settles it may be on another laptop
        for episode in file.real_episodes():
            yield from _talk(file, episode)
    yield from _plans(file)
    yield from _visits(file)
    yield from _well(file)


def _missing(episode: Episode, now: datetime) -> TimelineMark:
    until = episode.ended or now
    length = short_length(timedelta(seconds=until.timestamp() - episode.began.timestamp()))
    words = length if episode.ended else f"{length}, still missing"
    if episode.ended == episode.began:
        words = "back, day not known"
    return TimelineMark(MISSING, "missing", episode.began, words, episode.id, until)


def _talk(file: CaseFile, episode: Summary) -> Iterator[TimelineMark]:
    """Where the interview about an episode stands; one that covers two episodes is drawn once, at the first."""
    found = next((i for i in file.of(INTERVIEW) if i.answers.get("episode_id") == episode.record_id), None)
    covered = any(covers(i.answers, episode.record_id) for i in file.of(INTERVIEW))
    if found is None and (covered or episode.answers.get("found_at") is None):
        return
    arranged = _arranged(file, found)
    state = interview_state(found.answers, Beside(signed=found.locked, arranged=bool(arranged))) if found else ""
    record = found.record_id if found else episode.record_id
    if found is not None and (state in HELD or state == "in_progress"):
        at = span(found.answers.get("started_at")) or span(found.signed_at)
        if at is not None:
            yield TimelineMark(TALK, "held", at.first, "took place" if state in HELD else "started", record)
    elif found is not None and is_settled(state):
        yield TimelineMark(TALK, "declined", _answered_at(found, episode), SAID[state], record)
    elif state != "accepted" or file.holds(APPOINTMENT):  # else a time may have been agreed
        yield from _due(file, episode, arranged, record)


def _due(file: CaseFile, episode: Summary, arranged: datetime | None, record: str) -> Iterator[TimelineMark]:
    clocks = return_clocks(episode.answers, file.now, file.council)
    due = clocks.h72.due or clocks.first_due
    if arranged is not None and (due is None or arranged <= due):
        yield TimelineMark(TALK, "due", arranged, "arranged", record)
    elif due is not None:
        yield TimelineMark(TALK, "due", due, "was due" if due < file.now else "due", record)


def _arranged(file: CaseFile, interview: Summary | None) -> datetime | None:
    visits = [v for v in file.of(APPOINTMENT) if interview and v.answers.get("about") == interview.record_id]
    at = [found.first for visit in visits if (found := span(visit.answers.get("at")))]
    return max(at, default=None)


def _answered_at(interview: Summary, episode: Summary) -> datetime:
    """The day of the answer to the offer; else the day of return, else the day it was written down."""
    offers = [at.first for offer in rows(interview.answers, "offers") if (at := span(offer.get("at")))]
    return max(offers, default=ended(episode) or datetime.fromisoformat(interview.created_at))


def _plans(file: CaseFile) -> Iterator[TimelineMark]:
    for number, plan in enumerate(file.agreed_plans(), 1):
        agreed = span(plan.signed_at)
        if agreed is not None:
            yield TimelineMark(PLANS, "plan", agreed.first, f"Version {number}", plan.record_id)
    review = plan_deadline(file)
    if review is not None and file.agreed_plans():
        at = datetime.combine(review.due, datetime.min.time(), LONDON).replace(hour=12)
        words = "review was due" if review.due < file.today else "review due"
        yield TimelineMark(PLANS, "review", at, words, file.agreed_plans()[-1].record_id)


def _visits(file: CaseFile) -> Iterator[TimelineMark]:
    """Every knock on the door counts, not only the one that was opened."""
    for visit in file.of("safe_well_visit"):
        for attempt in rows(visit.answers, "attempts"):
            yield from _at(attempt.get("at"), "Visit", visit)
    for visit in file.of("ehe_visit"):
        yield from _at(visit.answers.get("visit_at"), "Visit", visit)
    for meeting in file.of("strategy_meeting"):
        yield from _at(meeting.answers.get("held_at"), "Meeting", meeting)


def _at(value: object, words: str, record: Summary) -> Iterator[TimelineMark]:
    known = span(value)
    if known is not None:
        yield TimelineMark(PLANS, "visit", known.first, words, record.record_id)


def _well(file: CaseFile) -> Iterator[TimelineMark]:
    for row in rows(file.child.facts, "going_well"):
        start, end = span(row.get("from")), span(row.get("until"))
        words = str(row.get("what") or "")
        if start is None or not words:
            continue
        until = end.last if end else file.now if row.get("goes_on") is True else None
        yield TimelineMark(WELL, "well", start.first, words, file.child.child_id, until)


def episode_of(file: CaseFile, record_id: str) -> Summary | None:
    """The episode with this id, if this laptop holds it."""
    return next((episode for episode in file.of(EPISODE) if episode.record_id == record_id), None)


def lanes(shown: Timeline) -> Sequence[tuple[str, tuple[TimelineMark, ...]]]:
    """Lane by lane, as the picture draws them and the table lists them."""
    return [(lane, shown.of(lane)) for lane in LANES]
