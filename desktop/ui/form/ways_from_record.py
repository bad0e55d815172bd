"""The ways that lead from a record: to the page before a meeting, to a visit, to letters, to who was told of it."""

from __future__ import annotations

from desktop.flows.case_file import held_forms
from desktop.flows.due.next_letter import writes_letters
from desktop.flows.papers.before_you_go import MET_WITH
from desktop.flows.record.editing import OpenRecord
from desktop.flows.visits.asking_visit import begin_request, may_ask
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button

TELLING = ("missing_episode", "need_to_know", "mash_referral", "action")


def told_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where the notices about such records are not all kept on this laptop: it cannot say who was not told."""
    if record.definition.id not in TELLING or (shell.desk.officer.role and not _holds(shell, record)):
        return ()
    button = Button("Who has been told", name="form/told", icon="send")
    button.clicked.connect(lambda: shell.go("told", record.record_id))
    return (button,)


def _holds(shell: Shell, record: OpenRecord) -> bool:
    return record.definition.id in held_forms(shell.desk)


def letters_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where this officer sends none about such a record."""
    if not writes_letters(shell.desk, record.definition.id, record.definition.version):
        return ()
    button = Button("Letters", name="record/letters", icon="file-text")
    button.clicked.connect(lambda: shell.go("letter", record.record_id))
    return (button,)


def before_button(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None where nobody goes anywhere for such a record."""
    if record.definition.id not in MET_WITH:
        return ()
    button = Button("Before you go", name="record/before")
    button.clicked.connect(lambda: shell.go("before", record.record_id))
    return (button,)


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
