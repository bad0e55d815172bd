"""Invariant I8 at every door: who is not entitled obtains not one byte of a bucket, whatever they ask and are."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from sqlalchemy import select

from casework.canonical import JSON
from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.practice.lives.told_table import ToldFact, told_to
from casework.practice.notices.notice_table import officer_mark
from casework.practice.roles import REACHES, Role
from casework.records import Author, Change, Merge, Operation, bucket_of
from casework.wire.agenda_messages import AgendaAsked, AgendasTold, ChairNamed
from casework.wire.commission_messages import CommissionAsked
from casework.wire.commissions import episode_mark, is_commission
from casework.wire.figure_messages import FiguresQuery, PublishAsked
from casework.wire.laptop_messages import CertificateRequest, Enrolled
from casework.wire.message import Message
from casework.wire.protocol import (
    ColleaguesQuery,
    Decide,
    DigestQuery,
    Fetch,
    Greet,
    Have,
    Hello,
    NamesQuery,
    Problem,
    Pull,
    Push,
    entitled_digest,
)
from casework.wire.signed_texts import authorization, request_text
from casework.wire.stamp_messages import StampQuery, packed
from central.database.errors import CentralError, Refused
from central.database.tables import record
from central.files import uploads
from central.files.uploads import Upload
from central.http.openapi import describe
from central.http.routes import ADDRESSES
from central.intake.definitions import cards
from central.people.accounts import devices
from central.people.scope import Scope
from central.people.senders import Senders
from central.service import council_of
from tests.central.keys.test_time_stamping import request
from tests.central.people.test_rejoining import joining
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

DECIDED_AT = "2026-03-26T15:41:07+00:00"
SECRET = "the words of one child"
NAME = "Aldwyn"
MADE = ("notice", "check", "meeting", "movement_return", "police_list")  # of their own kind, below
INBOX = "to.allocated_worker.return_home_interview"
POLICE_LISTS = BucketId("police.lists:police")
TEAM_INBOX = "to.t-early_help_north.visit_request"
PART = "a large dog in the yard"
FILE = SECRET.encode() * 100
SHA256 = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def secret(council: Council) -> list[OperationId]:
    """An interview, an item in quarantine and a photograph of a child allocated to Ann; the ids that give them away."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    begun = ann.create("child-1", given_name=NAME)
    interview = ann.create("child-1", record="interview", strand="missing", form="return_home_interview")
    words = {free_text(council): SECRET}
    said = ann.create("child-1", record="second", strand="missing", form="return_home_interview", **words)
    named = {"kind": "interview_shared", "about": "interview", "about_form": "return_home_interview"}
    told = ann.create("child-1", record="told", strand=INBOX, form="notice", to_role="allocated_worker", **named)
    intruding = ben.create("child-1", record="other", given_name=SECRET)
    answers = ann.push(begun, interview, said, told)
    assert {answer.status for answer in answers} == {"accepted"}
    decided = list(decided_of(ann))
    assert {answer.status for answer in ann.push(*decided)} == {"accepted"}
    ben.push(intruding)
    keep_file(council, ann.device_id)
    return [begun.op_id, interview.op_id, *(op.op_id for op in decided), said.op_id, intruding.op_id, told.op_id]


def decided_of(ann: Pusher) -> Iterator[Operation]:
    """The child is away, and somebody has decided about a strategy meeting; its hour gives it away."""
    yield ann.create("child-1", "away", "missing", "missing_episode", last_seen_at="2026-03-24T20:00:00+00:00")
    held: dict[str, JSON] = {"held": True, "held_at": DECIDED_AT, "triggered_at": "2026-03-25T20:00:00+00:00"}
    yield ann.create("child-1", "decided", "missing", "strategy_meeting", **held)


def free_text(council: Council) -> str:
    """Some question of the interview that is answered in words."""
    with council.service.database.reading() as connection:
        definition = council.service.definitions.find("return_home_interview", 1, connection)
    assert definition is not None
    return next(question.id for question in definition.questions() if question.type.value == "narrative")


