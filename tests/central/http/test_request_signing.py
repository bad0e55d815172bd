"""Who gets through the door: signatures, clocks, replays, sizes, and how refusals are told."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import zstandard

from casework.wire.protocol import CLOCK_WINDOW_MS, Hello, HelloReply
from casework.wire.signed_texts import authorization, request_text
from central.http.rate_limit import STRANGER
from desktop.sync.transport import pinned
from tests.central.pushing import Pusher
from tests.central.running import Council, running

BODY = Hello(proto_min=1, proto_max=1, app="test").to_bytes()


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("ann")
        yield found


@pytest.fixture
def ann(council: Council) -> Pusher:
    return Pusher.of(council, "ann")


@pytest.fixture
def client(council: Council) -> Iterator[httpx.Client]:
    context = pinned(council.service.authority.pem)
    with httpx.Client(base_url=council.url, verify=context, trust_env=False, timeout=120) as found:
        yield found


def signed(ann: Pusher, body: bytes = BODY, path: str = "/v1/hello", **changed: object) -> dict[str, str]:
    facts: dict[str, object] = {
        "method": "POST",
        "target": path,
        "body_sha256": hashlib.sha256(body).hexdigest(),
        "at_ms": int(ann.council.clock().timestamp() * 1000),
        "nonce": secrets.token_urlsafe(18),
        "device_id": ann.device_id,
    }
    text = request_text(**(facts | changed))  # type: ignore[arg-type]
    header = authorization(
        device_id=ann.device_id,
        at_ms=int(str((facts | changed)["at_ms"])),
        nonce=str((facts | changed)["nonce"]),
        signature=ann.author.key.sign(text).hex(),
    )
    return {"Authorization": header, "Content-Type": "application/json"}


def problem(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, json.loads(response.content)["code"]


def test_a_signed_request_gets_through(client: httpx.Client, ann: Pusher) -> None:
    response = client.post("/v1/hello", content=BODY, headers=signed(ann))

    assert HelloReply.from_bytes(response.content).device_state == "active"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "changed",
    [{"method": "GET"}, {"target": "/v1/push"}, {"body_sha256": "00" * 32}, {"device_id": "ELM-0001"}],
    ids=["method", "path", "body", "device"],
)
def test_a_signature_over_anything_else_does_not_count(
    client: httpx.Client, ann: Pusher, changed: dict[str, Any]
) -> None:
    assert problem(client.post("/v1/hello", content=BODY, headers=signed(ann, **changed))) == (401, "bad_signature")


def test_nobody_gets_through_unsigned(client: httpx.Client) -> None:
    assert problem(client.post("/v1/hello", content=BODY)) == (401, "not_signed")


def test_a_request_made_twice_counts_once(client: httpx.Client, ann: Pusher) -> None:
    headers = signed(ann)
    client.post("/v1/hello", content=BODY, headers=headers)

    assert problem(client.post("/v1/hello", content=BODY, headers=headers)) == (401, "replayed")


@pytest.mark.parametrize("side", [-1, 1])
def test_a_request_from_another_time_learns_the_services(client: httpx.Client, ann: Pusher, side: int) -> None:
    at_ms = int(ann.council.clock().timestamp() * 1000) + side * (CLOCK_WINDOW_MS + 1)
    response = client.post("/v1/hello", content=BODY, headers=signed(ann, at_ms=at_ms))

    assert problem(response) == (401, "clock")
    assert json.loads(response.content)["now"].startswith("2026-03-27T14:32:00")


def test_what_is_too_large_is_not_read(client: httpx.Client, ann: Pusher) -> None:
    big = bytes(5 * 1024 * 1024)

    assert problem(client.post("/v1/hello", content=big, headers=signed(ann, big))) == (413, "too_large")


def test_what_is_too_large_and_does_not_say_so_is_not_read_to_its_end(client: httpx.Client, ann: Pusher) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(100):
            yield bytes(1024 * 1024)

    response = client.post("/v1/hello", content=parts(), headers=signed(ann))
    assert problem(response) == (413, "too_large")


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "br"])
def test_rubbish_in_a_packing_is_told_apart(client: httpx.Client, ann: Pusher, encoding: str) -> None:
    rubbish = b"rubbish"
    response = client.post("/v1/hello", content=rubbish, headers=signed(ann, rubbish) | {"Content-Encoding": encoding})

    assert problem(response) == ((415, "encoding") if encoding == "br" else (400, "malformed"))


def test_answers_are_packed_for_who_can_unpack_them(client: httpx.Client, ann: Pusher) -> None:
    packed = zstandard.ZstdCompressor().compress(BODY)
    headers = signed(ann, packed) | {"Content-Encoding": "zstd", "Accept-Encoding": "zstd"}
    response = client.post("/v1/hello", content=packed, headers=headers)

    assert response.headers["content-encoding"] == "zstd"
    assert HelloReply.from_bytes(response.content).proto == 1


def test_a_stranger_who_asks_too_often_is_told_when_to_come_back(client: httpx.Client) -> None:
    statuses = [client.get("/v1/ca.pem").status_code for _ in range(int(STRANGER.burst) + 5)]
    response = client.get("/v1/ca.pem")

    assert set(statuses[: int(STRANGER.burst)]) == {200}
    assert problem(response) == (429, "too_many")
    assert int(response.headers["retry-after"]) >= 1


def test_an_address_that_is_not_there(client: httpx.Client) -> None:
    assert problem(client.get("/v1/nothing")) == (404, "http")


@pytest.mark.parametrize(("method", "path"), [("HEAD", "/health"), ("GET", "/v1/hello"), ("HEAD", "/v1/ca.pem")])
def test_an_address_answers_to_its_own_method_alone(client: httpx.Client, method: str, path: str) -> None:
    response = client.request(method, path)

    assert (response.status_code, response.headers["content-type"]) == (405, "application/problem+json")


def test_what_an_address_names_is_read_within_limits(client: httpx.Client, ann: Pusher) -> None:
    """After the signature: a stranger learns nothing of what could be asked."""
    path = "/v1/forms/child/0"

    assert problem(client.get(path)) == (401, "not_signed")
    headers = signed(ann, b"", path, method="GET")
    assert problem(client.get(path, headers=headers)) == (400, "malformed")


def test_counts_name_no_device_and_no_address(client: httpx.Client, ann: Pusher) -> None:
    client.post("/v1/hello", content=BODY, headers=signed(ann))
    client.get(f"/v1/blobs/{'ab' * 32}")
    text = client.get("/metrics").text

    assert 'route="/v1/hello",status="200"} 1' in text
    assert ann.device_id not in text
    assert "abab" not in text
