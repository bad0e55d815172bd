"""An address that is answered past the framework is answered as any other: refused alike, counted alike."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from desktop.sync.transport import pinned
from tests.central.http.test_request_signing import BODY, problem, signed
from tests.central.pushing import Pusher
from tests.central.running import Council

RUBBISH = b'{"proto_min": "one"}'


@pytest.fixture
def ann(council: Council) -> Pusher:
    return Pusher.of(council, "ann")


@pytest.fixture
def client(council: Council) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=council.url, verify=pinned(council.service.authority.pem), trust_env=False) as found:
        yield found


def test_a_refusal_is_the_problem_document_it_is_anywhere(client: httpx.Client, ann: Pusher) -> None:
    assert problem(client.post("/v1/hello", content=BODY)) == (401, "not_signed")
    assert problem(client.post("/v1/hello", content=RUBBISH, headers=signed(ann, RUBBISH))) == (400, "malformed")
    assert problem(client.post("/v1/hellos", content=BODY, headers=signed(ann))) == (404, "http")


def test_it_is_counted_by_its_pattern_and_carries_the_number_of_its_log_line(client: httpx.Client, ann: Pusher) -> None:
    answer = client.post("/v1/hello", content=BODY, headers=signed(ann))
    counted = client.get("/metrics").text

    assert len(answer.headers["x-request-id"]) == 12
    assert 'homeward_requests_total{method="POST",route="/v1/hello",status="200"} 1' in counted


def test_another_method_of_its_address_is_left_to_the_framework(client: httpx.Client) -> None:
    assert client.get("/v1/hello").status_code == 405