def keep_file(council: Council, device_id: str, record: str = "interview") -> None:
    blobs = uploads.Blobs(council.home.blobs)
    asked = Upload("", DeviceId(""), RecordId(record), SHA256, len(FILE), 0, "")
    scope = Scope({BucketId("child-1:missing")}, None, writes=True)
    with council.service.database.writing() as connection:
        now = council.clock()
        found = uploads.begin(connection, blobs, scope, device_id=DeviceId(device_id), asked=asked, now=now)
        assert uploads.add(connection, blobs, found, FILE, now).is_complete


@pytest.mark.parametrize("role", list(REACHES))
@pytest.mark.parametrize("allocated", [False, True], ids=["stranger", "allocated"])
def test_not_one_byte(council: Council, secret: list[OperationId], role: Role, allocated: bool) -> None:
    """Allocated to the child, a role gets what its reach opens, and an interview is not in everybody's."""
    council.officer("eve", role.value)
    reach = REACHES[role]
    with pytest.raises(Refused, match="one episode") if allocated and reach.by_commission else nullcontext():
        if allocated:
            council.allocate("eve", "child-1", "core", "missing", "education")
    allocated = allocated and not reach.by_commission
    opens = reach.opens("return_home_interview", "missing")
    is_entitled = opens and (allocated or reach.children in ("team", "council"))
    eve = Pusher.of(council, "eve")

    received = b"".join(walk(council, eve, secret))

    assert (SECRET.encode() in received) == is_entitled
    holds_child = allocated or reach.children in ("team", "council")
    is_told = ToldFact.STRATEGY in told_to(role) or reach.opens("strategy_meeting", "missing")
    assert (DECIDED_AT.encode() in received) == (holds_child and is_told), "told of, or held, and by nobody else"
    assert (secret[-1].encode() in received) == is_entitled, "a notice goes where the record it is about may go"
    assert (NAME.encode() in received) == (holds_child and reach.opens("child", "core")), "on no agenda either"
    if not allocated and reach.children not in ("team", "council"):
        assert not any(op_id.encode() in received for op_id in secret), "not even that it exists"


def test_a_chair_is_told_who_is_on_the_agenda_and_gets_no_record(council: Council, secret: list[OperationId]) -> None:
    """Named by who manages; the name and why, and not a word of a record, an id of what was said or a time of it."""
    council.officer("mia", Role.MISSING_MANAGER.value)
    council.officer("eve", Role.MISSING_ADVOCATE.value)
    mia, eve = Pusher.of(council, "mia"), Pusher.of(council, "eve")
    last = (council.clock() + timedelta(days=1)).date().isoformat()
    named = ChairNamed(officer=OfficerId("eve"), last=last)
    assert asked_of(council, eve, "/v1/chairs/operational", named).status_code == 403
    assert asked_of(council, mia, "/v1/chairs/operational", named).status_code == 200

    told = AgendasTold.from_bytes(asked_of(council, eve, "/v1/agendas", AgendaAsked()).content)
    (agenda,) = told.agendas or []
    assert [(one.name, one.why[0].why) for one in agenda.children] == [(NAME, "missing_now")]
    received = b"".join(walk(council, eve, secret))

    assert NAME.encode() in received
    for hidden in (SECRET, DECIDED_AT, *secret):
        assert hidden.encode() not in received, hidden
    assert asked_of(council, mia, "/v1/agendas", AgendaAsked()).status_code == 403, "who holds every child makes it"
    council.clock.move(days=3)
    assert asked_of(council, eve, "/v1/agendas", AgendaAsked(mark=told.mark)).status_code == 403, "the day is over"


def asked_of(council: Council, whom: Pusher, path: str, message: Message) -> httpx.Response:
    body = message.to_bytes()
    with httpx.Client(base_url=council.url, verify=False, trust_env=False, timeout=120) as client:  # noqa: S501 - loopback
        return client.post(path, content=body, headers=credentials(council, whom, "POST", path, body))


