"""Who holds a copy: filled by saving one, listed by verb and in the window, and recalled when a plan is replaced."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from casework.errors import UnknownRecord
from desktop.cli import parse_arguments
from desktop.flows.child.child_page import child_page
from desktop.flows.child.find_me import save_card
from desktop.flows.desk import Desk
from desktop.flows.due.find_me_plans import plan_card
from desktop.flows.due.new_record import forms_to_begin
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import copies
from desktop.verbs.deeds import DEEDS
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify
from tests.desktop.flows.due.test_missing_now import become


def run(desk: Desk, *words: str) -> Any:
    args = parse_arguments(words)
    return DEEDS[args.verb](args, desk)


def agreed(desk: Desk, child: str, words: str) -> str:
    plan = editing.new_record(desk, "find_me_plan", child, {"looks": words})
    signing.lock_record(desk, plan, name="Nadia Brightwater", ink=None)
    return plan


@pytest.fixture
def child(desk: Desk) -> str:
    certify(desk)
    return editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})


def test_saving_a_pdf_says_to_whom_it_went(desk: Desk, child: str, tmp_path: Path) -> None:
    """Which copy, which version, how, by whom and when; without a name, what the copy is called."""
    plan = agreed(desk, child, "Green coat")
    words = ("--to", str(tmp_path / "a.pdf"), "--given-to", "PC Anand", "--how", "secure_email")
    run(desk, "export", plan, *words)
    run(desk, "export", plan, "--to", str(tmp_path / "b.pdf"))
    full = next(copy.title for copy in copies(desk, plan) if copy.name == "full")

    found, said = run(desk, "copies", plan)
    assert {(one["to"], one["which"], one["version"], one["how"]) for one in found} == {
        ("PC Anand", "full", 1, "Secure email"),
        (full, "full", 1, None),
    }
    assert "PC Anand, version 1, secure email, 27 March 2026, by Nadia Brightwater" in said
    assert not any(one["old"] for one in found)
    assert [entry.title for entry in child_page(desk, child).entries if entry.title.startswith("Copy")] == []
    assert not {"plan_copy", "copy_given"} & set(forms_to_begin(desk))


def test_a_new_version_names_who_holds_the_old_one_until_they_were_told(
    desk: Desk, child: str, tmp_path: Path, clock: Any
) -> None:
    old = agreed(desk, child, "Green coat")
    run(desk, "export", old, "--to", str(tmp_path / "a.pdf"), "--given-to", "PC Anand")
    assert "held by" not in plan_card(desk, child).line
    clock.passes(hours=24)
    live = agreed(desk, child, "Blue coat")
    assert plan_card(desk, child).line.endswith("An older version is held by: PC Anand.")
    (one,) = run(desk, "copies", live)[0]
    assert (one["old"], one["version"], one["record"]) == (True, 1, old)

    said = run(desk, "recall", one["copy"], "--to", str(tmp_path / "recall.pdf"))[1]

    page = " ".join(text_of(tmp_path / "recall.pdf").split())
    assert "To: PC Anand. Please destroy the copy named below" in page
    assert re.search(r"Version 2, agreed [^.]+, replaced it\.", page)
    assert "Green coat" not in page
    assert "This laptop does not send it" in said
    assert run(desk, "copies", live)[0][0]["recalled_at"]
    assert "held by" not in plan_card(desk, child).line


def test_a_copy_of_the_live_plan_is_not_recalled(desk: Desk, child: str, tmp_path: Path) -> None:
    plan = agreed(desk, child, "Green coat")
    run(desk, "export", plan, "--to", str(tmp_path / "a.pdf"))
    (one,) = run(desk, "copies", plan)[0]

    with pytest.raises(UnknownRecord, match="has been replaced"):
        run(desk, "recall", one["copy"], "--to", str(tmp_path / "b.pdf"))


def test_the_card_at_night_is_a_copy_too(desk: Desk, child: str, tmp_path: Path) -> None:
    """Out of hours holds plans and not interviews: it notes copies of the one, and holds none of the other’s."""
    plan = agreed(desk, child, "Green coat")
    become(desk, "out_of_hours")
    save_card(desk, child, tmp_path / "card.pdf")

    assert [(one["which"], one["version"]) for one in run(desk, "copies", plan)[0]] == [("find_me_card", 1)]
    saved = run(desk, "copies", plan, "--csv", str(tmp_path / "copies.csv"))[0]
    assert saved["rows"] == 1


def test_a_role_that_only_reads_leaves_it_in_its_own_trail(desk: Desk, child: str, tmp_path: Path) -> None:
    become(desk, "iro")
    save_card(desk, child, tmp_path / "card.pdf")

    assert desk.vault.summaries(form_id="copy_given") == []
    assert any(entry.event == "exported" for entry in desk.vault.audit.entries())
