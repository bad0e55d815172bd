"""What colleagues are called: their operations carry an id, and a person wants a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from casework.dates_in_words import local
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import keeps_any
from casework.records import Operation
from casework.wire.protocol import ColleaguesQuery, Names, NamesQuery
from desktop.store.database.remembered import COLLEAGUES, OFFICER, SERVING, Serving, Setting
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.transport import RequestSigner, Transport

TO_NAME: Setting[Sequence[OfficerId]] = Setting("to_name", list[OfficerId], [])
MOST = 500
GONE = (403, 404)  # minutes no longer, or a service of before


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


def fetch_colleagues(vault: Vault, transport: Transport, signer: RequestSigner, now: datetime) -> None:
    """Whom a group can give something to do: asked once a day, and only for whoever writes its minutes."""
    today, serving = local(now).date().isoformat(), vault.settings.get(SERVING)
    if not keeps_any(vault.settings.get(OFFICER).role):
        vault.settings.forget(SERVING)
    elif serving.on != today:
        try:
            names = transport.call("/v1/colleagues", ColleaguesQuery(), Names, signer).names
        except Refusal as refusal:
            if refusal.status not in GONE:
                raise
            names = {}
        known = vault.settings.get(COLLEAGUES)
        vault.settings.put(COLLEAGUES, {**known, **names})
        vault.settings.put(SERVING, Serving(today, tuple(sorted(names))))
