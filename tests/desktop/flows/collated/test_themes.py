"""Themes through `homeward themes`: by whose words, by month, names of several children; corrected, drafts apart."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import KnownError, NotThisRole
from casework.identifiers import OfficerId
from desktop.cli import parse_arguments
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import OFFICER, Officer
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock


def run(desk: Desk, *words: str) -> Any:
    return DEEDS["themes"](parse_arguments(("themes", *words)), desk)


def said(*pairs: tuple[str, str]) -> JSON:
    return [{"code": code, "said_by": [who]} for code, who in pairs]


def becomes(desk: Desk, role: str) -> None:
    desk.vault.settings.put(OFFICER, Officer(OfficerId("tom"), "Tom Applegarth", role, "Ashmere Council"))
    desk.joined_anew()


def interview(desk: Desk, child: str, day: str, answers: dict[str, JSON], *, signed: bool = True) -> str:
    back: dict[str, JSON] = {"last_seen_at": f"{day}T01:00:00+00:00", "found_at": f"{day}T09:00:00+00:00"}
    episode = editing.new_record(desk, "missing_episode", child, {**back, "outcome": "real"})
    offers: JSON = [{"at": f"{day}T10:00:00+00:00", "how": "in_person", "reply": "accepted"}]
    told: dict[str, JSON] = {"episode_id": episode, "started_at": f"{day}T15:00:00+00:00", "offer_decision": "yes"}
    found = editing.new_record(desk, "return_home_interview", child, {**told, "offers": offers, **answers})
    if signed:
        signing.lock_record(desk, found, name="Nadia", ink=None)
    return found


@pytest.fixture
def told(desk: Desk) -> dict[str, str]:
    """Two children and a twin; one interview was not signed, one is of the month before."""
    names = ("Zoë Łukasz-Ó Briain", "Kit Dunmore", "Kit Dunmore")
    zoe, kit, twin = (
        editing.new_record(desk, "child", "", {"given_name": name.split()[0], "family_name": name.split()[1]})
        for name in names
    )
    place: JSON = [{"name": "Café Nördlich, Wharf Rd"}]
    return {
        "zoe": interview(
            desk, zoe, "2026-02-03",
            {
                "push_factors": said(("bored", "child_said"), ("bullying", "worker_view")),
                "places": place, "main_reason": "“They  never\nlisten.”", "support": ["activities"],
            },
        ),
        "kit": interview(
            desk, kit, "2026-01-20", {"push_factors": said(("bored", "worker_view")), "people": [{"name": "Dee"}]}
        ),
        "twin": interview(
            desk, twin, "2026-02-28",
            {"push_factors": said(("not_said", "child_said")), "places": [{"name": "cafe nordlich wharf rd"}]},
        ),
        "draft": interview(desk, kit, "2026-02-10", {"push_factors": said(("bored", "child_said"))}, signed=False),
        "before": interview(desk, kit, "2025-12-31", {"push_factors": said(("grief", "child_said"))}),
    }  # fmt: skip


def test_reasons_stand_by_voice_and_month_and_names_by_children(desk: Desk, told: dict[str, str]) -> None:
    """F13. The two months that are over; who chose not to say is no theme, and a draft is said and not counted."""
    becomes(desk, "missing_manager")
    value, line = run(desk)

    assert (value["from"], value["to"], value["interviews"], value["not_signed"]) == ("2026-01-01", "2026-02-28", 3, 1)
    found = {theme["code"]: theme for theme in value["themes"]}
    assert set(found) == {"bored", "bullying", "activities"}
    assert (found["bored"]["count"], found["bored"]["by_month"]) == (2, {"2026-01": 1, "2026-02": 1})
    assert found["bored"]["said_by"] == {"child_said": 1, "adult_said": 0, "worker_view": 1}
    assert found["activities"]["said_by"] == dict.fromkeys(found["bored"]["said_by"]), "nobody is asked whose words"
    assert sorted(found["bored"]["records"]) == sorted((told["zoe"], told["kit"]))
    (place,) = value["named_by_several"]
    assert (place["name"], len(place["children"])) == ("cafe nordlich wharf rd", 2), "Dee is one child’s alone"
    assert "3 signed interviews with 3 children, January to February 2026. 1 more is held" in line
    assert "4 returns. Offered 4 of 4, accepted 4 of 4, held 3 of 4." in line
    assert "Being bored (children said 1, workers’ view 1)" in line


def test_a_correction_counts_in_the_place_of_what_it_corrects(desk: Desk, told: dict[str, str], clock: Clock) -> None:
    clock.passes(hours=1)
    new = said(("lonely", "child_said"))
    signing.amend(
        desk, told["kit"], question="push_factors", value=new, reason="Wrong line", name="Nadia", passphrase=PASSPHRASE
    )
    becomes(desk, "missing_manager")
    counts = {theme["code"]: theme["count"] for theme in run(desk)[0]["themes"]}
    assert (counts["bored"], counts["lonely"]) == (1, 1)


def test_a_table_has_every_month_and_a_period_can_be_told(desk: Desk, told: dict[str, str], tmp_path: Path) -> None:
    becomes(desk, "missing_manager")
    file = tmp_path / "themes.csv"
    run(desk, "--from", "2025-12-01", "--to", "2026-02-28", "--csv", str(file))
    lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    bored = next(one for one in lines if one["Named as"] == "Being bored")
    assert [bored[month] for month in ("December 2025", "January 2026", "February 2026")] == ["0", "1", "1"]
    assert json.dumps(lines).count("Kit") == 0, "a table of themes names nobody"
    with pytest.raises(KnownError, match="ends before it begins"):
        run(desk, "--from", "2026-03-01", "--to", "2026-02-01")


def test_themes_are_the_managers(desk: Desk) -> None:
    with pytest.raises(NotThisRole, match="whose laptop holds every interview"):
        run(desk)


def test_nothing_was_said_in_a_quiet_period(desk: Desk) -> None:
    becomes(desk, "missing_manager")
    value, line = run(desk)
    assert value["themes"] == []
    assert line == "0 signed interviews with 0 children, January to February 2026. 0 returns. " + (
        "Offered 0 of 0, accepted 0 of 0, held 0 of 0."
    )
