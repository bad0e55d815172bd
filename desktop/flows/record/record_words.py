"""Which words of a record can be searched for, by its own form: what people wrote, and the words of what they chose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casework.canonical import JSON
from casework.errors import KnownError
from casework.forms.definition import Definition, Question, QuestionType
from casework.records import RecordView, parse_path
from desktop.forms.catalogue import Catalogue
from desktop.store.database.search_words import Wording, is_id, is_name, plain_wording

WRITTEN = {QuestionType.TEXT, QuestionType.NARRATIVE, QuestionType.NUMBER}
CONSENT_WORDS = {"words", "why_not_asked"}  # what somebody said about sharing; the rest of a decision is codes
CHOSEN = {QuestionType.CHOICE, QuestionType.CHOICES}


def searchable(catalogue: Catalogue) -> Wording:
    """A record of a form that is not on this laptop is searched as it stands."""

    def wording(view: RecordView) -> tuple[str, str]:
        try:
            definition = catalogue.form(view.form_id, view.form_version)
        except KnownError:
            return plain_wording(view)
        return _words_of(view, definition)

    return wording


def _words_of(view: RecordView, definition: Definition) -> tuple[str, str]:
    names: list[str] = []
    body: list[str] = []
    for path, value in _said(view):
        question = _asked(definition, path)
        if question is not None:
            (names if is_name(question.id) else body).extend(_texts(question, value))
    return "\n".join(names), "\n".join(body)


def _said(view: RecordView) -> Iterator[tuple[str, JSON]]:
    """Every text that stands, those in conflict and those that came after the signature among them."""
    for path, held in view.values.items():
        for standing in held:
            yield path, standing.value
    later = [words.changes for words in view.amendments] + [words.changes for words in view.proposed]
    yield from ((change.path, change.value) for changes in later for change in changes)


def _asked(definition: Definition, path: str) -> Question | None:
    place = parse_path(path)
    if place.is_row:
        return None
    group = definition.by_id.get(place.group)
    if group is not None and group.type is QuestionType.CONSENT and place.question in CONSENT_WORDS:
        return Question(place.question, "", QuestionType.NARRATIVE)
    return definition.at(place)


def _texts(question: Question, value: JSON) -> Iterable[str]:
    if question.type in WRITTEN:
        return [value] if isinstance(value, str) and not is_id(value) else []
    if question.type in CHOSEN:
        return [option.label for code in _codes(value) if (option := question.option(code)) is not None]
    if question.type is QuestionType.FILE and isinstance(value, dict):
        return [str(value.get("name", ""))]
    return []


def _codes(value: JSON) -> Iterator[str]:
    """A choice, several, or several each with who said so."""
    for one in value if isinstance(value, list) else [value]:
        code = one.get("code") if isinstance(one, dict) else one
        if isinstance(code, str):
            yield code
