"""Checking a PDF in the window: red for what is not what it claims to be, and not for a file of somebody else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.paths import fonts
from desktop.store.database.remembered import SERVICE, CouncilService
from desktop.ui.kit.basics.panels import GROUNDS, Banner
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import paper
from tests.desktop.ui.conftest import Driven

FOREIGN = Path(__file__).parents[2] / "documents" / "files" / "signed-no-signed-attributes.pdf"
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
    banner = driven.find("verify/result")
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
