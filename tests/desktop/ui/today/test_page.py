"""Today before the laptop has joined a council: what is true of it, and the one thing to do."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.desktop.ui.conftest import Driven


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_a_laptop_that_has_not_joined_says_so_and_leads_there(unjoined: Driven) -> None:
    """It said that interviews are not kept on this laptop, and that the role only reads: there was no role yet."""
    assert "What you write is kept on this laptop" in words(unjoined)
    for place in ("today", "new", "blank"):
        unjoined.go(place)
        assert "Your role" not in words(unjoined)
        assert "Interviews are not kept" not in words(unjoined)
    unjoined.go("today")
    unjoined.click("today/join")

    assert unjoined.window.where.place == "join"
