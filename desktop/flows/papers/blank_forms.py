"""Blank forms for where a laptop may not go: as the form is today, with the council's own questions in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.errors import KnownError
from casework.forms import Definition, worded
from casework.forms.by_hand.on_paper import with_pen
from casework.forms.vocabulary import RECIPIENTS
from casework.practice.council import Contact
from casework.practice.languages.beside_english import SecondLanguage
from casework.practice.languages.family_words import FOUR_FORMS, is_for_family
from casework.practice.lives.case_shapes import CASE, REFERRAL
from casework.practice.roles import EDUCATION, MISSING, role_name, strands_of
from desktop.documents.sheets.blank_page import BlankPaper, blank_pdf
from desktop.documents.sheets.sheet_mark import SheetId
from desktop.flows.children import Child, born_line, child_of
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import MADE_BY_DEEDS, forms_to_begin
from desktop.flows.practice_paper import on_paper, paper_name
from desktop.flows.record.editing import open_record
from desktop.flows.schools.case_opened import opens_cases
from desktop.paths import fonts, write_new
from desktop.store.database.remembered import PRINTED_SHEETS, PrintedSheet

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that a pen could take for another
_MOST_SHEETS = 1_000
_SCREEN_ONLY = ("note", *(form for form in MADE_BY_DEEDS if form != CASE))
_CONTACTS = {REFERRAL: "cme", CASE: "cme", "roll_decision": "cme", "exclusion": "cme"}


@dataclass(frozen=True, slots=True)
class BlankForm:
    form_id: str
    title: str
    about: str


def blanks_offered(desk: Desk) -> tuple[BlankForm, ...]:
    """The forms this officer's role writes; before the laptop has joined all of them, for they tell nothing."""
    written = forms_to_begin(desk) if desk.officer.role else desk.catalogue.ids()
    written = (*written, CASE) if desk.officer.role and opens_cases(desk) else written  # on paper it may begin alone
    forms = (desk.catalogue.form(form_id) for form_id in written if form_id not in _SCREEN_ONLY)
    return tuple(BlankForm(form.id, form.title, worded(form.about)) for form in forms)


def suggested_blank(form_id: str) -> str:
    """A file's name, with nobody's in it."""
    return f"{form_id.replace('_', '-')}-blank.pdf"


def save_blank(
    desk: Desk,
    form_id: str,
    to: Path,
    *,
    child_id: str = "",
    record_id: str = "",
    large: bool = False,
    language: str = "",
) -> str:
    """Says what was saved. With a child, that name stands on it; with a record, its scan goes back to that one; with
    the tag of a language, the family’s questions stand in it as well. Raises KnownError for no such form or language,
    and UnknownRecord for no such child or record."""
    offered = {form.form_id: form.title for form in blanks_offered(desk)}
    if form_id not in offered:
        message = f"There is no blank form called {form_id}. There are: {', '.join(offered)}."
        raise KnownError(message)
    child_id = _child_of_record(desk, form_id, record_id) if record_id else child_id
    child = child_of(desk, child_id) if child_id else None
    second = _language(desk, form_id, language, child.first_name if child else "")
    paper = _paper(desk, desk.catalogue.form(form_id), child, large=large, second=second)
    _remember(desk, paper, child_id, record_id)
    to = paper_name(desk, to)
    with on_paper(desk):
        write_new(to, blank_pdf(paper, fonts()))
    if child is not None:
        desk.vault.audit.add("exported", record=child_id, copy="blank form")
    whose = f"{child.name} stands on it: keep it covered." if child else "No child is named on it."
    return " ".join(part for part in (f"Saved as {to.name}.", whose, second.notice if second else "") if part)


