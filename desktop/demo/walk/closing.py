"""What ends every form: from the last section to a signature, and from there to a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from casework.errors import BugError
from desktop.demo import caseload
from desktop.demo.walk.hand import Hand

CONTROL, RETURN = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
NAME = [[(20, 60), (40, 20), (60, 60), (80, 24), (110, 58), (160, 40), (230, 52)]]


def begin(hand: Hand, child_id: str, form_id: str) -> None:
    """From anywhere to a new record of a child."""
    hand.click("place/children")
    hand.click(f"children/{child_id}")
    hand.click("child/new")
    hand.click(f"new/{form_id}")
    hand.wait_for("section/title")


def go_on(hand: Hand, title: str) -> None:
    """Save and continue, to the section of this title. Raises BugError with what the page still asks for."""
    hand.key(RETURN, CONTROL)
    if not _stands_at(hand, title):
        hand.picture(f"Still asked for before {title}")
        asked = [found.accessibleDescription() for found in hand.window.findChildren(QWidget, "summary")]
        message = f"“{title}” did not come. {' '.join(asked)}"
        raise BugError(message)


def sign_and_lock(hand: Hand, picture: str) -> None:
    """From the last section through check and sign; a picture of the page before it is locked."""
    hand.key(RETURN, CONTROL)
    hand.wait_for("sign-and-lock")
    hand.picture(picture)
    hand.sign("sign/ink", *NAME)
    hand.type("sign/passphrase", caseload.PASSPHRASE)
    hand.click("sign-and-lock")
    hand.wait_for("documents/to")


def save_pdf(hand: Hand, pdf: Path, copy: str = "full") -> None:
    """The copy for one reader; the file is new each time."""
    pdf.unlink(missing_ok=True)
    hand.choose("documents/copy", copy)
    hand.type("documents/to", str(pdf))
    hand.click("documents/save")
    hand.wait(pdf.exists, "the PDF")


def _stands_at(hand: Hand, title: str) -> bool:
    found = hand.find("section/title")
    return isinstance(found, QLabel) and found.text().split(" ", 1)[-1] == title
