"""What the council's service has not taken in, as a supervisor's laptop asks about it and decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

from casework.protocol import Decide, Quarantine, QuarantinedItem
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.transport import Transport, pinned, read_reply

Choice = Literal["accept", "return", "reject"]


def in_quarantine(vault: Vault, now: Callable[[], datetime]) -> tuple[QuarantinedItem, ...]:
    """This laptop's own, and for a supervisor those of the children they supervise. Raises Unreachable, Refusal."""
    with _conversation(vault, now) as transport:
        response = transport.signed("GET", "/v1/quarantine", b"", {}, identity.signer_of(vault))
        return tuple(read_reply(response, Quarantine).items)


def decide(  # noqa: PLR0917 - a decision's own members
    vault: Vault, now: Callable[[], datetime], op_id: str, choice: Choice, reason: str, decision_id: str
) -> QuarantinedItem:
    """Once, however often it is asked with the same `decision_id`. Raises Unreachable, Refusal."""
    asked = Decide(decision_id=decision_id, decision=choice, reason=reason)
    with _conversation(vault, now) as transport:
        return transport.call(f"/v1/quarantine/{op_id}", asked, QuarantinedItem, identity.signer_of(vault))


@contextmanager
def _conversation(vault: Vault, now: Callable[[], datetime]) -> Iterator[Transport]:
    service = identity.service_of(vault)
    transport = Transport(service["url"], pinned(service["ca_pem"]), now)
    try:
        yield transport
    finally:
        transport.close()
