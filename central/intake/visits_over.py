"""How long a visitor holds a child: some days more, once each visit they took on is told back or withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from casework.identifiers import ChildId, OfficerId, RecordId, child_named
from casework.practice.notices.notice_table import NOTICE, VISIT, VISIT_REQUEST, NoticeKind
from casework.records import Kind, Operation, parse_path
from central.database.tables import record
from central.facts.numbers_of_practice import council_now
from central.intake.ledger import Ledger
from central.people import accounts
from central.people.commissioned import said

_ENDS = (NoticeKind.VISIT_RESULT, NoticeKind.VISIT_WITHDRAWN)


@dataclass(frozen=True)
class VisitsOver:
    """Within one transaction."""

    ledger: Ledger

    def look(self, notice: Operation) -> None:
        """After a notice was begun. Only what its acceptance gave is ended, nothing that the council gave besides."""
        if said(notice, "kind") not in _ENDS:
            return
        child, connection = child_named(str(notice.body["child"])), self.ledger.connection
        taken, over = self._taken(child), self._over(child, notice)
        until = self.ledger.now + timedelta(days=council_now(connection).number("visitor_keeps_days"))
        for officer_id, requests in taken.items():
            if requests <= over:
                accounts.keep_until(connection, officer_id, child, accounts.TOOK_ON, until, now=self.ledger.now)

    def _taken(self, child: ChildId) -> dict[OfficerId, set[str]]:
        """By officer, the requests about this child that they accepted."""
        found: dict[OfficerId, set[str]] = defaultdict(set)
        for begun, answers in self._notices(child):
            if said(begun, "kind") == NoticeKind.VISIT_ASKED:
                for answer in answers:
                    if any(parse_path(change.path).question == "acknowledged_at" for change in answer.changes):
                        found[answer.officer_id].add(str(said(begun, "about")))
        return found

    def _over(self, child: ChildId, last: Operation) -> set[str]:
        """The requests whose result was told, or which were withdrawn and not asked again."""
        begun = [last, *(one for one, _ in self._notices(child) if one.record_id != last.record_id)]
        asked = _newest(one for one in begun if said(one, "kind") == NoticeKind.VISIT_ASKED)
        withdrawn = _newest(one for one in begun if said(one, "kind") == NoticeKind.VISIT_WITHDRAWN)
        over = {request for request, at in withdrawn.items() if at >= asked.get(request, "")}
        told = [RecordId(str(said(one, "about"))) for one in begun if said(one, "kind") == NoticeKind.VISIT_RESULT]
        return over | {self._request_of(visit) for visit in told}

    def _request_of(self, visit: RecordId) -> str:
        named = [value for op in self.ledger.operations_of(visit) if (value := said(op, "linked_record"))]
        return str(named[-1]) if named else ""

    def _notices(self, child: ChildId) -> Iterable[tuple[Operation, list[Operation]]]:
        """How each notice about a request or a visit of the child began, and what was said to it."""
        query = select(record.c.record_id).where(record.c.child_id == child, record.c.form_id == NOTICE)
        ids: list[RecordId] = [*self.ledger.connection.execute(query).scalars()]
        for record_id in ids:
            ops = self.ledger.operations_of(record_id)
            begun = next((op for op in ops if op.kind is Kind.CREATE), None)
            if begun is not None and said(begun, "about_form") in (VISIT_REQUEST, VISIT):
                yield begun, [op for op in ops if op.kind is not Kind.CREATE]


def _newest(begun: Iterable[Operation]) -> dict[str, str]:
    """By request, when the last of these notices was made, in an order that sorts."""
    found: dict[str, str] = {}
    for one in begun:
        request = str(said(one, "about"))
        found[request] = max(found.get(request, ""), str(one.hlc))
    return found
