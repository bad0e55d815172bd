"""Rotherham's own file, loaded once."""

from __future__ import annotations

from datetime import date, datetime

from casework.practice.calendar import london_moment
from casework.practice.council import Council
from tests.casework.forms.real import catalogue


def rotherham() -> Council:
    return catalogue().council


def at(text: str) -> datetime:
    """A time on a London clock."""
    return london_moment(datetime.fromisoformat(text))


def day(text: str) -> date:
    return date.fromisoformat(text)
