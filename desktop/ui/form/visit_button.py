"""The way from a case to asking Early Help for a safe-and-well visit."""

from __future__ import annotations

from desktop.flows.record.editing import OpenRecord
from desktop.flows.visits.asking_visit import begin_request, may_ask
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button


def visit_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where no visit is asked for about such a record, or not by this officer."""
    if not may_ask(shell.desk, record.definition.id, record.definition.version):
        return ()
    button, desk, record_id = (
        Button("Ask for a visit", name="record/ask-visit", icon="send"),
        shell.desk,
        record.record_id,
    )
    button.clicked.connect(
        lambda: shell.once(button, lambda: begin_request(desk, record_id), lambda request: shell.go("form", request))
    )
    return (button,)
