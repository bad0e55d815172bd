"""Decisions as the command line lists them, and what a line of it chooses."""

from __future__ import annotations

from casework.canonical import JSON, parse
from casework.dates_in_words import day_and_time
from casework.errors import AnswerError, ChangedMeanwhile, UnknownRecord
from casework.identifiers import OperationId
from desktop.flows.decisions.conflicts import Decision, Said, of_record
from desktop.flows.desk import Desk


def as_json(found: Decision) -> JSON:
    return {
        "record": found.record_id,
        "path": found.path,
        "child": found.child.name,
        "title": found.title,
        "question": found.label,
        "child_words": found.child_words,
        "signed": found.signed,
        "before": _said(found.before) if found.before else None,
        "sides": [_said(side) for side in found.sides],
    }


def told(found: Decision) -> str:
    """Every text whole, under who said it and when; the ids are what `decide --use` and `--seen` take."""
    head = f"{found.record_id} {found.path}\n{found.title}, {found.child.name}: {found.label}"
    if found.signed:
        head += "\nThe record is signed: what arrived later can only stand beside it as a correction."
    before = [f"Before, {_line(found.before)}"] if found.before else []
    return "\n".join([head, *before, *(f"{side.op_id}, {_line(side)}" for side in found.sides)])


def the_one(desk: Desk, record_id: str, path: str) -> Decision:
    """Raises UnknownRecord when there is nothing to decide there."""
    for found in of_record(desk, record_id):
        if found.path == path:
            return found
    message = "There is nothing to decide at that place. List what there is with: homeward decisions"
    raise UnknownRecord(message)


def side_of(found: Decision, op_id: OperationId) -> Said:
    for side in found.sides:
        if side.op_id == op_id:
            return side
    message = "None of the texts has that id, so nothing was decided. List them with: homeward decisions"
    raise ChangedMeanwhile(message)


def both_of(found: Decision) -> str:
    if not found.both:
        message = "Only words can be kept side by side. Use one of the answers, or give a new one."
        raise AnswerError(message)
    return found.both


def value_in(found: Decision, content: bytes) -> JSON:
    """A text is taken as it is, without the line's end that an editor puts last; any other answer is JSON."""
    if not found.is_text:
        return parse(content)
    try:
        return content.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        message = "The file is not text in UTF-8, so nothing was decided."
        raise AnswerError(message) from error


def _said(side: Said) -> JSON:
    return {
        "op": side.op_id,
        "value": side.value,
        "text": side.text,
        "officer": side.name,
        "at": side.at.isoformat(),
        "mine": side.mine,
    }


def _line(side: Said) -> str:
    return f"{side.who}, {day_and_time(side.at)}:\n{side.text}"
