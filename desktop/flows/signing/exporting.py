"""A signed PDF for one recipient."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import counted, day, day_and_time, local
from casework.errors import DocumentError
from casework.forms import Filled, QuestionType, say_moment, worded
from casework.practice.consent import CopyRule, copies_for
from casework.practice.languages.beside_english import SecondLanguage
from casework.practice.languages.family_words import FAMILY, FOUR_FORMS, LANGUAGE
from casework.practice.lives.states import rows
from casework.practice.manager_check import CheckState
from casework.practice.roles import role_name
from casework.records import RecordView
from casework.records.view import Signed
from desktop.documents.paper import Maker, Paper, Signer
from desktop.documents.readers_copy import readers_copy
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.letter_page import LetterPaper, letter_pdf
from desktop.flows.desk import Desk
from desktop.flows.practice_paper import SEALED_BY_NOBODY, on_paper, paper_name
from desktop.flows.record.editing import OpenRecord, open_record
from desktop.flows.record.plan_versions import PlanStanding, version_of
from desktop.flows.record.worked_out import computed_now
from desktop.flows.signing.checking import approvals, checking
from desktop.flows.signing.copy_log import Given, note_copy
from desktop.flows.signing.copy_password import refuse_guessable
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.letter_copy import LETTER_COPY, LETTER_RULE, is_letter, letter_paper
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new
from desktop.store.disk.errors import AttachmentMissing, AttachmentRefused

_PRINTED = 1200  # pixels on the longer side


@dataclass(frozen=True, slots=True)
class CopyChoice:
    """A copy that may be made, or why it may not; `withheld` says what is left out and why, never what it said."""

    name: str
    title: str
    allowed: bool
    why: str
    withheld: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """`note`: whether it carries the council’s time-stamp."""

    path: Path
    title: str
    withheld: int
    note: str = ""


def copies(desk: Desk, record_id: str) -> tuple[CopyChoice, ...]:
    """Every copy the form knows of, the officer's full one first; before it, of a letter, the letter as it went."""
    record = open_record(desk, record_id)
    own = (LETTER_RULE,) if is_letter(record) else ()
    return tuple(_choice(record, rule) for rule in (*own, *rules_of(desk, record)))


def export(
    desk: Desk,
    record_id: str,
    copy: str,
    to: Path,
    *,
    replaced: bool = False,
    given: Given | None = None,
    password: str = "",
) -> Exported:
    """Writes a signed PDF. Raises DocumentError for an unsigned record, for a `password` that could be guessed, and for
    a plan that is not the live one unless `replaced` says that it is wanted all the same; never overwrites. `given`: to
    whom it goes, for the log."""
    refuse_guessable(password)
    record = open_record(desk, record_id)
    if not record.locked:
        message = "Sign the record first: a PDF is made of what was signed."
        raise DocumentError(message)
    if not replaced and (why := why_not_live(desk, record)):
        message = f"{why} Export the live one, or say that you want this one all the same (--replaced)."
        raise DocumentError(message)
    rule = LETTER_RULE if copy == LETTER_COPY and is_letter(record) else rule_named(rules_of(desk, record), copy)
    if desk.is_practice:
        return _practised(desk, record, rule, paper_name(desk, to))
    made = lasting(desk, _sealed(desk, any_paper(desk, record, rule), password), password)
    write_new(to, made.data)
    given = replace(given or Given(), protected=bool(password))
    if not is_letter(record):  # a letter says itself to whom it went
        note_copy(desk, record_id, copy=copy, title=rule.title, given=given)
    desk.vault.audit.add(
        "exported", record=record_id, copy=copy, to=given.to_whom or rule.title, protected=bool(password)
    )
    return Exported(to, rule.title, len(rule.withheld), made.sentence)


def _practised(desk: Desk, record: OpenRecord, rule: CopyRule, to: Path) -> Exported:
    """The same pages, marked, and sealed by nobody: there is no council whose officer could."""
    with on_paper(desk):
        write_new(to, drawn(any_paper(desk, record, rule)))
    return Exported(to, rule.title, len(rule.withheld), SEALED_BY_NOBODY)


def _sealed(desk: Desk, paper: Paper | LetterPaper, password: str) -> bytes:
    """With a password it is a reader's, and leaves no room for a manager."""
    if password and isinstance(paper, Paper):
        paper = replace(paper, leaves_room=False)
    return seal_pdf(
        drawn(paper),
        identity(desk),
        reason=_sealed_as(paper),
        place=desk.officer.council,
        at=desk.now(),
        leaves_room=isinstance(paper, Paper) and paper.leaves_room,
        password=password,
    )


