"""Whoever connects and says nothing, or too slowly, keeps nobody waiting and costs little: over real sockets."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from casework.wire.signed_texts import content_digest
from central.http import connection_limits
from central.http.connection_limits import Limits
from desktop.sync.transport import pinned
from tests.central.http.test_request_signing import BODY, problem, signed
from tests.central.pushing import Pusher
from tests.central.running import Council

SHORT = Limits(per_address=8, in_all=20, handshake_seconds=0.5, header_seconds=0.5, silent_seconds=0.5)
ELSEWHERE = "127.0.0.2"  # the same machine, as another address
PATIENCE = 10.0


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    found = Council.found(tmp_path / "central")
    found.limits = SHORT
    found.officer("ann")
    found.start()
    yield found
    found.stop()


@pytest.fixture
def ann(council: Council) -> Pusher:
    return Pusher.of(council, "ann")


@pytest.fixture
def client(council: Council) -> Iterator[httpx.Client]:
    context = pinned(council.service.authority.pem)
    with httpx.Client(base_url=council.url, verify=context, trust_env=False, timeout=120) as found:
        yield found


@contextlib.contextmanager
def connected(council: Council, source: str = ELSEWHERE) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", council.port), PATIENCE, source_address=(source, 0)) as found:
        yield found


@contextlib.contextmanager
def secured(council: Council) -> Iterator[ssl.SSLSocket]:
    context = pinned(council.service.authority.pem)
    with connected(council) as plain, context.wrap_socket(plain, server_hostname="127.0.0.1") as found:
        yield found


def is_dropped(conn: socket.socket) -> bool:
    """Within the time a test has; whatever is said before is let go."""
    try:
        while conn.recv(4096):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def head(ann: Pusher, length: int, *, body: bytes = BODY, announces: bool = False) -> bytes:
    """Of a signed request whose body is still to come."""
    headers = signed(ann, body) | {"Host": "127.0.0.1", "Content-Length": str(length)}
    if announces:
        headers["Content-Digest"] = content_digest(hashlib.sha256(body).hexdigest())
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /v1/hello HTTP/1.1\r\n{lines}\r\n".encode()


def status(conn: ssl.SSLSocket) -> int:
    return int(conn.recv(4096).split(b" ")[1])


def test_a_crowd_that_says_nothing_keeps_nobody_waiting(council: Council, client: httpx.Client) -> None:
    with contextlib.ExitStack() as stack:
        crowd = [stack.enter_context(connected(council)) for _ in range(60)]
        assert client.get("/health").status_code == 200
        assert all(map(is_dropped, crowd))


def test_connections_of_all_addresses_together_have_an_end(council: Council, client: httpx.Client) -> None:
    with contextlib.ExitStack() as stack:
        crowd = [stack.enter_context(connected(council, f"127.0.0.{2 + n // 8}")) for n in range(40)]
        assert all(map(is_dropped, crowd))
        assert client.get("/health").status_code == 200


def test_one_that_was_closed_counts_no_more(council: Council) -> None:
    for _ in range(3 * SHORT.per_address):
        with secured(council) as conn:
            conn.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert status(conn) == 200


@pytest.mark.parametrize("said", [b"", b"POST /v1/hello HTTP/1.1\r\nHost: "], ids=["nothing", "half_a_head"])
def test_a_connection_on_which_nobody_asks_is_dropped(council: Council, said: bytes) -> None:
    with secured(council) as conn:
        conn.sendall(said)
        assert is_dropped(conn)


def test_nor_does_it_stay_for_a_second_request_that_comes_letter_by_letter(council: Council) -> None:
    with secured(council) as conn:
        conn.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert status(conn) == 200
        conn.sendall(b"GET ")
        gone = threading.Event()

        def trickle() -> None:
            with contextlib.suppress(OSError):
                while not gone.wait(0.1):
                    conn.sendall(b"x")

        thread = threading.Thread(target=trickle)
        thread.start()
        try:
            assert is_dropped(conn)
        finally:
            gone.set()
            thread.join()


def test_nothing_is_read_of_a_body_that_nobody_signed(council: Council) -> None:
    with secured(council) as conn:
        conn.sendall(b"POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n")
        assert status(conn) == 401


def test_nor_of_a_long_one_whose_hash_is_not_what_was_signed(council: Council, ann: Pusher) -> None:
    wrong = head(ann, 4_000_000, announces=True).replace(
        content_digest(hashlib.sha256(BODY).hexdigest()).encode(), f"sha-256=:{'A' * 43}=:".encode()
    )
    with secured(council) as conn:
        conn.sendall(wrong)
        assert status(conn) == 401


def test_nor_of_a_long_one_that_announces_no_hash(council: Council, ann: Pusher) -> None:
    with secured(council) as conn:
        conn.sendall(head(ann, 100_000))
        assert status(conn) == 413


@pytest.mark.parametrize("announces", [False, True])
def test_a_body_that_stops_halfway_is_given_up(council: Council, ann: Pusher, announces: bool) -> None:
    with secured(council) as conn:
        conn.sendall(head(ann, len(BODY), announces=announces) + BODY[:10])
        assert status(conn) == 408


def test_a_long_body_that_was_announced_is_read(client: httpx.Client, ann: Pusher) -> None:
    long = b" " * 300_000 + BODY
    announced = {"Content-Digest": content_digest(hashlib.sha256(long).hexdigest())}
    other = {"Content-Digest": f"sha-256=:{base64.b64encode(bytes(32)).decode()}:"}

    assert client.post("/v1/hello", content=long, headers=signed(ann, long) | announced).status_code == 200
    assert problem(client.post("/v1/hello", content=BODY, headers=signed(ann) | other)) == (401, "bad_signature")
    swapped = signed(ann, long) | announced
    assert problem(client.post("/v1/hello", content=long[:-1] + b" ", headers=swapped)) == (401, "bad_signature")


def test_who_cannot_sign_yet_is_read_to_a_few_pages_only(client: httpx.Client) -> None:
    assert problem(client.post("/v1/device/enrol", content=bytes(100_000))) == (413, "too_large")


def test_a_network_of_the_new_kind_is_one_address() -> None:
    group = connection_limits._group

    assert group("2001:db8::1") == group("2001:db8::ffff:2") != group("2001:db8:0:1::1")
    assert group("::ffff:10.0.0.1") == group("10.0.0.1") != group("10.0.0.2")
    assert group("fe80::1%eth0") == group("fe80::2")


def test_there_are_files_to_spare_for_the_database() -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    found = connection_limits.limits_here()

    assert connection_limits.FEWEST <= found.in_all <= connection_limits.MOST
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= found.in_all
