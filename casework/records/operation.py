"""The operation: what somebody has said, signed by the laptop it was said on, never changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casework.canonical import JSON, canonical, digest_bytes, refuse_unsayable
from casework.errors import AnswerError, BadSignature
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId
from casework.records.answer_paths import parse_path

MAX_CHANGES = 20_000
MAX_BYTES = 1024 * 1024
NAMED = msgspec.Meta(pattern=r"^[A-Za-z0-9_.:-]{1,96}\Z")
Identifier = Annotated[str, NAMED]
Identifiers = Annotated[tuple[Annotated[OperationId, NAMED], ...], msgspec.Meta(max_length=MAX_CHANGES)]
Number = Annotated[int, msgspec.Meta(ge=1, lt=2**53)]


class Kind(StrEnum):
    """What an operation does; see architecture, drafts and operations."""

    CREATE = "create"
    SET = "set"
    ROWS = "rows"
    ATTACH = "attach"
    RESOLVE = "resolve"
    SIGN = "sign"
    AMEND = "amend"
    DISCARD = "discard"
    RESTORE = "restore"
    REASSIGN = "reassign"


class Change(msgspec.Struct, frozen=True):
    """One value at one path; `replaces` names the operations whose values there the author saw."""

    path: str
    value: JSON
    replaces: Identifiers = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the store allots to a new operation, inside the transaction that keeps it."""

    op_id: OperationId
    device_seq: int
    at: str
    hlc: str


@dataclass(frozen=True)
class Operation:
    """`after`: the heads its author saw; `at`: wall clock with offset; `signature`: Ed25519, hexadecimal."""

    op_id: OperationId
    device_id: DeviceId
    device_seq: int
    officer_id: OfficerId
    at: str
    hlc: str
    record_id: RecordId
    bucket: BucketId
    form_id: str
    form_version: int
    kind: Kind
    after: tuple[OperationId, ...] = ()
    changes: tuple[Change, ...] = ()
    body: Mapping[str, JSON] = field(default_factory=dict)
    signature: str = ""

    @cached_property
    def payload(self) -> bytes:
        """The canonical bytes that are signed and hashed: everything but the signature."""
        content = self.to_json()
        del content["signature"]
        return canonical(content)

    @cached_property
    def payload_hash(self) -> str:
        return digest_bytes(self.payload)

    @property
    def text(self) -> str:
        """The canonical JSON of the whole operation: its payload, with the signature, which sorts last."""
        return f'{self.payload.decode()[:-1]},"signature":"{self.signature}"}}'

    def sealed_with(self, key: Ed25519PrivateKey) -> Operation:
        payload = self.payload
        return replace(self, signature=key.sign(payload).hex())._written_as(payload)

    @classmethod
    def from_payload(cls, payload: str, signature: str) -> Operation:
        """What arrived as the text its author signed. Raises AnswerError unless that is canonical, and an operation.

        Written again it must give the same bytes: so no other order, space, name, or name said twice gets through.
        """
        written = _members(payload)
        if _SORTED.encode(written) != payload.encode():
            message = "This is not written in the agreed form."
            raise AnswerError(message)
        refuse_unsayable(written.body)
        for change in written.changes:
            if type(change.value) is not str:
                refuse_unsayable(change.value)
        return cls._of(written, payload, signature)

    @classmethod
    def from_text(cls, text: str) -> Operation:
        """One that this machine wrote with `text`. The payload is the very bytes read, so its hash shows any damage."""
        payload, signature = split_text(text)
        return cls._of(_members(payload), payload, signature)

    @classmethod
    def _of(cls, written: _Members, payload: str, signature: str) -> Operation:
        for change in written.changes:
            parse_path(change.path)
        _check_instant(written.at)
        if not _SIGNATURE.fullmatch(signature):
            raise AnswerError(_MALFORMED)
        return cls(**msgspec.structs.asdict(written), signature=signature)._written_as(payload.encode())

    def _written_as(self, payload: bytes) -> Operation:
        """Keeps the bytes, which are this operation's own, so that nobody has to write them again."""
        self.__dict__["payload"] = payload
        return self

    def verify(self, key: Ed25519PublicKey) -> None:
        """Raises BadSignature unless this device signed exactly these bytes."""
        try:
            key.verify(bytes.fromhex(self.signature), self.payload)
        except (InvalidSignature, ValueError) as error:
            message = "An item does not carry the signature of the laptop it names, so it was not taken in."
            raise BadSignature(message) from error

    def to_json(self) -> dict[str, JSON]:
        return {
            "op_id": self.op_id,
            "device_id": self.device_id,
            "device_seq": self.device_seq,
            "officer_id": self.officer_id,
            "at": self.at,
            "hlc": self.hlc,
            "record_id": self.record_id,
            "bucket": self.bucket,
            "form_id": self.form_id,
            "form_version": self.form_version,
            "kind": self.kind.value,
            "after": list(self.after),
            "changes": [{"path": c.path, "value": c.value, "replaces": list(c.replaces)} for c in self.changes],
            "body": dict(self.body),
            "signature": self.signature,
        }


def split_text(text: str) -> tuple[str, str]:
    """The payload and the signature of an operation's `text`, without reading either. Raises AnswerError."""
    payload, mark, rest = text.rpartition(',"signature":"')
    if not mark or not rest.endswith('"}'):
        raise AnswerError(_MALFORMED)
    return f"{payload}}}", rest[:-2]


_MALFORMED = "An item that arrived is not an operation Homeward can read."
_SIGNATURE = re.compile(r"(?:[0-9a-f]{128})?")


class _Members(msgspec.Struct, forbid_unknown_fields=True):
    """Everything an operation says but its signature. Names and numbers are checked as they are read."""

    op_id: Annotated[OperationId, NAMED]
    device_id: Annotated[DeviceId, NAMED]
    device_seq: Number
    officer_id: Annotated[OfficerId, NAMED]
    at: Annotated[str, msgspec.Meta(max_length=40)]
    hlc: Identifier
    record_id: Annotated[RecordId, NAMED]
    bucket: Annotated[BucketId, NAMED]
    form_id: Identifier
    form_version: Number
    kind: Kind
    after: Identifiers
    changes: Annotated[tuple[Change, ...], msgspec.Meta(max_length=MAX_CHANGES)]
    body: dict[str, JSON]


_READER = msgspec.json.Decoder(_Members)
_SORTED = msgspec.json.Encoder(order="sorted")


def _members(payload: str) -> _Members:
    try:
        return _READER.decode(payload)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise AnswerError(_MALFORMED) from error


def _check_instant(text: str) -> None:
    try:
        if datetime.fromisoformat(text).utcoffset() is not None:
            return
    except ValueError:
        pass
    raise AnswerError(_MALFORMED)
