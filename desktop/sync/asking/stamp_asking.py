"""Time-stamps by the council's service: a hash goes up and never the document, with somebody waiting for the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from casework.wire.stamp_messages import StampQuery, StampReply, WithdrawnTold, packed, unpacked
from desktop.store.database.remembered import REVOCATIONS, Revocations
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.reaching import way_of
from desktop.sync.transport import RequestSigner, Transport

PATIENCE = 10.0, 4.0  # in seconds: somebody waits, and without an answer the document is made all the same


@dataclass(frozen=True)
class Stamps:
    """One conversation about as many documents as there are. Raises Unreachable, Refusal and NotTheCouncil."""

    vault: Vault
    transport: Transport
    signer: RequestSigner
    now: Callable[[], datetime]

    @property
    def roots_pem(self) -> str:
        return identity.service_of(self.vault).roots_pem

    def lists(self) -> str:
        """What the council has withdrawn, as of now; kept here with its day."""
        told = self.transport.get("/v1/withdrawn", WithdrawnTold, self.signer).crl_pem
        self.vault.settings.put(REVOCATIONS, Revocations(self.now().isoformat(), told))
        return told

    def reply(self, request: bytes) -> bytes:
        """As RFC 3161 writes both."""
        asked = StampQuery(request=packed(request))
        return unpacked(self.transport.call("/v1/time-stamp", asked, StampReply, self.signer).reply)


@contextmanager
def stamps(vault: Vault, now: Callable[[], datetime]) -> Iterator[Stamps]:
    """Raises NotJoined before the laptop has joined."""
    service = identity.service_of(vault)
    transport = way_of(vault, service, now, waits=PATIENCE)
    try:
        yield Stamps(vault, transport, identity.signer_of(vault), now)
    finally:
        transport.close()
