"""A fault of the council's service is told as one, and each other reason for no answer by its own sentence."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from casework.wire.protocol import Problem
from central.keys.authority import Authority
from desktop.store.database.remembered import OFFICER
from desktop.sync.connection_failures import (
    BROKEN_OFF,
    ELSEWHERE,
    ENDED,
    IMPOSTOR,
    NOT_OURS,
    NOT_RUNNING,
    NOT_YET,
    SERVICE_FAULT,
)
from desktop.sync.errors import NotTheCouncil, Refusal, Unreachable
from desktop.sync.transport import Transport, pinned, unpinned
from tests.central.running import START, Council, found_keys
from tests.together.conftest import Join


def break_database(council: Council) -> None:
    """What a council's service meets when somebody takes a table away under it."""
    with council.service.database.writing() as connection:
        connection.execute(text("ALTER TABLE waiting RENAME TO gone"))


def test_a_500_is_a_problem_document_and_a_fault_of_the_service(council: Council, join: Join) -> None:
    """It was called a foreign network, and nobody told the administrator."""
    ann = join("ann")
    ann.child(given_name="Zoë")
    break_database(council)
    report = ann.sync()

    assert (report.problem, report.is_ordinary) == (SERVICE_FAULT, False)
    assert len(ann.vault.outbox.waiting()) == 1


def test_the_problem_document_of_a_500_names_nothing_of_the_inside(council: Council) -> None:
    with council.service.database.writing() as connection:
        connection.execute(text("DROP TABLE enrolment_code"))
    body = {"secret": "x" * 26, "signing_key": "00" * 32, "proof": "00" * 64, "csr_pem": "", "app": "", "formerly": []}
    with httpx.Client(base_url=council.url, verify=unpinned(), timeout=120) as client:
        answer = client.get("/v1/crl.pem")
        refused = client.post("/v1/device/enrol", json=body)

    assert answer.status_code == 200
    found = refused if refused.status_code == 500 else _failing(council)
    assert found.status_code == 500
    assert found.headers["content-type"].startswith("application/problem+json")
    assert Problem.from_bytes(found.content).code == "fault"
    assert "sqlite" not in found.text.lower()


def _failing(council: Council) -> httpx.Response:
    with council.service.database.writing() as connection:
        connection.execute(text("DROP TABLE certificate"))
    with httpx.Client(base_url=council.url, verify=unpinned(), timeout=120) as client:
        return client.get("/v1/crl.pem")


def test_a_service_that_is_stopped_is_not_a_missing_network(council: Council, join: Join) -> None:
    ann = join("ann")
    council.stop()
    report = ann.sync()
    council.restart()

    assert (report.problem, report.is_ordinary) == (NOT_RUNNING, True)
    assert ann.sync().problem is None


@contextmanager
def answering(context: ssl.SSLContext | None, answer: bytes) -> Iterator[str]:
    """Somebody at a port of this machine: says `answer` to whoever asks, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                connection, _ = listener.accept()
                with connection if context is None else context.wrap_socket(connection, server_side=True) as line:
                    line.recv(65536)
                    line.sendall(answer)
            except OSError:
                return  # the laptop hung up first, as it should

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            thread.join(5)


def ask(url: str, context: ssl.SSLContext) -> str:
    """The sentence of the refusal."""
    transport = Transport(url, context, lambda: START)
    try:
        with pytest.raises((Unreachable, Refusal, NotTheCouncil)) as refused:
            transport.fetch("/v1/ca.pem")
    finally:
        transport.close()
    return str(refused.value)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """A council's own, founded long enough ago for a certificate of its service to have ended."""
    return found_keys(tmp_path / "keys", long_ago())


def long_ago() -> datetime:
    return datetime.now().astimezone() - timedelta(days=900)


def server(authority: Authority) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.server_files)
    return context


