"""A value under, or beside, what it is called."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.theme import look


def named_value(name: str, value: str, width: int) -> QWidget:
    """`width` of the name, in px, so that values stand under each other; a narrow window has them below."""
    holder = QWidget()
    line = column(holder, gap=0) if look().narrow else row(holder, gap=8)
    called = label(name, "caption", "muted")
    if not look().narrow:
        called.setFixedWidth(look().px(width))
    line.addWidget(called, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(value), 1)
    return holder
