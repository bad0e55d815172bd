"""One picture on the table: turn, crop and hide names, by mouse or keys, undone step by step until it is kept."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.flows.record.samples import Edit, Kept, Sheet
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.height_for_width import Drawing
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.fields.picture_work import Pictures, Place
from desktop.ui.theme import look

STEP = 0.02  # of the picture, for one press of an arrow
START = QRectF(0.3, 0.42, 0.4, 0.16)
LEAST = 0.01
TALLEST = 420
MOVES = {
    Qt.Key.Key_Left: QPointF(-STEP, 0),
    Qt.Key.Key_Right: QPointF(STEP, 0),
    Qt.Key.Key_Up: QPointF(0, -STEP),
    Qt.Key.Key_Down: QPointF(0, STEP),
}
SAYS = {
    "": "Nothing is kept until you choose Keep this picture.",
    "hide": "Drag over a name to hide it, or move the box with the arrow keys, size it with Shift and an arrow, and "
    "press Enter. It is replaced for good when you keep the picture.",
    "crop": "Drag over what to keep, or move the box with the arrow keys, size it with Shift and an arrow. Then press "
    "Enter.",
}


class Surface(Drawing):
    """The picture, and the box a person draws on it. Boxes are parts of the picture, whatever its size on screen."""

    drawn = Signal(object)  # a QRectF in parts of the picture
    undone = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._box: QRectF | None = None
        self._from: QPointF | None = None
        self.mode = ""
        self.setObjectName(name)
        self.setAccessibleName("The picture")

    def show_picture(self, picture: bytes) -> None:
        self._pixmap.loadFromData(QByteArray(picture))
        self.updateGeometry()
        self.update()

    def set_mode(self, mode: str) -> None:
        """Hide and crop begin with a box in the middle, so that the keys have something to move."""
        self.mode = mode
        self._box = QRectF(START) if mode else None
        self.setAccessibleDescription(SAYS[mode])
        self.setCursor(Qt.CursorShape.CrossCursor if mode else Qt.CursorShape.ArrowCursor)
        self.update()
        if mode:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def heightForWidth(self, width: int) -> int:
        if self._pixmap.isNull():
            return look().px(200)
        size = self._pixmap.size().scaled(width, look().px(TALLEST), Qt.AspectRatioMode.KeepAspectRatio)
        return max(size.height(), look().px(120))

    def sizeHint(self) -> QSize:
        return QSize(look().px(360), self.heightForWidth(max(self.width(), look().px(360))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, frame = QPainter(self), self._frame()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look().colour("sunk"))
        if not self._pixmap.isNull():
            painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))
        if self._box is not None:
            self._draw_box(painter, self._on_screen(self._box))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.mode and event.button() == Qt.MouseButton.LeftButton:
            self._from = self._part(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._box = QRectF(self._from, self._part(event.position())).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A name is hidden as the finger lifts; a crop waits for Enter or its button, since it takes more away."""
        if self._from is None:
            return
        box = QRectF(self._from, self._part(event.position())).normalized()
        self._from = None
        if self.mode == "hide" and box.width() > LEAST and box.height() > LEAST:
            self.drawn.emit(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        move = MOVES.get(key)
        if move is not None and self._box is not None:
            self._move(move, size=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._box is not None and not event.modifiers():
            self.apply()
        elif key == Qt.Key.Key_Escape and self.mode:
            self.set_mode("")
        elif key == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.undone.emit()
        else:
            super().keyPressEvent(event)

    def apply(self) -> None:
        """Hides or crops at the box."""
        if self._box is not None:
            self.drawn.emit(QRectF(self._box))

    def _move(self, by: QPointF, *, size: bool) -> None:
        box = QRectF(self._box or START)
        if size:
            box.setWidth(min(max(box.width() + by.x(), LEAST), 1 - box.left()))
            box.setHeight(min(max(box.height() + by.y(), LEAST), 1 - box.top()))
        else:
            box.moveLeft(min(max(box.left() + by.x(), 0), 1 - box.width()))
            box.moveTop(min(max(box.top() + by.y(), 0), 1 - box.height()))
        self._box = box
        across, down = round(box.left() * 100), round(box.top() * 100)
        wide, tall = round(box.width() * 100), round(box.height() * 100)
        announce(self, f"Box {across} per cent across, {down} down, {wide} wide, {tall} tall")
        self.update()

    def _frame(self) -> QRectF:
        """Where the picture is, in the middle of what there is room for."""
        if self._pixmap.isNull():
            return QRectF(self.rect())
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _part(self, at: QPointF) -> QPointF:
        frame = self._frame()
        x, y = (at.x() - frame.left()) / frame.width(), (at.y() - frame.top()) / frame.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def _on_screen(self, box: QRectF) -> QRectF:
        frame = self._frame()
        return QRectF(
            frame.left() + box.left() * frame.width(),
            frame.top() + box.top() * frame.height(),
            box.width() * frame.width(),
            box.height() * frame.height(),
        )

    def _draw_box(self, painter: QPainter, box: QRectF) -> None:
        """Dark and light dashes with square corners: seen on any picture."""
        for colour, dashes in ((look().colour("paper"), None), (look().colour("ink"), [4.0, 3.0])):
            pen = QPen(colour, 2)
            if dashes:
                pen.setDashPattern(dashes)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
        for corner in (box.topLeft(), box.bottomRight()):
            painter.setPen(QPen(look().colour("ink"), 1.5))
            painter.setBrush(look().colour("paper"))
            painter.drawRect(QRectF(corner - QPointF(5, 5), corner + QPointF(5, 5)))


class Retouch(Card):
    """`kept` gives what the row holds from now on, and whether a name was hidden; `left` that it was put away."""

    kept = Signal(object, bool)
    left = Signal()

    def __init__(self, pictures: Pictures, sheet: Sheet, *, name: str, place: Place) -> None:
        super().__init__()
        self._pictures, self.sheet, self._place = pictures, sheet, place
        self.edits: list[Edit] = []
        self._name = name
        self.surface = Surface(f"{name}/picture")
        self.surface.drawn.connect(self._drawn)
        self.surface.undone.connect(self.undo)
        self._says = label(SAYS[""], "caption", "ready", name=f"{name}/says")
        self._hide = self._tool("Hide names", "hide", "eye-off", lambda: self._mode("hide"))
        self._crop = self._tool("Crop", "crop", "crop", lambda: self._mode("crop"))
        self._apply = self._tool("Do it here", "apply", "check", self.surface.apply)
        self._undo = self._tool("Undo", "undo", "undo-2", self.undo)
        self.add(self.surface, line=False)
        self.add(self._tools(), line=False)
        self._redraw()

    def begin(self) -> None:
        """Into sight, with the keyboard on its first tool."""
        self._hide.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._hide, SAYS[""])

    def undo(self) -> None:
        """The last step, as often as wanted: nothing is kept yet."""
        if self.edits:
            self.edits.pop()
            self._redraw()

    def _tools(self) -> QWidget:
        holder = QWidget()
        side = look().room(12)
        box = column(holder, gap=look().room(8), margins=(side, look().room(8), side, side))
        box.addWidget(self._says)
        line = QWidget()
        flow = Flow(line, gap=8)
        keep = self._tool("Keep this picture", "keep", "check", self._keep)
        turn = self._tool("Turn", "turn", "rotate-cw", lambda: self._edit(Edit("turn")))
        words = "Leave it as it was" if self._place.instead_of else "Leave it out"
        leave = self._tool(words, "leave", "x", self.left.emit, kind="quiet")
        for button in (self._hide, turn, self._crop, self._apply, self._undo, keep, leave):
            flow.addWidget(button)
        for toggle in (self._hide, self._crop):
            toggle.setCheckable(True)
        self._apply.hide()
        box.addWidget(line)
        return holder

    def _tool(self, words: str, part: str, icon: str, deed: object, kind: str = "plain") -> Button:
        button = Button(words, name=f"{self._name}/{part}", icon=icon, small=True, kind=kind)
        button.clicked.connect(deed)
        return button

    def _mode(self, mode: str) -> None:
        now = "" if self.surface.mode == mode else mode
        self.surface.set_mode(now)
        self._show_mode()

    def _show_mode(self) -> None:
        mode = self.surface.mode
        self._hide.setChecked(mode == "hide")
        self._crop.setChecked(mode == "crop")
        self._apply.setVisible(bool(mode))
        self._apply.say("Crop to the box" if mode == "crop" else "Hide what is in the box")
        self._says.setText(SAYS[mode])

    def _drawn(self, box: QRectF) -> None:
        self._edit(Edit(self.surface.mode, (box.left(), box.top(), box.right(), box.bottom())))

    def _edit(self, edit: Edit) -> None:
        """After a crop the box has done its work; hiding goes on to the next name."""
        self.edits.append(edit)
        if edit.kind != "hide":
            self.surface.set_mode("")
        self._redraw()

    def _redraw(self) -> None:
        self._show_mode()
        self._undo.setEnabled(bool(self.edits))
        self._pictures.preview(self, self.sheet, tuple(self.edits), self.surface.show_picture)

    def _keep(self) -> None:
        self.setEnabled(False)
        self._pictures.keep(self, self.sheet, tuple(self.edits), self._place, self._is_kept)

    def _is_kept(self, kept: Kept) -> None:
        if kept.already_sent:
            text = "The one before is taken off this laptop. Tell your administrator if the copy there must go as well."
            self._pictures.say("The picture before this change had gone to the council.", text)
        self.kept.emit(kept.file, any(edit.kind == "hide" for edit in self.edits))
