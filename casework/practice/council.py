"""What one council decides for itself: thresholds, lists, people to reach, and changes to forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from casework.forms.changing import FormChange, ListChange, read_form_changes, read_list_changes
from casework.forms.conditions import number
from casework.forms.faults import Fault, Path, definition_error, fault
from casework.forms.loading import parse_toml
from casework.forms.reading import Reader
from casework.forms.vocabulary import AUDIENCES, STRANDS

COUNCIL_KEYS = frozenset(
    {
        "council",
        "name",
        "thresholds",
        "contacts",
        "teams",
        "localities",
        "recipients",
        "calendar",
        "lists",
        "change",
        "add",
        "readings",
    }
)


class Threshold(NamedTuple):
    """One number of practice: its value, unit, the rule it belongs to and the document it rests on."""

    value: Decimal
    unit: str
    rule: str
    source: str


class Contact(NamedTuple):
    """Someone to reach, how, and when they can be reached."""

    name: str
    phone: str = ""
    email: str = ""
    hours: str = ""


class Team(NamedTuple):
    """A team that holds cases, and the strands it works in."""

    name: str
    strands: tuple[str, ...]


class SchoolClosed(NamedTuple):
    """A stretch of days, both included, on which schools are closed."""

    first: date
    last: date
    about: str


@dataclass(frozen=True, slots=True)
class Council:
    """One council, as its file says."""

    id: str
    name: str
    thresholds: Mapping[str, Threshold]
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    teams: Mapping[str, Team] = field(default_factory=dict)
    localities: Mapping[str, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()
    closures: frozenset[date] = frozenset()
    school_closed: tuple[SchoolClosed, ...] = ()
    lists: Mapping[str, ListChange] = field(default_factory=dict)
    changes: tuple[FormChange, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    source_file: str = ""
    text: str = ""

    def number(self, name: str) -> int:
        """A threshold that counts something."""
        return int(self.thresholds[name].value)

    def source(self, name: str) -> str:
        """The rule and the document a threshold rests on."""
        threshold = self.thresholds[name]
        return f"{threshold.rule}, {threshold.source}"


# Every threshold a council file must give, so that no rule runs on a number nobody decided.
THRESHOLDS = (
    "rhi_hours",
    "rhi_working_days",
    "missing_long_hours",
    "episodes_four_weeks",
    "four_weeks_days",
    "episodes_month",
    "month_days",
    "episodes_watch",
    "watch_days",
    "overnight_from_hour",
    "overnight_to_hour",
    "plan_review_working_days",
    "plan_review_months",
    "advocate_miles",
    "photo_months",
    "absence_school_days",
    "register_school_days",
    "file_school_days",
    "letter_parent_days",
    "letter_school_days",
    "cooling_off_days",
    "college_months_ehe",
    "reapply_months",
    "s437_days",
    "ehe_contact_months",
    "ehe_report_working_days",
    "ehe_revisit_weeks",
    "late_told_hours",
    "referral_chase_working_days",
    "small_number",
)
READINGS = {
    "rhi_to_worker": ("always", "with_consent"),
    "cooling_off_days_are": ("school", "working", "calendar"),
    "overnight": ("night_hours", "two_days"),
    "act_2026": ("off", "on"),
}


def load_council(text: str, *, file: str) -> Council:
    """The council in a text; raises DefinitionError with file and line."""
    data = parse_toml(text, file)
    try:
        return _council(data, file, text)
    except Fault as found:
        raise definition_error(file, text, found) from None


def _council(data: dict[str, object], file: str, text: str) -> Council:
    top = Reader(data, (), COUNCIL_KEYS)
    calendar = Reader(top.get("calendar", dict, {}), ("calendar",), frozenset({"closures", "school_closed"}))
    return Council(
        id=top.id("council"),
        name=top.text("name"),
        thresholds=_thresholds(top),
        contacts={name: _contact(item, path) for name, item, path in _entries(top, "contacts")},
        teams={name: _team(item, path) for name, item, path in _entries(top, "teams")},
        localities=top.renames("localities"),
        recipients=top.among("recipients", AUDIENCES, "a recipient"),
        closures=frozenset(_date(day, calendar.at("closures")) for day in calendar.get("closures", list, [])),
        school_closed=tuple(_closed(item, path) for item, path in calendar.tables("school_closed")),
        lists=read_list_changes(top),
        changes=read_form_changes(top),
        readings=_readings(top),
        source_file=file,
        text=text,
    )


def _entries(top: Reader, key: str) -> list[tuple[str, object, Path]]:
    return [(name, item, (key, name)) for name, item in top.get(key, dict, {}).items()]


def _thresholds(top: Reader) -> dict[str, Threshold]:
    given = top.need("thresholds", dict)
    for name in THRESHOLDS:
        if name not in given:
            fault(("thresholds",), f"the threshold '{name}' is missing.")
    table = Reader(given, ("thresholds",), frozenset(THRESHOLDS))
    return {name: _threshold(item, table.at(name)) for name, item in given.items()}


def _threshold(item: object, path: Path) -> Threshold:
    table = Reader(item, path, frozenset({"value", "unit", "rule", "source"}))
    value = number(table.table.get("value"))
    if value is None or not 0 <= value <= 10_000:
        fault(path, "'value' should be a whole number, or a decimal in quotes, from 0 to 10000.")
    return Threshold(value, table.text("unit"), table.text("rule"), table.text("source"))


def _contact(item: object, path: Path) -> Contact:
    table = Reader(item, path, frozenset(Contact._fields))
    return Contact(table.text("name"), *(table.get(key, str, "") for key in ("phone", "email", "hours")))


def _team(item: object, path: Path) -> Team:
    table = Reader(item, path, frozenset(Team._fields))
    return Team(table.text("name"), table.among("strands", STRANDS, "a strand"))


def _date(value: object, path: Path) -> date:
    # a TOML date-time is also a date to Python
    if type(value) is not date:
        fault(path, "this should be a date such as 2026-12-24, without quotes.")
    return value


def _closed(item: object, path: Path) -> SchoolClosed:
    table = Reader(item, path, frozenset(SchoolClosed._fields))
    first, last = (_date(table.table.get(key), path) for key in ("first", "last"))
    if last < first:
        fault(path, "this ends before it begins.")
    return SchoolClosed(first, last, table.text("about"))


def _readings(top: Reader) -> dict[str, str]:
    table = Reader(top.get("readings", dict, {}), ("readings",), frozenset(READINGS))
    return {name: table.one_of(name, known, known[0]) for name, known in READINGS.items()}
