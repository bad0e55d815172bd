"""After a deed: whom it tells. The notices go out with the record they are about, and are made once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from casework.canonical import JSON
from casework.identifiers import OfficerId, RecordId
from casework.practice.manager_check import is_wanted
from casework.practice.notices.notice_table import (
    NOTICE,
    STRAND_OF,
    VISIT,
    VISIT_REQUEST,
    Inbox,
    NoticeKind,
    facts_for,
    inbox_of,
    longest_fact,
    officer_mark,
    team_mark,
)
from casework.practice.notices.telling import Deed, notices_of
from casework.practice.roles import reach_of
from casework.records import RecordView, bucket_of
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import changes_from

# These follow from how the record stands, and not from one change to it: said once, they are not said again.
ONCE = frozenset(
    {
        NoticeKind.EPISODE_BEGUN,
        NoticeKind.HAND_OVER,
        NoticeKind.SCREENING_ASKED,
        NoticeKind.NEED_TO_KNOW,
        NoticeKind.REFERRAL,
        NoticeKind.INTERVIEW_SHARED,
    }
)
TOLD_BY_SIGNATURE = ("return_home_interview", "find_me_plan", "ehe_visit", VISIT_REQUEST, VISIT)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One notice about to be made."""

    kind: NoticeKind
    inbox: Inbox
    role: str = ""
    officer_id: OfficerId = OfficerId("")
    team: str = ""


def tell(desk: Desk, record_id: str, before: Mapping[str, JSON], *, signed: bool = False) -> None:
    """`before`: the answers as they were. `signed`: by this deed."""
    view = desk.vault.view(record_id)
    if view.form_id not in STRAND_OF or not desk.officer.role:
        return
    after, child = view.answers(), desk.vault.view(view.child_id).answers()
    wants_check = is_wanted(view.form_id, after, desk.catalogue.council.checks)
    care = str(after.get("care_status") or child.get("care_status") or "")
    known = care not in ("", "not_a_client") or bool(child.get("allocated_worker"))
    deed = Deed(view.form_id, before, after, desk.officer.role, care, known, signed or view.locked, wants_check)
    if not signed and view.form_id in TOLD_BY_SIGNATURE:
        return
    made = _made_already(desk, view)
    for message in _messages(desk, view, deed):
        if message.kind not in ONCE or (message.kind, message.inbox.addressee) not in made:
            send(desk, view, message)


def tell_officer(desk: Desk, record_id: str, kind: NoticeKind, officer_id: OfficerId) -> None:
    """Somebody by name: whose work was returned, or who was given something to do."""
    view = desk.vault.view(record_id)
    send(desk, view, Outgoing(kind, Inbox(officer_mark(officer_id), view.form_id), officer_id=officer_id))


def tell_role(desk: Desk, record_id: str, kind: NoticeKind, role: str) -> None:
    """A role, where it may read the record."""
    view = desk.vault.view(record_id)
    if (inbox := inbox_of(Inbox(role, view.form_id).strand)) is not None:
        send(desk, view, Outgoing(kind, inbox, role=role))


def tell_team(desk: Desk, record_id: str, kind: NoticeKind, team: str) -> None:
    """A team of the council's file."""
    view = desk.vault.view(record_id)
    send(desk, view, Outgoing(kind, Inbox(team_mark(team), view.form_id), team=team))


