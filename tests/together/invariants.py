"""The invariants I1 to I12 of the sync study over a whole small council. They share no code with what they check."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from casework.identifiers import BucketId, OfficerId, OperationId
from casework.records import Kind, Operation
from casework.records.digest import digest_of
from central.database.clock import stamp
from central.intake.quarantine_decisions import listed
from central.people import accounts
from central.people.scope import supervised_buckets
from tests.central.facts.kept_up import anew, kept_up
from tests.together.looking import Accepted, Waiting, read
from tests.together.world import Member, World


@dataclass
class Ledger:
    """What was ever said, and where it may have been lost with its machine."""

    said: dict[str, str] = field(default_factory=dict)
    read_upto: int = 0
    read: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, world: World) -> Ledger:
        """What was said before the world began."""
        return cls({op.op_id: op.officer_id for record in world.stored.records.values() for op in record.operations})

    def note(self, operation: Operation) -> None:
        self.said[operation.op_id] = operation.officer_id

    def forgive(self, world: World) -> None:
        """After a machine was lost or set back: only what still exists somewhere can be asked for."""
        somewhere = everywhere(world)
        self.said = {op_id: by for op_id, by in self.said.items() if op_id in somewhere}


def everywhere(world: World) -> set[str]:
    """Every operation id that any log, quarantine or vault still holds."""
    return set(world.stored.ids).union(*(member.held.ids for member in living(world)))


def nothing_said_is_lost(world: World, ledger: Ledger) -> None:
    """I1."""
    missing = set(ledger.said) - everywhere(world)
    assert not missing, f"lost: {sorted(missing)}"


def same_operations_same_view(world: World) -> None:
    """I2, across laptops."""
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for member in living(world):
        for record_id, (ops, found) in member.held.views.items():
            assert seen.setdefault((record_id, ops), found) == found


def nothing_vanishes_unseen(world: World) -> None:
    """I3: the values of a field are exactly those that nobody who saw them has replaced."""
    for record in world.stored.records.values():
        if any(op.kind is Kind.SIGN for op in record.operations):
            continue
        for path, expected in record.unreplaced.items():
            found = record.shown.get(path, set())
            assert found == (set() if expected == {b"null"} else expected), (record.record_id, path)


def sequence_is_commit_order(world: World, ledger: Ledger) -> None:
    """I4: whoever reads on from the last number seen misses nothing and sees nothing twice."""
    everything = [(row.seq, row.op_id) for row in world.stored.feed]
    ledger.read += [(seq, op_id) for seq, op_id in everything if seq > ledger.read_upto]
    ledger.read_upto = ledger.read[-1][0] if ledger.read else 0
    assert ledger.read == everything
    assert [seq for seq, _ in ledger.read] == list(range(1, len(ledger.read) + 1))


def cursor_is_never_ahead(world: World) -> None:
    """I5: what a laptop's cursor claims, the laptop has."""
    stored = world.stored
    for member in living(world):
        standing, own = member.held.standing, member.held.ids
        if standing.epoch != stored.epoch:
            continue
        for row in stored.feed:
            place = standing.filling.get(row.bucket, standing.cursor)
            if row.bucket in standing.entitled and row.seq <= place and row.kind != "out":
                assert row.op_id in own, (member.device_id, row.op_id)


def nothing_is_there_twice(world: World) -> None:
    """I6: whatever was repeated, the feed has each operation once."""
    ops = [row.op_id for row in world.stored.feed if row.kind == "op"]
    assert len(ops) == len(set(ops))
    assert set(ops) == world.stored.accepted_ids


def signed_content_stays(world: World) -> None:
    """I7: every signature still covers what it covered."""
    for record in world.stored.records.values():
        for signature in record.view.signatures:
            assert signature.intact, (record.record_id, signature.op_id)


def nothing_was_sent_out_of_scope(world: World, allowed: dict[str, set[str]]) -> None:
    """I8: `allowed` says which children each laptop's officer was allocated when it was sent."""
    for device_id, reply in world.sent:
        for item in reply.items:
            child = item.bucket.rsplit(":", 1)[0]
            assert child in allowed[device_id], (device_id, item.bucket)
    world.sent.clear()


def numbers_have_no_gap(world: World) -> None:
    """I9: up to the number the service says it has, it has every one."""
    known: dict[str, set[int]] = defaultdict(set)
    rows: list[Accepted | Waiting] = [*world.stored.accepted, *world.stored.waiting]
    for row in rows:
        known[row.device_id].add(row.device_seq)
    for laptop in world.stored.laptops:
        upto = laptop.acked_seq
        assert known[laptop.device_id] >= set(range(1, upto + 1)), (laptop.device_id, upto)


