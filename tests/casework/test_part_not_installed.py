"""One sentence where a part of the program is not installed, or the system brings a library too few."""

from __future__ import annotations

import pytest

from casework.part_not_installed import told_missing


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'PySide6.QtCore'", name="PySide6.QtCore"), "PySide6 is missing"),
        (ImportError("libEGL.so.1: cannot open shared object file: No such file"), "lacks libEGL.so.1, which homeward"),
        (ModuleNotFoundError("No module named 'desktop.gone'", name="desktop.gone"), ""),
        (ImportError("cannot import name 'x' from 'y'"), ""),
        (OSError("libEGL.so.1: cannot open shared object file"), ""),
    ],
)
def test_what_is_not_there_is_named_and_a_fault_of_ours_is_not(error: Exception, said: str) -> None:
    told = told_missing(error, program="homeward", extra="desktop")

    assert said in told
    assert bool(told) is bool(said)
