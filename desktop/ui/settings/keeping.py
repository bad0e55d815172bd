"""Settings that guard the way in: the passphrase, the recovery code, and backups."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.access import backups, passphrase_and_recovery
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled
from desktop.ui.unlock.new_passphrase import NewPassphrase


class PassphraseCard(Card):
    """The old one is asked for again: an unlocked laptop that was left must not change hands."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Passphrase")
        self._shell = shell
        self._old = Passphrase("settings/passphrase/old", "The passphrase you have now")
        self._new = NewPassphrase("settings/passphrase", "settings/passphrase/new", "New passphrase")
        self._change = Button("Change passphrase", name="settings/passphrase/change")
        self._change.clicked.connect(self._go)
        hint = f"{NewPassphrase.HINT} Backups made before keep the old passphrase."
        self.add(
            _body(
                titled("The passphrase you have now", "", self._old, buddy=self._old.box),
                titled("New passphrase", hint, self._new, buddy=self._new.box),
                beside(self._change, spacer(), stretch=1),
            )
        )

    def _go(self) -> None:
        self._change.setEnabled(False)
        desk, old, new = self._shell.desk, self._old.text(), self._new.text()
        self._shell.run(
            self, lambda: passphrase_and_recovery.change_passphrase(desk, old, new), self._done, self._refused
        )

    def _done(self, _done: None) -> None:
        self._change.setEnabled(True)
        self._old.clear()
        self._new.clear()
        self._shell.messages.news("The passphrase is changed.", "Use the new one from now on.")

    def _refused(self, error: KnownError) -> None:
        self._change.setEnabled(True)
        self._shell.say(error)


class RecoveryCard(Card):
    """A new code ends the one before, so the passphrase is asked for."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Recovery code")
        self._shell = shell
        self._words = Passphrase("settings/recovery/passphrase", "Your passphrase")
        self._make = Button("New recovery code", name="settings/recovery")
        self._make.clicked.connect(self._go)
        text = "It opens your work when the passphrase is forgotten. A new code ends the one before."
        self.add(
            _body(
                label(text),
                titled("Your passphrase", "", self._words, buddy=self._words.box),
                beside(self._make, spacer(), stretch=1),
            )
        )

    def _go(self) -> None:
        self._make.setEnabled(False)
        desk, words = self._shell.desk, self._words.text()
        self._shell.run(self, lambda: passphrase_and_recovery.new_recovery_code(desk, words), self._made, self._refused)

    def _made(self, sheet: passphrase_and_recovery.RecoverySheet) -> None:
        self._words.clear()
        self._shell.go("recovery", sheet.text)

    def _refused(self, error: KnownError) -> None:
        self._make.setEnabled(True)
        self._shell.say(error)


class RekeyCard(Card):
    """For the day somebody may have copied the store and knows what opens it."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("If somebody else may know your passphrase")
        self._shell = shell
        self._old = Passphrase("settings/rekey/old", "The passphrase you have now")
        self._new = NewPassphrase("settings/rekey", "settings/rekey/new", "New passphrase")
        self._go = Button("Write everything anew", name="settings/rekey/go")
        self._go.clicked.connect(self._check)
        text = (
            "Changing the passphrase is enough when only the passphrase was seen. If the laptop or a copy of its files "
            "was in other hands as well, everything is written anew under a new key, with a new passphrase and a new "
            "recovery code. Your work closes for a minute or two. Destroy the backups made before: they still open "
            "with the passphrase of their day. Tell your administrator too."
        )
        self.add(
            _body(
                label(text),
                titled("The passphrase you have now", "", self._old, buddy=self._old.box),
                titled("New passphrase", NewPassphrase.HINT, self._new, buddy=self._new.box),
                beside(self._go, spacer(), stretch=1),
            )
        )

    def _check(self) -> None:
        self._go.setEnabled(False)
        desk, old, new = self._shell.desk, self._old.text(), self._new.text()
        check = partial(passphrase_and_recovery.check_before_rekeying, desk, old, new)
        self._shell.run(self, check, lambda _fine: self._shell.rekey_asked.emit(old, new), self._refused)

    def _refused(self, error: KnownError) -> None:
        self._go.setEnabled(True)
        self._shell.say(error)


class BackupCard(Card):
    """By hand, and once a week to the same folder."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Backup")
        self._shell = shell
        planned = passphrase_and_recovery.backup_folder(shell.desk)
        self._folder = line_box("settings/backup/folder", "Folder or stick for backups")
        self._folder.setText(planned)
        self._kept = KeptBox(shell, "settings", "backup/folder", self._folder)
        browse = Button("Choose a folder", name="settings/backup/browse", icon="folder-open")
        browse.clicked.connect(self._browse)
        self._now = Button("Back up now", name="settings/backup/now")
        self._now.clicked.connect(self._back_up)
        weekly = Button("Back up here every week", name="settings/backup/weekly")
        weekly.clicked.connect(self._plan)
        stop = Button("Stop weekly backups", name="settings/backup/stop", kind="quiet")
        stop.clicked.connect(self._stop)
        said = f"Every week to {planned}." if planned else "No weekly backup is planned."
        self._state = label(said, "body", "muted", name="settings/backup/state")
        hint = "A backup is encrypted, and opens with the passphrase you had when it was made."
        where = beside(self._folder, browse, stretch=0)
        self.add(
            _body(
                titled("Folder or stick for backups", hint, where, buddy=self._folder),
                beside(self._now, weekly, stop, spacer(), stretch=3),
                self._state,
            )
        )

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where to keep backups", self._folder.text())
        if folder:
            self._folder.setText(folder)
            self._kept.keep()

    def _chosen(self) -> Path | None:
        words = self._folder.text().strip()
        if not words or not Path(words).is_dir():
            self._shell.messages.problem("Choose a folder that is there first.", "A stick has to be plugged in.")
            return None
        return Path(words)

    def _back_up(self) -> None:
        desk, folder = self._shell.desk, self._chosen()
        if folder is None:
            return
        self._now.setEnabled(False)
        self._state.setText("Backing up, and opening the copy to check it")
        self._shell.fetch(self, lambda: backups.back_up(desk, folder), self._made, self._refused)

    def _made(self, made: Path) -> None:
        self._now.setEnabled(True)
        self._state.setText(f"Backed up and opened again to check: {made.name}")
        self._shell.outbox_changed.emit()

    def _refused(self, error: KnownError) -> None:
        self._now.setEnabled(True)
        self._state.setText("")
        self._shell.say(error)

    def _plan(self) -> None:
        desk, folder = self._shell.desk, self._chosen()
        if folder is not None:
            said = f"Every week to {folder}."
            self._shell.run(
                self,
                lambda: passphrase_and_recovery.schedule_backups(desk, folder),
                lambda _done: self._state.setText(said),
            )

    def _stop(self) -> None:
        desk, said = self._shell.desk, "No weekly backup is planned."
        self._shell.run(
            self, lambda: passphrase_and_recovery.schedule_backups(desk, None), lambda _done: self._state.setText(said)
        )


def _body(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=look().room(14), margins=(side, look().room(12), side, look().room(16)))
    for widget in widgets:
        box.addWidget(widget)
    return holder
