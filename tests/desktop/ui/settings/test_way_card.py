"""Settings: the way to the council is chosen, told in a sentence, kept over a lock, and given up with Cancel."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.flows.access.proxy_choice import NOW_FILE, NOW_STRAIGHT, NOW_SYSTEM
from desktop.sync.reaching import PROXY
from tests.central.running import found_keys
from tests.desktop.ui.conftest import Driven


def told(driven: Driven) -> str:
    driven.settle()
    found = driven.find("settings/way/told", QLabel)
    assert isinstance(found, QLabel)
    return found.text()


def test_each_way_is_told_and_kept_and_cancel_changes_nothing(
    driven: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "proxy.pem"
    file.write_text(found_keys(tmp_path / "council", driven.clock()).pem)
    driven.go("settings")
    seen = [told(driven)]
    driven.click("settings/way/system")
    seen.append(told(driven))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: ("", ""))
    driven.click("settings/way/file")
    seen.append(told(driven))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(file), ""))
    driven.click("settings/way/file")
    seen.append(told(driven))
    if folder := os.environ.get("PICTURES"):
        driven.find("settings/way/told").parentWidget().grab().save(str(Path(folder) / "way.png"))
    driven.window.lock()
    driven.settle()
    driven.unlock()
    driven.go("settings")
    seen.append(told(driven))

    assert seen == [NOW_STRAIGHT, NOW_SYSTEM, NOW_SYSTEM, NOW_FILE, NOW_FILE]
    file.write_text("not one")
    driven.click("settings/way/file")
    driven.settle()
    assert told(driven) == NOW_FILE
    assert driven.shell.desk.vault.settings.get(PROXY).startswith("-----BEGIN")