@pytest.fixture
def asked(council: Council) -> list[OperationId]:
    """A referral, its case, and the request for a visit that was made from it, told to one team."""
    council.officer("cme", "cme_officer")
    cme = Pusher.of(council, "cme")
    child = cme.create("child-1", given_name="A")
    referral = cme.create(
        "child-1", record="referral", strand="education", form="cme_referral", evidence_details=SECRET
    )
    request = cme.create("child-1", record="request", strand="education", form="visit_request", risks=PART)
    told = asked_of_team(cme, "told", "visit_request.risks", PART)
    case = cme.create("child-1", record="mecase", strand="education", form="cme_case", evidence_details=SECRET)
    assert {answer.status for answer in cme.push(child, referral, case, request, told)} == {"accepted"}
    more = asked_of_team(cme, "more", "cme_referral.evidence_details", SECRET)
    assert [(answer.status, answer.code) for answer in cme.push(more)] == [("quarantined", "notice_refused")]
    return [child.op_id, referral.op_id, request.op_id, more.op_id, told.op_id, case.op_id]


def asked_of_team(cme: Pusher, record: str, fact: str, words: str) -> Operation:
    named = {"kind": "visit_asked", "about": "request", "about_form": "visit_request", "to_team": "early_help_north"}
    return cme.tells("child-1", TEAM_INBOX, record, (fact, words), **named)


@pytest.mark.parametrize("team", ["early_help_north", "early_help_south", ""])
def test_a_team_has_the_visitors_part_and_not_one_byte_of_the_referral(
    council: Council, asked: list[OperationId], team: str
) -> None:
    """Before it accepts and after; another team, and an officer of none, have nothing at all."""
    council.officer("eve", "early_help", team)
    eve, is_asked = Pusher.of(council, "eve"), team == "early_help_north"
    before = b"".join(walk(council, eve, asked))
    accepted = eve.push(eve.accepts("told", TEAM_INBOX, "child-1"))[0].status
    after = b"".join(walk(council, eve, asked))

    assert (PART.encode() in before) == is_asked
    assert (accepted == "accepted") == is_asked
    for received in (before, after):
        assert SECRET.encode() not in received
        assert b"referral" not in received.replace(b"mash_referral", b"").replace(b"cme_referral", b"")
    seen = {op_id for op_id in asked if op_id.encode() in after}
    assert seen == ({asked[0], asked[2], asked[4]} if is_asked else set()), "the child, the request and its notice"
    assert not is_asked or asked[2].encode() not in before


def test_a_lead_of_home_education_has_a_child_from_the_first_record_of_it(
    council: Council, asked: list[OperationId]
) -> None:
    """Before it not one byte, though the lead opens every form of education; and never what is missing's."""
    council.officer("eve", Role.EHE_LEAD.value)
    council.officer("ehe", "ehe_officer")
    eve, officer = Pusher.of(council, "eve"), Pusher.of(council, "ehe")
    before = b"".join(walk(council, eve, asked))
    council.allocate("ehe", "child-1")
    begun = officer.create("child-1", record="home", strand="education", form="ehe_case", last_school="Millgate")
    away = Pusher.of(council, "ann").create("child-1", "away", "missing", "missing_episode", last_seen_where=PART[::-1])
    council.allocate("ann", "child-1", "core", "missing")
    assert statuses(officer.push(begun)) == ["accepted"]
    assert statuses(Pusher.of(council, "ann").push(away)) == ["accepted"]
    after = b"".join(walk(council, eve, [*asked, away.op_id]))

    assert SECRET.encode() not in before
    assert not any(op_id.encode() in before for op_id in asked), "not even that it exists"
    assert SECRET.encode() in after
    assert PART[::-1].encode() not in after
    assert away.op_id.encode() not in after


def test_joining_with_anothers_name_opens_nothing(council: Council, secret: list[OperationId]) -> None:
    """Nor does the name that was given up for it, or the new one."""
    council.officer("eve")
    eve = Pusher.of(council, "eve")
    with council.service.database.reading() as connection:
        names = [found.id for found in devices(connection) if found.officer_id == "ann"]
    with joining(council) as joiner:
        refused = [joiner.again(eve, "eve", device_id=name, officer_id=who) for name in names for who in ("ann", "eve")]
        answer, key = joiner.again(eve, "eve"), joiner.latest
    assert {type(each) for each in refused} == {Problem}
    assert isinstance(answer, Enrolled)

    anew = Pusher(council, Author(OfficerId("eve"), answer.device_id, key))
    received = b"".join(part for laptop in (eve, anew) for part in walk(council, laptop, secret))

    assert SECRET.encode() not in received
    assert not any(op_id.encode() in received for op_id in secret)


