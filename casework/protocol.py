"""The messages between a laptop and the central service (protocol 1); `signed_texts` has what a laptop signs.

An operation travels as the exact text its author signed, so that nobody ever has to guess how it was written.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from casework.errors import AnswerError
from casework.records import MAX_BYTES, Operation

PROTOCOL = 1
MERGE_VERSION = 1  # raised when the same operations would give another view
MAX_OPS = 500
MAX_PUSH_BYTES = 4 * 1024 * 1024  # of operations’ texts; packed, prose travels as some third of it
MAX_NAMES = 16  # that one laptop has had
CLOCK_WINDOW_MS = 5 * 60 * 1000

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,96}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hex128 = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps every character but this one
Count = Annotated[int, Field(ge=0, lt=2**53)]
Status = Literal["accepted", "duplicate", "held", "quarantined", "returned", "rejected", "unknown"]
DeviceState = Literal["active", "drain", "wipe", "wiped", "forked"]


class Message(BaseModel):
    """Strict both ways: a member nobody knows is a fault, not a guess."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sealed(Message):
    """An operation as signed: its canonical text, and the Ed25519 signature over that text."""

    op_id: Identifier
    payload: Annotated[str, Field(max_length=4 * MAX_BYTES, pattern=NO_NUL)]
    signature: Annotated[str, Field(max_length=128, pattern=NO_NUL)]


class Digest(Message):
    count: Count
    sum: Hex64


class Formerly(Message):
    """A name that a laptop had before it joins again; `proof` is the former key's signature over `formerly_text`."""

    device_id: Identifier
    officer_id: Identifier
    signing_key: Hex64
    proof: Hex128


class Enrol(Message):
    """`proof` is the device key's signature over the code's secret."""

    secret: Annotated[str, Field(min_length=16, max_length=16)]
    signing_key: Hex64
    proof: Hex128
    csr_pem: Annotated[str, Field(max_length=8000)]
    app: Annotated[str, Field(max_length=64)]
    formerly: Annotated[list[Formerly], Field(max_length=MAX_NAMES)] = Field(default_factory=list)


class OfficerCard(Message):
    id: str
    name: str
    role: str


class Enrolled(Message):
    officer: OfficerCard
    council: str
    device_id: str
    certificate_pem: str
    ca_pem: str
    crl_pem: str
    recovery_public_pem: str
    epoch: str


class Hello(Message):
    """`asking` names operations the service has held or quarantined, whose fate the laptop wants to know."""

    proto_min: Count
    proto_max: Count
    app: Annotated[str, Field(max_length=64)]
    epoch: Identifier | None = None
    last_device_seq: Count = 0
    unsent: Count = 0
    forms: Annotated[dict[Identifier, list[Count]], Field(max_length=200)] = Field(default_factory=dict)
    asking: Annotated[list[Identifier], Field(max_length=MAX_OPS)] = Field(default_factory=list)
    audit_head: Annotated[str, Field(max_length=128, pattern=NO_NUL)] = ""
    crl_at: Annotated[str, Field(max_length=40)] = ""
    now: Annotated[str, Field(max_length=40)] = ""


class Limits(Message):
    ops: Count
    bytes: Count


class FormCard(Message):
    id: str
    version: int
    hash: str


class Result(Message):
    """What became of one operation; `seq` is its place in the feed once it has one."""

    op_id: str
    status: Status
    seq: int | None = None
    code: str = ""
    detail: str = ""


class Order(Message):
    """A wipe order: canonical text, and the signature of the council's own key over it (ECDSA, hexadecimal)."""

    text: Annotated[str, Field(max_length=1000)]
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{16,300}$")]


class HelloReply(Message):
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


class Push(Message):
    batch_id: Identifier
    epoch: Identifier
    ops: Annotated[list[Sealed], Field(max_length=MAX_OPS)]


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
    filling: Annotated[dict[Identifier, Count], Field(max_length=20_000)] = Field(default_factory=dict)
    entitled: Annotated[str, Field(max_length=64)] = ""
    whole: bool = False
    limit: Annotated[int, Field(ge=1, le=MAX_OPS)] = MAX_OPS


class Item(Message):
    """One step of the feed. `out`: the record left the bucket. A laptop's own operations come without their text."""

    seq: int
    bucket: str
    kind: Literal["op", "out"]
    op_id: str = ""
    record_id: str = ""
    op: Sealed | None = None


class PullReply(Message):
    """`entitled` comes, alone, when the laptop's idea of its buckets is out of date. `filled`: where each bucket
    being filled now stands; one that stands at `to` is filled."""

    epoch: str
    cursor_from: int
    cursor_to: int
    items: list[Item]
    digests: dict[str, Digest]
    filled: dict[str, int]
    entitled: list[str] | None = None
    more: bool


class Have(Message):
    """After the service was restored: which of these, others' operations, does it no longer know?"""

    epoch: Identifier
    op_ids: Annotated[list[Identifier], Field(max_length=MAX_OPS)]


class HaveReply(Message):
    missing_here: list[str]


class Fetch(Message):
    """Operations whose bytes were damaged on the laptop."""

    epoch: Identifier
    op_ids: Annotated[list[Identifier], Field(max_length=MAX_OPS)]


class Fetched(Message):
    ops: list[Sealed]


class NamesQuery(Message):
    """Officers whose words this laptop holds, and whose names it lacks."""

    officers: Annotated[list[Identifier], Field(max_length=MAX_OPS)]


class Names(Message):
    """By the officer's id; one nobody here has is left out."""

    names: dict[str, str]


class ForkRequest(Message):
    """A laptop that is a copy of another asks for a name of its own; `proof` is the new key's signature over the old
    name."""

    signing_key: Hex64
    proof: Hex128


class Forked(Message):
    device_id: str


class WipeAck(Message):
    """Written before the keys are destroyed and sent after, as often as needed."""

    device_id: Identifier
    order_signature: Annotated[str, Field(pattern=r"^[0-9a-f]{16,300}$")]
    unsent: Count
    signature: Hex128


class WipeAcked(Message):
    device_state: DeviceState


class Decide(Message):
    decision_id: Identifier
    decision: Literal["accept", "return", "reject"]
    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=NO_NUL)]


class QuarantinedItem(Message):
    op_id: str
    status: Status
    code: str
    detail: str
    device_id: str
    pushed_by: str
    bucket: str
    record_id: str
    received_at: str
    reason: str
    payload: str
    may_be_accepted: bool


class Quarantine(Message):
    items: list[QuarantinedItem]


class DigestQuery(Message):
    """Compares one bucket, as far as `at`; `prefix` narrows the answer to records whose id begins so."""

    epoch: Identifier
    bucket: Identifier
    at: Count
    count: Count
    sum: Hex64
    prefix: Annotated[str, Field(max_length=96, pattern=r"^[A-Za-z0-9_.:-]*$")] = ""
    merge_version: Count = 0
    state_sum: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class DigestReply(Message):
    """`records`: what the service holds for each record of the bucket, when the sums differ.

    `states_match`: whether both sides show the same; None when they merge by different versions of the rules.
    """

    match: bool
    states_match: bool | None = None
    records: dict[str, Digest]
    more: bool


class Problem(BaseModel):
    """RFC 9457. `code` is for programs, `detail` for people."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
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


def entitled_digest(buckets: frozenset[str] | set[str]) -> str:
    """Tells the service, in 64 characters, which buckets the laptop believes it may hold."""
    return hashlib.sha256("\n".join(sorted(buckets)).encode()).hexdigest()
