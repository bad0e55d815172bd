"""Making, parting and renewing the council's keys: what two keepers do, seldom, and the service never by itself."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.canonical import JSON
from casework.wire.council_recovery import key_text
from casework.wire.council_roots import is_said_by
from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import key_files, recovery_key, time_stamping
from central.keys.authority import Authority
from central.keys.certificate_parts import certificate_pem, private_pem
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import DAMAGED, DEAR, MAX_FILE, Keeper, KeptKey, StretchCost, refuse_keepers, sealed

PURPOSE = "root"
NOT_PROTECTED = (
    "The keys of this council lie open in its folder, so no deed that needs two people can be done with them. "
    "Run “homeward-central keys protect” first."
)


def found(
    folder: Path,
    *,
    council: str,
    hosts: Iterable[str],
    now: datetime,
    keepers: Sequence[Keeper],
    recovery_file: Path,
    cost: StretchCost = DEAR,
) -> CouncilRoot:
    """Makes every key the council needs. Raises CentralError; nothing stays of a try that failed."""
    refuse_keepers(keepers)
    root = CouncilRoot.make(council, now)
    with ExitStack() as undo:
        recovery_key.keep(folder, recovery_file, X25519PrivateKey.generate(), root, keepers=keepers, cost=cost)
        undo.callback(recovery_file.unlink, missing_ok=True)
        write_private(folder / key_files.ROOT, certificate_pem(root.certificate).encode())
        keep_root(folder, root, keepers, cost)
        issue(folder, root, hosts=hosts, now=now)
        undo.pop_all()
    return root


def protect(
    folder: Path, *, now: datetime, keepers: Sequence[Keeper], recovery_file: Path, cost: StretchCost = DEAR
) -> None:
    """For a council founded before there were keepers. What lay open goes last: a cut loses no key, and the same may
    be done again, with another file. Raises CentralError where nothing lies open."""
    refuse_keepers(keepers)
    root = _bare_root(folder)
    if (folder / key_files.BARE_RECOVERY).exists():
        bare = recovery_key.bare_key(folder)
        recovery_key.keep(folder, recovery_file, bare, root, keepers=keepers, cost=cost)
        keep_root(folder, root, keepers, cost)
        issue(folder, root, hosts=hosts_of(folder), now=now)
        destroy(folder / key_files.BARE_RECOVERY)
    destroy(folder / key_files.BARE_ROOT)


def kept_root(folder: Path) -> KeptKey:
    """Raises CentralError for a council without keepers."""
    if not key_files.is_protected(folder):
        raise CentralError(NOT_PROTECTED)
    found = KeptKey.read((folder / key_files.KEPT_ROOT).read_bytes()[: MAX_FILE + 1])
    if found.about.get("for") != PURPOSE:
        raise CentralError(DAMAGED)
    return found


def open_root(folder: Path, two: Sequence[Keeper]) -> CouncilRoot:
    """Raises CentralError unless two of its keepers open it."""
    opened = kept_root(folder).opened(two)
    return CouncilRoot.of(_root_certificate(folder), opened, tuple(keeper.name for keeper in two))


def is_recovery_vouched_for(folder: Path) -> bool:
    """Whether the root has signed the recovery key that lies here: no laptop takes another."""
    signed = folder / key_files.RECOVERY_SIGNED
    if not signed.exists():
        return False
    text = key_text((folder / key_files.RECOVERY_PUBLIC).read_text(encoding="ascii"))
    return is_said_by(_root_certificate(folder), text, signed.read_text(encoding="ascii"))


def change_keepers(
    folder: Path,
    recovery_file: Path,
    two: Sequence[Keeper],
    *,
    keepers: Sequence[Keeper],
    new_recovery_file: Path,
    cost: StretchCost = DEAR,
) -> None:
    """A keeper leaves, or chose another passphrase. The old file of the recovery key is theirs to destroy: whoever has
    it and the old passphrases still opens it."""
    refuse_keepers(keepers)
    root, recovery = open_root(folder, two), recovery_key.open_file(recovery_file, two)
    recovery_key.keep(folder, new_recovery_file, recovery.key, root, keepers=keepers, cost=cost)
    keep_root(folder, root, keepers, cost)


def issue(folder: Path, root: CouncilRoot, *, hosts: Iterable[str], now: datetime, withdraw: bool = False) -> None:
    """A new issuing key for the running service, and new certificates of its own; `withdraw`: whatever the one until
    now certifies from here on counts nowhere."""
    before = folder / key_files.ISSUING
    if withdraw and before.exists():
        withdrawn = x509.load_pem_x509_certificate(before.read_bytes())
        withdraw_anew(folder, root, now, (withdrawn.serial_number, now))
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = root.issuing(key.public_key(), now)
    write_private(folder / key_files.ISSUING_KEY, private_pem(key))
    write_private(folder / key_files.ISSUING, certificate_pem(certificate).encode())
    authority = Authority(folder, root.certificate, certificate, key)
    authority.issue_server(hosts, now)
    time_stamping.issue(authority, now)


def hosts_of(folder: Path) -> list[str]:
    """The names and addresses that the service's certificate is good for."""
    certificate = x509.load_pem_x509_certificate((folder / key_files.SERVER).read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


def withdraw_anew(folder: Path, root: CouncilRoot, now: datetime, *more: tuple[int, datetime]) -> None:
    """What was withdrawn until now in the words of this root, and `more`: serial numbers, and since when."""
    file, known = folder / key_files.WITHDRAWN, []
    if file.exists():
        known = [
            (entry.serial_number, entry.revocation_date_utc) for entry in x509.load_pem_x509_crl(file.read_bytes())
        ]
    if known or more:
        write_private(file, root.withdrawals([*known, *more], now).encode())


def keep_root(folder: Path, root: CouncilRoot, keepers: Sequence[Keeper], cost: StretchCost) -> None:
    """Opened again before it counts: a root that nobody can open is a council lost."""
    about: dict[str, JSON] = {"for": PURPOSE, "root": root.certificate.fingerprint(hashes.SHA256()).hex()}
    content = sealed(about, root.key_der, keepers, cost)
    if KeptKey.read(content).opened(keepers[:2]) != root.key_der:
        raise CentralError(DAMAGED)
    write_private(folder / key_files.KEPT_ROOT, content)


def _bare_root(folder: Path) -> CouncilRoot:
    file = folder / key_files.BARE_ROOT
    if not file.exists():
        message = "The keys of this council are protected already."
        raise CentralError(message)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CentralError(DAMAGED)
    return CouncilRoot(_root_certificate(folder), key)


def _root_certificate(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / key_files.ROOT).read_bytes())


def destroy(file: Path) -> None:
    """Overwritten first, for disks on which that says something."""
    handle = os.open(file, os.O_WRONLY)
    try:
        os.write(handle, os.urandom(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)
    file.unlink()
