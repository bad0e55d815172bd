"""What one council decides for itself: thresholds, lists, people to reach, and changes to forms."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, TypeVar

from msgspec import field

from casework.forms.changing import Addition, FormChange, ListChange, form_changes, list_changes
from casework.forms.conditions import number
from casework.forms.faults import Fault, Path, definition_error, fault, meant
from casework.forms.loading import parse_toml
from casework.forms.questions import Audience
from casework.forms.reading import Id, Table, Text, Texts, known, read
from casework.forms.vocabulary import STRANDS
from casework.practice.figures.figure_readers import PublishersTable, publishers_of
from casework.practice.figures.own_figures import OwnFigure
from casework.practice.groups.group_table import GroupKind
from casework.practice.languages.language_file import CouncilLanguages, refuse_open_places
from casework.practice.manager_check import ChecksTable, checks_of
from casework.practice.notices.addressees import Addressees, NoticesTable, addressees_of
from casework.practice.notices.notice_table import TEAM_ID
from casework.practice.retention.kept_until import KeptUntil, rules_of

S = TypeVar("S", "SchoolClosed", "SchoolYear", "OneSchoolClosed")


class Threshold(NamedTuple):
    """One number of practice: its value, unit, the rule it belongs to and the document it rests on."""

    value: Decimal
    unit: str
    rule: str
    source: str


class ThresholdTable(Table, frozen=True):
    """A threshold as it is written."""

    value: Any
    unit: Text
    rule: Text
    source: Text


class Contact(Table, frozen=True):
    """Someone to reach, how, and when they can be reached."""

    name: Text
    phone: str = ""
    email: str = ""
    hours: str = ""


class Team(Table, frozen=True):
    """A team that holds cases, and the strands it works in."""

    name: Text
    strands: tuple[Annotated[str, known(STRANDS, "a strand")], ...] = ()


class GroupMember(Table, frozen=True):
    """Somebody who belongs to a group; `agency` is a code of the form of its meetings."""

    name: Text
    agency: str = ""


class GroupTable(Table, frozen=True):
    """Whom each of a group's meetings expects."""

    members: tuple[GroupMember, ...] = ()


class SchoolClosed(Table, frozen=True):
    """A stretch of days, both included, on which schools are closed."""

    first: date
    last: date
    about: Text


class SchoolYear(Table, frozen=True):
    """The dates of one school year, as far as they are known: `last` is the last day they speak of."""

    name: Text
    first: date
    last: date
    closed: tuple[SchoolClosed, ...] = ()


class OneSchoolClosed(Table, frozen=True):
    """Days, both included, on which one school is closed and the others are not."""

    school: Text
    first: date
    last: date
    about: Text


class CalendarTable(Table, frozen=True):
    """The days of a council beside those of its country, as they are written."""

    closures: tuple[date, ...] = ()
    school_year: tuple[SchoolYear, ...] = ()
    one_school_closed: tuple[OneSchoolClosed, ...] = ()
    school_closed: Any = None


class ReturnYear(Table, frozen=True):
    """What one school year's returns ask by: the census days, and the reasons that are in that year's lists."""

    school_year: Text
    census: tuple[date, ...] = ()
    ehe_reasons: Texts = ()
    cme_reasons: Texts = ()


