"""How a person likes the window: kept in their own store, so nobody else on this laptop sees it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from desktop.flows.desk import Desk

LEAST_TEXT, MOST_TEXT = 100, 200
LEAST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 1, 60, 5  # store study, 5


@dataclass(frozen=True, slots=True)
class Preferences:
    """`text_percent` is 100 to 200; the laptop locks itself after `lock_minutes` without a touch.

    `sends_itself`: whenever there is a network, not only when asked.
    """

    theme: str = "light"
    text_percent: int = 100
    lock_minutes: int = USUAL_MINUTES
    sends_itself: bool = True

    def with_text(self, percent: int) -> Preferences:
        return replace(self, text_percent=min(max(percent, LEAST_TEXT), MOST_TEXT))


def preferences(desk: Desk) -> Preferences:
    """What was kept, each part brought into its bounds; what cannot be read is as at first."""
    kept = desk.vault.settings.get("preferences", {})
    found = kept if isinstance(kept, dict) else {}
    minutes = _whole(found.get("lock_minutes"), USUAL_MINUTES)
    return Preferences(
        theme=str(found.get("theme") or "light"),
        text_percent=min(max(_whole(found.get("text_percent"), 100), LEAST_TEXT), MOST_TEXT),
        lock_minutes=min(max(minutes, LEAST_MINUTES), MOST_MINUTES),
        sends_itself=found.get("sends_itself") is not False,
    )


def keep(desk: Desk, wanted: Preferences) -> None:
    desk.vault.settings.put("preferences", asdict(wanted))


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
