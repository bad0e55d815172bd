"""A box that is no answer, such as a search: what stands in it is on the disk soon, and is there again."""

from __future__ import annotations

from PySide6.QtCore import Signal

from casework.typed_words import Half
from desktop.flows.record import editing
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell, Typed
from desktop.ui.kit.boxes.line_box import LineBox


class KeptBox(Autosave):
    """`place` is a record or the name of a page, `path` tells its boxes apart; `came` once it holds what was kept."""

    came = Signal()

    def __init__(self, shell: Shell, place: str, path: str, box: LineBox) -> None:
        desk = shell.desk
        super().__init__(shell, place, lambda path, value: editing.save(desk, place, path, value), box)
        self._box, self._path = box, path
        self._suggested = box.words()
        box.textEdited.connect(lambda _text: self.keep())
        shell.run(self, lambda: editing.half_kept(desk, place, path), self._came)

    def keep(self) -> None:
        """What stands in it now, however it came there."""
        self.later(self._path, Half(self._box.words()))

    def forget(self) -> None:
        """What it was for is done, or somebody chose otherwise."""
        self.later(self._path, Half(None))
        self.save_now()

    def _came(self, found: Half | None) -> None:
        """Over what was suggested, and not over what was typed meanwhile."""
        unsaved: Typed = self.left_unsaved().get(self._path)
        kept = unsaved if isinstance(unsaved, Half) else found
        raw = kept.raw if kept is not None else None
        if isinstance(raw, str) and self._box.words() == self._suggested != raw:
            self._box.put(raw)
            self._box.selectAll()
            self.came.emit()
