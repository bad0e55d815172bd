"""What a form is: sections, questions and options, as plain immutable data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casework.forms.conditions import ALWAYS, NEVER, Condition


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


GROUPS = frozenset({QuestionType.ROWS, QuestionType.ATTACHMENTS, QuestionType.CONSENT})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can choose; a retired one is shown on old records only."""

    code: str
    label: str
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


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked, or one column of a repeating group."""

    id: str
    label: str
    type: QuestionType
    short_label: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    list_name: str = ""
    show_when: Condition = ALWAYS
    required_when: Condition = NEVER
    checks: tuple[Check, ...] = ()
    source: str = ""
    audience: frozenset[str] = frozenset()
    voice: str = ""
    columns: tuple[Question, ...] = ()
    at_least: int = 0
    summary: tuple[str, ...] = ()
    add_label: str = ""
    prefill: str = ""
    carries_to: str = ""
    carry_when: str = ""
    carry_columns: Mapping[str, str] = field(default_factory=dict)
    links_to: str = ""
    computed: str = ""
    voices: bool = False
    ways_to_ask: tuple[str, ...] = ()
    none_allowed: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    approximate: bool = False
    read_only: bool = False
    wide: bool = False
    longest: int = 0

    @property
    def is_group(self) -> bool:
        """True when the answer is rows, each with its own id and columns."""
        return self.type in GROUPS

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


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions in one voice: the child's, the worker's, or neither's."""

    id: str
    number: int
    title: str
    questions: tuple[Question, ...]
    hint: str = ""
    voice: str = ""
    show_when: Condition = ALWAYS
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class WordingPrompt:
    """A word that blames or hides, and what to write instead."""

    word: str
    say: str
    source: str


@dataclass(frozen=True, slots=True)
class VersionMapping:
    """How answers under one version are read under the next: old question id to new."""

    from_version: int
    renamed: Mapping[str, str] = field(default_factory=dict)
    recoded: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of one form, whole and checked."""

    id: str
    version: int
    title: str
    short_title: str
    strand: str
    sections: tuple[Section, ...]
    about: str = ""
    source: str = ""
    lists: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    wording: tuple[WordingPrompt, ...] = ()
    mappings: tuple[VersionMapping, ...] = ()
    source_file: str = ""
    audience: frozenset[str] = frozenset()
    recipients: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
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

    def section(self, section_id: str) -> Section:
        """The section with this id; KeyError when the form has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)
