"""A field worker's own counts: the same figures, of what this laptop holds, with words that the council lacks yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from casework.dates_in_words import local
from casework.identifiers import RecordId, child_named
from casework.practice.figures.figure_cards import Card
from casework.practice.figures.figure_readers import CARDS
from casework.practice.figures.rows_in_hand import ROWS, Held, InHand, counted_ids
from casework.practice.figures.what_counts import facts_of, subject_of
from casework.practice.roles import reach_of
from casework.records.corrected import corrected
from casework.wire.figure_messages import Behind, FiguresTold, FigureTold, PictureTold
from desktop.flows.desk import Desk
from desktop.flows.figures.figure_tables import shipped_card
from desktop.store.records.summaries import Summary


def own_cards(role: str) -> tuple[str, ...]:
    """Of the strands in which a role writes every form: what it holds can be counted."""
    reach = reach_of(role)
    if "*" not in reach.forms or not reach.writes:
        return ()
    mine = (card for card, strands in CARDS.items() if strands <= reach.strands)
    return tuple(card for card in mine if shipped_card(card).subject in ROWS)


def own_counts(desk: Desk, name: str, first: date, last: date) -> tuple[FiguresTold, int]:
    """The figures, and how many of the records behind them have not reached the council."""
    card, now = shipped_card(name), desk.now()
    summaries = [one for one in desk.vault.summaries() if subject_of(one.form_id)]
    hand = InHand.of(_held(desk, summaries), first, last, local(now).date())
    counted = counted_ids(card, ROWS[card.subject](hand))
    behind = {each for ids in counted.values() for each in ids}
    waiting = sum(one.record_id in behind and one.received_at is None for one in summaries)
    told = FiguresTold(
        card=name,
        title=card.title,
        first=first.isoformat(),
        last=last.isoformat(),
        known_at=now.isoformat(),
        figures=list(_figures(card, counted)),
        pictures=[
            PictureTold(title=one.title, kind=one.kind, figures=list(one.figures))
            for one in card.picture
            if one.kind != "trend"
        ],
    )
    return told, waiting


def _held(desk: Desk, summaries: list[Summary]) -> Mapping[str, list[Held]]:
    council = desk.catalogue.council
    found: dict[str, list[Held]] = defaultdict(list)
    for one in summaries:
        for facts in facts_of(one.form_id, corrected(desk.vault.view(one.record_id)), council):
            found[subject_of(one.form_id)].append(Held(RecordId(one.record_id), child_named(one.child_id), facts))
    return found


def _figures(card: Card, counted: Mapping[str, list[str]]) -> Iterator[FigureTold]:
    for figure in card.figure:
        ids = counted[figure.number]
        denominator = sum(len(counted[number]) for number in figure.of) if figure.of else None
        percent = card.percent(len(ids), denominator) if denominator is not None else None
        is_child = figure.count == "children"
        yield FigureTold(
            number=figure.number,
            title=figure.title,
            source=figure.source,
            reading=figure.reading,
            count=len(ids),
            denominator=denominator,
            percent="" if percent is None else str(percent),
            behind=None if figure.count == "families" else [Behind(id=one, is_child=is_child) for one in ids],
        )
