"""Notices in the window: the inbox on Today, one notice that is opened and acknowledged, and who has been told."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.notices import inbox
from desktop.flows.notices.inbox import Notice, NoticeState
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import Driven

AWAY: dict[str, JSON] = {"last_seen_at": "2026-03-26T11:25:00+00:00", "care_status": "lac"}


def words_of(widget: QWidget) -> str:
    return "\n".join(found.text() for found in widget.findChildren(QLabel) if found.isVisible())


def act_of(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QAbstractButton)
    return found.text()


@pytest.fixture
def sent(driven: Driven) -> Notice:
    """What an advocate sends, as their manager's laptop holds it: the same store, the other role."""
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", "", {"given_name": "Milo", "family_name": "Fernsby"})
    editing.new_record(desk, "missing_episode", child, AWAY)
    officer = Officer(id=OfficerId("o2"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    driven.go("today")
    return next(one for one in inbox.inbox(desk) if one.child_id == child)


def test_the_inbox_stands_on_today_and_opening_is_reading(driven: Driven, sent: Notice) -> None:
    """Not opened is said; after it was opened, Today asks for the acknowledgement instead."""
    name = f"today/notice/{sent.record_id}"
    assert act_of(driven, name) == "Open"
    assert act_of(driven, "today/notices/all") == "2 not opened. All 2", "the planted child's return is told too"

    driven.click(name)

    said = words_of(driven.find("notice/page"))
    assert "by Nadia Brightwater, to: Missing team manager" in said
    assert "Tom Applegarth: read today" in said
    assert inbox.notice(driven.shell.desk, sent.record_id).state is NoticeState.OPENED
    driven.go("today")
    assert act_of(driven, name) == "Acknowledge"


def test_acknowledging_is_an_act_of_its_own_with_words(driven: Driven, sent: Notice) -> None:
    """And then there is nothing more to press but the record."""
    driven.click(f"today/notice/{sent.record_id}")
    driven.type("notice/words", "I ring her at eight")

    driven.click("notice/acknowledge")

    found = inbox.notice(driven.shell.desk, sent.record_id)
    assert found.state is NoticeState.ACKNOWLEDGED
    assert found.receipts[0].words == "I ring her at eight"
    assert not driven.shows("notice/acknowledge")
    driven.click("notice/open")
    assert driven.window.where.about == sent.about_id


def test_the_episode_says_who_has_been_told(driven: Driven, sent: Notice) -> None:
    """From the record itself, and on the child's page while the child is missing."""
    inbox.open_notice(driven.shell.desk, sent.record_id)

    driven.go("form", sent.about_id)
    driven.click("form/told")
    said = words_of(driven.find("told"))
    driven.go("child", sent.child_id)

    for shown in (said, words_of(driven.find("child"))):
        assert "Missing team manager: a child is missing" in shown
        assert "not acknowledged" in shown
        assert "Reviewing officer or conference chair: a child is missing" in shown
        assert "Not read" in shown


def test_somebody_elses_notice_is_not_read_by_looking_at_it(driven: Driven, sent: Notice) -> None:
    """That one asked again is noted instead."""
    desk = driven.shell.desk
    others = [one for one in inbox.told_of(desk, sent.about_id) if not one.is_mine]

    driven.go("notice", others[0].record_id)
    driven.click("notice/again")

    found = inbox.notice(desk, others[0].record_id)
    assert found.state is NoticeState.UNREAD
    assert len(found.asked_again) == 1
