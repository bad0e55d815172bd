"""What must be left out with what is left out: a question that is asked because of another tells of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casework.forms.conditions import All, rests_on
from casework.forms.definition import Definition, Question

FOLLOWS = "It is asked because of an answer that is left out."


def following(definition: Definition, withheld: Mapping[str, str], by_name: Iterable[str] = ()) -> dict[str, str]:
    """`withheld` and all that rests on it, by question or group.column; what was shared `by_name` stays."""
    out, named = dict(withheld), frozenset(by_name)
    for question_id in definition.order:
        question = definition.by_id[question_id]
        condition = All((definition.section_of[question_id].show_when, question.show_when))
        if question_id not in named and _rests(rests_on(condition), out):
            out.setdefault(question_id, FOLLOWS)
        if question_id not in out:
            out.update((place, FOLLOWS) for place in _columns(question, out))
    return out


def _columns(question: Question, out: Mapping[str, str]) -> Iterator[str]:
    """Columns that follow, in turn, until no more do."""
    left = {column.id: column for column in question.columns if f"{question.id}.{column.id}" not in out}
    gone = dict(out)
    while found := [name for name, column in left.items() if _rests(rests_on(column.show_when, question.id), gone)]:
        for name in found:
            del left[name]
            gone[f"{question.id}.{name}"] = FOLLOWS
            yield f"{question.id}.{name}"


def _rests(places: Iterable[str], out: Mapping[str, str]) -> bool:
    return any(place in out or place.partition(".")[0] in out for place in places)
