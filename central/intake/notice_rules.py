"""What a notice must be to be taken in, and who may do what with one: judged by its author, whoever brings it."""

from __future__ import annotations

from dataclasses import dataclass

from casework.identifiers import ChildId, OfficerId, RecordId, child_named
from casework.practice.notices.notice_table import (
    ABOUT,
    CHASES,
    RECEIPTS,
    TAKEN_ON,
    Inbox,
    NoticeKind,
    facts_for,
    inbox_of,
    longest_fact,
    officer_mark,
    team_mark,
)
from casework.practice.roles import CORE, reach_of
from casework.records import Kind, Operation, bucket_of, parse_path
from central.database.clock import stamp
from central.database.errors import UnknownThing
from central.intake.ledger import Ledger
from central.intake.verdicts import Verdict, quarantined
from central.intake.visits_over import VisitsOver
from central.people import accounts
from central.people.accounts import Officer
from central.people.commissioned import said
from central.people.scope import WHOLE_COUNCIL, Scope, scope_of, strands_of
from central.people.senders import Sender

NO_NOTICE = "It is not a notice as Homeward makes them, so nobody was told."
NOT_YOURS = "Only its reader says that a notice was opened, and nobody changes what one says."
NOT_TOLD = "That reader may not see such a record, or the officer may not write it, so nobody was told."


@dataclass(frozen=True)
class NoticeRules:
    """For one sender within one transaction."""

    ledger: Ledger
    sender: Sender

    def form_fault(self, op: Operation) -> Verdict | None:
        """Of its form alone: a supervisor cannot take in what has this fault."""
        inbox = inbox_of(op.bucket.rpartition(":")[2])
        if inbox is None:
            return quarantined("notice_refused", NO_NOTICE)
        if op.kind is Kind.CREATE:
            return None if _is_notice(op, inbox) else quarantined("notice_refused", NO_NOTICE)
        return None if _is_answer(op) else quarantined("notice_refused", NOT_YOURS)

    def rights_fault(self, op: Operation) -> Verdict | None:
        """A notice is its author's to send who may write the record; an answer its reader's to give."""
        refused = quarantined("out_of_scope", NOT_TOLD if op.kind is Kind.CREATE else NOT_YOURS)
        author, home = self._officer(op.officer_id), self.ledger.home(op.record_id)
        if author is None or (home is None) is not (op.kind is Kind.CREATE):
            return refused
        inbox = inbox_of((home.bucket if home else op.bucket).rpartition(":")[2])
        if inbox is None:
            return refused
        if home is None:
            return None if self._may_send(op, inbox, author) else refused
        return None if self._may_answer(op, home.child_id, inbox, author) else refused

    def settle(self, op: Operation) -> None:
        """Who takes on what MASH or a team was asked is given the child with that: nobody else has to be asked. A team
        that works for education is given what education keeps, and no more; and keeps it for some days once the visit
        is told back, or no longer asked for."""
        if op.kind is Kind.CREATE:
            VisitsOver(self.ledger).look(op)
            return
        home, author = self.ledger.home(op.record_id), self._officer(op.officer_id)
        inbox = inbox_of(home.bucket.rpartition(":")[2]) if home else None
        if home is None or inbox is None or author is None or not _acknowledges(op):
            return
        is_asked = inbox.is_for(author.role, author.id, author.team) and inbox.is_asked(author.role)
        if is_asked and author.active and self._kind(op.record_id) in TAKEN_ON:
            of_team = frozenset({CORE, inbox.about_strand})
            strands = of_team if inbox.team else strands_of(author.role)
            mine, now = (self.ledger.connection, author.id, home.child_id), self.ledger.now
            accounts.allocate(*mine, strands, now=now, reason=accounts.TOOK_ON)
            self.ledger.new_children.clear()

    def _may_send(self, op: Operation, inbox: Inbox, author: Officer) -> bool:
        child, reach = child_named(str(op.body["child"])), reach_of(author.role)
        may_write = reach.writes_form(inbox.form_id) and reach.opens(inbox.form_id, inbox.about_strand)
        return may_write and self._holds(author, child, inbox) and self._is_about(op, child, inbox, author)

    def _is_about(self, op: Operation, child: ChildId, inbox: Inbox, author: Officer) -> bool:
        """The record it names is this child's and of that form, if it is here yet; and one that its author holds."""
        about = RecordId(str(said(op, "about")))
        home = self.ledger.fetched_home(about)
        if home is None:
            return True
        return (home.child_id, home.form_id) == (child, inbox.form_id) and self._is_given(author, about)

    def _is_given(self, author: Officer, record_id: RecordId) -> bool:
        """To one who is given record by record."""
        if not reach_of(author.role).by_commission:
            return True
        return record_id in (self._scope(author).records or ())

    def _may_answer(self, op: Operation, child: ChildId, inbox: Inbox, author: Officer) -> bool:
        holds = self._holds(author, child, inbox)
        if not inbox.may_be_held(author.role, author.id, author.team, holds_child=holds):
            return False
        if not self._is_given(author, op.record_id):
            return False
        return (
            inbox.is_for(author.role, author.id, author.team)
            if _group(op) == RECEIPTS
            else reach_of(author.role).writes
        )

    def _holds(self, author: Officer, child: ChildId, inbox: Inbox) -> bool:
        """Asked of the officer and not of what the laptop that brings it holds; a record may come in the same push."""
        if not author.active:
            return False
        if reach_of(author.role).children in WHOLE_COUNCIL:
            return True
        return bucket_of(child, inbox.about_strand) in self._scope(author).buckets

    def _kind(self, record_id: RecordId) -> str:
        begun = next(op for op in self.ledger.operations_of(record_id) if op.kind is Kind.CREATE)
        return str(said(begun, "kind"))

    def _officer(self, officer_id: OfficerId) -> Officer | None:
        if officer_id == self.sender.officer.id:
            return self.sender.officer
        try:
            return accounts.officer_of(self.ledger.connection, officer_id)
        except UnknownThing:
            return None

    def _scope(self, author: Officer) -> Scope:
        if author.id == self.sender.officer.id:
            return self.sender.scope
        return scope_of(self.ledger.connection, author, stamp(self.ledger.now))


