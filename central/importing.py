"""Children, episodes and allocations from a case system's CSV extracts.

What is imported are operations like any other, signed by a device of the service's own. A row that says nothing new
adds nothing, so running an extract twice is harmless.
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, update

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.forms import Definition, Question, QuestionType
from casework.practice.calendar import london_moment
from casework.protocol import seal
from casework.records import Author, Change, Merge, Operation, RecordView, Stamp, bucket_of, field_path
from casework.records.clock import HybridTime
from central import accounts
from central.accounts import Device, Officer
from central.clock import stamp
from central.definitions import check_change
from central.errors import CentralError, UnknownThing
from central.extracts import DAYS, MOMENTS, Columns, Extract
from central.home import write_private
from central.ledger import Ledger
from central.numbering import Numbers
from central.scope import strands_of
from central.service import Service
from central.tables import device

NAMESPACE = uuid.UUID("6d2f5a0e-5d1c-5c7e-9d53-5f3d1c1a0b77")
IMPORTER = Officer("central-extract", "Case system extract", "administrator", active=True)
KEY_FILE = "extract.key"


@dataclass
class Imported:
    """`bad` rows are told by line and reason; the others went in."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, JSON]:
        rows: list[JSON] = [{"line": line, "reason": reason} for line, reason in self.bad]
        return {"added": self.added, "changed": self.changed, "unchanged": self.unchanged, "bad": rows}


def child_id_of(reference: str) -> str:
    """The same child for the same reference, whenever and wherever it is imported."""
    return str(uuid.uuid5(NAMESPACE, f"child {reference}"))


def episode_id_of(reference: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"episode {reference}"))


class Importing:
    """One extract at a time; each row is its own transaction, so a bad one stops nothing."""

    def __init__(self, service: Service, columns: Columns) -> None:
        self._service = service
        self._columns = columns
        self._author = _author(service)

    def children(self, file: Path) -> Imported:
        extract = self._columns.children
        return self._each(file, lambda row: self._record(row, extract, *self._child_of(row)))

    def episodes(self, file: Path) -> Imported:
        extract = self._columns.episodes
        return self._each(file, lambda row: self._record(row, extract, *self._episode_of(row)))

    def allocations(self, file: Path) -> Imported:
        return self._each(file, self._allocation)

    def _each(self, file: Path, deed: Callable[[Mapping[str, str]], str]) -> Imported:
        found = Imported()
        for line, row in _rows(file):
            try:
                outcome = deed(row)
            except (AnswerError, CentralError) as error:
                found.bad.append((line, str(error)))
            else:
                setattr(found, outcome, getattr(found, outcome) + 1)
        return found

    def _child_of(self, row: Mapping[str, str]) -> tuple[str, str, str]:
        child = child_id_of(_needed(row, self._columns.children.reference))
        return child, child, "core"

    def _episode_of(self, row: Mapping[str, str]) -> tuple[str, str, str]:
        reference = _needed(row, self._columns.episodes.reference)
        child = child_id_of(_needed(row, self._columns.episodes.child))
        with self._service.database.reading() as connection:
            if Ledger(connection, self._service.now()).operations_of(child) == []:
                message = "The child of this episode is not here yet. Import the children first."
                raise CentralError(message)
        return episode_id_of(reference), child, "missing"

    def _record(self, row: Mapping[str, str], extract: Extract, record_id: str, child: str, strand: str) -> str:
        definition = self._definition(extract.form_id)
        values = {name: value for name, value in _values(row, extract, definition)}  # noqa: C416 - a generator of pairs
        return self._service.database.transact(
            lambda connection: self._write(connection, definition, values, record_id, bucket_of(child, strand))
        )

    def _write(
        self, connection: Connection, definition: Definition, values: dict[str, JSON], record_id: str, bucket: str
    ) -> str:
        accounts.device_of(connection, self._author.device_id, lock=True)
        ledger = Ledger(connection, self._service.now())
        stored = ledger.operations_of(record_id)
        view = Merge(record_id, stored).view()
        changes = _changes(definition, view, values)
        if stored and not changes:
            return "unchanged"
        operation = self._operation(connection, definition, view, changes, record_id, bucket)
        ledger.look_up([operation])
        ledger.accept(operation, seal(operation), relayed_by=None)
        ledger.write(self._author.device_id)
        return "changed" if stored else "added"

    def _operation(  # noqa: PLR0917 - what an operation is made of
        self,
        connection: Connection,
        definition: Definition,
        view: RecordView,
        changes: list[Change],
        record_id: str,
        bucket: str,
    ) -> Operation:
        at = self._service.now()
        number = Numbers(connection).upto(self._author.device_id) + 1
        hlc = str(HybridTime(int(at.timestamp() * 1000), 0))
        made = Stamp(f"{self._author.device_id}.{number}", number, stamp(at), hlc)
        if view.form_id:
            return self._author.say(made, view, changes)
        child, strand = bucket.rsplit(":", 1)
        return self._author.create(
            made,
            record_id=record_id,
            child_id=child,
            strand=strand,
            form_id=definition.id,
            form_version=definition.version,
            changes=changes,
        )

    def _allocation(self, row: Mapping[str, str]) -> str:
        officer_id = _needed(row, self._columns.officer)
        child = child_id_of(_needed(row, self._columns.allocated_child))
        named = (row.get(self._columns.strand) or "").strip().lower()
        with self._service.database.writing() as connection:
            owner = accounts.officer_of(connection, officer_id)
            strands = frozenset({"core", named}) if named else strands_of(owner.role)
            now = self._service.now()
            count = accounts.allocate(connection, owner.id, child, strands, now=now, reason="case system extract")
        return "added" if count else "unchanged"

    def _definition(self, form_id: str) -> Definition:
        found = self._service.definitions.newest(form_id)
        if found is None:
            message = f"The form {form_id} is not published here."
            raise UnknownThing(message)
        return found


