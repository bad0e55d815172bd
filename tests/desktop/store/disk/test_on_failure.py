"""What a block began is taken back when it does not reach its end, and only then."""

from __future__ import annotations

import pytest

from desktop.store.disk.on_failure import on_failure


@pytest.mark.parametrize("ended_by", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_the_block_it_is_taken_back_and_goes_on(ended_by: type[BaseException]) -> None:
    undone: list[str] = []
    with pytest.raises(ended_by), on_failure(lambda: undone.append("once")):
        raise ended_by

    assert undone == ["once"]


def test_nothing_is_taken_back_at_the_end_or_at_a_return() -> None:
    undone: list[str] = []

    def leaves() -> int:
        with on_failure(lambda: undone.append("never")):
            return 1

    with on_failure(lambda: undone.append("never")):
        pass

    assert (leaves(), undone) == (1, [])
