"""What was not taken in: its author sees it, and the supervisor of its bucket decides."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from sqlalchemy import Connection

from casework.identifiers import BucketId, OperationId
from casework.records.operation import NAMED
from casework.wire.protocol import Decide, Quarantine, QuarantinedItem
from central.database.clock import stamp
from central.database.errors import Refused
from central.http.addresses import Address
from central.http.callers import Caller, Place
from central.intake.quarantine_decisions import Deciding, Decision, Quarantined, elsewhere, listed
from central.people.scope import is_supervisor, supervised_buckets


class Which(Place, frozen=True):
    """`undecided`: only those that nobody has decided about yet."""

    undecided: bool = False


class ItemPlace(Place, frozen=True):
    op_id: Annotated[OperationId, NAMED]


def quarantine(caller: Caller, which: Which) -> Quarantine:
    """The laptop's own items; for a supervisor also those of the buckets they supervise, and how many are others'."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        mine = _supervised(connection, caller)
        items = listed(connection, pushed_by=caller.device.id, buckets=mine, undecided=which.undecided)
        others = elsewhere(connection, pushed_by=caller.device.id, buckets=mine) if is_supervisor(caller.officer) else 0
    return Quarantine(items=[_item(found) for found in items], elsewhere=others)


def decide(caller: Caller, asked: Decide, item: ItemPlace) -> QuarantinedItem:
    """Accept, return or reject, with a reason. The same decision again changes nothing."""
    caller.refuse_withdrawn()
    if not is_supervisor(caller.officer):
        raise Refused(403, "not_supervisor", "Only a supervisor decides about this.")
    service = caller.service
    with service.database.reading() as connection:
        mine = _supervised(connection, caller)
    decision = Decision(item.op_id, asked.decision, asked.decision_id, by=caller.officer.id, reason=asked.reason)
    deciding = Deciding(service.database, service.definitions, service.now)
    return _item(deciding.decide(decision, within=mine))


def _supervised(connection: Connection, caller: Caller) -> set[BucketId]:
    return supervised_buckets(connection, caller.officer, stamp(caller.service.now()))


def _item(found: Quarantined) -> QuarantinedItem:
    return QuarantinedItem(**asdict(found), may_be_accepted=found.may_be_accepted)


ADDRESSES = (Address("GET", "/v1/quarantine", quarantine), Address("POST", "/v1/quarantine/{op_id}", decide))
