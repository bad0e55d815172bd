"""The council's certificates, read by programs that are not ours."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from casework.errors import AnswerError
from casework.identifiers import OfficerId
from central.keys import key_folder
from central.keys.authority import Authority
from central.keys.certificate_parts import certificate_pem
from tests.central.keys.of_before import old_keys
from tests.central.running import KEEPERS, QUICK, START, found_keys


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found_keys(tmp_path / "central", START, ["homeward.example"])


def request(key: ec.EllipticCurvePrivateKey, name: str = "Somebody Else") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def issued(authority: Authority) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    return authority.issue_officer(
        request(key), officer_id=OfficerId("ann"), name="Ann Ōkafor", council="Rotherham", now=START
    )


def openssl(*arguments: str | Path) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False, timeout=30)
    return done.stdout + done.stderr


@pytest.fixture(params=["founded with keepers", "of before, protected since"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Authority:
    """Laptops that joined an older council pinned a root that allows no other authority's name below it."""
    if request.param == "founded with keepers":
        return found_keys(tmp_path / "central", START)
    keys = old_keys(tmp_path / "old", START)
    key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=tmp_path / "stick.key", cost=QUICK)
    return Authority.open(keys)


def test_openssl_believes_an_officers_certificate_until_it_is_revoked(either: Authority, tmp_path: Path) -> None:
    authority, certificate = either, issued(either)
    file, crl = tmp_path / "ann.pem", tmp_path / "crl.pem"
    file.write_text(certificate_pem(certificate))
    at = str(int((START + timedelta(hours=1)).timestamp()))
    root = str(authority.folder / "ca.pem")
    crl.write_text(authority.revocations([], number=1, now=START))
    between = ("-untrusted", authority.folder / "issuing.pem")
    trusted = ("verify", "-CAfile", root, *between, "-attime", at, "-crl_check", "-CRLfile", crl, file)
    assert openssl(*trusted).rstrip().endswith("ann.pem: OK")

    crl.write_text(authority.revocations([(certificate.serial_number, START)], number=2, now=START))
    assert "certificate revoked" in openssl(*trusted)


def test_the_name_is_the_councils_to_say(authority: Authority) -> None:
    certificate = issued(authority)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value

    assert "CN=Ann Ōkafor" in certificate.subject.rfc4514_string()
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize("officer_id", ["ann", "ann_okafor", "ann.okafor@council.example", "A" * 64])
def test_every_id_that_an_officer_may_have_is_in_the_certificate(authority: Authority, officer_id: str) -> None:
    """A mail address could not stand in a serial number, and joining ended in a fault of the service."""
    csr = request(ec.generate_private_key(ec.SECP256R1()))
    made = authority.issue_officer(csr, officer_id=OfficerId(officer_id), name="Ann", council="Rotherham", now=START)

    assert [one.value for one in made.subject.get_attributes_for_oid(NameOID.USER_ID)] == [officer_id]


@pytest.mark.parametrize(
    "csr", ["", "nonsense", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_a_request_that_is_none_is_refused(authority: Authority, csr: str) -> None:
    with pytest.raises(AnswerError):
        authority.issue_officer(csr, officer_id=OfficerId("ann"), name="Ann", council="X", now=START)


def test_another_curve_is_refused(authority: Authority) -> None:
    csr = request(ec.generate_private_key(ec.SECP384R1()))
    with pytest.raises(AnswerError):
        authority.issue_officer(csr, officer_id=OfficerId("ann"), name="Ann", council="X", now=START)


def test_keys_are_readable_by_their_owner_only(authority: Authority) -> None:
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in authority.folder.iterdir()}

    assert set(modes.values()) == {"0o600"}
    own = {"ca.pem", "ca.key.kept", "issuing.pem", "issuing.key.pem", "server.pem", "server.key.pem", "stamping.pem"}
    assert {*own, "recovery.pub.pem", "recovery.pub.sig", "recovery.notes.pem"} == set(modes)
