"""What a council may change in the shared lists and forms, as data, without touching either."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import field
from msgspec.structs import replace

from casework.forms.definition import Option
from casework.forms.faults import Path, fault, meant
from casework.forms.questions import QuestionTable, Shared, refuse_twins
from casework.forms.reading import Id, Table, Texts, read

_FIXED = frozenset({"id", "type", "column", "audience", "source", "computed", "carries_to"})
CHANGEABLE = frozenset(QuestionTable.__struct_fields__) - _FIXED


class ListChange(Table, frozen=True):
    """How a council changes a shared list: codes are added, reworded or retired, never removed."""

    add: tuple[Option, ...] = ()
    retire: Texts = ()
    reword: dict[str, str] = field(default_factory=dict)


class Addition(Table, frozen=True):
    """A whole new question at the end of a section, as it is written."""

    form: Id
    section: Id
    question: dict[str, Any]


class _Which(Table, frozen=True):
    form: Id
    question: Id


class FormChange(NamedTuple):
    """New settings for one question, or (when `section` is named) a whole new question at its end."""

    form: str
    settings: Mapping[str, object]
    path: Path
    question: str = ""
    section: str = ""


def list_changes(tables: dict[str, ListChange]) -> dict[str, ListChange]:
    """The `lists` of a council’s file; raises Fault at an option that stands twice."""
    for name, change in tables.items():
        refuse_twins(change.add, ("lists", name, "add"))
    return tables


def form_changes(changes: tuple[dict[str, Any], ...], additions: tuple[Addition, ...]) -> tuple[FormChange, ...]:
    """The `change` and `add` tables of a council’s file."""
    found = [_change(table, ("change", place)) for place, table in enumerate(changes)]
    return (
        *found,
        *(FormChange(a.form, a.question, ("add", place), section=a.section) for place, a in enumerate(additions)),
    )


def _change(table: dict[str, Any], path: Path) -> FormChange:
    settings = {key: value for key, value in table.items() if key in CHANGEABLE}
    for key in table:
        if key not in (known := CHANGEABLE | {"form", "question"}):
            fault((*path, key), f"no setting is called '{key}'{meant(key, known)}.")
    which = read(_Which, {key: value for key, value in table.items() if key not in CHANGEABLE}, path)
    return FormChange(which.form, settings, path, question=which.question)


def changed_lists(shared: Shared, changes: Mapping[str, ListChange]) -> Shared:
    """The shared lists as this council has them; raises Fault at the change that does not fit."""
    if not changes:
        return shared  # the same one, by which each form that was read with it is known again
    lists = dict(shared.lists)
    for name, change in changes.items():
        if name not in lists:
            fault(("lists", name), f"no list is called '{name}'{meant(name, lists)}.")
        lists[name] = _changed_list(name, lists[name], change)
    return Shared(lists, shared.wording)


def _changed_list(name: str, options: tuple[Option, ...], change: ListChange) -> tuple[Option, ...]:
    codes = tuple(option.code for option in options)
    for code in (*change.retire, *change.reword):
        if code not in codes:
            fault(("lists", name), f"'{name}' has no option '{code}'{meant(code, codes)}.")
    for option in change.add:
        if option.code in codes:
            fault(("lists", name, "add"), f"'{name}' already has an option '{option.code}'.")
    kept = tuple(
        replace(
            option,
            retired=option.retired or option.code in change.retire,
            label=change.reword.get(option.code, option.label),
        )
        for option in options
    )
    return kept + change.add


def changed_form(data: Mapping[str, object], changes: tuple[FormChange, ...]) -> dict[str, object]:
    """The data of one form with a council’s changes made; raises Fault at the change that does not fit."""
    changed = copy.deepcopy(dict(data))
    for change in changes:
        if change.section:
            _add(changed, change)
        else:
            _find(_questions(changed), change.question, "question", change.path).update(change.settings)
    return changed


def _add(data: Mapping[str, object], change: FormChange) -> None:
    section = _find(_tables(data.get("section")), change.section, "section", change.path)
    questions = section.get("question")
    if isinstance(questions, list):
        questions.append(dict(change.settings))


def _tables(value: object) -> Iterator[dict[str, object]]:
    yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _questions(data: Mapping[str, object]) -> Iterator[dict[str, object]]:
    for section in _tables(data.get("section")):
        yield from _tables(section.get("question"))


def _find(tables: Iterator[dict[str, object]], name: str, what: str, path: Path) -> dict[str, object]:
    known = {str(table.get("id")): table for table in tables}
    if name not in known:
        fault(path, f"the form has no {what} '{name}'{meant(name, known)}.")
    return known[name]
