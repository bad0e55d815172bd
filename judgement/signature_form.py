"""The one form in which Homeward writes a signature: no signature covers its own bytes, so they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, BinaryIO

from asn1crypto import cms, core, x509

AUTHOR, CHECKER = "Author", "Checker"  # the places for whoever seals a document, and for the manager who checks it
STAMP, STAMP_TITLE = "Stamp", "Time-stamp by the council’s service"  # Stamp1, Stamp2 …
_HEX = re.compile(rb"(?:[0-9A-F]{2})+")


def is_as_written(stream: BinaryIO, signature: Any) -> bool:
    """Hex as it is written, the signature as Homeward puts it together, then nothing but noughts."""
    start, length, rest, _ = (int(number) for number in signature.byte_range)
    stream.seek(start + length)
    written = stream.read(rest - start - length)
    held = written[1:-1]
    der = bytes.fromhex(held.decode("ascii")) if _HEX.fullmatch(held) else b""
    expected = _put_together(signature.signed_data)
    is_framed = written[:1] == b"<" and written[-1:] == b">"
    return is_framed and der.startswith(expected) and not any(der[len(expected) :])


def holds_only(signature: Any, path: Iterable[x509.Certificate]) -> bool:
    """The certificates beside the signature are those that it was checked by, to the byte."""
    trusted = {certificate.dump() for certificate in path}
    beside = [found.chosen for found in signature.signed_data["certificates"]]
    return all(found.dump() in trusted and _has_one_form(found) for found in beside)


def _has_one_form(certificate: x509.Certificate) -> bool:
    """What no key covers of a certificate is the count of unused bits before its signature, which are none."""
    return bool(certificate["signature_value"].contents[:1] == b"\0")


def _put_together(signed: cms.SignedData) -> bytes:
    """The same signature made anew from its parts: what no check reads has one form only."""
    content = signed["encap_content_info"]
    is_stamp = content["content_type"].native == "tst_info"
    sha256 = cms.DigestAlgorithm({"algorithm": "sha256"})
    (found,) = signed["signer_infos"]
    parts = {name: found[name] for name in ("sid", "signed_attrs", "signature_algorithm", "signature")}
    anew = {
        "version": "v3" if is_stamp else "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": _stamped(content) if is_stamp else {"content_type": "data"},
        "certificates": signed["certificates"],
        "signer_infos": [{"version": "v1", "digest_algorithm": sha256, **parts}],
    }
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(anew)}).dump())


def _stamped(content: cms.EncapsulatedContentInfo) -> cms.EncapsulatedContentInfo:
    held = core.ParsableOctetString(bytes(content["content"]))
    return cms.EncapsulatedContentInfo({"content_type": "tst_info", "content": held})
