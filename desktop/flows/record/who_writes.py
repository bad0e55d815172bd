"""Who may write in a record here: the role says, and nobody writes on in words of before joining that are another’s."""

from __future__ import annotations

from casework.errors import AnswerError
from casework.practice.roles import reach_of, role_name
from casework.records import RecordView
from desktop.flows.desk import Desk
from desktop.store.exchange.written_before import KeptApart, told_apart


def writes_form(desk: Desk, form_id: str) -> bool:
    """An older store that has not been opened since has no role yet."""
    return not desk.officer.role or reach_of(desk.officer.role).writes_form(form_id)


def refuse_who_only_reads(desk: Desk, view: RecordView) -> None:
    """At once, and with the true reason: the council would not take it in, whoever's child it is. Raises KeptApart."""
    if view.record_id in desk.vault.before.apart():
        raise KeptApart(told_apart(desk.vault.before.whose))
    if writes_form(desk, view.form_id):
        return
    some = reach_of(desk.officer.role).writes
    does = "reads this record and does not write in it" if some else "reads records and does not write in them"
    message = f"The role “{role_name(desk.officer.role)}” {does}."
    raise AnswerError(message)
