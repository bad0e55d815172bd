"""The police's list in the window: looked over, taken in, each line decided, signed off; and results asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.police.police_months import PoliceMonth, police_month
from desktop.flows.record import editing
from desktop.flows.sheet_reading import month_typed
from desktop.flows.team.exception_row import Gap
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.notices.test_page import words_of

HEADS = "Reference,Name,Born,Reported,Returned,Risk"
ADA = "R1,Ada Brook,2012-02-01,03/02/2026 22:10,04/02/2026 02:30,Medium"
ROBIN = "R2,Robin Moss,2013-07-07,05/02/2026 21:00,05/02/2026 23:00,Low"
LEEDS = "R3,Kit Vale,2011-01-01,06/02/2026 21:00,,"
NO_TIME = "R4,Noah Field,2011-01-01,,,"
FACTS: dict[str, JSON] = {"given_name": "Ada", "family_name": "Brook", "date_of_birth": "2012-02-01"}
AWAY: dict[str, JSON] = {
    "last_seen_at": "2026-02-03T21:00:00+00:00", "found_at": "2026-02-04T02:40:00+00:00", "outcome": "real",
}  # fmt: skip
OURS: dict[str, JSON] = {
    "last_seen_at": "2026-02-20T21:00:00+00:00", "found_at": "2026-02-20T23:40:00+00:00", "outcome": "real",
}  # fmt: skip


@pytest.fixture
def manager(driven: Driven) -> Driven:
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Tom Applegarth", role="missing_manager", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    child = editing.new_record(desk, "child", "", FACTS)
    for said in (AWAY, OURS):
        editing.new_record(desk, "missing_episode", child, said)
    driven.go("team")
    driven.click("team/police")
    return driven


def pictured(driven: Driven, name: str) -> str:
    if folder := os.environ.get("PICTURES"):
        driven.settle()
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))
    return words_of(driven.find("police_month" if driven.window.where.place == "police_month" else "police"))


def february(driven: Driven) -> PoliceMonth:
    return police_month(driven.shell.desk, month_typed("2026-02", "list"))


def line_of(driven: Driven, name: str) -> str:
    return next(one.row_id for one in february(driven).entries if one.line.name == name)


def test_a_month_is_taken_in_settled_and_signed_off(
    manager: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "police.csv"
    file.write_text("\n".join([HEADS, ADA, ROBIN, LEEDS, NO_TIME]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(file), ""))
    assert "No list has come yet" in pictured(manager, "police-empty")
    manager.type("police/month", "2026-02")
    manager.click("police/look-over")
    assert "Line 5, Noah Field: When it was reported is missing." in pictured(manager, "police-looked-over")
    file.write_text("\n".join([HEADS, ADA, ROBIN, LEEDS]))
    manager.click("police/take-in")
    assert "Kept: police’s list of February 2026: 3 new" in pictured(manager, "police-months")
    manager.click("police/of/2026-02")
    said = pictured(manager, "police-month")
    assert "4 lines to decide" in said
    assert said.index("In both") < said.index("Ada Brook") < said.index("Only with the police") < said.index("Kit Vale")

    ada = february(manager).entries
    manager.click(f"police/line/{line_of(manager, 'Ada Brook')}")
    assert "The same name and date of birth, and the times overlap" in pictured(manager, "police-line")
    manager.click(f"police/same/{ada[0].suggestions[0].episode_id}")
    half_done_comes_back(manager)
    manager.click("police/not-ours")
    ours = february(manager).only_here[0].here.episode_id
    manager.click(f"police/line/{ours}")
    pictured(manager, "police-only-here")
    manager.look("light", 200)
    pictured(manager, "police-200")
    manager.look("light", 100)
    manager.type("police/words", "PC Anand, by email")
    manager.click("police/were-asked")
    assert "1 line to decide" in pictured(manager, "police-nearly")
    manager.click("police/sign-off")
    assert february(manager).signed is None
    manager.click(f"police/line/{line_of(manager, 'Robin Moss')}")
    manager.click("police/record")
    assert manager.window.where.place == "form"
    begun = manager.shell.desk.vault.view(manager.window.where.about).answers()
    assert (begun["police_ref"], begun["reported_at"]) == ("R2", "2026-02-05T21:00:00+00:00")
    manager.go("police_month", "2026-02")
    manager.click("police/sign-off")

    assert "Signed off by Tom Applegarth" in pictured(manager, "police-signed")
    assert not manager.shows("police/sign-off")
    assert february(manager).is_settled


def half_done_comes_back(driven: Driven) -> None:
    """A lock in the middle of a reason: the line is open again, with what was written."""
    leeds = line_of(driven, "Kit Vale")
    driven.click(f"police/line/{leeds}")
    driven.type("police/why", "Lives in Leeds")
    driven.window.lock()
    driven.settle()
    driven.unlock()
    assert (driven.window.where.place, driven.window.where.part) == ("police_month", leeds)
    driven.settle()
    box = driven.find("police/why")
    assert isinstance(box, QLineEdit)
    assert box.text() == "Lives in Leeds"


def test_a_result_is_asked_for(manager: Driven) -> None:
    manager.go("team")
    manager.click(f"team/list/{Gap.PREVENTION}")
    manager.click("team/ask-police")
    episode = next(
        one.record_id
        for one in manager.shell.desk.vault.summaries(form_id="missing_episode")
        if one.answers.get("last_seen_at") == AWAY["last_seen_at"]
    )
    manager.type("police/whom", "PC Anand, by email")
    manager.click(f"police/asked/{episode}")

    assert "Asked once, last Fri 27 March: PC Anand, by email" in pictured(manager, "police-asked")


def test_another_role_is_not_offered_it(driven: Driven) -> None:
    driven.go("today")

    assert not driven.shows("place/team")
