"""What a form is: sections, questions and options, as plain immutable data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from msgspec import field

from casework.forms.conditions import ALWAYS, NEVER, Condition
from casework.forms.reading import Counting, Id, Table, Text, Texts, known
from casework.forms.vocabulary import COMPUTED, NONE_CODES, RECIPIENTS, STRANDS


class Place(Protocol):
    """Where a value lives: `question` is the field or the column and empty for a row, `group` empty for a field."""

    @property
    def question(self) -> str: ...

    @property
    def group(self) -> str: ...


class QuestionType(StrEnum):
    """Every kind of answer a form can ask for."""

    TEXT = "text"
    NARRATIVE = "narrative"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    ROWS = "rows"
    ATTACHMENTS = "attachments"
    INK = "ink"
    CONSENT = "consent"
    COMPUTED = "computed"
    FILE = "file"  # only ever the column of an attachment that holds its file


IN_ENGLISH = "_english"  # ends the id of a question that says another's answer in English
ASKED = tuple(kind for kind in QuestionType if kind is not QuestionType.FILE)
GROUPS = frozenset({QuestionType.ROWS, QuestionType.ATTACHMENTS, QuestionType.CONSENT})


class Option(Table, frozen=True):
    """One answer a person can choose; a retired one is shown on old records only."""

    code: Text
    label: Text
    hint: str = ""
    retired: bool = False
    counts_as: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A problem to point out when its condition holds."""

    when: Condition
    say: str
    kind: str = "contradiction"
    blocks_signing: bool = False
    source: str = ""


class QuestionSettings(Table, frozen=True):
    """What a question takes over from its file as it is written."""

    id: Id
    label: Text
    type: Annotated[QuestionType, known(ASKED)]
    short_label: str = ""
    hint: str = ""
    at_least: int = 0
    summary: Texts = ()
    add_label: str = ""
    prefill: str = ""
    carries_to: str = ""
    carry_when: str = ""
    carry_columns: dict[str, str] = field(default_factory=dict)
    links_to: str = ""
    computed: Annotated[str, known(("", *COMPUTED))] = ""
    voices: bool = False
    ways_to_ask: Texts = ()
    none_allowed: tuple[Annotated[str, known(NONE_CODES, "a kind of no answer")], ...] = ()
    alone: Texts = ()
    approximate: bool = False
    wide: bool = False


class Question(QuestionSettings, frozen=True):
    """One thing asked, or one column of a repeating group."""

    options: tuple[Option, ...] = ()
    list_name: str = ""
    show_when: Condition = ALWAYS
    required_when: Condition = NEVER
    checks: tuple[Check, ...] = ()
    source: str = ""
    audience: frozenset[str] = frozenset()
    voice: str = ""
    columns: tuple[Question, ...] = ()
    read_only: bool = False
    longest: int = 0

    @property
    def is_group(self) -> bool:
        """True when the answer is rows, each with its own id and columns."""
        return self.type in GROUPS

    @property
    def signs(self) -> str:
        """Whose signature this ink is, “child” or “worker” for instance; empty for a drawing and all else."""
        whose, mark, rest = self.id.rpartition("_ink")
        return whose if self.type is QuestionType.INK and mark and not rest else ""

    @property
    def puts_in_english(self) -> str:
        """Whose words, said in another language, this says in English: “before” for “before_english”; else empty."""
        whose, mark, rest = self.id.rpartition(IN_ENGLISH)
        return whose if mark and not rest else ""

    def option(self, code: str) -> Option | None:
        """The option with this code, retired or not."""
        return next((option for option in self.options if option.code == code), None)

    def column(self, column_id: str) -> Question | None:
        """The column with this id, if the group has it; `file` and `came_from` go without saying."""
        if column_id == "file" and self.type is QuestionType.ATTACHMENTS:
            return FILE_COLUMN
        if column_id == CAME_FROM and self.type is QuestionType.ROWS:
            return FROM_COLUMN
        return next((column for column in self.columns if column.id == column_id), None)


FILE_COLUMN = Question("file", "File", QuestionType.FILE, short_label="File", required_when=ALWAYS)

# What a row taken from another record says of where it came from, kept and signed with it. A date of an interview is
# not for every reader of a plan, so only the council’s own see it.
CAME_FROM = "came_from"
FROM_COLUMN = Question(
    CAME_FROM,
    "Where this comes from",
    QuestionType.TEXT,
    short_label="Where this comes from",
    audience=frozenset({"allocated_worker", "manager", "iro", "cp_chair"}),
    longest=200,
)


class SectionSettings(Table, frozen=True):
    """What a section takes over from its file as it is written."""

    id: Id
    number: Counting
    title: Text
    hint: str = ""


class Section(SectionSettings, frozen=True, kw_only=True):
    """A page of questions in one voice: the child's, the worker's, or neither's."""

    questions: tuple[Question, ...]
    voice: str = ""
    show_when: Condition = ALWAYS
    checks: tuple[Check, ...] = ()


class WordingPrompt(Table, frozen=True):
    """A word that blames or hides, and what to write instead."""

    word: Text
    say: Text
    source: Text


class VersionMapping(Table, frozen=True):
    """Under which question an older version's is asked now: old question id to new."""

    from_version: Counting
    renamed: dict[str, str] = field(default_factory=dict)


class FormSettings(Table, frozen=True):
    """What a form takes over from its file as it is written."""

    version: Counting
    title: Text
    strand: Annotated[str, known(STRANDS)]
    short_title: str = ""
    about: str = ""
    source: str = ""
    recipients: tuple[Annotated[str, known(RECIPIENTS, "a recipient")], ...] = ()
    given: dict[Annotated[str, known(RECIPIENTS)], str] = field(default_factory=dict)


class Definition(FormSettings, frozen=True, kw_only=True):
    """One version of one form, whole and checked; `given`: to whom without asking the child, and the reason for it."""

    id: str
    sections: tuple[Section, ...]
    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    wording: tuple[WordingPrompt, ...] = ()
    mappings: tuple[VersionMapping, ...] = ()
    source_file: str = ""
    audience: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    by_id: Mapping[str, Question] = field(default_factory=dict)
    section_of: Mapping[str, Section] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Every question in reading order, columns not among them."""
        for section in self.sections:
            yield from section.questions

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError when the form has none."""
        return self.by_id[question_id]

    def at(self, place: Place) -> Question | None:
        """What is asked at a place in a record: a question, a column of a group, or for a row the group itself."""
        whole = self.by_id.get(place.group or place.question)
        return whole.column(place.question) if whole is not None and place.group and place.question else whole

    def section(self, section_id: str) -> Section:
        """The section with this id; KeyError when the form has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


# What is known from outside the form when it is filled in, and of what type.
FACTS = {
    "now": QuestionType.DATETIME,
    "today": QuestionType.DATE,
    "returned_at": QuestionType.DATETIME,
    "last_seen_at": QuestionType.DATETIME,
    "reported_at": QuestionType.DATETIME,
    "placement_miles": QuestionType.NUMBER,
    "plan_reach_miles": QuestionType.NUMBER,
    "child_age": QuestionType.NUMBER,
    "year_group": QuestionType.NUMBER,
    "plan_version": QuestionType.NUMBER,
    "plan_agreed": QuestionType.YES_NO,
    "episodes_before": QuestionType.NUMBER,
    "closing": QuestionType.YES_NO,
    "care_status": QuestionType.TEXT,
    "trafficking_flag": QuestionType.YES_NO,
    "cross_boundary": QuestionType.YES_NO,
    "previous_progress": QuestionType.YES_NO,
}
