"""Joining a council with a one-time code. The code vouches for the council's certificate; from then on it is pinned."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from casework import APP
from casework.wire.council_roots import RootStep, roots_in
from casework.wire.enrolment_code import BadCode, EnrolmentCode, secret_hash
from casework.wire.laptop_messages import MAX_NAMES, Enrol, Enrolled, Formerly
from casework.wire.signed_texts import formerly_text
from desktop.store.database.remembered import (
    BEFOREHAND,
    CERTIFICATE,
    DEVICE,
    OFFICER,
    SERVICE,
    Certificate,
    CouncilService,
    Officer,
    Setting,
)
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.certificate_renewal import key_pem, request_for
from desktop.sync.connection_failures import IMPOSTOR
from desktop.sync.council_papers import fetch_first
from desktop.sync.errors import NotTheCouncil, SyncError
from desktop.sync.following_roots import is_next_of, steps_told, with_roots
from desktop.sync.joining.words_before_joining import are_theirs, taking_over
from desktop.sync.reaching import PROXY, way_before, way_to
from desktop.sync.transport import Transport

WRONG_COUNCIL = "The code was not made by the council that answers at this address. Check both with your administrator."
OTHER_COUNCIL = "That code is another council’s. The work on this laptop belongs to the council it joined before."
FALSE_RECOVERY = (
    "The council’s service gave a recovery key that is not the council’s own: somebody may have put it there. This "
    "laptop has not joined. Tell your administrator, and whoever else keeps the council’s keys."
)
OTHER_OFFICER = "That code was made for another officer. Ask your administrator for one of your own."


@dataclass(frozen=True)
class NewKeys:
    """What this laptop makes for itself; the private halves never leave the vault."""

    signing: Ed25519PrivateKey
    certificate: ec.EllipticCurvePrivateKey


class Joining(Struct, frozen=True):
    """A try to join that has not ended: the hash of its code, and the keys it was made with."""

    code: str
    signing_key: str
    certificate_key: str


JOINING: Setting[Joining | None] = Setting("joining", Joining | None, None)


def enrol(vault: Vault, url: str, code: str, *, now: Callable[[], datetime]) -> Enrolled:
    """Joins, or joins again. The same code may be tried again after a lost answer.

    Raises BadCode, Unreachable, Refusal or NotTheCouncil; nothing in the vault has changed then.
    """
    address = _address(url)
    read = EnrolmentCode.read(code)
    proxy = vault.settings.get(PROXY)
    ca_pem = _vouched_certificate(address, read, now, proxy)
    _refuse_other_council(vault, ca_pem, lambda: steps_told(way_before(address, now, proxy=proxy)))
    keys = _keys(vault, read)
    transport = way_to(address, ca_pem, now, proxy=proxy)
    try:
        reply = transport.ask("/v1/device/enrol", _request(vault, read, keys), Enrolled)
    finally:
        transport.close()
    if _der(reply.ca_pem) != _der(ca_pem):
        raise NotTheCouncil(IMPOSTOR)
    if reply.recovery is not None and not identity.vouched_recovery_key(reply.recovery, ca_pem):
        raise NotTheCouncil(FALSE_RECOVERY)
    _keep(vault, address, reply, keys)
    _first_papers(vault, way_to(address, ca_pem, now, proxy=proxy))
    return reply


def _first_papers(vault: Vault, transport: Transport) -> None:
    """Joining has succeeded by now, whatever becomes of this; what did not come is fetched with the first sync."""
    try:
        with suppress(SyncError):
            fetch_first(vault, transport, identity.signer_of(vault))
    finally:
        transport.close()


def address_of(vault: Vault) -> str:
    """Where the council answers that this laptop joined. Raises NotJoined."""
    return identity.service_of(vault).url


def _address(url: str) -> str:
    text = url.strip().rstrip("/")
    text = text if "://" in text else f"https://{text}"
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
        message = "The address of the council’s service looks like https://homeward.council.gov.uk"
        raise SyncError(message)
    return text


def _vouched_certificate(address: str, code: EnrolmentCode, now: Callable[[], datetime], proxy: str) -> str:
    transport = way_before(address, now, proxy=proxy)
    try:
        pem = transport.fetch("/v1/ca.pem").decode("ascii", "replace")
    finally:
        transport.close()
    if not code.fits(_der(pem)):
        raise BadCode(WRONG_COUNCIL)
    return pem


def _refuse_other_council(vault: Vault, ca_pem: str, steps: Callable[[], list[RootStep]]) -> None:
    """Its own under a later root is none: both the code and the root of before vouch for that."""
    joined = vault.settings.get(SERVICE).ca_pem
    if joined and _der(joined) != _der(ca_pem) and not is_next_of(joined, ca_pem, steps()):
        raise BadCode(OTHER_COUNCIL)


def _der(pem: str) -> bytes:
    try:
        return ssl.PEM_cert_to_DER_cert(pem)
    except ValueError as error:
        raise NotTheCouncil(IMPOSTOR) from error


def _keys(vault: Vault, code: EnrolmentCode) -> NewKeys:
    """Kept before they are sent, so that a second try with the same code is the same laptop."""
    held = vault.settings.get(JOINING)
    if held is not None and held.code == secret_hash(code.secret):
        return _read_keys(held.signing_key, held.certificate_key)
    keys = NewKeys(Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1()))
    signing, certificate = keys.signing.private_bytes_raw().hex(), key_pem(keys.certificate)
    vault.settings.put(JOINING, Joining(secret_hash(code.secret), signing, certificate))
    return keys


def _read_keys(signing: str, certificate: str) -> NewKeys:
    key = serialization.load_pem_private_key(certificate.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = "What was kept of the last try cannot be read. Ask your administrator for a new code."
        raise BadCode(message)
    return NewKeys(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing)), key)


def _request(vault: Vault, code: EnrolmentCode, keys: NewKeys) -> Enrol:
    return Enrol(
        secret=code.secret,
        signing_key=_public(keys.signing),
        proof=keys.signing.sign(code.secret.encode()).hex(),
        csr_pem=request_for(keys.certificate),
        app=APP,
        formerly=_formerly(vault, code, _public(keys.signing)),
    )


def _formerly(vault: Vault, code: EnrolmentCode, new_key: str) -> list[Formerly]:
    """Each former key vouches, for this code and the new key, that the name was this laptop's."""
    officer = vault.settings.get(OFFICER).id
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


