"""What police get without the child's yes: one page that says why, who agreed, and what the child was told."""

from __future__ import annotations

from pathlib import Path

from desktop.documents.rendering import PARTIAL, render
from desktop.paths import fonts
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.documents.papers import reader_of, shared_line


def test_it_is_one_page_of_reason_manager_what_was_told_and_what_is_shared(tmp_path: Path) -> None:
    """Not pages of what was not shared."""
    file = tmp_path / "copy.pdf"
    file.write_bytes(render(shared_line("Dex", "Tay"), fonts()))
    words = text_of(file)

    assert pages_of(file) == 1
    for said in ("Shared without consent", "Risk of harm", "Tom Applegarth", "Was Wren told? Yes", "Dex"):
        assert said in words
    for unsaid in ("Tay", "Not provided", "Not needed", "lifts to children", PARTIAL):
        assert unsaid not in words
    assert conformance(file) == ["PASS 3a", "PASS ua1"]


def test_a_child_who_was_not_told_is_said_with_the_reason(tmp_path: Path) -> None:
    """So that police do not tell the child by mistake."""
    grounds = {
        "id": "s",
        "recipient": "police",
        "what": ["people"],
        "reason": "risk_of_harm",
        "why": "Dex",
        "manager": "T A",
        "child_told": False,
        "not_told_why": "It is not safe yet.",
    }
    no = {"id": "c", "recipient": "police", "decision": "no"}
    file = tmp_path / "copy.pdf"
    file.write_bytes(render(reader_of("police", {**COMPLETE, "consents": [no], "shared_without": [grounds]}), fonts()))

    assert "Was Wren told? No" in text_of(file)
    assert "It is not safe yet." in text_of(file)


def test_a_parents_copy_never_says_that_what_was_shared_was_not_provided(tmp_path: Path) -> None:
    yes = {"id": "c", "recipient": "parent", "decision": "all"}
    shared = {
        "id": "s",
        "recipient": "police",
        "what": ["people"],
        "reason": "risk_of_harm",
        "why": "x",
        "manager": "T A",
    }
    given = {**COMPLETE, "consents": [yes], "shared_without": [{**shared, "child_told": True}]}
    file = tmp_path / "copy.pdf"
    file.write_bytes(render(reader_of("parent", given), fonts()))

    assert "Not provided" not in text_of(file)
    assert "Shared without" not in text_of(file)
