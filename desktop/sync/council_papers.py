"""What the council publishes for every laptop: its own file, and versions of forms; fetched by hash, kept in the vault.

Checked before they are kept: a file that this version of Homeward cannot read leaves what was there in force.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from casework.errors import DefinitionError
from casework.practice.council import load_published
from casework.practice.published_forms import PublishedForm
from casework.wire.protocol import CouncilFileText, FileCard, FormCard, FormText
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault
from desktop.sync.errors import Refusal
from desktop.sync.transport import RequestSigner, Transport

NONE = CouncilFileText(file="", hash="", text="")
COUNCIL_FILE = Setting("council_file", CouncilFileText, NONE)
FORMS: Setting[Sequence[PublishedForm]] = Setting("published_forms", list[PublishedForm], [])
NOT_READ = (
    "The council has published something that this version of Homeward cannot read ({what}). What was in force before "
    "stays in force here; tell your administrator."
)


def kept_file(vault: Vault) -> tuple[str, str]:
    """Its name and its text; both empty before one came."""
    found = vault.settings.get(COUNCIL_FILE)
    return found.file, found.text


def kept_forms(vault: Vault) -> list[PublishedForm]:
    """In the order they came."""
    return [*vault.settings.get(FORMS)]


def forget(vault: Vault) -> None:
    """All of it comes anew."""
    vault.settings.forget(COUNCIL_FILE, FORMS)


def fetch_papers(
    vault: Vault, transport: Transport, signer: RequestSigner, card: FileCard | None, missing: Iterable[FormCard]
) -> str | None:
    """One sentence when something cannot be read. Raises Refusal and Unreachable."""
    unread = [] if card is None or _is_kept(vault, card) else _take_file(vault, transport, signer)
    unread += _take_forms(vault, transport, signer, missing)
    return NOT_READ.format(what=", ".join(unread)) if unread else None


def fetch_first(vault: Vault, transport: Transport, signer: RequestSigner) -> None:
    """On joining, before anything is worked out by another council's numbers. A council may have published nothing."""
    try:
        _take_file(vault, transport, signer)
    except Refusal as refusal:
        if refusal.status != 404:
            raise


def _is_kept(vault: Vault, card: FileCard) -> bool:
    return vault.settings.get(COUNCIL_FILE).hash == card.hash


def _take_file(vault: Vault, transport: Transport, signer: RequestSigner) -> list[str]:
    found = transport.get("/v1/council-file", CouncilFileText, signer)
    try:
        load_published(found.text, file=found.file)
    except DefinitionError as error:
        return [str(error)]
    own_hash = hashlib.sha256(found.text.encode()).hexdigest()
    vault.settings.put(COUNCIL_FILE, CouncilFileText(file=found.file, hash=own_hash, text=found.text))
    return []


def _take_forms(vault: Vault, transport: Transport, signer: RequestSigner, missing: Iterable[FormCard]) -> list[str]:
    here, unread = kept_forms(vault), []
    known = {(form.id, form.version) for form in here}
    for card in missing:
        if (card.id, card.version) in known:
            continue
        found = transport.get(f"/v1/forms/{card.id}/{card.version}", FormText, signer)
        form = PublishedForm(card.id, card.version, found.source, found.shared, found.council)
        try:
            form.definition()
        except DefinitionError as error:
            unread.append(str(error))
        else:
            here.append(form)
    if len(here) > len(known):
        vault.settings.put(FORMS, here)
    return unread
