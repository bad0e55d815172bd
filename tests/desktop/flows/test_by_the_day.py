"""What is kept for a day ends with the hour of a visit, with midnight and with a change."""

from __future__ import annotations

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
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.case_file import CaseFile, case_file, every_case_file, who_began
from desktop.flows.desk import Desk
from desktop.flows.due.education_matters import education_matters
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import matters, missing_only
from desktop.flows.record import editing
from desktop.store.vault import Vault
from tests.desktop.clock import Clock
from tests.desktop.doors import CHEAP, QUICK
from tests.desktop.flows.conftest import CATALOGUE, join
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


@contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[Desk]:
    vault = Vault.create(folder / "vault", PASSPHRASE, label="Nadia", cost=CHEAP, terms=QUICK)
    desk = Desk(vault, CATALOGUE, clock)
    join(desk)
    yield desk
    vault.close()
