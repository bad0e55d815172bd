"""What was not taken in: its author sees it, and the supervisor of its bucket decides."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from casework.protocol import Decide, Quarantine, QuarantinedItem
from central import door
from central.clock import stamp
from central.deciding import Deciding, Decision, Quarantined, listed
from central.errors import Refused
from central.scope import is_supervisor, scope_of
from central.service import Asking, Caller, Here, Service, entitled_caller, message

router = APIRouter(prefix="/v1/quarantine")


@router.get("", response_model=Quarantine)
def quarantine(request: Request, service: Here, asking: Asking, *, undecided: bool = False) -> Response:
    """The laptop's own items; for a supervisor also those of the buckets they supervise. `undecided`: only those that
    nobody has decided about yet."""
    entitled_caller(asking)
    with service.database.reading() as connection:
        mine = _supervised(connection, service, asking)
        items = listed(connection, pushed_by=asking.device.id, buckets=mine, undecided=undecided)
    reply = Quarantine(items=[_item(found) for found in items])
    return door.packed(reply.model_dump_json().encode(), request.headers.get("accept-encoding", ""))


@router.post("/{op_id}", response_model=QuarantinedItem)
def decide(
    service: Here,
    asking: Asking,
    op_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,96}$")],
    asked: Annotated[Decide, Depends(message(Decide))],
) -> Response:
    """Accept, return or reject, with a reason. The same decision again changes nothing."""
    entitled_caller(asking)
    if not is_supervisor(asking.officer):
        raise Refused(403, "not_supervisor", "Only a supervisor decides about this.")
    with service.database.reading() as connection:
        mine = _supervised(connection, service, asking)
    decision = Decision(op_id, asked.decision, asked.decision_id, by=asking.officer.id, reason=asked.reason)
    deciding = Deciding(service.database, service.definitions, service.now)
    found = deciding.decide(decision, within=mine)
    return door.packed(_item(found).model_dump_json().encode(), "")


def _supervised(connection: Connection, service: Service, asking: Caller) -> set[str]:
    """Only who may see every form of a bucket sees what lies in quarantine for it."""
    scope = scope_of(connection, asking.officer, stamp(service.now()))
    return scope.buckets if is_supervisor(asking.officer) and scope.forms is None else set()


def _item(found: Quarantined) -> QuarantinedItem:
    return QuarantinedItem(**asdict(found), may_be_accepted=found.may_be_accepted)
