"""Finding a child or a record among those on this laptop, or something to do; it says that it looks nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.flows.child.child_lines import ChildLine
from desktop.flows.child.found_here import FoundHere, FoundRecord, found_here
from desktop.flows.due.new_record import begins_anything
from desktop.ui.child.child_row import ChildRow
from desktop.ui.find.acts import LOCK, Act, about_child, acts_for
from desktop.ui.find.found_lines import FoundLine
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.places import own_places
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.unlock.door import titled

PAUSE_MS = 200
FEW = 20


class FindScreen(Screen):
    """Results come as a person types; the arrows go through them, Enter opens."""

    place = "find"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._box = line_box("find/text", "Name, other name or reference")
        self._box.textEdited.connect(lambda _text: self._timer.start(PAUSE_MS))
        self._box.returnPressed.connect(self.primary)
        self._box.installEventFilter(self)
        self._children: list[LineButton] = []
        self._found: list[LineButton] = []
        self._acts: list[LineButton] = []
        self._kept = KeptBox(shell, "find", "text", self._box)
        self._kept.came.connect(self._look)
        self._shown_for = ""  # the words the results are of
        self._opens: str | None = None  # the words whose first result is to be opened
        page = column(self, gap=16, margins=(24, 16, 24, 0))
        hint = "Looks among the records on this laptop, and nowhere else. Also what you want to do: new, lock, sending."
        page.addWidget(titled("Name, other name or reference", hint, self._box))
        self._results = Scroller(gap=8, margins=(0, 0, 0, 16), name="find")
        page.addWidget(self._results, 1)

    def title(self) -> str:
        return "Find"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Find"))

    def first_focus(self) -> QWidget | None:
        return self._box

    def primary(self) -> None:
        """Opens the first, of what stands in the box: results of other words may still be on the screen."""
        self._timer.stop()
        if self._lines() and self._shown_for == self._box.text():
            self._lines()[0].click()
        else:
            self._opens = self._box.text()
            self._look()

    def start(self) -> None:
        """What was worked on last stands there before anything is typed."""
        self._look()

    def panes(self) -> Sequence[QWidget]:
        return (self._results,)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the box to the results, and on through them."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        stops: list[QWidget] = [self._box, *self._lines()]
        if step is None or watched not in stops:
            return False
        place = stops.index(watched) + step
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _look(self) -> None:
        desk, text = self.shell.desk, self._box.text()
        self.shell.run(self, lambda: (text, found_here(desk, text)), self._show)

    def _show(self, read: tuple[str, FoundHere]) -> None:
        text, found = read
        if text != self._box.text():
            return
        empty(self._results.box)
        self._children, self._found, self._acts = [], [], []
        for title, more, makers in self._groups(text, found):
            if makers:
                card = Card(title, aside=label(str(len(makers)), "caption", "muted", wrap=False))
                card.add(FewAtATime(makers, first=FEW, name=more, about=title))
                self._results.add(card)
        if text.strip() and not self._lines():
            self._say_none()
        self._results.box.addStretch(1)
        self._shown_for, opens, self._opens = text, self._opens, None
        if self._lines() and opens == text:
            self._lines()[0].click()

    def _groups(self, text: str, found: FoundHere) -> Sequence[tuple[str, str, Sequence[Callable[[], QWidget]]]]:
        """Title, name of the link to more, and what makes each line."""
        children, records = ("Children", "Records with these words") if text.strip() else ("Children", "Changed last")
        first = found.children[0].child if found.children and text.strip() else None
        about = about_child(first, may_begin=begins_anything(self.shell.desk)) if first else ()
        acts = [*about, *acts_for(text, own_places(self.shell.desk.officer.role))]
        return (
            (children, "find/more-children", [partial(self._child, line) for line in found.children]),
            (records, "find/more", [partial(self._record, one) for one in found.records]),
            ("To do", "find/more-to-do", [partial(self._act, act) for act in acts]),
        )

    def _say_none(self) -> None:
        self._results.add(label("No match on this laptop.", "strong"))
        if begins_anything(self.shell.desk):
            add = Button("Add a child", name="find/add", icon="user-plus")
            add.clicked.connect(lambda: self.shell.go("new"))
            self._results.box.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _lines(self) -> list[LineButton]:
        """In their order, as far as they are shown."""
        return [*self._children, *self._found, *self._acts]

    def _child(self, line: ChildLine) -> LineButton:
        return self._kept_in(self._children, ChildRow(self.shell, line, name=f"find/{line.child.child_id}"))

    def _record(self, found: FoundRecord) -> LineButton:
        return self._kept_in(self._found, FoundLine(self.shell, found))

    def _do(self, act: Act) -> None:
        if act.place == LOCK:
            self.shell.lock_asked.emit()
        else:
            self.shell.go(act.place, act.about)

    def _kept_in(self, lines: list[LineButton], line: LineButton) -> LineButton:
        line.installEventFilter(self)
        lines.append(line)
        return line

    def _act(self, act: Act) -> LineButton:
        line = LineButton(act.title, act.line, name=f"find/act/{act.place}{'/' if act.about else ''}{act.about}")
        line.clicked.connect(lambda: self._do(act))
        return self._kept_in(self._acts, line)
