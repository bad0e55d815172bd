"""When the council’s service saw a document, by its own clock, and for how long that can be checked.

A time-stamp counts until its certificate ends or the key that made it is withdrawn; a later one over it carries it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import tsp, x509
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from casework.dates_in_words import day, day_and_time
from judgement.certificates import Chain, may_stamp

WITHDRAWN = " The council has withdrawn this certificate since, on {}"
NO_STAMP = " It carries no time-stamp: when it was signed, only that laptop’s clock says."


@dataclass(frozen=True)
class TimeStamp:
    """One that a service of a council that is trusted here gave."""

    signature: Any
    chain: Chain

    @property
    def at(self) -> datetime:
        said: tsp.TSTInfo = self.signature.signed_data["encap_content_info"]["content"].parsed
        found: datetime = said["gen_time"].native
        return found

    @property
    def revision(self) -> int:
        return int(self.signature.signed_revision)

    @property
    def until(self) -> datetime:
        """The last moment at which it shows anything."""
        ends: datetime = self.chain.signer.not_valid_after
        withdrawn = self.chain.withdrawn_on()
        return min(ends, withdrawn) if withdrawn else ends

    def is_sound(self) -> bool:
        """Over every byte before it, the last over the whole file; by a key that was made for this and good then."""
        is_last = self.revision == self.signature.reader.xrefs.total_revisions - 1
        covers = SignatureCoverageLevel.ENTIRE_FILE if is_last else SignatureCoverageLevel.ENTIRE_REVISION
        context = ValidationContext(trust_roots=[self.chain.root], allow_fetching=False, moment=self.at)
        status = validate_pdf_timestamp(self.signature, context, skip_diff=True)
        is_over_all = status.intact and status.valid and status.coverage is covers
        return bool(is_over_all and may_stamp(self.chain.signer) and self.chain.held(self.at))


@dataclass(frozen=True)
class Seen:
    """What the time-stamps over one signature come to. `first` is the one that was given first, `proven` the earliest
    that still shows something, by itself or because later ones carry it on."""

    first: TimeStamp | None = None
    proven: TimeStamp | None = None
    last: TimeStamp | None = None

    @classmethod
    def of(cls, stamps: Sequence[TimeStamp], now: datetime) -> Seen:
        """`stamps`: those over it, the oldest first."""
        if not stamps:
            return cls()
        proven, needed = None, now
        for stamp in reversed(stamps):
            if stamp.until < needed:
                break
            proven, needed = stamp, stamp.at
        return cls(stamps[0], proven, stamps[-1])

    @property
    def at(self) -> datetime | None:
        """Not later than this it was signed, as far as can be checked."""
        return self.proven.at if self.proven else None

    @property
    def words(self) -> str:
        if self.first is None:
            return NO_STAMP
        if self.proven is self.first:
            renewed = self.last is not self.first and self.last is not None
            more = f" The time-stamp was renewed on {day_and_time(self.last.at)}." if renewed and self.last else ""
            return f" The council’s service saw it on {day_and_time(self.first.at)}, by its own clock.{more}"
        text = (
            f" Its time-stamp of {day_and_time(self.first.at)} counted until {day(self.first.until.date())} and was "
            "not renewed before: when it was signed can no longer be checked"
        )
        return f"{text}, but it was there on {day_and_time(self.proven.at)}." if self.proven else f"{text}."

    def of_withdrawal(self, on: datetime) -> str:
        """The certificate was withdrawn after the day that the signature states."""
        begun = WITHDRAWN.format(day(on.date()))
        if self.at is not None and self.at < on:
            return f"{begun}; its service had seen this before, so it stays good."
        if self.at is not None:
            return f"{begun}, before its service saw this: that it was signed earlier, only that laptop’s clock says."
        return f"{begun}. That it was signed before then can no longer be checked: only that laptop’s clock says so."

    def of_end(self, on: datetime) -> str:
        begun = f" The certificate has ended since, on {day(on.date())}"
        if self.at is not None and self.at <= on:
            return f"{begun}; it was good when the service saw this."
        return (
            f"{begun}; it was good when this was signed, by that laptop’s clock, and nothing else shows when that was."
        )


def chains_known(stamps: Sequence[TimeStamp], others: Sequence[Chain]) -> list[x509.Certificate]:
    """Every certificate that something in the file was checked by."""
    return [each for chain in (*others, *(stamp.chain for stamp in stamps)) for each in chain.path]
