"""The way from the record of a meeting to the page before it."""

from __future__ import annotations

from desktop.flows.papers.before_you_go import MET_WITH
from desktop.flows.record.editing import OpenRecord
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button


def before_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where nobody goes anywhere for such a record."""
    if record.definition.id not in MET_WITH:
        return ()
    button = Button("Before you go", name="record/before")
    button.clicked.connect(lambda: shell.go("before", record.record_id))
    return (button,)
