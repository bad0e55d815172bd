"""The inbox: what was sent to this officer or their role; and, of any record, who has been told and has read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.canonical import JSON
from casework.errors import AnswerError, UnknownRecord
from casework.forms.moments import span
from casework.identifiers import OfficerId
from casework.kept_once import once_of
from casework.practice.lives.states import rows
from casework.practice.notices.notice_table import (
    CHASES,
    NOTICE,
    RECEIPTS,
    TAKEN_ON,
    NoticeKind,
    inbox_of,
    officer_mark,
)
from casework.practice.roles import role_name
from casework.records import Change, RecordView, cell_path, row_path
from desktop.flows.children import child_from, child_of
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

LONGEST_WORDS = 500
_KINDS = frozenset(NoticeKind)


class NoticeState(StrEnum):
    UNREAD = "unread"
    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one reader's own laptop said."""

    name: str
    opened_at: datetime | None
    acknowledged_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class Notice:
    """`is_mine`: sent to this officer or their role. `about_here`: the record is on this laptop, to be opened."""

    record_id: str
    kind: NoticeKind
    title: str
    child_id: str
    child_name: str
    about_id: str
    about_form: str
    about_here: bool
    addressee: str
    sent_at: datetime | None
    sent_by: str
    answer_by: datetime | None
    receipts: tuple[Receipt, ...]
    asked_again: tuple[datetime, ...]
    facts: tuple[tuple[str, str], ...]
    is_mine: bool

    @property
    def state(self) -> NoticeState:
        """One acknowledgement settles it for a whole team."""
        if any(receipt.acknowledged_at for receipt in self.receipts):
            return NoticeState.ACKNOWLEDGED
        return NoticeState.OPENED if self.receipts else NoticeState.UNREAD

    @property
    def opened_at(self) -> datetime | None:
        return min((r.opened_at for r in self.receipts if r.opened_at), default=None)

    @property
    def acknowledged_at(self) -> datetime | None:
        return min((r.acknowledged_at for r in self.receipts if r.acknowledged_at), default=None)

    @property
    def is_taken_on(self) -> bool:
        """Acknowledging it gives its reader the child."""
        return self.kind in TAKEN_ON and not self.about_here

    def is_late(self, now: datetime) -> bool:
        return self.state is not NoticeState.ACKNOWLEDGED and self.answer_by is not None and now > self.answer_by


@dataclass(frozen=True, slots=True)
class InboxTop:
    """The first few of the inbox, and how many it holds, and of those nobody has opened."""

    first: tuple[Notice, ...] = ()
    unread: int = 0
    count: int = 0


NOTHING_SENT = InboxTop()


def inbox(desk: Desk) -> tuple[Notice, ...]:
    """What waits for an answer first, then the newest first."""
    found = _read(desk, [one for one in desk.vault.summaries(form_id=NOTICE) if _is_mine(desk, one)])
    return tuple(sorted(found, key=lambda one: (one.state is NoticeState.ACKNOWLEDGED, -_stamp(one.sent_at))))


def inbox_top(desk: Desk, notices: Iterable[Summary], few: int) -> InboxTop:
    """Read out as far as a day shows it: a manager's inbox grows with the years."""
    mine = [one for one in notices if _is_mine(desk, one) and one.answers.get("kind") in _KINDS]
    mine.sort(key=_by_urgency)
    unread = sum(not rows(one.answers, RECEIPTS) for one in mine)
    return InboxTop(tuple(_read(desk, mine[:few])), unread, len(mine))


def every_notice(desk: Desk, *, unanswered: bool = False) -> tuple[Notice, ...]:
    """All that this laptop holds, the newest first; or those that nobody has acknowledged."""
    notices = desk.vault.summaries(form_id=NOTICE)
    found = _read(desk, [one for one in notices if not (unanswered and _is_acknowledged(one))])
    return tuple(sorted(found, key=lambda one: -_stamp(one.sent_at)))


def told_of(desk: Desk, record_id: str) -> tuple[Notice, ...]:
    """Who has been told of a record, in the order in which they were."""
    child = desk.vault.view(record_id).child_id
    found = desk.vault.summaries(form_id=NOTICE, child_id=child) if child else []
    about = [summary for summary in found if summary.answers.get("about") == record_id]
    return tuple(sorted(_read(desk, about), key=lambda one: _stamp(one.sent_at)))


def notice(desk: Desk, record_id: str) -> Notice:
    """Raises UnknownRecord."""
    summary = desk.vault.summary(record_id)
    found = _read(desk, [summary] if summary and summary.form_id == NOTICE else [])
    if not found:
        message = "That notice is not on this laptop. Those that are stand in the list of notices."
        raise UnknownRecord(message)
    return found[0]


def open_notice(desk: Desk, record_id: str) -> Notice:
    """Reading it is said to its sender, once, by the reader's own laptop. Raises UnknownRecord."""
    found = notice(desk, record_id)
    if found.is_mine and not _own(desk, record_id).get("opened_at"):
        _say(desk, record_id, {"opened_at": _now(desk)})
    return notice(desk, record_id)


def opened(desk: Desk, record_id: str) -> tuple[Notice, tuple[Notice, ...]]:
    """A notice, read, and all that was sent about the same record. Raises UnknownRecord."""
    found = open_notice(desk, record_id)
    return found, told_of(desk, found.about_id) or (found,)


def acknowledge(desk: Desk, record_id: str, words: str = "") -> Notice:
    """Raises UnknownRecord, and AnswerError for a notice to somebody else or for too many words."""
    found = notice(desk, record_id)
    if not found.is_mine:
        message = "This notice is to somebody else. Only its reader can acknowledge it."
        raise AnswerError(message)
    if len(words) > LONGEST_WORDS:
        message = f"Say it in up to {LONGEST_WORDS} letters, or write it in the record."
        raise AnswerError(message)
    own = _own(desk, record_id)
    said: dict[str, JSON] = {} if own.get("opened_at") else {"opened_at": _now(desk)}
    said["acknowledged_at"] = _now(desk)
    _say(desk, record_id, {**said, **({"words": words.strip()} if words.strip() else {})})
    return notice(desk, record_id)


def ask_again(desk: Desk, record_id: str) -> Notice:
    """Somebody rang, or went and asked: that it was done, by whom and when. Raises UnknownRecord."""
    notice(desk, record_id)
    view, mark = desk.vault.view(record_id), officer_mark(desk.officer.id)
    row = f"{mark}-{len(view.rows(CHASES)) + 1}"
    _write(desk, view, CHASES, row, {"at": _now(desk), "by": desk.officer.name})
    return notice(desk, record_id)


def _own(desk: Desk, record_id: str) -> Mapping[str, JSON]:
    mark = officer_mark(desk.officer.id)
    view = desk.vault.view(record_id)
    return view.row_answers(RECEIPTS, mark) if any(row.id == mark for row in view.rows(RECEIPTS)) else {}


def _say(desk: Desk, record_id: str, said: Mapping[str, JSON]) -> None:
    name: dict[str, JSON] = {"name": desk.officer.name}
    _write(desk, desk.vault.view(record_id), RECEIPTS, officer_mark(desk.officer.id), {**name, **said})


def _write(desk: Desk, view: RecordView, group: str, row: str, cells: Mapping[str, JSON]) -> None:
    author = desk.author
    new = [] if any(one.id == row for one in view.rows(group)) else [Change(row_path(group, row), {"position": "a0"})]
    paths = {cell_path(group, row, column): value for column, value in cells.items()}
    changes = [*new, *(Change(path, value, view.saw(path)) for path, value in paths.items())]
    desk.vault.author(lambda stamp: author.say(stamp, view, changes))


def _is_mine(desk: Desk, summary: Summary) -> bool:
    """The service sends what a team is asked to nobody of another team."""
    inbox = inbox_of(summary.strand)
    return inbox is not None and inbox.is_for(desk.officer.role, desk.officer.id, inbox.team)


@once_of
def _by_urgency(summary: Summary) -> tuple[bool, float]:
    return _is_acknowledged(summary), -_stamp(_moment(summary.answers.get("sent_at")))


@once_of
def _is_acknowledged(summary: Summary) -> bool:
    return any(_moment(row.get("acknowledged_at")) for row in rows(summary.answers, RECEIPTS))


def _read(desk: Desk, summaries: Iterable[Summary]) -> list[Notice]:
    """The children and what the notices are about are asked for at once: a manager's inbox grows with the years."""
    found = [one for one in summaries if one.answers.get("kind") in _KINDS]
    here = desk.vault.named({*(one.child_id for one in found), *(str(one.answers.get("about")) for one in found)})
    return [_notice(desk, summary, here) for summary in found]


def _notice(desk: Desk, summary: Summary, here: Mapping[str, Summary]) -> Notice:
    said, form = summary.answers, desk.catalogue.form(NOTICE, summary.form_version)
    about = str(said.get("about") or "")
    own = here.get(summary.child_id)
    child = child_from(desk, own) if own is not None else child_of(desk, summary.child_id)
    return Notice(
        record_id=summary.record_id,
        kind=NoticeKind(str(said["kind"])),
        title=desk.catalogue.display(form, "kind", said["kind"]),
        child_id=summary.child_id,
        child_name=child.name_and_age,
        about_id=about,
        about_form=str(said.get("about_form") or ""),
        about_here=about in here,
        addressee=_addressee(desk, said),
        sent_at=_moment(said.get("sent_at")),
        sent_by=str(said.get("sent_by") or ""),
        answer_by=_moment(said.get("answer_by")),
        receipts=tuple(_receipt(row) for row in rows(said, RECEIPTS)),
        asked_again=tuple(at for row in rows(said, CHASES) if (at := _moment(row.get("at")))),
        facts=tuple(_fact_lines(desk, rows(said, "facts"))),
        is_mine=_is_mine(desk, summary),
    )


def _receipt(row: Mapping[str, object]) -> Receipt:
    opened, acknowledged = _moment(row.get("opened_at")), _moment(row.get("acknowledged_at"))
    return Receipt(str(row.get("name") or ""), opened, acknowledged, str(row.get("words") or ""))


def _addressee(desk: Desk, said: Mapping[str, JSON]) -> str:
    role, team = str(said.get("to_role") or ""), desk.catalogue.council.teams.get(str(said.get("to_team") or ""))
    if team is not None:
        return team.name
    return role_name(role) or desk.name_of(OfficerId(str(said.get("to_officer") or ""))) or "A colleague"


def _fact_lines(desk: Desk, found: Sequence[Mapping[str, object]]) -> Iterable[tuple[str, str]]:
    for row in found:
        form_id, _, question = str(row.get("fact")).partition(".")
        form = desk.catalogue.form(form_id)
        if form_id != "child" and question in form.by_id:
            yield form.question(question).short_label, desk.catalogue.display(form, question, row.get("value"))


def _moment(value: object) -> datetime | None:
    found = span(value)
    return found.first if found else None


def _now(desk: Desk) -> str:
    return desk.now().isoformat(timespec="seconds")


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
