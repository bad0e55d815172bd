"""Beside the form: what was known before today of the people and places that are being written down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from casework.forms.definition import Section
from casework.practice.same_child import ASKED
from casework.records import field_path
from desktop.flows.record.already_here import already_here
from desktop.flows.record.names_seen_before import KnownBefore, known_before
from desktop.ui.form.notes_pane import NotesPane
from desktop.ui.form.session import Session
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.theme import look

MOST = 4  # records named: beyond that the notes above would have no room
PAUSE_MS = 500  # after the last letter of a name


class KnownCard(Panel):
    """Names whoever is in no other record too, so that silence is never read as “new”."""

    look_at = Signal(str)

    def __init__(self, found: Sequence[KnownBefore]) -> None:
        super().__init__("card")
        self.setObjectName("known")
        side = look().room(14)
        box = column(self, gap=look().room(6), margins=(side, look().room(10), side, look().room(12)))
        box.addWidget(label("Known before today", "strong"))
        known = [one for one in found if one.record_id]
        for number, one in enumerate(known[:MOST]):
            box.addWidget(label(f"{one.name}. {one.line}", "caption", "muted", name=f"known/{number}/line"))
            box.addWidget(self._link(one, number))
        others = ", ".join(one.name for one in found if not one.record_id)
        if others:
            nowhere = f"{others}. In no other record on this laptop."
            box.addWidget(label(nowhere, "caption", "muted", name="known/nowhere"))

    def _link(self, one: KnownBefore, number: int) -> QWidget:
        link = Link("Look at that record", name=f"known/{number}", size="caption")
        link.setAccessibleDescription(f"{one.name}. {one.line}")
        link.clicked.connect(lambda: self.look_at.emit(one.record_id))
        return link


class KnownNames(QObject):
    """Looks once a name has stood still for a moment, and only when the names have changed."""

    def __init__(self, shell: Shell, session: Session, pane: NotesPane) -> None:
        super().__init__(session)
        self._shell, self._session, self._pane = shell, session, pane
        self._asked: list[str] = []
        self._found: tuple[KnownBefore, ...] = ()
        self._here = False
        self._is_child = session.record.definition.id == "child"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        session.changed.connect(lambda _path: self._timer.start(PAUSE_MS))
        self._look()

    def stand_at(self, section: Section) -> bool:
        """Shown beside the section that asks for the names, and nowhere else; whether this is one."""
        asks_who = self._is_child and any(question.id in ASKED for question in section.questions)
        self._here = asks_who or any(question.carry_when for question in section.questions)
        self._show()
        return self._here

    def _came(self, found: tuple[KnownBefore, ...]) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        card = KnownCard(self._found) if self._found and self._here else None
        if card is not None:
            card.look_at.connect(lambda record_id: self._shell.go("form", record_id))
        self._pane.show_known(card)

    def _look(self) -> None:
        names = self._names()
        if names == self._asked:
            return
        self._asked = names
        desk, record_id = self._shell.desk, self._session.record.record_id
        if self._is_child:
            said = dict(zip(ASKED, names, strict=True))
            self._shell.run(self, lambda: already_here(desk, record_id, said), self._came)
        else:
            self._shell.run(self, lambda: known_before(desk, record_id, names), self._came)

    def _names(self) -> list[str]:
        """Of the rows that can be marked for another record: the people and places of an interview. Of a child, who
        may be here already, what the child is called and the day of birth."""
        if self._is_child:
            return [str(self._session.value(field_path(name)) or "") for name in ASKED]
        groups = [q for q in self._session.record.definition.questions() if q.carry_when]
        rows = [(q.columns[0].id, row) for q in groups for row in self._session.rows(q.id) if not row.removed]
        return [str(row.values.get(first) or "") for first, row in rows]
