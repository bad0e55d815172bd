"""What needs deciding about a child: each matter with its dates, its rule and source, and the record it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.canonical import JSON
from casework.dates_in_words import days_line, local
from casework.forms.moments import span
from casework.practice.deadlines import (
    Deadline,
    Occasion,
    referral_chase,
)
from casework.practice.lives.plan_due import plan_deadline
from casework.practice.lives.states import rows
from casework.practice.notices.notice_table import NOTICE
from casework.practice.triggers import triggers, turning_points
from desktop.flows.by_the_day import ByTheDay
from desktop.flows.case_file import EPISODE, PLAN, CaseFile
from desktop.flows.due.away_from_home.harbouring_due import harbouring_matters
from desktop.flows.due.away_from_home.placement_due import placement_matters
from desktop.flows.due.doubles import double_matters
from desktop.flows.due.education_matters import education_matters
from desktop.flows.due.interviews.danger_untold import DANGER, danger_untold
from desktop.flows.due.matter import Matter, due_words, matter_by
from desktop.flows.due.undecided import alerts_wanted, meetings_wanted
from desktop.flows.rule_sources import said_source
from desktop.store.vault import Summary

SOON = timedelta(days=7)
"""A planned review is announced a week ahead."""


@dataclass(frozen=True, slots=True)
class RuleTest:
    """One test of the child's episodes, met or not, for whoever wants to see each."""

    what: str
    met: bool
    dates: str
    rule: str
    source: str


def matters(file: CaseFile) -> tuple[Matter, ...]:
    """Most urgent first."""
    return by_urgency([*missing_only(file), *education_matters(file)])


def missing_only(file: CaseFile) -> tuple[Matter, ...]:
    """Without those of education, which an officer for education has a list of by month."""
    return _DAY.of(file, _work_out)


def _work_out(file: CaseFile) -> tuple[Matter, ...]:
    return tuple(_missing_only(file))


def hours_of_episodes(file: CaseFile) -> Iterator[datetime]:
    """One that is over asks the same all day; one that goes on is measured in hours."""
    return (at for one in file.every_episode() for at in turning_points(one, file.now, file.council))


_DAY = ByTheDay[tuple[Matter, ...]](hours_of_episodes)


def _missing_only(file: CaseFile) -> Iterator[Matter]:
    yield from danger_untold(file)
    if file.of(EPISODE) and (episodes := file.episodes()):  # a council holds thousands of families without one
        yield from double_matters(file) if file.writes else ()
        yield from meetings_wanted(file, episodes)
        yield from alerts_wanted(file, episodes)
    yield from _plan(file)
    yield from _unanswered(file)
    yield from harbouring_matters(file)
    yield from placement_matters(file)


def by_urgency(found: Iterable[Matter]) -> tuple[Matter, ...]:
    """Danger before everything. Then what was due first; of two due on one day, the decision before the reminder."""
    return tuple(sorted(found, key=_urgency))


def _urgency(matter: Matter) -> tuple[bool, date, bool, str]:
    return matter.kind != DANGER, matter.due, not matter.decides, matter.child.name.casefold()


def each_rule(file: CaseFile) -> tuple[RuleTest, ...]:
    """Every test of D3 and D4 on this child, as the practice gives them; none without every episode."""
    if not file.holds(EPISODE):
        return ()
    episodes = file.episodes()
    starts = {episode.id: local(episode.began).date() for episode in episodes}
    return tuple(
        RuleTest(t.what, t.met, days_line([starts[e] for e in t.episodes]), t.rule, said_source(t.source))
        for t in triggers(episodes, file.now, file.council)
    )


def window_of(file: CaseFile) -> tuple[date, date] | None:
    """The days of the four-week window that ends on the newest episode; None when it is not known which that is."""
    episodes = file.episodes() if file.holds(EPISODE) else []
    if not episodes:
        return None
    last = local(episodes[-1].began).date()
    return last - timedelta(days=file.council.number("four_weeks_days") - 1), last


def _plan(file: CaseFile) -> Iterator[Matter]:
    """D5: made after the first return, looked at again after each one and every three months."""
    found = plan_deadline(file) if file.holds(EPISODE, PLAN) else None
    if found is None or found.due > file.today + SOON:
        return
    plans, version = file.of(PLAN), len(file.agreed_plans())
    draft = next((plan for plan in plans if not plan.locked), None)
    yield Matter(
        kind="plan",
        child=file.child,
        title=f"Find Me Plan {version}: review" if version else "Find Me Plan: to be made",
        line=due_words(found.due, file.today, "Review due" if version else "Due"),
        rule=_plan_rule(file, found),
        source=said_source(found.source),
        due=found.due,
        act="Go on with the plan" if draft else "Review the plan" if version else "Begin the plan",
        record_id=draft.record_id if draft else "",
        begins=PLAN,
        known={},
        age=(file.today - found.due).days,
    )


def _plan_rule(file: CaseFile, found: Deadline) -> str:
    if found.occasion is Occasion.BY_THE_CALENDAR:
        return f"every {file.council.number('plan_review_months')} months, or on the day the plan names"
    if found.occasion is Occasion.AFTER_A_MOVE:
        return f"{file.council.number('plan_review_working_days')} working days after a move"
    return f"{file.council.number('plan_review_working_days')} working days after a return"


def _unanswered(file: CaseFile) -> Iterator[Matter]:
    """B: a referral that nobody has acknowledged is chased."""
    for referral in file.of("mash_referral"):
        sent = span(referral.answers.get("sent_at"))
        if sent is None or _any(referral.answers, "acknowledged_at", "outcome") or _was_taken_up(file, referral):
            continue
        found = referral_chase(local(sent.first).date(), file.council)
        if found.due <= file.today:
            title, act = "Referral not acknowledged", "Open the referral"
            yield matter_by(found, file, kind="referral", title=title, act=act, record_id=referral.record_id)


def _was_taken_up(file: CaseFile, referral: Summary) -> bool:
    """Whoever it was sent to has acknowledged the notice of it, on a laptop of their own."""
    about = (notice.answers for notice in file.of(NOTICE) if notice.answers.get("about") == referral.record_id)
    return any(receipt.get("acknowledged_at") for answers in about for receipt in rows(answers, "receipts"))


def _any(answers: Mapping[str, JSON], *names: str) -> bool:
    return any(answers.get(name) not in (None, "", []) for name in names)
