"""A time-stamp over the signed protocol: for laptops in good standing, a hash at a time, and not without end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from asn1crypto import tsp

from casework.wire.message import Message
from casework.wire.stamp_messages import StampQuery, StampReply, WithdrawnTold, packed, unpacked
from casework.wire.withdrawals import CouncilLists
from central.people import revoking
from desktop.sync.transport import pinned
from tests.central.keys.test_time_stamping import request
from tests.central.pushing import Pusher
from tests.central.running import Council, running
from tests.central.test_scope_walk import credentials


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("ann")
        yield found


@pytest.fixture
def client(council: Council) -> Iterator[httpx.Client]:
    trusted = pinned(council.service.authority.pem)
    with httpx.Client(base_url=council.url, verify=trusted, trust_env=False, timeout=120) as found:
        yield found


QUERY = StampQuery(request=packed(request()))


def asked(council: Council, client: httpx.Client, ann: Pusher, message: Message | None) -> httpx.Response:
    method, path = ("POST", "/v1/time-stamp") if message else ("GET", "/v1/withdrawn")
    body = message.to_bytes() if message else b""
    return client.request(method, path, content=body, headers=credentials(council, ann, method, path, body))


def test_a_laptop_gets_the_services_time_for_a_hash(council: Council, client: httpx.Client) -> None:
    ann = Pusher.of(council, "ann")
    reply = StampReply.from_bytes(asked(council, client, ann, QUERY).content)
    told = WithdrawnTold.from_bytes(asked(council, client, ann, None).content)
    found = tsp.TimeStampResp.load(unpacked(reply.reply))["time_stamp_token"]["content"]["encap_content_info"]

    assert found["content"].parsed["gen_time"].native == council.clock()
    assert CouncilLists.read([council.service.authority.root], [told.crl_pem]).newest() == council.clock()


@pytest.mark.parametrize(
    "message",
    [
        StampQuery(request="x" * 8),
        StampQuery(request="A" * 4000),
        StampQuery(request="%%%%%%%%"),
        StampQuery(request=""),
    ],
)
def test_what_is_no_request_is_refused_in_words(council: Council, client: httpx.Client, message: StampQuery) -> None:
    answer = asked(council, client, Pusher.of(council, "ann"), message)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_nobody_else_gets_one(council: Council, client: httpx.Client) -> None:
    ann = Pusher.of(council, "ann")
    with council.service.database.writing() as connection:
        revoking.revoke(connection, ann.device_id, "drain", council.clock())

    assert client.post("/v1/time-stamp", content=QUERY.to_bytes()).status_code == 401
    assert asked(council, client, ann, QUERY).status_code == 403
    assert asked(council, client, ann, None).status_code == 403


def test_one_laptop_does_not_ask_without_end(council: Council, client: httpx.Client) -> None:
    assert council.app is not None
    stamping = council.app.state.traffic.stamping
    object.__setattr__(stamping, "allowance", type(stamping.allowance)(2, 0.5))
    ann, ben = Pusher.of(council, "ann"), Pusher.of(council, "ann")
    answers = [asked(council, client, ann, QUERY) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert asked(council, client, ben, QUERY).status_code == 200


def test_an_older_councils_service_has_a_key_for_it_once_it_is_asked(council: Council, client: httpx.Client) -> None:
    """Nobody has to make one."""
    file = council.home.keys / "stamping.pem"
    file.unlink()

    assert asked(council, client, Pusher.of(council, "ann"), QUERY).status_code == 200
    assert file.stat().st_mode & 0o777 == 0o600


def test_of_a_document_only_its_hash_is_taken() -> None:
    """The message has no room for more."""
    assert StampQuery.__struct_fields__ == ("request",)
    assert len(QUERY.request) < 100 < hashlib.sha256().digest_size * 4
