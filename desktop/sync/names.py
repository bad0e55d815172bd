"""What colleagues are called: their operations carry an id, and a person wants a name."""

from __future__ import annotations

from collections.abc import Iterable

from casework.protocol import Names, NamesQuery
from casework.records import Operation
from desktop.store.settings import COLLEAGUES
from desktop.store.vault import Vault
from desktop.sync.identity import texts
from desktop.sync.transport import Signer, Transport

SETTING = "to_name"
MOST = 500


def note_authors(vault: Vault, operations: Iterable[Operation]) -> None:
    """Noted before the page is taken, and asked for after it."""
    wanted = _wanted(vault)
    known = texts(vault.settings.get(COLLEAGUES)).keys() | {texts(vault.settings.get("officer")).get("id", "")}
    fresh = {operation.officer_id for operation in operations} - known - set(wanted)
    if fresh:
        vault.settings.put(SETTING, [*wanted, *sorted(fresh)])


def fetch_names(vault: Vault, transport: Transport, signer: Signer) -> None:
    """An id that nobody at the council has is not asked for again."""
    wanted = _wanted(vault)
    if not wanted:
        return
    reply = transport.call("/v1/names", NamesQuery(officers=wanted[:MOST]), Names, signer)
    vault.settings.put(COLLEAGUES, {**texts(vault.settings.get(COLLEAGUES)), **reply.names})
    vault.settings.put(SETTING, [*wanted[MOST:]])


def _wanted(vault: Vault) -> list[str]:
    found = vault.settings.get(SETTING, [])
    return [str(name) for name in found] if isinstance(found, list) else []
