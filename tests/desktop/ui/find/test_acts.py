"""The acts that words find: every word typed begins a word of the act, and nothing typed finds nothing."""

from __future__ import annotations

import pytest

from desktop.ui.find.acts import acts_for


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("  ", []),
        ("new re", ["new"]),
        ("re NEW", ["new"]),
        ("lock", ["lock"]),
        ("se", ["sending", "settings"]),
        ("check", ["check"]),
        ("blank", ["blank"]),
        ("ock", []),
        ("?!", []),
    ],
)
def test_by_the_beginnings_of_their_words(typed: str, found: list[str]) -> None:
    assert [act.place for act in acts_for(typed, frozenset())] == found
