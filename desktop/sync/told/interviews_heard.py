"""Which interviews are still to be had, asked of the council where this laptop holds the episodes alone."""

from __future__ import annotations

from casework.practice.lives.interview_stands import is_told
from casework.wire.status_messages import OpenInterviews
from desktop.store.database.remembered import OFFICER, TOLD_INTERVIEWS
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.transport import RequestSigner, Transport

NO_SUCH_ADDRESS = 404


def fetch_open_interviews(vault: Vault, transport: Transport, signer: RequestSigner) -> None:
    """In the place of what was told before. A service that does not tell it yet leaves nothing to conclude from."""
    if not is_told(vault.settings.get(OFFICER).role):
        vault.settings.forget(TOLD_INTERVIEWS)
        return
    try:
        vault.settings.put(TOLD_INTERVIEWS, transport.get("/v1/open-interviews", OpenInterviews, signer))
    except Refusal as refusal:
        if refusal.status != NO_SUCH_ADDRESS:
            raise
        vault.settings.forget(TOLD_INTERVIEWS)