def test_a_commission_opens_one_episode_until_its_day(council: Council) -> None:
    """S1: the child's facts, that episode, their own interview, and what is said to them about that. Nothing of what
    the missing team holds besides, and nothing at all on the day after."""
    ann, council.clock.at = Pusher.of(council, "ann"), datetime(2026, 3, 27, 12, tzinfo=UTC)
    given, others = [ann.create("child-1", given_name="Wren"), episode_of(ann, "one")], list(others_of(council, ann))
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    answers = ann.push(*given, *others)
    assert {answer.status for answer in answers} == {"accepted"}, answers
    council.commission("eve", "child-1", "one", date(2026, 3, 28))
    keep_file(council, ann.device_id, "secret-team")
    eve = Pusher.of(council, "eve")
    said = {"episode_id": "one", "interviewer_type": "commissioned_agency"}
    own = eve.create("child-1", "own", "missing", "return_home_interview", **said)
    back = notice_of(ann, officer_mark(OfficerId("eve")), "return_home_interview", "own", kind="check_returned")
    noted = eve.create("child-1", "own.notes", "missing", "note", about="own")
    assert statuses(eve.push(own, noted)) == ["accepted", "accepted"]
    checked = check_of(council, eve, own)
    assert {answer.status for answer in ann.push(back)} == {"accepted"}
    mine = {op.op_id for op in (*given, own, noted, back, *checked)}
    known = sorted(eve_scope(council, eve).buckets)

    received = b"".join(walk(council, eve, [op.op_id for op in others], known))

    assert pulled(eve) == mine
    assert all(op_id.encode() in received for op_id in mine)
    assert SECRET.encode() not in received
    assert not any(op.op_id.encode() in received or op.record_id.encode() in received for op in others)
    assert refused_of(council, eve) == {"out_of_scope"}

    council.clock.at = datetime(2026, 3, 28, 23, 59, tzinfo=UTC)
    assert pulled(eve)
    council.clock.at = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert not eve_scope(council, eve).buckets
    after = b"".join(walk(council, eve, [op.op_id for op in (*given, *others, own)], known))
    assert not any(op_id.encode() in after for op_id in mine - {own.op_id})
    late = eve.change("own", "return_home_interview", "missing", "place", "home")
    assert statuses(eve.push(late)) == ["quarantined out_of_scope"]


def test_another_episode_is_another_commission(council: Council) -> None:
    """One at a time, and its bucket has another name, by which a laptop knows to let go of what it holds."""
    ann, last = Pusher.of(council, "ann"), date(2026, 4, 10)
    ann.push(ann.create("child-1"), episode_of(ann, "one"), episode_of(ann, "two"))
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    eve = Pusher.of(council, "eve")
    council.commission("eve", "child-1", "one", last)
    before = eve_scope(council, eve).buckets
    council.commission("eve", "child-1", "one", date(2026, 4, 12))  # longer
    assert len({episode_mark(name) for name in before | eve_scope(council, eve).buckets if is_commission(name)}) == 1
    with pytest.raises(CentralError, match="has another episode of this child until"):
        council.commission("eve", "child-1", "two", last)
    with pytest.raises(CentralError, match="No episode two of the child child-2"):
        council.commission("eve", "child-2", "two", last)
    with pytest.raises(CentralError, match="26 March 2026 is over"):
        council.commission("eve", "child-1", "one", date(2026, 3, 26))
    with pytest.raises(CentralError, match="Only a commissioned interviewer"):
        council.commission("ben", "child-1", "one", last)

    council.withdraw("eve", "child-1")
    council.commission("eve", "child-1", "two", last)

    after = eve_scope(council, eve)
    assert after.records == {"child-1", "two"}
    assert not {episode_mark(n) for n in before if is_commission(n)} & {episode_mark(n) for n in after.buckets}


