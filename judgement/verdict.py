"""What checking a PDF comes to: one outcome, and the sentence for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casework.canonical import JSON
from judgement.attached import AttachedRecord


class Outcome(StrEnum):
    """Each has a sentence of its own; only the first four are good."""

    GOOD = "good"
    COPY_BY_ANOTHER = "copy_by_another"
    ENDED_SINCE = "certificate_ended_since"
    WITHDRAWN_SINCE = "certificate_withdrawn_since"
    CHANGED = "changed"
    CHECKED_BY_ITS_AUTHOR = "checked_by_its_author"
    NOT_ITS_SIGNER = "not_its_signer"
    PAGE_DIFFERS = "page_differs"
    NOT_THE_RECORD = "not_the_record"
    NOT_AN_OFFICER = "not_an_officer"
    NOT_VALID_THEN = "certificate_not_valid_then"
    SIGNED_IN_THE_FUTURE = "signed_in_the_future"
    WITHDRAWN_BEFORE = "certificate_withdrawn_before"
    UNKNOWN_COUNCIL = "unknown_council"
    OTHER_PROGRAM = "other_program"
    OTHER_ADDED_TO = "other_program_added_to"
    OTHER_CHANGED = "other_program_changed"
    OTHER_UNREADABLE = "other_program_unreadable"


_UNTRUE = frozenset(
    {
        Outcome.CHANGED,
        Outcome.CHECKED_BY_ITS_AUTHOR,
        Outcome.NOT_ITS_SIGNER,
        Outcome.PAGE_DIFFERS,
        Outcome.NOT_THE_RECORD,
        Outcome.NOT_AN_OFFICER,
        Outcome.NOT_VALID_THEN,
        Outcome.SIGNED_IN_THE_FUTURE,
        Outcome.WITHDRAWN_BEFORE,
        Outcome.OTHER_CHANGED,
        Outcome.OTHER_ADDED_TO,
    }
)
_GOOD = frozenset({Outcome.GOOD, Outcome.COPY_BY_ANOTHER, Outcome.ENDED_SINCE, Outcome.WITHDRAWN_SINCE})


SOON = timedelta(days=180)  # before a time-stamp's end: by then the council has a new key that lasts longer
_LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """By the council’s time-stamps: since when it is known to have been there, None when that can no longer be checked;
    when the newest was given, and until when that one counts."""

    seen: datetime | None
    newest: datetime
    until: datetime

    def is_enough(self, now: datetime) -> bool:
        """Whether another would add nothing yet: this one lasts, or was given lately by a key that lasts no longer."""
        return self.until - now >= SOON or now - self.newest < _LATELY <= self.until - now


@dataclass(frozen=True, slots=True)
class Verdict:
    """`good` only if every byte is as signed, by the officer it names, with the council's certificate of that day.
    `kept` is None where no time-stamp stands over the last signature of an officer."""

    outcome: Outcome
    sentence: str
    signer: str = ""
    signed_at: str = ""
    intact: bool = False
    trusted: bool = False
    attached: AttachedRecord | None = None
    checked_by: str = ""
    checked_officer: str = ""
    kept: Kept | None = None

    @property
    def good(self) -> bool:
        return self.outcome in _GOOD

    @property
    def untrue(self) -> bool:
        """Not what it claims to be; a file of another program, or of a council not known, is neither that nor good."""
        return self.outcome in _UNTRUE

    def wants_stamp(self, now: datetime) -> bool:
        """A good document without a time-stamp over it, or with one that ends soon."""
        return self.good and (self.kept is None or not self.kept.is_enough(now))

    def to_json(self) -> dict[str, JSON]:
        return {
            "good": self.good,
            "outcome": self.outcome.value,
            "sentence": self.sentence,
            "signer": self.signer,
            "signed_at": self.signed_at,
            "checked_by": self.checked_by,
            "intact": self.intact,
            "trusted": self.trusted,
            "seen_at": self.kept.seen.isoformat() if self.kept and self.kept.seen else None,
            "stamp_until": self.kept.until.isoformat() if self.kept else None,
        }
