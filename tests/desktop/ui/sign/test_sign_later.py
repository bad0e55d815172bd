"""Before joining, Check and sign shows the record and says why it waits; nothing on the page can sign."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven


def test_it_says_why_and_leads_to_joining(unjoined: Driven) -> None:
    desk = unjoined.shell.desk
    child = editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    unjoined.go("sign", child)
    said = [one.text() for one in unjoined.window.findChildren(QLabel) if one.isVisible()]

    assert "You can sign once you have joined" in said
    assert "Ready to sign" not in said
    assert not unjoined.shows("sign-and-lock")
    unjoined.window.frame.screen_shown.primary()
    unjoined.settle()
    assert not desk.vault.view(child).locked
    unjoined.click("sign/join")
    assert unjoined.window.where.place == "join"
