"""The invariants I1 to I12 of the sync study over a whole small council. They share no code with what they check."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Row, select

from casework.canonical import canonical
from casework.protocol import Sealed, unseal
from casework.records import Kind, Merge, Operation
from casework.records.digest import digest_of
from central import tables
from central.numbering import Numbers
from tests.together.world import Member, World

WRITES = {Kind.CREATE, Kind.SET, Kind.RESOLVE}


@dataclass
class Ledger:
    """What was ever said, and where it may have been lost with its machine."""

    said: dict[str, str] = field(default_factory=dict)
    read_upto: int = 0
    read: list[tuple[int, str]] = field(default_factory=list)

    def note(self, operation: Operation) -> None:
        self.said[operation.op_id] = operation.officer_id

    def forgive(self, world: World) -> None:
        """After a machine was lost or set back: only what still exists somewhere can be asked for."""
        somewhere = everywhere(world)
        self.said = {op_id: by for op_id, by in self.said.items() if op_id in somewhere}


def everywhere(world: World) -> set[str]:
    """Every operation id that any log, quarantine or vault still holds."""
    with world.service.database.reading() as connection:
        found = set(connection.execute(select(tables.operation.c.op_id)).scalars())
        found |= set(connection.execute(select(tables.waiting.c.op_id)).scalars())
    for member in world.members:
        if not member.is_gone:
            found |= held(member)
    return found


def held(member: Member) -> set[str]:
    ids, _ = member.laptop.vault.relay.others("", after=0, limit=1_000_000)
    return set(ids)


def nothing_said_is_lost(world: World, ledger: Ledger) -> None:
    """I1."""
    missing = set(ledger.said) - everywhere(world)
    assert not missing, f"lost: {sorted(missing)}"


def same_operations_same_view(world: World) -> None:
    """I2, across laptops."""
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for member in living(world):
        vault = member.laptop.vault
        for summary in vault.summaries():
            ops = frozenset(op.op_id for op in vault.operations(summary.record_id))
            found = vault.view(summary.record_id).content_hash
            assert seen.setdefault((summary.record_id, ops), found) == found


def nothing_vanishes_unseen(world: World) -> None:
    """I3: the values of a field are exactly those that nobody who saw them has replaced."""
    for record_id, ops in stored_records(world).items():
        if any(op.kind is Kind.SIGN for op in ops):
            continue
        writes: dict[str, dict[str, bytes]] = defaultdict(dict)
        replaced: dict[str, set[str]] = defaultdict(set)
        for op in ops:
            for change in op.changes if op.kind in WRITES else ():
                if change.path.startswith("f/"):
                    writes[change.path][op.op_id] = canonical(change.value)
                    replaced[change.path] |= set(change.replaces)
        view = Merge(record_id, ops).view()
        for path, written in writes.items():
            expected = {value for op_id, value in written.items() if op_id not in replaced[path]}
            found = {canonical(standing.value) for standing in view.values.get(path, ())}
            assert found == (set() if expected == {b"null"} else expected), (record_id, path)


def sequence_is_commit_order(world: World, ledger: Ledger) -> None:
    """I4: whoever reads on from the last number seen misses nothing and sees nothing twice."""
    with world.service.database.reading() as connection:
        feed = tables.feed.c
        fresh = connection.execute(
            select(feed.seq, feed.op_id).where(feed.seq > ledger.read_upto).order_by(feed.seq)
        ).all()
        everything = connection.execute(select(feed.seq, feed.op_id).order_by(feed.seq)).all()
    ledger.read += [(row.seq, row.op_id) for row in fresh]
    ledger.read_upto = ledger.read[-1][0] if ledger.read else 0
    assert ledger.read == [(row.seq, row.op_id) for row in everything]
    assert [seq for seq, _ in ledger.read] == list(range(1, len(ledger.read) + 1))


def cursor_is_never_ahead(world: World) -> None:
    """I5: what a laptop's cursor claims, the laptop has."""
    epoch = epoch_of(world)
    for member in living(world):
        standing = member.laptop.vault.feed.standing()
        if standing.epoch != epoch:
            continue
        own = held(member)
        for row in feed_rows(world):
            place = standing.filling.get(row.bucket, standing.cursor)
            if row.bucket in standing.entitled and row.seq <= place and row.kind != "out":
                assert row.op_id in own, (member.device_id, row.op_id)


