"""A child's placements: writing a move down, each move with the councils that must hear, and who keeps an old plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.dates_in_words import local
from casework.errors import AnswerError
from casework.practice.placements.placement_rules import MOVE
from desktop.flows.case_file import case_file
from desktop.flows.placements import recording_move
from desktop.flows.placements.placement_history import PlacementMove, Placements, history, placements_of
from desktop.flows.placements.placements_listed import days_said, owed_said, told_said, where_said
from desktop.flows.placements.recording_move import NewMove, record_move, writes_moves
from desktop.flows.sheet_reading import day_typed
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Tiles, beside, column, empty, stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Banner, Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.kit.boxes.line_box import LineBox, line_box
from desktop.ui.theme import look

# What is asked of a move, in the order of a tired person's telling.
BOXES = (
    ("on", "Day of the move, as 27/03/2026"),
    ("to", "Where to"),
    ("address", "Address there"),
    ("postcode", "Postcode there"),
    ("host", "In which council’s area, if not ours"),
    ("responsible", "Which council is responsible, if not ours"),
    ("why", "Why"),
)
TILE = 260


class PlacementsScreen(Screen):
    """Its filled button writes the move down."""

    place = "children"

    def __init__(self, shell: Shell, child_id: str) -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._found: Placements | None = None
        self._boxes: dict[str, LineBox] = {}
        self._kept: dict[str, KeptBox] = {}
        for name, words in (*BOXES, ("how", HOW)):
            self._boxes[name] = line_box(f"placements/{name}", words)
            self._kept[name] = KeptBox(shell, "placements", f"placements/{child_id}/{name}", self._boxes[name])
        kinds = shell.desk.catalogue.form(MOVE).question("kind").options
        self._kind = DropDown(
            [(one.code, one.label) for one in kinds], name="placements/kind", label="Kind of placement", nothing=""
        )
        self._page = Scroller(gap=16, name="placements")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the moves…", self._page)

    def title(self) -> str:
        return "Placements and moves"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        return ". ".join(part for part in (self._found.child.name_and_age, self._found.placed) if part)

    def crumbs(self) -> Sequence[Crumb]:
        name = self._found.child.name if self._found else ""
        return (Crumb("Today", Where("today")), Crumb(name, Where("child", self.child_id)), Crumb(self.title()))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, child_id = self.shell.desk, self.child_id
        self.shell.run(self, lambda: placements_of(desk, case_file(desk, child_id)), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        if self._found is not None and writes_moves(self.shell.desk):
            desk, child_id, said = self.shell.desk, self.child_id, self._said()
            self.shell.once(self, lambda: record_move(desk, child_id, _new_move(said)), lambda _made: self._moved())

    def _show(self, found: Placements) -> None:
        self._found = found
        self._waiting.done()
        for box in (*self._boxes.values(), self._kind):
            box.setParent(self)  # outlives the cards, with what stands in it
            box.hide()
        empty(self._page.box)
        if found.unwritten:
            words = "Write the move down below, so that whoever must hear of it is named."
            self._page.add(
                Banner("soon", "triangle-alert", f"The child’s record says {found.unwritten}; no move says so", words)
            )
        if found.holders:
            words = "The plan’s page, Save a PDF, has a notice for each of them once the new version is agreed."
            self._page.add(
                Banner("soon", "triangle-alert", f"Hold a plan from before the move: {', '.join(found.holders)}", words)
            )
        self._page.add(self._history(found))
        if writes_moves(self.shell.desk):
            self._page.add(self._writing())
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _history(self, found: Placements) -> Card:
        card = Card("Where the child has lived")
        owing = next((move for move in found.moves if _owed(move)), None) if writes_moves(self.shell.desk) else None
        for move, left in history(found.moves):
            card.add(self._move(move, left))
            if move is owing:
                card.add(self._telling(move), line=False)
        if not found.moves:
            card.add(_side(label("No move is recorded.", "body", "muted")))
        return card

    def _move(self, move: PlacementMove, left: date | None) -> QWidget:
        today = local(self.shell.now()).date()
        said = [days_said(move, left), move.councils, told_said(move, today), owed_said(move)]
        words = ". ".join(part for part in said if part)
        line = LineButton(where_said(move), words, name=f"placements/move/{move.record_id}")
        line.clicked.connect(lambda: self.shell.go("form", move.record_id))
        return line

    def _telling(self, move: PlacementMove) -> QWidget:
        """For each council that has not heard: that it was told, or the notice to it as a page."""
        asks = label(HOW, "caption", "muted")
        asks.setBuddy(self._boxes["how"])
        self._boxes["how"].show()
        parts: list[QWidget] = [stacked(asks, self._boxes["how"], gap=4)]
        for number, one in enumerate(_owed(move)):
            told = Button("Told now", name=f"placements/told/{number}", small=True)
            told.setAccessibleDescription(one)
            told.clicked.connect(partial(self._tell, move.record_id, one))
            page = Button("Save the notice", name=f"placements/notice/{number}", small=True)
            page.setAccessibleDescription(one)
            page.clicked.connect(partial(self._save_notice, move.record_id, one))
            parts.append(beside(label(one, "strong"), told, page, gap=12, stretch=0))
        return _side(stacked(*parts, gap=10))

    def _writing(self) -> Card:
        card = Card("The child has moved")
        holder = QWidget()
        tiles = Tiles(holder, gap=12, least=look().px(TILE))
        for name, words in BOXES:
            tiles.addWidget(_asked(words, self._boxes[name]))
        tiles.addWidget(_asked("Kind of placement", self._kind))
        writes = Button("Write the move down", name="placements/write", kind="primary", key="Ctrl+Enter")
        writes.clicked.connect(self.primary)
        note = label(
            "The child’s record then says where the child lives. The worker, the reviewing officer and the missing "
            "team are told, and the Find Me Plan is due for review.",
            "caption",
            "muted",
        )
        card.add(_side(stacked(holder, note, beside(writes, label("", wrap=False), stretch=1), gap=12)))
        return card

    def _said(self) -> dict[str, str]:
        found = {name: box.words().strip() for name, box in self._boxes.items()}
        return {**found, "kind": self._kind.code() or ""}

    def _moved(self) -> None:
        for name, _words in BOXES:
            self._kept[name].forget()
            self._boxes[name].put("")
        self._kind.put(None)
        self._has_changed()

    def _tell(self, move_id: str, council: str, _on: bool = False) -> None:
        desk, how = self.shell.desk, self._boxes["how"].words()
        self.shell.once(
            self, lambda: recording_move.tell_council(desk, move_id, council, how), lambda _done: self._was_told()
        )

    def _was_told(self) -> None:
        self._kept["how"].forget()
        self._boxes["how"].put("")
        self._has_changed()

    def _save_notice(self, move_id: str, council: str, _on: bool = False) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the notice", "placement-notice.pdf", "PDF (*.pdf)")
        if name:
            desk, to = self.shell.desk, Path(name)
            self.shell.once(self, lambda: recording_move.council_notice(desk, move_id, council, to), self._saved)

    def _saved(self, said: str) -> None:
        self.shell.messages.news(said)
        self._has_changed()

    def _has_changed(self) -> None:
        self.shell.outbox_changed.emit()
        self.refresh()


HOW = "Who there was told, and how"


def _new_move(said: dict[str, str]) -> NewMove:
    """Raises AnswerError for a day that is none."""
    on = day_typed(said["on"])
    if on is None:
        message = "Write the day of the move as 27/03/2026."
        raise AnswerError(message)
    return NewMove(
        on, said["to"], said["address"], said["postcode"], said["kind"], said["why"], said["host"], said["responsible"]
    )


def _owed(move: PlacementMove) -> Sequence[str]:
    return [] if move.waived else [one.council for one in move.hear if one.told_on is None]


def _asked(words: str, box: LineBox | DropDown) -> QWidget:
    asks = label(words, "caption", "muted", wrap=False)
    asks.setBuddy(box)
    box.show()
    return stacked(asks, box, gap=4, margins=(0, 0, 0, 0))


def _side(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(10), side, look().room(12)))
