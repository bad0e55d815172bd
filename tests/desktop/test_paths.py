"""Where a person's stores lie."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from desktop.paths import default_home


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("set_here", ["", " ", "/srv/people", None])
def test_on_linux_the_folder_is_the_one_that_platformdirs_names(
    set_here: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said anew, since asking it costs each start four milliseconds; a store made before must be found again."""
    if set_here is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", set_here)

    assert default_home() == Path(platformdirs.user_data_path("homeward", appauthor=False, roaming=False))
