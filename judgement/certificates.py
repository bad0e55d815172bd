"""What a certificate says of who may sign, and what the council has said of it since.

The council's root certifies issuing keys, and those certify officers; an older council's root certified officers
itself. A council that has had several roots is one council: what any of them has withdrawn is withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from casework.identifiers import OfficerId
from casework.wire.withdrawals import CouncilLists


def name_in(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", ""))


def officer_in(certificate: x509.Certificate) -> OfficerId:
    """The officer's id, as the council put it there, first as a serial number; empty where none is stated."""
    said = certificate.subject.native
    return OfficerId(str(said.get("user_id") or said.get("serial_number", "")))


@dataclass(frozen=True)
class Chain:
    """From whoever signed to the council's root, with the issuing certificate between them if there is one."""

    path: tuple[x509.Certificate, ...]
    lists: CouncilLists

    @classmethod
    def to(
        cls,
        roots: Iterable[x509.Certificate],
        signer: x509.Certificate,
        beside: Iterable[x509.Certificate],
        texts: Sequence[str],
    ) -> Chain | None:
        """None when the council of these roots never made the certificate. `beside`: what the signature carries."""
        if not _is_readable(signer):
            return None
        read = [_pyca(each) for each in beside if _is_readable(each)]
        lists = CouncilLists.read([_pyca(root) for root in roots], texts, read)
        above = lists.above(_pyca(signer))
        return None if above is None else cls((signer, *(_asn1(each) for each in above)), lists)

    @property
    def signer(self) -> x509.Certificate:
        return self.path[0]

    @property
    def root(self) -> x509.Certificate:
        return self.path[-1]

    def held(self, moment: datetime) -> bool:
        """Whether each of them was good then."""
        return all(each.not_valid_before <= moment <= each.not_valid_after for each in self.path)

    def withdrawn_on(self) -> datetime | None:
        """The day the council withdrew it, or the key that made it."""
        days = [self.lists.withdrawn_on(_pyca(each)) for each in self.path[:-1]]
        return min((day for day in days if day is not None), default=None)

    def lists_of(self) -> datetime | None:
        """Of which day the newest list is that the council signed; None when there is none."""
        return self.lists.newest()


def may_sign(certificate: x509.Certificate) -> bool:
    """An officer's: not the council's root, not its service's, nor any other made for something else."""
    try:
        found = _pyca(certificate).extensions
        usage = found.get_extension_for_class(pyca.KeyUsage).value
    except (ValueError, pyca.ExtensionNotFound, pyca.InvalidVersion):
        return False
    special = any(isinstance(extension.value, pyca.ExtendedKeyUsage) for extension in found)
    return usage.digital_signature and usage.content_commitment and not usage.key_cert_sign and not special


def may_stamp(certificate: x509.Certificate) -> bool:
    """Made for time-stamps and for nothing else (RFC 3161, 2.3)."""
    try:
        found = _pyca(certificate).extensions
        usage = found.get_extension_for_class(pyca.KeyUsage).value
        purposes = found.get_extension_for_class(pyca.ExtendedKeyUsage)
    except (ValueError, pyca.ExtensionNotFound, pyca.InvalidVersion):
        return False
    is_alone = purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
    return is_alone and usage.digital_signature and not usage.key_cert_sign


def _is_readable(certificate: x509.Certificate) -> bool:
    """A damaged or strange one may be read by the one library and not by the other: it vouches for nobody."""
    try:
        # RFC 5280 4.1.2.2; asked of the bytes first, because pyca warns of it and will refuse it one day
        if certificate.serial_number <= 0:
            return False
        _pyca(certificate)
    except (ValueError, pyca.InvalidVersion):
        return False
    return True


def _pyca(certificate: x509.Certificate) -> pyca.Certificate:
    return pyca.load_der_x509_certificate(certificate.dump())


def _asn1(certificate: pyca.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
