"""What other records of a child offer to this one: places and people for the plan, answers given before.

Nothing is filled in by itself. A row keeps its id when it is taken, so that two people who take the same one have taken
it once; one that is left is written down as a row removed, so that it is not offered again, here or in a later version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.forms import CAME_FROM, Definition, Filled, Question, QuestionType, check_answer, display, row_summary
from casework.forms.carrying import carried, provenance, told
from casework.records import RecordView, cell_path, row_path
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.editing import OpenRecord, Saved, current_view, save
from desktop.flows.record.linked_records import CALLED, context_of, happened, sources
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class OfferedRow:
    """A row of another record. `alike` says that a row of that name stands here already."""

    group: str
    row_id: str
    values: Mapping[str, JSON]
    words: str
    came_from: str
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that another record gives to a question here, and which record that is."""

    value: JSON
    words: str
    came_from: str


@dataclass(frozen=True, slots=True)
class Offers:
    """`told` is by question id, or group.column for the rows of a group."""

    rows: tuple[OfferedRow, ...] = ()
    told: Mapping[str, Told] = field(default_factory=dict)

    def of(self, group: str) -> tuple[OfferedRow, ...]:
        return tuple(row for row in self.rows if row.group == group)


def offers(desk: Desk, record: OpenRecord) -> Offers:
    """Everything this record could take as it stands; a signed one takes nothing more."""
    if record.locked or not record.view.child_id:
        return Offers()
    return Offers(tuple(_rows(desk, record)), dict(_told(desk, record)))


def take(desk: Desk, record_id: str, offer: OfferedRow) -> Saved:
    """The row, word for word, with where it came from under it."""
    rows = current_view(desk, record_id).rows(offer.group)
    position = after(rows[-1].position if rows else "")
    saved = save(desk, record_id, row_path(offer.group, offer.row_id), {"position": position})
    for column, value in offer.values.items():
        saved = save(desk, record_id, cell_path(offer.group, offer.row_id, column), value)
    return saved


def leave(desk: Desk, record_id: str, offer: OfferedRow) -> Saved:
    """Remembered in the record itself, so that a colleague is not asked again either."""
    return save(desk, record_id, row_path(offer.group, offer.row_id), {"removed": True})


def _rows(desk: Desk, record: OpenRecord) -> Iterator[OfferedRow]:
    """What last time named is offered anew each time; what another form carries here is decided about once. Of several
    of one name the latest speaks for all."""
    here, ever = set(record.view.row_seen), _seen(desk, record.view)
    carried_here = [(offer, ever) for offer in _carried(desk, record)]
    named: set[tuple[str, str]] = set()
    for offer, seen in (*carried_here, *((offer, here) for offer in _from_before(desk, record))):
        mark, name = row_path(offer.group, offer.row_id), (offer.group, _name(record, offer))
        is_first = not name[1] or name not in named
        named.add(name)
        if is_first and mark not in seen and offer.group in record.shown:
            seen.add(mark)
            yield offer


def _name(record: OpenRecord, offer: OfferedRow) -> str:
    return _folded(offer.values.get(record.definition.question(offer.group).columns[0].id))


def _seen(desk: Desk, view: RecordView) -> set[str]:
    """Rows that were taken or left, here and in the earlier records of this form."""
    before = [s for s in desk.vault.summaries(form_id=view.form_id, child_id=view.child_id) if _is_earlier(s, view)]
    return {path for one in (view, *(desk.vault.view(s.record_id) for s in before)) for path in one.row_seen}


def _is_earlier(summary: Summary, view: RecordView) -> bool:
    return summary.record_id != view.record_id and summary.created_at <= view.created_at


def _carried(desk: Desk, record: OpenRecord) -> Iterator[OfferedRow]:
    """Rows marked for this form in the child’s other records, the latest record first (“Add to plan”, S0)."""
    kept = [s for s in desk.vault.summaries(child_id=record.view.child_id) if not s.discarded]
    kept.sort(key=lambda summary: happened(summary.answers, summary.created_at), reverse=True)
    for summary in kept:
        definition = desk.catalogue.form(summary.form_id, summary.form_version)
        if any(q.is_group and q.carries_to.startswith(f"{record.definition.id}.") for q in definition.questions()):
            yield from _carried_by(desk, record, definition, desk.vault.view(summary.record_id))


