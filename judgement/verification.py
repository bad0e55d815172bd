"""Checking a signed PDF: who signed it, when by that laptop's clock, and whether it is still what they signed."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature

from casework.dates_in_words import day, day_and_time
from casework.errors import NotOurPdf
from judgement.additions import lists_in
from judgement.attached import AttachedRecord, attached_in, page_hash
from judgement.certificates import Chain, may_sign, name_in, officer_in
from judgement.first_look import UNREAD, look
from judgement.password import unlock
from judgement.sealed_file import UNREADABLE, Signed, Trust, WholeFile, certificate_in, context_of, signed_by
from judgement.time_stamps import Seen
from judgement.verdict import Kept, Outcome, Verdict

UNSIGNED = "This PDF carries no signature, so nothing can be said about it."
PRACTICE = "This was made in practice, with invented children. It is no record of anybody, and nobody signed it."
_AHEAD = timedelta(days=1)  # more than clocks differ by


def check_pdf(
    source: bytes | BinaryIO,
    roots_pem: Sequence[str],
    *,
    lists: Sequence[str] = (),
    now: datetime | None = None,
    password: str = "",
) -> Verdict:
    """Raises NotOurPdf for a file about which nothing can be said; whatever is wrong with one of ours is a Verdict."""
    _quiet()
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    signatures = _signatures(stream, password)
    trust = Trust.of(roots_pem, [*lists, *_lists_within(signatures[-1].reader)], now)
    signed = [signed_by(signature, trust) for signature in signatures]
    ours = [one for one in signed if one is not None]
    if ours:
        with_check = len(signed) == len(ours) == 2
        return _of_the_council(WholeFile(stream, ours[0], ours[1] if with_check else None, password), trust)
    return _of_another(signatures[-1], certificate_in(signatures[-1]))


def _lists_within(reader: PdfFileReader) -> list[str]:
    try:
        return lists_in(reader)
    except UNREADABLE:
        return []


def _of_the_council(whole: WholeFile, trust: Trust) -> Verdict:
    signed, counter = whole.author, whole.check
    when = None
    try:
        when = signed.when
        sound = whole.is_sound(trust)
    except UNREADABLE:
        return _changed(signed.name, None)
    if not sound or when is None:
        return _changed(signed.name, when)
    seen, kept = _seen(whole, signed, trust), _kept(whole, counter or signed, trust)
    verdict = _of_its_certificate(signed.chain, when, seen, trust) or _of_its_words(whole, when, seen, trust)
    verdict = replace(verdict, kept=kept)
    if counter is None or counter.when is None or not verdict.good:
        return verdict
    since, also = counter.when, _seen(whole, counter, trust)
    refused = _of_its_certificate(counter.chain, since, also, trust)
    return refused or _with_its_check(verdict, whole, since, also)


def _seen(whole: WholeFile, signed: Signed, trust: Trust) -> Seen:
    return Seen.of(whole.stamps(trust, signed), trust.time)


def _kept(whole: WholeFile, last: Signed, trust: Trust) -> Kept | None:
    stamps = whole.stamps(trust, last)
    return Kept(_seen(whole, last, trust).at, stamps[-1].at, stamps[-1].until) if stamps else None


def _with_its_check(verdict: Verdict, whole: WholeFile, when: datetime, seen: Seen) -> Verdict:
    """A second sentence, for a second signature."""
    signed, counter, said = whole.author, whole.check, day_and_time(when)
    if counter is None:
        return verdict
    if officer_in(counter.chain.signer) == officer_in(signed.chain.signer):
        text = f"{counter.name} signed this as its author and as the one who checked it, which nobody may. "
        return _refused(Outcome.CHECKED_BY_ITS_AUTHOR, f"{text}Do not rely on the check.", counter.name, said)
    text = f"{counter.name} checked it and signed that on {said}, by the clock of the laptop used."
    if seen.at is not None:
        text += f" The council’s service saw that on {day_and_time(seen.at)}."
    if withdrawn := counter.chain.withdrawn_on():
        text += f" The council has withdrawn {counter.name}’s certificate since, on {day(withdrawn.date())}"
        text += "; it was good when the service saw it." if seen.at is not None and seen.at < withdrawn else "."
    officer = officer_in(counter.chain.signer)
    return replace(verdict, sentence=f"{verdict.sentence} {text}", checked_by=counter.name, checked_officer=officer)


def _of_its_certificate(chain: Chain, when: datetime, seen: Seen, trust: Trust) -> Verdict | None:
    """What speaks against the certificate at the time of signing; None when nothing does."""
    signer, said = name_in(chain.signer), day_and_time(when)
    if not may_sign(chain.signer):
        text = f"This was sealed with a key of the council’s own service ({signer}), which signs no documents. "
        return _refused(Outcome.NOT_AN_OFFICER, f"{text}Do not rely on it.", signer, said)
    if not chain.held(when):
        text = f"It says {signer} signed it on {said}, when that certificate was not good. Do not rely on it."
        return _refused(Outcome.NOT_VALID_THEN, text, signer, said)
    if when > (seen.at or trust.time) + _AHEAD:
        saw = f"after the council’s service saw it on {day_and_time(seen.at)}" if seen.at else ""
        known = saw or "which is still to come"
        text = f"It says {signer} signed it on {said}, {known}: one of the two clocks is wrong."
        return _refused(Outcome.SIGNED_IN_THE_FUTURE, text, signer, said)
    withdrawn = chain.withdrawn_on()
    if withdrawn and withdrawn <= when:
        text = f"The council withdrew {signer}’s certificate on {day(withdrawn.date())}, before this was signed "
        return _refused(Outcome.WITHDRAWN_BEFORE, f"{text}on {said}. Do not rely on it.", signer, said)
    return None


def _of_its_words(whole: WholeFile, when: datetime, seen: Seen, trust: Trust) -> Verdict:
    """Whether whoever sealed it is who it says, and its pages are those that its record was attached to."""
    chain, reader = whole.author.chain, whole.author.signature.reader
    signer, said = name_in(chain.signer), day_and_time(when)
    found = attached_in(reader)
    if found is None or not found.is_record:
        return _good(chain, when, seen, trust, f"{signer} signed this on {said}, by the clock of the laptop used.")
    if found.page_hash and found.page_hash != page_hash(reader):
        text = f"The pages do not say what the record attached to them says, though {signer} sealed both on {said}. "
        return _refused(Outcome.PAGE_DIFFERS, f"{text}Do not rely on it: ask for a fresh copy.", signer, said)
    if not found.is_sealed_by(signer, officer_in(chain.signer)):
        text = f"It says it is {found.sealed_by}’s, but {signer} sealed it on {said}. Do not rely on it: ask "
        return _refused(Outcome.NOT_ITS_SIGNER, f"{text}{found.signed_by} for a fresh copy.", signer, said)
    return _good(chain, when, seen, trust, _told(found, said), found)


def _told(found: AttachedRecord, said: str) -> str:
    if found.made_by:
        return (
            f"A copy made by {found.made_by} of a record signed by {found.signed_by}. {found.made_by} sealed the copy "
            f"on {said}; {found.signed_by} signed the record on {found.signed_at}, by the clocks of the laptops used."
        )
    sealed = "" if found.signed_at == said else f" and sealed this copy on {said}"
    return f"{found.signed_by} signed this on {found.signed_at}{sealed}, by the clock of the laptop used."


def _good(  # noqa: PLR0917 - what a verdict is made of
    chain: Chain, when: datetime, seen: Seen, trust: Trust, begin: str, found: AttachedRecord | None = None
) -> Verdict:
    outcome = Outcome.COPY_BY_ANOTHER if found and found.made_by else Outcome.GOOD
    text, ends = f"{begin} Nothing has changed since.{seen.words}", chain.signer.not_valid_after
    withdrawn, known = chain.withdrawn_on(), chain.lists_of()
    if found and found.checked[0]:
        text += f" It says that {found.checked[0]} checked it on {found.checked_at}, for which "
        text += f"{name_in(chain.signer)} vouches."
    if withdrawn:
        outcome = Outcome.WITHDRAWN_SINCE
        text += seen.of_withdrawal(withdrawn)
    elif ends < trust.time:
        outcome = Outcome.ENDED_SINCE
        text += seen.of_end(ends)
    text += f" {_KNOWN.format(day(known.date())) if known else _NOT_KNOWN}"
    signed_at = found.signed_at if found else day_and_time(when)
    return Verdict(outcome, text, name_in(chain.signer), signed_at, intact=True, trusted=True, attached=found)


def _of_another(signature: Any, certificate: x509.Certificate | None) -> Verdict:
    """Another council's, or another program's: no rule about Homeward's own form says that it was changed."""
    signer = name_in(certificate) if certificate else ""
    by = f" by {signer}" if signer else ""
    try:
        status = validate_pdf_signature(signature, context_of([], None))
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


def _signatures(stream: BinaryIO, password: str) -> list[Any]:
    """At least one; time-stamps count only where there is nothing else. Raises NotOurPdf."""
    reader = _reader(stream, password)
    try:
        found = list(reader.embedded_regular_signatures) or list(reader.embedded_signatures)
    except UNREADABLE as error:
        raise NotOurPdf(UNREAD) from error
    if not found:
        attached = attached_in(reader)
        raise NotOurPdf(PRACTICE if attached is not None and attached.is_practice else UNSIGNED)
    return found


def _reader(stream: BinaryIO, password: str) -> PdfFileReader:
    look(stream)
    try:
        reader = PdfFileReader(stream, strict=False)  # other programs are less exact than the standard
        unlock(reader, password)
    except UNREADABLE as error:
        raise NotOurPdf(UNREAD) from error
    return reader


def _quiet() -> None:
    """It logs the names of signers."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


_KNOWN = "Checked against the council’s list of withdrawn certificates of {}."
_NOT_KNOWN = "No list of withdrawn certificates is here to check it against."