def languages_offered(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Tag and name of those that the council has switched on."""
    return desk.catalogue.languages.on()


def _language(desk: Desk, form_id: str, language: str, child: str) -> SecondLanguage | None:
    if not language:
        return None
    found = desk.catalogue.languages.beside(language, child)
    if found is None:
        on = ", ".join(f"{tag} ({name})" for tag, name in languages_offered(desk)) or "none"
        message = f"Your council has not switched “{language}” on. Switched on: {on}."
        raise KnownError(message)
    if form_id not in FOUR_FORMS:
        names = ", ".join(FOUR_FORMS)
        message = f"This form has no questions for the family in another language. These have: {names}."
        raise KnownError(message)
    return found


def _child_of_record(desk: Desk, form_id: str, record_id: str) -> str:
    view = open_record(desk, record_id).view
    if view.form_id != form_id:
        message = f"That record is of another form, {view.form_id}. Print that one for it."
        raise KnownError(message)
    return view.child_id


def _remember(desk: Desk, paper: BlankPaper, child_id: str, record_id: str) -> None:
    """So that a scan of it finds its way back; the oldest are forgotten."""
    printed = PrintedSheet(paper.form, child_id, record_id, paper.made.isoformat(timespec="seconds"))
    before = desk.vault.settings.get(PRINTED_SHEETS)
    held = [*before.items(), (str(paper.sheet), printed)]
    kept = sorted(held, key=lambda one: one[1].at)[-_MOST_SHEETS:]
    desk.vault.settings.put(PRINTED_SHEETS, dict(kept))


def _paper(
    desk: Desk, form: Definition, child: Child | None, *, large: bool, second: SecondLanguage | None
) -> BlankPaper:
    first = child.first_name if child else ""
    return BlankPaper(
        form=form.id,
        version=form.version,
        title=form.title,
        about=worded(form.about, first),
        sections=with_pen(form, first),
        return_to=tuple(_return_to(desk, form)),
        seen_by=_seen_by(form, first),
        council=desk.officer.council or desk.catalogue.council.name,
        author=desk.officer.name or "Homeward",
        made=desk.now(),
        sheet=SheetId("".join(secrets.choice(_LETTERS) for _ in range(10))),
        child=child.name if child else "",
        child_line=born_line(child) if child else "",
        first_name=first,
        large=large,
        second=second,
        english_titles=_titles_for_family(form) if second else {},
    )


def _titles_for_family(form: Definition) -> dict[int, str]:
    """Only of parts that ask the family something."""
    return {
        section.number: section.title
        for section in form.sections
        if any(is_for_family(form, question) for question in section.questions)
    }


def _return_to(desk: Desk, form: Definition) -> Iterator[str]:
    """The worker, the team that does this work, and where it is."""
    officer, council = desk.officer, desk.catalogue.council
    if officer.name:
        yield ", ".join(part for part in (officer.name, role_name(officer.role)) if part)
    found = council.contacts.get(_team(desk, form))
    if found is not None:
        yield found.name
    yield officer.council or council.name
    yield from council.letterhead
    if found is not None and (reach := _reach(found)):
        yield reach


def _team(desk: Desk, form: Definition) -> str:
    """Which of the council's contacts; a form of every strand goes where the officer's own work is."""
    strands = strands_of(desk.officer.role)
    is_education = form.strand == EDUCATION or (form.strand != MISSING and MISSING not in strands and bool(strands))
    return _CONTACTS.get(form.id, "ehe") if is_education else "missing_team"


def _reach(contact: Contact) -> str:
    return ", ".join(part for part in (contact.phone, contact.email, contact.hours) if part)


def _seen_by(form: Definition, child: str) -> str:
    """Whom the form may be copied to at all, and what goes to somebody without asking."""
    named = [worded(words, child) for who, words in RECIPIENTS.items() if who in form.audience]
    managers = ["a manager"] if "manager" in form.audience else []
    given = [worded(words, child) for words in form.given.values()]
    who = ", ".join([*managers, *named]) or "those in the council who work with the child"
    return " ".join([f"{who}. Each gets a copy with only what they may have.", *given])
