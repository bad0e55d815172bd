"""What the window shows while nothing is unlocked: the door, setting up, and the ways back in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QWidget

from casework.errors import BugError
from desktop.flows.access.unlocking import Gate
from desktop.ui.background import Background
from desktop.ui.hidden import Cover
from desktop.ui.theme import load_fonts_for

if TYPE_CHECKING:  # names of what stands behind the door
    from desktop.flows.access.backups import Elsewhere
    from desktop.flows.access.passphrase_and_recovery import RecoverySheet
    from desktop.flows.desk import Desk
    from desktop.flows.practising.practice_store import OwnStore
    from desktop.ui.unlock.page import VaultButton

TITLE = "Homeward"


class Doorway(QMainWindow):
    """Knows the gate and the store's worker, and no desk: what comes of a page is for the window."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self.gate = gate
        self.store = Background("store", self)
        self.cover = Cover(self)

    def show_door(self) -> None:
        """The unlock page, or the first set-up when there is nothing to unlock."""
        self.setWindowTitle(TITLE)
        cards = self.gate.cards()
        load_fonts_for("".join(card.label for card in cards))
        if not cards:
            self.show_setup(first=True)
            return
        from desktop.ui.unlock.page import UnlockPage  # noqa: PLC0415 - each page of the door by the deed that shows it

        page = UnlockPage(self.gate, self.store, cards)
        page.unlocked.connect(self._unlocked)
        page.someone_new.connect(lambda: self.show_setup(first=False))
        page.help_asked.connect(self._help_at_the_door)
        page.forgotten.connect(self.show_recovery)
        page.rescue_asked.connect(self.show_rescue)
        self._show(page)
        self.setWindowTitle(f"Unlock – {TITLE}")
        page.start()

    def show_setup(self, *, first: bool) -> None:
        from desktop.ui.setup.page import SetupPage  # noqa: PLC0415

        page = SetupPage(self.gate, self.store, first=first)
        page.made.connect(self._made)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"Set up this laptop – {TITLE}")
        page.start()

    def show_recovery(self, card: VaultButton) -> None:
        from desktop.ui.unlock.recovering import RecoverPage  # noqa: PLC0415

        page = RecoverPage(self.gate, self.store, card)
        page.recovered.connect(self._unlocked)
        page.ask_council.connect(self.show_asking)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"Recover – {TITLE}")
        page.start()

    def show_asking(self, card: VaultButton) -> None:
        from desktop.ui.unlock.asking import AskCouncilPage  # noqa: PLC0415

        page = AskCouncilPage(self.gate, self.store, card)
        page.recovered.connect(self._unlocked)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"Ask the council – {TITLE}")
        page.start()

    def show_rescue(self, card: VaultButton) -> None:
        from desktop.ui.unlock.rescue_page import TITLE as BRING  # noqa: PLC0415
        from desktop.ui.unlock.rescue_page import RescuePage  # noqa: PLC0415

        page = RescuePage(self.gate, self.store, card)
        page.rescued.connect(self._rescued)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"{BRING} – {TITLE}")
        page.start()

    def show_rekeying(self, folder: Path, old: str, new: str) -> None:
        """The store is closed, or will be by what its worker was given before."""
        from desktop.ui.unlock.rekeying_screen import RekeyPage  # noqa: PLC0415

        page = RekeyPage(self.gate, self.store)
        page.made.connect(self._made)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"New key – {TITLE}")
        page.begin(folder, old, new)

    def show_practice(self, own: OwnStore, passphrase: str, *, afresh: bool) -> None:
        """The store is closed, or will be by what its worker was given before."""
        from desktop.ui.unlock.practice_screen import TITLE as PRACTISING  # noqa: PLC0415
        from desktop.ui.unlock.practice_screen import PracticePage  # noqa: PLC0415

        page = PracticePage(self.gate, self.store)
        page.made.connect(self._unlocked)
        page.cancelled.connect(self.show_door)
        self._show(page)
        self.setWindowTitle(f"{PRACTISING} – {TITLE}")
        page.begin(own, passphrase, afresh=afresh)

    def _help_at_the_door(self) -> None:
        from desktop.ui.help.page import HelpAtTheDoor  # noqa: PLC0415

        page = HelpAtTheDoor()
        page.back.connect(self.show_door)
        self._show(page)

    def _show(self, page: QWidget) -> None:
        """Nothing of the page before can be found in the window, and what it was waiting for opens nothing more."""
        old = self.centralWidget()
        self.setCentralWidget(page)
        if old is not None:
            old.hide()
            old.blockSignals(True)
        self.cover.raise_()

    def _unlocked(self, desk: Desk) -> None:
        raise BugError(type(self).__name__)

    def _rescued(self, found: Elsewhere) -> None:
        raise BugError(type(self).__name__)

    def _made(self, made: tuple[Desk, RecoverySheet]) -> None:
        raise BugError(type(self).__name__)
