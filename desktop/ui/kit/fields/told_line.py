"""Under an answer: what another record says to the same question, and where an answer that agrees comes from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from desktop.flows.record.carried_over import Told
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import OneLine
from desktop.ui.kit.basics.layout import Flow


class ToldLine(QWidget):
    """`used` asks for the answer to be put in; nothing is put in without it."""

    used = Signal()

    def __init__(self, told: Told, path: str, question: str) -> None:
        super().__init__()
        self._told = told
        flow = Flow(self, gap=10)
        self._words = OneLine("", name=f"{path}/told")
        self._use = Link("Use this" if told.came_from else told.words, name=f"{path}/use", size="caption")
        self._use.setAccessibleName(f"Use {told.words}" if told.came_from else f"{told.words}: {question}")
        self._use.setAccessibleDescription(f"{question}. {told.came_from}".strip())
        self._use.clicked.connect(self.used)
        flow.addWidget(self._words)
        flow.addWidget(self._use)

    def say(self, answer: JSON) -> None:
        """Offers while there is no answer; once it is this one, says only where it comes from."""
        told, open_ = self._told, answer in (None, "", [])
        words = f"{told.came_from}: {told.words}" if open_ else told.came_from
        self._words.setText(words)
        self._words.setVisible(bool(told.came_from))
        self._use.setVisible(open_)
        self.setVisible(open_ or (bool(told.came_from) and answer == told.value))
