"""What can become of an operation, and the words for it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Outcome = Literal["accepted", "held", "quarantined"]


class Verdict(NamedTuple):
    """`code` is for programs, `detail` for the author and the supervisor."""

    outcome: Outcome
    code: str = ""
    detail: str = ""


ACCEPTED = Verdict("accepted")


def held(code: str, detail: str) -> Verdict:
    return Verdict("held", code, detail)


def quarantined(code: str, detail: str) -> Verdict:
    return Verdict("quarantined", code, detail)


DESTROYED = "destroyed"


def destroyed(why: str) -> Verdict:
    """`why`: on which day. Whoever decides can read it, and give it back or let it go."""
    return quarantined(DESTROYED, f"{why} A manager can read what you wrote.")


WAITS_FOR_ANOTHER = held("dependency_missing", "It follows an item that has not arrived yet.")
WAITS_FOR_NUMBER = held("dependency_missing", "An earlier item of the same laptop has not arrived yet.")
FORM_UNKNOWN = held("form_version_unknown", "The service does not have this version of the form yet.")
BAD_SIGNATURE = quarantined("bad_signature", "It does not carry the signature of the laptop and officer it names.")
ID_REUSED = quarantined("op_id_reuse", "Another item with the same number and different words came before it.")
OUT_OF_SCOPE = quarantined("out_of_scope", "The officer is not allocated to this child's record.")
EXISTS_ALREADY = quarantined("schema_invalid", "That record exists already.")
NOT_OF_THE_ROLE = quarantined("out_of_scope", "The officer's role may not write this form.")
ROLE_READS_ONLY = quarantined("out_of_scope", "The officer's role reads records and does not write them.")
LOCKED = quarantined("record_locked", "It changes a record that its author had already seen signed.")
REVOKED = quarantined("device_revoked", "The laptop has been withdrawn; a supervisor decides about its last items.")
TOO_LARGE = quarantined("too_large", "It is larger than any record can be.")
CONFLICT_OPEN = quarantined("conflict_open", "It signs a record in which two texts still stand for one question.")
LIFE_REFUSED = "life_refused"
COMMISSION_UNSAID = quarantined(
    LIFE_REFUSED, "Who held it is not said: answer “Another agency we asked”, then a manager’s check can follow."
)
NOT_WHAT_WAS_SIGNED = quarantined("content_differs", "The signed content is not what the record holds.")
