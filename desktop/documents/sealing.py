"""Certifying a PDF with the officer's own certificate: PAdES B-B, offline, no further change allowed.

The certificate is P-256, issued by the council at enrolment. The time is this laptop's; nobody else vouches for it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from casework.errors import DocumentError
from desktop.documents.tagging import FIELD

# The page already shows the name, the time and the ink; a stamp of pyHanko's would cover them.
_NOTHING = StaticStampStyle(border_width=0, background=RawContent(b" ", box=BoxConstraints(10, 10)))


@dataclass(frozen=True)
class Identity:
    """`chain_pem` starts with the officer's certificate and ends with the council's root; the key is PKCS #8 PEM."""

    name: str
    chain_pem: str
    key_pem: str


class _Signer(signers.PdfSigner):  # type: ignore[misc]  # pyHanko has no types
    """Writes the time of the laptop’s clock as Homeward reads it."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def seal_pdf(unsigned: bytes, identity: Identity, *, reason: str, place: str, at: datetime) -> bytes:
    """Raises DocumentError when the certificate on this laptop cannot be used."""
    details = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=identity.name,
        reason=reason,
        location=place,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(unsigned))
    signer = _Signer(details, signer=_signer(identity), stamp_style=_NOTHING)
    signer.at = at
    signer.sign_pdf(writer, output=out)
    return out.getvalue()


def _signer(identity: Identity) -> Any:
    try:
        chain = [x509.Certificate.load(der) for _, _, der in pem.unarmor(identity.chain_pem.encode(), multiple=True)]
        _, _, key = pem.unarmor(identity.key_pem.encode())
        private = keys.PrivateKeyInfo.load(key)
    except ValueError as error:
        message = "The signing certificate on this laptop cannot be read. Ask your administrator to enrol it again."
        raise DocumentError(message) from error
    store = SimpleCertificateStore()
    store.register_multiple(chain[1:])
    # Whoever checks has the root from elsewhere; a copy in here would be bytes that no signature covers.
    return signers.SimpleSigner(signing_cert=chain[0], signing_key=private, cert_registry=store, embed_roots=False)
