"""Looking at a copy before it leaves, and printing it: drafts are marked, and what is printed is in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QLabel

from desktop.flows.record.editing import open_record
from desktop.flows.signing import signing
from desktop.flows.signing.copy_log import copies_of
from desktop.ui.documents.paper_view import PaperView
from desktop.ui.documents.preview_page import PreviewScreen
from desktop.ui.printing.print_act import NO_PRINTER
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.printing.paper_in_a_file import is_written_on, with_a_printer


def the_page(driven: Driven) -> PreviewScreen:
    screen = driven.window.frame.screen_shown if driven.window.frame else None
    assert isinstance(screen, PreviewScreen)
    return screen


def pages_of(driven: Driven) -> PaperView:
    found = driven.find("preview/pages")
    assert isinstance(found, PaperView)
    return found


def test_a_draft_is_looked_at_from_check_and_sign_and_each_page_says_so(driven: Driven) -> None:
    driven.go("sign", driven.planted.interview_id)
    driven.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    view = pages_of(driven)
    assert "Not signed yet" in view.accessibleDescription() + "".join(
        found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()
    )
    assert "Draft, not signed" in view.accessibleDescription()
    assert view.accessibleName().endswith(f"Page 1 of {len(the_page(driven)._found.pages.sizes)}")
    assert view.drawn[0] == 0
    assert not driven.shows("preview/save")


def test_keys_turn_the_pages_and_they_are_drawn_as_they_come(driven: Driven) -> None:
    driven.go("preview", driven.planted.interview_id)
    view = pages_of(driven)
    driven.key(Qt.Key.Key_End)
    last = int(view.accessibleName().rpartition(" of ")[2])

    assert last > 1
    assert f"Page {last} of" in view.accessibleName()
    assert last - 1 in view.drawn

    driven.key(Qt.Key.Key_Home)
    assert "Page 1 of" in view.accessibleName()


def test_what_is_printed_stands_in_the_log_and_the_queue_is_told_no_name(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = driven.planted.interview_id
    desk, tray = driven.shell.desk, with_a_printer(monkeypatch, tmp_path / "printed.pdf")
    signing.lock_record(desk, record, name="Nadia Brightwater", ink=None)
    driven.go("documents", record)
    driven.click("documents/look")
    driven.type("preview/given_to", "Ashmere House")
    shown = len(the_page(driven)._found.pages.sizes)
    driven.click("preview/print")
    printed = tray()

    assert len(printed) == shown
    assert open_record(desk, record).child.name not in str(printed.get_metadata_dict())
    assert is_written_on(printed)
    (copy,) = copies_of(desk, record)
    assert (copy.to_whom, copy.how) == ("Ashmere House", "Printed")


def test_a_printed_draft_stands_in_no_log_of_copies(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = with_a_printer(monkeypatch, tmp_path / "printed.pdf")
    driven.go("preview", driven.planted.interview_id)
    driven.click("preview/print")

    assert is_written_on(tray())

    assert copies_of(driven.shell.desk, driven.planted.interview_id) == ()
    assert "Given to the printer" in [said.title for said in driven.window.messages.history]


def test_without_a_printer_a_sentence_says_what_to_do(driven: Driven) -> None:
    assert QPrinterInfo.availablePrinterNames() == [], "the machine of the tests has no printer"
    driven.go("preview", driven.planted.interview_id)
    driven.click("preview/print")

    assert NO_PRINTER in [said.title for said in driven.window.messages.history]


def test_a_copy_that_may_not_be_made_is_not_shown_and_the_page_says_why(driven: Driven) -> None:
    driven.go("preview", driven.planted.interview_id, "police")

    assert not driven.shows("preview/pages")
    assert any(found.text() == "There is nothing to look at" for found in driven.window.findChildren(QLabel))
