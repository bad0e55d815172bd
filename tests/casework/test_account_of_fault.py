"""An account of a fault says where, and never what."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.account_of_fault import account_of

MARKER = "ZqxMarker7731"


def test_what_a_log_may_hold_of_an_error_has_no_words_in_it() -> None:
    def failing(words: str) -> None:
        try:
            raise ValueError(words)
        except ValueError as error:
            message = f"while saving {words}"
            raise RuntimeError(message) from error

    with pytest.raises(RuntimeError) as caught:
        failing(MARKER)
    account = account_of(caught.value)

    assert MARKER not in account
    assert account.splitlines()[0] == "RuntimeError"
    assert "ValueError" in account
    assert "test_account_of_fault.py" in account
    assert str(Path(__file__).parent) not in account
