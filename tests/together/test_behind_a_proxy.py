"""TLS ends at a real nginx: everything works, each refusal has its sentence, and nothing nginx says is believed."""

from __future__ import annotations

import contextlib
import io
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from casework.wire.signed_answers import HEADER, SignedAnswer
from central.http.connection_limits import Limits
from desktop.store.database.remembered import CERTIFICATE, SERVICE
from desktop.sync.connection_failures import BY_PROXY, IMPOSTOR, STOPPED_BY_PROXY, UNKNOWN_PROXY
from desktop.sync.enrolment import enrol
from desktop.sync.errors import NotTheCouncil
from desktop.sync.proven_answers import NOT_SIGNED, AnswerProof
from desktop.sync.reaching import PROXY, SYSTEM
from tests.central.running import Council
from tests.together.laptops import Laptop
from tests.together.nginx import IS_HERE, PROXY_ADDRESS, Front, front
from tests.together.test_scenarios_photographs import attach, photograph

pytestmark = pytest.mark.skipif(not IS_HERE, reason="nginx is not installed")
Joined = Callable[[str], Laptop]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("proxy")
    council = Council.found(folder / "central")
    council.limits = Limits(per_address=2, proxies=(PROXY_ADDRESS,))
    council.start()
    for officer_id in ("ann", "ben"):
        council.officer(officer_id)
    try:
        with front(council, folder / "nginx") as made:
            yield made
    finally:
        council.stop()


@pytest.fixture
def joined(before: Front, tmp_path: Path) -> Iterator[Joined]:
    """A laptop that was told of the proxy first, and then joined through it."""
    made: list[Laptop] = []

    def one(officer_id: str) -> Laptop:
        laptop = Laptop.new(tmp_path / f"vault-{len(made)}", before.council.clock)
        made.append(laptop)
        laptop.vault.settings.put(PROXY, before.certificate)
        enrol(laptop.vault, before.url, before.council.code(officer_id), now=before.council.clock)
        return laptop

    yield one
    before.reload()
    for laptop in made:
        laptop.vault.close()


def test_a_laptop_joins_writes_and_sends_photographs_and_another_fetches_them(before: Front, joined: Joined) -> None:
    ann, ben = joined("ann"), joined("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    sha = attach(ann, child, photograph(1), "photo.png")
    ann.synced()
    before.council.allocate("ben", child)
    ben.synced()
    ben.synced()

    assert ben.answer(child, "family_name") == "Ōtsuka"
    assert ben.vault.attachments.has(sha)
    assert ann.vault.outbox.count() == 0
    assert not [file for name in ("bodies", "answers") for file in (before.folder / name).rglob("*")]


def test_a_proxy_that_the_laptop_was_not_told_of_is_sent_nothing(before: Front, tmp_path: Path) -> None:
    laptop = Laptop.new(tmp_path / "vault", before.council.clock)
    other = before.council.service.authority.pem
    for proxy, sentence in (("", IMPOSTOR), (SYSTEM, UNKNOWN_PROXY), (other, UNKNOWN_PROXY)):
        laptop.vault.settings.put(PROXY, proxy)
        with pytest.raises(NotTheCouncil) as refused:
            enrol(laptop.vault, before.url, before.council.code("ann"), now=before.council.clock)
        assert str(refused.value) == sentence
    assert not laptop.vault.settings.get(SERVICE).url
    laptop.vault.close()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"client_max_body_size": "1k"}, 413),
        ({"proxy_pass": "https://127.0.0.1:{nobody}"}, 502),
        ({"proxy_pass": "https://127.0.0.1:{silent}", "proxy_connect_timeout": "1s"}, 504),
        ({"within": "return 503;"}, 503),
    ],
)
def test_what_the_proxy_refuses_is_told_in_a_sentence_of_its_own_and_goes_later(
    before: Front, joined: Joined, changes: dict[str, str], status: int
) -> None:
    ann = joined("ann")
    attach(ann, ann.child(given_name="Zoë"), photograph(2, 40), "photo.png")
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        ports = {"silent": silent.getsockname()[1], "nobody": nobody.getsockname()[1]}
        before.reload(**{name: value.format(**ports) for name, value in changes.items()})
        report = ann.sync()

    assert report.problem == BY_PROXY[status]
    assert ann.vault.outbox.count() > 0 or ann.vault.attachments.to_send()
    before.reload()
    ann.synced()
    assert not ann.vault.outbox.count()
    assert not ann.vault.attachments.to_send()


