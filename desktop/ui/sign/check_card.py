"""The check of a signed record: where it stands, and, for the manager of that work alone, the two ways to give it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import when
from casework.practice.manager_check import CheckState, Verdict
from desktop.flows.signing.checking import STATE_WORDS, Checking, give_check
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row, stacked
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.boxes.line_box import line_box, secret_box
from desktop.ui.theme import look


class ManagerCheckCard(Card):
    """Nothing is offered to the author: only what was decided, and by whom."""

    def __init__(self, shell: Shell, found: Checking, changed: Callable[[], None]) -> None:
        super().__init__("Manager’s check")
        self._shell, self._found, self._changed = shell, found, changed
        self._words = line_box("check/words", "What has to be put right, or a word of thanks")
        self._kept = KeptBox(shell, found.record_id, "check/words", self._words)
        self._passphrase = secret_box("check/passphrase", "Your passphrase")
        self._add(label(STATE_WORDS[found.state], "strong"))
        if found.told_at is not None:
            self._add(label(f"From the council, {when(found.told_at, shell.now())}", "caption", "muted"))
        for given in found.given:
            said = "Approved" if given.verdict is Verdict.APPROVED else "Returned"
            line = f"{said} by {given.name}, {when(given.at, shell.now())}"
            self._add(label(line), *([label(given.words, "body", "muted")] if given.words else []))
        if found.mine:
            self._offer()

    def _offer(self) -> None:
        parts: list[QWidget] = []
        for words, box in (("In words", self._words), ("Your passphrase, to sign the check", self._passphrase)):
            asks = label(words, "caption", "muted")
            asks.setBuddy(box)
            parts += [asks, box]
        acts = QWidget()
        line = row(acts, gap=8)
        for words, verdict, kind in (
            ("Approve", Verdict.APPROVED, "primary"),
            ("Return to the author", Verdict.RETURNED, "plain"),
        ):
            act = Button(words, name=f"check/{verdict}", kind=kind)
            act.clicked.connect(lambda _on=False, verdict=verdict: self._give(verdict))
            line.addWidget(act)
        line.addStretch(1)
        self._add(*parts, acts)

    def _give(self, verdict: Verdict) -> None:
        desk, record_id, name = self._shell.desk, self._found.record_id, self._shell.desk.officer.name
        words, passphrase = self._words.words(), self._passphrase.text()

        def deed() -> str:
            return give_check(desk, record_id, verdict, words=words, name=name, passphrase=passphrase)

        self._shell.once(self, deed, lambda _done: self._done())

    def _done(self) -> None:
        self._kept.forget()
        self._shell.outbox_changed.emit()
        self._changed()

    def _add(self, *parts: QWidget) -> None:
        side = look().room(16)
        self.add(padded(stacked(*parts, gap=4), (side, look().room(10), side, look().room(10))))


def is_shown(found: Checking) -> bool:
    return found.state is not CheckState.NOT_WANTED or bool(found.given)
