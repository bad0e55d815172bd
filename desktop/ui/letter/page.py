"""One letter: what it holds at the left, its page at the right, and signing it as sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.dates_in_words import days_line
from casework.errors import KnownError
from casework.practice.letters.letter_filling import LetterWords
from casework.typed_words import Half
from desktop.flows.letters.half_written import forget_half_written, half_written, page_of
from desktop.flows.letters.sending_letter import send_letter, told_line
from desktop.flows.letters.writing_letter import LetterToSend, letter_to_send
from desktop.flows.record import editing
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Panel, Scroller
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.letter.letter_boxes import LetterBoxes
from desktop.ui.letter.letter_preview import LetterPreview
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

LEFT = 620
PAUSE_MS = 250  # between the last letter typed and the page drawn anew


@dataclass(frozen=True, slots=True)
class _AtHand:
    letter: LetterToSend
    kept: Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class _Writing:
    """The letter as its boxes stood when it was last looked at, and the boxes."""

    letter: LetterToSend
    boxes: LetterBoxes


class LetterScreen(Screen):
    """What is typed is kept at once; no record begins before the letter goes."""

    place = "caseload"

    def __init__(self, shell: Shell, record_id: str, kind: str) -> None:
        super().__init__(shell)
        self.record_id, self.kind = record_id, kind
        self._writing: _Writing | None = None
        desk, page = shell.desk, page_of(kind, record_id)
        self._kept = Autosave(shell, page, lambda path, value: editing.save(desk, page, path, value), self)
        self._preview = LetterPreview()
        self._secret = Passphrase("letter/passphrase", "Passphrase")
        self._send = Button("Sign and record as sent", name="letter/send", kind="primary", icon="signature")
        self._problem = label("", "strong", "error", name="letter/problem")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look_again)
        self._whole = row(self, gap=0)

    def title(self) -> str:
        title = self._writing.letter.template.title if self._writing else ""
        return f"Letter: {title[:1].lower()}{title[1:]}" if title else ""

    def subtitle(self) -> str:
        if self._writing is None:
            return ""
        letter = self._writing.letter
        before = f" Sent before: {days_line(letter.before)}." if letter.before else ""
        return f"{letter.child.name_and_age}.{before}"

    def crumbs(self) -> Sequence[Crumb]:
        if self._writing is None:
            return (Crumb("Caseload", Where("caseload")),)
        child = self._writing.letter.child
        letters = Crumb("Letters", Where("letter", self.record_id))
        return (Crumb("Caseload", Where("caseload")), Crumb(child.name, Where("child", child.child_id)), letters)

    def acts(self) -> Sequence[QWidget]:
        missing = len(self._writing.letter.missing) if self._writing else 0
        return (Tag("soon", f"{missing} to fill in"),) if missing else (Tag("ready", "Ready to sign"),)

    def start(self) -> None:
        desk, kind, record_id = self.shell.desk, self.kind, self.record_id

        def fetch() -> _AtHand:
            found = letter_to_send(desk, kind, record_id, LetterWords())
            return _AtHand(found, half_written(desk, page_of(kind, record_id)))

        self.shell.run(self, fetch, self._show, self._gone)

    def leave(self) -> None:
        self._kept.save_now()

    def save_now(self) -> None:
        self._kept.save_now()

    def panes(self) -> Sequence[QWidget]:
        return self.findChildren(Scroller)

    def first_focus(self) -> QWidget | None:
        return self._writing.boxes.first() if self._writing else None

    def primary(self) -> None:
        """Refused with what is missing; the letter stays as it is."""
        if self._writing is None or not self._send.isEnabled():
            return
        boxes = self._writing.boxes
        if problem := boxes.problem():
            self._refuse(problem)
            return
        self._send.setEnabled(False)
        desk, secret, fetch = self.shell.desk, self._secret.text(), self._as_written(boxes)
        page, paths = page_of(self.kind, self.record_id), boxes.paths

        def deed() -> tuple[str, str]:
            letter = fetch()
            sent = send_letter(desk, letter, passphrase=secret)
            forget_half_written(desk, page, paths)
            return sent, told_line(letter)

        self._kept.save_now()
        self.shell.run(self, deed, self._sent, self._not_sent)

    def _as_written(self, boxes: LetterBoxes) -> partial[LetterToSend]:
        """The letter as its boxes stand now."""
        return partial(
            letter_to_send, self.shell.desk, self.kind, self.record_id, boxes.words(), sent_on=boxes.day("sent_on"),
            answer_by=boxes.day("answer_by"),
        )  # fmt: skip

    def _show(self, found: _AtHand) -> None:
        unsaved = {p: v.raw for p, v in self._kept.left_unsaved().items() if isinstance(v, Half)}
        form = self.shell.desk.catalogue.form("letter")
        boxes = LetterBoxes(found.letter, form, {**found.kept, **unsaved})
        boxes.edited.connect(self._edited)
        self._writing = _Writing(found.letter, boxes)
        left = Scroller(gap=16, margins=(24, 16, 16, 16), name="letter")
        left.add(boxes)
        left.add(self._signing())
        left.box.addStretch(1)
        right = Scroller(gap=0, margins=(16, 16, 24, 16), name="letter/page")
        right.add(self._preview)
        right.box.addStretch(1)
        if look().narrow:
            left.add(self._preview)
            self._whole.addWidget(left)
        else:
            self._whole.addWidget(left, LEFT)
            self._whole.addWidget(right, LEFT)
        self._look_again()
        self.heading_changed.emit()

    def _signing(self) -> QWidget:
        card = Panel()
        box = column(card, gap=look().room(10), margins=(16, 12, 16, 16))
        hint = "Your signature goes under the letter."
        box.addWidget(titled("Passphrase", hint, self._secret, buddy=self._secret.box))
        self._secret.box.returnPressed.connect(self.primary)
        self._problem.setVisible(False)
        box.addWidget(self._problem)
        self._send.clicked.connect(self.primary)
        box.addWidget(self._send)
        told = "Ctrl+Enter. The case gets the day. This laptop does not send it: you do."
        box.addWidget(label(told, "caption", "muted"))
        return card

    def _edited(self, path: str) -> None:
        """Also takes away what was said of the letter as it stood."""
        self._problem.setVisible(False)
        if self._writing is not None:
            self._kept.later(path, Half(self._writing.boxes.raw(path) or ""))
            self._timer.start(PAUSE_MS)

    def _look_again(self) -> None:
        if self._writing is not None:
            self.shell.run(self, self._as_written(self._writing.boxes), self._looked, self._refused)

    def _looked(self, letter: LetterToSend) -> None:
        self._preview.show_letter(letter)
        if self._writing is not None:
            self._writing = replace(self._writing, letter=letter)
            self._writing.boxes.show_given(letter)
        self.heading_changed.emit()

    def _sent(self, done: tuple[str, str]) -> None:
        sent, said = done
        self.shell.outbox_changed.emit()
        self.shell.saved.emit(self.shell.now())
        self.shell.go("documents", sent)
        self.shell.messages.news(said, "Save its page here, and send or print that.")

    def _not_sent(self, error: KnownError) -> None:
        self._send.setEnabled(True)
        self._refuse(str(error))

    def _refused(self, error: KnownError) -> None:
        self._refuse(str(error))

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(True)
        announce(self._problem, text, urgent=True)
        self.window().setWindowTitle("Error: Letter – Homeward")

    def _gone(self, error: KnownError) -> None:
        self.shell.go("letter", self.record_id)
        self.shell.say(error)
