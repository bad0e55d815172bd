"""On a child's page: the harbouring notices that are recorded, and where the child has been placed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from casework.dates_in_words import local
from desktop.flows.child.child_page import ChildPage
from desktop.flows.harbouring.harbouring_listed import given_said, standing_said
from desktop.flows.placements.placement_history import Placements
from desktop.flows.placements.placements_listed import days_said, where_said
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look

LOOKED_AFTER = "lac"


def away_cards(found: ChildPage, shell: Shell) -> Sequence[Card]:
    """Neither card where there is nothing to say: most children have no notice, and live at home."""
    cards = [_notices(found, shell)] if found.notices else []
    placed = found.placements
    is_placed = placed is not None and (placed.moves or placed.placed or placed.unwritten)
    if placed is not None and (is_placed or found.child.facts.get("care_status") == LOOKED_AFTER):
        cards.append(_placements(found, placed, shell))
    return cards


def _notices(found: ChildPage, shell: Shell) -> Card:
    every = Link("All children’s", name="child/harbouring/all", size="caption")
    every.setAccessibleDescription("Harbouring notices")
    every.clicked.connect(lambda: shell.go("harbouring"))
    card = Card("Harbouring notices", aside=every)
    today = local(shell.now()).date()
    for one in found.notices:
        tag = Tag("soon", standing_said(one, today)) if one.is_ending and not look().narrow else None
        words = given_said(one) if tag else f"{standing_said(one, today)}. {given_said(one)}"
        line = LineButton(one.against, words, name=f"child/harbouring/{one.record_id}", tag=tag)
        line.clicked.connect(partial(_open, shell, one.record_id))
        card.add(line)
    return card


def _placements(found: ChildPage, placed: Placements, shell: Shell) -> Card:
    every = Link("Placements and moves", name="child/placements", size="caption")
    every.clicked.connect(lambda: shell.go("placements", found.child.child_id))
    card = Card("Placement", aside=every)
    said = [placed.placed]
    if placed.moves:
        said += [where_said(placed.moves[0]), days_said(placed.moves[0], None)]
    if placed.unwritten:
        said.append(f"The child’s record says {placed.unwritten}, and no move says so")
    words = ". ".join(part for part in said if part) or "No move is recorded yet"
    side, gap = look().room(16), look().room(10)
    card.add(padded(label(f"{words}."), (side, gap, side, gap)))
    return card


def _open(shell: Shell, record_id: str, _on: bool = False) -> None:
    shell.go("form", record_id)
