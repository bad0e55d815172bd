"""A child's placements for the command line: sentences, rows, values; and the councils that still have to hear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import day, near_day
from casework.plain_table import PlainTable
from casework.practice.placements.placement_rules import Hears
from desktop.flows.placements.placement_history import PlacementMove, Placements, history

WHY: Mapping[Hears, str] = {
    Hears.RESPONSIBLE: "It is responsible for the child",
    Hears.LIVES_THERE: "The child lives in its area now",
    Hears.LEFT: "The child has left its area",
}
HEADS = (
    "Child", "Moved", "Left", "From", "To", "Address", "Postcode", "Kind", "Councils", "Told", "Still to tell",
    "Record",
)  # fmt: skip


def told_said(move: PlacementMove, today: date) -> str:
    """“Leeds heard Thu 3 December, by notice”; who has not heard is said apart."""
    said = [
        f"{council} heard {near_day(on, today) if on else 'on a day that is not recorded'}{f': {how}' if how else ''}"
        for council, on, how in move.told
    ]
    return ". ".join(said)


def owed_said(move: PlacementMove) -> str:
    if move.waived:
        return f"Nobody is to be told: {move.waived}"
    return ". ".join(f"{one.council} has not been told. {WHY[one.why]}" for one in move.hear if one.told_on is None)


def where_said(move: PlacementMove) -> str:
    """“Larkfield House, 6 Weir Lane, S60 1AA. Children’s home”."""
    where = ", ".join(part for part in (move.to_name, move.to_address, move.to_postcode) if part)
    return ". ".join(part for part in (where, move.kind) if part)


def days_said(move: PlacementMove, left: date | None) -> str:
    """“From 3 March 2026 until 9 June 2026”."""
    since = day(move.moved_on) if move.moved_on else "a day that is not recorded"
    return f"From {since} until {day(left)}" if left else f"Since {since}"


def as_json(found: Placements) -> JSON:
    return {
        "child": found.child.child_id,
        "name": found.child.name,
        "placed": found.placed or None,
        "not_written_as_a_move": found.unwritten or None,
        "hold_the_plan_of_before": list(found.holders),
        "moves": [_as_json(move, left) for move, left in history(found.moves)],
    }


def table_of(found: Iterable[Placements]) -> PlainTable:
    """A row a move."""
    rows = [
        (
            one.child.name, move.moved_on.isoformat() if move.moved_on else "", left.isoformat() if left else "",
            move.from_name, move.to_name, move.to_address, move.to_postcode, move.kind, move.councils,
            ", ".join(council for council, _on, _how in move.told),
            "" if move.waived else ", ".join(one.council for one in move.hear if one.told_on is None), move.record_id,
        )
        for one in found
        for move, left in history(one.moves)
    ]  # fmt: skip
    return PlainTable(HEADS, rows)


def told(found: Placements, today: date) -> str:
    head = ". ".join(part for part in (found.child.name_and_age, found.placed) if part)
    return "\n".join([f"{head}.", *_lines(found, today)])


def _lines(found: Placements, today: date) -> Iterator[str]:
    if found.unwritten:
        yield f"  The child’s record says {found.unwritten}, and no move says so."
    if found.holders:
        yield f"  Hold a plan of before the last move: {', '.join(found.holders)}."
    for move, left in history(found.moves):
        yield f"  {move.record_id}  {days_said(move, left)}. {where_said(move)}"
        for said in (move.councils, told_said(move, today), owed_said(move)):
            if said:
                yield f"    {said}."
    if not found.moves:
        yield "  No move is recorded."


def _as_json(move: PlacementMove, left: date | None) -> JSON:
    told_: Sequence[JSON] = [
        {"council": council, "on": on.isoformat() if on else None, "how": how} for council, on, how in move.told
    ]
    return {
        "move": move.record_id,
        "moved_on": move.moved_on.isoformat() if move.moved_on else None,
        "left_on": left.isoformat() if left else None,
        "from": move.from_name,
        "to": move.to_name,
        "address": move.to_address,
        "postcode": move.to_postcode,
        "kind": move.kind,
        "councils": move.councils or None,
        "told": list(told_),
        "still_to_tell": [] if move.waived else [one.council for one in move.hear if one.told_on is None],
    }