def nothing_is_there_twice(world: World) -> None:
    """I6: whatever was repeated, the feed has each operation once."""
    ops = [row.op_id for row in feed_rows(world) if row.kind == "op"]
    assert len(ops) == len(set(ops))
    with world.service.database.reading() as connection:
        assert set(ops) == set(connection.execute(select(tables.operation.c.op_id)).scalars())


def signed_content_stays(world: World) -> None:
    """I7: every signature still covers what it covered."""
    for record_id, ops in stored_records(world).items():
        for signature in Merge(record_id, ops).view().signatures:
            assert signature.intact, (record_id, signature.op_id)


def nothing_was_sent_out_of_scope(world: World, allowed: dict[str, set[str]]) -> None:
    """I8: `allowed` says which children each laptop's officer was allocated when it was sent."""
    for device_id, reply in world.sent:
        for item in reply.items:
            child = item.bucket.rsplit(":", 1)[0]
            assert child in allowed[device_id], (device_id, item.bucket)
    world.sent.clear()


def numbers_have_no_gap(world: World) -> None:
    """I9: up to the number the service says it has, it has every one."""
    with world.service.database.reading() as connection:
        known: dict[str, set[int]] = defaultdict(set)
        for table in (tables.operation, tables.waiting):
            for device_id, number in connection.execute(select(table.c.device_id, table.c.device_seq)):
                known[device_id].add(number)
        for device_id, upto in connection.execute(select(tables.device.c.id, tables.device.c.acked_seq)):
            assert known[device_id] >= set(range(1, upto + 1)), (device_id, upto)


def digests_match(world: World, member: Member) -> None:
    """I10: for a laptop whose sync was complete."""
    vault = member.laptop.vault
    by_bucket: dict[str, dict[str, str]] = defaultdict(dict)
    for row in feed_rows(world):
        if row.kind == "out":
            gone = {op.op_id for op in stored_records(world)[row.record_id]}
            by_bucket[row.bucket] = {op: found for op, found in by_bucket[row.bucket].items() if op not in gone}
        else:
            by_bucket[row.bucket][row.op_id] = row.payload_hash
    for bucket in vault.feed.standing().entitled:
        wanted = digest_of(by_bucket[bucket].items())
        assert vault.feed.digest(bucket) == wanted, bucket
        assert vault.feed.recount(bucket) == wanted, bucket


def waiting_has_a_reason(world: World) -> None:
    """I11: whatever is held still lacks something that is not here, or not decided about."""
    with world.service.database.reading() as connection:
        accepted = set(connection.execute(select(tables.operation.c.op_id)).scalars())
        rows = connection.execute(select(tables.waiting)).mappings().all()
        numbers = Numbers(connection)
        decided = {row["op_id"] for row in rows if row["status"] in ("rejected", "returned")}
        for row in rows:
            if row["status"] != "held":
                continue
            op = read(row["op_id"], row["payload"], row["signature"])
            seen = {*op.after, *(op_id for change in op.changes for op_id in change.replaces)}
            has_gap = op.device_id == row["pushed_by"] and op.device_seq > numbers.upto(op.device_id)
            assert seen - accepted - decided or has_gap, op.op_id


def everything_drained(world: World) -> None:
    """I12: once nothing goes wrong any more, nothing waits but what a person or a missing item holds up."""
    for member in living(world):
        waiting = [item.op_id for item in member.laptop.vault.outbox.waiting() if item.status == "waiting"]
        assert waiting == [], member.device_id


def living(world: World) -> list[Member]:
    return [member for member in world.members if not member.is_gone]


def epoch_of(world: World) -> str:
    with world.service.database.reading() as connection:
        return str(connection.execute(select(tables.council.c.epoch)).scalar_one())


def feed_rows(world: World) -> list[Row[tuple[int, str, str, str, str, str]]]:
    feed, operation = tables.feed, tables.operation
    joined = feed.outerjoin(operation, operation.c.op_id == feed.c.op_id)
    columns = [feed.c.seq, feed.c.bucket, feed.c.kind, feed.c.op_id, feed.c.record_id, operation.c.payload_hash]
    with world.service.database.reading() as connection:
        return list(connection.execute(select(*columns).select_from(joined).order_by(feed.c.seq)))


def stored_records(world: World) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = defaultdict(list)
    with world.service.database.reading() as connection:
        for row in connection.execute(select(tables.operation)):
            found[row.record_id].append(read(row.op_id, row.payload, row.signature))
    return found


@lru_cache(maxsize=4096)
def read(op_id: str, payload: str, signature: str) -> Operation:
    return unseal(Sealed(op_id=op_id, payload=payload, signature=signature))
