"""Stores of any size, written in bulk as the program itself would have left them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import canonical
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records import Author, Change, Kind, Merge, Operation, Stamp, field_path
from desktop.store.database.audit_chain import Entry, seal
from desktop.store.database.writer import Transaction, last_link
from desktop.store.disk.keys import SubKey
from desktop.store.records.views import pack
from desktop.store.vault import Vault

AUTHOR = Author(OfficerId("officer-1"), DeviceId("laptop-1"), Ed25519PrivateKey.from_private_bytes(b"k" * 32))
WORDS = (Path(__file__).parent.parent / "resources" / "wordlists" / "eff_large.txt").read_text().split()
QUESTIONS = 60
PER_RECORD = 100  # operations


def words(number: int, count: int) -> str:
    return " ".join(WORDS[(number * 7919 + place * 104_729) % len(WORDS)] for place in range(count))


def fill(vault: Vault, count: int, *, first: int) -> None:
    """Records of 100 operations each, written in bulk as the program itself would have left them."""
    for start in range(first, first + count, PER_RECORD * 50):
        end = min(first + count, start + PER_RECORD * 50)
        vault._store.writer.do(partial(_bulk, span=range(start, end), key=vault._key.subkey("audit")))


def _bulk(tx: Transaction, span: range, key: SubKey) -> None:
    rows, trail = [], []
    by_record: dict[str, list[Operation]] = {}
    head = last_link(tx._connection)
    before, n = bytes.fromhex(head.mac), head.count
    for number in span:
        op = operation_of(number)
        by_record.setdefault(op.record_id, []).append(op)
        rows.append(
            (
                op.op_id,
                op.record_id,
                op.device_id,
                op.device_seq,
                op.bucket,
                op.kind.value,
                bytes.fromhex(op.payload_hash),
                canonical(op.to_json()).decode(),
            )
        )
        n += 1
        facts = canonical({"op": op.op_id, "hash": op.payload_hash, "record": op.record_id}).decode()
        entry = Entry(n, op.at, "officer-1", "sealed", facts)
        before = seal(key, before, entry)
        trail.append((entry.n, entry.at, entry.actor, entry.event, entry.facts, before))
    tx.many(
        "INSERT INTO operation (op_id, record_id, device_id, device_seq, bucket, kind, hash, body) VALUES {rows}",
        rows,
    )
    tx.many("INSERT INTO audit VALUES {rows}", trail)
    for record_id, operations in by_record.items():
        record_row(tx, record_id, operations)


def record_row(tx: Transaction, record_id: str, operations: list[Operation]) -> None:
    view = Merge(RecordId(record_id), operations).view()
    n = tx.execute(
        """INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at, updated_at,
             conflicts, discarded, operations, answers, view)
           VALUES (?, 'return_home_interview', 1, ?, ?, 'missing', ?, ?, 0, 0, ?, ?, ?) RETURNING n""",
        (
            record_id,
            view.child_id,
            view.bucket,
            view.created_at,
            view.updated_at,
            len(operations),
            json.dumps(view.answers()),
            pack(view),
        ),
    ).fetchone()[0]
    body = "\n".join(str(value) for value in view.answers().values())
    tx.execute("INSERT INTO wording (n, names, body) VALUES (?, ?, ?)", (n, words(n, 3), body))


def operation_of(number: int) -> Operation:
    record, inside = divmod(number, PER_RECORD)
    at = "2026-03-27T14:32:00+00:00"
    stamp = Stamp(OperationId(f"op-{number:09d}"), number + 1, at, f"{1_774_000_000_000 + number:012x}0000")
    record_id = f"record-{record:07d}"
    if inside == 0:
        return replace(AUTHOR, key=_Unsigned()).create(  # type: ignore[arg-type]
            stamp,
            record_id=RecordId(record_id),
            child_id=child_named(f"child-{record % 2000}"),
            strand="missing",
            form_id="return_home_interview",
            form_version=1,
        )
    earlier = number - QUESTIONS if inside > QUESTIONS else None
    change = Change(
        field_path(f"question_{inside % QUESTIONS:02d}"),
        words(number, 6),
        (OperationId(f"op-{earlier:09d}"),) if earlier else (),
    )
    head = (OperationId(f"op-{number - 1:09d}"),)
    bucket = BucketId(f"child-{record % 2000}:missing")
    return Operation(
        stamp.op_id,
        DeviceId("laptop-1"),
        stamp.device_seq,
        OfficerId("officer-1"),
        at,
        stamp.hlc,
        RecordId(record_id),
        bucket,
        "return_home_interview",
        1,
        Kind.SET,
        head,
        (change,),
        {},
        "0" * 128,
    )


class _Unsigned:
    """Filling signs nothing: a signature is 128 digits whatever they are."""

    def sign(self, _data: bytes) -> bytes:
        return bytes(64)


def small_records(tx: Transaction, span: range) -> None:
    for number in span:
        record_row(tx, f"record-{number:07d}", [operation_of(number * PER_RECORD + n) for n in range(12)])


def documents(tx: Transaction, span: range) -> None:
    for number in span:
        n = tx.execute(
            """INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at,
                 updated_at, conflicts, discarded, operations, answers, view)
               VALUES (?, 'x', 1, ?, 'b', 'missing', 'x', 'x', 0, 0, 1, '{}', '{}') RETURNING n""",
            (f"d-{number}", f"child-{number % 5000}"),
        ).fetchone()[0]
        tx.execute(
            "INSERT INTO wording (n, names, body) VALUES (?, ?, ?)", (n, words(number, 3), words(number * 31, 120))
        )
