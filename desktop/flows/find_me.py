"""The Find Me card: what somebody who goes out to look needs first, on one page, from the agreed plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.errors import DocumentError
from casework.forms.moments import span
from casework.practice.states import rows
from desktop.documents.card import Card, card_pdf
from desktop.documents.sealing import seal_pdf
from desktop.flows.casefile import PLAN, CaseFile, case_file
from desktop.flows.children import Child, born_line
from desktop.flows.desk import Desk
from desktop.flows.exporting import identity
from desktop.flows.facts import Photo, best_way, photo, plan_name
from desktop.flows.wording import day_and_time
from desktop.paths import fonts, write_new
from desktop.store.errors import AttachmentMissing, AttachmentRefused
from desktop.store.vault import Summary

PLACES, CALLS = 4, 5
PRINTED = 600
KEEP = "Confidential: destroy it when it is no longer needed."


@dataclass(frozen=True)
class FindMe:
    """`stale` says why the plan may not be what it should be; empty when nothing is known against it."""

    child: Child
    born: str
    photo: Photo | None
    lines: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    source: str
    stale: str
    plan_id: str


def find_me(desk: Desk, child_id: str) -> FindMe:
    """From the latest agreed plan; a plan that is only a draft is not a card."""
    file = case_file(desk, child_id)
    plans = file.agreed_plans()
    plan = plans[-1] if plans else None
    draft = next((p.record_id for p in file.of(PLAN) if not p.locked), "")
    return FindMe(
        child=file.child,
        born=born_line(file.child),
        photo=photo(desk, file),
        lines=tuple(_lines(file, plan)),
        places=tuple(_places(plan)) if plan else (),
        calls=tuple(_calls(plan)) if plan else (),
        source=plan_name(file, plan) if plan else "",
        stale=_stale(file, plan),
        plan_id=plan.record_id if plan else draft,
    )


def save_card(desk: Desk, child_id: str, to: Path) -> Path:
    """Writes the card as a signed PDF of one page; never overwrites. Raises DocumentError without an agreed plan."""
    found = find_me(desk, child_id)
    if not found.source:
        message = "There is no agreed Find Me Plan yet. Sign the plan, then print its card."
        raise DocumentError(message)
    card = Card(
        title=f"Find Me card, {found.child.name}",
        name=found.child.name_and_age,
        line=f"{found.born}. {found.source}",
        warning=found.stale,
        picture=_printed(desk, case_file(desk, child_id)),
        taken=found.photo.taken if found.photo else "",
        lines=found.lines,
        places=found.places,
        calls=found.calls,
        foot=f"Made {day_and_time(desk.now())} by {desk.officer.name}. {KEEP}",
        author=desk.officer.name,
        made=desk.now(),
    )
    data = seal_pdf(card_pdf(card, fonts()), identity(desk), reason=card.title, place=desk.officer.council)
    write_new(to, data)
    desk.vault.audit.add("exported", record=found.plan_id, copy="find_me_card")
    return to


def _lines(file: CaseFile, plan: Summary | None) -> Iterator[tuple[str, str]]:
    answers = plan.answers if plan else {}
    for name, question in (
        ("Looks like", "looks"),
        ("Health", "allergies_conditions"),
        ("Bring back to", "return_to"),
        ("Ring police when", "call_police"),
    ):
        said = answers.get(question)
        if isinstance(said, str) and said:
            yield name, said
    medicine = ", ".join(str(row.get("name")) for row in rows(answers, "medicine") if row.get("name"))
    if medicine:
        yield "Medicine", medicine
    if best_way(file):
        yield "Best way to talk", best_way(file)


def _places(plan: Summary) -> Iterator[tuple[str, str]]:
    for row in rows(plan.answers, "likely_places")[:PLACES]:
        about = [str(row.get(part)) for part in ("address", "why") if row.get(part)]
        if row.get("safe_to_approach") is False:
            about.append("not safe to approach")
        yield str(row.get("name") or "A place"), ". ".join(about)


def _calls(plan: Summary) -> Iterator[tuple[str, str]]:
    """Who is rung first: the steps that were agreed, in their order, then the people the child would ring."""
    steps = [(f"{r.get('after') or 'Then'}: {r.get('who') or ''}", r.get("phone")) for r in rows(plan.answers, "steps")]
    close = [(str(r.get("name") or "Somebody close"), r.get("phone")) for r in rows(plan.answers, "my_people")]
    found = [(who, str(phone)) for who, phone in (*steps, *close) if phone]
    yield from found[:CALLS]


def _stale(file: CaseFile, plan: Summary | None) -> str:
    if plan is None:
        return "No Find Me Plan has been agreed yet."
    agreed = span(plan.signed_at)
    after = [e for e in file.episodes() if agreed and e.began > agreed.first]
    if after:
        return "Missing again since this plan was agreed: it is due for review."
    return ""


def _printed(desk: Desk, file: CaseFile) -> bytes | None:
    """The photograph as large as the page shows it; None while it is not on this laptop."""
    found = photo(desk, file)
    if found is None or not found.sha256:
        return None
    try:
        return desk.vault.attachments.scaled(found.sha256, PRINTED)
    except (AttachmentMissing, AttachmentRefused):
        return None
