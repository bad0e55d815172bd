"""The published extracts, so that figures can be made of what other systems hold; what is kept are records like any.

Read and judged whole, as the case system's own extracts are. An import replaces only words of its own that still
stand, and says nothing twice: what a person has written or decided since stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from casework.canonical import JSON
from casework.errors import AnswerError, RecordError
from casework.forms import Definition
from casework.identifiers import ChildId, OperationId, RecordId
from casework.plain_table import unguarded
from casework.practice.lives.case_shapes import CASE, REFERRAL
from casework.records import Author, Change, Merge, Operation, RecordView, Stamp
from casework.records.answer_paths import parse_path
from casework.records.hybrid_clock import HybridTime
from casework.spreadsheet import SheetRow
from casework.wire.protocol import seal
from central.database.clock import stamp
from central.database.errors import CentralError, UnknownThing
from central.extracts.case_numbers import CHILD, CaseNumber, keep_numbers
from central.extracts.extract_author import IMPORTER, extract_author
from central.extracts.likenesses import Likenesses
from central.extracts.persons_records import Begun
from central.extracts.row_records import Kind, Part, Said, answers_of, empty_of, keyed_id
from central.feed.stored_operations import operations_by_record
from central.intake.definitions import check_change
from central.intake.ledger import Ledger
from central.people import accounts
from central.service import Service

Ids = dict[str, Callable[[str], RecordId]]  # by form, or by kind of extract: the id of a reference


@dataclass
class Judged:
    """What the rows come to."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


