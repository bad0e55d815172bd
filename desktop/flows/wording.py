"""Times and names as a person reads them: 27 March 2026, 14:32."""

from __future__ import annotations

from collections.abc import Sequence
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


def ordinal(number: int) -> str:
    """“Third”; from the tenth on in figures."""
    said = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")
    return said[number - 1] if 0 < number <= len(said) else f"{number}th"


def days_line(days: Sequence[date]) -> str:
    """“28 February, 13 and 24 March 2026”: the month and the year are said once."""
    months: dict[tuple[int, int], list[str]] = {}
    for one in days:
        months.setdefault((one.year, one.month), []).append(str(one.day))
    last = max(months, default=(0, 0))[0]
    said = [f"{_listed(held)} {date(*month, 1):%B}" for month, held in months.items()]
    named = [words if month[0] == last else f"{words} {month[0]}" for words, month in zip(said, months, strict=True)]
    together = _listed(named) if all(len(held) == 1 for held in months.values()) else ", ".join(named)
    return f"{together} {last}" if named else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def month_day(moment: date, today: date) -> str:
    """“25 March”, with its year when that is not this one."""
    return day(moment) if moment.year != today.year else f"{moment.day} {moment:%B}"
