"""What checking a PDF comes to: one outcome, and the sentence for it."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """`good` only if every byte is as signed, by the officer it names, with the council's certificate of that day."""

    outcome: Outcome
    sentence: str
    signer: str = ""
    signed_at: str = ""
    intact: bool = False
    trusted: bool = False
    attached: AttachedRecord | None = None
    checked_by: str = ""
    checked_officer: str = ""

    @property
    def good(self) -> bool:
        return self.outcome in _GOOD

    @property
    def untrue(self) -> bool:
        """Not what it claims to be; a file of another program, or of a council not known, is neither that nor good."""
        return self.outcome in _UNTRUE

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
        }
