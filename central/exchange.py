"""Reconciliation, free of HTTP: hello, push, pull, have, digest (sync study 3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from casework.protocol import (
    MAX_OPS,
    MAX_PUSH_BYTES,
    PROTOCOL,
    DigestQuery,
    DigestReply,
    Fetch,
    Fetched,
    Forked,
    ForkRequest,
    FormCard,
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
from casework.signed_texts import fork_text
from central import definitions, digesting, feed, revoking, tables
from central.accounts import LEASE, Device, Officer, revoked_serials
from central.clock import stamp
from central.errors import Refused
from central.numbering import Numbers
from central.pulling import page
from central.senders import Sender, Senders
from central.service import Service, council_of
from central.signatures import check_owner
from central.tables import device, officer, waiting

NOTED_EVERY = timedelta(minutes=1)


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
        with self.service.database.reading() as connection, connection.begin():
            return HelloReply(
                proto=PROTOCOL,
                epoch=council_of(connection).epoch,
                now=stamp(self.service.now()),
                acked_device_seq=Numbers(connection).upto(self.device.id),
                device_state=self.device.state,  # type: ignore[arg-type]  # the column holds nothing else
                lease_until=lease,
                limits=Limits(ops=MAX_OPS, bytes=MAX_PUSH_BYTES),
                forms_missing=_missing(connection, asked),
                standing=self._standing(connection, asked.asking),
                crl_pem=self._fresh_revocations(connection, asked.crl_at),
                order=revoking.order_for(connection, self.device.id),
            )

    def push(self, asked: Push) -> PushReply:
        """Each operation's own answer, durable when this returns."""
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
        results, acked = self.service.intake.push(self.device.id, asked.ops)
        self.service.metrics.answered([result.status for result in results])
        return PushReply(results=results, acked_device_seq=acked, now=stamp(self.service.now()))

    def pull(self, asked: Pull) -> PullReply:
        """One page of what the laptop has not seen."""
        self._refuse_withdrawn()
        with self.service.database.reading() as connection, connection.begin():
            epoch = _refuse_other_epoch(connection, asked.epoch)
            return page(connection, self._sender(connection), asked, epoch)

    def have(self, asked: Have) -> HaveReply:
        """Which of these are in no bucket the laptop may hold: after a restore, it relays those."""
        self._refuse_withdrawn()
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
            mine = self._sender(connection).scope
            places = tables.feed.c
            query = select(places.op_id, places.bucket, places.form_id).where(places.op_id.in_(asked.op_ids))
            known = {op_id for op_id, bucket, form_id in connection.execute(query) if mine.reads(bucket, form_id)}
        return HaveReply(missing_here=[op_id for op_id in asked.op_ids if op_id not in known])

    def fetch(self, asked: Fetch) -> Fetched:
        """The text of operations that the laptop may hold, and whose bytes were damaged there."""
        self._refuse_withdrawn()
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
            mine = self._sender(connection).scope
            found = tables.feed.join(tables.operation, tables.operation.c.op_id == tables.feed.c.op_id)
            query = select(tables.operation, tables.feed.c.bucket, tables.feed.c.form_id).select_from(found)
            rows = connection.execute(query.where(tables.operation.c.op_id.in_(asked.op_ids)))
            ops = {row.op_id: _sealed(row) for row in rows if mine.reads(row.bucket, row.form_id)}
        return Fetched(ops=list(ops.values()))

    def digest(self, asked: DigestQuery) -> DigestReply:
        """Where the two sides of a bucket differ."""
        self._refuse_withdrawn()
        with self.service.database.reading() as connection:
            _refuse_other_epoch(connection, asked.epoch)
            mine = self._sender(connection).scope
            if asked.bucket not in mine.buckets:
                raise Refused(403, "out_of_scope", "The officer is not allocated to this child's record.")
            return digesting.compared(connection, mine, asked)

    def names(self, asked: NamesQuery) -> Names:
        """What colleagues are called, for a laptop that knows their ids from their words."""
        self._refuse_withdrawn()
        with self.service.database.reading() as connection:
            query = select(officer.c.id, officer.c.name).where(officer.c.id.in_(asked.officers))
            return Names(names={row.id: row.name for row in connection.execute(query)})

    def fork(self, asked: ForkRequest) -> Forked:
        """A copy of a laptop gets a name of its own."""
        check_owner(asked.signing_key, asked.proof, fork_text(self.device.id))
        if self.device.state not in ("active", "forked", "drain"):
            raise Refused(403, "device_revoked", "This laptop has been withdrawn.")
        with self.service.database.writing() as connection:
            return Forked(device_id=revoking.fork(connection, self.device, asked.signing_key, self.service.now()).id)

    def _sender(self, connection: Connection) -> Sender:
        return Senders(connection, self.service.now()).of(self.device.id)

    def _refuse_withdrawn(self) -> None:
        if self.device.state != "active" or not self.officer.active:
            raise Refused(403, "device_revoked", "This laptop has been withdrawn.")

    def _noted(self, asked: Hello) -> str:
        """How long the laptop's key lease now runs; it starts anew with each contact of one in good standing.

        A contact with no other news than itself is written down once a minute: most hellos then cost no write.
        """
        now, laptop = self.service.now(), self.device
        unsent = min(asked.unsent, 2**31 - 1)
        since = abs(now - datetime.fromisoformat(laptop.last_seen_at))
        if since < NOTED_EVERY and (unsent, asked.audit_head) == (laptop.unsent, laptop.audit_head):
            return laptop.lease_until
        lease = stamp(now + LEASE) if laptop.state == "active" else laptop.lease_until
        news = {"last_seen_at": stamp(now), "lease_until": lease, "unsent": unsent, "audit_head": asked.audit_head}
        with self.service.database.writing() as connection:
            connection.execute(update(device).where(device.c.id == laptop.id).values(news))
        return lease

    def _fresh_revocations(self, connection: Connection, held_since: str) -> str:
        """Empty when the laptop's own list is of today and nobody was revoked since."""
        day_ago = stamp(self.service.now() - timedelta(days=1))
        revoked = [stamp(at) for _, at in revoked_serials(connection)]
        if held_since > day_ago and all(at < held_since for at in revoked):
            return ""
        return revocation_list(self.service, connection)

    def _standing(self, connection: Connection, op_ids: list[str]) -> list[Result]:
        """What has become of operations this officer's laptops pushed and had to leave here."""
        if not op_ids:
            return []
        laptops = select(device.c.id).where(device.c.officer_id == self.officer.id)
        query = select(waiting).where(waiting.c.op_id.in_(op_ids), waiting.c.pushed_by.in_(laptops))
        found = {
            row.op_id: Result(op_id=row.op_id, status=row.status, code=row.code, detail=row.reason or row.detail)
            for row in connection.execute(query)
        }
        for op_id, seq in feed.places(connection, op_ids).items():
            found[op_id] = Result(op_id=op_id, status="accepted", seq=seq)
        return [found.get(op_id, Result(op_id=op_id, status="unknown")) for op_id in op_ids]


def revocation_list(service: Service, connection: Connection) -> str:
    """Signed anew each time: it is short, and says until when it counts."""
    now = service.now()
    return service.authority.revocations(revoked_serials(connection), number=int(now.timestamp()), now=now)


def _sealed(row: Any) -> Sealed:
    return Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature)


def _missing(connection: Connection, asked: Hello) -> list[FormCard]:
    return [card for card in definitions.cards(connection) if card.version not in asked.forms.get(card.id, [])]


def _refuse_other_epoch(connection: Connection, named: str) -> str:
    epoch = council_of(connection).epoch
    if epoch != named:
        raise Refused(409, "epoch_changed", "The service was restored from a backup; start again with hello.")
    return epoch
