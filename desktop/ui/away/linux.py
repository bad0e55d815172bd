"""Linux: sleep and locked sessions from systemd-logind, locked screens from the desktop's screen saver, by D-Bus."""

from __future__ import annotations

import os

from PySide6.QtCore import SLOT, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QWidget

from desktop.ui.away.signals import Signals

LOGIND = "org.freedesktop.login1"
LOGIND_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
# Pressing the lock key reaches logind on some desktops only; each of these says when its own lock screen is up.
SCREEN_SAVERS = tuple(f"org.{maker}.ScreenSaver" for maker in ("freedesktop", "gnome", "cinnamon", "mate", "xfce"))
WHY = "Locking the records on this laptop"


def buses() -> tuple[QDBusConnection, QDBusConnection]:
    """Of the system and of this person's session; either may be missing."""
    return QDBusConnection.systemBus(), QDBusConnection.sessionBus()


class LinuxSignals(Signals):
    """Any session's lock counts: locking once too often costs a passphrase, once too seldom a child's address."""

    def __init__(self, system: QDBusConnection, session: QDBusConnection) -> None:
        super().__init__()
        self._system, self._session = system, session
        self._wanted = False
        self._held: int | None = None
        self._asking: QDBusPendingCallWatcher | None = None

    def listen(self, _window: QWidget) -> None:
        if self._system.isConnected():
            self._hear(self._system, LOGIND, MANAGER, "PrepareForSleep", SLOT("_sleeping(bool)"))
            self._hear(self._system, LOGIND, SESSION, "Lock", SLOT("_locked()"))
        if self._session.isConnected():
            for saver in SCREEN_SAVERS:
                self._hear(self._session, saver, saver, "ActiveChanged", SLOT("_screen_saver(bool)"))

    def hold(self) -> None:
        """logind's “delay”: it waits a few seconds for whoever holds its descriptor, and never longer."""
        self._wanted = True
        if self._held is not None or self._asking is not None or not self._system.isConnected():
            return
        call = QDBusMessage.createMethodCall(LOGIND, LOGIND_PATH, MANAGER, "Inhibit")
        call.setArguments(["sleep", "Homeward", WHY, "delay"])
        self._asking = QDBusPendingCallWatcher(self._system.asyncCall(call), self)
        self._asking.finished.connect(self._answered)

    def let_go(self) -> None:
        self._wanted = False
        if self._held is not None:
            os.close(self._held)
            self._held = None
            self.holding.emit(False)

    def _answered(self, watcher: QDBusPendingCallWatcher) -> None:
        """Without logind there is an error instead of a descriptor, and nothing that could wait."""
        self._asking = None
        given = next(iter(watcher.reply().arguments()), None)
        if isinstance(given, QDBusUnixFileDescriptor) and given.isValid():
            self._held = os.dup(given.fileDescriptor())
            self.holding.emit(True)
        watcher.deleteLater()
        if not self._wanted:
            self.let_go()

    def _hear(self, bus: QDBusConnection, service: str, interface: str, name: str, slot: object) -> None:
        """From any path: a session's own is not known beforehand."""
        bus.connect(service, "", interface, name, self, slot)  # type: ignore[call-overload]  # the stub wants bytes

    @Slot(bool)
    def _sleeping(self, _begins: bool) -> None:
        """Also on waking, in case that going to sleep was too quick to be heard."""
        self.away.emit()

    @Slot()
    def _locked(self) -> None:
        self.away.emit()

    @Slot(bool)
    def _screen_saver(self, is_up: bool) -> None:
        if is_up:
            self.away.emit()
