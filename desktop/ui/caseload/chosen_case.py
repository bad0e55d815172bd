"""The case that is chosen in the table: the facts beside it, ending in the next act."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import month_day
from desktop.flows.caseload.case_row import CaseRow, days_said, next_line
from desktop.flows.caseload.case_table import FORMS
from desktop.flows.due.next_letter import writes_letters
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.panels import Panel, Scroller
from desktop.ui.theme import look

WIDTH = 268


class ChosenCase(Panel):
    """Holds the page's one filled button."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.setObjectName("caseload/chosen")
        if not look().narrow:
            self.setFixedWidth(look().px(WIDTH))
        side = look().room(16)
        self._box = column(self, gap=look().room(8), margins=(side, side, side, side))

    def show_case(self, row: CaseRow | None, today: date) -> None:
        empty(self._box)
        if row is None:
            self._box.addWidget(label("No case is chosen.", "body", "muted"), 0, Qt.AlignmentFlag.AlignTop)
            self._box.addStretch(1)
            return
        self._box.addWidget(self._of_facts(row, today), 1)
        what = "Open the case" if row.takes_letters else "Open the referral"
        opens = Button(what, name="caseload/open", kind="primary", key="Enter")
        opens.clicked.connect(lambda: self._shell.go("form", row.record_id))
        child = Button("Open the child’s page", name="caseload/child")
        child.clicked.connect(lambda: self._shell.go("child", row.child.child_id))
        self._box.addWidget(opens)
        if (letters := self._letters(row)) is not None:
            self._box.addWidget(letters)
        self._box.addWidget(child)

    def _of_facts(self, row: CaseRow, today: date) -> QWidget:
        """Beside the table they scroll; under it, the page does."""
        facts = Scroller(gap=look().room(8), margins=(0, 0, 4, 0), name="caseload/facts")
        whole = QWidget()
        box = column(whole, gap=look().room(8)) if look().narrow else facts.box
        for widget in self._facts(row, today):
            box.addWidget(widget)
        box.addStretch(1)
        return whole if look().narrow else facts

    def _letters(self, row: CaseRow) -> Button | None:
        """The letter that is the next act, else the way to every letter about the case."""
        if (letter := row.letter) is not None:
            found = Button(f"Letter: {letter.title}", name="caseload/letter", icon="file-text")
            found.clicked.connect(lambda: self._shell.go("letter", letter.record_id, letter.kind))
            return found
        if not (row.takes_letters and writes_letters(self._shell.desk, FORMS[row.table])):
            return None
        every = Button("Letters", name="caseload/letters", icon="file-text")
        every.clicked.connect(lambda: self._shell.go("letter", row.record_id))
        return every

    def _facts(self, row: CaseRow, today: date) -> list[QWidget]:
        contact = month_day(row.last_contact, today) if row.last_contact else row.contact_line
        facts = (
            ("Stage", row.stage),
            ("School days absent", days_said(row)),
            ("Last contact", contact),
            ("Locality", row.locality),
            ("Officer", row.officer),
            ("Also", "; ".join(row.flags)),
        )
        said = [label(f"{name}: {words}", "caption") for name, words in facts if words]
        due = next_line(row, today)
        act = [label(row.next_act, "strong"), label(due, "caption_strong", "waiting" if _late(row, today) else "")]
        return [
            label(row.child.name_and_age, "section"),
            label(row.school or "School not known", "caption", "muted"),
            *said,
            *(act if row.next_act else [label("Nothing is due.", "body", "muted")]),
        ]


def _late(row: CaseRow, today: date) -> bool:
    return row.next_due is not None and row.next_due <= today
