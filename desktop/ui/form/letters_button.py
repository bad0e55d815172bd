"""The way from a record to the letters about it."""

from __future__ import annotations

from desktop.flows.due.next_letter import writes_letters
from desktop.flows.record.editing import OpenRecord
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button


def letters_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where this officer sends none about such a record."""
    if not writes_letters(shell.desk, record.definition.id):
        return ()
    button = Button("Letters", name="record/letters", icon="file-text")
    button.clicked.connect(lambda: shell.go("letter", record.record_id))
    return (button,)
