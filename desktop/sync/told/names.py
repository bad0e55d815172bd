"""What colleagues are called: their operations carry an id, and a person wants a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.identifiers import OfficerId
from casework.records import Operation
from casework.wire.protocol import Names, NamesQuery
from desktop.store.database.remembered import COLLEAGUES, OFFICER, Setting
from desktop.store.vault import Vault
from desktop.sync.transport import RequestSigner, Transport

TO_NAME: Setting[Sequence[OfficerId]] = Setting("to_name", list[OfficerId], [])
MOST = 500


def note_authors(vault: Vault, operations: Iterable[Operation]) -> None:
    """Noted before the page is taken, and asked for after it."""
    wanted = vault.settings.get(TO_NAME)
    known = vault.settings.get(COLLEAGUES).keys() | {vault.settings.get(OFFICER).id}
    fresh = {operation.officer_id for operation in operations} - known - set(wanted)
    if fresh:
        vault.settings.put(TO_NAME, [*wanted, *sorted(fresh)])


def fetch_names(vault: Vault, transport: Transport, signer: RequestSigner) -> None:
    """An id that nobody at the council has is not asked for again."""
    wanted = [*vault.settings.get(TO_NAME)]
    if not wanted:
        return
    reply = transport.call("/v1/names", NamesQuery(officers=wanted[:MOST]), Names, signer)
    known = vault.settings.get(COLLEAGUES)
    vault.settings.put(COLLEAGUES, {**known, **reply.names})
    vault.settings.put(TO_NAME, wanted[MOST:])
