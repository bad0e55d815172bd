"""Invariant I8 at every door: who is not entitled obtains not one byte of a bucket, whatever they ask and are."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator

import httpx
import pytest

from casework.practice.roles import REACHES, Role
from casework.records import Author, Operation
from casework.wire.figure_messages import FiguresQuery
from casework.wire.laptop_messages import CertificateRequest, Enrolled
from casework.wire.message import Message
from casework.wire.protocol import (
    Decide,
    DigestQuery,
    Fetch,
    Have,
    Hello,
    NamesQuery,
    Problem,
    Pull,
    Push,
    entitled_digest,
)
from casework.wire.signed_texts import authorization, request_text
from central.files import uploads
from central.files.uploads import Upload
from central.http.openapi import describe
from central.http.routes import ADDRESSES
from central.people.accounts import devices
from central.people.scope import Scope
from central.service import council_of
from tests.central.people.test_rejoining import joining
from tests.central.pushing import Pusher
from tests.central.running import Council

SECRET = "the words of one child"
INBOX = "to.allocated_worker.return_home_interview"
TEAM_INBOX = "to.t-early_help_north.visit_request"
PART = "a large dog in the yard"
FILE = SECRET.encode() * 100
SHA256 = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def secret(council: Council) -> list[str]:
    """An interview, an item in quarantine and a photograph of a child allocated to Ann; the ids that give them away."""
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ben")
    begun = ann.create("child-1", given_name="A")
    interview = ann.create("child-1", record="interview", strand="missing", form="return_home_interview")
    words = {free_text(council): SECRET}
    said = ann.create("child-1", record="second", strand="missing", form="return_home_interview", **words)
    named = {"kind": "interview_shared", "about": "interview", "about_form": "return_home_interview"}
    told = ann.create("child-1", record="told", strand=INBOX, form="notice", to_role="allocated_worker", **named)
    intruding = ben.create("child-1", record="other", given_name=SECRET)
    answers = ann.push(begun, interview, said, told)
    assert {answer.status for answer in answers} == {"accepted"}
    ben.push(intruding)
    keep_file(council, ann.device_id)
    return [begun.op_id, interview.op_id, said.op_id, intruding.op_id, told.op_id]


def free_text(council: Council) -> str:
    """Some question of the interview that is answered in words."""
    with council.service.database.reading() as connection:
        definition = council.service.definitions.find("return_home_interview", 1, connection)
    assert definition is not None
    return next(question.id for question in definition.questions() if question.type.value == "narrative")


def keep_file(council: Council, device_id: str) -> None:
    blobs = uploads.Blobs(council.home.blobs)
    asked = Upload("", "", "interview", SHA256, len(FILE), 0, "")
    scope = Scope({"child-1:missing"}, None, writes=True)
    with council.service.database.writing() as connection:
        now = council.clock()
        found = uploads.begin(connection, blobs, scope, device_id=device_id, asked=asked, now=now)
        assert uploads.add(connection, blobs, found, FILE, now).is_complete


@pytest.mark.parametrize("role", list(REACHES))
@pytest.mark.parametrize("allocated", [False, True], ids=["stranger", "allocated"])
def test_not_one_byte(council: Council, secret: list[str], role: Role, allocated: bool) -> None:
    """Allocated to the child, a role gets what its reach opens, and an interview is not in everybody's."""
    council.officer("eve", role.value)
    if allocated:
        council.allocate("eve", "child-1", "core", "missing", "education")
    reach = REACHES[role]
    opens = reach.opens("return_home_interview", "missing")
    is_entitled = opens and (allocated or reach.children in ("team", "council"))
    eve = Pusher.of(council, "eve")

    received = b"".join(walk(council, eve, secret))

    assert (SECRET.encode() in received) == is_entitled
    assert (secret[-1].encode() in received) == is_entitled, "a notice goes where the record it is about may go"
    if not allocated and reach.children not in ("team", "council"):
        assert not any(op_id.encode() in received for op_id in secret), "not even that it exists"


@pytest.fixture
def asked(council: Council) -> list[str]:
    """A referral, and the request for a visit that was made from it, told to one team."""
    council.officer("cme", "cme_officer")
    cme = Pusher.of(council, "cme")
    child = cme.create("child-1", given_name="A")
    referral = cme.create(
        "child-1", record="referral", strand="education", form="cme_referral", evidence_details=SECRET
    )
    request = cme.create("child-1", record="request", strand="education", form="visit_request", risks=PART)
    told = asked_of_team(cme, "told", "visit_request.risks", PART)
    assert {answer.status for answer in cme.push(child, referral, request, told)} == {"accepted"}
    more = asked_of_team(cme, "more", "cme_referral.evidence_details", SECRET)
    assert [(answer.status, answer.code) for answer in cme.push(more)] == [("quarantined", "notice_refused")]
    return [child.op_id, referral.op_id, request.op_id, more.op_id, told.op_id]


