"""Which answers may be in whose copy: pure, from the form, the answers, and what the child said (D13).

Nobody but those a form is given to gets anything without the child's yes, or a recorded reason to share without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casework.forms.conditions import codes, is_answered
from casework.forms.definition import CAME_FROM, FROM_COLUMN, Definition, Question, QuestionType
from casework.forms.filled import NOTHING_KNOWN, Answers, Context, Filled, Row
from casework.forms.vocabulary import RECIPIENTS
from casework.forms.wording import worded
from casework.practice.follow_on import following

WITHOUT = "shared_without"
ALWAYS, WITH_CONSENT = "always", "with_consent"
FULL = "full"
_STRICTEST_FIRST = ("no", "not_asked", "some", "all")


@dataclass(frozen=True, slots=True)
class CopyRule:
    """One copy: whether it may be made, why, and what it must leave out, by question (or group.column) id.

    `withheld` is for the officer who makes the copy, and in no copy: what is left out and the reason, never what it
    said; a line of a group is “group/row”. `silent` is left out here too: that something was shared without a yes is
    not for every reader (G16). `overrides` are the grounds on which nothing but what they name is shared.
    """

    id: str
    title: str
    allowed: bool
    why: str
    withheld: Mapping[str, str]
    source: str = "D13"
    silent: frozenset[str] = frozenset()
    overrides: tuple[Row, ...] = ()

    @property
    def is_full(self) -> bool:
        return self.id == FULL


class _Say(NamedTuple):
    """What the child decided for one recipient."""

    decision: str
    keep_back: frozenset[str]


class _Grant(NamedTuple):
    """What one recipient may have, and why; `only` names the sections and questions if it is not everything.

    `lines` narrows a group to some of its rows: the person “Dex” and nobody else who was named.
    """

    why: str
    kept_back: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    lines: Mapping[str, frozenset[str]] = {}
    by_name: frozenset[str] = frozenset()  # what a person decided to share: that it is there is part of that


def copies_for(
    definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN, *, reading: str = ALWAYS
) -> tuple[CopyRule, ...]:
    """The full copy, then one rule for each recipient the form knows."""
    filled = Filled(definition, answers, context)
    others = (_copy(filled, recipient, reading) for recipient in definition.recipients)
    return (CopyRule(FULL, "Full copy for the council’s file", True, "The council’s own record.", {}), *others)


def _copy(filled: Filled, recipient: str, reading: str) -> CopyRule:
    title = f"Copy for {worded(RECIPIENTS.get(recipient, recipient), filled.context.child)}"
    grant, refusal = _decide(filled, recipient, reading)
    silent = frozenset({WITHOUT} if not _is_told_of_overrides(filled, recipient) else ())
    if grant is None:
        everything = {question.id: refusal for question in filled.definition.questions() if question.id in filled.shown}
        return CopyRule(recipient, title, False, refusal, everything)
    withheld = dict(_withheld(filled, recipient, grant))
    overrides = tuple(_sound(filled, recipient)) if grant.only is not None else ()
    return CopyRule(recipient, title, True, grant.why, withheld, silent=silent, overrides=overrides)


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
        return _both(filled, by_consent, without), ""
    grant = by_consent or without
    return (grant, "") if grant else (None, worded(_refusal(_say(filled, recipient)), child))


def _both(filled: Filled, by_consent: _Grant, without: _Grant) -> _Grant:
    """What was kept back opens as far as the override goes, and to the line where it names lines."""
    kept = by_consent.kept_back - (without.only or frozenset())
    lines = {
        group: rows
        for group, rows in without.lines.items()
        if by_consent.kept_back & {group, filled.definition.section_of[group].id}
    }
    return _Grant(f"{by_consent.why} {without.why}", kept, None, lines, without.by_name)


def _is_told_of_overrides(filled: Filled, recipient: str) -> bool:
    question = filled.definition.by_id.get(WITHOUT)
    return question is None or _is_for(question.audience, recipient)


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
    sound = _sound(filled, recipient)
    only = frozenset(code for row in sound for code in codes(row.get("what")))
    lines = _lines(filled, sound)
    if not sound or not (only or lines):
        return None
    return _Grant(
        "Shared without consent, for a recorded reason and with a manager’s agreement.",
        only=only,
        lines=lines,
        by_name=only | frozenset(lines),
    )


def _sound(filled: Filled, recipient: str) -> list[Row]:
    rows = filled.rows(WITHOUT) if WITHOUT in filled.shown else ()
    return [row for row in rows if row.get("recipient") == recipient and is_sound_override(row)]


def _lines(filled: Filled, sound: Sequence[Row]) -> dict[str, frozenset[str]]:
    """Group to the rows that may go; another sound row that shares the whole group opens all of it."""
    found: dict[str, frozenset[str]] = {}
    for row in sound:
        for code in codes(row.get("only")):
            group, _, row_id = code.partition("/")
            if group in filled.shown:
                found[group] = found.get(group, frozenset()) | {row_id}
    whole = {code for row in sound if not codes(row.get("only")) for code in codes(row.get("what"))}
    return {g: rows for g, rows in found.items() if not whole & {g, filled.definition.section_of[g].id}}


def is_sound_override(row: Row) -> bool:
    """True when reason, why, manager and what are recorded, and the child was told or it says why not."""
    needed = all(is_answered(row.get(column)) for column in ("reason", "why", "manager"))
    needed = needed and (is_answered(row.get("what")) or is_answered(row.get("only")))
    told = row.get("child_told") is True
    return needed and (told or (row.get("child_told") is False and is_answered(row.get("not_told_why"))))


def _withheld(filled: Filled, recipient: str, grant: _Grant) -> Iterator[tuple[str, str]]:
    """Of what is shown: what is not for this reader, and whatever rests on it, so that no answer tells another."""
    out = following(filled.definition, dict(_left_out(filled, recipient, grant)), _named_by(filled.definition, grant))
    for place, why in out.items():
        question = filled.definition.by_id[re.split(r"[./]", place)[0]]
        if question.id in filled.shown and (question.id != WITHOUT or _names_others(filled, question, recipient)):
            yield place, why


def _names_others(filled: Filled, question: Question, recipient: str) -> bool:
    """Nothing shared is nothing left out; and to others it is left out without a word."""
    return bool(filled.rows(question.id)) and _is_for(question.audience, recipient)


def _named_by(definition: Definition, grant: _Grant) -> frozenset[str]:
    """The questions that the grant names, itself or by their section."""
    return frozenset(q.id for q in definition.questions() if grant.by_name & {q.id, definition.section_of[q.id].id})


def _left_out(filled: Filled, recipient: str, grant: _Grant) -> Iterator[tuple[str, str]]:
    """Before anything follows from it. Hidden questions too: what rests on one would tell that it is hidden."""
    child = filled.context.child
    for section in filled.definition.sections:
        for question in section.questions:
            if not _is_for(question.audience, recipient):
                yield question.id, "Not for this reader."
            elif question.id in grant.lines:
                yield from _other_lines(question.id, filled, grant.lines[question.id])
                yield from _columns(question, recipient, filled.rows(question.id))
            elif grant.only is not None and not grant.only & {question.id, section.id}:
                yield question.id, "Not needed for the reason it was shared."
            elif grant.kept_back & {question.id, section.id}:
                yield question.id, worded("{child} asked for this to be kept back.", child)
            else:
                yield from _columns(question, recipient, filled.rows(question.id))


def _other_lines(group: str, filled: Filled, shared: frozenset[str]) -> Iterator[tuple[str, str]]:
    for row in filled.rows(group):
        if row.get("id") not in shared:
            yield f"{group}/{row.get('id')}", "Not needed for the reason it was shared."


def answers_for(rule: CopyRule, filled: Filled) -> dict[str, object]:
    """The answers that may be in this copy: nothing hidden, nothing withheld, no withheld column of any row."""
    out = rule.withheld.keys() | rule.silent
    kept = {name: value for name, value in filled.answers.items() if name in filled.shown and name not in out}
    trimmed = {name: _trimmed(filled, name, value, rule) for name, value in kept.items()}
    return {name: value for name, value in trimmed.items() if value != []}


def _trimmed(filled: Filled, name: str, value: object, rule: CopyRule) -> object:
    question = filled.definition.by_id[name]
    if not question.is_group or not isinstance(value, list):
        return value
    out = {key.partition(".")[2] for key in rule.withheld if key.startswith(f"{name}.")}
    lines = {key.partition("/")[2] for key in rule.withheld if key.startswith(f"{name}/")}
    rows = [row for row in value if isinstance(row, Mapping) and row.get("id") not in lines]
    return [{key: cell for key, cell in row.items() if key not in out | _hidden(filled, question, row)} for row in rows]


def _hidden(filled: Filled, question: Question, row: Row) -> set[str]:
    """Columns that this row does not show: kept, never printed."""
    return {column.id for column in question.columns} - {column.id for column in filled.columns(question, row)}


def _columns(question: Question, recipient: str, rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    came_from = (FROM_COLUMN,) if any(is_answered(row.get(CAME_FROM)) for row in rows) else ()
    for column in (*question.columns, *came_from):
        if not _is_for(column.audience, recipient) or _is_between_others(question, column, recipient):
            yield f"{question.id}.{column.id}", "Not for this reader."


def _is_between_others(question: Question, column: Question, recipient: str) -> bool:
    """What a child keeps back, from anybody, is for the child and the worker: its name alone would tell of it."""
    is_consent = question.type is QuestionType.CONSENT
    return is_consent and column.id == "keep_back" and recipient not in ("child", "allocated_worker")


def _is_for(audience: frozenset[str], recipient: str) -> bool:
    return recipient in audience
