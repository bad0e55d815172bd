"""What waits here, what the council has received, and fetching the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.dates_in_words import counted
from desktop.flows.access.council_file import take_up, versions
from desktop.flows.access.ended_commissions import let_go
from desktop.flows.access.joining_a_council import is_unknown
from desktop.flows.access.preferences import preferences
from desktop.flows.children import child_from, child_of, title_of
from desktop.flows.council.destroyed_told import leaving, lines, unread
from desktop.flows.council.kept_apart import KeptWords, kept_apart
from desktop.flows.council.not_taken_in import Returned, dealt_ids, returned
from desktop.flows.council.review import waiting_for_decision
from desktop.flows.council.updating import UP_TO_DATE, UpdateStanding, standing
from desktop.flows.desk import Desk
from desktop.flows.record.editing import seal_all
from desktop.store.database.remembered import LAST_HEARD, SERVICE
from desktop.store.exchange.outbox import Waiting
from desktop.store.exchange.service_answers import NOT_TAKEN_IN
from desktop.sync.events_and_effects import Ending
from desktop.sync.pacing import Pace
from desktop.sync.runner import Runner, SyncReport

__all__ = ["Pace", "SyncReport"]  # a screen that sends by itself paces itself by these
DAMAGED = "No longer as it was taken. Take it again if you can."
PAUSE = timedelta(minutes=2)  # without a key, after which what was typed counts as said


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """A record with something the council has not acknowledged. `problem` is a plain sentence, or empty."""

    record_id: str
    title: str
    child_name: str
    since: datetime
    items: int
    problem: str


@dataclass(frozen=True, slots=True)
class ReceivedItem:
    record_id: str
    title: str
    child_name: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A photograph or document, which goes after the record it belongs to."""

    record_id: str
    title: str
    child_name: str
    bytes: int
    problem: str


@dataclass(frozen=True, slots=True)
class Sending:
    """`last_heard` is when the council last answered; None before the first time. `is_unknown`: it answered that it
    does not know this laptop, which has to join again. `returned`: this officer's own words that were not taken in;
    `to_review`: colleagues' words that wait for this supervisor; `update`: a newer version of Homeward, needed
    or offered; `destroyed`: what the council destroyed of what was here, `leaving`: and what of it still waits;
    `kept`: written before joining under another name."""

    waiting: tuple[WaitingItem, ...]
    files: tuple[WaitingFile, ...]
    received: tuple[ReceivedItem, ...]
    drafts: int
    last_heard: datetime | None
    is_unknown: bool = False
    returned: tuple[Returned, ...] = ()
    dealt_with: tuple[str, ...] = ()
    to_review: int = 0
    update: UpdateStanding = UP_TO_DATE
    destroyed: tuple[str, ...] = ()
    destroyed_unread: tuple[str, ...] = ()
    leaving: str = ""
    kept: KeptWords | None = None

    @property
    def count(self) -> int:
        return sum(item.items for item in self.waiting)


def sending(desk: Desk) -> Sending:
    """Oldest first."""
    drafts = len(desk.vault.drafts.records())
    return Sending(
        waiting_items(desk),
        _files(desk),
        _received(desk),
        drafts,
        last_heard(desk),
        is_unknown(desk),
        returned(desk),
        dealt_ids(desk),
        waiting_for_decision(desk),
        standing(desk),
        lines(desk),
        unread(desk),
        leaving(desk),
        kept_apart(desk),
    )


FEW = 40
"""As many are named one by one sooner than the whole store is read."""


def waiting_items(desk: Desk) -> tuple[WaitingItem, ...]:
    """What waits to be received, one line a record, oldest first."""
    items: dict[str, WaitingItem] = {}
    unreceived = _unreceived(desk)
    names = _names(desk) if len(unreceived) > FEW else {}
    for waiting in unreceived:
        before = items.get(waiting.record_id)
        name, title = names.get(waiting.record_id) or _named(desk, waiting.record_id)
        since = before.since if before else datetime.fromisoformat(str(waiting.at))
        problem = waiting.last_error or (before.problem if before else "")
        items[waiting.record_id] = WaitingItem(
            waiting.record_id, title, name, since, (before.items if before else 0) + 1, problem
        )
    return tuple(items.values())


def waiting_count(desk: Desk) -> int:
    """What the strip shows on every screen."""
    return len(_unreceived(desk))


def last_heard(desk: Desk) -> datetime | None:
    value = desk.vault.settings.get(LAST_HEARD)
    return datetime.fromisoformat(value) if value else None


