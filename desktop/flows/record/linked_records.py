"""The records that a record is about, those beside it, and the facts its form may ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.forms import Context, Definition
from casework.forms.moments import span
from casework.practice.forbidden_states import OTHER_OPEN, is_open
from casework.practice.lives.case_shapes import SHAPES, is_what_arrived
from casework.practice.lives.kept_record import signing_order
from casework.records import RecordView
from desktop.flows.desk import Desk
from desktop.forms.filling import context_of as facts_of
from desktop.store.vault import Summary

# What a linked form is called where a question says where its answer comes from.
CALLED = {
    "missing_episode": "episode",
    "return_home_interview": "interview",
    "find_me_plan": "plan",
    "ehe_case": "case",
    "ehe_visit": "visit",
}
ONE_OPEN = ("ehe_case", *SHAPES)  # a child has one of these at a time, a case of missing education in either shape
_FORMS = {name: form_id for form_id, name in CALLED.items()}
_HAPPENED = ("found_at", "last_seen_at", "started_at", "visit_at")


def linked(desk: Desk, view: RecordView) -> dict[str, Mapping[str, JSON]]:
    """{"child": answers, "episode": answers with its id, …}: what prefill may take from."""
    found: dict[str, Mapping[str, JSON]] = {}
    if view.child_id:
        found["child"] = _child(desk.vault.view(view.child_id).answers())
    for question in desk.catalogue.form(view.form_id, view.form_version).questions():
        record_id = view.answer(f"f/{question.id}") if question.links_to else None
        if isinstance(record_id, str):
            name = CALLED.get(question.links_to, question.links_to)
            found[name] = _dated(desk.vault.view(record_id))
    return found


def sources(desk: Desk, view: RecordView) -> dict[str, Mapping[str, JSON]]:
    """All that prefill names: the records this one links to, else the child’s latest of that kind, and the desk."""
    found = linked(desk, view)
    wanted = _named(desk.catalogue.form(view.form_id, view.form_version)) - found.keys()
    for name in wanted & _FORMS.keys():
        latest = _latest(desk, view, _FORMS[name])
        if latest is not None:
            found[name] = latest
    if "previous" in wanted and (before := _latest(desk, view, view.form_id)) is not None:
        found["previous"] = before
    if "any" in found:  # a visit is asked for by a referral, a case or an episode: whichever it names
        found["request"] = _request(found["any"], found.get("child", {}))
    return {**found, "officer": {"name": desk.officer.name}, "clock": {"now": desk.now().isoformat(timespec="seconds")}}


def context_of(desk: Desk, view: RecordView) -> Context:
    """What the form may ask about the world outside it: facts that are not known are left out."""
    beside: dict[str, Mapping[str, object]] = dict(linked(desk, view))
    if view.form_id == "find_me_plan":
        # a plan is agreed by its signatures, so what “closing” asks for is asked for before them
        beside["facts"] = {"plan_version": plan_version(desk, view), "closing": True}
        if "episode" not in beside and (episode := _latest(desk, view, "missing_episode")) is not None:
            beside["episode"] = episode
    if view.form_id in ONE_OPEN and (other := _other_open(desk, view)):
        beside["facts"] = {OTHER_OPEN: other}
    return replace(facts_of(beside, desk.now(), desk.catalogue.council), asks=desk.catalogue.asks)


def open_case(desk: Desk, form_id: str, child_id: str) -> str:
    """The case of this form that goes on for a child, in whichever shape; empty when there is none."""
    going_on = [s for s in cases_of(desk, form_id, child_id) if is_open(s.form_id, s.answers, s.form_version)]
    return min(going_on, key=lambda s: (s.created_at, s.record_id)).record_id if going_on else ""


def _other_open(desk: Desk, view: RecordView) -> str:
    """Of two that go on, each names the other: nobody says which of them is the one too many."""
    if is_what_arrived(view.form_id, view.form_version):
        return ""
    others = (s for s in cases_of(desk, view.form_id, view.child_id) if s.record_id != view.record_id)
    return next((s.record_id for s in others if is_open(s.form_id, s.answers, s.form_version)), "")


def cases_of(desk: Desk, form_id: str, child_id: str) -> list[Summary]:
    """A child's cases of this form, ended ones too; of missing education in both shapes, never what only arrived."""
    forms = SHAPES if form_id in SHAPES else (form_id,)
    held = (s for form in forms for s in desk.vault.summaries(form_id=form, child_id=child_id))
    return [s for s in held if not s.discarded and not is_what_arrived(s.form_id, s.form_version)]


