"""What cannot be printed is said before a record is signed, and stops neither the signature nor a copy."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import export
from desktop.flows.signing.signs_without_shape import KIND
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.child.test_child_page import certify

SIGN = "𓀀"


@pytest.fixture
def interview(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Pennyfeather"})
    interview = editing.new_record(desk, "return_home_interview", child)
    offers: JSON = [{"id": "o", "at": "2026-03-26T10:00:00+00:00", "reply": "accepted"}]
    editing.answer(desk, interview, {"offer_decision": "yes", "offers": offers, "went_ahead": "yes"})
    return interview


def found(desk: Desk, record_id: str) -> list[str]:
    return [finding.text for finding in signing.check(desk, record_id).advice if finding.kind == KIND]


def test_a_sign_that_no_font_draws_is_a_finding_at_its_question(desk: Desk, interview: str) -> None:
    editing.answer(desk, interview, {"before": f"He drew {SIGN}, 😢 and ✓."})

    assert len(found(desk, interview)) == 1
    assert f"“{SIGN}” (U+13000)" in found(desk, interview)[0]
    assert not [stop for stop in signing.check(desk, interview).stops if stop.kind == KIND]


def test_scripts_that_are_shipped_are_no_finding(desk: Desk, interview: str) -> None:
    editing.answer(desk, interview, {"before": "王小明 ગુજરાતી தமிழ் → ✓ 😢 \uf0b7 می‌خواهم"})

    assert found(desk, interview) == []


def test_a_signed_record_with_such_a_sign_becomes_a_pdf(desk: Desk, interview: str, tmp_path: Path) -> None:
    """Was refused: nobody could be given it, and nothing in it could be changed any more."""
    certify(desk)
    editing.answer(desk, interview, {"before": f"He drew {SIGN}."})
    signing.lock_record(desk, interview, name="Nadia Brightwater", ink=None)
    path = export(desk, interview, "full", tmp_path / "interview.pdf").path
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True, capture_output=True)

    assert f"He drew {SIGN}." in text_of(path)
    assert "In this document: U+13000" in text_of(path)
    assert f"He drew {SIGN}." in (tmp_path / "record.json").read_text(encoding="utf-8")
