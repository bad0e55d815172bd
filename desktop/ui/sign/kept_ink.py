"""A signature that is drawn and not yet given: it outlives the page and a lock, and is gone once it is given."""

from __future__ import annotations

from casework.typed_words import Half
from desktop.flows.record import editing
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell, Typed
from desktop.ui.kit.fields.ink_pad import InkEditor

PATH = "sign/ink"


class KeptInk(Autosave):
    """It signs nothing: that takes the passphrase."""

    def __init__(self, shell: Shell, record_id: str, ink: InkEditor) -> None:
        desk = shell.desk
        super().__init__(shell, record_id, lambda path, value: editing.save(desk, record_id, path, value), ink)
        self._ink = ink
        ink.edited.connect(lambda: self.later(PATH, Half(ink.raw())))
        shell.run(self, lambda: editing.half_kept(desk, record_id, PATH), self._came)

    def forget(self) -> None:
        """It was given."""
        self.later(PATH, Half(None))
        self.save_now()

    def _came(self, found: Half | None) -> None:
        """Not over what was drawn meanwhile."""
        unsaved: Typed = self.left_unsaved().get(PATH)
        kept = unsaved if isinstance(unsaved, Half) else found
        if kept is not None and kept.raw is not None and self._ink.raw() is None:
            self._ink.put_raw(kept.raw)
