"""What the window asks of the rooms behind the door: loaded while a passphrase is typed, or by the first unlocking."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.flows.access import passphrase_and_recovery, preferences
from desktop.flows.council.sending import waiting_count
from desktop.flows.desk import Desk
from desktop.ui.background import Backgrounds
from desktop.ui.frame.bookmark import PutBack, bookmark
from desktop.ui.frame.courier import Courier
from desktop.ui.frame.frame import NARROW, Frame
from desktop.ui.frame.screen import Screen
from desktop.ui.frame.shell import Shell
from desktop.ui.frame.while_locked import TODAY, Bookmark, UnsavedWords, Where
from desktop.ui.messages import Messages
from desktop.ui.reminding.reminder import Reminder
from desktop.ui.theme import apply_look, look
from desktop.ui.today.page import TodayScreen


class Indoors:
    """Of one unlocking; the window lets go of it when it locks."""

    def __init__(self, desk: Desk, workers: Backgrounds, messages: Messages, unsaved: UnsavedWords) -> None:
        self.shell = Shell(desk, workers, messages, unsaved)
        self._reminder: Reminder | None = None

    def dress(self, application: QApplication) -> int:
        """As this person likes it; gives how many minutes nobody may be at the keys."""
        wanted = preferences.preferences(self.shell.desk)
        apply_look(application, wanted.theme, wanted.text_percent)
        return wanted.lock_minutes

    def frame(self, width: int) -> Frame:
        return Frame(self.shell, narrow=width < NARROW)

    def show(self, frame: Frame, where: Where) -> None:
        frame.show_screen(self._screen(where))

    def _screen(self, where: Where) -> Screen:
        """Today waits for no other page to be loaded."""
        if where == TODAY:
            return TodayScreen(self.shell)
        from desktop.ui.screens import screen_for  # noqa: PLC0415

        return screen_for(self.shell, where)

    def bookmark(self, frame: Frame | None, where: Where) -> Bookmark:
        shown = frame.screen_shown if frame is not None else None
        return bookmark(shown, where) if shown is not None else Bookmark()

    def put_back(self, frame: Frame | None, mark: Bookmark) -> None:
        """The keyboard to the box that had it, once the page has it."""
        if mark.box and frame is not None and frame.screen_shown is not None:
            PutBack(frame.screen_shown, mark)

    def courier(self) -> Courier:
        return Courier(self.shell)

    def waiting(self) -> int:
        """How much waits to be sent, from the store."""
        return waiting_count(self.shell.desk)

    def rest(self) -> None:
        """Whoever locks is told nothing more, and sends nothing more."""
        self.shell.sending.rest()
        if self._reminder is not None:
            self._reminder.rest()

    def look_after(self) -> None:
        """What the store noticed is said; the weekly backup, beside whatever a person does; what falls due, in time."""
        shell = self.shell
        self._reminder = Reminder(shell)
        self._reminder.look()
        for notice in passphrase_and_recovery.notices(shell.desk):
            shell.messages.problem(notice)
        shell.fetch(shell, lambda: passphrase_and_recovery.back_up_if_due(shell.desk), lambda _made: None)

    def resize_text(self, by: int) -> bool:
        """By so many per cent; nought is back to 100. Whether the page has to be drawn anew."""
        desk = self.shell.desk
        wanted = preferences.preferences(desk)
        preferences.keep(desk, wanted.with_text(wanted.text_percent + by if by else 100))
        return look().percent != preferences.preferences(desk).text_percent
