"""What can be said of a document as years go by: each outcome its own sentence, by a clock that is moved."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from central.keys import time_stamping
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.paths import fonts
from judgement.verdict import SOON, Kept, Outcome
from tests.desktop.documents.conformance import conformance
from tests.judgement.service import START, Service
from tests.judgement.test_verification import nadias

SAW = "The council’s service saw it on 29 November 2026, 10:00, by its own clock."
PAGES = render(nadias(), fonts())


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path / "central")


@pytest.fixture
def nadia(service: Service) -> Identity:
    return service.officer("Nadia Brightwater", "nadia-1")


def sealed(service: Service, by: Identity) -> bytes:
    return seal_pdf(PAGES, by, reason="Signed", place="Rotherham", at=service.now)


def stamped(service: Service, by: Identity) -> bytes:
    """An hour after it was sealed."""
    document = sealed(service, by)
    service.move(hours=1)
    return service.stamp(document)


def test_when_the_service_saw_it_is_said_beside_when_the_laptop_says_it_was_signed(
    service: Service, nadia: Identity
) -> None:
    document = sealed(service, nadia)
    service.move(hours=1)
    without, with_one = service.verdict(document), service.verdict(service.stamp(document))

    assert "sealed this copy on 29 November 2026, 09:00, by the clock of the laptop used." in with_one.sentence
    assert SAW in with_one.sentence
    assert "It carries no time-stamp: when it was signed, only that laptop’s clock says." in without.sentence
    assert (without.good, with_one.good) == (True, True)
    assert with_one.to_json()["seen_at"] == "2026-11-29T10:00:00+00:00"
    assert with_one.to_json()["stamp_until"] == "2031-11-28T09:00:00+00:00"
    assert without.to_json()["seen_at"] is None


def test_programs_of_others_agree(service: Service, nadia: Identity, tmp_path: Path) -> None:
    """pyHanko's own validator, OpenSSL, poppler, and the checker of PDF/A and PDF/UA; a year later stamped again."""
    first = stamped(service, nadia)
    service.move(days=400)
    document, file = service.stamp(first), tmp_path / "stamped.pdf"
    file.write_bytes(document)
    roots = [x509.Certificate.load(pem.unarmor(service.authority.pem.encode())[2])]
    found = PdfFileReader(io.BytesIO(document)).embedded_signatures
    moment = START + timedelta(hours=2)

    def trusted() -> ValidationContext:
        return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)

    assert validate_pdf_signature(found[0], trusted()).bottom_line
    stamps = [validate_pdf_timestamp(each, _later(roots, each)) for each in found[1:]]
    assert [stamp.intact and stamp.valid and stamp.trusted for stamp in stamps] == [True, True]
    for number, each in enumerate(found[1:]):
        assert "Verification: OK" in _openssl(document, each, service, tmp_path / str(number))
    assert "CMS Verification successful" in _openssl_cms(document, found[0], service, tmp_path)
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert "Signature Validation: Signature is Valid." in told
    assert conformance(file) == ["PASS 3a", "PASS ua1"]


def _later(roots: list[x509.Certificate], stamp: Any) -> ValidationContext:
    said = stamp.signed_data["encap_content_info"]["content"].parsed
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=said["gen_time"].native)


def _openssl(document: bytes, stamp: Any, service: Service, folder: Path) -> str:
    """The token as it stands in the file, over the bytes that it says it is over."""
    folder.mkdir()
    start, size, rest, more = stamp.byte_range
    (folder / "data").write_bytes(document[start : start + size] + document[rest : rest + more])
    (folder / "token").write_bytes(stamp.pkcs7_content)
    (folder / "below.pem").write_text(service.authority.between_pem)
    at = str(int((service.now + timedelta(hours=1)).timestamp()))
    command = ["openssl", "ts", "-verify", "-data", str(folder / "data"), "-in", str(folder / "token"), "-token_in"]
    trusted = ["-CAfile", str(service.authority.folder / "ca.pem"), "-untrusted", str(folder / "below.pem")]
    done = subprocess.run([*command, *trusted, "-attime", at], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _openssl_cms(document: bytes, signature: Any, service: Service, folder: Path) -> str:
    """The officer’s own, as of the day it was made."""
    start, size, rest, more = signature.byte_range
    (folder / "signed").write_bytes(document[start : start + size] + document[rest : rest + more])
    (folder / "signature").write_bytes(signature.pkcs7_content)
    root, out = str(service.authority.folder / "ca.pem"), str(folder / "out")
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(folder / "signature"), "-out", out]
    at = str(int((START + timedelta(hours=2)).timestamp()))
    trusted = ["-content", str(folder / "signed"), "-CAfile", root, "-purpose", "any", "-attime", at]
    return subprocess.run([*command, *trusted], capture_output=True, text=True, check=False).stderr


def test_a_signer_withdrawn_after_the_service_saw_it_leaves_it_good(service: Service, nadia: Identity) -> None:
    document = stamped(service, nadia)
    service.move(days=30)
    service.withdraw(nadia)
    verdict = service.verdict(document)

    assert (verdict.outcome, verdict.good) == (Outcome.WITHDRAWN_SINCE, True)
    assert "since, on 29 December 2026; its service had seen this before, so it stays good." in verdict.sentence


