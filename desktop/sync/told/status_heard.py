"""How records stand that this laptop does not hold, asked of the council."""

from __future__ import annotations

from casework.practice.lives.told_table import told_to
from casework.wire.status_messages import StatusTold
from desktop.store.database.remembered import OFFICER, TOLD
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.transport import RequestSigner, Transport

NO_SUCH_ADDRESS = 404


def fetch_status_told(vault: Vault, transport: Transport, signer: RequestSigner) -> None:
    """In the place of what was told before. A service that does not tell it yet leaves nothing to conclude from."""
    if not told_to(vault.settings.get(OFFICER).role):
        vault.settings.forget(TOLD)
        return
    try:
        vault.settings.put(TOLD, transport.get("/v1/status-told", StatusTold, signer))
    except Refusal as refusal:
        if refusal.status != NO_SUCH_ADDRESS:
            raise
        vault.settings.forget(TOLD)