def drawn(paper: Paper | LetterPaper) -> bytes:
    """The pages, not sealed yet."""
    return letter_pdf(paper, fonts()) if isinstance(paper, LetterPaper) else render(paper, fonts())


def why_not_live(desk: Desk, record: OpenRecord) -> str:
    """Of a plan that a later one has replaced: on which day and by which. Empty for everything else."""
    version = version_of(desk, record.view)
    if version is None or version.standing is not PlanStanding.REPLACED or version.replaced_on is None:
        return ""
    on = day(local(version.replaced_on).date())
    return f"This is version {version.number} of the plan. Version {version.replaced_by} replaced it on {on}."


def signed_by_another(desk: Desk, record: OpenRecord) -> str:
    """Whose record it is, when the copy will say that this officer made it; empty for one’s own."""
    signed = record.view.signatures[-1] if record.locked else None
    return signed.name if signed and signed.officer_id != desk.officer.id else ""


def suggested_name(desk: Desk, record_id: str, copy: str) -> str:
    """A file name without the child's name in it: names leak through folders, lists and mail."""
    view = desk.vault.view(record_id)
    return f"{reference(view)}-{copy.replace('_', '-')}.pdf"


def reference(view: RecordView) -> str:
    """RHI-2026-3F2A: the form, the year, and enough of the id to find it again."""
    short = "".join(word[0] for word in view.form_id.split("_")).upper()
    return f"{short}-{view.created_at[:4]}-{view.record_id[:6].upper()}"


def rules_of(desk: Desk, record: OpenRecord) -> tuple[CopyRule, ...]:
    """By this council's reading of D13: whether the allocated worker's copy needs the child's yes."""
    reading = desk.catalogue.council.readings["rhi_to_worker"]
    return copies_for(record.definition, record.answers, record.context, reading=reading)


def rule_named(rules: tuple[CopyRule, ...], copy: str) -> CopyRule:
    for rule in rules:
        if rule.id == copy:
            if not rule.allowed:
                raise DocumentError(rule.why)
            return rule
    message = f"There is no copy called “{copy}”. Choose from: {', '.join(rule.id for rule in rules)}."
    raise DocumentError(message)


def _choice(record: OpenRecord, rule: CopyRule) -> CopyChoice:
    whole = [(_named(record, place), why) for place, why in rule.withheld.items() if "/" not in place]
    once = dict.fromkeys((*whole, *_lines_out(record, rule)))
    return CopyChoice(rule.id, rule.title, rule.allowed, rule.why, tuple(once))


def _lines_out(record: OpenRecord, rule: CopyRule) -> tuple[tuple[str, str], ...]:
    """“People: 2 lines”: how many of a group are left out, and never which."""
    groups = Counter((place.partition("/")[0], why) for place, why in rule.withheld.items() if "/" in place)
    return tuple((f"{_named(record, group)}: {counted(n, 'line')}", why) for (group, why), n in groups.items())


def _named(record: OpenRecord, place: str) -> str:
    """The label of a question, or of one column of a group."""
    question_id, _, column_id = place.partition(".")
    question = record.definition.question(question_id)
    found = question.column(column_id) if column_id else None
    return worded((found or question).label, record.child.first_name)


def any_paper(desk: Desk, record: OpenRecord, rule: CopyRule) -> Paper | LetterPaper:
    """The copy as this officer would make it now, of a letter the page that went."""
    if rule is not LETTER_RULE:
        return paper_of(desk, record, rule)
    signer = signer_of(desk, record.record_id, record.view.signatures[-1])
    return letter_paper(desk, record, signer, None if signer.officer_id == desk.officer.id else _maker(desk))


def paper_of(desk: Desk, record: OpenRecord, rule: CopyRule) -> Paper:
    """A copy laid out from its form."""
    signer = signer_of(desk, record.record_id, record.view.signatures[-1]) if record.locked else _writer(desk)
    filled = Filled(record.definition, record.answers, record.context)
    episode = desk.vault.view(str(record.answers.get("episode_id") or "")).answers()
    computed = frozenset(q.id for q in record.definition.questions() if q.type is QuestionType.COMPUTED)
    maker = None if signer.officer_id == desk.officer.id else _maker(desk)
    checked = _checked(desk, record.record_id) if rule.is_full else None
    held = readers_copy(rule, filled, computed | ({"episode_id"} if episode else frozenset()))
    return Paper(
        definition=record.definition,
        record_id=record.record_id,
        answers=held.answers,
        shown=held.shown,
        child_name=record.child.name,
        first_name=record.child.first_name,
        reference=reference(record.view),
        line=_plan_line(desk, record) or _line(record, episode if "episode_id" in held.shown else {}),
        signer=signer,
        copy=held.copy,
        checks=_proofs(desk, record) if record.locked else {},
        pictures=dict(_pictures(desk, record, held.answers)),
        facts=_facts(desk, record, held.answers, episode),
        maker=maker,
        checked=checked,
        leaves_room=record.locked and rule.is_full and maker is None and _wants_check(desk, record.record_id),
        second=_second_language(desk, record, rule, held.answers),
        is_draft=not record.locked,
    )


