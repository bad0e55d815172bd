"""One child in a list: photograph or initials, who and how they are, and what is due first."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.child.child_lines import ChildLine
from desktop.ui.frame.clock_words import hours_words, is_soon
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.initials import letters
from desktop.ui.kit.basics.labels import Tag
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.scaled_picture import draw_fitted
from desktop.ui.theme import look

WIDE, TALL = 40, 48
INTERVIEW_DUE = "Return home interview due"


class SmallPortrait(QWidget):
    """Silent, as the name stands beside it. Initials stand there until the picture has been read."""

    def __init__(self, shell: Shell, line: ChildLine) -> None:
        super().__init__()
        self._letters, self._pixmap = letters(line.child.name), QPixmap()
        self.setFixedSize(look().px(WIDE), look().px(TALL))
        if line.photo:
            attachments, sha256 = shell.desk.vault.attachments, line.photo
            shell.run(self, lambda: attachments.thumbnail(sha256), self._show, _stay)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, frame = QPainter(self), QRectF(self.rect())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame, 4, 4)
        painter.fillPath(path, look().colour("primary_soft"))
        if self._pixmap.isNull():
            painter.setPen(look().colour("primary"))
            painter.setFont(look().font("caption_strong"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)
            return
        painter.setClipPath(path)
        draw_fitted(painter, frame, self._pixmap, Qt.AspectRatioMode.KeepAspectRatioByExpanding)

    def _show(self, picture: bytes | None) -> None:
        if picture is not None:
            self._pixmap.loadFromData(QByteArray(picture))
            self.update()


class ChildRow(LineButton):
    """Opens the child's page."""

    def __init__(self, shell: Shell, line: ChildLine, *, name: str) -> None:
        tag = None if look().narrow else _tag(line)
        shown, said = (_joined(line.line, due) for due in (due_said(line, tagged=tag is not None), due_said(line)))
        super().__init__(line.name, shown, name=name, tag=tag, before=SmallPortrait(shell, line))
        self.setAccessibleName(_joined(line.name, said))
        child_id = line.child.child_id
        self.clicked.connect(lambda: shell.go("child", child_id))


def due_said(line: ChildLine, *, tagged: bool = False) -> str:
    """What is due first, in words; `tagged` without how soon, which the tag says."""
    if line.away:
        return "" if tagged else line.away
    if line.clocks:
        return INTERVIEW_DUE if tagged else f"{INTERVIEW_DUE}, {hours_words(line.clocks.h72)}"
    if line.matter is None or not line.over:
        return ""
    return line.matter.title if tagged else f"{line.matter.title}, {line.over}"


def _joined(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _tag(line: ChildLine) -> Tag | None:
    if line.away:
        return Tag("over", line.away)
    if line.clocks and line.clocks.h72.left is not None:
        h72 = line.clocks.h72
        return Tag("over" if h72.overdue else "soon" if is_soon(h72) else "ready", hours_words(h72), "timer")
    return Tag("over", line.over) if line.over else None


def _stay(_error: KnownError) -> None:
    """A picture that cannot be read is none: the child’s page says why."""
