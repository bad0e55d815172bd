"""What changes a figure, and what never does: order, duplicates, corrections, late entry, and the moment asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.records import Operation
from casework.wire.protocol import seal
from central.commands.founding import begin_epoch
from central.database.errors import CentralError
from central.feed.feed_moments import place_at
from central.figures.periods import AsAt, Period
from central.figures.reckoning import card_of, reckon
from tests.central.facts.kept_up import anew, kept_up
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
WATCHED = ("1.1", "1.2", "1.3", "2.1", "4.1", "4.2", "4.8", "6.2", "6.8", "11.1", "11.2", "11.4")
Told = dict[str, tuple[str, ...]]


def told(council: Council, period: Period = MARCH, moment: datetime | None = None, card: str = "missing") -> Told:
    """Each figure's references."""
    with council.service.database.writing() as connection:
        seq = place_at(connection, moment, council.clock())
        found = reckon(connection, card_of(card), period, AsAt.of(seq, moment or council.clock()))
    return {one.figure.number: one.references for one in found}


def counts(found: Told) -> dict[str, int]:
    return {number: len(found[number]) for number in WATCHED if found[number]}


def episode(ann: Pusher, child: str, **said: JSON) -> Operation:
    answers: dict[str, JSON] = {
        "care_status": "lac",
        "last_seen_at": "2026-03-10T09:00:00+00:00",
        "found_at": "2026-03-10T20:00:00+00:00",
        **said,
    }
    return ann.create(child, record=f"e-{child}-{ann.number}", strand="missing", form="missing_episode", **answers)


def test_a_figure_as_at_a_moment_never_changes_whatever_is_entered_later(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("c1", given_name="A", sex="female"))
    first, second = episode(ann, "c1"), episode(ann, "c1", care_status="cin")
    ann.push(first, second)
    council.clock.move(hours=1)
    asked = council.clock()
    before = told(council, moment=asked)
    assert counts(before) == {"1.1": 2, "1.2": 1, "2.1": 1, "4.1": 2, "6.2": 1}

    late = episode(ann, "c1", last_seen_at="2026-03-11T09:00:00+00:00", found_at="2026-03-12T09:00:00+00:00")
    assert statuses(ann.push(late)) == ["accepted"]
    assert counts(told(council)) == {"1.1": 3, "1.2": 1, "1.3": 1, "2.1": 2, "4.1": 2, "4.2": 1, "6.2": 1}
    wrong = ann.change(first.record_id, "missing_episode", "missing", "outcome", "entered_in_error")
    twice = ann.change(second.record_id, "missing_episode", "missing", "outcome", "duplicate")
    ann.push(wrong, twice)
    assert counts(told(council)) == {"1.1": 1, "1.2": 1, "2.1": 1, "4.2": 1, "11.1": 1, "11.2": 1}
    corrected = ann.change(late.record_id, "missing_episode", "missing", "care_status", "cin", replaces=(late.op_id,))
    ann.push(corrected)
    assert counts(told(council)) == {"1.1": 1, "1.2": 1, "4.2": 1, "6.2": 1, "11.1": 1, "11.2": 1}
    doubted = ann.change(late.record_id, "missing_episode", "missing", "care_status", "cpp", replaces=(late.op_id,))
    ann.push(doubted)
    assert counts(told(council))["6.8"] == 1  # two answers stand: neither is chosen by a clock

    council.clock.move(days=3)
    assert told(council, moment=asked) == before


def test_a_moment_to_come_and_one_before_a_restore_are_refused_in_words(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("c1", given_name="A"))
    council.clock.move(hours=1)
    before = council.clock()
    with pytest.raises(CentralError, match="not come yet"):
        told(council, moment=before + timedelta(seconds=1))
    council.clock.move(hours=1)
    begin_epoch(council.service.database)
    with pytest.raises(CentralError, match="restored from a backup"):
        told(council, moment=before)
    ann.push(ann.create("c2", given_name="B"))
    council.clock.move(hours=1)
    told(council, moment=council.clock())


def test_a_clock_put_back_makes_no_moment_earlier_than_the_one_before(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("c1", given_name="A"), episode(ann, "c1"))
    council.clock.move(hours=2)
    asked = council.clock()
    ann.push(episode(ann, "c1"))
    council.clock.move(hours=-3)
    ann.push(episode(ann, "c1"))
    council.clock.move(hours=9)
    assert counts(told(council, moment=asked))["1.1"] == 1
    assert counts(told(council))["1.1"] == 3