@dataclass(frozen=True, slots=True)
class Council:
    """One council, as its file says."""

    id: str
    name: str
    thresholds: Mapping[str, Threshold]
    contacts: Mapping[str, Contact] = having(default_factory=dict)
    teams: Mapping[str, Team] = having(default_factory=dict)
    localities: Mapping[str, str] = having(default_factory=dict)
    groups: Mapping[str, GroupTable] = having(default_factory=dict)  # by kind
    schools: tuple[str, ...] = ()  # of which a movement return is asked each month
    recipients: tuple[str, ...] = ()
    closures: frozenset[date] = frozenset()
    school_years: tuple[SchoolYear, ...] = ()
    one_school_closed: tuple[OneSchoolClosed, ...] = ()
    lists: Mapping[str, ListChange] = having(default_factory=dict)
    changes: tuple[FormChange, ...] = ()
    readings: Mapping[str, str] = having(default_factory=dict)
    letters: Mapping[str, Mapping[str, object]] = having(default_factory=dict)  # its own wording, by letter
    letterhead: tuple[str, ...] = ()
    notices: Addressees = having(default_factory=Addressees)
    checks: Mapping[str, tuple[str, ...]] = having(default_factory=dict)
    return_years: tuple[ReturnYear, ...] = ()
    figures: tuple[OwnFigure, ...] = ()
    publishers: Mapping[str, tuple[str, ...]] = having(default_factory=dict)  # roles, by scorecard
    retention: Mapping[str, KeptUntil] = having(default_factory=dict)  # by form; what has none is kept for ever
    languages: CouncilLanguages = having(default_factory=CouncilLanguages)
    family_name_first: bool = False  # in lists of children
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
    "told_hours",
    "late_told_hours",
    "referral_chase_working_days",
    "small_number",
    "enquiry_days",
    "pending_days",
    "child_unseen_months",
    "s436a_reply_days",
    "receipt_working_days",
    "removal_letter_working_days",
    "safe_well_working_days",
    "visitor_keeps_days",
    "quiet_case_days",
    "council_reply_working_days",
    "prevention_ask_again_working_days",
    "order_choice_days",
    "order_step_days",
    "team_looks_working_days",
    "track_days",
    "harbouring_ahead_days",
    "council_told_working_days",
    "carers_plan_working_days",
)
# Those that came after files could be published, as a file would give them: a published one is never unreadable.
ADDED_LATER: dict[str, object] = {
    "visitor_keeps_days": {"value": 28, "unit": "days", "rule": "C", "source": "J"},
    "council_reply_working_days": {
        "value": 5,
        "unit": "working days",
        "rule": "B",
        "source": "S2 §15; the number is J",
    },
    "prevention_ask_again_working_days": {
        "value": 3,
        "unit": "working days",
        "rule": "F1",
        "source": "S4 ¶27; the number is J",
    },
    "order_choice_days": {"value": 15, "unit": "days", "rule": "D12", "source": "Education Act 1996, section 438"},
    "team_looks_working_days": {"value": 2, "unit": "working days", "rule": "B", "source": "S2 §5; the number is J"},
    "track_days": {"value": 28, "unit": "days", "rule": "B", "source": "S2 §8, §15; the number is J"},
    "order_step_days": {"value": 14, "unit": "days", "rule": "D12", "source": "S1 EHE 3.3; the number is J"},
    "harbouring_ahead_days": {"value": 14, "unit": "days", "rule": "B", "source": "S4 ¶58; the number is J"},
    "council_told_working_days": {
        "value": 5,
        "unit": "working days",
        "rule": "F11",
        "source": "S4 ¶78; the number is J",
    },
    "carers_plan_working_days": {
        "value": 1,
        "unit": "working day",
        "rule": "F11",
        "source": "S4 ¶79; the number is J",
    },
}
# A limit of nought would mean that a thing is due again the moment it is done.
_MAY_BE_NOUGHT = frozenset(
    {"overnight_from_hour", "overnight_to_hour", "late_told_hours", "small_number", "referral_chase_working_days"}
)
READINGS = {
    "rhi_to_worker": ("always", "with_consent"),
    "cooling_off_days_are": ("school", "working", "calendar"),
    "overnight": ("night_hours", "two_days"),
    "act_2026": ("off", "on"),
    "evidence_elsewhere": ("registers_earlier", "keeps_off"),
    "school_bank_holidays": ("closed", "open"),
}


def load_published(text: str, *, file: str) -> Council:
    """A file that a council published, perhaps before this version of Homeward knew of a number that every new file
    must give: there Homeward's own stands, and the file stays in force. Raises DefinitionError."""
    found = _whom_it_names(parse_toml(text, file))
    given = found.get("thresholds")
    if not isinstance(given, dict):
        return _loaded(found, text, file)
    return _loaded({**found, "thresholds": {**ADDED_LATER, **given}}, text, file)


def _whom_it_names(found: dict[str, object]) -> dict[str, object]:
    """A published file of before teams were asked may name one that is not there, or that no inbox could be named
    after: that locality then has no team."""
    teams, localities = found.get("teams"), found.get("localities")
    if not isinstance(teams, dict) or not isinstance(localities, dict):
        return found
    sound = {name: team for name, team in teams.items() if TEAM_ID.fullmatch(name)}
    return {**found, "teams": sound, "localities": {name: one for name, one in localities.items() if one in sound}}


def load_council(text: str, *, file: str) -> Council:
    """The council in a text; raises DefinitionError with file and line."""
    return _loaded(parse_toml(text, file), text, file)


def _loaded(data: dict[str, object], text: str, file: str) -> Council:
    try:
        return _council(data, file, text)
    except Fault as found:
        raise definition_error(file, text, found) from None


