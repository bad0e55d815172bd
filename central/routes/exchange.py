"""Reconciliation: hello, push, pull (sync study 3.3)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select, update

from casework.protocol import (
    MAX_OPS,
    MAX_PUSH_BYTES,
    PROTOCOL,
    DigestQuery,
    DigestReply,
    FormCard,
    Have,
    HaveReply,
    Hello,
    HelloReply,
    Limits,
    Pull,
    PullReply,
    Push,
    PushReply,
    Result,
)
from central import definitions, digesting, door, feed, revoking
from central.accounts import LEASE, Device
from central.clock import stamp
from central.errors import Refused
from central.numbering import Numbers
from central.pulling import page
from central.routes.joining import revocation_list
from central.senders import Senders
from central.service import Asking, Caller, Here, Service, council_of, entitled_caller, message
from central.tables import device, waiting
from central.tables import feed as feeds

router = APIRouter(prefix="/v1")


@router.post("/hello", response_model=HelloReply)
def hello(
    request: Request, service: Here, asking: Asking, asked: Annotated[Hello, Depends(message(Hello))]
) -> Response:
    """Where both sides stand. A withdrawn laptop is told so here, and nothing else."""
    if not asked.proto_min <= PROTOCOL <= asked.proto_max:
        raise Refused(426, "upgrade_required", "This version of Homeward is too old for the service. Please update it.")
    with service.database.writing() as connection:
        lease = _seen(connection, service, asking.device, asked)
        reply = HelloReply(
            proto=PROTOCOL,
            epoch=council_of(connection).epoch,
            now=stamp(service.now()),
            acked_device_seq=Numbers(connection).upto(asking.device.id),
            device_state=asking.device.state,  # type: ignore[arg-type]  # the column holds nothing else
            lease_until=lease,
            limits=Limits(ops=MAX_OPS, bytes=MAX_PUSH_BYTES),
            forms_missing=_missing(connection, asked),
            standing=_standing(connection, asking, asked.asking),
            crl_pem=revocation_list(service, connection),
            order=revoking.order_for(connection, asking.device.id),
        )
    return _answer(request, reply.model_dump_json())


@router.post("/push", response_model=PushReply)
def push(request: Request, service: Here, asking: Asking, asked: Annotated[Push, Depends(message(Push))]) -> Response:
    """Takes operations in; each gets its own answer, which is durable when this returns."""
    _check_epoch(service, asked.epoch)
    results, acked = service.intake.push(asking.device.id, asked.ops)
    reply = PushReply(results=results, acked_device_seq=acked, now=stamp(service.now()))
    return _answer(request, reply.model_dump_json())


@router.post("/pull", response_model=PullReply)
def pull(request: Request, service: Here, asking: Asking, asked: Annotated[Pull, Depends(message(Pull))]) -> Response:
    """One page of what the laptop has not seen."""
    entitled_caller(asking)
    with service.database.reading() as connection, connection.begin():
        epoch = council_of(connection).epoch
        _refuse_other_epoch(epoch, asked.epoch)
        owner = Senders(connection, service.now()).of(asking.device.id)
        reply = page(connection, owner, asked, epoch)
    return _answer(request, reply.model_dump_json())


@router.post("/have", response_model=HaveReply)
def have(request: Request, service: Here, asking: Asking, asked: Annotated[Have, Depends(message(Have))]) -> Response:
    """Which of these are not in any bucket the laptop may hold: after a restore, it relays those."""
    entitled_caller(asking)
    with service.database.reading() as connection:
        _refuse_other_epoch(council_of(connection).epoch, asked.epoch)
        mine = Senders(connection, service.now()).of(asking.device.id).scope
        query = select(feeds.c.op_id, feeds.c.bucket, feeds.c.form_id).where(feeds.c.op_id.in_(asked.op_ids))
        known = {op_id for op_id, bucket, form_id in connection.execute(query) if mine.reads(bucket, form_id)}
    reply = HaveReply(missing_here=[op_id for op_id in asked.op_ids if op_id not in known])
    return _answer(request, reply.model_dump_json())


@router.post("/digest", response_model=DigestReply)
def digest(
    request: Request, service: Here, asking: Asking, asked: Annotated[DigestQuery, Depends(message(DigestQuery))]
) -> Response:
    """Finds where two sides of a bucket differ: the service's digest of each record in it."""
    entitled_caller(asking)
    with service.database.reading() as connection:
        _refuse_other_epoch(council_of(connection).epoch, asked.epoch)
        mine = Senders(connection, service.now()).of(asking.device.id).scope
        if asked.bucket not in mine.buckets:
            raise Refused(403, "out_of_scope", "The officer is not allocated to this child's record.")
        reply = digesting.compared(connection, mine, asked)
    return _answer(request, reply.model_dump_json())


def _answer(request: Request, content: str) -> Response:
    return door.packed(content.encode(), request.headers.get("accept-encoding", ""))


def _seen(connection: Connection, service: Service, laptop: Device, asked: Hello) -> str:
    """Notes the contact; the key lease of a laptop in good standing starts anew."""
    now = service.now()
    lease = stamp(now + LEASE) if laptop.state == "active" else laptop.lease_until
    values = {
        "last_seen_at": stamp(now),
        "lease_until": lease,
        "unsent": min(asked.unsent, 2**31 - 1),
        "audit_head": asked.audit_head,
    }
    connection.execute(update(device).where(device.c.id == laptop.id).values(values))
    return lease


def _missing(connection: Connection, asked: Hello) -> list[FormCard]:
    return [card for card in definitions.cards(connection) if card.version not in asked.forms.get(card.id, [])]


def _standing(connection: Connection, asking: Caller, op_ids: list[str]) -> list[Result]:
    """What has become of operations this laptop pushed and had to leave here."""
    laptops = select(device.c.id).where(device.c.officer_id == asking.officer.id)
    query = select(waiting).where(waiting.c.op_id.in_(op_ids), waiting.c.pushed_by.in_(laptops))
    found = {
        row.op_id: Result(op_id=row.op_id, status=row.status, code=row.code, detail=row.reason or row.detail)
        for row in connection.execute(query)
    }
    for op_id, seq in feed.places(connection, op_ids).items():
        found[op_id] = Result(op_id=op_id, status="accepted", seq=seq)
    return [found.get(op_id, Result(op_id=op_id, status="unknown")) for op_id in op_ids]


def _check_epoch(service: Service, named: str) -> None:
    with service.database.reading() as connection:
        _refuse_other_epoch(council_of(connection).epoch, named)


def _refuse_other_epoch(epoch: str, named: str) -> None:
    if epoch != named:
        raise Refused(409, "epoch_changed", "The service was restored from a backup; start again with hello.")
