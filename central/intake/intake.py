"""Intake: every pushed operation gets its own durable answer, and one bad one delays only what depends on it.

One transaction for what comes at the same moment. Row locks are taken in one order everywhere (laptops, records, then
the counter), and the counter comes last, so the order of the feed is the order of commits (sync study 3.2, invariant
I4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from casework.identifiers import DeviceId
from casework.records import Operation
from casework.wire.protocol import Result, Sealed
from central.database.clock import Now
from central.database.database import Database
from central.intake import examination
from central.intake.definitions import Definitions
from central.intake.examination import Examined
from central.intake.intake_rules import Rules
from central.intake.ledger import Ledger
from central.intake.taken_together import Handed, InLine, Taken
from central.intake.verdicts import Verdict


@dataclass(frozen=True)
class Intake:
    database: Database
    definitions: Definitions
    now: Now
    _line: InLine = field(default_factory=InLine)

    def push(self, device_id: DeviceId, ops: Sequence[Sealed]) -> tuple[list[Result], int]:
        """The answers in the order asked, and how far this laptop's numbers have arrived without a gap."""
        return self._line.take(Handed(device_id, self._examine(ops)), self._take)

    def _take(self, pushes: Sequence[Handed]) -> list[Taken]:
        """In one transaction, all of them or none. Raises Refused."""

        def work(connection: Connection) -> list[Taken]:
            ledger = Ledger(connection, self.now)
            ledger.begin([push.device_id for push in pushes])
            return take_all(ledger, self.definitions, pushes)

        return self.database.transact(work)

    def retry_held(self) -> int:
        """After a form was published: takes in what no longer has to wait. Says how many."""

        def work(connection: Connection) -> int:
            ledger = Ledger(connection, self.now)
            count = release(ledger, self.definitions, ledger.all_held())
            ledger.write()
            return count

        return self.database.transact(work)

    def retry_unsigned(self, device_ids: Sequence[DeviceId]) -> int:
        """After a laptop became known: takes in what it signed and colleagues had brought before. Says how many."""

        def work(connection: Connection) -> int:
            ledger = Ledger(connection, self.now)
            known = examination.signatories(connection, device_ids)
            unsigned = [(examination.attributed(op, known), by) for op, by in ledger.unsigned(device_ids)]
            found = [(op, by) for op, by in unsigned if op.fault is None]
            for op, pushed_by in found:
                Batch(ledger, self.definitions, pushed_by).take_late(op)
            release_near(ledger, self.definitions, [op.read() for op, _ in found])
            ledger.write()
            return len(found)

        return self.database.transact(work) if device_ids else 0

    def _examine(self, ops: Sequence[Sealed]) -> list[Examined]:
        found = [examination.read(sealed) for sealed in ops]
        with self.database.glancing() as connection:
            known = examination.signatories(connection, {op.operation.device_id for op in found if op.operation})
        return [examination.attributed(op, known) for op in found]


