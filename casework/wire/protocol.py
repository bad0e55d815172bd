"""The messages between a laptop and the central service (protocol 1); `signed_texts` has what a laptop signs.

An operation travels as the exact text its author signed, so that nobody ever has to guess how it was written.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from msgspec import Meta, field

from casework.errors import AnswerError
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId
from casework.records import MAX_BYTES, Operation
from casework.records.operation import NAMED, Identifier
from casework.version_order import VERSION_PATTERN
from casework.wire.laptop_messages import DeviceState, Order, RecoveryTold
from casework.wire.message import NO_NUL, Count, Hex64, Message

PROTOCOL = 1
MERGE_VERSION = 1  # raised when the same operations would give another view
MAX_OPS = 500
MAX_PUSH_BYTES = 4 * 1024 * 1024  # of operations’ texts; packed, prose travels as some third of it
MAX_REASON = 2000  # letters
CLOCK_WINDOW_MS = 5 * 60 * 1000

VersionName = Annotated[str, Meta(pattern=rf"^\Z|{VERSION_PATTERN}")]
Status = Literal["accepted", "duplicate", "held", "quarantined", "returned", "rejected", "unknown"]


class Sealed(Message):
    """An operation as signed: its canonical text, and the Ed25519 signature over that text."""

    op_id: Annotated[OperationId, NAMED]
    payload: Annotated[str, Meta(max_length=4 * MAX_BYTES, pattern=NO_NUL)]
    signature: Annotated[str, Meta(max_length=128, pattern=NO_NUL)]


class Digest(Message):
    count: Count
    sum: Hex64


class Hello(Message):
    """`asking` names operations the service has held or quarantined, whose fate the laptop wants to know; `seen` the
    last step of the feed it has, as `place:op_id`."""

    proto_min: Count
    proto_max: Count
    app: Annotated[str, Meta(max_length=64, pattern=NO_NUL)]
    epoch: Identifier | None = None
    last_device_seq: Count = 0
    unsent: Count = 0
    forms: Annotated[dict[Identifier, list[Count]], Meta(max_length=200)] = field(default_factory=dict)
    asking: Annotated[list[Annotated[OperationId, NAMED]], Meta(max_length=MAX_OPS)] = field(default_factory=list)
    audit_head: Annotated[str, Meta(max_length=128, pattern=NO_NUL)] = ""
    seen: Annotated[str, Meta(max_length=128, pattern=NO_NUL)] = ""
    crl_at: Annotated[str, Meta(max_length=40)] = ""
    now: Annotated[str, Meta(max_length=40)] = ""


class Limits(Message):
    ops: Count
    bytes: Count


class FormCard(Message):
    id: str
    version: int
    hash: str


class FileCard(Message):
    """Of the council's own file, as last published; SHA-256 of its text."""

    hash: str


class FormText(Message):
    """A published version; `council` is the file whose changes are made, empty for none."""

    id: str
    version: int
    source: str
    shared: str
    council: str = ""


class CouncilFileText(Message):
    """What a council decides for itself. `file` is what it was called where it was written."""

    file: str
    hash: str
    text: str


class Result(Message):
    """What became of one operation; `seq` is its place in the feed once it has one."""

    op_id: OperationId
    status: Status
    seq: int | None = None
    code: str = ""
    detail: str = ""


class HelloReply(Message):
    """`went_back`: the service lacks what the laptop has seen in this very epoch; `audit_head` is what the laptop's
    audit trail ended with when it was here last; `recovery` is for laptops that joined before the root had signed it;
    `floor` is the version that it has to be updated to, where it is below what the council asks for; `updates` are the
    newer versions offered, by system."""

    proto: int
    epoch: str
    now: str
    acked_device_seq: int
    device_state: DeviceState
    lease_until: str
    limits: Limits
    forms_missing: list[FormCard]
    standing: list[Result]
    crl_pem: str
    order: Order | None = None
    council_file: FileCard | None = None
    went_back: bool = False
    audit_head: str = ""
    recovery: RecoveryTold | None = None
    floor: VersionName = ""
    updates: dict[str, VersionName] = field(default_factory=dict)


class Push(Message):
    batch_id: Identifier
    epoch: Identifier
    ops: Annotated[list[Sealed], Meta(max_length=MAX_OPS)]


class PushReply(Message):
    results: list[Result]
    acked_device_seq: int
    now: str


class Pull(Message):
    """`cursor` holds for every entitled bucket but those in `filling`, which have a place of their own.

    `whole`: send the text of the laptop's own operations too, which it has usually got.
    """

    epoch: Identifier
    cursor: Count = 0
    filling: Annotated[dict[Annotated[BucketId, NAMED], Count], Meta(max_length=20_000)] = field(default_factory=dict)
    entitled: Annotated[str, Meta(max_length=64)] = ""
    whole: bool = False
    limit: Annotated[int, Meta(ge=1, le=MAX_OPS)] = MAX_OPS


