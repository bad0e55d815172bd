"""Opening, filling in and sealing a record. A draft is durable at once; sealing makes it an operation."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from casework.canonical import JSON, canonical
from casework.errors import KnownError, RecordLocked, UnknownRecord
from casework.forms import Context, Definition, Filled, Finding
from casework.forms.findings import found_in
from casework.forms.lines import with_lines
from casework.forms.progress import progress_of
from casework.identifiers import OperationId, RecordId, child_named
from casework.practice.forbidden_states import life_findings
from casework.practice.roles import CORE, strands_of
from casework.records import Change, Merge, RecordView, row_path
from casework.typed_words import Half, kept_answer
from desktop.flows.children import Child, child_of, children_like, facts_of_name, is_plainly
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import after, changes_from, check_value, seen_at
from desktop.flows.record.life_refused import refuse_step_of_others, refuse_what_its_life_forbids
from desktop.flows.record.linked_records import context_of
from desktop.flows.record.making_notices import tell
from desktop.flows.record.unreadable_answers import unreadable
from desktop.flows.record.who_writes import refuse_who_only_reads, writes_form
from desktop.store.vault import Draft

_PLANNED_ABOUT = {"appointment": "about", "action": "from_record"}  # where forms of every strand name a record
TOGETHER = 256 * 1024  # bytes of answers sealed as one operation: the council takes four times as much


@dataclass(frozen=True)
class OpenRecord:
    """A record as a screen shows it: its drafts laid over it, and what its form says of that.

    `half`: by path, what stands in a box there and is no answer yet. `writes`: whether this officer's role does.
    """

    record_id: str
    definition: Definition
    view: RecordView
    child: Child
    answers: Mapping[str, JSON]
    context: Context
    shown: frozenset[str]
    findings: tuple[Finding, ...]
    progress: Mapping[str, str]
    half: Mapping[str, Half] = field(default_factory=dict)
    writes: bool = True

    @property
    def locked(self) -> bool:
        return self.view.locked

    @property
    def read_only(self) -> bool:
        return self.locked or not self.writes


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save changed, and when it was durable."""

    record_id: str
    path: str
    at: datetime


def new_id() -> str:
    """128 random bits: no laptop can guess or repeat another's."""
    return secrets.token_hex(16)


def new_row_id() -> str:
    """Short, and as hard to repeat within a record."""
    return secrets.token_hex(8)


def current_view(desk: Desk, record_id: str) -> RecordView:
    """The operations with the drafts over them. Raises UnknownRecord."""
    view = desk.vault.view(record_id, drafts=True)
    if not view.form_id:
        message = "That record is not on this laptop."
        raise UnknownRecord(message)
    return view


def open_record(desk: Desk, record_id: str) -> OpenRecord:
    view = current_view(desk, record_id)
    definition = desk.catalogue.form(view.form_id, view.form_version)
    answers, context = view.answers(), context_of(desk, view)
    definition = with_lines(definition, answers, context.child)
    filled = Filled(definition, answers, context)
    half = {} if view.locked else desk.vault.half_typed.of(record_id)
    found = (*unreadable(filled, half), *found_in(filled), *life_findings(filled, signing=True))
    return OpenRecord(
        record_id=record_id,
        definition=definition,
        view=view,
        child=child_of(desk, view.child_id),
        answers=answers,
        context=filled.context,
        shown=filled.shown,
        findings=found,
        progress=progress_of(filled, found),
        half=half,
        writes=writes_form(desk, view.form_id),
    )


def new_record(
    desk: Desk,
    form_id: str,
    child_id: str = "",
    known: Mapping[str, JSON] | None = None,
    *,
    strand: str = "",
    record_id: str = "",
) -> str:
    """`known` holds answers that are facts already; a child's own record begins its own child id."""
    definition = desk.catalogue.form(form_id)
    record_id = record_id or new_id()
    child_id = child_id or record_id
    if form_id != "child":
        child_of(desk, child_id)
    strand = strand or _strand_beside(desk, form_id, known or {}) or definition.strand
    _create(desk, definition, (record_id, child_id, strand), known or {})
    tell(desk, record_id, {})
    return record_id


