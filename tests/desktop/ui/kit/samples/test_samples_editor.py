"""Samples of work in the window: five equal choices, pictures by mouse and by keys, nothing kept too soon."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.flows.record import editing
from desktop.ui.kit.samples.choices import ChoiceBox
from desktop.ui.kit.samples.retouch import Retouch
from desktop.ui.kit.samples.samples_editor import SamplesEditor
from tests.desktop.store.attachments.test_attachment_files import CASES
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.test_access import cut_in, spoken, stops

TABLE = "f/samples/table"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "river.png"
    Image.new("RGB", (400, 300), "white").save(path)
    return path


@pytest.fixture
def report(driven: Driven) -> Driven:
    known = {"mode": "home", "offer_reply": "accepted"}
    record = editing.new_record(driven.shell.desk, "ehe_visit", driven.planted.child_id, known)
    driven.planted.interview_id = record
    driven.go("form", record, "samples")
    return driven


def editor(driven: Driven) -> SamplesEditor:
    return next(found for found in driven.window.findChildren(SamplesEditor) if found.isVisible())


def samples(driven: Driven) -> list[dict[str, object]]:
    driven.autosaved()
    view = editing.current_view(driven.shell.desk, driven.planted.interview_id)
    return view.answers().get("samples", [])  # type: ignore[return-value]


def table(driven: Driven) -> Retouch:
    return next(found for found in driven.window.findChildren(Retouch) if found.isVisible())


@pytest.mark.parametrize("code", ["seen_not_copied", "sent_later", "none_available", "parent_declined"])
def test_every_choice_finishes_the_section(report: Driven, code: str) -> None:
    """The four without a picture are saved as the reason, and nothing more is asked."""
    report.click(f"f/no_sample_reason/{code}")
    report.autosaved()
    record = editing.open_record(report.shell.desk, report.planted.interview_id)

    assert record.answers["no_sample_reason"] == code
    assert [f.text for f in record.findings if f.section_id == "samples" and f.blocks_signing] == []


def test_the_choices_are_of_one_size_and_asked_once(report: Driven) -> None:
    boxes = [box for box in report.window.findChildren(ChoiceBox) if box.isVisible()]

    assert len(boxes) == 5
    assert len({(box.width(), box.height()) for box in boxes}) == 1


def test_a_chosen_picture_is_kept_only_when_the_worker_says_so(report: Driven, picture: Path) -> None:
    """On the table first, in memory; then encrypted, as a row, open to be described."""
    editor(report).take([picture])
    report.settle()
    assert samples(report) == []
    assert report.shell.desk.vault.attachments.to_send() == []
    report.click(f"{TABLE}/keep")
    (row,) = samples(report)

    assert row["file"]["name"] == "river.jpg"
    assert report.shell.desk.vault.attachments.has(str(row["file"]["sha256"]))
    assert report.window.focusWidget() is report.find(f"r/samples/{row['id']}/title")


def test_names_are_hidden_by_keys_alone(report: Driven, picture: Path) -> None:
    """Arrows move the box, Shift and an arrow size it, Enter hides; the row then says that names are hidden."""
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/hide")
    surface = table(report).surface
    assert report.window.focusWidget() is surface
    for _ in range(3):
        report.key(Qt.Key.Key_Right)
    report.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    report.key(Qt.Key.Key_Return)
    (edit,) = table(report).edits

    assert edit.kind == "hide"
    assert [round(part, 2) for part in edit.box] == [0.36, 0.42, 0.76, 0.6]
    report.click(f"{TABLE}/keep")
    assert samples(report)[0]["hide_names"] == "hidden"


def test_a_drag_over_a_name_hides_it_and_undo_brings_it_back(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/hide")
    surface = table(report).surface
    middle = QPoint(surface.width() // 2, surface.height() // 2)
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(surface, middle + QPoint(60, 20))
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 20))
    report.settle()

    assert [edit.kind for edit in table(report).edits] == ["hide"]
    report.click(f"{TABLE}/undo")
    assert table(report).edits == []
    assert not report.find(f"{TABLE}/undo").isEnabled()


def test_turn_and_crop(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/turn")
    report.click(f"{TABLE}/crop")
    report.click(f"{TABLE}/apply")

    assert [edit.kind for edit in table(report).edits] == ["turn", "crop"]
    assert table(report).surface.mode == ""


def test_what_is_left_out_is_nowhere(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/leave")

    assert samples(report) == []
    assert not report.shows(f"{TABLE}/keep")


def test_a_picture_waits_on_the_table_while_another_section_is_open(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click("rail/visit")
    report.click("rail/samples")

    assert report.shows(f"{TABLE}/keep")


def test_a_picture_is_pasted_and_words_still_are(report: Driven) -> None:
    """Ctrl+V takes a picture in; in a text box it pastes words, as anywhere."""
    QApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
    editor(report).target().setFocus()
    report.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert report.shows(f"{TABLE}/keep")
    report.click(f"{TABLE}/keep")
    (row,) = samples(report)
    QApplication.clipboard().setText("The River")
    report.find(f"r/samples/{row['id']}/title").setFocus()
    report.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert samples(report)[0]["title"] == "The River"


def test_files_are_dropped_in(report: Driven, picture: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture))])

    assert editor(report).take_clipboard(dropped)
    report.settle()
    assert report.shows(f"{TABLE}/keep")


def test_names_can_be_hidden_later_and_the_picture_before_goes(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/keep")
    (before,) = samples(report)
    report.click(f"r/samples/{before['id']}/retouch")
    report.click(f"{TABLE}/hide")
    report.key(Qt.Key.Key_Return)
    report.click(f"{TABLE}/keep")
    (after,) = samples(report)

    assert after["file"] != before["file"]
    assert after["hide_names"] == "hidden"
    assert not report.shell.desk.vault.attachments.has(str(before["file"]["sha256"]))


def test_a_removed_sample_comes_back(report: Driven, picture: Path) -> None:
    editor(report).take([picture])
    report.settle()
    report.click(f"{TABLE}/keep")
    (row,) = samples(report)
    report.click(f"r/samples/{row['id']}/remove")
    assert samples(report) == []
    report.click(f"r/samples/{row['id']}/restore")

    assert len(samples(report)) == 1


@pytest.mark.parametrize("theme", ["light", "dark", "bright"])
def test_it_is_whole_at_200_per_cent(report: Driven, picture: Path, theme: str) -> None:
    """Closed, open and on the table: nothing cut, everything named, nothing too small to press."""
    report.window.resize(1280, 720)
    editor(report).take([picture, picture])
    report.settle()
    report.look(theme, 200)
    report.go("form", report.planted.interview_id, "samples")
    editor(report).take([picture])
    report.settle()
    assert list(cut_in(report.window)) == []
    report.click(f"{TABLE}/keep")
    found: list[QWidget] = stops(report.window)

    assert list(cut_in(report.window)) == []
    assert [w.objectName() for w in found if not spoken(w)] == []
    assert [w.objectName() for w in found if w.width() < 24 or w.height() < 24] == []


@pytest.mark.parametrize("name", ["three-frames.gif", "three-frames.webp"])
def test_a_picture_that_moves_is_said_to_be_kept_still(report: Driven, name: str) -> None:
    editor(report).take([CASES / name])
    report.settle()
    said = [found.text() for found in report.window.findChildren(QLabel) if found.isVisible()]

    assert any(f"“{name}” has 3 pictures that follow each other. Only the first is kept." in text for text in said)
    assert table(report).isVisible()


@pytest.mark.parametrize(("name", "words"), [("utf16-note.txt", "UTF-16"), ("empty.txt", "is empty")])
def test_a_file_that_cannot_be_kept_has_a_sentence_of_its_own(
    report: Driven, name: str, words: str, tmp_path: Path
) -> None:
    file = CASES / name
    if not file.exists():
        file = tmp_path / name
        file.write_bytes(b"")
    editor(report).take([file])
    report.settle()
    said = [found.text() for found in report.window.findChildren(QLabel) if found.isVisible()]

    assert any(f"“{name}”" in text and words in text for text in said)
    assert samples(report) == []


def test_a_note_that_begins_like_a_bitmap_is_a_document(report: Driven) -> None:
    editor(report).take([CASES / "bm-note.txt"])
    report.settle()

    assert [row["file"]["type"] for row in samples(report)] == ["text/plain"]


def test_a_scan_of_sixteen_bits_lies_on_the_table_with_its_tones(report: Driven) -> None:
    editor(report).take([CASES / "scan-16bit-grey.png"])
    report.settle()
    report.click(f"{TABLE}/keep")
    report.settle()
    sha = str(samples(report)[0]["file"]["sha256"])
    with Image.open(io.BytesIO(report.shell.desk.vault.attachments.scaled(sha, 400))) as printed:
        tones = sorted(printed.convert("L").tobytes())

    assert tones[len(tones) // 10] < 90
    assert tones[-len(tones) // 10] > 200