def test_only_who_settles_the_police_lists_has_a_byte_of_one(council: Council) -> None:
    """It names children of whom nobody here may hold anything; no role but that manager's reads it or writes in it."""
    council.officer("mia", Role.MISSING_MANAGER.value)
    mia = Pusher.of(council, "mia")
    row: dict[str, JSON] = {"r/lines/r1": {"position": "00001024"}, "r/lines/r1/name": SECRET}
    begun = mia.create("police.lists", "list-1", "police", "police_list", month="2026-02-01")
    changes = [Change(path, value) for path, value in row.items()]
    named = mia.author.say(mia.stamp(), Merge(RecordId("list-1"), [begun]).view(), changes)
    assert statuses(mia.push(begun, named)) == ["accepted", "accepted"]
    for role in REACHES:
        council.officer(f"eve-{role}", role.value)
        eve = Pusher.of(council, f"eve-{role}")
        is_entitled = role is Role.MISSING_MANAGER
        received = b"".join(walk(council, eve, [begun.op_id, named.op_id], [POLICE_LISTS]))

        assert (SECRET.encode() in received) == is_entitled, role
        assert (named.op_id.encode() in received) == is_entitled, role
        tried = eve.create("police.lists", f"of-{role}", "police", "police_list", month="2026-03-01")
        assert (statuses(eve.push(tried)) == ["accepted"]) == is_entitled, role


def episode_of(ann: Pusher, record: str, **words: JSON) -> Operation:
    return ann.create("child-1", record, "missing", "missing_episode", care_status="lac", **words)


def others_of(council: Council, ann: Pusher) -> Iterator[Operation]:
    """Everything else a missing team says of a child: every form of it, and notices to everybody who may have them."""
    with council.service.database.reading() as connection:
        newest = [council.service.definitions.find(card.id, 1, connection) for card in cards(connection)]
    for form in sorted({one.id for one in newest if one and one.strand in ("core", "missing")} - {"child", *MADE}):
        words = {"last_seen_where": SECRET} if form == "missing_episode" else {}
        yield ann.create("child-1", f"secret-{form}", "missing" if form != "note" else "core", form, **words)
    words = {free_text(council): SECRET, "episode_id": "one"}
    yield ann.create("child-1", "secret-team", "missing", "return_home_interview", **words)
    yield ann.create("child-1", "beside-own", "missing", "note", about="own")
    yield notice_of(ann, "commissioned_interviewer", "missing_episode", "secret-missing_episode")
    yield notice_of(ann, "commissioned_interviewer", "return_home_interview", "secret-team", kind="interview_shared")
    yield notice_of(ann, officer_mark(OfficerId("eve")), "return_home_interview", "secret-team", kind="check_returned")
    yield notice_of(ann, "missing_manager", "missing_episode", "one")


def notice_of(ann: Pusher, to: str, form: str, about: str, *, kind: str = "episode_begun") -> Operation:
    to_whom = {"to_officer": "eve"} if to == officer_mark(OfficerId("eve")) else {"to_role": to}
    said = {"kind": kind, "about": about, "about_form": form, **to_whom}
    return ann.create("child-1", f"notice-{to}-{about}", f"to.{to}.{form}", "notice", **said)


def check_of(council: Council, eve: Pusher, own: Operation) -> list[Operation]:
    """She signs, and a manager says what has to be put right."""
    signed = eve.author.sign(eve.stamp(), Merge(RecordId("own"), [own]).view(), name="Eve", ink=None)
    assert statuses(eve.push(signed)) == ["accepted"]
    council.officer("mia", Role.MISSING_MANAGER.value)
    mia = Pusher.of(council, "mia")
    said = {"about": "own", "about_form": "return_home_interview", "verdict": "returned", "words": "Where was this?"}
    named = {"signature": signed.op_id, "content": signed.body["content_hash"]}
    check = mia.create("child-1", "check-of-own", "missing", "check", **said, **named)
    assert statuses(mia.push(check)) == ["accepted"]
    return [signed, check]


