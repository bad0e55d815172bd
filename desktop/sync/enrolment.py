"""Joining a council with a one-time code. The code vouches for the council's certificate; from then on it is pinned."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from casework.canonical import JSON
from casework.enrolment import BadCode, EnrolmentCode, secret_hash
from casework.protocol import MAX_NAMES, Enrol, Enrolled, Formerly
from casework.signed_texts import formerly_text
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.errors import NotTheCouncil, SyncError
from desktop.sync.transport import IMPOSTOR, Transport, pinned, unpinned

APP = "homeward/0.1.0"
WRONG_COUNCIL = "The code was not made by the council that answers at this address. Check both with your administrator."
OTHER_COUNCIL = "That code is another council’s. The work on this laptop belongs to the council it joined before."
OTHER_OFFICER = "That code was made for another officer. Ask your administrator for one of your own."


@dataclass(frozen=True)
class Keys:
    """What this laptop makes for itself; the private halves never leave the vault."""

    signing: Ed25519PrivateKey
    certificate: ec.EllipticCurvePrivateKey


def enrol(vault: Vault, url: str, code: str, *, now: Callable[[], datetime]) -> Enrolled:
    """Joins, or joins again. The same code may be tried again after a lost answer.

    Raises BadCode, Unreachable, Refusal or NotTheCouncil; nothing in the vault has changed then.
    """
    address = _address(url)
    read = EnrolmentCode.read(code)
    ca_pem = _vouched_certificate(address, read, now)
    _refuse_other_council(vault, ca_pem)
    keys = _keys(vault, read)
    transport = Transport(address, pinned(ca_pem), now)
    try:
        reply = transport.ask("/v1/device/enrol", _request(vault, read, keys), Enrolled)
    finally:
        transport.close()
    if _der(reply.ca_pem) != _der(ca_pem):
        raise NotTheCouncil(IMPOSTOR)
    _keep(vault, address, reply, keys)
    return reply


def address_of(vault: Vault) -> str:
    """Where the council answers that this laptop joined. Raises NotJoined."""
    return identity.service_of(vault)["url"]


def _address(url: str) -> str:
    text = url.strip().rstrip("/")
    text = text if "://" in text else f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
        message = "The address of the council’s service looks like https://homeward.council.gov.uk"
        raise SyncError(message)
    return text


def _vouched_certificate(address: str, code: EnrolmentCode, now: Callable[[], datetime]) -> str:
    transport = Transport(address, unpinned(), now)
    try:
        pem = transport.fetch("/v1/ca.pem").decode("ascii", "replace")
    finally:
        transport.close()
    if not code.fits(_der(pem)):
        raise BadCode(WRONG_COUNCIL)
    return pem


def _refuse_other_council(vault: Vault, ca_pem: str) -> None:
    joined = identity.texts(vault.settings.get("service")).get("ca_pem")
    if joined and _der(joined) != _der(ca_pem):
        raise BadCode(OTHER_COUNCIL)


def _der(pem: str) -> bytes:
    try:
        return ssl.PEM_cert_to_DER_cert(pem)
    except ValueError as error:
        raise NotTheCouncil(IMPOSTOR) from error


def _keys(vault: Vault, code: EnrolmentCode) -> Keys:
    """Kept before they are sent, so that a second try with the same code is the same laptop."""
    held = vault.settings.get("joining", {})
    if isinstance(held, dict) and held.get("code") == secret_hash(code.secret):
        return _read_keys(str(held["signing_key"]), str(held["certificate_key"]))
    keys = Keys(Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1()))
    kept: dict[str, JSON] = {
        "code": secret_hash(code.secret),
        "signing_key": keys.signing.private_bytes_raw().hex(),
        "certificate_key": _pem(keys.certificate),
    }
    vault.settings.put("joining", kept)
    return keys


def _read_keys(signing: str, certificate: str) -> Keys:
    key = serialization.load_pem_private_key(certificate.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = "What was kept of the last try cannot be read. Ask your administrator for a new code."
        raise BadCode(message)
    return Keys(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing)), key)


def _request(vault: Vault, code: EnrolmentCode, keys: Keys) -> Enrol:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Homeward laptop")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(keys.certificate, hashes.SHA256())
    return Enrol(
        secret=code.secret,
        signing_key=_public(keys.signing),
        proof=keys.signing.sign(code.secret.encode()).hex(),
        csr_pem=request.public_bytes(serialization.Encoding.PEM).decode(),
        app=APP,
        formerly=_formerly(vault, code, _public(keys.signing)),
    )


def _formerly(vault: Vault, code: EnrolmentCode, new_key: str) -> list[Formerly]:
    """Each former key vouches, for this code and the new key, that the name was this laptop's."""
    officer = identity.texts(vault.settings.get("officer")).get("id", "")
    found = []
    for name, key_hex in identity.every_name(vault)[-MAX_NAMES:]:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_hex))
        if _public(key) == new_key:  # the answer arrived, and is asked for again
            continue
        proof = key.sign(formerly_text(code.secret, new_key, name, officer)).hex()
        found.append(Formerly(device_id=name, officer_id=officer, signing_key=_public(key), proof=proof))
    return found


def _public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _keep(vault: Vault, address: str, reply: Enrolled, keys: Keys) -> None:
    """In one transaction, after everything signed under the name until now waits again: a cut leaves the old name, and
    the same code then gives the same answer."""
    old = identity.device_of(vault).get("id")
    if old is not None:
        _refuse_other_officer(vault, reply)
        vault.outbox.send_again(old, after=0)
        vault.settings.put(identity.RELAYING, value=True)
        vault.audit.add("joined_again", device=reply.device_id, formerly=old)
    service: dict[str, JSON] = {
        "url": address,
        "ca_pem": reply.ca_pem,
        "ca_sha256": hashlib.sha256(_der(reply.ca_pem)).hexdigest(),
        "crl_pem": reply.crl_pem,
        "recovery_public_pem": reply.recovery_public_pem,
    }
    officer: dict[str, JSON] = {**reply.officer.model_dump(), "council": reply.council}
    certificate: dict[str, JSON] = {
        "chain_pem": reply.certificate_pem + reply.ca_pem,
        "key_pem": _pem(keys.certificate),
    }
    device = identity.renamed(vault, reply.device_id, keys.signing)
    passed: dict[str, JSON] = {"joining": None, identity.UNKNOWN: None}
    kept: dict[str, JSON] = {"service": service, "certificate": certificate, "officer": officer, "device": device}
    vault.settings.put_all(kept | passed)


def _refuse_other_officer(vault: Vault, reply: Enrolled) -> None:
    if reply.officer.id != identity.texts(vault.settings.get("officer")).get("id"):
        raise BadCode(OTHER_OFFICER)


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
