"""A time-stamp by the council's service in a sealed PDF, over every byte of it and over the lists of withdrawn
certificates that are put in with it. What was sealed stays byte for byte.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from asn1crypto import crl, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from casework.errors import DocumentError
from casework.wire.council_roots import roots_in
from casework.wire.withdrawals import CouncilLists
from judgement.additions import stamp_name
from judgement.signature_form import STAMP_TITLE

Ask = Callable[[bytes], bytes]  # a request and its reply, as RFC 3161 writes them
_ROOM = 12_288  # hexadecimal digits: a time-stamp with two certificates takes a third of it
_NOWHERE = InvisSigSettings(box_out_of_bounds=True)


def stamped(sealed: bytes, ask: Ask, roots_pem: str, lists_pem: str, password: str = "") -> bytes:
    """`lists_pem`: what the council has withdrawn, as just told. Whether the reply is what was asked for is for
    `judgement` to say. Raises DocumentError, and whatever `ask` raises."""
    try:
        writer = _Untouched(io.BytesIO(sealed))
        if password:
            writer.encrypt(password)
        certificates, lists = _within(roots_pem, lists_pem)
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certificates, crls=lists)
        name = stamp_name(len(writer.prev.embedded_timestamp_signatures))
        stamper = PdfTimeStamper(_Service(ask), name, _NOWHERE, STAMP_TITLE)
        out: io.BytesIO = stamper.timestamp_pdf(writer, "sha256", bytes_reserved=_ROOM)
    except (PdfError, SigningError, ValueError, OSError) as error:
        message = "The time-stamp could not be put into this file. Nothing in it was changed."
        raise DocumentError(message) from error
    return out.getvalue()


class _Untouched(IncrementalPdfFileWriter):  # type: ignore[misc]  # pyHanko has no types
    """Writes nothing of itself: not when, nor with what, the file was last changed."""

    def _update_meta(self) -> None:
        return


class _Service(TimeStamper):  # type: ignore[misc]  # pyHanko has no types
    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._ask(req.dump()))


def _within(roots_pem: str, lists_pem: str) -> tuple[list[x509.Certificate], list[Any]]:
    """What is signed by this council of it, with the certificates that it is checked with."""
    found = CouncilLists.read(roots_in(roots_pem), [lists_pem])
    certificates = [x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in found.issuing]
    return certificates, [crl.CertificateList.load(each.public_bytes(Encoding.DER)) for each in found.lists]
