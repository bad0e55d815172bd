"""Missing now: each child with the hours in large numerals, what is known, every step, and the one that is due next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from casework.dates_in_words import counted
from casework.practice.notices.first_steps import StepState
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_now import COUNCIL, NOTICE_STANDS, MissingNow, ToldStep, police_words, since_words
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.several_lines import LineOfWords, Lines, NamedValues
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Tag, TagKind, label
from desktop.ui.kit.basics.layout import Tiles, column, row, stacked
from desktop.ui.kit.basics.panels import EDGE, Card, padded
from desktop.ui.theme import Colour, draw_icon, look

FEW = 3
WHO, ACT, NAME, STEP, ICON = 240, 236, 116, 158, 16
# ground, words, icon
LOOKS: Mapping[StepState, tuple[Colour, Colour, str]] = {
    StepState.DONE: ("sunk", "text", "check"),
    StepState.UNREAD: ("waiting_bg", "waiting", "send"),
    StepState.LATE: ("over_bg", "over", "clock-alert"),
    StepState.DUE: ("soon_bg", "soon", "timer"),
    StepState.AHEAD: ("surface", "muted", "circle"),
    StepState.NOT_HELD: ("surface", "muted", "circle-question-mark"),
}
TAGS: Mapping[StepState, TagKind] = {StepState.LATE: "over", StepState.DUE: "soon"}
AWAY_FROM_HOME = (("Council", COUNCIL), ("Harbouring", NOTICE_STANDS))
Open = Callable[[Matter], None]
Go = Callable[[str], None]


class MissingCard(Card):
    """`first` is the page's filled button, where somebody has a step to take now."""

    def __init__(self, found: Sequence[MissingNow], now: datetime, open_step: Open, go_to_child: Go) -> None:
        count = f"{counted(len(found), 'child', 'children')}, longest first. Hours run from when last seen."
        aside = label(count if found else "", "caption", "muted", wrap=False)
        super().__init__("Missing now", icon="search", aside=None if look().narrow else aside)
        self._open_step, self._go_to_child, self._now = open_step, go_to_child, now
        self.first: Button | None = None
        if not found:
            quiet = label("No child on this laptop is recorded as missing.", "body", "muted")
            self.add(padded(quiet, (look().room(16), look().room(10), look().room(16), look().room(10))))
        else:
            makers = [partial(self._row, missing) for missing in found]
            self.add(FewAtATime(makers, first=FEW, name="today/missing/all", about="Missing now"))

    def _row(self, missing: MissingNow) -> QWidget:
        act = self._act(missing)
        chosen = act is not None and act is self.first
        steps = [_steps(missing.steps)]
        if missing.told_line:
            steps.append(label(missing.told_line, "caption", "muted"))
        return MissingRow(self._top(missing, act), stacked(*steps, gap=6), chosen=chosen)

    def _top(self, missing: MissingNow, act: Button | None) -> QWidget:
        holder = QWidget()
        line = column(holder, gap=10) if look().narrow else row(holder, gap=20)
        who, next_step = self._who(missing), self._next(missing, act)
        if not look().narrow:
            who.setFixedWidth(look().px(WHO))
            next_step.setFixedWidth(look().px(ACT))
        line.addWidget(who, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_facts(missing), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(next_step, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _who(self, missing: MissingNow) -> QWidget:
        name = Link(missing.child.name_and_age, name=f"today/missing/{missing.child.child_id}", size="strong")
        name.clicked.connect(lambda: self._go_to_child(missing.child.child_id))
        since = LineOfWords(since_words(missing, self._now), "caption")
        said = Lines(
            LineOfWords(missing.how_long, "page"), since, LineOfWords(missing.status, "caption", "muted"), gap=1
        )
        return stacked(name, said, gap=1)

    def _act(self, missing: MissingNow) -> Button | None:
        step = missing.next
        if step is None:
            return None
        now = missing.next_state in TAGS
        kind = "primary" if now and self.first is None else "plain"
        act = Button(step.act, name=f"today/missing/step/{missing.child.child_id}", kind=kind, small=True)
        act.setAccessibleDescription(f"{missing.child.name}. {step.title}, {step.line}")
        act.clicked.connect(lambda: self._open_step(step))
        if kind == "primary":
            self.first = act
        return act

    def _next(self, missing: MissingNow, act: Button | None) -> QWidget:
        if missing.next is None or act is None:
            return label("Every step is done", "strong")
        kind = TAGS.get(missing.next_state)
        by = Tag(kind, missing.next_by) if kind else label(missing.next_by, "caption", "muted")
        return stacked(by, label(missing.next.title, "strong"), act, gap=6)


class MissingRow(QWidget):
    """The one with the filled button has a tint and a thick edge."""

    def __init__(self, top: QWidget, steps: QWidget, *, chosen: bool) -> None:
        super().__init__()
        self._chosen = chosen
        side = look().room(16)
        lines = column(self, gap=10, margins=(side, look().room(12), side, look().room(12)))
        lines.addWidget(top)
        lines.addWidget(steps)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            painter.fillRect(self.rect(), look().colour("select"))
            painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))


class StepTile(Lines):
    """One step: what it is called and where it stands, in words and an icon, never by colour alone."""

    def __init__(self, step: ToldStep) -> None:
        self._ground, self._words, self._icon = LOOKS[step.state]
        side, top = look().room(8), look().room(5)
        said = LineOfWords(step.name, "caption_strong", self._words), LineOfWords(step.line, "caption", self._words)
        super().__init__(*said, margins=(side + look().px(ICON) + 6, top, side, top))
        self.setObjectName(f"step/{step.kind}/{step.state}")

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_ground(QPainter(self))
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look().colour(self._ground))
        edge: Colour = "hair" if self._ground == "surface" else self._ground
        painter.setPen(QPen(look().colour(edge), look().tokens.line))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        side = look().px(ICON)
        where = self.mirrored(QRect(look().room(8), look().room(5), side, side))
        draw_icon(painter, self._icon, QRectF(where), look().colour(self._words))


def _facts(missing: MissingNow) -> QWidget:
    """Two a line where they are short: eight lines would push the next child off the page."""
    known = dict(missing.lines)
    pairs = [
        ("Last seen", known["Last seen"]),
        ("Police", police_words(missing)),
        ("Exploitation", f"Sexual (CSE): {known['CSE']}. Criminal (CCE): {known['CCE']}"),
        ("Worker", known["Worker"]),
        ("Plan", known["Plan"]),
        *((short, known[name]) for short, name in AWAY_FROM_HOME if name in known),
    ]
    return NamedValues(pairs, NAME, gap=3)


def _steps(steps: Sequence[ToldStep]) -> QWidget:
    holder = QWidget()
    tiles = Tiles(holder, gap=8, least=look().px(STEP))
    for step in steps:
        tiles.addWidget(StepTile(step))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