def refused_of(council: Council, eve: Pusher) -> set[str]:
    """What she may not write, with ids she cannot know: the answers are alike whether the record is there or not."""
    tried = [
        eve.create("child-1", "x1", "missing", "return_home_interview", episode_id="two"),
        eve.create("child-1", "x2", "missing", "return_home_interview"),
        eve.create("child-1", "x3", "missing", "find_me_plan"),
        eve.create("child-1", "x4", "missing", "missing_episode"),
        eve.create("child-1", "one.notes", "missing", "note", about="one"),
        eve.create("child-1", "secret-team.notes", "missing", "note", about="secret-team"),
        eve.create("child-1", "x5", "core", "note"),
        eve.create("child-2"),
        eve.change("child-1", "child", "core", "given_name", "Robin"),
        eve.change("one", "missing_episode", "missing", "care_status", "cin"),
        eve.change("secret-team", "return_home_interview", "missing", "place", "home"),
        eve.change("no-such", "return_home_interview", "missing", "place", "home"),
        notice_of(eve, "missing_manager", "return_home_interview", "secret-team", kind="interview_shared"),
        notice_of(eve, "out_of_hours", "missing_episode", "one", kind="hand_over"),
    ]
    answers = eve.push(*tried)
    assert {answer.status for answer in answers} == {"quarantined"}, answers
    with council.service.database.reading() as connection:
        assert connection.execute(select(record.c.record_id).where(record.c.child_id == "child-2")).first() is None
    return {answer.code for answer in answers}


def eve_scope(council: Council, eve: Pusher) -> Scope:
    with council.service.database.reading() as connection:
        return Senders(connection, council.clock()).of(eve.device_id).scope


def pulled(eve: Pusher) -> set[str]:
    return {str(item.op_id) for item in eve.pull().items if item.kind == "op"}


def walk(council: Council, eve: Pusher, op_ids: list[OperationId], held: Sequence[BucketId] = ()) -> Iterator[bytes]:
    """Every address of the service, asked as cleverly as somebody could who knew all the ids."""
    visited = set()
    with httpx.Client(base_url=council.url, verify=False, trust_env=False, timeout=120) as client:  # noqa: S501 - loopback
        for method, path, message, headers in questions(council, op_ids, held):
            body = message.to_bytes() if message else b""
            signed = headers | credentials(council, eve, method, path, body)
            response = client.request(method, path, content=body, headers=signed)
            assert response.status_code < 500, (path, response.text)
            visited.add(template_of(path))
            # what it echoes of the question is no disclosure
            yield response.content if path != "/v1/have" else b""
    described = set(describe(ADDRESSES)["paths"])
    assert visited >= described - {"/v1/device/enrol", "/v1/device/wipe-ack", "/v1/device/fork"}


