"""The records behind a number, as far as this laptop holds them; each opens where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from casework.wire.figure_messages import Behind, FigureTold
from desktop.flows.children import children
from desktop.flows.desk import Desk

NOT_HERE = "Not on this laptop"


@dataclass(frozen=True, slots=True)
class BehindLine:
    """`place` is where it opens, empty where it is not held here."""

    child: str
    what: str
    number: str
    place: str
    about: str


def behind_lines(desk: Desk, figure: FigureTold) -> tuple[BehindLine, ...]:
    """By the child's name; what is not here comes last."""
    if not figure.behind:
        return ()
    names = {child.child_id: child.name_and_age for child in children(desk)}
    held = {summary.record_id: summary for summary in desk.vault.summaries()}
    lines = []
    for one in figure.behind:
        summary = held.get(one.id)
        if one.is_child and one.id in names:
            lines.append(BehindLine(names[one.id], "Child", one.number, "child", one.id))
        elif not one.is_child and summary is not None:
            title = desk.catalogue.form(summary.form_id).short_title
            lines.append(BehindLine(names.get(summary.child_id, NOT_HERE), title, one.number, "form", one.id))
        else:
            lines.append(_elsewhere(one))
    return tuple(sorted(lines, key=lambda line: (not line.place, line.child.casefold(), line.number, line.about)))


def _elsewhere(one: Behind) -> BehindLine:
    return BehindLine(NOT_HERE, "Child" if one.is_child else "Record", one.number or one.id, "", "")
