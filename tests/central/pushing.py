"""Laptops without a vault: they sign and push, for tests of the service alone."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.practice.notices.notice_table import officer_mark
from casework.records import Author, Change, Operation, RecordView, Stamp, field_path
from casework.records.answer_paths import cell_path, row_path
from casework.records.hybrid_clock import HybridTime
from casework.wire.protocol import Pull, PullReply, Result, entitled_digest, seal
from central.feed.pulling import page
from central.people import accounts
from central.people.senders import Senders
from central.service import council_of
from tests.central.running import Council

_ids = itertools.count(1)


@dataclass
class Pusher:
    """Writes operations in the name of one officer, and hands them to the service's intake."""

    council: Council
    author: Author
    number: int = 0
    heads: dict[str, tuple[OperationId, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, council: Council, officer_id: str) -> Pusher:
        key = Ed25519PrivateKey.generate()
        with council.service.database.writing() as connection:
            public = key.public_key().public_bytes_raw().hex()
            laptop = accounts.add_device(connection, OfficerId(officer_id), public, council.clock())
        return cls(council, Author(OfficerId(officer_id), laptop.id, key))

    @property
    def device_id(self) -> DeviceId:
        return self.author.device_id

    def stamp(self) -> Stamp:
        self.number += 1
        at = self.council.clock()
        hlc = str(HybridTime(int(at.timestamp() * 1000), self.number % 65536))
        return Stamp(OperationId(f"op-{next(_ids)}-{self.device_id}"), self.number, at.isoformat(), hlc)

    def create(
        self, child: str, record: str = "", strand: str = "core", form: str = "child", **answers: JSON
    ) -> Operation:
        operation = self.author.create(
            self.stamp(),
            record_id=RecordId(record or child),
            child_id=child_named(child),
            strand=strand,
            form_id=form,
            form_version=1,
            changes=[Change(field_path(name), value) for name, value in answers.items()],
        )
        self.heads[operation.record_id] = (operation.op_id,)
        return operation

    def change(
        self, record: str, form: str, strand: str, name: str, value: JSON, *, replaces: tuple[OperationId, ...] = ()
    ) -> Operation:
        """Words about a record that somebody else began."""
        view = RecordView(
            RecordId(record), form, 1, bucket=BucketId(f"{record}:{strand}"), heads=self.heads.get(record, ())
        )
        return self.author.say(self.stamp(), view, [Change(field_path(name), value, replaces)])

    def tells(self, child: str, strand: str, record: str, fact: tuple[str, str], **answers: JSON) -> Operation:
        """A notice with one fact."""
        row = [Change(row_path("facts", "n0"), {"position": "a0"})]
        cells = [
            Change(cell_path("facts", "n0", name), value) for name, value in zip(("fact", "value"), fact, strict=True)
        ]
        operation = self.author.create(
            self.stamp(),
            record_id=RecordId(record),
            child_id=child_named(child),
            strand=strand,
            form_id="notice",
            form_version=2,
            changes=[*(Change(field_path(name), value) for name, value in answers.items()), *row, *cells],
        )
        self.heads[record] = (operation.op_id,)
        return operation

    def accepts(self, notice: str, strand: str, child: str) -> Operation:
        """The reader’s own row of a notice."""
        view = RecordView(
            RecordId(notice), "notice", 2, bucket=BucketId(f"{child}:{strand}"), heads=self.heads.get(notice, ())
        )
        mark, at = officer_mark(self.author.officer_id), self.council.clock().isoformat()
        row = Change(row_path("receipts", mark), {"position": "a0"})
        return self.author.say(self.stamp(), view, [row, Change(cell_path("receipts", mark, "acknowledged_at"), at)])

    def offer(self, record: str, reply: str, at: str) -> Operation:
        """An offer of an interview, and what was said to it."""
        view = RecordView(
            RecordId(record), "return_home_interview", 1, bucket=BucketId(f"{record}:missing"), heads=self.heads[record]
        )
        row = [Change(row_path("offers", "one"), {"position": "a"})]
        cells = [Change(cell_path("offers", "one", name), value) for name, value in (("at", at), ("reply", reply))]
        return self.author.say(self.stamp(), view, [*row, *cells])

    def push(self, *ops: Operation) -> list[Result]:
        return self.council.service.intake.push(self.device_id, [seal(op) for op in ops])[0]

    def pull(self, cursor: int = 0, limit: int = 500) -> PullReply:
        service = self.council.service
        with service.database.reading() as connection:
            owner = Senders(connection, service.now()).of(self.device_id)
            epoch = council_of(connection).epoch
            digest = entitled_digest(owner.scope.buckets)
            asked = Pull(epoch=epoch, cursor=cursor, entitled=digest, limit=limit, whole=True)
            return page(connection, owner, asked, epoch)


def statuses(results: Sequence[Result]) -> list[str]:
    return [f"{result.status} {result.code}".strip() for result in results]
