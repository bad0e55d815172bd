"""A stand-in for systemd-logind on a bus of its own: `python -m tests.desktop.ui.logind ADDRESS`.

It says on standard output what it was asked, and sends the signals that standard input names.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVirtualObject

NAMES = ("org.freedesktop.login1", "org.gnome.ScreenSaver")
VALUES = {"true": True, "false": False}


class Logind(QDBusVirtualObject):
    """Gives out one end of a pipe, and hears at the other when everybody has let go of it."""

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        tell(" ".join([message.member(), *map(str, message.arguments())]))
        reading, writing = os.pipe()
        reply = message.createReply()
        reply.setArguments([QDBusUnixFileDescriptor(writing)])
        os.close(writing)
        connection.send(reply)
        self._pipe = QSocketNotifier(reading, QSocketNotifier.Type.Read)
        self._pipe.activated.connect(self._let_go)
        return True

    def _let_go(self) -> None:
        self._pipe.setEnabled(False)
        tell("released")


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(address: str) -> None:
    application = QCoreApplication([])
    bus = QDBusConnection.connectToBus(address, "logind")
    logind = Logind()
    bus.registerVirtualObject("/org/freedesktop/login1", logind)
    for name in NAMES:
        bus.registerService(name)

    def obey() -> None:
        lines = os.read(sys.stdin.fileno(), 65536).decode().splitlines()
        if not lines:
            application.quit()
        for words in map(str.split, lines):
            signal = QDBusMessage.createSignal(*words[:3])
            signal.setArguments([VALUES[word] for word in words[3:]])
            bus.send(signal)

    orders = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    orders.activated.connect(obey)
    tell("ready")
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