def send(desk: Desk, about: RecordView, message: Outgoing) -> None:
    author, record_id = desk.author, secrets.token_hex(16)
    definition, strand = desk.catalogue.form(NOTICE), message.inbox.strand
    hours = desk.catalogue.council.notices.hours.get(message.kind, 24)
    answers: dict[str, JSON] = {
        "kind": str(message.kind),
        "about": about.record_id,
        "about_form": about.form_id,
        "to_role": message.role or None,
        "to_officer": message.officer_id or None,
        "to_team": message.team or None,
        "sent_at": desk.now().isoformat(timespec="seconds"),
        "sent_by": desk.officer.name,
        "answer_by": (desk.now() + timedelta(hours=hours)).isoformat(timespec="seconds"),
        "facts": list(_facts(desk, about, message)),
    }
    told = {name: value for name, value in answers.items() if value not in (None, "", [])}
    changes = tuple(
        changes_from(definition, RecordView(RecordId(record_id), bucket=bucket_of(about.child_id, strand)), told)
    )
    desk.vault.author(
        lambda stamp: author.create(
            stamp,
            record_id=RecordId(record_id),
            child_id=about.child_id,
            strand=strand,
            form_id=NOTICE,
            form_version=definition.version,
            changes=changes,
        )
    )


def _messages(desk: Desk, view: RecordView, deed: Deed) -> Iterator[Outgoing]:
    yield from _of_visits(desk, view)
    wanted = tuple(notices_of(deed, desk.catalogue.council.notices))
    colleague = _named(desk, str(deed.after.get("who") or "")) if deed.form_id == "action" else None
    if colleague and wanted:
        kind, _role = wanted[0]
        yield Outgoing(kind, Inbox(officer_mark(colleague), view.form_id), officer_id=colleague)
        if _is_worker(desk, view, colleague):
            return
    for kind, role in wanted:
        inbox = inbox_of(Inbox(role, view.form_id).strand)
        if inbox is not None and reach_of(desk.officer.role).writes_form(view.form_id):
            yield Outgoing(kind, inbox, role=role)


def _of_visits(desk: Desk, view: RecordView) -> Iterator[Outgoing]:
    """S2 §15: a signed request reaches the team of its locality; a signed visit is told to whoever asked for it."""
    said, council = view.answers(), desk.catalogue.council
    if view.form_id == VISIT_REQUEST and (team := council.localities.get(str(said.get("locality")))):
        yield Outgoing(NoticeKind.VISIT_ASKED, Inbox(team_mark(team), VISIT_REQUEST), team=team)
    request = (
        desk.vault.view(str(said.get("linked_record") or "")) if view.form_id == VISIT else RecordView(RecordId(""))
    )
    if request.form_id == VISIT_REQUEST and request.signatures:
        asker = request.signatures[0].officer_id
        if asker != desk.officer.id:
            yield Outgoing(NoticeKind.VISIT_RESULT, Inbox(officer_mark(asker), VISIT), officer_id=asker)


def _named(desk: Desk, name: str) -> OfficerId | None:
    """The id of the one colleague who is called that; none for nobody, for two, and for oneself."""
    found = [one.id for one in desk.colleagues() if one.name.casefold() == name.strip().casefold()]
    return found[0] if len(found) == 1 and found[0] != desk.officer.id else None


def _is_worker(desk: Desk, view: RecordView, officer_id: OfficerId) -> bool:
    """Whether this is the child’s own worker: who else may see the child a laptop does not know."""
    worker = str(desk.vault.view(view.child_id).answers().get("allocated_worker") or "")
    return worker.strip().casefold() == desk.name_of(officer_id).casefold()


def _made_already(desk: Desk, view: RecordView) -> frozenset[tuple[str, str]]:
    found = desk.vault.summaries(form_id=NOTICE, child_id=view.child_id)
    about: Iterable[Mapping[str, JSON]] = (s.answers for s in found if s.answers.get("about") == view.record_id)
    return frozenset((str(said.get("kind")), str(said.get("to_role"))) for said in about)


def _facts(desk: Desk, about: RecordView, message: Outgoing) -> Iterator[JSON]:
    """As codes and times, so that no words of the record go with them."""
    child = desk.vault.view(about.child_id).answers()
    for number, fact in enumerate(facts_for(message.kind, message.inbox.addressee)):
        form_id, _, question = fact.partition(".")
        value = (child if form_id == "child" else about.answers()).get(question)
        if isinstance(value, str):
            yield {"id": f"n{number}", "fact": fact, "value": value[: longest_fact(message.kind)]}
