"""Checking a signed PDF: who signed it, when by that laptop's clock, and whether it is still what they signed."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from casework.dates_in_words import day, day_and_time
from casework.errors import NotOurPdf
from judgement.attached import AttachedRecord, attached_in, page_hash
from judgement.certificates import Chain, may_sign, name_in, officer_in
from judgement.first_look import UNREAD, look
from judgement.signature_form import AUTHOR, CHECKER, holds_only, is_as_written
from judgement.verdict import Outcome, Verdict

UNREADABLE = (PdfError, SignatureValidationError, SigningError, ValueError, KeyError, TypeError, IndexError,
              AttributeError, RecursionError, OverflowError, NotImplementedError, AssertionError)  # fmt: skip
_AHEAD = timedelta(days=1)  # more than clocks differ by


@dataclass(frozen=True)
class Trust:
    """What whoever checks knows: councils' roots, their lists of withdrawn certificates, and the time."""

    roots: Sequence[x509.Certificate] = ()
    lists: Sequence[str] = ()
    now: datetime | None = None

    @classmethod
    def of(cls, roots_pem: Sequence[str], lists_pem: Sequence[str] = (), now: datetime | None = None) -> Trust:
        roots = [x509.Certificate.load(der) for text in roots_pem for der in _ders(text)]
        return cls(roots, [text for text in lists_pem if text], now)

    @property
    def time(self) -> datetime:
        return self.now or datetime.now(UTC)


def check_pdf(
    source: bytes | BinaryIO, roots_pem: Sequence[str], *, lists: Sequence[str] = (), now: datetime | None = None
) -> Verdict:
    """Raises NotOurPdf for a file about which nothing can be said; whatever is wrong with one of ours is a Verdict."""
    _quiet()
    trust = Trust.of(roots_pem, lists, now)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    signatures = _signatures(stream)
    signed = [_signed(signature, trust) for signature in signatures]
    ours = [one for one in signed if one is not None]
    if ours:
        with_check = len(signed) == len(ours) == 2
        return _of_the_council(stream, ours[0], ours[1] if with_check else None, trust)
    return _of_another(signatures[-1], _certificate(signatures[-1]))


@dataclass(frozen=True)
class _Signed:
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

    def is_sound(self, stream: BinaryIO, covers: SignatureCoverageLevel, trust: Trust) -> bool:
        """Every byte of it is as Homeward writes it, and nothing follows that it does not allow."""
        status = validate_pdf_signature(self.signature, _context([self.chain.root], self.when or trust.time))
        sound = status.intact and status.valid and status.coverage is covers and status.docmdp_ok
        return bool(sound and is_as_written(stream, self.signature) and holds_only(self.signature, self.chain.path))


def _of_the_council(stream: BinaryIO, signed: _Signed, counter: _Signed | None, trust: Trust) -> Verdict:
    """Strict: everything about it is as Homeward makes it, or it was changed."""
    try:
        when, since = signed.when, counter.when if counter else None
        sound = _is_sound(stream, signed, counter, trust)
    except UNREADABLE:
        return _changed(signed.name, None)
    if not sound or when is None:
        return _changed(signed.name, when)
    chain = signed.chain
    verdict = _of_its_certificate(chain, when, trust) or _of_its_words(stream, signed.signature, chain, when, trust)
    if counter is None or since is None or not verdict.good:
        return verdict
    return _of_its_certificate(counter.chain, since, trust) or _with_its_check(verdict, signed, counter, since)


def _is_sound(stream: BinaryIO, signed: _Signed, counter: _Signed | None, trust: Trust) -> bool:
    """Alone over the whole file; or first, with the manager's over it in the room that was left for that."""
    if counter is None:
        return signed.is_sound(stream, SignatureCoverageLevel.ENTIRE_FILE, trust) and _holds(stream, AUTHOR)
    return (
        signed.signature.docmdp_level is MDPPerm.FILL_FORMS
        and signed.is_sound(stream, SignatureCoverageLevel.ENTIRE_REVISION, trust)
        and counter.is_sound(stream, SignatureCoverageLevel.ENTIRE_FILE, trust)
        and counter.when is not None
        and _holds(stream, AUTHOR, CHECKER)
    )