def sync(
    desk: Desk,
    progress: Callable[[str, int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    losses_confirmed: bool = False,
) -> SyncReport:
    """Seals what was said, then pushes and pulls. No network is an outcome with a sentence, not an error.

    `losses_confirmed`: a person has agreed that many records leave this laptop (scenario 50).
    """
    seal_all(desk)
    return _exchange(desk, progress, cancelled, losses_confirmed=losses_confirmed)


def sync_by_itself(desk: Desk, cancelled: Callable[[], bool] = lambda: False) -> SyncReport | None:
    """As `sync`, without a person asking: a record somebody is still typing in is left alone.

    None, and nothing done, when the person would rather be asked, or there is no council to send to yet.
    """
    if not preferences(desk).sends_itself or not desk.vault.settings.get(SERVICE).url:
        return None
    seal_all(desk, untouched_since=desk.now() - PAUSE)
    return _exchange(desk, None, cancelled)


def wants_agreement(report: SyncReport) -> bool:
    """True when so many records would leave this laptop that a person has to say it is right."""
    return report.ending is Ending.STARTLING


def was_erased(report: SyncReport) -> bool:
    """True when the council has withdrawn this laptop: there is no store any more."""
    return report.ending is Ending.ERASED


def must_join_again(report: SyncReport) -> bool:
    """True when the council's service does not know this laptop: no further try helps until it has joined again."""
    return report.ending is Ending.JOIN_AGAIN


def is_outdated(report: SyncReport) -> bool:
    """True when this laptop's words went up and nothing came: it has to be updated first."""
    return report.ending is Ending.OUTDATED


def told(report: SyncReport) -> str:
    """What happened, in plain words. Only the central service's own answer counts as received."""
    if report.problem:
        return report.problem
    parts = [f"The council has received {counted(report.accepted, 'item')}."] if report.accepted else []
    parts += [f"{counted(report.pulled, 'new item')} came from the council."] if report.pulled else []
    waiting = report.held + report.quarantined
    parts += [f"{counted(waiting, 'item')} need a person to look at."] if waiting else []
    return " ".join(parts) or "Everything here has been received, and there was nothing new."


def _exchange(
    desk: Desk,
    progress: Callable[[str, int, int], None] | None,
    cancelled: Callable[[], bool],
    *,
    losses_confirmed: bool = False,
) -> SyncReport:
    desk.refuse_before_joining()
    known = versions(desk)
    forms = {form_id: desk.catalogue.versions(form_id) for form_id in desk.catalogue.ids()}
    let_go(desk)  # before the council says so: several that end on one day are no surprise
    report = Runner(desk.vault, now=desk.now, forms=forms).sync(progress, cancelled, losses_confirmed=losses_confirmed)
    if report.ending is not Ending.ERASED:
        take_up(desk, known)
    return report


def _unreceived(desk: Desk) -> list[Waiting]:
    """What the council has answered and not taken in does not go by itself: it waits for a person, on its own page."""
    return [waiting for waiting in desk.vault.outbox.waiting() if waiting.status not in NOT_TAKEN_IN]


def _files(desk: Desk) -> tuple[WaitingFile, ...]:
    """Oldest first; one that is not as it was taken says so, for it can only be taken again."""
    store, found = desk.vault.attachments, []
    for file in store.to_send():
        record_id = store.record_of(file.sha256)
        name, title = _named(desk, record_id)
        found.append(WaitingFile(record_id, title, name, file.bytes, "" if store.is_whole(file.sha256) else DAMAGED))
    return tuple(found)


def _received(desk: Desk) -> tuple[ReceivedItem, ...]:
    found, names = [], _names(desk)
    for summary in desk.vault.summaries():
        if summary.received_at is not None and summary.form_id != "note":
            name, title = names.get(summary.record_id) or _named(desk, summary.record_id)
            found.append(ReceivedItem(summary.record_id, title, name, datetime.fromisoformat(summary.received_at)))
    return tuple(sorted(found, key=lambda item: item.received_at, reverse=True))


def _names(desk: Desk) -> dict[str, tuple[str, str]]:
    """Of every record, from one reading of the store: asking for each would be felt with some thousand waiting."""
    held = desk.vault.summaries()
    children = {s.record_id: child_from(desk, s).name for s in held if s.form_id == "child"}
    return {s.record_id: (children[s.child_id], title_of(desk, s)) for s in held if s.child_id in children}


def _named(desk: Desk, record_id: str) -> tuple[str, str]:
    summary = desk.vault.summary(record_id)
    if summary is None:
        return "", "Record"
    return child_of(desk, summary.child_id).name, title_of(desk, summary)
