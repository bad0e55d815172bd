"""The lives of records: their states, who may move them on, and what each move needs (domain B).

The lives themselves are data, in lives_missing.py and lives_education.py; this module only reads them.
Nobody moves a record: where it stands is read from its answers (standing.py). What a move needs is asked of a person
by the findings of the form; the lives say it record by record, for docs/practice.md, and tests question them through
`refusal`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.forms.conditions import is_answered
from casework.practice import lives_education as education
from casework.practice import lives_missing as missing
from casework.practice.life import Guard, Life, Move

__all__ = ["LIVES", "Life", "Move", "life_of", "moves_from", "refusal"]


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
    "school_roll": education.ROLL,
    "strategy_meeting": missing.STRATEGY,
    "need_to_know": missing.ALERT,
    "mash_referral": missing.REFERRAL,
    "action": missing.ACTION,
}


def life_of(form_id: str) -> Life:
    """The life of the records of a form; KeyError when they have none."""
    return LIVES[form_id]


def moves_from(form_id: str, state: str) -> Iterator[Move]:
    """Every move out of a state."""
    return (step for step in life_of(form_id).moves if state in step.before)


def refusal(form_id: str, state: str, to: str, role: str, facts: Mapping[str, object]) -> str:
    """Why a record may not go from one state to another, or an empty text when it may."""
    life = life_of(form_id)
    if to not in life.states:
        return f"“{_plain(to)}” is not a state of this record."
    steps = [step for step in moves_from(form_id, state) if step.after == to]
    if not steps:
        return _no_way(form_id, state, to)
    reasons = [_step_refusal(step, role, facts) for step in steps]
    return "" if "" in reasons else reasons[0]


def _no_way(form_id: str, state: str, to: str) -> str:
    onward = [_plain(step.after) for step in moves_from(form_id, state)]
    then = f" From there it can become: {', '.join(dict.fromkeys(onward))}." if onward else " That is its end."
    return f"This record is {_plain(state)}, and cannot become {_plain(to)} from there.{then}"


def _step_refusal(step: Move, role: str, facts: Mapping[str, object]) -> str:
    if not _role_may(step, role):
        who = ", ".join(_plain(name) for name in sorted(step.who))
        return f"Only these can do this: {who}."
    failed = next((guard for guard in step.guards if not _guard_holds(guard, facts)), None)
    return failed.say if failed else ""


def _role_may(step: Move, role: str) -> bool:
    return not step.who or role in step.who


def _guard_holds(guard: Guard, facts: Mapping[str, object]) -> bool:
    value = facts.get(guard.fact)
    return is_answered(value) and value is not False if guard.is_ is None else value in guard.is_


def _plain(code: str) -> str:
    return code.replace("_", " ")
