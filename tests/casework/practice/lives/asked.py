"""The tables of the lives, questioned move by move."""

from __future__ import annotations

from collections.abc import Mapping

from casework.practice.lives import guard_holds, life_of, moves_from
from casework.practice.lives.life import Move


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
    failed = next((guard for guard in step.guards if not guard_holds(guard, facts)), None)
    return failed.say if failed else ""


def _role_may(step: Move, role: str) -> bool:
    return not step.who or role in step.who


def _plain(code: str) -> str:
    return code.replace("_", " ")
