"""The council's certificate authority: its own certificate, the server's, the officers', the revocation list, and the
recovery key with which a forgotten passphrase is undone."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casework.errors import AnswerError
from central.home import write_private

CA_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=825)
OFFICER_LIFE = timedelta(days=730)
CRL_LIFE = timedelta(days=30)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Authority:
    """The council's root certificate and its key; a folder of PEM files on disk."""

    folder: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def found(cls, folder: Path, *, council: str, hosts: Iterable[str], now: datetime) -> Authority:
        """Makes every key the council needs."""
        key = ec.generate_private_key(ec.SECP256R1())
        authority = cls(folder, _root(council, key, now), key)
        write_private(folder / "ca.key.pem", _private_pem(key))
        write_private(folder / "ca.pem", authority.pem.encode())
        authority.issue_server(hosts, now)
        _found_recovery(folder)
        return authority

    @classmethod
    def open(cls, folder: Path) -> Authority:
        key = serialization.load_pem_private_key((folder / "ca.key.pem").read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            message = "The council's key is not one Homeward made."
            raise AnswerError(message)
        return cls(folder, x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes()), key)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def recovery_public_pem(self) -> str:
        return (self.folder / "recovery.pub.pem").read_text(encoding="ascii")

    @property
    def server_files(self) -> tuple[Path, Path]:
        """Certificate chain and key, for TLS."""
        return self.folder / "server.pem", self.folder / "server.key.pem"

    def issue_server(self, hosts: Iterable[str], now: datetime) -> None:
        """A fresh certificate for the service, good for loopback and the named hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [_general_name(host) for host in dict.fromkeys([*LOOPBACK, *hosts])]
        builder = (
            self._builder(_name(NameOID.COMMON_NAME, "Homeward central service"), key.public_key(), now, SERVER_LIFE)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(_usage(digital_signature=True), critical=True)
        )
        certificate = builder.sign(self.key, hashes.SHA256())
        chain, key_file = self.server_files
        write_private(key_file, _private_pem(key))
        write_private(chain, certificate.public_bytes(serialization.Encoding.PEM) + self.pem.encode())

    def issue_officer(
        self, csr_pem: str, *, officer_id: str, name: str, council: str, now: datetime
    ) -> x509.Certificate:
        """A certificate to sign documents with. The request gives the key; who it belongs to is for us to say."""
        request = _request(csr_pem)
        subject = _name(
            NameOID.COMMON_NAME, name, (NameOID.ORGANIZATION_NAME, council), (NameOID.SERIAL_NUMBER, officer_id)
        )
        return (
            self._builder(subject, request, now, OFFICER_LIFE)
            .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def revocations(self, serials: Iterable[tuple[int, datetime]], *, number: int, now: datetime) -> str:
        """The certificate revocation list, PEM."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now)
            .next_update(now + CRL_LIFE)
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        for serial, at in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def _builder(
        self, subject: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(min(now + life, self.certificate.not_valid_after_utc))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )


def certificate_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _root(council: str, key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    subject = _name(NameOID.COMMON_NAME, f"{council} Homeward authority"[:64], (NameOID.ORGANIZATION_NAME, council))
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, hashes.SHA256())
    )


def _found_recovery(folder: Path) -> None:
    key = x25519.X25519PrivateKey.generate()
    write_private(folder / "recovery.key.pem", _private_pem(key))
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    write_private(folder / "recovery.pub.pem", public)


def _request(csr_pem: str) -> ec.EllipticCurvePublicKey:
    found = None
    try:
        request = x509.load_pem_x509_csr(csr_pem.encode("ascii"))
        key = request.public_key()
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            found = key if request.is_signature_valid else None
    except ValueError:
        found = None
    if found is not None:
        return found
    message = "The certificate request is not a P-256 request signed with its own key."
    raise AnswerError(message)


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def _name(oid: x509.ObjectIdentifier, value: str, *more: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    pairs = [(oid, value), *more]
    return x509.Name([x509.NameAttribute(kind, text[:64]) for kind, text in pairs])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _private_pem(key: ec.EllipticCurvePrivateKey | x25519.X25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
