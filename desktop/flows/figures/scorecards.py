"""A scorecard as the council's service tells it, or as it told it last where it cannot be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.dates_in_words import counted, when
from casework.errors import KnownError, NotThisRole
from casework.practice.figures.figure_readers import CARDS, Reading, reading_of, reads_figures
from casework.wire.figure_messages import FiguresQuery, FiguresTold, FigureTold
from desktop.flows.desk import Desk
from desktop.flows.figures.own_counts import own_cards, own_counts
from desktop.store.database.remembered import Setting
from desktop.sync.errors import NotTheCouncil, Unreachable
from desktop.sync.reviewing import ask_figures

# What the council told last, by question: in the encrypted store, and no more than a few.
KEPT: Setting[Mapping[str, str]] = Setting("figures_kept", dict[str, str], {})
MOST_KEPT = 16
NOT_YOURS = "Figures are for managers, analysts and those who hold cases. Your own work stands on Today."
TITLES: Mapping[str, str] = {
    "missing": "Missing",
    "cme": "Missing education",
    "ehe": "Home education",
    "exclusions": "Exclusions",
    "inclusion": "In more than one list",
}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`is_kept`: the council could not be asked now, so this is what it told before. `is_own`: counted on this laptop,
    of what it holds, of which so many records are `waiting` to be sent."""

    told: FiguresTold
    is_kept: bool = False
    is_own: bool = False
    waiting: int = 0

    def figure(self, number: str) -> FigureTold | None:
        return next((one for one in self.told.figures if one.number == number), None)

    @property
    def known_at(self) -> datetime:
        return datetime.fromisoformat(self.told.known_at)


def may_see_figures(role: str) -> bool:
    return reads_figures(role) or bool(own_cards(role))


def cards_offered(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Those of the role’s own strands first."""
    role = desk.officer.role
    read = [card for card in CARDS if reading_of(role, card) is not Reading.NONE]
    read.sort(key=lambda card: reading_of(role, card) is not Reading.WHOLE)
    return tuple((card, TITLES[card]) for card in read or own_cards(role))


def scorecard(desk: Desk, card: str, first: date, last: date, as_at: datetime | None = None) -> Scorecard:
    """Raises NotThisRole; SyncError where nothing was kept either."""
    if counts_own(desk) and card in own_cards(desk.officer.role):
        told, waiting = own_counts(desk, card, first, last)
        return Scorecard(told, is_own=True, waiting=waiting)
    if reading_of(desk.officer.role, card) is Reading.NONE:
        raise NotThisRole(NOT_YOURS)
    moment = as_at.isoformat() if as_at else ""
    asked = FiguresQuery(card=card, first=first.isoformat(), last=last.isoformat(), as_at=moment)
    name = _name(desk, asked)
    try:
        told = ask_figures(desk.vault, desk.now, asked)
    except (Unreachable, NotTheCouncil) as error:
        kept = desk.vault.settings.get(KEPT).get(name)
        if kept is None:
            message = f"{error} These figures have not been on this laptop before."
            raise KnownError(message) from error
        return Scorecard(FiguresTold.from_bytes(kept), is_kept=True)
    _keep(desk, name, told)
    return Scorecard(told)


def keep(desk: Desk, told: FiguresTold) -> None:
    """For reading offline, in place of what the council told last of the same period."""
    _keep(desk, _name(desk, FiguresQuery(card=told.card, first=told.first, last=told.last)), told)


def _name(desk: Desk, asked: FiguresQuery) -> str:
    return f"{desk.officer.role}/{asked.card}/{asked.first}/{asked.last}/{asked.as_at}"


def counts_own(desk: Desk) -> bool:
    """Whether this officer's figures are those of their own store."""
    return not reads_figures(desk.officer.role)


def heard_line(desk: Desk, found: Scorecard) -> str:
    """Of when the figures are."""
    if found.is_own:
        waits = f" {counted(found.waiting, 'record')} of it not yet with the council." if found.waiting else ""
        return f"Your own work, counted on this laptop.{waits}"
    said = when(found.known_at, desk.now())
    return f"From the council, {said}. It cannot be asked now." if found.is_kept else f"From the council, {said}."


def _keep(desk: Desk, name: str, told: FiguresTold) -> None:
    """The latest last, so that the first to go is the oldest."""
    kept = {key: text for key, text in desk.vault.settings.get(KEPT).items() if key != name}
    latest = list(kept.items())[-(MOST_KEPT - 1) :]
    desk.vault.settings.put(KEPT, dict([*latest, (name, told.to_bytes().decode())]))
