"""Walks the lives of education by answers: whatever is refused, what is kept never stands where a life forbids."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from casework.canonical import JSON
from casework.errors import AnswerError, NotThisRole, SignatureRefused
from casework.identifiers import DeviceId
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import begin
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused, refuse_forbidden_beginning
from desktop.flows.schools.case_opened import open_the_case
from desktop.flows.signing import signing
from desktop.store.database.remembered import DEVICE, OFFICER, Device
from desktop.store.vault import Vault
from tests.casework.practice.test_forbidden_states import COOLED, IN_CASE
from tests.desktop.clock import Clock
from tests.desktop.doors import CHEAP, QUICK
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
    "cme_case": {
        "referrer": ["school", "housing"],
        "outcome": ["found_ehe", "enquiries_exhausted"],
        "exhausted_by": ["Julie Friend"],
        "removal_ground": ["left_uk", "ehe"],
        "authorised_by": ["Julie Friend"],
        "out_of_age_why": ["Expected in Reception."],
        "enquiries": [[{"on": "2026-03-21", "of": "family"}]],
        **{
            name: list(DAYS)
            for name in ("submitted_on", "logged_on", "outcome_on", "told_referrer_on", "closed_on", "authorised_on")
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


SOME_OF_EITHER = st.sampled_from(sorted(ANSWERS)).flatmap(
    lambda form_id: st.tuples(st.just(form_id), some_answers(form_id))
)
# Plainly, and apart from the lives: what may never stand in a record without the other.
NEVER: dict[str, dict[str, Callable[[Mapping[str, Any]], bool]]] = {
    "ehe_case": {
        "at home with no word of when we heard": lambda said: said.get("stage") == "current" and not _told(said),
        "an end at school without its school": lambda said: (
            said.get("stage") == "returned_school" and not said.get("end_school")
        ),
        "a notice before the enquiry": lambda said: "s437_served_on" in said and "s436a_asked_on" not in said,
        "an order that was not proposed": lambda said: "made" in _steps(said) and "proposed" not in _steps(said),
        "a court before an order": lambda said: "proceedings" in _steps(said) and "made" not in _steps(said),
    },
    "cme_case": {
        "an outcome before the case was opened": lambda said: "outcome" in said and "logged_on" not in said,
        "told before it was known": lambda said: (
            "outcome" in said and said.get("told_referrer_on", "9") < said.get("outcome_on", "")
        ),
        "closed before whoever referred was told": lambda said: "closed_on" in said and "told_referrer_on" not in said,
        "off the roll without a ground": lambda said: "authorised_on" in said and "removal_ground" not in said,
        "off the roll by nobody": lambda said: "authorised_on" in said and "authorised_by" not in said,
        "tracked while on the roll": lambda said: bool(said.get("tracked")) and "removed_on" not in said,
    },
}


def _told(said: Mapping[str, Any]) -> bool:
    return "notified_on" in said or "cooling_off_from" in said


def _steps(said: Mapping[str, Any]) -> set[str]:
    return {row["step"] for row in said.get("enforcement", ())}


def never_in(form_id: str, said: Mapping[str, Any]) -> list[str]:
    return [what for what, stands in NEVER[form_id].items() if stands(said)]


DECIDED: dict[str, JSON] = {
    "pupil_name": "Reuben Tansley",
    "school": "Millgate Primary",
    "deletion": "ceased_to_attend",
    "shown_by": "A school in Brno confirms that he started on 9 March.",
    "authorised_by": "Bryony Cutler",
}
ROLES = ("cme_officer", "ehe_officer", "attendance_lead")


def laptop(folder: Path, name: str) -> Desk:
    Vault.create(folder, PASSPHRASE, label="Nadia", cost=CHEAP, terms=QUICK).close()
    desk = Desk(Vault.open(folder, PASSPHRASE, terms=QUICK), CATALOGUE, Clock())
    join(desk)
    as_role(desk, "cme_officer")
    device = Device(id=DeviceId(name), name=name, signing_key=secrets.token_hex(32))
    desk.vault.settings.put(DEVICE, device)
    desk.joined_anew()
    return desk


def begun(desk: Desk, form_id: str, who: str) -> str:
    """A case of missing education by a referral that comes."""
    if form_id != "cme_case":
        return begin(desk, form_id, who)
    said: dict[str, JSON] = {"referrer": "housing", "submitted_on": "2026-03-20"}
    return open_the_case(desk, editing.new_record(desk, "cme_referral", who, said))


class LivesOfEducation(RuleBasedStateMachine):
    """One laptop, whoever sits at it; the store is real."""

    folder: Path
    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self._held = tempfile.TemporaryDirectory()
        self.desk = laptop(Path(self._held.name) / "vault", "d1")
        self.records: dict[str, str] = {}

    @initialize(born=st.sampled_from(["2014-02-11", "2010-01-20", "2023-01-01"]))
    def a_child_with_a_case_of_each(self, born: str) -> None:
        who = child(self.desk, date_of_birth=born)
        self.records = {form_id: begun(self.desk, form_id, who) for form_id in ANSWERS}

    @rule(role=st.sampled_from(ROLES), form_and_said=SOME_OF_EITHER)
    def somebody_answers(self, role: str, form_and_said: tuple[str, dict[str, JSON]]) -> None:
        desk = self.desk
        desk.vault.settings.put(OFFICER, replace(desk.officer, role=role))
        desk.joined_anew()
        self._answer(desk, *form_and_said)

    @rule(form_id=st.sampled_from(sorted(ANSWERS)))
    def again(self, form_id: str) -> None:
        """A second one is the first while that goes on; an ended one is followed by a new one."""
        who = self.desk.vault.view(self.records[form_id]).child_id
        with contextlib.suppress(NotThisRole):
            self.records[form_id] = begun(self.desk, form_id, who)

    @rule(ground=st.sampled_from(["left_uk", "ehe"]), on=st.sampled_from(DAYS))
    def a_removal_is_decided(self, ground: str, on: str) -> None:
        """A record of its own; what it says reaches the case by its signature alone."""
        who = self.desk.vault.view(self.records["cme_case"]).child_id
        with contextlib.suppress(NotThisRole, SignatureRefused):
            decision = begin(self.desk, "roll_decision", who)
            editing.answer(self.desk, decision, {**DECIDED, "removal_ground": ground, "authorised_on": on})
            signing.sign(self.desk, decision, name="Bryony Cutler", passphrase=PASSPHRASE)
            assert self.desk.officer.role == "cme_officer"

    def _answer(self, desk: Desk, form_id: str, said: dict[str, JSON]) -> None:
        before = desk.vault.view(self.records[form_id]).answers()
        with contextlib.suppress(LifeRefused, AnswerError):
            editing.answer(desk, self.records[form_id], said)
            after = desk.vault.view(self.records[form_id]).answers()
            assert desk.officer.role == "attendance_lead" or _notice(before) == _notice(after)
            return
        assert desk.vault.view(self.records[form_id], drafts=True).answers() == before

    @invariant()
    def nothing_stands_where_its_life_forbids(self) -> None:
        for form_id, record in self.records.items():
            found = editing.open_record(self.desk, record)
            assert [one.text for one in found.findings if one.source == "domain B"] == []
            assert never_in(form_id, found.answers) == []

    def teardown(self) -> None:
        self.desk.vault.close()
        self._held.cleanup()


def _notice(said: Mapping[str, Any]) -> tuple[object, ...]:
    return (said.get("s437_served_on"), said.get("s437_last_day"), _steps(said) - {"stopped"})


class TwoLaptops(RuleBasedStateMachine):
    """Each keeps what its life allows there; together they may stand where it does not, and never without a finding
    that stops a signature."""

    def __init__(self) -> None:
        super().__init__()
        self._held = tempfile.TemporaryDirectory()
        self.desks = tuple(laptop(Path(self._held.name) / name, name) for name in ("d1", "d2"))
        for desk in self.desks:
            desk.vault.settings.put(OFFICER, replace(desk.officer, role="attendance_lead"))
            desk.joined_anew()
        who = child(self.desks[0], date_of_birth="2014-02-11")
        self.records = {form_id: begun(self.desks[0], form_id, who) for form_id in ANSWERS}
        self.everything = [who, *self.records.values()]
        self.meet()

    @rule(at=st.sampled_from([0, 1]), form_and_said=SOME_OF_EITHER)
    def one_of_them_answers(self, at: int, form_and_said: tuple[str, dict[str, JSON]]) -> None:
        form_id, said = form_and_said
        with contextlib.suppress(LifeRefused):
            editing.answer(self.desks[at], self.records[form_id], said)

    @rule()
    def meet(self) -> None:
        for here, there in (self.desks, self.desks[::-1]):
            there.vault.take([op for record in self.everything for op in here.vault.operations(record)])

    @invariant()
    def what_may_never_stand_is_found(self) -> None:
        for desk, (form_id, record) in itertools.product(self.desks, self.records.items()):
            found = editing.open_record(desk, record)
            stops = [one for one in found.findings if one.source == "domain B" and one.blocks_signing]
            assert stops or never_in(form_id, found.answers) == []

    def teardown(self) -> None:
        for desk in self.desks:
            desk.vault.close()
        self._held.cleanup()


TestLivesOfEducation = LivesOfEducation.TestCase
TestLivesOfEducation.settings = settings(max_examples=6, stateful_step_count=12, deadline=None)
TestTwoLaptops = TwoLaptops.TestCase
TestTwoLaptops.settings = settings(max_examples=4, stateful_step_count=12, deadline=None)


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
    record = editing.new_record(desk, "cme_case", child(desk), {"outcome": "enquiries_exhausted"})
    changed = editing.answer(desk, record, {"logged_on": "2026-03-21"})

    assert changed == 1
    assert any(one.source == "domain B" and one.blocks_signing for one in editing.open_record(desk, record).findings)


def test_a_second_open_case_begins_nowhere(desk: Desk) -> None:
    who = child(desk)
    editing.new_record(desk, "cme_case", who, IN_CASE)
    home = editing.new_record(desk, "ehe_case", who, {"stage": "enquiry"})

    for form_id in ("cme_case", "ehe_case"):
        with pytest.raises(LifeRefused, match="There is an open case for Reuben already"):
            refuse_forbidden_beginning(desk, form_id, who, {})
    assert begin(desk, "ehe_case", who) == home


def test_a_case_opened_on_two_laptops_is_a_finding_on_both(tmp_path: Path) -> None:
    """Each opened it before it heard of the other: nothing is lost, and neither is closed unseen."""
    here, there = (laptop(tmp_path / name, name) for name in ("d1", "d2"))
    who = child(here)
    there.vault.take(here.vault.operations(who))
    made = [begun(desk, "cme_case", who) for desk in (here, there)]
    for desk, other, record in ((here, there, made[1]), (there, here, made[0])):
        desk.vault.take(other.vault.operations(record))

    for desk, record in itertools.product((here, there), made):
        said = [one.text for one in editing.open_record(desk, record).findings if one.blocks_signing]
        assert "There is an open case for Reuben already. Go on with that one, or end it first." in said
    for desk in (here, there):
        desk.vault.close()
