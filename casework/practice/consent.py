"""Which answers may be in whose copy: pure, from the form, the answers, and what the child said (D13).

Nobody but those a form is given to gets anything without the child's yes, or a recorded reason to share without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casework.forms.conditions import codes, is_answered
from casework.forms.definition import CAME_FROM, FROM_COLUMN, Definition, Question
from casework.forms.filled import NOTHING_KNOWN, Answers, Context, Filled, Row
from casework.forms.vocabulary import RECIPIENTS
from casework.forms.wording import worded

ALWAYS, WITH_CONSENT = "always", "with_consent"
FULL = "full"
_STRICTEST_FIRST = ("no", "not_asked", "some", "all")


@dataclass(frozen=True, slots=True)
class CopyRule:
    """One copy: whether it may be made, why, and what it must leave out, by question (or group.column) id.

    `withheld` names what is left out and the reason, never what it said.
    """

    id: str
    title: str
    allowed: bool
    why: str
    withheld: Mapping[str, str]
    source: str = "D13"


class _Say(NamedTuple):
    """What the child decided for one recipient."""

    decision: str
    keep_back: frozenset[str]


class _Grant(NamedTuple):
    """What one recipient may have, and why; `only` names the sections and questions if it is not everything."""

    why: str
    kept_back: frozenset[str] = frozenset()
    only: frozenset[str] | None = None


def copies_for(
    definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN, *, reading: str = ALWAYS
) -> tuple[CopyRule, ...]:
    """The full copy, then one rule for each recipient the form knows."""
    filled = Filled(definition, answers, context)
    others = (_copy(filled, recipient, reading) for recipient in definition.recipients)
    return (CopyRule(FULL, "Full copy for the council’s file", True, "The council’s own record.", {}), *others)


def copy_for(
    definition: Definition, answers: Answers, recipient: str, context: Context = NOTHING_KNOWN, *, reading: str = ALWAYS
) -> CopyRule:
    """The rule for one recipient, known to the form or not."""
    return _copy(Filled(definition, answers, context), recipient, reading)


def _copy(filled: Filled, recipient: str, reading: str) -> CopyRule:
    title = f"Copy for {worded(RECIPIENTS.get(recipient, recipient), filled.context.child)}"
    grant, refusal = _decide(filled, recipient, reading)
    if grant is None:
        everything = {question.id: refusal for question in filled.definition.questions() if question.id in filled.shown}
        return CopyRule(recipient, title, False, refusal, everything)
    return CopyRule(recipient, title, True, grant.why, dict(_withheld(filled, recipient, grant)))


def _decide(filled: Filled, recipient: str, reading: str) -> tuple[_Grant | None, str]:
    """What the recipient may have, or the reason why nothing."""
    child = filled.context.child
    if recipient == "child":
        return _Grant(worded("What {child} said belongs to {child}.", child)), ""
    given = filled.definition.given.get(recipient, "")
    if given and not (recipient == "allocated_worker" and reading == WITH_CONSENT):
        return _Grant(worded(given, child)), ""
    by_consent = _by_consent(_say(filled, recipient), child)
    without = _without_consent(filled, recipient)
    if by_consent and without and by_consent.kept_back:
        return _Grant(f"{by_consent.why} {without.why}", by_consent.kept_back - (without.only or frozenset())), ""
    grant = by_consent or without
    return (grant, "") if grant else (None, worded(_refusal(_say(filled, recipient)), child))


def _say(filled: Filled, recipient: str) -> _Say | None:
    """The child's decision; where two rows disagree, the stricter holds and both keep back."""
    rows = [row for row in _consent_rows(filled) if row.get("recipient") == recipient]
    decisions = [str(row["decision"]) for row in rows if row.get("decision") in _STRICTEST_FIRST]
    if not decisions:
        return None
    kept = frozenset(code for row in rows for code in codes(row.get("keep_back")))
    return _Say(min(decisions, key=_STRICTEST_FIRST.index), kept)


def _consent_rows(filled: Filled) -> Sequence[Row]:
    return filled.rows("consents") if "consents" in filled.shown else ()


def _by_consent(say: _Say | None, child: str) -> _Grant | None:
    if say is None or say.decision in ("no", "not_asked"):
        return None
    if say.decision == "all":
        return _Grant(worded("{child} said yes to all of it.", child))
    # “some” with nothing named would be “all” by accident: nothing is known of what was agreed
    return (
        _Grant(worded("{child} said yes, and kept some of it back.", child), say.keep_back) if say.keep_back else None
    )


def _refusal(say: _Say | None) -> str:
    if say is None or say.decision == "not_asked":
        return "{child} has not been asked."
    if say.decision == "no":
        return "{child} said no."
    return "{child} said yes to some of it, and what is kept back is not recorded."


def _without_consent(filled: Filled, recipient: str) -> _Grant | None:
    """What may go without the child's yes: only with reason, manager, and whether the child was told."""
    rows = filled.rows("shared_without") if "shared_without" in filled.shown else ()
    sound = [row for row in rows if row.get("recipient") == recipient and is_sound_override(row)]
    only = frozenset(code for row in sound for code in codes(row.get("what")))
    if not sound or not only:
        return None
    return _Grant("Shared without consent, for a recorded reason and with a manager’s agreement.", only=only)


def is_sound_override(row: Row) -> bool:
    """True when reason, why, manager and what are recorded, and the child was told or it says why not."""
    needed = all(is_answered(row.get(column)) for column in ("reason", "why", "manager", "what"))
    told = row.get("child_told") is True
    return needed and (told or (row.get("child_told") is False and is_answered(row.get("not_told_why"))))


def _withheld(filled: Filled, recipient: str, grant: _Grant) -> Iterator[tuple[str, str]]:
    child = filled.context.child
    for section in filled.definition.sections:
        for question in section.questions:
            if question.id not in filled.shown:
                continue
            if not _is_for(question.audience, recipient):
                yield question.id, "Not for this reader."
            elif grant.only is not None and not grant.only & {question.id, section.id}:
                yield question.id, "Not needed for the reason it was shared."
            elif grant.kept_back & {question.id, section.id}:
                yield question.id, worded("{child} asked for this to be kept back.", child)
            else:
                yield from _columns(question, recipient, filled.rows(question.id))


def answers_for(rule: CopyRule, filled: Filled) -> dict[str, object]:
    """The answers that may be in this copy: nothing hidden, nothing withheld, no withheld column of any row."""
    kept = {name: value for name, value in filled.answers.items() if name in filled.shown and name not in rule.withheld}
    return {name: _trimmed(name, value, rule) for name, value in kept.items()}


def _trimmed(name: str, value: object, rule: CopyRule) -> object:
    out = {key.partition(".")[2] for key in rule.withheld if key.startswith(f"{name}.")}
    if not out or not isinstance(value, list):
        return value
    return [{key: cell for key, cell in row.items() if key not in out} for row in value if isinstance(row, Mapping)]


def _columns(question: Question, recipient: str, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    came_from = (FROM_COLUMN,) if any(is_answered(row.get(CAME_FROM)) for row in rows) else ()
    for column in (*question.columns, *came_from):
        if not _is_for(column.audience, recipient):
            yield f"{question.id}.{column.id}", "Not for this reader."


def _is_for(audience: frozenset[str], recipient: str) -> bool:
    return recipient in audience