def _carried_by(desk: Desk, record: OpenRecord, definition: Definition, view: RecordView) -> Iterator[OfferedRow]:
    filled = Filled(definition, view.answers(), context_of(desk, view))
    source = CALLED.get(view.form_id, view.form_id)
    came_from = provenance(source, {"updated_at": happened(view.answers(), view.created_at)})
    for item in carried(filled):
        question = record.definition.by_id.get(item.to_question)
        if item.to_form == record.definition.id and item.from_row and question is not None and question.is_group:
            offer = _row(record, question, item.from_row, item.value, came_from)
            yield offer if view.locked else replace(offer, came_from=f"{offer.came_from}, not signed yet")


def _from_before(desk: Desk, record: OpenRecord) -> Iterator[OfferedRow]:
    """People and places that last time’s record of this form named, where the question asks for them."""
    asked = [q for q in record.definition.questions() if q.type is QuestionType.ROWS and q.prefill]
    found = sources(desk, record.view) if asked else {}
    for question in asked:
        offer = told(question, found)
        for row in offer.value if offer and isinstance(offer.value, list) else ():
            columns = {column.id for column in question.columns} - {question.carry_when}
            values = {name: value for name, value in row.items() if name in columns}
            yield _row(record, question, str(row.get("id")), values, _of_the(record, found["previous"]))


def _of_the(record: OpenRecord, facts: Mapping[str, JSON]) -> str:
    """“from the interview of 16 March 2026”."""
    return provenance(CALLED.get(record.definition.id, "previous"), facts)


def _row(record: OpenRecord, question: Question, row_id: str, value: object, came_from: str) -> OfferedRow:
    known = {str(name): cell for name, cell in value.items()} if isinstance(value, Mapping) else {}
    values: dict[str, JSON] = {
        name: cell for name, cell in known.items() if (column := question.column(name)) and _fits(column, cell)
    }
    values[CAME_FROM] = _capital(came_from)
    words = row_summary(question, values, record.child.first_name)
    return OfferedRow(question.id, row_id, values, words, _capital(came_from), _is_alike(record, question, values))


def _is_alike(record: OpenRecord, question: Question, values: Mapping[str, JSON]) -> bool:
    first = question.columns[0].id
    here = record.answers.get(question.id)
    rows = [row for row in here if isinstance(row, dict)] if isinstance(here, list) else []
    return any(_folded(row.get(first)) == _folded(values.get(first)) for row in rows)


def _folded(name: object) -> str:
    return str(name or "").strip().casefold()


def _told(desk: Desk, record: OpenRecord) -> Iterator[tuple[str, Told]]:
    found = sources(desk, record.view)
    for question in record.definition.questions():
        if question.is_group:
            for column in question.columns:
                yield from _one(f"{question.id}.{column.id}", column, found, record.child.first_name)
        else:
            yield from _one(question.id, question, found, record.child.first_name)


def _one(
    place: str, question: Question, found: Mapping[str, Mapping[str, JSON]], child: str
) -> Iterator[tuple[str, Told]]:
    """A link to another record is chosen in its own box, and what cannot be changed is nobody’s to take."""
    if question.links_to or question.read_only or question.prefill.startswith("clock."):
        return
    offer = told(question, found)
    if offer is not None and _fits(question, offer.value) and not _is_none(offer.value):
        value: JSON = offer.value  # type: ignore[assignment]  # answers of another record are JSON
        yield place, Told(value, display(question, value, child), _capital(offer.provenance))


def _fits(question: Question, value: object) -> bool:
    """Whether the question here could hold what the other record says."""
    try:
        check_answer(question, value)
    except AnswerError:
        return False
    return True


def _is_none(value: object) -> bool:
    """“Not asked” there says nothing here."""
    return isinstance(value, Mapping) and "none" in value


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
