"""What is kept for a day ends with the hour of a visit, with midnight and with a change."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.identifiers import OfficerId
from casework.practice.council import Council
from casework.practice.notices.first_steps import StepState
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.case_file import CaseFile, ChildRecords, case_file, clocks_of, every_case_file, who_began
from desktop.flows.desk import Desk
from desktop.flows.due.education_matters import education_matters
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import matters, missing_only
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.store.database.remembered import COLLEAGUES, OFFICER, Officer
from desktop.store.vault import Vault
from tests.desktop.clock import Clock
from tests.desktop.doors import CHEAP, QUICK
from tests.desktop.flows.conftest import CATALOGUE, join
from tests.desktop.flows.due.test_at_rest import nobody_at_rest
from tests.desktop.flows.due.test_missing_now import become


@pytest.fixture
def at_home(desk: Desk) -> Desk:
    become(desk, "ehe_officer")
    return desk


def child(desk: Desk, **known: JSON) -> str:
    return editing.new_record(desk, "child", known={"given_name": "Wren", "date_of_birth": "2011-02-11", **known})


def kept(desk: Desk, who: str) -> CaseFile:
    """As Today reads it: of one child the same records for as long as nothing of them changes."""
    return every_case_file(desk)[who]


def due(file: CaseFile) -> Matter:
    (found,) = [one for one in education_matters(file) if one.kind == "ehe_contact"]
    return found


def kinds(found: tuple[Matter, ...] | list[Matter]) -> set[str]:
    return {str(one.kind) for one in found}


def test_a_visit_of_this_afternoon_is_over_this_evening(at_home: Desk, clock: Clock) -> None:
    clock.at = datetime(2026, 3, 27, 9, 0, tzinfo=LONDON)
    who = child(at_home)
    editing.new_record(at_home, "ehe_case", who, {"stage": "current", "ehe_start": "2026-03-01"})
    editing.new_record(at_home, "ehe_visit", who, {"visit_at": "2026-03-27T15:00:00+00:00"})
    before = kinds(list(education_matters(kept(at_home, who))))
    clock.at = datetime(2026, 3, 27, 15, 0, tzinfo=LONDON)

    assert "never_contacted" in before
    assert "ehe_report" not in before
    assert "never_contacted" not in kinds(list(education_matters(kept(at_home, who))))


def test_the_next_morning_counts_anew_and_so_does_another_council(at_home: Desk, clock: Clock) -> None:
    who = child(at_home)
    editing.new_record(at_home, "ehe_case", who, {"stage": "current", "last_contact": "2025-03-20"})
    first = due(kept(at_home, who))
    clock.passes(days=1)
    file = kept(at_home, who)
    months = file.council.thresholds["ehe_contact_months"]._replace(value=Decimal(3))
    elsewhere = replace(file.council, thresholds={**file.council.thresholds, "ehe_contact_months": months})

    assert (first.age + 1, first.due) == (due(file).age, due(file).due)
    assert due(msgspec.structs.replace(file, council=elsewhere)).due < first.due


def test_a_child_who_is_away_grows_late_by_the_hour(desk: Desk, clock: Clock) -> None:
    """Nothing of her record changes while the alert and the meeting come due."""
    clock.at = datetime(2026, 3, 27, 20, 0, tzinfo=LONDON)
    who = child(desk, care_status="lac")
    editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-03-27T18:00:00+00:00"})
    evening = kinds(missing_only(kept(desk, who)))
    clock.at = datetime(2026, 3, 27, 23, 50, tzinfo=LONDON)
    night = kinds(missing_only(kept(desk, who)))
    clock.at = datetime(2026, 3, 28, 19, 0, tzinfo=LONDON)

    assert evening == night
    assert "need_to_know" not in night
    assert {"need_to_know", "strategy_meeting"} <= kinds(missing_only(kept(desk, who)))


def test_what_is_written_stands_at_once(at_home: Desk) -> None:
    who = child(at_home)
    case = editing.new_record(at_home, "ehe_case", who, {"stage": "current", "ehe_start": "2026-03-01"})
    assert "never_contacted" in kinds(list(education_matters(kept(at_home, who))))
    editing.answer(at_home, case, {"last_contact": "2026-03-20"})
    editing.seal(at_home, case)

    assert "never_contacted" not in kinds(list(education_matters(kept(at_home, who))))


def test_who_began_a_record_is_asked_of_the_store_once(desk: Desk) -> None:
    who = child(desk)
    case = editing.new_record(desk, "ehe_case", who, {"stage": "current"})
    assert who_began(desk, every_case_file(desk).values()) == {case: "nadia"}
    visit = editing.new_record(desk, "ehe_visit", who)

    assert who_began(desk, every_case_file(desk).values()) == {case: "nadia", visit: "nadia"}


@given(
    role=st.sampled_from(["ehe_officer", "missing_advocate", "allocated_worker"]),
    hours=st.lists(st.integers(min_value=0, max_value=24 * 12), min_size=2, max_size=6),
)
@settings(max_examples=25)
def test_whenever_it_is_asked_it_says_what_a_fresh_reading_says(role: str, hours: list[int]) -> None:
    """Back and forth, across the night on which the clocks go forward, a visit and a return."""
    clock = Clock()
    with TemporaryDirectory() as folder, opened(Path(folder), clock) as desk:
        become(desk, role)
        who = child(desk, care_status="lac")
        editing.new_record(desk, "ehe_case", who, {"stage": "current", "ehe_start": "2026-03-01"})
        editing.new_record(desk, "ehe_visit", who, {"visit_at": "2026-04-02T13:30:00+01:00"})
        times: dict[str, JSON] = {"last_seen_at": "2026-03-28T18:00:00+00:00", "found_at": "2026-03-30T09:00:00+01:00"}
        editing.new_record(desk, "missing_episode", who, times)
        start = clock.at
        for at in hours:
            clock.at = start + timedelta(hours=at)
            assert matters(kept(desk, who)) == matters(case_file(desk, who))


def london(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


# Round these something turns: told by, the midnight and the night’s end, a day away, two, back, its hours and days.
TURNS = [london(28, 19), london(29, 0), london(29, 5), london(29, 19), london(30, 19), london(30, 10), london(31, 18)]


@given(
    care=st.sampled_from(["lac", "cpp", "not_a_client"]),
    overnight=st.sampled_from(["overnight", "two_days"]),
    back=st.sampled_from(["", "2026-03-30T09:00:00+01:00"]),
    moments=st.lists(st.tuples(st.sampled_from(TURNS), st.sampled_from((-90, -1, 0, 1, 90))), min_size=3, max_size=8),
)
@settings(max_examples=25)
def test_whoever_is_away_or_back_stands_as_a_fresh_reading_says(
    care: str, overnight: str, back: str, moments: list[tuple[datetime, int]]
) -> None:
    """By the minute, through nights, over the hours at which each step is late and each test is met."""
    clock = Clock()
    with TemporaryDirectory() as folder, opened(Path(folder), clock) as desk:
        become(desk, "missing_manager")
        desk.catalogue = CATALOGUE.under(reading(overnight), ())
        who = child(desk, care_status=care, allocated_worker="Imogen Sallow")
        times: dict[str, JSON] = {"last_seen_at": "2026-03-28T18:00:00+00:00", "care_status": care}
        editing.new_record(desk, "missing_episode", who, {**times, **({"found_at": back} if back else {})})
        for at, minutes in [*moments, *sorted(moments)]:
            clock.at = at + timedelta(minutes=minutes)
            agrees(desk)


def reading(overnight: str) -> Council:
    council = CATALOGUE.council
    return replace(council, readings={**council.readings, "overnight": overnight})


def agrees(desk: Desk) -> None:
    """Today and Team, kept and worked out anew."""
    kept = today(desk), team(desk)
    with nobody_at_rest(desk):
        assert kept == (today(desk), team(desk))


def test_a_step_is_late_right_after_its_hour_and_not_at_it(desk: Desk, clock: Clock) -> None:
    """Nothing is written while the hour passes."""
    clock.at = datetime(2026, 3, 27, 18, 30, tzinfo=LONDON)
    who = child(desk, care_status="lac")
    editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-03-27T18:00:00+00:00"})
    (before,) = today(desk).missing or ()
    clock.at = datetime(2026, 3, 27, 19, 0, tzinfo=LONDON)
    (sharp,) = today(desk).missing or ()
    clock.at = datetime(2026, 3, 27, 19, 1, tzinfo=LONDON)
    (after,) = today(desk).missing or ()

    assert [one.how_long for one in (before, sharp, after)] == ["0 h 30 min", "1 h 0 min", "1 h 1 min"]
    assert [one.next_by for one in (before, sharp, after)] == ["0 h 30 min left", "0 h 0 min left", "0 h 1 min over"]
    assert [one.next_state for one in (before, sharp, after)] == [StepState.DUE, StepState.DUE, StepState.LATE]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (london(28, 18), london(28, 18, 1), "strategy_meeting"),
        (london(28, 4, 59), london(28, 5), "need_to_know"),
    ],
)
def test_a_decision_is_wanted_from_its_hour_on_and_not_from_midnight(
    desk: Desk, clock: Clock, before: datetime, after: datetime, kind: str
) -> None:
    """More than a day away; the end of the first night. Nothing is written, and no midnight lies between."""
    clock.at = before
    who = child(desk, care_status="lac")
    gone: dict[str, JSON] = {"last_seen_at": "2026-03-27T18:00:00+00:00", "care_status": "lac"}
    editing.new_record(desk, "missing_episode", who, gone)
    first = kinds(today(desk).matters)
    clock.at = after

    assert kind not in first
    assert kind in kinds(today(desk).matters)


def test_an_interview_comes_to_be_due_soon_in_the_middle_of_a_day(desk: Desk, clock: Clock) -> None:
    """The manager’s list says so a day before the first of both clocks ends."""
    become(desk, "missing_manager")
    who = child(desk)
    times: dict[str, JSON] = {"last_seen_at": "2026-03-23T18:00:00+00:00", "found_at": "2026-03-24T15:00:00+00:00"}
    editing.new_record(desk, "missing_episode", who, times)
    clock.at = london(26, 14, 59)
    before = team(desk).count(Gap.DUE_SOON)
    clock.at = london(26, 15)

    assert (before, team(desk).count(Gap.DUE_SOON)) == (0, 1)


def test_the_clocks_of_a_return_run_on_from_minute_to_minute(desk: Desk, clock: Clock) -> None:
    become(desk, "missing_manager")
    who = child(desk)
    times: dict[str, JSON] = {"last_seen_at": "2026-03-26T18:00:00+00:00", "found_at": "2026-03-27T09:00:00+00:00"}
    editing.new_record(desk, "missing_episode", who, times)
    (before,) = today(desk).due
    clock.passes(minutes=7)
    (after,) = today(desk).due

    assert before.clocks.h72.left is not None
    assert after.clocks == clocks_of(desk, times)
    assert after.clocks.h72.left == before.clocks.h72.left - timedelta(minutes=7)


def test_a_year_that_ends_at_midnight_is_named_from_then_on(desk: Desk, clock: Clock) -> None:
    clock.at = datetime(2026, 12, 31, 23, 50, tzinfo=LONDON)
    who = child(desk)
    editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-12-30T18:00:00+00:00"})
    (before,) = today(desk).missing or ()
    clock.passes(minutes=20)
    (after,) = today(desk).missing or ()

    assert "was due Wed 30 December, 19:00" in {one.line for one in before.steps}
    assert "was due 30 December 2026, 19:00" in {one.line for one in after.steps}


def test_another_councils_hours_count_at_once(desk: Desk, clock: Clock) -> None:
    """Nothing of the child changes when the council’s file does."""
    become(desk, "missing_manager")
    clock.at = datetime(2026, 3, 27, 18, 30, tzinfo=LONDON)
    who = child(desk, care_status="lac")
    editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-03-27T18:00:00+00:00"})
    back: dict[str, JSON] = {"last_seen_at": "2026-03-20T18:00:00+00:00", "found_at": "2026-03-27T09:00:00+00:00"}
    editing.new_record(desk, "missing_episode", child(desk), back)
    before = today(desk)
    council = desk.catalogue.council
    changed = {name: council.thresholds[name]._replace(value=Decimal(4)) for name in ("told_hours", "rhi_hours")}
    desk.catalogue = CATALOGUE.under(replace(council, thresholds={**council.thresholds, **changed}), ())
    after = today(desk)

    assert [one.next_by for one in before.missing or ()] == ["0 h 30 min left"]
    assert [one.next_by for one in after.missing or ()] == ["3 h 30 min left"]
    assert not before.due[0].clocks.h72.overdue
    assert after.due[0].clocks.h72.overdue
    agrees(desk)


def test_a_colleague_whom_the_council_names_is_named_in_team(desk: Desk, clock: Clock) -> None:
    """A name comes with what the council tells, and no record changes with it."""
    who = child(desk, allocated_worker="Imogen Sallow")
    times: dict[str, JSON] = {"last_seen_at": "2026-03-20T18:00:00+00:00", "found_at": "2026-03-21T09:00:00+00:00"}
    episode = editing.new_record(desk, "missing_episode", who, times)
    editing.new_record(desk, "return_home_interview", who, {"episode_id": episode})
    officer = Officer(id=OfficerId("tom"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    before = {row.worker for row in team(desk).rows if row.gap is Gap.LATE}
    desk.vault.settings.put(COLLEAGUES, {OfficerId("nadia"): "Nadia Brightwater"})

    assert before == {"Imogen Sallow"}
    assert {row.worker for row in team(desk).rows if row.gap is Gap.LATE} == {"Nadia Brightwater"}


def test_another_role_on_the_same_laptop_reads_its_own_list(desk: Desk) -> None:
    """Whoever joins again as somebody else is shown what is theirs, though no record has changed."""
    become(desk, "missing_manager")
    who = child(desk, care_status="lac")
    editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-03-20T18:00:00+00:00"})
    before = today(desk).missing, team(desk).rows
    become(desk, "education_manager")

    assert all(before)
    assert (today(desk).missing, team(desk).rows) == (None, ())


def test_nothing_is_kept_of_a_store_that_is_closed() -> None:
    """A lock takes every name from memory that hangs on a record."""
    with TemporaryDirectory() as folder, opened(Path(folder), Clock()) as desk:
        become(desk, "missing_manager")
        who = child(desk, care_status="lac")
        editing.new_record(desk, "missing_episode", who, {"last_seen_at": "2026-03-20T18:00:00+00:00"})
        today(desk)
        team(desk)
        records = weakref.ref(next(iter(kept_records(desk))))
        assert records() is not None
    del desk
    gc.collect()

    assert records() is None


def kept_records(desk: Desk) -> list[ChildRecords]:
    return [file.sorted_out for file in every_case_file(desk).values()]


@contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[Desk]:
    vault = Vault.create(folder / "vault", PASSPHRASE, label="Nadia", cost=CHEAP, terms=QUICK)
    desk = Desk(vault, CATALOGUE, clock)
    join(desk)
    yield desk
    vault.close()
