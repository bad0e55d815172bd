"""A pad to sign on, by pen, finger or mouse; or a name typed instead."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, row
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.theme import look

HEIGHT = 84
SAID_MS = 200  # while the pen is down: a line that is drawn slowly is on the disk as it grows
Stroke = list[tuple[int, int]]


class InkPad(QWidget):
    """Paper stays white in every theme. Strokes are kept as points, so they can be drawn again at any size."""

    drawn = Signal()

    def __init__(self, *, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAccessibleDescription("Sign here with a pen, a finger or the mouse, or choose to type the name.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFixedHeight(look().room(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[Stroke] = []
        self._size = (0, 0)
        self._down = False
        self._drawing = QTimer(self, singleShot=True, interval=SAID_MS)
        self._drawing.timeout.connect(self.drawn)

    def sizeHint(self) -> QSize:
        return QSize(look().room(320), look().room(HEIGHT))

    def value(self) -> JSON:
        """None while nothing is drawn."""
        if not self._strokes:
            return None
        strokes: list[JSON] = [[[x, y] for x, y in stroke] for stroke in self._strokes]
        return {"strokes": strokes, "width": self._size[0], "height": self._size[1]}

    def put(self, value: JSON) -> None:
        self._strokes = []
        if isinstance(value, dict) and isinstance(value.get("strokes"), list):
            self._strokes = [[(int(x), int(y)) for x, y in stroke] for stroke in value["strokes"]]  # type: ignore
            self._size = (int(str(value.get("width", 0))), int(str(value.get("height", 0))))
        self.update()

    def clear(self) -> None:
        self._strokes = []
        self.update()
        self.drawn.emit()

    def lift(self) -> None:
        """Ends the line that is being drawn, as the page goes."""
        if self._down:
            self._down = False
            self._drawing.stop()
            self.drawn.emit()

    def event(self, event: QEvent) -> bool:
        """A finger draws as the mouse does; anything else goes its usual way."""
        kinds = {QEvent.Type.TouchBegin: 0, QEvent.Type.TouchUpdate: 1, QEvent.Type.TouchEnd: 2}
        if event.type() in kinds and isinstance(event, QTouchEvent) and event.points():
            self._draw(kinds[event.type()], event.points()[0].position())
            event.accept()
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        kinds = {QEvent.Type.TabletPress: 0, QEvent.Type.TabletMove: 1, QEvent.Type.TabletRelease: 2}
        self._draw(kinds.get(event.type(), 1), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._draw(0, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw(1, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._draw(2, event.position())

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(now.colour("paper"))
        bad = self.property("bad") is True
        painter.setPen(QPen(now.colour("error" if bad else "field"), 2 if bad else now.tokens.line))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(QPen(now.colour("paper_line"), 1))
        base = self.height() - now.room(18)
        painter.drawLine(20, base, self.width() - 20, base)
        self._paint_strokes(painter)

    def _paint_strokes(self, painter: QPainter) -> None:
        pen = QPen(look().colour("ink"), 2.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        scale = min(1.0, self.width() / max(self._size[0], 1)) if self._size[0] else 1.0
        for stroke in self._strokes:
            path = QPainterPath(QPointF(*stroke[0]) * scale)
            for point in stroke[1:]:
                path.lineTo(QPointF(*point) * scale)
            painter.drawPath(path)

    def _draw(self, phase: int, at: QPointF) -> None:
        if not self.isEnabled() or (phase and not self._down):
            return
        point = (round(min(max(at.x(), 0), self.width())), round(min(max(at.y(), 0), self.height())))
        if phase == 0:
            self._begin()
            self._strokes.append([point])
        elif self._strokes[-1][-1] != point:
            self._strokes[-1].append(point)
        self._down = True
        self.update()
        if phase == 2:
            self.lift()
        elif not self._drawing.isActive():
            self._drawing.start()

    def _begin(self) -> None:
        """A new drawing takes the size of the pad it is made on."""
        if not self._strokes:
            self._size = (self.width(), self.height())


class InkEditor(Editor):
    """The pad, or a box for a typed name: a signature must never need a steady hand. `beside` another: the links that
    a title leaves no room for stand below."""

    def __init__(
        self,
        question: Question,
        name: str,
        words: str,
        *,
        title: str = "",
        also: Link | None = None,
        beside: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._also, self._beside = title, also, beside
        self._caption = label("Type the name as it should stand on the record.", "caption", "muted")
        self.pad = InkPad(name=name, words=words)
        self.typed = line_box(f"{name}/typed", f"{words}: name, typed")
        self._clear = Link("Clear", name=f"{name}/clear", size="caption")
        self._switch = Link(self._other_way(typed=False), name=f"{name}/type", size="caption")
        self._clear.setAccessibleDescription(words)
        self._switch.setAccessibleDescription(words)
        self.setEnabled(not question.read_only)
        self._lay()
        self.pad.drawn.connect(self.edited)
        self.typed.textEdited.connect(lambda _text: self.edited.emit())
        self._clear.clicked.connect(self._cleared)
        self._switch.clicked.connect(lambda: self._show_typed(typed=self.typed.isHidden(), focus=True))

    def read(self) -> Read:
        if not self.typed.isHidden():
            name = self.typed.words()
            return Read({"typed": name} if name.strip() else None)
        return Read(self.pad.value())

    def put(self, value: JSON) -> None:
        typed = value.get("typed") if isinstance(value, dict) else None
        if isinstance(typed, str):
            self.typed.put(typed)
        if isinstance(typed, str) or value is not None:
            self._show_typed(typed=isinstance(typed, str), focus=False)
        if not isinstance(typed, str):
            self.pad.put(value)

    def target(self) -> QWidget:
        return self.pad if self.typed.isHidden() else self.typed

    def inputs(self) -> list[QWidget]:
        return [self.pad, self.typed]

    def _lay(self) -> None:
        box = column(self, gap=6)
        holder, others = QWidget(self), [link for link in (self._switch, self._also) if link is not None]
        links = row(holder, gap=12)
        links.addWidget(label(self._title, "strong"), 1)
        for link in (self._clear, *(() if self._beside else others)):
            links.addWidget(link)
        if self._title:
            box.addWidget(holder)
        else:
            self.head = holder
        box.addWidget(self.pad)
        box.addWidget(self._caption)
        box.addWidget(self.typed)
        if self._beside:
            below = QWidget()
            flow = Flow(below, gap=12)
            for link in others:
                flow.addWidget(link)
            box.addWidget(below)
            box.addStretch(1)
        self._show_typed(typed=False, focus=False)

    def _show_typed(self, *, typed: bool, focus: bool) -> None:
        self.pad.setVisible(not typed)
        self.typed.setVisible(typed)
        self._caption.setVisible(typed)
        self._switch.say(self._other_way(typed=typed))
        if focus:
            self.target().setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _other_way(self, *, typed: bool) -> str:
        if self._beside:
            return "Use the pad" if typed else "Type name"
        return "Sign on the pad instead" if typed else "Type name instead"

    def _cleared(self) -> None:
        self.typed.clear()
        self.pad.clear()
        self.edited.emit()
