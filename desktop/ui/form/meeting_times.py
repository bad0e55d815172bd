"""When a meeting began and when it ended, on one line, with how long that was; each is kept whole."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow
from desktop.ui.kit.fields.dates import MomentEditor
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.field import Field
from desktop.ui.theme import look

FINISHES = {"started_at": "ended_at"}  # of one meeting


class MeetingTimes(QWidget):
    """The second’s day follows the first’s until another is typed."""

    def __init__(self, start: Field) -> None:
        super().__init__()
        self._start, self._finish = start, start
        self._flow = Flow(self, gap=look().room(24))
        self._flow.addWidget(start)
        self._long = label("", "caption", "muted", name=f"{start.path}/long", wrap=False)
        start.answered.connect(self._say)

    def finish(self, finish: Field) -> None:
        self._finish = finish
        if isinstance(self._start.editor, MomentEditor) and isinstance(finish.editor, MomentEditor):
            finish.editor.follow(self._start.editor)
            self._start.editor.was_put.connect(self._say)
            finish.editor.was_put.connect(self._say)
        finish.answered.connect(self._say)
        finish.say_beside(self._long)
        self._flow.addWidget(finish)
        self._say()

    def _say(self) -> None:
        began, ended = _moment(self._start.editor), _moment(self._finish.editor)
        lasted = ended - began if began is not None and ended is not None else timedelta(0)
        self._long.setText(how_long(lasted) if lasted > timedelta(0) else "")


def how_long(lasted: timedelta) -> str:
    """38 minutes; 1 hour 5 minutes."""
    hours, minutes = divmod(int(lasted.total_seconds()) // 60, 60)
    parts = [counted(number, unit) for number, unit in ((hours, "hour"), (minutes, "minute")) if number]
    return " ".join(parts)


def _moment(editor: Editor) -> datetime | None:
    value = editor.read().value
    return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else None
