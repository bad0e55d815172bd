"""What two ends hold against each other at each contact, so that neither can be set back in silence.

The laptop tells the last step of the service's feed that it has seen, and what its own audit trail ends with; each is
looked for on the other side the next time. An alarm stops nothing and removes nothing: a person is told, once, by the
first reconciliation that comes to its end, and the trail keeps it.
"""

from __future__ import annotations

from desktop.store.database.audit_chain import Head
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault

ALARM = Setting("alarm", str, "")
SERVICE_WENT_BACK = (
    "The council’s service has gone back to an earlier state, and nobody announced it. Nothing is lost here: "
    "everything this laptop has is being sent again. Tell your administrator."
)
NOT_THE_SAME = (
    "The council’s service last heard from another state of this laptop’s store: an earlier copy was put in its place, "
    "or a copy of it is used elsewhere. If somebody brought back a backup, look whether your last work is there. "
    "If nobody did, tell your administrator."
)


def compare_trail(vault: Vault, noted: str) -> None:
    """With what the service noted the last time a laptop of this name was there."""
    head = Head.read(noted)
    if head is not None and not vault.audit.holds(head):
        raise_alarm(vault, NOT_THE_SAME)


def raise_alarm(vault: Vault, words: str) -> None:
    vault.audit.add("alarm", words=words)
    vault.settings.put(ALARM, words)


def take_alarm(vault: Vault) -> str:
    """The one nobody has been told yet; empty when there is none."""
    found = vault.settings.get(ALARM)
    if found:
        vault.settings.forget(ALARM)
    return found