def _keep(vault: Vault, address: str, reply: Enrolled, keys: NewKeys) -> None:
    """In one transaction, after everything signed under the name until now waits again: a cut leaves the old name, and
    the same code then gives the same answer."""
    old = vault.settings.get(DEVICE).id
    if old:
        _refuse_other_officer(vault, reply)
        for name in (*identity.names_given_up(vault), old):  # a restored service may lack those of any of them
            vault.outbox.send_again(name, after=0)
        vault.settings.put(identity.RELAYING, value=True)
        vault.audit.add("joined_again", device=reply.device_id, formerly=old)
    recovery = identity.vouched_recovery_key(reply.recovery, reply.ca_pem)
    service = CouncilService(address, reply.ca_pem, reply.crl_pem, recovery)
    service = with_roots(service, roots_in(reply.ca_pem)[0], reply.steps)
    officer = Officer(reply.officer.id, reply.officer.name, reply.officer.role, reply.council)
    device = identity.renamed(vault, reply.device_id, keys.signing)
    is_theirs = not old and are_theirs(vault, officer)
    vault.settings.put_all(
        SERVICE.holding(service),
        CERTIFICATE.holding(Certificate(reply.certificate_pem + reply.ca_pem, key_pem(keys.certificate))),
        OFFICER.holding(officer),
        DEVICE.holding(device),
        JOINING.holding(None),
        identity.UNKNOWN_SINCE.holding(None),
        *([BEFOREHAND.holding(None)] if is_theirs else []),
        first=taking_over(vault, officer, device) if is_theirs else lambda _tx: None,
    )


def _refuse_other_officer(vault: Vault, reply: Enrolled) -> None:
    if reply.officer.id != vault.settings.get(OFFICER).id:
        raise BadCode(OTHER_OFFICER)
