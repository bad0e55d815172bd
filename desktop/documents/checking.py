"""Checking a signed PDF: who signed it, when by that laptop's clock, and whether a byte has changed since."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from casework.canonical import JSON
from casework.errors import NotOurPdf
from casework.forms import say_time

MAX_BYTES = 200 * 1024 * 1024
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")
_UNREADABLE = (PdfError, SignatureValidationError, SigningError, ValueError, KeyError, TypeError, IndexError,
               AttributeError, RecursionError, OverflowError, NotImplementedError, AssertionError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """`good` only if every byte is as signed and the signer's certificate is the council's."""

    good: bool
    sentence: str
    signer: str = ""
    signed_at: str = ""
    intact: bool = False
    trusted: bool = False

    def to_json(self) -> dict[str, JSON]:
        return {
            "good": self.good,
            "sentence": self.sentence,
            "signer": self.signer,
            "signed_at": self.signed_at,
            "intact": self.intact,
            "trusted": self.trusted,
        }


def check_pdf(data: bytes, roots_pem: Sequence[str], *, at: datetime | None = None) -> Verdict:
    """Raises NotOurPdf for a file that is not a PDF with a signature; anything damaged is a Verdict."""
    signature = _signature(data)
    try:
        status = validate_pdf_signature(signature, _context(roots_pem, at))
    except _UNREADABLE:
        return _changed("", "")
    signer = str(status.signing_cert.subject.native.get("common_name", "")) if status.signing_cert else ""
    reported = status.signer_reported_dt
    when = say_time(reported) if reported else "a time it does not state"
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not (status.intact and status.valid and whole and status.docmdp_ok and _is_as_written(data, signature)):
        return _changed(signer, when)
    if not status.trusted:
        text = f"Nothing has changed since {signer} signed it, but with no certificate of a council this laptop knows."
        return Verdict(False, text, signer, when, intact=True)
    if not _holds_only(signature, status.validation_path):
        return _changed(signer, when)
    text = f"{signer} signed this on {when}, by the clock of the laptop used. Nothing has changed since."
    return Verdict(True, text, signer, when, intact=True, trusted=True)


def _is_as_written(data: bytes, signature: Any) -> bool:
    """The signature's own bytes, which it cannot cover itself: hex as it is written, the signature as Homeward puts it
    together, then nothing but noughts."""
    start, length, rest, _ = (int(number) for number in signature.byte_range)
    written = data[start + length : rest]
    held = written[1:-1]
    der = bytes.fromhex(held.decode("ascii")) if _HEX.fullmatch(held) else b""
    expected = _put_together(signature.signed_data)
    is_framed = written[:1] == b"<" and written[-1:] == b">"
    return is_framed and der.startswith(expected) and not any(der[len(expected) :])


def _put_together(signed: cms.SignedData) -> bytes:
    """The same signature made anew from its parts: what no check reads has one form only."""
    sha256 = cms.DigestAlgorithm({"algorithm": "sha256"})
    (found,) = signed["signer_infos"]
    parts = {name: found[name] for name in ("sid", "signed_attrs", "signature_algorithm", "signature")}
    anew = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": signed["certificates"],
        "signer_infos": [{"version": "v1", "digest_algorithm": sha256, **parts}],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(anew)}).dump())


def _holds_only(signature: Any, path: Any) -> bool:
    """The certificates beside the signature are those that it was checked by, to the byte."""
    trusted = {certificate.dump() for certificate in path}
    return all(found.chosen.dump() in trusted for found in signature.signed_data["certificates"])


def _changed(signer: str, when: str) -> Verdict:
    by = f" after {signer} signed it on {when}" if signer else " since it was signed"
    return Verdict(False, f"This file was changed{by}. Do not rely on it: ask for a fresh copy.", signer, when)


def _signature(data: bytes) -> Any:
    if len(data) > MAX_BYTES or not data.startswith(b"%PDF-"):
        message = "This is not a PDF that Homeward signed."
        raise NotOurPdf(message)
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
    except _UNREADABLE as error:
        message = "This PDF is damaged and cannot be checked. Ask for a fresh copy."
        raise NotOurPdf(message) from error
    if len(found) != 1:
        message = "This PDF carries no signature that Homeward made, so nothing can be said about it."
        raise NotOurPdf(message)
    return found[0]


def _context(roots_pem: Sequence[str], at: datetime | None) -> ValidationContext:
    roots = [
        x509.Certificate.load(der) for text in roots_pem for _, _, der in pem.unarmor(text.encode(), multiple=True)
    ]
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it logs the names of signers
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
