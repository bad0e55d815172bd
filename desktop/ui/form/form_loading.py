"""Everything the form screen shows at first, fetched in one go off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.dates_in_words import clock_time, day_of_month, local
from casework.practice.deadlines import Clocks
from desktop.flows.case_file import clocks_of
from desktop.flows.desk import Desk
from desktop.flows.papers.kept_paper import papers_of
from desktop.flows.record.carried_over import Offers, offers
from desktop.flows.record.editing import OpenRecord, open_record
from desktop.flows.record.linked_records import linked, moment
from desktop.flows.record.notes import Notebook, notebook, takes_notes
from desktop.flows.record.plan_versions import version_of
from desktop.flows.record.worked_out import WorkedOut, known_about


@dataclass(frozen=True)
class Opened:
    """`clocks` only where the record is about an episode whose child is back. `takes_notes`: whether this officer
    does, by role. `papers`: how many scanned pages are kept beside it."""

    record: OpenRecord
    notes: Notebook
    clocks: Clocks | None
    line: str
    known: WorkedOut
    offers: Offers
    takes_notes: bool
    papers: int


def opened(desk: Desk, record_id: str) -> Opened:
    record = open_record(desk, record_id)
    episode = linked(desk, record.view).get("episode", {})
    clocks = clocks_of(desk, episode) if episode.get("found_at") is not None and not record.locked else None
    line = record.child.name_and_age if record.definition.id != "child" else ""
    away, back = moment(episode.get("last_seen_at")), moment(episode.get("found_at"))
    if away is not None and back is not None:
        line += f". Away {_short(away)} to {_short(back)}"
    if (version := version_of(desk, record.view)) is not None:
        line += f". {version.line}"
    known, told = known_about(desk, record), offers(desk, record)
    takes, papers = takes_notes(desk, record.definition.id), papers_of(desk, record_id)
    return Opened(record, notebook(desk, record_id), clocks, line, known, told, takes, papers)


def _short(at: datetime) -> str:
    return f"{day_of_month(local(at))} {clock_time(at)}"
