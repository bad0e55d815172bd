"""What was typed into one record, handed to the store's worker a moment after the last letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from casework.errors import AnswerError, KnownError
from desktop.flows.record.editing import Saved
from desktop.ui.frame.shell import Shell, Typed

PAUSE_MS = 300  # between the last letter and the save
RETRY_MS = 5_000


class Autosave(QObject):
    """`keep` writes one path and returns when the disk has it. `refused` names a path that the store will never take
    as it is, and says why."""

    refused = Signal(str, str)

    def __init__(self, shell: Shell, record_id: str, keep: Callable[[str, Typed], Saved], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._record_id, self._keep = shell, record_id, keep
        self._dirty: dict[str, Typed] = {}
        self._is_left = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_now)

    def later(self, path: str, value: Typed) -> None:
        """Counts as unsaved from this moment, so that nothing on screen claims otherwise."""
        self._shell.unsaved.keep(self._record_id, path, value)
        self._dirty[path] = value
        self._shell.typed.emit()
        if self._is_left:
            self.save_now()
        else:
            self._timer.start(PAUSE_MS)

    def left_unsaved(self) -> Mapping[str, Typed]:
        """What an earlier screen could not save: whole rows first, so that their cells have somewhere to stand."""
        found = self._shell.unsaved.values.get(self._record_id, {})
        return dict(sorted(found.items(), key=lambda item: (item[0].count("/") != 2, not item[0].startswith("r/"))))

    def hand_over(self) -> None:
        """Its page goes; what still comes to it, such as a file that was being put away, waits for no pause."""
        self._is_left = True
        self.save_now()

    def save_now(self) -> None:
        """Order is kept, and the window goes on."""
        self._timer.stop()
        waiting, self._dirty = self._dirty, {}
        for path, value in waiting.items():
            self._save(path, value)

    def _save(self, path: str, value: Typed) -> None:
        """Not tied to any screen: a save is finished whether or not somebody is still looking."""
        shell, record_id, keep = self._shell, self._record_id, self._keep

        def saved(done: Saved) -> None:
            if shell.unsaved.values.get(record_id, {}).get(path) == value:
                shell.unsaved.drop(record_id, path)
            if not shell.unsaved.values:
                shell.saved.emit(done.at)

        shell.run(shell, lambda: keep(path, value), saved, lambda error: self._not_saved(path, value, error))

    def _not_saved(self, path: str, value: Typed, error: KnownError) -> None:
        """A disk may be emptied and tried again; an answer that is none stays one, and is told at its question."""
        if isinstance(error, AnswerError):
            self._shell.unsaved.drop(self._record_id, path)
            self.refused.emit(path, str(error))
            return
        self._shell.not_saved.emit(str(error))
        QTimer.singleShot(RETRY_MS, self._shell, lambda: self._again(path))

    def _again(self, path: str) -> None:
        kept = self._shell.unsaved.values.get(self._record_id, {})
        if path in kept and path not in self._dirty:
            self._save(path, kept[path])
