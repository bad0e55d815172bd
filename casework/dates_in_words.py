"""Times and names as a person reads them: 27 March 2026, 14:32."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Never the machine's own words for them: a window speaks English whatever the laptop was set to.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

YEARS = range(1900, 2200)  # of whoever is alive, and of what is kept of them; beyond them a year is a slip of the hand


def typed_day(text: str) -> date:
    """Such as 2026-03-27. Raises ValueError for anything else, and outside `YEARS`."""
    found = date.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError(text)
    return found


def local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def month_name(moment: date) -> str:
    return MONTHS[moment.month - 1]


def month_and_year(moment: date) -> str:
    return f"{month_name(moment)} {moment.year}"


def near_month(moment: date, today: date) -> str:
    """“March”, with its year when that is not this one."""
    return month_name(moment) if moment.year == today.year else month_and_year(moment)


def weekday(moment: date) -> str:
    return WEEKDAYS[moment.weekday()]


def day_of_month(moment: date) -> str:
    """27 March."""
    return f"{moment.day} {month_name(moment)}"


def day(moment: date) -> str:
    """27 March 2026."""
    return f"{day_of_month(moment)} {moment.year}"


def day_and_time(moment: datetime) -> str:
    """27 March 2026, 14:32, by London’s clocks."""
    moment = local(moment)
    return f"{day(moment)}, {moment:%H:%M}"


@lru_cache(maxsize=4096)
def short_day(moment: date) -> str:
    return f"{weekday(moment)[:3]} {day_of_month(moment)}"


def near_day(moment: date, today: date) -> str:
    """“Wed 1 April”; of another year “9 December 2025”, whose weekday nobody needs."""
    return short_day(moment) if moment.year == today.year else day(moment)


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


def short_length(length: timedelta) -> str:
    """“40 min”, “23 h”, “2 days”: whole ones, as every page counts, so that an hour is said when it is over."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 48 * 60:
        return f"{minutes // 60} h" if minutes >= 60 else f"{minutes} min"
    return counted(minutes // (24 * 60), "day")


def ordinal(number: int) -> str:
    """“Third”; from the tenth on in figures."""
    said = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")
    return said[number - 1] if 0 < number <= len(said) else short_ordinal(number)


def short_ordinal(number: int) -> str:
    """“25th”, “18th”, “21st”."""
    endings = {} if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{endings.get(number % 10, 'th')}"


def days_line(days: Sequence[date]) -> str:
    """“28 February, 13 and 24 March 2026”: the month and the year are said once."""
    months: dict[tuple[int, int], list[str]] = {}
    for one in days:
        months.setdefault((one.year, one.month), []).append(str(one.day))
    last = max(months, default=(0, 0))[0]
    said = [f"{_listed(held)} {MONTHS[month[1] - 1]}" for month, held in months.items()]
    named = [words if month[0] == last else f"{words} {month[0]}" for words, month in zip(said, months, strict=True)]
    together = _listed(named) if all(len(held) == 1 for held in months.values()) else ", ".join(named)
    return f"{together} {last}" if named else ""


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def month_day(moment: date, today: date) -> str:
    """“25 March”, with its year when that is not this one."""
    return day(moment) if moment.year != today.year else day_of_month(moment)