def digests_match(world: World, member: Member) -> None:
    """I10: for a laptop whose sync was complete."""
    stored, vault = world.stored, member.laptop.vault
    by_bucket: dict[BucketId, dict[OperationId, str]] = defaultdict(dict)
    for row in stored.feed:
        if row.kind == "out":
            gone = {found.op_id for found in stored.records[row.record_id].rows}
            by_bucket[row.bucket] = {op: found for op, found in by_bucket[row.bucket].items() if op not in gone}
        else:
            assert row.payload_hash
            by_bucket[row.bucket][row.op_id] = row.payload_hash
    for bucket in vault.feed.standing().entitled:
        wanted = digest_of(by_bucket[bucket].items())
        assert vault.feed.digest(bucket) == wanted, bucket
        assert vault.feed.recount(bucket) == wanted, bucket


def waiting_has_a_reason(world: World) -> None:
    """I11: whatever is held still lacks something that is not here, or not decided about."""
    stored = world.stored
    decided = {row.op_id for row in stored.waiting if row.status in ("rejected", "returned")}
    for row in stored.waiting:
        if row.status != "held":
            continue
        op = read(row.op_id, row.payload, row.signature)
        seen = {*op.after, *(op_id for change in op.changes for op_id in change.replaces)}
        has_gap = op.device_id == row.pushed_by and op.device_seq > arrived_upto(world, op.device_id)
        assert seen - stored.accepted_ids - decided or has_gap, op.op_id


def arrived_upto(world: World, device_id: str) -> int:
    """The last number before the first gap, beyond what the service has acknowledged."""
    stored = world.stored
    own = [row for row in stored.waiting if row.device_id == row.pushed_by and row.code != "bad_signature"]
    rows: list[Accepted | Waiting] = [*stored.accepted, *own]
    numbers = {row.device_seq for row in rows if row.device_id == device_id}
    upto = next(laptop.acked_seq for laptop in stored.laptops if laptop.device_id == device_id)
    while upto + 1 in numbers:
        upto += 1
    return upto


def everything_drained(world: World) -> None:
    """I12: once nothing goes wrong any more, nothing waits but what a person or a missing item holds up; and what a
    laptop says of such an item is what the service says."""
    decided = {row.op_id: row.status for row in world.stored.waiting}
    for member in living(world):
        waits = {item.op_id: item.status for item in member.laptop.vault.outbox.waiting()}
        assert [op_id for op_id, status in waits.items() if status == "waiting"] == [], member.device_id
        assert {op_id: decided.get(op_id) for op_id in waits} == waits, member.device_id


def left_behind_is_said(world: World, member: Member) -> None:
    """After an author's sync in which nothing went wrong: of each word of theirs that the service does not have, the
    laptop knows so."""
    own = {op_id for op_id, officer_id in member.held.own.items() if officer_id == member.officer_id}
    unknown = own - world.stored.accepted_ids - set(member.held.tracked)
    assert not unknown, (member.device_id, sorted(unknown))


def only_the_withdrawn_are_called_so(world: World) -> None:
    """Who brought it is no reason; a withdrawn laptop's words are those of names it had before, too."""
    laptops = {found.device_id: found for found in world.stored.laptops}
    for row in world.stored.waiting:
        if (row.status, row.code) == ("quarantined", "device_revoked"):
            writer, bringer = laptops[row.device_id], laptops[row.pushed_by]
            is_own = writer.state == "forked" and writer.officer_id == bringer.officer_id
            assert writer.state not in ("active", "forked") or is_own, row.op_id


def a_manager_sees_what_waits(world: World) -> None:
    """Whatever a person has to decide about, and can be read, is shown to one."""
    with world.service.database.reading() as connection:
        boss = accounts.officer_of(connection, OfficerId("boss"))
        buckets = supervised_buckets(connection, boss, stamp(world.clock()))
        seen = {item.op_id for item in listed(connection, buckets=buckets)}
    undecided = {row.op_id for row in world.stored.waiting if row.status in ("quarantined", "returned")}
    assert undecided <= seen


def facts_are_what_was_said(world: World) -> None:
    """Whatever came in whatever order: the facts kept up at intake are those worked out anew from all operations."""
    with world.service.database.reading() as connection:
        assert kept_up(connection) == anew(connection)


def living(world: World) -> list[Member]:
    return [member for member in world.members if not member.is_gone]
