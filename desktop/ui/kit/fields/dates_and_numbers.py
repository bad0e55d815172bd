"""Reading dates, times and numbers as people type or dictate them. Pure; says what to do when it cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from casework.canonical import JSON
from casework.dates_in_words import LONDON, MONTHS
from casework.errors import AnswerError
from casework.forms.moments import came_twice, on_the_clock

REAL_DATE = "Enter a real date, such as 27 3 2026"
WHOLE_DATE = "Enter the day, the month and the year"
YEAR = "Enter the year with four figures, such as 2026"
TIME = "Enter the time as hours and minutes, such as 14:32"
TIME_NEEDED = "Enter the time, or tick “About” if only the day is known"
NUMBER = "Enter a number in figures, such as 12"
ALL_KEPT = "All are kept on this laptop, but count as an answer only once there are fewer."


@dataclass(frozen=True, slots=True)
class Read:
    """An answer, or why there is none yet. Nothing typed at all is the answer None.

    `at_once`: a problem to be told of while the person is still there, rather than when they go on.
    """

    value: JSON = None
    problem: str = ""
    at_once: bool = False


def read_words(text: str, longest: int = 0, *, shown_in_part: bool = False) -> Read:
    """Words are an answer unless there are too many of them; `longest` is 0 where there is no limit."""
    if not longest or len(text) <= longest:
        return Read(text or None)
    over = len(text) - longest
    too_many = f"{over:,} {'is' if over == 1 else 'are'} too many"
    part = " The box shows the first part." if shown_in_part else ""
    return Read(problem=f"This takes {longest:,} letters, and {too_many}. {ALL_KEPT}{part}", at_once=True)


def split_date(text: str) -> tuple[str, str, str] | None:
    """A whole date put into one box, by dictation or by pasting: 27 March 2026, 27/3/2026, 2026-03-27."""
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text.strip())
    if iso:
        return iso[3], iso[2], iso[1]
    parts = [part for part in re.split(r"[\s/.,-]+", text.strip()) if part]
    if len(parts) != 3 or len(parts[2]) < 4:  # while the year is still being typed it stays where it is
        return None
    return parts[0], parts[1], parts[2]


def read_date(day: str, month: str, year: str, *, about: bool = False) -> Read:
    """`about` lets the day, and then the month, stay empty."""
    parts = [_tidy(part) for part in (day, month, year)]
    if not any(parts):
        return Read()
    if about:
        return _about(*parts)
    if not all(parts):
        return Read(problem=WHOLE_DATE)
    return _whole(*parts)


def read_moment(day: str, month: str, year: str, clock: str, *, about: bool = False, later: bool | None = None) -> Read:
    """A day and a time on the clocks of England, with their offset; `later` is for the hour that comes twice."""
    clock = _tidy(clock)
    if about and not clock:
        return read_date(day, month, year, about=True)
    found = read_date(day, month, year)
    if found.problem or (found.value is None and not clock):
        return found
    if found.value is None:
        return Read(problem=WHOLE_DATE)
    at = read_time(clock)
    if at is None:
        return Read(problem=TIME if clock else TIME_NEEDED)
    return _moment(date.fromisoformat(str(found.value)), at, later)


def is_twice(day: str, month: str, year: str, clock: str) -> bool:
    """Whether what stands in the boxes is a time of the hour that October’s clocks showed twice."""
    found, at = read_date(day, month, year), read_time(clock)
    if at is None or not isinstance(found.value, str):
        return False
    return came_twice(datetime.combine(date.fromisoformat(found.value), at))


def read_time(text: str) -> time | None:
    """14:32, 14.32, 1432, 2:32pm, 9am."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*([ap]m?)?", _tidy(text).lower())
    if match is None or (match[2] is None and match[3] is None):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_number(text: str) -> Read:
    """Whole numbers as numbers; others as their figures, so that nothing is rounded."""
    tidy = _tidy(text).replace(",", "").replace(" ", "")
    if not tidy:
        return Read()
    if re.fullmatch(r"-?\d{1,12}", tidy):
        return Read(int(tidy))
    return Read(tidy) if re.fullmatch(r"-?\d{1,12}\.\d{1,6}", tidy) else Read(problem=NUMBER)


def date_parts(value: JSON) -> tuple[str, str, str, bool]:
    """Day, month, year and whether it is only about right, as the boxes show a kept answer."""
    about = isinstance(value, dict) and "about" in value
    text = value.get("about") if isinstance(value, dict) else value
    if not isinstance(text, str):
        return "", "", "", False
    year, month, day = ([*text[:10].split("-"), "", ""])[:3]
    return day.lstrip("0"), month.lstrip("0"), year, about


def clock_part(value: JSON) -> str:
    """The time of a kept moment on the clocks of England."""
    if not isinstance(value, str) or len(value) <= 10:
        return ""
    return f"{datetime.fromisoformat(value).astimezone(LONDON):%H:%M}"


def _tidy(text: str) -> str:
    """Without stray spaces, or the full stop a dictated answer ends with."""
    return text.strip().rstrip(".,").strip()


def _month(text: str) -> str:
    low = text.lower()
    found = [number for number, name in enumerate(MONTHS, 1) if len(low) >= 3 and name.lower().startswith(low)]
    return str(found[0]) if len(found) == 1 else text


def _whole(day: str, month: str, year: str) -> Read:
    day = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", day.lower())
    month = _month(month)
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        return Read(problem=REAL_DATE)
    if len(year) != 4:
        return Read(problem=YEAR)
    try:
        return Read(date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return Read(problem=REAL_DATE)


def _about(day: str, month: str, year: str) -> Read:
    if len(year) != 4 or not year.isdecimal():
        return Read(problem=YEAR)
    if not month:
        return Read(problem=WHOLE_DATE) if day else Read({"about": year})
    whole = _whole(day or "1", month, year)
    if whole.problem:
        return whole
    return Read({"about": str(whole.value) if day else str(whole.value)[:7]})


def _moment(day: date, at: time, later: bool | None) -> Read:
    try:
        return Read(on_the_clock(datetime.combine(day, at), later=later).isoformat())
    except AnswerError as error:
        return Read(problem=str(error))
