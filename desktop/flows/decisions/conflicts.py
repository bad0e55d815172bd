"""Two texts for one answer: both are shown until a person decides. None is lost, and none replaced unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON, canonical
from casework.dates_in_words import day_and_time
from casework.errors import ChangedMeanwhile, RecordLocked
from casework.forms import Definition, Question, QuestionType, check_answer, display, worded
from casework.identifiers import OfficerId, OperationId
from casework.records import Change, Operation, RecordView, Standing, parse_path
from casework.records.ancestry import ancestors
from desktop.flows.children import Child, child_from, child_of
from desktop.flows.desk import Desk
from desktop.flows.record.editing import Saved, seal
from desktop.flows.record.life_refused import refuse_step_of_others
from desktop.flows.signing import signing
from desktop.store.database.remembered import Setting

CLEARED = "No answer: it was taken away"
# A new text half written, by record and path: never a draft, or a sync would decide by it.
WORDS: Setting[Mapping[str, str]] = Setting("deciding_words", dict[str, str], {})
# What arrived after a signature and a person has left out.
LEFT: Setting[Sequence[str]] = Setting("left_as_signed", tuple[str, ...], ())


@dataclass(frozen=True, slots=True)
class Said:
    """A value, who said it and when; `text` is how it reads, byte for byte where it is words."""

    op_id: OperationId
    value: JSON
    text: str
    name: str
    at: datetime
    mine: bool = False

    @property
    def who(self) -> str:
        return "You" if self.mine else self.name


@dataclass(frozen=True)
class Decision:
    """`before` is what all sides replaced, None when there was nothing or it is not known. `signed`: the record is
    locked, so a side can only stand beside it as a correction."""

    record_id: str
    path: str
    child: Child
    title: str
    question: Question
    label: str
    before: Said | None
    sides: tuple[Said, ...]
    signed: bool = False

    @property
    def shown(self) -> tuple[OperationId, ...]:
        return tuple(side.op_id for side in self.sides)

    @property
    def child_words(self) -> bool:
        return self.question.voice == "child" and self.is_text

    @property
    def is_text(self) -> bool:
        return self.question.type in _AS_WRITTEN

    @property
    def correctable(self) -> bool:
        """A correction names one question; a row's is made on the record."""
        return self.signed and not parse_path(self.path).group

    @property
    def both(self) -> str:
        """Every text whole, one under the other, each under its author's name; empty when there are not two."""
        texts = [side for side in self.sides if isinstance(side.value, str) and side.value]
        if not self.is_text or len(texts) < 2:
            return ""
        return "\n\n".join(f"{side.name}, {day_and_time(side.at)}:\n{side.value}" for side in texts)


def decisions(desk: Desk) -> tuple[Decision, ...]:
    """Every one on this laptop, the one that has waited longest first."""
    undecided = desk.vault.undecided()
    histories = desk.vault.histories([summary.record_id for summary in undecided])
    own = desk.vault.named({summary.child_id for summary in undecided})
    found: list[Decision] = []
    for summary in undecided:
        view, said = histories[summary.record_id]
        child = child_from(desk, own[view.child_id]) if view.child_id in own else None
        found += _open_in(desk, Reading(desk, view, child, said))
    return tuple(sorted(found, key=_since))


def of_record(desk: Desk, record_id: str) -> tuple[Decision, ...]:
    view = desk.vault.view(record_id)
    return tuple(_open_in(desk, Reading(desk, view))) if view.conflicts or view.proposed else ()


def _open_in(desk: Desk, reading: Reading) -> Iterator[Decision]:
    for found in (*reading.conflicts(), *reading.proposals()):
        if not _is_settled(desk, reading.view, found):
            yield found


def decide(
    desk: Desk, record_id: str, path: str, value: JSON, reason: str = "", *, shown: tuple[OperationId, ...]
) -> Operation:
    """Replaces the texts that were `shown`, and no other. Raises ChangedMeanwhile, RecordLocked, AnswerError."""
    if path in desk.vault.drafts.of(record_id):
        seal(desk, record_id)  # what was typed meanwhile is a text too
    view = desk.vault.view(record_id)
    if view.locked:
        message = "This record was signed meanwhile and stays as it is. Add a correction beside it instead."
        raise RecordLocked(message)
    if not shown or set(view.saw(path)) != set(shown):
        message = "This answer has changed since you opened it, so nothing was replaced. Read it again, then decide."
        raise ChangedMeanwhile(message)
    if value is not None:
        check_answer(_question(desk.catalogue.form(view.form_id, view.form_version), path), value)
    author, change = desk.author, Change(path, value, shown)
    refuse_step_of_others(desk, view, [change])
    operation = desk.vault.author(lambda stamp: author.resolve(stamp, view, change, reason.strip()))
    keep_words(desk, record_id, path, "")
    desk.vault.audit.add("decided", record=record_id, path=path)
    return operation


def correct(desk: Desk, found: Decision, side: Said, *, reason: str, name: str, passphrase: str) -> None:
    """A side of a signed record becomes a signed correction beside it. Raises WrongPassphrase, SignatureRefused."""
    signing.amend(
        desk,
        found.record_id,
        question=parse_path(found.path).question,
        value=side.value,
        reason=reason,
        name=name,
        passphrase=passphrase,
    )
    leave(desk, found)


def leave(desk: Desk, found: Decision) -> None:
    """The signed record stays as it is; what arrived later stays in its history and is not asked about again."""
    desk.vault.settings.put(LEFT, (*desk.vault.settings.get(LEFT), _key(found)))
    desk.vault.audit.add("left_as_signed", record=found.record_id, path=found.path)


