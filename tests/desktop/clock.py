"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from casework.dates_in_words import LONDON


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 27, 14, 32, tzinfo=LONDON)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)
