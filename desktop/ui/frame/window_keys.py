"""The keys that work everywhere: loaded once the door is seen, since before it there is nothing for them to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.frame import tab_order


def set_keys(window: QWidget, keys: Mapping[str, Callable[[], None]]) -> None:
    for key, act in keys.items():
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)


def to_next_pane(panes: Sequence[QWidget]) -> None:
    """From the part of the page that has the keyboard to the first stop of the next that has one."""
    open_ones = [pane for pane in panes if pane.isVisible() and _first_stop(pane)]
    here = QApplication.focusWidget()
    inside = [n for n, pane in enumerate(open_ones) if here is not None and pane.isAncestorOf(here)]
    target = _first_stop(open_ones[((inside[0] if inside else -1) + 1) % len(open_ones)]) if open_ones else None
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)


def to_next_stop(window: QWidget, groups: Sequence[QWidget], *, onward: bool) -> bool:
    """Tab, and Shift+Tab; False where Qt has to find the way, as from what was just hidden."""
    here = QApplication.focusWidget()
    if here is None or not here.isVisible():
        return False
    target = tab_order.step(tab_order.stops(window, groups), here, onward=onward)
    if target is None:
        return False
    target.setFocus(Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason)
    return True


def _first_stop(pane: QWidget) -> QWidget | None:
    stops = [w for w in pane.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    return next((stop for stop in stops if stop.isEnabled()), None)