def questions(
    council: Council, op_ids: list[OperationId], held: Sequence[BucketId]
) -> Iterator[tuple[str, str, Message | None, dict[str, str]]]:
    with council.service.database.reading() as connection:
        epoch = council_of(connection).epoch
    tus = {"Tus-Resumable": "1.0.0"}
    described = f"sha256 {coded(SHA256)},record_id {coded('interview')}"
    buckets = [
        bucket_of(child_named("child-1"), strand) for strand in ("core", "missing", "education", INBOX, TEAM_INBOX)
    ]
    buckets.append(POLICE_LISTS)
    yield "POST", "/v1/hello", Hello(proto_min=1, proto_max=1, app="x", asking=[]), {}
    for known in ([], buckets, buckets[:2], buckets[1:], [buckets[1]], [*held]):
        for filling in ({}, dict.fromkeys(known, 0)):
            pull = Pull(epoch=epoch, entitled=entitled_digest(set(known)), filling=filling, whole=True)
            yield "POST", "/v1/pull", pull, {}
            yield "POST", "/v1/greet", Greet(hello=Hello(proto_min=1, proto_max=1, app="x"), pull=pull), {}
    yield "POST", "/v1/device/certificate", CertificateRequest(csr_pem="none"), {}
    yield "POST", "/v1/time-stamp", StampQuery(request=packed(request())), {}
    yield "GET", "/v1/withdrawn", None, {}
    yield "GET", "/v1/status-told", None, {}
    for mark in ("", "0/2026-03-27T14/operational,strategy/0"):
        yield "POST", "/v1/agendas", AgendaAsked(mark=mark, opened=True), {}
    for kind in ("operational", "strategy", "ehe_overview", "nothing"):
        yield "GET", f"/v1/chairs/{kind}", None, {}
        yield "POST", f"/v1/chairs/{kind}", ChairNamed(officer=OfficerId("eve"), last="2026-04-01"), {}
    yield "POST", "/v1/agendas", AgendaAsked(), {}
    yield "POST", "/v1/colleagues", ColleaguesQuery(), {}
    for episode in ("episode-1", "interview", "nothing"):
        yield "GET", f"/v1/commissions/{episode}", None, {}
        asked = CommissionAsked(officer=OfficerId("eve"), last="2026-04-01")
        yield "POST", f"/v1/commissions/{episode}", asked, {}
    yield "POST", "/v1/push", Push(batch_id="b", epoch=epoch, ops=[]), {}
    yield "POST", "/v1/have", Have(epoch=epoch, op_ids=op_ids), {}
    yield "POST", "/v1/fetch", Fetch(epoch=epoch, op_ids=op_ids), {}
    for bucket in {*buckets, *held}:
        yield "POST", "/v1/digest", DigestQuery(epoch=epoch, bucket=bucket, at=10, count=0, sum="00" * 32), {}
    yield "POST", "/v1/names", NamesQuery(officers=["ann", "ben", "nobody"]), {}
    yield "GET", "/v1/quarantine", None, {}
    for op_id in op_ids:
        decision = Decide(decision_id=secrets.token_hex(4), decision="return", reason="mine")
        yield "POST", f"/v1/quarantine/{op_id}", decision, {}
    for card in ("missing", "cme", "ehe", "exclusions", "inclusion"):
        yield "POST", "/v1/figures", FiguresQuery(card=card, first="2026-03-01", last="2026-03-31"), {}
        now = council.clock().isoformat()
        asked_to = PublishAsked(card=card, first="2026-01-01", last="2026-01-31", known_at=now)
        yield "POST", "/v1/published-figures", asked_to, {}
    yield "GET", f"/v1/blobs/{SHA256}", None, {}
    yield "GET", f"/v1/blobs/{SHA256}", None, {"Range": "bytes=0-10"}
    yield "POST", "/v1/uploads", None, tus | {"Upload-Length": str(len(FILE)), "Upload-Metadata": described}
    yield "OPTIONS", "/v1/uploads", None, {}
    for method in ("HEAD", "PATCH", "DELETE"):
        content = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        yield method, f"/v1/uploads/{'ab' * 16}", None, tus | content
    for path in ("/v1/forms/child/1", "/v1/council-file", "/v1/ca.pem", "/v1/crl.pem", "/health", "/metrics", "/check"):
        yield "GET", path, None, {}
    yield "GET", "/v1/roots", None, {}
    for path in ("/v1/updates/debian", f"/v1/updates/debian/{SHA256}"):
        yield "GET", path, None, {}
    yield "POST", "/check", None, {"Content-Type": "multipart/form-data; boundary=x"}


def credentials(council: Council, eve: Pusher, method: str, path: str, body: bytes) -> dict[str, str]:
    at_ms, nonce = int(council.clock().timestamp() * 1000), secrets.token_urlsafe(18)
    text = request_text(
        method=method,
        target=path,
        body_sha256=hashlib.sha256(body).hexdigest(),
        at_ms=at_ms,
        nonce=nonce,
        device_id=eve.device_id,
    )
    signature = eve.author.key.sign(text).hex()
    return {"Authorization": authorization(device_id=eve.device_id, at_ms=at_ms, nonce=nonce, signature=signature)}


def template_of(path: str) -> str:
    parts = path.split("/")
    names = {"quarantine": "{op_id}", "blobs": "{sha256}", "uploads": "{upload_id}", "commissions": "{episode}"}
    names |= {"chairs": "{kind}"}
    if len(parts) == 4 and parts[2] in names:
        return f"/v1/{parts[2]}/{names[parts[2]]}"
    if parts[2:3] == ["updates"]:
        return "/v1/updates/{system}" + "/{sha256}" * (len(parts) - 4)
    return "/v1/forms/{form_id}/{version}" if parts[2:3] == ["forms"] else path


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
