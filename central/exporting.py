"""Children and episodes back as CSV, in the columns they came in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from sqlalchemy import Connection, select

from casework.forms import Definition, display
from casework.protocol import Sealed, unseal
from casework.records import Merge, RecordView
from central.definitions import Definitions
from central.extracts import Extract
from central.tables import operation, record

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def exported(connection: Connection, definitions: Definitions, extract: Extract) -> str:
    """The current values of every record of the extract's form."""
    out = io.StringIO()
    writer = csv.writer(out)
    names = [*([extract.child] if extract.child else []), "Record", *extract.columns]
    writer.writerow(names)
    for view in _views(connection, extract.form_id):
        definition = definitions.find(view.form_id, view.form_version, connection)
        if definition is not None:
            writer.writerow([_safe(text) for text in _row(view, definition, extract)])
    return out.getvalue()


def _row(view: RecordView, definition: Definition, extract: Extract) -> Iterator[str]:
    if extract.child:
        yield view.child_id
    yield view.record_id
    for name in extract.columns.values():
        value = view.answer(f"f/{name}")
        yield "" if value is None else display(definition.question(name), value)


def _views(connection: Connection, form_id: str) -> Iterator[RecordView]:
    ids = list(connection.execute(select(record.c.record_id).where(record.c.form_id == form_id)).scalars())
    for record_id in sorted(ids):
        query = select(operation.c.op_id, operation.c.payload, operation.c.signature)
        rows = connection.execute(query.where(operation.c.record_id == record_id))
        ops = [unseal(Sealed(op_id=op_id, payload=text, signature=signature)) for op_id, text, signature in rows]
        view = Merge(record_id, ops).view()
        if not view.discarded:
            yield view


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text
