"""Beside a signed report: what happens next, each step with the record it is done in."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.flows.due import report_leads_on as flow
from desktop.flows.due.report_leads_on import NextStep, StepOpened
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card

_LINES = {
    flow.Opens.CASE: "Opens the case.",
    flow.Opens.APPOINTMENT: "Opens an appointment for it.",
    flow.Opens.ACTION: "Opens an action with a name and a day.",
    flow.Opens.REFERRAL: "Opens the referral, filled in.",
    flow.Opens.MASH: "Opens the referral to MASH.",
    flow.Opens.LETTER: "Opens the letter.",
    flow.Opens.VISIT: "Opens the visit, filled in from this request.",
}


class ReportSteps(Card):
    """Each press opens the record of its step, begun the first time."""

    def __init__(self, shell: Shell, report_id: str, steps: Sequence[NextStep]) -> None:
        super().__init__("What happens next")
        self._shell, self._report_id = shell, report_id
        for step in steps:
            line = LineButton(step.title, _LINES[step.opens], name=f"sign/next/{step.code}")
            line.clicked.connect(lambda _on=False, code=step.code: self._take(code))
            self.add(line)

    def _take(self, code: str) -> None:
        desk, report = self._shell.desk, self._report_id
        self._shell.once(self, lambda: flow.take_step(desk, report, code), self._opened)

    def _opened(self, found: StepOpened) -> None:
        self._shell.outbox_changed.emit()
        if found.letter:
            self._shell.go("letter", found.record_id, found.letter)
        else:
            self._shell.go("form", found.record_id)
