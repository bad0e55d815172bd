"""Somebody's words that were not taken in, each beside what the record says now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.flows.record.operation_in_words import Beside
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row, stacked
from desktop.ui.kit.basics.panels import Panel, PanelKind
from desktop.ui.resolve.texts import words
from desktop.ui.theme import look

NOT_HERE = "The record is not on this laptop, so what it says now cannot be shown beside this."


def beside_words(found: Sequence[Beside], *, written: str, name: str) -> QWidget:
    """`written` says whose words the left ones are."""
    parts: list[QWidget] = []
    if any(one.stands is None for one in found):
        parts.append(label(NOT_HERE, "caption", "muted", name=f"{name}/not-here"))
    parts += [_pair(one, written, f"{name}/{number}") for number, one in enumerate(found)]
    return stacked(*parts, gap=16)


def _pair(one: Beside, written: str, name: str) -> QWidget:
    """In columns while there is room, else one under the other."""
    holder = QWidget()
    sides = column(holder, gap=12) if look().narrow else row(holder, gap=12)
    sides.addWidget(_side(written, one.text, name, "voice" if one.child_words else "card"), 1)
    if one.stands is not None:
        sides.addWidget(_side("The record now", one.stands, f"{name}/now", "draft"), 1)
    return stacked(label(one.label, "section"), holder, gap=8)


def _side(title: str, text: str, name: str, kind: PanelKind) -> QWidget:
    panel, side = Panel(kind), look().room(16)
    box = column(panel, gap=6, margins=(side, look().room(12), side, look().room(12)))
    box.addWidget(label(title, "caption", "draft" if kind == "draft" else "muted"))
    shown = words(text, name)
    shown.setAccessibleDescription(title)
    box.addWidget(shown)
    box.addStretch(1)
    return panel
