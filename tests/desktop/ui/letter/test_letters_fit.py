"""The pages of letters, and the caseload of an officer for education: named, whole at twice the text, within reach."""

from __future__ import annotations

import pytest

from tests.desktop.ui.conftest import Driven
from tests.desktop.ui.letter.test_page import officer, referral
from tests.desktop.ui.test_access import cut_in, spoken, stops
from tests.desktop.ui.test_fit import SMALL, beyond

__all__ = ["officer"]


@pytest.mark.parametrize(("wide", "high", "percent"), SMALL)
def test_a_letter_and_the_way_to_it_fit_and_have_names(officer: Driven, wide: int, high: int, percent: int) -> None:
    about = referral(officer)
    officer.look("light", percent)
    officer.window.resize(wide, high)
    officer.settle()
    for place, kind in (
        ("letter", "request_to_council"),
        ("letter", "receipt_to_school"),
        ("letter", ""),
        ("caseload", ""),
    ):
        officer.go(place, about, kind)
        names = [widget.objectName() for widget in stops(officer.window)]

        assert [widget.objectName() for widget in stops(officer.window) if not spoken(widget)] == [], kind
        assert "" not in names, kind
        assert len(names) == len(set(names)), kind
        assert list(cut_in(officer.window)) == [], (place, kind)
        assert list(beyond(officer)) == [], (place, kind)
