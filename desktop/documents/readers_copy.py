"""From a record and the rule of one copy to what it holds: a function of what its reader may have, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from casework.canonical import JSON
from casework.forms import Filled, display, worded
from casework.practice.consent import WITHOUT, CopyRule, answers_for
from desktop.documents.paper import Copy

_TOLD = ("reason", "manager", "child_told", "not_told_why")  # of the grounds; why it was done may tell of other answers


@dataclass(frozen=True)
class ReadersCopy:
    """`answers` are those the reader may have; `shown` names the questions that get a line, answered or not."""

    copy: Copy
    answers: Mapping[str, JSON]
    shown: frozenset[str]


def readers_copy(rule: CopyRule, filled: Filled, worked_out: frozenset[str]) -> ReadersCopy:
    """The council’s own names what nobody answered; others hold answers only. `worked_out`: questions with words."""
    answers = cast("dict[str, JSON]", answers_for(rule, filled))
    facts = (worked_out & filled.shown) - rule.withheld.keys() - rule.silent
    shown = filled.shown if rule.is_full else frozenset(answers) | facts
    return ReadersCopy(Copy(rule.id, rule.title, rule.is_full, tuple(_grounds(rule, filled))), answers, shown)


def _grounds(rule: CopyRule, filled: Filled) -> Iterator[tuple[str, str]]:
    """Reason, manager, and what the child was told, for each decision to share."""
    for row in rule.overrides:
        for name in _TOLD:
            column = filled.definition.by_id[WITHOUT].column(name)
            if column is not None and row.get(name) not in (None, ""):
                child = filled.context.child
                yield worded(column.label, child), display(column, row[name], child)
