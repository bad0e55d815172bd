"""The inbox on Today: what was sent to you, what you have not opened first, and one act a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import clock_time, local, near_day
from desktop.flows.notices.inbox import InboxTop, Notice, NoticeState
from desktop.ui.frame.several_lines import LineOfWords, Lines
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

Go = Callable[[str], None]
ACTS = {NoticeState.UNREAD: "Open", NoticeState.OPENED: "Acknowledge", NoticeState.ACKNOWLEDGED: "Read again"}


class InboxCard(Card):
    """`all_asked` is the link to the whole list."""

    def __init__(self, found: InboxTop, now: datetime, open_notice: Go, all_notices: Callable[[], None]) -> None:
        every = Link(f"{found.unread} not opened. All {found.count}", name="today/notices/all", size="caption")
        every.setAccessibleDescription("Notices to you")
        every.clicked.connect(all_notices)
        super().__init__("Notices to you", icon="info", aside=every)
        for notice in found.first:
            self.add(notice_line(notice, now, open_notice, place="today"))


def notice_line(notice: Notice, now: datetime, open_notice: Go, *, place: str) -> QWidget:
    """Not opened is in strong letters, and has an icon and a word of its own."""
    is_new = notice.state is NoticeState.UNREAD
    side = look().room(16)
    holder = QWidget()
    line = row(holder, gap=12, margins=(side, look().room(8), side, look().room(8)))
    line.addWidget(
        Icon("send" if is_new else "check", "waiting" if is_new else "muted", 16), 0, Qt.AlignmentFlag.AlignTop
    )
    from_whom = f"From {notice.sent_by}" if notice.sent_by else ""
    said = f"{notice.child_name}. {from_whom}".rstrip(". ")
    line.addWidget(
        Lines(LineOfWords(notice.title, "strong" if is_new else "body"), LineOfWords(said, "caption", "muted")), 1
    )
    line.addWidget(label(_when(notice.sent_at, now), "caption", "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    act = Button(ACTS[notice.state], name=f"{place}/notice/{notice.record_id}", small=True)
    act.setAccessibleDescription(f"{notice.title}. {said}")
    act.clicked.connect(lambda: open_notice(notice.record_id))
    line.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def _when(sent: datetime | None, now: datetime) -> str:
    if sent is None:
        return ""
    on, today = local(sent).date(), local(now).date()
    return clock_time(sent) if on == today else near_day(on, today)
