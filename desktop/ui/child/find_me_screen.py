"""The Find Me card on screen: photograph, description, first places and first calls; one page when saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.flows.child import find_me as flow
from desktop.flows.child.find_me import FindMe
from desktop.flows.due.missing_now import NOTICE_STANDS, since_words
from desktop.flows.signing.exporting import Exported
from desktop.ui.child.about import Portrait
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row, stacked
from desktop.ui.kit.basics.panels import Banner, Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.printing.print_act import PrintAct
from desktop.ui.theme import look

PHOTO = QSize(190, 224)
ONLY_FOR = "For police and the out of hours team. Only the card that you save for police says it."


class FindMeScreen(Screen):
    """Opens from what is on this laptop: nothing on it waits for a network."""

    place = "children"

    def __init__(self, shell: Shell, child_id: str) -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._found: FindMe | None = None
        self._page = Scroller(gap=16, name="find_me")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the plan…", self._page)
        self.printing = PrintAct(shell, self, lambda: partial(flow.card_was_printed, shell.desk, child_id))

    def title(self) -> str:
        return f"Find Me card, {self._found.child.name_and_age}" if self._found else ""

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        missing = self._found.missing
        line = ". ".join(part for part in (self._found.born, self._found.source) if part)
        return f"{missing.headline}. {since_words(missing, self.shell.now())}\n{line}" if missing else line

    def crumbs(self) -> Sequence[Crumb]:
        name = self._found.child.name if self._found else ""
        return (Crumb("Today", Where("today")), Crumb(name, Where("child", self.child_id)), Crumb("Find Me card"))

    def acts(self) -> Sequence[QWidget]:
        found = self._found
        if found is None:
            return ()
        plan = Button("Open the plan", name="find_me/plan", icon="file-text")
        plan.clicked.connect(lambda: self.shell.go("form", found.plan_id))
        save = Button("Save as PDF", name="find_me/save", kind="primary", icon="file-down", key="Ctrl+P")
        save.clicked.connect(self.export)
        police = Button("Save for police", name="find_me/save-police")
        police.clicked.connect(lambda: self.export(for_police=True))
        paper = Button("Print", name="find_me/print", icon="printer")
        paper.clicked.connect(self.ask_printer)
        return (*([plan] if found.plan_id else []), *([police] if found.notices else []), paper, save)

    def start(self) -> None:
        desk, child_id = self.shell.desk, self.child_id
        self.shell.run(self, lambda: flow.find_me(desk, child_id), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def leave(self) -> None:
        self.printing.stop()

    def ask_printer(self) -> None:
        """One page, on the printer that is chosen."""
        self.printing.make_and_ask(partial(flow.card_to_print, self.shell.desk, self.child_id))

    def export(self, *, for_police: bool = False) -> None:
        """Asks where; the name suggested holds no child’s name."""
        if self._found is None:
            return
        suggested = "find-me-card-for-police.pdf" if for_police else "find-me-card.pdf"
        name, _kind = QFileDialog.getSaveFileName(self, "Save the card", suggested, "PDF (*.pdf)")
        if name:
            self.save(Path(name), for_police=for_police)

    def save(self, to: Path, *, for_police: bool = False) -> None:
        """Writes the card on the store’s thread, as a PDF that anyone who has the file can read."""
        desk, child_id = self.shell.desk, self.child_id
        self.shell.fetch(self, lambda: flow.save_card(desk, child_id, to, for_police=for_police), self._saved)

    def _saved(self, made: Exported) -> None:
        self.shell.messages.news(
            f"The card is saved as {made.path.name}. Anyone with the file can read it. {made.note}"
        )

    def _show(self, found: FindMe) -> None:
        self._found = found
        self._waiting.done()
        empty(self._page.box)
        if found.stale:
            then = "Check with the allocated worker what changed." if found.source else "Check before you rely on it."
            self._page.add(Banner("soon", "triangle-alert", found.stale, then))
        for notice in found.notices:
            self._page.add(Banner("soon", "triangle-alert", f"{NOTICE_STANDS}. {notice}", ONLY_FOR))
        self._page.add(self._card(found))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _card(self, found: FindMe) -> Card:
        card = Card()
        holder = QWidget()
        side = look().room(20)
        margins = (side, side, side, side)
        line = column(holder, gap=20, margins=margins) if look().narrow else row(holder, gap=24, margins=margins)
        picture = found.photo.picture if found.photo else None
        words = f"Photograph of {found.child.first_name}" if picture else "No photograph yet"
        taken = found.photo.taken if found.photo else "No photograph yet"
        line.addWidget(
            stacked(Portrait(picture, words, PHOTO), label(taken, "caption", "muted"), gap=6),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        line.addWidget(_facts(found.lines), 1, Qt.AlignmentFlag.AlignTop)
        card.add(holder)
        pair = QWidget()
        lists = column(pair, gap=0) if look().narrow else row(pair, gap=0)
        places = _listed(found.heads[0], found.places, "No places are named that may stand here.")
        calls = _numbers(found.heads[1], found.calls)
        for part in (places, calls):
            lists.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        card.add(pair)
        return card


def _facts(lines: Sequence[tuple[str, str]]) -> QWidget:
    return stacked(
        *(stacked(label(name, "caption", "muted"), label(said), gap=0) for name, said in lines), gap=look().room(10)
    )


def _listed(title: str, pairs: Sequence[tuple[str, str]], none: str) -> QWidget:
    side = look().room(20)
    parts = [stacked(label(first, "strong"), label(second), gap=0) for first, second in pairs]
    body = stacked(label(title, "section"), *(parts or [label(none, "body", "muted")]), gap=look().room(10))
    return padded(body, (side, look().room(16), side, look().room(18)))


def _numbers(title: str, calls: Sequence[tuple[str, str]]) -> QWidget:
    """Read at arm's length, by whoever holds the telephone in the other hand."""
    side = look().room(20)
    parts: list[QWidget] = [label(title, "section")]
    for who, number in calls:
        parts.append(stacked(label(who), label(number, "page"), gap=0))
    if not calls:
        parts.append(label("No numbers are known.", "body", "muted"))
    return padded(stacked(*parts, gap=look().room(10)), (side, look().room(16), side, look().room(18)))
