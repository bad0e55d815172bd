"""What needs deciding about a child: each matter with its dates, its rule and source, and the record it opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.canonical import JSON
from casework.forms.moments import span
from casework.practice.deadlines import Deadline, next_plan_review, plan_review, referral_chase
from casework.practice.states import rows
from casework.practice.triggers import Episode, Trigger, earliest, more_than_24_hours, overnight, triggers, two_days
from desktop.flows.casefile import PLAN, CaseFile
from desktop.flows.education import education_matters
from desktop.flows.matter import Matter, due_words, matter_by
from desktop.flows.sources import said_source
from desktop.flows.wording import day, days_line, local, ordinal
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
    episodes = file.episodes()
    found = [
        *_meeting(file, episodes),
        *_alerts(file, episodes),
        *_plan(file),
        *_unanswered(file),
        *education_matters(file),
    ]
    return by_urgency(found)


def by_urgency(found: Iterable[Matter]) -> tuple[Matter, ...]:
    """What was due first comes first; of two due on one day, the decision before the reminder."""
    return tuple(sorted(found, key=lambda matter: (matter.due, not matter.decides, matter.child.name.casefold())))


def each_rule(file: CaseFile) -> tuple[RuleTest, ...]:
    """Every test of D3 and D4 on this child, as the practice gives them."""
    episodes = file.episodes()
    starts = {episode.id: local(episode.began).date() for episode in episodes}
    return tuple(
        RuleTest(t.what, t.met, days_line([starts[e] for e in t.episodes]), t.rule, said_source(t.source))
        for t in triggers(episodes, file.now, file.council)
    )


def window_of(file: CaseFile) -> tuple[date, date] | None:
    """The days of the four-week window that ends on the newest episode; None when there is no episode."""
    episodes = file.episodes()
    if not episodes:
        return None
    last = local(episodes[-1].began).date()
    return last - timedelta(days=file.council.number("four_weeks_days") - 1), last


def _meeting(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D3: one matter, for the earliest test that nobody has decided about; the others are listed with each test."""
    long = [more_than_24_hours([episode], file.now, file.council) for episode in episodes]
    every = [*long, *(t for t in triggers(episodes, file.now, file.council) if t.id != "more_than_24_hours")]
    met = [t for t in every if t.met and t.leads_to == "strategy_meeting" and _is_recent(file, t)]
    open_tests = [t for t in met if not any(_is_about(m, t) and _is_decided(m) for m in file.of("strategy_meeting"))]
    first = earliest(open_tests, "strategy_meeting")
    if first is None or first.since is None:
        return
    begun = next((m for m in file.of("strategy_meeting") if _is_about(m, first) or not _is_decided(m)), None)
    starts = [local(e.began).date() for e in episodes if e.id in first.episodes]
    yield Matter(
        kind="strategy_meeting",
        child=file.child,
        title=f"{_said(first, len(starts))}: strategy meeting",
        line=days_line(starts),
        rule=first.what,
        source=said_source(first.source),
        due=local(first.since).date(),
        act="Record the decision",
        record_id=begun.record_id if begun else "",
        begins="strategy_meeting",
        known=_meeting_facts(first),
        decides=True,
    )


def _said(test: Trigger, count: int) -> str:
    """“Third episode in 28 days”."""
    if test.id == "more_than_24_hours":
        return test.what
    return f"{ordinal(count)} episode in {test.id.split('_')[2]} days"


def _meeting_facts(test: Trigger) -> dict[str, JSON]:
    since = test.since.isoformat(timespec="seconds") if test.since else None
    links: list[JSON] = [{"episode_id": episode} for episode in test.episodes]
    return {"trigger": [test.id], "episodes": links, "triggered_at": since}


