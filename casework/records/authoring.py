"""How an officer's words become an operation. Each function takes what was seen and gives one sealed operation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.errors import RecordLocked, SignatureRefused
from casework.identifiers import BucketId, ChildId, DeviceId, OfficerId, RecordId
from casework.records.answer_paths import parse_path
from casework.records.operation import Change, Kind, Operation, Stamp
from casework.records.view import RecordView


@dataclass(frozen=True)
class Author:
    """The officer, the laptop, and the laptop's Ed25519 key."""

    officer_id: OfficerId
    device_id: DeviceId
    key: Ed25519PrivateKey

    def create(
        self,
        stamp: Stamp,
        *,
        record_id: RecordId,
        child_id: ChildId,
        strand: str,
        form_id: str,
        form_version: int,
        changes: Iterable[Change] = (),
    ) -> Operation:
        """A new record, with what was known beforehand already in it."""
        view = RecordView(record_id, form_id, form_version, bucket=bucket_of(child_id, strand))
        return self._operation(stamp, view, Kind.CREATE, tuple(changes), {"child": child_id, "strand": strand})

    def say(self, stamp: Stamp, view: RecordView, changes: Iterable[Change]) -> Operation:
        """Seals what was typed. Raises RecordLocked once the record is signed."""
        if view.locked:
            message = "This record is signed and stays as it is. Add a correction beside it instead."
            raise RecordLocked(message)
        found = tuple(changes)
        only_rows = all(parse_path(change.path).is_row for change in found)
        return self._operation(stamp, view, Kind.ROWS if only_rows else Kind.SET, found, {})

    def resolve(self, stamp: Stamp, view: RecordView, change: Change, reason: str) -> Operation:
        """A person's decision between several texts; it replaces only those that were seen."""
        return self._operation(stamp, view, Kind.RESOLVE, (change,), {"reason": reason})

    def sign(
        self, stamp: Stamp, view: RecordView, *, name: str, ink: JSON, standing: Mapping[str, str] | None = None
    ) -> Operation:
        """Locks the record; `standing`: the signer’s role, council and laptop, as every copy will state them. Raises
        SignatureRefused while values conflict; RecordLocked when already signed."""
        if view.locked:
            message = "This record is already signed."
            raise RecordLocked(message)
        if view.conflicts:
            message = "Two people gave different answers to the same question. Decide between them, then sign."
            raise SignatureRefused(message)
        body: dict[str, JSON] = {
            "heads": list(view.heads),
            "content_hash": view.content_hash,
            "name": name,
            "ink": ink,
            **(standing or {}),
        }
        return self._operation(stamp, view, Kind.SIGN, (), body)

    def amend(self, stamp: Stamp, view: RecordView, *, changes: Iterable[Change], reason: str, name: str) -> Operation:
        """A signed correction that stands beside the record it names."""
        if not view.locked:
            message = "This record is not signed yet, so you can still change it directly."
            raise SignatureRefused(message)
        body: dict[str, JSON] = {"corrects": view.signatures[-1].op_id, "reason": reason, "name": name}
        return self._operation(stamp, view, Kind.AMEND, tuple(changes), body)

    def discard(self, stamp: Stamp, view: RecordView, reason: str) -> Operation:
        return self._operation(stamp, view, Kind.DISCARD, (), {"reason": reason})

    def restore(self, stamp: Stamp, view: RecordView, reason: str) -> Operation:
        return self._operation(stamp, view, Kind.RESTORE, (), {"reason": reason})

    def _operation(
        self,
        stamp: Stamp,
        view: RecordView,
        kind: Kind,
        changes: tuple[Change, ...],
        body: Mapping[str, JSON],
    ) -> Operation:
        return Operation(
            op_id=stamp.op_id,
            device_id=self.device_id,
            device_seq=stamp.device_seq,
            officer_id=self.officer_id,
            at=stamp.at,
            hlc=stamp.hlc,
            record_id=view.record_id,
            bucket=view.bucket,
            form_id=view.form_id,
            form_version=view.form_version,
            kind=kind,
            after=view.heads,
            changes=changes,
            body=body,
        ).sealed_with(self.key)


def bucket_of(child_id: ChildId, strand: str) -> BucketId:
    """One child and one strand of work: what an officer is entitled to, or not (architecture 5)."""
    return BucketId(f"{child_id}:{strand}")
