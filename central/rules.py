"""The rules an operation must meet to be taken in, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casework.practice.roles import reach_of
from casework.records import JSON, Kind, Merge, Operation, bucket_of
from casework.records.merge import CONTENT
from central import accounts, verdicts
from central.clock import stamp
from central.definitions import Definitions
from central.errors import Refused
from central.ledger import Ledger, mentions
from central.scope import is_new_child, strands_of
from central.senders import Sender
from central.verdicts import ACCEPTED, Verdict

Rule = Callable[[Operation], "Verdict | None"]


@dataclass(frozen=True)
class Rules:
    """For one sender within one transaction."""

    ledger: Ledger
    definitions: Definitions
    sender: Sender

    def first_verdict(self, op: Operation) -> Verdict:
        """For an operation that arrives: the first rule that objects, or acceptance."""
        return self._ask(op, (self._identity, self._number, self._withdrawn, *self._standing_rules))

    def later_verdict(self, op: Operation) -> Verdict:
        """For one that has waited here, and so has its number and its place already."""
        return self._ask(op, (self._twin, self._gap, *self._standing_rules))

    def pardoned_verdict(self, op: Operation) -> Verdict:
        """For one that a supervisor takes in although scope, lock or withdrawal spoke against it."""
        return self._ask(op, (self._twin, self._dependencies, self._has_record, self._form, self._signing))

    @property
    def _standing_rules(self) -> tuple[Rule, ...]:
        return (self._dependencies, self._scope, self._move, self._form, self._lock, self._signing)

    def _ask(self, op: Operation, rules: tuple[Rule, ...]) -> Verdict:
        for rule in rules:
            if (found := rule(op)) is not None:
                return found
        return ACCEPTED

    def welcome(self, op: Operation) -> None:
        """Whoever creates a child nobody had is allocated to it (docs, whose-child), unless they have left since."""
        if op.kind is Kind.CREATE and self.sender.officer.active and self._begins_child(op):
            child, strands = str(op.body["child"]), strands_of(self.sender.officer.role)
            accounts.allocate(
                self.ledger.connection,
                self.sender.officer.id,
                child,
                strands,
                now=self.ledger.now,
                reason="created the child's record",
            )
            self.sender.scope.buckets.update(bucket_of(child, strand) for strand in strands)

    @property
    def _device_id(self) -> str:
        return self.sender.device.id

    def _identity(self, op: Operation) -> Verdict | None:
        return verdicts.ID_REUSED if self.ledger.is_taken(op.op_id) else None

    def _number(self, op: Operation) -> Verdict | None:
        """Only the laptop itself must keep to its numbers; a colleague relays what it happens to hold."""
        if op.device_id != self._device_id:
            return None
        if self.ledger.numbers.is_used(op.device_id, op.device_seq):
            raise Refused(409, "device_forked", "Another copy of this laptop has already used that number.")
        return verdicts.WAITS_FOR_NUMBER if op.device_seq > self.ledger.numbers.upto(op.device_id) + 1 else None

    def _twin(self, op: Operation) -> Verdict | None:
        return verdicts.ID_REUSED if self.ledger.is_accepted(op.op_id) else None

    def _gap(self, op: Operation) -> Verdict | None:
        is_own = op.device_id == self._device_id
        return verdicts.WAITS_FOR_NUMBER if is_own and op.device_seq > self.ledger.numbers.upto(op.device_id) else None

    def _withdrawn(self, op: Operation) -> Verdict | None:
        return verdicts.REVOKED if self.sender.draining else None

    def _dependencies(self, op: Operation) -> Verdict | None:
        for op_id in sorted(mentions(op)):
            if not self.ledger.is_settled(op_id):
                return verdicts.waits_for(op_id)
        return None

    def _scope(self, op: Operation) -> Verdict | None:
        home = self.ledger.home(op.record_id)
        if op.kind is Kind.CREATE:
            return self._creation(op, is_known=home is not None)
        if home is None or not self.sender.scope.may_write(home.bucket, home.form_id):
            return verdicts.OUT_OF_SCOPE
        if home.form_id != op.form_id:
            return verdicts.quarantined("schema_invalid", "It names another form than its record has.")
        return None

    def _move(self, op: Operation) -> Verdict | None:
        """A record moves only between buckets that its mover may write to."""
        if op.kind is not Kind.REASSIGN:
            return None
        target = op.body.get("bucket")
        if not isinstance(target, str) or ":" not in target:
            return verdicts.quarantined("schema_invalid", "It does not say where the record should go.")
        return None if self.sender.scope.may_write(target, op.form_id) else verdicts.OUT_OF_SCOPE

    def _has_record(self, op: Operation) -> Verdict | None:
        home = self.ledger.home(op.record_id)
        if op.kind is Kind.CREATE:
            return self._creation_fault(op, is_known=home is not None)
        if home is None or home.form_id != op.form_id:
            return verdicts.quarantined("no_record", "Decide first about the item that begins this record.")
        return None

    def _creation(self, op: Operation, *, is_known: bool) -> Verdict | None:
        if (fault := self._creation_fault(op, is_known=is_known)) is not None:
            return fault
        if self.sender.scope.may_write(op.bucket, op.form_id) or self._may_begin(op):
            return None
        return verdicts.OUT_OF_SCOPE

    def _creation_fault(self, op: Operation, *, is_known: bool) -> Verdict | None:
        child, strand = op.body.get("child"), op.body.get("strand")
        if is_known:
            return verdicts.quarantined("schema_invalid", "That record exists already.")
        if not isinstance(child, str) or not isinstance(strand, str) or op.bucket != bucket_of(child, strand):
            return verdicts.quarantined("schema_invalid", "It does not say which child and strand it belongs to.")
        return None

    def _may_begin(self, op: Operation) -> bool:
        reach = reach_of(self.sender.officer.role)
        return reach.writes and reach.opens(op.form_id, str(op.body["strand"])) and self._begins_child(op)

    def _begins_child(self, op: Operation) -> bool:
        return op.bucket not in self.sender.scope.buckets and is_new_child(
            self.ledger.connection, str(op.body["child"]), self.sender.officer.id, stamp(self.ledger.now)
        )

    def _form(self, op: Operation) -> Verdict | None:
        return self.definitions.verdict(op, self.ledger.connection)

    def _lock(self, op: Operation) -> Verdict | None:
        """An edit that had not seen the signature becomes a proposed amendment; one that had breaks the lock."""
        signatures = self.ledger.signatures(op.record_id)
        if not signatures or op.kind not in CONTENT:
            return None
        seen = ancestors(op.after, self.ledger.operations_of(op.record_id))
        return verdicts.LOCKED if seen.intersection(signatures) else None

    def _signing(self, op: Operation) -> Verdict | None:
        """The service computes for itself what was signed."""
        if op.kind is not Kind.SIGN:
            return None
        stored = self.ledger.operations_of(op.record_id)
        covered = ancestors(_strings(op.body.get("heads")), stored)
        view = Merge(op.record_id, [each for each in stored if each.op_id in covered]).view()
        if view.conflicts:
            return verdicts.CONFLICT_OPEN
        return None if view.content_hash == op.body.get("content_hash") else verdicts.NOT_WHAT_WAS_SIGNED


def ancestors(start: Iterable[str], operations: Iterable[Operation]) -> set[str]:
    """These operations, and everything they had seen."""
    by_id = {op.op_id: op for op in operations}
    found: set[str] = set()
    queue = [op_id for op_id in start if op_id in by_id]
    while queue:
        op_id = queue.pop()
        if op_id not in found:
            found.add(op_id)
            queue.extend(seen for seen in by_id[op_id].after if seen in by_id)
    return found


def _strings(value: JSON) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
