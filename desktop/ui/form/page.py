"""The form: rail, answers, notes. Saves as a person writes; looks for problems only when asked to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casework.forms.definition import Section
from casework.forms.findings import Finding
from desktop.flows.notes import Note
from desktop.ui.form.foot import Foot
from desktop.ui.form.known_card import KnownNames
from desktop.ui.form.mini_clocks import mini_clocks
from desktop.ui.form.notes_pane import NotesPane
from desktop.ui.form.noting import Noting
from desktop.ui.form.opening import Opened, opened
from desktop.ui.form.problems import Problems
from desktop.ui.form.rail import Rail, SectionPicker
from desktop.ui.form.section_page import SectionPage
from desktop.ui.form.session import Session
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.buttons import Button
from desktop.ui.kit.layout import column, empty, row
from desktop.ui.kit.panels import Scroller
from desktop.ui.resolve.banner import conflict_banner
from desktop.ui.theme import look


class FormScreen(Screen):
    """`part` is a section id, or section/question as a Change link gives it."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str, part: str = "") -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._part, _, self._question = part.partition("/")
        self.session: Session | None = None
        self._opened: Opened | None = None
        self.page: SectionPage | None = None
        self._notes_shown = not look().narrow
        self._rail: Rail | None = None
        self._notes: NotesPane | None = None
        self._noting = Noting(shell, record_id, self._notes_came, self)
        self._whole = row(self, gap=0)
        self._problems = Problems(self)

    def title(self) -> str:
        return self._opened.record.definition.title if self._opened else ""

    def has_problem(self) -> bool:
        return self._problems.standing

    def subtitle(self) -> str:
        return self._opened.line if self._opened else ""

    def crumbs(self) -> Sequence[Crumb]:
        if self._opened is None:
            return (Crumb("Today", Where("today")),)
        record = self._opened.record
        child = Crumb(record.child.name, Where("child", record.child.child_id))
        return (Crumb("Today", Where("today")), child, Crumb(record.definition.short_title))

    def acts(self) -> Sequence[QWidget]:
        if self._opened is None or self.session is None:
            return ()
        if not look().narrow:
            shown = [] if self._notes_shown else [self._notes_button()]
            return (*shown, *mini_clocks(self._opened.clocks, self.shell.now()))
        picker = SectionPicker(self.sections(), self._part, self.session.progress())
        picker.chosen.connect(self.show_section)
        return (picker, self._notes_button())

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: opened(desk, self.record_id), self._open)

    def leave(self) -> None:
        if self.session is not None:
            self.session.save_now()

    def save_now(self) -> None:
        self.leave()

    def here(self) -> str:
        """The section that is open."""
        return self._part

    def primary(self) -> None:
        """Save and continue: the only time a page is judged."""
        if self.session is None or self.page is None:
            return
        self.session.save_now()
        if not self._problems.show_for(self._part):
            self.go_on()

    def go_on(self) -> None:
        """To the next section, or from the last one to checking and signing."""
        ids = [section.id for section in self.sections()]
        place = ids.index(self._part) + 1
        if place < len(ids):
            self.show_section(ids[place])
        else:
            self.shell.go("sign", self.record_id)

    def next_problem(self) -> None:
        self._problems.next()

    def export(self) -> None:
        self.shell.go("documents", self.record_id)

    def use_note(self) -> None:
        if self._notes is not None:
            self._notes.use_chosen()

    def panes(self) -> Sequence[QWidget]:
        return [pane for pane in (self._rail, self._scroll, self._foot, self._notes) if pane is not None]

    def sections(self) -> list[Section]:
        """Those with something to ask as the answers stand."""
        session = self.session
        if session is None:
            return []
        every = session.record.definition.sections
        return [section for section in every if any(q.id in session.shown for q in section.questions)]

    def show_section(self, section_id: str) -> None:
        """Saves what was typed, and opens a section at its top with the keyboard in its first box."""
        if self.session is None:
            return
        self.session.save_now()
        self._part = section_id
        self._problems.clear()
        self._draw_section()
        self._after_answer()
        self.heading_changed.emit()
        self._scroll.verticalScrollBar().setValue(0)
        self._focus_first()

    def show_summary(self, widget: QWidget | None) -> None:
        """Puts the error summary first on the page, or takes it away."""
        empty(self._summary)
        if widget is not None:
            self._summary.addWidget(widget)
            self._scroll.verticalScrollBar().setValue(0)
        self.heading_changed.emit()

    def visit(self, finding: Finding) -> None:
        """Goes to the box a finding is about, wherever it is."""
        if finding.section_id and finding.section_id != self._part:
            self.show_section(finding.section_id)
        self._problems.focus(finding)

    def reveal(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 24, 80))

    def _open(self, found: Opened) -> None:
        if found.record.locked:
            self.shell.go("sign", self.record_id)
            return
        self._opened = found
        self.session = Session(self.shell, found.record, found.known, found.offers)
        self.session.setParent(self)
        self.session.rows_changed.connect(self._refresh_group)
        self._names = KnownNames(self.shell, self.session, lambda: self._notes)
        ids = [section.id for section in self.sections()]
        if self._part not in ids:
            self._part = self._where_left()
        self._lay()
        self._draw_section()
        self._after_answer()
        self.heading_changed.emit()
        self._focus_asked()

    def _where_left(self) -> str:
        """The first section that is not done."""
        session = self.session
        if session is None:
            return ""
        progress = session.progress()
        ids = [section.id for section in self.sections()]
        return next((name for name in ids if progress.get(name) != "done"), ids[0])

    def _lay(self) -> None:
        empty(self._whole)
        session = self.session
        if session is None:
            return
        self._rail = None
        if not look().narrow:
            self._rail = Rail(session.record.definition.sections)
            self._rail.chosen.connect(self.show_section)
            self._rail.gaps_asked.connect(self._problems.show_all)
            self._whole.addWidget(self._rail)
        self._whole.addWidget(self._center(), 1)
        self._notes = self._make_notes() if self._notes_shown else None
        if self._notes is not None:
            self._whole.addWidget(self._notes)

    def _center(self) -> QWidget:
        self._middle = QWidget()
        box = column(self._middle)
        self._scroll = Scroller(gap=16, margins=(24, 16, 24, 16), name="form")
        self._summary: QVBoxLayout = column()
        self._body: QVBoxLayout = column()
        if self._opened is not None and self._opened.record.view.conflicts:
            self._scroll.add(conflict_banner(self.shell, self._opened.record, "form/conflicts"))
        self._scroll.box.addLayout(self._summary)
        self._scroll.box.addLayout(self._body)
        self._scroll.box.addStretch(1)
        box.addWidget(self._scroll, 1)
        self._foot = Foot(gaps=look().narrow)
        self._foot.go_on.connect(self.primary)
        self._foot.later.connect(self.go_on)
        self._foot.gaps_asked.connect(self._problems.show_all)
        box.addWidget(self._foot)
        return self._middle

    def _make_notes(self) -> NotesPane | None:
        if self._opened is None:
            return None
        narrow = look().narrow
        pane = NotesPane(self._opened.notes, self.shell.now(), whole_page=narrow)
        pane.hidden_asked.connect(self._flip_notes)
        pane.written.connect(self._noting.write)
        pane.used.connect(self._noting.use)
        self._middle.setVisible(not narrow)
        return pane

    def _notes_button(self) -> Button:
        button = Button("Notes", name="form/notes", icon="notebook-pen")
        button.clicked.connect(self._flip_notes)
        return button

    def _flip_notes(self) -> None:
        self._notes_shown = not self._notes_shown
        self._lay()
        self._draw_section()
        self._after_answer()
        self.heading_changed.emit()

    def _draw_section(self) -> None:
        session = self.session
        if session is None:
            return
        empty(self._body)
        self._noting.section_left()
        session.look_again()
        section = session.record.definition.section(self._part)
        self.page = SectionPage(section, session)
        self.page.answered.connect(self._after_answer)
        for field in self.page.fields.values():
            field.entered.connect(self._noting.entered)
        self._body.addWidget(self.page)
        self._names.stand_at(section)

    def _after_answer(self) -> None:
        """What a new answer shows, hides, finishes or begins."""
        if self.session is None or self.page is None:
            return
        self.page.show_what_applies()
        if self._rail is not None:
            shown = frozenset(section.id for section in self.sections())
            self._rail.show_state(self._part, self.session.progress(), shown)
        last = [section.id for section in self.sections()][-1:]
        self._foot.say(last=last == [self._part])

    def _refresh_group(self, group: str) -> None:
        if self.page is not None:
            self.page.refresh_group(group)
            self._after_answer()

    def _focus_asked(self) -> None:
        field = self.page.fields.get(self._question) if self.page is not None else None
        if field is None:
            self._focus_first()
            return
        field.target().setFocus()
        self.reveal(field)

    def _focus_first(self) -> None:
        fields = self.page.visible_fields() if self.page is not None else []
        able = [field for field in fields if field.editor.inputs() and not field.question.read_only]
        if able:
            able[0].target().setFocus()

    def _notes_came(self, notes: tuple[Note, ...]) -> None:
        if self._opened is not None:
            self._opened = replace(self._opened, notes=notes)
        if self._notes is not None:
            self._notes.show_notes(notes)