class Item(Message):
    """One step of the feed. `out`: the record left the bucket; `destroyed` is then the day on which the council
    destroyed it, where it did. A laptop's own operations come without their text.

    `left`: the hash alone, of what stood in this bucket until its record left it for one that this laptop may not
    hold; it counts in the digest until the step that says so, and its words are not sent.
    """

    seq: int
    bucket: BucketId
    kind: Literal["op", "out"]
    op_id: OperationId = OperationId("")
    record_id: RecordId = RecordId("")
    op: Sealed | None = None
    left: str = ""
    destroyed: str = ""


class PullReply(Message):
    """`entitled` comes, alone, when the laptop's idea of its buckets is out of date. `filled`: where each bucket
    being filled now stands; one that stands at `to` is filled."""

    epoch: str
    cursor_from: int
    cursor_to: int
    items: list[Item]
    digests: dict[BucketId, Digest]
    filled: dict[BucketId, int]
    more: bool
    entitled: list[BucketId] | None = None


class Greet(Message):
    """A hello of somebody who has nothing to hand over, with the question that would follow it."""

    hello: Hello
    pull: Pull


class Greeted(Message):
    """`page` is left out where the question has to be asked by itself, so that what it is refused for is heard."""

    hello: HelloReply
    page: PullReply | None = None


class Have(Message):
    """After the service was restored: which of these, others' operations, does it no longer know?"""

    epoch: Identifier
    op_ids: Annotated[list[Annotated[OperationId, NAMED]], Meta(max_length=MAX_OPS)]


class HaveReply(Message):
    missing_here: list[OperationId]


class Fetch(Message):
    """Operations whose bytes were damaged on the laptop."""

    epoch: Identifier
    op_ids: Annotated[list[Annotated[OperationId, NAMED]], Meta(max_length=MAX_OPS)]


class Fetched(Message):
    ops: list[Sealed]


class NamesQuery(Message):
    """Officers whose words this laptop holds, and whose names it lacks."""

    officers: Annotated[list[Annotated[OfficerId, NAMED]], Meta(max_length=MAX_OPS)]


class Names(Message):
    """By the officer's id; one nobody here has is left out."""

    names: dict[OfficerId, str]


class ColleaguesQuery(Message):
    """Whom a group can give something to do; the answer is `Names`."""


class Decide(Message):
    decision_id: Identifier
    decision: Literal["accept", "return", "reject"]
    reason: Annotated[str, Meta(min_length=1, max_length=MAX_REASON, pattern=NO_NUL)]


class QuarantinedItem(Message):
    op_id: OperationId
    status: Status
    code: str
    detail: str
    device_id: DeviceId
    pushed_by: DeviceId
    bucket: BucketId
    record_id: RecordId
    received_at: str
    reason: str
    payload: str
    may_be_accepted: bool


class Quarantine(Message):
    """`elsewhere`: how many more wait for a decision that is somebody else's."""

    items: list[QuarantinedItem]
    elsewhere: int = 0


class DigestQuery(Message):
    """Compares one bucket, as far as `at`; `prefix` narrows the answer to records whose id begins so."""

    epoch: Identifier
    bucket: Annotated[BucketId, NAMED]
    at: Count
    count: Count
    sum: Hex64
    prefix: Annotated[str, Meta(max_length=96, pattern=r"^[A-Za-z0-9_.:-]*\Z")] = ""
    merge_version: Count = 0
    state_sum: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")] = ""


class DigestReply(Message):
    """`records`: what the service holds for each record of the bucket, when the sums differ.

    `states_match`: whether both sides show the same; None when they merge by different versions of the rules.
    """

    match: bool
    records: dict[RecordId, Digest]
    more: bool
    states_match: bool | None = None


class Problem(Message, forbid_unknown_fields=False):
    """RFC 9457. `code` is for programs, `detail` for people. Whatever else stands in it is passed over."""

    title: str
    status: int
    code: str
    type: str = "about:blank"
    detail: str = ""
    now: str = ""


def seal(operation: Operation) -> Sealed:
    return Sealed(op_id=operation.op_id, payload=operation.payload.decode(), signature=operation.signature)


def unseal(sealed: Sealed) -> Operation:
    """Raises AnswerError unless the text is one operation, written canonically."""
    operation = Operation.from_payload(sealed.payload, sealed.signature)
    if operation.op_id != sealed.op_id:
        message = "An item that arrived was not written in the agreed form."
        raise AnswerError(message)
    return operation


def entitled_digest(buckets: frozenset[BucketId] | set[BucketId]) -> str:
    """Tells the service, in 64 characters, which buckets the laptop believes it may hold."""
    return hashlib.sha256("\n".join(sorted(buckets)).encode()).hexdigest()
