"""A referral’s copy for Early Help holds what a visit needs; a school and another council are told by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import copies, export
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.letters.made import as_role, child, referral


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


ADDRESS, WORRY = "4 Weir Lane, Calder Vale", "A worry in January."
CHECKED: dict[str, JSON] = {"wellbeing_checked": [{"on": "2026-03-20", "who": "Ms Oduya", "comments": WORRY}]}


@pytest.mark.parametrize("shape", ["what arrived", "the case"])
def test_early_help_has_the_address_and_the_checks_and_no_school_or_council_a_copy(
    desk: Desk, tmp_path: Path, shape: str
) -> None:
    if shape == "the case":
        about = referral(desk, new_address=ADDRESS, evidence_elsewhere=True, evidence_details=WORRY)
    else:
        about = editing.new_record(desk, "cme_referral", child(desk), {"new_address": ADDRESS, **CHECKED})
    signing.lock_record(desk, about, name="Bryony Cutler", ink=None)
    made = export(desk, about, "early_help", tmp_path / "visit.pdf")

    assert [copy.name for copy in copies(desk, about)] == ["full", "early_help"]
    assert ADDRESS in text_of(made.path)
    assert WORRY in text_of(made.path)
