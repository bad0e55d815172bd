"""What has to be put right, first on the page: each line goes to its question (ux 2)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from casework.forms.findings import Finding
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.kit.basics.screen_reader import announce


class ProblemSummary(Panel):
    """Takes the keyboard when it appears. The words are those beside each question."""

    chosen = Signal(object)

    def __init__(self, title: str, findings: Sequence[Finding], *, name: str = "summary") -> None:
        super().__init__("problem")
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box = column(self, gap=6, margins=(20, 14, 16, 14))
        box.addWidget(label(title, "section"))
        for number, finding in enumerate(findings):
            link = Link(finding.text, name=f"{name}/{number}", tone="error")
            link.clicked.connect(lambda _on=False, finding=finding: self.chosen.emit(finding))
            box.addWidget(link)
        self._text = f"{title}. " + " ".join(finding.text for finding in findings)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._text)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._text, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the summary goes to its first line's question."""
        first = self.findChild(Link)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and first is not None and not event.modifiers():
            first.click()
            return
        super().keyPressEvent(event)


def problem_title(count: int) -> str:
    return "There is 1 thing to put right" if count == 1 else f"There are {count} things to put right"
