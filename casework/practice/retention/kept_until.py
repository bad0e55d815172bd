"""How long a record is kept: as a council's own file says of its form, and for ever where it says nothing.

The sources that Homeward works from name no time for any kind of record, so there is no rule of ours (docs,
destruction): the number and its reason are the council's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from casework.dates_in_words import counted, short_ordinal
from casework.forms.faults import fault
from casework.forms.reading import Id, Table, Text
from casework.practice.homes.of_no_child import OF_NO_CHILD

MOST_YEARS = 120


class KeptUntil(Table, frozen=True):
    """One rule: so many years after a record of this form was closed, or the child's birthday of that number."""

    form: Id
    reason: Text
    years_after_closing: int | None = None
    birthday: int | None = None

    @property
    def words(self) -> str:
        """“6 years after closing”, “the child's 25th birthday”."""
        if self.years_after_closing is not None:
            return f"{counted(self.years_after_closing, 'year')} after closing"
        return f"the child’s {short_ordinal(self.birthday or 0)} birthday"

    def due_on(self, *, closed: date | None, born: date | None) -> date | None:
        """None while the record is not closed, or nobody knows when the child was born."""
        start, years = (born, self.birthday) if self.years_after_closing is None else (closed, self.years_after_closing)
        return None if start is None or years is None else _years_on(start, years)


def rules_of(table: Sequence[KeptUntil]) -> Mapping[str, KeptUntil]:
    """By form. Raises Fault for a rule that says two things, or nothing."""
    for place, rule in enumerate(table):
        path = ("retention", place)
        years = [each for each in (rule.years_after_closing, rule.birthday) if each is not None]
        if len(years) != 1:
            fault(path, "a rule says either 'years_after_closing' or 'birthday'.")
        if not 1 <= years[0] <= MOST_YEARS:
            fault(path, f"this should be a number of years from 1 to {MOST_YEARS}.")
        if rule.birthday is not None and rule.form in OF_NO_CHILD:
            fault(path, f"'{rule.form}' is of no child, so no birthday comes for it: say 'years_after_closing'.")
        if any(other.form == rule.form for other in table[:place]):
            fault(path, f"there is a rule for '{rule.form}' already.")
    return {rule.form: rule for rule in table}


def _years_on(start: date, years: int) -> date:
    """Of 29 February the day after, in a year that has none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)
