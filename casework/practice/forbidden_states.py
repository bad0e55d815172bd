"""What a record may not say as it stands: no way through its life leads there, and what is missing.

A record stands in a state by its answers. It may, when some way from the first state to it is open, guard by guard; of
the ways that are not, the one that lacks least says what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from casework.forms import Definition, Filled, Finding
from casework.forms.moments import span
from casework.forms.versions import STEP
from casework.practice.lives import Guard, guard_holds, life_of, moves_from
from casework.practice.lives.case_shapes import CASE, REFERRAL, SHAPES, is_what_arrived
from casework.practice.lives.schooling import SINCE
from casework.practice.lives.states import Answers, Beside
from casework.practice.standing import facts_of, state_of

# By form: each life that stands in its answers, and from which version on. An older record stays and ends as it is.
_LIVES: Mapping[str, tuple[tuple[str, int], ...]] = {
    "ehe_case": (("ehe_case", 2), ("section_437", 3)),
    "cme_referral": (
        ("cme_referral", 3),
        ("school_roll", 3),
        *((life, SINCE) for life in ("locality_team", "new_school", "tracked_after_roll")),
    ),
    "cme_case": tuple(
        (life, 1) for life in ("cme_case", "school_roll", "locality_team", "new_school", "tracked_after_roll")
    ),
    **{form: ((form, 1),) for form in ("missing_episode", "prevention_interview", "strategy_meeting")},
    **{form: ((form, 1),) for form in ("need_to_know", "mash_referral", "action", "harbouring_notice")},
    **{form: ((form, 1),) for form in ("return_home_interview", "find_me_plan")},
}
ALONE = Beside()
# Written bit by bit over days, and judged when they are signed.
_AT_SIGNATURE = frozenset({"return_home_interview", "find_me_plan"})
# What a record cannot say of itself: that it is signed, checked or shared, or that another came after it.
_FROM_BESIDE = frozenset(
    {"signed", "approved", "interview_settled", "next_episode", "next_version", "arranged_for", "assigned_to"}
)
BORN, OTHER_OPEN = "born", "other_open_case"  # facts from beside the record, as its context gives them
_SECOND = "There is an open case for {child} already. Go on with that one, or end it first."
_OPEN_AT = {"ehe_case": "stage", REFERRAL: "submitted_on", CASE: "referral"}


def life_findings(filled: Filled, *, signing: bool = False) -> tuple[Finding, ...]:
    """Each blocks a signature, and stands at the question where it can be put right. `signing`: as the record would
    stand once it is signed."""
    form = filled.definition
    lives = _lives_of(form)
    if not lives or (form.id in _AT_SIGNATURE and not signing):
        return ()
    beside = Beside(signed=form.id in _AT_SIGNATURE)
    today = filled.context.now.date() if filled.context.now else date.max
    facts = facts_of(filled.answers, beside, today, born=_born(filled))
    missing = dict.fromkeys(guard for life in lives for guard in missing_for(life, filled.answers, facts, beside))
    found = [_finding(filled, guard.at or guard.fact, guard.say) for guard in missing]
    if lives and filled.context.fact(OTHER_OPEN) and is_open(form.id, filled.answers, form.version):
        found.append(_finding(filled, _OPEN_AT[form.id], _SECOND))
    return tuple(found)


def _lives_of(form: Definition) -> list[str]:
    if is_what_arrived(form.id, form.version):
        return ["cme_received"]
    return [life for life, since in _LIVES.get(form.id, ()) if form.version % STEP >= since]


def is_open(form_id: str, answers: Answers, version: int = 0) -> bool:
    """Whether a case still goes on: one that has an outcome, or a stage that is an end, does not. What arrived is no
    case."""
    if is_what_arrived(form_id, version):
        return False
    if form_id in SHAPES:
        return not answers.get("outcome")
    return state_of(form_id, answers, Beside()) not in life_of(form_id).ends


def missing_for(life: str, answers: Answers, facts: Mapping[str, object], beside: Beside = ALONE) -> Sequence[Guard]:
    """What the state lacks in which these answers stand; nothing when a way to it is open."""
    state = state_of(life, answers, beside)
    return _ways(life, facts).get(state, ())


def _ways(life: str, facts: Mapping[str, object]) -> dict[str, tuple[Guard, ...]]:
    """By state, what the way there lacks that lacks least."""
    best: dict[str, tuple[Guard, ...]] = {life_of(life).first: ()}
    waiting = [life_of(life).first]
    while waiting:
        here = waiting.pop(0)
        for after, lacks in _onward(life, here, facts):
            way = tuple(dict.fromkeys((*best[here], *lacks)))
            if after not in best or len(way) < len(best[after]):
                best[after] = way
                waiting.append(after)
    return best


def _onward(life: str, state: str, facts: Mapping[str, object]) -> Iterator[tuple[str, tuple[Guard, ...]]]:
    for step in moves_from(life, state):
        yield step.after, tuple(guard for guard in step.guards if _lacks(guard, facts))


def _lacks(guard: Guard, facts: Mapping[str, object]) -> bool:
    return guard.fact not in _FROM_BESIDE and not guard_holds(guard, facts)


def _born(filled: Filled) -> date | None:
    when = span(filled.context.fact(BORN))
    return when.last.date() if when is not None else None


def _finding(filled: Filled, question_id: str, say: str) -> Finding:
    section = filled.definition.section_of[question_id]
    text = say.replace("{child}", filled.context.child or "this child")
    return Finding(question_id, None, "contradiction", text, True, "domain B", section_id=section.id)
