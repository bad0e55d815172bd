"""The council's root: what every laptop pinned when it joined. It is opened by two keepers, for one deed, and put away.

It certifies the issuing key that the running service works with, withdraws one that is in other hands, and signs the
orders by which a laptop erases itself. Nothing that runs by itself ever holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from central.database.errors import CentralError
from central.keys.certificate_parts import begun, key_identifier, named, usage
from central.keys.kept_key import DAMAGED

ROOT_LIFE = timedelta(days=3650)
ISSUING_LIFE = timedelta(days=1825)


@dataclass(frozen=True)
class CouncilRoot:
    """Its certificate and its key, and who opened it: nobody, where a test or the founding has just made it."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    by: tuple[str, ...] = ()

    @classmethod
    def make(cls, council: str, now: datetime, *, since: str = "") -> CouncilRoot:
        """`since`: in the name of a later one, so that people can tell them apart."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = f"{council} Homeward authority {since}".rstrip()
        subject = named(NameOID.COMMON_NAME, name, (NameOID.ORGANIZATION_NAME, council))
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + ROOT_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
            .add_extension(usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(identifier, critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate, key)

    @classmethod
    def of(cls, certificate: x509.Certificate, key_der: bytes, by: tuple[str, ...] = ()) -> CouncilRoot:
        """Raises CentralError for a key that is not this certificate's."""
        key = serialization.load_der_private_key(key_der, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise CentralError(DAMAGED)
        return cls(certificate, key, by)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def council(self) -> str:
        """Its name, as it was when this root was founded."""
        said = self.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
        return said if isinstance(said, str) else said.decode()

    def issuing(self, key: ec.EllipticCurvePublicKey, now: datetime) -> x509.Certificate:
        """For the running service: it may certify officers and the service, and no other authority."""
        return (
            begun(self._issuing_name(), key, issuer=self.certificate, now=now, life=ISSUING_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def _issuing_name(self) -> x509.Name:
        """A root made before there were issuing keys allows no authority of another name below itself, but its own
        under a new key (RFC 5280, 4.2.1.9): laptops that pinned it go on believing it."""
        allowed = self.certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
        if allowed == 0:
            return self.certificate.subject
        return named(NameOID.COMMON_NAME, f"{self.council} Homeward issuing", (NameOID.ORGANIZATION_NAME, self.council))

    def withdrawals(self, serials: Iterable[tuple[int, datetime]], now: datetime) -> str:
        """Its own list, of issuing keys that no longer count; PEM. It stands until the next one."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now)
            .next_update(self.certificate.not_valid_after_utc)
            .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
            .add_extension(key_identifier(self.certificate), critical=False)
        )
        for serial, at in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def signed(self, text: str) -> str:
        """An order's signature, in hexadecimal."""
        return self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256())).hex()
