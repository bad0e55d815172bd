"""What needs deciding about a child's education: contact with families at home, reports, and absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from casework.forms.moments import span
from casework.practice.calendar import nth_school_day
from casework.practice.deadlines import Deadline, ehe_report
from casework.practice.education import Absence, absence, next_ehe_contact
from desktop.flows.casefile import CaseFile
from desktop.flows.matter import Matter, due_words, matter_by
from desktop.flows.sources import said_source
from desktop.flows.wording import counted, local
from desktop.store.vault import Summary

AHEAD = timedelta(days=14)
"""A yearly contact is announced a fortnight ahead."""
ENDED = ("returned_school", "referred_cme", "transferred_la", "y11_leaver", "not_ehe")


def education_matters(file: CaseFile) -> Iterator[Matter]:
    yield from _contact(file)
    yield from _reports(file)
    for referral in file.of("cme_referral"):
        yield from _absence(file, referral)


def _contact(file: CaseFile) -> Iterator[Matter]:
    """D12: the day agreed with the family, or a year after the last contact."""
    for case in file.of("ehe_case"):
        found = _next_contact(file, case)
        if found and found.due <= file.today + AHEAD and case.answers.get("stage") not in ENDED:
            title = "Education at home: next contact"
            act = "Open the record"
            yield matter_by(found, file, kind="ehe_contact", title=title, act=act, record_id=case.record_id)


def _next_contact(file: CaseFile, case: Summary) -> Deadline | None:
    agreed, last = span(case.answers.get("next_contact")), span(case.answers.get("last_contact"))
    yearly = next_ehe_contact(last.last.date(), file.council) if last else None
    if agreed is None:
        return yearly
    source = yearly.source if yearly else file.council.source("ehe_contact_months")
    return Deadline("D12", "Contact agreed with the family", agreed.last.date(), source)


def _reports(file: CaseFile) -> Iterator[Matter]:
    """C: a visit's report goes to the family."""
    for visit in file.of("ehe_visit"):
        at = span(visit.answers.get("visit_at"))
        if at is not None and not visit.answers.get("report_sent"):
            found = ehe_report(local(at.first).date(), file.council)
            if found.due <= file.today + timedelta(days=7) and at.first <= file.now:
                title = "Home education report: to send"
                act = "Open the report"
                yield matter_by(found, file, kind="ehe_report", title=title, act=act, record_id=visit.record_id)


def _absence(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """D9: the tenth school day of absence, then the twentieth, until it is known where the child is."""
    last = span(referral.answers.get("last_attended"))
    if last is None or referral.answers.get("outcome"):
        return
    first = nth_school_day(last.last.date() + timedelta(days=1), 1, file.council)
    found = absence(first, file.today, file.council)
    answers = referral.answers
    away, elsewhere = answers.get("absence_unauthorised") is True, answers.get("evidence_elsewhere") is True
    if found.on_register(file.today, unauthorised=away, evidence_elsewhere=elsewhere):
        yield _absent(file, referral, found, "register_school_days", "CME register")
    elif found.must_tell(file.today) and not answers.get("logged_on"):
        yield _absent(file, referral, found, "absence_school_days", "tell the council")


def _absent(file: CaseFile, referral: Summary, found: Absence, limit: str, then: str) -> Matter:
    due = found.register if limit == "register_school_days" else found.tell_council
    unsure = "" if found.certain else " The school calendar ends before that day, so it may be later."
    return Matter(
        kind="absence",
        child=file.child,
        title=f"{counted(found.days, 'school day')} absent: {then}",
        line=f"{due_words(due, file.today, 'Due')}.{unsure}",
        rule=f"{file.council.number(limit)} continuous school days",
        source=said_source(file.council.source(limit)),
        due=due,
        act="Open the referral",
        record_id=referral.record_id,
        decides=True,
    )