def keep_words(desk: Desk, record_id: str, path: str, words: str) -> Saved:
    """A new text that is half written: durable, encrypted, on this laptop only."""
    kept = _kept(desk)
    key = f"{record_id} {path}"
    if kept.get(key, "") != words:
        rest = {name: text for name, text in kept.items() if name != key}
        desk.vault.settings.put(WORDS, {**rest, key: words} if words else rest)
    return Saved(record_id, path, desk.now())


def words_kept(desk: Desk, record_id: str, path: str) -> str:
    return str(_kept(desk).get(f"{record_id} {path}", ""))


_AS_WRITTEN = (QuestionType.TEXT, QuestionType.NARRATIVE)


class Reading:
    """One record, for what there is to decide in it, or was."""

    def __init__(
        self, desk: Desk, view: RecordView, child: Child | None = None, said: Sequence[Operation] | None = None
    ) -> None:
        """With `child` and `said` nothing more is read: they are asked for where many records are."""
        self._desk, self.view = desk, view
        self._definition = desk.catalogue.form(view.form_id, view.form_version)
        self._child = child or child_of(desk, view.child_id)
        self._names = {one.officer_id: one.name for one in view.signatures if one.name}
        self._names |= {one.officer_id: one.name for one in view.amendments if one.name}
        self.child_name = self._child.name
        operations = desk.vault.operations(view.record_id) if said is None else said
        self.operations = {op.op_id: op for op in operations}

    def conflicts(self) -> Iterator[Decision]:
        for path in self.view.conflicts:
            sides = sorted(
                self.view.values[path], key=lambda side: (side.officer_id == self._desk.officer.id, side.hlc)
            )
            yield self._decision(path, self._before(path), sides)

    def proposals(self) -> Iterator[Decision]:
        """What was written elsewhere before the signature was seen there."""
        for proposed in self.view.proposed:
            for change in proposed.changes:
                if parse_path(change.path).is_row or self._is_signed_so(change.path, change.value):
                    continue
                stood = self.view.values.get(change.path, ())
                side = Standing(proposed.op_id, change.value, proposed.officer_id, proposed.at, "")
                yield self._decision(change.path, stood[-1] if stood else None, [side])

    def _is_signed_so(self, path: str, value: JSON) -> bool:
        return canonical(self.view.answer(path)) == canonical(value)

    def _decision(self, path: str, before: Standing | None, sides: Iterable[Standing]) -> Decision:
        question = self.question(path)
        return Decision(
            record_id=self.view.record_id,
            path=path,
            child=self._child,
            title=self._definition.title,
            question=question,
            label=self.label(path, question),
            before=self.said(question, before) if before else None,
            sides=tuple(self.said(question, side) for side in sides),
            signed=self.view.locked,
        )

    def question(self, path: str) -> Question:
        return _question(self._definition, path)

    def label(self, path: str, question: Question) -> str:
        parsed, child = parse_path(path), self._child.first_name
        own = worded(question.label, child)
        if not parsed.group:
            return own
        ids = [row.id for row in self.view.rows(parsed.group)]
        number = f" {ids.index(parsed.row) + 1}" if parsed.row in ids else ""
        return f"{worded(self._definition.by_id[parsed.group].short_label, child)}{number}: {own}"

    def said(self, question: Question, side: Standing) -> Said:
        words = CLEARED if side.value is None else display(question, side.value, self._child.first_name)
        text = side.value if isinstance(side.value, str) and question.type in _AS_WRITTEN else words
        return Said(
            side.op_id,
            side.value,
            text,
            self.name_of(side.officer_id),
            datetime.fromisoformat(side.at),
            side.officer_id == self._desk.officer.id,
        )

    def name_of(self, officer_id: OfficerId) -> str:
        """As they signed, as the council calls them, or their id until it has told."""
        return self._names.get(officer_id) or self._desk.name_of(officer_id) or f"Another officer ({officer_id})"

    def _before(self, path: str) -> Standing | None:
        """The latest text that every side had in sight when it was written, directly or further back."""
        seen = [self._seen(path, side.op_id) for side in self.view.values[path]]
        common = [self.operations[op_id] for op_id in set.intersection(*seen)]
        if not common:
            return None
        last = max(common, key=lambda op: (op.hlc, op.op_id))
        value = next(change.value for change in last.changes if change.path == path)
        return Standing(last.op_id, value, last.officer_id, last.at, last.hlc)

    def _seen(self, path: str, op_id: OperationId) -> set[OperationId]:
        """The texts at this path that one had in sight when it was written, directly or further back."""

        def replaced(op: Operation) -> list[OperationId]:
            return [old for c in op.changes if c.path == path for old in c.replaces if self._says(old, path)]

        return ancestors((op_id,), self.operations, replaced) - {op_id}

    def _says(self, op_id: OperationId, path: str) -> bool:
        op = self.operations.get(op_id)
        return op is not None and any(change.path == path for change in op.changes)


def _question(definition: Definition, path: str) -> Question:
    parsed = parse_path(path)
    return definition.at(parsed) or definition.by_id[parsed.group]


def _since(found: Decision) -> datetime:
    """When there came to be something to decide: when the last of the texts was written."""
    return max(side.at for side in found.sides)


def _is_settled(desk: Desk, view: RecordView, found: Decision) -> bool:
    """Left out here, or added as a correction, here or anywhere."""
    if not found.signed:
        return False
    left = desk.vault.settings.get(LEFT)
    values = [canonical(c.value) for one in view.amendments for c in one.changes if c.path == found.path]
    return _key(found) in left or any(canonical(s.value) in values for s in found.sides)


def _key(found: Decision) -> str:
    return " ".join((found.record_id, found.path, *sorted(found.shown)))


def _kept(desk: Desk) -> Mapping[str, str]:
    return desk.vault.settings.get(WORDS)
