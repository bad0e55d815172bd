"""How far each section has come."""

from __future__ import annotations

from casework.forms.conditions import is_answered
from casework.forms.definition import Definition, Section
from casework.forms.filled import NOTHING_KNOWN, Answers, Context, Filled
from casework.forms.findings import Finding, found_in

NOT_STARTED, STARTED, DONE = "not_started", "started", "done"


def progress(definition: Definition, answers: Answers, context: Context = NOTHING_KNOWN) -> dict[str, str]:
    """Section id to not_started, started or done; a section with nothing to ask is done."""
    filled = Filled(definition, answers, context)
    return progress_of(filled, found_in(filled))


def progress_of(filled: Filled, found: tuple[Finding, ...]) -> dict[str, str]:
    """The same, from findings already at hand."""
    waiting = {finding.section_id for finding in found if finding.blocks_signing}
    return {section.id: _section(section, filled, waiting) for section in filled.definition.sections}


def _section(section: Section, filled: Filled, waiting: set[str]) -> str:
    asked = [question.id for question in section.questions if question.id in filled.shown]
    if not asked:
        return DONE
    if not any(is_answered(filled.answers.get(question_id)) for question_id in asked):
        return NOT_STARTED
    return STARTED if section.id in waiting else DONE
