"""What stands in a file of the council's: two signatures at most, and time-stamps; and whether each is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from judgement.additions import (
    STAMPS_ONLY,
    WITH_THE_CHECK,
    holds_only_the_councils,
    in_their_places,
    is_only_stamped,
)
from judgement.certificates import Chain, name_in
from judgement.password import is_as_locked, unlock
from judgement.signature_form import holds_only, is_as_written
from judgement.time_stamps import TimeStamp, chains_known

UNREADABLE = (PdfError, SignatureValidationError, SigningError, ValueError, KeyError, TypeError, IndexError,
              AttributeError, RecursionError, ArithmeticError, NotImplementedError, AssertionError)  # fmt: skip
STAMPS = ModificationLevel.LTA_UPDATES  # nothing but time-stamps, and what they stand over


@dataclass(frozen=True)
class Trust:
    """What whoever checks knows: the roots of each council, their lists of withdrawn certificates, and the time."""

    councils: Sequence[Sequence[x509.Certificate]] = ()
    lists: Sequence[str] = ()
    now: datetime | None = None

    @classmethod
    def of(cls, roots_pem: Sequence[str], lists_pem: Sequence[str] = (), now: datetime | None = None) -> Trust:
        """Of a council that has had several roots, they stand in one text."""
        councils = [[x509.Certificate.load(der) for der in _ders(text)] for text in roots_pem]
        return cls(councils, [text for text in lists_pem if text], now)

    @property
    def time(self) -> datetime:
        return self.now or datetime.now(UTC)


@dataclass(frozen=True)
class Signed:
    """A signature by an officer, or a key, of a council that is trusted."""

    signature: Any
    chain: Chain

    @property
    def name(self) -> str:
        return name_in(self.chain.signer)

    @property
    def when(self) -> datetime | None:
        found = self.signature.self_reported_timestamp
        return found if isinstance(found, datetime) else None

    def is_sound(self, stream: BinaryIO, added: ModificationLevel, trust: Trust) -> bool:
        """Every byte of it is as Homeward writes it, and no more was added since than this."""
        context, signature = context_of([self.chain.root], self.when or trust.time), self.signature
        policy = STAMPS_ONLY if added is STAMPS else WITH_THE_CHECK
        status = validate_pdf_signature(signature, context, diff_policy=policy)
        is_last = signature.signed_revision == signature.reader.xrefs.total_revisions - 1
        covers = SignatureCoverageLevel.ENTIRE_FILE if is_last else SignatureCoverageLevel.ENTIRE_REVISION
        sound = status.intact and status.valid and status.coverage is covers and status.docmdp_ok
        is_bounded = sound and status.modification_level <= added
        return bool(is_bounded and is_as_written(stream, signature) and holds_only(signature, self.chain.path))


@dataclass(frozen=True)
class WholeFile:
    """All that was put into a file of the council’s, one thing after the other."""

    stream: BinaryIO
    author: Signed
    check: Signed | None
    password: str = ""

    def stamps(self, trust: Trust, over: Signed | None = None) -> tuple[TimeStamp, ...]:
        """The oldest first; of one signature those that came after it. Raises ValueError for one of nobody known."""
        found = [_stamp(each, trust) for each in self.author.signature.reader.embedded_timestamp_signatures]
        since = over.signature.signed_revision if over else -1
        return tuple(stamp for stamp in found if stamp.revision > since)

    def is_sound(self, trust: Trust) -> bool:
        """Strict: everything about it is as Homeward makes it, and nothing else is there."""
        stamps, check, author = self.stamps(trust), self.check, self.author
        others = [author.chain, *([check.chain] if check else [])]
        self.stream.seek(0)
        begins = self.stream.read(5)
        reader = PdfFileReader(self.stream)
        unlock(reader, self.password)
        return (
            begins == b"%PDF-"
            and is_as_locked(reader)
            and in_their_places(reader, has_check=check is not None)
            and author.when is not None
            and author.is_sound(self.stream, ModificationLevel.FORM_FILLING if check else STAMPS, trust)
            and (check is None or self._is_checked(check, trust))
            and all(self._is_stamp(stamp) for stamp in stamps)
            and holds_only_the_councils(author.signature.reader, chains_known(stamps, others), trust.councils)
        )

    def _is_checked(self, check: Signed, trust: Trust) -> bool:
        """In the room that was left for it."""
        author, before = self.author.signature, check.signature.signed_revision - 1
        is_let = author.docmdp_level is MDPPerm.FILL_FORMS
        is_let = is_let and is_only_stamped(author.reader, author.signed_revision, before)
        return is_let and check.when is not None and check.is_sound(self.stream, STAMPS, trust)

    def _is_stamp(self, stamp: TimeStamp) -> bool:
        is_written = is_as_written(self.stream, stamp.signature) and holds_only(stamp.signature, stamp.chain.path)
        return is_written and stamp.is_sound()


def signed_by(signature: Any, trust: Trust) -> Signed | None:
    certificate = certificate_in(signature)
    chain = _chain(signature, certificate, trust) if certificate else None
    return None if chain is None else Signed(signature, chain)


def _stamp(signature: Any, trust: Trust) -> TimeStamp:
    """Raises ValueError for one that no council known here vouches for: then it was not added by Homeward."""
    certificate = certificate_in(signature)
    chain = _chain(signature, certificate, trust) if certificate else None
    if chain is None:
        message = "a time-stamp of nobody known"
        raise ValueError(message)
    return TimeStamp(signature, chain)


def certificate_in(signature: Any) -> x509.Certificate | None:
    try:
        found = signature.signer_cert
    except UNREADABLE:
        return None
    return found if isinstance(found, x509.Certificate) else None


def _chain(signature: Any, signer: x509.Certificate, trust: Trust) -> Chain | None:
    """By whichever of the councils it was made."""
    try:
        beside = [each.chosen for each in signature.signed_data["certificates"] if each.name == "certificate"]
    except UNREADABLE:
        beside = []
    chains = (Chain.to(roots, signer, beside, trust.lists) for roots in trust.councils)
    return next((chain for chain in chains if chain is not None), None)


def context_of(roots: Sequence[x509.Certificate], moment: datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)


def _ders(text: str) -> list[bytes]:
    return [der for _, _, der in pem.unarmor(text.encode(), multiple=True)]
