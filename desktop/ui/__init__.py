"""The window: Qt widgets, one folder for each place a person goes. No rule of practice lives here."""

from __future__ import annotations

import ctypes
import sys

BORROWED = 1 << 40  # more than any run can drop


def _hold_constants() -> None:
    """WORKAROUND: PySide6 6.12 is built as if None, True and False could not be counted down.

    That holds from Python 3.12 on. On 3.11 each such value it returns is one reference too few, and after some
    thousands of calls the interpreter stops with "deallocating None". Holding them many times over is harmless.
    """
    if sys.version_info < (3, 12):
        for constant in (None, True, False, NotImplemented, ...):
            ctypes.c_ssize_t.from_address(id(constant)).value += BORROWED


_hold_constants()
