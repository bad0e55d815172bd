"""A signed PDF for one recipient, and checking any PDF."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from casework.canonical import JSON
from casework.errors import DocumentError, KnownError, NotJoined
from casework.forms import Filled, QuestionType, say_moment, say_time, worded
from casework.practice.consent import CopyRule, answers_for, copies_for
from casework.practice.states import rows
from casework.records import RecordView
from desktop.documents.checking import Verdict, check_pdf
from desktop.documents.paper import Copy, Paper, Signer
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.flows.desk import Desk
from desktop.flows.records import OpenRecord, open_record
from desktop.flows.today import clocks_of
from desktop.flows.wording import counted, day
from desktop.paths import fonts, write_new
from desktop.store.errors import AttachmentMissing, AttachmentRefused

_PRINTED = 1200  # pixels on the longer side
_UNCOUNTED = "Cannot be counted: the time of return is not known"


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
    path: Path
    title: str
    withheld: int


def copies(desk: Desk, record_id: str) -> tuple[CopyChoice, ...]:
    """Every copy the form knows of, the officer's full one first."""
    record = open_record(desk, record_id)
    return tuple(_choice(record, rule) for rule in _rules(desk, record))


def export(desk: Desk, record_id: str, copy: str, to: Path) -> Exported:
    """Writes a signed PDF. Raises DocumentError for an unsigned record, MissingGlyph; never overwrites."""
    record = open_record(desk, record_id)
    if not record.locked:
        message = "Sign the record first: a PDF is made of what was signed."
        raise DocumentError(message)
    rule = _rule(_rules(desk, record), copy)
    paper = _paper(desk, record, rule)
    place = desk.officer.council
    data = seal_pdf(render(paper, fonts()), identity(desk), reason=f"{paper.definition.title}, signed", place=place)
    write_new(to, data)
    desk.vault.audit.add("exported", record=record_id, copy=copy)
    return Exported(to, rule.title, len(rule.withheld))


def verify(path: Path, desk: Desk | None = None, roots_pem: tuple[str, ...] = ()) -> Verdict:
    """With no council to trust it still says whether a byte has changed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    roots = roots_pem + ((council_root(desk),) if desk is not None else ())
    return check_pdf(data, [root for root in roots if root])


def council_root(desk: Desk) -> str:
    service = desk.vault.settings.get("service", {})
    return str(service.get("ca_pem", "")) if isinstance(service, dict) else ""


def suggested_name(desk: Desk, record_id: str, copy: str) -> str:
    """A file name without the child's name in it: names leak through folders, lists and mail."""
    view = desk.vault.view(record_id)
    return f"{reference(view)}-{copy.replace('_', '-')}.pdf"


def reference(view: RecordView) -> str:
    """RHI-2026-3F2A: the form, the year, and enough of the id to find it again."""
    short = "".join(word[0] for word in view.form_id.split("_")).upper()
    return f"{short}-{view.created_at[:4]}-{view.record_id[:6].upper()}"


def _rules(desk: Desk, record: OpenRecord) -> tuple[CopyRule, ...]:
    """By this council's reading of D13: whether the allocated worker's copy needs the child's yes."""
    reading = desk.catalogue.council.readings["rhi_to_worker"]
    return copies_for(record.definition, record.answers, record.context, reading=reading)


def _rule(rules: tuple[CopyRule, ...], copy: str) -> CopyRule:
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


def _paper(desk: Desk, record: OpenRecord, rule: CopyRule) -> Paper:
    signed = record.view.signatures[-1]
    signer = Signer(
        signed.name,
        desk.officer.role.replace("_", " ").capitalize(),
        desk.officer.council,
        desk.device.name,
        datetime.fromisoformat(signed.at),
    )
    trimmed: Mapping[str, Any] = answers_for(rule, Filled(record.definition, record.answers, record.context))
    episode = desk.vault.view(str(record.answers.get("episode_id") or "")).answers()
    return Paper(
        definition=record.definition,
        record_id=record.record_id,
        answers=trimmed,
        shown=record.shown,
        child_name=record.child.name,
        first_name=record.child.first_name,
        reference=reference(record.view),
        line=_line(record, episode),
        signer=signer,
        copy=Copy(rule.id, rule.title, rule.withheld),
        content_hash=record.view.content_hash,
        audit_head=str(desk.vault.audit.head()),
        pictures=dict(_pictures(desk, record, trimmed)),
        facts=_facts(desk, episode),
    )


def _pictures(desk: Desk, record: OpenRecord, answers: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
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
        return f"Away {say_time(datetime.fromisoformat(away))} to {say_time(datetime.fromisoformat(back))}"
    return f"Begun {say_time(datetime.fromisoformat(record.view.created_at))}"


def _facts(desk: Desk, episode: Mapping[str, JSON]) -> tuple[tuple[str, str], ...]:
    """Words for the questions whose answers are worked out, or are another record."""
    if not episode:
        return ()
    about = ("episode_id", f"Away from {say_moment(episode.get('last_seen_at') or 'a time not known')}")
    clocks = clocks_of(desk, episode)
    hours, days = clocks.h72.due, clocks.working.due
    return (
        about,
        ("due_72h", say_time(hours) if hours else _UNCOUNTED),
        ("due_3wd", f"{days:%A} {day(days)}" if days else _UNCOUNTED),
    )


def identity(desk: Desk) -> Identity:
    """What this officer signs with. Raises NotJoined."""
    held = desk.vault.settings.get("certificate", {})
    if not isinstance(held, dict) or "chain_pem" not in held:
        message = "This laptop holds no signing certificate yet. Join the council first."
        raise NotJoined(message)
    return Identity(desk.officer.name, str(held["chain_pem"]), str(held["key_pem"]))
