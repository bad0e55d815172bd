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
from casework.protocol import Enrol, Enrolled
from desktop.store.vault import Vault
from desktop.sync.errors import NotTheCouncil, SyncError
from desktop.sync.transport import IMPOSTOR, Transport, pinned, unpinned

APP = "homeward/0.1.0"
WRONG_COUNCIL = "The code was not made by the council that answers at this address. Check both with your administrator."


@dataclass(frozen=True)
class Keys:
    """What this laptop makes for itself; the private halves never leave the vault."""

    signing: Ed25519PrivateKey
    certificate: ec.EllipticCurvePrivateKey


def enrol(vault: Vault, url: str, code: str, *, now: Callable[[], datetime]) -> Enrolled:
    """Raises BadCode, Unreachable, Refusal or NotTheCouncil. The same code may be tried again after a lost answer."""
    address = _address(url)
    read = EnrolmentCode.read(code)
    ca_pem = _vouched_certificate(address, read, now)
    keys = _keys(vault, read)
    transport = Transport(address, pinned(ca_pem), now)
    try:
        reply = transport.ask("/v1/device/enrol", _request(read, keys), Enrolled)
    finally:
        transport.close()
    if _der(reply.ca_pem) != _der(ca_pem):
        raise NotTheCouncil(IMPOSTOR)
    _keep(vault, address, reply, keys)
    return reply


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


def _request(code: EnrolmentCode, keys: Keys) -> Enrol:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Homeward laptop")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(keys.certificate, hashes.SHA256())
    return Enrol(
        secret=code.secret,
        signing_key=keys.signing.public_key().public_bytes_raw().hex(),
        proof=keys.signing.sign(code.secret.encode()).hex(),
        csr_pem=request.public_bytes(serialization.Encoding.PEM).decode(),
        app=APP,
    )


def _keep(vault: Vault, address: str, reply: Enrolled, keys: Keys) -> None:
    """The laptop comes last: until it is there, nothing counts as joined."""
    fingerprint = hashlib.sha256(_der(reply.ca_pem)).hexdigest()
    service: dict[str, JSON] = {
        "url": address,
        "ca_pem": reply.ca_pem,
        "ca_sha256": fingerprint,
        "crl_pem": reply.crl_pem,
        "recovery_public_pem": reply.recovery_public_pem,
    }
    officer: dict[str, JSON] = {**reply.officer.model_dump(), "council": reply.council}
    chain = reply.certificate_pem + reply.ca_pem
    vault.settings.put("service", service)
    vault.settings.put("certificate", {"chain_pem": chain, "key_pem": _pem(keys.certificate)})
    vault.settings.put("officer", officer)
    device: dict[str, JSON] = {
        "id": reply.device_id,
        "name": reply.device_id,
        "signing_key": keys.signing.private_bytes_raw().hex(),
    }
    vault.settings.put("device", device)
    vault.settings.forget("joining")


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
