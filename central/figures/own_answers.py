"""A council's own figures: which records have the answer, read from the records as they were known then."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from casework.identifiers import RecordId
from casework.practice.figures.figure_cards import Card
from casework.practice.figures.own_figures import OwnFigure, with_own
from casework.records import Merge
from casework.records.corrected import corrected
from central.database.fact_tables import interview_fact
from central.database.tables import feed
from central.facts.numbers_of_practice import council_now
from central.feed.stored_operations import CHUNK, operations_by_record
from central.figures.periods import AsAt

INTERVIEW = "return_home_interview"


def own_figures_of(connection: Connection, card: Card) -> dict[str, OwnFigure]:
    """By number, those that the council's file adds to this card."""
    return {one.number: one for one in council_now(connection).figures if one.card == card.card}


def with_councils_own(connection: Connection, card: Card) -> Card:
    return with_own(card, own_figures_of(connection, card).values())


def having(connection: Connection, own: OwnFigure, record_ids: Sequence[RecordId], as_at: AsAt) -> set[RecordId]:
    """Of these records, those with the answer; of an episode, those with it in an interview about it."""
    about = _interviews(connection, record_ids, as_at) if own.form == INTERVIEW else {one: one for one in record_ids}
    held = sorted(about)
    known, stored = _known(connection, held, as_at), operations_by_record(connection, held)
    found = set()
    for record_id in held:
        said = [one for one in stored.get(record_id, []) if one.op_id in known]
        record = corrected(Merge(record_id, said).view())
        if (
            not record.discarded
            and own.question not in record.unsettled
            and own.counts(record.answers.get(own.question))
        ):
            found.add(about[record_id])
    return found


def _interviews(connection: Connection, episode_ids: Sequence[RecordId], as_at: AsAt) -> dict[RecordId, RecordId]:
    """By interview, the episode."""
    table, found = interview_fact, dict[RecordId, RecordId]()
    for start in range(0, len(episode_ids), CHUNK):
        here = table.c.episode_id.in_(episode_ids[start : start + CHUNK])
        query = select(table.c.record_id, table.c.episode_id)
        query = query.where(here, table.c.from_seq <= as_at.seq, table.c.to_seq > as_at.seq)
        found |= {row.record_id: row.episode_id for row in connection.execute(query)}
    return found


def _known(connection: Connection, record_ids: Sequence[RecordId], as_at: AsAt) -> set[str]:
    """The operations that had come in by then."""
    found = set[str]()
    for start in range(0, len(record_ids), CHUNK):
        here = feed.c.record_id.in_(record_ids[start : start + CHUNK])
        query = select(feed.c.op_id).where(here, feed.c.kind == "op", feed.c.seq <= as_at.seq)
        found |= set(connection.execute(query).scalars())
    return found
