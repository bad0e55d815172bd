"""Through its verb: the way is said, chosen and noted, and a file that holds no certificate changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import KnownError
from desktop.cli import parse_arguments
from desktop.flows.access.proxy_choice import NOW_FILE, NOW_STRAIGHT, NOW_SYSTEM
from desktop.flows.desk import Desk
from desktop.sync.reaching import PROXY
from desktop.verbs.deeds import DEEDS
from tests.central.running import found_keys


def said(desk: Desk, *words: str) -> str:
    return DEEDS["proxy"](parse_arguments(("proxy", *words)), desk)[1]


def test_the_way_is_said_and_chosen_and_each_change_is_noted(desk: Desk, tmp_path: Path) -> None:
    authority = found_keys(tmp_path / "council", desk.now())
    file = tmp_path / "proxy.pem"
    file.write_text(authority.pem)

    assert said(desk) == NOW_STRAIGHT
    assert said(desk, "system") == said(desk) == NOW_SYSTEM
    assert said(desk, str(file)) == said(desk) == NOW_FILE
    assert desk.vault.settings.get(PROXY) == authority.pem
    assert said(desk, "none") == NOW_STRAIGHT
    noted = [entry.facts for entry in desk.vault.audit.entries() if entry.event == "way_chosen"]
    assert ["system" in str(noted[0]), "file" in str(noted[1]), "none" in str(noted[2])] == [True] * 3


@pytest.mark.parametrize("content", [b"", b"a letter", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_what_holds_no_certificate_changes_nothing(desk: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "proxy.pem"
    file.write_bytes(content)
    said(desk, "system")
    for named in (file, tmp_path / "nothing.pem"):
        with pytest.raises(KnownError, match="holds no certificate"):
            said(desk, str(named))

    assert said(desk) == NOW_SYSTEM
