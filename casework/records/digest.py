"""A running proof of which operations stand in a bucket: their number, and the sum of their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from casework.identifiers import OperationId

_MODULUS = 2**256


@dataclass(frozen=True, slots=True)
class BucketDigest:
    """Equal on two machines when, and only when, both hold the same operations."""

    count: int = 0
    total: int = 0

    def plus(self, op_id: OperationId, payload_hash: str) -> BucketDigest:
        return BucketDigest(self.count + 1, (self.total + _weight(op_id, payload_hash)) % _MODULUS)

    def minus(self, op_id: OperationId, payload_hash: str) -> BucketDigest:
        return BucketDigest(self.count - 1, (self.total - _weight(op_id, payload_hash)) % _MODULUS)

    @property
    def hex(self) -> str:
        return f"{self.total:064x}"

    @classmethod
    def of(cls, count: int, hexadecimal: str) -> BucketDigest:
        return cls(count, int(hexadecimal, 16))


def digest_of(operations: Iterable[tuple[OperationId, str]]) -> BucketDigest:
    """The digest of (op_id, payload_hash) pairs, in any order."""
    found = BucketDigest()
    for op_id, payload_hash in operations:
        found = found.plus(op_id, payload_hash)
    return found


def _weight(op_id: OperationId, payload_hash: str) -> int:
    data = f"{op_id}\n{payload_hash}".encode()
    return int.from_bytes(hashlib.blake2b(data, digest_size=32).digest(), "big")