def _strand_beside(desk: Desk, form_id: str, known: Mapping[str, JSON]) -> str:
    """What is planned about a record stands where that one does: the time of a return home interview would tell an
    education officer that the child was away. About none, it stands with the work of whoever does one kind alone: “Find
    Me Plan review” would tell it too."""
    if form_id not in _PLANNED_ABOUT:
        return ""
    named = desk.vault.summary(str(known.get(_PLANNED_ABOUT[form_id], "")))
    own = strands_of(desk.officer.role) - {CORE}
    return named.strand if named else "".join(own) if len(own) == 1 else ""


class MayBeHere(KnownError):
    """Who is meant, a person says: one of these children, or another."""

    def __init__(self, who: Sequence[Child]) -> None:
        named = ", or ".join(one.name_and_age for one in who)
        super().__init__(f"This may be a child who is here already: {named}. Say whether it is.")
        self.who = tuple(who)


def child_meant(desk: Desk, name: str, born: date | None, *, is_new: bool) -> str:
    """Whom a list names: one who is here already under that name and day of birth, a new one where nobody is like them,
    or `is_new`. Raises MayBeHere."""
    like = [] if is_new else children_like(desk, name, born)
    if is_plainly(name, born, like):
        return like[0].child_id
    if like:
        raise MayBeHere(like)
    return new_record(desk, "child", "", facts_of_name(name, born))


def new_of_no_child(desk: Desk, form_id: str, home: str, strand: str, known: Mapping[str, JSON]) -> str:
    """In a bucket that names no child (`homes/of_no_child.py`); nobody is told."""
    record_id = new_id()
    _create(desk, desk.catalogue.form(form_id), (record_id, home, strand), known)
    return record_id


def _create(desk: Desk, definition: Definition, where: tuple[str, str, str], known: Mapping[str, JSON]) -> None:
    """`where`: the record's id, the child or home it is of, and the strand."""
    record_id, child_id, strand = where
    changes, author = tuple(changes_from(definition, RecordView(RecordId(record_id)), known)), desk.author
    desk.vault.author(
        lambda stamp: author.create(
            stamp,
            record_id=RecordId(record_id),
            child_id=child_named(child_id),
            strand=strand,
            form_id=definition.id,
            form_version=definition.version,
            changes=changes,
        )
    )


def save(desk: Desk, record_id: str, path: str, value: JSON | Half, *, shown: RecordView | None = None) -> Saved:
    """Keeps what is typed, durably, before it returns; a Half stays here and is never said. Raises AnswerError or
    RecordLocked.

    `shown`: the record as the screen had it, if it was read before now; what came since is not replaced unseen, and
    a signature that came since refuses nothing: the words become a proposed amendment.
    """
    if isinstance(value, Half):
        return keep_half(desk, record_id, path, value)
    value = kept_answer(value)
    if shown is not None and not desk.vault.view(record_id).form_id:
        return _say_at_once(desk, shown, path, value)
    view = current_view(desk, record_id)
    refuse_who_only_reads(desk, view)
    if shown is None or shown.locked:
        _refuse_if_locked(view)
    check_value(desk.catalogue.form(view.form_id, view.form_version), path, value)
    with desk.pen:
        before = desk.vault.drafts.of(record_id).get(path)
        saw = _saw(desk, record_id, path, before, shown)
        refuse_step_of_others(desk, view, [Change(path, value, saw)])
        at = desk.vault.drafts.save(record_id, path, value, saw)
    return Saved(record_id, path, at)


def keep_half(desk: Desk, record_id: str, path: str, half: Half) -> Saved:
    """What stands in a box and is no answer. A box of no record goes by the name of its page."""
    kept = Half(kept_answer(half.raw), half.problem)
    return Saved(record_id, path, desk.vault.half_typed.save(record_id, path, kept))


def half_kept(desk: Desk, record_id: str, path: str) -> Half | None:
    return desk.vault.half_typed.of(record_id).get(path)


def add_row(desk: Desk, record_id: str, group: str) -> str:
    """An empty row at the end; returns its id."""
    rows = current_view(desk, record_id).rows(group)
    row_id = new_row_id()
    save(desk, record_id, row_path(group, row_id), {"position": after(rows[-1].position if rows else "")})
    return row_id


def remove_row(desk: Desk, record_id: str, group: str, row_id: str) -> Saved:
    """The row goes; an edit somebody else made unseen brings it back."""
    return save(desk, record_id, row_path(group, row_id), {"removed": True})


