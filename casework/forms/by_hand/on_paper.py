"""A form as it is filled in with a pen: what is asked, numbered, with room for it and the condition in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.forms.by_hand.condition_words import ConditionWords
from casework.forms.conditions import ALWAYS, Condition
from casework.forms.definition import Definition, Question, QuestionType, Section
from casework.forms.questions import THIS_FORM
from casework.forms.vocabulary import NONE_CODES, THIS_RECORD
from casework.forms.wording import worded

FEW_LINES = {QuestionType.ROWS: 4, QuestionType.ATTACHMENTS: 2}
_SHORT, _LONG, _VOICE = 1, 6, 9  # ruled lines: a name or a few words, a worker's account, a child's own words
_LONG_CONDITION = 90
_ON_SCREEN = "Filled in for you"  # nothing is, on paper


@dataclass(frozen=True, slots=True)
class PenQuestion:
    """`when` stands above it, and above those that follow it under the same condition; empty where it is always asked
    or has been said already."""

    number: str
    question: Question
    label: str
    hint: str
    when: str
    within: bool  # under a condition, said here or above
    lines: int


@dataclass(frozen=True, slots=True)
class PenSection:
    number: int
    title: str
    hint: str
    voice: str
    when: str
    questions: tuple[PenQuestion, ...]


def with_pen(definition: Definition, child: str = "") -> tuple[PenSection, ...]:
    """What a program works out or links is left to the program."""
    numbers = {
        question.id: f"{section.number}.{place}"
        for section in definition.sections
        for place, question in enumerate(_asked(section), start=1)
    }
    words = ConditionWords(definition, numbers, child)
    return tuple(_section(section, words) for section in definition.sections if _asked(section))


def cell_lines(question: Question) -> int:
    """Ruled lines for a words answer, by how much may be said."""
    if question.type is QuestionType.NARRATIVE:
        return _VOICE if question.voice == "child" else _LONG
    return _SHORT if question.longest <= 500 else 3


def options_of(question: Question, child: str = "") -> tuple[str, ...]:
    """What can be ticked; nothing where the choice is among the lines or the parts of the record itself."""
    return tuple(begun(worded(label, child)) for label in labels_of(question))


def labels_of(question: Question) -> tuple[str, ...]:
    """The same as the form has it, before anybody is named."""
    if question.type is QuestionType.YES_NO and not question.options:
        return ("Yes", "No")
    if question.list_name in (THIS_RECORD, THIS_FORM):
        return ()
    return tuple(option.label for option in question.options if not option.retired)


def none_of(question: Question) -> tuple[str, ...]:
    """The reasons why there may be no answer, but those that stand among the options themselves."""
    among = {option.label for option in question.options}
    return tuple(NONE_CODES[code] for code in question.none_allowed if NONE_CODES[code] not in among)


def begun(label: str) -> str:
    """“{child} wrote it” begins a line: “The child wrote it”."""
    return label[:1].upper() + label[1:]


def _asked(section: Section) -> tuple[Question, ...]:
    return tuple(question for question in section.questions if _is_asked(question))


def _is_asked(question: Question) -> bool:
    """On paper too words are written as they were said; their English is for the record."""
    if question.puts_in_english:
        return False
    if question.is_group and not pen_columns(question):
        return False
    return not (question.read_only or question.links_to or question.type is QuestionType.COMPUTED)


def pen_columns(question: Question) -> tuple[Question, ...]:
    """Of rows, those that a person fills in."""
    return tuple(column for column in question.columns if _is_asked(column))


def _section(section: Section, words: ConditionWords) -> PenSection:
    return PenSection(
        number=section.number,
        title=begun(worded(section.title, words.child)),
        hint="" if section.hint.startswith(_ON_SCREEN) else worded(section.hint, words.child),
        voice=section.voice,
        when=_of_section(section, words),
        questions=tuple(_questions(section, words)),
    )


def _questions(section: Section, words: ConditionWords) -> Iterator[PenQuestion]:
    asked = _asked(section)
    for place, question in enumerate(asked):
        before = asked[place - 1] if place else None
        goes_on = before is not None and before.show_when == question.show_when
        said = question.show_when != ALWAYS and not goes_on
        yield PenQuestion(
            number=words.numbers[question.id],
            question=question,
            label=begun(worded(question.label, words.child)),
            hint=worded(question.hint, words.child),
            when=_when(asked, place, words) if said else "",
            within=question.show_when != ALWAYS,
            lines=FEW_LINES.get(question.type) or cell_lines(question),
        )


def _when(asked: tuple[Question, ...], place: int, words: ConditionWords) -> str:
    """“If yes: 2.2 to 2.4”, so that nobody wonders where the condition ends."""
    question = asked[place]
    last = place
    while last + 1 < len(asked) and asked[last + 1].show_when == question.show_when:
        last += 1
    above = asked[place - 1].id if place else ""
    condition = _once(question.show_when, words, words.numbers[question.id], above)
    if last == place:
        return f"{condition}:"
    join = "and" if last == place + 1 else "to"
    return f"{condition}, answer {words.numbers[question.id]} {join} {words.numbers[asked[last].id]}:"


def _of_section(section: Section, words: ConditionWords) -> str:
    if section.show_when == ALWAYS:
        return ""
    return f"{_once(section.show_when, words, words.numbers[_asked(section)[0].id])}, answer this part."


def _once(condition: Condition, words: ConditionWords, number: str, after: str = "") -> str:
    """In full where it is short or new; later by the number of the question where it was said."""
    said = words.when(condition, after)
    if len(said) > _LONG_CONDITION:
        words.said_at.setdefault(condition, number)
    return said
