"""Checking a PDF in the window: red for what is not what it claims to be, and not for a file of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from casework.identifiers import OfficerId
from casework.practice.manager_check import Verdict
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import give_check
from desktop.flows.signing.exporting import export
from desktop.paths import fonts
from desktop.store.database.remembered import (
    CERTIFICATE,
    OFFICER,
    SERVICE,
    Certificate,
    CouncilService,
    Officer,
)
from desktop.ui.kit.basics.panels import GROUNDS, Banner
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import paper
from tests.desktop.ui.conftest import PASSPHRASE, Driven

FOREIGN = Path(__file__).parents[3] / "judgement" / "files" / "signed-no-signed-attributes.pdf"
COUNCIL = Council()


def sealed(folder: Path, by: str) -> Path:
    file = folder / "copy.pdf"
    identity = COUNCIL.officer(by)
    file.write_bytes(seal_pdf(render(paper(), fonts()), identity, reason="x", place="Ashmere", at=datetime.now(UTC)))
    return file


def said(driven: Driven, file: Path) -> tuple[str, str]:
    """The kind of banner, and its words."""
    driven.type("verify/file", str(file))
    driven.click("verify/go")
    return shown(driven.find("verify/result"))


def shown(banner: QWidget) -> tuple[str, str]:
    assert isinstance(banner, Banner)
    return next(kind for kind, colours in GROUNDS.items() if colours == banner._colours), " ".join(
        found.text() for found in banner.findChildren(QLabel)
    )


@pytest.fixture
def checking(driven: Driven) -> Driven:
    driven.shell.desk.vault.settings.put(SERVICE, CouncilService(ca_pem=COUNCIL.root_pem))
    driven.shell.desk.now = lambda: datetime.now(UTC)
    driven.go("documents", driven.planted.interview_id)
    return driven


def test_a_file_of_another_program_is_told_without_alarm(checking: Driven) -> None:
    kind, words = said(checking, FOREIGN)

    assert kind == "waiting"
    assert "not a document of Homeward" in words


def test_a_document_of_another_signer_than_it_says_is_red(checking: Driven, tmp_path: Path) -> None:
    kind, words = said(checking, sealed(tmp_path, "Dele Winterbourne"))

    assert kind == "problem"
    assert "Dele Winterbourne sealed it" in words


def test_what_its_signer_sealed_is_good(checking: Driven, tmp_path: Path) -> None:
    kind, words = said(checking, sealed(tmp_path, "Nadia Brightwater"))

    assert kind == "draft"
    assert "Nothing has changed since" in words


def test_what_is_dropped_on_its_place_is_checked_each_and_a_folder_whole(checking: Driven, tmp_path: Path) -> None:
    """Reached by its words from Find; what is not good stands first."""
    folder = tmp_path / "sent"
    folder.mkdir()
    good = sealed(folder, "Nadia Brightwater")
    (folder / "old.pdf").write_bytes(good.read_bytes().replace(b"%%EOF", b"%%EOE"))
    (folder / "notes.txt").write_text("no PDF")
    checking.go("find")
    checking.type("find/text", "check a pdf")
    checking.autosaved()
    checking.click("find/act/check")
    assert checking.window.where.place == "check"

    drop(checking, folder, FOREIGN)
    banners = checking.window.findChildren(Banner, "verify/result")
    told = [shown(banner) for banner in banners if banner.isVisible()]

    assert [kind for kind, _words in told] == ["problem", "waiting", "draft"]
    assert [words.split()[0] for _kind, words in told] == ["old.pdf", FOREIGN.name, "copy.pdf"]
    drop(checking, good)
    assert shown(checking.find("verify/result"))[0] == "draft"


def drop(driven: Driven, *files: Path) -> None:
    """As the window system hands them over, at the middle of the card."""
    card = driven.find("verify/file").parentWidget()
    assert card is not None
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy, left = QPointF(20, 20), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at.toPoint(), copy, held, left, none)
    target: QWidget = next(each for each in parents(card) if each.acceptDrops())
    QApplication.sendEvent(target, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(target, QDropEvent(at, copy, held, left, none))
    driven.settle()


def parents(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_the_manager_who_approved_it_signs_in_the_file(checking: Driven, tmp_path: Path) -> None:
    """The button stands there for nobody else; the signed one lies beside the author's, and is what is shown."""
    desk = checking.shell.desk
    plan = editing.new_record(desk, "find_me_plan", checking.planted.child_id, {"missing_when": "Ring at nine."})
    signing.lock_record(desk, plan, name="Nadia Brightwater", ink=None)
    file = tmp_path / "plan.pdf"
    holds(checking, "Nadia Brightwater", "o1")
    export(desk, plan, "full", file)
    checking.go("check")
    drop(checking, file)
    assert not checking.shows("verify/countersign")

    manager = Officer(id=OfficerId("tom"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, manager)
    desk.joined_anew()
    holds(checking, "Tom Applegarth", "tom")
    give_check(desk, plan, Verdict.APPROVED, words="", name="Tom Applegarth", passphrase=PASSPHRASE)
    checking.go("check")
    drop(checking, file)
    checking.click("verify/countersign")
    kind, words = shown(checking.find("verify/result"))

    assert kind == "draft"
    assert "Tom Applegarth checked it and signed that on" in words
    assert (tmp_path / "plan-checked.pdf").read_bytes().startswith(file.read_bytes())
    assert not checking.shows("verify/countersign")


def holds(driven: Driven, name: str, number: str) -> None:
    """A certificate of the council, as joining gives one."""
    mine = COUNCIL.officer(name, number)
    held = Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem)
    driven.shell.desk.vault.settings.put(CERTIFICATE, held)


def test_the_password_of_a_protected_copy_is_asked_for_in_the_card(checking: Driven, tmp_path: Path) -> None:
    """Dropped, refused with another's, then judged like any other; the password stands nowhere afterwards."""
    file, password = tmp_path / "copy.pdf", "otter lantern gravel mosaic thirteen"
    by, at = COUNCIL.officer("Nadia Brightwater"), datetime.now(UTC)
    document = seal_pdf(render(paper(), fonts()), by, reason="x", place="Ashmere", at=at, password=password)
    file.write_bytes(document)
    checking.go("check")
    drop(checking, file)
    kind, words = shown(checking.find("verify/result"))
    assert (kind, "is protected with a password" in words) == ("waiting", True)

    checking.type("verify/password", "another one")
    checking.click("verify/with_password")
    assert "That is not the password of this PDF." in shown(checking.find("verify/result"))[1]
    checking.type("verify/password", password)
    checking.key(Qt.Key.Key_Return)
    kind, words = shown(checking.find("verify/result"))

    assert kind == "draft"
    assert "Nothing has changed since" in words
    assert not checking.shows("verify/password")
    drop(checking, file)
    assert checking.shows("verify/password")
    assert checking.find("verify/password", QLineEdit).text() == ""  # type: ignore[attr-defined]