def seal(desk: Desk, record_id: str) -> bool:
    """Turns a record’s drafts into a signed operation, or into as many as the council’s limit on one asks for; False
    when there was nothing to seal."""
    if record_id in desk.vault.before.apart():
        return False
    with desk.pen:
        parts = _in_parts(desk.vault.drafts.changes(record_id))
        before = desk.vault.view(record_id).answers() if parts else {}
        for changes in parts:
            _seal_part(desk, record_id, changes)
    if parts:
        tell(desk, record_id, before)
    return bool(parts)


def seal_all(desk: Desk, *, untouched_since: datetime | None = None) -> int:
    """Before a sync or a lock; with a time, only what nobody has typed in since then."""
    sealed = 0
    for record_id in desk.vault.drafts.records():
        typed = max((draft.saved_at for draft in desk.vault.drafts.of(record_id).values()), default=None)
        if untouched_since is None or (typed is not None and typed <= untouched_since):
            sealed += seal(desk, record_id)
    return sealed


def answer(desk: Desk, record_id: str, answers: Mapping[str, JSON]) -> int:
    """Says many answers at once, as the command line does; returns how many paths changed."""
    view = current_view(desk, record_id)
    refuse_who_only_reads(desk, view)
    _refuse_if_locked(view)
    definition = desk.catalogue.form(view.form_id, view.form_version)
    changes = [change for change in changes_from(definition, view, answers) if view.answer(change.path) != change.value]
    refuse_what_its_life_forbids(desk, view, changes)
    for change in changes:
        save(desk, record_id, change.path, change.value)
    seal(desk, record_id)
    return len(changes)


def _saw(
    desk: Desk, record_id: str, path: str, before: Draft | None, shown: RecordView | None
) -> tuple[OperationId, ...]:
    """What the author saw when this draft began: a later arrival must not be replaced unseen."""
    if before is not None:
        return before.saw
    if shown is None:
        return seen_at(desk.vault.view(record_id), path)
    now = _view_of_author(desk, record_id)
    seen = frozenset(seen_at(shown, path))
    new = frozenset(now.saw(path)) - frozenset(shown.saw(path))
    own = _said_here(desk, record_id) & new if new else frozenset()
    return tuple(op_id for op_id in now.saw(path) if op_id in seen or op_id in own)


def _say_at_once(desk: Desk, shown: RecordView, path: str, value: JSON) -> Saved:
    """The record left the caseload under its author's hands: the words go up, for a supervisor to decide."""
    check_value(desk.catalogue.form(shown.form_id, shown.form_version), path, value)
    with desk.pen:
        change = Change(path, value, _saw(desk, shown.record_id, path, None, shown))
        author = desk.author
        operation = desk.vault.author(lambda stamp: author.say(stamp, shown, [change]))
    return Saved(shown.record_id, path, datetime.fromisoformat(operation.at))


def _seal_part(desk: Desk, record_id: str, changes: Sequence[Change]) -> None:
    view, author = _view_of_author(desk, record_id), desk.author
    clears = [(record_id, change.path) for change in changes]
    desk.vault.author(lambda stamp: author.say(stamp, view, changes), clears=clears)


def _in_parts(changes: Iterable[Change]) -> list[list[Change]]:
    """Each as long as one operation may well be; an answer is never parted."""
    parts: list[list[Change]] = []
    room = 0
    for change in changes:
        size = len(canonical(change.value)) + len(change.path)
        if not parts or size > room:
            parts.append([])
            room = TOGETHER
        parts[-1].append(change)
        room -= size
    return parts


def _view_of_author(desk: Desk, record_id: str) -> RecordView:
    """As whoever typed a draft had it: also of a record that has left the caseload since, and without a signature that
    came since, so that their words become a proposed amendment."""
    view = desk.vault.view(record_id)
    if view.form_id and not view.locked:
        return view
    return Merge(RecordId(record_id), desk.vault.operations(record_id)).view_before_signing()


def _said_here(desk: Desk, record_id: str) -> frozenset[OperationId]:
    """What this laptop said itself: sealed from the same screen, so its author knows it."""
    device = desk.writes_as
    return frozenset(op.op_id for op in desk.vault.operations(record_id) if op.device_id == device)


def _refuse_if_locked(view: RecordView) -> None:
    if view.locked:
        message = "This record is signed and stays as it is. Add a correction beside it instead."
        raise RecordLocked(message)
