"""The rows of a case system's extract, judged one by one against what is here, and written as operations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection, select

from casework.canonical import JSON
from casework.errors import AnswerError, RecordError
from casework.forms import Definition
from casework.identifiers import ChildId, OperationId, RecordId
from casework.plain_table import unguarded
from casework.records import Change, Merge, Operation, RecordView, Stamp, field_path
from casework.records.hybrid_clock import HybridTime
from casework.spreadsheet import SheetRow
from casework.wire.protocol import seal
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.tables import record
from central.extracts.case_numbers import CHILD, CaseNumber, keep_numbers
from central.extracts.cell_values import answer_in
from central.extracts.columns import RECORD, Extract
from central.extracts.extract_author import extract_author
from central.extracts.extract_ids import ExtractIds
from central.extracts.likenesses import Likenesses
from central.extracts.persons_records import Begun
from central.feed.stored_operations import operations_by_record
from central.intake.definitions import check_change
from central.intake.ledger import Ledger
from central.people import accounts
from central.service import Service

Line = tuple[int, str]


@dataclass
class Imported:
    """What an extract brings, by line. `kept` is False after a dry run, and where a refused row stopped the rest."""

    read_as: str
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    kept: bool = False

    def to_json(self) -> dict[str, JSON]:
        told: dict[str, JSON] = {
            name: [{"line": line, "reason": reason} for line, reason in lines]
            for name, lines in (("refused", self.refused), ("notes", self.notes))
        }
        counts: dict[str, JSON] = {"new": self.new, "changed": self.changed, "same": self.same}
        return {"read_as": self.read_as, **counts, **told, "kept": self.kept}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row that names its record and child."""

    row: SheetRow
    number: str
    record_id: RecordId
    child_id: ChildId
    child_number: str


