"""Journeys 1, 3, 5 and 6 by keyboard alone: typed, signed, saved, sent, received. The walk has a mouse."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.compose import build_gate
from desktop.demo.caseload import PASSPHRASE, Council
from desktop.demo.walk import interview as held
from desktop.demo.walk import plan, report, visit
from desktop.demo.walk.closing import begin, save_pdf, sign_and_lock
from desktop.demo.walk.hand import Hand
from desktop.flows.access import joining_a_council
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.due import find_me_plans
from desktop.flows.record import editing
from desktop.flows.signing import pdf_check, signing
from desktop.ui.app import application, build_window
from tests.desktop.doors import set_up_quickly
from tests.journeys import other_ways
from tests.journeys.interviews import CHILD, episode, interview
from tests.journeys.keyboard_hand import KeyboardHand

PEOPLE = [{"name": "Dex", "tie": "older_friend", "age": "18plus", "concern": "high", "add_to_plan": True}]


@dataclass
class AtWork:
    """An officer's window over a store that has joined, and one child."""

    hand: Hand
    child: str
    episode: str
    interview: str
    council: Council
    folder: Path

    @property
    def desk(self) -> Desk:
        assert self.hand.window.shell is not None
        return self.hand.window.shell.desk

    def the_only(self, form_id: str) -> str:
        """Of this child: what an officer wrote before on another laptop is in their caseload as well."""
        found = self.desk.vault.summaries(form_id=form_id, child_id=self.child)
        assert len(found) == 1
        return found[0].record_id

    def answers(self, form_id: str) -> dict[str, Any]:
        return dict(editing.open_record(self.desk, self.the_only(form_id)).answers)

    def words_of(self, pdf: Path) -> str:
        done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
        return " ".join(done.stdout.split())

    def received(self, form_id: str) -> bool:
        assert sending.sync(self.desk).problem is None
        summary = self.desk.vault.summary(self.the_only(form_id))
        return summary is not None and summary.received_at is not None

    def verified(self, pdf: Path) -> bool:
        root = (self.council.home / "keys" / "ca.pem").read_text(encoding="ascii")
        return pdf_check.verify(pdf, roots_pem=(root,)).good


def at_work(council: Council, folder: Path, officer: str, *, is_held: bool = True) -> Iterator[AtWork]:
    """`is_held`: the interview of the episode is signed already."""
    home = folder / "home"
    gate = build_gate(home)
    desk = set_up_quickly(gate, officer.title(), PASSPHRASE)
    joining_a_council.join(desk, council.url, str(council.ask("device", "code", officer)["code"]))
    child = editing.new_record(desk, "child", known={**CHILD, "language": "English", "year_group": 5})
    about = editing.new_record(desk, "missing_episode", child, episode())
    rhi = _held(desk, child, about) if is_held else _offered(desk, child, about)
    desk.vault.close()
    application()
    window = build_window(gate)
    window.show()
    hand = KeyboardHand(window, folder)
    hand.type("unlock/passphrase", PASSPHRASE)
    hand.key(Qt.Key.Key_Return)
    hand.wait_for("today/new")
    yield AtWork(hand, child, about, rhi, council, folder)
    window.close()


def _held(desk: Desk, child: str, about: str) -> str:
    rhi = editing.new_record(desk, "return_home_interview", child, {"episode_id": about})
    said = {name: value for name, value in interview(about).items() if name != "people_none"}
    editing.answer(desk, rhi, {**said, "people": PEOPLE})
    signing.sign(desk, rhi, name=desk.officer.name, passphrase=PASSPHRASE)
    return rhi


def _offered(desk: Desk, child: str, about: str) -> str:
    """What stands in the office before anybody goes out; the rest is said at the meeting."""
    offered = ("care_status", "prevention_interview", "offer_decision", "offers", "choice_given", "interviewer_type")
    known = {name: value for name, value in interview(about).items() if name in (*offered, "independent")}
    rhi = editing.new_record(desk, "return_home_interview", child, {"episode_id": about})
    editing.answer(desk, rhi, known)
    return rhi


@pytest.fixture
def nadia_before_it(council: Council, tmp_path: Path) -> Iterator[AtWork]:
    yield from at_work(council, tmp_path, "nadia", is_held=False)


@pytest.fixture
def nadia_at_work(council: Council, tmp_path: Path) -> Iterator[AtWork]:
    yield from at_work(council, tmp_path, "nadia")


@pytest.fixture
def dele_at_work(council: Council, tmp_path: Path) -> Iterator[AtWork]:
    yield from at_work(council, tmp_path, "dele")


def test_a_return_interview_from_today_to_its_pdf(nadia_before_it: AtWork) -> None:
    """Check 5: every part of it is reached by Tab, and done by Enter, Space, arrows and letters."""
    at, pdf = nadia_before_it, nadia_before_it.folder / "interview.pdf"
    held.fill(at.hand)
    held.sign(at.hand)
    held.export(at.hand, pdf)
    said = at.answers("return_home_interview")

    assert said["main_reason"] == "I just wanted to ring my brother"
    assert [row["name"] for row in said["people"]] == ["Dex"]
    assert said["child_ink"] == {"typed": "Signed by keyboard"}
    assert "Sam made me a hot chocolate" in at.words_of(pdf)
    assert at.verified(pdf)
    assert at.received("return_home_interview")


