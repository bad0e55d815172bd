"""A council's certificates, made afresh for a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from desktop.documents.sealing import Identity


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


class Council:
    """A root, and officers' certificates under it."""

    def __init__(self, name: str = "Ashmere Council") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._now = datetime.now(UTC)
        self._cert = self._issue(name, self._key.public_key(), name, ca=True)
        self.root_pem = self._cert.public_bytes(Encoding.PEM).decode()

    def officer(self, name: str) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = self._cert.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
        cert = self._issue(name, key.public_key(), str(issuer), ca=False)
        chain = cert.public_bytes(Encoding.PEM).decode() + self.root_pem
        return Identity(name, chain, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())

    def _issue(self, name: str, public: ec.EllipticCurvePublicKey, issuer: str, *, ca: bool) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, key_encipherment=False,
            data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(issuer))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=1))
            .not_valid_after(self._now + timedelta(days=365))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
