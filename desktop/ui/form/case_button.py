"""Between what arrived about a child missing education, the case that answers it, and the decision about the roll."""

from __future__ import annotations

from collections.abc import Callable

from casework.practice.lives.case_shapes import CASE, is_what_arrived
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import begin, forms_to_begin
from desktop.flows.record.editing import OpenRecord
from desktop.flows.schools.case_opened import open_the_case, opens_cases
from desktop.flows.signing.roll_decided import DECISION, decision_about
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button


def case_buttons(shell: Shell, record: OpenRecord) -> tuple[Button, ...]:
    """None on any other record, and none that this officer’s role does not go on with."""
    definition, desk, about = record.definition, shell.desk, record.record_id
    if is_what_arrived(definition.id, definition.version):
        return (_opens_case(shell, about),) if opens_cases(desk) else ()
    if definition.id != CASE:
        return ()
    referral, child = record.answers.get("referral"), record.child.child_id
    arrived = _button(shell, "What arrived", "record/referral", "paperclip", lambda: str(referral))
    decided = _button(shell, "School roll", "record/roll", "signature", lambda: _decision(desk, about, child))
    shown = [arrived] if isinstance(referral, str) else []
    return (*shown, decided) if DECISION in forms_to_begin(desk) else tuple(shown)


def _opens_case(shell: Shell, referral: str) -> Button:
    button = Button("Open the case", name="record/open-case", icon="folder-open", kind="primary")
    desk = shell.desk
    button.clicked.connect(
        lambda: shell.once(button, lambda: open_the_case(desk, referral), lambda case: _went(shell, case))
    )
    return button


def _went(shell: Shell, case: str) -> None:
    shell.outbox_changed.emit()
    shell.go("form", case)


def _decision(desk: Desk, case: str, child: str) -> str:
    return decision_about(desk, case, child) or begin(desk, DECISION, child)


def _button(shell: Shell, words: str, name: str, icon: str, record: Callable[[], str]) -> Button:
    button = Button(words, name=name, icon=icon)
    button.clicked.connect(lambda: shell.once(button, record, lambda found: shell.go("form", found)))
    return button
