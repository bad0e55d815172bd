"""The rules an operation must meet to be taken in, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from casework.forms import Context, Filled
from casework.identifiers import UNNAMED_CHILD, BucketId, ChildId, OfficerId, OperationId, child_named
from casework.practice.forbidden_states import life_findings
from casework.practice.homes.of_no_child import OF_NO_CHILD, form_of_no_child, is_well_formed
from casework.practice.lives.who_enforces import SAY, is_step_of_others, touches_enforcement
from casework.practice.manager_check import CHECK, COMMISSIONED
from casework.practice.notices.notice_table import NOTICE, is_inbox
from casework.practice.roles import reach_of
from casework.records import JSON, Kind, Merge, Operation, RecordView, bucket_of
from casework.records.ancestry import all_named_by, ancestors
from casework.records.merge import CONTENT
from central.database.clock import stamp
from central.database.errors import Refused
from central.intake import verdicts
from central.intake.check_rules import CheckRules
from central.intake.definitions import Definitions
from central.intake.ledger import Ledger, Origin
from central.intake.notice_rules import NoticeRules
from central.intake.verdicts import ACCEPTED, Verdict
from central.people import accounts
from central.people.commissioned import INTERVIEW, said
from central.people.scope import is_new_child, strands_of
from central.people.senders import Sender

Rule = Callable[[Operation], "Verdict | None"]


@dataclass(frozen=True)
class Rules:
    """For one sender within one transaction. What was said is judged by who wrote it; a colleague whose laptop brings
    it, as after a restore, can vouch for it besides."""

    ledger: Ledger
    definitions: Definitions
    sender: Sender

    def first_verdict(self, op: Operation) -> Verdict:
        """For an operation that arrives: the first rule that objects, or acceptance."""
        return self._ask(op, (self._identity, self._number, self._withdrawn, *self._standing_rules))

    def renewed_verdict(self, op: Operation) -> Verdict:
        """For one that was refused when somebody else brought it."""
        return self._ask(op, (self._twin, self._number, self._withdrawn, *self._standing_rules))

    def later_verdict(self, op: Operation) -> Verdict:
        """For one that has waited here, and so has its number and its place already."""
        return self._ask(op, (self._twin, self._gap, *self._standing_rules))

    def pardoned_verdict(self, op: Operation) -> Verdict:
        """For one that a supervisor takes in although scope, lock or withdrawal spoke against it."""
        whole = (self._dependencies, self._has_record, self._notice_form, self._form, self._signing)
        return self._ask(op, (self._twin, self._gone, *whole))

    @property
    def _standing_rules(self) -> tuple[Rule, ...]:
        begun = (self._begun_form, self._notice_form, self._scope, self._check_of_a_manager)
        whole = (self._form, self._lock, self._signing, self._commissioned, self._enforcement, self._life)
        return (self._destroyed, self._dependencies, *begun, self._move, *whole)

    def _ask(self, op: Operation, rules: tuple[Rule, ...]) -> Verdict:
        for rule in rules:
            if (found := rule(op)) is not None:
                return found
        return ACCEPTED

    def welcome(self, op: Operation) -> None:
        """Whoever creates a child nobody had is allocated to it (docs, whose-child), unless they have left since."""
        vouchers = self._vouchers(op) if op.kind is Kind.CREATE and op.form_id != NOTICE else ()
        for voucher in vouchers:
            if voucher.scope.records is not None and _begins_within(op, voucher):
                voucher.scope.began(op.form_id, op.record_id)
            if voucher.officer.active and self._begins_child(op, voucher):
                self._allocate(op, voucher)
                return

    def _allocate(self, op: Operation, owner: Sender) -> None:
        child, strands = child_named(str(op.body["child"])), strands_of(owner.officer.role)
        why = "created the child's record"
        accounts.allocate_first(
            self.ledger.connection, owner.officer.id, child, strands, now=self.ledger.now, reason=why
        )
        self.ledger.new_children.clear()
        owner.scope.buckets.update(bucket_of(child, strand) for strand in strands)

    def settle(self, op: Operation) -> None:
        """What follows for the officer from what was just taken in."""
        if op.form_id == NOTICE:
            NoticeRules(self.ledger, self.sender).settle(op)

    @property
    def _device_id(self) -> str:
        return self.sender.device.id

    def _vouchers(self, op: Operation) -> tuple[Sender, ...]:
        """Its writer, unless withdrawn; and the sender, unless withdrawn and bringing what another has written."""
        writer = self.ledger.senders.of(op.device_id)
        if writer.is_withdrawn or writer.device.id == self._device_id:
            return (self.sender,)
        return (writer,) if self.sender.is_withdrawn else (writer, self.sender)

    def _may_write(self, op: Operation, bucket: BucketId, form_id: str) -> bool:
        return any(voucher.scope.may_write(bucket, form_id, op.record_id) for voucher in self._vouchers(op))

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
        """A laptop that was withdrawn hands over its own last words, and those of names it had before, for somebody to
        decide about; what it brings of others is theirs. An officer in good standing vouches for a withdrawn one."""
        if not self.sender.is_withdrawn:
            return None
        writer = self.ledger.senders.of(op.device_id)
        is_own_name = writer.has_given_up and writer.officer.id == self.sender.officer.id
        return verdicts.REVOKED if writer.is_withdrawn or is_own_name else None

    def _gone(self, op: Operation) -> Verdict | None:
        """Nothing is taken into a record that the council destroyed, nor begun beside a child's that was."""
        whose = child_named(str(op.body.get("child", ""))) if op.kind is Kind.CREATE else UNNAMED_CHILD
        found = self.ledger.destroyed.why_neither(op.record_id, whose)
        return verdicts.destroyed(found) if found else None

    def _destroyed(self, op: Operation) -> Verdict | None:
        """What was new in it waits for somebody to read it. That the record was here is told to nobody else."""
        found = self._gone(op)
        is_told = found is None or self._may_write(op, op.bucket, op.form_id)
        return found if is_told else self._refusal(op.bucket, op.form_id)

    def _dependencies(self, op: Operation) -> Verdict | None:
        for op_id in sorted(all_named_by(op)):
            if not self.ledger.is_settled(op_id, op.record_id):
                return verdicts.WAITS_FOR_ANOTHER
        return None

    def _begun_form(self, op: Operation) -> Verdict | None:
        """The form of a new record is judged before its place: else a form that is not there would tell, by its
        answer and without a trace, whether the record or its child is."""
        return self._place_fault(op) or self._form(op) if op.kind is Kind.CREATE else None

    def _notice_form(self, op: Operation) -> Verdict | None:
        """By what it says itself: one answer, whether its record is here or not."""
        alone = form_of_no_child(op.bucket)
        of_no_child = bool(alone) or op.form_id in OF_NO_CHILD
        if of_no_child and (alone != op.form_id or not is_well_formed(op.bucket)):
            say = "Only meetings lie with a group, returns with the schools and lists with police, and nowhere else."
            return verdicts.quarantined("schema_invalid", say)
        is_notice = op.form_id == NOTICE
        if is_notice != is_inbox(op.bucket):
            return verdicts.quarantined("schema_invalid", "Only notices lie in an inbox, and nowhere else.")
        return NoticeRules(self.ledger, self.sender).form_fault(op) if is_notice else None

    def _check_of_a_manager(self, op: Operation) -> Verdict | None:
        return CheckRules(self.ledger).fault(op) if op.form_id == CHECK else None

    def _scope(self, op: Operation) -> Verdict | None:
        if op.form_id == NOTICE:
            return NoticeRules(self.ledger, self.sender).rights_fault(op)
        home = self.ledger.home(op.record_id)
        if op.kind is Kind.CREATE:
            return self._creation(op, home)
        if home is None or not self._may_write(op, home.bucket, home.form_id):
            return self._refusal(op.bucket, op.form_id)  # by what it says itself: one answer, here or not
        if home.form_id != op.form_id:
            return verdicts.quarantined("schema_invalid", "It names another form than its record has.")
        return None

    def _move(self, op: Operation) -> Verdict | None:
        """A record moves only between buckets that its mover may write to."""
        if op.kind is not Kind.REASSIGN:
            return None
        named = op.body.get("bucket")
        target = BucketId(named) if isinstance(named, str) else BucketId("")
        if ":" not in target or is_inbox(target) or form_of_no_child(target):
            return verdicts.quarantined("schema_invalid", "It does not say where the record should go.")
        return None if self._may_write(op, target, op.form_id) else self._refusal(target, op.form_id)

    def _has_record(self, op: Operation) -> Verdict | None:
        home = self.ledger.home(op.record_id)
        if op.kind is Kind.CREATE:
            return self._creation_fault(op, is_known=home is not None)
        if home is None or home.form_id != op.form_id:
            return verdicts.quarantined("no_record", "Decide first about the item that begins this record.")
        return None

    def _creation(self, op: Operation, home: Origin | None) -> Verdict | None:
        """That a record is there already is told only to who may write to it."""
        if home is not None:
            is_seen = self._may_write(op, home.bucket, home.form_id)
            return verdicts.EXISTS_ALREADY if is_seen else self._refusal(op.bucket, op.form_id)
        if any(_begins_within(op, voucher) for voucher in self._vouchers(op)) or self._may_begin(op):
            return None
        return self._refusal(op.bucket, op.form_id)

    def _refusal(self, bucket: BucketId, form_id: str) -> Verdict:
        """The true reason: what the role may not do is no question of whose child it is."""
        reach = reach_of(self.sender.officer.role)
        if not reach.writes:
            return verdicts.ROLE_READS_ONLY
        of_the_role = reach.opens(form_id, bucket.rpartition(":")[2]) and reach.writes_form(form_id)
        return verdicts.OUT_OF_SCOPE if of_the_role else verdicts.NOT_OF_THE_ROLE

    def _creation_fault(self, op: Operation, *, is_known: bool) -> Verdict | None:
        return verdicts.EXISTS_ALREADY if is_known else self._place_fault(op)

    def _place_fault(self, op: Operation) -> Verdict | None:
        child, strand = op.body.get("child"), op.body.get("strand")
        if (
            not isinstance(child, str)
            or not isinstance(strand, str)
            or op.bucket != bucket_of(child_named(child), strand)
        ):
            return verdicts.quarantined("schema_invalid", "It does not say which child and strand it belongs to.")
        return None

    def _may_begin(self, op: Operation) -> bool:
        for voucher in self._vouchers(op):
            reach = reach_of(voucher.officer.role)
            if reach.writes and reach.opens(op.form_id, str(op.body["strand"])) and self._begins_child(op, voucher):
                return True
        return False

    def _begins_child(self, op: Operation, voucher: Sender) -> bool:
        if voucher.scope.records is not None:
            return False
        return op.bucket not in voucher.scope.buckets and self._is_new(
            child_named(str(op.body["child"])), voucher.officer.id
        )

    def _is_new(self, child: ChildId, officer_id: OfficerId) -> bool:
        """Asked once for the verdict and what follows from it."""
        known = self.ledger.new_children
        if (child, officer_id) not in known:
            known[child, officer_id] = is_new_child(self.ledger.connection, child, officer_id, stamp(self.ledger.now))
        return known[child, officer_id]

    def _form(self, op: Operation) -> Verdict | None:
        return self.definitions.verdict(op, self.ledger.connection)

    def _lock(self, op: Operation) -> Verdict | None:
        """An edit that had not seen the signature becomes a proposed amendment; one that had breaks the lock."""
        signatures = self.ledger.signatures(op.record_id)
        if not signatures or op.kind not in CONTENT:
            return None
        seen = ancestors(op.after, _by_id(self.ledger.operations_of(op.record_id)))
        return verdicts.LOCKED if seen.intersection(signatures) else None

    def _signing(self, op: Operation) -> Verdict | None:
        """The service computes for itself what was signed."""
        if op.kind is not Kind.SIGN:
            return None
        view = self._signed_view(op)
        if view.conflicts:
            return verdicts.CONFLICT_OPEN
        return None if view.content_hash == op.body.get("content_hash") else verdicts.NOT_WHAT_WAS_SIGNED

    def _commissioned(self, op: Operation) -> Verdict | None:
        """Whoever holds an interview for another agency says so when they sign: a manager's check hangs on it (S0)."""
        writer = self.ledger.senders.of(op.device_id).officer
        if op.kind is not Kind.SIGN or op.form_id != INTERVIEW or not reach_of(writer.role).by_commission:
            return None
        is_said = self._signed_answers(op).get("interviewer_type") == COMMISSIONED
        return None if is_said else verdicts.COMMISSION_UNSAID

    def _enforcement(self, op: Operation) -> Verdict | None:
        """A notice and the steps after it are for the role that may take them, by what its author saw."""
        touched = (touches_enforcement(op.form_id, op.form_version, change.path) for change in op.changes)
        if op.kind not in CONTENT or not any(touched):
            return None
        stored = _by_id(self.ledger.operations_of(op.record_id))
        seen = [stored[op_id] for op_id in ancestors(op.after, stored)]
        before, after = Merge(op.record_id, seen).view(), Merge(op.record_id, [*seen, op]).view()
        role = self.ledger.senders.of(op.device_id).officer.role
        is_others = is_step_of_others(role, before.answers(), after.answers())
        return verdicts.quarantined(verdicts.LIFE_REFUSED, SAY) if is_others else None

    def _life(self, op: Operation) -> Verdict | None:
        """What is signed stands where its life lets it stand, as far as the record alone says; by its author's day. A
        supervisor may take it in all the same."""
        definition = self.definitions.find(op.form_id, op.form_version, self.ledger.connection)
        if op.kind is not Kind.SIGN or definition is None:
            return None
        context = Context(datetime.fromisoformat(op.at), {}, "")
        found = life_findings(Filled(definition, self._signed_answers(op), context), signing=True)
        text = " ".join(dict.fromkeys(one.text for one in found))
        return verdicts.quarantined(verdicts.LIFE_REFUSED, text) if found else None

    def _signed_answers(self, op: Operation) -> dict[str, JSON]:
        return self._signed_view(op).answers()

    def _signed_view(self, op: Operation) -> RecordView:
        """The record as this signature names it."""
        stored = _by_id(self.ledger.operations_of(op.record_id))
        covered = ancestors(_named(op.body.get("heads")), stored)
        return Merge(op.record_id, [each for op_id, each in stored.items() if op_id in covered]).view()


def _begins_within(op: Operation, voucher: Sender) -> bool:
    about = said(op, "episode_id" if op.form_id == INTERVIEW else "about")
    return voucher.scope.may_begin(op.bucket, op.form_id, about)


def _by_id(operations: Iterable[Operation]) -> dict[OperationId, Operation]:
    return {op.op_id: op for op in operations}


def _named(value: JSON) -> list[OperationId]:
    return [OperationId(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []
