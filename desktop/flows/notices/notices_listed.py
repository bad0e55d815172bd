"""Notices for the command line and for paper: sentences for a person, rows for a table, values for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import when
from desktop.flows.notices.inbox import Notice, NoticeState

HEADS = ("Notice", "Child", "To", "Sent", "From", "Opened", "Acknowledged", "Due by", "Asked again")


def as_json(notice: Notice) -> dict[str, JSON]:
    return {
        "notice": notice.record_id,
        "kind": str(notice.kind),
        "child": notice.child_id,
        "child_name": notice.child_name,
        "about": notice.about_id,
        "form": notice.about_form,
        "to": notice.addressee,
        "mine": notice.is_mine,
        "state": str(notice.state),
        "sent_at": _iso(notice.sent_at),
        "sent_by": notice.sent_by,
        "opened_at": _iso(notice.opened_at),
        "acknowledged_at": _iso(notice.acknowledged_at),
        "answer_by": _iso(notice.answer_by),
        "facts": [{"fact": name, "value": value} for name, value in notice.facts],
        "readers": [
            {"name": r.name, "opened_at": _iso(r.opened_at), "acknowledged_at": _iso(r.acknowledged_at)}
            for r in notice.receipts
        ],
    }


def cells(found: Iterable[Notice], now: datetime) -> list[list[str]]:
    return [
        [
            one.title, one.child_name, one.addressee, _when(one.sent_at, now), one.sent_by, _when(one.opened_at, now),
            _when(one.acknowledged_at, now), _when(one.answer_by, now),
            "; ".join(_when(at, now) for at in one.asked_again),
        ]
        for one in found
    ]  # fmt: skip


def told(found: Sequence[Notice], now: datetime) -> str:
    return "\n".join(line for one in found for line in _lines(one, now)) or "No notices."


def told_whole(notice: Notice, now: datetime) -> str:
    """One notice, with what it says and who has read it."""
    facts = [f"  {name}: {value}" for name, value in notice.facts]
    readers = [f"  {reader_line(r.name, r.opened_at, r.acknowledged_at, now)}" for r in notice.receipts]
    return "\n".join([*_lines(notice, now), *facts, *readers])


def state_line(notice: Notice, now: datetime) -> str:
    """“Told today, 14:31. Not read”: sent and not read is a state, and no tick."""
    sent = f"Told {when(notice.sent_at, now)}" if notice.sent_at else "Told"
    if notice.state is NoticeState.ACKNOWLEDGED and notice.acknowledged_at:
        return f"{sent}. Acknowledged {when(notice.acknowledged_at, now)}"
    if notice.opened_at:
        return f"{sent}. Read {when(notice.opened_at, now)}, not acknowledged"
    return f"{sent}. Not read"


def reader_line(name: str, opened: datetime | None, acknowledged: datetime | None, now: datetime) -> str:
    parts = [f"read {when(opened, now)}" if opened else "not read"]
    if acknowledged:
        parts.append(f"acknowledged {when(acknowledged, now)}")
    return f"{name or 'A colleague'}: {', '.join(parts)}"


def _lines(notice: Notice, now: datetime) -> Iterator[str]:
    yield f"{notice.record_id}  {notice.title}. {notice.child_name}"
    yield f"  To: {notice.addressee}. From: {notice.sent_by or 'not said'}. {state_line(notice, now)}"


def _when(moment: datetime | None, now: datetime) -> str:
    return when(moment, now) if moment else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
