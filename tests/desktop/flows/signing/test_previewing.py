"""A copy looked at before it leaves: a draft is marked on each page, and holds no more than its reader's copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import DocumentError
from desktop.flows.desk import Desk
from desktop.flows.signing import signing
from desktop.flows.signing.previewing import look_at, save_draft
from tests.desktop.documents.conformance import conformance, pages_of, text_of, words_in
from tests.desktop.flows.letters.made import as_role, referral

WORDS = "She said that nobody had told the housing office. " * 38


@pytest.fixture
def about(desk: Desk) -> str:
    return referral(as_role(desk, "cme_officer"), new_address="4 Weir Lane, Calder Vale", evidence_details=WORDS)


def test_a_draft_is_marked_on_each_page_in_the_files_a_reader_can_check(desk: Desk, about: str, tmp_path: Path) -> None:
    made = save_draft(desk, about, "full", tmp_path / "draft.pdf")

    assert conformance(made) == ["PASS 3a", "PASS ua1"]
    assert pages_of(made) > 1
    assert text_of(made).count("Draft, not signed") >= pages_of(made)
    assert "Signed and locked" not in text_of(made)
    assert "Not signed yet." in text_of(made)


def test_another_readers_copy_of_a_draft_holds_what_that_reader_may_have(desk: Desk, about: str) -> None:
    shown = words_in(look_at(desk, about, "early_help").pdf)

    assert "4 Weir Lane" in shown
    assert "Draft, not signed" in shown
    assert shown != words_in(look_at(desk, about, "full").pdf)


def test_a_signed_record_is_no_draft(desk: Desk, about: str, tmp_path: Path) -> None:
    signing.lock_record(desk, about, name="Bryony Cutler", ink=None)

    assert "Draft, not signed" not in words_in(look_at(desk, about).pdf)
    with pytest.raises(DocumentError, match="signed"):
        save_draft(desk, about, "full", tmp_path / "draft.pdf")


def test_what_was_looked_at_is_in_no_file(desk: Desk, about: str) -> None:
    before = {path: path.stat().st_size for path in desk.vault.folder.rglob("*") if path.is_file()}
    look_at(desk, about)

    assert {path: path.stat().st_size for path in desk.vault.folder.rglob("*") if path.is_file()} == before
