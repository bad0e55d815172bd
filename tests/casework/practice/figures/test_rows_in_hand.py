"""What a scorecard counts of records in hand: nothing is lost between two quarters, whatever days are not recorded."""

from __future__ import annotations

from datetime import date
from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from casework.identifiers import RecordId, child_named
from casework.practice.figures.figure_cards import Card, load_card
from casework.practice.figures.rows_in_hand import ROWS, Held, InHand, counted_ids
from casework.practice.figures.what_counts import Facts

FIRST, LAST = date(2026, 4, 1), date(2026, 6, 30)
DAY = st.one_of(st.none(), st.integers(FIRST.toordinal() - 40, LAST.toordinal() + 40))
ENDS = st.sampled_from(["no", "known", "day_not_recorded"])
CASES = st.lists(st.tuples(DAY, ENDS, DAY), max_size=12)
CODES = ("outcome", "previous", "locality", "phase", "school_type", "fsm", "need", "social_care", "help_locality")
OTHERS = ("help_partners", "help_unspecified", "ethnicity")


def cme() -> Card:
    text = resources.files("resources").joinpath("figures", "cme.toml").read_text("utf-8")
    return load_card(text, file="cme.toml")


def case(number: int, opened: int | None, closed: str, on: int | None) -> Held:
    day = date.fromordinal(opened) if opened else None
    facts: Facts = {
        **dict.fromkeys((*CODES, *OTHERS), "not_recorded"),
        "standing": "counted",
        "family": "",
        "opened_day": opened,
        "opened_ymd": day.year * 10_000 + day.month * 100 + day.day if day else None,
        "closed": closed,
        "closed_day": on if closed == "known" else None,
    }
    return Held(RecordId(f"r{number}"), child_named(f"c{number}"), facts)


@given(CASES)
def test_opening_and_new_less_resolved_is_closing_or_the_difference_has_a_name(
    cases: list[tuple[int | None, str, int | None]],
) -> None:
    """S1 CME scorecard: its quarters did not follow from each other, and nobody could say why."""
    known = [one for one in cases if one[1] != "known" or one[2] is not None]
    held = [case(number, *one) for number, one in enumerate(known)]
    hand = InHand.of({"referral": held}, FIRST, LAST, LAST)
    found = {number: len(ids) for number, ids in counted_ids(cme(), ROWS["referral"](hand)).items()}
    assert found["14"] + found["1a-cases"] + found["21"] - found["7"] - found["19"] - found["20"] == found["6"]
