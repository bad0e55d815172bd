"""What the service and the vaults store, as the invariants see it: read beside the program, with no code of the
service's, and again only once something was written. What has not changed is compared all the same."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import psycopg

from casework.canonical import canonical
from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import Kind, Merge, Operation, RecordView
from casework.wire.protocol import Sealed, unseal
from desktop.store.exchange.received_pages import Standing
from desktop.store.vault import Vault

WRITES = {Kind.CREATE, Kind.SET, Kind.RESOLVE}


class Accepted(NamedTuple):
    op_id: str
    device_id: str
    device_seq: int
    record_id: str
    payload_hash: str
    payload: str
    signature: str


class Waiting(NamedTuple):
    op_id: str
    device_id: str
    device_seq: int
    pushed_by: str
    status: str
    code: str
    payload: str
    signature: str


class Fed(NamedTuple):
    seq: int
    bucket: BucketId
    kind: str
    op_id: str
    record_id: str
    payload_hash: str | None


class Laptop(NamedTuple):
    device_id: str
    officer_id: str
    acked_seq: int
    state: str


@dataclass(frozen=True, eq=False)
class Record:
    """One record of the service's log."""

    record_id: str
    rows: tuple[Accepted, ...]

    @cached_property
    def operations(self) -> list[Operation]:
        return [read(row.op_id, row.payload, row.signature) for row in self.rows]

    @cached_property
    def view(self) -> RecordView:
        return Merge(RecordId(self.record_id), self.operations).view()

    @cached_property
    def shown(self) -> dict[str, set[bytes]]:
        """What the merge shows at each path."""
        return {path: {canonical(found.value) for found in values} for path, values in self.view.values.items()}

    @cached_property
    def unreplaced(self) -> dict[str, set[bytes]]:
        """What was written at each path and is named in nobody's `replaces`: worked out without the merge."""
        writes: dict[str, dict[str, bytes]] = defaultdict(dict)
        replaced: dict[str, set[str]] = defaultdict(set)
        for op in self.operations:
            for change in op.changes if op.kind in WRITES else ():
                if change.path.startswith("f/"):
                    writes[change.path][op.op_id] = canonical(change.value)
                    replaced[change.path] |= set(change.replaces)
        return {
            path: {value for op_id, value in written.items() if op_id not in replaced[path]}
            for path, written in writes.items()
        }


@dataclass(frozen=True, eq=False)
class Stored:
    """All that the service stores, at one moment."""

    epoch: str
    laptops: tuple[Laptop, ...]
    accepted: tuple[Accepted, ...]
    waiting: tuple[Waiting, ...]
    feed: tuple[Fed, ...]
    records: dict[str, Record]

    @cached_property
    def accepted_ids(self) -> frozenset[str]:
        return frozenset(row.op_id for row in self.accepted)

    @cached_property
    def ids(self) -> frozenset[str]:
        return self.accepted_ids | {row.op_id for row in self.waiting}


@dataclass(frozen=True, eq=False)
class Held:
    """What one vault holds, at one moment; `own`: who said each operation; `tracked`: what the laptop knows of those
    that the service has not taken in; `views` by record: the operations there, and the hash of what it shows."""

    ids: frozenset[str]
    own: dict[str, str]
    tracked: dict[OperationId, str]
    standing: Standing
    views: dict[str, tuple[frozenset[str], str]]

    @classmethod
    def by(cls, vault: Vault) -> Held:
        ops: dict[str, set[str]] = defaultdict(set)
        for record_id, op_id in vault._store.readers.rows("SELECT record_id, op_id FROM operation"):
            ops[str(record_id)].add(str(op_id))
        views = {
            found.record_id: (frozenset(ops[found.record_id]), vault.view(found.record_id).content_hash)
            for found in vault.summaries()
        }
        own = vault._store.readers.rows("SELECT op_id, json_extract(body, '$.officer_id') FROM operation")
        tracked = {item.operation.op_id: item.status for item in vault.quarantine.items()}
        tracked |= {item.op_id: item.status for item in vault.outbox.waiting()}
        ids = frozenset().union(*ops.values())
        return cls(ids, {str(op_id): str(by) for op_id, by in own}, tracked, vault.feed.standing(), views)


class Lookout:
    """A connection of its own to the service's database, which tells when anybody else has written there."""

    def __init__(self, address: str) -> None:
        self._is_sqlite = address.startswith("sqlite")
        self._connection: Any = self._connect(address)
        self._version: object = None
        self._stored: Stored | None = None

    def close(self) -> None:
        self._connection.close()

    def look(self) -> Stored:
        """The version is asked for first: what is written after that is seen at the next look at the latest."""
        version = self.version()
        if self._stored is None or version != self._version:
            self._stored, self._version = self._read(self._stored), version
        return self._stored

    def version(self) -> object:
        """Another one after every commit: SQLite counts those of others, PostgreSQL writes its log further."""
        return self._rows("PRAGMA data_version" if self._is_sqlite else "SELECT pg_current_wal_insert_lsn()")[0][0]

    def _connect(self, address: str) -> Any:
        if self._is_sqlite:
            return sqlite3.connect(address.removeprefix("sqlite:///"), isolation_level=None)
        return psycopg.connect(address.replace("+psycopg", ""), autocommit=True)

    def _rows(self, statement: str) -> list[Any]:
        found: list[Any] = self._connection.execute(statement).fetchall()
        return found

    def _read(self, before: Stored | None) -> Stored:
        """All of one moment."""
        self._connection.execute("BEGIN" if self._is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            return self._all_of_it(before)
        finally:
            self._connection.execute("ROLLBACK")

    def _all_of_it(self, before: Stored | None) -> Stored:
        accepted = tuple(Accepted(*row) for row in self._rows(ACCEPTED))
        return Stored(
            epoch=self._rows("SELECT epoch FROM council")[0][0],
            laptops=tuple(Laptop(*row) for row in self._rows(LAPTOPS)),
            accepted=accepted,
            waiting=tuple(Waiting(*row) for row in self._rows(WAITING)),
            feed=tuple(Fed(*row) for row in self._rows(FEED)),
            records=_records(accepted, before.records if before else {}),
        )


ACCEPTED = "SELECT op_id, device_id, device_seq, record_id, payload_hash, payload, signature FROM operation"
WAITING = "SELECT op_id, device_id, device_seq, pushed_by, status, code, payload, signature FROM waiting"
LAPTOPS = "SELECT id, officer_id, acked_seq, state FROM device"
FEED = """SELECT f.seq, f.bucket, f.kind, f.op_id, f.record_id, o.payload_hash
          FROM feed f LEFT JOIN operation o ON o.op_id = f.op_id ORDER BY f.seq"""


def _records(accepted: tuple[Accepted, ...], before: dict[str, Record]) -> dict[str, Record]:
    """What was worked out about a record stays for as long as every row of it is the same."""
    rows: dict[str, list[Accepted]] = defaultdict(list)
    for row in accepted:
        rows[row.record_id].append(row)
    fresh = {record_id: Record(record_id, tuple(found)) for record_id, found in rows.items()}
    return {
        record_id: before[record_id] if record_id in before and before[record_id].rows == found.rows else found
        for record_id, found in fresh.items()
    }


@lru_cache(maxsize=4096)
def read(op_id: str, payload: str, signature: str) -> Operation:
    return unseal(Sealed(op_id=OperationId(op_id), payload=payload, signature=signature))
