"""`homeward audit --against`: what a signed PDF noted of the trail is looked for in it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.signing.exporting import export
from desktop.flows.signing.noted_head import noted_head
from desktop.store.database.audit_chain import Head
from desktop.verbs.store_verbs import check_audit
from tests.desktop.flows.signing.test_pdf_check import joined, paper_for, sealed_by_me, signed

__all__ = ["joined"]


def said(desk: Desk, against: object) -> tuple[bool, str]:
    value, _text = check_audit(Namespace(against=str(against)), desk)
    assert isinstance(value, dict)
    return bool(value["good"]), str(value["sentence"])


def test_the_trail_goes_on_from_what_a_signed_document_noted(joined: Desk, tmp_path: Path) -> None:
    record = signed(joined)
    export(joined, record, "full", tmp_path / "copy.pdf")

    assert said(joined, tmp_path / "copy.pdf")[0]
    assert said(joined, joined.vault.audit.head())[0]
    assert noted_head(joined, str(tmp_path / "copy.pdf")).count < joined.vault.audit.head().count


def test_a_store_that_is_older_than_a_document_of_its_own_is_found(joined: Desk, tmp_path: Path) -> None:
    """It holds together by itself, so it was called good."""
    paper = paper_for(joined, signed(joined), "full")
    later = Head(joined.vault.audit.head().count + 7, "ab" * 32)
    file = sealed_by_me(
        joined, replace(paper, checks={**paper.checks, "audit_head": str(later)}), tmp_path / "later.pdf"
    )
    good, sentence = said(joined, file)

    assert not good
    assert "gone back in time" in sentence
    assert not said(joined, Head(3, "cd" * 32))[0]


def test_what_notes_nothing_of_this_laptop_is_refused_in_words(joined: Desk, tmp_path: Path) -> None:
    record = signed(joined)
    paper = paper_for(joined, record, "full")
    others = sealed_by_me(joined, replace(paper, checks={**paper.checks, "audit_laptop": "other"}), tmp_path / "o.pdf")
    export(joined, record, "child", tmp_path / "child.pdf")
    (tmp_path / "note.txt").write_text("12")
    for given in (others, tmp_path / "child.pdf", tmp_path / "note.txt", tmp_path / "absent.pdf", "12:ab"):
        with pytest.raises(KnownError, match=r"another laptop|holds no end"):
            said(joined, given)
