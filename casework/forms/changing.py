"""What a council may change in the shared lists and forms, as data, without touching either."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from casework.forms.definition import Option
from casework.forms.faults import Path, fault, meant
from casework.forms.questions import QUESTION_KEYS, Shared, read_options
from casework.forms.reading import Reader

_FIXED = frozenset({"id", "type", "column", "audience", "source", "computed", "carries_to"})
CHANGEABLE = QUESTION_KEYS - _FIXED


class ListChange(NamedTuple):
    """How a council changes a shared list: codes are added, reworded or retired, never removed."""

    add: tuple[Option, ...]
    retire: tuple[str, ...]
    reword: Mapping[str, str]


class FormChange(NamedTuple):
    """New settings for one question, or (when `section` is named) a whole new question at its end."""

    form: str
    settings: Mapping[str, object]
    path: Path
    question: str = ""
    section: str = ""


def read_list_changes(top: Reader) -> dict[str, ListChange]:
    """The `lists` of a council’s file."""
    return {name: _list_change(item, ("lists", name)) for name, item in top.get("lists", dict, {}).items()}


def _list_change(item: object, path: Path) -> ListChange:
    table = Reader(item, path, frozenset(ListChange._fields))
    add = read_options(table.table["add"], table.at("add"), Shared()) if "add" in table.table else ()
    return ListChange(add, table.texts("retire"), table.renames("reword"))


def read_form_changes(top: Reader) -> tuple[FormChange, ...]:
    """The `change` and `add` tables of a council’s file."""
    changes = [_change(item, path) for item, path in top.tables("change")]
    return tuple(changes + [_addition(item, path) for item, path in top.tables("add")])


def _change(item: object, path: Path) -> FormChange:
    table = Reader(item, path, CHANGEABLE | {"form", "question"})
    settings = {key: value for key, value in table.table.items() if key in CHANGEABLE}
    return FormChange(table.id("form"), settings, path, question=table.id("question"))


def _addition(item: object, path: Path) -> FormChange:
    table = Reader(item, path, frozenset({"form", "section", "question"}))
    return FormChange(table.id("form"), table.need("question", dict), path, section=table.id("section"))


def changed_lists(shared: Shared, changes: Mapping[str, ListChange]) -> Shared:
    """The shared lists as this council has them; raises Fault at the change that does not fit."""
    lists = dict(shared.lists)
    for name, change in changes.items():
        if name not in lists:
            fault(("lists", name), f"no list is called '{name}'{meant(name, lists)}.")
        lists[name] = _changed_list(name, lists[name], change)
    return shared._replace(lists=lists)


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
