"""Blank forms from the window: from New record with its child, from Help and from Find; the same file as the verb's."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel

from desktop.flows.papers.kept_paper import papers_of
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.papers.returned_card import ReturnedCard
from tests.desktop.documents.conformance import pages_of, text_of
from tests.desktop.ui.conftest import NAME, Driven


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The answer to where it shall be saved; the name suggested is the file's."""

    def answer(_parent: object, _title: str, name: str, _kind: str = "") -> tuple[str, str]:
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return tmp_path


def test_a_blank_form_is_saved_from_new_record_for_its_child(driven: Driven, asked: Path) -> None:
    """The child who was chosen there is chosen here; the name of the file is nobody's."""
    driven.go("new", driven.planted.child_id)
    driven.click("new/blank")
    driven.click("blank/return_home_interview")

    text = text_of(asked / "return-home-interview-blank.pdf")
    assert NAME in text
    assert "Wren’s words about that" in text
    assert driven.window.messages.history[-1].title.startswith(
        "Saved as return-home-interview-blank.pdf. Wren Hollowby"
    )


def test_from_help_it_is_nobodys_and_large_where_that_is_ticked(driven: Driven, asked: Path) -> None:
    driven.go("help")
    driven.click("help/blank")
    driven.click("blank/need_to_know")
    small = asked / "need-to-know-blank.pdf"
    assert "Wren" not in text_of(small)
    pages = pages_of(small)
    small.unlink()

    large = driven.find("blank/large", QCheckBox)
    large.setFocus()
    driven.key(Qt.Key.Key_Space)
    driven.click("blank/need_to_know")

    assert pages_of(small) > pages


def test_a_dialog_that_is_closed_saves_nothing(driven: Driven, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    driven.go("blank")
    driven.click("blank/need_to_know")

    assert list(tmp_path.glob("*.pdf")) == []
    assert driven.window.where.place == "blank"


def test_find_leads_there(driven: Driven) -> None:
    driven.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driven.type("find/text", "blank")
    driven.settle()
    driven.key(Qt.Key.Key_Return)

    assert driven.window.where.place == "blank"


def test_a_scan_dropped_there_shows_its_record_and_is_kept_beside_it(driven: Driven, asked: Path) -> None:
    """From the window alone: printed with the child's name, photographed, dropped, and its pages looked at."""
    driven.go("blank", driven.planted.child_id)
    driven.click("blank/return_home_interview")
    drawn = pypdfium2.PdfDocument(next(asked.glob("*.pdf")))
    files = [asked / f"page-{number}.jpg" for number in range(2)]
    for number, file in enumerate(files):
        drawn[number].render(scale=150 / 72).to_pil().save(file)
    (card,) = driven.window.findChildren(ReturnedCard)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy, left = QPointF(card.rect().center()), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    card.dropEvent(QDropEvent(at, copy, held, left, Qt.KeyboardModifier.NoModifier))
    driven.settle()

    found = driven.find("blank/found")
    assert isinstance(found, QLabel)
    assert found.text().startswith("2 pages. Return home interview, Wren Hollowby, begun ")
    driven.click("blank/keep")
    assert papers_of(driven.shell.desk, driven.planted.interview_id) == 2
    driven.click("blank/see")
    assert (driven.window.where.place, driven.window.where.about) == ("paper", driven.planted.interview_id)
    out = [link for link in driven.window.findChildren(Link) if link.objectName().endswith("/out") and link.isVisible()]
    assert len(out) == 2
    driven.click(out[1].objectName())
    assert papers_of(driven.shell.desk, driven.planted.interview_id) == 1
    driven.go("form", driven.planted.interview_id)
    driven.click("form/paper")
    assert driven.window.where.place == "paper"
