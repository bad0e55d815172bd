"""A referral’s copy for Early Help holds what a visit needs; a school and another council are told by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.flows.desk import Desk
from desktop.flows.signing import signing
from desktop.flows.signing.exporting import copies, export
from tests.desktop.documents.conformance import text_of
from tests.desktop.flows.letters.made import as_role, referral


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


def test_early_help_has_the_address_and_the_checks_and_no_school_or_council_a_copy(desk: Desk, tmp_path: Path) -> None:
    about = referral(desk, new_address="4 Weir Lane, Calder Vale")
    signing.lock_record(desk, about, name="Bryony Cutler", ink=None)
    made = export(desk, about, "early_help", tmp_path / "visit.pdf")

    assert [copy.name for copy in copies(desk, about)] == ["full", "early_help"]
    assert "4 Weir Lane, Calder Vale" in text_of(made.path)
    assert "A worry in January." in text_of(made.path)
