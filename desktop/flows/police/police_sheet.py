"""The police’s list as a spreadsheet saves it: its lines, each with its number, and why one cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.forms import Question
from casework.forms.moments import CameTwice, on_the_clock
from casework.practice.police.police_list_rules import PoliceLine
from desktop.flows.sheet_reading import ReadLine, day_typed, sheet_lines

HEADS = ("Reference", "Name", "Born", "Reported", "Returned", "Risk")
_MUST = ("Reference", "Name", "Born", "Reported", "Returned")
LONGEST = 300
_WHEN = re.compile(r"(?P<day>\S+?)[T ]+(?P<clock>\d{1,2}:\d\d)(?::\d\d(?:\.\d+)?)? ?(?P<zone>Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class PoliceSheetLine:
    """`why`: what in it cannot be taken as it stands, in a sentence."""

    number: int
    line: PoliceLine
    why: str = ""


def police_lines_of(data: bytes, risk: Question) -> tuple[PoliceSheetLine, ...]:
    """`risk`: the question whose codes or words the police’s level is one of. Raises KnownError."""
    return tuple(_line(one, risk) for one in sheet_lines(data, HEADS, _MUST))


def _line(one: ReadLine, risk: Question) -> PoliceSheetLine:
    said, why = one.said, one.why or _too_long(one.said)
    found: dict[str, JSON] = {}
    for head in ("Reported", "Returned"):
        try:
            found[head] = _moment(said[head]) if not why else None
        except AnswerError as error:
            why = f"“{head}”: {str(error).rstrip('.')}."
    born, level = day_typed(said["Born"]), _risk(said["Risk"], risk)
    if said["Born"] and born is None:
        why = why or "The date of birth is no day: write it as 2012-03-27 or 27/03/2012, or leave it empty."
    if level is None:
        labels = ", ".join(option.label.lower() for option in risk.options)
        why = why or f"The risk should be one of: {labels}; or leave it empty."
    line = PoliceLine(
        said["Reference"], _name(said["Name"]), born, found.get("Reported"), found.get("Returned"), level or ""
    )
    return PoliceSheetLine(one.number, line, why)


def _too_long(said: Mapping[str, str]) -> str:
    long = next((name for name in HEADS if len(said[name]) > LONGEST), "")
    return f"“{long}” is longer than {LONGEST} letters: shorten it." if long else ""


def _name(text: str) -> str:
    """“BROOK, Ada” is Ada Brook."""
    family, comma, given = text.partition(",")
    return " ".join((f"{given} {family}" if comma else text).split())


def _risk(text: str, risk: Question) -> str | None:
    """Empty where nothing is said; None for what is no level."""
    if not text:
        return ""
    wanted = text.casefold().replace("_", " ").removesuffix(" risk")
    return next((o.code for o in risk.options if wanted in (o.label.casefold(), o.code.replace("_", " "))), None)


def _moment(text: str) -> JSON:
    """A time by England’s clocks, or a day whose time nobody wrote. Raises AnswerError for what is neither."""
    if not text:
        return None
    if (day := day_typed(text)) is not None:
        return {"about": day.isoformat()}
    said = _WHEN.fullmatch(text)
    day = day_typed(said["day"]) if said else None
    if said is None or day is None:
        message = "write it as 2026-03-27 21:40 or 27/03/2026 21:40"
        raise AnswerError(message)
    return _at(day, said["clock"], said["zone"] or "").isoformat()


def _at(day: date, clock: str, zone: str) -> datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    if (hour, minute) == (24, 0):  # the midnight that ends the day, as some write it
        day, hour = day + timedelta(days=1), 0
    try:
        shown = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - its zone is worked out below
        return datetime.fromisoformat(f"{shown.isoformat()}{zone}") if zone else on_the_clock(shown)
    except CameTwice as error:
        message = f"{str(error).rstrip('.')}: with +01:00 for before, or +00:00 for after"
        raise AnswerError(message) from error
    except ValueError as error:
        message = "there is no such time of day"
        raise AnswerError(message) from error
