"""What nobody types stands on the page, and moves with the answers it is worked out from."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.desktop.ui.conftest import Driven


def said(driven: Driven, question: str) -> str:
    found = driven.find(f"f/{question}", QLabel)
    assert isinstance(found, QLabel)
    return found.text()


@pytest.mark.parametrize(
    ("question", "words"), [("due_72h", "28 March 2026, 21:40"), ("due_3wd", "End of Monday 30 March 2026")]
)
def test_the_interview_says_when_it_is_due(driven: Driven, question: str, words: str) -> None:
    record = driven.planted.interview_id
    section = driven.gate.catalogue.form("return_home_interview").section_of[question].id
    driven.go("form", record, section)

    assert said(driven, question) == words


def test_hours_missing_move_as_the_times_are_typed(driven: Driven) -> None:
    form = driven.gate.catalogue.form("missing_episode")
    driven.go("form", driven.planted.episode_id, form.section_of["hours_missing"].id)
    assert said(driven, "hours_missing") == "23 hours 20 minutes"
    driven.go("form", driven.planted.episode_id, form.section_of["found_at"].id)
    box = driven.find("f/found_at/time")
    assert isinstance(box, QLineEdit)
    box.selectAll()
    driven.type("f/found_at/time", "22:00")
    driven.autosaved()
    driven.go("form", driven.planted.episode_id, form.section_of["hours_missing"].id)

    assert said(driven, "hours_missing") == "23 hours 40 minutes"
