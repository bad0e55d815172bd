"""Worked out at the first reading alone, and apart for each thing."""

from __future__ import annotations

from msgspec import Struct

from casework.kept_once import once


class Sum(Struct, frozen=True, dict=True):
    of: list[int]

    @once
    def total(self) -> int:
        """All of them together."""
        return sum(self.of)


def test_it_is_worked_out_once_and_for_each_thing_by_itself() -> None:
    few, more = Sum([1, 2]), Sum([3, 4])

    assert (few.total, more.total) == (3, 7)

    few.of.append(100)
    assert few.total == 3, "what was read is kept with the thing it was read of"
    assert "total" not in Sum([1]).__dict__
    assert Sum.total.__doc__ == "All of them together."
