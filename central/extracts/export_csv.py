"""Children and episodes back as CSV, in the columns they came in: what this writes, `import` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sqlalchemy import Connection, select

from casework.forms import Definition
from casework.plain_table import guarded
from casework.records import Merge, RecordView, field_path
from central.database.tables import record
from central.extracts.case_numbers import CHILD, numbers_of
from central.extracts.cell_values import WORDED, cells_of
from central.extracts.columns import EXACT, RECORD, Extract
from central.feed.stored_operations import operations_by_record
from central.intake.definitions import Definitions


def exported(connection: Connection, definitions: Definitions, extract: Extract) -> str:
    """The current values of every record of the extract's form: each for people, and beside it exactly."""
    rows = list(_rows(connection, definitions, extract))
    wordy = _wordy(definitions, extract)
    spare = {f"{name} {EXACT}" for name in wordy} - {name for row in rows for name, text in row.items() if text}
    names = [name for name in _names(extract) if name not in spare]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _names(extract: Extract) -> Iterator[str]:
    yield extract.reference
    if extract.child:
        yield extract.child
    yield RECORD
    for column in extract.columns:
        yield from (column, f"{column} {EXACT}")


def _wordy(definitions: Definitions, extract: Extract) -> list[str]:
    """Columns whose readable text is nearly always exact, so that a second one is for the exceptions only."""
    definition = definitions.newest(extract.form_id)
    asked = definition.by_id if definition else {}
    return [column for column, name in extract.columns.items() if name in asked and asked[name].type in WORDED]


def _rows(connection: Connection, definitions: Definitions, extract: Extract) -> Iterator[dict[str, str]]:
    numbers, children = numbers_of(connection, extract.form_id), numbers_of(connection, CHILD)
    for view in _views(connection, extract.form_id):
        definition = definitions.find(view.form_id, view.form_version, connection)
        if definition is not None:
            row = {extract.reference: guarded(numbers.get(view.record_id, "")), RECORD: view.record_id}
            if extract.child:
                row[extract.child] = guarded(children.get(view.child_id, ""))
            yield row | dict(_answers(view, definition, extract))


def _answers(view: RecordView, definition: Definition, extract: Extract) -> Iterator[tuple[str, str]]:
    for column, name in extract.columns.items():
        if name in definition.by_id:
            readable, exact = cells_of(definition.question(name), view.answer(field_path(name)))
            yield column, readable
            yield f"{column} {EXACT}", exact


def _views(connection: Connection, form_id: str) -> Iterator[RecordView]:
    query = select(record.c.record_id).where(record.c.form_id == form_id)
    ids = sorted(connection.execute(query).scalars())
    stored = operations_by_record(connection, ids)
    for record_id in (each for each in ids if each in stored):
        view = Merge(record_id, stored[record_id]).view()
        if not view.discarded:
            yield view
