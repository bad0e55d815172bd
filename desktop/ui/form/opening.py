"""Everything the form screen shows at first, fetched in one go off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.practice.deadlines import Clocks
from desktop.flows.desk import Desk
from desktop.flows.known import Known, known_about
from desktop.flows.linking import linked, moment
from desktop.flows.notes import Note, notes
from desktop.flows.offering import Offers, offers
from desktop.flows.records import OpenRecord, open_record
from desktop.flows.today import clocks_of
from desktop.flows.wording import clock_time, local


@dataclass(frozen=True)
class Opened:
    """`clocks` only where the record is about an episode whose child is back."""

    record: OpenRecord
    notes: tuple[Note, ...]
    clocks: Clocks | None
    line: str
    known: Known
    offers: Offers


def opened(desk: Desk, record_id: str) -> Opened:
    record = open_record(desk, record_id)
    episode = linked(desk, record.view).get("episode", {})
    clocks = clocks_of(desk, episode) if episode.get("found_at") is not None and not record.locked else None
    line = record.child.name_and_age if record.definition.id != "child" else ""
    away, back = moment(episode.get("last_seen_at")), moment(episode.get("found_at"))
    if away is not None and back is not None:
        line += f". Away {_short(away)} to {_short(back)}"
    return Opened(record, notes(desk, record_id), clocks, line, known_about(desk, record), offers(desk, record))


def _short(at: datetime) -> str:
    return f"{local(at).day} {local(at):%B} {clock_time(at)}"