def _changes(definition: Definition, view: RecordView, values: dict[str, JSON]) -> list[Change]:
    """Only what the extract says otherwise; where a worker has written since, both stand until somebody decides."""
    found = []
    for name, value in values.items():
        path = field_path(name)
        if view.answer(path) != value and not any(standing.value == value for standing in view.values.get(path, ())):
            change = Change(path, value, view.saw(path))
            check_change(definition, change)
            found.append(change)
    return found


def _values(row: Mapping[str, str], extract: Extract, definition: Definition) -> Iterator[tuple[str, JSON]]:
    for column, name in extract.columns.items():
        text = (row.get(column) or "").strip()
        question = definition.by_id.get(name)
        if question is None:
            message = f"The form has no question {name}, which the column {column} should fill."
            raise CentralError(message)
        if text:
            yield name, _answer(question, extract.codes.get(name, {}).get(text, text), column)


def _answer(question: Question, text: str, column: str) -> JSON:
    match question.type:
        case QuestionType.DATE:
            return _moment(text, DAYS, column).date().isoformat()
        case QuestionType.DATETIME:
            return london_moment(_moment(text, MOMENTS, column)).isoformat()
        case QuestionType.YES_NO:
            return _yes_no(text, column)
        case QuestionType.CHOICE:
            return next((option.code for option in question.options if text in (option.code, option.label)), text)
        case _:
            return text


def _moment(text: str, shapes: Iterable[str], column: str) -> datetime:
    for shape in shapes:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 - London's clock is applied by whoever asked
        except ValueError:
            continue
    message = f"“{text}” in the column {column} is not a date such as 27/03/2026."
    raise CentralError(message)


def _yes_no(text: str, column: str) -> bool:
    known = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
    if text.lower() not in known:
        message = f"“{text}” in the column {column} is neither yes nor no."
        raise CentralError(message)
    return known[text.lower()]


def _needed(row: Mapping[str, str], column: str) -> str:
    text = (row.get(column) or "").strip()
    if not text:
        message = f"The column {column} is empty."
        raise CentralError(message)
    return text


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """With the line each ends on. A file that is not text at all is refused whole."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, strict=True)
            for row in reader:
                yield reader.line_num, {name: value for name, value in row.items() if isinstance(name, str)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{file.name} cannot be read as CSV: {error}"
        raise CentralError(message) from error


def _author(service: Service) -> Author:
    """The service's own device, made at the first import; its key lies beside the council's others."""
    path = service.home.keys / KEY_FILE
    if not path.exists():
        write_private(path, Ed25519PrivateKey.generate().private_bytes_raw())
    key = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    public = key.public_key().public_bytes_raw().hex()
    with service.database.writing() as connection:
        accounts.add_officer(connection, IMPORTER, service.now())
        known = connection.execute(select(device.c.id).where(device.c.signing_key == public)).scalar_one_or_none()
        found = known or _enrolled(connection, public, service).id
    return Author(IMPORTER.id, found, key)


def _enrolled(connection: Connection, public: str, service: Service) -> Device:
    made = accounts.add_device(connection, IMPORTER.id, public, service.now())
    connection.execute(update(device).where(device.c.id == made.id).values(state="drain"))  # it never pushes over HTTP
    return made
