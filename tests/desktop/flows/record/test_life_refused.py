"""Walks the lives of education by answers: whatever is refused, what is kept never stands where a life forbids."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from casework.canonical import JSON
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import begin
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused, refuse_forbidden_beginning
from desktop.store.disk.keys import SAFE
from desktop.store.vault import Vault
from tests.casework.practice.test_forbidden_states import CHECKED, COOLED, FOUND, LOGGED, ROLL
from tests.desktop.clock import Clock
from tests.desktop.flows.conftest import CATALOGUE, join
from tests.desktop.flows.letters.made import as_role, child

CME_DAYS = ("submitted_on", "logged_on", "outcome_on", "told_referrer_on", "authorised_on")
DAYS = ("2026-03-01", "2026-03-14", "2026-03-20", "2026-03-25")
ANSWERS: dict[str, dict[str, list[JSON]]] = {
    "ehe_case": {
        "stage": [o.code for o in CATALOGUE.form("ehe_case").question("stage").options],
        "no_cooling_off": ["never_on_roll"],
        "end_school": ["Weir Primary"],
        "end_la": ["Calder Vale"],
        "end_reason": ["Stays at school."],
        "out_of_age_why": ["Expected in Reception."],
        **{name: list(DAYS) for name in ("notified_on", "cooling_off_from", "ehe_start", "ended_on")},
        "s436a_asked_on": ["2026-01-05"],
        "s437_served_on": ["2026-02-02"],
        "s437_last_day": ["2026-02-16"],
        "enforcement": [
            [{"step": step, "on": on, "decided_by": "Lorna Tansley", "why": "No work was seen."}]
            for step, on in (
                ("considered", "2026-02-17"),
                ("proposed", "2026-02-18"),
                ("made", "2026-03-05"),
                ("made", "2026-02-19"),
                ("proceedings", "2026-03-10"),
                ("court_outcome", "2026-03-20"),
                ("stopped", "2026-03-21"),
            )
        ],
    },
    "cme_referral": {
        "referrer": ["school", "housing"],
        "home_visited": [True, False],
        "outcome": ["found_ehe", "enquiries_exhausted"],
        "exhausted_by": ["Julie Friend"],
        "removal_ground": ["left_uk", "ehe"],
        "authorised_by": ["Julie Friend"],
        "out_of_age_why": ["Expected in Reception."],
        **{name: [CHECKED[name]] for name in CHECKED if isinstance(CHECKED[name], list)},
        "enquiries": [[{"on": "2026-03-21", "of": "family"}]],
        **{
            name: list(DAYS)
            for name in ("submitted_on", "logged_on", "outcome_on", "told_referrer_on", "authorised_on")
        },
        "referral_ground": ["did_not_start", "absent_unexplained"],
        "team_found": ["not_found"],
        "tracked": [[{"on": "2026-03-26", "how": "Rang the grandmother.", "by": "Julie Friend"}]],
        "tracking_end": ["other_la"],
        **{name: list(DAYS) for name in ("team_asked_on", "team_answered_on", "admission_met_on", "removed_on")},
        **{name: list(DAYS) for name in ("start_on", "on_roll_on", "tracking_ended_on")},
    },
}


def some_answers(form_id: str) -> st.SearchStrategy[dict[str, JSON]]:
    """A few questions at once, as a section is filled in; an answer may also be taken back."""
    asked = ANSWERS[form_id]
    back = {name: [] if isinstance(values[0], list) else [None] for name, values in asked.items()}
    one = {name: st.sampled_from([*values, *back[name]]) for name, values in asked.items()}
    return st.sets(st.sampled_from(sorted(asked)), min_size=1, max_size=5).flatmap(
        lambda names: st.fixed_dictionaries({name: one[name] for name in names})
    )


class LivesOfEducation(RuleBasedStateMachine):
    """One laptop; the store is real."""

    folder: Path
    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self._held = tempfile.TemporaryDirectory()
        folder = Path(self._held.name) / "vault"
        Vault.create(folder, PASSPHRASE, label="Nadia", cost=SAFE.floor).close()
        self.desk = Desk(Vault.open(folder, PASSPHRASE), CATALOGUE, Clock())
        join(self.desk)
        as_role(self.desk, "cme_officer")
        self.records: dict[str, str] = {}

    @initialize(born=st.sampled_from(["2014-02-11", "2010-01-20", "2023-01-01"]))
    def a_child_with_a_case_of_each(self, born: str) -> None:
        who = child(self.desk, date_of_birth=born)
        self.records = {form_id: begin(self.desk, form_id, who) for form_id in ANSWERS}

    @rule(said=some_answers("ehe_case"))
    def of_home_education(self, said: dict[str, JSON]) -> None:
        self._answer("ehe_case", said)

    @rule(said=some_answers("cme_referral"))
    def of_missing_education(self, said: dict[str, JSON]) -> None:
        self._answer("cme_referral", said)

    @rule(form_id=st.sampled_from(sorted(ANSWERS)))
    def again(self, form_id: str) -> None:
        """A second one is the first while that goes on; an ended one is followed by a new one."""
        who = self.desk.vault.view(self.records[form_id]).child_id
        self.records[form_id] = begin(self.desk, form_id, who)

    def _answer(self, form_id: str, said: dict[str, JSON]) -> None:
        before = self.desk.vault.view(self.records[form_id]).answers()
        with contextlib.suppress(LifeRefused):
            editing.answer(self.desk, self.records[form_id], said)
            return
        assert self.desk.vault.view(self.records[form_id], drafts=True).answers() == before

    @invariant()
    def nothing_stands_where_its_life_forbids(self) -> None:
        for record in self.records.values():
            found = editing.open_record(self.desk, record)
            assert [one.text for one in found.findings if one.source == "domain B"] == []

    def teardown(self) -> None:
        self.desk.vault.close()
        self._held.cleanup()


TestLivesOfEducation = LivesOfEducation.TestCase
TestLivesOfEducation.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


def test_answers_by_word_are_refused_and_nothing_of_them_is_kept(desk: Desk) -> None:
    record = editing.new_record(desk, "ehe_case", child(desk), {"stage": "enquiry"})

    with pytest.raises(LifeRefused, match="The five days of cooling-off have not run"):
        editing.answer(desk, record, {"stage": "current", "notified_on": "2026-03-24", "ehe_start": "2026-03-25"})
    assert editing.open_record(desk, record).answers == {"stage": "enquiry"}
    assert editing.answer(desk, record, COOLED) == 4


def test_a_record_that_stands_wrong_already_is_put_right_bit_by_bit(desk: Desk) -> None:
    """Merged from two laptops, say: what is there is a finding, and one answer at a time may mend it."""
    record = editing.new_record(desk, "cme_referral", child(desk), {"outcome": "found_ehe"})
    changed = editing.answer(desk, record, {"logged_on": "2026-03-21"})

    assert changed == 1
    assert any(one.source == "domain B" and one.blocks_signing for one in editing.open_record(desk, record).findings)


def test_a_second_open_case_begins_nowhere(desk: Desk) -> None:
    who = child(desk)
    first = editing.new_record(desk, "cme_referral", who, LOGGED)

    with pytest.raises(LifeRefused, match="There is an open case for Reuben already"):
        refuse_forbidden_beginning(desk, "cme_referral", who, {})
    assert begin(desk, "cme_referral", who) == first


def test_a_case_that_opens_again_is_a_new_referral_that_names_the_last(desk: Desk) -> None:
    who = child(desk)
    known: dict[str, Any] = {**FOUND, **ROLL, "told_referrer_on": "2026-03-25"}
    first = editing.new_record(desk, "cme_referral", who, known)
    again = begin(desk, "cme_referral", who)
    found = editing.open_record(desk, again).answers

    assert again != first
    assert (found["previous_cme"], found["previous_referral"]) == (True, first)
