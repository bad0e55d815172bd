"""Lines of the police's list: times by England's clocks, the ends of a month, and every fault in a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from casework.forms import Question
from casework.practice.police.police_list_rules import fault_of_line
from desktop.compose import build_catalogue
from desktop.flows.police.police_sheet import PoliceSheetLine, police_lines_of

OCTOBER, NOW = date(2026, 10, 1), datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
HEADS = "Reference,Name,Born,Reported,Returned,Risk"
DAY_OF_ADA = "R1,Ada Brook,2012-02-01"


@pytest.fixture(scope="module")
def risk() -> Question:
    column = build_catalogue().form("police_list").question("lines").column("risk")
    assert column is not None
    return column


def read(line: str, risk: Question, encoding: str = "utf-8", heads: str = HEADS) -> PoliceSheetLine:
    (found,) = police_lines_of(f"{heads}\n{line}\n".encode(encoding), risk)
    return found


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ("25/10/2026 01:30,,", "“Reported”: That time came twice that night. Say whether it was before or after"),
        ("01/11/2026 00:00,,", "It was reported in November 2026: it stands in the list of that month."),
        ("31/10/2026 24:00,,", "It was reported in November 2026"),
        ("30/09/2026 23:59,,", "It was reported in September 2026"),
        ("05/10/2026 20:00,05/10/2026 19:00,", "The return is before the report. Check both times."),
        ("05/10/2026 20:00,05/11/2026 19:00,", "That time is still to come. Check the date and time."),
        (",,", "When it was reported is missing."),
        ("soon,,", "“Reported”: write it as 2026-03-27 21:40 or 27/03/2026 21:40."),
        ("05/10/2026 25:10,,", "“Reported”: there is no such time of day."),
        ("05/10/2026 20:00,,severe", "The risk should be one of: very low, low, medium, high; or leave it empty."),
        (f"05/10/2026 20:00,,{'x' * 301}", "“Risk” is longer than 300 letters: shorten it."),
    ],
)  # fmt: skip
def test_what_cannot_stand_says_why(risk: Question, rest: str, why: str) -> None:
    found = read(f"{DAY_OF_ADA},{rest}", risk)

    assert (found.why or fault_of_line(found.line, OCTOBER, NOW)).startswith(why)


def test_who_has_no_name_or_no_such_birthday_is_refused(risk: Question) -> None:
    nameless = read("R1,,2012-02-01,05/10/2026 20:00,,", risk)

    assert fault_of_line(nameless.line, OCTOBER, NOW) == "The child has no name."
    assert read("R1,Ada Brook,30/02/2012,05/10/2026 20:00,,", risk).why.startswith("The date of birth is no day")


@pytest.mark.parametrize(
    ("reported", "returned", "kept"),
    [
        ("01/10/2026 00:00", "", ("2026-10-01T00:00:00+01:00", None)),
        ("30/10/2026 24:00", "", ("2026-10-31T00:00:00+00:00", None)),
        ("25/10/2026 01:30+01:00", "2026-10-25T01:10Z", ("2026-10-25T01:30:00+01:00", "2026-10-25T01:10:00+00:00")),
        ("24/10/2026 23:50", "25/10/2026 02:10", ("2026-10-24T23:50:00+01:00", "2026-10-25T02:10:00+00:00")),
        ("31/10/2026 23:59:30", "01/11/2026", ("2026-10-31T23:59:00+00:00", {"about": "2026-11-01"})),
        ("31/10/2026", "", ({"about": "2026-10-31"}, None)),
    ],
    ids=["month begins", "midnight", "the hour that came twice", "over the change", "month ends", "a day alone"],
)
@pytest.mark.parametrize("saved", [("utf-16", "\t"), ("cp1252", ";"), ("utf-8-sig", ",")])
def test_times_are_englands(
    risk: Question, reported: str, returned: str, kept: tuple[object, object], saved: tuple[str, str]
) -> None:
    encoding, comma = saved
    line = comma.join(("R1", "MÜLLER Zoë", "01/02/2012", reported, returned, "Medium risk"))
    found = read(line, risk, encoding, HEADS.replace(",", comma).upper())

    assert (found.why, fault_of_line(found.line, OCTOBER, NOW)) == ("", "")
    assert (found.line.reported, found.line.returned) == kept
    assert (found.line.name, found.line.born, found.line.risk) == ("MÜLLER Zoë", date(2012, 2, 1), "medium")


def test_a_line_with_a_cell_too_many_is_refused_and_not_cut(risk: Question) -> None:
    """A comma in a name that was not quoted moved every cell after it by one."""
    found = read("R1,Brook, Ada,2012-02-01,05/10/2026 20:00,,low", risk)

    assert found.why == "This line has 7 columns; the first line has 6."