def test_without_a_time_stamp_it_is_said_what_can_no_longer_be_checked(service: Service, nadia: Identity) -> None:
    document = sealed(service, nadia)
    service.move(days=30)
    service.withdraw(nadia)
    only_then = service.stamp(document)
    without, late = service.verdict(document), service.verdict(only_then)

    assert (
        "That it was signed before then can no longer be checked: only that laptop’s clock says so." in without.sentence
    )
    assert "before its service saw this: that it was signed earlier, only that laptop’s clock says." in late.sentence


def test_a_thief_who_sets_the_clock_back_is_not_helped_by_a_stamp(service: Service, nadia: Identity) -> None:
    """Signed with a stolen key after it was withdrawn, as if before."""
    service.move(days=30)
    service.withdraw(nadia)
    forged = seal_pdf(PAGES, nadia, reason="Signed", place="Rotherham", at=service.now - timedelta(days=10))
    service.move(hours=1)
    verdict = service.verdict(service.stamp(forged))

    assert "stays good" not in verdict.sentence
    assert "that it was signed earlier, only that laptop’s clock says." in verdict.sentence


def test_withdrawn_before_it_was_signed_is_refused_with_a_stamp_too(service: Service, nadia: Identity) -> None:
    service.withdraw(nadia)
    service.move(days=1)

    assert service.verdict(stamped(service, nadia)).outcome is Outcome.WITHDRAWN_BEFORE


def test_what_the_list_in_the_file_says_is_known_without_a_network(service: Service, nadia: Identity) -> None:
    verdict = service.verdict(stamped(service, nadia), told=False)

    assert "Checked against the council’s list of withdrawn certificates of 29 November 2026." in verdict.sentence


def test_a_laptop_whose_clock_was_ahead_of_the_services_is_said(service: Service, nadia: Identity) -> None:
    ahead = seal_pdf(PAGES, nadia, reason="Signed", place="Rotherham", at=service.now + timedelta(days=3))
    document = service.stamp(ahead)
    service.move(days=30)
    verdict = service.verdict(document)

    assert (verdict.outcome, verdict.good) == (Outcome.SIGNED_IN_THE_FUTURE, False)
    assert "after the council’s service saw it on 29 November 2026, 09:00: one of the two clocks" in verdict.sentence


def test_three_years_on_the_certificate_has_ended_and_it_was_good_when_it_was_seen(
    service: Service, nadia: Identity
) -> None:
    document = stamped(service, nadia)
    service.move(days=3 * 365)
    verdict = service.verdict(document)

    assert (verdict.outcome, verdict.good) == (Outcome.ENDED_SINCE, True)
    assert "ended since, on 28 November 2028; it was good when the service saw this." in verdict.sentence
    assert SAW in verdict.sentence


def test_without_renewal_its_time_stamp_ends(service: Service, nadia: Identity) -> None:
    document = stamped(service, nadia)
    service.move(days=6 * 365)
    verdict = service.verdict(document)

    assert verdict.good
    assert "counted until 28 November 2031 and was not renewed before" in verdict.sentence
    assert "when it was signed can no longer be checked." in verdict.sentence
    assert "by its own clock" not in verdict.sentence
    assert (
        "when it was signed can no longer be checked, but it was there on"
        in service.verdict(service.stamp(document)).sentence
    )


def test_thirty_years_on_it_is_still_known_when_it_was_seen(
    service: Service, nadia: Identity, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Stamped anew half a year before each stamp's certificate ends; a root lasts ten years, and another takes its
    place."""
    document, roots, renewals = stamped(service, nadia), [service.authority.pem], 0
    until = _until(service)
    for step in range(1, 66):
        service.move(days=170)
        if step % 20 == 0:
            service = Service(tmp_path / f"after-{step}", service.now)
            roots.append(service.authority.pem)
        if until - service.now < SOON:
            assert _checked(service, document, roots).until == until
            document, renewals = service.stamp(document), renewals + 1
            until = _until(service)
    record_property("bytes", len(document))

    assert service.now > START + timedelta(days=30 * 365)
    assert 6 <= renewals <= 9
    assert "The time-stamp was renewed on" in service.verdict(document, more_roots=roots).sentence
    assert service.verdict(document).outcome is Outcome.UNKNOWN_COUNCIL


def _until(service: Service) -> datetime:
    """Of the key that stamps now."""
    held = time_stamping.certificate_of(service.authority)
    assert held is not None
    return held.not_valid_after_utc


def _checked(service: Service, document: bytes, roots: list[str]) -> Kept:
    verdict = service.verdict(document, more_roots=roots)
    ended = service.now > START + timedelta(days=730)
    assert (verdict.good, verdict.outcome) == (True, Outcome.ENDED_SINCE if ended else Outcome.GOOD)
    assert SAW in verdict.sentence
    assert verdict.kept is not None
    return verdict.kept


def test_a_stamping_key_that_was_withdrawn_shows_nothing_unless_it_was_renewed_before(
    service: Service, nadia: Identity
) -> None:
    """The issuing key is in other hands, and with it whatever it certified."""
    document = stamped(service, nadia)
    service.move(days=30)
    service.issue_anew(withdraw=False)
    renewed = service.stamp(document)
    service.move(days=30)
    first = x509.Certificate.load(list(pem.unarmor(nadia.chain_pem.encode(), multiple=True))[1][2])
    withdrawn = service.root_list(first.serial_number)
    service.move(days=1)
    alone, carried = (service.verdict(each, lists=[withdrawn]) for each in (document, renewed))

    assert SAW not in alone.sentence
    assert SAW in carried.sentence
