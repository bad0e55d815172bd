"""Certifying a PDF with the officer's own certificate: PAdES B-B, offline; no further change is allowed but, where room
was left for it, the signature of the manager who checks it.

The certificate is P-256, issued by the council at enrolment. The time is this laptop's; nobody else vouches for it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.content import PdfContent, RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from casework.errors import DocumentError
from desktop.documents.pdf.protection import protected
from desktop.documents.tagging import FIELD
from judgement.signature_form import CHECKER

# The page already shows the name, the time and the ink; a stamp of pyHanko's would cover them.
_NOTHING = StaticStampStyle(border_width=0, background=RawContent(b" ", box=BoxConstraints(10, 10)))

_ROOM = 1_536  # bytes that a signature takes beside its certificates; to try how many took as long as to sign
_AS_DRAWN = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0))


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


def seal_pdf(
    unsigned: bytes,
    identity: Identity,
    *,
    reason: str,
    place: str,
    at: datetime,
    leaves_room: bool = False,
    password: str = "",
) -> bytes:
    """With a `password` it opens with that alone. Raises DocumentError when the certificate on this laptop cannot be
    used."""
    details = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=identity.name,
        reason=reason,
        location=place,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS if leaves_room else MDPPerm.NO_CHANGES,
    )
    document = protected(unsigned, password) if password else unsigned
    return _signed(document, details, identity, _NOTHING, at, password)


def countersign_pdf(sealed: bytes, identity: Identity, *, shown: bytes, reason: str, place: str, at: datetime) -> bytes:
    """The manager's signature in the room that was left for it; `shown`: a page of that size, drawn. What was sealed
    stays byte for byte. Raises DocumentError when the certificate on this laptop cannot be used."""
    details = signers.PdfSignatureMetadata(
        field_name=CHECKER,
        md_algorithm="sha256",
        name=identity.name,
        reason=reason,
        location=place,
        subfilter=SigSeedSubFilter.PADES,
    )
    style = StaticStampStyle(
        border_width=0, background=_Shown(shown), background_opacity=1.0, background_layout=_AS_DRAWN
    )
    return _signed(sealed, details, identity, style, at)


def room_left(sealed: bytes) -> tuple[float, float] | None:
    """How wide and high the room for the manager's signature is; None where there is none, or it is taken."""
    try:
        fields = PdfFileReader(io.BytesIO(sealed)).root["/AcroForm"]["/Fields"]
        each = (fields[number] for number in range(len(fields)))  # only so are references followed
        found = next((field for field in each if field["/T"] == CHECKER and "/V" not in field), None)
    except (PdfError, KeyError):
        return None
    if found is None:
        return None
    left, low, right, high = (float(side) for side in found["/Rect"])
    return right - left, high - low


class _Shown(PdfContent):  # type: ignore[misc]  # pyHanko has no types
    """A drawn page as what a signature shows."""

    def __init__(self, page: bytes) -> None:
        self._page = PdfFileReader(io.BytesIO(page))
        _left, _low, wide, high = self._page.root["/Pages"]["/Kids"][0]["/MediaBox"]
        super().__init__(box=BoxConstraints(width=float(wide), height=float(high)))

    def render(self) -> bytes:
        self.resources.xobject["/Shown"] = self._ensure_writer.import_page_as_xobject(self._page)
        return b"/Shown Do"


def _signed(  # noqa: PLR0917 - what a signature is made of
    document: bytes, details: Any, identity: Identity, style: StaticStampStyle, at: datetime, password: str = ""
) -> bytes:
    out, by = io.BytesIO(), _signer(identity)
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    if password:
        writer.encrypt(password)
    signer = _Signer(details, signer=by, stamp_style=style)
    signer.at = at
    beside = sum(len(found.dump()) for found in (by.signing_cert, *by.cert_registry))
    signer.sign_pdf(writer, output=out, bytes_reserved=2 * (beside + _ROOM))
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
