"""A council's certificates, made afresh for a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.documents.sealing import Identity

Extensions = Sequence[x509.ExtensionType]
_SERVER = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _name(common: str, number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name([*parts, x509.NameAttribute(NameOID.SERIAL_NUMBER, number)] if number else parts)


class Council:
    """A root, and officers' certificates under it: by an issuing key, or by itself as older councils do."""

    def __init__(self, name: str = "Ashmere Council", *, issuing: bool = True) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._now = datetime.now(UTC)
        self._cert = self._issue(
            _name(name),
            self._key.public_key(),
            _name(name),
            _usage("key_cert_sign", "crl_sign"),
            ca=True,
            span=(-3650, 3650),
        )
        self.root_pem = self._cert.public_bytes(Encoding.PEM).decode()
        self._by, self._issuer, self.between_pem = self._key, self._cert, ""
        if issuing:
            self._begin_issuing(f"{name} issuing")

    def _begin_issuing(self, name: str) -> None:
        by = ec.generate_private_key(ec.SECP256R1())
        usage = _usage("digital_signature", "key_cert_sign", "crl_sign")
        self._issuer = self._issue(_name(name), by.public_key(), self._cert.subject, usage, ca=True, span=(-3650, 3650))
        self._by, self.between_pem = by, self._issuer.public_bytes(Encoding.PEM).decode()

    def withdrawn_issuing(self, at: datetime) -> str:
        """The root's own list, with the issuing key on it."""
        entry = x509.RevokedCertificateBuilder().serial_number(self._issuer.serial_number).revocation_date(at).build()
        made = x509.CertificateRevocationListBuilder().issuer_name(self._cert.subject).add_revoked_certificate(entry)
        made = made.last_update(self._now).next_update(self._now + timedelta(days=3000))
        return made.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def certified_by(self, officer: Identity, name: str) -> Identity:
        """What an officer's key certifies, which it may not."""
        key, by = ec.generate_private_key(ec.SECP256R1()), load_pem_private_key(officer.key_pem.encode(), None)
        issuer = x509.load_pem_x509_certificate(officer.chain_pem.encode())
        assert isinstance(by, ec.EllipticCurvePrivateKey)
        usage = _usage("digital_signature", "content_commitment")
        self._by, kept = by, self._by
        made = self._issue(_name(name), key.public_key(), issuer.subject, usage)
        self._by = kept
        return Identity(name, made.public_bytes(Encoding.PEM).decode() + officer.chain_pem, pem_of(key))

    def officer(self, name: str, number: str = "", *, starts: int = -1, days: int = 365) -> Identity:
        """`starts`: so many days from now."""
        usage = _usage("digital_signature", "content_commitment")
        return self._identity(name, number, usage, span=(starts, days))

    def service(self) -> Identity:
        """What the council's server shows; never made to sign a document."""
        return self._identity("Homeward central service", "", _usage("digital_signature"), (_SERVER,))

    def itself(self) -> Identity:
        """The council's own certificate and key."""
        return Identity("Ashmere Council", self.root_pem + self.root_pem, pem_of(self._key))

    def withdrawn(self, identity: Identity, at: datetime) -> str:
        """The list of withdrawn certificates, with this one on it."""
        serial = x509.load_pem_x509_certificate(identity.chain_pem.encode()).serial_number
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        made = x509.CertificateRevocationListBuilder().issuer_name(self._issuer.subject).add_revoked_certificate(entry)
        made = made.last_update(self._now).next_update(self._now + timedelta(days=30))
        return made.sign(self._by, hashes.SHA256()).public_bytes(Encoding.PEM).decode() + self.between_pem

    def _identity(
        self, name: str, number: str, usage: x509.KeyUsage, more: Extensions = (), span: tuple[int, int] = (-1, 365)
    ) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        cert = self._issue(_name(name, number), key.public_key(), self._issuer.subject, usage, more=more, span=span)
        return Identity(name, cert.public_bytes(Encoding.PEM).decode() + self.between_pem + self.root_pem, pem_of(key))

    def _issue(
        self,
        subject: x509.Name,
        public: ec.EllipticCurvePublicKey,
        issuer: x509.Name,
        usage: x509.KeyUsage,
        *,
        ca: bool = False,
        more: Extensions = (),
        span: tuple[int, int] = (-1, 365),
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now + timedelta(days=span[0]))
            .not_valid_after(self._now + timedelta(days=span[1]))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(usage, critical=True)
        )
        for extension in more:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(self._key if ca else self._by, hashes.SHA256())


def pem_of(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _usage(*names: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in names for name in _USAGES})