def test_the_plan_follows_the_interview(nadia_at_work: AtWork) -> None:
    """Journey 3, to the copies police and the carer may have."""
    at, folder = nadia_at_work, nadia_at_work.folder
    plan.open_after(at.hand, at.child, at.interview)
    plan.fill(at.hand)
    plan.agree(at.hand, folder)
    said = at.answers("find_me_plan")

    assert [row["name"] for row in said["likely_places"]] == ["Skate park"]
    assert said["associates"][0]["came_from"].startswith("From the interview of ")
    assert said["child_view"] == "I think I would be all right, but I get cold."
    full, police, carer = (at.words_of(folder / f"plan{end}.pdf") for end in ("", "-police", "-carer"))
    assert "From the interview of" in full
    assert "Dex" in police
    assert "From the interview of" not in police + carer
    assert all(at.verified(folder / f"plan{end}.pdf") for end in ("", "-police", "-carer"))
    assert at.received("find_me_plan")
    assert find_me_plans.plan_card(at.desk, at.child).act == "Begin version 2"


def test_a_second_version_with_the_child_missing_now(nadia_at_work: AtWork) -> None:
    """The agreed version stays; the next begins from it, and part two is typed into it."""
    at = nadia_at_work
    plan.open_after(at.hand, at.child, at.interview)
    plan.fill(at.hand)
    sign_and_lock(at.hand, "agreed")
    first = at.the_only("find_me_plan")
    agreed = at.desk.vault.view(first).content_hash
    at.hand.click("place/children")
    at.hand.click(f"children/{at.child}")
    at.hand.click(f"child/record/{first}")
    at.hand.click("plan/open")
    at.hand.click("rail/part_two")
    other_ways.mark_missing(at.hand)
    at.hand.click("place/today")
    second = next(s.record_id for s in at.desk.vault.summaries(form_id="find_me_plan") if s.record_id != first)
    said = editing.open_record(at.desk, second).answers

    assert said["missing_now"] is True
    assert said["wearing"] == "Black coat, white trainers."
    assert said["steps"] == editing.open_record(at.desk, first).answers["steps"]
    assert at.desk.vault.view(first).content_hash == agreed


def test_a_safe_and_well_visit(nadia_at_work: AtWork) -> None:
    """Journey 6: nobody in, then the child seen alone, and whoever asked is told."""
    at, pdf = nadia_at_work, nadia_at_work.folder / "visit.pdf"
    begin(at.hand, at.child, "safe_well_visit")
    visit.fill(at.hand, at.episode)
    sign_and_lock(at.hand, "visit")
    save_pdf(at.hand, pdf, "requester")
    said = at.answers("safe_well_visit")

    assert [row["result"] for row in said["attempts"]] == ["no_answer", "child_seen"]
    assert said["children_seen"][0]["alone"] is True
    assert said["linked_record"] == at.episode
    assert said["households"][0]["name"] == "Wren Hollowby"
    assert "A dog in the yard" not in at.words_of(pdf)
    assert "Seen" in at.words_of(pdf)
    assert at.verified(pdf)
    assert at.received("safe_well_visit")


def test_a_home_education_report(dele_at_work: AtWork) -> None:
    """Journey 5 without pictures: seen, not copied; suitable with advice, and a day for the next visit."""
    at, pdf = dele_at_work, dele_at_work.folder / "report.pdf"
    begin(at.hand, at.child, "ehe_visit")
    report.fill(at.hand)
    sign_and_lock(at.hand, "report")
    save_pdf(at.hand, pdf, "parent")
    said = at.answers("ehe_visit")

    assert said["no_sample_reason"] == "seen_not_copied"
    assert said["next"] == ["amend_and_revisit"]
    assert "I like making maps." in at.words_of(pdf)
    assert "Any worry" not in at.words_of(pdf)
    assert at.verified(pdf)
    assert at.received("ehe_visit")


def test_a_declined_visit_is_a_few_answers(dele_at_work: AtWork) -> None:
    """Ux check 15: no visit field is asked for, and nothing about the family is judged by their no."""
    at = dele_at_work
    begin(at.hand, at.child, "ehe_visit")
    other_ways.decline(at.hand)
    sign_and_lock(at.hand, "declined")
    said = at.answers("ehe_visit")

    assert len(said) <= 8
    assert not said.keys() & {"visit_at", "minutes", "child_seen", "samples", "week"}
    assert json.dumps(said).count("unsuitable") == 0


def test_a_family_that_writes_instead_is_served_as_well(dele_at_work: AtWork) -> None:
    """Journey 5: no visit is asked for or missed, and the report goes to the parent as after any visit."""
    at, pdf = dele_at_work, dele_at_work.folder / "report.pdf"
    begin(at.hand, at.child, "ehe_visit")
    other_ways.write_instead(at.hand)
    sign_and_lock(at.hand, "written")
    save_pdf(at.hand, pdf, "parent")
    said = at.answers("ehe_visit")

    assert (said["offer_reply"], said["mode"]) == ("prefers_other_way", "parent_report_only")
    assert said["report_received"]
    assert said["suitability"] == "suitable_with_advice"
    assert not said.keys() & {"visit_at", "minutes", "present", "child_seen"}
    assert "Would rather do it another way" in at.words_of(pdf)
    assert "The family wrote" in at.words_of(pdf)
    assert at.verified(pdf)
    assert at.received("ehe_visit")
