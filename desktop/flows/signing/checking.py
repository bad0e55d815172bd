"""The manager's check of what a colleague signed: approved, or returned with words. Signed, and never the author's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.errors import NotThisRole, SignatureRefused
from casework.practice.manager_check import CHECK, CheckState, Given, Verdict, check_of, given_in, may_check
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import reach_of
from casework.records import RecordView
from casework.records.view import Signed
from desktop.flows.case_file import told_here
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.making_notices import tell_officer, tell_role
from desktop.flows.signing.signing import lock_record
from desktop.store.vault import Summary

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class CheckGiven:
    """One that counts, in words: by whom, when, and what they wrote."""

    name: str
    at: datetime
    verdict: Verdict
    words: str


@dataclass(frozen=True, slots=True)
class Checking:
    """`mine`: this officer may give it now. `told_at`: when the council said so, where no checks are kept here."""

    record_id: str
    state: CheckState
    given: tuple[CheckGiven, ...]
    mine: bool
    told_at: datetime | None = None


def checking(desk: Desk, record_id: str) -> Checking:
    """Where the check of a record stands; NOT_WANTED of one that is not signed, or needs none."""
    view = desk.vault.view(record_id)
    checks = checks_about(record_id, desk.vault.summaries(form_id=CHECK, child_id=view.child_id))
    state = state_among(desk, view, checks)
    if state is CheckState.WAITING and desk.officer.role and not reach_of(desk.officer.role).opens(CHECK, view.strand):
        return _told(desk, view)
    due = state in (CheckState.WAITING, CheckState.RETURNED)
    return Checking(record_id, state, tuple(_in_words(desk, checks)), due and _may_give(desk, view))


def _told(desk: Desk, view: RecordView) -> Checking:
    """As the council said, for a role that holds the record and none of its checks."""
    told = told_here(desk)
    plan = told.plans.get(view.child_id) if told else None
    if told is None or plan is None or plan.plan != view.record_id or not plan.check:
        return Checking(view.record_id, CheckState.NOT_KEPT, (), mine=False)
    return Checking(view.record_id, CheckState(plan.check), (), mine=False, told_at=told.at)


def approvals(desk: Desk, record_id: str) -> tuple[tuple[str, Signed], ...]:
    """The checks that stand, each with its own signature, the latest last; none where one returned it."""
    view = desk.vault.view(record_id)
    checks = checks_about(record_id, desk.vault.summaries(form_id=CHECK, child_id=view.child_id))
    if state_among(desk, view, checks) is not CheckState.APPROVED:
        return ()
    signed_hash, read = view.signatures[-1].content_hash, len(view.amendments)
    counted = [one for one in checks if (given := _given(one)).hash == signed_hash and given.corrections >= read]
    return tuple((one.record_id, desk.vault.view(one.record_id).signatures[-1]) for one in counted)


def approved_by_me(desk: Desk, record_id: str) -> bool:
    return any(signed.officer_id == desk.officer.id for _, signed in approvals(desk, record_id))


def state_among(desk: Desk, view: RecordView, checks: Iterable[Summary]) -> CheckState:
    return check_of(view, map(_given, checks), desk.catalogue.council.checks)


def checks_about(record_id: str, checks: Iterable[Summary]) -> Sequence[Summary]:
    """Those that were signed, the oldest first."""
    found = [check for check in checks if check.locked and check.answers.get("about") == record_id]
    return sorted(found, key=lambda check: str(check.signed_at))


def give_check(
    desk: Desk, record_id: str, verdict: Verdict, *, words: str, name: str, passphrase: str
) -> str:  # fmt: skip
    """Returns the check's id. Returned, its author is asked for a correction; approved, it is shared. Raises
    NotThisRole, SignatureRefused and WrongPassphrase; then nothing was decided."""
    view = desk.vault.view(record_id)
    _refuse(desk, view, verdict, words)
    desk.vault.check_passphrase(passphrase)
    signature = view.signatures[-1]
    said: dict[str, JSON] = {
        "about": record_id,
        "about_form": view.form_id,
        "signature": signature.op_id,
        "content": signature.content_hash,
        "corrections": len(view.amendments),
        "verdict": str(verdict),
        **({"words": words.strip()} if words.strip() else {}),
    }
    check_id = editing.new_record(desk, CHECK, view.child_id, said, strand=view.strand)
    lock_record(desk, check_id, name=name, ink=None)
    _tell(desk, view, verdict)
    return check_id


def _refuse(desk: Desk, view: RecordView, verdict: Verdict, words: str) -> None:
    if not view.locked:
        message = "Only a signed record can be checked. Ask its author to sign it first."
        raise SignatureRefused(message)
    if not may_check(desk.officer.role, view.form_id):
        message = "A check is the act of the manager of this work. Ask them to give it."
        raise NotThisRole(message)
    if not _may_give(desk, view):
        message = "You wrote in this record, so somebody else has to check it."
        raise NotThisRole(message)
    if verdict is Verdict.RETURNED and not words.strip():
        message = "Say what has to be put right, so that its author can do it."
        raise SignatureRefused(message)
    if len(words) > LONGEST:
        message = f"Say it in up to {LONGEST} letters."
        raise SignatureRefused(message)


def _may_give(desk: Desk, view: RecordView) -> bool:
    authors = {operation.officer_id for operation in desk.vault.operations(view.record_id)}
    return may_check(desk.officer.role, view.form_id) and desk.officer.id not in authors


def _tell(desk: Desk, view: RecordView, verdict: Verdict) -> None:
    """The author hears that work came back; whoever shares an interview hears that it may be read."""
    if verdict is Verdict.RETURNED:
        tell_officer(desk, view.record_id, NoticeKind.CHECK_RETURNED, view.signatures[-1].officer_id)
    elif view.form_id == "return_home_interview":
        for role in desk.catalogue.council.notices.roles("worker"):
            tell_role(desk, view.record_id, NoticeKind.INTERVIEW_SHARED, role)


def _given(check: Summary) -> Given:
    return given_in(check.answers, str(check.signed_at))


def _in_words(desk: Desk, checks: Iterable[Summary]) -> Iterable[CheckGiven]:
    for check in checks:
        verdict = str(check.answers.get("verdict"))
        if verdict in set(Verdict):
            signed = desk.vault.view(check.record_id).signatures[-1]
            words = str(check.answers.get("words") or "")
            yield CheckGiven(signed.name, datetime.fromisoformat(signed.at), Verdict(verdict), words)


STATE_WORDS: Mapping[CheckState, str] = {
    CheckState.NOT_WANTED: "No check is wanted",
    CheckState.WAITING: "Waiting for a manager’s check",
    CheckState.APPROVED: "Checked and approved",
    CheckState.RETURNED: "Returned to its author for a correction",
    CheckState.NOT_KEPT: "Checks are not kept on this laptop",
}
