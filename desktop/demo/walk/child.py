"""The child's page with its pictures and their tables, and the Find Me card."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.demo.walk.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier


def look(hand: Hand, child_id: str) -> None:
    """Each picture, then the same as a table."""
    hand.click("place/children")
    hand.click(f"children/{child_id}")
    hand.wait_for("child/timeline/picture")
    hand.picture("Child, about and timeline")
    hand.click("child/timeline/switch")
    hand.picture("Child, timeline as a table")
    hand.click("child/timeline/switch")
    hand.click("child/people/switch")
    hand.picture("Child, people as a table")
    hand.click("child/before")
    hand.wait_for("before/sheet")
    hand.picture("Before you go")
    hand.key(Qt.Key.Key_Left, ALT)
    hand.wait_for("child/find_me")
    hand.click("child/find_me")
    hand.wait_for("find_me/save")
    hand.picture("Find Me card")
