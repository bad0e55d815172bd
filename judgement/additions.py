"""What may be added to a document after its author sealed it: the manager's signature, and the council's time-stamps.

A time-stamp stands over everything before it, lists of withdrawn certificates among that. Nothing else is added: not a
word of metadata, not an object that nothing refers to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from asn1crypto import pem, x509
from cryptography import x509 as pyca
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.fields import MDPPerm

from casework.wire.withdrawals import CouncilLists
from judgement.signature_form import AUTHOR, CHECKER, STAMP, STAMP_TITLE

MOST_SIGNATURES = 40  # two officers’, and a time-stamp a year for as long as anything is kept
MOST_LISTS = 80
_STAMPED = ModificationLevel.LTA_UPDATES
_FIELD = {"/FT", "/T", "/TU", "/V", "/Type", "/Subtype", "/F", "/Rect", "/P"}
_HELD = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"}


def _policy(*more: Any) -> StandardDiffPolicy:
    rules = (DSSCompareRule, XrefStreamRule, ObjectStreamRule, *more)
    return StandardDiffPolicy(
        [CatalogModificationRule(), *(rule().as_qualified(_STAMPED) for rule in rules)],
        FormUpdatingRule([SigFieldCreationRule(), SigFieldModificationRule()]),
        ignore_orphaned_objects=False,
        ignore_identical_objects=False,
    )


STAMPS_ONLY = _policy()
WITH_THE_CHECK = _policy(MetadataUpdateRule, DocInfoRule)  # signing writes down when the file was last changed


def in_their_places(reader: PdfFileReader, *, has_check: bool) -> bool:
    """The author’s first, the manager’s once or not at all, time-stamps numbered as they came; one after the other,
    with nothing between them and nothing after."""
    found = reader.embedded_signatures
    if len(found) > MOST_SIGNATURES:
        return False
    stamps = [each for each in found if each.sig_object_type == "/DocTimeStamp"]
    officers = [each.field_name for each in found if each not in stamps]
    first = found[0].signed_revision
    return (
        found[0].field_name == AUTHOR
        and officers == ([AUTHOR, CHECKER] if has_check else [AUTHOR])
        and [each.field_name for each in stamps] == [stamp_name(number) for number in range(len(stamps))]
        and [each.signed_revision for each in found] == [*range(first, reader.xrefs.total_revisions)]
        and all(_is_bare(each) for each in stamps)
    )


def is_only_stamped(reader: PdfFileReader, since: int, until: int) -> bool:
    """Whether nothing but time-stamps came between these two revisions."""
    if until == since:
        return True
    old, new = reader.get_historical_resolver(since), reader.get_historical_resolver(until)
    found = STAMPS_ONLY.apply(old, new, doc_mdp=MDPPerm.FILL_FORMS)
    return bool(found.modification_level <= _STAMPED)


def stamp_name(number: int) -> str:
    return f"{STAMP}{number + 1}"


def lists_in(reader: PdfFileReader) -> list[str]:
    """The lists of withdrawn certificates that were put in, in PEM, whoever may have put them there."""
    return [pem.armor("X509 CRL", der).decode() for der in _streams(reader, "/CRLs")]


def holds_only_the_councils(
    reader: PdfFileReader, known: Iterable[x509.Certificate], councils: Sequence[Sequence[x509.Certificate]]
) -> bool:
    """Every certificate that was put in beside is one that something here was checked by, and every list is signed by
    one of them, or by a root of the council’s."""
    if "/DSS" not in reader.root:
        return True
    held = reader.root["/DSS"]
    certificates = {each.dump() for each in known}
    issuing = [pyca.load_der_x509_certificate(der) for der in certificates]
    roots = [[pyca.load_der_x509_certificate(root.dump()) for root in each] for each in councils]
    read = [CouncilLists.read(each, [], issuing) for each in roots]
    return (
        set(held) <= {"/Certs", "/CRLs"}
        and all(der in certificates for der in _streams(reader, "/Certs"))
        and all(_is_by_one(text, read) for text in lists_in(reader))
    )


def _is_by_one(text: str, councils: Sequence[CouncilLists]) -> bool:
    return any(CouncilLists.read(council.roots, [text], council.issuing).lists for council in councils)


def _streams(reader: PdfFileReader, name: str) -> Iterator[bytes]:
    if "/DSS" not in reader.root or name not in reader.root["/DSS"]:
        return
    held = reader.root["/DSS"][name]
    for number in range(min(len(held), MOST_LISTS + 1)):
        found = held[number]
        if not isinstance(found, generic.StreamObject) or number == MOST_LISTS:
            message = "not a stream, or too many of them"
            raise ValueError(message)
        yield bytes(found.data)


def _is_bare(stamp: Any) -> bool:
    """It says nothing and shows nothing on any page."""
    field, rectangle = stamp.sig_field, [float(side) for side in stamp.sig_field["/Rect"]]
    is_seen = rectangle[0] != rectangle[2] or rectangle[1] != rectangle[3]
    return not is_seen and set(field) == _FIELD and set(stamp.sig_object) == _HELD and field["/TU"] == STAMP_TITLE
