"""Certificates end, and are renewed before anybody notices: clocks moved over three years, laptops that were away."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from casework.identifiers import DeviceId, OfficerId
from central.commands import founding
from central.database.home import Home
from central.http.sweeping import START_ANEW, _look_at_certificates
from central.keys import certificate_ends, key_folder
from central.keys.authority import Authority
from central.people import revoking
from central.service import Service
from desktop.store.database.remembered import CERTIFICATE
from desktop.sync import certificate_renewal
from desktop.sync.connection_failures import ENDED
from desktop.sync.transport import pinned
from tests.central.running import KEEPERS, START, Clock, Council, found_keys, keeping
from tests.together.conftest import Join
from tests.together.laptops import Laptop
from tests.together.test_faults_of_the_service import answering, ask, server


def certificate_of(laptop: Laptop) -> x509.Certificate:
    return x509.load_pem_x509_certificate(laptop.vault.settings.get(CERTIFICATE).chain_pem.encode())


def words_of(laptop: Laptop) -> str:
    return certificate_renewal.words(laptop.vault, laptop.now())


def test_an_officers_certificate_is_renewed_with_a_sync_before_it_ends(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.synced()
    first = certificate_of(ann)
    council.clock.move(days=600)
    ann.synced()
    assert certificate_of(ann) == first
    assert words_of(ann) == ""
    council.clock.move(days=80)
    assert words_of(ann).startswith("The certificate you sign documents with ends on 26 March 2028. It is renewed")
    ann.synced()

    second = certificate_of(ann)
    assert second.not_valid_after_utc == council.clock() + timedelta(days=730)
    assert second.public_key() != first.public_key()
    assert (second.subject, words_of(ann)) == (first.subject, "")
    assert "certificate_renewed" in {entry.event for entry in ann.vault.audit.entries()}
    ann.synced()
    assert certificate_of(ann) == second


def test_one_that_ended_while_the_laptop_was_away_is_renewed_with_its_first_sync(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.child(given_name="Zoë")
    council.clock.move(days=3 * 365)
    assert words_of(ann).startswith("The certificate you sign documents with ended on 26 March 2028. Sync once")
    ann.synced()

    assert certificate_of(ann).not_valid_after_utc > council.clock() + timedelta(days=700)
    assert ann.vault.outbox.count() == 0


def test_after_a_lost_answer_the_same_certificate_is_asked_for_again(council: Council, join: Join) -> None:
    ann = join("ann")
    council.clock.move(days=700)
    ann.synced()
    kept = ann.vault.settings.get(CERTIFICATE)
    key = kept.key_pem
    ann.vault.settings.put(certificate_renewal.NEXT_KEY, key)
    ann.vault.settings.put(CERTIFICATE, type(kept)(_ended_chain(council), key))
    ann.synced()

    assert ann.vault.settings.get(CERTIFICATE).chain_pem == kept.chain_pem


def _ended_chain(council: Council) -> str:
    """Of an officer whose certificate ended long ago."""
    authority, long_ago = council.service.authority, START
    request = certificate_renewal.request_for(ec.generate_private_key(ec.SECP256R1()))
    made = authority.issue_officer(request, officer_id=OfficerId("ann"), name="Ann", council="Rotherham", now=long_ago)
    return made.public_bytes(Encoding.PEM).decode() + authority.between_pem


def test_a_withdrawn_issuing_key_renews_every_officers_certificate(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.synced()
    first = certificate_of(ann)
    council.clock.move(days=1)
    key_folder.issue(council.home.keys, council.root(), hosts=[], now=council.clock(), withdraw=True)
    council.stop()
    council.restart()
    ann.synced()

    assert certificate_of(ann).issuer == council.service.authority.certificate.subject
    certificate_of(ann).verify_directly_issued_by(council.service.authority.certificate)
    assert certificate_of(ann) != first
    assert words_of(ann) == ""


def test_a_service_that_runs_on_with_keys_of_before_says_so_and_certifies_itself_no_more(
    council: Council, caplog: pytest.LogCaptureFixture
) -> None:
    key_folder.issue(council.home.keys, council.root(), hosts=[], now=council.clock(), withdraw=True)
    made = (council.home.keys / "server.pem").read_bytes()
    council.clock.move(days=800)
    _look_at_certificates(council.service)

    assert START_ANEW in caplog.text
    assert (council.home.keys / "server.pem").read_bytes() == made


def test_a_withdrawn_laptop_gets_no_new_certificate(council: Council, join: Join) -> None:
    ann = join("ann")
    ann.synced()
    first = certificate_of(ann)
    with council.service.database.writing() as connection:
        revoking.revoke(connection, DeviceId(str(ann.device["id"])), "drain", council.clock())
    council.clock.move(days=700)
    ann.sync()

    assert certificate_of(ann) == first


def test_the_services_certificate_never_ends_while_its_issuing_key_lasts(tmp_path: Path) -> None:
    authority, now, renewed = found_keys(tmp_path / "central", START, ["homeward.example"]), START, set()
    while now < authority.certificate.not_valid_after_utc - timedelta(days=1):
        now += timedelta(days=20)
        certificate_ends.renew_if_soon(authority, now)
        service, stamping, issuing, root = certificate_ends.endings(authority)
        renewed.add(service.starts)
        assert now - stamping.starts < timedelta(days=400)
        assert service.ends > min(now + timedelta(days=40), issuing.ends - timedelta(days=1))
        assert "homeward.example" in key_folder.hosts_of(authority.folder)
    assert len(renewed) == 3
    assert "keys issue" in issuing.words(now)
    assert root.words(now) == ""
    key_folder.issue(authority.folder, key_folder.open_root(authority.folder, KEEPERS[:2]), hosts=[], now=now)
    assert [each.words(now) for each in certificate_ends.endings(Authority.open(authority.folder))] == [""] * 4


def test_a_service_that_starts_with_an_ended_certificate_shows_a_new_one_without_a_restart(tmp_path: Path) -> None:
    """Two years and some on, by the machine's own clock; laptops say "ended" before, and nothing after."""
    home, then = Home(tmp_path / "central"), datetime.now(UTC) - timedelta(days=900)
    founding.found(home, name="Rotherham", database=None, hosts=[], now=then, keeping=keeping(home.folder))
    authority = Authority.open(home.keys)
    with answering(server(authority), b"") as url:
        assert ask(url, pinned(authority.pem)) == ENDED
    clock = Clock.real()
    clock.at = START
    council = Council(home, clock, Service.open(home, now=clock))
    council.start()
    try:
        shown = _shown(council)
        while shown.not_valid_after_utc < datetime.now(UTC):
            shown = _shown(council)
        with httpx.Client(base_url=council.url, verify=pinned(authority.pem), trust_env=False, timeout=120) as client:
            told = client.get("/metrics").text
    finally:
        council.stop()

    assert "homeward_service_certificate_days 824\n" in told
    assert "homeward_issuing_certificate_days 924\n" in told


def _shown(council: Council) -> x509.Certificate:
    """What the service shows just now, whatever it is worth."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", council.port)) as line, context.wrap_socket(line) as spoken:
        return x509.load_der_x509_certificate(spoken.getpeercert(binary_form=True) or b"")


@pytest.mark.parametrize("which", ["issuing", "root"])
def test_what_two_keepers_must_see_to_is_said_half_a_year_before(tmp_path: Path, which: str) -> None:
    authority = found_keys(tmp_path / "central", START)
    (ending,) = (each for each in certificate_ends.endings(authority) if each.which == which)

    assert ending.words(ending.ends - timedelta(days=181)) == ""
    assert f"{which} certificate ends on" in ending.words(ending.ends - timedelta(days=179))
    assert f"{which} certificate ended on" in ending.words(ending.ends + timedelta(days=1))
