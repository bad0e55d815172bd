"""One record being filled in: its answers in memory, what its form says of them, and saving off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from casework.canonical import JSON
from casework.errors import AnswerError, KnownError
from casework.forms import Filled, Question, QuestionType
from casework.forms.findings import Finding, found_in, said_once
from casework.forms.lines import with_lines
from casework.forms.progress import progress_of
from casework.practice.forbidden_states import life_findings
from casework.practice.languages.beside_english import SecondLanguage
from casework.practice.languages.family_words import FOUR_FORMS, LANGUAGE, is_for_family
from casework.records import cell_path, parse_path, row_path
from casework.typed_words import Half
from desktop.flows.record import editing
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.attaching import ONE_KEPT, Attached, attach_in_row
from desktop.flows.record.carried_over import OfferedRow, Offers, Told
from desktop.flows.record.editing import OpenRecord
from desktop.flows.record.unreadable_answers import unreadable
from desktop.flows.record.worked_out import WorkedOut, computed_now
from desktop.forms.turning import is_only_reworded, turned_by_words
from desktop.ui.background import Mutation
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.fields.picture_work import Pictures
from desktop.ui.kit.fields.record_answers import RowState
from desktop.ui.messages import SaidTogether

UNDER = "/under"  # behind a path: the words that a tick stands over


class Session(QObject):
    """The `Answers` of the kit. `changed` names a path; `refused` one that the store would not take, and why."""

    changed = Signal(str)
    altered = Signal(str, object, object)  # a place, and what stood there before and after
    refused = Signal(str, str)
    rows_changed = Signal(str)

    def __init__(
        self, shell: Shell, record: OpenRecord, known: WorkedOut | None = None, offers: Offers | None = None
    ) -> None:
        super().__init__()
        self._offers = offers or Offers()
        self._shell, self.record, self._known = shell, record, known or WorkedOut()
        self._pictures = Pictures(shell, record.record_id)
        self._aside: dict[str, Half] = dict(record.half)
        self._fields: dict[str, JSON] = {}
        self._rows: dict[str, list[RowState]] = {}
        self._positions: dict[str, str] = {}
        self._take(record)
        self._filled = Filled(record.definition, record.answers, record.context)
        self._is_worked_out = any(q.type is QuestionType.COMPUTED for q in record.definition.questions())
        self._computed: Mapping[str, str] = {}
        self._turned_by = turned_by_words(record.definition)
        self._progress: Mapping[str, str] | None = None
        self.turns = 0  # how often something may have come to be shown, asked, worked out or done
        desk, record_id, shown = shell.desk, record.record_id, record.view
        self._autosave = Autosave(
            shell, record_id, lambda path, value: editing.save(desk, record_id, path, value, shown=shown), self
        )
        self._autosave.refused.connect(self._was_refused)
        self._fill()
        self._restore_unsaved()

    @property
    def child(self) -> str:
        return self.record.child.first_name

    @property
    def pictures(self) -> Pictures:
        return self._pictures

    @property
    def second_language(self) -> SecondLanguage | None:
        """Of the language that the record says was spoken; before it says so, of the child’s own."""
        if self.record.definition.id not in FOUR_FORMS:
            return None
        spoken = self._fields.get(LANGUAGE) or self.record.child.facts.get(LANGUAGE)
        return self._shell.desk.catalogue.languages.beside(spoken, self.child)

    def beside(self, question: Question) -> SecondLanguage | None:
        for_them = question.ways_to_ask or is_for_family(self.record.definition, question)
        return self.second_language if for_them else None

    def standing_of_language(self) -> str:
        """What a worker who says which language it is needs to know; empty for English."""
        return self._shell.desk.catalogue.languages.standing(self._fields.get(LANGUAGE))

    @property
    def read_only(self) -> bool:
        return self.record.read_only

    @property
    def shown(self) -> frozenset[str]:
        return self._filled.shown

    def value(self, path: str) -> JSON:
        parsed = parse_path(path)
        if not parsed.group:
            return self._computed.get(parsed.question) or self._fields.get(parsed.question)
        row = self._row(parsed.group, parsed.row)
        return row.values.get(parsed.question) if row is not None else None

    def now(self) -> datetime:
        return self._shell.now()

    def look_again(self) -> None:
        """Lines written since are among those a question of this record can name."""
        definition = with_lines(self.record.definition, self._filled.answers, self.child)
        if definition != self.record.definition:
            self.record = replace(self.record, definition=definition)
            self._fill()

    def standing(self, path: str) -> JSON | Half:
        """The answer there, or what stands in its box and is none."""
        return self._aside.get(path) or self.value(path)

    def put(self, path: str, value: JSON) -> None:
        before = self.standing(path)
        was_aside = self._aside.pop(path, None) is not None
        parsed = parse_path(path)
        if parsed.group:
            self._put_cell(parsed.group, parsed.row, parsed.question, value)
        else:
            self._fields[parsed.question] = value
        self._later(path, value)
        asked = self.record.definition.at(parsed)
        reworded = not was_aside and is_only_reworded(asked, parsed, before, value, self._turned_by)
        if reworded:
            self._reword()
        else:
            self._fill()
        self.changed.emit(path)
        self.altered.emit(path, before, value)

    def set_aside(self, path: str, raw: JSON, problem: str) -> None:
        before = self.standing(path) if problem else None
        self._aside[path] = Half(raw, problem)
        self._turn()
        self._later(path, self._aside[path])
        if problem:  # without one it is what a tick stands over
            self.altered.emit(path, before, self._aside[path])

    def aside(self, path: str) -> Half | None:
        return self._aside.get(path)

    def lay_under(self, path: str, raw: JSON) -> None:
        self.set_aside(path + UNDER, raw, "")

    def under(self, path: str) -> JSON:
        found = self.aside(path + UNDER)
        return found.raw if found is not None else None

    def rows(self, group: str) -> Sequence[RowState]:
        return self._rows.get(group, [])

    def add_row(self, group: str, values: Mapping[str, JSON] | None = None, *, row_id: str = "") -> str:
        row_id = row_id or editing.new_row_id()
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
        together = SaidTogether(self._shell.messages)
        for file in files:
            self._attach_one(group, file, together)

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
        return said_once(
            unreadable(self._filled, self._aside),
            found_in(self._filled),
            life_findings(self._filled, signing=True),
        )

    def progress(self) -> Mapping[str, str]:
        if self._progress is None:
            self._progress = progress_of(self._filled, self.findings())
        return self._progress

    def save_now(self) -> None:
        """Hands every change to the store’s worker."""
        self._autosave.save_now()

    def _was_refused(self, path: str, why: str) -> None:
        """It stays in its box as it stands, and is no answer; a row that may not go stands again where it was."""
        if (parsed := parse_path(path)).is_row:
            self._mark_row(parsed.group, parsed.row, removed=False)
            self._rows_moved(parsed.group)
            self.rows_changed.emit(parsed.group)
            self._shell.say(AnswerError(why))
            return
        value = self.value(path)
        self.set_aside(path, value, why)
        self.refused.emit(path, why)

    def _later(self, path: str, value: JSON | Half) -> None:
        if not self.read_only:
            self._autosave.later(path, value)

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
        for path, value in self._autosave.left_unsaved().items():
            if isinstance(value, Half):
                self.set_aside(path, value.raw, value.problem)
                continue
            parsed = parse_path(path)
            if parsed.is_row:
                self._row_again(parsed.group, parsed.row, value)
            else:
                self.put(path, value)

    def _fill(self) -> None:
        self._filled = Filled(self.record.definition, self._answers(), self.record.context)
        if self._is_worked_out:
            self._computed = computed_now(self._shell.desk, self._filled)
        self._turn()

    def _reword(self) -> None:
        """A key more in an answer that stood: only what is worked out of words can be another."""
        self._filled = self._filled.reworded(self._answers())
        found = computed_now(self._shell.desk, self._filled) if self._is_worked_out else self._computed
        if found != self._computed:
            self._computed = found
            self._turn()

    def _turn(self) -> None:
        self._progress = None
        self.turns += 1

    def _answers(self) -> dict[str, object]:
        answers: dict[str, object] = {k: v for k, v in self._fields.items() if v is not None}
        for group, rows in self._rows.items():
            answers[group] = [{"id": row.id, **row.values} for row in rows if not row.removed]
        return answers

    def _put_row(self, group: str, row_id: str, values: Mapping[str, JSON]) -> None:
        rows = self._rows.setdefault(group, [])
        last = max((self._positions[row.id] for row in rows), default="")
        self._positions[row_id] = after(last)
        rows.append(RowState(row_id, dict(values)))
        self._later(row_path(group, row_id), {"position": self._positions[row_id]})
        for column, value in values.items():
            self._later(cell_path(group, row_id, column), value)
        self._rows_moved(group)

    def _row_again(self, group: str, row_id: str, mark: JSON) -> None:
        """A row that was added, put back or taken out, and not saved."""
        if isinstance(mark, dict):
            if self._row(group, row_id) is None:
                self._rows.setdefault(group, []).append(RowState(row_id))
            self._positions[row_id] = str(mark.get("position") or self._positions.get(row_id, ""))
            self._mark_row(group, row_id, removed=mark.get("removed") is True)
            self._later(row_path(group, row_id), mark)
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

    def _attach_one(self, group: str, file: Path, together: SaidTogether) -> None:
        shell, record_id, row_id = self._shell, self.record.record_id, editing.new_row_id()

        def kept(found: Attached) -> None:
            self.add_row(group, {"file": found.file}, row_id=row_id)
            self.rows_changed.emit(group)
            if found.notice:
                together.news(ONE_KEPT, found.notice)

        def settled(_what: object = None) -> None:
            if not shell.unsaved.values:
                shell.saved.emit(shell.now())

        def refused(error: KnownError) -> None:
            together.problem(str(error))
            settled()

        shell.typed.emit()  # nothing says that all is saved while a file that was chosen is being put away
        deed = partial(attach_in_row, shell.desk, record_id, group, row_id, file)
        shell.store.run(Mutation(deed, kept, refused, self, lost=settled))


def _state(row: Mapping[str, JSON]) -> RowState:
    return RowState(str(row.get("id")), {key: value for key, value in row.items() if key != "id"})
