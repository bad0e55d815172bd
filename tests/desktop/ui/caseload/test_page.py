"""The caseload on the window: a table for each kind of case, filtered, ordered, opened and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from casework.canonical import JSON
from casework.errors import NotThisRole
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.flows.caseload.saved_views import saved_views
from desktop.flows.record import editing
from desktop.store.database.remembered import CERTIFICATE, OFFICER, Certificate, Officer
from desktop.ui.caseload.case_view import CaseView
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.verbs.deeds import DEEDS
from tests.desktop.documents.conformance import conformance, text_of
from tests.desktop.documents.council import Council
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.team.test_page import becomes_manager
from tests.desktop.ui.today.test_missing_card import AWAY, FACTS, words_of

CASES: tuple[tuple[str, dict[str, JSON]], ...] = (
    ("Reuben", {"last_attended": "2026-02-27", "absence_unauthorised": True, "logged_on": "2026-03-16"}),
    (
        "Hamza",
        {"last_attended": "2026-03-10", "logged_on": "2026-03-20", "enquiries": [{"on": "2026-03-24", "of": "family"}]},
    ),
    ("Kasia", {"submitted_on": "2026-03-26"}),
)


@pytest.fixture
def officer(driven: Driven) -> Driven:
    """An officer for children missing education, on the page."""
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Bryony Cutler", role="cme_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    for name, answers in CASES:
        child = editing.new_record(desk, "child", known={"given_name": name, "date_of_birth": "2016-05-04"})
        editing.new_record(desk, "cme_case", child, {**answers, "school": "Millgate Primary"})
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "date_of_birth": "2016-05-04"})
    editing.new_record(desk, "ehe_case", child, {"stage": "current", "ehe_start": "2025-11-08"})
    driven.go("caseload")
    return driven


def table(driven: Driven) -> list[list[str]]:
    view = driven.find("caseload/table", CaseView)
    assert isinstance(view, CaseView)
    model = view.model()
    return [
        [str(model.data(model.index(row, place))) for place in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def foot(driven: Driven) -> str:
    found = driven.find("caseload/foot", QLabel)
    assert isinstance(found, QLabel)
    return found.text()


def test_it_opens_on_the_officers_own_table_with_what_is_due_first(officer: Driven) -> None:
    """Unknown days are said to be so, and never nought."""
    rows = {row[0].split(",")[0]: row for row in table(officer)}

    assert set(rows) == {"Reuben", "Hamza", "Kasia"}
    assert rows["Reuben"][1:3] == ["On register", "20 days"]
    assert rows["Hamza"][1:3] == ["Enquiries", "13 days"]
    assert rows["Kasia"][1:3] == ["To be logged", "Not known"]
    assert foot(officer) == "3 of 3 cases on this laptop. Marks on the bars: 10 and 20 school days."


def test_a_click_on_a_head_orders_and_a_filter_narrows(officer: Driven) -> None:
    view = officer.find("caseload/table", CaseView)
    assert isinstance(view, CaseView)
    view.horizontalHeader().sectionClicked.emit(2)
    longest_first = [row[0].split(",")[0] for row in table(officer)]
    officer.click("caseload/register")
    registered = [row[0].split(",")[0] for row in table(officer)]
    officer.click("caseload/register")
    officer.type("caseload/words", "ham mill")

    assert longest_first == ["Kasia", "Reuben", "Hamza"]
    assert registered == ["Reuben"]
    assert [row[0] for row in table(officer)] == ["Hamza, 9. Millgate Primary"]


def test_enter_opens_the_case_that_is_chosen(officer: Driven) -> None:
    """The keyboard is on the table from the first, not in a box over it."""
    here = QApplication.focusWidget()
    name = here.objectName() if here is not None else ""
    officer.key(Qt.Key.Key_Down)
    officer.key(Qt.Key.Key_Return)

    assert name == "caseload/table"
    assert not officer.shows("caseload/table")


def test_what_is_saved_is_what_is_shown(officer: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trail says that a table left the laptop."""
    file = tmp_path / "cases.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    officer.type("caseload/words", "ham")
    officer.click("caseload/save")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    trail = [entry.facts for entry in officer.shell.desk.vault.audit.entries() if entry.event == "exported"]

    assert [line.split(",")[0] for line in lines] == ["Child", '"Hamza']
    assert len(trail) == 1


