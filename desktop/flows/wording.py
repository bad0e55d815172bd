"""Times and names as a person reads them: 27 March 2026, 14:32."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def day_and_time(moment: datetime) -> str:
    moment = local(moment)
    return f"{day(moment)}, {moment:%H:%M}"


def short_day(moment: date) -> str:
    return f"{moment:%a} {moment.day} {moment:%B}"


def clock_time(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def when(moment: datetime, now: datetime) -> str:
    """Today as “today, 08:12”, otherwise the date and time."""
    if local(moment).date() == local(now).date():
        return f"today, {clock_time(moment)}"
    return day_and_time(moment)


def age_on(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def counted(number: int, one: str, many: str = "") -> str:
    """“1 answer”, “2 answers”."""
    return f"{number} {one if number == 1 else many or one + 's'}"
