"""Answers of one version read under another, and back, with nothing lost.

A record stays on its version; this is how a newer form shows an older record. What the newer form has no place for
is carried along untouched under its own name, so that going back gives the very same answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from casework.errors import FormError
from casework.forms.definition import Definition, Question, VersionMapping
from casework.forms.filled import Answers

STEP = 1000  # a version that a council’s file brings: the file’s number times this, and the form’s own version added


def newer(answers: Answers, definition: Definition, from_version: int) -> dict[str, object]:
    """Answers given under an older version, by the question ids and codes of this one."""
    if from_version == definition.version:
        return dict(answers)
    mapping = _mapping(definition, from_version)
    return _read(answers, _two_way(mapping.renamed), {key: _two_way(codes) for key, codes in mapping.recoded.items()})


def older(answers: Answers, definition: Definition, to_version: int) -> dict[str, object]:
    """The way back of `newer`: the two undo one another exactly."""
    if to_version == definition.version:
        return dict(answers)
    mapping = _mapping(definition, to_version)
    names = _two_way(mapping.renamed)
    back = {there: here for here, there in names.items()}
    recoded = {names.get(key, key): _turned(_two_way(codes)) for key, codes in mapping.recoded.items()}
    return _read(answers, back, recoded)


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


def _mapping(definition: Definition, version: int) -> VersionMapping:
    for mapping in definition.mappings:
        if mapping.from_version == version:
            return mapping
    message = f"{definition.title}, version {definition.version}, does not say how to read version {version}."
    raise FormError(message)


def _turned(table: Mapping[str, str]) -> dict[str, str]:
    return {there: here for here, there in table.items()}


def _two_way(table: Mapping[str, str]) -> dict[str, str]:
    """The declared renames, made one-to-one both ways: a new name's own old bearer moves to the name left free.

    A chain a→b, b→c leaves nothing free for c's old bearer but a; a swap closes on itself.
    """
    whole = dict(table)
    starts, ends = set(table), set(table.values())
    free, taken = sorted(starts - ends), sorted(ends - starts)
    for name in taken:
        whole[name] = next(start for start in free if _end_of_chain(start, table) == name)
    return whole


def _end_of_chain(name: str, table: Mapping[str, str]) -> str:
    while name in table:
        name = table[name]
    return name


def _read(answers: Answers, names: Mapping[str, str], recoded: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    return {names.get(key, key): _recode(value, recoded.get(key, {})) for key, value in answers.items()}


def _recode(value: object, codes: Mapping[str, str]) -> object:
    if not codes:
        return value
    if isinstance(value, str):
        return codes.get(value, value)
    if isinstance(value, list):
        return [_recode(item, codes) for item in value]
    if isinstance(value, Mapping) and isinstance(value.get("code"), str):
        return {**value, "code": codes.get(value["code"], value["code"])}
    return value