class Batch:
    """One push, inside the transaction."""

    def __init__(self, ledger: Ledger, definitions: Definitions, device_id: DeviceId) -> None:
        self._ledger = ledger
        self._definitions = definitions
        self._device_id = device_id

    def answers(self, found: Sequence[Examined]) -> list[Result]:
        """In the order asked, before anything is written."""
        rules = Rules(self._ledger, self._definitions, self._ledger.senders.of(self._device_id))
        order = sorted(range(len(found)), key=lambda index: _as_written(found[index]))
        answers = {index: self._answer(found[index], rules) for index in order}
        return [answers[index] for index in range(len(found))]

    def taken(self, answers: Sequence[Result]) -> Taken:
        """Once everything is written."""
        return [self._settled(answer) for answer in answers], self._ledger.numbers.upto(self._device_id)

    def take_late(self, op: Examined) -> None:
        """One that lay here because nobody knew who had signed it."""
        self._answer(op, Rules(self._ledger, self._definitions, self._ledger.senders.of(self._device_id)))

    def _answer(self, op: Examined, rules: Rules) -> Result:
        self._ledger.forget_doubt(op)
        if (earlier := self._ledger.standing(op)) is not None:
            return self._again(op, earlier, rules)
        if op.operation is not None and self._ledger.destroyed.has_said(op.operation):
            self._ledger.keep_hash(op.operation, of_laptop=self._device_id)
            return Result(op_id=op.sealed.op_id, status="duplicate")
        return self._judged(op, op.fault or rules.first_verdict(op.read()), rules)

    def _again(self, op: Examined, earlier: Result, rules: Rules) -> Result:
        """The same bytes get the same answer, unless it was for who brought them that they were refused."""
        if self._ledger.may_be_renewed(op, self._device_id):
            verdict = rules.renewed_verdict(op.read())
            if verdict.outcome != "quarantined":
                self._ledger.forget(op)
                return self._judged(op, verdict, rules)
        self._ledger.claim(op, self._device_id)
        return earlier

    def _judged(self, op: Examined, verdict: Verdict, rules: Rules) -> Result:
        if verdict.outcome == "accepted":
            take_in(op, rules)
            return Result(op_id=op.sealed.op_id, status="accepted")
        self._ledger.keep_waiting(op, verdict, pushed_by=self._device_id)
        return Result(op_id=op.sealed.op_id, status=verdict.outcome, code=verdict.code, detail=verdict.detail)

    def _settled(self, answer: Result) -> Result:
        """With its place in the feed, known only after `write`; a held one may have been set free meanwhile."""
        if answer.status not in ("accepted", "held"):
            return answer
        seq = self._ledger.seq_of(answer.op_id)
        return answer if seq is None else Result(op_id=answer.op_id, status="accepted", seq=seq)


def take_all(ledger: Ledger, definitions: Definitions, pushes: Sequence[Handed]) -> list[Taken]:
    operations = [op for push in pushes for op in push.operations]
    ledger.look_up(operations)
    batches = [Batch(ledger, definitions, push.device_id) for push in pushes]
    answers = [batch.answers(push.found) for batch, push in zip(batches, pushes, strict=True)]
    release_near(ledger, definitions, operations)
    ledger.write(*(push.device_id for push in pushes))
    return [batch.taken(found) for batch, found in zip(batches, answers, strict=True)]


def release_near(ledger: Ledger, definitions: Definitions, operations: Sequence[Operation]) -> None:
    """Takes in held operations that one of these may have set free."""
    near = ledger.held(records={op.record_id for op in operations}, devices={op.device_id for op in operations})
    release(ledger, definitions, near)


def release(ledger: Ledger, definitions: Definitions, waiting: Sequence[tuple[Examined, DeviceId]]) -> int:
    """Takes in held operations for as long as any of them has nothing left to wait for."""
    remaining, count = list(waiting), 0
    while True:
        still = [
            (op, sender)
            for op, sender in remaining
            if not _set_free(op, Rules(ledger, definitions, ledger.senders.of(sender)))
        ]
        count += len(remaining) - len(still)
        if len(still) == len(remaining):
            return count
        remaining = still


def _set_free(op: Examined, rules: Rules) -> bool:
    ledger = rules.ledger
    verdict = op.fault or rules.later_verdict(op.read())
    if verdict.outcome == "held":
        return False
    if verdict.outcome == "accepted":
        ledger.forget(op)
        take_in(op, rules)
    else:
        ledger.settle(op, verdict.outcome, verdict)
    return True


def take_in(op: Examined, rules: Rules) -> None:
    """Into the log of this transaction, and the child to whoever created it."""
    operation = op.read()
    sender = rules.sender.device.id
    rules.welcome(operation)
    rules.ledger.accept(operation, op.sealed, relayed_by=None if operation.device_id == sender else sender)
    rules.settle(operation)


def _as_written(op: Examined) -> tuple[str, int]:
    return (op.operation.device_id, op.operation.device_seq) if op.operation else ("", 0)
