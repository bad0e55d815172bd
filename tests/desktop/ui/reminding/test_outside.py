"""What is said outside the window, as another process hears it on a bus of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

TITLE = "A visit begins at 15:15"


@pytest.fixture
def session() -> Iterator[str]:
    """A bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert bus.stdout is not None
    yield bus.stdout.readline().strip()
    bus.terminate()
    bus.wait(10)
    bus.stdout.close()


def test_a_desktop_shows_it_without_a_name(session: str) -> None:
    """By another process's hands, as a desktop's own service takes it."""
    heard: list[list[object]] = []
    ready, done = threading.Event(), threading.Event()
    listener = threading.Thread(target=lambda: asyncio.run(_desktop(session, heard, ready, done)))
    listener.start()
    assert ready.wait(30)
    said = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from desktop.ui.reminding.outside import tell_outside\n"
        f"tell_outside({TITLE!r}, 'Today says which.')\n"
        "from PySide6.QtCore import QTimer\n"
        "QTimer.singleShot(1500, app.quit)\n"
        "app.exec()\n"
    )
    known = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": session, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", said], env=known, check=True, timeout=120)
    done.set()
    listener.join(60)

    assert [found[3:5] for found in heard] == [[TITLE, "Today says which."]]


async def _desktop(where: str, heard: list[list[object]], ready: threading.Event, done: threading.Event) -> None:
    bus = await MessageBus(bus_address=where, bus_type=BusType.SESSION).connect()

    def take(message: Message) -> Message | None:
        if message.message_type is MessageType.METHOD_CALL and message.member == "Notify":
            heard.append(list(message.body))
            return Message.new_method_return(message, "u", [1])
        return None

    bus.add_message_handler(take)
    await bus.request_name("org.freedesktop.Notifications")
    ready.set()
    while not done.is_set():
        await asyncio.sleep(0.05)
    bus.disconnect()
