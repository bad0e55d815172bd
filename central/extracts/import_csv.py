"""Children, episodes, referrals, spells, enquiries, exclusions, allocations and officers from CSV extracts.

An extract is read whole, judged row by row and taken in as one transaction, or not at all. What is imported are
operations like any other, signed by a device of the service's own. A row that says nothing new adds nothing, so
running an extract twice is harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from casework.errors import AnswerError
from casework.forms import Definition
from casework.identifiers import ChildId, OfficerId
from casework.plain_table import unguarded
from casework.spreadsheet import Layout, Sheet, has_column, read_sheet
from central.database.errors import CentralError, Refused, UnknownThing
from central.extracts.case_numbers import CHILD
from central.extracts.columns import Columns, Extract
from central.extracts.extract_ids import ExtractIds
from central.extracts.extract_rows import ExtractRows, Imported
from central.extracts.import_records import Ids, RecordRows
from central.extracts.row_records import KINDS, Kind
from central.facts.numbers_of_practice import council_now
from central.people import accounts, teams
from central.people.accounts import Officer
from central.people.allocating import allocate_known, chosen_strands
from central.service import Service

OFFICER, TEAM = ("Officer ID", "Name", "Role"), "Team"


class _Undone(Exception):
    """Rolls back what was tried."""


class Importing:
    """One extract at a time. With `leave_out`, rows that cannot be taken in stop nothing; `dry_run` keeps nothing."""

    def __init__(self, service: Service, columns: Columns, *, dry_run: bool = False, leave_out: bool = False) -> None:
        self._service = service
        self._columns = columns
        self._dry_run = dry_run
        self._leave_out = leave_out

    def take(self, what: str, file: Path) -> Imported:
        """An extract of this kind."""
        known = {"children": self.children, "episodes": self.episodes, "allocations": self.allocations}
        known["officers"] = self.officers
        return known[what](file) if what in known else self._published(file, KINDS[what])

    def children(self, file: Path) -> Imported:
        """Under the case system's columns, or the published ones."""
        if has_column(file, KINDS["children"].reference):
            return self._published(file, KINDS["children"])
        return self._records(file, self._columns.children)

    def episodes(self, file: Path) -> Imported:
        if has_column(file, KINDS["episodes"].reference):
            return self._published(file, KINDS["episodes"])
        return self._records(file, self._columns.episodes)

    def allocations(self, file: Path) -> Imported:
        needed = (self._columns.officer, self._columns.allocated_child)
        return self._take_in(file, needed, self._allocate_all)

    def officers(self, file: Path) -> Imported:
        """As `officer add` would, one after the other; laptops are given them by `device codes`."""
        return self._take_in(file, OFFICER, self._add_all)

    def _records(self, file: Path, extract: Extract) -> Imported:
        definition = self._definition(extract.form_id)
        extract.check(definition)

        def take(connection: Connection, sheet: Sheet, found: Imported) -> None:
            ExtractRows(self._service, connection, extract, definition, found).take(sheet.rows)

        return self._take_in(file, extract.needed, take)

    def _published(self, file: Path, kind: Kind) -> Imported:
        def take(connection: Connection, sheet: Sheet, found: Imported) -> None:
            of = ExtractIds(self._service.home, connection).of
            ids: Ids = {form_id: partial(of, form_id) for form_id in (CHILD, "missing_episode")}
            judging = RecordRows(self._service, connection, kind, ids, frozenset(sheet.columns))
            judging.take(sheet.rows)
            judged = judging.judged
            found.new, found.changed, found.same = judged.new, judged.changed, judged.same
            found.refused += judged.refused
            found.notes += judged.notes

        return self._take_in(file, kind.needed, take)

    def _take_in(
        self, file: Path, needed: tuple[str, ...], take: Callable[[Connection, Sheet, Imported], None]
    ) -> Imported:
        sheet = read_sheet(file, Layout(needed, advice="Give the council’s own names with --columns."))

        def work(connection: Connection) -> Imported:
            found = Imported(sheet.read_as, refused=list(sheet.refused), notes=list(sheet.notes))
            take(connection, sheet, found)
            found.refused.sort()
            found.notes.sort()
            if self._dry_run or (found.refused and not self._leave_out):
                raise _Undone(found)
            found.kept = True
            return found

        try:
            return self._service.database.transact(work)
        except _Undone as undone:
            found: Imported = undone.args[0]
            return found

    def _allocate_all(self, connection: Connection, sheet: Sheet, found: Imported) -> None:
        for row in sheet.rows:
            try:
                count = self._allocate(connection, row.cells)
            except (AnswerError, CentralError) as error:
                found.refused.append((row.line, str(error)))
            else:
                found.new, found.same = found.new + bool(count), found.same + (not count)

    def _allocate(self, connection: Connection, cells: Mapping[str, str]) -> int:
        owner = accounts.officer_of(connection, OfficerId(_needed(cells, self._columns.officer)))
        number = unguarded(_needed(cells, self._columns.allocated_child))
        named = cells.get(self._columns.strand, "").lower()
        strands = chosen_strands(owner, [named] if named else [])
        try:
            return allocate_known(
                connection,
                owner.id,
                ChildId(ExtractIds(self._service.home, connection).of(CHILD, number)),
                strands,
                now=self._service.now(),
                reason="case system extract",
            )
        except UnknownThing as error:
            message = f"The child {number} is not here. Import the children first."
            raise CentralError(message) from error

    def _add_all(self, connection: Connection, sheet: Sheet, found: Imported) -> None:
        known, named = {each.id for each in accounts.officers(connection)}, council_now(connection).teams
        for row in sheet.rows:
            try:
                officer_id, name, role = (_needed(row.cells, column) for column in OFFICER)
                made = Officer(OfficerId(officer_id), name, role, active=True, team=row.cells.get(TEAM, ""))
                teams.refuse_unknown_team(made, named)
                accounts.add_officer(connection, made, self._service.now())
            except (AnswerError, CentralError, Refused) as error:
                found.refused.append((row.line, str(error)))
            else:
                found.new, found.same = found.new + (made.id not in known), found.same + (made.id in known)
                known.add(made.id)

    def _definition(self, form_id: str) -> Definition:
        found = self._service.definitions.newest(form_id)
        if found is None:
            message = f"The form {form_id} is not published here."
            raise UnknownThing(message)
        return found


def _needed(cells: Mapping[str, str], column: str) -> str:
    text = cells.get(column, "")
    if not text:
        message = f"The column {column} is empty."
        raise CentralError(message)
    return text
