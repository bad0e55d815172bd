"""England’s clocks: every time they showed has its moment, one hour of the year is nowhere, and one comes twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.dates_in_words import LONDON
from casework.errors import AnswerError
from casework.forms.moments import NO_SUCH_TIME, WHICH_HOUR, came_twice, on_the_clock

# Half of the times fall on the last Sundays, near the change; the rest anywhere.
CHANGES = [datetime(2026, 3, 29), datetime(2026, 10, 25), datetime(2027, 3, 28), datetime(2027, 10, 31)]  # noqa: DTZ001
NEAR = st.builds(lambda day, at: day + timedelta(minutes=at), st.sampled_from(CHANGES), st.integers(0, 239))
ANY = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001


@given(st.one_of(NEAR, ANY), st.booleans())
def test_what_is_kept_is_what_the_clock_showed(local: datetime, later: bool) -> None:
    """Shown again, it is the time that was typed, whichever hour was meant; only a time no clock showed is refused."""
    if local.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local:
        with pytest.raises(AnswerError, match=NO_SUCH_TIME):
            on_the_clock(local, later=later)
        assert (local.month, local.hour) == (3, 1)
        return
    moment = on_the_clock(local, later=later)

    assert moment.astimezone(LONDON).replace(tzinfo=None) == local


@given(st.one_of(NEAR, ANY))
def test_it_is_asked_which_exactly_when_there_are_two(local: datetime) -> None:
    """Two moments an hour apart, in the October hour and nowhere else."""
    if not came_twice(local):
        assert local.month != 10 or local.hour != 1 or (local + timedelta(days=7)).month == 10 or local.weekday() != 6
        return
    with pytest.raises(AnswerError, match=WHICH_HOUR):
        on_the_clock(local)

    assert on_the_clock(local, later=True).timestamp() - on_the_clock(local, later=False).timestamp() == 3600
