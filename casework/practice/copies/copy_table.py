"""Copies that went out: a form of their own for those of a plan, which the night may hold as it holds the plan."""

from __future__ import annotations

PLAN = "find_me_plan"
PLAN_COPY, COPY = "plan_copy", "copy_given"
COPIES = (PLAN_COPY, COPY)
CARD = "find_me_card"
POLICE_CARD = "find_me_card_police"  # with the harbouring notices that stand
EVERYTHING = "everything"  # of what the council’s service holds, for a subject access request


def form_of_copy(about_form: str) -> str:
    """Of a record of that form."""
    return PLAN_COPY if about_form == PLAN else COPY
