"""Windows: the messages a window gets when its session is locked, left or put to sleep."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.away.signals import Signals

POWER, SUSPEND, RESUMED_BY_HAND, RESUMED = 0x0218, 0x0004, 0x0007, 0x0012
SESSION_CHANGE, CONSOLE_LEFT, REMOTE_LEFT, SIGNED_OUT, LOCKED = 0x02B1, 2, 4, 6, 7
THIS_SESSION = 0
AWAY = {
    POWER: {SUSPEND, RESUMED_BY_HAND, RESUMED},
    SESSION_CHANGE: {CONSOLE_LEFT, REMOTE_LEFT, SIGNED_OUT, LOCKED},
}


class WindowsSignals(Signals):
    """Sleep is told to every window; a locked session only to those that asked."""

    def __init__(self) -> None:
        super().__init__()
        self._filter = MessageFilter(self.away.emit)

    def listen(self, window: QWidget) -> None:
        application = QApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(window.winId()), THIS_SESSION)


class MessageFilter(QAbstractNativeEventFilter):
    """Looks at each message of the system, and lets all of them pass."""

    def __init__(self, away: Callable[[], None]) -> None:
        super().__init__()
        self._away = away

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if QByteArray(kind).data() in {b"windows_generic_MSG", b"windows_dispatcher_MSG"}:
            found = wintypes.MSG.from_address(int(message))
            if found.wParam in AWAY.get(found.message, ()):
                self._away()
        return False, 0
