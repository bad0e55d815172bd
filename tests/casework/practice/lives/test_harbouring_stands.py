"""A harbouring notice stands until its last day, renewals counted, or until somebody says that it ended (S4 ¶58)."""

from __future__ import annotations

from datetime import date

import pytest

from casework.practice.forbidden_states import missing_for
from casework.practice.lives.harbouring_stands import harbouring_state, is_undecided, last_day, stands_on
from casework.practice.lives.states import Answers, Beside
from casework.practice.standing import facts_of

GIVEN: Answers = {"given_to": "Marlon Pryce", "issued_on": "2026-01-10", "stands_until": "2026-03-31"}
RENEWED: Answers = {**GIVEN, "renewals": [{"on": "2026-03-30", "until": "2026-06-30"}]}
TODAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"given_to": "Marlon Pryce"}, "begun"),
        (GIVEN, "stands"),
        (RENEWED, "renewed"),
        ({**RENEWED, "ended_how": "withdrawn"}, "withdrawn"),
        ({**GIVEN, "ended_how": "ran_out"}, "ran_out"),
    ],
)
def test_its_state_is_read_from_its_answers(answers: Answers, state: str) -> None:
    assert harbouring_state(answers) == state


def test_the_last_day_is_still_a_day_on_which_it_stands() -> None:
    assert stands_on(GIVEN, date(2026, 3, 31))
    assert not stands_on(GIVEN, date(2026, 4, 1))
    assert last_day(RENEWED) == date(2026, 6, 30)
    assert stands_on(RENEWED, date(2026, 4, 1))


def test_one_without_a_last_day_stands_until_somebody_says_otherwise() -> None:
    open_ended = {**GIVEN, "stands_until": {"none": "not_known"}}

    assert stands_on(open_ended, date(2036, 1, 1))
    assert not stands_on({**open_ended, "ended_how": "withdrawn"}, TODAY)


def test_nothing_undecided_ends_by_growing_old() -> None:
    assert is_undecided(GIVEN)
    assert not stands_on(GIVEN, date(2027, 5, 1))
    assert not is_undecided({**GIVEN, "ended_how": "ran_out"})


def test_how_it_ended_wants_the_day_the_reason_and_who_decided() -> None:
    ended = {**GIVEN, "ended_how": "withdrawn"}
    whole = {**ended, "ended_on": "2026-03-20", "ended_why": "He moved away.", "ended_by": "Tom Applegarth"}

    lacks = [guard.fact for guard in missing_for("harbouring_notice", ended, facts_of(ended, Beside(), TODAY))]
    assert lacks == ["ended_on", "ended_why", "ended_by"]
    assert missing_for("harbouring_notice", whole, facts_of(whole, Beside(), TODAY)) == ()