def test_a_case_that_was_reopened_is_active_again_and_was_resolved_then(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    council.officer("eve", "cme_officer")
    eve = Pusher.of(council, "eve")
    ann.push(ann.create("c1", given_name="A"))
    council.allocate("eve", "c1")
    said: dict[str, JSON] = {"logged_on": "2026-03-02", "outcome": "found_ehe", "told_referrer_on": "2026-03-20"}
    begun = eve.create("c1", record="r1", strand="education", form="cme_referral", **said)
    assert statuses(eve.push(begun)) == ["accepted"]
    council.clock.move(hours=1)
    asked = council.clock()
    before = told(council, moment=asked, card="cme")
    assert (before["6"], before["7"]) == ((), ("r1",))
    taken_back = eve.change("r1", "cme_referral", "education", "outcome", None, replaces=(begun.op_id,))
    assert statuses(eve.push(taken_back)) == ["accepted"]

    now = told(council, card="cme")
    assert (now["6"], now["7"], now["1a-cases"]) == (("r1",), (), ("r1",))
    assert told(council, moment=asked, card="cme") == before


CHOICES = ("lac", "cin", "cpp")
STATES = ("real", "entered_in_error", "duplicate")
DEED = st.tuples(st.sampled_from(["care_status", "outcome"]), st.integers(0, 2))
EPISODES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.lists(DEED, max_size=4)), min_size=1, max_size=5)
_years = itertools.count(1930)


@pytest.fixture(scope="module")
def one_council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    found = Council.found(tmp_path_factory.mktemp("figures") / "central")
    found.officer("ann")
    yield found
    found.service.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=EPISODES, data=st.data())
def test_order_and_duplicates_never_matter_and_corrections_always_do(
    one_council: Council, wanted: list[tuple[int, int, list[tuple[str, int]]]], data: st.DataObject
) -> None:
    """The same words in any order, in any parcels, some of them twice: the figures are those of the last words."""
    council, year = one_council, next(_years)
    ann = Pusher.of(council, "ann")
    period = Period(date(year, 3, 1), date(year, 3, 31))
    children = [f"c{year}-{number}" for number in range(3)]
    ann.push(*(ann.create(child, given_name="A") for child in children))
    said, last = [], []
    for child, days, deeds in wanted:
        begun = episode(
            ann,
            children[child],
            last_seen_at=f"{year}-03-10T09:00:00+00:00",
            found_at=f"{year}-03-{10 + days}T20:00:00+00:00",
            outcome="real",
        )
        state: dict[str, str] = {"care_status": "lac", "outcome": "real"}
        stands = dict.fromkeys(state, begun.op_id)
        said.append(begun)
        for name, choice in deeds:
            state[name] = (CHOICES if name == "care_status" else STATES)[choice]
            change = ann.change(
                begun.record_id, "missing_episode", "missing", name, state[name], replaces=(stands[name],)
            )
            stands[name] = change.op_id
            said.append(change)
        last.append((begun.record_id, children[child], days, state))
    parcels = data.draw(st.permutations([*said, *said[: len(said) // 2]]))
    size = data.draw(st.integers(1, len(parcels)))
    for start in range(0, len(parcels), size):
        council.service.intake.push(ann.device_id, [seal(op) for op in parcels[start : start + size]])

    real = [one for one in last if one[3]["outcome"] == "real"]
    found = told(council, period)
    assert set(found["1.1"]) == {record for record, *_ in real}
    assert set(found["1.2"]) == {child for _, child, *_ in real}
    of_children = [child for _, child, *_ in real]
    assert set(found["1.3"]) == {child for child in of_children if of_children.count(child) >= 3}
    assert set(found["2.1"]) == {record for record, _, _, state in real if state["care_status"] == "lac"}
    for days in range(3):
        assert set(found[f"4.{days + 1}"]) == {record for record, _, away, _ in real if away == days}
    for number, outcome in (("11.1", "entered_in_error"), ("11.2", "duplicate")):
        assert set(found[number]) == {record for record, *_, state in last if state["outcome"] == outcome}
    with council.service.database.reading() as connection:
        assert kept_up(connection) == anew(connection)


def test_interviews_that_are_not_over_and_those_of_which_nothing_is_recorded(council: Council) -> None:
    """Back on Friday 27 March at eight; on the Wednesday after, the three working days are over."""
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("c1", given_name="A"))
    begun = episode(ann, "c1", last_seen_at="2026-03-26T09:00:00+00:00", found_at="2026-03-27T08:00:00+00:00")
    ann.push(begun)
    offer: dict[str, JSON] = {"offer_decision": "yes", "episode_id": begun.record_id}
    asked = ann.create("c1", record="i1", strand="missing", form="return_home_interview", **offer)
    assert statuses(ann.push(asked)) == ["accepted"]
    assert told(council)["5.2d"] == (begun.record_id,)
    rows = ann.offer("i1", "accepted", "2026-03-27T09:00:00+00:00")
    assert statuses(ann.push(rows)) == ["accepted"]
    assert told(council)["5.3e"] == (begun.record_id,)
    council.clock.move(days=4)  # Tuesday
    assert told(council)["5.3e"] == (begun.record_id,)
    council.clock.move(days=1)
    assert told(council)["5.3e"] == (begun.record_id,)
    council.clock.move(days=1)
    assert (told(council)["5.3e"], told(council)["5.3d"]) == ((), (begun.record_id,))
    held = ann.change("i1", "return_home_interview", "missing", "ended_at", "2026-04-01T15:00:00+01:00")
    ann.push(held)
    assert told(council)["5.3a"] == (begun.record_id,)
    assert counts(told(council, moment=council.clock() - timedelta(days=2)))["1.1"] == 1
