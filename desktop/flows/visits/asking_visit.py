"""Asking Early Help’s team for a safe-and-well visit: begun from a case, filled in with what a visitor needs of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import KnownError, NotThisRole
from casework.forms import option_label
from casework.forms.moments import span
from casework.forms.wording import say_moment
from casework.practice.education_waits import safe_well_tried
from casework.practice.lives.case_shapes import SHAPES, is_what_arrived
from casework.practice.lives.states import Answers, rows
from casework.practice.notices.notice_table import VISIT_REQUEST, NoticeKind
from casework.practice.roles import ASKED_AS_A_TEAM, EDUCATION, reach_of
from desktop.flows.children import born_words, child_of
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.editing import current_view, new_record, seal
from desktop.flows.record.making_notices import tell_team
from desktop.flows.signing import signing
from desktop.flows.visits.making_visit import visit_asked
from desktop.flows.visits.request_standing import AskedStanding, VisitAsked

_PURPOSES: Mapping[str, str] = {
    **dict.fromkeys(SHAPES, "cme_address_check"),
    "ehe_case": "ehe_child_not_seen",
    "ehe_visit": "ehe_child_not_seen",
}
MOST = 900  # letters, of the request's longest answers


def may_ask(desk: Desk, form_id: str, version: int) -> bool:
    """Whoever writes in education about such a record, and is not of a team that is asked. About what only arrived, it
    is asked from the case."""
    role = desk.officer.role
    opens = reach_of(role).writes and reach_of(role).opens(VISIT_REQUEST, EDUCATION)
    is_about = form_id in _PURPOSES and not is_what_arrived(form_id, version)
    return is_about and opens and role not in ASKED_AS_A_TEAM


def begin_request(desk: Desk, about_id: str) -> str:
    """The request that is not signed yet, where one was begun; else a new one. Raises KnownError."""
    about = current_view(desk, about_id)
    if not may_ask(desk, about.form_id, about.form_version):
        message = (
            "A safe-and-well visit is asked for from a missing education case, a home education case or its report. "
            "From a referral, open the case first."
        )
        raise KnownError(message)
    for held in desk.vault.summaries(form_id=VISIT_REQUEST, child_id=about.child_id):
        if held.answers.get("about") == about_id and not held.locked and not held.discarded:
            return held.record_id
    seal(desk, about_id)
    known = dict(_known(desk, about_id, about.form_id, current_view(desk, about_id).answers()))
    return new_record(desk, VISIT_REQUEST, about.child_id, known)


def ask(desk: Desk, about_id: str, said: Mapping[str, JSON], *, passphrase: str) -> str:
    """Begun, filled in with `said`, and signed: that sends it. Raises SignatureRefused with what is still missing; what
    was said stays in the request."""
    request = begin_request(desk, about_id)
    editing.answer(desk, request, said)
    signing.sign(desk, request, name=desk.officer.name, passphrase=passphrase)
    return request


def may_withdraw(desk: Desk, asked: VisitAsked) -> bool:
    """Whoever may ask; as long as no result is told."""
    reach = reach_of(desk.officer.role)
    may = reach.writes_form(VISIT_REQUEST) and desk.officer.role not in ASKED_AS_A_TEAM
    return may and asked.is_here and asked.is_open


def withdraw(desk: Desk, any_id: str) -> VisitAsked:
    """Tells the team that the visit is no longer asked for; twice is once. Raises KnownError once its result is told,
    and NotThisRole for the team that was asked."""
    asked = visit_asked(desk, any_id)
    if asked.standing is AskedStanding.WITHDRAWN:
        return asked
    if asked.standing is AskedStanding.TOLD:
        message = "The visit was made, and its result is here. There is nothing left to withdraw."
        raise KnownError(message)
    if not may_withdraw(desk, asked):
        message = "Only somebody who may ask for such a visit can say that it is no longer needed."
        raise NotThisRole(message)
    tell_team(desk, asked.request_id, NoticeKind.VISIT_WITHDRAWN, asked.team)
    return visit_asked(desk, asked.request_id)


def _known(desk: Desk, about_id: str, form_id: str, answers: Answers) -> Iterator[tuple[str, JSON]]:
    child = child_of(desk, current_view(desk, about_id).child_id)
    facts, council = child.facts, desk.catalogue.council
    yield "about", about_id
    yield "purpose", _PURPOSES[form_id]
    yield "by_day", safe_well_tried(local(desk.now()).date(), council).due.isoformat()
    locality = answers.get("locality") or facts.get("locality")
    if isinstance(locality, str):
        yield "locality", locality
    if address := _address(answers, facts):
        yield "address", address
    born = f", born {said}" if (said := born_words(child)) else ""
    yield "living_there", "; ".join([f"{child.name}{born}", *_others(facts), *_others(answers, "parents")])[:MOST]
    if languages := _languages(desk, facts):
        yield "languages", languages


def _address(answers: Answers, facts: Answers) -> str:
    """Where the child is thought to be now, before where they were."""
    for value in (answers.get("new_address"), answers.get("old_address")):
        if isinstance(value, str) and value:
            return value
    parts = (facts.get("address"), facts.get("home_postcode"))
    return ", ".join(part for part in parts if isinstance(part, str) and part)


def _others(said: Answers, adults: str = "adults") -> Iterator[str]:
    """Adults by who they are to the child, and children by their day of birth; each as it stands in that record."""
    for row in rows(said, adults):
        if row.get("name"):
            yield f"{row['name']}, {row['relationship']}" if row.get("relationship") else str(row["name"])
    for row in rows(said, "siblings"):
        if row.get("name"):
            born = row.get("date_of_birth")
            yield f"{row['name']}, born {say_moment(born)}" if span(born) else str(row["name"])


def _languages(desk: Desk, facts: Answers) -> str:
    question = desk.catalogue.form("child").by_id["language"]
    language = facts.get("language")
    said = option_label(question, language) if isinstance(language, str) else ""
    needs = {True: "an interpreter is needed", False: "no interpreter is needed"}.get(
        facts.get("interpreter_needed") is True
    )
    return ", ".join(part for part in (said, needs if "interpreter_needed" in facts else "") if part)
