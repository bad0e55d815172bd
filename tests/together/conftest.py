"""A council and the laptops that join it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.central.running import Council, running
from tests.together.laptops import Laptop

Join = Callable[..., Laptop]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        for officer_id in ("ann", "ben", "cas"):
            found.officer(officer_id)
        yield found


@pytest.fixture
def join(council: Council, tmp_path: Path) -> Iterator[Join]:
    """join("ann") gives a laptop of Ann's; every vault is closed at the end."""
    made: list[Laptop] = []

    def one(officer_id: str) -> Laptop:
        made.append(Laptop.joined(council, officer_id, tmp_path / f"vault-{len(made)}"))
        return made[-1]

    yield one
    for laptop in made:
        laptop.vault.close()
