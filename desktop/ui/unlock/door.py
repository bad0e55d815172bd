"""What unlocking and setting up share: the split page, initials in a circle, and a passphrase box that can be shown."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.frame.brand_mark import Mark
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Scroller
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import secret_box
from desktop.ui.messages import Message, Tone
from desktop.ui.theme import look
from desktop.ui.unlock.scene import WIDE, Scene

ROOM_FOR_SCENE = 1100


class Door(QWidget):
    """The picture on the left when there is room, and a page that scrolls on the right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._scene = Scene()
        self._scene.setFixedWidth(WIDE)
        line = row(self, gap=0)
        line.addWidget(self._scene)
        side = 96 if not look().narrow else 48
        self.page = Scroller(gap=0, margins=(side, 40, side, 32))
        self.page.ground.setAutoFillBackground(True)
        self.page.ground.setPalette(look().palette(QPalette.ColorRole.Window, "surface"))
        line.addWidget(self.page, 1)
        self.box: QVBoxLayout = self.page.box
        self.box.addWidget(_brand())
        self._notice = column(margins=(0, 16, 0, 0))
        self.box.addLayout(self._notice)

    def show_notice(self, message: Message) -> None:
        """What went wrong behind the door, or after it was locked."""
        empty(self._notice)
        problem = message.tone is Tone.PROBLEM
        banner = Banner("problem" if problem else "draft", "triangle-alert", message.title, message.text)
        banner.setObjectName("notice")
        self._notice.addWidget(banner)
        announce(banner, f"{message.title} {message.text}".strip(), urgent=problem)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._scene.setVisible(self.width() >= ROOM_FOR_SCENE and not look().narrow)


class Passphrase(QWidget):
    """A box, and a button that shows what is in it. Pasting works, copying does not; nothing is remembered."""

    def __init__(self, name: str, words: str, *, what: str = "passphrase") -> None:
        super().__init__()
        self.box, self._what = secret_box(name, words), what
        self.box.setProperty("tall", True)
        self._show = Button("Show", name=f"{name}/show", icon="eye")
        self._show.setFixedHeight(look().room(44))
        self._show.setAccessibleName(f"Show the {what}")
        self._show.clicked.connect(self._flip)
        line = row(self, gap=8)
        line.addWidget(self.box, 1)
        line.addWidget(self._show)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self.box.text()

    def show_words(self, words: str) -> None:
        """Puts words in for the person to read and remember."""
        self.box.setText(words)
        if self.box.echoMode() == QLineEdit.EchoMode.Password:
            self._flip()

    def clear(self) -> None:
        self.box.clear()
        self.box.setEchoMode(QLineEdit.EchoMode.Password)

    def mark(self, problem: str) -> None:
        self.box.setProperty("bad", bool(problem))
        self.box.setAccessibleDescription(problem)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def _flip(self) -> None:
        hidden = self.box.echoMode() == QLineEdit.EchoMode.Password
        self.box.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.say("Hide" if hidden else "Show")
        self._show.setAccessibleName(f"{'Hide' if hidden else 'Show'} the {self._what}")


def titled(words: str, hint: str, box: QWidget, *, buddy: QWidget | None = None) -> QWidget:
    """A label, what helps, and a box."""
    holder = QWidget()
    lines = column(holder, gap=4)
    title = label(words, "strong")
    title.setBuddy(buddy or box)
    lines.addWidget(title)
    if hint:
        lines.addWidget(label(hint, "caption", "muted"))
        lines.addSpacing(4)
    lines.addWidget(box)
    return holder


def way_back(place: str, leave: SignalInstance) -> Link:
    back = Link("Back to unlocking", name=f"{place}/back")
    back.clicked.connect(leave)
    return back


def acts(button: Button, back: Link) -> QWidget:
    """The one thing to do here, and the way back, on one line."""
    holder = QWidget()
    line = row(holder, gap=16)
    line.addWidget(button)
    line.addWidget(back)
    line.addStretch(1)
    return holder


def _brand() -> QWidget:
    holder = QWidget()
    line = row(holder, gap=12)
    line.addWidget(Mark(boxed=True))
    line.addWidget(label("Homeward", "brand"), 1)
    return holder
