"""What this officer signs PDFs with."""

from __future__ import annotations

from casework.errors import DocumentError, NotJoined
from desktop.documents.sealing import Identity
from desktop.flows.desk import Desk
from desktop.store.database.remembered import CERTIFICATE
from desktop.sync import certificate_renewal

PRACTICE_SEALS_NOTHING = (
    "This is practice: no council stands behind it, so nothing is sealed here. The pages of a record can be looked at "
    "and saved; each is marked as practice."
)


def identity(desk: Desk) -> Identity:
    """Raises NotJoined, also in practice; DocumentError once it ended: its seal would count for nobody."""
    if desk.is_practice:
        raise NotJoined(PRACTICE_SEALS_NOTHING)
    held = desk.vault.settings.get(CERTIFICATE)
    if not held.chain_pem:
        message = "This laptop holds no signing certificate yet. Join the council first."
        raise NotJoined(message)
    end = certificate_renewal.ends(desk.vault)
    if end is not None and end <= desk.now():
        raise DocumentError(certificate_renewal.words(desk.vault, desk.now()))
    return Identity(desk.officer.name, held.chain_pem, held.key_pem)
