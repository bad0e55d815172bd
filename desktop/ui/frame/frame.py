"""The frame round every screen once the laptop is unlocked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.frame.header import Header
from desktop.ui.frame.places import PlacesBar, own_places, places_menu
from desktop.ui.frame.screen import Screen
from desktop.ui.frame.shell import Shell
from desktop.ui.frame.strip import Strip
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Notice
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.messages import Message, Tone
from desktop.ui.theme import look

NOT_JOINED, PRACTISING = "Kept here until you join", "Nothing here is sent"
NARROW = 1000  # px: a narrower window is served as large text is


class Frame(QWidget):
    """Shows one screen at a time and says what it says of itself."""

    act = Signal(str)

    def __init__(self, shell: Shell, *, narrow: bool = False) -> None:
        super().__init__()
        self._shell = shell
        self._own = own_places(shell.desk.officer.role)
        self.screen_shown: Screen | None = None
        self.narrow = narrow or look().narrow
        self.places: PlacesBar | None = None
        line = row(self, gap=0)
        if not self.narrow:
            self.places = PlacesBar(self._own)
            self.places.chosen.connect(self.act)
            line.addWidget(self.places)
        desk = shell.desk
        nowhere = "" if desk.has_joined else PRACTISING if desk.is_practice else NOT_JOINED
        self.strip = Strip(desk.officer.name, narrow=self.narrow, is_practice=desk.is_practice, goes_nowhere=nowhere)
        if shell.last_saved is not None:
            self.strip.show_saved(shell.last_saved)
        self.header = Header()
        main = column()
        self._notice = column(margins=(24, 0, 24, 0))
        self._body = column()
        for part in (self.strip, self.header):
            main.addWidget(part)
        main.addLayout(self._notice)
        main.addLayout(self._body, 1)
        line.addLayout(main, 1)
        self._wire(shell)

    def show_screen(self, screen: Screen) -> None:
        """The old one hands over what is typed, and goes."""
        if self.screen_shown is not None:
            self.screen_shown.hand_over()
            self._park_focus(self.screen_shown)
        empty(self._body)
        self.clear_notice()
        self.screen_shown = screen
        self._body.addWidget(screen)
        screen.heading_changed.connect(self.show_heading)
        if self.places is not None:
            self.places.light(screen.place)
        self._head(screen, with_acts=True)
        screen.start()
        self._take_focus(screen)
        QTimer.singleShot(0, self, self._unpark_focus)

    def show_heading(self) -> None:
        if (screen := self.screen_shown) is not None:
            self._head(screen, with_acts=not screen.acts_stay)

    def _head(self, screen: Screen, *, with_acts: bool) -> None:
        self.header.say(screen.title(), screen.subtitle())
        if with_acts:
            self.header.show_actions(screen.acts())
        self.strip.show_crumbs(screen.crumbs())
        error = "Error: " if screen.has_problem() else ""
        self._rescue_focus(screen)
        self.window().setWindowTitle(f"{error}{screen.title()} – Homeward" if screen.title() else "Homeward")

    def show_waiting(self, count: int) -> None:
        self.strip.show_waiting(count)
        if self.places is not None:
            self.places.count(count)

    def show_notice(self, message: Message) -> None:
        """News and problems stand over the page until the person goes on or puts them away."""
        self.clear_notice()
        problem = message.tone is Tone.PROBLEM
        away = Button("Put away", name="notice/close", kind="quiet", small=True)
        away.clicked.connect(self.clear_notice)
        kind: Notice = "problem" if problem else "draft"
        banner = Banner(kind, "triangle-alert" if problem else "info", message.title, message.text, away)
        banner.setObjectName("notice")
        self._notice.setContentsMargins(24, 16, 24, 0)
        self._notice.addWidget(banner)
        announce(banner, f"{message.title} {message.text}".strip(), urgent=problem)

    def clear_notice(self) -> None:
        empty(self._notice)
        self._notice.setContentsMargins(24, 0, 24, 0)

    def open_places(self) -> None:
        """The menu that stands for the places bar when there is no room for it."""
        menu = places_menu(self, self.act, self._own)
        menu.setObjectName("menu/places")
        menu.popup(self.strip.places.mapToGlobal(QPoint(0, self.strip.places.height())))

    def tab_groups(self) -> list[QWidget]:
        """The order of Tab: what is said, the page's acts, the page, then the way elsewhere."""
        screen = self.screen_shown
        own = list(screen.tab_groups()) if screen is not None else []
        notice = self._notice.itemAt(0)
        said = notice.widget() if notice is not None else None
        return [part for part in (said, self.header, *own, self.strip, self.places) if part is not None]

    def panes(self) -> list[QWidget]:
        """The parts of the window that F6 visits."""
        screen = self.screen_shown
        own = list(screen.panes()) if screen is not None else []
        return [part for part in (self.places, *own, self.header, self.strip) if part is not None]

    def _wire(self, shell: Shell) -> None:
        self.strip.went.connect(shell.go_to)
        self.strip.sending_asked.connect(lambda: self.act.emit("sending"))
        self.strip.lock_asked.connect(lambda: self.act.emit("lock"))
        self.strip.places_asked.connect(self.open_places)
        shell.typed.connect(self.strip.show_saving)
        shell.saved.connect(self.strip.show_saved)
        shell.not_saved.connect(self.strip.show_unsaved)
        shell.messages.said.connect(self.show_notice)
        shell.messages.cleared.connect(self.clear_notice)

    def _park_focus(self, screen: Screen) -> None:
        """Of a page that goes, on the header, which stays: Qt would seek the next stop for each part that it hides."""
        here = QApplication.focusWidget()
        if here is not None and (screen.isAncestorOf(here) or self.header.isAncestorOf(here)):
            self.header.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unpark_focus(self) -> None:
        """Once the new page is seen: what is not seen yet takes no keyboard."""
        if QApplication.focusWidget() is self.header and self.screen_shown is not None:
            self._take_focus(self.screen_shown)
        if QApplication.focusWidget() is self.header:
            self.focusNextPrevChild(True)

    def _rescue_focus(self, screen: Screen) -> None:
        """A page that is filled in later gets the keyboard that would be left on the places bar, or nowhere."""
        here = QApplication.focusWidget()
        if here is None or (self.places is not None and self.places.isAncestorOf(here)):
            self._take_focus(screen)

    def _take_focus(self, screen: Screen) -> None:
        target = screen.first_focus() or self.header.first_act()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
