"""Which words of a form a family hears or reads: found in the form itself, by voice, consent and who is given it."""

from __future__ import annotations

from collections.abc import Iterator

from casework.forms import NONE_CODES, NOT_PROVIDED, Definition, Question, QuestionType
from casework.forms.questions import THIS_FORM
from casework.forms.vocabulary import THIS_RECORD

FOUR_FORMS = ("return_home_interview", "safe_well_visit", "ehe_visit", "find_me_plan")
LANGUAGE = "language"  # the question which language was spoken, in each of them
FAMILY = ("child", "parent")  # readers of a copy who are the family
OWN_WORDS = "In {child}’s own words"
# Answers that any question takes, and what the paper says of itself.
EVERYWHERE = ("Yes", "No", *NONE_CODES.values(), NOT_PROVIDED, OWN_WORDS)
_SAID_ALOUD = "“"  # a hint that begins so is read out, as the explanation of sharing is
_DECIDED = ("recipient", "decision", "keep_back", "words")  # of consent, what the child says
_NOT_THE_FORMS = (THIS_FORM, THIS_RECORD, "LANG")  # lists whose options are lines or parts, or names of languages


def family_words(form: Definition) -> dict[str, str]:
    """By English words, the first place that says them: “before”, “places.felt”, “[your_words]” for a section."""
    found: dict[str, str] = {}
    for place, words in _places(form):
        found.setdefault(words, place)
    return found


def is_for_family(form: Definition, question: Question) -> bool:
    """What is in the child’s voice, what the child decides, what is read out, and a report that is the parent’s own."""
    if question.voice == "child" or question.type is QuestionType.CONSENT or is_read_out(question.hint):
        return True
    return "parent" in form.given and "parent" in question.audience and not question.read_only


def is_read_out(hint: str) -> bool:
    """“What you say stays with us …”: words for the child, in quotation marks."""
    return hint.startswith(_SAID_ALOUD)


def columns_for_family(form: Definition, question: Question) -> tuple[Question, ...]:
    if question.type is QuestionType.CONSENT:
        return tuple(column for column in question.columns if column.id in _DECIDED)
    return tuple(column for column in question.columns if is_for_family(form, column))


def _places(form: Definition) -> Iterator[tuple[str, str]]:
    yield "", form.title
    for section in form.sections:
        asked = [question for question in section.questions if is_for_family(form, question)]
        if asked:
            yield f"[{section.id}]", section.title
        for question in section.questions:
            yield from ((question.id, way) for way in question.ways_to_ask)
        for question in asked:
            yield from _of_question(form, question)


def _of_question(form: Definition, question: Question) -> Iterator[tuple[str, str]]:
    yield question.id, question.label
    if is_read_out(question.hint):
        yield question.id, question.hint
    yield from ((question.id, words) for words in _options(question))
    for column in columns_for_family(form, question):
        place = f"{question.id}.{column.id}"
        yield place, column.label
        yield from ((place, words) for words in _options(column))


def _options(question: Question) -> Iterator[str]:
    if question.list_name not in _NOT_THE_FORMS:
        yield from (option.label for option in question.options if not option.retired)