class ExtractRows:
    """The rows of one extract within one transaction: what is there is read once, what is new is written once."""

    def __init__(
        self,
        service: Service,
        connection: Connection,
        extract: Extract,
        definition: Definition,
        found: Imported,
    ) -> None:
        self._service = service
        self._connection = connection
        self._extract = extract
        self._definition = definition
        self._ids = ExtractIds(service.home, connection)
        self._found = found
        self._author = extract_author(service, connection)
        accounts.device_of(connection, self._author.device_id, lock=True)
        self._ledger = Ledger(connection, service.now)
        self._likenesses = Likenesses(connection) if extract.form_id == CHILD else None
        self._number = self._ledger.numbers.upto(self._author.device_id)
        self._whose = Begun(connection, ())

    def take(self, rows: Iterable[SheetRow]) -> None:
        wanted = self._wanted(rows)
        stored = operations_by_record(self._connection, [one.record_id for one in wanted])
        known = self._children_here([one.child_id for one in wanted])
        self._whose = Begun(self._connection, [each for one in wanted for each in (one.record_id, one.child_id)])
        made: list[tuple[_Wanted, Operation]] = []
        for one in wanted:
            try:
                operation = self._operation(one, stored.get(one.record_id, []), known)
            except (AnswerError, CentralError, RecordError) as error:
                self._found.refused.append((one.row.line, str(error)))
                continue
            if operation is not None:
                made.append((one, operation))
        self._ledger.look_up([operation for _, operation in made])
        for _, operation in made:
            self._ledger.accept(operation, seal(operation), relayed_by=None)
        self._ledger.write(self._author.device_id)
        refused = {line for line, _ in self._found.refused}
        here = [one for one in wanted if one.number and not self._is_destroyed(one)]
        kept = [one for one in here if one.row.line not in refused]
        keep_numbers(self._connection, [CaseNumber(one.record_id, self._extract.form_id, one.number) for one in kept])

    def _wanted(self, rows: Iterable[SheetRow]) -> list[_Wanted]:
        """Those that name what they are about, each once."""
        found: dict[str, _Wanted] = {}
        for row in rows:
            try:
                one = self._named(row)
            except CentralError as error:
                self._found.refused.append((row.line, str(error)))
                continue
            before = found.setdefault(one.record_id, one)
            if before is not one:
                self._found.refused.append((row.line, self._repeated(one, before.row)))
        return list(found.values())

    def _named(self, row: SheetRow) -> _Wanted:
        """By the case system's number; a record that was written here, and has none, by its own id."""
        number = unguarded(row.cells.get(self._extract.reference, ""))
        record_id = self._ids.of(self._extract.form_id, number) if number else RecordId(row.cells.get(RECORD, ""))
        if not record_id:
            message = f"The column {self._extract.reference} is empty."
            raise CentralError(message)
        if not number and not self._is_here(record_id):
            message = f"No record {record_id} of this kind is here, and the column {self._extract.reference} is empty."
            raise CentralError(message)
        child_number = unguarded(row.cells.get(self._extract.child, "")) if self._extract.child else ""
        return _Wanted(row, number, record_id, self._child(record_id, child_number), child_number)

    def _child(self, record_id: RecordId, number: str) -> ChildId:
        if not self._extract.child:
            return ChildId(record_id)
        if number:
            return ChildId(self._ids.of(CHILD, number))
        query = select(record.c.child_id).where(record.c.record_id == record_id)
        found: ChildId | None = self._connection.execute(query).scalar_one_or_none()
        if found is None:
            message = f"The column {self._extract.child} is empty."
            raise CentralError(message)
        return found

    def _is_here(self, record_id: RecordId) -> bool:
        here = (record.c.record_id == record_id) & (record.c.form_id == self._extract.form_id)
        return self._connection.execute(select(record.c.record_id).where(here)).first() is not None

    def _repeated(self, one: _Wanted, before: SheetRow) -> str:
        also = "says the same" if one.row.cells == before.cells else "says something else"
        return f"The number {one.number or one.record_id} stands on line {before.line} already, which {also}."

    def _children_here(self, ids: list[ChildId]) -> set[ChildId]:
        wanted = set(ids)
        query = select(record.c.child_id).where(record.c.form_id == "child", record.c.bucket != "").distinct()
        return {child for child in self._connection.execute(query).scalars() if child in wanted}

    def _operation(self, one: _Wanted, stored: list[Operation], known: set[ChildId]) -> Operation | None:
        if why := self._ledger.destroyed.why_neither(one.record_id, one.child_id):
            self._note(one.row.line, why)
            self._found.same += 1
            return None
        if self._extract.child and one.child_id not in known:
            message = "The child of this episode is not here yet. Import the children first."
            raise CentralError(message)
        view, values = Merge(one.record_id, stored).view(), self._values(one.row)
        changes = _changes(self._definition, view, values)
        if stored and not changes:
            self._found.same += 1
            return None
        self._refuse_anothers(one, is_here=bool(stored))
        operation = self._said(view, changes, one)
        if self._likenesses and not stored and (note := self._likenesses.note(values)):
            self._note(one.row.line, note)
        self._found.changed, self._found.new = self._found.changed + bool(stored), self._found.new + (not stored)
        return operation

    def _is_destroyed(self, one: _Wanted) -> bool:
        return bool(self._ledger.destroyed.why_neither(one.record_id, one.child_id))

    def _refuse_anothers(self, one: _Wanted, *, is_here: bool) -> None:
        if is_here:
            self._whose.check_record(one.record_id)
        elif one.child_number:
            self._whose.check_child(one.child_id, one.child_number)

    def _values(self, row: SheetRow) -> dict[str, JSON]:
        values: dict[str, JSON] = {}
        for column, name in self._extract.columns.items():
            question = self._definition.question(name)
            note = partial(self._note, row.line)
            value = answer_in(question, column, row.cells, self._extract.codes.get(name, {}), note)
            if value is not None:
                values[name] = value
        return values

    def _note(self, line: int, words: str) -> None:
        self._found.notes.append((line, words))

    def _said(self, view: RecordView, changes: list[Change], one: _Wanted) -> Operation:
        at = self._service.now()
        number = self._number + 1
        hlc = str(HybridTime(int(at.timestamp() * 1000), 0))
        made = Stamp(OperationId(f"{self._author.device_id}.{number}"), number, stamp(at), hlc)
        operation = self._author.say(made, view, changes) if view.form_id else self._begun(made, changes, one)
        self._number = number  # a row that is refused uses none up
        return operation

    def _begun(self, made: Stamp, changes: list[Change], one: _Wanted) -> Operation:
        return self._author.create(
            made,
            record_id=one.record_id,
            child_id=one.child_id,
            strand=self._definition.strand,
            form_id=self._definition.id,
            form_version=self._definition.version,
            changes=changes,
        )


def _changes(definition: Definition, view: RecordView, values: dict[str, JSON]) -> list[Change]:
    """Only what the extract says otherwise; where a worker has written since, both stand until somebody decides."""
    found = []
    for name, value in values.items():
        path = field_path(name)
        if not any(_is_same(standing.value, value) for standing in view.values.get(path, ())):
            change = Change(path, value, view.saw(path))
            check_change(definition, change)
            found.append(change)
    return found


def _is_same(standing: JSON, value: JSON) -> bool:
    """Spaces around a text do not survive a cell."""
    return standing == value or (isinstance(standing, str) and standing.strip() == value)