def _with_its_check(verdict: Verdict, signed: _Signed, counter: _Signed, when: datetime) -> Verdict:
    """A second sentence, for a second signature."""
    said = day_and_time(when)
    if officer_in(counter.chain.signer) == officer_in(signed.chain.signer):
        text = f"{counter.name} signed this as its author and as the one who checked it, which nobody may. "
        return _refused(Outcome.CHECKED_BY_ITS_AUTHOR, f"{text}Do not rely on the check.", counter.name, said)
    text = f"{counter.name} checked it and signed that on {said}, by the clock of the laptop used."
    if withdrawn := counter.chain.withdrawn_on():
        text += f" The council has withdrawn {counter.name}’s certificate since, on {day(withdrawn.date())}."
    officer = officer_in(counter.chain.signer)
    return replace(verdict, sentence=f"{verdict.sentence} {text}", checked_by=counter.name, checked_officer=officer)


def _of_its_certificate(chain: Chain, when: datetime, trust: Trust) -> Verdict | None:
    """What speaks against the certificate at the time of signing; None when nothing does."""
    signer, said = name_in(chain.signer), day_and_time(when)
    if not may_sign(chain.signer):
        text = f"This was sealed with a key of the council’s own service ({signer}), which signs no documents. "
        return _refused(Outcome.NOT_AN_OFFICER, f"{text}Do not rely on it.", signer, said)
    if not chain.held(when):
        text = f"It says {signer} signed it on {said}, when that certificate was not good. Do not rely on it."
        return _refused(Outcome.NOT_VALID_THEN, text, signer, said)
    if when > trust.time + _AHEAD:
        text = f"It says {signer} signed it on {said}, which is still to come: one of the two clocks is wrong."
        return _refused(Outcome.SIGNED_IN_THE_FUTURE, text, signer, said)
    withdrawn = chain.withdrawn_on()
    if withdrawn and withdrawn <= when:
        text = f"The council withdrew {signer}’s certificate on {day(withdrawn.date())}, before this was signed "
        return _refused(Outcome.WITHDRAWN_BEFORE, f"{text}on {said}. Do not rely on it.", signer, said)
    return None


def _of_its_words(stream: BinaryIO, signature: Any, chain: Chain, when: datetime, trust: Trust) -> Verdict:
    """Whether whoever sealed it is who it says, and its pages are those that its record was attached to."""
    signer, said = name_in(chain.signer), day_and_time(when)
    found = attached_in(signature.reader)
    if found is None or not found.is_record:
        return _good(chain, when, trust, f"{signer} signed this on {said}, by the clock of the laptop used.")
    if found.page_hash and found.page_hash != page_hash(signature.reader):
        text = f"The pages do not say what the record attached to them says, though {signer} sealed both on {said}. "
        return _refused(Outcome.PAGE_DIFFERS, f"{text}Do not rely on it: ask for a fresh copy.", signer, said)
    if not found.is_sealed_by(signer, officer_in(chain.signer)):
        text = f"It says it is {found.sealed_by}’s, but {signer} sealed it on {said}. Do not rely on it: ask "
        return _refused(Outcome.NOT_ITS_SIGNER, f"{text}{found.signed_by} for a fresh copy.", signer, said)
    return _good(chain, when, trust, _told(found, said), found)


def _told(found: AttachedRecord, said: str) -> str:
    if found.made_by:
        return (
            f"A copy made by {found.made_by} of a record signed by {found.signed_by}. {found.made_by} sealed the copy "
            f"on {said}; {found.signed_by} signed the record on {found.signed_at}, by the clocks of the laptops used."
        )
    sealed = "" if found.signed_at == said else f" and sealed this copy on {said}"
    return f"{found.signed_by} signed this on {found.signed_at}{sealed}, by the clock of the laptop used."


def _good(chain: Chain, when: datetime, trust: Trust, begin: str, found: AttachedRecord | None = None) -> Verdict:
    outcome = Outcome.COPY_BY_ANOTHER if found and found.made_by else Outcome.GOOD
    text, ends = f"{begin} Nothing has changed since.", chain.signer.not_valid_after
    withdrawn, known = chain.withdrawn_on(), chain.lists_of()
    if found and found.checked[0]:
        text += f" It says that {found.checked[0]} checked it on {found.checked_at}, for which "
        text += f"{name_in(chain.signer)} vouches."
    if withdrawn:
        outcome = Outcome.WITHDRAWN_SINCE
        text += f" The council has withdrawn this certificate since, on {day(withdrawn.date())}."
    elif ends < trust.time:
        outcome = Outcome.ENDED_SINCE
        text += f" The certificate has ended since, on {day(ends.date())}; it was good when this was signed."
    text += f" {_KNOWN.format(day(known.date())) if known else _NOT_KNOWN}"
    signed_at = found.signed_at if found else day_and_time(when)
    return Verdict(outcome, text, name_in(chain.signer), signed_at, intact=True, trusted=True, attached=found)