class RecordRows:
    """The rows of one extract within one transaction."""

    def __init__(self, service: Service, connection: Connection, kind: Kind, ids: Ids, columns: frozenset[str]) -> None:
        self._service = service
        self._connection = connection
        self._kind = kind
        self._columns = columns
        self._author = extract_author(service, connection)
        self._ids = ids | _keyed(self._author, [self._what(part) for part in kind.parts if part.form_id not in ids])
        accounts.device_of(connection, self._author.device_id, lock=True)
        self._ledger = Ledger(connection, service.now)
        self._number = self._ledger.numbers.upto(self._author.device_id)
        has_children = any(part.form_id == CHILD for part in kind.parts)
        self._likenesses = Likenesses(connection) if has_children else None
        self._definitions = {part.form_id: self._newest(part.form_id) for part in kind.parts}
        self._stored: dict[RecordId, list[Operation]] = defaultdict(list)
        self._whose = Begun(connection, ())
        self.judged = Judged()

    def take(self, rows: Iterable[SheetRow]) -> None:
        read = self._read(rows)
        self._stored |= operations_by_record(self._connection, [one.record_id for _, said in read for one in said])
        self._stored |= self._children([one.child_id for _, said in read for one in said])
        self._whose = Begun(self._connection, self._stored)
        made = [operation for row, said in read for operation in self._row(row, said)]
        self._ledger.look_up(made)
        for operation in made:
            self._ledger.accept(operation, seal(operation), relayed_by=None)
        self._ledger.write(self._author.device_id)
        refused = {line for line, _ in self.judged.refused}
        here = [
            (self._form_of(one), one) for row, said in read if row.line not in refused for one in said if one.number
        ]
        gone = self._ledger.destroyed
        kept = [(form_id, one) for form_id, one in here if not gone.why_neither(one.record_id, one.child_id)]
        keep_numbers(self._connection, [CaseNumber(one.record_id, form_id, one.number) for form_id, one in kept])

    def _read(self, rows: Iterable[SheetRow]) -> list[tuple[SheetRow, list[Said]]]:
        """Those whose cells are answers, each reference once."""
        found: list[tuple[SheetRow, list[Said]]] = []
        lines: dict[str, int] = {}
        for row in rows:
            try:
                number = self._needed(row, self._kind.reference)
                if number in lines:
                    message = f"The number {number} stands on line {lines[number]} already."
                    raise CentralError(message)
                lines[number] = row.line
                found.append((row, self._said(row, number)))
            except (AnswerError, CentralError) as error:
                self.judged.refused.append((row.line, str(error)))
        return found

    def _said(self, row: SheetRow, number: str) -> list[Said]:
        child_number = self._needed(row, self._kind.child)
        child_id = ChildId(self._ids["child"](child_number))
        found = []
        for part in self._kind.parts:
            definition, note = self._definitions[part.form_id], partial(self._note, row.line)
            answers = {**answers_of(part, definition, row.cells, note), **empty_of(part, row.cells, self._columns)}
            is_last = part is self._kind.parts[-1]
            if part.form_id == "return_home_interview":
                if all(value is None for value in answers.values()):
                    continue
                answers["f/episode_id"] = self._ids["missing_episode"](number)
            record_id = child_id if part.form_id == CHILD else self._ids[self._what(part)](number)
            told = number if is_last else child_number if part.form_id == CHILD else ""
            found.append(Said(part.form_id, record_id, child_id, answers, told, part.beside))
        return found

    def _form_of(self, one: Said) -> str:
        """Of a record that is here, its own."""
        stored = self._stored.get(one.record_id)
        return stored[0].form_id if stored else one.form_id

    def _what(self, part: Part) -> str:
        """A referral that was taken in before a case was a record of its own goes on in the record it made."""
        return {"ehe_case": self._kind.name, CASE: REFERRAL}.get(part.form_id, part.form_id)

    def _children(self, ids: list[ChildId]) -> dict[RecordId, list[Operation]]:
        return operations_by_record(self._connection, list(dict.fromkeys(ids)))

    def _row(self, row: SheetRow, said: list[Said]) -> list[Operation]:
        """All that the row says, or none of it."""
        before, made = self._number, list[Operation]()
        try:
            for one in said:
                operation = self._operation(row, one)
                if operation is not None:
                    made.append(operation)
                    self._stored[one.record_id].append(operation)
        except (AnswerError, CentralError, RecordError) as error:
            self._number = before
            for operation in made:
                self._stored[operation.record_id].remove(operation)
            self.judged.refused.append((row.line, str(error)))
            return []
        is_new = any(operation.record_id == said[-1].record_id and operation.kind == "create" for operation in made)
        self.judged.new += is_new
        self.judged.changed += bool(made) and not is_new
        self.judged.same += not made
        return made

    def _operation(self, row: SheetRow, one: Said) -> Operation | None:
        if why := self._ledger.destroyed.why_neither(one.record_id, one.child_id):
            self._note(row.line, why)
            return None
        if one.form_id != CHILD and not self._stored.get(one.child_id):
            message = "The child of this row is not here yet. Import the children first."
            raise CentralError(message)
        stored = self._stored.get(one.record_id, [])
        view = Merge(one.record_id, stored).view()
        definition = self._definition_of(view, one.form_id)
        changes = [
            change
            for path, value in one.answers.items()
            if (change := self._change(row, one, view, path, value, definition)) is not None
        ]
        if stored and not changes:
            return None
        self._refuse_anothers(row, one, is_here=bool(stored))
        self._number += 1
        made = self._stamp()
        if view.form_id:
            return self._author.say(made, view, changes)
        self._whose.add(one.record_id)
        self._note_likeness(row, one)
        return self._author.create(
            made,
            record_id=one.record_id,
            child_id=one.child_id,
            strand=definition.strand,
            form_id=definition.id,
            form_version=definition.version,
            changes=changes,
        )

    def _refuse_anothers(self, row: SheetRow, one: Said, *, is_here: bool) -> None:
        if is_here:
            self._whose.check_record(one.record_id)
        elif one.form_id != CHILD:
            self._whose.check_child(one.child_id, self._needed(row, self._kind.child))

    def _note_likeness(self, row: SheetRow, one: Said) -> None:
        """Where a new child may be one who is here already."""
        if one.form_id == CHILD and self._likenesses is not None:
            likeness = self._likenesses.note({parse_path(path).question: said for path, said in one.answers.items()})
            if likeness:
                self._note(row.line, likeness)

    def _change(  # noqa: PLR0917 - what a word is judged by
        self, row: SheetRow, one: Said, view: RecordView, path: str, value: JSON, definition: Definition
    ) -> Change | None:
        """None where it says nothing new: it stands, or this import said it before and somebody changed it. A cell that
        says nothing takes back what this import said."""
        standing = view.values.get(path, ())
        if value is None and any(found.officer_id != IMPORTER.id for found in standing):
            return None  # what a person said is not taken back by a cell that says nothing
        if any(found.value == value for found in standing) or (one.beside and standing):
            return None
        if self._last_said(one.record_id, path) == value:
            return None
        if definition.at(parse_path(path)) is None and not parse_path(path).is_row:
            self._note(row.line, f"The record is of an older form, which does not ask for {parse_path(path).question}.")
            return None
        own = tuple(found.op_id for found in standing if found.officer_id == IMPORTER.id)
        change = Change(path, value, own)
        check_change(definition, change)
        return change

    def _last_said(self, record_id: RecordId, path: str) -> JSON:
        said = [
            (operation.device_seq, change.value)
            for operation in self._stored.get(record_id, [])
            if operation.officer_id == IMPORTER.id
            for change in operation.changes
            if change.path == path
        ]
        return max(said, key=lambda found: found[0])[1] if said else None

    def _stamp(self) -> Stamp:
        at = self._service.now()
        hlc = str(HybridTime(int(at.timestamp() * 1000), 0))
        return Stamp(OperationId(f"{self._author.device_id}.{self._number}"), self._number, stamp(at), hlc)

    def _definition_of(self, view: RecordView, form_id: str) -> Definition:
        newest = self._definitions[form_id]
        if not view.form_id or (view.form_id, view.form_version) == (newest.id, newest.version):
            return newest
        found = self._service.definitions.find(view.form_id, view.form_version, self._connection)
        return found or self._definitions[form_id]

    def _newest(self, form_id: str) -> Definition:
        found = self._service.definitions.newest(form_id)
        if found is None:
            message = f"The form {form_id} is not published here."
            raise UnknownThing(message)
        return found

    def _needed(self, row: SheetRow, column: str) -> str:
        text = unguarded(row.cells.get(column, ""))
        if not text:
            message = f"The column {column} is empty."
            raise CentralError(message)
        return text

    def _note(self, line: int, words: str) -> None:
        self.judged.notes.append((line, words))


def _keyed(author: Author, whats: Iterable[str]) -> Ids:
    """Ids by a secret that the service makes of its import key."""
    secret = HKDF(SHA256(), 32, salt=None, info=b"homeward ids of extracts").derive(author.key.private_bytes_raw())
    return {what: partial(keyed_id, secret, what) for what in whats}
