"""Beside a decision: what was decided already, and what came together without anybody being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted, day_and_time
from desktop.flows.decisions import conflicts
from desktop.flows.decisions.conflicts import Decision
from desktop.flows.decisions.history import Decided, decided, merged
from desktop.flows.desk import Desk
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import row, stacked
from desktop.ui.kit.basics.panels import Card, Panel
from desktop.ui.theme import look

MOST = 6  # of each kind; the history of the record has them all


@dataclass(frozen=True, slots=True)
class Around:
    """What a page shows about one decision besides its texts."""

    words: str
    decided: tuple[Decided, ...]
    merged: tuple[str, ...]


def around(desk: Desk, found: Decision) -> Around:
    kept = conflicts.words_kept(desk, found.record_id, found.path)
    return Around(kept, decided(desk, found.record_id), () if found.signed else merged(desk, found))


def decided_card(found: Sequence[Decided]) -> QWidget:
    lines = [_decided(number, one) for number, one in enumerate(found[:MOST])]
    if len(found) > MOST:
        lines.append(label(f"And {len(found) - MOST} more, in the record’s history.", "caption", "muted"))
    return _card("Decided", lines, gap=12)


def merged_card(labels: Sequence[str]) -> QWidget:
    text = "Only one of you changed each, so every change is in." if len(labels) > 1 else "Only one of you changed it."
    lines: list[QWidget] = [label(text, "caption", "muted", name="resolve/merged")]
    lines += [label(one, "caption") for one in labels[:MOST]]
    if len(labels) > MOST:
        lines.append(label(f"And {len(labels) - MOST} more.", "caption", "muted"))
    return _card(counted(len(labels), "other answer"), lines, gap=4)


def calm() -> QWidget:
    panel = Panel("draft")
    line = row(panel, gap=12, margins=(16, 12, 16, 12))
    line.addWidget(Icon("send", "draft"), 0, Qt.AlignmentFlag.AlignTop)
    text = "Other records send when connected, as usual."
    line.addWidget(stacked(label("Nothing is held up", "strong", "draft"), label(text, "caption", "draft"), gap=2), 1)
    return panel


def _card(title: str, lines: Sequence[QWidget], *, gap: int) -> QWidget:
    card, side = Card(title), look().room(16)
    card.add(stacked(*lines, gap=gap, margins=(side, look().room(12), side, look().room(12))))
    return card


def _decided(number: int, one: Decided) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=8)
    line.addWidget(Icon("check", "text", 16), 0, Qt.AlignmentFlag.AlignTop)
    who = f"{one.said.who} {one.kept}, {day_and_time(one.said.at)}."
    lines = [label(one.label, "strong"), label(who, "caption", "muted", name=f"resolve/decided/{number}")]
    if one.reason:
        lines.append(label(f"Why: {one.reason}", "caption", "muted"))
    line.addWidget(stacked(*lines, gap=2), 1)
    return holder
