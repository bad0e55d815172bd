"""The real window, unlocked on a store, without a display."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.compose import build_catalogue
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@contextmanager
def shown_window(desk: Desk) -> Iterator[MainWindow]:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - flows are measured without Qt

    from desktop.ui.app import application  # noqa: PLC0415
    from desktop.ui.window import MainWindow  # noqa: PLC0415

    application()
    window = MainWindow(Gate(desk.vault.folder.parent, build_catalogue, desk.now))
    window.resize(1366, 728)
    window.show()
    window._unlocked(desk)
    try:
        settle(window)
        yield window
    finally:
        window.frame = None
        window.indoors = None
        window.close()
        QApplication.processEvents()


def settle(window: MainWindow) -> None:
    """Until what was asked for is read, built, laid out and painted."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desktop.demo.walk.hand import pause  # noqa: PLC0415

    for _ in range(2):
        pause(30)
        window.store.drain()
        window.network.drain()
    pause(30)
    QApplication.processEvents()
