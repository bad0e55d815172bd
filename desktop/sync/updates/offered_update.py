"""Fetches what the council offers: the signature first, then whether it fits this laptop, then the file by its hash."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from cryptography import x509

from casework import VERSION
from casework.errors import AnswerError, KnownError
from casework.version_order import is_before, is_version
from casework.wire.council_roots import is_said_by_one, roots_in
from casework.wire.updates import SYSTEM_OF, Manifest, OfferedUpdate
from desktop.paths import free_for_new
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.errors import Refusal
from desktop.sync.reaching import way_of
from desktop.sync.transport import Now
from desktop.sync.updates.update_refused import (
    NoUpdate,
    UpdateDamaged,
    UpdateForged,
    UpdateNotForThis,
    UpdateNotKept,
    UpdateNotNewer,
    UpdateTooFar,
)

OFFERED = Setting("offered_update", str, "")  # the version, as last heard; nothing is believed of it yet
NONE_THERE = 404
Progress = Callable[[int, int], None]


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
        manifest = believed(offer, roots_in(service.roots_pem, now()), system)
        with transport.stream(f"/v1/updates/{system}/{manifest.sha256}", signer) as pieces:
            kept = _kept(pieces, manifest, folder, progress)
    except Refusal as refusal:
        if refusal.status == NONE_THERE:
            raise NoUpdate(VERSION) from refusal
        raise
    finally:
        transport.close()
    vault.audit.add("update_saved", version=manifest.version)
    return manifest, kept


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


def _kept(pieces: Iterable[bytes], manifest: Manifest, folder: Path, progress: Progress) -> Path:
    """Never under its own name before it is whole; never over another file."""
    to = folder / manifest.file
    part = folder / f".{manifest.file}.part"
    try:
        free_for_new(to)
        part.unlink(missing_ok=True)  # of a try that was cut off
        with part.open("xb") as file:
            _write(pieces, manifest, file.write, progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(to)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UpdateNotKept((error.strerror or "unknown reason").lower()) from error
    except KnownError:
        part.unlink(missing_ok=True)
        raise
    return to


def _write(pieces: Iterable[bytes], manifest: Manifest, write: Callable[[bytes], object], progress: Progress) -> None:
    """Stops at the first byte too many: what is signed says how many there are."""
    digest, came = hashlib.sha256(), 0
    for piece in pieces:
        came += len(piece)
        if came > manifest.bytes:
            raise UpdateDamaged
        digest.update(piece)
        write(piece)
        progress(came, manifest.bytes)
    if came != manifest.bytes or not hmac.compare_digest(digest.hexdigest(), manifest.sha256):
        raise UpdateDamaged
