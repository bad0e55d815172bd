"""A second language beside English: the words of one, the sentence that says how far they are checked, or why none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.forms import NONE_CODES, Question, QuestionType
from casework.practice.languages.language_file import (
    TAGS,
    CouncilLanguages,
    Language,
    as_council_has_it,
    read_language,
)

NOT_CHECKED = "not yet checked by a qualified translator"
NEEDS_NONE = ("English", "")
_IN_WORDS = (QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.YES_NO)


@dataclass(frozen=True, slots=True)
class SecondLanguage:
    """One language that stands beside English. `child` is the first name, where there is one."""

    language: Language
    child: str = ""

    @property
    def tag(self) -> str:
        return self.language.tag

    @property
    def from_right(self) -> bool:
        return self.language.from_right

    def says(self, english: str) -> str:
        """Empty where there is no translation of exactly these words: English then stands alone."""
        return self.language.words.get(english, "").replace("{child}", self.child or self.language.child)

    def says_answer(self, question: Question, value: JSON) -> str:
        """An answer from a list, where its question has a translation too; what was written stands as it was said."""
        if not self.says(question.label):
            return ""
        if isinstance(value, Mapping) and "none" in value:
            return self.says(NONE_CODES.get(str(value["none"]), ""))
        if question.type not in _IN_WORDS or value in (None, "", []):
            return ""
        said = [self.says(words) for words in _chosen(question, value)]
        return "; ".join(said) if all(said) else ""

    @property
    def notice(self) -> str:
        """In English, what must stand wherever these words do."""
        spoken, checked = self.language.spoken, self.language.checked
        if checked is None:
            return f"The words in {spoken} are a draft, {NOT_CHECKED}."
        return f"The words in {spoken} were checked by {checked.by} on {day(checked.on)}."

    @property
    def own_notice(self) -> str:
        """The same in the language itself; of checked words nothing need be said."""
        return self.language.draft if self.language.checked is None else ""


class LanguageShelf:
    """The languages that a council has switched on. A file is read when somebody first needs it, and then kept."""

    def __init__(self, text_of: Callable[[str], str], council: CouncilLanguages) -> None:
        self._text_of, self._council = text_of, council
        self._read: dict[str, Language] = {}

    def on(self) -> tuple[tuple[str, str], ...]:
        """Tag and English name of each, in the order of the forms’ list. No file is read for it."""
        return tuple((tag, spoken) for spoken, tag in TAGS.items() if tag in self._council.on)

    def beside(self, spoken: object, child: str = "") -> SecondLanguage | None:
        """For an answer of the forms’ list of languages, or for a tag; none for English and for one that is off."""
        tag = TAGS.get(str(spoken), str(spoken))
        if tag not in self._council.on:
            return None
        if tag not in self._read:
            self._read[tag] = as_council_has_it(read_language(self._text_of(tag), file=f"{tag}.toml"), self._council)
        return SecondLanguage(self._read[tag], child)

    def standing(self, spoken: object) -> str:
        """One sentence under the question which language it is; empty for English."""
        name = str(spoken or "")
        if name in NEEDS_NONE:
            return ""
        if (found := self.beside(name)) is not None:
            return f"{name} stands beside English on the family’s questions and copies. {found.notice}"
        if name in TAGS:
            return f"The questions are in English only: your council has not switched {name} on."
        return "The questions are in English only: Homeward has no words in this language."


def _chosen(question: Question, value: JSON) -> list[str]:
    """The English labels that `display` would say."""
    if isinstance(value, bool):
        option = question.option("yes" if value else "no")
        return [option.label if option else ("Yes" if value else "No")]
    items = value if isinstance(value, list) else [value]
    codes = [str(item.get("code")) if isinstance(item, Mapping) else str(item) for item in items]
    return [option.label if (option := question.option(code)) else code for code in codes]