def asked_of_team(cme: Pusher, record: str, fact: str, words: str) -> Operation:
    named = {"kind": "visit_asked", "about": "request", "about_form": "visit_request", "to_team": "early_help_north"}
    return cme.tells("child-1", TEAM_INBOX, record, (fact, words), **named)


@pytest.mark.parametrize("team", ["early_help_north", "early_help_south", ""])
def test_a_team_has_the_visitors_part_and_not_one_byte_of_the_referral(
    council: Council, asked: list[str], team: str
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


def test_joining_with_anothers_name_opens_nothing(council: Council, secret: list[str]) -> None:
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

    anew = Pusher(council, Author("eve", answer.device_id, key))
    received = b"".join(part for laptop in (eve, anew) for part in walk(council, laptop, secret))

    assert SECRET.encode() not in received
    assert not any(op_id.encode() in received for op_id in secret)


def walk(council: Council, eve: Pusher, op_ids: list[str]) -> Iterator[bytes]:
    """Every address of the service, asked as cleverly as somebody could who knew all the ids."""
    visited = set()
    with httpx.Client(base_url=council.url, verify=False, trust_env=False) as client:  # noqa: S501 - loopback
        for method, path, message, headers in questions(council, op_ids):
            body = message.to_bytes() if message else b""
            signed = headers | credentials(council, eve, method, path, body)
            response = client.request(method, path, content=body, headers=signed)
            assert response.status_code < 500, (path, response.text)
            visited.add(template_of(path))
            # what it echoes of the question is no disclosure
            yield response.content if path != "/v1/have" else b""
    described = set(describe(ADDRESSES)["paths"])
    assert visited >= described - {"/v1/device/enrol", "/v1/device/wipe-ack", "/v1/device/fork"}


def questions(council: Council, op_ids: list[str]) -> Iterator[tuple[str, str, Message | None, dict[str, str]]]:
    with council.service.database.reading() as connection:
        epoch = council_of(connection).epoch
    tus = {"Tus-Resumable": "1.0.0"}
    described = f"sha256 {coded(SHA256)},record_id {coded('interview')}"
    buckets = [f"child-1:{strand}" for strand in ("core", "missing", "education", INBOX, TEAM_INBOX)]
    yield "POST", "/v1/hello", Hello(proto_min=1, proto_max=1, app="x", asking=[]), {}
    for known in ([], buckets, buckets[:2], buckets[1:], [buckets[1]]):
        for filling in ({}, dict.fromkeys(known, 0)):
            pull = Pull(epoch=epoch, entitled=entitled_digest(set(known)), filling=filling, whole=True)
            yield "POST", "/v1/pull", pull, {}
    yield "POST", "/v1/device/certificate", CertificateRequest(csr_pem="none"), {}
    yield "POST", "/v1/push", Push(batch_id="b", epoch=epoch, ops=[]), {}
    yield "POST", "/v1/have", Have(epoch=epoch, op_ids=op_ids), {}
    yield "POST", "/v1/fetch", Fetch(epoch=epoch, op_ids=op_ids), {}
    for bucket in buckets:
        yield "POST", "/v1/digest", DigestQuery(epoch=epoch, bucket=bucket, at=10, count=0, sum="00" * 32), {}
    yield "POST", "/v1/names", NamesQuery(officers=["ann", "ben", "nobody"]), {}
    yield "GET", "/v1/quarantine", None, {}
    for op_id in op_ids:
        decision = Decide(decision_id=secrets.token_hex(4), decision="return", reason="mine")
        yield "POST", f"/v1/quarantine/{op_id}", decision, {}
    for card in ("missing", "cme", "ehe", "exclusions", "inclusion"):
        yield "POST", "/v1/figures", FiguresQuery(card=card, first="2026-03-01", last="2026-03-31"), {}
    yield "GET", f"/v1/blobs/{SHA256}", None, {}
    yield "GET", f"/v1/blobs/{SHA256}", None, {"Range": "bytes=0-10"}
    yield "POST", "/v1/uploads", None, tus | {"Upload-Length": str(len(FILE)), "Upload-Metadata": described}
    yield "OPTIONS", "/v1/uploads", None, {}
    for method in ("HEAD", "PATCH", "DELETE"):
        content = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
        yield method, f"/v1/uploads/{'ab' * 16}", None, tus | content
    for path in ("/v1/forms/child/1", "/v1/council-file", "/v1/ca.pem", "/v1/crl.pem", "/health", "/metrics", "/check"):
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
    names = {"quarantine": "{op_id}", "blobs": "{sha256}", "uploads": "{upload_id}"}
    if len(parts) == 4 and parts[2] in names:
        return f"/v1/{parts[2]}/{names[parts[2]]}"
    return "/v1/forms/{form_id}/{version}" if parts[2:3] == ["forms"] else path


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
