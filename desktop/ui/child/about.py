"""About the child: the photograph and its age, how best to talk, and each fact over its source."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from desktop.flows.child.child_page import ChildPage
from desktop.flows.child.facts import Fact
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.scaled_picture import draw_fitted, draw_outline
from desktop.ui.theme import look

NAME = 80
PHOTO = QSize(88, 104)


def about_card(found: ChildPage, aside: QWidget) -> Card:
    card = Card(f"About {found.child.first_name}", aside=aside)
    card.add(_top(found), line=False)
    for fact in found.facts:
        card.add(_fact(fact))
    card.box.addStretch(1)
    return card


class Portrait(QLabel):
    """The photograph, cut to its frame; an outline where there is none."""

    def __init__(self, picture: bytes | None, words: str, size: QSize = PHOTO) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        if picture is not None:
            self._pixmap.loadFromData(QByteArray(picture))
        self.setAccessibleName(words)
        self.setFixedSize(look().px(size.width()), look().px(size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, frame = QPainter(self), QRectF(self.rect())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame, 6, 6)
        painter.fillPath(path, look().colour("sunk"))
        if self._pixmap.isNull():
            draw_outline(painter, frame, "user-round", 40)
            return
        painter.setClipPath(path)
        draw_fitted(painter, frame, self._pixmap, Qt.AspectRatioMode.KeepAspectRatioByExpanding)


def _top(found: ChildPage) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    line = row(holder, gap=16, margins=(side, 0, side, look().room(12)))
    picture = found.photo.picture if found.photo else None
    portrait = Portrait(picture, f"Photograph of {found.child.first_name}" if picture else "No photograph yet")
    line.addWidget(portrait, 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=6)
    for part in _age(found):
        words.addWidget(part)
    if found.best_way:
        words.addWidget(label("Best way to talk:", "caption_strong"))
        words.addWidget(label(found.best_way, "caption"))
    words.addStretch(1)
    line.addLayout(words, 1)
    return holder


def _age(found: ChildPage) -> list[QWidget]:
    photo = found.photo
    if photo is None:
        none = (
            "No photograph yet. Add one in the Find Me Plan." if found.plans_held else "No photograph on this laptop."
        )
        return [label(none, "caption", "muted")]
    old: list[QWidget] = [Tag("soon", photo.old, "camera")] if photo.old else []
    gone: list[QWidget] = [] if photo.picture else [label("It is not on this laptop yet.", "caption", "muted")]
    return [*old, label(photo.taken, "caption", "muted"), *gone]


def _fact(fact: Fact) -> QWidget:
    """The value, and beneath it where it comes from."""
    holder = QWidget()
    side, gap = look().room(16), look().room(7)
    margins = (side, gap, side, gap)
    line = column(holder, gap=1, margins=margins) if look().narrow else row(holder, gap=12, margins=margins)
    name = label(fact.name, "caption", "muted")
    if not look().narrow:
        name.setFixedWidth(look().px(NAME))
    line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=0)
    words.addWidget(label(fact.value))
    if fact.source:
        words.addWidget(label(fact.source, "caption", "muted"))
    line.addLayout(words, 1)
    return holder
