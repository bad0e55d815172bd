"""The certificate that this laptop's officer signs documents with: renewed with a sync before it ends.

What was sealed with one before stays as it is: each document carries the certificate of its own day.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from casework.dates_in_words import day
from casework.wire.council_roots import roots_in
from casework.wire.laptop_messages import CertificateIssued, CertificateRequest
from casework.wire.withdrawals import CouncilLists
from desktop.store.database.remembered import CERTIFICATE, REVOCATIONS, SERVICE, Certificate, CouncilService, Setting
from desktop.store.vault import Vault
from desktop.sync.connection_failures import IMPOSTOR
from desktop.sync.errors import NotTheCouncil, Refusal
from desktop.sync.transport import RequestSigner, Transport

SOON = timedelta(days=60)
NEXT_KEY = Setting("certificate_key", str, "")  # of a renewal that has not been answered yet
NOT_OFFERED = 404  # by a service older than this laptop
ENDED = (
    "The certificate you sign documents with ended on {}. Sync once, and it is renewed; what you signed before stays "
    "good."
)
ENDS = "The certificate you sign documents with ends on {}. It is renewed by itself with the next sync."
WITHDRAWN = "The council has changed its keys. The certificate you sign documents with is renewed with the next sync."


def ends(vault: Vault) -> datetime | None:
    """None before the laptop has joined."""
    chain = vault.settings.get(CERTIFICATE).chain_pem
    return x509.load_pem_x509_certificate(chain.encode()).not_valid_after_utc if chain else None


def is_soon(vault: Vault, now: datetime) -> bool:
    """Whether it ends within two months, or the council has changed the keys that made it."""
    end = ends(vault)
    return end is not None and (end - now < SOON or _keys_have_changed(vault))


def words(vault: Vault, now: datetime) -> str:
    """For the person at the desk; empty while there is nothing to say."""
    end = ends(vault)
    if end is None or not is_soon(vault, now):
        return ""
    if end <= now:
        return ENDED.format(day(end.date()))
    return ENDS.format(day(end.date())) if end - now < SOON else WITHDRAWN


def renew_if_soon(vault: Vault, transport: Transport, signer: RequestSigner, now: datetime) -> None:
    """The key is kept before it is sent: a lost answer is asked for again, and is the same. Raises Refusal,
    Unreachable and NotTheCouncil."""
    if not is_soon(vault, now):
        return
    key = _next_key(vault)
    try:
        reply = transport.call(
            "/v1/device/certificate", CertificateRequest(csr_pem=request_for(key)), CertificateIssued, signer
        )
    except Refusal as refusal:
        if refusal.status == NOT_OFFERED:
            return
        raise
    _keep(vault, reply.certificate_pem, key)


def request_for(key: ec.EllipticCurvePrivateKey) -> str:
    """It gives the key alone: whose it is, is for the council to say."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Homeward laptop")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(serialization.Encoding.PEM).decode()


def key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _keep(vault: Vault, chain: str, key: ec.EllipticCurvePrivateKey) -> None:
    """Raises NotTheCouncil for one that does not lead to the council's root, or is another key's."""
    service = vault.settings.get(SERVICE)
    try:
        certificate = x509.load_pem_x509_certificate(chain.encode())
    except ValueError as error:
        raise NotTheCouncil(IMPOSTOR) from error
    if certificate.public_key() != key.public_key() or _lists(service, chain).above(certificate) is None:
        raise NotTheCouncil(IMPOSTOR)
    vault.settings.put_all(
        CERTIFICATE.holding(Certificate(chain + service.ca_pem, key_pem(key))),
        NEXT_KEY.holding(""),
    )
    vault.audit.add("certificate_renewed", until=certificate.not_valid_after_utc.date().isoformat())


def _keys_have_changed(vault: Vault) -> bool:
    service, chain = vault.settings.get(SERVICE), vault.settings.get(CERTIFICATE).chain_pem
    said = vault.settings.get(REVOCATIONS).pem
    return _is_issuer_withdrawn(service, chain, said) or _is_of_former_root(service, chain)


@lru_cache(maxsize=2)
def _is_issuer_withdrawn(service: CouncilService, chain: str, said: str) -> bool:
    """As of these texts; each sync asks, and they change once in years."""
    lists = _lists(service, chain, said)
    return any(
        lists.withdrawn_on(each) for each in lists.issuing if each in x509.load_pem_x509_certificates(chain.encode())
    )


@lru_cache(maxsize=2)
def _is_of_former_root(service: CouncilService, chain: str) -> bool:
    """Whoever knows the newest root alone could not check what is signed with it."""
    above = _lists(service, chain).above(x509.load_pem_x509_certificate(chain.encode()))
    return above is not None and above[-1] != roots_in(service.ca_pem)[0]


def _lists(service: CouncilService, *texts: str) -> CouncilLists:
    return CouncilLists.read(roots_in(service.roots_pem), texts)


def _next_key(vault: Vault) -> ec.EllipticCurvePrivateKey:
    held = vault.settings.get(NEXT_KEY)
    key = serialization.load_pem_private_key(held.encode(), None) if held else ec.generate_private_key(ec.SECP256R1())
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        key = ec.generate_private_key(ec.SECP256R1())
    vault.settings.put(NEXT_KEY, key_pem(key))
    return key
