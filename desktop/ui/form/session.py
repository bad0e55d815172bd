"""One record being filled in: its answers in memory, what its form says of them, and saving off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from casework.canonical import JSON
from casework.errors import KnownError
from casework.forms import Filled, QuestionType
from casework.forms.findings import Finding, found_in
from casework.forms.lines import with_lines
from casework.forms.moments import LONDON
from casework.forms.progress import progress_of
from casework.records import cell_path, parse_path, row_path
from desktop.flows import records
from desktop.flows.attaching import attach_in_row
from desktop.flows.changing import after
from desktop.flows.known import Known
from desktop.flows.offering import OfferedRow, Offers, Told
from desktop.flows.records import OpenRecord, Saved
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.answers import RowState
from desktop.ui.samples.pictures import Pictures

PAUSE_MS = 300  # between the last letter and the save
RETRY_MS = 5_000


class Session(QObject):
    """The `Answers` of the kit. `changed` names a path; `settled` says that nothing is left to save."""

    changed = Signal(str)
    rows_changed = Signal(str)

    def __init__(
        self, shell: Shell, record: OpenRecord, known: Known | None = None, offers: Offers | None = None
    ) -> None:
        super().__init__()
        self._offers = offers or Offers()
        self._shell, self.record, self._known = shell, record, known or Known()
        self._pictures = Pictures(shell, record.record_id)
        self._aside: dict[str, tuple[object, str]] = {}
        self._dirty: dict[str, JSON] = {}
        self._fields: dict[str, JSON] = {}
        self._rows: dict[str, list[RowState]] = {}
        self._positions: dict[str, str] = {}
        self._take(record)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)
        self._fill()
        self._restore_unsaved()

    @property
    def child(self) -> str:
        return self.record.child.first_name

    @property
    def pictures(self) -> Pictures:
        return self._pictures

    @property
    def read_only(self) -> bool:
        return self.record.locked

    @property
    def shown(self) -> frozenset[str]:
        return self._filled.shown

    def value(self, path: str) -> JSON:
        parsed = parse_path(path)
        if not parsed.group:
            return self._known.computed.get(parsed.question) or self._fields.get(parsed.question)
        row = self._row(parsed.group, parsed.row)
        return row.values.get(parsed.question) if row is not None else None

    def look_again(self) -> None:
        """Lines written since are among those a question of this record can name."""
        definition = with_lines(self.record.definition, self._filled.answers, self.child)
        self.record = replace(self.record, definition=definition)
        self._fill()

    def put(self, path: str, value: JSON) -> None:
        self._aside.pop(path, None)
        parsed = parse_path(path)
        if parsed.group:
            self._put_cell(parsed.group, parsed.row, parsed.question, value)
        else:
            self._fields[parsed.question] = value
        self._later(path, value)
        self._fill()
        self.changed.emit(path)

    def set_aside(self, path: str, raw: object, problem: str) -> None:
        self._aside[path] = (raw, problem)

    def aside(self, path: str) -> object:
        found = self._aside.get(path)
        return found[0] if found else None

    def rows(self, group: str) -> Sequence[RowState]:
        return self._rows.get(group, [])

    def add_row(self, group: str, values: Mapping[str, JSON] | None = None, *, row_id: str = "") -> str:
        row_id = row_id or records.new_row_id()
        self._put_row(group, row_id, values or {})
        return row_id

    def offered(self, group: str) -> Sequence[OfferedRow]:
        """Rows of other records that could stand here."""
        return self._offers.of(group)

    def take(self, offer: OfferedRow) -> None:
        """The row keeps its id, so that taking it on two laptops takes it once."""
        self._put_row(offer.group, offer.row_id, offer.values)

    def leave_out(self, offer: OfferedRow) -> None:
        self._later(row_path(offer.group, offer.row_id), {"removed": True})

    def told(self, path: str) -> Told | None:
        parsed = parse_path(path)
        question = self.record.definition.by_id[parsed.group or parsed.question]
        asked = question.column(parsed.question) if parsed.group else question
        if asked is not None and asked.prefill == "clock.now":
            return Told(_now(self._shell.now(), asked.type), "Now", "")
        return self._offers.told.get(f"{parsed.group}.{parsed.question}" if parsed.group else parsed.question)

    def remove_row(self, group: str, row_id: str) -> None:
        self._mark_row(group, row_id, removed=True)
        self._later(row_path(group, row_id), {"removed": True})
        self._rows_moved(group)

    def restore_row(self, group: str, row_id: str) -> None:
        self._mark_row(group, row_id, removed=False)
        self._later(row_path(group, row_id), {"position": self._positions.get(row_id, "")})
        self._rows_moved(group)

    def attach(self, group: str, files: Sequence[Path]) -> None:
        """Each file becomes a row when it lies, encrypted, in the store."""
        for file in files:
            self._attach_one(group, file)

    def linked(self, form_id: str) -> Sequence[tuple[str, str]]:
        return self._known.linked.get(form_id, ())

    def shows(self, path: str) -> bool:
        parsed = parse_path(path)
        if not parsed.group:
            return parsed.question in self.shown
        question = self.record.definition.by_id[parsed.group]
        row = self._row(parsed.group, parsed.row)
        values = row.values if row is not None else {}
        return any(column.id == parsed.question for column in self._filled.columns(question, values))

    def findings(self) -> tuple[Finding, ...]:
        """Everything to look at, what cannot be read yet among it."""
        return (*self._unreadable(), *found_in(self._filled))

    def progress(self) -> dict[str, str]:
        return progress_of(self._filled, self.findings())

    def save_now(self) -> None:
        """Hands every change to the store's worker; order is kept, and the window goes on."""
        self._timer.stop()
        waiting, self._dirty = self._dirty, {}
        for path, value in waiting.items():
            self._shell.unsaved.keep(self.record.record_id, path, value)
            self._save(path, value)

    def _save(self, path: str, value: JSON) -> None:
        """Not tied to any screen: a save is finished whether or not somebody is still looking."""
        shell, record_id, shown = self._shell, self.record.record_id, self.record.view

        def saved(done: Saved) -> None:
            if shell.unsaved.values.get(record_id, {}).get(path) == value:
                shell.unsaved.drop(record_id, path)
            if not shell.unsaved.values.get(record_id):
                shell.saved.emit(done.at)

        def not_saved(error: KnownError) -> None:
            shell.not_saved.emit(str(error))
            QTimer.singleShot(RETRY_MS, shell, lambda: self._again(path))

        shell.run(shell, lambda: records.save(shell.desk, record_id, path, value, shown=shown), saved, not_saved)

    def _again(self, path: str) -> None:
        kept = self._shell.unsaved.values.get(self.record.record_id, {})
        if path in kept and path not in self._dirty:
            self._save(path, kept[path])

    def _later(self, path: str, value: JSON) -> None:
        if self.read_only:
            return
        self._dirty[path] = value
        self._timer.start(PAUSE_MS)

    def _take(self, record: OpenRecord) -> None:
        """The record's answers, in the shape that is quick to change."""
        for question in record.definition.questions():
            value = record.answers.get(question.id)
            if question.is_group and isinstance(value, list):
                self._rows[question.id] = [_state(row) for row in value if isinstance(row, dict)]
                for row in record.view.rows(question.id):
                    self._positions[row.id] = row.position
            elif value is not None:
                self._fields[question.id] = value

    def _restore_unsaved(self) -> None:
        """What could not be saved before the screen or the lock took it away comes back, and is tried again."""
        for path, value in dict(self._shell.unsaved.values.get(self.record.record_id, {})).items():
            parsed = parse_path(path)
            if not parsed.is_row and (not parsed.group or self._row(parsed.group, parsed.row) is not None):
                self.put(path, value)

    def _fill(self) -> None:
        answers: dict[str, object] = {k: v for k, v in self._fields.items() if v is not None}
        for group, rows in self._rows.items():
            answers[group] = [{"id": row.id, **row.values} for row in rows if not row.removed]
        self._filled = Filled(self.record.definition, answers, self.record.context)

    def _put_row(self, group: str, row_id: str, values: Mapping[str, JSON]) -> None:
        rows = self._rows.setdefault(group, [])
        last = max((self._positions[row.id] for row in rows), default="")
        self._positions[row_id] = after(last)
        rows.append(RowState(row_id, dict(values)))
        self._later(row_path(group, row_id), {"position": self._positions[row_id]})
        for column, value in values.items():
            self._later(cell_path(group, row_id, column), value)
        self._rows_moved(group)

    def _row(self, group: str, row_id: str) -> RowState | None:
        return next((row for row in self._rows.get(group, []) if row.id == row_id), None)

    def _put_cell(self, group: str, row_id: str, column: str, value: JSON) -> None:
        rows = self._rows.get(group, [])
        self._rows[group] = [
            replace(row, values={**row.values, column: value}) if row.id == row_id else row for row in rows
        ]

    def _mark_row(self, group: str, row_id: str, *, removed: bool) -> None:
        rows = self._rows.get(group, [])
        self._rows[group] = [replace(row, removed=removed) if row.id == row_id else row for row in rows]

    def _rows_moved(self, group: str) -> None:
        self._fill()
        self.changed.emit(f"f/{group}")

    def _attach_one(self, group: str, file: Path) -> None:
        shell, record_id, row_id = self._shell, self.record.record_id, records.new_row_id()

        def kept(stored: dict[str, JSON]) -> None:
            self.add_row(group, {"file": stored}, row_id=row_id)
            self.rows_changed.emit(group)

        shell.run(self, lambda: attach_in_row(shell.desk, record_id, group, row_id, file), kept)

    def _unreadable(self) -> list[Finding]:
        found = []
        for path, (_raw, problem) in self._aside.items():
            parsed = parse_path(path)
            section = self.record.definition.section_of[parsed.group or parsed.question]
            found.append(
                Finding(
                    parsed.group or parsed.question,
                    parsed.row or None,
                    "contradiction",
                    problem,
                    True,
                    "",
                    parsed.question if parsed.group else "",
                    section.id,
                )
            )
        return found


def _now(now: datetime, kind: QuestionType) -> str:
    """The time of the press, to the minute, as a person would type it."""
    here = now.astimezone(LONDON)
    return here.date().isoformat() if kind is QuestionType.DATE else here.isoformat(timespec="minutes")


def _state(row: Mapping[str, JSON]) -> RowState:
    return RowState(str(row.get("id")), {key: value for key, value in row.items() if key != "id"})
