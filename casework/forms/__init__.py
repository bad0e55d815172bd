"""The language of forms: what is asked, when, of whom, and what the answers lack."""

from casework.forms.answers import answer_check, check_answer, check_file
from casework.forms.definition import (
    CAME_FROM,
    FACTS,
    FROM_COLUMN,
    GROUPS,
    Check,
    Definition,
    Option,
    Question,
    QuestionType,
    Section,
    VersionMapping,
    WordingPrompt,
)
from casework.forms.filled import NOTHING_KNOWN, Context, Filled, shown
from casework.forms.findings import Finding, findings
from casework.forms.loading import load, load_shared
from casework.forms.progress import progress
from casework.forms.questions import NOTHING_SHARED, Shared
from casework.forms.vocabulary import NONE_CODES, SAID_BY
from casework.forms.wording import (
    NOT_PROVIDED,
    display,
    option_label,
    row_summary,
    say_moment,
    worded,
)

__all__ = [
    "CAME_FROM",
    "FACTS",
    "FROM_COLUMN",
    "GROUPS",
    "NONE_CODES",
    "NOTHING_KNOWN",
    "NOTHING_SHARED",
    "NOT_PROVIDED",
    "SAID_BY",
    "Check",
    "Context",
    "Definition",
    "Filled",
    "Finding",
    "Option",
    "Question",
    "QuestionType",
    "Section",
    "Shared",
    "VersionMapping",
    "WordingPrompt",
    "answer_check",
    "check_answer",
    "check_file",
    "display",
    "findings",
    "load",
    "load_shared",
    "option_label",
    "progress",
    "row_summary",
    "say_moment",
    "shown",
    "worded",
]