def test_a_page_to_log_in_and_a_rule_of_the_proxys_own_are_no_refusal_of_the_councils(
    before: Front, joined: Joined
) -> None:
    """Not even one that the protocol knows: a 403 to an upload would else count as “somebody else has it”."""
    ann = joined("ann")
    ann.child(given_name="Zoë")
    for within in ("return 302 https://login.example.gov.uk/;", "return 403;", "return 404;", "return 401;"):
        before.reload(within=within)
        assert ann.sync().problem == STOPPED_BY_PROXY
    assert ann.vault.outbox.count() > 0


@pytest.mark.parametrize(
    "within",
    [
        "default_type application/json; return 200 '{\"results\": []}';",
        'proxy_set_header Homeward-Answer "";',
        "proxy_hide_header Homeward-Answer;",
        "proxy_set_header Homeward-Answer an-answer-of-yesterday;",
    ],
    ids=["made up", "not asked to sign", "signature taken off", "an answer of before"],
)
def test_nothing_counts_that_the_council_did_not_sign_for_this_very_request(
    before: Front, joined: Joined, within: str
) -> None:
    ann = joined("ann")
    ann.child(given_name="Zoë")
    before.reload(within=within)
    report = ann.sync()

    assert report.problem == NOT_SIGNED
    assert ann.vault.outbox.count() > 0


def test_an_officers_certificate_answers_for_nobody(before: Front, joined: Joined) -> None:
    """It leads to the root as the service's does."""
    ann = joined("ann")
    held, service = ann.vault.settings.get(CERTIFICATE), ann.vault.settings.get(SERVICE)
    key = serialization.load_pem_private_key(held.key_pem.encode(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    chain = [
        each.public_bytes(serialization.Encoding.DER)
        for each in x509.load_pem_x509_certificates(held.chain_pem.encode())
    ]
    proof = AnswerProof(service.ca_pem, "", before.council.clock)
    request = httpx.Request("GET", f"{before.url}/health", headers=proof.wanted())
    signed = SignedAnswer(tuple(chain[:-1]), False, key.sign(b"", ec.ECDSA(hashes.SHA256())))
    with pytest.raises(NotTheCouncil) as refused:
        proof.check(httpx.Response(200, headers={HEADER: signed.header}, request=request), b"")
    assert str(refused.value) == IMPOSTOR


def test_a_slow_client_keeps_nobody_waiting_and_is_served(before: Front, joined: Joined) -> None:
    context = ssl.create_default_context(cadata=before.certificate)
    ann = joined("ann")
    ann.child(given_name="Zoë")
    head = b"POST /v1/device/enrol HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"
    raw = socket.create_connection(("127.0.0.1", before.port))
    with raw, context.wrap_socket(raw, server_hostname="localhost") as slow:
        slow.sendall(head + b"{")
        ann.synced()
        slow.sendall(b"}")
        ann.synced()
        slow.sendall(b" ")
        said = io.BufferedReader(slow.makefile("rb")).read()
    assert said.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in said


def test_everybody_comes_from_the_proxys_address_and_nobody_is_cut_off_for_it(before: Front) -> None:
    context = ssl.create_default_context(cadata=before.certificate)
    with contextlib.ExitStack() as crowd:
        for _ in range(before.council.limits.per_address + 2):
            there, source = ("127.0.0.1", before.council.port), (PROXY_ADDRESS, 0)
            crowd.enter_context(socket.create_connection(there, source_address=source))
        with httpx.Client(verify=context) as client:
            assert client.get(f"{before.url}/health").status_code == 200


def test_only_the_named_proxy_says_for_whom_it_asks(before: Front) -> None:
    """From its address without saying so, nobody reads the counts; from another address, saying so changes nothing."""
    context = ssl.create_default_context(cadata=before.council.service.authority.pem)

    def status(address: str, **headers: str) -> int:
        transport = httpx.HTTPTransport(verify=context, local_address=address)
        with httpx.Client(transport=transport) as client:
            return client.get(f"{before.council.url}/metrics", headers=headers).status_code

    said = {"X-Forwarded-For": "192.0.2.7"}
    assert status("127.0.0.1") == 200
    assert status("127.0.0.1", **said) == 200
    assert status(PROXY_ADDRESS) == 404
    assert status(PROXY_ADDRESS, **said) == 404
    with httpx.Client(verify=ssl.create_default_context(cadata=before.certificate)) as client:
        assert client.get(f"{before.url}/metrics").status_code == 404
        assert client.get(f"{before.url}/health").status_code == 200
