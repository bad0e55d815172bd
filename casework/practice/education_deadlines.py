"""Deadlines of education: absence, the roll, compulsory age, education at home and section 437."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from casework.practice.calendar import add_months, add_working_days, last_friday
from casework.practice.council import Council
from casework.practice.deadlines import Deadline
from casework.practice.school_calendar import knows_school_days, last_open_friday, nth_school_day, school_days


class Absence(Struct, frozen=True):
    """A continuous absence by the school calendar (D9). Not certain where the calendar does not reach all of it.

    `earlier`: the council reads its procedure so that evidence of the child elsewhere lets it register before the
    twentieth day (S2 §7), and not so that such evidence keeps the child off the register.
    """

    days: int
    tell_council: date
    register: date
    certain: bool
    source: str
    earlier: bool

    def on_register(self, today: date, *, unauthorised: bool, evidence_elsewhere: bool) -> bool:
        """True once twenty unauthorised school days have come; by evidence, by the reading the council follows."""
        if evidence_elsewhere:
            return self.earlier
        return today >= self.register and unauthorised


def absence(first_absent: date, today: date, council: Council, school: str = "") -> Absence:
    """D9: the tenth and the twentieth continuous school day, the first day absent among them."""
    tell = nth_school_day(first_absent, council.number("absence_school_days"), council, school)
    register = nth_school_day(first_absent, council.number("register_school_days"), council, school)
    return Absence(
        school_days(first_absent, today, council, school) if today >= first_absent else 0,
        tell,
        register,
        knows_school_days(first_absent, max(register, today), council),
        council.source("absence_school_days"),
        council.readings["evidence_elsewhere"] == "registers_earlier",
    )


def school_file(left: date, council: Council, school: str = "") -> Deadline:
    """D10: the pupil's file follows within fifteen school days of leaving."""
    due = nth_school_day(left + timedelta(days=1), council.number("file_school_days"), council, school)
    return Deadline("D10", "School sends the pupil’s file on", due, council.source("file_school_days"))


def place_letter(sent: date, council: Council) -> tuple[Deadline, Deadline]:
    """D10: a parent contacts the school within two weeks of the letter, a school tells Admissions within four."""
    source = council.source("letter_parent_days")
    parent = sent + timedelta(days=council.number("letter_parent_days"))
    school = sent + timedelta(days=council.number("letter_school_days"))
    return (
        Deadline("D10", "Parent contacts the school", parent, source),
        Deadline("D10", "School tells Admissions there was no contact", school, source),
    )


def movement_return(year: int, month: int, council: Council) -> Deadline | None:
    """D10: due on the month's last Friday on which schools are open; None for a month without one."""
    due = last_open_friday(year, month, council)
    return Deadline("D10", "Schools’ movement returns", due, "D10, S2 §10") if due else None


def compulsory_from(born: date) -> date:
    """D11: the first 31 August, 31 December or 31 March on or after the fifth birthday."""
    fifth = _birthday(born, 5)
    days = [date(fifth.year + step, month, 31) for step in (0, 1) for month in (3, 8, 12)]
    return min(day for day in days if day >= fifth)


def compulsory_until(born: date) -> date:
    """D11: the last Friday of June in the school year, September to August, of the sixteenth birthday."""
    sixteenth = _birthday(born, 16)
    return last_friday(sixteenth.year + (sixteenth.month >= 9), 6)


def is_compulsory_age(born: date, today: date) -> bool:
    """D11: both ends count."""
    return compulsory_from(born) <= today <= compulsory_until(born)


def _birthday(born: date, age: int) -> date:
    """A birthday; for one born on 29 February, 1 March in a common year."""
    year = born.year + age
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def cooling_off(told: date, council: Council) -> dict[str, Deadline]:
    """D12: the end of the five-day cooling-off by each kind of day; the source does not say which."""
    count = council.number("cooling_off_days")
    ends = {
        "school": nth_school_day(told + timedelta(days=1), count, council),
        "working": add_working_days(told, count, council),
        "calendar": told + timedelta(days=count),
    }
    source = council.source("cooling_off_days")
    other = "The source says five days and not which kind."
    return {kind: Deadline("D12", f"Cooling-off ends ({kind} days)", day, source, other) for kind, day in ends.items()}


def cooling_off_ends(told: date, council: Council) -> Deadline:
    """D12: the end of the cooling-off by the reading the council follows."""
    return cooling_off(told, council)[council.readings["cooling_off_days_are"]]


def college_from(ehe_began: date, council: Council) -> Deadline:
    """D12: a college place needs six months of education at home."""
    due = add_months(ehe_began, council.number("college_months_ehe"))
    return Deadline("D12", "College place possible from", due, council.source("college_months_ehe"))


def reapply_from(decided: date, council: Council) -> Deadline:
    """D12: a new application is possible after twelve months."""
    due = add_months(decided, council.number("reapply_months"))
    return Deadline("D12", "New application possible from", due, council.source("reapply_months"))


def s437_earliest_end(served: date, council: Council) -> Deadline:
    """D12: a section 437 notice gives at least fifteen days, beginning with the day of service."""
    due = served + timedelta(days=council.number("s437_days") - 1)
    return Deadline("D12", "Section 437 notice: earliest last day", due, council.source("s437_days"))


def next_ehe_contact(last: date, council: Council) -> Deadline:
    """D12: contact at least once a year."""
    due = add_months(last, council.number("ehe_contact_months"))
    return Deadline("D12", "Yearly contact", due, council.source("ehe_contact_months"))


def first_ehe_contact(began: date, council: Council) -> Deadline:
    """D12: a family nobody has talked with is due from the day its education at home began."""
    return Deadline("D12", "First contact", began, council.source("ehe_contact_months"))


def ehe_revisit(visited: date, council: Council) -> Deadline:
    """When education is suitable with advice, the visit that looks at what changed."""
    due = visited + timedelta(weeks=council.number("ehe_revisit_weeks"))
    return Deadline("C", "Visit again", due, council.source("ehe_revisit_weeks"))


def home_consideration(told: date, council: Council) -> Deadline | None:
    """D12: the 2026 Act's fifteen-day home consideration; None until the council switches the reading on."""
    if council.readings["act_2026"] == "off":
        return None
    return Deadline(
        "D12",
        "Home consideration ends",
        told + timedelta(days=15),
        "G11, 2026 c.21 s38",
        "Enacted, and found not commenced.",
    )
