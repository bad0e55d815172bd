"""The operation: what somebody has said, signed by the laptop it was said on, never changed afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casework.canonical import JSON, canonical, digest_bytes, is_too_deep, parse_canonical, parse_written
from casework.errors import AnswerError, BadSignature
from casework.records.paths import parse_path

MAX_CHANGES = 20_000
MAX_BYTES = 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,96}")


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


@dataclass(frozen=True, slots=True)
class Change:
    """One value at one path; `replaces` names the operations whose values there the author saw."""

    path: str
    value: JSON
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the store allots to a new operation, inside the transaction that keeps it."""

    op_id: str
    device_seq: int
    at: str
    hlc: str


@dataclass(frozen=True)
class Operation:
    """`after`: the heads its author saw; `at`: wall clock with offset; `signature`: Ed25519, hexadecimal."""

    op_id: str
    device_id: str
    device_seq: int
    officer_id: str
    at: str
    hlc: str
    record_id: str
    bucket: str
    form_id: str
    form_version: int
    kind: Kind
    after: tuple[str, ...] = ()
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
        """What arrived as the text its author signed. Raises AnswerError unless that is canonical, and an operation."""
        content = parse_canonical(payload)
        if not isinstance(content, dict):
            raise AnswerError(_MALFORMED)
        found = cls.from_json({**content, "signature": signature})._written_as(payload.encode())
        if is_too_deep(found.body) or any(is_too_deep(change.value) for change in found.changes):
            raise AnswerError(_MALFORMED)
        return found

    @classmethod
    def from_text(cls, text: str) -> Operation:
        """One that this machine wrote with `text`. The payload is the very bytes read, so its hash shows any damage."""
        payload, _ = split_text(text)
        return cls.from_json(parse_written(text))._written_as(payload.encode())

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

    @classmethod
    def from_json(cls, value: object) -> Operation:
        """Strict: unknown, missing or over-long members raise AnswerError."""
        if not isinstance(value, dict) or set(value) != _MEMBERS:
            raise AnswerError(_MALFORMED)
        return cls(
            **{name: _identifier(value[name]) for name in _IDS},
            device_seq=_count(value["device_seq"]),
            at=_instant(value["at"]),
            form_version=_count(value["form_version"]),
            kind=_kind(value["kind"]),
            after=_identifiers(value["after"]),
            changes=_changes(value["changes"]),
            body=_body(value["body"]),
            signature=_hex(value["signature"]),
        )


def split_text(text: str) -> tuple[str, str]:
    """The payload and the signature of an operation's `text`, without reading either. Raises AnswerError."""
    payload, mark, rest = text.rpartition(',"signature":"')
    if not mark or not rest.endswith('"}'):
        raise AnswerError(_MALFORMED)
    return f"{payload}}}", rest[:-2]


_IDS = ("op_id", "device_id", "officer_id", "hlc", "record_id", "bucket", "form_id")
_MEMBERS = {*_IDS, "device_seq", "at", "form_version", "kind", "after", "changes", "body", "signature"}
_MALFORMED = "An item that arrived is not an operation Homeward can read."


def _identifier(value: object) -> str:
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise AnswerError(_MALFORMED)


def _identifiers(value: object) -> tuple[str, ...]:
    if value == []:
        return ()
    if isinstance(value, list) and len(value) <= MAX_CHANGES:
        return tuple(_identifier(item) for item in value)
    raise AnswerError(_MALFORMED)


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**53:
        return value
    raise AnswerError(_MALFORMED)


def _instant(value: object) -> str:
    try:
        if isinstance(value, str) and len(value) <= 40 and datetime.fromisoformat(value).utcoffset() is not None:
            return value
    except ValueError:
        pass
    raise AnswerError(_MALFORMED)


def _kind(value: object) -> Kind:
    try:
        return Kind(str(value))
    except ValueError as error:
        raise AnswerError(_MALFORMED) from error


def _body(value: object) -> Mapping[str, JSON]:
    if isinstance(value, dict):
        return value
    raise AnswerError(_MALFORMED)


def _hex(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"(?:[0-9a-f]{128})?", value):
        return value
    raise AnswerError(_MALFORMED)


def _changes(value: object) -> tuple[Change, ...]:
    if not isinstance(value, list) or len(value) > MAX_CHANGES:
        raise AnswerError(_MALFORMED)
    return tuple(_change(item) for item in value)


def _change(value: object) -> Change:
    try:
        path, said, replaces = value["path"], value["value"], value["replaces"]  # type: ignore[index]
    except (TypeError, KeyError) as error:
        raise AnswerError(_MALFORMED) from error
    if len(value) != 3 or not isinstance(path, str):  # type: ignore[arg-type]  # it has been indexed by name
        raise AnswerError(_MALFORMED)
    parse_path(path)
    return Change(path, said, _identifiers(replaces))
