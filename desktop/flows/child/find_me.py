"""The Find Me card: what somebody who goes out to look needs first, on one page, from the agreed plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import counted, day, day_and_time
from casework.forms import Definition, display, row_summary
from casework.forms.moments import span
from casework.practice.copies.copy_table import CARD, POLICE_CARD
from casework.practice.lives.plan_due import moved_since
from casework.practice.lives.states import rows
from desktop.documents.find_me_card import PaperCard, card_pdf
from desktop.documents.sealing import seal_pdf
from desktop.flows.case_file import PLAN, CaseFile, case_file
from desktop.flows.child.facts import Photo, best_way, photo, plan_line
from desktop.flows.child.without_plan import known_calls, known_lines, known_places, shared_with_police
from desktop.flows.children import Child, born_line
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import NOTICE_STANDS, MissingNow, missing_child
from desktop.flows.harbouring.harbouring_notices import standing_lines
from desktop.flows.practice_paper import on_paper
from desktop.flows.signing.copy_log import Given, note_copy
from desktop.flows.signing.exporting import Exported
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new
from desktop.store.disk.errors import AttachmentMissing, AttachmentRefused
from desktop.store.vault import Summary

PLACES, CALLS = 4, 5
PRINTED = 600
NO_PLAN = "No agreed plan. This is what the records hold, each line with its source. Nobody has agreed it as a plan."
FOR_POLICE = "For police and the out of hours team. Give it to no parent, carer or child."
POLICE_READERS = "Police"
WITH = "May be with"
KEEP = "Confidential: destroy it when it is no longer needed."


@dataclass(frozen=True)
class FindMe:
    """`urgent`: when police are to be rung, as the plan says it; `known`: what else is. `stale`: why the plan may not
    be what it should be, empty when nothing is known against it. `source`: the live plan, empty while none has been
    agreed. `notices`: the harbouring notices that stand, for police and the council's own people, and on no paper but
    theirs."""

    child: Child
    born: str
    missing: MissingNow | None
    photo: Photo | None
    urgent: tuple[str, str] | None
    known: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    calls: tuple[tuple[str, str], ...]
    source: str
    stale: str
    plan_id: str
    notices: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """All of them, the urgent one first."""
        return (self.urgent, *self.known) if self.urgent else self.known

    @property
    def heads(self) -> tuple[str, str]:
        """What the two lists are called: of a plan they were agreed, otherwise they are only what is known."""
        return ("First places to look", "First calls") if self.source else ("Places and people named", "Who to ring")


def find_me(desk: Desk, child_id: str) -> FindMe:
    """From the live plan; without one, from what the records hold, each line with its source."""
    file = case_file(desk, child_id)
    plans = file.agreed_plans()
    plan = plans[-1] if plans else None
    draft = next((p.record_id for p in file.of(PLAN) if not p.locked), "")
    return FindMe(
        child=file.child,
        born=born_line(file.child),
        photo=photo(desk, file),
        missing=missing_child(desk, file),
        urgent=next(_said(plan.answers, ("Ring police when", "call_police")), None) if plan else None,
        known=tuple(_lines(desk, file, plan)) if plan else (*known_lines(desk, file), *_lines(desk, file, None)),
        places=tuple(_places(plan)) if plan else tuple(known_places(desk, file))[: PLACES * 2],
        calls=tuple(_calls(plan)) if plan else tuple(known_calls(file)),
        source=plan_line(file),
        stale=_stale(file, plan),
        plan_id=plan.record_id if plan else draft,
        notices=tuple(standing_lines(file)),
    )


def save_card(desk: Desk, child_id: str, to: Path, *, given: Given | None = None, for_police: bool = False) -> Exported:
    """Writes the card as a signed PDF of one page; never overwrites. Without an agreed plan it says so. `for_police`:
    with the harbouring notices that stand, and named so that it goes to nobody else."""
    found = find_me(desk, child_id)
    card = _for_police(desk, found) if for_police else _on_paper(desk, found)
    place = desk.officer.council
    data = seal_pdf(card_pdf(card, fonts()), identity(desk), reason=card.title, place=place, at=desk.now())
    made = lasting(desk, data)
    write_new(to, made.data)
    usual = Given(POLICE_READERS) if for_police else Given()
    _note(desk, found, given or usual, "exported", POLICE_CARD if for_police else CARD)
    return Exported(to, card.title, 0, made.sentence)


def as_json(found: FindMe) -> dict[str, JSON]:
    pairs: list[JSON] = [{"what": name, "said": said} for name, said in found.lines]
    return {
        "child": found.child.child_id,
        "name": found.child.name,
        "plan": found.source or None,
        "warning": found.stale or None,
        "harbouring_notices": list(found.notices),
        "lines": pairs,
        "places": [{"place": place, "about": about} for place, about in found.places],
        "calls": [{"who": who, "phone": phone} for who, phone in found.calls],
    }


def told(found: FindMe) -> str:
    """As the page shows it, from the top."""
    head = [f"{found.child.name_and_age}. {found.born}. {found.source}".rstrip(". "), found.stale]
    lines = [f"  {NOTICE_STANDS}: {line}" for line in found.notices]
    lines += [f"  {name}: {said}" for name, said in found.lines]
    for name, pairs in zip(found.heads, (found.places, found.calls), strict=True):
        lines += [name, *(f"  {first}: {second}".rstrip(": ") for first, second in pairs)] if pairs else []
    return "\n".join(line for line in (*head, *lines) if line)


def card_to_print(desk: Desk, child_id: str) -> bytes:
    """The page as a PDF that nobody sealed, for the printer alone."""
    with on_paper(desk):
        return card_pdf(_on_paper(desk, find_me(desk, child_id)), fonts())


def card_was_printed(desk: Desk, child_id: str) -> None:
    """A card on paper can be lost like any other copy: the log keeps it."""
    _note(desk, find_me(desk, child_id), Given(how="printed"), "printed")


def _note(desk: Desk, found: FindMe, given: Given, deed: str, copy: str = CARD) -> None:
    about = found.plan_id or found.child.child_id
    note_copy(desk, about, copy=copy, title="Whoever looks for the child", given=given)
    desk.vault.audit.add(deed, record=about, copy=copy, to=given.to_whom)


def _for_police(desk: Desk, found: FindMe) -> PaperCard:
    """A notice names an adult and where they live: no parent, carer or child is given that by this card."""
    card = _on_paper(desk, found)
    told = tuple((NOTICE_STANDS, line) for line in found.notices)
    told += tuple((WITH, line) for line in _of_concern(desk, found))
    warning = f"{FOR_POLICE} {card.warning}".rstrip()
    return replace(card, title=f"{card.title}, for police", lines=(*told, *card.lines), warning=warning)


def _on_paper(desk: Desk, found: FindMe) -> PaperCard:
    return PaperCard(
        title=f"Find Me card, {found.child.name}",
        name=found.child.name_and_age,
        line=f"{found.born}. {found.source}".rstrip(". "),
        heads=found.heads,
        warning=found.stale,
        picture=_printed(desk, case_file(desk, found.child.child_id)),
        taken=found.photo.taken if found.photo else "",
        urgent=found.urgent,
        lines=found.known,
        places=found.places,
        calls=found.calls,
        foot=f"Made {day_and_time(desk.now())} by {desk.officer.name}. {KEEP}",
        author=desk.officer.name,
        made=desk.now(),
        officer_id=desk.officer.id,
    )


def _lines(desk: Desk, file: CaseFile, plan: Summary | None) -> Iterator[tuple[str, str]]:
    """The most needed first: on paper the last of them go where there is no room."""
    answers = plan.answers if plan else {}
    if medicine := "; ".join(_medicine(answers)):
        yield "Medicine", medicine
    yield from _said(
        answers, ("Health", "allergies_conditions"), ("Looks like", "looks"), ("Bring back to", "return_to")
    )
    if plan and answers.get("risk_level"):
        yield "Risk", desk.catalogue.display(_form_of(desk, plan), "risk_level", answers["risk_level"])
    if best_way(file):
        yield "Best way to talk", best_way(file)


def _said(answers: Mapping[str, JSON], *asked: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for name, question in asked:
        said = answers.get(question)
        if isinstance(said, str) and said:
            yield name, said


def _form_of(desk: Desk, plan: Summary) -> Definition:
    return desk.catalogue.form(plan.form_id, plan.form_version)


def _of_concern(desk: Desk, found: FindMe) -> Iterator[str]:
    """People of whom the agreed plan says so, as far as police may have it; on no paper but theirs."""
    plan = desk.vault.summary(found.plan_id) if found.source else None
    if plan is None:
        return
    group, shared = _form_of(desk, plan).question("associates"), shared_with_police(desk, plan)
    concern = group.column("concern")
    for row in rows(shared, "associates"):
        if concern and row.get("concern") in ("some", "high"):
            vehicle = [str(row["vehicle"])] if row.get("vehicle") else []
            how = f"{display(concern, row['concern'])} concern"
            yield ". ".join((row_summary(group, row), *vehicle, how))


def _medicine(answers: Mapping[str, JSON]) -> Iterator[str]:
    for row in rows(answers, "medicine"):
        hours, name = row.get("hours_until_serious"), row.get("name")
        if name:
            yield f"{name}, serious after {counted(hours, 'hour')} without it" if isinstance(hours, int) else str(name)


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
        return NO_PLAN if file.holds(PLAN) else "Plans are not kept on this laptop. Ask the missing team for the plan."
    agreed = span(plan.signed_at)
    after = [e for e in file.episodes() if agreed and e.began > agreed.first]
    if after:
        return "Missing again since this plan was agreed: it is due for review."
    if (moved := moved_since(file)) is not None:
        return f"Moved on {day(moved)}, after this plan was agreed: it is due for review."
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