def moment(value: JSON) -> datetime | None:
    """A stored date and time; None when it is approximate, unknown or unanswered."""
    if not isinstance(value, str) or "T" not in value:
        return None
    return datetime.fromisoformat(value)


def happened(answers: Mapping[str, JSON], created_at: str) -> str:
    """When the matter itself happened, else when it was written down."""
    return next((value for name in _HAPPENED if isinstance(value := answers.get(name), str)), created_at)


def plan_version(desk: Desk, view: RecordView) -> int:
    """One more than the plans that were agreed for this child before this one; a draft will be the next."""
    plans = desk.vault.summaries(form_id="find_me_plan", child_id=view.child_id)
    agreed = sorted((plan for plan in plans if plan.locked), key=signing_order)
    return next((number for number, plan in enumerate(agreed, 1) if plan.record_id == view.record_id), len(agreed) + 1)


def _named(definition: Definition) -> set[str]:
    asked = [q for question in definition.questions() for q in (question, *question.columns)]
    return {question.prefill.partition(".")[0] for question in asked if question.prefill}


def _latest(desk: Desk, view: RecordView, form_id: str) -> Mapping[str, JSON] | None:
    """The child’s latest record of a form that is not this one nor later than it."""
    kept = [s for s in desk.vault.summaries(form_id=form_id, child_id=view.child_id) if _is_before(s, view)]
    kept.sort(key=lambda summary: happened(summary.answers, summary.created_at))
    return _dated(desk.vault.view(kept[-1].record_id)) if kept else None


def _is_before(summary: Summary, view: RecordView) -> bool:
    other = summary.record_id != view.record_id
    return other and (summary.form_id != view.form_id or summary.created_at <= view.created_at)


def _dated(view: RecordView) -> dict[str, JSON]:
    answers = view.answers()
    return {**answers, "id": view.record_id, "form_id": view.form_id, "updated_at": happened(answers, view.created_at)}


def _child(answers: Mapping[str, JSON]) -> dict[str, JSON]:
    """With the names put together, as a plan or a visit writes them."""
    said = [str(answers[name]) for name in ("given_name", "family_name") if answers.get(name)]
    others = [str(answers[name]) for name in ("known_as", "other_names") if answers.get(name)]
    born = span(answers.get("date_of_birth"))
    parts = [" ".join(said), *others]
    parts += [f"born {day(born.first.date())}"] if born and born.first.date() == born.last.date() else []
    parts += [str(answers["pronouns"])] if isinstance(answers.get("pronouns"), str) else []
    return {**answers, "name": " ".join(said), "names": ", ".join(part for part in parts if part)}


def _request(asked: Mapping[str, JSON], child: Mapping[str, JSON]) -> dict[str, JSON]:
    """Who asked for a visit, when, and where to, as far as the record it is for tells."""
    by = asked.get("submitted_by") or asked.get("notified_by")
    at = asked.get("reported_at") or asked.get("logged_on")
    address = asked.get("address") or asked.get("new_address") or asked.get("old_address") or child.get("address")
    known = {"by": by, "at": at if moment(at) else None, "address": address, "updated_at": asked.get("updated_at")}
    return {name: value for name, value in known.items() if value is not None}
