"""A case of missing education in both its shapes, read as one: until version 6 of the referral it stood in there, since
then in a record of its own, with the same names for the same answers. An old one stays and ends as it is."""

from __future__ import annotations

from collections.abc import Iterator

from casework.forms.versions import STEP
from casework.practice.lives.states import Answers, rows

REFERRAL, CASE = "cme_referral", "cme_case"
SHAPES = (CASE, REFERRAL)
ARRIVED_SINCE = 6  # from this version on, a referral is only what arrived


def keeps_case(form_id: str, version: int) -> bool:
    """Whether register, enquiries, outcome and roll are asked in such a record."""
    return form_id == CASE or (form_id == REFERRAL and version % STEP < ARRIVED_SINCE)


def is_what_arrived(form_id: str, version: int) -> bool:
    return form_id == REFERRAL and not keeps_case(form_id, version)


def referrals_of(case: Answers) -> Iterator[str]:
    """The referrals that a case was opened from, or that came while it was open."""
    named = (case.get("referral"), *(row.get("also_referral") for row in rows(case, "also_referred")))
    return (one for one in named if isinstance(one, str) and one)
