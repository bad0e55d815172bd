"""That everything about a child was copied out is a record of that child: so whoever manages it sees it as well."""

from __future__ import annotations

from sqlalchemy import Connection

from casework.identifiers import ChildId, OperationId, RecordId
from casework.practice.copies.copy_table import COPY, EVERYTHING
from casework.practice.roles import CORE
from casework.records import JSON, Change, Stamp, field_path
from casework.records.hybrid_clock import HybridTime
from casework.wire.protocol import seal
from central.database.clock import stamp
from central.database.errors import UnknownThing
from central.extracts.extract_author import extract_author
from central.intake.ledger import Ledger
from central.people import accounts
from central.service import Service


def note_copy_of_everything(
    service: Service, connection: Connection, child_id: ChildId, *, made_by: str, made_for: str
) -> str:
    """The new record, begun by the service's own device. Raises UnknownThing where its form was never published."""
    form = service.definitions.find(COPY, 1, connection)
    if form is None:
        message = f"The form {COPY} is not published here."
        raise UnknownThing(message)
    author = extract_author(service, connection)
    accounts.device_of(connection, author.device_id, lock=True)
    ledger = Ledger(connection, service.now)
    number, at = ledger.numbers.upto(author.device_id) + 1, service.now()
    said: dict[str, JSON] = {
        "about": child_id,
        "about_form": "child",
        "copy": EVERYTHING,
        "to_whom": made_for,
        "made_at": at.isoformat(timespec="seconds"),
        "made_by": made_by,
    }
    made = author.create(
        Stamp(
            OperationId(f"{author.device_id}.{number}"),
            number,
            stamp(at),
            str(HybridTime(int(at.timestamp() * 1000), 0)),
        ),
        record_id=RecordId(f"copy-{author.device_id}.{number}"),
        child_id=child_id,
        strand=CORE,
        form_id=form.id,
        form_version=form.version,
        changes=[Change(field_path(name), value) for name, value in said.items()],
    )
    ledger.look_up([made])
    ledger.accept(made, seal(made), relayed_by=None)
    ledger.write(author.device_id)
    return made.record_id
