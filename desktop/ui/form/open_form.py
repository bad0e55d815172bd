"""A form being filled in: rail, answers, notes. Saves as a person writes; looks for problems only when asked to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from casework.dates_in_words import counted
from casework.forms.definition import Section
from casework.forms.findings import Finding
from casework.practice.languages.family_words import LANGUAGE
from casework.records import field_path, parse_path
from desktop.ui.form.foot import Foot
from desktop.ui.form.form_loading import Opened
from desktop.ui.form.known_card import KnownNames
from desktop.ui.form.mini_clocks import mini_clocks
from desktop.ui.form.notes_place import NotesPlace
from desktop.ui.form.noting import Noting
from desktop.ui.form.problems import Problems
from desktop.ui.form.rail import Rail, SectionPicker
from desktop.ui.form.section_page import SectionPage
from desktop.ui.form.session import Session
from desktop.ui.form.undoing import Undoing
from desktop.ui.frame.shell import NOTES_ALONE, Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Scroller
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.ink_pad import InkPad
from desktop.ui.kit.fields.rows import RowsEditor
from desktop.ui.resolve.banner import conflict_banner
from desktop.ui.spelling.spell_watch import SpellWatch
from desktop.ui.theme import look


class OpenForm(QWidget):
    """Made of a record that is there. `part` is a section id, or section/question, or empty for where it was left."""

    heading_changed = Signal()

    def __init__(self, shell: Shell, found: Opened, part: str) -> None:
        super().__init__()
        self.shell, self.opened = shell, found
        wanted, _, self._question = part.partition("/")
        self.session = Session(shell, found.record, found.known, found.offers)
        self.session.setParent(self)
        self.session.rows_changed.connect(self._refresh_group)
        self.session.changed.connect(self._language_changed)
        self._turns = -1
        self._entered = ""  # the path of the answer that had the keyboard last
        self._undoing = Undoing(shell, self.session, self)
        self._noting = Noting(shell, found.notes, self)
        self.problems = Problems(self)
        self._summary: QVBoxLayout = column()
        self._body: QVBoxLayout = column()
        self._scroll = self._make_scroll()
        self._foot = self._make_foot()
        self._rail = None if look().narrow else self._make_rail()
        self._notes = NotesPlace(shell, self._noting, self, taken=found.takes_notes)
        self._middle = self._center()
        self._names = KnownNames(shell, self.session, self._notes.pane)
        self._notes.changed.connect(self._notes_stand)
        self._noting.changed.connect(self._say_notes)
        self._notes.left.connect(self._to_where_it_was)
        self._part = wanted if wanted in [section.id for section in self.sections()] else self._where_left()
        self.page = self._make_page()
        self._lay()
        self._spelling = SpellWatch(shell, self._scroll, found.record.child.name)
        self._show_page()

    def acts(self) -> Sequence[QWidget]:
        """For the header."""
        if self._notes.alone:
            return ()
        if not look().narrow:
            return (*self._paper_button(), *mini_clocks(self.opened.clocks, self.shell.now()))
        picker = SectionPicker(self.sections(), self._part, self.session.progress())
        picker.chosen.connect(self.show_section)
        return (picker, *self._notes.button(), *self._paper_button())

    def save_now(self) -> None:
        self.session.save_now()
        self._noting.save_now()

    def here(self) -> str:
        """The section that is open, and whether the notes lie before it."""
        return f"{self._part}/{NOTES_ALONE}" if self._notes.alone else self._part

    def save_and_go_on(self) -> None:
        """The only time a page is judged; from the notes the way leads back to it first."""
        self.save_now()
        if self._notes.alone:
            self.flip_notes_page()
            return
        if not self.problems.show_for(self._part):
            self.go_on()

    def go_on(self) -> None:
        """To the next section, or from the last one to checking and signing."""
        ids = [section.id for section in self.sections()]
        place = ids.index(self._part) + 1
        if place < len(ids):
            self.show_section(ids[place])
        else:
            self.shell.go("sign", self.opened.record.record_id)

    def use_note(self) -> None:
        self._notes.pane.use_chosen()

    def flip_notes_page(self) -> None:
        """Ctrl+Shift+N."""
        self._notes.flip_page()

    def _notes_stand(self) -> None:
        self._say_notes()
        self.heading_changed.emit()

    def _say_notes(self) -> None:
        self._foot.say_notes(self._notes.count, shown=self._notes.is_out_of_sight and not look().narrow)

    def _to_where_it_was(self) -> None:
        """The keyboard, back from the notes."""
        field = next((one for one in self.page.findChildren(Field) if one.path == self._entered), None)
        if field is None:
            self._focus_first()
        else:
            field.take_keyboard()

    def panes(self) -> Sequence[QWidget]:
        return [pane for pane in (self._rail, self._scroll, self._foot, self._notes.pane) if pane is not None]

    def tab_groups(self) -> Sequence[QWidget]:
        """What is asked, the way on, the notes, and the other sections last."""
        return [part for part in (self._scroll, self._foot, self._notes.pane, self._rail) if part is not None]

    def sections(self) -> list[Section]:
        """Those with something to ask as the answers stand."""
        every, shown = self.session.record.definition.sections, self.session.shown
        return [section for section in every if any(question.id in shown for question in section.questions)]

    def show_section(self, section_id: str) -> None:
        """Saves what was typed, and opens a section at its top with the keyboard in its first box."""
        for pad in self.page.findChildren(InkPad):
            pad.lift()  # a key leads away while the pen is down
        self.save_now()
        self._part = section_id
        self.problems.clear()
        self._draw_section()
        if look().narrow:
            self.heading_changed.emit()  # the button in it that names the section
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
        self.problems.focus(finding)

    def reveal(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 24, 80))

    def focus_asked(self) -> None:
        """The question a Change link named, else the first; the notes, where they lay before the form."""
        if self._question == NOTES_ALONE:
            self.flip_notes_page()
            return
        field = self.page.fields.get(self._question)
        if field is None:
            self._focus_first()
            return
        field.target().setFocus()
        self.reveal(field)

    def check_spelling(self) -> None:
        self._spelling.next()

    def undo(self) -> None:
        self._show_taken_back(self._undoing.back())

    def redo(self) -> None:
        self._show_taken_back(self._undoing.again())

    def keep_undo(self) -> None:
        self._undoing.keep()

    def _show_taken_back(self, path: str) -> None:
        """Where it is, with the caret behind the words."""
        if not path:
            self.shell.messages.news("There is nothing more of that.")
            return
        parsed = parse_path(path)
        question = parsed.group or parsed.question
        section = self.session.record.definition.section_of[question]
        if section.id != self._part and question in self.session.shown:
            self.show_section(section.id)
        self.open_row_of(path)
        holder = self.page.holder_of(question)
        if holder is None:
            return
        holder.refresh()
        self._after_answer()
        field = next((one for one in holder.findChildren(Field) if one.path == path), holder)
        field.take_keyboard()
        self.reveal(field)

    def path_here(self) -> str:
        """Of the answer with the keyboard, or the one on this page that had it last; empty before any."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Field):
            widget = widget.parentWidget()
        if widget is None or not self.isAncestorOf(widget):
            return self._entered
        return widget.path

    def open_row_of(self, box: str) -> None:
        """The row that a box of this name is in, if it is in one."""
        kind, _, rest = box.partition("/")
        group, _, rest = rest.partition("/")
        field = self.page.fields.get(group) if kind == "r" else None
        if field is not None and isinstance(field.editor, RowsEditor):
            field.editor.open_row(rest.partition("/")[0])

    def _where_left(self) -> str:
        """The first section that is not done."""
        progress = self.session.progress()
        ids = [section.id for section in self.sections()]
        return next((name for name in ids if progress.get(name) != "done"), ids[0])

    def _lay(self) -> None:
        whole = row(self, gap=0)
        if self._rail is not None:
            whole.addWidget(self._rail)
        whole.addWidget(self._middle, 1)
        whole.addWidget(self._notes.pane)
        self._notes.lies_before(*(part for part in (self._rail, self._middle) if part is not None))

    def _make_rail(self) -> Rail:
        rail = Rail(self.session.record.definition.sections)
        rail.chosen.connect(self.show_section)
        rail.gaps_asked.connect(self.problems.show_all)
        return rail

    def _make_scroll(self) -> Scroller:
        scroll = Scroller(gap=12, margins=(24, 12, 24, 12), name="form")
        if self.opened.record.view.conflicts:
            scroll.add(conflict_banner(self.shell, self.opened.record, "form/conflicts"))
        scroll.box.addLayout(self._summary)
        scroll.box.addLayout(self._body)
        scroll.box.addStretch(1)
        return scroll

    def _make_foot(self) -> Foot:
        foot = Foot(gaps=look().narrow)
        foot.go_on.connect(self.save_and_go_on)
        foot.later.connect(self.go_on)
        foot.gaps_asked.connect(self.problems.show_all)
        foot.notes_asked.connect(self.flip_notes_page)
        foot.history_asked.connect(lambda: self.shell.go("history", self.opened.record.record_id, self.path_here()))
        return foot

    def _center(self) -> QWidget:
        middle = QWidget()
        box = column(middle)
        box.addWidget(self._scroll, 1)
        box.addWidget(self._foot)
        return middle

    def _paper_button(self) -> tuple[Button, ...]:
        """Where pages of a blank form were scanned for this record."""
        if not self.opened.papers:
            return ()
        button = Button(f"Paper, {counted(self.opened.papers, 'page')}", name="form/paper", icon="paperclip")
        button.clicked.connect(lambda: self.shell.go("paper", self.opened.record.record_id))
        return (button,)

    def _make_page(self) -> SectionPage:
        page = SectionPage(self.session.record.definition.section(self._part), self.session)
        page.answered.connect(self._answered)
        for field in page.fields.values():
            field.entered.connect(self._noting.entered)
            field.entered.connect(self._has_entered)
        return page

    def _has_entered(self, field: Field) -> None:
        self._entered = field.path

    def _draw_section(self) -> None:
        self._entered = ""
        self.session.look_again()
        empty(self._body)
        self._noting.section_left()
        self.page = self._make_page()
        self._show_page()

    def _show_page(self) -> None:
        self._body.addWidget(self.page)
        section = self.page.section
        self._notes.stand_at(section, self.session.shown, names=self._names.stand_at(section))
        self._say_notes()
        self._after_answer()

    def _answered(self) -> None:
        """Most keys only add a letter to an answer that stands."""
        if self.session.turns != self._turns:
            self._after_answer()

    def _after_answer(self) -> None:
        """What a new answer shows, hides, finishes or begins."""
        self._turns = self.session.turns
        self.page.show_what_applies()
        shown = [section.id for section in self.sections()]
        if self._rail is not None:
            self._rail.show_state(self._part, self.session.progress(), frozenset(shown))
        self._foot.say(last=shown[-1:] == [self._part])

    def _language_changed(self, path: str) -> None:
        """The family’s questions on this page, in the language that was just chosen."""
        if path == field_path(LANGUAGE) and self.page.language_shown != self.session.second_language:
            QTimer.singleShot(0, self.page, self._draw_in_language)

    def _draw_in_language(self) -> None:
        self._draw_section()
        self.page.fields[LANGUAGE].take_keyboard()

    def _refresh_group(self, group: str) -> None:
        self.page.refresh_group(group)
        self._after_answer()

    def _focus_first(self) -> None:
        fields = self.page.visible_fields()
        able = [field for field in fields if field.editor.inputs() and not field.question.read_only]
        if able:
            able[0].target().setFocus()
