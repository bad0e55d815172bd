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
from central.authority import Authority, certificate_pem
from tests.central.running import START


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority.found(tmp_path, council="Rotherham", hosts=["homeward.example"], now=START)


def request(key: ec.EllipticCurvePrivateKey, name: str = "Somebody Else") -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def issued(authority: Authority) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    return authority.issue_officer(request(key), officer_id="ann", name="Ann Ōkafor", council="Rotherham", now=START)


def openssl(*arguments: str | Path) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False, timeout=30)
    return done.stdout + done.stderr


def test_openssl_believes_an_officers_certificate_until_it_is_revoked(authority: Authority, tmp_path: Path) -> None:
    certificate = issued(authority)
    file, crl = tmp_path / "ann.pem", tmp_path / "crl.pem"
    file.write_text(certificate_pem(certificate))
    at = str(int((START + timedelta(hours=1)).timestamp()))
    root = str(authority.folder / "ca.pem")
    crl.write_text(authority.revocations([], number=1, now=START))
    trusted = ("verify", "-CAfile", root, "-attime", at, "-crl_check", "-CRLfile", crl, file)
    assert openssl(*trusted).rstrip().endswith("ann.pem: OK")

    crl.write_text(authority.revocations([(certificate.serial_number, START)], number=2, now=START))
    assert "certificate revoked" in openssl(*trusted)


def test_the_name_is_the_councils_to_say(authority: Authority) -> None:
    certificate = issued(authority)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value

    assert "CN=Ann Ōkafor" in certificate.subject.rfc4514_string()
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize(
    "csr", ["", "nonsense", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"]
)
def test_a_request_that_is_none_is_refused(authority: Authority, csr: str) -> None:
    with pytest.raises(AnswerError):
        authority.issue_officer(csr, officer_id="ann", name="Ann", council="X", now=START)


def test_another_curve_is_refused(authority: Authority) -> None:
    csr = request(ec.generate_private_key(ec.SECP384R1()))
    with pytest.raises(AnswerError):
        authority.issue_officer(csr, officer_id="ann", name="Ann", council="X", now=START)


def test_keys_are_readable_by_their_owner_only(authority: Authority) -> None:
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in authority.folder.iterdir()}

    assert set(modes.values()) == {"0o600"}
    assert {"ca.key.pem", "ca.pem", "recovery.key.pem", "recovery.pub.pem", "server.pem", "server.key.pem"} == set(
        modes
    )
