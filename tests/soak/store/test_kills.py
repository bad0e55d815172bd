"""A thousand lives of the vault, each killed at a random moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.store.test_power import toil


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_kills_lose_no_word(tmp_path: Path, seed: int) -> None:
    found = toil("toil", str(tmp_path / "home" / "vault-1"), "100", str(seed))

    assert int(str(found["rounds"])) >= 100
    assert int(str(found["acknowledged"])) > 200
