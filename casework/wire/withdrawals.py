"""What a council has said of its certificates: which issuing keys its root made, and what it has withdrawn since.

It travels as one text of PEM blocks: the service's list of officers' certificates, the issuing certificate it is
checked with, and the root's own list of issuing keys. Nothing in it is believed but what leads to a root of the
council, of which there are several once the first has been followed by another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec

_BLOCK = re.compile(r"-----BEGIN (CERTIFICATE|X509 CRL)-----[^-]+-----END \1-----")
List = x509.CertificateRevocationList


@dataclass(frozen=True)
class CouncilLists:
    """Under one council's roots."""

    roots: tuple[x509.Certificate, ...]
    issuing: tuple[x509.Certificate, ...] = ()
    lists: tuple[List, ...] = ()

    @classmethod
    def read(
        cls, roots: Iterable[x509.Certificate], texts: Iterable[str], issuing: Iterable[x509.Certificate] = ()
    ) -> CouncilLists:
        """`issuing`: certificates met elsewhere, such as beside a signature. What cannot be read counts for nothing."""
        roots = tuple(roots)
        blocks = [(match[1], match[0].encode()) for text in texts for match in _BLOCK.finditer(text)]
        known = [*issuing, *_read(x509.load_pem_x509_certificate, blocks, "CERTIFICATE")]
        lists = _read(x509.load_pem_x509_crl, blocks, "X509 CRL")
        ours = cls(roots, (), tuple(each for each in lists if _signed_by_one(each, roots)))
        good = tuple(each for each in known if any(is_issuing(each, root) for root in roots))
        still = [each for each in good if ours.withdrawn_on(each) is None]
        return cls(roots, good, tuple(each for each in lists if _signed_by_one(each, [*roots, *still])))

    def withdrawn_on(self, certificate: x509.Certificate) -> datetime | None:
        entries = [each.get_revoked_certificate_by_serial_number(certificate.serial_number) for each in self.lists]
        return min((entry.revocation_date_utc for entry in entries if entry is not None), default=None)

    def newest(self) -> datetime | None:
        """Of which day the newest of these lists is; None when there is none."""
        return max((each.last_update_utc for each in self.lists), default=None)

    def above(self, certificate: x509.Certificate) -> tuple[x509.Certificate, ...] | None:
        """What leads from this certificate to a root, which is the last of it; None when nothing does."""
        root = self._root_of(certificate)
        if root is not None:
            return (root,)
        below = next((each for each in self.issuing if issued_by(certificate, each)), None)
        root = self._root_of(below) if below else None
        return (below, root) if below and root else None

    def _root_of(self, certificate: x509.Certificate) -> x509.Certificate | None:
        return next((root for root in self.roots if issued_by(certificate, root)), None)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether this key made it, whenever that was and whatever has become of it; its own counts too."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def is_issuing(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """One that the root made to certify others with."""
    try:
        allowed = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (ValueError, x509.ExtensionNotFound):
        return False
    return allowed.ca and usage.key_cert_sign and certificate != root and issued_by(certificate, root)


def _signed_by_one(found: List, issuers: Iterable[x509.Certificate]) -> bool:
    keys = (issuer.public_key() for issuer in issuers)
    return any(isinstance(key, ec.EllipticCurvePublicKey) and found.is_signature_valid(key) for key in keys)


def _read(load, blocks: Sequence[tuple[str, bytes]], kind: str):  # type: ignore[no-untyped-def]
    found = []
    for named, block in blocks:
        if named == kind:
            try:
                found.append(load(block))
            except ValueError:
                continue
    return found
