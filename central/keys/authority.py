"""The keys the running service works with: they certify officers and the service itself, and say who no longer counts.

The council's root is not among them (`council_root`). A council founded before there were issuing keys works with its
root until its administrators part the two (`homeward-central keys protect`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casework.errors import AnswerError
from casework.identifiers import OfficerId
from casework.wire.council_roots import RootStep, before, read_steps
from casework.wire.laptop_messages import RecoveryTold
from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import key_files
from central.keys.certificate_parts import (
    begun,
    certificate_pem,
    general_name,
    key_identifier,
    named,
    private_pem,
    requested_key,
    usage,
)

SERVER_LIFE = timedelta(days=825)
OFFICER_LIFE = timedelta(days=730)
CRL_LIFE = timedelta(days=30)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
DAMAGED = "The council's key is not one Homeward made, or is damaged. Bring it back from a backup."
NOT_RUNNING_YET = (
    "There is no issuing key in this folder: a backup carries none. Two keepers make one with "
    "“homeward-central keys issue”."
)
_LEAF = x509.BasicConstraints(ca=False, path_length=None)


@dataclass(frozen=True)
class Authority:
    """The council's root certificate, and the issuing certificate below it with its key; none in a backup's folder."""

    folder: Path
    root: x509.Certificate
    certificate: x509.Certificate
    held: ec.EllipticCurvePrivateKey | None

    @classmethod
    def open(cls, folder: Path) -> Authority:
        """Raises AnswerError for keys that Homeward did not make, or that are damaged."""
        protected = key_files.is_protected(folder)
        named_so = (key_files.ISSUING, key_files.ISSUING_KEY) if protected else (key_files.ROOT, key_files.BARE_ROOT)
        certificate, key = (folder / name for name in named_so)
        try:
            private = _p256(key) if key.exists() or not protected else None
            return cls(folder, _certificate(folder / key_files.ROOT), _certificate(certificate), private)
        except ValueError as error:
            raise AnswerError(DAMAGED) from error

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Raises CentralError where the folder came from a backup."""
        if self.held is None:
            raise CentralError(NOT_RUNNING_YET)
        return self.held

    @property
    def is_protected(self) -> bool:
        """Whether the root lies apart from what the service works with."""
        return self.certificate != self.root

    @property
    def pem(self) -> str:
        """The root's, which laptops pin."""
        return certificate_pem(self.root)

    @property
    def steps(self) -> list[RootStep]:
        """From each root to the next; none where there was but one."""
        file = self.folder / key_files.STEPS
        return read_steps(file.read_bytes()) if file.exists() else []

    @property
    def roots(self) -> list[x509.Certificate]:
        """Every one there was, the newest first."""
        return [self.root, *before(self.root, self.steps)]

    @property
    def roots_pem(self) -> str:
        """What documents of any time are checked by."""
        return "".join(map(certificate_pem, self.roots))

    @property
    def der(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.DER)

    @property
    def fingerprint(self) -> str:
        return self.root.fingerprint(hashes.SHA256()).hex()

    @property
    def between_pem(self) -> str:
        """What stands between a certificate of the service's making and the root; empty where nothing does."""
        return certificate_pem(self.certificate) if self.is_protected else ""

    @property
    def recovery_public_pem(self) -> str:
        return (self.folder / key_files.RECOVERY_PUBLIC).read_text(encoding="ascii")

    @property
    def recovery_told(self) -> RecoveryTold | None:
        """None where the root has not signed it yet: no laptop would take it."""
        signed = self.folder / key_files.RECOVERY_SIGNED
        if not signed.exists():
            return None
        return RecoveryTold(public_pem=self.recovery_public_pem, signature=signed.read_text(encoding="ascii"))

    @property
    def server_files(self) -> tuple[Path, Path]:
        """Certificate chain and key, for TLS."""
        return self.folder / key_files.SERVER, self.folder / key_files.SERVER_KEY

    def issue_server(self, hosts: Iterable[str], now: datetime) -> None:
        """A fresh certificate for the service, good for loopback and the named hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [general_name(host) for host in dict.fromkeys([*LOOPBACK, *hosts])]
        subject = named(NameOID.COMMON_NAME, "Homeward central service")
        certificate = (
            begun(subject, key.public_key(), issuer=self.certificate, now=now, life=SERVER_LIFE)
            .add_extension(_LEAF, critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(usage(digital_signature=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        chain, key_file = self.server_files
        write_private(key_file, private_pem(key))
        write_private(chain, (certificate_pem(certificate) + self.between_pem + self.pem).encode())

    def issue_officer(
        self, csr_pem: str, *, officer_id: OfficerId, name: str, council: str, now: datetime
    ) -> x509.Certificate:
        """A certificate to sign documents with. The request gives the key; who it belongs to is for us to say."""
        key = requested_key(csr_pem)
        # a serial number takes only the letters of a telex: an officer named by a mail address could not join
        subject = named(NameOID.COMMON_NAME, name, (NameOID.ORGANIZATION_NAME, council), (NameOID.USER_ID, officer_id))
        return (
            begun(subject, key, issuer=self.certificate, now=now, life=OFFICER_LIFE)
            .add_extension(_LEAF, critical=True)
            .add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def revocations(self, serials: Iterable[tuple[int, datetime]], *, number: int, now: datetime) -> str:
        """The list of officers' certificates that no longer count, PEM; before it what it is checked with: the issuing
        certificate, and the root's own list of withdrawn issuing keys."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now)
            .next_update(now + CRL_LIFE)
            .add_extension(x509.CRLNumber(number), critical=False)
            .add_extension(key_identifier(self.certificate), critical=False)
        )
        for serial, at in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        made = builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        return made + self.between_pem + self._withdrawn_issuing()

    def issuing_since(self) -> datetime:
        """When the issuing key last changed: lists from before do not tell of it."""
        return self.certificate.not_valid_before_utc + timedelta(hours=1)

    def _withdrawn_issuing(self) -> str:
        file = self.folder / key_files.WITHDRAWN
        return file.read_text(encoding="ascii") if file.exists() else ""


def _certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def _p256(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = "not a key on a curve"
        raise ValueError(message)
    return key
