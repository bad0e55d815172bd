"""A record as `homeward show` gives it: for machines as JSON, for people as lines."""

from __future__ import annotations

from datetime import datetime

from casework.canonical import JSON
from casework.forms import Finding, Question, display, worded
from casework.practice.notices.notice_table import NOTICE
from casework.practice.oversight import record_name
from casework.records import Operation
from desktop.flows.children import child_of, state_of, title_of
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord, open_record


def listed(desk: Desk, *, form_id: str | None = None, child_id: str | None = None) -> list[dict[str, JSON]]:
    """Latest change first."""
    return [
        {
            "record": s.record_id,
            "form": s.form_id,
            "title": title_of(desk, s),
            "child": s.child_id,
            "child_name": child_of(desk, s.child_id).name,
            "state": state_of(s),
            "created": s.created_at,
            "updated": s.updated_at,
            "received": s.received_at,
        }
        for s in desk.vault.summaries(form_id=form_id, child_id=child_id)
        if s.form_id != NOTICE or form_id == NOTICE
    ]


def shown(desk: Desk, record_id: str) -> dict[str, JSON]:
    record = open_record(desk, record_id)
    view, summary = record.view, desk.vault.summary(record_id)
    return {
        "record": record_id,
        "form": view.form_id,
        "form_version": view.form_version,
        "child": view.child_id,
        "state": state_of(summary) if summary else "draft",
        "locked": view.locked,
        "contested": view.contested,
        "content_hash": view.content_hash,
        "answers": dict(record.answers),
        "conflicts": [_conflict(record, path) for path in view.conflicts],
        "findings": [_finding(finding) for finding in record.findings],
        "signatures": [{"name": s.name, "at": s.at, "intact": s.intact, "op": s.op_id} for s in view.signatures],
        "amendments": [{"reason": a.reason, "at": a.at, "op": a.op_id} for a in view.amendments],
        "proposed": [{"at": p.at, "officer": p.officer_id, "op": p.op_id} for p in view.proposed],
        "history": [_deed(operation) for operation in desk.vault.operations(record_id)],
        "received": summary.received_at if summary else None,
    }


def told(desk: Desk, record_id: str) -> str:
    record, summary = open_record(desk, record_id), desk.vault.summary(record_id)
    title = title_of(desk, summary) if summary else record.definition.title
    lines = [f"{title}, {record.child.name_and_age}", ""]
    for question in record.definition.questions():
        if question.id in record.shown and question.id in record.answers:
            said = display(question, _in_words(desk, question, record.answers[question.id]), record.child.first_name)
            lines.append(f"{worded(question.label, record.child.first_name)}: {said}")
    lines += ["", *(finding.text for finding in record.findings)]
    return "\n".join(lines).rstrip()


def _in_words(desk: Desk, question: Question, value: JSON) -> JSON:
    """Another record by its title and date: nobody knows records by their ids."""
    if question.links_to and isinstance(value, str):
        return named_record(desk, value)
    linked = {column.id for column in question.columns if column.links_to}
    if not linked or not isinstance(value, list):
        return value
    return [
        {name: named_record(desk, str(cell)) if name in linked else cell for name, cell in row.items()}
        for row in value
        if isinstance(row, dict)
    ]


def named_record(desk: Desk, record_id: str) -> str:
    """By its title and date."""
    summary = desk.vault.summary(record_id)
    if summary is None:
        return "A record that is not on this laptop"
    definition = desk.catalogue.form(summary.form_id, summary.form_version)
    return record_name(definition, summary.answers, datetime.fromisoformat(summary.created_at))


def _finding(finding: Finding) -> JSON:
    return {
        "question": finding.question_id,
        "row": finding.row_id,
        "kind": finding.kind,
        "text": finding.text,
        "blocks_signing": finding.blocks_signing,
    }


def _conflict(record: OpenRecord, path: str) -> JSON:
    standing = record.view.values[path]
    return {"path": path, "values": [{"value": s.value, "officer": s.officer_id, "at": s.at} for s in standing]}


def _deed(operation: Operation) -> JSON:
    return {
        "op": operation.op_id,
        "kind": operation.kind.value,
        "at": operation.at,
        "officer": operation.officer_id,
        "paths": [change.path for change in operation.changes],
    }
