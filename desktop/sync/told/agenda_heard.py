"""The agenda that the service works out for a chair, and who may chair: asked when somebody looks at it, and kept up at
each contact for as long as somebody did lately."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from casework.identifiers import OfficerId
from casework.practice.groups.group_table import MADE_BY_SERVICE, GroupKind, is_told_agenda
from casework.wire.agenda_messages import AgendaAsked, AgendasTold, ChairNamed, Chairs
from desktop.store.database.remembered import AGENDAS, OFFICER, Setting
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.reviewing import conversation
from desktop.sync.transport import RequestSigner, Transport

LOOKED: Setting[str] = Setting("agenda_looked_at", str, "")
FOR = timedelta(days=14)  # since somebody looked: then contacts ask no more
GONE = (403, 404)  # no longer the chair, or a service of before


def may_be_told(role: str) -> bool:
    """Whether the service tells an agenda to somebody who chairs in this role."""
    return any(is_told_agenda(role, kind) for kind in MADE_BY_SERVICE)


def keep_up_agenda(vault: Vault, transport: Transport, signer: RequestSigner, now: datetime) -> None:
    """At a contact: nothing is sent where nobody looked lately, and nothing comes back where what is kept stands."""
    if not may_be_told(vault.settings.get(OFFICER).role):
        _forget(vault)
        return
    looked = vault.settings.get(LOOKED)
    if not looked or now - datetime.fromisoformat(looked) > FOR:
        _forget(vault)
        return
    try:
        _keep(vault, transport, signer, opened=False)
    except Refusal as refusal:
        if refusal.status not in GONE:
            raise


def ask_agenda(vault: Vault, now: Callable[[], datetime]) -> None:
    """Because somebody looks at it. Raises Unreachable; and Refusal, with its reason, for whoever is no chair."""
    vault.settings.put(LOOKED, now().isoformat(timespec="seconds"))
    with conversation(vault, now) as transport:
        _keep(vault, transport, identity.signer_of(vault), opened=True)


def ask_chairs(vault: Vault, now: Callable[[], datetime], kind: GroupKind) -> Chairs:
    """Who could chair a group, and who does. Raises Unreachable, Refusal."""
    with conversation(vault, now) as transport:
        return transport.get(f"/v1/chairs/{kind}", Chairs, identity.signer_of(vault))


def name_chair(vault: Vault, now: Callable[[], datetime], kind: GroupKind, chair: OfficerId, last: str) -> Chairs:
    """Until the end of that day; ended now where it is empty. Raises Unreachable, Refusal."""
    named = ChairNamed(officer=chair, last=last)
    with conversation(vault, now) as transport:
        return transport.call(f"/v1/chairs/{kind}", named, Chairs, identity.signer_of(vault))


def _keep(vault: Vault, transport: Transport, signer: RequestSigner, *, opened: bool) -> None:
    """In the place of what was told before. Whoever chairs no more keeps nothing of it."""
    kept = vault.settings.get(AGENDAS)
    asked = AgendaAsked(mark=kept.mark if kept else "", opened=opened)
    try:
        told = transport.call("/v1/agendas", asked, AgendasTold, signer)
    except Refusal as refusal:
        if refusal.status in GONE:
            _forget(vault)
        raise
    if told.agendas is not None:
        vault.settings.put(AGENDAS, told if told.looked is None or kept is None else _with_part(kept, told))


def _with_part(kept: AgendasTold, told: AgendasTold) -> AgendasTold:
    """What is kept, but of the children whose records changed what was told now."""
    parts = {one.kind: one.children for one in told.agendas or ()}
    looked = set(told.looked or ())
    agendas = [
        replace(
            one, children=[*(child for child in one.children if child.child not in looked), *parts.get(one.kind, ())]
        )
        for one in kept.agendas or ()
    ]
    return replace(kept, mark=told.mark, agendas=agendas, renewed=told.at)


def _forget(vault: Vault) -> None:
    vault.settings.forget(AGENDAS)
    vault.settings.forget(LOOKED)