@pytest.mark.parametrize(("days", "sentence"), [(-900, ENDED), (30, NOT_YET)])
def test_a_certificate_out_of_its_time_is_no_impostor(authority: Authority, days: int, sentence: str) -> None:
    authority.issue_server([], datetime.now().astimezone() + timedelta(days=days))
    with answering(server(authority), b"") as url:
        assert ask(url, pinned(authority.pem)) == sentence


def test_another_councils_certificate_is_an_impostors_even_out_of_its_time(
    authority: Authority, tmp_path: Path
) -> None:
    other = found_keys(tmp_path / "other", long_ago())
    with answering(server(other), b"") as url:
        assert ask(url, pinned(authority.pem)) == IMPOSTOR


def old(context: ssl.SSLContext) -> ssl.SSLContext:
    """Speaks nothing newer than TLS 1.1."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def test_nobody_talks_a_laptop_down_to_an_old_tls(authority: Authority) -> None:
    authority.issue_server([], datetime.now().astimezone())
    with answering(old(server(authority)), PAGE) as url:
        assert ask(url, pinned(authority.pem)) in {BROKEN_OFF, NOT_OURS}
    assert pinned(authority.pem).minimum_version >= ssl.TLSVersion.TLSv1_2
    assert pinned(authority.pem).check_hostname


def test_nor_the_service(council: Council) -> None:
    def speaks(context: ssl.SSLContext) -> str:
        with (
            socket.create_connection(("127.0.0.1", council.port), 10) as plain,
            context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
        ):
            return str(line.cipher())

    pem = council.service.authority.pem
    pinned.cache_clear()
    with pytest.raises((ssl.SSLError, ConnectionError)):
        speaks(old(pinned(pem)))
    pinned.cache_clear()
    weak, usual = ssl.create_default_context(cadata=pem), ssl.create_default_context(cadata=pem)
    weak.maximum_version = usual.maximum_version = ssl.TLSVersion.TLSv1_2
    weak.set_ciphers("ECDHE+AES+SHA1:@SECLEVEL=0")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        speaks(weak)
    assert "GCM" in speaks(usual) or "CHACHA20" in speaks(usual)


def test_a_certificate_for_another_address_is_told(authority: Authority) -> None:
    authority.issue_server([], datetime.now().astimezone())
    with answering(server(authority), b"") as url:
        assert ask(url.replace("127.0.0.1", "127.0.0.2"), pinned(authority.pem)) in (ELSEWHERE, NOT_RUNNING)


PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
FAILING = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"


@pytest.mark.parametrize("answer", [FAILING, PAGE.replace(b"200 OK", b"404 Not Found")])
def test_whatever_holds_the_councils_key_is_the_service(authority: Authority, answer: bytes) -> None:
    authority.issue_server([], datetime.now().astimezone())
    with answering(server(authority), answer) as url:
        assert ask(url, pinned(authority.pem)) == SERVICE_FAULT


def test_before_joining_a_page_in_the_councils_place_is_a_foreign_network(authority: Authority) -> None:
    authority.issue_server([], datetime.now().astimezone())
    with answering(server(authority), PAGE.replace(b"200 OK", b"403 Forbidden")) as url:
        assert ask(url, unpinned()) == NOT_OURS
    with answering(server(authority), FAILING) as url:
        assert ask(url, unpinned()) == SERVICE_FAULT


def test_a_line_that_is_cut_and_a_port_that_speaks_no_tls(authority: Authority) -> None:
    authority.issue_server([], datetime.now().astimezone())
    with answering(server(authority), b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n") as url:
        assert ask(url, pinned(authority.pem)) == BROKEN_OFF
    with answering(None, PAGE) as url:
        assert ask(url, pinned(authority.pem)) == NOT_OURS


def test_a_long_name_joins(council: Council, join: Join) -> None:
    """By bytes: 64 letters of two bytes each made a 500 at the service, and a sentence about a page to log in to."""
    with council.service.database.writing() as connection:
        connection.execute(text("UPDATE officer SET name = :name WHERE id = 'ann'"), {"name": "Ōtsuka " * 40})
    ann = join("ann")

    assert ann.vault.settings.get(OFFICER).name == "Ōtsuka " * 40