def _second_language(
    desk: Desk, record: OpenRecord, rule: CopyRule, answers: Mapping[str, JSON]
) -> SecondLanguage | None:
    """For the family’s own copies: the language this record names to this reader, else the child’s own."""
    if rule.id not in FAMILY or record.definition.id not in FOUR_FORMS:
        return None
    spoken = answers.get(LANGUAGE) or record.child.facts.get(LANGUAGE)
    return desk.catalogue.languages.beside(spoken, record.child.first_name)


def _proofs(desk: Desk, record: OpenRecord) -> dict[str, str]:
    return {
        "content_hash": record.view.content_hash,
        "audit_head": str(desk.vault.audit.head()),
        "audit_laptop": desk.device.id,
    }


def _writer(desk: Desk) -> Signer:
    """Who has a draft open, for nobody has signed it."""
    officer = desk.officer
    role = role_name(officer.role)
    return Signer(officer.name, role, officer.council, desk.device.name, desk.now(), officer.id)


def _wants_check(desk: Desk, record_id: str) -> bool:
    return checking(desk, record_id).state is not CheckState.NOT_WANTED


def _checked(desk: Desk, record_id: str) -> Signer | None:
    """The manager whose check of the record stands, as that check's own signature states it."""
    found = approvals(desk, record_id)
    return signer_of(desk, *found[-1]) if found else None


def signer_of(desk: Desk, record_id: str, signed: Signed) -> Signer:
    """As the signature itself states it; one that names no laptop was made here, or nobody knows where."""
    here = any(op.op_id == signed.op_id and op.device_id == desk.device.id for op in desk.vault.operations(record_id))
    return Signer(
        name=signed.name,
        role=role_name(signed.role),
        council=signed.council or desk.officer.council,
        device=signed.device or (desk.device.name if here else ""),
        signed_at=datetime.fromisoformat(signed.at),
        officer_id=signed.officer_id,
    )


def _maker(desk: Desk) -> Maker:
    officer = desk.officer
    role = role_name(officer.role)
    return Maker(officer.name, role, officer.council, desk.device.name, desk.now(), officer.id)


def _sealed_as(paper: Paper | LetterPaper) -> str:
    if paper.maker:
        return f"Copy made by {paper.maker.name} of a record signed by {paper.signer.name}"
    return f"{'Letter' if isinstance(paper, LetterPaper) else paper.definition.title}, signed"


def _pictures(desk: Desk, record: OpenRecord, answers: Mapping[str, JSON]) -> Iterator[tuple[str, bytes]]:
    """Those of this copy's answers that may be in print: agreed to, and with no name still to hide."""
    for question in record.definition.questions():
        for row in rows(answers, question.id) if question.type is QuestionType.ATTACHMENTS else ():
            file = row.get("file")
            kept = row.get("permission") == "not_in_print" or row.get("hide_names") == "to_hide"
            if kept or not isinstance(file, Mapping) or not str(file.get("type")).startswith("image/"):
                continue
            with contextlib.suppress(AttachmentMissing, AttachmentRefused):
                yield str(file["sha256"]), desk.vault.attachments.scaled(str(file["sha256"]), _PRINTED)


def _line(record: OpenRecord, episode: Mapping[str, JSON]) -> str:
    back = episode.get("found_at")
    away = episode.get("last_seen_at")
    if isinstance(back, str) and isinstance(away, str) and "T" in back and "T" in away:
        return f"Away {day_and_time(datetime.fromisoformat(away))} to {day_and_time(datetime.fromisoformat(back))}"
    return f"Begun {day_and_time(datetime.fromisoformat(record.view.created_at))}"


def _plan_line(desk: Desk, record: OpenRecord) -> str:
    """Which version it is and where that stood when the copy was made; empty for what is no plan."""
    version = version_of(desk, record.view)
    return f"{version.line}, as known on {day_and_time(desk.now())}" if version else ""


def _facts(
    desk: Desk, record: OpenRecord, answers: Mapping[str, JSON], episode: Mapping[str, JSON]
) -> tuple[tuple[str, str], ...]:
    """Words for the questions whose answers are worked out, from what this reader may have, or are another record."""
    about = (("episode_id", f"Away from {say_moment(episode.get('last_seen_at') or 'a time not known')}"),)
    found = computed_now(desk, Filled(record.definition, answers, record.context))
    return (*(about if episode else ()), *found.items())