def _is_notice(op: Operation, inbox: Inbox) -> bool:
    kind, allowed = str(said(op, "kind")), {"f/kind", "f/about", "f/about_form", "f/to_role", "f/to_officer"}
    allowed |= {"f/to_team", "f/sent_at", "f/sent_by", "f/answer_by"}
    child, strand = op.body.get("child"), op.body.get("strand")
    if op.bucket != f"{child}:{strand}" or kind not in set(NoticeKind) or inbox.form_id not in ABOUT[NoticeKind(kind)]:
        return False
    others = [change.path for change in op.changes if change.path not in allowed]
    is_only_facts = all(path.startswith("r/facts/") for path in others)
    return is_only_facts and _names_its_inbox(op, inbox) and _says_no_more(op, kind, facts_for(kind, inbox.addressee))


def _names_its_inbox(op: Operation, inbox: Inbox) -> bool:
    named = {name: str(said(op, f"to_{name}") or "") for name in ("role", "officer", "team")}
    addressees = (named["role"], officer_mark(OfficerId(named["officer"])), team_mark(named["team"]))
    return said(op, "about_form") == inbox.form_id and inbox.addressee in addressees and bool(said(op, "about"))


def _says_no_more(op: Operation, kind: str, allowed: tuple[str, ...]) -> bool:
    for change in op.changes:
        path = parse_path(change.path)
        if path.group == "facts" and path.question == "fact" and change.value not in allowed:
            return False
        if path.group == "facts" and path.question == "value" and len(str(change.value)) > longest_fact(kind):
            return False
    return True


def _is_answer(op: Operation) -> bool:
    """Rows of the one who writes them, and of one group: a receipt, or that somebody was asked again."""
    if op.kind not in (Kind.SET, Kind.ROWS) or not op.changes:
        return False
    paths = [parse_path(change.path) for change in op.changes]
    if {path.group for path in paths} not in ({RECEIPTS}, {CHASES}):
        return False
    mark = officer_mark(op.officer_id)
    return all(path.row == mark or (path.group == CHASES and path.row.startswith(f"{mark}-")) for path in paths)


def _group(op: Operation) -> str:
    return parse_path(op.changes[0].path).group


def _acknowledges(op: Operation) -> bool:
    return any(parse_path(change.path).question == "acknowledged_at" and change.value for change in op.changes)
