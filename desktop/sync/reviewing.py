"""What a manager's laptop asks of the council's service: what it has not taken in, figures, and commissions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

from casework.errors import AnswerError
from casework.identifiers import OperationId, RecordId
from casework.practice.roles import is_manager
from casework.records import Operation
from casework.wire.commission_messages import CommissionAsked, Interviewers
from casework.wire.figure_messages import FiguresQuery, FiguresTold, PublishAsked
from casework.wire.protocol import Decide, Quarantine, QuarantinedItem
from desktop.store.database.remembered import OFFICER, Setting
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.reaching import way_of
from desktop.sync.told.names import fetch_names, note_authors
from desktop.sync.transport import RequestSigner, Transport, read_reply

Choice = Literal["accept", "return", "reject"]
TO_REVIEW = Setting("to_review", int, 0)  # how many waited for a supervisor when the council was last asked
ELSEWHERE = Setting("to_review_elsewhere", int, 0)  # and for somebody else then


def in_quarantine(vault: Vault, now: Callable[[], datetime]) -> tuple[QuarantinedItem, ...]:
    """This laptop's own, and for a supervisor those of the children they supervise. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return ask(vault, transport, identity.signer_of(vault))


def ask(vault: Vault, transport: Transport, signer: RequestSigner, *, which: str = "") -> tuple[QuarantinedItem, ...]:
    """The same, over a transport that is open; learns what the authors are called, and how many wait."""
    told = read_reply(transport.signed("GET", f"/v1/quarantine{which}", b"", {}, signer), Quarantine)
    items = told.items
    note_authors(vault, [found for item in items if (found := operation_of(item)) is not None])
    fetch_names(vault, transport, signer)
    waiting = sum(item.status == "quarantined" and item.pushed_by != signer.device_id for item in items)
    if waiting != noted(vault):
        vault.settings.put(TO_REVIEW, waiting)
    if told.elsewhere != noted_elsewhere(vault):
        vault.settings.put(ELSEWHERE, told.elsewhere)
    return tuple(items)


def ask_as_supervisor(vault: Vault, transport: Transport, signer: RequestSigner) -> None:
    """At each sync, so that Today can say how many wait; nobody else's laptop asks."""
    if is_manager(vault.settings.get(OFFICER).role):
        ask(vault, transport, signer, which="?undecided=true")


def noted(vault: Vault) -> int:
    return vault.settings.get(TO_REVIEW)


def noted_elsewhere(vault: Vault) -> int:
    return vault.settings.get(ELSEWHERE)


def operation_of(item: QuarantinedItem) -> Operation | None:
    """None for what this version cannot read."""
    try:
        return Operation.from_payload(item.payload, "")
    except AnswerError:
        return None


def decide(  # noqa: PLR0917 - a decision's own members
    vault: Vault, now: Callable[[], datetime], op_id: OperationId, choice: Choice, reason: str, decision_id: str
) -> QuarantinedItem:
    """Once, however often it is asked with the same `decision_id`. Raises Unreachable, Refusal."""
    asked = Decide(decision_id=decision_id, decision=choice, reason=reason)
    with conversation(vault, now) as transport:
        return transport.call(f"/v1/quarantine/{op_id}", asked, QuarantinedItem, identity.signer_of(vault))


def ask_figures(vault: Vault, now: Callable[[], datetime], asked: FiguresQuery) -> FiguresTold:
    """A scorecard, which the service reckons and tells as this officer's role reads it. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return transport.call("/v1/figures", asked, FiguresTold, identity.signer_of(vault))


def publish_figures(vault: Vault, now: Callable[[], datetime], asked: PublishAsked) -> FiguresTold:
    """Frozen by the service in this officer's name. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return transport.call("/v1/published-figures", asked, FiguresTold, identity.signer_of(vault))


def ask_interviewers(vault: Vault, now: Callable[[], datetime], episode: RecordId) -> Interviewers:
    """Who could hold its interview for another agency, and who has been given it. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return transport.get(f"/v1/commissions/{episode}", Interviewers, identity.signer_of(vault))


def commission(vault: Vault, now: Callable[[], datetime], episode: RecordId, asked: CommissionAsked) -> Interviewers:
    """Given, or ended. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return transport.call(f"/v1/commissions/{episode}", asked, Interviewers, identity.signer_of(vault))


@contextmanager
def conversation(vault: Vault, now: Callable[[], datetime]) -> Iterator[Transport]:
    service = identity.service_of(vault)
    transport = way_of(vault, service, now)
    try:
        yield transport
    finally:
        transport.close()
