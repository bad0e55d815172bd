"""The periods that a scorecard is published for: no two of one card overlap, so none can be taken from another."""

from __future__ import annotations

from datetime import date, timedelta

from casework.practice.calendar import add_months

_YEAR, _QUARTER, _SEPTEMBER = 12, 3, 9
_MONTHS_OF = {"missing": 1, "ehe": _YEAR}


def is_usual(card: str, first: date, last: date) -> bool:
    """A month, quarter or school year, whichever the card is published for."""
    months = _MONTHS_OF.get(card, _QUARTER)
    begins_well = first.day == 1 and (first.month == _SEPTEMBER if months == _YEAR else (first.month - 1) % months == 0)
    return begins_well and last == add_months(first, months) - timedelta(days=1)
