"""The password of a copy that was just saved: shown once, to be told to its reader another way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows.signing.copy_password import TELL
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.theme import look


class PasswordCard(Panel):
    """Gone with the page it stands on."""

    def __init__(self, password: str) -> None:
        super().__init__("soon")
        side = look().room(18)
        box = column(self, gap=look().room(8), margins=(side, look().room(12), side, look().room(12)))
        box.addWidget(label("The password of this copy", "strong"))
        box.addWidget(_words(password))
        box.addWidget(label(TELL, "caption"))


def _words(password: str) -> QWidget:
    """To be read out, or copied by mouse or keyboard."""
    found = label(password, "section", name="documents/password")
    reach = Qt.TextInteractionFlag
    found.setTextInteractionFlags(reach.TextSelectableByMouse | reach.TextSelectableByKeyboard)
    found.setAccessibleName(f"The password of this copy: {password}")
    return found
