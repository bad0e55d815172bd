"""When a question is asked, in words for a paper form: “2.1 is “Yes””, and not a tree of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casework.forms.conditions import ALWAYS, All, AnyOf, Comparison, Condition, Not, RowTest, Subject
from casework.forms.definition import Definition, Question
from casework.forms.vocabulary import NONE_CODES
from casework.forms.wording import option_label, worded

_FACTS = {"child_age": "{child}’s age", "year_group": "the school year", "today": "today", "now": "now"}
_MEASURED = {
    "more_than": "is more than",
    "less_than": "is less than",
    "at_least": "is at least",
    "at_most": "is at most",
    "before": "is before",
    "after": "is after",
    "on_or_before": "is on or before",
    "on_or_after": "is on or after",
}


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """`numbers`: what each question is called on the paper; one that is not on it is called by its label. `said_at`:
    conditions that stand on the paper already, and above which question."""

    definition: Definition
    numbers: Mapping[str, str]
    child: str = ""
    columns: tuple[Question, ...] = ()  # of the rows it speaks of, where it stands within some
    said_at: dict[Condition, str] = field(default_factory=dict)

    def when(self, condition: Condition, after: str = "") -> str:
        """“If yes”, “If 2.1 is “No””, “Unless …”. `after`: the question that stands right above."""
        if isinstance(condition, Comparison) and after and condition.subject.name == after and condition.op == "is":
            return f"If {self._value(condition, plain=True)}"
        if isinstance(condition, Not) and condition not in self.said_at:
            return f"Unless {self.said(condition.part)}"
        return f"If {self.said(condition)}"

    def said(self, condition: Condition) -> str:
        """Without the “if”. What is long and was said before is not said again."""
        if condition in self.said_at:
            return f"{self.said_at[condition]} is to be answered"
        match condition:
            case All(parts):
                return self._all(parts)
            case AnyOf(parts):
                return ", or ".join(self.said(part) for part in parts)
            case Not(part):
                return self._against(part)
            case Comparison():
                return self._compared(condition)
            case RowTest():
                return self._rows(condition)

    def _all(self, parts: tuple[Condition, ...]) -> str:
        return " and ".join(self.said(part) for part in parts)

    def _against(self, part: Condition) -> str:
        """“1.2 is not “No” or “No reply””."""
        if isinstance(part, Comparison) and part.op in ("is", "one_of", "has"):
            return self._compared(part).replace(" is ", " is not ", 1)
        if isinstance(part, RowTest) and part.where == ALWAYS:
            return f"nothing is written in {self._name(part.group)}"
        if isinstance(part, RowTest) and part.latest and isinstance(part.where, Comparison):
            return self._rows(part).replace(" is ", " is not ", 1)
        return f"it is not so that {self.said(part)}"

    def _rows(self, test: RowTest) -> str:
        name = self._name(test.group)
        if test.where == ALWAYS:
            return f"{name} is filled in" if test.at_least < 2 else f"{name} has {test.at_least} lines or more"
        group = self.definition.by_id.get(test.group)
        inner = ConditionWords(self.definition, self.numbers, self.child, group.columns if group else ())
        line = "in the last line" if test.latest else "in a line"
        return f"{line} of {name} {inner.said(test.where)}"

    def _compared(self, test: Comparison) -> str:
        name = self._subject(test.subject)
        if test.op == "answered":
            return f"{name} is {'' if test.operand else 'not '}answered"
        if test.op in _MEASURED:
            against = self._subject(test.operand) if isinstance(test.operand, Subject) else str(test.operand)
            return f"{name} {_MEASURED[test.op]} {against}"
        if test.op == "has":
            return f"{self._value(test)} is ticked in {name}"
        verb = {"is_not": "is not", "says": "says"}.get(test.op, "is")
        return f"{name} {verb} {self._value(test)}"

    def _value(self, test: Comparison, *, plain: bool = False) -> str:
        if isinstance(test.operand, bool):
            return ("yes" if test.operand else "no") if plain else ("“Yes”" if test.operand else "“No”")
        codes = test.operand if isinstance(test.operand, tuple) else (test.operand,)
        if test.op == "none":
            return " or ".join(f"“{NONE_CODES.get(str(code), str(code))}”" for code in codes)
        question = self._question(test.subject)
        said = [option_label(question, str(code), self.child) if question else str(code) for code in codes]
        return either([f"“{one[:1].upper()}{one[1:]}”" for one in said])

    def _subject(self, subject: Subject) -> str:
        if subject.kind == "fact":
            return worded(_FACTS.get(subject.name, subject.name.replace("_", " ")), self.child)
        if subject.kind == "column":
            column = self._question(subject)
            return f"“{worded(column.label, self.child)}”" if column else subject.name
        return self._name(subject.name)

    def _question(self, subject: Subject) -> Question | None:
        if subject.kind == "column":
            return next((column for column in self.columns if column.id == subject.name), None)
        return self.definition.by_id.get(subject.name)

    def _name(self, question_id: str) -> str:
        if question_id in self.numbers:
            return self.numbers[question_id]
        question = self.definition.by_id.get(question_id)
        return f"“{worded(question.short_label or question.label, self.child)}”" if question else question_id


def either(words: Sequence[str]) -> str:
    """“A”, “A or B”, “A, B or C”."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
