"""A laptop joins: it fetches the council's certificate, checks it against its code, and registers its keys."""

from __future__ import annotations

from cryptography import x509
from sqlalchemy import Connection

from casework.wire.council_roots import RootSteps
from casework.wire.laptop_messages import (
    CertificateIssued,
    CertificateRequest,
    Enrol,
    Enrolled,
    Forked,
    ForkRequest,
    OfficerCard,
    WipeAck,
    WipeAcked,
)
from casework.wire.withdrawals import issued_by
from central.http.addresses import Address
from central.http.callers import Caller, Stranger
from central.http.exchange import Exchange, revocation_list
from central.keys.certificate_parts import certificate_pem, requested_key
from central.people import accounts, rejoining, revoking
from central.people.accounts import Device, Officer
from central.people.key_ownership import check_owner
from central.service import Service, council_of


def ca(stranger: Stranger) -> str:
    """The council's certificate. Not trusted until a code has vouched for it."""
    return stranger.service.authority.pem


def roots(stranger: Stranger) -> RootSteps:
    """From each root of the council to the next. Whoever knows one of them judges by the signatures."""
    return RootSteps(steps=stranger.service.authority.steps)


def crl(stranger: Stranger) -> str:
    """Which officers' certificates no longer count."""
    with stranger.service.database.reading() as connection:
        return revocation_list(stranger.service, connection)


def enrol(stranger: Stranger, asked: Enrol) -> Enrolled:
    """Spends a one-time code. The same laptop may ask again with the same code, if the answer was lost."""
    service = stranger.service
    check_owner(asked.signing_key, asked.proof, asked.secret.encode())
    reply = service.database.transact(lambda connection: _enrolled(service, connection, asked))
    service.intake.retry_unsigned([former.device_id for former in asked.formerly])
    return reply


def certificate(caller: Caller, asked: CertificateRequest) -> CertificateIssued:
    """A new one to sign documents with, for a laptop in good standing."""
    accounts.refuse_withdrawn(caller.device, caller.officer)
    with caller.service.database.writing() as connection:
        pem = _certified(caller.service, connection, caller.officer, caller.device, asked.csr_pem)
        return CertificateIssued(certificate_pem=pem)


def fork(caller: Caller, asked: ForkRequest) -> Forked:
    """For a laptop restored from an image, signed with the name it must give up."""
    return Exchange(caller.service, caller.device, caller.officer).fork(asked)


def wipe_ack(stranger: Stranger, asked: WipeAck) -> WipeAcked:
    """A laptop has erased itself. It has no key left to sign a request with, so its word is in the message."""
    with stranger.service.database.writing() as connection:
        revoking.confirm_wiped(connection, asked)
    return WipeAcked(device_state="wiped")


def _enrolled(service: Service, connection: Connection, asked: Enrol) -> Enrolled:
    """All of it or nothing: a refusal leaves the code as it was."""
    now = service.now()
    owner, laptop = accounts.redeem_code(connection, asked.secret, asked.signing_key, now)
    rejoining.give_up_names(connection, asked, owner, now)
    council = council_of(connection)
    pem = _certified(service, connection, owner, laptop, asked.csr_pem)
    return Enrolled(
        officer=OfficerCard(id=owner.id, name=owner.name, role=owner.role),
        council=council.name,
        device_id=laptop.id,
        certificate_pem=pem,
        ca_pem=service.authority.pem,
        crl_pem=revocation_list(service, connection),
        epoch=council.epoch,
        recovery=service.authority.recovery_told,
        steps=service.authority.steps,
    )


def _certified(service: Service, connection: Connection, owner: Officer, laptop: Device, csr_pem: str) -> str:
    """The chain below the root. Asked again for the same key, as after a lost answer, it is the same."""
    key, authority = requested_key(csr_pem), service.authority
    held = [x509.load_pem_x509_certificate(pem.encode()) for pem in accounts.certificates_of(connection, laptop.id)]
    same = (each for each in held if each.public_key() == key and issued_by(each, authority.certificate))
    found = next(same, None) or authority.issue_officer(
        csr_pem, officer_id=owner.id, name=owner.name, council=council_of(connection).name, now=service.now()
    )
    pem = certificate_pem(found)
    accounts.keep_certificate(connection, serial=found.serial_number, owner=laptop, pem=pem)
    return pem + authority.between_pem


ADDRESSES = (
    Address("GET", "/v1/ca.pem", ca),
    Address("GET", "/v1/roots", roots),
    Address("GET", "/v1/crl.pem", crl),
    Address("POST", "/v1/device/enrol", enrol),
    Address("POST", "/v1/device/certificate", certificate),
    Address("POST", "/v1/device/fork", fork),
    Address("POST", "/v1/device/wipe-ack", wipe_ack),
)