def _is_about(meeting: Summary, test: Trigger) -> bool:
    """By naming the newest episode, or by having been triggered no earlier than the test was met."""
    named = [row.get("episode_id") for row in rows(meeting.answers, "episodes")]
    at = span(meeting.answers.get("triggered_at")) or span(meeting.answers.get("held_at"))
    return test.episodes[-1] in named or (at is not None and test.since is not None and at.last >= test.since)


def _is_decided(meeting: Summary) -> bool:
    return isinstance(meeting.answers.get("held"), bool)


def _is_recent(file: CaseFile, test: Trigger) -> bool:
    """Older ones are for the manager's list of gaps: on a worker's day they would hide what is new."""
    return test.since is not None and _is_fresh(file, test.since)


def _alerts(file: CaseFile, episodes: Sequence[Episode]) -> Iterator[Matter]:
    """D4: an alert for each night a looked-after or protected child was missing."""
    for episode in episodes:
        by_night = file.council.readings["overnight"] != "two_days"
        test = overnight([episode], file.now, file.council) if by_night else two_days([episode], file.now)
        alert = next((a for a in file.of("need_to_know") if a.answers.get("episode_id") == episode.id), None)
        sent = alert is not None and rows(alert.answers, "sent_to")
        if not test.met or test.since is None or sent or not _is_recent(file, test):
            continue
        since, start = local(test.since).date(), local(episode.began).date()
        yield Matter(
            kind="need_to_know",
            child=file.child,
            title="Missing overnight: need to know",
            line=f"Missing from {day(start)}. {due_words(since, file.today, 'Alert due')}",
            rule=test.what,
            source=said_source(test.source),
            due=since,
            act="Record the alert",
            record_id=alert.record_id if alert else "",
            begins="need_to_know",
            known={
                "episode_id": episode.id,
                "trigger": "overnight" if by_night else "more_than_two_days",
                "care_status": episode.care_status or None,
                "triggered_at": test.since.isoformat(timespec="seconds"),
            },
            decides=True,
        )


def plan_deadline(file: CaseFile) -> Deadline | None:
    """When the agreed plan must be looked at again: after a return since it was agreed, else its own next review."""
    plans = file.agreed_plans()
    agreed = span(plans[-1].signed_at) if plans else None
    since = [e for e in file.episodes() if agreed is None or e.began > agreed.first]
    returned = [e.ended for e in since if e.ended is not None and _is_fresh(file, e.ended)]
    if returned:
        return plan_review(local(min(returned)).date(), file.council)
    if agreed is None:
        return None
    planned = span(plans[-1].answers.get("next_review"))
    by_months = next_plan_review(local(agreed.first).date(), file.council)
    if planned is None:
        return by_months
    return Deadline(by_months.rule, by_months.what, planned.last.date(), "the date agreed in the plan")


def _is_fresh(file: CaseFile, when: datetime) -> bool:
    return when >= file.now - timedelta(days=file.council.number("month_days"))


def _plan(file: CaseFile) -> Iterator[Matter]:
    """D5: made after the first return, looked at again after each one and every three months."""
    found = plan_deadline(file)
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
    )


def _plan_rule(file: CaseFile, found: Deadline) -> str:
    if found.what.startswith("Planned"):
        return f"every {file.council.number('plan_review_months')} months, or on the day the plan names"
    return f"{file.council.number('plan_review_working_days')} working days after a return"


def _unanswered(file: CaseFile) -> Iterator[Matter]:
    """B: a referral that nobody has acknowledged is chased."""
    for referral in file.of("mash_referral"):
        sent = span(referral.answers.get("sent_at"))
        if sent is None or _any(referral.answers, "acknowledged_at", "outcome"):
            continue
        found = referral_chase(local(sent.first).date(), file.council)
        if found.due <= file.today:
            title, act = "Referral not acknowledged", "Open the referral"
            yield matter_by(found, file, kind="referral", title=title, act=act, record_id=referral.record_id)


def _any(answers: Mapping[str, JSON], *names: str) -> bool:
    return any(answers.get(name) not in (None, "", []) for name in names)
