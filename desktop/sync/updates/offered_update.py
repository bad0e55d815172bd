"""Fetches what the council offers: the signature first, then whether it fits this laptop, then the file by its hash."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509

from casework import VERSION
from casework.errors import AnswerError
from casework.version_order import is_before, is_version
from casework.wire.council_roots import is_said_by_one, roots_in
from casework.wire.updates import SYSTEM_OF, Manifest, OfferedUpdate
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.errors import Refusal, Unreachable
from desktop.sync.reaching import way_of
from desktop.sync.transport import Now, RequestSigner, Transport
from desktop.sync.updates.unfinished_update import Progress, UnfinishedUpdate
from desktop.sync.updates.update_refused import (
    NoUpdate,
    UpdateBrokenOff,
    UpdateForged,
    UpdateNotForThis,
    UpdateNotNewer,
    UpdateTooFar,
)

OFFERED = Setting("offered_update", str, "")  # the version, as last heard; nothing is believed of it yet
NONE_THERE = 404


def this_system() -> str:
    """Which kind of package this computer installs; empty for one that none is made for."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "macos"
    return "debian" if Path("/var/lib/dpkg").is_dir() else ""


def newer_offered(vault: Vault) -> str:
    """The version offered for this laptop, where it is newer than its own; else empty."""
    found = vault.settings.get(OFFERED)
    return found if is_version(found) and is_before(VERSION, found) else ""


def fetch_update(vault: Vault, folder: Path, now: Now, progress: Progress) -> tuple[Manifest, Path]:
    """Where the file now lies, whole and as signed. Raises UpdateRefused, Refusal, Unreachable, NotTheCouncil."""
    service, signer, system = identity.service_of(vault), identity.signer_of(vault), this_system()
    if not system:
        raise NoUpdate(VERSION)
    transport = way_of(vault, service, now)
    try:
        offer = transport.get(f"/v1/updates/{system}", OfferedUpdate, signer)
        roots = roots_in(identity.service_of(vault).roots_pem, now())  # read anew: it may have followed the next one
        manifest = believed(offer, roots, system)
        with UnfinishedUpdate(manifest, folder) as unfinished:
            _fill(unfinished, transport, signer, progress)
            kept = unfinished.finished()
    except Refusal as refusal:
        if refusal.status == NONE_THERE:
            raise NoUpdate(VERSION) from refusal
        raise
    finally:
        transport.close()
    vault.audit.add("update_saved", version=manifest.version)
    return manifest, kept


def _fill(part: UnfinishedUpdate, transport: Transport, signer: RequestSigner, progress: Progress) -> None:
    """With what is missing; from the start again where what was there is not of this file. Raises UpdateBrokenOff."""
    path = f"/v1/updates/{part.manifest.system}/{part.manifest.sha256}"
    was_begun = part.came > 0
    try:
        while part.is_short:
            with transport.stream(path, signer, after=part.came) as pieces:
                part.take(pieces, progress)
            if not part.is_right and was_begun:
                part.begin_anew()
                was_begun = False
    except Unreachable as error:
        raise UpdateBrokenOff(part.came, part.manifest.bytes) from error


def believed(offer: OfferedUpdate, roots: Iterable[x509.Certificate], system: str) -> Manifest:
    """What the council signed, if it is for this laptop. Raises UpdateRefused; nothing is read before it is proven."""
    if not is_said_by_one(roots, offer.text, offer.signature):
        raise UpdateForged
    try:
        manifest = Manifest.from_bytes(offer.text)
    except AnswerError as error:
        raise UpdateForged from error
    if not system == manifest.system == SYSTEM_OF.get(Path(manifest.file).suffix.lower()):
        raise UpdateNotForThis
    if not is_before(VERSION, manifest.version):
        raise UpdateNotNewer(manifest.version, VERSION)
    if manifest.since and is_before(VERSION, manifest.since):
        raise UpdateTooFar(manifest.version, manifest.since, VERSION)
    return manifest
