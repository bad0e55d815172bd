"""Who may serve a section 437 notice and take the steps after it; anybody who works with the case may stop it (G10)."""

from __future__ import annotations

from collections.abc import Mapping

from casework.forms.versions import STEP
from casework.practice.lives.education import SECTION_437
from casework.practice.lives.enforcement import EnforcementStep
from casework.practice.lives.states import Answers, rows
from casework.practice.roles import role_name

_FORM, _SINCE = "ehe_case", 3  # an older case stays and ends as it is
_GROUP = "enforcement"
_NOTICE = ("s437_served_on", "s437_served_by", "s437_last_day")
_OPEN_TO_ALL = (None, EnforcementStep.STOPPED)
MAY_ENFORCE = frozenset[str]().union(*(step.who for step in SECTION_437.moves))
SAY = (
    f"Only these may serve a notice and take the steps after it: {', '.join(map(role_name, sorted(MAY_ENFORCE)))}. "
    "Ask them to enter it."
)


def touches_enforcement(form_id: str, version: int, path: str) -> bool:
    """Whether a change at this path can be a step: all else is nobody’s to guard, and is not looked at."""
    first, _, rest = path.partition("/")
    named = rest.partition("/")[0]
    return form_id == _FORM and version % STEP >= _SINCE and (named in _NOTICE if first == "f" else named == _GROUP)


def is_step_of_others(role: str, before: Answers, after: Answers) -> bool:
    """Whether these answers take, change or take back a step that is not this role’s. Before joining there is no role
    yet."""
    return bool(role) and role not in MAY_ENFORCE and _guarded(before) != _guarded(after)


def _guarded(answers: Answers) -> dict[object, object]:
    notice: dict[object, object] = {name: answers.get(name) for name in _NOTICE}
    return {**notice, **{("step", row.get("id")): _said(row) for row in rows(answers, _GROUP) if _is_guarded(row)}}


def _is_guarded(row: Mapping[str, object]) -> bool:
    return row.get("step") not in _OPEN_TO_ALL


def _said(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}
