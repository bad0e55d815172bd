"""A record stays on the version of its form that it was begun in; who may be given it follows the newest."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from casework.forms.definition import Definition, Question

STEP = 1000  # a version that a council’s file brings: the file’s number times this, and the form’s own version added


def narrowed(old: Definition, newest: Definition, renamed: Mapping[str, str]) -> Definition:
    """The old version, each question for those alone to whom the newest gives it as well."""
    asked = {question.id: _for_both(question, newest.by_id.get(renamed.get(question.id, question.id)))
             for question in old.questions()}  # fmt: skip
    sections = tuple(replace(s, questions=tuple(asked[q.id] for q in s.questions)) for s in old.sections)
    return replace(
        old,
        sections=sections,
        by_id=asked,
        section_of={q.id: section for section in sections for q in section.questions},
    )


def _for_both(old: Question, new: Question | None) -> Question:
    if new is None:
        return old
    columns = tuple(_for_both(column, new.column(column.id)) for column in old.columns)
    return replace(old, audience=old.audience & new.audience, columns=columns)
