"""A check is the manager's own act: made whole, then signed, by a role that checks such work and wrote none of it."""

from __future__ import annotations

from dataclasses import dataclass

from casework.identifiers import OfficerId, OperationId, RecordId
from casework.practice.manager_check import may_check
from casework.records import Kind, Operation
from casework.records.ancestry import ancestors
from central.database.errors import UnknownThing
from central.intake.ledger import Ledger
from central.intake.verdicts import Verdict, quarantined
from central.people import accounts
from central.people.commissioned import said

NOT_THEIRS = "Only a manager of this work checks it, and nobody checks what they wrote."
NOT_SIGNED = "It does not name a signed record of this child as that stands here."
AS_IT_IS = "A check is not changed: give another."


@dataclass(frozen=True)
class CheckRules:
    """Asked of the author, whoever brings it; a supervisor cannot take in what these refuse."""

    ledger: Ledger

    def fault(self, op: Operation) -> Verdict | None:
        if op.kind is Kind.CREATE:
            return self._begun(op)
        begun = next((one for one in self.ledger.operations_of(op.record_id) if one.kind is Kind.CREATE), None)
        if op.kind is not Kind.SIGN or begun is None:
            return quarantined("check_refused", AS_IT_IS)
        return None if begun.officer_id == op.officer_id else quarantined("check_refused", NOT_THEIRS)

    def _begun(self, op: Operation) -> Verdict | None:
        about, form_id = RecordId(str(said(op, "about"))), str(said(op, "about_form"))
        home = self.ledger.fetched_home(about)
        if home is None or (home.bucket, home.form_id) != (op.bucket, form_id):
            return quarantined("check_refused", NOT_SIGNED)
        here = {one.op_id: one for one in self.ledger.operations_of(about)}
        signature = here.get(OperationId(str(said(op, "signature"))))
        if signature is None or signature.kind is not Kind.SIGN:
            return quarantined("check_refused", NOT_SIGNED)
        if signature.body.get("content_hash") != said(op, "content"):
            return quarantined("check_refused", NOT_SIGNED)
        authors = {here[op_id].officer_id for op_id in ancestors(signature.after, here)} | {signature.officer_id}
        is_theirs = may_check(self._role(op.officer_id), form_id) and op.officer_id not in authors
        return None if is_theirs else quarantined("check_refused", NOT_THEIRS)

    def _role(self, officer_id: OfficerId) -> str:
        try:
            return accounts.officer_of(self.ledger.connection, officer_id).role
        except UnknownThing:
            return ""
