"""Controls whose words wrap: as tall as the words need at the width they have, and no taller."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def height_now(widget: QWidget, before: int) -> int:
    """The height for the present width; asks for a new layout when it changed.

    Called at each resize. A layout gives a widget of fixed height only its hint, so the hint has to follow.
    """
    tall = widget.heightForWidth(widget.width())
    if tall != before:
        widget.updateGeometry()
    return tall
