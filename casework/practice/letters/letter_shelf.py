"""Every letter a council has, each held against the forms: what its reader may have, and what it records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from casework.errors import DefinitionError, KnownError
from casework.forms import Definition, Question
from casework.practice.letters.letter_reading import read_letter
from casework.practice.letters.letter_template import (
    CASE,
    CHILD,
    CHILD_NAME,
    LITERAL,
    OF_PLACE,
    OTHER_COUNCIL,
    RECORDED,
    SENT,
    LetterPlace,
    LetterTemplate,
)
from casework.practice.library import Library
from casework.practice.lives.case_shapes import SHAPES, is_what_arrived

RECORD_OF_LETTER = "letter"
# What another council may have of a child it is asked to look for (S2 §15, §13): who, where last, which school.
_FOR_ANOTHER_COUNCIL: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(SHAPES, frozenset(
        {
            "pupil_name", "pupil_dob", "old_address", "new_address", "school", "last_attended", "parents.name",
            "siblings.name", "siblings.date_of_birth",
        }
    )),
    "child": frozenset({"given_name", "family_name", "known_as", "date_of_birth", "school"}),
}  # fmt: skip


class LetterShelf:
    """Letters by id, in the order of their files."""

    def __init__(self, texts: Mapping[str, str], library: Library) -> None:
        self._library = library
        self._letters: dict[str, LetterTemplate] = {}
        for file, text in sorted(texts.items()):
            letter = read_letter(text, file=file, council=library.council)
            if letter.id in self._letters:
                _refuse(file, f"another file already holds the letter '{letter.id}'.")
            self._letters[letter.id] = letter
            for mistake in self._mistakes(letter):
                _refuse(file, mistake)
        self._refuse_wording_of_nothing()

    def __iter__(self) -> Iterator[LetterTemplate]:
        return iter(self._letters.values())

    def letter(self, letter_id: str) -> LetterTemplate:
        """Raises KnownError for one that is not here."""
        if letter_id not in self._letters:
            message = f"There is no letter called “{letter_id}”. Choose from: {', '.join(self._letters)}."
            raise KnownError(message)
        return self._letters[letter_id]

    def about(self, form_id: str, role: str, version: int | None = None) -> tuple[LetterTemplate, ...]:
        """Those that go out about a record of this form, and that this role sends; none about what only arrived."""
        if version is not None and is_what_arrived(form_id, version):
            return ()
        return tuple(one for one in self if form_id in one.about and role in (one.senders or (role,)))

    def _mistakes(self, letter: LetterTemplate) -> Iterator[str]:
        if letter.id not in self._kinds():
            yield f"the form of a letter has no kind '{letter.id}'."
        for form_id in letter.about:
            if form_id in self._library.ids():
                version = self._version_about(form_id)
                yield from self._mistakes_with(letter, self._library.form(form_id, version)) if version else ()
            else:
                yield f"there is no form called '{form_id}'."

    def _mistakes_with(self, letter: LetterTemplate, form: Definition) -> Iterator[str]:
        for place in letter.places:
            if place.root == SENT and place.name not in self._kinds():
                yield f"no letter is called '{place.name}'."
            yield from self._mistakes_of(place, letter.reader, form)
        for name, value in letter.fills.items():
            if name not in form.by_id or value not in RECORDED:
                yield f"'{name}' of '{form.id}' cannot be filled with '{value}'."
        for group, row in letter.adds.items():
            yield from _mistakes_of_row(form, group, row, {f"{OF_PLACE}{place.id}" for place in letter.places})

    def _version_about(self, form_id: str) -> int | None:
        """The newest that letters go out about: of a missing education referral, the last that kept the case, which a
        council founded since has none of."""
        return max((one for one in self._library.versions(form_id) if not is_what_arrived(form_id, one)), default=None)

    def _kinds(self) -> frozenset[str]:
        """A letter is a record of one form, which names every kind."""
        return frozenset(option.code for option in self._library.form(RECORD_OF_LETTER).question("kind").options)

    def _mistakes_of(self, place: LetterPlace, reader: str, form: Definition) -> Iterator[str]:
        if place.source == CHILD_NAME or place.root not in (CASE, CHILD):
            return
        asked = form if place.root == CASE else self._library.form("child")
        question = question_at(asked, place.name)
        if question is None:
            yield f"'{asked.id}' asks no question '{place.name}'."
        elif not _may_have(reader, asked, place.name, question):
            yield f"'{place.name}' of '{asked.id}' is not for the reader of this letter."

    def _refuse_wording_of_nothing(self) -> None:
        council = self._library.council
        for letter_id in council.letters:
            if letter_id not in self._letters:
                _refuse(council.source_file, f"no letter is called '{letter_id}'.", council.text, letter_id)


def question_at(form: Definition, name: str) -> Question | None:
    """The question, or of “parents.name” the column."""
    question_id, _, column_id = name.partition(".")
    question = form.by_id.get(question_id)
    if question is None or bool(column_id) != question.is_group:
        return None
    return question.column(column_id) if column_id else question


def _may_have(reader: str, form: Definition, name: str, question: Question) -> bool:
    """By the form’s own word for each reader it knows; another council has a closed list."""
    if reader == OTHER_COUNCIL:
        return name in _FOR_ANOTHER_COUNCIL.get(form.id, ())
    whole = form.question(name.partition(".")[0])
    return reader in question.audience and reader in whole.audience


def _mistakes_of_row(form: Definition, group: str, row: Mapping[str, str], places: Set[str]) -> Iterator[str]:
    question = form.by_id.get(group)
    for name, value in row.items():
        column = question.column(name) if question is not None else None
        if column is None:
            yield f"'{group}' of '{form.id}' has no column '{name}'."
        elif not value.startswith(LITERAL) and value not in RECORDED | places:
            yield f"'{group}.{name}' cannot be filled with '{value}'."


def _refuse(file: str, mistake: str, text: str = "", letter_id: str = "") -> None:
    line = text[: text.find(f"[letters.{letter_id}")].count("\n") + 1 if letter_id else 1
    raise DefinitionError(file, line, mistake)