def test_it_can_be_looked_at(officer: Driven, tmp_path: Path) -> None:
    """Every part stands inside the page, and the table takes the room that is left."""
    view = officer.find("caseload/table", CaseView)
    officer.window.grab().save(str(tmp_path / "caseload.png"))

    boxes = [officer.find(f"caseload/{name}", DropDown) for name in ("stage", "locality", "officer")]
    shown = [box.currentText() for box in boxes if isinstance(box, DropDown)]

    assert shown == ["Any stage", "Every locality", "Every officer"]
    assert view.width() > officer.window.width() // 2
    assert view.height() > officer.window.height() // 2


def test_a_view_is_kept_by_its_name_and_shown_again_after_a_restart(officer: Driven) -> None:
    officer.click("caseload/register")
    officer.type("caseload/view-name", "My register")
    officer.click("caseload/keep-view")
    officer.click("caseload/register")
    officer.go("today")
    officer.go("caseload")
    views = officer.find("caseload/view", DropDown)
    assert isinstance(views, DropDown)
    before = len(table(officer))
    views.put("My register")
    views.activated.emit(views.currentIndex())
    officer.settle()

    assert before == 3
    assert [row[0].split(",")[0] for row in table(officer)] == ["Reuben"]
    assert foot(officer).startswith("1 of 3 cases")


def test_a_view_without_a_name_is_refused_and_one_taken_away_is_gone(officer: Driven) -> None:
    officer.click("caseload/keep-view")
    assert saved_views(officer.shell.desk) == ()
    officer.type("caseload/view-name", "All")
    officer.click("caseload/keep-view")
    views = officer.find("caseload/view", DropDown)
    assert isinstance(views, DropDown)
    views.put("All")
    officer.click("caseload/forget-view")

    assert saved_views(officer.shell.desk) == ()


def test_one_month_of_what_is_due_is_shown_and_printed(
    officer: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Council().officer("Bryony Cutler", "o1", starts=-3000, days=20_000)
    officer.shell.desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    file = tmp_path / "due.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    desk = officer.shell.desk
    child = editing.new_record(desk, "child", known={"given_name": "Ivo", "date_of_birth": "2016-05-04"})
    editing.new_record(desk, "ehe_case", child, {"stage": "current", "last_contact": "2025-04-20"})
    officer.go("today")
    officer.go("caseload")
    officer.click("caseload/tables/home_education")
    box = officer.find("caseload/due-in", DropDown)
    assert isinstance(box, DropDown)
    months = [box.itemText(place) for place in range(box.count())]
    assert months == ["Due in any month", "November 2025", "April 2026"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    officer.settle()
    shown = {line[0].partition(",")[0] for line in table(officer)}
    officer.click("caseload/pdf")
    page = text_of(file)

    assert shown == {"Ivo"}
    assert "Home education, due in April 2026, 27 March 2026" in page
    assert "Otto" not in page


def test_what_is_shown_is_a_signed_page_to_print(
    officer: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Council().officer("Bryony Cutler", "o1", starts=-3000, days=20_000)
    officer.shell.desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    file = tmp_path / "register.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    officer.click("caseload/register")
    officer.click("caseload/pdf")
    page = text_of(file)

    assert "Missing education: the register, 27 March 2026" in page
    assert "Reuben" in page
    assert "Hamza" not in page
    assert conformance(file) == ["PASS 3a", "PASS ua1"]


def test_of_a_child_who_is_missing_the_next_act_is_that_of_today(driven: Driven) -> None:
    """It said “Nothing due”, or a plan’s old day, while Today said whom to tell and for how long that was over."""
    child = editing.new_record(driven.shell.desk, "child", known=FACTS)
    editing.new_record(driven.shell.desk, "missing_episode", child, AWAY)
    driven.go("today")
    step = words_of(driven.find("today"))
    driven.go("caseload")
    (row,) = [row for row in table(driven) if row[0].startswith("Milo Fernsby")]

    assert "Tell the reviewing officer" in step
    assert row[1] == "Missing now"
    assert row[3].startswith("Tell the reviewing officer")


def test_a_role_without_cases_is_offered_none(driven: Driven) -> None:
    """A page with boxes to keep views of nothing, and buttons that saved an empty page."""
    becomes_manager(driven, "senior_manager", "Ines Caldwell")
    assert not driven.shows("place/caseload")
    driven.go("find")
    driven.type("find/text", "casel")
    driven.autosaved()
    assert not driven.shows("find/act/caseload")
    for line in (["caseload"], ["caseload", "--keep-view", "Mine"]):
        with pytest.raises(NotThisRole, match="no caseload of its own"):
            DEEDS["caseload"](parse_arguments(line), driven.shell.desk)
