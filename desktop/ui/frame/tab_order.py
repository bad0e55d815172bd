"""Where Tab goes: what the page asks, then how to go on, then what stands round it; made anew for each press.

Qt keeps one chain in the order in which widgets were made, so the boxes of a section opened later would come after
everything that was there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

BY_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)  # each holds TabFocus


def stops(window: QWidget, groups: Sequence[QWidget]) -> list[QWidget]:
    """Everything that Tab can reach, by group; what is in no group comes last, and within one Qt's chain counts."""
    placed: list[list[QWidget]] = [[] for _ in range(len(groups) + 1)]
    place = {id(group): number for number, group in enumerate(groups)}
    for widget in _chain(window):
        if _takes_tab(widget):
            placed[_group_of(widget, window, place)].append(widget)
    return [widget for group in placed for widget in group]


def step(found: Sequence[QWidget], here: QWidget | None, *, onward: bool) -> QWidget | None:
    """The stop after this one, or before it; None where Qt has to find the way."""
    if here is None or here not in found:
        return None
    return found[(found.index(here) + (1 if onward else -1)) % len(found)]


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = _after(window)
    while widget is not None and widget is not window:
        yield widget
        widget = _after(widget)


def _after(widget: QWidget) -> QWidget | None:
    """The next in Qt’s chain."""
    after = widget.nextInFocusChain()
    if after is not None:
        # PySide takes what a widget hands out for a child of it, and miscounts it once it has had two parents of which
        # one is gone: every page that was left would stay. The true parent is said again; Qt has nothing to do.
        after.setParent(after.parentWidget())
    return after


def _takes_tab(widget: QWidget) -> bool:
    """A widget with a proxy gives the keyboard away, so it is the proxy that is visited."""
    if not (widget.isVisible() and widget.isEnabled()):  # the cheapest first: most of the window is neither
        return False
    return widget.focusPolicy() in BY_TAB and widget.focusProxy() is None


def _group_of(widget: QWidget, window: QWidget, place: dict[int, int]) -> int:
    above: QWidget | None = widget
    while above is not None and above is not window:
        if id(above) in place:
            return place[id(above)]
        above = above.parentWidget()
    return len(place)
