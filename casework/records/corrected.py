"""What a record says now: its standing values, with the signed corrections beside it laid over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from casework.canonical import JSON, canonical
from casework.identifiers import OperationId
from casework.records.answer_paths import parse_path, row_path
from casework.records.view import Amendment, RecordView


@dataclass(frozen=True, slots=True)
class Corrected:
    """`answers` as a view gives them; `unsettled` names the questions and groups on which two values still stand."""

    answers: Mapping[str, JSON]
    unsettled: frozenset[str]
    signed: bool
    discarded: bool
    form_version: int = 0


def corrected(view: RecordView) -> Corrected:
    """A correction replaces what its author saw; corrections that did not see each other and differ are unsettled."""
    said, gone = _said(view), _replaced(view.amendments)
    live = {path: [value for op_id, value in found if op_id not in gone[path]] for path, found in said.items()}
    unsettled = {parse_path(path).group or parse_path(path).question for path, found in live.items() if _differ(found)}
    current = {path: found[-1] for path, found in live.items() if found and found[-1] is not None}
    return Corrected(_answers(view, current), frozenset(unsettled), view.locked, view.discarded, view.form_version)


def _said(view: RecordView) -> dict[str, list[tuple[OperationId, JSON]]]:
    """By path, each value with the operation that said it; corrections last."""
    said: dict[str, list[tuple[OperationId, JSON]]] = defaultdict(list)
    for path, standing in view.values.items():
        said[path] += [(found.op_id, found.value) for found in standing]
    for amendment in view.amendments:
        for change in amendment.changes:
            said[change.path].append((amendment.op_id, change.value))
    return said


def _replaced(amendments: tuple[Amendment, ...]) -> defaultdict[str, set[OperationId]]:
    gone: defaultdict[str, set[OperationId]] = defaultdict(set)
    for amendment in amendments:
        for change in amendment.changes:
            gone[change.path].update(change.replaces)
    return gone


def _differ(found: list[JSON]) -> bool:
    return len(found) > 1 and len({canonical(value) for value in found}) > 1


def _answers(view: RecordView, current: Mapping[str, JSON]) -> dict[str, JSON]:
    answers: dict[str, JSON] = {}
    rows: dict[str, dict[str, dict[str, JSON]]] = {
        group: {row.id: {"id": row.id} for row in found} for group, found in view.groups.items()
    }
    for path, value in current.items():
        parsed = parse_path(path)
        if not parsed.group:
            answers[parsed.question] = value
        elif not _is_removed(current, parsed.group, parsed.row):
            row = rows.setdefault(parsed.group, {}).setdefault(parsed.row, {"id": parsed.row})
            row |= {} if parsed.is_row else {parsed.question: value}
    for group, found in rows.items():
        answers[group] = [row for row_id, row in found.items() if not _is_removed(current, group, row_id)]
    return answers


def _is_removed(current: Mapping[str, JSON], group: str, row_id: str) -> bool:
    place = current.get(row_path(group, row_id))
    return isinstance(place, dict) and place.get("removed") is True
