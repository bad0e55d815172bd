"""The way in, kept by the window: a code at set-up, a forgotten passphrase, Settings, and backups."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.flows.access import passphrase_and_recovery
from desktop.ui.settings.recovery_sheet import RecoverySheetScreen
from tests.desktop.ui.conftest import PASSPHRASE, Driven

NEW = "copper anthem walrus ladder quilt"


def words_of(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, (QLabel, QLineEdit))
    return found.text()


def opens(driven: Driven, passphrase: str) -> bool:
    driven.window.lock()
    driven.settle()
    driven.type("unlock/passphrase", passphrase)
    driven.click("unlock/go")
    return driven.window.shell is not None


def test_setting_up_suggests_a_passphrase_and_shows_the_code_once(locked: Driven, tmp_path: Path) -> None:
    locked.window.show_setup(first=True)
    locked.settle()
    locked.type("setup/name", "Sam Tindle")
    locked.type("setup/passphrase", "Rotherham United 1925")
    assert words_of(locked, "setup/strength").startswith("Not strong enough yet. Add three more words")
    locked.click("setup/finish")
    assert words_of(locked, "setup/problem") == words_of(locked, "setup/strength")
    locked.click("setup/suggest")
    suggested = words_of(locked, "setup/passphrase")
    assert words_of(locked, "setup/strength").startswith("Strong enough")
    locked.type("setup/again", suggested)
    locked.click("setup/finish")
    sheet = words_of(locked, "recovery/sheet")
    screen = locked.window.findChild(RecoverySheetScreen)
    assert screen is not None
    screen.save_to(tmp_path / "sheet.txt")
    locked.settle()

    assert "Opens the records of: Sam Tindle" in sheet
    assert (tmp_path / "sheet.txt").read_text(encoding="utf-8") == sheet
    locked.click("recovery/done")
    assert not locked.shows("recovery/sheet")
    assert sheet not in str(locked.window.where)


def test_a_forgotten_passphrase(driven: Driven) -> None:
    sheet = passphrase_and_recovery.new_recovery_code(driven.shell.desk, PASSPHRASE)
    driven.window.lock()
    driven.settle()
    driven.click("unlock/forgotten")
    driven.type("recover/code", "ABCD")
    driven.type("recover/new", NEW)
    driven.click("recover/go")
    assert "this has 4" in words_of(driven, "recover/problem")
    driven.find("recover/code").clear()  # type: ignore[attr-defined]
    driven.type("recover/code", sheet.code)
    driven.click("recover/go")

    assert driven.shell.desk.officer.name == "Nadia Brightwater"
    assert opens(driven, NEW)


def test_settings_change_the_passphrase(driven: Driven) -> None:
    driven.go("settings")
    driven.type("settings/passphrase/old", "not this one")
    driven.type("settings/passphrase/new", NEW)
    driven.click("settings/passphrase/change")
    assert "does not open this store" in driven.window.messages.history[-1].title
    driven.find("settings/passphrase/old").clear()  # type: ignore[attr-defined]
    driven.type("settings/passphrase/old", PASSPHRASE)
    driven.click("settings/passphrase/change")

    assert driven.window.messages.history[-1].title == "The passphrase is changed."
    assert opens(driven, NEW)


def test_settings_make_a_new_code_and_locking_takes_it_away(driven: Driven) -> None:
    driven.go("settings")
    driven.type("settings/recovery/passphrase", PASSPHRASE)
    driven.click("settings/recovery")
    assert words_of(driven, "recovery/sheet").startswith("HOMEWARD RECOVERY CODE")
    driven.window.lock()
    driven.settle()

    assert not driven.shows("recovery/sheet")
    assert driven.window.where.about == ""


def test_backing_up_now_and_every_week(driven: Driven, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    driven.go("settings")
    driven.click("settings/backup/now")
    assert driven.window.messages.history[-1].title.startswith("Choose a folder")
    driven.type("settings/backup/folder", str(stick))
    driven.click("settings/backup/now")
    assert "Backed up and opened again" in words_of(driven, "settings/backup/state")
    assert len(list(stick.iterdir())) == 1
    driven.click("settings/backup/weekly")

    assert passphrase_and_recovery.backup_folder(driven.shell.desk) == str(stick)
    driven.click("settings/backup/stop")
    assert passphrase_and_recovery.backup_folder(driven.shell.desk) == ""


def test_a_store_that_no_council_can_open_says_so(driven: Driven) -> None:
    driven.window.lock()
    driven.settle()
    driven.click("unlock/forgotten")
    driven.click("recover/ask")

    assert words_of(driven, "asking/problem").startswith("The council's recovery key was never given to this store.")
    assert not driven.find("asking/go").isEnabled()
    driven.click("asking/back")
    assert driven.shows("unlock/passphrase")


def test_everything_is_written_anew_after_a_compromise(driven: Driven) -> None:
    """From Settings: the old passphrase is asked for, the store closes and opens again, and a new code is shown."""
    desk = driven.shell.desk
    driven.go("settings")
    driven.type("settings/rekey/old", "not this one")
    driven.type("settings/rekey/new", NEW)
    driven.click("settings/rekey/go")
    assert "does not open this store" in driven.window.messages.history[-1].title
    driven.find("settings/rekey/old").clear()  # type: ignore[attr-defined]
    driven.type("settings/rekey/old", PASSPHRASE)
    secret = desk.vault._key.secret()
    driven.click("settings/rekey/go")

    assert words_of(driven, "recovery/sheet").startswith("HOMEWARD RECOVERY CODE")
    assert driven.shell.desk is not desk
    assert driven.shell.desk.vault._key.secret() != secret
    assert not opens(driven, PASSPHRASE)
    driven.find("unlock/passphrase").clear()  # type: ignore[attr-defined]
    assert opens(driven, NEW)


def test_writing_anew_that_cannot_be_done_says_that_nothing_has_changed(driven: Driven) -> None:
    folder = driven.shell.desk.vault.folder
    (folder / "vault-staged.db.new").mkdir()  # stands where the copy has to go
    driven.shell.rekey_asked.emit(PASSPHRASE, NEW)
    driven.settle()

    assert words_of(driven, "rekey/said").startswith("Nothing has changed")
    assert words_of(driven, "rekey/problem") != ""
    (folder / "vault-staged.db.new").rmdir()
    driven.click("rekey/back")
    driven.type("unlock/passphrase", PASSPHRASE)
    driven.click("unlock/go")
    assert driven.window.shell is not None
