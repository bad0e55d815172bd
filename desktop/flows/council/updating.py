"""Which version of Homeward this is, and which one the council asks for."""

from __future__ import annotations

from casework import VERSION
from casework.version_order import is_before, is_version
from desktop.flows.desk import Desk
from desktop.store.database.remembered import FLOOR

NEEDED = "Homeward needs an update"
WHY = (
    "This laptop has version {own}; the council now works with {floor} or later. What you write here is still sent, "
    "and nothing is lost. Nothing new comes here until it is updated: ask your administrator."
)


def floor_above(desk: Desk) -> str:
    """The version the council asked for, as last heard, where this one is below it; else empty."""
    floor = desk.vault.settings.get(FLOOR)
    return floor if is_version(floor) and is_before(VERSION, floor) else ""


def why_needed(floor: str) -> str:
    return WHY.format(own=VERSION, floor=floor)
