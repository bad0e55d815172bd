"""Reconciliation, free of HTTP: hello, push, pull, have, digest (sync study 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select, update

from casework.identifiers import OperationId
from casework.wire.laptop_messages import Forked, ForkRequest
from casework.wire.protocol import (
    MAX_OPS,
    MAX_PUSH_BYTES,
    PROTOCOL,
    ColleaguesQuery,
    DigestQuery,
    DigestReply,
    Fetch,
    Fetched,
    FileCard,
    Greet,
    Greeted,
    Have,
    HaveReply,
    Hello,
    HelloReply,
    Limits,
    Names,
    NamesQuery,
    Pull,
    PullReply,
    Push,
    PushReply,
    Result,
    Sealed,
)
from casework.wire.signed_texts import fork_text
from central.database import tables
from central.database.clock import stamp
from central.database.errors import Refused
from central.database.tables import device, operation, waiting
from central.facts.numbers_of_practice import newest_hash
from central.feed import digesting, feed
from central.feed.pulling import page
from central.files.offered_updates import Shelf
from central.intake import definitions
from central.intake.device_numbers import Numbers
from central.people import revoking
from central.people.accounts import LEASE, Device, Officer, refuse_withdrawn, revoked_serials
from central.people.colleagues import names_for_actions, names_within
from central.people.key_ownership import check_owner
from central.people.laptop_versions import floor_above, refuse_below
from central.people.senders import Sender, Senders
from central.service import Council, Service, council_of

NOTED_EVERY = timedelta(minutes=1)
_NOTED = (
    update(device)
    .where(device.c.id == bindparam("laptop"))
    .values({name: bindparam(name) for name in ("unsent", "audit_head", "app", "last_seen_at", "lease_until")})
)


@dataclass(frozen=True)
class Exchange:
    """What one laptop may do; the door has made sure that it is that laptop."""

    service: Service
    device: Device
    officer: Officer

    def hello(self, asked: Hello) -> HelloReply:
        """Where both sides stand. A withdrawn laptop is told so here."""
        if not asked.proto_min <= PROTOCOL <= asked.proto_max:
            message = "This version of Homeward is too old for the service. Please update it."
            raise Refused(426, "upgrade_required", message)
        lease = self._noted(asked)
        with self.service.database.glancing() as connection, connection.begin():
            here = council_of(connection)
            return HelloReply(
                proto=PROTOCOL,
                epoch=here.epoch,
                now=stamp(self.service.now()),
                acked_device_seq=self._arrived(connection),
                device_state=self.device.state,  # type: ignore[arg-type]  # the column holds nothing else
                lease_until=lease,
                limits=Limits(ops=MAX_OPS, bytes=MAX_PUSH_BYTES),
                forms_missing=definitions.cards_besides(connection, asked.forms),
                standing=self._standing(connection, asked.asking),
                crl_pem=self._fresh_revocations(connection, asked.crl_at),
                order=revoking.order_for(connection, self.device.id)
                if self.device.state in ("wipe", "wiped")
                else None,
                council_file=_file_card(connection),
                went_back=asked.epoch == here.epoch and not feed.has_seen(connection, asked.seen),
                audit_head=self.device.audit_head,
                recovery=self.service.authority.recovery_told,
                floor=floor_above(asked.app, here.floor),
                updates=Shelf(self.service.home.updates).offered(),
            )

    def greet(self, asked: Greet) -> Greeted:
        """A laptop with nothing to say needs one request, and no more than each half would have been given."""
        hello = self.hello(asked.hello)
        if hello.device_state != "active" or hello.floor or hello.went_back or hello.epoch != asked.pull.epoch:
            return Greeted(hello=hello)
        try:
            return Greeted(hello=hello, page=self.pull(asked.pull))
        except Refused:
            return Greeted(hello=hello)

    def push(self, asked: Push) -> PushReply:
        """Each operation's own answer, durable when this returns."""
        with self.service.database.glancing() as connection:
            _refuse_other_epoch(connection, asked.epoch)
        results, acked = self.service.intake.push(self.device.id, asked.ops)
        return PushReply(results=results, acked_device_seq=acked, now=stamp(self.service.now()))

    def pull(self, asked: Pull) -> PullReply:
        """One page of what the laptop has not seen."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.glancing() as connection, connection.begin():
            here = _refuse_other_epoch(connection, asked.epoch)
            refuse_below(self.device.app, here.floor)
            return page(connection, self._sender(connection), asked, here.epoch)

    def have(self, asked: Have) -> HaveReply:
        """Which of these are in no bucket the laptop may hold: after a restore, it relays those."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
            mine = self._sender(connection).scope
            homes = _with_homes(tables.operation.c.op_id).where(tables.operation.c.op_id.in_(asked.op_ids))
            known = {row.op_id for row in connection.execute(homes) if mine.reads(row.bucket, row.form_id, row.home)}
        return HaveReply(missing_here=[op_id for op_id in asked.op_ids if op_id not in known])

    def fetch(self, asked: Fetch) -> Fetched:
        """The text of operations that the laptop may hold, and whose bytes were damaged there."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.reading() as connection:
            refuse_below(self.device.app, _refuse_other_epoch(connection, asked.epoch).floor)
            mine = self._sender(connection).scope
            query = _with_homes(tables.operation).where(tables.operation.c.op_id.in_(asked.op_ids))
            rows = connection.execute(query)
            ops = {row.op_id: _sealed(row) for row in rows if mine.reads(row.bucket, row.form_id, row.home)}
        return Fetched(ops=list(ops.values()))

    def digest(self, asked: DigestQuery) -> DigestReply:
        """Where the two sides of a bucket differ."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
            mine = self._sender(connection).scope
            if asked.bucket not in mine.buckets:
                raise Refused(403, "out_of_scope", "The officer is not allocated to this child's record.")
            return digesting.compared(connection, mine, asked)

    def names(self, asked: NamesQuery) -> Names:
        """What colleagues are called, for a laptop that knows their ids from their words."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.reading() as connection:
            mine = self._sender(connection).scope
            return Names(names=names_within(connection, mine, asked.officers))

    def colleagues(self, _asked: ColleaguesQuery) -> Names:
        """Who can be given something to do, for whoever writes the minutes of a group."""
        refuse_withdrawn(self.device, self.officer)
        with self.service.database.glancing() as connection:
            return Names(names=names_for_actions(connection, self.officer))

    def fork(self, asked: ForkRequest) -> Forked:
        """A copy of a laptop gets a name of its own."""
        check_owner(asked.signing_key, asked.proof, fork_text(self.device.id))
        refuse_withdrawn(self.device, also=("forked", "drain"))
        with self.service.database.writing() as connection:
            return Forked(device_id=revoking.fork(connection, self.device, asked.signing_key, self.service.now()).id)

    def _sender(self, connection: Connection) -> Sender:
        return Senders(connection, self.service.now()).known(self.device, self.officer)

    def _arrived(self, connection: Connection) -> int:
        numbers = Numbers(connection)
        numbers.begin({self.device.id: self.device.acked_seq})
        return numbers.upto(self.device.id)

    def _noted(self, asked: Hello) -> str:
        """How long the laptop's key lease now runs; it starts anew with each contact of one in good standing.

        A contact with no other news than itself is written down once a minute: most hellos then cost no write.
        """
        now, laptop = self.service.now(), self.device
        unsent = min(asked.unsent, 2**31 - 1)
        since = abs(now - datetime.fromisoformat(laptop.last_seen_at))
        told = (unsent, asked.audit_head, asked.app)
        if since < NOTED_EVERY and told == (laptop.unsent, laptop.audit_head, laptop.app):
            return laptop.lease_until
        lease = stamp(now + LEASE) if laptop.state == "active" else laptop.lease_until
        news = dict(zip(("unsent", "audit_head", "app"), told, strict=True))
        news |= {"last_seen_at": stamp(now), "lease_until": lease}
        with self.service.database.writing() as connection:
            connection.execute(_NOTED, {"laptop": laptop.id, **news})
        return lease

    def _fresh_revocations(self, connection: Connection, held_since: str) -> str:
        """Empty when the laptop's own list is of today, and neither officer nor issuing key was revoked since."""
        day_ago = stamp(self.service.now() - timedelta(days=1))
        serials = revoked_serials(connection)
        revoked = [stamp(at) for _, at in serials] + [stamp(self.service.authority.issuing_since())]
        if held_since > day_ago and all(at < held_since for at in revoked):
            return ""
        return _revocation_list(self.service, serials)

    def _standing(self, connection: Connection, op_ids: list[OperationId]) -> list[Result]:
        """What has become of operations this officer's laptops pushed and had to leave here."""
        if not op_ids:
            return []
        laptops = select(device.c.id).where(device.c.officer_id == self.officer.id)
        query = select(waiting).where(waiting.c.op_id.in_(op_ids), waiting.c.pushed_by.in_(laptops))
        found = {
            row.op_id: Result(op_id=row.op_id, status=row.status, code=row.code, detail=row.reason or row.detail)
            for row in connection.execute(query)
        }
        own = or_(operation.c.device_id.in_(laptops), operation.c.relayed_by.in_(laptops))
        brought = connection.execute(select(operation.c.op_id).where(operation.c.op_id.in_(op_ids), own)).scalars()
        for op_id, seq in feed.places(connection, brought).items():
            found[op_id] = Result(op_id=op_id, status="accepted", seq=seq)
        return [found.get(op_id, Result(op_id=op_id, status="unknown")) for op_id in op_ids]


def revocation_list(service: Service, connection: Connection) -> str:
    """Signed anew each time: it is short, and says until when it counts."""
    return _revocation_list(service, revoked_serials(connection))


def _revocation_list(service: Service, serials: Sequence[tuple[int, datetime]]) -> str:
    now = service.now()
    return service.authority.revocations(serials, number=int(now.timestamp()), now=now)


def _with_homes(*columns: Any) -> Select[Any]:
    """Operations beside where their records stand today, whichever bucket they were said in."""
    joined = tables.operation.join(tables.record, tables.record.c.record_id == tables.operation.c.record_id)
    home = tables.record.c.record_id.label("home")
    return select(*columns, home, tables.record.c.bucket, tables.record.c.form_id).select_from(joined)


def _sealed(row: Any) -> Sealed:
    return Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature)


def _file_card(connection: Connection) -> FileCard | None:
    newest = newest_hash(connection)
    return FileCard(hash=newest) if newest else None


def _refuse_other_epoch(connection: Connection, named: str) -> Council:
    here = council_of(connection)
    if here.epoch != named:
        raise Refused(409, "epoch_changed", "The service was restored from a backup; start again with hello.")
    return here
