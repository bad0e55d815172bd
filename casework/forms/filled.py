"""A form as it stands when filled in: what is shown, what is needed, with hidden answers read as none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from casework.dates_in_words import LONDON
from casework.forms.conditions import All, Condition, Subject, holds
from casework.forms.definition import Definition, Question

Answers = Mapping[str, object]
Row = Mapping[str, object]


@dataclass(frozen=True)
class Context:
    """What is known from outside the form: the time, and facts named in vocabulary.FACTS. `asks`: by its question’s
    words, what a person is asked to do where an answer is missing."""

    now: datetime | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    child: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)

    def fact(self, name: str) -> object:
        """A fact, or None when it is not known."""
        if name == "now" and self.now:
            return self.now.isoformat()
        if name == "today" and self.now:
            return self.now.astimezone(LONDON).date().isoformat()
        return self.facts.get(name)


NOTHING_KNOWN = Context()


class Filled:
    """One definition, one set of answers, one context; answers every question about them."""

    def __init__(self, definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN) -> None:
        self.definition = definition
        self.answers = answers
        self.context = context

    @cached_property
    def shown(self) -> frozenset[str]:
        """The ids of every question a person would see now."""
        seen: set[str] = set()
        partial = _Partial(self, seen)
        for question_id in self.definition.order:
            question = self.definition.by_id[question_id]
            section = self.definition.section_of[question_id]
            if holds(All((section.show_when, question.show_when)), partial):
                seen.add(question_id)
        return frozenset(seen)

    def reworded(self, answers: Answers) -> Filled:
        """With an answer in other words, by which nothing turns: what is shown stays."""
        found = Filled(self.definition, answers, self.context)
        vars(found)["shown"] = self.shown
        return found

    @cached_property
    def scope(self) -> _Partial:
        """Where conditions look, now that it is known what is hidden."""
        return _Partial(self, self.shown)

    def holds(self, condition: Condition, row: Row | None = None) -> bool:
        """Whether a condition is true, within a row if one is given."""
        return holds(condition, self.scope if row is None else self.scope.within(row))

    def rows(self, question_id: str) -> Sequence[Row]:
        """The rows of a group, in order."""
        return rows_of(self.answers, question_id)

    def columns(self, question: Question, row: Row) -> tuple[Question, ...]:
        """The columns of a group that this row would show."""
        return tuple(column for column in question.columns if self.holds(column.show_when, row))


class _Partial:
    """A Scope in which every question not yet in `visible` reads as unanswered."""

    def __init__(self, filled: Filled, visible: set[str] | frozenset[str], row: Row | None = None) -> None:
        self._filled, self._visible, self._row = filled, visible, row

    def value(self, subject: Subject) -> object:
        """The answer, the column of the row at hand, or the fact."""
        if subject.kind == "fact":
            return self._filled.context.fact(subject.name)
        if subject.kind == "column":
            return self._row.get(subject.name) if self._row is not None else None
        return self._filled.answers.get(subject.name) if subject.name in self._visible else None

    def rows(self, group: str) -> Sequence[Row]:
        """The rows of a group that is itself shown."""
        return rows_of(self._filled.answers, group) if group in self._visible else ()

    def within(self, row: Row) -> _Partial:
        """The same, with this row's columns in reach."""
        return _Partial(self._filled, self._visible, row)


def rows_of(answers: Answers, group: str) -> Sequence[Row]:
    """The rows under a group's name, whatever else may stand there by mistake left out."""
    value = answers.get(group)
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else ()


def shown(definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN) -> frozenset[str]:
    """The ids of every question a person would see now."""
    return Filled(definition, answers, context).shown
