"""Movement of children on the window: a return looked over and taken in, a leaver arrived, another referred."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.flows.schools.leavers_followed import movement
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.notices.test_page import words_of

HEADS = "Movement,Pupil,Date of birth,Date,School,Address,Emigrating to,Checked"
ADA = "left,Ada Brook,2015-02-01,2026-02-20,Calder Primary,3 Hill St,,"
JAN = "left,Jan Kowal,2014-07-09,2026-02-20,,ul. Polna 4,Poland,Tickets seen"
NOWHERE = "left,Wren Holt,2013-03-03,2026-02-26,,9 Moor Rd,,"


@pytest.fixture
def officer(driven: Driven) -> Driven:
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    driven.go("caseload")
    driven.click("caseload/movement")
    return driven


def said(driven: Driven) -> str:
    found = driven.find("movement/said", QLabel)
    assert isinstance(found, QLabel)
    return found.text()


def test_looked_over_taken_in_and_followed(officer: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "return.csv"
    file.write_text("\n".join([HEADS, ADA, JAN, NOWHERE]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(file), ""))
    officer.type("movement/school", "Millgate Primary")
    officer.type("movement/month", "2026-02")
    officer.click("movement/look-over")
    looked = said(officer)
    file.write_text("\n".join([HEADS, ADA, JAN]))
    officer.click("movement/take-in")
    taken = said(officer)

    assert "Line 4, Wren Holt: There is no destination school" in looked
    assert taken == "Kept: Millgate Primary, February 2026: 2 new, 0 changed, 0 same, 0 refused."
    assert "Left Millgate Primary Fri 20 February for Calder Primary" in words_of(officer.find("movement"))

    ada, jan = movement(officer.shell.desk).leavers
    officer.go("today")
    officer.click("today/schools/leaver_not_arrived")
    officer.type("movement/how", "The office of Calder Primary rang.")
    officer.click(f"movement/arrived/{ada.row_id}")
    assert not officer.shows(f"movement/arrived/{ada.row_id}")
    like = editing.new_record(officer.shell.desk, "child", known={"given_name": "Jan", "family_name": "Kowal"})
    officer.click(f"movement/refer/{jan.row_id}")
    assert "Somebody here already may be this child" in words_of(officer.find("movement"))
    officer.click(f"movement/is/{like}")

    held = {one.name: one for one in movement(officer.shell.desk).leavers}
    assert held["Ada Brook"].arrived_how == "The office of Calder Primary rang."
    assert officer.shell.desk.vault.view(held["Jan Kowal"].referral_id).child_id == like
    assert (officer.window.where.place, officer.window.where.about) == ("form", held["Jan Kowal"].referral_id)


def test_files_between_schools_are_counted_by_school(officer: Driven, tmp_path: Path) -> None:
    """S2 §9, §17: from the steps in the referrals; nothing is written here."""
    desk = officer.shell.desk
    assert "None is noted yet. Each step stands in the child’s referral." in words_of(officer.find("movement"))
    child = editing.new_record(desk, "child", known={"given_name": "Milo"})
    asked = {"file": "ctf", "step": "asked", "school": "Wath Academy", "on": "2026-03-16", "by": "Bryony Cutler"}
    editing.new_record(desk, "cme_case", child, {"submitted_on": "2026-03-02", "transfers": [asked]})
    officer.go("caseload")
    officer.click("caseload/movement")
    officer.window.grab().save(str(tmp_path / "movement.png"))

    said = words_of(officer.find("movement"))
    assert "Wath Academy" in said
    assert "1 child. Files: 1 asked for, 0 uploaded, 0 found, 1 still asked for." in said
