"""A child moves: what is written, who is told by rule, which council still must hear, and what the plan asks for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, KnownError, NotThisRole, UnknownRecord
from desktop.cli import parse_arguments
from desktop.flows.child.find_me import find_me
from desktop.flows.children import children
from desktop.flows.desk import Desk
from desktop.flows.due.find_me_plans import open_plan, plan_card
from desktop.flows.due.new_record import begin, forms_to_begin
from desktop.flows.due.today import today
from desktop.flows.placements.placement_history import placed_elsewhere
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.copy_log import Given, note_copy
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.flows.due.test_missing_now import become

FACTS: dict[str, JSON] = {
    "given_name": "Wren", "family_name": "Hollowby", "care_status": "lac", "placement_name": "Larkfield House",
    "placement_miles": 3, "address": "Larkfield House, 6 Weir Lane",
}  # fmt: skip
MOVE = ("--to", "Beech Grove", "--on", "2026-03-26", "--address", "2 High Road", "--postcode", "LS1 1AA")
LEEDS = "Leeds City Council"


def says(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


@pytest.fixture
def child(desk: Desk) -> str:
    become(desk, "allocated_worker")
    return editing.new_record(desk, "child", "", FACTS)


def kinds(desk: Desk) -> set[str]:
    return {matter.kind for matter in today(desk).matters}


def test_the_record_follows_those_around_the_child_are_told_and_the_council_is_owed(
    desk: Desk, clock: Clock, child: str, tmp_path: Path
) -> None:
    """S4 ¶78: owed until it was told, and it never expires; the notice is a signed page that names who sends it."""
    certify(desk)
    made = says(desk, "move", child, *MOVE, "--kind", "foster", "--host", LEEDS)[0]
    known = desk.vault.view(child).answers()

    assert (known["placement_name"], known["placement_moved_on"]) == ("Beech Grove", "2026-03-26")
    assert known["address"] == "Beech Grove, 2 High Road"
    assert known["placement_miles"] == {"none": "not_known"}, "3 miles were of the old place"
    told = {(n.answers["kind"], n.answers["to_role"]) for n in desk.vault.summaries(form_id="notice")}
    assert {("placement_moved", "iro"), ("placement_moved", "missing_manager")} <= told
    assert placed_elsewhere(desk, children(desk)) == {child: f"Ours, placed in the area of {LEEDS}"}
    (move,) = made["placements"]["moves"]
    assert (move["from"], move["still_to_tell"]) == ("Larkfield House", [LEEDS])
    clock.at += timedelta(days=400)
    assert "council_untold" in kinds(desk)
    become(desk, "missing_manager")
    (row,) = [row for row in team(desk).rows if row.gap is Gap.COUNCIL_UNTOLD]
    assert row.what.startswith(f"{LEEDS} has not been told of the move. Was due 2 April 2026")
    become(desk, "allocated_worker")

    editing.answer(desk, child, {"date_of_birth": {"about": "2011"}})
    says(desk, "tell-council", made["record"], LEEDS, "--pdf", str(tmp_path / "notice.pdf"))
    page = " ".join(text_of(tmp_path / "notice.pdf").split())
    assert f"To: {LEEDS}. This child, for whom our council is responsible, lives in your area now." in page
    assert "Beech Grove, 2 High Road, LS1 1AA" in page
    assert "about 2011" in page
    assert kinds(desk) == set()
    assert "By notice" in says(desk, "placements", child)[1]


def test_a_second_move_tells_the_council_that_was_left_and_gives_no_address_there(
    desk: Desk, clock: Clock, child: str, tmp_path: Path
) -> None:
    certify(desk)
    says(desk, "move", child, *MOVE, "--host", LEEDS)
    clock.at += timedelta(days=3)
    second = says(desk, "move", child, "--to", "Quiet Farm", "--on", "2026-03-29", "--address", "A lane")[0]

    history = says(desk, "placements", child)[0]["moves"]
    assert [(one["to"], one["left_on"], one["still_to_tell"]) for one in history] == [
        ("Quiet Farm", None, [LEEDS]),
        ("Beech Grove", "2026-03-29", [LEEDS]),
    ]
    assert [matter.record_id for matter in today(desk).matters if matter.kind == "council_untold"] == [second["record"]]
    says(desk, "tell-council", second["record"], LEEDS, "--pdf", str(tmp_path / "left.pdf"))
    assert "council_untold" not in kinds(desk), "who heard that the child left knows that the child was there"
    page = " ".join(text_of(tmp_path / "left.pdf").split())
    assert "has left your area." in page
    assert "Quiet Farm" not in page
    with pytest.raises(KnownError, match="need not hear of this move"):
        says(desk, "tell-council", second["record"], "Doncaster", "--pdf", str(tmp_path / "x.pdf"))


def test_a_move_makes_the_plan_due_names_who_keeps_the_old_one_and_asks_for_the_carers_copy(
    desk: Desk, clock: Clock, child: str
) -> None:
    """F11, S4 ¶79: a new carer inherits the plan, unless the child said no to that."""
    plan = editing.new_record(desk, "find_me_plan", child, {"looks": "Green coat"})
    signing.lock_record(back_then(desk, clock.at), plan, name="Dele Winterbourne", ink=None)
    note_copy(desk, plan, copy="police", title="Copy for police", given=Given("PC Anand"))
    clock.at += timedelta(days=2)
    said = says(desk, "move", child, "--to", "Beech Grove", "--on", "2026-03-29")[1]
    clock.at += timedelta(days=6)

    assert "Hold a plan of before the last move: PC Anand" in said
    due = {matter.kind: matter for matter in today(desk).matters}
    assert due["plan"].rule == "5 working days after a move"
    assert due["carers_plan"].line == "Was due Mon 30 March"
    assert find_me(desk, child).stale.startswith("Moved on 29 March 2026, after this plan was agreed")
    assert "Due for review: moved on 29 March 2026." in plan_card(desk, child).line
    note_copy(desk, plan, copy="carer_or_placement", title="Copy for the carer", given=Given("Ms Oduya"))
    assert "carers_plan" not in kinds(desk)
    assert desk.vault.view(open_plan(desk, child)).answers()["review_reason"] == ["placement_moved"]


def test_a_move_that_is_planned_changes_nothing_yet(desk: Desk, clock: Clock, child: str) -> None:
    says(desk, "move", child, "--to", "Beech Grove", "--on", "2026-04-02", "--host", LEEDS)

    assert desk.vault.view(child).answers()["placement_name"] == "Larkfield House"
    assert (placed_elsewhere(desk, children(desk)), kinds(desk)) == ({}, set())
    clock.at += timedelta(days=7)
    assert "no move says so" in says(desk, "placements", child)[1]
    assert "council_untold" in kinds(desk)


def test_another_councils_child_and_a_reason_not_to_tell(desk: Desk, child: str) -> None:
    editing.answer(desk, child, {"other_la": True, "responsible_la": "Sheffield"})
    move = says(desk, "move", child, *MOVE)[0]["record"]

    other = editing.new_record(desk, "child", "", {"given_name": "Milo", "care_status": "cin"})
    assert placed_elsewhere(desk, children(desk)) == {child: "Another council’s child: Sheffield is responsible"}
    assert [one["child"] for one in says(desk, "placements")[0]] == [child]
    assert other not in says(desk, "placements", "--csv", "-")[1]
    assert "Wren Hollowby,2026-03-26,,Larkfield House,Beech Grove" in says(desk, "placements", "--csv", "-")[1]
    assert [matter.title for matter in today(desk).matters] == ["Sheffield has not been told of the move"]
    editing.answer(desk, move, {"not_told_why": "Sheffield moved her itself.", "not_told_by": "Tom Applegarth"})
    assert kinds(desk) == set()
    assert "Nobody is to be told: Sheffield moved her itself" in says(desk, "placements", child)[1]


def test_what_is_not_a_move_is_refused_and_nothing_is_kept(desk: Desk, child: str) -> None:
    for words, sentence in (
        (("--to", " ", "--on", "2026-03-26"), "Write where the child moved to"),
        (("--to", "Beech Grove", "--on", "2026-06-26"), "more than four weeks away"),
        (("--to", "Beech Grove", "--on", "26 March"), "is not a date"),
    ):
        with pytest.raises(KnownError, match=sentence):
            says(desk, "move", child, *words)
    assert desk.vault.summaries(form_id="placement_move") == []


def test_only_a_looked_after_child_is_placed_and_only_who_writes_moves_says_so(
    desk: Desk, child: str, tmp_path: Path
) -> None:
    other = editing.new_record(desk, "child", "", {"given_name": "Milo", "care_status": "cin"})
    with pytest.raises(AnswerError, match="does not say looked after"):
        says(desk, "move", other, *MOVE)
    with pytest.raises(UnknownRecord, match="That is no move"):
        says(desk, "tell-council", child, LEEDS, "--how", "By phone")
    assert "placement_move" not in forms_to_begin(desk)
    with pytest.raises(KnownError, match="Placements, or with: homeward move CHILD"):
        begin(desk, "placement_move", child)

    move = says(desk, "move", child, *MOVE, "--host", LEEDS)[0]["record"]
    become(desk, "iro")
    for words in (
        ("move", child, *MOVE),
        ("tell-council", move, LEEDS, "--how", "By phone"),
        ("tell-council", move, LEEDS, "--pdf", str(tmp_path / "notice.pdf")),
    ):
        with pytest.raises(NotThisRole, match="does not write down moves"):
            says(desk, *words)
    assert not (tmp_path / "notice.pdf").exists()