class CouncilTable(Table, frozen=True):
    """A council's file as it is written; `council` is its id."""

    council: Id
    name: Text
    thresholds: dict[Annotated[str, known(THRESHOLDS)], ThresholdTable]
    contacts: dict[str, Contact] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    localities: dict[str, str] = field(default_factory=dict)
    groups: dict[Annotated[str, known(tuple(GroupKind), "a group")], GroupTable] = field(default_factory=dict)
    schools: Texts = ()
    recipients: Audience = ()
    calendar: CalendarTable = CalendarTable()
    lists: dict[str, ListChange] = field(default_factory=dict)
    change: tuple[dict[str, Any], ...] = ()
    add: tuple[Addition, ...] = ()
    readings: dict[Annotated[str, known(READINGS)], str] = field(default_factory=dict)
    letters: dict[str, dict[str, Any]] = field(default_factory=dict)
    letterhead: Texts = ()
    notices: NoticesTable | None = None
    checks: ChecksTable | None = None
    return_year: tuple[ReturnYear, ...] = ()
    figure: tuple[OwnFigure, ...] = ()
    publishing: PublishersTable = field(default_factory=dict)
    retention: tuple[KeptUntil, ...] = ()
    languages: CouncilLanguages = field(default_factory=CouncilLanguages)
    family_name_first: bool = False


def _council(data: dict[str, object], file: str, text: str) -> Council:
    table = read(CouncilTable, data)
    return Council(
        id=table.council,
        name=table.name,
        thresholds=_thresholds(table.thresholds),
        contacts=table.contacts,
        teams=_teams(table.teams),
        localities=_localities(table),
        groups=table.groups,
        schools=table.schools,
        recipients=table.recipients,
        closures=frozenset(table.calendar.closures),
        school_years=_school_years(table.calendar),
        one_school_closed=_in_order(table.calendar.one_school_closed, ("calendar", "one_school_closed")),
        lists=list_changes(table.lists),
        changes=form_changes(table.change, table.add),
        readings=_readings(table.readings),
        letters=table.letters,
        letterhead=table.letterhead,
        notices=addressees_of(table.notices),
        checks=checks_of(table.checks),
        return_years=table.return_year,
        figures=table.figure,
        publishers=publishers_of(table.publishing),
        retention=rules_of(table.retention),
        languages=_languages(table.languages),
        family_name_first=table.family_name_first,
        source_file=file,
        text=text,
    )


def _languages(given: CouncilLanguages) -> CouncilLanguages:
    for tag, words in given.words.items():
        refuse_open_places(words, ("languages", "words", tag))
    return given


def _teams(given: Mapping[str, Team]) -> Mapping[str, Team]:
    """An id stands in the name of the team's inbox."""
    for name in given:
        if TEAM_ID.fullmatch(name) is None:
            fault(("teams", name), f"'{name}' cannot be the id of a team: use up to 40 of a-z, 0-9 and _.")
    return given


def _localities(table: CouncilTable) -> Mapping[str, str]:
    """A locality whose team is not there would have its requests reach nobody."""
    for name, team in table.localities.items():
        if team not in table.teams:
            fault(("localities", name), f"'{team}' is not one of the teams{meant(team, tuple(table.teams))}.")
    return table.localities


def _thresholds(given: dict[str, ThresholdTable]) -> dict[str, Threshold]:
    for name in THRESHOLDS:
        if name not in given:
            fault(("thresholds",), f"the threshold '{name}' is missing.")
    found = {name: _threshold(table, ("thresholds", name)) for name, table in given.items()}
    for name, threshold in found.items():
        if threshold.value < 1 and name not in _MAY_BE_NOUGHT:
            fault(("thresholds", name), f"'{name}' should be 1 or more: at nought nothing would ever be waited for.")
    return found


def _threshold(table: ThresholdTable, path: Path) -> Threshold:
    value = number(table.value)
    if value is None or not 0 <= value <= 10_000:
        fault(path, "'value' should be a whole number, or a decimal in quotes, from 0 to 10000.")
    return Threshold(value, table.unit, table.rule, table.source)


def _school_years(calendar: CalendarTable) -> tuple[SchoolYear, ...]:
    """In order; two that share a day are refused, since nobody could say which of them counts."""
    path: Path = ("calendar", "school_year")
    if calendar.school_closed is not None:
        fault(
            ("calendar", "school_closed"), "schools’ days stand in one [[calendar.school_year]] for each school year."
        )
    for place, year in enumerate(_in_order(calendar.school_year, path)):
        _in_order(year.closed, (*path, place, "closed"))
    found = sorted(enumerate(calendar.school_year), key=lambda one: one[1].first)
    for (_, before), (place, after) in itertools.pairwise(found):
        if after.first <= before.last:
            fault((*path, place), f"the school year {after.name} begins before {before.name} has ended.")
    return tuple(year for _, year in found)


def _in_order(stretches: tuple[S, ...], path: Path) -> tuple[S, ...]:
    for place, stretch in enumerate(stretches):
        if stretch.last < stretch.first:
            fault((*path, place), "this ends before it begins.")
    return stretches


def _readings(given: dict[str, str]) -> dict[str, str]:
    for name, value in given.items():
        if value not in READINGS[name]:
            fault(("readings", name), f"'{value}' cannot stand for '{name}'{meant(value, READINGS[name])}.")
    return {name: given.get(name, among[0]) for name, among in READINGS.items()}
