"""Starting the window: face, style and sheet before any widget, and the one place that catches everything."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from PySide6.QtWidgets import QApplication

from casework.errors import KnownError
from desktop.flows.access.unlocking import Gate
from desktop.ui.away.here import signals_here
from desktop.ui.collecting import Collector
from desktop.ui.frame.window_place import keep_place, show_in_place
from desktop.ui.theme import apply_look, load_first_fonts, load_fonts
from desktop.ui.window import MainWindow

OUR_FAULT = "Something in Homeward went wrong. What was saved is safe. If it happens again, tell your administrator."
STYLE = "Fusion"


def application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, dressed before any widget exists, with every face."""
    app = at_the_door(arguments)
    load_fonts()
    return app


def at_the_door(arguments: list[str] | None = None) -> QApplication:
    """The same with the faces of the door: the window registers the others once it is seen, or before it needs them."""
    app = _in_our_style(arguments or ["homeward"])
    if app.property("collector") is None:  # looking for it as a child costs PySide a look through all there is
        app.setProperty("collector", Collector(app))
    app.setApplicationName("Homeward")
    app.setApplicationDisplayName("Homeward")
    load_first_fonts()
    apply_look(app, "light", 100)
    return app


def _in_our_style(arguments: list[str]) -> QApplication:
    """By the line where it is made here: asked for later, PySide makes every name that a style knows."""
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        return QApplication([*arguments, "-style", STYLE])
    found.setStyle(STYLE)
    return found


def build_window(gate: Gate) -> MainWindow:
    """The window, not yet shown. Needs an application first."""
    return MainWindow(gate, signals_here)


def run(gate: Gate, arguments: list[str] | None = None) -> int:
    """Until the window is closed."""
    app = at_the_door(arguments)
    window = build_window(gate)
    catch_all(window)
    show_in_place(window, gate.home)
    app.aboutToQuit.connect(lambda: keep_place(window, gate.home))
    return app.exec()


def catch_all(window: MainWindow) -> None:
    """The top: a known error is a sentence on the page; ours is too, and its trace goes to standard error only."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KnownError):
            window.messages.problem(str(error))
            return
        sys.stderr.write(f"Homeward met a fault of its own ({kind.__name__}).\n")
        for frame in traceback.extract_tb(trace)[-5:]:  # no values: they may be a child's words
            sys.stderr.write(f"  {frame.name}, {frame.filename.rsplit('/', 1)[-1]} line {frame.lineno}\n")
        window.messages.problem(OUR_FAULT)

    sys.excepthook = caught
