"""The history of one answer, or of a record: who, when, from what to what; and an earlier text put back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import when
from desktop.flows.decisions import answer_history as flow
from desktop.flows.decisions.answer_history import AnswerStep, History
from desktop.flows.decisions.answer_seen import Sight
from desktop.flows.decisions.said_at_once import SaidAtOnce, said_at_once
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty, spacer, stacked
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.theme import look

MOST = 100  # on the page; the command line lists every one
NONE = "Nothing was answered here yet."
WHAT_IS_PROVED = (
    "Seen by: whoever wrote, decided or signed here later with these words before them. "
    "Of those who only read them nothing is kept."
)


class HistoryScreen(Screen):
    """`path` is a place in the record, or empty for all of it. Reading it changes nothing."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str, path: str = "") -> None:
        super().__init__(shell)
        self._record_id, self._path = record_id, path
        self._found: History | None = None
        self._page = Scroller(gap=16, name="history")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the history…", self._page)

    def title(self) -> str:
        return "" if self._found is None else f"History: {self._found.about or self._found.title}"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        return f"{self._found.child}. {'Signed: read only' if self._found.locked else self._found.title}."

    def crumbs(self) -> Sequence[Crumb]:
        title = self._found.title if self._found else "Record"
        return (Crumb("Today", Where("today")), Crumb(title, self._back_to()), Crumb("History"))

    def acts(self) -> Sequence[QWidget]:
        back = Button("Back to the record", name="history/record", icon="chevron-left")
        back.clicked.connect(self.primary)
        return (back,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, record_id, path = self.shell.desk, self._record_id, self._path
        self.shell.run(self, lambda: flow.history(desk, record_id, path), self._show)

    def primary(self) -> None:
        self.shell.go_to.emit(self._back_to())

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return next(iter(self._page.findChildren(Link)), None)

    def _back_to(self) -> Where:
        if self._found is not None and self._found.locked:
            return Where("sign", self._record_id)
        return Where("form", self._record_id, self._found.part if self._found else "")

    def _show(self, found: History) -> None:
        self._found = found
        self._waiting.done()
        empty(self._page.box)
        card = Card("The latest first", icon="history")
        for number, one in enumerate(said_at_once(found.steps[:MOST])):
            card.add(self._said(one, named=not found.about), line=number > 0)
        if not found.steps:
            card.add(self._padded(label(NONE, "body", "muted", name="history/none")))
        if any(step.seen for step in found.steps[:MOST]):
            self._page.add(label(WHAT_IS_PROVED, "caption", "muted", name="history/proved"))
        self._page.add(card)
        if len(found.steps) > MOST:
            more = f"And {len(found.steps) - MOST} before these: homeward history lists them all."
            self._page.add(label(more, "caption", "muted"))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _said(self, one: SaidAtOnce, *, named: bool) -> QWidget:
        """Who, when and seen by whom once; what was said beneath."""
        head = f"{one.latest.who}, {when(one.latest.at, self.shell.now())}" + (f". {one.how}" if one.how else "")
        parts: list[QWidget] = [label(head, "caption_strong", name=f"history/{one.first}/who")]
        if seen := self._seen(one.seen):
            parts.append(label(seen, "caption", "muted", name=f"history/{one.first}/seen"))
        for number, step in enumerate(one.steps, one.first):
            parts.append(self._step(number, step, one, named=named))
        return self._padded(*parts)

    def _seen(self, seen: Sequence[Sight]) -> str:
        now = self.shell.now()
        return flow.seen_words(seen, lambda at: when(at, now))

    def _step(self, number: int, step: AnswerStep, among: SaidAtOnce, *, named: bool) -> QWidget:
        parts: list[QWidget] = [label(step.label, "caption", "muted")] if named else []
        if step.was != flow.NOTHING:
            parts.append(beside(_word("From"), label(step.was, "body", "muted"), stretch=1))
        said = label(step.text, "body", name=f"history/{number}/text")
        parts.append(said if step.was == flow.NOTHING else beside(_word("To"), said, stretch=1))
        own = ("" if among.how else step.how, "" if among.seen else self._seen(step.seen), *flow.apart_words(step))
        parts += [label(words, "caption", "muted") for words in own if words]
        if step.may_come_back:
            back = Link("Put this back", name=f"history/{number}/back", size="caption")
            back.setAccessibleDescription(step.text)
            back.clicked.connect(partial(self._put_back, step))
            parts.append(beside(back, spacer(), stretch=1))
        return padded(stacked(*parts, gap=4), (look().room(12), look().room(4), 0, look().room(4)))

    def _put_back(self, step: AnswerStep, _on: bool = False) -> None:
        desk, record_id = self.shell.desk, self._record_id
        deed = partial(flow.put_back, desk, record_id, step.path, step.step_id)
        self.shell.once(self, deed, lambda saved: self._is_back(saved.at))

    def _is_back(self, at: object) -> None:
        self.shell.saved.emit(at)
        self.shell.go_to.emit(self._back_to())
        self.shell.messages.news("Put back, as a new answer.", "What stood there is in the history.")

    def _padded(self, *parts: QWidget) -> QWidget:
        side = look().room(16)
        return padded(stacked(*parts, gap=4), (side, look().room(10), side, look().room(10)))


def _word(words: str) -> QWidget:
    made = label(words, "caption", "muted", wrap=False)
    made.setFixedWidth(look().px(44))
    return made
