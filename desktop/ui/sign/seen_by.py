"""Who will see this: the child's own decisions, one line each, before anybody signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QWidget

from casework.forms.definition import Question, QuestionType
from casework.forms.wording import display, worded
from desktop.flows.record.editing import OpenRecord
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

SHORT = {"all": "All of it", "some": "Some", "no": "Nothing, {child} said no", "not_asked": "Nothing, not asked"}


def seen_by(record: OpenRecord, change: Link | None) -> Card | None:
    """None for a form that asks no consent."""
    question = next((q for q in record.definition.questions() if q.type is QuestionType.CONSENT), None)
    if question is None or question.id not in record.shown:
        return None
    card = Card("Who will see this", aside=change)
    lines = [*_lines(record, question), *_without(record)]
    for line in lines:
        card.add(line)
    if not lines:
        card.add(_line("Nobody has been chosen yet.", "", ""))
    return card


def section_of_consent(record: OpenRecord) -> str:
    found = [s.id for s in record.definition.sections if any(q.type is QuestionType.CONSENT for q in s.questions)]
    return found[0] if found else ""


def _lines(record: OpenRecord, question: Question) -> Iterator[QWidget]:
    rows = record.answers.get(question.id)
    for found in rows if isinstance(rows, list) else []:
        if isinstance(found, Mapping) and found.get("decision"):
            yield _recipient(record, question, found)


def _without(record: OpenRecord) -> Iterator[QWidget]:
    """What goes without a yes is said before anybody signs: to whom, what of it, and whether the child was told."""
    question, rows = record.definition.by_id.get("shared_without"), record.answers.get("shared_without")
    for found in rows if question is not None and isinstance(rows, list) else []:
        if question is None or not isinstance(found, Mapping) or not found.get("recipient"):
            continue
        child = record.child.first_name
        told = f"{child} was told" if found.get("child_told") is True else f"{child} was not told"
        said = {
            name: display(column, found.get(name), child)
            for name in ("recipient", "what", "only", "manager")
            if (column := question.column(name)) and found.get(name)
        }
        note = ". ".join(text for name in ("what", "only") if (text := said.get(name)))
        agreed = f"{said['manager']} agreed" if "manager" in said else "No manager named yet"
        yield _line(said["recipient"], f"{note}. {agreed}. {told}.".lstrip(". "), "Without a yes")


def _recipient(record: OpenRecord, question: Question, found: Mapping[str, object]) -> QWidget:
    child = record.child.first_name
    who, kept, why = (question.column(name) for name in ("recipient", "keep_back", "why_not_asked"))
    name = display(who, found.get("recipient"), child) if who else ""
    note = ""
    if kept is not None and found.get("decision") == "some" and found.get("keep_back"):
        note = f"{child} kept back: {display(kept, found.get('keep_back'), child)}"
    elif why is not None and found.get("why_not_asked"):
        note = display(why, found.get("why_not_asked"), child)
    return _line(name, note, worded(SHORT.get(str(found.get("decision")), ""), child))


def _line(name: str, note: str, what: str) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    line = row(holder, gap=12, margins=(side, look().room(7), side, look().room(7)))
    words = column(gap=1)
    words.addWidget(label(name))
    if note:
        words.addWidget(label(note, "caption", "muted"))
    line.addLayout(words, 1)
    if what:
        line.addWidget(label(what, "strong"))
    return holder
