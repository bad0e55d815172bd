"""A laptop joins: it fetches the council's certificate, checks it against its code, and registers its keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy import Connection

from casework.protocol import Enrol, Enrolled, Forked, ForkRequest, OfficerCard, WipeAck, WipeAcked
from central import accounts, door, rejoining, revoking
from central.authority import certificate_pem
from central.exchange import Exchange, revocation_list
from central.service import Asking, Here, Service, council_of, message, open_message, stranger
from central.signatures import check_owner

router = APIRouter(prefix="/v1")


@router.get("/ca.pem", response_class=PlainTextResponse, dependencies=[Depends(stranger)])
def ca(service: Here) -> str:
    """The council's certificate. Not trusted until a code has vouched for it."""
    return service.authority.pem


@router.get("/crl.pem", response_class=PlainTextResponse, dependencies=[Depends(stranger)])
def crl(service: Here) -> str:
    """Which officers' certificates no longer count."""
    with service.database.reading() as connection:
        return revocation_list(service, connection)


@router.post("/device/enrol", response_model=Enrolled)
def enrol(service: Here, asked: Annotated[Enrol, Depends(open_message(Enrol))]) -> Response:
    """Spends a one-time code. The same laptop may ask again with the same code, if the answer was lost."""
    check_owner(asked.signing_key, asked.proof, asked.secret.encode())
    reply = service.database.transact(lambda connection: _enrolled(service, connection, asked))
    service.intake.retry_unsigned([former.device_id for former in asked.formerly])
    return door.packed(reply.model_dump_json().encode(), "")


@router.post("/device/fork", response_model=Forked)
def fork(service: Here, asking: Asking, asked: Annotated[ForkRequest, Depends(message(ForkRequest))]) -> Response:
    """For a laptop restored from an image, signed with the name it must give up."""
    reply = Exchange(service, asking.device, asking.officer).fork(asked)
    return door.packed(reply.model_dump_json().encode(), "")


@router.post("/device/wipe-ack", response_model=WipeAcked)
def wipe_ack(service: Here, asked: Annotated[WipeAck, Depends(open_message(WipeAck))]) -> Response:
    """A laptop has erased itself. It has no key left to sign a request with, so its word is in the message."""
    with service.database.writing() as connection:
        revoking.confirm_wiped(connection, asked)
    return door.packed(WipeAcked(device_state="wiped").model_dump_json().encode(), "")


def _enrolled(service: Service, connection: Connection, asked: Enrol) -> Enrolled:
    """All of it or nothing: a refusal leaves the code as it was."""
    now = service.now()
    owner, laptop = accounts.redeem_code(connection, asked.secret, asked.signing_key, now)
    rejoining.give_up_names(connection, asked, owner, now)
    council = council_of(connection)
    certificate = service.authority.issue_officer(
        asked.csr_pem, officer_id=owner.id, name=owner.name, council=council.name, now=now
    )
    pem = certificate_pem(certificate)
    accounts.keep_certificate(connection, serial=certificate.serial_number, owner=laptop, pem=pem)
    return Enrolled(
        officer=OfficerCard(id=owner.id, name=owner.name, role=owner.role),
        council=council.name,
        device_id=laptop.id,
        certificate_pem=pem,
        ca_pem=service.authority.pem,
        crl_pem=revocation_list(service, connection),
        recovery_public_pem=service.authority.recovery_public_pem,
        epoch=council.epoch,
    )
