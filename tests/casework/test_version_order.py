"""Versions are compared as numbers, never as letters."""

from __future__ import annotations

import pytest

from casework import VERSION
from casework.version_order import is_before, is_version


@pytest.mark.parametrize(("older", "newer"), [("0.9.2", "0.10"), ("1", "1.0.1"), ("1.4", "2"), ("0.1.0", "0.1.0.1")])
def test_the_older_is_before_the_newer(older: str, newer: str) -> None:
    assert is_before(older, newer)
    assert not is_before(newer, older)


def test_what_is_left_out_is_nought() -> None:
    assert not is_before("1.4", "1.4.0")
    assert not is_before("1.4.0", "1.4")


def test_only_numbers_are_a_version() -> None:
    assert is_version(VERSION)
    assert not any(map(is_version, ("", "1.", ".1", "1.2\n", "v1", "1.2.3.4.5", "1" * 7, "٣")))
