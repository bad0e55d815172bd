"""What helps at three in the morning while no plan is agreed: what the records hold, each line with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.forms import Filled
from casework.forms.moments import span
from casework.practice.consent import answers_for
from casework.practice.lives.states import rows
from desktop.flows.case_file import INTERVIEW, PLAN, CaseFile
from desktop.flows.child.facts import facts
from desktop.flows.desk import Desk
from desktop.flows.record.editing import open_record
from desktop.flows.signing.exporting import rules_of
from desktop.store.vault import Summary

POLICE = "police"  # the card goes to whoever looks: what a child kept from police does not stand on it
USEFUL = ("Lives at", "Health")
Pair = tuple[str, str]


def known_lines(desk: Desk, file: CaseFile) -> Iterator[Pair]:
    for fact in facts(desk, file):
        if fact.name in USEFUL:
            yield fact.name, f"{fact.value}. {fact.source}".rstrip(". ")
    yield from _draft(file)


def known_places(desk: Desk, file: CaseFile) -> Iterator[Pair]:
    """Places and people the child named in signed interviews, as far as the child agreed; the newest first."""
    signed = sorted((i for i in file.of(INTERVIEW) if i.locked), key=_signed, reverse=True)
    for interview in signed:
        shared = shared_with_police(desk, interview)
        source = f"Interview, {_signed_day(interview)}"
        for row in (*rows(shared, "places"), *rows(shared, "people")):
            if row.get("name"):
                area = row.get("area") or row.get("how_met") or ""
                yield str(row["name"]), f"{area}. {source}".lstrip(". ")


def known_calls(file: CaseFile) -> Iterator[Pair]:
    """The family first, then the child, then who works with the child, then the council."""
    known = file.child.facts
    for row in rows(known, "adults"):
        if row.get("phone"):
            who = ", ".join(str(row[part]) for part in ("name", "relationship") if row.get(part))
            yield who or "An adult at home", str(row["phone"])
    if known.get("phone"):
        yield f"{file.child.first_name}, own phone", str(known["phone"])
    for name, questions in (
        ("worker", ("allocated_worker", "worker_contact")),
        ("key worker", ("key_worker", "key_worker_contact")),
    ):
        who, contact = (str(known.get(question) or "") for question in questions)
        if who and contact:
            yield f"{who}, {name}", contact
    for contact_of in file.council.contacts.values():
        if contact_of.phone:
            hours = f" ({contact_of.hours.lower()})" if contact_of.hours else ""
            yield f"{contact_of.name}{hours}", contact_of.phone


def _draft(file: CaseFile) -> Iterator[Pair]:
    """What a draft says, named as a draft: nobody has agreed any of it."""
    draft = next((plan for plan in file.of(PLAN) if not plan.locked), None)
    if draft is None:
        return
    for question in ("normal_pattern", "late_not_missing", "missing_when"):
        said = draft.answers.get(question)
        if isinstance(said, str) and said:
            yield "Draft plan, not agreed", said
    places = [str(row.get("name")) for row in rows(draft.answers, "likely_places") if row.get("name")]
    if places:
        yield "Draft plan, not agreed: places", ", ".join(places)


def shared_with_police(desk: Desk, summary: Summary) -> Mapping[str, object]:
    """What of an interview or a plan may go out; nothing where the child has not said yes and nothing overrides it."""
    record = open_record(desk, summary.record_id)
    rule = next((rule for rule in rules_of(desk, record) if rule.id == POLICE), None)
    if rule is None or not rule.allowed:
        return dict[str, JSON]()
    return answers_for(rule, Filled(record.definition, record.answers, record.context))


def _signed(interview: Summary) -> str:
    return interview.signed_at or ""


def _signed_day(interview: Summary) -> str:
    signed = span(interview.signed_at)
    return day(local(signed.first).date()) if signed else "day not known"
