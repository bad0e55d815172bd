"""Who publishes a scorecard, by the council's file."""

from __future__ import annotations

from importlib import resources

import pytest

from casework.errors import DefinitionError
from casework.practice.council import load_council
from casework.practice.figures.figure_readers import CARDS, Reading, reading_of

EXAMPLE = resources.files("resources").joinpath("councils", "rotherham.toml").read_text(encoding="utf-8")
LEADS = ("ehe_lead", "cme_lead", "education_manager")
TABLE = EXAMPLE[EXAMPLE.index("[publishing]") : EXAMPLE.index("# Whom a notice goes to")]


def test_where_the_file_says_nothing_all_publish_who_read_the_whole() -> None:
    found = load_council(EXAMPLE.replace(TABLE, ""), file="x.toml").publishers
    assert set(found) == set(CARDS)
    assert found["missing"] == ("missing_manager", "senior_manager")
    assert found["inclusion"] == ("senior_manager",)
    assert all(reading_of(role, card) is Reading.WHOLE for card, roles in found.items() for role in roles)


def test_a_council_lets_fewer_and_nobody_who_may_not_read_it() -> None:
    only = load_council(EXAMPLE.replace(TABLE, '[publishing]\nmissing = ["senior_manager"]\n'), file="x.toml")
    assert only.publishers["missing"] == ("senior_manager",)
    assert only.publishers["cme"] == ("cme_officer", "cme_lead", "education_manager", "senior_manager")
    assert only.publishers["ehe"] == ("cme_officer", "ehe_lead", "education_manager", "senior_manager")
    for wrong in (
        'ehe = ["cme_lead"]',
        'exclusions = ["ehe_lead"]',
        'missing = ["analyst"]',
        'missing = ["cme_officer"]',
        'missing = ["nobody"]',
        "nothing = []",
    ):
        with pytest.raises(DefinitionError):
            load_council(EXAMPLE.replace(TABLE, f"[publishing]\n{wrong}\n"), file="x.toml")


def test_who_leads_one_half_of_education_reads_of_the_other_no_small_number() -> None:
    halves = {role: {card for card in CARDS if reading_of(role, card) is Reading.WHOLE} for role in LEADS}

    assert halves == {
        "ehe_lead": {"ehe"},
        "cme_lead": {"cme", "exclusions"},
        "education_manager": {"ehe", "cme", "exclusions"},
    }
    assert all(reading_of(role, "missing") is Reading.COUNTS for role in LEADS)
