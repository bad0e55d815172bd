"""Every box on every page, half filled in: left, locked, and killed, it holds what it held."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from casework.canonical import JSON
from casework.forms import QuestionType
from casework.identifiers import OfficerId
from desktop.demo.walk.hand import press
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.form.page import FormScreen
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from desktop.ui.kit.fields.ink_pad import InkPad
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.window import MainWindow
from tests.desktop.doors import quick_gate
from tests.desktop.flows.colleague import PATH, Colleague, arrives, share
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_leaving import RECEIPT

CONTROL = Qt.KeyboardModifier.ControlModifier
ONCE = {"settings/code", "settings/again/code"}  # codes that work once are kept nowhere
HALF = "31 Fe"
HARBOURED: dict[str, JSON] = {"given_to": "Jordan Pell", "issued_on": "2026-03-02"}
AWAY: dict[str, JSON] = {"last_seen_at": "2026-03-26T11:25:00+00:00", "care_status": "lac"}
Box = LineBox | WordsBox


def lock(driven: Driven) -> None:
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()


def leave(driven: Driven) -> None:
    driven.go("help")


def kill(driven: Driven) -> None:
    """What is on the disk at this moment, as a power cut would leave it; another window is opened on that."""
    driven.autosaved()
    assert said_saved(driven)
    home, cut = driven.gate.home, driven.gate.home.with_name("cut")
    shutil.copytree(home, cut)
    driven.window.close()
    shutil.rmtree(home)
    cut.rename(home)
    driven.window = MainWindow(quick_gate(home, driven.gate.catalogue, driven.clock))
    driven.qtbot.addWidget(driven.window)
    with driven.qtbot.waitActive(driven.window):
        driven.window.show()
        driven.window.activateWindow()
    driven.unlock()


def said_saved(driven: Driven) -> bool:
    saved = driven.find("strip/saved")
    assert isinstance(saved, QLabel)
    return saved.text().startswith("Saved on this laptop")


@dataclass
class Page:
    """A place to be, and what makes its boxes appear."""

    place: str
    about: str = ""
    part: str = ""
    acts: tuple[str, ...] = ()

    def come(self, driven: Driven) -> None:
        driven.go(self.place, self.about, self.part)
        for name in self.acts:
            if driven.shows(name):
                driven.click(name)
        driven.settle()


def boxes(driven: Driven) -> list[Box]:
    """Those that a person could write in now; of a passphrase nothing is ever kept."""
    every: list[Box] = [*driven.window.findChildren(LineBox), *driven.window.findChildren(WordsBox)]
    able = [box for box in every if box.isVisible() and box.isEnabled() and not box.isReadOnly()]
    return [box for box in able if box.objectName() not in ONCE]


def fill(driven: Driven) -> dict[str, str]:
    for box in boxes(driven):
        box.setFocus()
        box.selectAll()
        for letter in HALF:
            press(box, letter)
    driven.settle()
    return standing(driven)


def standing(driven: Driven) -> dict[str, str]:
    return {box.objectName(): box.words() for box in boxes(driven)}


def becomes(driven: Driven, role: str) -> None:
    officer = Officer(id=OfficerId("o2"), name="Tom Applegarth", role=role, council="Ashmere Council")
    driven.shell.desk.vault.settings.put(OFFICER, officer)
    driven.shell.desk.joined_anew()


def signed(driven: Driven, form: str, answers: dict[str, JSON]) -> str:
    record = editing.new_record(driven.shell.desk, form, driven.planted.child_id, answers)
    lock_record(driven.shell.desk, record, name="Nadia Brightwater", ink=None)
    return record


def advocates(driven: Driven) -> list[Page]:
    told = signed(driven, "need_to_know", {"summary": "She has a black phone."})
    shared = share(driven.shell.desk, driven.planted.child_id)
    shared.mine("missing_when", "By 20:00, ring Pauline.")
    arrives(shared.desk, Colleague().says(shared.view, PATH, "By 21:00."))
    return [
        Page("find"),
        Page("settings"),
        Page("form", driven.planted.interview_id, "meeting"),
        Page("form", driven.planted.interview_id, "your_words"),
        Page("sign", driven.planted.interview_id),
        Page("documents", told),
        Page("sign", told, acts=("correct",)),
        Page("resolve", shared.record_id, acts=("resolve/new",)),
    ]


def managers(driven: Driven) -> list[Page]:
    desk, child = driven.shell.desk, driven.planted.child_id
    plan = signed(driven, "find_me_plan", {"missing_when": "After nine."})
    milo = editing.new_record(desk, "child", "", {"given_name": "Milo", "family_name": "Fernsby"})
    editing.new_record(desk, "missing_episode", milo, AWAY)
    editing.new_record(desk, "action", child, {"what": "Ring Sam", "by_when": "2026-03-20"})
    becomes(driven, "missing_manager")
    told = next(one for one in inbox.inbox(desk) if one.child_id == milo)
    stands = editing.new_record(
        desk, "harbouring_notice", child, {"given_to": "Jordan Pell", "issued_on": "2026-03-02"}
    )
    deeds = [Page("harbouring", acts=(f"harbouring/{deed}/{stands}",)) for deed in ("renew", "end")]
    return [Page("sign", plan), Page("notice", told.record_id), Page("team"), *deeds]


def officers(driven: Driven) -> list[Page]:
    record = editing.new_record(driven.shell.desk, "cme_case", driven.planted.child_id)
    becomes(driven, "cme_officer")
    return [Page("letter", record, RECEIPT), Page("caseload")]


@pytest.mark.parametrize("whose", [advocates, managers, officers])
def test_what_stands_in_a_box_stands_there_afterwards(driven: Driven, whose: Callable[[Driven], list[Page]]) -> None:
    pages = whose(driven)
    for way in (leave, lock, kill):
        filled = []
        for page in pages:
            page.come(driven)
            filled.append(fill(driven))
            assert filled[-1], f"no box to write in: {page}"
            leave(driven) if way is leave else None
        way(driven)
        for page, words in zip(pages, filled, strict=True):
            page.come(driven)

            assert standing(driven) == words, f"{page} after {way.__name__}"


@pytest.mark.parametrize("way", [leave, lock, kill])
def test_ink_files_and_rows_are_there_too(driven: Driven, tmp_path: Path, way: Callable[[Driven], None]) -> None:
    """Ink of the child's and of one's own; a file, left in the moment it is chosen; a row, half filled in."""
    interview = driven.planted.interview_id
    driven.go("sign", interview)
    drawn = {pad.objectName(): draw(pad) for pad in pads(driven)}
    assert set(drawn) == {"f/child_ink", "sign/ink"}
    way(driven)
    driven.go("sign", interview)
    assert {pad.objectName(): pad.value() for pad in pads(driven)} == drawn

    file = tmp_path / "letter.txt"
    file.write_text("From her nan.")
    driven.go("form", interview, section_of(driven, QuestionType.ATTACHMENTS))
    attachments(driven).take([file])
    way(driven)
    driven.go("form", interview, section_of(driven, QuestionType.ATTACHMENTS))
    assert [name for name in labels(driven) if name == "letter.txt"] == ["letter.txt"]


def test_the_strip_waits_for_a_file_to_be_put_away(driven: Driven, tmp_path: Path) -> None:
    """Also when its page is left meanwhile."""
    file = tmp_path / "letter.txt"
    file.write_text("From her nan.")
    driven.go("form", driven.planted.interview_id, section_of(driven, QuestionType.ATTACHMENTS))
    fill(driven)
    driven.autosaved()
    assert said_saved(driven)
    attachments(driven).take([file])
    assert not said_saved(driven)
    driven.go("help")

    assert said_saved(driven)


def test_a_stroke_that_is_being_drawn_is_kept(driven: Driven) -> None:
    """The pen is down when the laptop locks."""
    driven.go("sign", driven.planted.interview_id)
    pad = pads(driven)[0]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for step in range(1, 6):
        QTest.mouseMove(pad, QPoint(20 + 8 * step, 20 + 3 * step))
    shown = pad.value()
    lock(driven)
    driven.go("sign", driven.planted.interview_id)

    assert pads(driven)[0].value() == shown


def test_a_stroke_that_is_being_drawn_is_kept_when_undoing_leads_to_another_section(driven: Driven) -> None:
    """Seed 118 of the random worker: the pen was down, and what was taken back stood elsewhere."""
    driven.go("form", driven.planted.interview_id, "why")
    driven.type("f/main_reason", "A row")
    driven.autosaved()
    form = driven.window.frame.screen_shown if driven.window.frame else None
    assert isinstance(form, FormScreen)
    form.show_section("your_words")
    driven.settle()
    pad = pads(driven)[0]
    pad.setFocus()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(60, 40))
    shown = pad.value()
    QTest.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driven.settle()
    assert driven.shows("f/main_reason")
    driven.go("form", driven.planted.interview_id, "your_words")

    assert pads(driven)[0].value() == shown


def pads(driven: Driven) -> list[InkPad]:
    return [pad for pad in driven.window.findChildren(InkPad) if pad.isVisible()]


def draw(pad: InkPad) -> JSON:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for step in range(1, 9):
        QTest.mouseMove(pad, QPoint(20 + 9 * step, 20 + 4 * step))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 52))
    return pad.value()


def section_of(driven: Driven, kind: QuestionType) -> str:
    definition = editing.open_record(driven.shell.desk, driven.planted.interview_id).definition
    return next(s.id for s in definition.sections if any(q.type is kind for q in s.questions))


def attachments(driven: Driven) -> AttachmentsEditor:
    return next(found for found in driven.window.findChildren(AttachmentsEditor) if found.isVisible())


def labels(driven: Driven) -> list[str]:
    return [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]
