"""A word outside the window, for whoever has another one before them: the desktop's own notification, no tray."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

NOTIFICATIONS, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
STAYS_MS = 10_000


def tell_outside(title: str, text: str) -> None:
    """Names nobody. Where Homeward is before them the page has said it; a desktop that shows nothing is left alone."""
    if QApplication.activeWindow() is not None:
        return
    for window in QApplication.topLevelWidgets():
        if window.isWindow() and window.isVisible():
            QApplication.alert(window)
    if sys.platform == "linux":
        _over_the_bus(title, text)


def _over_the_bus(title: str, text: str) -> None:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415 - only where there is a bus

    bus = QDBusConnection.sessionBus()
    if bus.isConnected():
        call = QDBusMessage.createMethodCall(NOTIFICATIONS, PATH, NOTIFICATIONS, "Notify")
        call.setArguments(["Homeward", 0, "homeward", title, text, [], {}, STAYS_MS])
        bus.asyncCall(call)
