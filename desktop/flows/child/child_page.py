"""One child's page: facts, what needs deciding, the pictures, and every record; read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from casework.dates_in_words import local, month_day
from casework.forms import QuestionType
from casework.forms.moments import span
from casework.forms.wording import say_moment
from casework.practice.copies.copy_table import COPIES
from casework.practice.lives.states import Beside, interview_state, rows
from casework.practice.notices.notice_table import NOTICE
from casework.practice.placements.placement_rules import MOVE
from desktop.flows.case_file import EPISODE, INTERVIEW, PLAN, CaseFile, case_file
from desktop.flows.child.facts import Fact, Photo, best_way, facts, photo
from desktop.flows.child.people_around import Person, people
from desktop.flows.child.push_and_pull import PushAndPull, push_and_pull
from desktop.flows.child.timeline import Timeline, episode_of, timeline
from desktop.flows.child.told_of_child import ToldOfChild, told_of_child
from desktop.flows.children import Child, born_line, state_of, title_of
from desktop.flows.desk import Desk
from desktop.flows.due.doubles import PossibleDouble, possible_doubles_of
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import RuleTest, each_rule, matters
from desktop.flows.due.missing_now import MissingNow, missing_child
from desktop.flows.harbouring.harbouring_notices import HarbouringNotice, notices_of
from desktop.flows.notices.inbox import Notice, told_of
from desktop.flows.placements.placement_history import Placements, placements_of
from desktop.flows.record.plan_versions import PlanStanding, plan_versions
from desktop.store.vault import Summary

HIDDEN = ("note", "child", "appointment", NOTICE, *COPIES)
_DATED = (
    "started_at",
    "held_at",
    "moved_on",
    "issued_on",
    "visit_at",
    "found_at",
    "last_seen_at",
    "sent_at",
    "submitted_on",
    "at",
)
_DECLINED = {"declined": "Declined", "refused": "Stopped", "not_appropriate": "Not offered"}
Tag = Literal["draft", "signed", "decide", "declined"]
_TAGS = {"draft": "Draft", "signed": "Signed", "decide": "Decide"}


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """One record in a child's history; `tag` is how its state is coloured, `state` what it says."""

    record_id: str
    title: str
    line: str
    tag: Tag | None
    state: str


@dataclass(frozen=True)
class ChildPage:
    child: Child
    about: str
    missing: MissingNow | None
    doubles: tuple[PossibleDouble, ...]
    facts: tuple[Fact, ...]
    photo: Photo | None
    best_way: str
    matters: tuple[Matter, ...]
    tests: tuple[RuleTest, ...]
    timeline: Timeline
    people: tuple[Person, ...]
    entries: tuple[ListedRecord, ...]
    told: tuple[Notice, ...]
    plans_held: bool = True
    from_council: ToldOfChild | None = None
    notices: tuple[HarbouringNotice, ...] = ()
    placements: Placements | None = None
    why: PushAndPull | None = None


def child_page(desk: Desk, child_id: str, *, whole: bool = False) -> ChildPage:
    """`whole` draws the timeline from the first thing known. Raises UnknownRecord."""
    file = case_file(desk, child_id)
    missing = missing_child(desk, file)
    return ChildPage(
        child=file.child,
        about=_about(desk, file),
        missing=missing,
        doubles=possible_doubles_of(file) if file.writes else (),
        facts=facts(desk, file),
        photo=photo(desk, file),
        best_way=best_way(file),
        matters=matters(file),
        tests=each_rule(file),
        timeline=timeline(file, whole=whole),
        people=people(file),
        entries=entries(desk, file),
        told=told_of(desk, missing.episode_id) if missing else (),
        plans_held=not desk.officer.role or file.holds(PLAN),
        from_council=told_of_child(file),
        notices=tuple(notices_of(desk, file)),
        placements=placements_of(desk, file) if file.holds(MOVE) else None,
        why=push_and_pull(desk, file),
    )


def entries(desk: Desk, file: CaseFile) -> tuple[ListedRecord, ...]:
    """Latest first, by when the matter itself happened."""
    held = [s for form, records in file.records.items() if form not in HIDDEN for s in records]
    held.sort(key=moment_of, reverse=True)
    return tuple(_entry(desk, file, summary) for summary in held)


def moment_of(summary: Summary) -> datetime:
    """When the matter itself happened, so that history reads in the child's order, not the typist's."""
    offers = [offer.get("at") for offer in rows(summary.answers, "offers")]
    known = (span(value) for value in (*(summary.answers.get(question) for question in _DATED), *offers[-1:]))
    written = datetime.fromisoformat(summary.signed_at or summary.created_at)
    return next((found.first for found in known if found), written)


def _entry(desk: Desk, file: CaseFile, summary: Summary) -> ListedRecord:
    tag, state = state_words(desk, summary)
    received = ", received" if summary.received_at else ""
    return ListedRecord(
        summary.record_id, _title(desk, file, summary), _line(file, summary, tag) + received, tag, state
    )


def _title(desk: Desk, file: CaseFile, summary: Summary) -> str:
    if summary.form_id != PLAN:
        return title_of(desk, summary)
    (version,) = (v for v in plan_versions(file.of(PLAN)) if v.record_id == summary.record_id)
    replaced = ", replaced" if version.standing is PlanStanding.REPLACED else ""
    return f"{title_of(desk, summary)}, version {version.number}{replaced}"


def _line(file: CaseFile, summary: Summary, tag: Tag | None) -> str:
    at = month_day(local(moment_of(summary)).date(), file.today)
    if summary.form_id == INTERVIEW:
        episode = episode_of(file, str(summary.answers.get("episode_id") or ""))
        about = span(episode.answers.get("last_seen_at")) if episode else None
        if tag == "declined":
            return f"Offer of {at}"
        if about is not None and not summary.locked and tag != "decide":
            return f"Episode of {month_day(local(about.first).date(), file.today)}"
    if summary.form_id == EPISODE and summary.answers.get("found_at") is None:
        return f"{at}, still missing"
    return at


def state_words(desk: Desk, summary: Summary) -> tuple[Tag | None, str]:
    """A record that nobody ever signs is not a draft for that."""
    state = state_of(summary)
    if state == "draft" and not _is_signed_some_day(desk, summary):
        return None, ""
    if summary.form_id == INTERVIEW and state != "decide":
        found = interview_state(summary.answers, Beside(signed=summary.locked))
        if found in _DECLINED:
            return "declined", _DECLINED[found]
    return state, _TAGS[state]


def _is_signed_some_day(desk: Desk, summary: Summary) -> bool:
    questions = desk.catalogue.form(summary.form_id, summary.form_version).questions()
    return any(question.type is QuestionType.INK for question in questions)


def _about(desk: Desk, file: CaseFile) -> str:
    """“14, born 9 June 2011. She, her. Looked after child (LAC), since 4 November 2025. Reference M-0417”."""
    child, known = file.child, file.child.facts
    born = born_line(child)
    parts = [f"{child.age}, b{born[1:]}" if child.age is not None else born, str(known.get("pronouns") or "")]
    since = known.get("care_status_since")
    if known.get("care_status"):
        care = desk.catalogue.display(desk.catalogue.form("child"), "care_status", known["care_status"])
        parts.append(f"{care} since {say_moment(since)}" if span(since) else care)
    if known.get("reference"):
        parts.append(f"Reference {known['reference']}")
    return ". ".join(part for part in parts if part)
