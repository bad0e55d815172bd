"""How a person likes the window: kept in their own store, so nobody else on this laptop sees it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.flows.access.preset import preset
from desktop.flows.desk import Desk
from desktop.store.database.remembered import Setting

LEAST_TEXT, MOST_TEXT = 100, 200
BESIDE, AWAY = "beside", "away"
LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 1, 60, 5  # store study, 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """`text_percent` is 100 to 200; the laptop locks itself after `lock_minutes` without a touch.

    `sends_itself`: whenever there is a network, not only when asked. `reminds`: of what falls due, naming nobody.
    `notes`: beside the form or away from it in every section; empty is beside the sections that they are used in.
    """

    theme: str = "light"
    text_percent: int = 100
    lock_minutes: int = USUAL_MINUTES
    sends_itself: bool = True
    marks_spelling: bool = True
    reminds: bool = True
    notes: str = ""

    def with_text(self, percent: int) -> Preferences:
        return replace(self, text_percent=min(max(percent, LEAST_TEXT), MOST_TEXT))


PREFERENCES = Setting("preferences", Preferences, Preferences())


def preferences(desk: Desk) -> Preferences:
    """What was kept, each part brought into its bounds; what cannot be read is as at first."""
    found = desk.vault.settings.get(PREFERENCES)
    minutes = min(max(found.lock_minutes, LEAST_MINUTES), preset().lock_minutes or MOST_MINUTES)
    return replace(found.with_text(found.text_percent), lock_minutes=minutes)


def keep(desk: Desk, wanted: Preferences) -> None:
    desk.vault.settings.put(PREFERENCES, wanted)
