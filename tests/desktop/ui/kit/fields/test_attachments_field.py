"""What is asked about each file stands under it: without that a photograph could be added and its form never signed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from casework.canonical import JSON
from desktop.flows.record import editing
from desktop.flows.signing.signing import lock_record
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from tests.desktop.store import photographs
from tests.desktop.store.attachments.test_attachment_files import CASES
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def visit(driven: Driven, tmp_path: Path) -> tuple[Driven, str]:
    """A visit whose home was looked at, and a photograph of it."""
    known: dict[str, JSON] = {"attempts": [{"result": "child_seen"}], "home": ["no_worry"]}
    record = editing.new_record(driven.shell.desk, "safe_well_visit", driven.planted.child_id, known)
    section = editing.open_record(driven.shell.desk, record).definition.section_of["photos"].id
    driven.go("form", record, section)
    (tmp_path / "a.jpg").write_bytes(photographs.jpeg(64, 48))
    editor = next(one for one in driven.window.findChildren(AttachmentsEditor) if one.isVisible())
    editor.take([tmp_path / "a.jpg"])
    driven.settle()
    return driven, record


def rows(driven: Driven, record: str) -> list[dict[str, object]]:
    return list(editing.open_record(driven.shell.desk, record).answers["photos"])  # type: ignore[arg-type]


def test_what_a_photograph_shows_is_asked_and_the_problem_leads_there(visit: tuple[Driven, str]) -> None:
    driven, record = visit
    row = str(rows(driven, record)[0]["id"])
    driven.key(Qt.Key.Key_Return, CONTROL)
    driven.key(Qt.Key.Key_F8)
    assert QApplication.focusWidget().objectName() == f"r/photos/{row}/what"
    driven.type(f"r/photos/{row}/what", "The yard")
    driven.type(f"r/photos/{row}/permission", "Their mother")
    driven.autosaved()

    (kept,) = rows(driven, record)
    assert (kept["what"], kept["permission"]) == ("The yard", "Their mother")
    session = driven.window.frame.screen_shown._form.session
    assert not [one for one in session.findings() if one.question_id == "photos" and one.blocks_signing]


def test_it_stands_there_again_and_goes_with_its_file(visit: tuple[Driven, str]) -> None:
    driven, record = visit
    row = str(rows(driven, record)[0]["id"])
    driven.type(f"r/photos/{row}/what", "The yard")
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()
    assert driven.find(f"r/photos/{row}/what").text() == "The yard"  # type: ignore[attr-defined]
    driven.click(f"r/photos/{row}/remove")

    assert not driven.shows(f"r/photos/{row}/what")


def held(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def local(*files: Path) -> QMimeData:
    return held(*(QUrl.fromLocalFile(str(file)) for file in files))


def takes(under: QWidget, data: QMimeData) -> QWidget | None:
    """The widget under the pointer, or the nearest round it, that takes what is held: as Qt asks them."""
    widget: QWidget | None = under
    while widget is not None and not widget.isWindow():
        if widget.acceptDrops() and widget.isEnabled():
            at = QPointF(4, 4)
            none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
            entered = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, left, none)
            entered.ignore()
            QApplication.sendEvent(widget, entered)
            if entered.isAccepted():
                return widget
        widget = widget.parentWidget()
    return None


def drop(driven: Driven, under: QWidget, data: QMimeData) -> Qt.DropAction:
    """As the window system hands it over; a program that proposes to move its file is not let."""
    target = takes(under, data)
    assert target is not None
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    either = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    dropped = QDropEvent(QPointF(4, 4), either, data, left, none)
    QApplication.sendEvent(target, dropped)
    done = dropped.dropAction()
    assert dropped.isAccepted()
    driven.autosaved()
    return done


def said(driven: Driven) -> str:
    return "\n".join(one.text() for one in driven.find("notice").findChildren(QLabel) if one.isVisible())


def names(driven: Driven, record: str) -> list[object]:
    return [row["file"]["name"] for row in rows(driven, record)]


def test_several_files_are_dropped_at_once_and_each_is_kept(visit: tuple[Driven, str], tmp_path: Path) -> None:
    """In the order in which they were chosen; the files stay where they were, whatever the other program proposed."""
    driven, record = visit
    (tmp_path / "b.jpg").write_bytes(photographs.jpeg(32, 24))
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    done = drop(driven, driven.find("f/photos/add"), local(tmp_path / "b.jpg", tmp_path / "plan.pdf"))

    assert names(driven, record) == ["a.jpg", "b.jpg", "plan.pdf"]
    assert done == Qt.DropAction.CopyAction
    assert (tmp_path / "b.jpg").exists()
    assert driven.shows("f/photos/add"), "the way by keys stays"


def test_a_foreign_kind_is_refused_in_words_and_the_others_are_kept(visit: tuple[Driven, str], tmp_path: Path) -> None:
    """The sentences of choosing, each in sight: a second refusal, or a good file after it, covers none."""
    driven, record = visit
    (tmp_path / "tool.exe").write_bytes(b"MZ\x90\0\x03\0\0\0")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "c.jpg").write_bytes(photographs.jpeg(20, 20))
    gif = CASES / "three-frames.gif"
    drop(
        driven,
        driven.find("f/photos/add"),
        local(tmp_path / "tool.exe", tmp_path / "empty.txt", tmp_path / "c.jpg", gif),
    )

    assert "“tool.exe” is not a picture or document that Homeward can keep." in said(driven)
    assert "“empty.txt” is empty" in said(driven)
    assert "Only the first is kept." in said(driven)
    assert names(driven, record)[:2] == ["a.jpg", "c.jpg"]
    assert len(names(driven, record)) == 3


def test_a_folder_and_what_lies_elsewhere_are_refused_in_words(visit: tuple[Driven, str], tmp_path: Path) -> None:
    driven, record = visit
    drop(driven, driven.find("f/photos/add"), local(tmp_path))
    assert f"{tmp_path.name} cannot be read" in said(driven)
    drop(driven, driven.find("f/photos/add"), held(QUrl("https://example.invalid/a.jpg")))

    assert "is not a file on this laptop" in said(driven)
    assert names(driven, record) == ["a.jpg"]


def test_a_file_let_go_over_a_box_of_words_is_no_words(visit: tuple[Driven, str], tmp_path: Path) -> None:
    """What was typed there stands as it was; words are still dropped as words."""
    driven, record = visit
    row = str(rows(driven, record)[0]["id"])
    driven.type(f"r/photos/{row}/what", "The yard")
    (tmp_path / "d.jpg").write_bytes(photographs.jpeg(24, 24))
    box = driven.find(f"r/photos/{row}/what")
    words = QMimeData()
    words.setText("and the shed")
    assert takes(box, words) in {box, *box.findChildren(QWidget)}
    drop(driven, box, local(tmp_path / "d.jpg"))

    assert names(driven, record) == ["a.jpg", "d.jpg"]
    assert rows(driven, record)[0]["what"] == "The yard"


def test_the_ground_shows_that_files_are_held_over_it(visit: tuple[Driven, str], tmp_path: Path) -> None:
    driven, _record = visit
    ground = driven.find("f/photos/add").parentWidget()
    assert ground is not None
    before = ground.grab().toImage()
    over = takes(ground, local(tmp_path / "a.jpg"))
    assert over is not None
    assert ground.grab().toImage() != before
    QApplication.sendEvent(over, QDragLeaveEvent())

    assert ground.grab().toImage() == before


def test_words_are_no_file_and_a_signed_record_takes_none(visit: tuple[Driven, str], tmp_path: Path) -> None:
    driven, record = visit
    words = QMimeData()
    words.setText("the shed")
    assert takes(driven.find("f/photos/add"), words) is None
    lock_record(driven.shell.desk, record, name="Nadia Brightwater", ink=None)
    driven.go("today")
    driven.go("form", record, "photos")

    assert not [one for one in driven.window.findChildren(AttachmentsEditor) if takes(one, local(tmp_path / "a.jpg"))]
