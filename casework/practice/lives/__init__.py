"""The lives of records: their states, who may move them on, and what each move needs (domain B).

The lives themselves are data, in missing.py and education.py; this module only reads them.
Nobody moves a record: where it stands is read from its answers (standing.py). What the way there needs is asked before
they are kept, before they are signed and when they are taken in (forbidden_states.py); docs/practice.md is written from
the same tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.forms.conditions import is_answered
from casework.practice.lives import education, missing, school_places
from casework.practice.lives.life import Guard, Life, Move

__all__ = ["LIVES", "Guard", "Life", "Move", "guard_holds", "life_of", "moves_from"]


LIVES: Mapping[str, Life] = {
    "missing_episode": missing.EPISODE,
    "prevention_interview": missing.PREVENTION,
    "return_home_interview": missing.INTERVIEW,
    "find_me_plan": missing.PLAN,
    "safe_well_visit": education.VISIT,
    "ehe_case": education.EHE_CASE,
    "ehe_visit": education.EHE_VISIT,
    "section_437": education.SECTION_437,
    "cme_referral": education.CME,
    "cme_received": education.RECEIVED,
    "cme_case": education.CASE,
    "school_roll": education.ROLL,
    "locality_team": school_places.LOCALITY_TEAM,
    "new_school": school_places.NEW_SCHOOL,
    "tracked_after_roll": school_places.TRACKED,
    "strategy_meeting": missing.STRATEGY,
    "need_to_know": missing.ALERT,
    "mash_referral": missing.REFERRAL,
    "action": missing.ACTION,
    "harbouring_notice": missing.HARBOURING,
}


def life_of(form_id: str) -> Life:
    """The life of the records of a form; KeyError when they have none."""
    return LIVES[form_id]


def moves_from(form_id: str, state: str) -> Iterator[Move]:
    """Every move out of a state."""
    return (step for step in life_of(form_id).moves if state in step.before)


def guard_holds(guard: Guard, facts: Mapping[str, object]) -> bool:
    """Whether what it asks for is so."""
    value = facts.get(guard.fact)
    return is_answered(value) and value is not False if guard.is_ is None else value in guard.is_