def _of_another(signature: Any, certificate: x509.Certificate | None) -> Verdict:
    """Another council's, or another program's: no rule about Homeward's own form says that it was changed."""
    signer = name_in(certificate) if certificate else ""
    by = f" by {signer}" if signer else ""
    try:
        status = validate_pdf_signature(signature, _context([], None))
        intact, whole = status.intact and status.valid, status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    except UNREADABLE:
        return _of_a_program(Outcome.OTHER_UNREADABLE, by, "How it was signed cannot be read here.", signer)
    when = day_and_time(status.signer_reported_dt) if status.signer_reported_dt else ""
    if not intact:
        return _of_a_program(Outcome.OTHER_CHANGED, by, "What was signed has been changed since.", signer, when)
    if not whole and not status.docmdp_ok:
        return _of_a_program(Outcome.OTHER_ADDED_TO, by, "Something was added after it was signed.", signer, when)
    found = attached_in(signature.reader)
    if found is not None and found.is_record:
        text = f"Nothing has changed since {signer} signed it, but with no certificate of a council that is known here."
        return Verdict(Outcome.UNKNOWN_COUNCIL, text, signer, when, intact=True)
    on = f" on {when}" if when else ""
    said = "What was signed has not changed; who signed it cannot be vouched for here."
    return _of_a_program(Outcome.OTHER_PROGRAM, f"{by}{on}", said, signer, when, intact=True)


def _of_a_program(
    outcome: Outcome, by: str, said: str, signer: str = "", when: str = "", *, intact: bool = False
) -> Verdict:
    text = f"This was signed{by} with another program; it is not a document of Homeward. {said}"
    return Verdict(outcome, text, signer, when, intact=intact)


def _changed(signer: str, when: datetime | None) -> Verdict:
    said = day_and_time(when) if when else "a time it does not state"
    text = f"This file was changed after {signer} signed it on {said}. Do not rely on it: ask for a fresh copy."
    return Verdict(Outcome.CHANGED, text, signer, said)


def _refused(outcome: Outcome, text: str, signer: str, when: str) -> Verdict:
    return Verdict(outcome, text, signer, when, intact=True)


def _signatures(stream: BinaryIO) -> list[Any]:
    """At least one; time-stamps count only where there is nothing else. Raises NotOurPdf."""
    reader = _reader(stream)
    try:
        found = list(reader.embedded_regular_signatures) or list(reader.embedded_signatures)
    except UNREADABLE as error:
        raise NotOurPdf(UNREAD) from error
    if not found:
        message = "This PDF carries no signature, so nothing can be said about it."
        raise NotOurPdf(message)
    return found


def _reader(stream: BinaryIO) -> PdfFileReader:
    look(stream)
    try:
        reader = PdfFileReader(stream, strict=False)  # other programs are less exact than the standard
        locked = reader.encrypted
    except UNREADABLE as error:
        raise NotOurPdf(UNREAD) from error
    if locked:
        message = "This PDF is locked with a password, so its signature cannot be checked. Save it without one first."
        raise NotOurPdf(message)
    return reader


def _holds(stream: BinaryIO, *fields: str) -> bool:
    """Signatures in these places and no others, in a file that reads by the letter of the standard."""
    stream.seek(0)
    if stream.read(5) != b"%PDF-":
        return False
    return [found.field_name for found in PdfFileReader(stream).embedded_signatures] == list(fields)


def _signed(signature: Any, trust: Trust) -> _Signed | None:
    certificate = _certificate(signature)
    chain = _chain(signature, certificate, trust) if certificate else None
    return None if chain is None else _Signed(signature, chain)


def _certificate(signature: Any) -> x509.Certificate | None:
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
    chains = (Chain.to(root, signer, beside, trust.lists) for root in trust.roots)
    return next((chain for chain in chains if chain is not None), None)


def _context(roots: Sequence[x509.Certificate], moment: datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=moment)


def _ders(text: str) -> list[bytes]:
    return [der for _, _, der in pem.unarmor(text.encode(), multiple=True)]


def _quiet() -> None:
    """It logs the names of signers."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


_KNOWN = "Checked against the council’s list of withdrawn certificates of {}."
_NOT_KNOWN = "No list of withdrawn certificates is here to check it against."
